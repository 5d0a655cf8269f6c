//! The answers of a submission, each with what the standard says about it.

use std::collections::BTreeSet;

use crate::check::{Checker, Place, numbered, place};
use crate::community::Zone;
use crate::diagnostic::{Diagnostic, Pointer};
use crate::quantity::{Level, Number, NumberQuantity, Quantity};
use crate::standard::Indicator;
use crate::submission::Observation;
use crate::{Community, Standard, Submission};

/// One observation that has an answer.
pub(super) struct Answer<'a> {
    /// Where it stands in the submission.
    pub(super) at: usize,
    pub(super) observation: &'a Observation,
    /// The number of the indicator in the checker.
    pub(super) number: usize,
    pub(super) indicator: &'a Indicator,
    /// The number of the zone; absent, the answer speaks for the whole community.
    pub(super) zone: Option<usize>,
    pub(super) stage: Option<&'a str>,
    pub(super) quantity: &'a Quantity,
    /// What the criterion looks at, as far as the submission tells: the ratio where one is derived.
    pub(super) measure: Option<f64>,
}

/// All answers of a submission, in its order.
pub(super) struct Answers<'a> {
    pub(super) standard: &'a Standard,
    pub(super) submission: &'a Submission,
    pub(super) community: &'a Community,
    /// Whether the community stands in the submission.
    pub(super) carried: bool,
    pub(super) list: Vec<Answer<'a>>,
    /// The facts that the standard divides by or weighs zones with.
    pub(super) amounts: &'a BTreeSet<&'a str>,
}

impl<'a> Answers<'a> {
    pub(super) fn new(checker: &'a Checker<'a>, submission: &'a Submission, community: &'a Community) -> Self {
        let zones = numbered(community.zones.iter().map(|zone| zone.id.as_str()));
        let stages: Vec<Option<&'a str>> = community.zones.iter().map(|zone| checker.standard.stage_of(zone)).collect();
        let answer = |(at, observation): (usize, &'a Observation)| {
            let (number, indicator) = checker.indicator(observation.indicator.as_str())?;
            if !observation.state().has_answer() {
                return None;
            }
            let zone = match &observation.zone {
                None => None,
                Some(zone) => Some(*zones.get(zone.as_str())?),
            };
            let stage = zone.and_then(|zone| stages.get(zone).copied().flatten());
            let quantity = match stage {
                Some(stage) => indicator.quantity_in(indicator.criterion(stage)?),
                None => indicator.quantity_in(indicator.criteria.first()?),
            };
            let here = zone.and_then(|zone| community.zones.get(zone));
            let measure = measure(observation, indicator, quantity, community, here);
            Some(Answer { at, observation, number, indicator, zone, stage, quantity, measure })
        };
        let list = submission.observations.iter().enumerate().filter_map(answer).collect();
        Self { standard: checker.standard, submission, community, carried: submission.community.is_some(), list, amounts: &checker.amounts }
    }

    pub(super) fn zone(&self, answer: &Answer<'_>) -> Option<&'a Zone> {
        self.community.zones.get(answer.zone?)
    }

    /// Where the community stands, for findings about its own members; a community of its own is checked by itself.
    pub(super) fn community_at(&self) -> Pointer {
        Pointer::root().with(if self.carried { "community" } else { "community_ref" })
    }

    /// A finding about one answer.
    pub(super) fn finding(&self, code: crate::diagnostic::Code, answer: &Answer<'_>, member: &str) -> Diagnostic {
        let here = Pointer::root().with("observations").at(answer.at);
        let at = if member.is_empty() { here } else { here.with(member) };
        let place: Place = place(self.zone(answer));
        Diagnostic::new(code, at).with("indicator", answer.indicator.id.as_str()).place(&place)
    }
}

impl<'a> Answer<'a> {
    /// The number, where a number is asked.
    pub(super) fn value(&self) -> Option<f64> {
        self.numeric()?;
        self.observation.value.map(Number::get)
    }

    pub(super) fn numeric(&self) -> Option<&'a NumberQuantity> {
        match self.quantity {
            Quantity::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The unit in which the number was given.
    pub(super) fn unit(&self) -> Option<&'a str> {
        Some(self.observation.unit.as_ref().unwrap_or(&self.numeric()?.unit).as_str())
    }

    /// Whether the number is the ratio itself rather than what it is derived from.
    pub(super) fn is_ratio(&self) -> bool {
        self.indicator.per.as_ref().is_some_and(|per| self.observation.unit.as_ref() == Some(&per.unit))
    }

    /// The unit of the measure.
    pub(super) fn measure_unit(&self) -> Option<&'a str> {
        let own = self.numeric()?.unit.as_str();
        Some(self.indicator.per.as_ref().map_or(own, |per| per.unit.as_str()))
    }
}

/// What the criterion looks at. Absent: it is derived from what the submission does not tell here.
fn measure(observation: &Observation, indicator: &Indicator, quantity: &Quantity, community: &Community, zone: Option<&Zone>) -> Option<f64> {
    match quantity {
        Quantity::Number(_) => {
            let value = observation.value?.get();
            let Some(per) = indicator.per.as_ref().filter(|per| observation.unit.as_ref() != Some(&per.unit)) else { return Some(value) };
            let fact = per.fact.as_ref()?.as_str();
            let divisor = zone.map_or_else(|| community.number(fact), |zone| zone.number(fact)).filter(|divisor| *divisor > 0.0)?;
            let ratio = value * per.multiple.map_or(1.0, crate::quantity::Positive::get) / divisor;
            ratio.is_finite().then_some(ratio)
        }
        Quantity::Level(_) => observation.level.map(Level::get),
        Quantity::Checklist(list) => {
            let items = observation.items.as_ref()?;
            Some(list.items.iter().filter(|item| items.contains(&item.id)).map(crate::quantity::ChecklistItem::measure).sum())
        }
        Quantity::YesNo(_) => observation.answer.map(|yes| if yes { 1.0 } else { 0.0 }),
    }
}
