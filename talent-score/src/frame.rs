//! Frames: many communities at once, as columns of answers. A row is a community with one zone.
//!
//! What is done with an answer, a fact and a condition is what the single assessment does; only the order of the work is another: column by column.

mod asked;
mod cell;
mod gaps;
mod report;
mod test;

use std::borrow::Cow;

use talent_model::Standard;
use talent_model::diagnostic::{Code, Diagnostic, Pointer};
use talent_model::standard::FactKind;

pub use crate::batch::Absence;
use crate::batch::{RowPlan, at};
use crate::block::limits::Limits;
use crate::block::{Desk, Rows};
use crate::evaluator::Evaluator;
use crate::wide::widest;

pub use asked::Asked;
use asked::By;
pub use cell::{Cell, Given};
pub use gaps::strike;
pub use report::{Place, Report};

/// A standard made ready for frames.
#[derive(Clone, Debug)]
pub struct FramePlan {
    standard: Standard,
    digest: String,
    facts: Vec<Fact>,
    stages: Vec<StagePlan>,
}

/// A fact that a standard uses.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The identifier.
    pub id: String,
    /// What kind of answer it is.
    pub kind: FactKind,
    /// The identifiers of the choices of a closed list.
    pub choices: Vec<String>,
}

impl Fact {
    /// Whether a column of numbers can be taken as it is: each is an answer, but for so many that are not numbers.
    #[must_use]
    pub fn can_all_be(&self, numbers: &[f64], gaps: usize) -> bool {
        match self.kind {
            FactKind::Number => asked::all(numbers, gaps, f64::is_finite),
            FactKind::YesNo => asked::all(numbers, gaps, |number| (number == 0.0) | (number == 1.0)),
            FactKind::Choice => false,
        }
    }
}

#[derive(Clone, Debug)]
struct StagePlan {
    name: String,
    rows: RowPlan,
    /// By leaf; `None` where the indicator is not asked.
    asked: Vec<Option<Asked>>,
    /// The leaves that are ratios, divisors before what they divide.
    ratios: Vec<usize>,
}

/// The answers of some rows, by columns.
#[derive(Debug, Default)]
pub struct Answers<'a> {
    /// How many rows there are.
    pub rows: usize,
    /// By indicator: the raw answers, with an [`Absence`] where there is none. Absent: not assessed in any row.
    pub raw: Vec<Option<Cow<'a, [f64]>>>,
    /// By indicator: which answers are the ratio itself. Empty: none.
    pub ratio: Vec<Vec<bool>>,
    /// By indicator: whether the raw answers are numbers of a frame at which nobody has looked yet, each of which may be one that cannot be. Empty: none are.
    pub unread: Vec<bool>,
    /// By fact: its numbers, 1 and 0 for yes and no, the position of a choice; not a number where it is not known. Absent: never known.
    pub facts: Vec<Option<Cow<'a, [f64]>>>,
}

impl Answers<'_> {
    fn fact(&self, fact: usize, row: usize) -> f64 {
        self.facts.get(fact).and_then(Option::as_ref).map_or(f64::NAN, |values| at(values, row))
    }
}

impl Evaluator {
    /// The scoring of frames.
    ///
    /// ```
    /// use talent_model::reference;
    /// let plan = talent_score::Evaluator::new(reference::standard())?.frame_plan();
    /// assert_eq!(plan.stages().collect::<Vec<_>>(), ["built", "new"]);
    /// # Ok::<(), talent_score::EvaluatorError>(())
    /// ```
    #[must_use]
    pub fn frame_plan(&self) -> FramePlan {
        let declared = self.standard.facts.iter().map(|(id, fact)| Fact {
            id: id.as_str().to_owned(),
            kind: fact.kind,
            choices: fact.choices.iter().map(|choice| choice.id.as_str().to_owned()).collect(),
        });
        let mut facts: Vec<Fact> = declared.collect();
        // The floor areas of a zone may divide too, though no standard declares them.
        for id in self.leaves.iter().filter_map(|leaf| leaf.indicator.per.as_ref()?.fact.as_ref()) {
            if !facts.iter().any(|fact| fact.id == id.as_str()) {
                facts.push(Fact { id: id.as_str().to_owned(), kind: FactKind::Number, choices: Vec::new() });
            }
        }
        let stage = |(at, name): (usize, &String)| {
            let asked: Vec<Option<Asked>> = self.leaves.iter().map(|leaf| Asked::new(leaf, at, name, &facts)).collect();
            let mut ratios = Vec::new();
            for leaf in 0..asked.len() {
                after_divisors(leaf, &asked, &mut ratios);
            }
            Some(StagePlan { name: name.clone(), rows: self.row_plan(name)?, ratios, asked })
        };
        let stages = self.stages.iter().enumerate().filter_map(stage).collect();
        FramePlan { standard: self.standard.clone(), digest: self.digest.as_str().to_owned(), stages, facts }
    }
}

/// Ratios where all divisors can divide: each answer divided by its own, and what is no answer as it is.
fn derive_all(raw: &[f64], divisors: &[f64], multiple: f64) -> Option<Vec<f64>> {
    let mut measures = vec![0.0; raw.len()];
    let sound = widest(
        #[inline(always)]
        || {
            let mut sound = true;
            for ((measure, raw), divisor) in measures.iter_mut().zip(raw).zip(divisors) {
                let ratio = raw / divisor * multiple;
                *measure = if raw.is_finite() { ratio } else { *raw };
                sound &= !raw.is_finite() | (divisor.is_finite() & (*divisor != 0.0) & ratio.is_finite());
            }
            sound
        },
    );
    (sound && divisors.len() == raw.len()).then_some(measures)
}

/// Lists a ratio after all that it is divided by. Circles have been refused, so this ends.
fn after_divisors(leaf: usize, asked: &[Option<Asked>], listed: &mut Vec<usize>) {
    let Some(per) = asked.get(leaf).and_then(Option::as_ref).and_then(|asked| asked.per.as_ref()) else { return };
    if listed.contains(&leaf) {
        return;
    }
    if let By::Leaf(other) = per.by {
        after_divisors(other, asked, listed);
    }
    listed.push(leaf);
}

impl FramePlan {
    /// The standard.
    #[must_use]
    pub fn standard(&self) -> &Standard {
        &self.standard
    }

    /// The digest of the standard's canonical form.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The facts that the standard uses, in the order of [`Answers::facts`].
    #[must_use]
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// The stages; a standard that does not tell stages apart has one, `all`.
    pub fn stages(&self) -> impl Iterator<Item = &str> {
        self.stages.iter().map(|stage| stage.name.as_str())
    }

    /// How many indicators there are.
    #[must_use]
    pub fn width(&self) -> usize {
        self.stages.first().map_or(0, |stage| stage.asked.len())
    }

    /// What is asked for an indicator in a stage, by their positions; `None` where it is not asked.
    #[must_use]
    pub fn asked(&self, stage: usize, leaf: usize) -> Option<&Asked> {
        self.stages.get(stage)?.asked.get(leaf)?.as_ref()
    }

    /// Turns raw answers in one stage into measures, one column for every indicator: ratios are derived, and what does not apply is left out. `place` is that of an indicator
    /// and a row by their numbers here; what is found is noted in `report`. False where an unread answer cannot be one; the answers of what depends on nothing else stay unread.
    #[must_use]
    pub fn measure(&self, stage: usize, answers: &mut Answers<'_>, place: &dyn Fn(usize, usize) -> Place, report: &mut Report) -> bool {
        let Some(plan) = self.stages.get(stage) else { return true };
        answers.raw.resize(plan.asked.len(), None);
        answers.ratio.resize(plan.asked.len(), Vec::new());
        answers.unread.resize(plan.asked.len(), false);
        for leaf in &plan.ratios {
            if !plan.derive(*leaf, answers, place, report) {
                return false;
            }
        }
        for (leaf, asked) in plan.asked.iter().enumerate() {
            let Some(asked) = asked else { continue };
            if asked.is_dependent() && !plan.look(leaf, answers) {
                return false;
            }
            asked.leave_out(leaf, answers, &self.facts, place, report);
        }
        true
    }

    /// Scores rows of one stage, with their answers turned into [measures](Self::measure), and adds their scores to `rows`. False where an unread answer cannot be one: then
    /// neither the scores nor what was found are of use, and the answers have to be read first.
    #[must_use]
    pub fn score(
        &self,
        stage: usize,
        answers: &mut Answers<'_>,
        place: &dyn Fn(usize, usize) -> Place,
        report: &mut Report,
        rows: &mut Rows,
        desk: &mut Desk,
    ) -> bool {
        let Some(plan) = self.stages.get(stage) else { return true };
        if !self.measure(stage, answers, place, report) {
            return false;
        }
        let unassessed = if answers.raw.iter().any(Option::is_none) { vec![Absence::NotAssessed.measure(); answers.rows] } else { Vec::new() };
        let columns: Vec<&[f64]> = answers.raw.iter().map(|column| column.as_deref().unwrap_or(&unassessed)).collect();
        let limits = |(asked, unread): (&Option<Asked>, &bool)| asked.as_ref().filter(|_| *unread).map(|asked| asked.limits);
        let limits: Vec<Option<Limits>> = plan.asked.iter().zip(&answers.unread).map(limits).collect();
        plan.rows.score_within(&columns, &limits, rows, desk)
    }
}

impl StagePlan {
    /// Looks at the answers to one indicator, if nobody has; false where one of them cannot be one.
    fn look(&self, leaf: usize, answers: &mut Answers<'_>) -> bool {
        let (Some(Some(asked)), Some(Some(raw)), Some(unread)) = (self.asked.get(leaf), answers.raw.get(leaf), answers.unread.get_mut(leaf)) else {
            return true;
        };
        !std::mem::take(unread) || asked.limits.hold_all(raw)
    }

    /// Turns the raw answers to one indicator into ratios; false where one of them is unread and cannot be one.
    fn derive(&self, leaf: usize, answers: &mut Answers<'_>, place: &dyn Fn(usize, usize) -> Place, report: &mut Report) -> bool {
        let Some((asked, per)) = self.asked.get(leaf).and_then(Option::as_ref).and_then(|asked| Some((asked, asked.per.as_ref()?))) else {
            return true;
        };
        if !self.look(leaf, answers) {
            return false;
        }
        let Some(Some(raw)) = answers.raw.get(leaf) else { return true };
        let given = answers.ratio.get(leaf).map(Vec::as_slice).unwrap_or_default();
        let mut measures = Vec::with_capacity(raw.len());
        let (mut unknown, mut zero) = (Vec::new(), Vec::new());
        let divisors: Option<&[f64]> = match per.by {
            By::Fact(fact) => answers.facts.get(fact).and_then(Option::as_deref),
            By::Leaf(other) => answers.raw.get(other).and_then(Option::as_deref).filter(|_| self.asked.get(other).is_some_and(Option::is_some)),
        };
        if given.is_empty()
            && let Some(all) = divisors.and_then(|divisors| derive_all(raw, divisors, per.multiple))
        {
            measures = all;
        }
        // One by one where something is not as it should be.
        for (row, raw) in raw.iter().enumerate().skip(measures.len()) {
            if !raw.is_finite() || given.get(row) == Some(&true) {
                measures.push(*raw);
                continue;
            }
            let divisor = divisors.map_or(f64::NAN, |divisors| at(divisors, row));
            if divisor.is_nan() {
                unknown.push(row);
            } else if divisor == 0.0 {
                zero.push(row);
            }
            // A divisor that does not apply is infinite, and divides nothing.
            let measure = if divisor.is_finite() { raw / divisor * per.multiple } else { f64::NAN };
            measures.push(if measure.is_finite() { measure } else { Absence::Missing.measure() });
        }
        if let By::Fact(_) = per.by {
            for (rows, code) in [(unknown, Code::FactMissing), (zero, Code::FactZero)] {
                report.note_all(code, rows.into_iter().map(|row| place(leaf, row)), || {
                    Diagnostic::new(code, Pointer::root())
                        .with("indicator", &asked.id)
                        .with("fact", &per.fact)
                        .with("place", "the row")
                        .with("place_zh", "该行")
                });
            }
        }
        if let Some(column) = answers.raw.get_mut(leaf) {
            *column = Some(Cow::Owned(measures));
        }
        true
    }
}
