//! Parts and their whole: what zones add up to.

use super::answers::{Answer, Answers};
use super::slip::round;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::quantity::Number;
use crate::standard::Combine;

/// How much a whole may differ from its parts: rounding.
const ROUNDING: f64 = 0.01;

pub(super) fn check(answers: &Answers<'_>, found: &mut Findings) {
    facts(answers, found);
    wholes(answers, found);
}

/// Facts that the standard divides by or weighs zones with are amounts: the zones' add up to the community's.
fn facts(answers: &Answers<'_>, found: &mut Findings) {
    let community = answers.community;
    for fact in answers.amounts.iter().copied() {
        let Some(own) = community.facts.get(fact).and_then(|fact| fact.value).map(Number::get) else { continue };
        let zones: Option<f64> = if community.zones.is_empty() { None } else { community.zones.iter().map(|zone| zone.number(fact)).sum() };
        if let Some(sum) = zones.filter(|sum| differ(*sum, own)) {
            let at = answers.community_at();
            let at = if answers.carried { at.with("facts").with(fact) } else { at };
            let diagnostic = Diagnostic::new(Code::ZonesDoNotAddUp, at).with("fact", fact);
            let diagnostic = match answers.standard.facts.get(fact) {
                Some(definition) => diagnostic.with("fact_zh", definition.name.in_language(crate::Lang::Zh)),
                None => diagnostic,
            };
            found.push(diagnostic.number("found", own).number("sum", round(sum)));
        }
    }
}

fn differ(one: f64, other: f64) -> bool {
    (one - other).abs() > ROUNDING * one.abs().max(other.abs())
}

/// Answers that are given for the whole community and for every zone too.
fn wholes(answers: &Answers<'_>, found: &mut Findings) {
    let zones = answers.community.zones.len();
    if zones < 2 {
        return;
    }
    let numbers = || answers.list.iter().filter(|answer| answer.value().is_some());
    let mut wholes: Vec<&Answer<'_>> = numbers().filter(|answer| answer.zone.is_none()).collect();
    wholes.sort_by_key(|answer| answer.number);
    wholes.dedup_by_key(|answer| answer.number);
    if wholes.is_empty() {
        return;
    }
    let mut parts: Vec<&Answer<'_>> = numbers().filter(|answer| answer.zone.is_some()).collect();
    parts.sort_by_key(|answer| answer.number);
    for whole in wholes {
        let from = parts.partition_point(|part| part.number < whole.number);
        let parts = parts.get(from..).unwrap_or_default();
        let parts = parts.get(..parts.partition_point(|part| part.number == whole.number)).unwrap_or_default();
        if parts.len() != zones {
            continue;
        }
        let (Some(own), Some(values)) = (whole.value(), parts.iter().map(|part| part.value()).collect::<Option<Vec<f64>>>()) else { continue };
        if parts.iter().any(|part| part.unit() != whole.unit()) {
            continue;
        }
        let is_amount = matches!(whole.indicator.combine, Some(Combine::Sum(_))) || (whole.indicator.per.is_some() && !whole.is_ratio());
        let (low, high) = if is_amount {
            let sum: f64 = values.iter().sum();
            (sum, sum)
        } else {
            values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(*value), high.max(*value)))
        };
        if (own < low && differ(own, low)) || (own > high && differ(own, high)) {
            let diagnostic = answers.finding(Code::WholeContradictsZones, whole, "value").number("found", own);
            found.push(diagnostic.number("low", round(low)).number("high", round(high)));
        }
    }
}
