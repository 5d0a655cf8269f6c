//! What a stranger's file can make the command write: text that stays text in every sheet, and nothing that steers a terminal or a viewer.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::fs;
use std::io::{Cursor, Read};

use serde_json::{Value, json};

mod common;
use common::{Folder, told};

const SUBMISSION: &str = include_str!("../../docs/examples/minimal/submission.json");

/// What a spreadsheet program would run, were it no text.
const FORMULAS: [&str; 5] = ["=cmd|' /C calc'!A0", "+1", "@SUM(1+1)*cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "\t=1+1"];

/// What steers a terminal, or shows a line otherwise than it is.
const STEERING: &str = "x\u{1b}[2J\u{1b}]0;title\u{7}\u{202e}dlrow\u{2066}\u{200b}\r\u{9b}31m";

/// A submission whose texts are all `text`, with a fault that names some of them.
fn submission(text: &str, faulty: bool) -> Value {
    let mut document: Value = serde_json::from_str(SUBMISSION).unwrap();
    *document.pointer_mut("/community/name").unwrap() = json!({ "en": text, "zh": text });
    let observations = document.pointer_mut("/observations").unwrap().as_array_mut().unwrap();
    for observation in observations.iter_mut() {
        observation.as_object_mut().unwrap().insert("note".into(), text.into());
    }
    if faulty {
        observations.push(json!({ "indicator": "park-area", "value": 1, text: 1 }));
        observations.push(json!({ "indicator": text, "value": text, "unit": text }));
    }
    document
}

/// The parts of a workbook.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        parts.push((name, String::from_utf8_lossy(&content).into_owned()));
    }
    parts
}

/// Whether a character may do anything but be seen.
fn steers(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[test]
fn what_a_stranger_writes_is_typed_text_in_every_sheet() {
    for formula in FORMULAS {
        let folder = Folder::new().with("s.json", &submission(formula, false).to_string());
        let standard = ["--standard", "standard.json"];
        for args in [
            &["convert", "s.json", "-o", "form.xlsx"][..],
            &["template", "--from", "s.json", "-o", "next.xlsx"],
            &["annotate", "form.xlsx", "-o", "answer.xlsx"],
            &["report", "s.json", "-o", "report.xlsx"],
            &["convert", "s.json", "-o", "table.csv"],
            &["convert", "s.json", "-o", "table.tsv"],
        ] {
            let output = folder.talent(&[args, &standard].concat()).output().unwrap();
            assert!(output.status.code().is_some_and(|code| code < 2), "{args:?} {}", told(&output));
        }
        for name in ["form.xlsx", "next.xlsx", "answer.xlsx", "report.xlsx"] {
            let parts = parts(&fs::read(folder.path(name)).unwrap());
            assert!(parts.iter().all(|(_, text)| !text.contains("<f>") && !text.contains("<f ")), "{name} of {formula} has a formula");
            assert!(parts.iter().all(|(part, _)| !part.contains("externalLink")), "{name}");
        }
        let seen = formula.trim();
        let all: String = parts(&fs::read(folder.path("form.xlsx")).unwrap()).into_iter().map(|(_, text)| text).collect();
        assert!(all.replace("&apos;", "'").replace("&#39;", "'").contains(seen), "{formula} is lost");
        for (name, delimiter) in [("table.csv", ','), ("table.tsv", '\t')] {
            let text = fs::read_to_string(folder.path(name)).unwrap();
            let begins = |field: &str| field.trim_start_matches('"').starts_with(['=', '+', '@', '-', '\t']) && field.parse::<f64>().is_err();
            assert!(text.lines().flat_map(|line| line.split(delimiter)).all(|field| !begins(field) || field.is_empty()), "{name}: {text}");
        }
        // And back as it was.
        for name in ["form.xlsx", "table.csv", "table.tsv"] {
            let output = folder.talent(&[&["convert", name][..], &standard].concat()).output().unwrap();
            let back: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic_with(&told(&output)));
            assert_eq!(back.pointer("/observations/0/note").and_then(Value::as_str).map(str::trim), Some(seen), "{name}");
        }
    }
}

fn panic_with(text: &str) -> Value {
    assert!(text.is_empty(), "{text}");
    Value::Null
}

#[test]
fn a_number_below_zero_stays_a_number() {
    let standard = common::but(include_str!("../../docs/examples/minimal/standard.json"), "\"min\": 0", "\"min\": -100");
    let mut document = submission("x", false);
    *document.pointer_mut("/observations/0/value").unwrap() = json!(-5);
    let folder = Folder::new().with("standard.json", &standard).with("s.json", &document.to_string());
    for name in ["form.xlsx", "table.csv"] {
        folder.talent(&["convert", "s.json", "--standard", "standard.json", "-o", name]).output().unwrap();
        let output = folder.talent(&["convert", name, "--standard", "standard.json"]).output().unwrap();
        let back: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic_with(&told(&output)));
        assert_eq!(back.pointer("/observations/0/value"), Some(&json!(-5)), "{name}");
    }
    let sheets = parts(&fs::read(folder.path("form.xlsx")).unwrap());
    assert!(sheets.iter().any(|(_, text)| text.contains("<v>-5</v>")));
    assert!(fs::read_to_string(folder.path("table.csv")).unwrap().contains(",-5,"));
}

#[test]
fn no_output_is_steered_by_names_notes_or_files() {
    let name = "evil\u{1b}[2J\u{202e}.json";
    let good = submission(STEERING, false).to_string();
    let folder = Folder::new()
        .with(name, &submission(STEERING, true).to_string())
        .with("s.json", &good)
        .with("t.json", &good.replacen("riverside", "lakeside", 3));
    let standard = ["--standard", "standard.json"];
    let runs: [&[&str]; 17] = [
        &["check", name],
        &["check", name, "s.json", "--all", "--lang", "zh"],
        &["check", name, "--format", "json"],
        &["check", name, "--format", "jsonl"],
        &["check", name, "--format", "sarif"],
        &["check", name, "--format", "github"],
        &["check", "s.json", "--format", "jsonl"],
        &["check", "no\u{1b}[2Jsuch\u{202e}file"],
        &["assess", "s.json"],
        &["assess", name],
        &["compare", "s.json", "t.json"],
        &["compare", "s.json", "t.json", "--format", "csv"],
        &["report", "s.json", "--format", "html"],
        &["report", "s.json", "--format", "md"],
        &["robustness", "s.json", "--draws", "10"],
        &["merge", name, "s.json"],
        &["convert", name],
    ];
    let mut steered = Vec::new();
    for args in runs {
        let output = folder.talent(&[args, &standard].concat()).output().unwrap();
        let shown = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(!shown.is_empty(), "{args:?}");
        if let Some(c) = shown.chars().find(|c| steers(*c)) {
            let line = shown.lines().find(|line| line.contains(c)).unwrap_or_default();
            steered.push(format!("{args:?}: {c:?} in {}", line.escape_debug().to_string().chars().take(300).collect::<String>()));
        }
    }
    assert!(steered.is_empty(), "{}", steered.join("\n"));
}

#[test]
fn limits_are_adjusted_by_name() {
    let folder = Folder::new();
    let run = |args: &[&str]| folder.talent(&[args, &["--standard", "standard.json"]].concat()).output().unwrap();
    assert!(run(&["convert", "submission.json", "-o", "form.xlsx"]).status.success());
    assert!(run(&["convert", "submission.json", "-o", "table.csv"]).status.success());
    for (file, limit, code) in [
        ("submission.json", "bytes=10", "TM0008"),
        ("submission.json", "values=3", "TM0010"),
        ("form.xlsx", "form-bytes=10", "TM0008"),
        ("form.xlsx", "parts=3", "TM0604"),
        ("form.xlsx", "inflated=100", "TM0605"),
        ("form.xlsx", "sheets=1", "TM0607"),
        ("form.xlsx", "cells=3", "TM0608"),
        ("form.xlsx", "text=1", "TM0609"),
        ("table.csv", "cells=3", "TM0608"),
    ] {
        for command in ["check", "convert", "assess"] {
            // A small file is read whole whatever the other kind of file may have.
            let both = [limit, "bytes-per-value=1000000"];
            let output = run(&[command, file, "--limit", both[0], "--limit", both[1]]);
            assert_eq!(output.status.code(), Some(1), "{command} {file} {limit}: {}", told(&output));
            assert!(told(&output).contains(code), "{command} {file} {limit}: {}", told(&output));
        }
    }
    // More than usual is read when it is allowed.
    let text = fs::read_to_string(folder.path("submission.json")).unwrap();
    let crowded = text.replacen('{', &format!("{{\"extensions\": {{\"a\": [{}0]}},", "0,".repeat(300_000)), 1);
    fs::write(folder.path("crowded.json"), &crowded).unwrap();
    assert!(told(&run(&["check", "crowded.json"])).contains("TM0010"));
    let output = run(&["check", "crowded.json", "--limit", "values=400000"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    // What is wrong in it has its place.
    fs::write(folder.path("crowded.json"), crowded.replace("park-area", "park-aria")).unwrap();
    let output = run(&["check", "crowded.json", "--limit", "values=400000"]);
    assert!(told(&output).contains("crowded.json:11:19"), "{}", told(&output));
    // What is no limit, or no number, is told in both languages.
    for lang in ["en", "zh"] {
        let output = run(&["check", "submission.json", "--limit", "cels=3", "--lang", lang]);
        assert_eq!(output.status.code(), Some(2));
        assert!(told(&output).contains("TM0206") && told(&output).contains("cells"), "{}", told(&output));
        for wrong in ["cells", "cells=many", "cells=-1"] {
            let output = run(&["check", "submission.json", "--limit", wrong, "--lang", lang]);
            assert_eq!(output.status.code(), Some(2));
            assert!(told(&output).contains("2000000"), "{}", told(&output));
        }
    }
}

#[test]
fn a_standard_has_more_room_where_it_is_named_as_one() {
    let folder = Folder::new();
    let text = fs::read_to_string(folder.path("standard.json")).unwrap();
    let crowded = text.replacen('{', &format!("{{\"extensions\": {{\"a\": [{}0]}},", "0,".repeat(300_000)), 1);
    fs::write(folder.path("crowded.json"), crowded).unwrap();
    let run = |args: &[&str]| folder.talent(args).output().unwrap();
    assert!(told(&run(&["check", "crowded.json"])).contains("TM0010"));
    for args in [&["standard", "lint", "crowded.json"][..], &["check", "submission.json", "--standard", "crowded.json"]] {
        assert!(!told(&run(args)).contains("TM0010"), "{args:?}: {}", told(&run(args)));
    }
}

#[test]
fn the_table_of_limits_is_that_of_the_engine() {
    use talent_model::workbook::Intake;
    let page = include_str!("../../docs/guide/workbook.md");
    for name in Intake::NAMES {
        let row = format!("| `{name}` | {} |", Intake::default().get(name).unwrap());
        assert!(page.contains(&row), "{row}");
    }
}

#[test]
fn a_change_of_a_schema_is_additive_or_breaking() {
    let old = json!({"title": "Zone", "type": "object", "properties": {"id": {"type": "string"}}, "additionalProperties": false});
    let mut new = old.clone();
    new.as_object_mut().unwrap().insert("properties".into(), json!({"id": {"type": "string"}, "ring": {"type": "integer"}}));
    let folder = Folder::new().with("old.json", &old.to_string()).with("new.json", &new.to_string()).with("bad.json", "{\"a\": }");
    let run = |args: &[&str]| folder.talent(args).output().unwrap();
    let additive = run(&["schema", "diff", "old.json", "new.json"]);
    assert_eq!(told(&additive), "status: 0\n--- out\nadditive: Zone.ring: may be given\n1 additive: every document still conforms\n--- err\n");
    let breaking = run(&["schema", "diff", "new.json", "old.json", "--lang", "zh"]);
    assert_eq!(breaking.status.code(), Some(1));
    assert!(told(&breaking).contains("breaking: Zone.ring: is refused\n1 处破坏性改动"), "{}", told(&breaking));
    let listed: Value = serde_json::from_slice(&run(&["schema", "diff", "new.json", "old.json", "--format", "json"]).stdout).unwrap();
    assert_eq!(listed, json!([{"effect": "breaking", "at": "Zone.ring", "what": "is refused"}]));
    assert!(told(&run(&["schema", "diff", "old.json", "old.json"])).contains("nothing changes"));
    let bad = run(&["schema", "diff", "old.json", "bad.json"]);
    assert_eq!(bad.status.code(), Some(1));
    assert!(told(&bad).contains("TM0003") && told(&bad).contains("bad.json:1:7"), "{}", told(&bad));
    assert_eq!(run(&["schema", "diff", "old.json", "none.json"]).status.code(), Some(2));
}
