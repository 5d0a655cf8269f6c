//! Many communities at once: rows of measures, scored by the same kernel.
//!
//! A row is a community with one zone. Its scores equal those of the single assessment to the last bit, because both take the same way.

use talent_model::quantity::{NonNegative, Number, Share};
use talent_model::standard::{Binding, GradeGates, MissingPolicy, NotApplicablePolicy};

use crate::evaluator::{CompiledCriterion, Evaluator};
use crate::rule::{CompiledRule, at_least, at_most};
use crate::sheet::{full_mark, with_bonus};
use crate::tree::{Tree, Values};

/// The scoring of rows in one stage, laid out flat.
#[derive(Clone, Debug)]
pub struct RowPlan {
    pub(crate) tree: Tree,
    pub(crate) leaves: Vec<RowLeaf>,
    /// The bonuses, each with the slot of its leaf: apart, because few standards have any.
    pub(crate) bonuses: Vec<(usize, RowBonus)>,
    pub(crate) weights: Values,
    pub(crate) scenarios: Vec<usize>,
    pub(crate) grades: Vec<RowGrade>,
    /// The coverages without which nothing is scorable, of the whole and of every scenario.
    pub(crate) eligible: (f64, f64),
}

#[derive(Clone, Debug)]
pub(crate) struct RowLeaf {
    /// Absent: not scored in this stage.
    pub(crate) rule: Option<CompiledRule>,
    pub(crate) range: (f64, f64),
    /// Between what the measure passes; without ends where there is no gate.
    pub(crate) gate: Option<(f64, f64)>,
    /// What becomes of a measure that is missing, withheld or not assessed.
    pub(crate) policies: [MissingPolicy; 3],
    /// The score where the indicator does not apply; not a number where the others carry its weight.
    pub(crate) not_applicable: f64,
}

impl RowLeaf {
    /// What becomes of a measure that is none.
    pub(crate) fn policy(&self, measure: f64) -> MissingPolicy {
        let [missing, withheld, not_assessed] = self.policies;
        match Absence::of(measure) {
            Some(Absence::Withheld) => withheld,
            Some(Absence::NotAssessed) => not_assessed,
            _ => missing,
        }
    }
}

/// What stands in a row where there is no measure.
///
/// ```
/// use talent_score::Absence;
/// assert!(Absence::Withheld.measure().is_nan());
/// assert_eq!(Absence::of(Absence::Withheld.measure()), Some(Absence::Withheld));
/// assert_eq!(Absence::of(f64::NAN), Some(Absence::Missing));
/// assert_eq!(Absence::of(35.0), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// There should be an answer, and there is none; any number that is none says so.
    Missing,
    /// There is an answer, and it is not disclosed.
    Withheld,
    /// Nobody has looked yet.
    NotAssessed,
    /// The indicator has no meaning here; infinite.
    NotApplicable,
}

impl Absence {
    /// A quiet NaN with a mark of its own.
    const WITHHELD: u64 = 0x7ff8_0000_7769_7468;
    const NOT_ASSESSED: u64 = 0x7ff8_0000_6e61_7373;

    /// What says so in a row.
    #[must_use]
    pub const fn measure(self) -> f64 {
        match self {
            Self::Missing => f64::NAN,
            Self::Withheld => f64::from_bits(Self::WITHHELD),
            Self::NotAssessed => f64::from_bits(Self::NOT_ASSESSED),
            Self::NotApplicable => f64::INFINITY,
        }
    }

    /// What a number in a row says.
    #[must_use]
    pub fn of(measure: f64) -> Option<Self> {
        match measure.to_bits() {
            Self::WITHHELD => Some(Self::Withheld),
            Self::NOT_ASSESSED => Some(Self::NotAssessed),
            _ if measure.is_nan() => Some(Self::Missing),
            _ => measure.is_infinite().then_some(Self::NotApplicable),
        }
    }
}

/// A bonus adds `points` times its score to the total.
#[derive(Clone, Debug)]
pub(crate) struct RowBonus {
    rule: CompiledRule,
    points: f64,
    /// The most that its score can be.
    most: f64,
}

/// What a grade asks; all edges are the least and greatest numbers that still keep to them.
#[derive(Clone, Debug)]
pub(crate) struct RowGrade {
    pub(crate) total: f64,
    pub(crate) floors: Vec<(usize, f64)>,
    pub(crate) gates: bool,
    pub(crate) requires: Vec<(usize, f64, f64)>,
    pub(crate) coverage: f64,
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
    /// Whether there is a total and as much is known as the method asks.
    pub scorable: bool,
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
    /// A row holds one measure for every indicator, in document order, ratios already derived. Where there is none stands an [`Absence`]; whether an
    /// indicator applies is the caller's to decide.
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
                policies: [self.policies.missing, self.policies.withheld, self.policies.not_assessed].map(|policy| leaf.missing.unwrap_or(policy)),
                not_applicable: match self.policies.not_applicable {
                    NotApplicablePolicy::Exclude => f64::NAN,
                    NotApplicablePolicy::Zero => 0.0,
                    NotApplicablePolicy::Full => 100.0,
                },
            });
        }
        let root = self.tree.root();
        let eligibility = self.standard.method.eligibility.as_ref();
        let least = |share: Option<Share>| share.map_or(f64::NEG_INFINITY, |share| at_least(share.get()));
        let eligible = (least(eligibility.and_then(|e| e.coverage)), least(eligibility.and_then(|e| e.scenario_coverage)));
        let of_depth_one = self.categories.iter().enumerate().filter(|(_, info)| info.depth == 1);
        let grades = self.standard.grades.iter().map(|grade| {
            let floor = |(i, info): (usize, &crate::evaluator::CategoryInfo)| {
                let own = grade.floors.get(info.category.id.as_str()).copied();
                own.or(grade.floor.filter(|_| info.depth == 1)).map(|floor| (root + i + 1, at_least(floor.get())))
            };
            let requires = grade.requires.iter().filter_map(|needed| {
                let leaf = self.leaves.iter().position(|leaf| leaf.indicator.id == needed.indicator)?;
                let low = needed.at_least.map_or(f64::NEG_INFINITY, |edge| at_least(Number::get(edge)));
                Some((leaf, low, needed.at_most.map_or(f64::INFINITY, |edge| at_most(edge.get()))))
            });
            let closed = !grade.stages.is_empty() && !grade.stages.iter().any(|open| open.as_str() == stage);
            RowGrade {
                // A grade that is not open to this stage is never reached.
                total: if closed { f64::INFINITY } else { at_least(NonNegative::get(grade.total)) },
                floors: self.categories.iter().enumerate().filter_map(floor).collect(),
                gates: grade.gates.unwrap_or(GradeGates::All) == GradeGates::All,
                requires: requires.collect(),
                coverage: grade.coverage.map_or(eligible.0, |share| least(Some(share))),
            }
        });
        Some(RowPlan {
            bonuses,
            scenarios: of_depth_one.map(|(i, _)| root + i + 1).collect(),
            grades: grades.collect(),
            eligible,
            tree: self.tree.with_weights(&weights),
            leaves,
            weights,
        })
    }
}

pub(crate) fn at(values: &[f64], slot: usize) -> f64 {
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
                gates &= keeps(measure, low, high);
            }
            let score = match &leaf.rule {
                Some(_) if measure.is_infinite() => leaf.not_applicable,
                Some(rule) if known => rule.score(measure),
                Some(_) => {
                    complete = false;
                    let policy = leaf.policy(measure);
                    refused |= policy == MissingPolicy::Refuse;
                    if policy == MissingPolicy::Zero { 0.0 } else { f64::NAN }
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
        let covered = self.covered(scratch, complete);
        row.scorable = !row.total.is_nan() && row.coverage >= self.eligible.0 && covered;
        row.grade = self.grades.iter().rposition(|grade| covered && meets(grade, measures, row, scratch, gates, complete));
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
            let measure = at(measures, slot);
            let missing = leaf.rule.is_some() && measure.is_nan() && at(&self.weights, slot) > 0.0;
            if !missing || leaf.policy(measure) != MissingPolicy::Refuse {
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

    /// Whether as much of every scenario is known as the method asks.
    fn covered(&self, scratch: &Scratch, complete: bool) -> bool {
        complete || self.scenarios.iter().all(|slot| bound_one(at(&scratch.coverage, *slot)) >= self.eligible.1)
    }
}

fn meets(grade: &RowGrade, measures: &[f64], row: &Row, scratch: &Scratch, gates: bool, complete: bool) -> bool {
    // A scenario of which nothing applies has no floor to reach.
    let applies = |slot: usize| !at(if complete { &scratch.values } else { &scratch.low }, slot).is_nan();
    row.total >= grade.total
        && (gates || !grade.gates)
        && grade.floors.iter().all(|(slot, floor)| !applies(*slot) || at(&scratch.values, *slot) >= *floor)
        && grade.requires.iter().all(|(leaf, low, high)| keeps(at(measures, *leaf), *low, *high))
        && row.coverage >= grade.coverage
}

/// Whether a measure passes; one that is missing passes nothing, and one that does not apply everything.
pub(crate) fn keeps(measure: f64, low: f64, high: f64) -> bool {
    (measure >= low) & (measure <= high) | measure.is_infinite()
}

fn add(values: &mut [f64], root: usize, more: f64, full: &[f64]) {
    if let Some(total) = values.get_mut(root) {
        *total = with_bonus(*total, more, full_mark(full, root));
    }
}

/// Where nothing applies, nothing is unknown.
pub(crate) fn bound_one(share: f64) -> f64 {
    if share.is_nan() { 1.0 } else { share }
}
