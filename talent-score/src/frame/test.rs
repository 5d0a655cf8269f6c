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

/// How a condition stands in one row, the lesser before the greater: `all` is the least of its parts, `any` the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Held {
    No,
    Unknown,
    Yes,
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

    /// The same for many rows, by columns of facts.
    pub(super) fn hold_all<'f>(&self, rows: usize, fact: &dyn Fn(usize) -> Option<&'f [f64]>) -> Vec<Held> {
        let fold = |parts: &[Self], none: Held, join: fn(Held, Held) -> Held| {
            let mut all = vec![none; rows];
            for part in parts {
                all.iter_mut().zip(part.hold_all(rows, fact)).for_each(|(all, held)| *all = join(*all, held));
            }
            all
        };
        match self {
            Self::Between(at, low, high) => {
                let held = |value: &f64| {
                    let known = if (*value >= *low) & (*value <= *high) { Held::Yes } else { Held::No };
                    if value.is_nan() { Held::Unknown } else { known }
                };
                let mut all: Vec<Held> = fact(*at).unwrap_or_default().iter().map(held).collect();
                all.resize(rows, Held::Unknown);
                all
            }
            Self::All(parts) => fold(parts, Held::Yes, Ord::min),
            Self::Any(parts) => fold(parts, Held::No, Ord::max),
            Self::Not(inner) => inner.hold_all(rows, fact).into_iter().map(Held::not).collect(),
        }
    }
}

impl Held {
    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
            Self::Yes => Self::No,
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn test() -> impl Strategy<Value = Test> {
        let edge = || prop::sample::select(vec![f64::NEG_INFINITY, 0.0, 1.0, 2.0, f64::INFINITY]);
        (0..4_usize, edge(), edge()).prop_map(|(at, low, high)| Test::Between(at, low, high)).prop_recursive(3, 12, 3, |inner| {
            let parts = || prop::collection::vec(inner.clone(), 0..3);
            prop_oneof![parts().prop_map(Test::All), parts().prop_map(Test::Any), inner.clone().prop_map(|inner| Test::Not(Box::new(inner)))]
        })
    }

    proptest! {
        #[test]
        fn by_columns_a_condition_is_what_it_is_by_rows(test in test(), facts in prop::collection::vec(prop::sample::select(vec![0.0, 1.0, 1.5, 2.0, f64::NAN]), 3 * 5)) {
            let rows = 5;
            // The last fact has no column.
            let columns: Vec<&[f64]> = facts.chunks(rows).collect();
            let held = test.hold_all(rows, &|fact| columns.get(fact).copied());
            for (row, held) in held.into_iter().enumerate() {
                let own = match test.holds(&|fact| columns.get(fact).and_then(|column| column.get(row)).copied().unwrap_or(f64::NAN)) {
                    Ok(true) => Held::Yes,
                    Ok(false) => Held::No,
                    Err(_) => Held::Unknown,
                };
                prop_assert_eq!(held, own);
            }
        }
    }
}
