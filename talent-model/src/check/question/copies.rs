//! Numbers that look copied: into every zone, from one zone to another, or down the whole form.

use super::answers::{Answer, Answers};
use crate::canonical::number;
use crate::check::place;
use crate::diagnostic::{Code, Diagnostic, Findings, Pointer};
use crate::quantity::Number;

/// A count below this may well be the same in every zone.
const COUNTED: f64 = 10.0;

/// How many zones must have the same count before it is asked about.
const ZONES: usize = 3;

/// How many numbers must be there before it means something that they are the same.
const NUMBERS: usize = 10;

/// How many numbers must be there before the commonest one says something.
const ROWS: usize = 20;

pub(super) fn check<'a>(answers: &'a Answers<'a>, found: &mut Findings) {
    let placed = |answer: &'a Answer<'a>| Some(Placed { zone: answer.zone?, number: answer.number, value: answer.value()?, answer });
    let mut placed: Vec<Placed<'a>> = answers.list.iter().rev().filter_map(placed).collect();
    placed.sort_by_key(|one| (one.zone, one.number));
    // Of two answers to one question the last counts.
    placed.dedup_by_key(|one| (one.zone, one.number));
    let zones: Vec<&[Placed<'a>]> = placed.chunk_by(|one, other| one.zone == other.zone).collect();
    everywhere(answers, &zones, found);
    twins(answers, &zones, found);
    straight(answers, found);
}

/// A number in a zone.
struct Placed<'a> {
    zone: usize,
    /// The number of the indicator.
    number: usize,
    value: f64,
    answer: &'a Answer<'a>,
}

/// A count that is the same in every zone, although the zones are not of one size.
fn everywhere(answers: &Answers<'_>, zones: &[&[Placed<'_>]], found: &mut Findings) {
    let all = answers.community.zones.len();
    let Some(first) = zones.first().filter(|_| zones.len() == all && all >= ZONES) else { return };
    for Placed { number, value, answer, .. } in *first {
        let Some(fact) = answer.indicator.per.as_ref().and_then(|per| per.fact.as_ref()).filter(|_| !answer.is_ratio()) else { continue };
        let in_zone = |zone: &[Placed<'_>]| {
            let other = zone.binary_search_by_key(number, |other| other.number).ok().and_then(|at| zone.get(at));
            other.is_some_and(|other| same(other.value, *value) && !other.answer.is_ratio())
        };
        let mut sizes = answers.community.zones.iter().map(|zone| zone.number(fact.as_str()));
        let alike = sizes.next().is_some_and(|first| sizes.all(|size| size == first));
        if *value >= COUNTED && !alike && zones.iter().all(|zone| in_zone(zone)) {
            let diagnostic = Diagnostic::new(Code::SameInAllZones, answers.finding(Code::SameInAllZones, answer, "value").pointer);
            found.push(diagnostic.with("indicator", answer.indicator.id.as_str()).number("found", *value).with("count", all.to_string()));
        }
    }
}

/// Two zones with the same numbers throughout.
fn twins(answers: &Answers<'_>, zones: &[&[Placed<'_>]], found: &mut Findings) {
    let alike = |one: &[Placed<'_>], other: &[Placed<'_>]| {
        one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.number == other.number && same(one.value, other.value))
    };
    let mut seen: Vec<&[Placed<'_>]> = Vec::new();
    for zone in zones.iter().copied().filter(|zone| zone.len() >= NUMBERS) {
        let varied = zone.iter().zip(zone.iter().skip(1)).any(|(one, other)| !same(one.value, other.value));
        match (seen.iter().find(|known| alike(known, zone)).and_then(|known| known.first()), zone.first()) {
            (Some(other), Some(own)) if varied => {
                let place_of = |placed: &Placed<'_>| place(answers.community.zones.get(placed.zone));
                let other = place_of(other);
                let at = answers.finding(Code::ZoneCopied, own.answer, "zone").pointer;
                let diagnostic = Diagnostic::new(Code::ZoneCopied, at).place(&place_of(own));
                found.push(diagnostic.with("other", &other.en).with("other_zh", &other.zh).with("count", zone.len().to_string()));
            }
            _ => seen.push(zone),
        }
    }
}

/// One number that stands in most rows, without being the end of the scale.
fn straight(answers: &Answers<'_>, found: &mut Findings) {
    let numbers = || answers.list.iter().filter_map(|answer| Some((answer, answer.value()?)));
    let is_end = |answer: &Answer<'_>, value: f64| {
        answer.numeric().is_some_and(|q| [q.min, q.max].into_iter().flatten().map(Number::get).any(|end| same(end, value)))
    };
    let mut values: Vec<u64> = numbers().filter(|(answer, value)| !is_end(answer, *value)).map(|(_, value)| value.to_bits()).collect();
    values.sort_unstable();
    let all = numbers().count();
    let equal = values.chunk_by(|one, other| one == other).filter_map(|equal| Some((*equal.first()?, equal.len())));
    // Of two that are as common, the one with the lesser bits.
    let most = equal.max_by_key(|(bits, count)| (*count, std::cmp::Reverse(*bits)));
    if let Some((bits, count)) = most.filter(|(_, count)| all >= ROWS && count * 2 > all) {
        let diagnostic = Diagnostic::new(Code::OneNumberEverywhere, Pointer::root().with("observations"));
        found.push(diagnostic.with("found", number(f64::from_bits(bits))).with("count", count.to_string()).with("all", all.to_string()));
    }
}

/// The same number was written.
fn same(one: f64, other: f64) -> bool {
    one.to_bits() == other.to_bits()
}
