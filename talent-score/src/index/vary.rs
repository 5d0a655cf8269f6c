//! What a draw changes inside the pipeline: weights, goalposts and which indicators are joined. Without it the steps do what they always do, to the bit.

use talent_model::index::Goalposts;
use talent_model::quantity::Number;
use talent_model::robustness::WeightSpread;

/// What one draw changes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vary {
    /// By group: how its weights are drawn, with a uniform number for every member that it has by the table.
    pub(crate) weights: Vec<Vec<(WeightSpread, Vec<f64>)>>,
    /// By indicator: how far its goalposts move, as a share of their distance. Empty: not at all.
    pub(crate) moved: Vec<f64>,
    /// By indicator: whether it is not joined. Empty: all are.
    pub(crate) out: Vec<bool>,
}

impl Vary {
    /// Draws the weights of a group. `places` are those of its members that are in, among those it has by the table.
    pub(crate) fn weigh(&self, node: usize, places: &[usize], weights: &mut [f64]) {
        for (spread, numbers) in self.weights.get(node).into_iter().flatten() {
            let mut next = numbers.iter().copied();
            redraw(spread, || next.next().unwrap_or(0.5), numbers.len(), places, weights);
        }
    }

    pub(crate) fn leaves_out(&self, leaf: usize) -> bool {
        self.out.get(leaf).copied().unwrap_or_default()
    }

    /// An indicator's goalposts, moved.
    pub(crate) fn goalposts(&self, leaf: usize, posts: &Goalposts) -> Goalposts {
        let by = self.moved.get(leaf).copied().unwrap_or_default();
        let (low, high) = (posts.low.get(), posts.high.get());
        let moved = |x: f64| if posts.log == Some(true) { x * libm::pow(high / low, by) } else { x + by * (high - low) };
        match (Number::new(moved(low)), Number::new(moved(high))) {
            (Some(low), Some(high)) => Goalposts { low, high, ..posts.clone() },
            _ => posts.clone(),
        }
    }
}

/// Draws weights of members that stand at some of so many places, each of which takes a number whether or not somebody stands there.
pub(crate) fn redraw(spread: &WeightSpread, numbers: impl FnMut() -> f64, members: usize, places: &[usize], weights: &mut [f64]) {
    let mut given = vec![0.0; members];
    for (place, weight) in places.iter().zip(&*weights) {
        given.get_mut(*place).into_iter().for_each(|slot| *slot = *weight);
    }
    let mut drawn = Vec::new();
    crate::robust::draw_weights(spread, numbers, &given, &mut drawn);
    for (place, weight) in places.iter().zip(weights.iter_mut()) {
        *weight = drawn.get(*place).copied().unwrap_or(*weight);
    }
}
