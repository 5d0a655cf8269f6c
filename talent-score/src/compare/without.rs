//! What hangs on a single scenario: totals and ranks as if it did not count.

use talent_model::comparison::{RankWithout, WithoutScenario};
use talent_model::id::NodeId;
use talent_model::index::Ties;
use talent_model::quantity::{Count, NonNegative, Number, Weight};
use talent_model::standard::Binding;

use super::cohort::Member;
use super::order::{Standing, count, settled};
use crate::evaluator::Evaluator;
use crate::rule::{at_least, at_most};
use crate::{number, ranks};

impl Evaluator {
    /// The same standard, in which one scenario weighs nothing: its bonuses add nothing, and a value that it lacks is missed by nobody.
    fn without(&self, scenario: &NodeId) -> Self {
        let mut other = self.clone();
        let mut inside = vec![false; self.categories.len() + 1];
        for (at, info) in self.categories.iter().enumerate() {
            let own = info.depth == 1 && info.category.id == *scenario || inside.get(info.parent).copied().unwrap_or_default();
            if let Some(place) = inside.get_mut(at + 1) {
                *place = own;
            }
            if own && info.depth == 1 {
                other.tree.weigh_nothing(at + 1);
            }
        }
        for leaf in other.leaves.iter_mut().filter(|leaf| inside.get(leaf.parent).copied().unwrap_or_default()) {
            for criterion in leaf.criteria.iter_mut().flatten() {
                criterion.weight = 0.0;
                criterion.criterion.weight = Weight::new(0.0);
                if criterion.criterion.binding == Binding::Bonus {
                    criterion.criterion.binding = Binding::Informative;
                }
            }
        }
        other
    }
}

/// The ranks without a scenario, among the communities that are ranked with it.
pub(super) fn one(members: &[Member<'_>], standing: &[Standing], scenario: &NodeId, ties: Ties) -> WithoutScenario {
    // Members mostly share one evaluator; it is compiled anew once.
    let mut evaluators: Vec<(&Evaluator, Evaluator)> = Vec::new();
    let mut totals = Vec::with_capacity(members.len());
    for (member, standing) in members.iter().zip(standing) {
        if !standing.ranked {
            totals.push(f64::NAN);
            continue;
        }
        let own = member.entry.evaluator;
        let place = evaluators.iter().position(|(other, _)| std::ptr::eq(*other, own)).unwrap_or_else(|| {
            evaluators.push((own, own.without(scenario)));
            evaluators.len() - 1
        });
        let total = evaluators.get(place).and_then(|(_, other)| other.total(member.entry.submission, member.community));
        totals.push(total.unwrap_or(f64::NAN));
    }
    let with: Vec<f64> = standing.iter().zip(&totals).map(|(one, total)| if total.is_nan() { f64::NAN } else { one.ranked_total() }).collect();
    let before = ranks(&settled(&with), ties);
    let after = ranks(&settled(&totals), ties);
    let shifts: Vec<f64> = before.iter().zip(&after).filter(|(a, _)| !a.is_nan()).map(|(a, b)| (a - b).abs()).collect();
    let mean = if shifts.is_empty() { 0.0 } else { shifts.iter().sum::<f64>() / count(shifts.len()) };
    let ranked = standing.iter().zip(&totals).zip(&after).filter(|((one, _), _)| one.ranked);
    WithoutScenario {
        scenario: scenario.clone(),
        ranks: ranked
            .map(|((one, total), rank)| RankWithout {
                community: one.id.clone(),
                total: (!total.is_nan()).then(|| number(*total)),
                rank: Number::new(*rank),
            })
            .collect(),
        mean_shift: shift(mean),
        greatest_shift: shift(shifts.iter().copied().fold(0.0, f64::max)),
        reversals: Count::of(reversals(&with, &totals)),
    }
}

fn shift(value: f64) -> NonNegative {
    #[expect(clippy::expect_used, reason = "made of absolute values of finite numbers")]
    NonNegative::new(value).expect("not negative")
}

/// How many pairs stand in one order with the scenario, and in the other without it.
fn reversals(with: &[f64], without: &[f64]) -> usize {
    let all: Vec<(f64, f64)> = with.iter().copied().zip(without.iter().copied()).filter(|(a, b)| !a.is_nan() && !b.is_nan()).collect();
    let below = |a: f64, b: f64| a < at_least(b) && b > at_most(a);
    all.iter().map(|(a, c)| all.iter().filter(|(b, d)| below(*a, *b) && below(*d, *c)).count()).sum()
}
