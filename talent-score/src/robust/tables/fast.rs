//! The quick way through the joining, for the draws that vary nothing but weights: many draws at once over complete values, in the widest registers that the processor has.
//!
//! Every sum runs in the order of the members, with the operations of the kernel and no others, so that a score is that of the pipeline to the last bit; a test holds it to that.

use pulp::{Simd, WithSimd};
use talent_model::index::{Combination, MethodStep};
use talent_model::robustness::WeightSpread;

use crate::index::Pipeline;
use crate::index::state::State;
use crate::index::table::Member;
use crate::index::vary::redraw;

/// How many draws go together.
pub(super) const LANES: usize = 32;

/// How many units go together.
const UNITS: usize = 4;

/// Scores, or sums, of some units at all draws of a lane.
pub(super) type Lane = [f64; LANES];

/// A state ready to be joined many times.
pub(super) struct Fast {
    units: usize,
    nodes: Vec<Node>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Mean {
    Arithmetic,
    Geometric,
}

/// A group.
struct Node {
    mean: Mean,
    /// Its members' places among those it has by the table, and their weights without variation.
    places: Vec<usize>,
    weights: Vec<f64>,
    members: Members,
}

enum Members {
    /// Indicators only: their terms by four units, then by member; and the ends of each unit's values.
    Leaves { terms: Vec<[f64; UNITS]>, ends: Vec<(f64, f64)> },
    /// Groups, or groups and indicators.
    Mixed(Vec<Source>),
}

enum Source {
    /// Values.
    Leaf(Vec<f64>),
    /// A group, by its place.
    Group(usize),
}

/// Memory that is used again.
#[derive(Default)]
pub(crate) struct Scratch {
    weights: Vec<Vec<f64>>,
    /// By group and member.
    lanes: Vec<Vec<Lane>>,
    packed: Vec<f64>,
    /// By group and unit.
    scores: Vec<Vec<Lane>>,
}

impl Fast {
    /// Nothing where the method joins in another way, values are missing, or weights come from the data.
    pub(super) fn new(pipeline: &Pipeline<'_>, state: &State, step: &MethodStep) -> Option<Self> {
        let MethodStep::Aggregate(step) = step else { return None };
        let tree = pipeline.tree();
        let units = state.units.len();
        let mut nodes = Vec::with_capacity(tree.nodes.len());
        for (at, node) in tree.nodes.iter().enumerate() {
            let mean = match step.each.get(&node.code).unwrap_or(&step.how) {
                Combination::Arithmetic(_) => Mean::Arithmetic,
                Combination::Geometric(_) => Mean::Geometric,
                _ => return None,
            };
            let (mut places, mut sources) = (Vec::new(), Vec::new());
            for (place, (member, _)) in node.members.iter().enumerate() {
                match member {
                    Member::Leaf(leaf) => {
                        let column = state.columns.get(*leaf)?;
                        if !column.alive {
                            continue;
                        }
                        let (low, _) = column.values.ends();
                        if !column.values.complete() || column.sign < 0.0 || low < 0.0 && mean == Mean::Geometric {
                            return None;
                        }
                        sources.push(Source::Leaf(column.values.to_vec()));
                    }
                    // A group of which nothing is left changes what is joined: the pipeline knows how.
                    Member::Group(below) => sources.push(Source::Group(*below)),
                }
                places.push(place);
            }
            let weights = pipeline.fixed_weights(state, at, &places)?;
            if places.is_empty() || weights.iter().any(|weight| *weight <= 0.0) {
                return None;
            }
            nodes.push(Node { mean, places, weights, members: Members::new(mean, units, sources) });
        }
        let below = |source: &Source| matches!(source, Source::Group(below) if nodes.get(*below).is_some_and(Node::has_negatives));
        let negative = |node: &Node| node.mean == Mean::Geometric && matches!(&node.members, Members::Mixed(sources) if sources.iter().any(below));
        if nodes.iter().any(negative) {
            return None;
        }
        Some(Self { units, nodes })
    }

    /// The weights without variation, by group.
    pub(super) fn nominal(&self, weights: &mut Vec<Vec<f64>>) {
        weights.resize_with(self.nodes.len(), Vec::new);
        for (own, node) in weights.iter_mut().zip(&self.nodes) {
            own.clear();
            own.extend(&node.weights);
        }
    }

    /// Draws the weights of one group, which has so many members by the table.
    pub(super) fn draw(&self, node: usize, spread: &WeightSpread, numbers: impl FnMut() -> f64, members: usize, weights: &mut [Vec<f64>]) {
        if let (Some(own), Some(weights)) = (self.nodes.get(node), weights.get_mut(node)) {
            redraw(spread, numbers, members, &own.places, weights);
        }
    }

    /// Scores all units at up to [`LANES`] draws: `weigh` gives the weights of one, `emit` takes the draws, a unit and its scores at them, and perhaps more. Nothing is emitted, and the answer is no, where a weight
    /// vanished.
    pub(super) fn evaluate(
        &self,
        draws: &[usize],
        weigh: impl Fn(usize, &mut Vec<Vec<f64>>),
        scratch: &mut Scratch,
        mut emit: impl FnMut(&[usize], usize, &Lane),
    ) -> bool {
        let Scratch { weights, lanes, packed, scores } = scratch;
        lanes.resize_with(self.nodes.len(), Vec::new);
        for (lanes, node) in lanes.iter_mut().zip(&self.nodes) {
            // What is left over of a lane is computed like the rest, and not looked at.
            lanes.clear();
            lanes.resize(node.weights.len(), [1.0; LANES]);
        }
        for (lane, draw) in draws.iter().enumerate() {
            weigh(*draw, weights);
            for (own, lanes) in weights.iter().zip(lanes.iter_mut()) {
                for (weight, slots) in own.iter().zip(lanes) {
                    if *weight <= 0.0 || !weight.is_finite() {
                        return false;
                    }
                    slots.get_mut(lane).into_iter().for_each(|slot| *slot = *weight);
                }
            }
        }
        scores.resize_with(self.nodes.len(), Vec::new);
        for (at, node) in self.nodes.iter().enumerate().rev() {
            let mut own = scores.get_mut(at).map(std::mem::take).unwrap_or_default();
            own.resize(self.units, [0.0; LANES]);
            if let Some(weights) = lanes.get(at) {
                node.join(weights, scores, packed, &mut own);
            }
            scores.get_mut(at).into_iter().for_each(|slot| *slot = std::mem::take(&mut own));
        }
        for (unit, lane) in scores.first().into_iter().flatten().enumerate() {
            emit(draws, unit, lane);
        }
        true
    }
}

impl Members {
    fn new(mean: Mean, units: usize, sources: Vec<Source>) -> Self {
        let columns: Option<Vec<&Vec<f64>>> =
            sources.iter().map(|source| if let Source::Leaf(values) = source { Some(values) } else { None }).collect();
        let Some(columns) = columns else { return Self::Mixed(sources) };
        let value = |column: &Vec<f64>, unit: usize| column.get(unit).copied().unwrap_or_default();
        let term = |x: f64| match mean {
            Mean::Arithmetic => x,
            Mean::Geometric if x > 0.0 => libm::log(x),
            Mean::Geometric => 0.0,
        };
        let panel = |first: usize| {
            let columns = &columns;
            columns.iter().map(move |column| std::array::from_fn(|i| term(value(column, first + i))))
        };
        let terms = (0..units).step_by(UNITS).flat_map(panel).collect();
        let ends = |unit: usize| {
            columns
                .iter()
                .map(|column| value(column, unit))
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (if x < low { x } else { low }, if x > high { x } else { high }))
        };
        Self::Leaves { terms, ends: (0..units).map(ends).collect() }
    }
}

impl Node {
    /// Whether a score of its own may lie below 0.
    fn has_negatives(&self) -> bool {
        match &self.members {
            Members::Leaves { ends, .. } => ends.iter().any(|(low, _)| *low < 0.0),
            // Not looked at further: the pipeline itself knows.
            Members::Mixed(_) => true,
        }
    }

    /// Joins the members of all units at all draws.
    fn join(&self, weights: &[Lane], below: &[Vec<Lane>], packed: &mut Vec<f64>, joined: &mut [Lane]) {
        let mut sums = [0.0; LANES];
        for weight in weights {
            for (sum, w) in sums.iter_mut().zip(weight) {
                *sum += w;
            }
        }
        match &self.members {
            Members::Leaves { terms, ends } => {
                pulp::Arch::new().dispatch(Leaves { weights, terms, sums: &sums, packed, joined });
                if self.mean == Mean::Geometric {
                    for (lane, (low, high)) in joined.iter_mut().zip(ends) {
                        lane.iter_mut().for_each(|x| *x = if *low > 0.0 { within(libm::exp(*x), *low, *high) } else { 0.0 });
                    }
                } else {
                    pulp::Arch::new().dispatch(Within { ends, joined });
                }
            }
            Members::Mixed(sources) => self.join_mixed(weights, sources, below, &sums, joined),
        }
    }

    fn join_mixed(&self, weights: &[Lane], sources: &[Source], below: &[Vec<Lane>], sums: &Lane, joined: &mut [Lane]) {
        let nothing = [0.0; LANES];
        for (unit, joined) in joined.iter_mut().enumerate() {
            let (mut totals, mut low, mut high) = ([0.0; LANES], [f64::INFINITY; LANES], [f64::NEG_INFINITY; LANES]);
            for (weight, source) in weights.iter().zip(sources) {
                let values = match source {
                    Source::Leaf(values) => [values.get(unit).copied().unwrap_or_default(); LANES],
                    Source::Group(group) => *below.get(*group).and_then(|scores| scores.get(unit)).unwrap_or(&nothing),
                };
                for ((((total, low), high), w), x) in totals.iter_mut().zip(&mut low).zip(&mut high).zip(weight).zip(values) {
                    *total += match self.mean {
                        Mean::Arithmetic => w * x,
                        Mean::Geometric if x > 0.0 => w * libm::log(x),
                        Mean::Geometric => 0.0,
                    };
                    *low = if x < *low { x } else { *low };
                    *high = if x > *high { x } else { *high };
                }
            }
            for ((((joined, total), sum), low), high) in joined.iter_mut().zip(totals).zip(sums).zip(low).zip(high) {
                *joined = self.close(total, *sum, low, high);
            }
        }
    }

    /// The kernel's own end of a mean.
    fn close(&self, total: f64, sum: f64, low: f64, high: f64) -> f64 {
        match self.mean {
            Mean::Arithmetic => within(total / sum, low, high),
            Mean::Geometric if low > 0.0 => within(libm::exp(total / sum), low, high),
            Mean::Geometric => 0.0,
        }
    }
}

/// As `clamp`, without its check that the ends are in order.
fn within(x: f64, low: f64, high: f64) -> f64 {
    let x = if x < low { low } else { x };
    if x > high { high } else { x }
}

/// The sums of indicators' terms, divided by those of the weights: the part that takes the time. Two registers of draws for each of four units go together, so that the weights and terms that
/// are read are used eight times.
struct Leaves<'l> {
    weights: &'l [Lane],
    terms: &'l [[f64; UNITS]],
    sums: &'l Lane,
    /// Memory that is used again: the weights in the order in which they are read.
    packed: &'l mut Vec<f64>,
    joined: &'l mut [Lane],
}

/// How many times four units are joined with some weights before others are fetched: their terms stay close to the core meanwhile.
const NEAR: usize = 16;

impl WithSimd for Leaves<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let members = self.weights.len().max(1);
        let width = 2 * S::F64_LANES;
        self.packed.clear();
        for first in (0..LANES).step_by(width) {
            self.packed.extend(self.weights.iter().flat_map(|weight| weight.iter().skip(first).take(width)));
        }
        let (packed, _) = S::as_simd_f64s(self.packed);
        let (packed, _) = packed.as_chunks::<2>();
        let (sums, _) = S::as_simd_f64s(self.sums);
        for (near, joined) in self.terms.chunks(NEAR * members).zip(self.joined.chunks_mut(NEAR * UNITS)) {
            for (pair, (weights, sums)) in packed.chunks_exact(members).zip(sums.chunks_exact(2)).enumerate() {
                for (panel, joined) in near.chunks_exact(members).zip(joined.chunks_mut(UNITS)) {
                    // Each unit's sums have names of their own, so that they stay in registers.
                    let nothing = [simd.splat_f64s(0.0); 2];
                    let (mut a, mut b, mut c, mut d) = (nothing, nothing, nothing, nothing);
                    for (w, [x, y, z, u]) in weights.iter().zip(panel) {
                        a = added(simd, a, *w, *x);
                        b = added(simd, b, *w, *y);
                        c = added(simd, c, *w, *z);
                        d = added(simd, d, *w, *u);
                    }
                    let totals: [_; UNITS] = [a, b, c, d];
                    for (total, joined) in totals.iter().zip(joined) {
                        let (joined, _) = S::as_mut_simd_f64s(joined);
                        for ((slot, total), sum) in joined.iter_mut().skip(2 * pair).zip(total).zip(sums) {
                            *slot = simd.div_f64s(*total, *sum);
                        }
                    }
                }
            }
        }
    }
}

/// Two registers of sums with a term more, each with the weights of its draws.
#[inline(always)]
fn added<S: Simd>(simd: S, [one, other]: [S::f64s; 2], [w, v]: [S::f64s; 2], x: f64) -> [S::f64s; 2] {
    let x = simd.splat_f64s(x);
    // Never fused: the kernel rounds the product, and so does this.
    [simd.add_f64s(one, simd.mul_f64s(w, x)), simd.add_f64s(other, simd.mul_f64s(v, x))]
}

/// Means held between the ends of what they join.
struct Within<'w> {
    ends: &'w [(f64, f64)],
    joined: &'w mut [Lane],
}

impl WithSimd for Within<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        for (lane, (low, high)) in self.joined.iter_mut().zip(self.ends) {
            let (low, high) = (simd.splat_f64s(*low), simd.splat_f64s(*high));
            let (lane, _) = S::as_mut_simd_f64s(lane);
            for x in lane {
                *x = simd.select_f64s(simd.less_than_f64s(*x, low), low, *x);
                *x = simd.select_f64s(simd.less_than_f64s(high, *x), high, *x);
            }
        }
    }
}
