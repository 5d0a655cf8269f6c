//! What is asked for one indicator in one stage.

use std::borrow::Cow;

use talent_model::diagnostic::{Code, Diagnostic, Pointer};
use talent_model::id::Unit;
use talent_model::quantity::{LevelName, Number, Positive, Quantity};
use talent_model::standard::{AnswerPolicy, Indicator};

use super::report::{Place, Report};
use super::test::{Held, Test};
use super::{Answers, Fact};
use crate::batch::Absence;
use crate::block::limits::{self, Limits, is_whole};
use crate::evaluator::Leaf;
use crate::wide::widest;

/// What is asked for one indicator in one stage.
#[derive(Clone, Debug)]
pub struct Asked {
    pub(crate) id: String,
    pub(crate) stage: String,
    pub(crate) indicator: Indicator,
    pub(crate) quantity: Quantity,
    /// Between what a raw answer lies.
    pub(crate) limits: Limits,
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

/// Whether something holds for all numbers but so many, which are none. It holds for nothing that is no number.
#[inline(always)]
pub(super) fn all(numbers: &[f64], gaps: usize, holds: impl Fn(f64) -> bool) -> bool {
    if gaps == 0 {
        return limits::all(numbers, holds);
    }
    widest(
        #[inline(always)]
        || {
            // Counted without a look at whether the count has room, which would be a branch for every number: there are not so many numbers.
            let (mut all, mut none) = (true, 0_usize);
            for number in numbers {
                all &= holds(*number) | number.is_nan();
                none = none.wrapping_add(usize::from(number.is_nan()));
            }
            all & (none == gaps)
        },
    )
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
            limits: Limits { least: limits.0.unwrap_or(f64::MIN), most: limits.1.unwrap_or(f64::MAX), whole },
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
        self.limits.hold(number)
    }

    /// Whether a column of numbers can be taken as it is, with nothing beside it but the numbers of people who answered: each is an answer, but for so many that are not numbers,
    /// and enough people have answered.
    #[must_use]
    pub fn can_all_be(&self, numbers: &[f64], gaps: usize, samples: Option<&[f64]>) -> bool {
        let enough = |least: f64| samples.is_some_and(|samples| all(samples, 0, |sample| (sample >= least) & sample.is_finite() & is_whole(sample)));
        self.sample.is_none_or(enough)
            && match &self.quantity {
                Quantity::Number(_) if gaps == 0 => self.limits.hold_all(numbers),
                Quantity::Number(_) => all(numbers, gaps, |number| self.limits.hold(number)),
                Quantity::Level(levels) => {
                    let level = |level: &LevelName| level.level.get();
                    // As many as fill a register, so that a number meets all of them at once; more are rare.
                    let mut known = [f64::NAN; 8];
                    known.iter_mut().zip(levels.levels.iter().map(level)).for_each(|(known, level)| *known = level);
                    if levels.levels.len() <= known.len() {
                        all(numbers, gaps, |number| known.iter().fold(false, |among, level| among | (*level == number)))
                    } else {
                        all(numbers, gaps, |number| levels.levels.iter().map(level).any(|level| level == number))
                    }
                }
                Quantity::YesNo(_) => all(numbers, gaps, |number| (number == 0.0) | (number == 1.0)),
                Quantity::Checklist(_) => false,
            }
    }

    /// Whether an answer depends on more than itself: on what it is divided by, or on a condition.
    pub(super) fn is_dependent(&self) -> bool {
        self.per.is_some() || self.applies.is_some()
    }

    /// Whether it is nothing but a number that is asked, so that a column of numbers may be handed over [unread](Answers::unread).
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.sample.is_none() && matches!(self.quantity, Quantity::Number(_))
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
        if held.contains(&Held::Unknown) {
            let unknown: Vec<usize> = held.iter().enumerate().filter(|(_, held)| **held == Held::Unknown).map(|(row, _)| row).collect();
            let code = Code::ApplicabilityUnknown;
            report.note_all(code, unknown.iter().map(|row| place(leaf, *row)), || {
                let first = unknown.first().and_then(|row| test.holds(&|fact| answers.fact(fact, *row)).err());
                let fact = first.and_then(|fact| facts.get(fact)).map_or("", |fact| fact.id.as_str());
                Diagnostic::new(code, Pointer::root()).with("indicator", &self.id).with("fact", fact)
            });
        }
        if !held.contains(&Held::No) {
            return;
        }
        let rows = answers.rows;
        if let Some(column) = answers.raw.get_mut(leaf) {
            let column = column.get_or_insert_with(|| Cow::Owned(vec![Absence::NotAssessed.measure(); rows])).to_mut();
            for (measure, held) in column.iter_mut().zip(held) {
                *measure = if held == Held::No { Absence::NotApplicable.measure() } else { *measure };
            }
        }
    }
}
