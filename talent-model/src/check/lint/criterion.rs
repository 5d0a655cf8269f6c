//! Quantities, derivations, criteria and rules.

use super::Lint;
use super::names::Names;
use super::reach::{self, Measures};
use crate::Standard;
use crate::check::observation::what;
use crate::diagnostic::{Code, Diagnostic, Findings, Pointer};
use crate::lang::Bilingual;
use crate::quantity::Quantity;
use crate::standard::{Basis, Binding, Combine, Condition, Criterion, FactDefinition, FactKind, Gate, Indicator, Point, Rule, Scale};

pub(super) fn quantity(quantity: &Quantity, at: &Pointer, found: &mut Findings) {
    match quantity {
        Quantity::Number(q) => {
            if let (Some(min), Some(max)) = (q.min, q.max) {
                ascending([(min.get(), at.with("min")), (max.get(), at.with("max"))].into_iter(), found);
            }
        }
        Quantity::Level(q) => {
            let at = at.with("levels");
            at_least(2, q.levels.len(), what("levels", "等级"), &at, found);
            ascending(q.levels.iter().enumerate().map(|(i, l)| (l.level.get(), at.at(i).with("level"))), found);
        }
        Quantity::Checklist(q) => {
            let at = at.with("items");
            at_least(1, q.items.len(), what("items", "清单项"), &at, found);
            let ids = q.items.iter().enumerate().map(|(i, item)| (item.id.as_str(), at.at(i)));
            crate::check::repeated(ids, Code::RepeatedIdentifier, found);
        }
        Quantity::YesNo(_) => {}
    }
}

pub(super) fn derivation(indicator: &Indicator, at: &Pointer, names: &Names<'_>, module: Option<usize>, found: &mut Findings) {
    if let Some(Combine::Weighted(weighted)) = &indicator.combine {
        numeric(weighted.by.as_str(), &at.with("combine").with("by"), names, found);
    }
    if let Some(usual) = &indicator.usual
        && let (Some(low), Some(high)) = (usual.low, usual.high)
    {
        let here = at.with("usual");
        ascending([(low.get(), here.with("low")), (high.get(), here.with("high"))].into_iter(), found);
    }
    let Some(per) = &indicator.per else { return };
    let here = at.with("per");
    if per.fact.is_some() == per.indicator.is_some() {
        found.push(Diagnostic::new(Code::MissingMember, here.clone()).with("member", "fact"));
    }
    if let Some(other) = per.indicator.as_ref().filter(|other| !names.is_beside(other.as_str(), module)) {
        names.not_beside(other.as_str(), module, &here.with("indicator"), found);
    }
    let Some(fact) = &per.fact else { return };
    numeric(fact.as_str(), &here.with("fact"), names, found);
    if let Some(Combine::Weighted(weighted)) = &indicator.combine
        && weighted.by != *fact
    {
        let diagnostic = Diagnostic::new(Code::WeighsByNothing, at.with("combine")).with("indicator", indicator.id.as_str());
        found.push(diagnostic.with("fact", fact.as_str()).with("found", weighted.by.as_str()));
    }
}

fn numeric(fact: &str, at: &Pointer, names: &Names<'_>, found: &mut Findings) {
    if let Some(definition) = names.fact(fact, at, found)
        && definition.kind != FactKind::Number
    {
        mismatch(fact, definition, at, found);
    }
}

/// Which criterion is meant, for its findings.
pub(super) struct Place<'a> {
    indicator: &'a str,
    stage: &'a str,
    /// The unit of its measure.
    pub(super) unit: Option<&'a str>,
}

impl Place<'_> {
    pub(super) fn finding(&self, code: Code, at: Pointer) -> Diagnostic {
        Diagnostic::new(code, at).with("indicator", self.indicator).with("stage", self.stage)
    }
}

pub(super) fn check(indicator: &Indicator, criterion: &Criterion, at: &Pointer, lint: &mut Lint<'_>, module: bool) {
    let Lint { standard, names, found } = lint;
    let quantity_here = indicator.quantity_in(criterion);
    let place = Place {
        indicator: indicator.id.as_str(),
        stage: criterion.stage.as_ref().map_or("all", |stage| stage.as_str()),
        unit: match (&indicator.per, quantity_here) {
            (Some(per), _) => Some(per.unit.as_str()),
            (None, Quantity::Number(number)) => Some(number.unit.as_str()),
            _ => None,
        },
    };
    let finding = |code: Code, at: Pointer| place.finding(code, at);
    let measures = Measures::of(indicator, quantity_here);
    if let Some(stage) = &criterion.stage {
        names.stage(stage.as_str(), &at.with("stage"), found);
    }
    if let Some(own) = &criterion.quantity {
        quantity(own, &at.with("quantity"), found);
    }
    if let Some(applies) = &criterion.applies {
        condition(&applies.when, &at.with("applies").with("when"), names, found);
        if reach::is_impossible(&applies.when, &standard.facts) {
            found.push(Diagnostic::new(Code::NeverApplies, at.with("applies").with("when")));
        }
    }
    match (criterion.binding, &criterion.gate) {
        (Binding::Required, None) => found.push(finding(Code::GateMissing, at.clone())),
        (Binding::Required, Some(gate)) => {
            check_gate(gate, &at.with("gate"), found);
            names.basis(standard, &gate.basis, &at.with("gate").with("basis"), found);
            reach::gate(&place, gate, &measures, &at.with("gate"), found);
        }
        (_, Some(_)) => found.push(finding(Code::GateForNothing, at.with("gate"))),
        _ => {}
    }
    if criterion.binding == Binding::Bonus && criterion.points.is_none() {
        found.push(finding(Code::BonusWithoutPoints, at.clone()));
    }
    if criterion.binding == Binding::Required && module {
        found.push(finding(Code::GateInModule, at.with("binding")));
    }
    names.basis(standard, &criterion.basis, &at.with("basis"), found);
    if criterion.basis.is_empty() && !every_threshold_has_basis(&criterion.rule) {
        found.push(finding(Code::BasisMissing, at.clone()));
    }
    rule(&criterion.rule, quantity_here, &at.with("rule"), names, standard, found);
    reach::rule(&place, &criterion.rule, &measures, &at.with("rule"), found);
}

fn check_gate(gate: &Gate, at: &Pointer, found: &mut Findings) {
    match (gate.at_least, gate.at_most) {
        (None, None) => found.push(Diagnostic::new(Code::GateEmpty, at.clone())),
        (Some(low), Some(high)) if high < low => {
            let diagnostic = Diagnostic::new(Code::NotAscending, at.with("at_most"));
            found.push(diagnostic.number("found", high.get()).number("previous", low.get()));
        }
        _ => {}
    }
}

pub(super) fn condition(condition: &Condition, at: &Pointer, names: &Names<'_>, found: &mut Findings) {
    match condition {
        Condition::Fact(fact) => {
            let Some(definition) = names.fact(fact.fact.as_str(), &at.with("fact"), found) else { return };
            let fits = match definition.kind {
                FactKind::Number => fact.is.is_none() && fact.choice.is_none() && (fact.at_least.is_some() || fact.at_most.is_some()),
                FactKind::YesNo => fact.is.is_some() && fact.choice.is_none() && fact.at_least.is_none() && fact.at_most.is_none(),
                FactKind::Choice => fact.choice.is_some() && fact.is.is_none() && fact.at_least.is_none() && fact.at_most.is_none(),
            };
            if !fits {
                mismatch(fact.fact.as_str(), definition, at, found);
            }
        }
        Condition::All(inner) | Condition::Any(inner) => {
            let at = at.with("conditions");
            at_least(1, inner.conditions.len(), what("conditions", "条件"), &at, found);
            for (i, inner) in inner.conditions.iter().enumerate() {
                self::condition(inner, &at.at(i), names, found);
            }
        }
        Condition::Not(inner) => self::condition(&inner.condition, &at.with("condition"), names, found),
    }
}

fn mismatch(fact: &str, definition: &FactDefinition, at: &Pointer, found: &mut Findings) {
    let kind = match definition.kind {
        FactKind::Number => what("number", "数字"),
        FactKind::YesNo => what("yes-or-no fact", "是否项"),
        FactKind::Choice => what("choice", "选项"),
    };
    found.push(Diagnostic::new(Code::ConditionMismatch, at.clone()).with("fact", fact).bilingual("expected", kind));
}

fn rule(rule: &Rule, quantity: &Quantity, at: &Pointer, names: &Names<'_>, standard: &Standard, found: &mut Findings) {
    let fits = match rule {
        Rule::Piecewise(_) | Rule::Steps(_) => matches!(quantity, Quantity::Number(_)),
        Rule::Levels(_) => matches!(quantity, Quantity::Level(_)),
        Rule::Checklist(_) => matches!(quantity, Quantity::Checklist(_)),
        Rule::YesNo(_) => matches!(quantity, Quantity::YesNo(_)),
    };
    if !fits {
        let diagnostic = Diagnostic::new(Code::RuleMismatch, at.with("type"));
        found.push(diagnostic.with("rule", rule.kind()).with("quantity", quantity.kind()));
        return;
    }
    match rule {
        Rule::Piecewise(line) => {
            points(&line.points, &at.with("points"), names, standard, found);
            if line.scale == Some(Scale::Logarithmic) {
                have_logarithms(&line.points, &at.with("points"), found);
            }
        }
        Rule::Checklist(list) if !list.points.is_empty() => points(&list.points, &at.with("points"), names, standard, found),
        Rule::Checklist(_) | Rule::YesNo(_) => {}
        Rule::Steps(steps) => {
            let at = at.with("steps");
            at_least(1, steps.steps.len(), what("steps", "分段"), &at, found);
            for (i, step) in steps.steps.iter().enumerate() {
                names.basis(standard, &step.basis, &at.at(i).with("basis"), found);
                if step.from.is_none() && i > 0 {
                    found.push(Diagnostic::new(Code::MissingMember, at.at(i)).with("member", "from"));
                }
            }
            let edges = steps.steps.iter().enumerate().filter_map(|(i, s)| s.from.map(|from| (from.get(), at.at(i).with("from"))));
            ascending(edges, found);
        }
        Rule::Levels(levels) => {
            let at = at.with("scores");
            let Quantity::Level(scale) = quantity else { return };
            for (i, score) in levels.scores.iter().enumerate() {
                names.basis(standard, &score.basis, &at.at(i).with("basis"), found);
                if !scale.levels.iter().any(|level| level.level == score.level) {
                    let diagnostic = Diagnostic::new(Code::UnknownReference, at.at(i).with("level"));
                    found.push(diagnostic.bilingual("what", what("level", "等级")).number("found", score.level.get()));
                }
            }
            ascending(levels.scores.iter().enumerate().map(|(i, s)| (s.level.get(), at.at(i).with("level"))), found);
            for level in &scale.levels {
                if !levels.scores.iter().any(|score| score.level == level.level) {
                    found.push(Diagnostic::new(Code::LevelNotScored, at.clone()).number("level", level.level.get()));
                }
            }
        }
    }
}

fn points(points: &[Point], at: &Pointer, names: &Names<'_>, standard: &Standard, found: &mut Findings) {
    at_least(2, points.len(), what("points", "点"), at, found);
    ascending(points.iter().enumerate().map(|(i, p)| (p.at.get(), at.at(i).with("at"))), found);
    for (i, point) in points.iter().enumerate() {
        names.basis(standard, &point.basis, &at.at(i).with("basis"), found);
    }
}

fn have_logarithms(points: &[Point], at: &Pointer, found: &mut Findings) {
    for (i, point) in points.iter().enumerate().filter(|(_, point)| point.at.get() <= 0.0) {
        found.push(Diagnostic::new(Code::LogarithmOfNothing, at.at(i).with("at")).number("found", point.at.get()));
    }
}

fn every_threshold_has_basis(rule: &Rule) -> bool {
    let all = |mut bases: Box<dyn Iterator<Item = &[Basis]> + '_>| bases.all(|basis| !basis.is_empty());
    match rule {
        Rule::Piecewise(line) => all(Box::new(line.points.iter().map(|p| &*p.basis))),
        Rule::Steps(steps) => all(Box::new(steps.steps.iter().map(|s| &*s.basis))),
        Rule::Levels(levels) => all(Box::new(levels.scores.iter().map(|s| &*s.basis))),
        Rule::Checklist(list) => !list.points.is_empty() && all(Box::new(list.points.iter().map(|p| &*p.basis))),
        Rule::YesNo(_) => false,
    }
}

fn at_least(expected: usize, count: usize, kind: Bilingual, at: &Pointer, found: &mut Findings) {
    if count < expected {
        let diagnostic = Diagnostic::new(Code::TooFew, at.clone()).bilingual("what", kind);
        found.push(diagnostic.with("expected", expected.to_string()).with("found", count.to_string()));
    }
}

fn ascending(values: impl Iterator<Item = (f64, Pointer)>, found: &mut Findings) {
    let mut previous: Option<f64> = None;
    for (value, at) in values {
        if let Some(before) = previous.filter(|before| value <= *before) {
            found.push(Diagnostic::new(Code::NotAscending, at).number("found", value).number("previous", before));
        }
        previous = Some(value);
    }
}
