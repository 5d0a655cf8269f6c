//! The schema of submissions to one standard, compiled from it: any foreign validator then finds a wrong unit, an impossible value or an
//! indicator that does not exist.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{BASE, nothing, of, plain};
use crate::Standard;
use crate::document::{Document, Kind};
use crate::quantity::{NumberQuantity, Quantity};
use crate::standard::{AnswerPolicy, FactDefinition, FactKind, Indicator};
use crate::submission::State;
use crate::text::Text;

/// A stage that a standard does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the standard has no stage `{found}`: its stages are {known}")]
pub struct UnknownStage {
    found: String,
    known: String,
}

impl UnknownStage {
    /// The stage that was asked for.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.found
    }

    /// The stages that there are, separated by commas.
    #[must_use]
    pub fn known(&self) -> &str {
        &self.known
    }
}

/// The schema of submissions to one standard.
///
/// With a stage, only what that stage asks is known: it is meant for communities all of whose zones are in it. Without one, an answer
/// may be what any stage asks.
///
/// The schema says what one place of a document alone can say: the indicator, the member that holds the answer, unit, limits, levels,
/// items, whether it may be not applicable, and how facts are given. References between places (zones, evidence), dates and repetitions
/// remain with [`check::submission`](crate::check::submission).
///
/// # Errors
/// [`UnknownStage`] when the standard has no such stage.
///
/// ```
/// use talent_model::{reference, schema};
/// let schema = schema::submission_for(reference::standard(), Some("new"))?;
/// assert_eq!(schema["$defs"]["StandardPin"]["properties"]["id"]["const"], reference::standard().id.as_str());
/// # Ok::<(), schema::UnknownStage>(())
/// ```
pub fn submission_for(standard: &Standard, stage: Option<&str>) -> Result<Value, UnknownStage> {
    let stages: Vec<String> = standard.stage_ids().iter().map(ToString::to_string).collect();
    if let Some(stage) = stage
        && !stages.iter().any(|s| s == stage)
    {
        return Err(UnknownStage { found: stage.into(), known: stages.join(", ") });
    }
    let asked: Vec<(&Indicator, Vec<&Quantity>)> = standard
        .answerable()
        .into_iter()
        .map(|indicator| (indicator, quantities(indicator, stage)))
        .filter(|(_, quantities)| !quantities.is_empty())
        .collect();
    let mut schema = of(Kind::Submission);
    let place = stage.map_or_else(String::new, |stage| format!("{stage}/"));
    set(&mut schema, "/$id", json!(format!("{BASE}{}/{}/{place}submission.schema.json", standard.id, standard.version)));
    set(&mut schema, "/title", json!(format!("Submission to {} {}", both(&standard.title, " "), standard.version)));
    let mut description = both(&standard.title, "\n");
    if let Some(stage) = stage {
        description.push_str(&format!("\nStage: {stage}"));
        for known in standard.stages.iter().filter(|s| s.id.as_str() == stage) {
            description.push_str(&format!(" ({})", both(&known.name, " ")));
        }
    }
    if let Some(notice) = &standard.notice {
        description.push_str(&format!("\n\n{}", both(notice, "\n")));
    }
    set(&mut schema, "/description", json!(description));
    // The example answers another standard.
    if let Value::Object(members) = &mut schema {
        members.remove("examples");
        members.insert("allOf".into(), json!([exactly_one(&["community", "community_ref"])]));
    }
    pin(&mut schema, standard);
    community(&mut schema, standard);
    observations(&mut schema, &asked);
    Ok(schema)
}

/// Puts a value where its parent already is.
fn set(schema: &mut Value, pointer: &str, value: Value) {
    if let Some((parent, name)) = pointer.rsplit_once('/')
        && let Some(Value::Object(members)) = schema.pointer_mut(parent)
    {
        members.insert(name.into(), value);
    }
}

/// A text in all its languages.
fn both(text: &Text, between: &str) -> String {
    text.values().map(crate::text::Prose::as_str).collect::<Vec<_>>().join(between)
}

/// The condition that exactly one of the members is there. Every name stands under `properties` too, as strict validators demand.
fn exactly_one(names: &[&str]) -> Value {
    match names {
        [] => json!(true),
        [only] => present(only),
        [first, rest @ ..] => {
            let forbidden: Map<String, Value> = rest.iter().map(|name| ((*name).to_owned(), nothing())).collect();
            json!({
                "if": present(first),
                "then": { "type": "object", "properties": forbidden },
                "else": exactly_one(rest),
            })
        }
    }
}

fn present(name: &str) -> Value {
    json!({ "type": "object", "properties": { name: true }, "required": [name] })
}

fn pin(schema: &mut Value, standard: &Standard) {
    set(schema, "/$defs/StandardPin/properties/id", json!({ "const": standard.id.as_str() }));
    set(schema, "/$defs/StandardPin/properties/version", json!({ "const": standard.version.as_str() }));
    if let Ok(digest) = standard.digest() {
        set(schema, "/$defs/StandardPin/properties/digest", json!({ "const": digest.as_str() }));
    }
}

/// Facts as the standard declares them, and the stages that it has.
fn community(schema: &mut Value, standard: &Standard) {
    let mut known = Map::new();
    for (id, definition) in standard.facts.iter() {
        let name = format!("fact-{id}");
        if let Some(fact) = schema.pointer("/$defs/Fact").cloned() {
            set(schema, &format!("/$defs/{name}"), fact_of(fact, definition));
        }
        known.insert(id.to_string(), json!({ "$ref": format!("#/$defs/{name}") }));
    }
    set(schema, "/$defs/Fact/allOf", json!([exactly_one(&["value", "answer", "choice"])]));
    for owner in ["Community", "Zone"] {
        set(schema, &format!("/$defs/{owner}/properties/facts/properties"), Value::Object(known.clone()));
    }
    if !standard.stages.is_empty() {
        let stages: Vec<&str> = standard.stages.iter().map(|s| s.id.as_str()).collect();
        let description = standard.stages.iter().map(|s| format!("\n- `{}`: {}", s.id, both(&s.name, " "))).collect::<String>();
        set(schema, "/$defs/StageId", json!({ "type": "string", "enum": stages, "description": format!("A stage of the standard.{description}") }));
    }
    if standard.stages.len() > 1 {
        set(schema, "/$defs/Community/properties/zones/minItems", json!(1));
        if let Some(Value::Array(required)) = schema.pointer_mut("/$defs/Community/required") {
            required.push(json!("zones"));
        }
    }
}

/// The general fact, narrowed to how one fact is given.
fn fact_of(mut fact: Value, definition: &FactDefinition) -> Value {
    let expected = match definition.kind {
        FactKind::Number => "value",
        FactKind::YesNo => "answer",
        FactKind::Choice => "choice",
    };
    if let Some(Value::Object(properties)) = fact.pointer_mut("/properties") {
        for other in ["value", "answer", "choice"].into_iter().filter(|name| *name != expected) {
            properties.remove(other);
        }
        if let Some(unit) = &definition.unit {
            properties.insert("unit".into(), json!({ "const": unit.as_str() }));
        }
        if definition.kind == FactKind::Choice {
            let choices: Vec<&str> = definition.choices.iter().map(|choice| choice.id.as_str()).collect();
            properties.insert("choice".into(), json!({ "enum": choices }));
        }
    }
    set(&mut fact, "/description", json!(both(&definition.name, "\n")));
    set(&mut fact, "/required", json!([expected]));
    fact
}

/// What an indicator asks: in one stage, or in any.
fn quantities<'s>(indicator: &'s Indicator, stage: Option<&str>) -> Vec<&'s Quantity> {
    let mut found: Vec<&Quantity> = Vec::new();
    let criteria: Vec<_> = match stage {
        Some(stage) => indicator.criterion(stage).into_iter().collect(),
        None => indicator.criteria.iter().collect(),
    };
    for quantity in criteria.into_iter().map(|criterion| indicator.quantity_in(criterion)) {
        if !found.contains(&quantity) {
            found.push(quantity);
        }
    }
    found
}

fn observations(schema: &mut Value, asked: &[(&Indicator, Vec<&Quantity>)]) {
    let silent: Vec<&str> = State::ALL.iter().filter(|state| !state.has_answer()).map(|state| state.as_str()).collect();
    let is_silent = json!({ "type": "object", "properties": { "state": { "enum": silent } }, "required": ["state"] });
    let is_not_applicable = json!({ "type": "object", "properties": { "state": { "const": State::NotApplicable.as_str() } }, "required": ["state"] });
    let no_answer: Map<String, Value> = ANSWERS.iter().map(|name| ((*name).to_owned(), nothing())).collect();
    let mut conditions = vec![
        json!({ "if": is_silent, "then": { "type": "object", "properties": no_answer } }),
        json!({ "if": is_not_applicable, "then": present("reason") }),
    ];
    for (indicator, quantities) in asked {
        let name = format!("indicator-{}", indicator.id);
        conditions.push(json!({
            "if": { "type": "object", "properties": { "indicator": { "const": indicator.id.as_str() } }, "required": ["indicator"] },
            "then": { "$ref": format!("#/$defs/{name}") },
        }));
        set(schema, &format!("/$defs/{name}"), observation(indicator, quantities, &is_silent));
    }
    let ids: Vec<&str> = asked.iter().map(|(indicator, _)| indicator.id.as_str()).collect();
    let description = "An indicator of the standard. 标准中的指标。";
    set(schema, "/$defs/NodeId", json!({ "type": "string", "enum": ids, "description": description }));
    set(schema, "/$defs/Observation/allOf", Value::Array(conditions));
}

const ANSWERS: [&str; 4] = ["value", "level", "items", "answer"];

/// What an observation of one indicator must be.
fn observation(indicator: &Indicator, quantities: &[&Quantity], is_silent: &Value) -> Value {
    let code = indicator.code.as_ref().map_or_else(String::new, |code| format!("{code} "));
    let mut description = both(&indicator.name, "\n");
    for text in [&indicator.definition, &indicator.measurement].into_iter().flatten() {
        description.push_str(&format!("\n\n{}", both(text, "\n")));
    }
    if let Some(sample) = &indicator.sample {
        let least = sample.minimum;
        description.push_str(&format!("\n\nScored only with a `sample` of at least {least}. `sample` 不少于 {least} 才计分。"));
    }
    let mut schema = json!({
        "title": format!("{code}{}", both(&indicator.name, " ")),
        "description": description,
        "type": "object",
        "if": is_silent,
        "else": answered(indicator, quantities),
    });
    if indicator.not_applicable.unwrap_or(AnswerPolicy::Forbidden) == AnswerPolicy::Forbidden {
        let states: Vec<&str> = State::ALL.iter().filter(|s| **s != State::NotApplicable).map(|s| s.as_str()).collect();
        set(&mut schema, "/properties", json!({ "state": { "enum": states } }));
    }
    schema
}

/// What an answered observation must be. Stages may ask different quantities; then an answer to any of them is one.
fn answered(indicator: &Indicator, quantities: &[&Quantity]) -> Value {
    let mut properties = Map::new();
    let expected: Vec<&str> = ANSWERS.into_iter().filter(|name| quantities.iter().any(|q| q.answer_member() == *name)).collect();
    for other in ANSWERS.iter().filter(|name| !expected.contains(name)) {
        properties.insert((*other).to_owned(), nothing());
    }
    let mut numbers = Vec::new();
    let mut levels: BTreeMap<String, (f64, String)> = BTreeMap::new();
    let mut items: BTreeMap<&str, String> = BTreeMap::new();
    for quantity in quantities {
        match quantity {
            Quantity::Number(number) => numbers.push(number),
            Quantity::Level(list) => {
                for level in &list.levels {
                    levels.entry(format!("{:>4}", level.level)).or_insert((level.level.get(), both(&level.name, " ")));
                }
            }
            Quantity::Checklist(list) => items.extend(list.items.iter().map(|item| (item.id.as_str(), both(&item.name, " ")))),
            Quantity::YesNo(_) => {
                properties.insert("answer".into(), json!({ "type": "boolean" }));
            }
        }
    }
    if !levels.is_empty() {
        let list: Vec<Value> = levels.values().map(|(level, _)| plain(*level)).collect();
        let description: Vec<String> = levels.values().map(|(level, name)| format!("{level}: {name}")).collect();
        properties.insert("level".into(), json!({ "enum": list, "description": description.join("\n") }));
    }
    if !items.is_empty() {
        let list: Vec<&str> = items.keys().copied().collect();
        let description: Vec<String> = items.iter().map(|(id, name)| format!("{id}: {name}")).collect();
        let item = json!({ "enum": list, "description": description.join("\n") });
        properties.insert("items".into(), json!({ "type": "array", "uniqueItems": true, "items": item }));
    }
    let mut conditions = Vec::new();
    if numbers.is_empty() {
        // Only numbers have units.
        properties.insert("unit".into(), nothing());
    } else {
        units(indicator, &numbers, &mut properties, &mut conditions);
    }
    let mut schema = json!({ "type": "object", "properties": properties });
    if let [only] = expected.as_slice() {
        properties_present(&mut schema, only);
    } else {
        conditions.push(exactly_one(&expected));
        if let [false, true] = [expected.len() == 1, expected.contains(&"value")] {
            let without_value = json!({ "type": "object", "properties": { "unit": nothing() } });
            conditions.push(json!({ "if": present("value"), "else": without_value }));
        }
    }
    if !conditions.is_empty() {
        set(&mut schema, "/allOf", Value::Array(conditions));
    }
    schema
}

fn properties_present(schema: &mut Value, name: &str) {
    if let Some(Value::Object(properties)) = schema.pointer_mut("/properties") {
        properties.entry(name).or_insert(json!(true));
    }
    set(schema, "/required", json!([name]));
}

/// Units, and limits by unit. The derived unit of a ratio keeps only the lower limit.
fn units(indicator: &Indicator, numbers: &[&NumberQuantity], properties: &mut Map<String, Value>, conditions: &mut Vec<Value>) {
    let mut units: Vec<&str> = Vec::new();
    let derived = indicator.per.as_ref().map(|per| per.unit.as_str());
    for unit in numbers.iter().map(|n| n.unit.as_str()).chain(derived) {
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    properties.insert("unit".into(), json!({ "enum": units }));
    let limits = |of: &dyn Fn(&NumberQuantity) -> bool, derived: bool| {
        let of: Vec<&NumberQuantity> = numbers.iter().copied().filter(|n| of(n)).collect();
        let whole = !derived && of.iter().all(|n| n.integer == Some(true));
        let mut schema = json!({ "type": if whole { "integer" } else { "number" } });
        // The widest limits of those that may be meant; one without a limit lifts it.
        let low = of.iter().map(|n| n.min.map_or(f64::NEG_INFINITY, crate::quantity::Number::get)).fold(f64::INFINITY, f64::min);
        let high = of.iter().map(|n| n.max.map_or(f64::INFINITY, crate::quantity::Number::get)).fold(f64::NEG_INFINITY, f64::max);
        if low.is_finite() {
            set(&mut schema, "/minimum", plain(low));
        }
        if high.is_finite() && !derived {
            set(&mut schema, "/maximum", plain(high));
        }
        schema
    };
    let any = limits(&|_| true, false);
    if let ([_], None) = (units.as_slice(), derived) {
        properties.insert("value".into(), any);
        return;
    }
    for unit in &units {
        let value = if Some(*unit) == derived { limits(&|_| true, true) } else { limits(&|n| n.unit.as_str() == *unit, false) };
        conditions.push(json!({
            "if": { "type": "object", "properties": { "unit": { "const": unit } }, "required": ["unit"] },
            "then": { "type": "object", "properties": { "value": value } },
        }));
    }
    conditions.push(json!({
        "if": present("unit"),
        "else": { "type": "object", "properties": { "value": any } },
    }));
}
