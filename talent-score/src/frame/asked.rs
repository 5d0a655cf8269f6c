//! What is asked for one indicator in one stage.

use std::borrow::Cow;

use talent_model::diagnostic::{Code, Diagnostic, Pointer};
use talent_model::id::Unit;
use talent_model::quantity::{Number, Positive, Quantity};
use talent_model::standard::{AnswerPolicy, Indicator};

use super::report::{Place, Report};
use super::test::{Held, Test};
use super::{Answers, Fact};
use crate::batch::Absence;
use crate::evaluator::Leaf;
use crate::wide::widest;

/// What is asked for one indicator in one stage.
#[derive(Clone, Debug)]
pub struct Asked {
    pub(crate) id: String,
    pub(crate) stage: String,
    pub(crate) indicator: Indicator,
    pub(crate) quantity: Quantity,
    /// The least and greatest raw answer.
    pub(crate) limits: (f64, f64),
    pub(crate) whole: bool,
    /// The least number of people that must have answered.
    pub(crate) sample: Option<f64>,
    pub(crate) may_not_apply: bool,
    pub(crate) per: Option<Ratio>,
    applies: Option<Test>,
}

/// How a raw answer becomes a ratio.
#[derive(Clone, Debug)]
pub(crate) struct Ratio {
    pub(crate) by: By,
    /// The identifier of the fact.
    pub(crate) fact: String,
    pub(crate) multiple: f64,
    pub(crate) unit: Unit,
}

/// What is divided by.
#[derive(Clone, Copy, Debug)]
pub(crate) enum By {
    Fact(usize),
    Leaf(usize),
}

/// Whether something holds for all numbers but so many, which are none.
pub(super) fn all(numbers: &[f64], gaps: usize, holds: impl Fn(f64) -> bool) -> bool {
    widest(
        #[inline(always)]
        || {
            let (mut all, mut none) = (true, 0);
            for number in numbers {
                all &= holds(*number) | number.is_nan();
                none += usize::from(number.is_nan());
            }
            all & (none == gaps)
        },
    )
}

/// Whether a number has no fraction; infinity has none either.
#[inline(always)]
fn is_whole(number: f64) -> bool {
    // From here on there are no fractions; below it, adding as much leaves no room for one.
    const EDGE: f64 = 4_503_599_627_370_496.0;
    let size = number.abs();
    (size >= EDGE) | ((size + EDGE) - EDGE == size)
}

impl Asked {
    pub(super) fn new(leaf: &Leaf, stage: usize, name: &str, facts: &[Fact]) -> Option<Self> {
        let compiled = leaf.criteria.get(stage)?.as_ref()?;
        let quantity = compiled.quantity.clone();
        let per = leaf.indicator.per.as_ref().filter(|_| matches!(quantity, Quantity::Number(_))).and_then(|per| {
            let fact = per.fact.as_ref().map(|fact| fact.as_str().to_owned());
            let by = match &fact {
                Some(fact) => By::Fact(facts.iter().position(|known| known.id == *fact)?),
                None => By::Leaf(leaf.divisor?),
            };
            Some(Ratio { by, fact: fact.unwrap_or_default(), multiple: per.multiple.map_or(1.0, Positive::get), unit: per.unit.clone() })
        });
        let (whole, limits) = match &quantity {
            Quantity::Number(number) => (number.integer == Some(true), (number.min.map(Number::get), number.max.map(Number::get))),
            _ => (true, quantity.limits()),
        };
        Some(Self {
            id: leaf.indicator.id.as_str().to_owned(),
            stage: name.to_owned(),
            indicator: leaf.indicator.clone(),
            limits: (limits.0.unwrap_or(f64::MIN), limits.1.unwrap_or(f64::MAX)),
            whole,
            sample: leaf.indicator.sample.as_ref().map(|sample| sample.minimum.get()),
            may_not_apply: leaf.indicator.not_applicable == Some(AnswerPolicy::Allowed),
            per,
            applies: compiled.criterion.applies.as_ref().map(|applies| Test::new(&applies.when, facts)),
            quantity,
        })
    }

    /// What is answered.
    #[must_use]
    pub fn quantity(&self) -> &Quantity {
        &self.quantity
    }

    /// Whether it is asked how many people answered.
    #[must_use]
    pub fn is_sampled(&self) -> bool {
        self.sample.is_some()
    }

    /// Whether a number is one that the quantity can have; false also for what is no finite number.
    #[inline(always)]
    #[must_use]
    pub fn can_be(&self, number: f64) -> bool {
        (number >= self.limits.0) & (number <= self.limits.1) & (!self.whole | is_whole(number))
    }

    /// Whether a column of numbers can be taken as it is, with nothing beside it but the numbers of people who answered: each is an answer, but for so many that are not numbers,
    /// and enough people have answered.
    #[must_use]
    pub fn can_all_be(&self, numbers: &[f64], gaps: usize, samples: Option<&[f64]>) -> bool {
        let enough = |least: f64| samples.is_some_and(|samples| all(samples, 0, |sample| (sample >= least) & sample.is_finite() & is_whole(sample)));
        self.sample.is_none_or(enough)
            && match &self.quantity {
                Quantity::Number(_) => all(numbers, gaps, |number| self.can_be(number)),
                Quantity::Level(levels) => all(numbers, gaps, |number| levels.levels.iter().any(|level| level.level.get() == number)),
                Quantity::YesNo(_) => all(numbers, gaps, |number| (number == 0.0) | (number == 1.0)),
                Quantity::Checklist(_) => false,
            }
    }

    /// Marks where the condition of the criterion does not hold.
    pub(super) fn leave_out(
        &self,
        leaf: usize,
        answers: &mut Answers<'_>,
        facts: &[Fact],
        place: &dyn Fn(usize, usize) -> Place,
        report: &mut Report,
    ) {
        let Some(test) = &self.applies else { return };
        let held = test.hold_all(answers.rows, &|fact| answers.facts.get(fact)?.as_deref());
        let (mut out, mut unknown) = (Vec::new(), Vec::new());
        for (row, _) in held.iter().enumerate().filter(|(_, held)| **held != Held::Yes) {
            match test.holds(&|fact| answers.fact(fact, row)) {
                Ok(_) => out.push(row),
                Err(fact) => unknown.push((row, fact)),
            }
        }
        if let Some((_, fact)) = unknown.first().copied() {
            let code = Code::ApplicabilityUnknown;
            report.note_all(code, unknown.iter().map(|(row, _)| place(leaf, *row)), || {
                let fact = facts.get(fact).map_or("", |fact| fact.id.as_str());
                Diagnostic::new(code, Pointer::root()).with("indicator", &self.id).with("fact", fact)
            });
        }
        if out.is_empty() {
            return;
        }
        let rows = answers.rows;
        if let Some(column) = answers.raw.get_mut(leaf) {
            let column = column.get_or_insert_with(|| Cow::Owned(vec![Absence::NotAssessed.measure(); rows])).to_mut();
            for row in out {
                if let Some(measure) = column.get_mut(row) {
                    *measure = Absence::NotApplicable.measure();
                }
            }
        }
    }
}
