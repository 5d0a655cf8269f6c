//! The trace of an indicator in sentences: "scored 60 because 0.38 is at or above 0.35 and below 0.45".

use talent_model::Lang;
use talent_model::assessment::{Divisor, GateState, IndicatorResult, Input, Segment, StageTrace, Use};
use talent_model::quantity::{ChecklistItem, Number, Quantity};
use talent_model::shown::{exact, measure, percent, plain, score};
use talent_model::standard::{Basis, Closed, Criterion, Indicator, Rule};
use talent_model::words::{InLanguage, between, combine, source, unit};

use super::content::Line;
use super::tell::Teller;
use crate::rule::CompiledRule;

/// So many grounds stand behind a sentence; the pages of the standard have them all.
const GROUNDS: usize = 2;

/// Why a measure scores what it scores: the rule's words with their numbers.
#[derive(Clone, Debug, PartialEq)]
enum Because {
    /// On a line, before its first point.
    BeforeLine { first: String },
    /// On a line, at or after its last point.
    AfterLine { last: String },
    /// On a line, where it is level.
    LevelLine { from: String, to: String },
    /// On a point of a line.
    OnPoint { at: String },
    /// Between two points of a line.
    OnLine { from: String, from_score: String, to: String, to_score: String, logarithmic: bool },
    /// In a step; an absent end is open.
    InStep { from: Option<String>, to: Option<String>, closed: Closed },
    /// On a level with a name.
    AtLevel { name: String },
    /// So much of a list is met.
    Items { all: String },
    /// Yes, no, or yes in a part of the zones.
    Answer { yes: Option<bool> },
}

impl Because {
    fn say(&self, x: &str, lang: Lang) -> String {
        match (self, lang) {
            (Self::BeforeLine { first }, Lang::En) => format!("{x} is below {first}, where the line begins"),
            (Self::BeforeLine { first }, Lang::Zh) => format!("{x} 低于 {first}，即计分线的起点"),
            (Self::AfterLine { last }, Lang::En) => format!("{x} is at or above {last}, where the line ends"),
            (Self::AfterLine { last }, Lang::Zh) => format!("{x} 不低于 {last}，即计分线的终点"),
            (Self::LevelLine { from, to }, Lang::En) => format!("{x} is at or above {from} and below {to}, where the line is level"),
            (Self::LevelLine { from, to }, Lang::Zh) => format!("{x} 不低于 {from} 且低于 {to}，此段得分不变"),
            (Self::OnPoint { at }, Lang::En) => format!("{x} is on the point {at} of the line"),
            (Self::OnPoint { at }, Lang::Zh) => format!("{x} 恰为计分线上的点 {at}"),
            (Self::OnLine { from, from_score, to, to_score, logarithmic }, Lang::En) => {
                let line = if *logarithmic { "a line straight in the logarithm" } else { "a straight line" };
                format!("{x} is at or above {from} ({from_score}) and below {to} ({to_score}), on {line}")
            }
            (Self::OnLine { from, from_score, to, to_score, logarithmic }, Lang::Zh) => {
                let line = if *logarithmic { "按对数直线取分" } else { "按直线取分" };
                format!("{x} 不低于 {from}（{from_score} 分）且低于 {to}（{to_score} 分），{line}")
            }
            (Self::InStep { from, to, closed }, Lang::En) => {
                let (low, high) = if *closed == Closed::Left { ("at or above", "below") } else { ("above", "at or below") };
                let ends = [from.as_ref().map(|n| format!("{low} {n}")), to.as_ref().map(|n| format!("{high} {n}"))];
                format!("{x} is {}", ends.into_iter().flatten().collect::<Vec<_>>().join(" and "))
            }
            (Self::InStep { from, to, closed }, Lang::Zh) => {
                let (low, high) = if *closed == Closed::Left { ("不低于", "低于") } else { ("高于", "不高于") };
                let ends = [from.as_ref().map(|n| format!("{low} {n}")), to.as_ref().map(|n| format!("{high} {n}"))];
                format!("{x} {}", ends.into_iter().flatten().collect::<Vec<_>>().join(" 且"))
            }
            (Self::AtLevel { name }, Lang::En) => format!("the level is {x}, “{name}”"),
            (Self::AtLevel { name }, Lang::Zh) => format!("等级为 {x}“{name}”"),
            (Self::Items { all }, Lang::En) => format!("{x} of {all} are met, by weight"),
            (Self::Items { all }, Lang::Zh) => format!("按权重计符合 {x} / {all}"),
            (Self::Answer { yes: Some(true) }, Lang::En) => "the answer is yes".into(),
            (Self::Answer { yes: Some(true) }, Lang::Zh) => "回答为“是”".into(),
            (Self::Answer { yes: Some(false) }, Lang::En) => "the answer is no".into(),
            (Self::Answer { yes: Some(false) }, Lang::Zh) => "回答为“否”".into(),
            (Self::Answer { yes: None }, Lang::En) => format!("the answer is not yes everywhere (yes for {x} by weight)"),
            (Self::Answer { yes: None }, Lang::Zh) => format!("并非各圈层均为“是”（按权重计 {x} 为“是”）"),
        }
    }
}

/// Sentences about indicators.
pub(super) struct Tracer<'a> {
    pub(super) tell: Teller<'a>,
    pub(super) public: bool,
}

impl Tracer<'_> {
    fn say(&self, en: &'static str, zh: &'static str) -> &'static str {
        self.tell.say(en, zh)
    }

    /// Everything that is said about one stage of an indicator; the first line says why it scored what it scored.
    pub(super) fn stage(&self, result: &IndicatorResult, trace: &StageTrace, indicator: &Indicator) -> Vec<Line> {
        let Some(criterion) = indicator.criterion(trace.stage.as_str()) else { return Vec::new() };
        let mut lines = vec![Line::main(self.verdict(result, trace, indicator, criterion))];
        lines.extend(self.inputs(trace, indicator, criterion).map(Line::aside));
        if let Some(state) = trace.gate_state {
            let tone = match state {
                GateState::Passed => "✓",
                GateState::Failed => "✕",
                GateState::Unknown => "?",
            };
            let word = state.say(self.tell.lang);
            let needed = match (&trace.gate, criterion_is_yes_no(indicator, criterion)) {
                (Some(gate), true) if gate.at_least.is_some() => true.say(self.tell.lang).to_owned(),
                (Some(gate), _) => {
                    let unit = self.tell.unit(trace.unit.as_ref());
                    let edge = |n: Option<Number>| n.map(|n| format!("{}{unit}", exact(n.get())));
                    between(edge(gate.at_least), edge(gate.at_most), self.tell.lang)
                }
                (None, _) => String::new(),
            };
            let line = format!("{tone} {}{needed}{}{word}", self.say("gate: ", "门槛："), self.say(" – ", " — "));
            lines.push(if state == GateState::Passed { Line::aside(line) } else { Line::main(line) });
        }
        lines
    }

    /// "Built: scored 60 because …; GB 55038-2025 3.2.2."
    fn verdict(&self, result: &IndicatorResult, trace: &StageTrace, indicator: &Indicator, criterion: &Criterion) -> String {
        let stage = if self.tell.has_several_stages() {
            format!("{}{}", self.tell.stage(trace.stage.as_str()), self.say(": ", "："))
        } else {
            String::new()
        };
        let (Some(measured), Some(own)) = (trace.measure, trace.score) else {
            return format!("{stage}{}", self.unscored(result, trace));
        };
        let quantity = indicator.quantity_in(criterion);
        let x = measured.get();
        let because = because(criterion, quantity, trace, x, self.tell);
        let shown = self.shown(x, quantity, trace, &because);
        let whole = CompiledRule::new(&criterion.rule, quantity).score(x);
        // Under the policy `zero`, what is unknown in some of the zones earns nothing.
        let known: f64 = trace.inputs.iter().filter(|input| input.measure.is_some()).map(|input| input.weight.get()).sum();
        let part = if (whole - own.get()).abs() > 1e-9 {
            match self.tell.lang {
                Lang::En => format!("; {} × {}, the share that is known", score(whole), percent(known)),
                Lang::Zh => format!("；{} × 已知部分 {}", score(whole), percent(known)),
            }
        } else {
            String::new()
        };
        let ground = self.ground(criterion, trace.segment.as_ref());
        let because = because.say(&shown, self.tell.lang);
        match self.tell.lang {
            Lang::En => format!("{stage}scored {} because {because}{part}{ground}.", score(own.get())),
            Lang::Zh => format!("{stage}得 {} 分：{because}{part}{ground}。", score(own.get())),
        }
    }

    /// The measure as it is shown in its sentence.
    fn shown(&self, x: f64, quantity: &Quantity, trace: &StageTrace, because: &Because) -> String {
        if matches!(because, Because::Answer { .. }) {
            return percent(x);
        }
        let edges: Vec<f64> = trace.segment.iter().flat_map(|s| [s.from, s.to]).flatten().map(Number::get).collect();
        let unit = if matches!(quantity, Quantity::Number(_)) { self.tell.unit(trace.unit.as_ref()) } else { String::new() };
        format!("{}{unit}", measure(x, &edges))
    }

    /// Why there is no score, and what that means for the total.
    fn unscored(&self, result: &IndicatorResult, trace: &StageTrace) -> String {
        let state = trace.state.say(self.tell.lang);
        let reason = self.reason(trace);
        let used = match result.usage {
            Use::Excluded | Use::Zeroed | Use::Refused => result.usage.say(self.tell.lang),
            _ => "",
        };
        let parts: Vec<&str> = [state, reason.as_str(), used].into_iter().filter(|part| !part.is_empty()).collect();
        let text = parts.join(self.say("; ", "；"));
        match self.tell.lang {
            Lang::En => format!("no score: {text}."),
            Lang::Zh => format!("没有得分：{text}。"),
        }
    }

    /// The reason given. What a submitter wrote about something withheld or missing is no business of the public.
    pub(super) fn reason(&self, trace: &StageTrace) -> String {
        use talent_model::submission::State;
        if self.public && trace.reason.is_none() && trace.state != State::NotApplicable {
            return self.tell.unusable(trace).unwrap_or_default().into();
        }
        self.tell.reason(trace)
    }

    /// The grounds of a score, after a semicolon: those of the thresholds beside it, else those of the criterion.
    fn ground(&self, criterion: &Criterion, segment: Option<&Segment>) -> String {
        let near = segment.map(|segment| grounds_near(&criterion.rule, segment)).unwrap_or_default();
        let bases = if near.is_empty() { criterion.basis.iter().collect() } else { near };
        let mut told: Vec<String> = Vec::new();
        for basis in bases {
            let text = ground(self.tell, basis);
            if !told.contains(&text) {
                told.push(text);
            }
        }
        told.truncate(GROUNDS);
        told.into_iter().map(|text| format!("{}{text}", self.say("; ", "；"))).collect()
    }

    /// From which answers the measure of a stage comes, where that is more than the answer itself.
    fn inputs(&self, trace: &StageTrace, indicator: &Indicator, criterion: &Criterion) -> Option<String> {
        let plainly = trace.inputs.len() == 1 && trace.inputs.iter().all(|input| input.divisor.is_none());
        let quantity = indicator.quantity_in(criterion);
        if plainly || trace.inputs.is_empty() {
            return None;
        }
        let several = trace.inputs.len() > 1;
        let parts: Vec<String> = trace.inputs.iter().map(|input| self.input(input, several, quantity)).collect();
        let parts = parts.join(self.say("; ", "；"));
        let joined = if several {
            format!("{}{}", self.say("; ", "；"), combine(self.tell.standard, indicator.combine.as_ref(), self.tell.lang))
        } else {
            String::new()
        };
        Some(format!("{}{parts}{joined}", self.say("From ", "来自 ")))
    }

    fn input(&self, input: &Input, several: bool, quantity: &Quantity) -> String {
        let zone = input.zone.as_ref().map(|zone| self.tell.zone(zone.as_str()));
        let whole = || self.say("the whole community", "整个社区").to_owned();
        let mut text = match (several, zone) {
            (true, zone) => format!("{} ", zone.unwrap_or_else(whole)),
            (false, _) => String::new(),
        };
        let own_unit = self.tell.unit(input.unit.as_ref());
        match (input.raw, &input.divisor, input.measure) {
            (Some(raw), Some(divisor), made) => {
                text.push_str(&format!("{}{own_unit}{}", measure(raw.get(), &[]), self.divided(divisor)));
                match made {
                    Some(made) => text.push_str(&format!(" = {}", measure(made.get(), &[]))),
                    None => text.push_str(&self.tell.bracket(self.say("cannot be used", "不能采用"))),
                }
            }
            (Some(raw), None, made) => {
                text.push_str(&match quantity {
                    Quantity::YesNo(_) => (raw.get() > 0.5).say(self.tell.lang).to_owned(),
                    _ => format!("{}{own_unit}", measure(raw.get(), &[])),
                });
                if made.is_none() {
                    text.push_str(&self.tell.bracket(self.say("cannot be used", "不能采用")));
                }
            }
            (None, ..) => text.push_str(input.state.say(self.tell.lang)),
        }
        let estimated = (input.state == talent_model::submission::State::Estimated).then(|| input.state.say(self.tell.lang).to_owned());
        let weight = (several && input.weight.get() > 0.0).then(|| percent(input.weight.get()));
        let about: Vec<String> = estimated.into_iter().chain(weight).collect();
        if !about.is_empty() {
            text.push_str(&self.tell.bracket(&about.join(self.say(", ", "，"))));
        }
        text
    }

    fn divided(&self, divisor: &Divisor) -> String {
        let standard = self.tell.standard;
        let (name, by) = match (&divisor.fact, &divisor.indicator) {
            (Some(fact), _) => {
                let known = standard.facts.get(fact.as_str());
                let of = known.and_then(|fact| fact.unit.as_ref());
                (known.map_or_else(|| fact.to_string(), |fact| self.tell.name(&fact.name)), unit(standard, of, self.tell.lang))
            }
            (None, Some(id)) => {
                let known = self.tell.assessment.indicators.iter().find(|indicator| indicator.id == *id);
                (known.map_or_else(|| id.to_string(), |known| self.tell.name(&known.name)), String::new())
            }
            (None, None) => (String::new(), String::new()),
        };
        let times = if divisor.multiple.get() == 1.0 { String::new() } else { format!(" × {}", exact(divisor.multiple.get())) };
        format!(" ÷ {}{by}{}{times}", measure(divisor.value.get(), &[]), self.tell.bracket(&name))
    }
}

fn criterion_is_yes_no(indicator: &Indicator, criterion: &Criterion) -> bool {
    matches!(indicator.quantity_in(criterion), Quantity::YesNo(_))
}

fn because(criterion: &Criterion, quantity: &Quantity, trace: &StageTrace, x: f64, tell: Teller<'_>) -> Because {
    // The unit stands with the measure, and is not said again.
    let at = |n: Number| exact(n.get());
    let (from, to) = trace.segment.as_ref().map_or((None, None), |s| (s.from, s.to));
    let scores = trace.segment.as_ref().map_or((0.0, 0.0), |s| (s.from_score.get(), s.to_score.get()));
    let line = |logarithmic: bool| match (from, to) {
        (None, Some(first)) => Because::BeforeLine { first: at(first) },
        (Some(last), None) => Because::AfterLine { last: at(last) },
        (Some(from), Some(_)) if from.get() == x => Because::OnPoint { at: at(from) },
        (Some(from), Some(to)) if scores.0 == scores.1 => Because::LevelLine { from: at(from), to: at(to) },
        (Some(from), Some(to)) => Because::OnLine { from: at(from), from_score: exact(scores.0), to: at(to), to_score: exact(scores.1), logarithmic },
        (None, None) => Because::InStep { from: None, to: None, closed: Closed::Left },
    };
    let step = |closed| Because::InStep { from: from.map(at), to: to.map(at), closed };
    match (&criterion.rule, quantity) {
        (Rule::Piecewise(rule), _) => line(rule.scale == Some(talent_model::standard::Scale::Logarithmic)),
        (Rule::Steps(rule), _) => step(rule.closed),
        (Rule::Levels(_), Quantity::Level(scale)) => match scale.levels.iter().find(|level| level.level.get() == x) {
            Some(level) => Because::AtLevel { name: tell.name(&level.name) },
            None => step(Closed::Left),
        },
        (Rule::Levels(_), _) => step(Closed::Left),
        (Rule::Checklist(_), Quantity::Checklist(list)) => Because::Items { all: exact(list.items.iter().map(ChecklistItem::measure).sum()) },
        (Rule::Checklist(_), _) => line(false),
        (Rule::YesNo(_), _) => Because::Answer {
            yes: if x >= 1.0 {
                Some(true)
            } else if x <= 0.0 {
                Some(false)
            } else {
                None
            },
        },
    }
}

/// The grounds of the thresholds on either side of a measure; a threshold's own basis comes first.
fn grounds_near<'r>(rule: &'r Rule, segment: &Segment) -> Vec<&'r Basis> {
    let ends = [segment.from, segment.to].map(|end| end.map(Number::get));
    let near = |at: f64| ends.contains(&Some(at));
    match rule {
        Rule::Piecewise(rule) => rule.points.iter().filter(|p| near(p.at.get())).flat_map(|p| p.basis.iter()).collect(),
        Rule::Checklist(rule) => rule.points.iter().filter(|p| near(p.at.get())).flat_map(|p| p.basis.iter()).collect(),
        Rule::Steps(rule) => rule.steps.iter().filter(|s| s.from.map(Number::get) == ends[0]).flat_map(|s| s.basis.iter()).collect(),
        Rule::Levels(rule) => rule.scores.iter().filter(|s| Some(s.level.get()) == ends[0]).flat_map(|s| s.basis.iter()).collect(),
        Rule::YesNo(_) => Vec::new(),
    }
}

/// A ground in short: the document and the clause, or the kind where there is no document.
fn ground(tell: Teller<'_>, basis: &Basis) -> String {
    let Some(id) = &basis.source else { return basis.kind.say(tell.lang).to_owned() };
    let clause = basis.clause.as_ref().map(|clause| format!(" {}", plain(clause.as_str()))).unwrap_or_default();
    let kind = match basis.kind {
        talent_model::standard::BasisKind::DesignValue => tell.bracket(basis.kind.say(tell.lang)),
        _ => String::new(),
    };
    format!("{}{clause}{kind}", source(tell.standard, id.as_str(), tell.lang))
}
