//! The loops over the rows of a block, in the widest registers that the processor has.

use talent_model::standard::MissingPolicy;

use super::limits::{Limits, all};
use crate::batch::{Absence, RowLeaf, bound_one, keeps};
use crate::wide::widest;

/// How many rows are scored at a time. All that is between them and their scores stays in the fast memory of one core.
pub(super) const BLOCK: usize = 128;

/// A number for every row of a block.
pub(super) type Lane = [f64; BLOCK];

/// No number for any row.
pub(super) const NOTHING: Lane = [f64::NAN; BLOCK];

/// Yes or no for every row of a block, as 1 and 0: what is multiplied needs no branch, and no store that is not made everywhere.
pub(super) type Mask = [f64; BLOCK];

/// Leaves a row in only where something holds for its number.
#[inline(always)]
fn only(numbers: &[f64], mask: &mut Mask, holds: impl Fn(f64) -> bool) {
    widest(
        #[inline(always)]
        || mask.iter_mut().zip(numbers).for_each(|(mask, x)| *mask *= if holds(*x) { 1.0 } else { 0.0 }),
    );
}

/// Leaves a row in only where its measure passes.
pub(super) fn keep(measures: &[f64], low: f64, high: f64, mask: &mut Mask) {
    only(
        measures,
        mask,
        #[inline(always)]
        |x| keeps(x, low, high),
    );
}

/// Leaves a row in only where its number is that large.
pub(super) fn reach(numbers: &[f64], least: f64, mask: &mut Mask) {
    only(
        numbers,
        mask,
        #[inline(always)]
        |x| x >= least,
    );
}

/// Leaves a row in only where that share is known, or nothing applies.
pub(super) fn cover(shares: &Lane, least: f64, mask: &mut Mask) {
    only(
        shares,
        mask,
        #[inline(always)]
        |share| bound_one(share) >= least,
    );
}

/// Leaves a row in only where its score reaches the floor, or nothing applies.
pub(super) fn stand(scores: &Lane, applying: &Lane, floor: f64, mask: &mut Mask) {
    widest(
        #[inline(always)]
        || {
            for ((mask, score), applies) in mask.iter_mut().zip(scores).zip(applying) {
                *mask *= if (*score >= floor) | applies.is_nan() { 1.0 } else { 0.0 };
            }
        },
    );
}

/// Writes the number of a grade where it is met; grades rise.
pub(super) fn award(grade: f64, meets: &Mask, grades: &mut Lane) {
    widest(
        #[inline(always)]
        || {
            for (awarded, meets) in grades.iter_mut().zip(meets) {
                let own = meets * grade;
                *awarded = if own > *awarded { own } else { *awarded };
            }
        },
    );
}

/// Between what the totals lie, and how much of the weight is known.
pub(super) struct Bounds {
    pub(super) low: Lane,
    pub(super) high: Lane,
    pub(super) known: Lane,
}

impl Bounds {
    /// Where everything is known.
    pub(super) fn complete(total: &Lane) -> Self {
        let or = |other: f64| total.map(|total| if total.is_nan() { other } else { total });
        Self { low: or(0.0), high: or(100.0), known: [1.0; BLOCK] }
    }

    /// From those of the root.
    pub(super) fn new(total: &Lane, low: &Lane, high: &Lane, coverage: &Lane) -> Self {
        let bound = |value: f64, other: f64| if value.is_nan() { other } else { value };
        let mut bounds = Self { low: *low, high: *high, known: coverage.map(bound_one) };
        for ((low, high), total) in bounds.low.iter_mut().zip(&mut bounds.high).zip(total) {
            *low = bound(*total, f64::INFINITY).min(bound(*low, 0.0));
            *high = bound(*total, f64::NEG_INFINITY).max(bound(*high, 100.0));
        }
        bounds
    }
}

/// What a leaf comes to in a block.
pub(super) struct Filled {
    /// Whether every row has a score.
    pub(super) full: bool,
    /// Whether no measure is missing.
    pub(super) known: bool,
    /// Whether one is missing that may not be.
    pub(super) refused: bool,
    /// Whether the measures keep to the limits.
    pub(super) kept: bool,
}

impl RowLeaf {
    /// Scores measures. Those that keep to limits are all there.
    pub(super) fn fill(&self, measures: &[f64], limits: Option<Limits>, lane: &mut Lane) -> Filled {
        let Some(rule) = &self.rule else {
            lane.fill(f64::NAN);
            return Filled { full: false, known: true, refused: false, kept: limits.is_none_or(|limits| limits.hold_all(measures)) };
        };
        rule.score_all(measures, lane);
        let plain = limits.map_or_else(|| all(measures, f64::is_finite), |limits| limits.hold_all(measures));
        if plain || limits.is_some() {
            return Filled { full: true, known: true, refused: false, kept: plain };
        }
        self.fill_gaps(measures, lane)
    }

    /// Puts down what becomes of measures that are none.
    fn fill_gaps(&self, measures: &[f64], lane: &mut Lane) -> Filled {
        let refuses = self.policies.contains(&MissingPolicy::Refuse);
        let refused = refuses && measures.iter().any(|measure| measure.is_nan() && self.policy(*measure) == MissingPolicy::Refuse);
        let [missing, withheld, not_assessed] = self.policies.map(|policy| if policy == MissingPolicy::Zero { 0.0 } else { f64::NAN });
        let not_applicable = self.not_applicable;
        let (full, known) = widest(
            // What is chosen from is moved in: behind references it would be chosen by branches.
            #[inline(always)]
            move || {
                let (mut full, mut known) = (true, true);
                for (score, measure) in lane.iter_mut().zip(measures) {
                    let (own, measure) = (*score, *measure);
                    let mut absent = missing;
                    for (absence, score) in [(Absence::Withheld, withheld), (Absence::NotAssessed, not_assessed)] {
                        absent = if measure.to_bits() == absence.measure().to_bits() { score } else { absent };
                    }
                    let there = if measure.is_infinite() { not_applicable } else { own };
                    let all = if measure.is_nan() { absent } else { there };
                    *score = all;
                    full &= !all.is_nan();
                    known &= !measure.is_nan();
                }
                (full, known)
            },
        );
        Filled { full, known, refused, kept: true }
    }

    /// The least and the greatest score that measures can have, and whether they are known; no numbers where nothing applies, which happens nowhere
    /// if the answer is yes.
    pub(super) fn bound(&self, measures: &[f64], scores: &Lane, low: &mut Lane, high: &mut Lane, coverage: &mut Lane) -> bool {
        if self.rule.is_none() {
            [low, high, coverage].into_iter().for_each(|lane| lane.fill(f64::NAN));
            return false;
        }
        let (worst, best) = self.range;
        widest(
            #[inline(always)]
            || {
                let mut full = true;
                for (((measure, score), (low, high)), coverage) in measures.iter().zip(scores).zip(low.iter_mut().zip(high)).zip(coverage) {
                    let unknown = measure.is_nan();
                    let least = if *score < worst { *score } else { worst };
                    let most = if *score > best { *score } else { best };
                    *low = if unknown { least } else { *score };
                    *high = if unknown { most } else { *score };
                    let known = if score.is_nan() { f64::NAN } else { 1.0 };
                    *coverage = if unknown { 0.0 } else { known };
                    full &= unknown | !score.is_nan();
                }
                full
            },
        )
    }
}
