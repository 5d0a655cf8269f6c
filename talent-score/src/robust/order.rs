//! The ranks of one draw. Ranking costs more than scoring, so it has a way of its own: numbers are first put into about the right order without comparing them, by boxes from the greatest
//! to the least, and then exactly.

/// Ranks scores, ties as in a competition; 0 where there is no score. The order is exact: boxes only bring neighbours together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Order {
    /// The box of every unit.
    boxed: Vec<u32>,
    /// Where the next of every box goes.
    next: Vec<u32>,
    by_place: Vec<(f64, u32)>,
}

/// Below this many, comparing is faster.
const FEW: usize = 64;

/// The most boxes: few enough to stay close to the core.
const MOST: u32 = 1 << 14;

impl Order {
    /// The ranks of the scores, 1 for the greatest, into `ranks`.
    pub(crate) fn rank(&mut self, scores: &[f64], ranks: &mut [u32]) {
        ranks.fill(0);
        self.sort(scores);
        let (mut rank, mut above) = (0_u32, f64::NAN);
        for (place, (score, unit)) in (1_u32..).zip(&self.by_place) {
            // Equal scores, and 0 with either sign, share the best of their ranks.
            if *score != above {
                (rank, above) = (place, *score);
            }
            if let Some(slot) = ranks.get_mut(*unit as usize) {
                *slot = rank;
            }
        }
    }

    /// The units with a score, the greatest first.
    fn sort(&mut self, scores: &[f64]) {
        if scores.len() < FEW {
            self.by_place.clear();
            self.by_place.extend((0..).zip(scores).filter(|(_, score)| !score.is_nan()).map(|(unit, score)| (*score, unit)));
            self.by_place.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
            return;
        }
        // Two boxes for a unit leave few neighbours out of order; one more is for units without a score.
        let boxes = u32::try_from(2 * scores.len()).map_or(MOST, |boxes| boxes.min(MOST));
        self.boxed.resize(scores.len(), 0);
        pulp::Arch::new().dispatch(
            #[inline(always)]
            || put_in_boxes(scores, boxes, &mut self.boxed),
        );
        self.next.clear();
        self.next.resize(boxes as usize + 1, 0);
        for own in &self.boxed {
            if let Some(count) = self.next.get_mut(*own as usize) {
                *count = count.wrapping_add(1);
            }
        }
        let mut before = 0_u32;
        for next in &mut self.next {
            before = before.wrapping_add(std::mem::replace(next, before));
        }
        let known = self.next.last().map_or(0, |first| *first as usize);
        self.by_place.resize(scores.len(), (0.0, 0));
        for (unit, (own, score)) in (0..).zip(self.boxed.iter().zip(scores)) {
            if let Some(next) = self.next.get_mut(*own as usize) {
                if let Some(slot) = self.by_place.get_mut(*next as usize) {
                    *slot = (*score, unit);
                }
                *next = next.wrapping_add(1);
            }
        }
        self.by_place.truncate(known);
        settle(&mut self.by_place);
    }
}

/// The box of every score, the greatest in box 0; what is no score is in a box behind all others.
#[inline(always)]
fn put_in_boxes(scores: &[f64], boxes: u32, boxed: &mut [u32]) {
    // Several ends side by side, since one comparison need not wait for the one before.
    const LANES: usize = 8;
    let (mut lows, mut highs) = ([f64::INFINITY; LANES], [f64::NEG_INFINITY; LANES]);
    for chunk in scores.chunks(LANES) {
        for ((x, low), high) in chunk.iter().zip(&mut lows).zip(&mut highs) {
            *low = if *x < *low { *x } else { *low };
            *high = if *x > *high { *x } else { *high };
        }
    }
    let (low, high) = (lows.into_iter().fold(f64::INFINITY, f64::min), highs.into_iter().fold(f64::NEG_INFINITY, f64::max));
    let scale = f64::from(boxes) / (high - low).max(f64::MIN_POSITIVE);
    for (own, score) in boxed.iter_mut().zip(scores) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "after adding 2 to the power of 52 the last bits are the whole number, and `boxes` is small"
        )]
        let whole = (((high - score) * scale).min(f64::from(boxes - 1)) + 4_503_599_627_370_496.0).to_bits() as u32;
        *own = if score.is_nan() { boxes } else { whole };
    }
}

/// Puts what is nearly in order into order, the greatest first.
fn settle(of: &mut [(f64, u32)]) {
    // Where too much is out of order, as when one score lies far from all the others, inserting would take the square of the number.
    let mut moves = 0;
    for at in 1..of.len() {
        let mut place = at;
        while place > 0 && of.get(place - 1).zip(of.get(place)).is_some_and(|(before, after)| before.0 < after.0) {
            of.swap(place - 1, place);
            place -= 1;
            moves += 1;
        }
        if moves > 8 * of.len() {
            of.sort_by(|a, b| b.0.total_cmp(&a.0));
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plainly(scores: &[f64]) -> Vec<u32> {
        let rank = |x: &f64| if x.is_nan() { 0 } else { 1 + scores.iter().filter(|y| *y > x).count() };
        scores.iter().map(|x| u32::try_from(rank(x)).unwrap_or_default()).collect()
    }

    fn quickly(scores: &[f64]) -> Vec<u32> {
        let mut ranks = vec![0; scores.len()];
        Order::default().rank(scores, &mut ranks);
        ranks
    }

    proptest! {
        #[test]
        fn ranks_are_those_of_the_definition(
            mut scores in prop::collection::vec(prop_oneof![3 => 0.0..100.0_f64, 1 => Just(50.0), 1 => Just(f64::NAN), 1 => Just(-0.0), 1 => Just(0.0)], 0..300),
            far in prop::option::of(prop_oneof![Just(1e300), Just(-1e300), Just(f64::MAX)]),
        ) {
            scores.extend(far);
            prop_assert_eq!(quickly(&scores), plainly(&scores));
        }
    }

    #[test]
    fn neighbours_in_the_last_bit_are_told_apart() {
        let mut x = 70.0_f64;
        let mut scores: Vec<f64> = (0..200)
            .map(|_| {
                x = x.next_up();
                x
            })
            .collect();
        scores.push(0.0);
        assert_eq!(quickly(&scores), plainly(&scores));
        assert_eq!(quickly(&vec![1.0; 100]), vec![1; 100]);
    }
}
