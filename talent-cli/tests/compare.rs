//! `talent compare` as a process, word for word.
//!
//! `INSTA_UPDATE=always cargo test -p talent-cli --test compare` writes the snapshots anew.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;
use talent_model::{Comparison, Document};

const STANDARD: &str = include_str!("../../docs/examples/minimal/standard.json");
const SUBMISSION: &str = include_str!("../../docs/examples/minimal/submission.json");

/// A folder of one's own, gone with the test: the minimal standard, three submissions to it, and the eight examples.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("talent-compare-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = Self(std::env::temp_dir().join(name));
        fs::create_dir_all(&folder.0).unwrap();
        let hilltop = but(&named("hilltop", "Hilltop", "山顶"), "120000", "60000");
        let folder = folder.with("standard.json", STANDARD).with("riverside.json", SUBMISSION).with("hilltop.json", &hilltop);
        folder.with("harbour.json", &but(&named("harbour", "Harbour", "港湾"), "\"value\": 120000, \"unit\": \"m2\"", "\"state\": \"missing\""))
    }

    fn with(self, name: &str, text: &str) -> Self {
        fs::write(self.0.join(name), text).unwrap();
        self
    }

    /// The folder with the eight examples, and their names.
    fn eight() -> (Self, Vec<String>) {
        let folder = Self::new();
        let mut names = Vec::new();
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/examples")).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name.ends_with(".submission.json") {
                fs::copy(&path, folder.0.join(&name)).unwrap();
                names.push(name);
            }
        }
        names.sort();
        assert_eq!(names.len(), 8);
        (folder, names)
    }

    fn talent(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_talent"));
        for name in ["LANG", "LC_MESSAGES", "NO_COLOR", "COLUMNS", "RUST_BACKTRACE"] {
            command.env_remove(name);
        }
        command.env("LC_ALL", "C").current_dir(&self.0).args(args).stdin(Stdio::null()).output().unwrap()
    }

    /// Compares files to the minimal standard.
    fn minimal(&self, args: &[&str]) -> Output {
        self.talent(&[&["compare", "--standard", "standard.json"], args].concat())
    }

    fn comparison(&self, args: &[&str]) -> Comparison {
        let output = self.talent(&[&["compare", "--format", "json"], args].concat());
        Comparison::from_json(&output.stdout).unwrap_or_else(|_| Comparison::from_json(told(&output).as_bytes()).unwrap())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A text with one thing changed; it must be there to change.
fn but(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "`{from}`");
    text.replacen(from, to, 1)
}

/// The minimal submission of another community.
fn named(id: &str, en: &str, zh: &str) -> String {
    SUBMISSION.replace("riverside", id).replace("Riverside", en).replace("河畔", zh)
}

fn told(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    format!("status: {}\n--- out\n{}--- err\n{}", output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

/// Digests change with every word of a document, and are tested where they are made.
fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.add_filter("sha256:[0-9a-f]+…?", "[digest]");
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Runs commands and records them one below the other.
fn record(folder: &Folder, commands: &[&[&str]]) -> String {
    let run = |args: &&[&str]| format!("$ talent compare {}\n{}", args.join(" "), told(&folder.minimal(args)));
    commands.iter().map(run).collect::<Vec<_>>().join("\n")
}

fn strs(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

#[test]
fn the_eight_are_compared_on_one_screen() {
    let (folder, names) = Folder::eight();
    let args = [vec!["compare"], strs(&names)].concat();
    snapshot("eight", &told(&folder.talent(&args)));
    snapshot("eight_zh", &told(&folder.talent(&[args, vec!["--lang", "zh"]].concat())));
}

#[test]
fn any_two_are_taken_apart() {
    let (folder, names) = Folder::eight();
    let args = [vec!["compare", "--between", "zhongguancun-science-city", "beijing-etda"], strs(&names)].concat();
    snapshot("between", &told(&folder.talent(&args)));
    snapshot("between_zh", &told(&folder.talent(&[args.clone(), vec!["--lang", "zh"]].concat())));
    let json = folder.talent(&[args.clone(), vec!["--format", "json"]].concat());
    let apart: Value = serde_json::from_slice(&json.stdout).unwrap();
    let sum: f64 = apart["scenarios"].as_array().unwrap().iter().map(|scenario| scenario["difference"].as_f64().unwrap()).sum();
    assert_eq!(sum + apart["rest"].as_f64().unwrap(), apart["difference"].as_f64().unwrap());
    let csv = folder.talent(&[args, vec!["--format", "csv"]].concat());
    let text = String::from_utf8(csv.stdout).unwrap();
    assert!(text.starts_with("row,scenario,indicator,difference,of,against\nscenario,livable-community,,"), "{text}");
}

#[test]
fn documents_and_columns_say_the_same() {
    let folder = Folder::new();
    let files = ["--standard", "standard.json", "riverside.json", "hilltop.json", "harbour.json"];
    let comparison = folder.comparison(&files);
    let checked = folder.talent(&["check", "comparison.json"]);
    assert_eq!(checked.status.code(), Some(2), "there is no such file yet");
    fs::write(folder.0.join("comparison.json"), comparison.to_json()).unwrap();
    assert_eq!(folder.talent(&["check", "comparison.json"]).status.code(), Some(0));
    // The order of the files changes nothing.
    assert_eq!(folder.comparison(&["--standard", "standard.json", "harbour.json", "riverside.json", "hilltop.json"]), comparison);
    snapshot("columns", &told(&folder.minimal(&["riverside.json", "hilltop.json", "harbour.json", "--format", "csv"])));
}

#[test]
fn ties_are_named_and_a_name_is_no_formula() {
    let twin = named("twin", "=cmd|' /C calc'!A0\\u001b[2J", "双子");
    let folder = Folder::new().with("twin.json", &twin);
    let text = record(&folder, &[&["riverside.json", "twin.json", "hilltop.json", "--ties", "fractional"]]);
    assert!(!text.contains('\u{1b}'));
    snapshot("ties", &text);
}

#[test]
fn a_workbook_is_compared_like_a_document() {
    let folder = Folder::new();
    let made = folder.talent(&["convert", "hilltop.json", "--standard", "standard.json", "-o", "hilltop.xlsx"]);
    assert_eq!(made.status.code(), Some(0), "{}", told(&made));
    let of = |file| {
        let comparison = folder.comparison(&["--standard", "standard.json", "riverside.json", file]);
        comparison.communities.iter().map(|one| (one.total.clone(), one.rank.clone())).collect::<Vec<_>>()
    };
    assert_eq!(of("hilltop.xlsx"), of("hilltop.json"));
}

#[test]
fn what_cannot_be_compared_is_told_at_once() {
    let wrong = but(&but(&named("wrong", "Wrong", "错误"), "\"park-area\"", "\"park-aera\""), "\"level\": 1", "\"level\": 9");
    let folder = Folder::new()
        .with("wrong.json", &wrong)
        .with("broken.json", "{")
        .with("other.json", &but(&named("other", "Other", "其他"), "\"minimal\"", "\"another\""));
    let commands: &[&[&str]] = &[
        &["riverside.json"],
        &["riverside.json", "riverside.json"],
        &["riverside.json", "wrong.json", "broken.json", "hilltop.json"],
        &["riverside.json", "wrong.json", "broken.json", "hilltop.json", "--skip-faulty"],
        &["wrong.json", "broken.json", "--skip-faulty"],
        &["riverside.json", "other.json"],
        &["riverside.json", "nowhere.json", "--skip-faulty"],
    ];
    snapshot("refused", &record(&folder, commands));
    let zh: Vec<Vec<&str>> = commands.iter().map(|args| [args.to_vec(), vec!["--lang", "zh"]].concat()).collect();
    snapshot("refused_zh", &record(&folder, &zh.iter().map(Vec::as_slice).collect::<Vec<_>>()));
}

#[test]
fn unlike_beside_unlike_is_marked_loudly() {
    let later = named("later", "Later", "后来").replace("2026", "2027");
    let folder = Folder::new().with("later.json", &later);
    let commands: &[&[&str]] =
        &[&["riverside.json", "hilltop.json", "later.json"], &["riverside.json", "hilltop.json", "later.json", "--across", "periods"]];
    snapshot("across", &record(&folder, commands));
    snapshot("across_zh", &record(&folder, &[&["riverside.json", "hilltop.json", "later.json", "--across", "periods", "--lang", "zh"]]));
}

#[test]
fn submissions_to_two_versions_are_scored_by_their_own() {
    let second = but(&named("second", "Second", "第二"), "\"version\": \"1.0.0\"", "\"version\": \"1.1.0\"");
    let folder = Folder::new().with("second.json", &second).with("newer.json", &but(STANDARD, "\"version\": \"1.0.0\"", "\"version\": \"1.1.0\""));
    let files = ["--standard", "newer.json", "riverside.json", "second.json"];
    let refused = folder.minimal(&files);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("TM0771"), "{}", told(&refused));
    let comparison = folder.comparison(&[&["--standard", "standard.json", "--across", "versions"], &files[..]].concat());
    assert_eq!(comparison.method.plans.len(), 2);
}

#[test]
fn words_that_nothing_has_are_answered_with_those_there_are() {
    let folder = Folder::new();
    let both = ["riverside.json", "hilltop.json"];
    let with = |more: &[&'static str]| [&both[..], more].concat();
    let commands = [
        with(&["--weight-set", "family"]),
        with(&["--peers", "population"]),
        with(&["--peers", "Not A Slug"]),
        with(&["--between", "riverside", "hiltop"]),
        with(&["--across", "weights"]),
        with(&["--values", "measures"]),
    ];
    snapshot("unknown", &record(&folder, &commands.iter().map(Vec::as_slice).collect::<Vec<_>>()));
}

#[test]
fn a_relative_method_stands_beside_the_ranks() {
    let method = r#"{"steps": [{"type": "aggregate", "how": {"type": "topsis"}, "missing": "refuse"}, {"type": "rank", "ties": "competition"}]}"#;
    let folder = Folder::new().with("topsis.json", method).with("wrong.json", "{\"steps\": [{\"type\": \"topsis\"}]}");
    let files = ["riverside.json", "hilltop.json", "--method"];
    let text = record(
        &folder,
        &[
            &[&files[..], &["topsis.json"]].concat(),
            &[&files[..], &["topsis.json", "--values", "measures"]].concat(),
            &[&files[..], &["wrong.json"]].concat(),
        ],
    );
    snapshot("relative", &text);
}

#[test]
fn a_community_of_its_own_is_found_by_its_identifier() {
    let (before, after) = SUBMISSION.split_once("\"community\": ").unwrap();
    let (community, after) = after.split_once("},\n  \"observations\"").unwrap();
    let community = format!("{community}}}\n");
    let digest = talent_model::Community::from_json(community.as_bytes()).unwrap().digest().unwrap();
    let submission = format!("{before}\"community_ref\": {{\"id\": \"riverside\", \"digest\": \"{digest}\"}},\n  \"observations\"{after}");
    let folder = Folder::new().with("referring.json", &submission).with("community.json", &community);
    let whole = folder.comparison(&["--standard", "standard.json", "hilltop.json", "riverside.json"]);
    let parts = folder.comparison(&["--standard", "standard.json", "hilltop.json", "referring.json", "--community", "community.json"]);
    assert_eq!(whole.pairs, parts.pairs);
    assert_eq!(folder.minimal(&["hilltop.json", "referring.json"]).status.code(), Some(1));
}
