//! JSON Schemas (draft 2020-12), generated from the types.
//!
//! A schema says what one reader of a document alone can say. What needs two documents, or two places in one, is said by the checks.

mod change;
mod compiled;

pub use change::{Change, Effect, changes};
pub use compiled::{UnknownStage, submission_for};

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use crate::assessment::Assessment;
use crate::community::Community;
use crate::comparison::Comparison;
use crate::document::Kind;
use crate::id::StringRule;
use crate::quantity::NumberRule;
use crate::robustness::Robustness;
use crate::standard::Standard;
use crate::submission::Submission;
use crate::waivers::Waivers;

/// The name space of the schemas. Nothing needs to be served there.
pub const BASE: &str = "https://talent-standard.github.io/schemas/v1/";

/// The schema of one kind of document: self-contained, with titles and descriptions from the types' documentation.
///
/// ```
/// use talent_model::{document::Kind, schema};
/// assert_eq!(schema::of(Kind::Community)["$defs"]["CommunityKind"]["enum"][0], "community");
/// ```
#[must_use]
pub fn of(kind: Kind) -> Value {
    let schema = match kind {
        Kind::Standard => root::<Standard>(),
        Kind::Community => root::<Community>(),
        Kind::Submission => root::<Submission>(),
        Kind::Assessment => root::<Assessment>(),
        Kind::Robustness => root::<Robustness>(),
        Kind::Comparison => root::<Comparison>(),
        Kind::Waivers => root::<Waivers>(),
    };
    let mut schema = schema.to_value();
    tidy(&mut schema);
    if let Value::Object(members) = &mut schema {
        members.insert("$id".into(), json!(format!("{BASE}{kind}.schema.json")));
        members.insert("examples".into(), json!([example(kind)]));
    }
    schema
}

/// A small document of the kind, for whoever reads its schema.
#[must_use]
pub fn example(kind: Kind) -> Value {
    let text = match kind {
        Kind::Standard => include_str!("schema/examples/standard.json"),
        Kind::Community => include_str!("schema/examples/community.json"),
        Kind::Submission => include_str!("schema/examples/submission.json"),
        Kind::Assessment => include_str!("schema/examples/assessment.json"),
        Kind::Robustness => include_str!("schema/examples/robustness.json"),
        Kind::Comparison => include_str!("schema/examples/comparison.json"),
        Kind::Waivers => include_str!("schema/examples/waivers.json"),
    };
    // A test reads every one of them.
    serde_json::from_str(text).unwrap_or_default()
}

fn root<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>()
}

/// Drops number formats that strict validators of other languages refuse, and `null`, which no document may hold. A reference with words beside it is put
/// into a list of its own: some generators of types take what stands beside a reference for another type.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            members.remove("format");
            if members.get("default").is_some_and(Value::is_null) {
                members.remove("default");
            }
            if let Some(Value::Array(types)) = members.get_mut("type") {
                types.retain(|t| t != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    members.insert("type".into(), only);
                }
            }
            if let Some(Value::Array(choices)) = members.get("anyOf")
                && let [only, null] = choices.as_slice()
                && null == &json!({ "type": "null" })
                && let Value::Object(only) = only.clone()
            {
                members.remove("anyOf");
                members.extend(only);
            }
            if members.len() > 1
                && let Some(reference) = members.remove("$ref")
            {
                members.insert("allOf".into(), json!([{ "$ref": reference }]));
            }
            members.values_mut().for_each(tidy);
        }
        Value::Array(items) => items.iter_mut().for_each(tidy),
        _ => {}
    }
}

/// The text of a documentation comment as a description.
fn prose(doc: &str) -> String {
    let paragraphs: Vec<String> = doc.split("\n\n").map(|p| p.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    paragraphs.join("\n\n").trim().to_owned()
}

pub(crate) fn string(rule: &StringRule, doc: &str) -> Schema {
    json_schema!({
        "type": "string",
        "minLength": 1,
        "maxLength": rule.max_length,
        "pattern": rule.pattern,
        "description": prose(doc),
        "examples": rule.examples,
    })
}

pub(crate) fn number(rule: NumberRule, doc: &str) -> Schema {
    let mut schema = json_schema!({
        "type": if rule.integer { "integer" } else { "number" },
        "description": prose(doc),
    });
    if rule.min > f64::MIN {
        schema.insert("minimum".into(), plain(rule.min));
    }
    if rule.max < f64::MAX {
        schema.insert("maximum".into(), plain(rule.max));
    }
    schema
}

#[expect(clippy::cast_possible_truncation, reason = "guarded: integral and small")]
fn plain(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 1e16 { json!(value as i64) } else { json!(value) }
}

pub(crate) fn words(words: &[(&str, &str)], doc: &str) -> Schema {
    let list: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let mut description = prose(doc);
    for (word, doc) in words {
        description.push_str(&format!("\n- `{word}`: {}", prose(doc)));
    }
    json_schema!({ "type": "string", "enum": list, "description": description })
}

/// A choice by `type`. Its members stand side by side, as generators of types understand them; what each word asks of them hangs on `type`, as one
/// condition per word rather than as `oneOf`, so that a validator's message names the member that is wrong and not every branch that did not fit.
pub(crate) fn tagged<const N: usize>(generator: &mut SchemaGenerator, name: &str, branches: [(&str, &str, Schema); N], doc: &str) -> Schema {
    let types: Vec<(&str, &str)> = branches.iter().map(|(word, doc, _)| (*word, *doc)).collect();
    let mut description = prose(doc);
    for (word, doc) in &types {
        description.push_str(&format!("\n- `{word}`: {}", prose(doc)));
    }
    let type_name = format!("{name}Type");
    let branches = branches.map(|(word, _, branch)| Branch::new(word, branch));
    let mut properties = Map::from_iter([("type".to_owned(), json!({ "$ref": format!("#/$defs/{type_name}") }))]);
    for (member, schema) in branches.iter().flat_map(|branch| &branch.members) {
        let known = properties.entry(member).or_insert_with(|| schema.clone());
        if bare(known) != bare(schema) {
            // What is asked differs from word to word, and is said with the word.
            *known = json!({ "description": known.get("description") });
        }
    }
    let conditions: Vec<Value> = branches.iter().map(|branch| branch.condition(&properties)).collect();
    generator.definitions_mut().insert(type_name, words(&types, &format!("What kind of {name} it is.")).to_value());
    json_schema!({
        "type": "object",
        "description": description,
        "properties": properties,
        "required": ["type"],
        "additionalProperties": false,
        "dependentSchemas": { "type": { "allOf": conditions } },
    })
}

/// What no value is. Not `false`, for then validators in Python name the object in which the member stands, and not the member.
fn nothing() -> Value {
    json!({ "not": {} })
}

/// The schema of a member without what is said about it.
fn bare(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Value::Object(members) = &mut schema {
        members.remove("description");
    }
    schema
}

/// What one word of a choice asks.
struct Branch<'w> {
    word: &'w str,
    members: Map<String, Value>,
    required: Vec<Value>,
}

impl<'w> Branch<'w> {
    fn new(word: &'w str, schema: Schema) -> Self {
        let mut schema = schema.to_value();
        let mut take = |name: &str| schema.get_mut(name).map(Value::take);
        let members = take("properties").and_then(|v| if let Value::Object(members) = v { Some(members) } else { None });
        let required = take("required").and_then(|v| if let Value::Array(names) = v { Some(names) } else { None });
        Self { word, members: members.unwrap_or_default(), required: required.unwrap_or_default() }
    }

    /// Members of other words are refused, those of this one must be there; every required name stands under `properties` too, as strict validators demand.
    fn condition(&self, properties: &Map<String, Value>) -> Value {
        let mut then = Map::new();
        for (member, known) in properties.iter().filter(|(member, _)| *member != "type") {
            let asked = match self.members.get(member) {
                None => nothing(),
                Some(schema) if bare(schema) != bare(known) => schema.clone(),
                Some(_) if self.required.iter().any(|name| name == member) => json!(true),
                Some(_) => continue,
            };
            then.insert(member.clone(), asked);
        }
        let mut then = json!({ "type": "object", "properties": then });
        if let (Value::Object(then), false) = (&mut then, self.required.is_empty()) {
            then.insert("required".into(), json!(self.required));
        }
        json!({ "if": { "type": "object", "properties": { "type": { "const": self.word } } }, "then": then })
    }
}
