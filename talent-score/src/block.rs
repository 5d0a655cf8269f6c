//! Many rows by columns: the arithmetic of [`RowPlan::score`], run down the columns, so that a processor does several rows at a time.
//!
//! Every row meets the same operations in the same order as a row by itself, and has the same score to the last bit.

use talent_model::standard::MissingPolicy;

use crate::aggregate::Join;
use crate::batch::{Row, RowGrade, RowPlan, Scratch, at, bound_one, keeps};

/// How many rows are scored at a time. All that is between them and their scores stays in the fast memory of one core.
const BLOCK: usize = 128;

/// A number for every row of a block.
type Lane = [f64; BLOCK];

/// What many rows are worth, by columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// The totals, as in [`Row`]; not numbers where there is none.
    pub total: Vec<f64>,
    /// The totals if everything unknown were at its worst.
    pub low: Vec<f64>,
    /// The totals if everything unknown were at its best.
    pub high: Vec<f64>,
    /// The shares of the weight that are known.
    pub coverage: Vec<f64>,
    /// The scores of every scenario.
    pub scenarios: Vec<Vec<f64>>,
    /// The positions of the grades in the standard's ladder.
    pub grade: Vec<Option<usize>>,
    /// Whether the rows are scorable.
    pub scorable: Vec<bool>,
}

impl Rows {
    /// The rows of several lists, each with the places that its rows have in the whole; what no list has is worth nothing.
    #[must_use]
    pub fn interleave(lists: &[(Vec<usize>, Self)], length: usize) -> Self {
        let scenarios = lists.iter().map(|(_, rows)| rows.scenarios.len()).max().unwrap_or_default();
        let mut all = Self {
            total: vec![f64::NAN; length],
            low: vec![f64::NAN; length],
            high: vec![f64::NAN; length],
            coverage: vec![f64::NAN; length],
            scenarios: vec![vec![f64::NAN; length]; scenarios],
            grade: vec![None; length],
            scorable: vec![false; length],
        };
        for (places, rows) in lists {
            let own = [(&mut all.total, &rows.total), (&mut all.low, &rows.low), (&mut all.high, &rows.high), (&mut all.coverage, &rows.coverage)];
            for (into, from) in own.into_iter().chain(all.scenarios.iter_mut().zip(&rows.scenarios)) {
                scatter(places, from, into);
            }
            scatter(places, &rows.grade, &mut all.grade);
            scatter(places, &rows.scorable, &mut all.scorable);
        }
        all
    }

    fn push(&mut self, row: &Row) {
        let Row { total, low, high, coverage, scenarios, grade, scorable } = row;
        for (column, value) in [(&mut self.total, total), (&mut self.low, low), (&mut self.high, high), (&mut self.coverage, coverage)] {
            column.push(*value);
        }
        for (column, score) in self.scenarios.iter_mut().zip(scenarios) {
            column.push(*score);
        }
        self.grade.push(*grade);
        self.scorable.push(*scorable);
    }
}

fn scatter<T: Copy>(places: &[usize], from: &[T], into: &mut [T]) {
    for (place, value) in places.iter().zip(from) {
        if let Some(into) = into.get_mut(*place) {
            *into = *value;
        }
    }
}

/// Memory that is used again for every block.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    values: Vec<Lane>,
    low: Vec<Lane>,
    high: Vec<Lane>,
    coverage: Vec<Lane>,
    /// By slot: whether every row of the block has a value.
    full: Vec<bool>,
    measures: Vec<f64>,
    row: Row,
    scratch: Scratch,
}

/// The rows of one block.
struct Block<'b, 'm> {
    measures: &'b [&'m [f64]],
    rows: usize,
    /// Whether every measure is there.
    complete: bool,
    gates: [bool; BLOCK],
}

impl Block<'_, '_> {
    fn lane(&self, leaf: usize) -> &[f64] {
        self.measures.get(leaf).copied().unwrap_or_default()
    }
}

impl RowPlan {
    /// Scores rows that are laid out in columns, one for every indicator in document order, and adds their scores to `rows`. What a column holds is
    /// written at [`Evaluator::row_plan`](crate::Evaluator::row_plan).
    ///
    /// ```
    /// use talent_model::reference;
    /// use talent_score::{Absence, Desk, Evaluator, Rows};
    /// let plan = Evaluator::new(reference::standard())?.row_plan("built").unwrap();
    /// let column = [Absence::Missing.measure(); 3];
    /// let mut rows = Rows::default();
    /// plan.score_columns(&vec![&column[..]; plan.width()], &mut rows, &mut Desk::default());
    /// assert_eq!((rows.coverage, rows.scenarios.len()), (vec![0.0; 3], 9));
    /// # Ok::<(), talent_score::EvaluatorError>(())
    /// ```
    pub fn score_columns(&self, columns: &[&[f64]], rows: &mut Rows, desk: &mut Desk) {
        rows.scenarios.resize(self.scenarios.len(), Vec::new());
        let count = columns.first().map_or(0, |column| column.len());
        for list in [&mut rows.total, &mut rows.low, &mut rows.high, &mut rows.coverage].into_iter().chain(&mut rows.scenarios) {
            list.reserve(count);
        }
        let mut block: Vec<&[f64]> = Vec::with_capacity(columns.len());
        for start in (0..count).step_by(BLOCK) {
            let end = count.min(start + BLOCK);
            block.clear();
            block.extend(columns.iter().map(|column| column.get(start..end).unwrap_or_default()));
            let mut block = Block { measures: &block, rows: end - start, complete: true, gates: [true; BLOCK] };
            // Sums, bonuses and refusals are rare, and so are rows by themselves.
            if self.tree.sums || !self.bonuses.is_empty() || !self.fill(&mut block, desk) {
                self.row_by_row(&block, rows, desk);
            } else {
                self.finish(&block, rows, desk);
            }
        }
    }

    fn row_by_row(&self, block: &Block<'_, '_>, rows: &mut Rows, desk: &mut Desk) {
        for i in 0..block.rows {
            desk.measures.clear();
            desk.measures.extend(block.measures.iter().map(|column| at(column, i)));
            self.score(&desk.measures, &mut desk.row, &mut desk.scratch);
            rows.push(&desk.row);
        }
    }

    /// Scores the leaves and notes gates; false where a value is missing that may not be.
    fn fill(&self, block: &mut Block<'_, '_>, desk: &mut Desk) -> bool {
        let slots = self.tree.slots();
        desk.values.resize(slots, [f64::NAN; BLOCK]);
        desk.full.clear();
        for ((leaf, lane), measures) in self.leaves.iter().zip(&mut desk.values).zip(block.measures) {
            if let Some((low, high)) = leaf.gate {
                for (gate, measure) in block.gates.iter_mut().zip(*measures) {
                    *gate &= keeps(*measure, low, high);
                }
            }
            let Some(rule) = &leaf.rule else {
                lane.fill(f64::NAN);
                desk.full.push(false);
                continue;
            };
            rule.score_all(measures, lane);
            let plain = measures.iter().fold(true, |plain, measure| plain & measure.is_finite());
            desk.full.push(plain);
            if plain {
                continue;
            }
            for (score, measure) in lane.iter_mut().zip(*measures) {
                if measure.is_infinite() {
                    *score = leaf.not_applicable;
                } else if measure.is_nan() {
                    block.complete = false;
                    *score = match leaf.policy(*measure) {
                        MissingPolicy::Exclude => f64::NAN,
                        MissingPolicy::Zero => 0.0,
                        MissingPolicy::Refuse => return false,
                    };
                }
            }
        }
        true
    }

    /// From the scores of the leaves to those of the rows.
    fn finish(&self, block: &Block<'_, '_>, rows: &mut Rows, desk: &mut Desk) {
        let root = self.tree.root();
        self.roll_lanes(&mut desk.values, &desk.full, block.rows, false);
        if !block.complete {
            self.bounds_of(block, desk);
        }
        let Desk { values, low, high, coverage, .. } = desk;
        let lane = |lanes: &[Lane], slot: usize| lanes.get(slot).copied().unwrap_or([f64::NAN; BLOCK]);
        let total = lane(values, root);
        let [mut least, mut most, mut known] = [total, total, [1.0; BLOCK]];
        if block.complete {
            for ((least, most), total) in least.iter_mut().zip(&mut most).zip(&total) {
                (*least, *most) = if total.is_nan() { (0.0, 100.0) } else { (*least, *most) };
            }
        } else {
            let (lows, highs, covers) = (lane(low, root), lane(high, root), lane(coverage, root));
            let bound = |value: f64, other: f64| if value.is_nan() { other } else { value };
            for i in 0..block.rows {
                if let (Some(least), Some(most), Some(known)) = (least.get_mut(i), most.get_mut(i), known.get_mut(i)) {
                    *least = bound(at(&total, i), f64::INFINITY).min(bound(at(&lows, i), 0.0));
                    *most = bound(at(&total, i), f64::NEG_INFINITY).max(bound(at(&highs, i), 100.0));
                    *known = bound(at(&covers, i), 1.0);
                }
            }
        }
        let mut covered = [true; BLOCK];
        if !block.complete {
            for slot in &self.scenarios {
                for (covered, share) in covered.iter_mut().zip(&lane(coverage, *slot)) {
                    *covered &= bound_one(*share) >= self.eligible.1;
                }
            }
        }
        let mut grades = [None; BLOCK];
        for (at, grade) in self.grades.iter().enumerate() {
            let mut meets = covered;
            self.meets_of(grade, block, (&total, &known), (values, low), &mut meets);
            for (awarded, meets) in grades.iter_mut().zip(meets) {
                *awarded = if meets { Some(at) } else { *awarded };
            }
        }
        let of = |lane: &Lane, list: &mut Vec<f64>| list.extend(lane.iter().take(block.rows));
        for (scores, slot) in rows.scenarios.iter_mut().zip(&self.scenarios) {
            of(&lane(values, *slot), scores);
        }
        for (lane, list) in [(&total, &mut rows.total), (&least, &mut rows.low), (&most, &mut rows.high), (&known, &mut rows.coverage)] {
            of(lane, list);
        }
        rows.grade.extend(grades.iter().take(block.rows));
        let scorable = total.iter().zip(&known).zip(covered).map(|((total, known), covered)| !total.is_nan() && *known >= self.eligible.0 && covered);
        rows.scorable.extend(scorable.take(block.rows));
    }

    /// Which rows meet all that a grade asks.
    fn meets_of(&self, grade: &RowGrade, block: &Block<'_, '_>, own: (&Lane, &Lane), lanes: (&[Lane], &[Lane]), meets: &mut [bool; BLOCK]) {
        let (total, known) = own;
        for ((meets, total), known) in meets.iter_mut().zip(total).zip(known) {
            *meets &= (*total >= grade.total) & (*known >= grade.coverage);
        }
        if grade.gates {
            for (meets, gate) in meets.iter_mut().zip(&block.gates) {
                *meets &= gate;
            }
        }
        let (values, low) = lanes;
        // A scenario of which nothing applies has no floor to reach.
        let applying = if block.complete { values } else { low };
        for (slot, floor) in &grade.floors {
            let (Some(scores), Some(applying)) = (values.get(*slot), applying.get(*slot)) else { continue };
            for ((meets, score), applies) in meets.iter_mut().zip(scores).zip(applying) {
                *meets &= (*score >= *floor) | applies.is_nan();
            }
        }
        for (leaf, low, high) in &grade.requires {
            for (meets, measure) in meets.iter_mut().zip(block.lane(*leaf)) {
                *meets &= keeps(*measure, *low, *high);
            }
        }
    }

    /// The bounds and the coverage of every slot.
    fn bounds_of(&self, block: &Block<'_, '_>, desk: &mut Desk) {
        let slots = self.tree.slots();
        let Desk { values, low, high, coverage, full, .. } = desk;
        for lanes in [&mut *low, &mut *high, &mut *coverage] {
            lanes.resize(slots, [f64::NAN; BLOCK]);
        }
        let nominal = self.leaves.iter().zip(block.measures).zip(&*values);
        for (((leaf, measures), scores), ((low, high), coverage)) in nominal.zip(low.iter_mut().zip(&mut *high).zip(&mut *coverage)) {
            let (worst, best) = leaf.range;
            let beside = leaf.rule.is_none();
            for (((measure, score), (low, high)), coverage) in measures.iter().zip(scores).zip(low.iter_mut().zip(high)).zip(coverage) {
                let (nothing, known) = (score.is_nan(), !measure.is_nan());
                let (least, most) = if known { (*score, *score) } else { (worst, best) };
                *low = if nothing { least } else { least.min(*score) };
                *high = if nothing { most } else { most.max(*score) };
                *coverage = if beside | (measure.is_infinite() & nothing) { f64::NAN } else { f64::from(u8::from(known)) };
            }
        }
        // Coverage is a mean, however scores are joined.
        for (lanes, mean) in [(low, false), (high, false), (coverage, true)] {
            full.clear();
            full.extend(lanes.iter().take(self.leaves.len()).map(|lane| lane.iter().take(block.rows).fold(true, |full, x| full & !x.is_nan())));
            self.roll_lanes(lanes, full, block.rows, mean);
        }
    }

    /// Fills the nodes' lanes from the leaves'.
    fn roll_lanes(&self, lanes: &mut [Lane], full: &[bool], rows: usize, mean: bool) {
        let leaves = self.tree.leaves;
        for (n, node) in self.tree.nodes.iter().enumerate().rev() {
            let members =
                || node.members.iter().filter_map(|member| Some((member.weight, lanes.get(member.slot)?, full.get(member.slot) == Some(&true))));
            let mut joined = [f64::NAN; BLOCK];
            if mean || node.join == Join::Power(1.0) {
                let (mut weights, mut sums) = ([0.0; BLOCK], [0.0; BLOCK]);
                let (mut least, mut most) = ([f64::INFINITY; BLOCK], [f64::NEG_INFINITY; BLOCK]);
                for (weight, lane, full) in members() {
                    if full {
                        for ((weights, sum), value) in weights.iter_mut().zip(&mut sums).zip(lane) {
                            *weights += weight;
                            *sum += weight * value;
                        }
                    } else {
                        for ((weights, sum), value) in weights.iter_mut().zip(&mut sums).zip(lane) {
                            let known = !value.is_nan();
                            *weights += if known { weight } else { 0.0 };
                            *sum += if known { weight * value } else { 0.0 };
                        }
                    }
                }
                for (_, lane, _) in members() {
                    for ((least, most), value) in least.iter_mut().zip(&mut most).zip(lane) {
                        *least = if value < least { *value } else { *least };
                        *most = if value > most { *value } else { *most };
                    }
                }
                // The kernel's own end of a mean: it never passes what it joins.
                for (((joined, weights), sum), (least, most)) in joined.iter_mut().zip(&weights).zip(&sums).zip(least.iter().zip(&most)) {
                    *joined = if *weights > 0.0 { (sum / weights).max(*least).min(*most) } else { f64::NAN };
                }
            } else {
                for (i, joined) in joined.iter_mut().enumerate().take(rows) {
                    let members = members().map(|(weight, lane, _)| (weight, at(lane, i))).filter(|(_, value)| !value.is_nan());
                    *joined = node.join.join(members).unwrap_or(f64::NAN);
                }
            }
            if let Some(lane) = lanes.get_mut(leaves + n) {
                *lane = joined;
            }
        }
    }
}
