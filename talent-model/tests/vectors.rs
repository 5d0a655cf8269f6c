//! The vectors under `schemas/vectors`: what any program that reads these documents must find. The same files run in Python and JavaScript.
#![cfg(feature = "schema")]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;
use talent_model::diagnostic::{Code, Severity};
use talent_model::document::{Document, Kind, ReadError};
use talent_model::{Assessment, Community, Comparison, Diagnostic, Robustness, Standard, Submission, check, schema};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/vectors")
}

fn vectors(prefix: &str) -> Vec<(String, Value)> {
    let names = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name.starts_with(prefix) && name.ends_with(".json")).collect();
    names.sort();
    assert!(!names.is_empty(), "there are no {prefix} vectors");
    let read = |name: String| {
        let value = serde_json::from_slice(&std::fs::read(folder().join(&name)).unwrap()).unwrap_or_else(|why| panic!("{name}: {why}"));
        (name, value)
    };
    names.into_iter().map(read).collect()
}

/// The bytes that the vector is about: of its document, its text, or given as hexadecimal digits.
fn bytes(vector: &Value) -> Vec<u8> {
    match (vector.get("document"), vector.get("text"), vector.get("hex")) {
        (Some(document), None, None) => document.to_string().into_bytes(),
        (None, Some(text), None) => text.as_str().unwrap().into(),
        (None, None, Some(hex)) => {
            hex.as_str().unwrap().as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
        }
        _ => panic!("a vector has exactly one of `document`, `text` and `hex`"),
    }
}

fn standard(vector: &Value) -> Option<Standard> {
    let path = folder().join(vector.get("standard")?.as_str().unwrap());
    Some(Standard::from_json(&std::fs::read(path).unwrap()).unwrap())
}

fn findings(vector: &Value) -> Vec<Diagnostic> {
    let bytes = bytes(vector);
    let kind = vector["kind"].as_str().unwrap();
    let read: Result<Vec<Diagnostic>, ReadError> = match kind {
        "standard" => Standard::from_json(&bytes).map(|d| check::standard(&d)),
        "community" => Community::from_json(&bytes).map(|d| check::community(&d)),
        "submission" => Submission::from_json(&bytes).map(|d| standard(vector).map_or_else(Vec::new, |s| check::submission(&s, &d))),
        "assessment" => Assessment::from_json(&bytes).map(|_| Vec::new()),
        "comparison" => Comparison::from_json(&bytes).map(|_| Vec::new()),
        "robustness" => Robustness::from_json(&bytes).map(|_| Vec::new()),
        _ => panic!("no such kind"),
    };
    let mut found = read.unwrap_or_else(|error| error.diagnostics);
    check::locate_in(&mut found, &bytes);
    found
}

fn validator(vector: &Value, cache: &mut BTreeMap<String, jsonschema::Validator>, compiled: bool) -> Vec<String> {
    let Ok(instance) = serde_json::from_slice::<Value>(bytes(vector).strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes(vector))) else {
        return Vec::new();
    };
    let kind = vector["kind"].as_str().unwrap();
    let stage = vector.get("stage").and_then(Value::as_str);
    let key = if compiled { format!("{} {stage:?}", vector["standard"]) } else { kind.to_owned() };
    let validator = cache.entry(key).or_insert_with(|| {
        let schema = if compiled {
            schema::submission_for(&standard(vector).unwrap(), stage).unwrap()
        } else {
            schema::of(*Kind::ALL.iter().find(|k| k.as_str() == kind).unwrap())
        };
        jsonschema::validator_for(&schema).unwrap()
    });
    validator.iter_errors(&instance).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn the_findings_are_those_that_the_vectors_name() {
    let mut wrong = Vec::new();
    for (name, vector) in vectors("valid-").into_iter().chain(vectors("invalid-")) {
        assert!(vector["proves"].as_str().is_some_and(|p| !p.is_empty()), "{name} says nothing");
        let found = findings(&vector);
        let listed: BTreeSet<&str> = vector["codes"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
        let codes: BTreeSet<&str> = found.iter().map(|d| d.code.as_str()).collect();
        if codes != listed {
            wrong.push(format!("{name}: found {codes:?}, listed {listed:?}"));
        }
        let errors: Vec<&str> = found.iter().filter(|d| d.severity == Severity::Error).map(|d| d.pointer.as_str()).collect();
        if errors.is_empty() != name.starts_with("valid-") {
            wrong.push(format!("{name}: errors at {errors:?}"));
        }
        if let Some(places) = vector.get("places").and_then(Value::as_array)
            && places.iter().map(|p| p.as_str().unwrap()).collect::<Vec<_>>() != errors
        {
            wrong.push(format!("{name}: errors at {errors:?}, listed {places:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_schemas_see_what_the_vectors_say_they_see() {
    let mut cache = BTreeMap::new();
    let mut wrong = Vec::new();
    for (name, vector) in vectors("valid-").into_iter().chain(vectors("invalid-")) {
        let expected = |member: &str| name.starts_with("invalid-") && vector.get(member).and_then(Value::as_bool).unwrap_or_default();
        let found = validator(&vector, &mut cache, false);
        if found.is_empty() == expected("schema") {
            wrong.push(format!("{name}: the schema says {found:?}"));
        }
        if vector.get("standard").is_some() {
            let found = validator(&vector, &mut cache, true);
            if found.is_empty() == expected("compiled") {
                wrong.push(format!("{name}: the compiled schema says {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_vector_says_so_where_its_rule_is_beyond_json_schema() {
    for (name, vector) in vectors("invalid-") {
        let refused = ["schema", "compiled"].iter().any(|member| vector.get(*member).and_then(Value::as_bool) == Some(true));
        assert_eq!(vector.get("beyond").and_then(Value::as_str).is_some(), !refused, "{name}");
    }
    assert!(vectors("valid-").iter().all(|(_, vector)| vector.get("beyond").is_none()));
}

/// Codes that no vector of a single small document can bring about.
const ELSEWHERE: &[(&str, &str)] = &[
    ("TM0008", "a document of more than 64 MiB: the command is tested with one"),
    ("TM0010", "a document of more than 200,000 values: tests/hostile.rs makes one"),
    ("TM0011", "a document with more than 5,000 errors: tests/hostile.rs makes one"),
];

#[test]
fn every_code_about_reading_and_answers_has_a_vector() {
    let listed: BTreeSet<String> = vectors("")
        .iter()
        .filter_map(|(_, vector)| vector.get("codes")?.as_array())
        .flatten()
        .map(|code| code.as_str().unwrap().to_owned())
        .collect();
    // Questions, personal data and waivers, from TM0341, are no verdicts: another program need not find them.
    let known = |code: &&Code| code.as_str() < "TM0341" && !ELSEWHERE.iter().any(|(elsewhere, _)| *elsewhere == code.as_str());
    let without: Vec<&str> = Code::ALL.iter().filter(known).map(|code| code.as_str()).filter(|code| !listed.contains(*code)).collect();
    assert!(without.is_empty(), "no vector for {without:?}");
}

#[test]
fn the_standards_of_the_vectors_have_no_findings() {
    let mut count = 0;
    for entry in std::fs::read_dir(folder().join("standards")).unwrap() {
        let path = entry.unwrap().path();
        let standard = Standard::from_json(&std::fs::read(&path).unwrap()).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        assert_eq!(check::standard(&standard), [], "{}", path.display());
        count += 1;
    }
    assert!(count > 0, "there are no standards");
}

#[test]
fn the_examples_inside_the_schemas_are_examples() {
    let standard = Standard::from_json(schema::example(Kind::Standard).to_string().as_bytes()).expect("standard");
    let submission = Submission::from_json(schema::example(Kind::Submission).to_string().as_bytes()).expect("submission");
    Community::from_json(schema::example(Kind::Community).to_string().as_bytes()).expect("community");
    Assessment::from_json(schema::example(Kind::Assessment).to_string().as_bytes()).expect("assessment");
    Robustness::from_json(schema::example(Kind::Robustness).to_string().as_bytes()).expect("robustness");
    Comparison::from_json(schema::example(Kind::Comparison).to_string().as_bytes()).expect("comparison");
    assert_eq!(check::standard(&standard), []);
    assert!(check::conforms(&check::submission(&standard, &submission)));
    for kind in Kind::ALL {
        let found = jsonschema::validator_for(&schema::of(*kind)).unwrap();
        assert!(found.is_valid(&schema::example(*kind)), "{kind}");
    }
}
