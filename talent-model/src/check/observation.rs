//! One observation against its indicator.

use std::collections::HashMap;

use super::place;
use crate::community::Zone;
use crate::diagnostic::{Code, Diagnostic, Findings, Pointer};
use crate::lang::Bilingual;
use crate::quantity::{Count, Level, Number, Quantity};
use crate::standard::{AnswerPolicy, Indicator};
use crate::submission::{Observation, State};
use crate::{Community, Lang, Standard};

/// What an observation answers.
pub(super) struct Asked<'a> {
    pub(super) standard: &'a Standard,
    /// Absent: nothing is known about facts, and nothing said about them.
    pub(super) community: Option<&'a Community>,
    /// The pieces of evidence that the submission lists.
    pub(super) evidence: &'a HashMap<&'a str, usize>,
    pub(super) indicator: &'a Indicator,
    /// The observation's zone; absent, it speaks for the whole community.
    pub(super) zone: Option<&'a Zone>,
    /// The stage of that zone, if it has one.
    pub(super) stage: Option<&'a str>,
}

/// The members that can hold an answer, and whether the observation has them.
fn answers(observation: &Observation) -> [(&'static str, bool); 4] {
    [
        ("value", observation.value.is_some()),
        ("level", observation.level.is_some()),
        ("items", observation.items.is_some()),
        ("answer", observation.answer.is_some()),
    ]
}

/// Everything found in one answer to an indicator in one stage, by itself: without evidence, facts and the answers beside it.
///
/// ```
/// use talent_model::{Submission, check, reference};
/// # use talent_model::Document;
/// # let text = include_str!("../../../docs/examples/new-shougang.submission.json");
/// let standard = reference::standard();
/// let submission = Submission::from_json(text.as_bytes())?;
/// let observation = &submission.observations[0];
/// let indicator = standard.answerable().into_iter().find(|indicator| indicator.id == observation.indicator).unwrap();
/// assert!(check::conforms(&check::answer(standard, indicator, "new", observation)));
/// # Ok::<(), talent_model::document::ReadError>(())
/// ```
#[must_use]
pub fn answer(standard: &Standard, indicator: &Indicator, stage: &str, observation: &Observation) -> Vec<Diagnostic> {
    let (evidence, mut found) = (HashMap::new(), Findings::default());
    let bare = (!observation.evidence.is_empty()).then(|| Observation { evidence: crate::collection::List::default(), ..observation.clone() });
    let observation = bare.as_ref().unwrap_or(observation);
    let asked = Asked { standard, community: None, evidence: &evidence, indicator, zone: None, stage: Some(stage) };
    check(observation, &asked, &Pointer::root, &mut found);
    found.into_vec()
}

pub(super) fn check(observation: &Observation, asked: &Asked<'_>, here: &dyn Fn() -> Pointer, found: &mut Findings) {
    let id = asked.indicator.id.as_str();
    let state = observation.state();
    for evidence in &observation.evidence {
        if !asked.evidence.contains_key(evidence.as_str()) {
            let mut known: Vec<&str> = asked.evidence.keys().copied().collect();
            known.sort_unstable();
            let near = found.closest(evidence.as_str(), known.into_iter());
            found.push(Diagnostic::new(Code::UnknownEvidence, here().with("evidence")).with("found", evidence.as_str()).suggest(near));
        }
    }
    if let Some(interval) = &observation.uncertainty {
        if interval.high.get() < interval.low.get() {
            let diagnostic = Diagnostic::new(Code::NotAscending, here().with("uncertainty").with("high"));
            found.push(diagnostic.number("found", interval.high.get()).number("previous", interval.low.get()));
        } else if let Some(value) = observation.value.map(Number::get)
            && !(interval.low.get()..=interval.high.get()).contains(&value)
        {
            let diagnostic = Diagnostic::new(Code::OutsideItsInterval, here().with("uncertainty")).number("found", value);
            found.push(diagnostic.number("low", interval.low.get()).number("high", interval.high.get()));
        }
    }
    if !state.has_answer() {
        for (name, given) in answers(observation) {
            if given {
                let diagnostic = Diagnostic::new(Code::AnswerUnexpected, here().with(name)).with("indicator", id);
                found.push(diagnostic.with("state", state.as_str()).with("member", name));
            }
        }
        if state == State::NotApplicable {
            not_applicable(observation, asked, here, found);
        }
        return;
    }
    let Some(quantity) = quantity(observation, asked, here, found) else { return };
    let expected = quantity.answer_member();
    let mut answered = false;
    for (name, given) in answers(observation) {
        if given && name == expected {
            answered = true;
        } else if given {
            let diagnostic = Diagnostic::new(Code::WrongAnswer, here().with(name)).with("indicator", id);
            found.push(diagnostic.with("expected", expected).with("found", name));
        }
    }
    if !answered {
        if !answers(observation).iter().any(|(_, given)| *given) {
            let diagnostic = Diagnostic::new(Code::AnswerMissing, here()).with("indicator", id);
            found.push(diagnostic.with("state", state.as_str()).with("member", expected));
        }
        return;
    }
    fits(observation, quantity, asked, here, found);
    sample(observation, asked, here, found);
}

/// What is asked of this observation. An answer for the whole community serves all stages, so one stage's quantity must fit it.
fn quantity<'a>(observation: &Observation, asked: &Asked<'a>, here: &dyn Fn() -> Pointer, found: &mut Findings) -> Option<&'a Quantity> {
    let indicator = asked.indicator;
    let given = |quantity: &&Quantity| answers(observation).iter().any(|(name, given)| *given && *name == quantity.answer_member());
    match asked.stage {
        Some(stage) => match indicator.criterion(stage) {
            Some(criterion) => Some(indicator.quantity_in(criterion)),
            None => {
                let diagnostic = Diagnostic::new(Code::NotAsked, here()).with("indicator", indicator.id.as_str());
                found.push(diagnostic.with("stage", stage));
                None
            }
        },
        None => {
            let all: Vec<&Quantity> = indicator.criteria.iter().map(|criterion| indicator.quantity_in(criterion)).collect();
            all.iter().copied().find(given).or_else(|| all.first().copied())
        }
    }
}

fn not_applicable(observation: &Observation, asked: &Asked<'_>, here: &dyn Fn() -> Pointer, found: &mut Findings) {
    let id = asked.indicator.id.as_str();
    if asked.indicator.not_applicable.unwrap_or(AnswerPolicy::Forbidden) == AnswerPolicy::Forbidden {
        found.push(Diagnostic::new(Code::MustApply, here().with("state")).with("indicator", id));
    } else if observation.reason.is_none() {
        found.push(Diagnostic::new(Code::ReasonMissing, here()).with("indicator", id));
    }
}

/// Whether the answer is one that the quantity can have.
fn fits(observation: &Observation, quantity: &Quantity, asked: &Asked<'_>, here: &dyn Fn() -> Pointer, found: &mut Findings) {
    let id = asked.indicator.id.as_str();
    if let (Some(unit), false) = (&observation.unit, matches!(quantity, Quantity::Number(_))) {
        let diagnostic = Diagnostic::new(Code::WrongUnit, here().with("unit")).with("indicator", id);
        found.push(diagnostic.with("found", unit.as_str()).with("expected", "1"));
    }
    match quantity {
        Quantity::Number(number) => {
            let Some(value) = observation.value.map(Number::get) else { return };
            let derived = asked.indicator.per.as_ref().is_some_and(|per| observation.unit.as_ref() == Some(&per.unit));
            if let Some(unit) = &observation.unit
                && *unit != number.unit
                && !derived
            {
                let mut expected = number.unit.as_str().to_owned();
                if let Some(per) = &asked.indicator.per {
                    expected.push_str("` / `");
                    expected.push_str(per.unit.as_str());
                }
                let diagnostic = Diagnostic::new(Code::WrongUnit, here().with("unit")).with("indicator", id);
                found.push(diagnostic.with("found", unit.as_str()).with("expected", expected));
                return;
            }
            let (low, high) = (number.min.map(Number::get), number.max.map(Number::get));
            // The limits are those of the raw answer; a ratio is bounded by them only from below.
            let outside = low.is_some_and(|low| value < low) || (!derived && high.is_some_and(|high| value > high));
            if outside {
                let text = |lang| limits(low, high.filter(|_| !derived), lang);
                let unit = observation.unit.as_ref().unwrap_or(&number.unit);
                let diagnostic = Diagnostic::new(Code::OutsideLimits, here().with("value")).with("indicator", id).number("found", value);
                found.push(diagnostic.with("unit", unit.as_str()).with("expected", text(Lang::En)).with("expected_zh", text(Lang::Zh)));
            } else if number.integer == Some(true) && !derived && value.fract() != 0.0 {
                found.push(Diagnostic::new(Code::NotWhole, here().with("value")).with("indicator", id).number("found", value));
            }
            divisor(derived, asked, here, found);
        }
        Quantity::Level(levels) => {
            let Some(level) = observation.level.map(Level::get) else { return };
            if !levels.levels.iter().any(|l| l.level.get() == level) {
                let known: Vec<String> = levels.levels.iter().map(|l| l.level.to_string()).collect();
                let diagnostic = Diagnostic::new(Code::UnknownLevel, here().with("level")).with("indicator", id).number("found", level);
                found.push(diagnostic.with("known", known.join(", ")));
            }
        }
        Quantity::Checklist(list) => {
            let Some(items) = &observation.items else { return };
            for (i, item) in items.iter().enumerate() {
                let at = || here().with("items").at(i);
                if !list.items.iter().any(|known| known.id == *item) {
                    let near = found.closest(item.as_str(), list.items.iter().map(|known| known.id.as_str()));
                    let diagnostic = Diagnostic::new(Code::UnknownItem, at()).with("indicator", id);
                    found.push(diagnostic.with("found", item.as_str()).suggest(near));
                } else if items.iter().take(i).any(|earlier| earlier == item) {
                    found.push(Diagnostic::new(Code::RepeatedItem, at()).with("found", item.as_str()));
                }
            }
        }
        Quantity::YesNo(_) => {}
    }
}

fn limits(low: Option<f64>, high: Option<f64>, lang: Lang) -> String {
    let rule = crate::quantity::NumberRule { min: low.unwrap_or(f64::MIN), max: high.unwrap_or(f64::MAX), integer: false };
    rule.expects(lang)
}

/// Notes a ratio whose fact is not there, or is 0.
fn divisor(derived: bool, asked: &Asked<'_>, here: &dyn Fn() -> Pointer, found: &mut Findings) {
    let Some(fact) = asked.indicator.per.as_ref().and_then(|per| per.fact.as_ref()).filter(|_| !derived) else { return };
    let Some(community) = asked.community else { return };
    let value = asked.zone.map_or_else(|| community.number(fact.as_str()), |zone| zone.number(fact.as_str()));
    let code = match value {
        None => Code::FactMissing,
        Some(0.0) => Code::FactZero,
        Some(_) => return,
    };
    let place = place(asked.zone);
    let diagnostic = Diagnostic::new(code, here()).with("indicator", asked.indicator.id.as_str()).with("fact", fact.as_str());
    found.push(named_fact(diagnostic, asked.standard, fact.as_str()).place(&place));
}

fn named_fact(diagnostic: Diagnostic, standard: &Standard, fact: &str) -> Diagnostic {
    match standard.facts.get(fact) {
        Some(definition) => diagnostic.with("fact_zh", definition.name.in_language(Lang::Zh)),
        None => diagnostic,
    }
}

fn sample(observation: &Observation, asked: &Asked<'_>, here: &dyn Fn() -> Pointer, found: &mut Findings) {
    let Some(needed) = asked.indicator.sample.as_ref().map(|sample| sample.minimum.get()) else { return };
    let diagnostic = match observation.sample.map(Count::get) {
        None => Diagnostic::new(Code::SampleMissing, here()),
        Some(size) if size < needed => Diagnostic::new(Code::SampleTooSmall, here().with("sample")).number("found", size),
        Some(_) => return,
    };
    found.push(diagnostic.with("indicator", asked.indicator.id.as_str()).number("expected", needed));
}

/// The kinds of thing that a standard refers to, in words.
pub(super) const fn what(en: &'static str, zh: &'static str) -> Bilingual {
    Bilingual { en, zh }
}
