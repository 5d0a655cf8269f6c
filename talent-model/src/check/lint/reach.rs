//! What can be reached: thresholds and gates within what anybody can answer, conditions that can hold, grades that can be awarded.

use super::criterion::Place;
use crate::Standard;
use crate::diagnostic::{Code, Diagnostic, Findings, Pointer};
use crate::quantity::{Number, Quantity, Weight};
use crate::standard::{
    Aggregation, Binding, Category, Condition, FactCondition, FactDefinition, FactKind, Gate, Indicator, Plain, Requirement, Rule, Shape,
};

/// The measures that an answer can have.
pub(super) enum Measures {
    /// One of these.
    These(Vec<f64>),
    /// Any between these, which may be infinite.
    Between(f64, f64),
}

impl Measures {
    pub(super) fn of(indicator: &Indicator, quantity: &Quantity) -> Self {
        match quantity {
            Quantity::Level(scale) => Self::These(scale.levels.iter().map(|level| level.level.get()).collect()),
            Quantity::YesNo(_) => Self::These(vec![0.0, 1.0]),
            Quantity::Checklist(_) | Quantity::Number(_) => {
                let (low, high) = quantity.limits();
                let (low, high) = (low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY));
                match indicator.per {
                    None => Self::Between(low, high),
                    // Of a ratio only the sign is known.
                    Some(_) if low >= 0.0 => Self::Between(0.0, f64::INFINITY),
                    Some(_) => Self::Between(f64::NEG_INFINITY, f64::INFINITY),
                }
            }
        }
    }

    fn ends(&self) -> (f64, f64) {
        match self {
            Self::Between(low, high) => (*low, *high),
            Self::These(all) => all.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(*x), high.max(*x))),
        }
    }

    /// Whether any, and whether every measure lies between two edges.
    fn within(&self, low: f64, high: f64) -> (bool, bool) {
        match self {
            Self::Between(least, most) => (*least <= high && *most >= low, *least >= low && *most <= high),
            Self::These(all) => {
                let inside = |x: &f64| (low..=high).contains(x);
                (all.iter().any(inside), all.iter().all(inside))
            }
        }
    }
}

/// One threshold: the measure, the score that begins there, and where it stands.
struct Edge {
    at: f64,
    score: f64,
    pointer: Pointer,
}

fn edges(rule: &Rule, at: &Pointer) -> Vec<Edge> {
    let line = |points: &[crate::standard::Point]| -> Vec<Edge> {
        let here = at.with("points");
        points.iter().enumerate().map(|(i, p)| Edge { at: p.at.get(), score: p.score.get(), pointer: here.at(i).with("at") }).collect()
    };
    match rule {
        Rule::Piecewise(rule) => line(&rule.points),
        Rule::Checklist(rule) => line(&rule.points),
        Rule::Steps(rule) => {
            let here = at.with("steps");
            let edge = |(i, step): (usize, &crate::standard::Step)| Edge {
                at: step.from.map_or(f64::NEG_INFINITY, Number::get),
                score: step.score.get(),
                pointer: here.at(i).with("from"),
            };
            rule.steps.iter().enumerate().map(edge).collect()
        }
        Rule::Levels(_) | Rule::YesNo(_) => Vec::new(),
    }
}

pub(super) fn rule(place: &Place<'_>, rule: &Rule, measures: &Measures, at: &Pointer, found: &mut Findings) {
    let edges = edges(rule, at);
    let (low, high) = measures.ends();
    for edge in edges.iter().filter(|edge| edge.at.is_finite()) {
        let limit = if edge.at > high { high } else { low };
        if edge.at > high || edge.at < low {
            found.push(Diagnostic::new(Code::EdgeOutOfReach, edge.pointer.clone()).number("found", edge.at).number("limit", limit));
        }
    }
    if let Rule::Steps(_) = rule {
        if let Some(first) = edges.first().filter(|first| first.at.is_finite() && first.at > low) {
            found.push(Diagnostic::new(Code::OpenBelow, first.pointer.clone()).number("found", first.at));
        }
        for (before, edge) in edges.iter().zip(edges.iter().skip(1)).filter(|(before, edge)| before.score == edge.score) {
            found.push(idle(edge, before.score));
        }
    } else if let Some(first) = edges.first()
        && edges.len() > 1
        && edges.iter().all(|edge| edge.score == first.score)
    {
        found.push(idle(first, first.score));
    }
    let shape = match rule {
        Rule::Piecewise(rule) => rule.shape,
        Rule::Steps(rule) => rule.shape,
        _ => None,
    };
    direction(place, shape, &edges, found);
    percent(place, &edges, at, found);
}

fn idle(edge: &Edge, score: f64) -> Diagnostic {
    Diagnostic::new(Code::EdgeWithoutEffect, edge.pointer.clone()).number("found", edge.at).number("score", score)
}

/// Holds the edges to the shape that is declared, or to one direction where none is.
fn direction(place: &Place<'_>, shape: Option<Shape>, edges: &[Edge], found: &mut Findings) {
    let mut turns: Vec<(&Edge, bool)> = Vec::new();
    let mut rising = None;
    for (before, edge) in edges.iter().zip(edges.iter().skip(1)).filter(|(before, edge)| before.score != edge.score) {
        let up = edge.score > before.score;
        if rising != Some(up) {
            turns.push((before, up));
        }
        rising = Some(up);
    }
    let directions: Vec<bool> = turns.iter().map(|(_, up)| *up).collect();
    let fits = match shape {
        None => directions.len() < 2,
        Some(Shape::Rising) => directions.iter().all(|up| *up),
        Some(Shape::Falling) => directions.iter().all(|up| !*up),
        Some(Shape::Band) => directions == [true, false],
        Some(Shape::Trough) => directions == [false, true],
    };
    if fits {
        return;
    }
    let first = match shape {
        None | Some(Shape::Band | Shape::Trough) => turns.get(1).or(turns.first()),
        Some(Shape::Rising) => turns.iter().find(|(_, up)| !*up),
        Some(Shape::Falling) => turns.iter().find(|(_, up)| *up),
    };
    let Some(edge) = first.map(|(edge, _)| *edge).or(edges.first()) else { return };
    let code = if shape.is_some() { Code::ShapeContradicts } else { Code::DirectionChanges };
    let diagnostic = place.finding(code, edge.pointer.clone()).number("found", edge.at);
    found.push(match shape {
        Some(shape) => diagnostic.with("expected", shape.as_str()),
        None => diagnostic,
    });
}

/// Per cent thresholds that all end at 1 were probably written as parts of one.
fn percent(place: &Place<'_>, edges: &[Edge], at: &Pointer, found: &mut Findings) {
    let most = edges.iter().map(|edge| edge.at).fold(f64::NEG_INFINITY, f64::max);
    if place.unit == Some("%") && most > 0.0 && most <= 1.0 {
        found.push(place.finding(Code::PercentAsShare, at.clone()).number("found", most));
    }
}

pub(super) fn gate(place: &Place<'_>, gate: &Gate, measures: &Measures, at: &Pointer, found: &mut Findings) {
    if gate.at_least.is_none() && gate.at_most.is_none() {
        return;
    }
    let (low, high) = (gate.at_least.map_or(f64::NEG_INFINITY, Number::get), gate.at_most.map_or(f64::INFINITY, Number::get));
    match measures.within(low, high) {
        (false, _) => found.push(place.finding(Code::CannotBeMet, at.clone())),
        (_, true) => found.push(place.finding(Code::GateWithoutEffect, at.clone())),
        _ => {}
    }
}

/// Whether a condition contradicts itself.
pub(super) fn is_impossible(condition: &Condition, facts: &crate::collection::Map<crate::id::FactId, FactDefinition>) -> bool {
    match condition {
        Condition::Fact(fact) => {
            let reversed = matches!((fact.at_least, fact.at_most), (Some(low), Some(high)) if high < low);
            let no_such_choice = fact.choice.as_ref().is_some_and(|choice| {
                let definition = facts.get(fact.fact.as_str()).filter(|definition| definition.kind == FactKind::Choice);
                definition.is_some_and(|definition| !definition.choices.iter().any(|known| known.id == *choice))
            });
            reversed || no_such_choice
        }
        Condition::All(parts) => {
            let facts_of: Vec<&FactCondition> =
                parts.conditions.iter().filter_map(|part| if let Condition::Fact(fact) = part { Some(fact) } else { None }).collect();
            let clash = facts_of.iter().enumerate().any(|(i, one)| facts_of.iter().skip(i + 1).any(|other| contradict(one, other)));
            clash || parts.conditions.iter().any(|part| is_impossible(part, facts))
        }
        Condition::Any(parts) => !parts.conditions.is_empty() && parts.conditions.iter().all(|part| is_impossible(part, facts)),
        Condition::Not(_) => false,
    }
}

/// Whether two tests of one fact cannot both hold.
fn contradict(one: &FactCondition, other: &FactCondition) -> bool {
    let differ = |a: Option<bool>, b: Option<bool>| matches!((a, b), (Some(a), Some(b)) if a != b);
    let choices = matches!((&one.choice, &other.choice), (Some(a), Some(b)) if a != b);
    let apart = |a: &FactCondition, b: &FactCondition| matches!((a.at_least, b.at_most), (Some(low), Some(high)) if high < low);
    one.fact == other.fact && (differ(one.is, other.is) || choices || apart(one, other) || apart(other, one))
}

/// Grades that no community can have.
pub(super) fn grades(standard: &Standard, found: &mut Findings) {
    let full = full(standard);
    let mean = !matches!(aggregation(standard, None, 0), Aggregation::Sum(_));
    let at = Pointer::root().with("grades");
    for (i, grade) in standard.grades.iter().enumerate() {
        let here = at.at(i);
        let mut never = |at: Pointer, en: String, zh: String| {
            let diagnostic = Diagnostic::new(Code::UnreachableGrade, at).with("grade", grade.id.as_str());
            found.push(diagnostic.with("why", en).with("why_zh", zh));
        };
        if grade.total.get() > full {
            let total = grade.total.get();
            never(
                here.with("total"),
                format!("a total of {total} is asked, and {full} is the most there is"),
                format!("要求总分 {total}，而最高只有 {full}"),
            );
        }
        for (j, needed) in grade.requires.iter().enumerate() {
            if unmeetable(standard, needed) {
                let id = needed.indicator.as_str();
                let zh = format!("任何填报都达不到对 `{id}` 的要求");
                never(here.with("requires").at(j), format!("no answer gives what it needs of `{id}`"), zh);
            }
        }
        if let Some(floor) = grade.floor.filter(|floor| mean && floor.get() > grade.total.get()) {
            let diagnostic = Diagnostic::new(Code::FloorAboveTotal, here.with("floor")).with("grade", grade.id.as_str());
            found.push(diagnostic.number("found", floor.get()).number("expected", grade.total.get()));
        }
    }
}

/// Whether what a grade needs of an indicator lies beyond what can be answered in every stage that asks it.
fn unmeetable(standard: &Standard, needed: &Requirement) -> bool {
    let Some((_, indicator)) = standard.indicators().into_iter().find(|(_, indicator)| indicator.id == needed.indicator) else { return false };
    let (low, high) = (needed.at_least.map_or(f64::NEG_INFINITY, Number::get), needed.at_most.map_or(f64::INFINITY, Number::get));
    !indicator.criteria.is_empty()
        && indicator.criteria.iter().all(|criterion| !Measures::of(indicator, indicator.quantity_in(criterion)).within(low, high).0)
}

fn aggregation(standard: &Standard, category: Option<&Category>, depth: usize) -> Aggregation {
    #[expect(clippy::cast_precision_loss, reason = "the depth of a tree is small")]
    let by_level = standard.method.levels.iter().find(|level| level.level.get() == depth as f64).map(|level| level.aggregation.clone());
    let own = category.and_then(|category| category.aggregation.clone());
    own.or(by_level).or_else(|| standard.method.aggregation.clone()).unwrap_or(Aggregation::Arithmetic(Plain {}))
}

/// The most that a total can be: 100, or the sum of all points.
fn full(standard: &Standard) -> f64 {
    if !matches!(aggregation(standard, None, 0), Aggregation::Sum(_)) {
        return 100.0;
    }
    standard.scenarios.iter().map(|scenario| points(standard, scenario, 1)).sum()
}

/// The points of a category inside a sum.
fn points(standard: &Standard, category: &Category, depth: usize) -> f64 {
    let weight = |weight: Option<Weight>| weight.map_or(1.0, Weight::get);
    if !matches!(aggregation(standard, Some(category), depth), Aggregation::Sum(_)) {
        return weight(category.weight);
    }
    let of_indicator = |indicator: &Indicator| {
        let scored = indicator.criteria.iter().filter(|criterion| matches!(criterion.binding, Binding::Required | Binding::Guided));
        scored.map(|criterion| weight(criterion.weight.or(indicator.weight))).fold(0.0, f64::max)
    };
    let own: f64 = category.indicators.iter().map(of_indicator).sum();
    weight(category.weight) * (own + category.categories.iter().map(|inner| points(standard, inner, depth + 1)).sum::<f64>())
}
