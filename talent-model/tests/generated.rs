//! The files that are made from the types: written by `TALENT_UPDATE=1`, otherwise compared, by the same code.
#![cfg(feature = "schema")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use talent_model::diagnostic::Code;
use talent_model::document::{Kind, MODEL};
use talent_model::{Bilingual, Document, Standard, reference, schema};

const COMMAND: &str = "TALENT_UPDATE=1 cargo test -p talent-model --features schema --test generated";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas")
}

fn bilingual(text: Bilingual) -> Value {
    json!({ "en": text.en, "zh": text.zh })
}

fn codes() -> Value {
    let list = Code::ALL.iter().map(|code| {
        let page = code.page();
        json!({
            "code": code.as_str(),
            "slug": code.slug(),
            "severity": code.severity().as_str(),
            "message": bilingual(code.template()),
            "cause": bilingual(page.cause),
            "cure": bilingual(page.cure),
            "example": page.example,
        })
    });
    json!({ "model": MODEL, "codes": list.collect::<Vec<_>>() })
}

fn index() -> Value {
    let list = Kind::ALL.iter().map(|kind| {
        let schema = schema::of(*kind);
        json!({ "kind": kind.as_str(), "id": schema.get("$id"), "title": schema.get("title"), "file": format!("v1/{kind}.schema.json") })
    });
    json!({ "model": MODEL, "schemas": list.collect::<Vec<_>>(), "codes": "codes.json", "vectors": "vectors" })
}

/// The schemas compiled from the standards of the vectors, for runners in languages that cannot compile them.
fn compiled() -> Vec<(String, Value)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder().join("vectors/standards")).unwrap() {
        let path = entry.unwrap().path();
        let standard = Standard::from_json(&std::fs::read(&path).unwrap()).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap();
        files.push((format!("vectors/compiled/{name}.schema.json"), schema::submission_for(&standard, None).unwrap()));
        for stage in standard.stage_ids() {
            let schema = schema::submission_for(&standard, Some(stage.as_str())).unwrap();
            files.push((format!("vectors/compiled/{name}.{stage}.schema.json"), schema));
        }
    }
    files
}

#[test]
fn the_files_are_those_that_the_types_make() {
    let mut files = compiled();
    files.extend([("codes.json".to_owned(), codes()), ("index.json".to_owned(), index())]);
    files.extend(Kind::ALL.iter().map(|kind| (format!("v1/{kind}.schema.json"), schema::of(*kind))));
    let update = std::env::var_os("TALENT_UPDATE").is_some_and(|v| v == "1");
    let mut stale = Vec::new();
    for (name, value) in &files {
        let path = folder().join(name);
        let text = serde_json::to_string_pretty(value).unwrap() + "\n";
        if update {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &text).unwrap();
        } else if std::fs::read_to_string(&path).unwrap_or_default() != text {
            stale.push(name.as_str());
        }
    }
    let mut found: Vec<String> = std::fs::read_dir(folder().join("v1")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    found.retain(|name| !files.iter().any(|(file, _)| file.strip_prefix("v1/") == Some(name)));
    assert!(found.is_empty(), "no type makes these files any more, remove them: {found:?}");
    assert!(stale.is_empty(), "these files are not what the types make: {stale:?}; run: {COMMAND}");
}

#[test]
fn the_embedded_standard_has_the_digest_written_beside_it() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/standards/reference.digest");
    let digest = format!("{}\n", Standard::from_json(talent_model::reference::TEXT.as_bytes()).unwrap().digest().unwrap());
    if std::env::var_os("TALENT_UPDATE").is_some_and(|v| v == "1") {
        std::fs::write(path, &digest).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), digest, "run: {COMMAND}");
}

/// What strict validators of other languages refuse or misread must not come into a schema unseen.
#[test]
fn the_schemas_say_only_what_every_validator_understands() {
    fn walk(at: &str, value: &Value, is_schema: bool) {
        match value {
            Value::Object(members) if is_schema => {
                for word in ["format", "nullable", "oneOf", "default"] {
                    assert!(!members.contains_key(word), "{at}: `{word}`");
                }
                assert!(!matches!(members.get("type"), Some(Value::Array(_))), "{at}: a union of types");
                assert_ne!(members.get("type"), Some(&json!("null")), "{at}: null");
                if let Some(reference) = members.get("$ref") {
                    assert!(reference.as_str().unwrap().starts_with("#/$defs/"), "{at}: {reference} is not in the file");
                }
                if let Some(pattern) = members.get("pattern") {
                    let pattern = pattern.as_str().unwrap();
                    assert!(pattern.starts_with('^') && pattern.ends_with('$'), "{at}: `{pattern}` is not anchored");
                    assert!(!pattern.contains("(?") && !pattern.contains("\\p"), "{at}: `{pattern}` is not portable");
                }
                for (name, inner) in members {
                    let at = format!("{at}/{name}");
                    match name.as_str() {
                        "properties" | "$defs" => {
                            inner.as_object().unwrap().iter().for_each(|(n, v)| walk(&format!("{at}/{n}"), v, true));
                        }
                        "examples" | "enum" | "const" | "required" => {}
                        _ => walk(&at, inner, true),
                    }
                }
            }
            Value::Array(items) => items.iter().enumerate().for_each(|(i, v)| walk(&format!("{at}/{i}"), v, is_schema)),
            _ => {}
        }
    }
    for stage in [None, Some("built"), Some("new")] {
        walk("submission_for", &schema::submission_for(reference::standard(), stage).unwrap(), true);
    }
    for kind in Kind::ALL {
        let schema = schema::of(*kind);
        walk(kind.as_str(), &schema, true);
        assert!(schema.get("title").is_some() && schema.get("description").is_some() && schema.get("examples").is_some(), "{kind}");
        for (name, definition) in schema.get("$defs").and_then(Value::as_object).unwrap() {
            assert!(definition.get("description").and_then(Value::as_str).is_some_and(|d| !d.is_empty()), "{kind}: {name} has no description");
        }
    }
}
