//! Many communities at once: rows of measures, scored by the same kernel.
//!
//! A row is a community with one zone. Its scores equal those of the single assessment to the last bit, because both take the same way.

use talent_model::quantity::{NonNegative, Number, Share};
use talent_model::standard::{Binding, GradeGates, MissingPolicy, NotApplicablePolicy};

use crate::evaluator::{CompiledCriterion, Evaluator};
use crate::judge::passes;
use crate::rule::{CompiledRule, at_least, at_most, reaches};
use crate::sheet::{full_mark, with_bonus};
use crate::tree::{Tree, Values};
use talent_model::assessment::GateState;

/// The scoring of rows in one stage, laid out flat.
#[derive(Clone, Debug)]
pub struct RowPlan {
    tree: Tree,
    leaves: Vec<RowLeaf>,
    /// The bonuses, each with the slot of its leaf: apart, because few standards have any.
    bonuses: Vec<(usize, RowBonus)>,
    weights: Values,
    scenarios: Vec<usize>,
    grades: Vec<RowGrade>,
    scenario_coverage: Option<f64>,
}

#[derive(Clone, Debug)]
struct RowLeaf {
    /// Absent: not scored in this stage.
    rule: Option<CompiledRule>,
    range: (f64, f64),
    /// Between what the measure passes; without ends where there is no gate.
    gate: Option<(f64, f64)>,
    policy: MissingPolicy,
    /// The score where the indicator does not apply; not a number where the others carry its weight.
    not_applicable: f64,
}

/// A bonus adds `points` times its score to the total.
#[derive(Clone, Debug)]
struct RowBonus {
    rule: CompiledRule,
    points: f64,
    /// The most that its score can be.
    most: f64,
}

#[derive(Clone, Debug)]
struct RowGrade {
    total: f64,
    floors: Vec<(usize, f64)>,
    gates: bool,
    requires: Vec<(usize, Option<f64>, Option<f64>)>,
    coverage: Option<f64>,
}

/// What a row is worth.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The total, in points where the standard sums them; not a number when there is none.
    pub total: f64,
    /// The total if everything unknown were at its worst.
    pub low: f64,
    /// The total if everything unknown were at its best.
    pub high: f64,
    /// The share of the weight that is known, from 0 to 1.
    pub coverage: f64,
    /// The scores of the scenarios, in document order; not numbers where there are none.
    pub scenarios: Vec<f64>,
    /// The position of the grade in the standard's ladder, lowest first.
    pub grade: Option<usize>,
}

/// Memory that is used again for every row.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    values: Values,
    low: Values,
    high: Values,
    coverage: Values,
    full: Values,
}

impl Evaluator {
    /// The scoring of rows in one stage; `None` when the standard has no such stage.
    ///
    /// A row holds one measure for every indicator, in document order, ratios already derived; not a number where it is missing, and infinite
    /// where the indicator does not apply (conditions on facts are the caller's to decide).
    #[must_use]
    pub fn row_plan(&self, stage: &str) -> Option<RowPlan> {
        let at = self.stages.iter().position(|name| name == stage)?;
        let mut weights = Vec::new();
        let mut leaves = Vec::new();
        let mut bonuses = Vec::new();
        for (slot, leaf) in self.leaves.iter().enumerate() {
            let compiled = leaf.criteria.get(at)?.as_ref();
            if let Some(c) = compiled.filter(|c| c.criterion.binding == Binding::Bonus) {
                let points = c.criterion.points.map_or(0.0, NonNegative::get) / 100.0;
                bonuses.push((slot, RowBonus { rule: c.rule.clone(), points, most: c.range.1 }));
            }
            let scored = compiled.filter(|c| c.is_scored());
            weights.push(scored.map_or(0.0, |c| c.weight));
            leaves.push(RowLeaf {
                rule: scored.map(|c| c.rule.clone()),
                range: scored.map_or((f64::NAN, f64::NAN), |c| c.range),
                gate: compiled.and_then(CompiledCriterion::gate).map(|gate| {
                    let low = gate.at_least.map_or(f64::NEG_INFINITY, |edge| at_least(edge.get()));
                    (low, gate.at_most.map_or(f64::INFINITY, |edge| at_most(edge.get())))
                }),
                policy: leaf.missing.unwrap_or(self.policies.missing),
                not_applicable: match self.policies.not_applicable {
                    NotApplicablePolicy::Exclude => f64::NAN,
                    NotApplicablePolicy::Zero => 0.0,
                    NotApplicablePolicy::Full => 100.0,
                },
            });
        }
        let root = self.tree.root();
        let eligibility = self.standard.method.eligibility.as_ref();
        let of_depth_one = self.categories.iter().enumerate().filter(|(_, info)| info.depth == 1);
        let grades = self.standard.grades.iter().map(|grade| {
            let floor = |(i, info): (usize, &crate::evaluator::CategoryInfo)| {
                let own = grade.floors.get(info.category.id.as_str()).copied();
                own.or(grade.floor.filter(|_| info.depth == 1)).map(|floor| (root + i + 1, floor.get()))
            };
            let requires = grade.requires.iter().filter_map(|needed| {
                let leaf = self.leaves.iter().position(|leaf| leaf.indicator.id == needed.indicator)?;
                Some((leaf, needed.at_least.map(Number::get), needed.at_most.map(Number::get)))
            });
            let closed = !grade.stages.is_empty() && !grade.stages.iter().any(|open| open.as_str() == stage);
            RowGrade {
                // A grade that is not open to this stage is never reached.
                total: if closed { f64::INFINITY } else { NonNegative::get(grade.total) },
                floors: self.categories.iter().enumerate().filter_map(floor).collect(),
                gates: grade.gates.unwrap_or(GradeGates::All) == GradeGates::All,
                requires: requires.collect(),
                coverage: grade.coverage.or(eligibility.and_then(|e| e.coverage)).map(Share::get),
            }
        });
        Some(RowPlan {
            bonuses,
            scenarios: of_depth_one.map(|(i, _)| root + i + 1).collect(),
            grades: grades.collect(),
            scenario_coverage: eligibility.and_then(|e| e.scenario_coverage).map(Share::get),
            tree: self.tree.with_weights(&weights),
            leaves,
            weights,
        })
    }
}

fn at(values: &[f64], slot: usize) -> f64 {
    values.get(slot).copied().unwrap_or(f64::NAN)
}

impl RowPlan {
    /// How many measures a row has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.leaves.len()
    }

    /// Scores one row. After the first row nothing is allocated.
    pub fn score(&self, measures: &[f64], row: &mut Row, scratch: &mut Scratch) {
        let slots = self.tree.slots();
        let root = self.tree.root();
        scratch.values.clear();
        let mut complete = true;
        let mut refused = false;
        let mut gates = true;
        for (slot, leaf) in self.leaves.iter().enumerate() {
            let measure = at(measures, slot);
            let known = !measure.is_nan();
            if let Some((low, high)) = leaf.gate {
                // A missing measure is between nothing; one that does not apply has no gate. No branch: half of them would be guessed wrong.
                gates &= (measure >= low) & (measure <= high) | measure.is_infinite();
            }
            let score = match &leaf.rule {
                Some(_) if measure.is_infinite() => leaf.not_applicable,
                Some(rule) if known => rule.score(measure),
                Some(_) => {
                    complete = false;
                    refused |= leaf.policy == MissingPolicy::Refuse;
                    if leaf.policy == MissingPolicy::Zero { 0.0 } else { f64::NAN }
                }
                None => f64::NAN,
            };
            scratch.values.push(score);
        }
        scratch.values.resize(slots, f64::NAN);
        self.roll(&mut scratch.values, &mut scratch.full);
        if refused {
            self.refuse(measures, &mut scratch.values);
        }
        if !self.bonuses.is_empty() {
            let (more, _, known) = self.bonus(measures);
            complete &= known;
            add(&mut scratch.values, root, more, &scratch.full);
        }
        row.total = at(&scratch.values, root);
        row.scenarios.clear();
        row.scenarios.extend(self.scenarios.iter().map(|slot| at(&scratch.values, *slot)));
        if complete {
            let nothing = row.total.is_nan();
            (row.low, row.high) = if nothing { (0.0, full_mark(&scratch.full, root)) } else { (row.total, row.total) };
            row.coverage = 1.0;
        } else {
            self.bounds(measures, row, scratch);
        }
        row.grade = self.grades.iter().rposition(|grade| self.meets(grade, measures, row, scratch, gates, complete));
    }

    /// Fills the nodes' slots from the leaves', and `full` with what each can reach.
    fn roll(&self, values: &mut Values, full: &mut Values) {
        if self.tree.sums {
            self.tree.fill_full(&self.weights, values, full);
            self.tree.roll(&self.weights, full, values);
        } else {
            full.clear();
            self.tree.roll_weighted(values);
        }
    }

    /// What the bonuses add, the most that they can add, and whether all of them are known. Unknown, a bonus adds nothing.
    fn bonus(&self, measures: &[f64]) -> (f64, f64, bool) {
        let (mut more, mut most, mut known) = (0.0, 0.0, true);
        for (slot, bonus) in &self.bonuses {
            let measure = at(measures, *slot);
            if measure.is_nan() {
                known = false;
                most += bonus.points * bonus.most;
            } else if !measure.is_infinite() {
                let points = bonus.points * bonus.rule.score(measure);
                more += points;
                most += points;
            }
        }
        (more, most, known)
    }

    /// Takes the score from every node above a value that is missing where it may not be.
    fn refuse(&self, measures: &[f64], values: &mut [f64]) {
        for (slot, leaf) in self.leaves.iter().enumerate() {
            let missing = leaf.rule.is_some() && at(measures, slot).is_nan() && at(&self.weights, slot) > 0.0;
            if !missing || leaf.policy != MissingPolicy::Refuse {
                continue;
            }
            let mut above = self.tree.parents.get(slot).copied().flatten();
            while let Some(node) = above {
                if let Some(value) = values.get_mut(node) {
                    *value = f64::NAN;
                }
                above = self.tree.parents.get(node).copied().flatten();
            }
        }
    }

    /// Scores a table of rows, one after another in memory, each [`width`](Self::width) measures long. With the feature `parallel` it takes all cores;
    /// every row is scored by itself, so the result is the same to the last bit for any number of them.
    ///
    /// ```
    /// use talent_model::reference;
    /// use talent_score::Evaluator;
    /// let plan = Evaluator::new(reference::standard())?.row_plan("built").unwrap();
    /// let rows = plan.score_table(&vec![f64::NAN; 3 * plan.width()]);
    /// assert_eq!((rows.len(), rows[0].coverage, rows[0].grade), (3, 0.0, None));
    /// # Ok::<(), talent_score::EvaluatorError>(())
    /// ```
    #[must_use]
    pub fn score_table(&self, table: &[f64]) -> Vec<Row> {
        let score = |scratch: &mut Scratch, measures: &[f64]| {
            let mut row = Row::default();
            self.score(measures, &mut row, scratch);
            row
        };
        let width = self.width().max(1);
        #[cfg(feature = "parallel")]
        {
            use rayon::prelude::*;
            table.par_chunks_exact(width).map_init(Scratch::default, score).collect()
        }
        #[cfg(not(feature = "parallel"))]
        {
            let mut scratch = Scratch::default();
            table.chunks_exact(width).map(|measures| score(&mut scratch, measures)).collect()
        }
    }

    fn bounds(&self, measures: &[f64], row: &mut Row, scratch: &mut Scratch) {
        for values in [&mut scratch.low, &mut scratch.high, &mut scratch.coverage] {
            values.clear();
        }
        let nominal = scratch.values.iter();
        for ((slot, leaf), value) in self.leaves.iter().enumerate().zip(nominal) {
            let measure = at(measures, slot);
            let known = !measure.is_nan();
            let (low, high) = if known { (*value, *value) } else { leaf.range };
            scratch.low.push(if value.is_nan() { low } else { low.min(*value) });
            scratch.high.push(if value.is_nan() { high } else { high.max(*value) });
            let beside = leaf.rule.is_none() || measure.is_infinite() && value.is_nan();
            scratch.coverage.push(if beside { f64::NAN } else { f64::from(u8::from(known)) });
        }
        let slots = self.tree.slots();
        for values in [&mut scratch.low, &mut scratch.high, &mut scratch.coverage] {
            values.resize(slots, f64::NAN);
        }
        let root = self.tree.root();
        let full = full_mark(&scratch.full, root);
        self.roll(&mut scratch.low, &mut scratch.full);
        self.roll(&mut scratch.high, &mut scratch.full);
        self.tree.cover(&self.weights, &scratch.full, &mut scratch.coverage);
        if !self.bonuses.is_empty() {
            let (more, most, _) = self.bonus(measures);
            add(&mut scratch.low, root, more, &scratch.full);
            add(&mut scratch.high, root, most, &scratch.full);
        }
        let bound = |value: f64, other: f64| if value.is_nan() { other } else { value };
        row.low = bound(row.total, f64::INFINITY).min(bound(at(&scratch.low, root), 0.0));
        row.high = bound(row.total, f64::NEG_INFINITY).max(bound(at(&scratch.high, root), full));
        row.coverage = bound(at(&scratch.coverage, root), 1.0);
    }

    fn meets(&self, grade: &RowGrade, measures: &[f64], row: &Row, scratch: &Scratch, gates: bool, complete: bool) -> bool {
        let covered = |slot: usize, least: Option<f64>| complete || least.is_none_or(|least| reaches(bound_one(at(&scratch.coverage, slot)), least));
        // A scenario of which nothing applies has no floor to reach.
        let applies = |slot: usize| !at(if complete { &scratch.values } else { &scratch.low }, slot).is_nan();
        let passes_here = |leaf: usize, at_least: Option<f64>, at_most: Option<f64>| {
            let measure = at(measures, leaf);
            measure.is_infinite() || !measure.is_nan() && passes(at_least, at_most, (measure, measure), true) == GateState::Passed
        };
        reaches(row.total, grade.total)
            && (gates || !grade.gates)
            && grade.floors.iter().all(|(slot, floor)| !applies(*slot) || reaches(at(&scratch.values, *slot), *floor))
            && grade.requires.iter().all(|(leaf, at_least, at_most)| passes_here(*leaf, *at_least, *at_most))
            && covered(self.tree.root(), grade.coverage)
            && self.scenarios.iter().all(|slot| covered(*slot, self.scenario_coverage))
    }
}

fn add(values: &mut [f64], root: usize, more: f64, full: &[f64]) {
    if let Some(total) = values.get_mut(root) {
        *total = with_bonus(*total, more, full_mark(full, root));
    }
}

fn bound_one(share: f64) -> f64 {
    if share.is_nan() { 1.0 } else { share }
}
