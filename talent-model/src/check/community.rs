//! Communities by themselves.

use super::repeated;
use crate::Community;
use crate::community::Fact;
use crate::diagnostic::{Code, Diagnostic, Findings, Pointer};
use crate::quantity::NonNegative;

/// What is wrong with a community, whatever standard it is assessed by.
#[must_use]
pub fn community(community: &Community) -> Vec<Diagnostic> {
    let mut found = Findings::default();
    check(community, &Pointer::root(), &mut found);
    found.into_vec()
}

pub(super) fn check(community: &Community, at: &Pointer, found: &mut Findings) {
    facts(community.facts.iter(), &at.with("facts"), found);
    let zones = at.with("zones");
    repeated(community.zones.iter().enumerate().map(|(i, z)| (z.id.as_str(), zones.at(i))), Code::RepeatedIdentifier, found);
    for (i, zone) in community.zones.iter().enumerate() {
        let here = zones.at(i);
        facts(zone.facts.iter(), &here.with("facts"), found);
        let area = |area: Option<NonNegative>| area.map(NonNegative::get);
        if let (Some(planned), Some(completed)) = (area(zone.planned_floor_area), area(zone.completed_floor_area))
            && completed > planned
        {
            found.push(Diagnostic::new(Code::MoreThanPlanned, here.with("completed_floor_area")).with("zone", zone.id.as_str()));
        }
    }
    let assets = at.with("assets");
    repeated(community.assets.iter().enumerate().map(|(i, a)| (a.id.as_str(), assets.at(i))), Code::RepeatedIdentifier, found);
    let known: std::collections::HashSet<&str> = community.zones.iter().map(|zone| zone.id.as_str()).collect();
    for (i, asset) in community.assets.iter().enumerate() {
        let here = || assets.at(i);
        if let Some(zone) = asset.zone.as_ref().filter(|zone| !known.contains(zone.as_str())) {
            unknown_zone(community, zone.as_str(), &here().with("zone"), found);
        }
        for (from, to, name) in [(asset.opened, asset.closed, "closed"), (asset.valid_from, asset.valid_until, "valid_until")] {
            reversed(from, to, || here().with(name), found);
        }
    }
}

/// Notes an end before its beginning.
pub(super) fn reversed(from: Option<crate::date::Date>, to: Option<crate::date::Date>, at: impl FnOnce() -> Pointer, found: &mut Findings) {
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        found.push(Diagnostic::new(Code::PeriodReversed, at()).with("from", from.to_string()).with("to", to.to_string()));
    }
}

pub(super) fn unknown_zone(community: &Community, zone: &str, at: &Pointer, found: &mut Findings) {
    let near = found.closest(zone, community.zones.iter().map(|z| z.id.as_str()));
    found.push(Diagnostic::new(Code::UnknownZone, at.clone()).with("found", zone).suggest(near));
}

fn facts<'f>(facts: impl Iterator<Item = (&'f crate::id::FactId, &'f Fact)>, at: &Pointer, found: &mut Findings) {
    for (id, fact) in facts {
        let given = [fact.value.is_some(), fact.answer.is_some(), fact.choice.is_some()];
        if given.iter().filter(|given| **given).count() != 1 {
            found.push(Diagnostic::new(Code::FactAmbiguous, at.with(id.as_str())));
        }
    }
}
