//! From draws to distributions: spans, how often each rank and grade, who wins, what is tied, whether more draws would change it.

use talent_model::robustness::Stability;

use super::effects::scores_of;
use super::run::Block;
use super::{count, each, quantile};

/// A distribution in short.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Distribution {
    /// The mean.
    pub mean: f64,
    /// The standard deviation of the population of draws.
    pub deviation: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The median.
    pub median: f64,
    /// The upper end of the interval.
    pub high: f64,
}

/// Values as far as they have been seen.
#[derive(Clone, Copy)]
struct Seen {
    low: f64,
    high: f64,
    sum: f64,
}

impl Seen {
    const NOTHING: Self = Self { low: f64::INFINITY, high: f64::NEG_INFINITY, sum: 0.0 };

    #[inline]
    fn add(&mut self, x: f64) {
        self.low = if x < self.low { x } else { self.low };
        self.high = if x > self.high { x } else { self.high };
        self.sum += x;
    }
}

/// The values as a distribution; nothing when there are none.
pub(crate) fn distribution(values: &[f64], interval: f64) -> Option<Distribution> {
    let mut seen = Seen::NOTHING;
    values.iter().for_each(|x| seen.add(*x));
    closed(values, seen, interval)
}

/// The same for values that have all been seen.
fn closed(values: &[f64], seen: Seen, interval: f64) -> Option<Distribution> {
    if values.is_empty() {
        return None;
    }
    let Seen { low, high, sum } = seen;
    let n = count(values.len());
    // The mean of equal numbers is that number.
    let mean = (sum / n).clamp(low, high);
    let mut boxed = Boxed::new(low, high);
    let mut boxes = vec![0; values.len()];
    let mut squares = 0.0;
    for (own, x) in boxes.iter_mut().zip(values) {
        squares += (x - mean) * (x - mean);
        *own = boxed.count(*x);
    }
    let tail = (1.0 - interval) / 2.0;
    let [low, median, high] = boxed.quantiles(values, &boxes, [tail, 0.5, 1.0 - tail]);
    Some(Distribution { mean, deviation: libm::sqrt(squares / n), low, median, high })
}

/// Into how many boxes values are counted before any is compared with another.
const BOXES: u16 = 1024;

/// Values counted into boxes from the least to the greatest, which finds quantiles without sorting all: only those are sorted that lie in a box where a quantile is.
struct Boxed {
    low: f64,
    scale: f64,
    counts: [u32; BOXES as usize],
}

impl Boxed {
    fn new(low: f64, high: f64) -> Self {
        Self { low, scale: f64::from(BOXES) / (high - low).max(f64::MIN_POSITIVE), counts: [0; BOXES as usize] }
    }

    /// Counts a value into its box, and says which.
    #[inline]
    fn count(&mut self, x: f64) -> u16 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "from 0 to BOXES; never less for a greater value, which is all that counts"
        )]
        let own = (((x - self.low) * self.scale) as u16).min(BOXES - 1);
        if let Some(count) = self.counts.get_mut(usize::from(own)) {
            *count = count.wrapping_add(1);
        }
        own
    }

    /// Quantiles by linear interpolation (type 7 of Hyndman and Fan 1996) of the values, each with its box.
    fn quantiles(&self, values: &[f64], boxes: &[u16], at: [f64; 3]) -> [f64; 3] {
        let last = values.len().saturating_sub(1);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list in memory")]
        let below = |p: f64| (libm::floor(p * count(last)) as usize).min(last);
        let places: Vec<usize> = at.iter().flat_map(|p| [below(*p), (below(*p) + 1).min(last)]).collect();
        let (mut wanted, mut first, mut before) = ([false; BOXES as usize], Vec::new(), 0);
        for (own, wanted) in self.counts.iter().zip(&mut wanted) {
            let after = before + *own as usize;
            *wanted = places.iter().any(|place| (before..after).contains(place));
            if *wanted {
                first.push((before, after));
            }
            before = after;
        }
        let is_near = |own: &u16| wanted.get(usize::from(*own)).is_some_and(|wanted| *wanted);
        let mut near: Vec<f64> = values.iter().zip(boxes).filter(|(_, own)| is_near(own)).map(|(x, _)| *x).collect();
        near.sort_unstable_by(f64::total_cmp);
        let value = |place: usize| {
            let mut skipped = 0;
            for (from, to) in &first {
                if place < *to {
                    return near.get(skipped + place - from).copied().unwrap_or(f64::NAN);
                }
                skipped += to - from;
            }
            f64::NAN
        };
        at.map(|p| {
            let place = below(p);
            let part = p * count(last) - count(place);
            let (x, next) = (value(place), value((place + 1).min(last)));
            if part > 0.0 && place < last { quantile::between(x, next, part) } else { x }
        })
    }
}

/// One unit over all draws.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitDistribution {
    /// The scores of the draws that have one.
    pub scores: Option<Distribution>,
    /// The ranks of the same draws.
    pub ranks: Option<Distribution>,
    /// How many draws give each rank, from rank 1 on; empty where the study asked for scores alone.
    pub rank_counts: Vec<u32>,
    /// How many draws give no grade, the first grade, the second …; empty without grades.
    pub grade_counts: Vec<u32>,
    /// The share of draws without a score.
    pub unscored: f64,
    /// How many draws have one.
    pub(crate) scored: usize,
    /// The mean scores and ranks of both halves of the draws.
    pub(crate) halves: [[f64; 2]; 2],
}

/// How many units are summed up together. In a block they lie side by side, so what is fetched from memory is used whole.
const SIDE_BY_SIDE: usize = 4;

/// The distributions of all units.
pub(crate) fn distributions(blocks: &[Block], units: usize, grades: usize, interval: f64) -> Vec<UnitDistribution> {
    let groups = each(units.div_ceil(SIDE_BY_SIDE), |group| {
        let first = group * SIDE_BY_SIDE;
        let mut tallies: Vec<Tally> = (first..units.min(first + SIDE_BY_SIDE)).map(|unit| Tally::new(blocks, unit, units, grades)).collect();
        let middle = draws_of(blocks) / 2;
        let mut before = 0;
        for block in blocks {
            for tally in &mut tallies {
                tally.add(block, middle.saturating_sub(before));
            }
            before += block.points;
        }
        tallies.into_iter().map(|tally| tally.close(interval)).collect::<Vec<_>>()
    });
    groups.into_iter().flatten().collect()
}

fn draws_of(blocks: &[Block]) -> usize {
    blocks.iter().map(|block| block.points).sum()
}

/// One unit, counted block by block.
struct Tally {
    unit: usize,
    draws: usize,
    /// The scores there are, in the order of the draws.
    scores: Vec<f64>,
    seen: Seen,
    rank_counts: Vec<u32>,
    grade_counts: Vec<u32>,
    halves: [Half; 2],
}

/// The scores and ranks of half of the draws, summed.
#[derive(Clone, Copy, Default)]
struct Half {
    scores: f64,
    ranks: u64,
    draws: usize,
}

impl Tally {
    fn new(blocks: &[Block], unit: usize, units: usize, grades: usize) -> Self {
        let ranked = blocks.iter().any(|block| !block.ranks.is_empty());
        Self {
            unit,
            draws: 0,
            scores: Vec::with_capacity(draws_of(blocks)),
            seen: Seen::NOTHING,
            rank_counts: vec![0; if ranked { units } else { 0 }],
            grade_counts: vec![0; grades],
            halves: [Half::default(); 2],
        }
    }

    /// Counts the draws of a block, of which so many at its beginning belong to the first half.
    fn add(&mut self, block: &Block, early: usize) {
        let (scores, ranks) = (block.scores_of(self.unit), block.ranks_of(self.unit));
        let (scores, ranks) = (scores.split_at(early.min(scores.len())), ranks.split_at(early.min(ranks.len())));
        for (half, (scores, ranks)) in self.halves.iter_mut().zip([(scores.0, ranks.0), (scores.1, ranks.1)]) {
            // Added up beside the memory, not in it: a sum that is stored and loaded again at every step is slow.
            let (mut sums, mut seen, before) = (*half, self.seen, self.scores.len());
            self.scores.extend(scores.iter().filter(|score| !score.is_nan()));
            let own = self.scores.get(before..).unwrap_or_default();
            for score in own {
                seen.add(*score);
                sums.scores += score;
            }
            sums.draws += own.len();
            self.seen = seen;
            // A draw without a score has the rank 0, which counts for nothing.
            for rank in ranks {
                if let Some(slot) = self.rank_counts.get_mut((*rank as usize).wrapping_sub(1)) {
                    *slot += 1;
                }
                sums.ranks += u64::from(*rank);
            }
            *half = sums;
        }
        for grade in block.grades_of(self.unit) {
            if let Some(slot) = self.grade_counts.get_mut(usize::from(*grade)) {
                *slot += 1;
            }
        }
        self.draws += block.points;
    }

    fn close(self, interval: f64) -> UnitDistribution {
        #[expect(clippy::cast_precision_loss, reason = "the ranks of units in memory are far below the exact range")]
        let means = |half: Half| if half.draws > 0 { [half.scores, half.ranks as f64].map(|sum| sum / count(half.draws)) } else { [f64::NAN; 2] };
        UnitDistribution {
            ranks: of_counts(&self.rank_counts, interval),
            unscored: if self.draws > 0 { count(self.draws - self.scores.len()) / count(self.draws) } else { 0.0 },
            scored: self.scores.len(),
            scores: closed(&self.scores, self.seen, interval),
            rank_counts: self.rank_counts,
            grade_counts: self.grade_counts,
            halves: self.halves.map(means),
        }
    }
}

/// The distribution of ranks, from how often there is each: the same numbers as from the ranks themselves.
fn of_counts(counts: &[u32], interval: f64) -> Option<Distribution> {
    let n: u64 = counts.iter().map(|n| u64::from(*n)).sum();
    if n == 0 {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "the draws of a study are far below the exact range")]
    let all = n as f64;
    let ranked = || counts.iter().zip(1_u32..).map(|(n, rank)| (f64::from(*n), f64::from(rank)));
    let mean = ranked().map(|(n, rank)| n * rank).sum::<f64>() / all;
    let squares: f64 = ranked().map(|(n, rank)| n * (rank - mean) * (rank - mean)).sum();
    // The value at a place of the sorted list.
    let value = |place: f64| {
        let mut upto = 0.0;
        ranked()
            .find(|(n, _)| {
                upto += n;
                upto > place
            })
            .map_or(f64::NAN, |(_, rank)| rank)
    };
    let at = |p: f64| {
        let place = p * (all - 1.0);
        let below = libm::floor(place);
        let (x, next) = (value(below), value((below + 1.0).min(all - 1.0)));
        quantile::between(x, next, place - below)
    };
    let tail = (1.0 - interval) / 2.0;
    Some(Distribution { mean, deviation: libm::sqrt(squares / all), low: at(tail), median: at(0.5), high: at(1.0 - tail) })
}

impl UnitDistribution {
    /// How firm a nominal rank is.
    pub(crate) fn stability(&self, nominal: u32) -> Stability {
        match self.ranks {
            Some(ranks) if nominal > 0 => {
                let far = (f64::from(nominal) - ranks.low).max(ranks.high - f64::from(nominal));
                if far <= 0.0 {
                    Stability::Firm
                } else if far <= 1.0 {
                    Stability::Close
                } else {
                    Stability::Open
                }
            }
            _ => Stability::None,
        }
    }
}

/// The share of draws in which one unit, by its scores in the order of the draws, scores more than another, ties counting a half; not a number when there is no draw in which both have a
/// score.
pub(crate) fn wins(blocks: &[Block], scores: &[f64], other: usize) -> f64 {
    let (mut won, mut both, mut rest) = (0_u64, 0_u64, scores);
    for block in blocks {
        let Some((own, later)) = rest.split_at_checked(block.points) else { break };
        rest = later;
        let (mut more, mut ties, mut known) = (0_u64, 0_u64, 0_u64);
        for (x, y) in own.iter().zip(block.scores_of(other)) {
            // A block is too short for an overflow, and without a check several are compared at a time.
            more = more.wrapping_add(u64::from(x > y));
            ties = ties.wrapping_add(u64::from(x == y));
            known = known.wrapping_add(u64::from(!x.is_nan() & !y.is_nan()));
        }
        won += 2 * more + ties;
        both += known;
    }
    #[expect(clippy::cast_precision_loss, reason = "the draws of a study are far below the exact range")]
    if both > 0 { won as f64 / (2 * both) as f64 } else { f64::NAN }
}

/// How many units are held against a leader at a time.
const WAVE: usize = 64;

/// The units by nominal rank, in groups whose first is not surely better than any other of them.
pub(crate) fn tied(blocks: &[Block], nominal: &[u32], sure: f64) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..nominal.len()).filter(|unit| nominal.get(*unit).is_some_and(|rank| *rank > 0)).collect();
    order.sort_by_key(|unit| nominal.get(*unit).copied());
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut rest = order.as_slice();
    while let Some((leader, others)) = rest.split_first() {
        let mut group = vec![*leader];
        rest = others;
        let led = scores_of(blocks, *leader);
        // A wave that ends early has looked at some units in vain.
        while let Some(wave) = rest.get(..rest.len().min(WAVE)).filter(|wave| !wave.is_empty()) {
            let surely = each(wave.len(), |at| wave.get(at).is_some_and(|unit| wins(blocks, &led, *unit) >= sure));
            let joins = surely.iter().position(|surely| *surely).unwrap_or(wave.len());
            group.extend(wave.iter().take(joins));
            rest = rest.get(joins..).unwrap_or_default();
            if joins < wave.len() {
                break;
            }
        }
        groups.push(group);
    }
    groups
}

/// How far ranks are from the nominal ones at every draw, on average over the units that have both; not a number where none has.
pub(crate) fn shifts(block: &Block, nominal: &[u32]) -> Vec<f64> {
    let (mut sums, mut known) = (vec![0_u64; block.points], vec![0_u32; block.points]);
    for (unit, rank) in nominal.iter().enumerate().filter(|(_, rank)| **rank > 0) {
        for ((sum, n), found) in sums.iter_mut().zip(&mut known).zip(block.ranks_of(unit)) {
            // There are too few units for an overflow, and without a check several draws are added at a time.
            *sum = sum.wrapping_add(u64::from(if *found > 0 { found.abs_diff(*rank) } else { 0 }));
            *n = n.wrapping_add(u32::from(*found > 0));
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "the ranks of units in memory are far below the exact range")]
    sums.into_iter().zip(known).map(|(sum, n)| if n > 0 { sum as f64 / f64::from(n) } else { f64::NAN }).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use proptest::prelude::*;

    use super::*;

    /// By sorting, as the definition has it.
    fn sorted_quantile(values: &[f64], p: f64) -> f64 {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let place = p * count(sorted.len() - 1);
        let below = libm::floor(place);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a short list")]
        let at = |place: f64| sorted.get((place as usize).min(sorted.len() - 1)).copied().unwrap();
        quantile::between(at(below), at(below + 1.0), place - below)
    }

    proptest! {
        #[test]
        fn selecting_gives_what_sorting_gives(values in prop::collection::vec(prop_oneof![4 => 0.0..100.0_f64, 1 => Just(7.0), 1 => Just(-1e300)], 1..600), interval in 0.0..=1.0_f64) {
            let found = distribution(&values, interval).unwrap();
            let tail = (1.0 - interval) / 2.0;
            prop_assert_eq!([found.low, found.median, found.high], [tail, 0.5, 1.0 - tail].map(|p| sorted_quantile(&values, p)));
        }

        #[test]
        fn counts_give_what_the_ranks_give(ranks in prop::collection::vec(1_u32..9, 1..100)) {
            let mut counts = vec![0; 9];
            ranks.iter().for_each(|rank| *counts.get_mut(*rank as usize - 1).unwrap() += 1);
            let values: Vec<f64> = ranks.iter().map(|rank| f64::from(*rank)).collect();
            let (one, other) = (of_counts(&counts, 0.9).unwrap(), distribution(&values, 0.9).unwrap());
            prop_assert_eq!([one.low, one.median, one.high], [other.low, other.median, other.high]);
            prop_assert!((one.mean - other.mean).abs() < 1e-12 && (one.deviation - other.deviation).abs() < 1e-9);
        }
    }

    #[test]
    fn groups_end_where_a_leader_is_surely_better() {
        // Three units over four draws: the first two change places, the third is always last.
        let block = Block {
            points: 4,
            scores: vec![9.0, 8.0, 9.0, 9.0, 8.0, 9.0, 8.0, 9.0, 1.0, 1.0, 1.0, f64::NAN],
            ranks: vec![1, 2, 1, 1, 2, 1, 2, 1, 3, 3, 3, 0],
            ..Block::default()
        };
        let blocks = [block];
        assert_eq!(wins(&blocks, &scores_of(&blocks, 0), 1), 0.625);
        assert_eq!(wins(&blocks, &scores_of(&blocks, 0), 2), 1.0);
        assert_eq!(tied(&blocks, &[1, 2, 3], 0.9), vec![vec![0, 1], vec![2]]);
        assert_eq!(shifts(&blocks[0], &[1, 2, 3]), [0.0, 2.0 / 3.0, 0.0, 0.5]);
        let last = distributions(&blocks, 3, 0, 0.9).pop().unwrap();
        assert_eq!((last.unscored, last.rank_counts), (0.25, vec![0, 0, 3]));
        assert_eq!(last.halves, [[1.0, 3.0], [1.0, 3.0]]);
    }
}
