//! Joining members to groups, from the bottom up.

use std::borrow::Cow;

use talent_model::Bilingual;
use talent_model::diagnostic::Code;
use talent_model::index::{Aggregate, Combination};
use talent_model::standard::MissingPolicy;

use super::Pipeline;
use crate::index::combine::{Members, Scores, combine, knows_directions, leaves_out};
use crate::index::matrix::{Cells, View};
use crate::index::notes::{Notes, Place};
use crate::index::outcome::NodeOutcome;
use crate::index::state::{Column, State};
use crate::index::stats::ends;
use crate::index::table::Member;
use crate::index::weigh::Weights;

impl Pipeline<'_> {
    pub(super) fn aggregate(&self, state: &mut State, step: &Aggregate, notes: &mut Notes) {
        state.nodes =
            self.tree.nodes.iter().map(|node| NodeOutcome { code: node.code.clone(), parent: node.parent, ..NodeOutcome::default() }).collect();
        // Members stand behind their parents, so from the last to the first every member is ready before its parent.
        for at in (0..self.tree.nodes.len()).rev() {
            self.join(state, at, step, notes);
            if notes.failed() {
                return;
            }
        }
        self.effective_weights(state);
        for node in &state.nodes {
            let (known, low, high) = ends(&node.scores);
            if low == high {
                notes.note(Code::IndexAllEqual, |d| d.number("found", low).with("node", &node.code));
            }
            let without = node.scores.len() - known;
            if without > 0 {
                let missing = step.missing_each.get(&node.code).copied().unwrap_or(step.missing);
                let why = if missing == MissingPolicy::Refuse {
                    Bilingual { en: "a member is missing", zh: "有成员缺失" }
                } else {
                    Bilingual { en: "all members are missing", zh: "全部成员都缺失" }
                };
                notes.note(Code::IndexNoScore, |d| d.with("count", without.to_string()).with("node", &node.code).bilingual("why", why));
            }
        }
    }

    /// Joins the members of one group.
    fn join(&self, state: &mut State, at: usize, step: &Aggregate, notes: &mut Notes) {
        let Some(node) = self.tree.nodes.get(at) else { return };
        let n = state.units.len();
        let (mut codes, mut signs, mut given, mut places) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (mut columns, mut coverage): (Vec<Cells<'_>>, Vec<Cover<'_>>) = (Vec::new(), Vec::new());
        let mut gaps = false;
        for (place, (member, weight)) in node.members.iter().enumerate() {
            match member {
                Member::Leaf(leaf) => {
                    let Some(column) = state.columns.get(*leaf).filter(|column| column.alive && !left_out(state, *leaf)) else { continue };
                    codes.push(self.code(*leaf));
                    signs.push(column.sign);
                    columns.push(Cells::Numbers(&column.values));
                    gaps |= !column.values.complete();
                    coverage.push(Cover::of(column));
                }
                Member::Group(below) => {
                    // A group of which nothing is left has no scores.
                    let Some(below) = state.nodes.get(*below).filter(|below| !below.scores.is_empty()) else { continue };
                    codes.push(below.code.as_str());
                    signs.push(1.0);
                    columns.push(Cells::Plain(&below.scores));
                    gaps |= below.scores.iter().any(|x| x.is_nan());
                    coverage.push(Cover::Group(&below.coverage));
                }
            }
            given.push(*weight);
            places.push(place);
        }
        if codes.is_empty() {
            return;
        }
        let cells = View::new(n, columns);
        let how = step.each.get(&node.code).unwrap_or(&step.how);
        let missing = step.missing_each.get(&node.code).copied().unwrap_or(step.missing);
        let place = Place { node: &node.code, method: how.kind(), codes: &codes };
        if let Some((code, _)) = codes.iter().zip(&signs).find(|(_, sign)| **sign < 0.0)
            && !knows_directions(how)
        {
            notes.note(Code::IndexDirectionOpen, |d| d.with("code", code).with("method", how.kind()));
            return;
        }
        let members = Members { codes: &codes, cells: &cells, weights: &given, signs: &signs };
        let Some(weights) = self.weights(state, at, &members, notes) else { return };
        let weights = drawn(state, at, &places, weights);
        let Some(scores) = self.scores(state, how, gaps.then_some(missing), &cells, &weights.weights, &signs, &place, notes) else { return };
        let covered = covered(n, coverage.iter().zip(&weights.weights));
        let measures = weights.measures.iter().chain(&scores.measures).map(|(name, value)| ((*name).to_owned(), *value)).collect();
        let weights = codes.iter().zip(&weights.weights).map(|(code, weight)| ((*code).to_owned(), *weight, *weight)).collect();
        if let Some(node) = state.nodes.get_mut(at) {
            node.scores = scores.scores;
            node.coverage = covered;
            node.measures = measures;
            node.weights = weights;
        }
    }

    /// The scores of one group under the policy for missing values; there is none where nothing is missing.
    #[expect(clippy::too_many_arguments, reason = "one join has this many parts, and they are used only here")]
    fn scores(
        &self,
        state: &State,
        how: &Combination,
        missing: Option<MissingPolicy>,
        cells: &View<'_>,
        weights: &[f64],
        signs: &[f64],
        place: &Place<'_>,
        notes: &mut Notes,
    ) -> Option<Scores> {
        let n = cells.rows();
        let complete = |cells: &View<'_>, unit: usize| cells.row(unit).all(|x| !x.is_nan());
        let mut filled = Vec::new();
        let mut cells = Cow::Borrowed(cells);
        let mut kept: Vec<usize> = (0..n).collect();
        match missing {
            None => {}
            Some(MissingPolicy::Zero) => {
                filled.extend(cells.each_column().map(|column| column.iter().map(|x| if x.is_nan() { 0.0 } else { *x }).collect::<Vec<f64>>()));
                cells = Cow::Owned(View::new(n, filled.iter().map(Vec::as_slice)));
            }
            Some(MissingPolicy::Refuse) => kept.retain(|unit| complete(&cells, *unit)),
            Some(MissingPolicy::Exclude) if leaves_out(how) => kept.retain(|unit| cells.row(*unit).any(|x| !x.is_nan())),
            Some(MissingPolicy::Exclude) => {
                for unit in 0..n {
                    if let Some((_, code)) = cells.row(unit).zip(place.codes).find(|(x, _)| x.is_nan()) {
                        notes.note(Code::IndexNeedsComplete, |d| {
                            d.with("method", place.method).with("unit", self.unit(state, unit)).with("code", code)
                        });
                    }
                }
                if notes.failed() {
                    return None;
                }
            }
        }
        let fewer = (kept.len() < n).then(|| cells.keep(&kept));
        let part = fewer.as_ref().map_or(cells, |fewer| Cow::Owned(fewer.view()));
        let found = combine(how, &Members { codes: place.codes, cells: &part, weights, signs });
        let found = match found {
            Ok(found) => found,
            Err(trouble) => {
                notes.trouble(trouble, place, |unit| kept.get(unit).map_or_else(String::new, |unit| self.unit(state, *unit).into()));
                return None;
            }
        };
        let mut scores = vec![f64::NAN; n];
        for (place, (unit, score)) in kept.iter().zip(&found.scores).enumerate() {
            if let Some(cell) = scores.get_mut(*unit) {
                // A unit that has every member has a score, unless something overflowed.
                *cell = if score.is_nan() && complete(&part, place) { f64::INFINITY } else { *score };
            }
        }
        Some(Scores { scores, measures: found.measures })
    }

    /// Multiplies weights down the tree.
    fn effective_weights(&self, state: &mut State) {
        for at in 0..state.nodes.len() {
            let above = state.nodes.get(at).and_then(|node| {
                let parent = state.nodes.get(node.parent?)?;
                parent.weights.iter().find(|(code, ..)| *code == node.code).map(|(_, _, effective)| *effective)
            });
            let root = state.nodes.get(at).is_some_and(|node| node.parent.is_none());
            let factor = if root { 1.0 } else { above.unwrap_or(0.0) };
            if let Some(node) = state.nodes.get_mut(at) {
                for (_, weight, effective) in &mut node.weights {
                    *effective = *weight * factor;
                }
            }
        }
    }
}

/// Whether a draw leaves an indicator out of what is joined.
#[cfg(feature = "robust")]
fn left_out(state: &State, leaf: usize) -> bool {
    state.vary.as_ref().is_some_and(|vary| vary.leaves_out(leaf))
}

#[cfg(not(feature = "robust"))]
fn left_out(_: &State, _: usize) -> bool {
    false
}

/// The weights of a group's members as a draw has them.
#[cfg(feature = "robust")]
fn drawn(state: &State, at: usize, places: &[usize], mut weights: Weights) -> Weights {
    if let Some(vary) = &state.vary {
        vary.weigh(at, places, &mut weights.weights);
    }
    weights
}

#[cfg(not(feature = "robust"))]
fn drawn(_: &State, _: usize, _: &[usize], weights: Weights) -> Weights {
    weights
}

/// What is known of a member.
enum Cover<'c> {
    /// Everything.
    All,
    /// Of an indicator: which values were given.
    Given(&'c [bool]),
    /// Of an indicator whose values were all given, where it has any.
    Values(&'c [f64]),
    /// Of a group: its own coverage.
    Group(&'c [f64]),
}

impl<'c> Cover<'c> {
    fn of(column: &'c Column) -> Self {
        match &column.given {
            Some(given) => Self::Given(given),
            None if column.values.complete() => Self::All,
            None => Self::Values(&column.values),
        }
    }

    fn add(&self, weight: f64, covered: &mut [f64]) {
        let each = covered.iter_mut();
        match self {
            Self::All => each.for_each(|sum| *sum += weight),
            Self::Given(given) => each.zip(*given).for_each(|(sum, given)| *sum += if *given { weight } else { 0.0 }),
            Self::Values(values) => each.zip(*values).for_each(|(sum, x)| *sum += if x.is_nan() { 0.0 } else { weight }),
            Self::Group(shares) => each.zip(*shares).for_each(|(sum, share)| *sum += weight * share),
        }
    }
}

/// The share of the weight that is known, for every unit; sums run in the order of the members.
fn covered<'c>(units: usize, members: impl Iterator<Item = (&'c Cover<'c>, &'c f64)> + Clone) -> Vec<f64> {
    if members.clone().all(|(member, _)| matches!(member, Cover::All)) {
        return vec![members.map(|(_, weight)| weight).fold(0.0, |sum, weight| sum + weight); units];
    }
    let mut covered = vec![0.0; units];
    members.for_each(|(member, weight)| member.add(*weight, &mut covered));
    covered
}
