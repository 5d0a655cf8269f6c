//! What changed since the last round.

use std::collections::HashMap;

use super::Beside;
use super::answers::{Answer, Answers};
use super::range::Range;
use super::slip::{between, round};
use crate::check::Checker;
use crate::community::Fact;
use crate::diagnostic::{Code, Diagnostic, Findings, Pointer};
use crate::id::FactId;
use crate::lang::Bilingual;
use crate::quantity::{Number, Quantity};
use crate::{Community, Submission};

/// A measure jumps that moves by more than this share of the scale …
const FAR: f64 = 0.5;

/// … and to more than so many times itself, or less than so many parts of it.
const MUCH: f64 = 1.5;

/// A measure that moves by less than this share of the scale has not slipped, whatever the quotient.
const LITTLE: f64 = 0.25;

/// How many numbers must be there before it means something that none has changed.
const NUMBERS: usize = 10;

/// The answers of the last round.
pub(super) struct Last<'l> {
    answers: Answers<'l>,
    /// Which answer belongs to which indicator and zone.
    places: HashMap<(usize, Option<&'l str>), usize>,
}

impl<'l> Last<'l> {
    /// Takes an earlier submission; what forbids to compare the two is noted.
    pub(super) fn new(
        checker: &'l Checker<'l>,
        now: &Answers<'_>,
        previous: &'l Submission,
        beside: &Beside<'l>,
        found: &mut Findings,
    ) -> Option<Self> {
        let refuse = |at: &str, why: Bilingual| {
            let diagnostic = Diagnostic::new(Code::NotComparable, Pointer::root().with(at)).with("previous", previous.id.as_str());
            diagnostic.bilingual("why", why)
        };
        if previous.standard.id != now.submission.standard.id {
            found.push(refuse("standard", Bilingual { en: "it answers another standard", zh: "它对应的是另一标准" }));
            return None;
        }
        let Some(community) = previous.community.as_ref().or(beside.previous_community) else {
            found.push(refuse("community", Bilingual { en: "its community is not at hand", zh: "手头没有它的社区文档" }));
            return None;
        };
        if community.id != now.community.id {
            let at = if now.carried { "community" } else { "community_ref" };
            found.push(refuse(at, Bilingual { en: "it is of another community", zh: "它属于另一个社区" }));
            return None;
        }
        if previous.period.from >= now.submission.period.from {
            found.push(refuse("period", Bilingual { en: "its period is not the earlier one", zh: "它的评价期并不更早" }));
            return None;
        }
        let answers = Answers::new(checker, previous, community);
        let zone = |answer: &Answer<'_>| answer.zone.and_then(|zone| community.zones.get(zone)).map(|zone| zone.id.as_str());
        let places = answers.list.iter().enumerate().map(|(at, answer)| ((answer.number, zone(answer)), at)).collect();
        Some(Self { answers, places })
    }

    pub(super) fn check(&self, now: &Answers<'_>, found: &mut Findings) {
        let (mut compared, mut unchanged) = (0_usize, 0_usize);
        for answer in &now.list {
            let zone = now.zone(answer).map(|zone| zone.id.as_str());
            let Some(last) = self.places.get(&(answer.number, zone)).and_then(|at| self.answers.list.get(*at)) else { continue };
            if let (Some(value), Some(before)) = (answer.value(), last.value()) {
                compared += 1;
                unchanged += usize::from(value.to_bits() == before.to_bits());
            }
            if let Some(diagnostic) = moved(now, answer, last) {
                found.push(diagnostic);
            }
        }
        if compared >= NUMBERS && unchanged == compared {
            let diagnostic = Diagnostic::new(Code::SameAsLast, Pointer::root().with("observations"));
            found.push(diagnostic.with("count", compared.to_string()).with("previous", self.answers.submission.id.as_str()));
        }
        self.facts(now, found);
    }

    /// The facts of the community and its zones.
    fn facts(&self, now: &Answers<'_>, found: &mut Findings) {
        let (before, community) = (self.answers.community, now.community);
        let root = now.community_at();
        let at = |inner: &dyn Fn(&Pointer) -> Pointer| if now.carried { inner(&root) } else { root.clone() };
        fact_moves(now, &community.facts, &before.facts, None, &|fact| at(&|root| root.with("facts").with(fact)), found);
        for (i, zone) in community.zones.iter().enumerate() {
            let Some(earlier) = before.zones.iter().find(|earlier| earlier.id == zone.id) else { continue };
            let here = |fact: &str| at(&|root| root.with("zones").at(i).with("facts").with(fact));
            fact_moves(now, &zone.facts, &earlier.facts, Some((community, i)), &here, found);
        }
    }
}

/// Whether an answer is far from what it was, and how it is told.
fn moved(now: &Answers<'_>, answer: &Answer<'_>, last: &Answer<'_>) -> Option<Diagnostic> {
    // Where the ratio cannot be told on both sides, the numbers as given are compared if they mean the same.
    let (value, before, unit) = match (answer.measure, last.measure) {
        (Some(value), Some(before)) => (value, before, answer.measure_unit()),
        _ if answer.unit() == last.unit() => (answer.value()?, last.value()?, answer.unit()),
        _ => return None,
    };
    let finding = |code, member: &str| {
        let diagnostic = now.finding(code, answer, member).number("found", round(value)).number("before", round(before));
        diagnostic.with("unit", unit.unwrap_or("1"))
    };
    let change = (value - before).abs();
    match answer.quantity {
        Quantity::Number(_) => {
            let width = Range::of(answer).map_or(f64::INFINITY, |range| range.width());
            let slip = between(value, before).filter(|_| width.is_infinite() || change > LITTLE * width);
            if let Some(factor) = slip {
                return Some(finding(Code::SlipSinceLast, "value").bilingual("factor", factor));
            }
            let (less, more) = (value.min(before), value.max(before));
            (change > FAR * width && (less <= 0.0 || more > MUCH * less)).then(|| finding(Code::Jump, "value"))
        }
        Quantity::Level(_) | Quantity::Checklist(_) => {
            let (low, high) = answer.quantity.limits();
            (change > FAR * (high? - low?)).then(|| finding(Code::Jump, answer.quantity.answer_member()))
        }
        // That something has come about is what everybody works for; that it is gone is worth a word.
        Quantity::YesNo(_) => (value < before).then(|| finding(Code::Jump, "answer")),
    }
}

fn fact_moves(
    now: &Answers<'_>,
    facts: &std::collections::BTreeMap<FactId, Fact>,
    earlier: &std::collections::BTreeMap<FactId, Fact>,
    zone: Option<(&Community, usize)>,
    at: &dyn Fn(&str) -> Pointer,
    found: &mut Findings,
) {
    for (id, fact) in facts.iter().filter(|(id, _)| now.standard.facts.contains_key(*id)) {
        let number = |fact: &Fact| fact.value.map(Number::get);
        let (Some(value), Some(before)) = (number(fact), earlier.get(id).and_then(number)) else { continue };
        let (less, more) = (value.min(before), value.max(before));
        if less < 0.0 || more <= MUCH * less {
            continue;
        }
        let place = crate::check::place(zone.and_then(|(community, zone)| community.zones.get(zone)));
        let (code, factor) = match between(value, before) {
            Some(factor) => (Code::FactSlipSinceLast, Some(factor)),
            None => (Code::FactJump, None),
        };
        let mut diagnostic =
            Diagnostic::new(code, at(id.as_str())).with("fact", id.as_str()).place(&place).number("found", value).number("before", before);
        if let Some(definition) = now.standard.facts.get(id) {
            diagnostic = diagnostic.with("fact_zh", definition.name.in_language(crate::Lang::Zh));
        }
        if let Some(factor) = factor {
            diagnostic = diagnostic.bilingual("factor", factor);
        }
        found.push(diagnostic);
    }
}
