//! A condition over columns of facts.

use talent_model::quantity::Number;
use talent_model::standard::Condition;

use super::Fact;
use crate::rule::{at_least, at_most};

/// A condition, with facts by their positions.
#[derive(Clone, Debug)]
pub(super) enum Test {
    /// The number lies between, or is an answer or a choice by its number.
    Between(usize, f64, f64),
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
}

impl Test {
    pub(super) fn new(condition: &Condition, facts: &[Fact]) -> Self {
        let all = |conditions: &[Condition]| conditions.iter().map(|one| Self::new(one, facts)).collect();
        match condition {
            Condition::Fact(test) => {
                // The checks of a standard refuse a condition on a fact that it does not declare.
                let at = facts.iter().position(|fact| fact.id == test.fact.as_str()).unwrap_or(usize::MAX);
                let mut parts = Vec::new();
                if test.at_least.is_some() || test.at_most.is_some() {
                    let low = test.at_least.map_or(f64::NEG_INFINITY, |edge| at_least(Number::get(edge)));
                    parts.push(Self::Between(at, low, test.at_most.map_or(f64::INFINITY, |edge| at_most(edge.get()))));
                }
                if let Some(is) = test.is {
                    let number = f64::from(u8::from(is));
                    parts.push(Self::Between(at, number, number));
                }
                if let Some(choice) = &test.choice {
                    let position = facts.get(at).and_then(|fact| fact.choices.iter().position(|known| known == choice.as_str()));
                    #[expect(clippy::cast_precision_loss, reason = "the choices of a list are few")]
                    let number = position.map_or(-1.0, |position| position as f64);
                    parts.push(Self::Between(at, number, number));
                }
                Self::All(parts)
            }
            Condition::All(parts) => Self::All(all(&parts.conditions)),
            Condition::Any(parts) => Self::Any(all(&parts.conditions)),
            Condition::Not(inner) => Self::Not(Box::new(Self::new(&inner.condition, facts))),
        }
    }

    /// Whether the condition holds, or the fact on which it depends and which is not known.
    pub(super) fn holds(&self, fact: &dyn Fn(usize) -> f64) -> Result<bool, usize> {
        match self {
            Self::Between(at, low, high) => {
                let value = fact(*at);
                if value.is_nan() { Err(*at) } else { Ok(value >= *low && value <= *high) }
            }
            // A false part settles `all`, and a true part `any`, whatever is unknown beside it.
            Self::All(parts) => settle(parts, fact, false),
            Self::Any(parts) => settle(parts, fact, true),
            Self::Not(inner) => inner.holds(fact).map(|held| !held),
        }
    }
}

fn settle(parts: &[Test], fact: &dyn Fn(usize) -> f64, settles: bool) -> Result<bool, usize> {
    let mut unknown = None;
    for part in parts {
        match part.holds(fact) {
            Ok(held) if held == settles => return Ok(settles),
            Ok(_) => {}
            Err(at) => unknown = unknown.or(Some(at)),
        }
    }
    unknown.map_or(Ok(!settles), Err)
}
