//! JSON Schemas (draft 2020-12), generated from the types.
//!
//! A schema says what one reader of a document alone can say. What needs two documents, or two places in one, is said by the checks.

mod compiled;

pub use compiled::{UnknownStage, submission_for};

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, json_schema};
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
/// assert_eq!(schema::of(Kind::Community)["properties"]["kind"]["$ref"], "#/$defs/CommunityKind");
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

/// Drops number formats that strict validators of other languages refuse, and `null`, which no document may hold.
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

/// A choice by `type`. Written as one condition per word rather than as `oneOf`, so that a validator's message names the member that is
/// wrong and not every branch that did not fit.
pub(crate) fn tagged<const N: usize>(branches: [(&str, &str, Schema); N], doc: &str) -> Schema {
    let list: Vec<&str> = branches.iter().map(|(word, ..)| *word).collect();
    let mut description = prose(doc);
    let mut conditions = Vec::new();
    for (word, doc, branch) in branches {
        description.push_str(&format!("\n- `{word}`: {}", prose(doc)));
        let mut branch = branch.to_value();
        if let Value::Object(members) = &mut branch {
            let properties = members.entry("properties").or_insert_with(|| json!({}));
            if let Value::Object(properties) = properties {
                properties.insert("type".into(), json!({ "const": word }));
            }
            members.remove("$schema");
            members.remove("title");
        }
        conditions.push(json!({
            "if": { "type": "object", "properties": { "type": { "const": word } }, "required": ["type"] },
            "then": branch,
        }));
    }
    let mut members = Map::new();
    members.insert("type".into(), json!("object"));
    members.insert("description".into(), json!(description));
    members.insert("properties".into(), json!({ "type": { "type": "string", "enum": list } }));
    members.insert("required".into(), json!(["type"]));
    members.insert("allOf".into(), Value::Array(conditions));
    Schema::from(members)
}
