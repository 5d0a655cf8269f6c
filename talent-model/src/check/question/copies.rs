//! Numbers that look copied: into every zone, from one zone to another, or down the whole form.

use std::collections::BTreeMap;

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

pub(super) fn check(answers: &Answers<'_>, found: &mut Findings) {
    let mut zones: BTreeMap<usize, BTreeMap<usize, (f64, &Answer<'_>)>> = BTreeMap::new();
    for answer in &answers.list {
        if let (Some(zone), Some(value)) = (answer.zone, answer.value()) {
            zones.entry(zone).or_default().insert(answer.number, (value, answer));
        }
    }
    everywhere(answers, &zones, found);
    twins(answers, &zones, found);
    straight(answers, found);
}

/// A count that is the same in every zone, although the zones are not of one size.
fn everywhere(answers: &Answers<'_>, zones: &BTreeMap<usize, BTreeMap<usize, (f64, &Answer<'_>)>>, found: &mut Findings) {
    let all = answers.community.zones.len();
    let Some(first) = zones.values().next().filter(|_| zones.len() == all && all >= ZONES) else { return };
    for (number, (value, answer)) in first {
        let Some(fact) = answer.indicator.per.as_ref().and_then(|per| per.fact.as_ref()).filter(|_| !answer.is_ratio()) else { continue };
        let same = zones.values().all(|zone| zone.get(number).is_some_and(|(other, answer)| same(*other, *value) && !answer.is_ratio()));
        let mut sizes = answers.community.zones.iter().map(|zone| zone.number(fact.as_str()));
        let alike = sizes.next().is_some_and(|first| sizes.all(|size| size == first));
        if same && *value >= COUNTED && !alike {
            let diagnostic = Diagnostic::new(Code::SameInAllZones, answers.finding(Code::SameInAllZones, answer, "value").pointer);
            found.push(diagnostic.with("indicator", answer.indicator.id.as_str()).number("found", *value).with("count", all.to_string()));
        }
    }
}

/// Two zones with the same numbers throughout.
fn twins(answers: &Answers<'_>, zones: &BTreeMap<usize, BTreeMap<usize, (f64, &Answer<'_>)>>, found: &mut Findings) {
    let mut seen: Vec<(Vec<(usize, u64)>, usize)> = Vec::new();
    for (zone, values) in zones.iter().filter(|(_, values)| values.len() >= NUMBERS) {
        let numbers: Vec<(usize, u64)> = values.iter().map(|(number, (value, _))| (*number, value.to_bits())).collect();
        let varied = values.values().any(|(value, _)| values.values().any(|(other, _)| !same(*value, *other)));
        match seen.iter().find(|(known, _)| *known == numbers) {
            Some((_, other)) if varied => {
                let place_of = |zone: usize| place(answers.community.zones.get(zone));
                let other = place_of(*other);
                let at = values.values().next().map(|(_, answer)| answers.finding(Code::ZoneCopied, answer, "zone").pointer).unwrap_or_default();
                let diagnostic = Diagnostic::new(Code::ZoneCopied, at).place(&place_of(*zone));
                found.push(diagnostic.with("other", &other.en).with("other_zh", &other.zh).with("count", numbers.len().to_string()));
            }
            _ => seen.push((numbers, *zone)),
        }
    }
}

/// One number that stands in most rows, without being the end of the scale.
fn straight(answers: &Answers<'_>, found: &mut Findings) {
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    let mut all = 0_usize;
    for answer in &answers.list {
        let Some(value) = answer.value() else { continue };
        all += 1;
        let ends = answer.numeric().is_some_and(|q| [q.min, q.max].into_iter().flatten().map(Number::get).any(|end| same(end, value)));
        if !ends {
            *counts.entry(value.to_bits()).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(bits, count)| (*count, std::cmp::Reverse(*bits)));
    if let Some((bits, count)) = most.filter(|(_, count)| all >= ROWS && count * 2 > all) {
        let diagnostic = Diagnostic::new(Code::OneNumberEverywhere, Pointer::root().with("observations"));
        found.push(diagnostic.with("found", number(f64::from_bits(bits))).with("count", count.to_string()).with("all", all.to_string()));
    }
}

/// The same number was written.
fn same(one: f64, other: f64) -> bool {
    one.to_bits() == other.to_bits()
}
