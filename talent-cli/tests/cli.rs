//! The command as a process: exit status, standard output and standard error, word for word.
//!
//! `INSTA_UPDATE=always cargo test -p talent-cli` writes the snapshots anew.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::fs;
use std::path::Path;
use std::process::Stdio;

use insta_cmd::assert_cmd_snapshot;

mod common;
use common::{Folder, but, record, settings, told};

const STANDARD: &str = include_str!("../../docs/examples/minimal/standard.json");
const SUBMISSION: &str = include_str!("../../docs/examples/minimal/submission.json");
const SHOUGANG: &str = include_str!("../../docs/examples/new-shougang.submission.json");

macro_rules! snapshot {
    ($name:literal, $folder:expr, $args:expr) => {{
        let folder = $folder;
        settings().bind(|| assert_cmd_snapshot!($name, folder.talent(&$args)));
    }};
}

// The commands.

#[test]
fn assess_says_what_a_submission_is_worth() {
    snapshot!("assess", Folder::new(), ["assess", "submission.json", "--standard", "standard.json"]);
    snapshot!("assess_zh", Folder::new(), ["assess", "submission.json", "--standard", "standard.json", "--lang", "zh"]);
}

#[test]
fn assess_fits_the_complete_example_on_a_screen() {
    let folder = || Folder::new().with("shougang.json", SHOUGANG);
    snapshot!("assess_shougang", folder(), ["assess", "shougang.json"]);
    snapshot!("assess_shougang_zh", folder(), ["--lang", "zh", "assess", "shougang.json"]);
    let text = told(&folder().talent(&["assess", "shougang.json", "--all"]).output().unwrap());
    assert!(!text.contains("--all"), "{text}");
}

#[test]
fn assess_writes_the_assessment_document() {
    use talent_model::{Assessment, Document};
    let folder = Folder::new();
    let output = folder.talent(&["assess", "submission.json", "--standard", "standard.json", "--format", "json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
    assert!(Assessment::from_json(&output.stdout).is_ok());
    // To a file it writes the same bytes, and nothing beside it.
    let args = ["assess", "submission.json", "--standard", "standard.json", "--format", "json", "-o", "result.json"];
    let quiet = folder.talent(&args).output().unwrap();
    assert_eq!((quiet.status.code(), quiet.stdout.len()), (Some(0), 0));
    assert_eq!(fs::read(folder.path("result.json")).unwrap(), output.stdout);
    assert_eq!(folder.names(), ["result.json", "standard.json", "submission.json"]);
    // What it wrote, it reads.
    let checked = folder.talent(&["check", "result.json"]).output().unwrap();
    assert_eq!(checked.status.code(), Some(0), "{}", told(&checked));
}

#[test]
fn assess_fails_under_a_grade() {
    let folder = Folder::new();
    let grade = |grade: &str| {
        let args = ["assess", "submission.json", "--standard", "standard.json", "--fail-under", grade];
        folder.talent(&args).output().unwrap().status.code()
    };
    assert_eq!(grade("pass"), Some(0));
    assert_eq!(grade("good"), Some(0));
    let poor = Folder::new().with("submission.json", &but(SUBMISSION, "\"value\": 120000", "\"value\": 12000"));
    let args = ["assess", "submission.json", "--standard", "standard.json", "--fail-under", "pass"];
    snapshot!("assess_fails_under", poor, args);
    let args = ["assess", "submission.json", "--standard", "standard.json", "--fail-under", "god"];
    snapshot!("assess_unknown_grade", Folder::new(), args);
    let args = ["assess", "submission.json", "--standard", "standard.json", "--weight-set", "family"];
    snapshot!("assess_unknown_weight_set", Folder::new(), args);
}

#[test]
fn assess_takes_the_community_from_a_file_of_its_own() {
    use talent_model::{Community, Document};
    let (before, after) = SUBMISSION.split_once("\"community\": ").unwrap();
    let (community, after) = after.split_once("},\n  \"observations\"").unwrap();
    let community = format!("{community}}}\n");
    let digest = Community::from_json(community.as_bytes()).unwrap().digest().unwrap();
    let submission = format!("{before}\"community_ref\": {{\"id\": \"riverside\", \"digest\": \"{digest}\"}},\n  \"observations\"{after}");
    let folder = Folder::new().with("submission.json", &submission).with("community.json", &community);
    let with = ["assess", "submission.json", "--standard", "standard.json", "--community", "community.json"];
    let text = record(&folder, &[&with, &with[..4], &["check", "submission.json", "--standard", "standard.json", "--community", "community.json"]]);
    settings().bind(|| insta::assert_snapshot!("assess_community", text));
}

#[test]
fn check_says_everything_about_any_document() {
    let community = r#"{"kind": "community", "model": "1.0", "id": "riverside", "name": {"en": "Riverside", "zh": "河畔"}}"#;
    let folder = Folder::new().with("community.json", community);
    let clean: &[&str] = &["check", "submission.json", "standard.json", "community.json", "--standard", "standard.json"];
    let text = record(&folder, &[clean, &[clean, &["--lang", "zh"]].concat(), &[clean, &["--format", "json"]].concat()]);
    settings().bind(|| insta::assert_snapshot!("check_clean", text));
}

/// Five wrong identifiers, and a line that is longer than any screen.
fn faulty() -> Folder {
    let wrong: String = (0..5).map(|n| format!("    {{\"indicator\": \"公园-{n}\", \"value\": 1}},\n")).collect();
    let long = format!("    {{\"indicator\": \"open-days\", \"note\": \"{}\", \"answr\": true}},\n", "很长 ".repeat(200));
    let text = but(SUBMISSION, "\"observations\": [\n", &format!("\"observations\": [\n{wrong}{long}"));
    Folder::new().with("submission.json", &text)
}

#[test]
fn check_groups_what_it_finds() {
    let check: &[&str] = &["check", "submission.json", "--standard", "standard.json"];
    let text = record(&faulty(), &[check, &[check, &["--all", "--lang", "zh"]].concat(), &[check, &["--format", "json"]].concat()]);
    settings().bind(|| insta::assert_snapshot!("check_faulty", text));
}

#[test]
fn check_writes_sarif() {
    let output = faulty().talent(&["check", "submission.json", "--standard", "standard.json", "--format", "sarif"]).output().unwrap();
    let mut log: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let rules = log.pointer_mut("/runs/0/tool/driver/rules").and_then(serde_json::Value::as_array_mut).unwrap();
    assert_eq!(rules.len(), talent_model::diagnostic::Code::ALL.len());
    rules.truncate(1);
    settings().bind(|| insta::assert_snapshot!("check_sarif", serde_json::to_string_pretty(&log).unwrap()));
}

#[test]
fn nothing_from_a_document_steers_the_terminal() {
    let text = but(SUBMISSION, "Riverside", "\\u202eRiver\\u2066side").replace("\"open-days\"", "\"open\\u001b[2Jdays\"");
    let folder = Folder::new().with("submission.json", &text);
    let output = folder.talent(&["check", "submission.json", "--standard", "standard.json"]).output().unwrap();
    let shown = told(&output);
    assert_eq!(output.status.code(), Some(1));
    assert!(!shown.contains(['\u{1b}', '\u{202e}', '\u{2066}']), "{shown}");
}

#[test]
fn explain_knows_every_code() {
    snapshot!("explain_list", Folder::new(), ["explain"]);
    snapshot!("explain_list_zh", Folder::new(), ["explain", "--lang", "zh"]);
    snapshot!("explain", Folder::new(), ["explain", "TM0305"]);
    snapshot!("explain_zh", Folder::new(), ["explain", "unknown-indicator", "--lang", "zh"]);
    snapshot!("explain_unknown", Folder::new(), ["explain", "unknown-indicater"]);
}

#[test]
fn schema_prints_every_kind() {
    let folder = Folder::new();
    for kind in ["standard", "community", "submission", "assessment"] {
        let output = folder.talent(&["schema", kind]).output().unwrap();
        let schema: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(schema.get("$id").unwrap().as_str().unwrap().ends_with(&format!("{kind}.schema.json")), "{schema}");
    }
    let text = record(&folder, &[&["schema", "submission", "--stage", "nw"], &["schema", "community", "--stage", "new"], &["schema", "plan"]]);
    settings().bind(|| insta::assert_snapshot!("schema_misused", text));
}

#[test]
fn schema_is_compiled_from_a_standard() {
    let folder = Folder::new();
    for args in [&["schema", "submission", "--standard", "standard.json"][..], &["schema", "submission", "--stage", "new"]] {
        let output = folder.talent(args).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
        let schema: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(schema.get("$id").is_some(), "{schema}");
    }
}

#[test]
fn standard_show_is_a_tree_and_a_page() {
    snapshot!("standard_show", Folder::new(), ["standard", "show", "--standard", "standard.json"]);
    snapshot!("standard_show_zh", Folder::new(), ["standard", "show", "--standard", "standard.json", "--lang", "zh"]);
    snapshot!("standard_show_node", Folder::new(), ["standard", "show", "g-1", "--standard", "standard.json"]);
    snapshot!("standard_show_node_zh", Folder::new(), ["standard", "show", "S-1", "--standard", "standard.json", "--lang", "zh"]);
    snapshot!("standard_show_category", Folder::new(), ["standard", "show", "social", "--standard", "standard.json"]);
    snapshot!("standard_show_unknown", Folder::new(), ["standard", "show", "park-aera", "--standard", "standard.json"]);
}

#[test]
fn standard_show_knows_the_whole_reference_standard() {
    let output = Folder::new().talent(&["standard", "show"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let tree = text.split("\n\n").nth(1).unwrap();
    // A title, the heads of the columns, scenarios, categories, indicators.
    assert_eq!(tree.lines().count(), 2 + 9 + 33 + 115, "{tree}");
    // A node of it has a criterion for each stage.
    let node = told(&Folder::new().talent(&["standard", "show", "liv-1.1"]).output().unwrap());
    for part in ["Identifier: ", "Derived: answer ÷ ", "Built area: ", "New area: ", "  Gate: at least ", "  Basis: "] {
        assert!(node.contains(part), "{part} in {node}");
    }
}

#[test]
fn standard_show_gives_the_reference_standard_away() {
    use talent_model::{Document, Standard};
    let output = Folder::new().talent(&["standard", "show", "--format", "json"]).output().unwrap();
    assert_eq!(Standard::from_json(&output.stdout).as_ref(), Ok(talent_model::reference::standard()));
}

#[test]
fn standard_lint_finds_what_is_wrong_with_a_standard() {
    let clean = record(&Folder::new(), &[&["standard", "lint", "standard.json"]]);
    let folder = Folder::new().with("standard.json", &but(STANDARD, "\"gate\": {\"at_least\": 8},", ""));
    let faulty = record(&folder, &[&["standard", "lint", "standard.json"], &["standard", "lint", "standard.json", "--lang", "zh"]]);
    settings().bind(|| insta::assert_snapshot!("standard_lint", format!("{clean}\n{faulty}")));
}

#[test]
fn completions_are_there_for_every_shell() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = folder.talent(&["completions", shell]).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert!(String::from_utf8(output.stdout).unwrap().contains("fail-under"), "{shell}");
    }
}

#[test]
fn help_and_usage_errors_speak_both_languages() {
    let folder = Folder::new();
    let mut commands: Vec<Vec<&str>> = Vec::new();
    for path in
        [&[][..], &["assess"], &["check"], &["explain"], &["schema"], &["standard"], &["standard", "show"], &["standard", "lint"], &["completions"]]
    {
        commands.push([path, &["--help"]].concat());
    }
    for wrong in
        [&["asess"][..], &[], &["check"], &["assess", "x", "--formt", "json"], &["assess", "x", "--format", "yaml"], &["assess", "x", "--format"]]
    {
        commands.push(wrong.to_vec());
    }
    let english: Vec<&[&str]> = commands.iter().map(Vec::as_slice).collect();
    settings().bind(|| insta::assert_snapshot!("help", record(&folder, &english)));
    let chinese: Vec<Vec<&str>> = commands.iter().map(|args| [&["--lang", "zh"], args.as_slice()].concat()).collect();
    let chinese: Vec<&[&str]> = chinese.iter().map(Vec::as_slice).collect();
    settings().bind(|| insta::assert_snapshot!("help_zh", record(&folder, &chinese)));
}

// Streams and surroundings.

#[test]
fn the_language_comes_from_the_surroundings() {
    let folder = Folder::new();
    let first = |set: &[(&str, &str)], args: &[&str]| {
        let output = folder.talent(args).env_remove("LC_ALL").envs(set.iter().copied()).output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(first(&[("LANG", "zh_CN.UTF-8")], &["explain", "TM9999"]).contains("没有代码"));
    assert!(first(&[("LC_ALL", "en_GB.UTF-8"), ("LANG", "zh_CN.UTF-8")], &["explain", "TM9999"]).contains("there is no code"));
    assert!(first(&[("LANG", "zh_CN.UTF-8")], &["explain", "TM9999", "--lang=en"]).contains("there is no code"));
    assert!(first(&[], &["explain", "TM9999"]).contains("there is no code"));
}

#[test]
fn standard_input_is_a_file_called_minus() {
    let folder = Folder::new();
    let mut command = folder.talent(&["check", "-", "--standard", "standard.json"]);
    let output = command.stdin(fs::File::open(folder.path("submission.json")).unwrap()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(told(&output).contains("<stdin>"));
    let twice = record(&folder, &[&["assess", "-", "--standard", "-"], &["check", "-", "-", "--lang", "zh"]]);
    settings().bind(|| insta::assert_snapshot!("stdin_twice", twice));
}

#[test]
fn files_that_cannot_be_read_or_written_end_with_2() {
    let folder = Folder::new();
    fs::create_dir(folder.path("folder")).unwrap();
    let text = record(
        &folder,
        &[
            &["assess", "nowhere.json"],
            &["assess", "folder", "--lang", "zh"],
            &["check", "nowhere.json", "standard.json"],
            &["check", "submission.json", "--standard", "nowhere.json", "--format", "json"],
            &["explain", "-o", "nowhere/at/all.txt"],
            &["explain", "-o", "folder", "--lang", "zh"],
        ],
    );
    settings().bind(|| insta::assert_snapshot!("unreadable", text));
    assert_eq!(folder.names(), ["folder", "standard.json", "submission.json"]);
}

#[cfg(unix)]
#[test]
fn devices_are_written_to_and_not_replaced() {
    use std::os::unix::fs::FileTypeExt;
    let folder = Folder::new();
    assert_eq!(folder.talent(&["explain", "-o", "/dev/null"]).output().unwrap().status.code(), Some(0));
    assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
    if Path::new("/dev/full").exists() {
        let full = folder.talent(&["explain"]).stdout(fs::OpenOptions::new().write(true).open("/dev/full").unwrap()).output().unwrap();
        assert_eq!(full.status.code(), Some(2));
        assert!(told(&full).contains("TM0902"));
    }
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    let folder = Folder::new();
    let mut child = folder.talent(&["schema", "standard"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}

#[test]
fn colour_is_for_terminals_only() {
    let output = faulty().talent(&["check", "submission.json", "--standard", "standard.json"]).env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(!output.stdout.contains(&0x1b));
}

// Bad input: a code, a place and a cure in both languages, a status other than 0, nothing half-written.

/// Runs the command in both languages, to a file that must not come to be.
fn bad(name: &str, code: &str, folder: &Folder, args: &[&str]) {
    let zh = [args, &["--lang", "zh"]].concat();
    let text = record(folder, &[args, &zh]);
    assert_eq!(text.matches("status: 0").count(), 0, "{text}");
    assert_eq!(text.matches("panicked").count(), 0, "{text}");
    assert!(text.matches(code).count() >= 2, "{code} in {text}");
    settings().bind(|| insta::assert_snapshot!(format!("bad_{name}"), text));
    if args.first() == Some(&"assess") {
        let before = folder.names();
        let output = folder.talent(&[args, &["-o", "result.txt"]].concat()).output().unwrap();
        assert_ne!(output.status.code(), Some(0));
        assert_eq!(folder.names(), before);
    }
}

const ASSESS: [&str; 4] = ["assess", "submission.json", "--standard", "standard.json"];

/// A submission with one thing changed.
fn bad_submission(name: &str, code: &str, from: &str, to: &str) {
    bad(name, code, &Folder::new().with("submission.json", &but(SUBMISSION, from, to)), &ASSESS);
}

#[test]
fn bad_text() {
    let submission = |text: &str| Folder::new().with("submission.json", text);
    bad("empty", "TM0001", &submission(""), &ASSESS);
    bad("blank", "TM0001", &submission(" \n\n"), &["check", "submission.json"]);
    bad("truncated", "TM0004", &submission(SUBMISSION.split_once("\"open-days\"").unwrap().0), &ASSESS);
    bad("deep", "TM0009", &submission(&"[".repeat(100_000)), &ASSESS);
    bad("deep_objects", "TM0009", &submission(&"{\"a\":".repeat(100_000)), &["check", "submission.json"]);
    let folder = Folder::new();
    fs::write(folder.path("submission.json"), b"{\"kind\": \"\xff\"}").unwrap();
    bad("utf8", "TM0002", &folder, &ASSESS);
}

#[test]
fn bad_size() {
    let folder = Folder::new();
    fs::File::create(folder.path("submission.json")).unwrap().set_len(100 << 20).unwrap();
    bad("large", "TM0008", &folder, &ASSESS);
    // From a pipe, whose size nobody knows beforehand.
    use std::io::Read;
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = ["talent", "--lang", "en", "check", "-"].map(Into::into);
    let status = talent_cli::run(args, &mut std::io::repeat(b' ').take(100 << 20), &mut out, &mut err);
    assert_eq!(status, talent_cli::Status::Findings);
    assert!(String::from_utf8(out).unwrap().contains("more than 67108864 bytes"));
}

#[test]
fn bad_numbers() {
    bad_submission("nan", "TM0006", "\"value\": 120000", "\"value\": NaN");
    bad_submission("infinite", "TM0006", "\"value\": 120000", "\"value\": -Infinity");
    bad_submission("overflow", "TM0007", "\"value\": 120000", "\"value\": 1e999");
}

#[test]
fn bad_members() {
    bad_submission("duplicate", "TM0005", "\"value\": 120000", "\"value\": 120000, \"value\": 1");
    bad_submission("unknown_member", "TM0201", "\"value\": 120000", "\"vaule\": 120000");
    bad_submission("newer_model", "TM0104", "\"model\": \"1.0\"", "\"model\": \"1.7\"");
    bad_submission("unknown_kind", "TM0102", "\"kind\": \"submission\"", "\"kind\": \"submision\"");
    bad("wrong_kind", "TM0103", &Folder::new(), &["assess", "standard.json", "--standard", "standard.json"]);
}

#[test]
fn bad_answers() {
    bad_submission("unknown_indicator", "TM0305", "\"indicator\": \"park-area\"", "\"indicator\": \"park-aera\"");
    bad_submission("wrong_unit", "TM0308", "\"unit\": \"m2\"", "\"unit\": \"ha\"");
    bad_submission("out_of_range", "TM0309", "\"value\": 120000", "\"value\": -5");
    bad_submission("unknown_level", "TM0311", "\"level\": 1", "\"level\": 7");
    bad_submission("unknown_zone", "TM0306", "\"indicator\": \"park-area\"", "\"indicator\": \"park-area\", \"zone\": \"core\"");
    bad_submission("not_applicable_forbidden", "TM0318", "\"level\": 1", "\"state\": \"not_applicable\", \"reason\": \"Nobody lives here\"");
    let allowed = but(STANDARD, "\"id\": \"residents-council\",", "\"id\": \"residents-council\", \"not_applicable\": \"allowed\",");
    let folder = Folder::new().with("standard.json", &allowed);
    let folder = folder.with("submission.json", &but(SUBMISSION, "\"level\": 1", "\"state\": \"not_applicable\""));
    bad("not_applicable_without_reason", "TM0317", &folder, &ASSESS);
}

#[test]
fn bad_pins() {
    let digest = format!("\"version\": \"1.0.0\", \"digest\": \"sha256:{}\"", "0".repeat(64));
    bad_submission("digest_differs", "TM0303", "\"version\": \"1.0.0\"", &digest);
    bad_submission("version_differs", "TM0302", "\"version\": \"1.0.0\"", "\"version\": \"1.1.0\"");
    // The reference standard is at hand, the submission answers another.
    bad("standard_not_at_hand", "TM0301", &Folder::new(), &["assess", "submission.json"]);
}

#[test]
fn bad_standards() {
    let yes_no = "\"quantity\": {\"type\": \"yes_no\"},\n          \"criteria\": [{\"binding\": \"guided\", \"rule\": {\"type\": \"yes_no\"}";
    let line = "\"points\": [{\"at\": 0, \"score\": 0}, {\"at\": 1, \"score\": 100}]";
    let derived = format!(
        "\"quantity\": {{\"type\": \"number\", \"unit\": \"1\"}}, \"per\": {{\"indicator\": \"park-area\", \"unit\": \"%\"}},\n          \
         \"criteria\": [{{\"binding\": \"guided\", \"rule\": {{\"type\": \"piecewise\", {line}}}"
    );
    let cycle = but(&but(STANDARD, yes_no, &derived), "\"per\": {\"fact\": \"population\"", "\"per\": {\"indicator\": \"open-days\"");
    bad("cycle", "TM0404", &Folder::new().with("standard.json", &cycle), &["standard", "lint", "standard.json"]);
    let twice = but(STANDARD, "\"id\": \"residents-council\"", "\"id\": \"park-area\"");
    bad("equal_ids", "TM0401", &Folder::new().with("standard.json", &twice), &ASSESS);
}

/// The pages in docs/standard are those that the command makes from the built-in standard.
#[test]
fn the_pages_of_the_standard_are_those_in_the_docs() {
    let mut stale = Vec::new();
    for page in ["catalogue", "grounds"] {
        for lang in ["zh", "en"] {
            let folder = Folder::new();
            let output = folder.talent(&["standard", "page", page, "--lang", lang]).output().unwrap();
            assert!(output.status.success());
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../docs/standard/{page}.{lang}.md"));
            if std::env::var_os("TALENT_UPDATE").is_some() {
                fs::write(&path, &output.stdout).unwrap();
            }
            if fs::read(&path).unwrap_or_default() != output.stdout {
                stale.push(path);
            }
        }
    }
    assert!(stale.is_empty(), "{stale:?} are stale; run `make update`");
}
