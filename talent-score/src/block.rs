//! Many rows by columns: the arithmetic of [`RowPlan::score`], run down the columns, so that a processor does several rows at a time.
//!
//! Every row meets the same operations in the same order as a row by itself, and has the same score to the last bit.

mod lane;
pub(crate) mod limits;
mod mean;

use crate::aggregate::Join;
use crate::batch::{Row, RowGrade, RowPlan, Scratch, at};
use lane::{BLOCK, Bounds, Lane, Mask, NOTHING};
use limits::Limits;
use mean::Member;

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

    /// Takes all rows out; the memory is used again for the next.
    pub fn clear(&mut self) {
        for list in [&mut self.total, &mut self.low, &mut self.high, &mut self.coverage].into_iter().chain(&mut self.scenarios) {
            list.clear();
        }
        self.grade.clear();
        self.scorable.clear();
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
    values: Slots,
    bounds: [Slots; 3],
    measures: Vec<f64>,
    row: Row,
    scratch: Scratch,
}

/// A number for every row of a block, by slot.
#[derive(Clone, Debug, Default)]
struct Slots {
    lanes: Vec<Lane>,
    /// Whether every row of the block has a number.
    full: Vec<bool>,
}

impl Slots {
    fn lane(&self, slot: usize) -> &Lane {
        self.lanes.get(slot).unwrap_or(&NOTHING)
    }
}

/// The rows of one block.
struct Block<'b, 'm> {
    measures: &'b [&'m [f64]],
    rows: usize,
    /// Whether every measure is there.
    complete: bool,
    /// Which rows pass all gates.
    gates: Mask,
}

/// What comes of scoring the leaves of a block.
enum Outcome {
    Filled,
    /// The rows have to be scored by themselves, for instance because a value is missing that may not be.
    OneByOne,
    /// A measure does not keep to its limits.
    Outside,
}

impl Block<'_, '_> {
    fn keeps(&self, limits: &[Option<Limits>]) -> bool {
        self.measures.iter().zip(limits).all(|(measures, limits)| limits.is_none_or(|limits| limits.hold_all(measures)))
    }

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
        self.score_within(columns, &[], rows, desk);
    }

    /// Scores rows as [`score_columns`](Self::score_columns) does, and tells whether the columns keep to the limits of the indicators that have any; where one does not, the
    /// rows from there on are not scored. That is known while the measures are at hand anyway: looking at them beforehand costs as much as fetching them twice.
    pub(crate) fn score_within(&self, columns: &[&[f64]], limits: &[Option<Limits>], rows: &mut Rows, desk: &mut Desk) -> bool {
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
            let mut block = Block { measures: &block, rows: end - start, complete: true, gates: [1.0; BLOCK] };
            // Sums, bonuses and refusals are rare, and so are rows by themselves.
            let by_rows = self.tree.sums || !self.bonuses.is_empty();
            match if by_rows { Outcome::OneByOne } else { self.fill(&mut block, limits, desk) } {
                Outcome::Filled => self.finish(&block, rows, desk),
                Outcome::OneByOne if block.keeps(limits) => self.row_by_row(&block, rows, desk),
                Outcome::OneByOne | Outcome::Outside => return false,
            }
        }
        true
    }

    fn row_by_row(&self, block: &Block<'_, '_>, rows: &mut Rows, desk: &mut Desk) {
        for i in 0..block.rows {
            desk.measures.clear();
            desk.measures.extend(block.measures.iter().map(|column| at(column, i)));
            self.score(&desk.measures, &mut desk.row, &mut desk.scratch);
            rows.push(&desk.row);
        }
    }

    /// Scores the leaves and notes gates.
    fn fill(&self, block: &mut Block<'_, '_>, limits: &[Option<Limits>], desk: &mut Desk) -> Outcome {
        let Slots { lanes, full } = &mut desk.values;
        lanes.resize(self.tree.slots(), NOTHING);
        full.clear();
        let limits = limits.iter().copied().chain(std::iter::repeat(None));
        for (((leaf, lane), measures), limits) in self.leaves.iter().zip(lanes).zip(block.measures).zip(limits) {
            if let Some((low, high)) = leaf.gate {
                lane::keep(measures, low, high, &mut block.gates);
            }
            let filled = leaf.fill(measures, limits, lane);
            full.push(filled.full);
            block.complete &= filled.known;
            if !filled.kept {
                return Outcome::Outside;
            }
            if filled.refused {
                return Outcome::OneByOne;
            }
        }
        Outcome::Filled
    }

    /// From the scores of the leaves to those of the rows.
    fn finish(&self, block: &Block<'_, '_>, rows: &mut Rows, desk: &mut Desk) {
        let root = self.tree.root();
        self.roll_lanes(&mut desk.values, block.rows, false);
        if !block.complete {
            self.bounds_of(block, desk);
        }
        let Desk { values, bounds: [low, high, coverage], .. } = desk;
        let total = values.lane(root);
        let bounds = if block.complete { Bounds::complete(total) } else { Bounds::new(total, low.lane(root), high.lane(root), coverage.lane(root)) };
        let mut covered = [1.0; BLOCK];
        if !block.complete {
            for slot in &self.scenarios {
                lane::cover(coverage.lane(*slot), self.eligible.1, &mut covered);
            }
        }
        let mut scorable = covered;
        lane::reach(total, f64::NEG_INFINITY, &mut scorable);
        lane::reach(&bounds.known, self.eligible.0, &mut scorable);
        // 0 where no grade is reached, and else one more than its position.
        let mut grades = [0.0; BLOCK];
        // A scenario of which nothing applies has no floor to reach.
        let applying = if block.complete { &*values } else { low };
        for (at, grade) in (1_u32..).zip(&self.grades) {
            let mut meets = covered;
            grade.meet(block, (total, &bounds.known), (values, applying), &mut meets);
            lane::award(f64::from(at), &meets, &mut grades);
        }
        let of = |lane: &Lane, list: &mut Vec<f64>| list.extend_from_slice(lane.get(..block.rows).unwrap_or_default());
        for (scores, slot) in rows.scenarios.iter_mut().zip(&self.scenarios) {
            of(values.lane(*slot), scores);
        }
        let Bounds { low, high, known } = &bounds;
        for (lane, list) in [(total, &mut rows.total), (low, &mut rows.low), (high, &mut rows.high), (known, &mut rows.coverage)] {
            of(lane, list);
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the grades of a ladder are few")]
        let grade = |at: &f64| (*at as usize).checked_sub(1);
        rows.grade.extend(grades.iter().take(block.rows).map(grade));
        rows.scorable.extend(scorable.iter().take(block.rows).map(|scorable| *scorable > 0.0));
    }

    /// The bounds and the coverage of every slot.
    fn bounds_of(&self, block: &Block<'_, '_>, desk: &mut Desk) {
        let Desk { values, bounds, .. } = desk;
        for slots in &mut *bounds {
            slots.lanes.resize(self.tree.slots(), NOTHING);
            slots.full.clear();
        }
        let [low, high, coverage] = &mut *bounds;
        let lanes = low.lanes.iter_mut().zip(&mut high.lanes).zip(&mut coverage.lanes);
        for (((leaf, measures), scores), lanes) in self.leaves.iter().zip(block.measures).zip(&values.lanes).zip(lanes) {
            let ((least, most), known) = lanes;
            let full = leaf.bound(measures, scores, least, most, known);
            for slots in [&mut low.full, &mut high.full, &mut coverage.full] {
                slots.push(full);
            }
        }
        // Coverage is a mean, however scores are joined.
        for (slots, mean) in [(low, false), (high, false), (coverage, true)] {
            self.roll_lanes(slots, block.rows, mean);
        }
    }

    /// Fills the nodes' lanes from the leaves'.
    fn roll_lanes(&self, slots: &mut Slots, rows: usize, mean: bool) {
        let leaves = self.tree.leaves;
        let Slots { lanes, full } = slots;
        full.resize(self.tree.slots(), false);
        for (n, node) in self.tree.nodes.iter().enumerate().rev() {
            let members: Vec<Member<'_>> =
                node.members.iter().filter_map(|member| Some(Member { weight: member.weight, lane: lanes.get(member.slot)? })).collect();
            let whole = !node.members.is_empty() && node.members.iter().all(|member| full.get(member.slot) == Some(&true));
            let mut joined = NOTHING;
            if mean || node.join == Join::Power(1.0) {
                mean::mean(&members, whole, &mut joined);
            } else {
                for (i, joined) in joined.iter_mut().enumerate().take(rows) {
                    let members = members.iter().map(|member| (member.weight, at(member.lane, i))).filter(|(_, value)| !value.is_nan());
                    *joined = node.join.join(members).unwrap_or(f64::NAN);
                }
            }
            if let (Some(lane), Some(full)) = (lanes.get_mut(leaves + n), full.get_mut(leaves + n)) {
                (*lane, *full) = (joined, whole);
            }
        }
    }
}

impl RowGrade {
    /// Which rows meet all that the grade asks: of the total and of what is known, of the scores, and of those that apply.
    fn meet(&self, block: &Block<'_, '_>, own: (&Lane, &Lane), slots: (&Slots, &Slots), meets: &mut Mask) {
        lane::reach(own.0, self.total, meets);
        lane::reach(own.1, self.coverage, meets);
        if self.gates {
            lane::reach(&block.gates, 1.0, meets);
        }
        for (slot, floor) in &self.floors {
            lane::stand(slots.0.lane(*slot), slots.1.lane(*slot), *floor, meets);
        }
        for (leaf, low, high) in &self.requires {
            lane::keep(block.lane(*leaf), *low, *high, meets);
        }
    }
}
