//! The difference of two communities, taken apart.

use std::collections::BTreeMap;

use talent_model::comparison::{ComparedCommunity, ComparedNode, Comparison, Difference, IndicatorDifference, IndicatorScore, ScenarioDifference};
use talent_model::id::{CommunityId, NodeId};
use talent_model::quantity::Number;

use crate::number;

/// Where the difference of two totals comes from: scenario by scenario, indicator by indicator, in points of the total.
///
/// It is made of the contributions of both assessments (Euler's theorem, see `docs/design/score.md`), which add up to their totals, so that their differences add up to the difference. Added
/// in the order of the lists, with the `rest` last, they do so to the last bit. Nothing when a community is not in the comparison or has no total.
#[must_use]
pub fn difference(comparison: &Comparison, of: &CommunityId, against: &CommunityId) -> Option<Difference> {
    let find = |id: &CommunityId| comparison.communities.iter().find(|one| one.community.id == *id);
    let (one, other) = (find(of)?, find(against)?);
    let (of_total, against_total) = (one.total.score?.get(), other.total.score?.get());
    let sides = Sides { one: Side::new(one), other: Side::new(other) };
    let scenarios: Vec<ScenarioDifference> = comparison.scenarios.iter().map(|scenario| sides.scenario(comparison, scenario)).collect();
    let difference = of_total - against_total;
    Some(Difference {
        of: of.clone(),
        against: against.clone(),
        of_total: number(of_total),
        against_total: number(against_total),
        difference: number(difference),
        rest: number(rest(scenarios.iter().map(|scenario| scenario.difference.get()).sum(), difference)),
        scenarios: scenarios.into(),
    })
}

/// What added to a sum gives a whole, to the last bit.
fn rest(sum: f64, whole: f64) -> f64 {
    let mut rest = whole - sum;
    // The first guess may miss by its own rounding.
    for _ in 0..4 {
        let miss = whole - (sum + rest);
        if miss == 0.0 {
            break;
        }
        rest += miss;
    }
    rest
}

struct Sides<'c> {
    one: Side<'c>,
    other: Side<'c>,
}

/// One of the two, by its nodes.
struct Side<'c> {
    indicators: BTreeMap<&'c NodeId, &'c IndicatorScore>,
    scenarios: BTreeMap<&'c NodeId, (Option<Number>, Option<Number>)>,
}

impl<'c> Side<'c> {
    fn new(community: &'c ComparedCommunity) -> Self {
        Self {
            indicators: community.indicators.iter().map(|indicator| (&indicator.id, indicator)).collect(),
            scenarios: community.scenarios.iter().map(|scenario| (&scenario.id, (scenario.score.score, scenario.contribution))).collect(),
        }
    }

    fn score(&self, indicator: &NodeId) -> Option<Number> {
        self.indicators.get(indicator).and_then(|indicator| indicator.score)
    }

    /// How much of the total comes from an indicator. What has no score, or is not asked, brings nothing.
    fn contribution(&self, indicator: &NodeId) -> f64 {
        self.indicators.get(indicator).and_then(|indicator| indicator.contribution).map_or(0.0, Number::get)
    }

    /// Whether an indicator has a score, and yet no contribution: several members share the least score above it.
    fn is_undefined(&self, indicator: &NodeId) -> bool {
        self.indicators.get(indicator).is_some_and(|indicator| indicator.score.is_some() && indicator.contribution.is_none())
    }
}

impl Sides<'_> {
    fn scenario(&self, comparison: &Comparison, scenario: &ComparedNode) -> ScenarioDifference {
        let own = || comparison.indicators.iter().filter(|indicator| indicator.scenario.as_ref() == Some(&scenario.id));
        let indicators: Vec<IndicatorDifference> = own().map(|indicator| self.indicator(indicator)).collect();
        let sum: f64 = indicators.iter().map(|indicator| indicator.difference.get()).sum();
        let (of, of_contribution) = self.one.scenarios.get(&scenario.id).copied().unwrap_or_default();
        let (against, against_contribution) = self.other.scenarios.get(&scenario.id).copied().unwrap_or_default();
        // Where the indicators have no contributions, that of the scenario may still be defined.
        let undefined = own().any(|indicator| self.one.is_undefined(&indicator.id) || self.other.is_undefined(&indicator.id));
        let whole = match (of_contribution, against_contribution) {
            (Some(of), Some(against)) if undefined => of.get() - against.get(),
            _ => sum,
        };
        ScenarioDifference {
            id: scenario.id.clone(),
            code: scenario.code.clone(),
            name: scenario.name.clone(),
            of,
            against,
            difference: number(whole),
            indicators: indicators.into(),
            rest: number(rest(sum, whole)),
        }
    }

    fn indicator(&self, indicator: &ComparedNode) -> IndicatorDifference {
        IndicatorDifference {
            id: indicator.id.clone(),
            code: indicator.code.clone(),
            name: indicator.name.clone(),
            of: self.one.score(&indicator.id),
            against: self.other.score(&indicator.id),
            difference: number(self.one.contribution(&indicator.id) - self.other.contribution(&indicator.id)),
        }
    }
}
