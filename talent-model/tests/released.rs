//! The released schemas stay what they were, and what conformed to them conforms to the schemas of today.
#![cfg(feature = "schema")]
#![expect(clippy::unwrap_used, clippy::unreachable, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use talent_model::document::{Kind, MODEL};
use talent_model::schema::{self, Effect, changes};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/released")
}

/// Every released version, the oldest first.
fn releases() -> Vec<((u32, u32), PathBuf)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let (major, minor) = path.file_name().unwrap().to_str().unwrap().split_once('.').unwrap();
            found.push(((major.parse().unwrap(), minor.parse().unwrap()), path));
        }
    }
    found.sort();
    assert!(!found.is_empty(), "there is no release");
    found
}

fn schemas(release: &Path) -> Vec<(String, Value)> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(release).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "json"));
    paths.sort();
    assert!(!paths.is_empty(), "{} is empty", release.display());
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().strip_suffix(".schema.json").unwrap().to_owned();
    paths.iter().map(|path| (name(path), serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())).collect()
}

#[test]
fn a_release_is_never_edited() {
    for (_, release) in releases() {
        let listed = std::fs::read_to_string(release.join("SHA256SUMS")).unwrap();
        let mut names: Vec<String> = std::fs::read_dir(&release).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| name != "SHA256SUMS");
        names.sort();
        let sums = names.iter().map(|name| {
            let hash = Sha256::digest(std::fs::read(release.join(name)).unwrap());
            format!("{}  {name}\n", hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
        });
        assert_eq!(sums.collect::<String>(), listed, "{}: a released file was changed, added or removed", release.display());
    }
}

#[test]
fn a_breaking_change_has_a_new_major_version() {
    let major: u32 = MODEL.split_once('.').unwrap().0.parse().unwrap();
    for ((released, _), release) in releases() {
        let mut breaking = Vec::new();
        for (kind, old) in schemas(&release) {
            match Kind::ALL.iter().find(|k| k.as_str() == kind) {
                Some(kind) => {
                    breaking.extend(changes(&old, &schema::of(*kind)).into_iter().filter(|c| c.effect == Effect::Breaking).map(|c| c.to_string()))
                }
                None => breaking.push(format!("breaking: there is no {kind} any more")),
            }
        }
        assert!(breaking.is_empty() || major > released, "against {}:\n{}", release.display(), breaking.join("\n"));
    }
}

/// The comparison is a claim about documents, and here are documents.
#[test]
fn what_conformed_conforms() {
    let vectors = folder().join("../vectors");
    let mut count = 0;
    for (_, release) in releases() {
        for (kind, old) in schemas(&release) {
            let old = jsonschema::validator_for(&old).unwrap();
            let new = jsonschema::validator_for(&schema::of(*Kind::ALL.iter().find(|k| k.as_str() == kind).unwrap())).unwrap();
            for entry in std::fs::read_dir(&vectors).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_none_or(|e| e != "json") {
                    continue;
                }
                let vector: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
                if let Some(document) = vector.get("document").filter(|_| vector["kind"] == kind.as_str())
                    && old.is_valid(document)
                {
                    assert!(new.is_valid(document), "{}", path.display());
                    count += 1;
                }
            }
        }
    }
    assert!(count > 20, "{count} documents are too few");
}

/// A schema with everything that a comparison looks at.
fn sample() -> Value {
    json!({
        "title": "Zone",
        "type": "object",
        "properties": {
            "id": { "$ref": "#/$defs/Id", "description": "Who." },
            "role": { "type": "string", "enum": ["core", "ring"] },
            "ring": { "type": "integer", "minimum": 0, "maximum": 9 },
            "tags": { "type": "array", "items": { "$ref": "#/$defs/Id" }, "uniqueItems": true },
            "names": { "type": "object", "propertyNames": { "$ref": "#/$defs/Id" }, "additionalProperties": { "type": "string", "maxLength": 10 } },
            "rule": { "$ref": "#/$defs/Rule" }
        },
        "required": ["id"],
        "additionalProperties": false,
        "$defs": {
            "Id": { "type": "string", "pattern": "^[a-z]+$", "maxLength": 64 },
            "Rule": {
                "type": "object",
                "properties": { "type": { "type": "string", "enum": ["line", "yes"] } },
                "required": ["type"],
                "allOf": [
                    { "if": { "properties": { "type": { "const": "line" } }, "required": ["type"] },
                      "then": { "type": "object", "properties": { "type": { "const": "line" }, "points": { "type": "array" }, "not": { "$ref": "#/$defs/Rule" } },
                                "required": ["points"], "additionalProperties": false } },
                    { "if": { "properties": { "type": { "const": "yes" } }, "required": ["type"] },
                      "then": { "type": "object", "properties": { "type": { "const": "yes" }, "yes": { "type": "number" } }, "additionalProperties": false } }
                ]
            }
        }
    })
}

/// Puts a value, or takes away what is there.
fn edited(at: &str, value: Option<Value>) -> Value {
    let mut schema = sample();
    let (parent, name) = at.rsplit_once('/').unwrap();
    let parent = schema.pointer_mut(parent).unwrap();
    match (parent, value) {
        (Value::Object(members), Some(value)) => drop(members.insert(name.into(), value)),
        (Value::Object(members), None) => drop(members.remove(name)),
        (Value::Array(items), Some(value)) => items.push(value),
        _ => unreachable!("a place in the sample"),
    }
    schema
}

#[test]
fn every_change_has_its_effect() {
    // Where, what is put there, and what comes of it; the other way round is the other effect.
    let table: Vec<(&str, Option<Value>, &str)> = vec![
        ("/properties/colour", Some(json!({ "type": "string" })), "additive: Zone.colour: may be given"),
        ("/required/-", Some(json!("ring")), "breaking: Zone.ring: must be given"),
        ("/additionalProperties", Some(json!(true)), "additive: Zone: other members are allowed"),
        ("/properties/role/enum/-", Some(json!("edge")), "additive: Zone.role: \"edge\" is allowed"),
        ("/properties/role/enum", None, "additive: Zone.role: need not be one of a list"),
        ("/properties/ring/type", Some(json!("number")), "additive: Zone.ring: `type` is \"number\" and was \"integer\""),
        ("/properties/ring/maximum", Some(json!(10)), "additive: Zone.ring: `maximum` is 10 and was 9"),
        ("/properties/ring/minimum", Some(json!(1)), "breaking: Zone.ring: `minimum` is 1 and was 0"),
        ("/properties/ring/minimum", None, "additive: Zone.ring: `minimum` is gone"),
        ("/properties/tags/uniqueItems", Some(json!(false)), "additive: Zone.tags: `uniqueItems` is false and was true"),
        ("/properties/tags/maxItems", Some(json!(3)), "breaking: Zone.tags: `maxItems` is added"),
        ("/properties/names/additionalProperties/maxLength", Some(json!(20)), "additive: Zone.names.*: `maxLength` is 20 and was 10"),
        ("/$defs/Id/maxLength", Some(json!(65)), "additive: Id: `maxLength` is 65 and was 64"),
        ("/$defs/Rule/allOf/0/then/properties/scale", Some(json!({ "type": "string" })), "additive: Rule[line].scale: may be given"),
        ("/$defs/Rule/allOf/0/then/required", None, "additive: Rule[line].points: may be left out"),
        ("/$defs/Rule/properties/type/enum/-", Some(json!("steps")), "additive: Rule.type: \"steps\" is allowed"),
        (
            "/allOf",
            Some(json!([{ "if": { "properties": { "ring": true }, "required": ["ring"] }, "then": { "required": ["role"] } }])),
            "breaking: Zone: a condition is added: {\"if\":{\"properties\":{\"ring\":true},\"required\":[\"ring\"]},\"then\":{\"required\":[\"role\"]}}",
        ),
    ];
    for (at, value, expected) in table {
        let new = edited(at, value);
        let found: Vec<String> = changes(&sample(), &new).iter().map(ToString::to_string).collect();
        assert_eq!(found, [expected], "{at}");
        let back = changes(&new, &sample());
        let other = if expected.starts_with("additive") { Effect::Breaking } else { Effect::Additive };
        assert_eq!(back.iter().map(|c| c.effect).collect::<Vec<_>>(), [other], "{at}: back: {back:?}");
    }
    // What is not understood is breaking in both directions.
    for (at, value) in
        [("/$defs/Id/pattern", json!("^[a-z-]+$")), ("/properties/ring/type", json!("string")), ("/properties/ring/multipleOf", json!(2))]
    {
        let found = changes(&sample(), &edited(at, Some(value)));
        assert_eq!(found.iter().map(|c| c.effect).collect::<Vec<_>>(), [Effect::Breaking], "{at}: {found:?}");
    }
}

#[test]
fn words_about_a_schema_and_how_it_is_put_together_are_no_change() {
    let mut new = sample();
    new["properties"]["id"] = json!({ "description": "Another word.", "allOf": [{ "$ref": "#/$defs/Id" }] });
    new["$defs"]["RuleType"] = json!({ "type": "string", "enum": ["line", "yes"] });
    new["$defs"]["Rule"] = json!({
        "type": "object",
        "properties": { "type": { "$ref": "#/$defs/RuleType" }, "points": { "type": "array" }, "not": { "$ref": "#/$defs/Rule" }, "yes": { "type": "number" } },
        "required": ["type"],
        "additionalProperties": false,
        "dependentSchemas": { "type": { "allOf": [
            { "if": { "properties": { "type": { "const": "line" } } }, "then": { "properties": { "points": true, "yes": { "not": {} } }, "required": ["points"] } },
            { "if": { "properties": { "type": { "const": "yes" } } }, "then": { "properties": { "points": { "not": {} }, "not": { "not": {} } } } }
        ] } }
    });
    assert_eq!(changes(&sample(), &new), []);
    assert_eq!(changes(&new, &sample()), []);
}
