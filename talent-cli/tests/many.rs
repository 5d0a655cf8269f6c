//! Many documents at once, waivers and masks: the command as a process.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

const STANDARD: &str = include_str!("../../docs/examples/minimal/standard.json");
const SUBMISSION: &str = include_str!("../../docs/examples/minimal/submission.json");

/// A folder of one's own with the minimal standard, gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("talent-many-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = Self(std::env::temp_dir().join(name));
        fs::create_dir_all(folder.0.join("in")).unwrap();
        folder.with("standard.json", STANDARD)
    }

    fn with(self, name: &str, text: &str) -> Self {
        fs::write(self.0.join(name), text).unwrap();
        self
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_talent"));
        for name in ["LANG", "LC_MESSAGES", "NO_COLOR", "COLUMNS"] {
            command.env_remove(name);
        }
        command.env("LC_ALL", "C").current_dir(&self.0).args(args).stdin(Stdio::null());
        if args.first() != Some(&"explain") {
            command.args(["--standard", "standard.json"]);
        }
        command
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let Output { status, stdout, stderr } = self.command(args).output().unwrap();
        (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
    }

    fn names(&self, of: &str) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.0.join(of)).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The minimal submission, pinned, with what a closure changes.
fn submission(change: impl FnOnce(&mut Value)) -> Value {
    let mut document: Value = serde_json::from_str(SUBMISSION).unwrap();
    change(&mut document);
    document
}

/// So many submissions, of which some have findings of several kinds, and some are no documents.
fn lines(count: usize) -> String {
    let mut text = String::new();
    for n in 0..count {
        let line = match n % 10 {
            3 => "{\"kind\": \"submission\", broken".to_owned(),
            5 => submission(|d| d["observations"][0]["indicator"] = json!("park-aera")).to_string(),
            7 => submission(|d| d["observations"][0]["value"] = json!(120_000_000)).to_string(),
            8 => String::new(),
            _ => submission(|d| d["id"] = json!(format!("riverside-{n}"))).to_string(),
        };
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// Digests change with every word of a document, and are tested where they are made.
fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.add_filter("sha256:[0-9a-f]+…?", "[digest]");
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn records(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_of_many_is_told_what_it_would_be_told_alone() {
    let text = lines(40);
    let folder = Folder::new().with("many.ndjson", &text);
    let (status, out, err) = folder.run(&["check", "many.ndjson", "--format", "jsonl"]);
    assert_eq!((status, err.as_str()), (1, ""));
    let told = records(&out);
    // A blank line is nothing.
    assert_eq!(told.len(), 36);
    for record in told {
        let number = usize::try_from(record["record"].as_u64().unwrap()).unwrap();
        fs::write(folder.0.join("alone.json"), text.lines().nth(number - 1).unwrap()).unwrap();
        let (_, out, _) = folder.run(&["check", "alone.json", "--format", "jsonl"]);
        let mut alone = records(&out).remove(0);
        alone["file"] = json!("many.ndjson");
        alone["record"] = json!(number);
        for finding in alone["diagnostics"].as_array_mut().unwrap() {
            if finding.get("line").is_some() {
                finding["line"] = json!(number);
            }
        }
        assert_eq!(record, alone);
    }
}

#[test]
fn the_order_is_that_of_the_documents_whatever_the_number_of_threads() {
    let folder = Folder::new().with("many.ndjson", &lines(1500));
    for format in ["jsonl", "json", "sarif", "github", "text"] {
        let run = |threads: &str| folder.command(&["check", "many.ndjson", "--format", format]).env("RAYON_NUM_THREADS", threads).output().unwrap();
        let (one, four) = (run("1"), run("4"));
        assert_eq!(one.status.code(), Some(1));
        assert!(one.stdout == four.stdout, "{format}");
        if matches!(format, "json" | "sarif") {
            let _: Value = serde_json::from_slice(&one.stdout).unwrap();
        }
    }
}

#[test]
fn many_have_one_summary_by_code_with_the_first_places() {
    let folder = Folder::new().with("many.ndjson", &lines(40));
    let (status, out, _) = folder.run(&["check", "many.ndjson"]);
    assert_eq!(status, 1);
    snapshot("summary", &out);
    let (_, out, _) = folder.run(&["check", "many.ndjson", "--lang", "zh"]);
    snapshot("summary_zh", &out);
    let (_, all, _) = folder.run(&["check", "many.ndjson", "--all"]);
    assert_eq!(all.matches("readable: ").count(), 36);
    assert!(all.ends_with(&records_line(&folder)), "the summary comes last");
}

fn records_line(folder: &Folder) -> String {
    let (_, out, _) = folder.run(&["check", "many.ndjson"]);
    out.lines().last().unwrap().to_owned() + "\n"
}

#[test]
fn folders_and_patterns_are_read_by_name_and_one_bad_file_stops_nobody() {
    let folder = Folder::new();
    for name in ["b.json", "a.json", "c.txt"] {
        fs::write(folder.0.join("in").join(name), SUBMISSION).unwrap();
    }
    fs::write(folder.0.join("in/.hidden.json"), "x").unwrap();
    let files = |args: &[&str]| {
        let (status, out, _) = folder.run(&[&["check", "--format", "jsonl"], args].concat());
        (status, records(&out).iter().map(|record| record["file"].as_str().unwrap().to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(files(&["in"]), (0, vec!["in/a.json".into(), "in/b.json".into()]));
    assert_eq!(files(&["in/[bc].*"]), (0, vec!["in/b.json".into(), "in/c.txt".into()]));
    assert_eq!(files(&["in/gone.json", "in"]), (2, vec!["in/gone.json".into(), "in/a.json".into(), "in/b.json".into()]));
    fs::create_dir(folder.0.join("empty")).unwrap();
    for (path, code) in [("empty", "TM0905"), ("*.nope", "TM0904"), ("[", "TM0904"), ("gone.ndjson", "TM0901")] {
        let (status, out, _) = folder.run(&["check", "--format", "jsonl", path, "in/a.json"]);
        let told = records(&out);
        assert_eq!((status, told.len(), &told[0]["diagnostics"][0]["code"]), (2, 2, &json!(code)), "{path}");
    }
    let (_, out, _) = folder.run(&["check", "empty", "*.nope", "--lang", "zh"]);
    snapshot("nothing_there", &out);
}

#[test]
fn standard_input_tells_by_its_first_line_what_it_is() {
    let folder = Folder::new();
    let fed = |text: &str| {
        let mut child = folder.command(&["check", "-", "--format", "jsonl"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        records(&String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()).len()
    };
    assert_eq!(fed(SUBMISSION), 1);
    let line = submission(|_| ()).to_string();
    assert_eq!(fed(&format!("{line}\n{line}\n{line}")), 3);
    assert_eq!(fed(""), 1);
}

#[test]
fn many_are_converted_into_a_folder_or_into_lines_and_back() {
    let folder = Folder::new()
        .with("many.ndjson", &(0..3).map(|n| submission(|d| d["id"] = json!(format!("place-{n}"))).to_string() + "\n").collect::<String>());
    let (status, out, _) = folder.run(&["convert", "many.ndjson", "-o", "forms"]);
    assert_eq!((status, out.as_str()), (0, ""));
    assert_eq!(folder.names("forms"), ["place-0.xlsx", "place-1.xlsx", "place-2.xlsx"]);
    let (status, ..) = folder.run(&["convert", "forms", "-o", "back.ndjson"]);
    assert_eq!(status, 0);
    let back = records(&fs::read_to_string(folder.0.join("back.ndjson")).unwrap());
    assert_eq!(back.iter().map(|d| d["id"].as_str().unwrap()).collect::<Vec<_>>(), ["place-0", "place-1", "place-2"]);
    let (status, ..) = folder.run(&["convert", "forms", "-o", "json"]);
    assert_eq!((status, folder.names("json").len()), (0, 3));
    // Two files of one name, and one that is no submission: the others are converted.
    fs::create_dir(folder.0.join("in/deep")).unwrap();
    fs::copy(folder.0.join("forms/place-0.xlsx"), folder.0.join("in/a.xlsx")).unwrap();
    fs::copy(folder.0.join("forms/place-1.xlsx"), folder.0.join("in/deep/A.xlsx")).unwrap();
    fs::write(folder.0.join("in/b.json"), "{").unwrap();
    let (status, _, err) = folder.run(&["convert", "in", "-o", "out"]);
    assert_eq!((status, folder.names("out")), (1, vec!["a.json".to_owned()]));
    assert!(err.contains("TM0906") && err.contains("TM0004"), "{err}");
    let (status, _, err) = folder.run(&["convert", "in"]);
    assert_eq!(status, 2);
    assert!(err.contains("TM0902"), "{err}");
}

#[cfg(unix)]
#[test]
fn what_is_interrupted_leaves_nothing_half_written() {
    let folder = Folder::new();
    let mut child =
        folder.command(&["check", "-", "--format", "json", "-o", "report.json"]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let line = submission(|_| ()).to_string() + "\n";
    // More than two batches, so that the work has begun.
    stdin.write_all(line.repeat(600).as_bytes()).unwrap();
    while !folder.names(".").iter().any(|name| name.ends_with(".part")) {
        std::thread::yield_now();
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    // The signal is noted as soon as the next lines have been read.
    loop {
        if stdin.write_all(line.repeat(100).as_bytes()).is_err() || child.try_wait().unwrap().is_some() {
            break;
        }
    }
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert!(String::from_utf8(output.stderr).unwrap().contains("TM0907"));
    assert_eq!(folder.names("."), ["in", "standard.json"]);
}

fn waivers(list: &Value) -> String {
    json!({"kind": "waivers", "model": "1.0", "waivers": list}).to_string()
}

#[test]
fn an_accepted_finding_is_marked_and_does_not_count_while_it_holds() {
    let slipped = submission(|d| d["observations"][0]["value"] = json!(120_000_000));
    let folder = Folder::new().with("submission.json", &slipped.to_string());
    let waiver = |code: &str, until: &str, more: Value| {
        let mut waiver =
            json!({"code": code, "reason": {"en": "The park is that large", "zh": "公园确有这么大"}, "approver": "Review panel", "until": until});
        waiver.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        waiver
    };
    let check = |list: Value, more: &[&str]| {
        fs::write(folder.0.join("waivers.json"), waivers(&list)).unwrap();
        folder.run(&[&["check", "submission.json", "--waivers", "waivers.json", "--fail-on", "warning", "--on", "2027-03-01"], more].concat())
    };
    assert_eq!(check(json!([]), &[]).0, 1, "nothing is accepted");
    let holds = waiver("TM0341", "2027-03-01", json!({"indicator": "park-area", "submission": "riverside-2026"}));
    let (status, out, _) = check(json!([holds.clone()]), &[]);
    assert_eq!(status, 0, "{out}");
    snapshot("accepted", &out);
    let (status, out, _) = check(json!([holds.clone()]), &["--lang", "zh"]);
    assert_eq!(status, 0);
    snapshot("accepted_zh", &out);
    let (_, out, _) = check(json!([holds.clone()]), &["--format", "jsonl"]);
    let found = records(&out)[0]["diagnostics"].as_array().unwrap().iter().find(|d| d["code"] == "TM0341").unwrap().clone();
    assert_eq!(
        found["waived"],
        json!({"reason": {"en": "The park is that large", "zh": "公园确有这么大"}, "approver": "Review panel", "until": "2027-03-01"})
    );
    let (_, out, _) = check(json!([holds]), &["--format", "sarif"]);
    let sarif: Value = serde_json::from_str(&out).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let of = |code: &str| results.iter().find(|result| result["ruleId"] == code).unwrap()["suppressions"].clone();
    assert_eq!(of("TM0341")[0]["kind"], "external");
    assert_eq!(of("TM0304"), json!([]));
    for (list, code) in [
        (json!([waiver("TM0341", "2027-02-28", json!({}))]), "TM0380"),
        (json!([waiver("TM0341", "2027-12-31", json!({"submission": "another"}))]), "TM0381"),
        (json!([waiver("TM0341", "2027-12-31", json!({"zone": "core"}))]), "TM0381"),
        (json!([waiver("TM0341", "2027-12-31", json!({"pointer": "/observations/1/value"}))]), "TM0381"),
        (json!([waiver("TM0309", "2027-12-31", json!({}))]), "TM0382"),
    ] {
        let (status, out, _) = check(list, &[]);
        assert_eq!(status, 1);
        assert!(out.contains(code) && out.contains("TM0341"), "{out}");
    }
    // An error stays an error.
    let wrong = submission(|d| d["observations"][0]["value"] = json!(-1));
    fs::write(folder.0.join("submission.json"), wrong.to_string()).unwrap();
    fs::write(folder.0.join("waivers.json"), waivers(&json!([waiver("TM0309", "2027-12-31", json!({}))]))).unwrap();
    let (status, out, _) = folder.run(&["check", "submission.json", "--waivers", "waivers.json"]);
    assert_eq!(status, 1);
    assert!(out.contains("TM0309") && !out.contains("accepted"), "{out}");
    let (status, _, err) = folder.run(&["check", "submission.json", "--on", "2027-02-30"]);
    assert_eq!(status, 2);
    assert!(err.contains("TM0204"), "{err}");
}

#[test]
fn a_masked_check_says_nothing_that_was_submitted() {
    // Values that appear nowhere else, in as many kinds of finding as one submission can have.
    let document = submission(|d| {
        d["observations"] = json!([
            {"indicator": "park-area", "value": 73_194_211.5, "unit": "m2", "note": "SECRET 13873194211", "date": "2031-07-19"},
            {"indicator": "residents-council", "level": 73},
            {"indicator": "open-days", "answer": true, "uncertainty": {"low": 7319.25, "high": 7319.0}},
        ]);
        d["community"]["facts"]["population"]["value"] = json!(73_194_211);
    });
    let folder = Folder::new()
        .with("submission.json", &document.to_string())
        .with("broken.json", "{\"kind\": \"submission\", \"model\": \"SECRET7319\", \"x\": SECRET}");
    for format in ["text", "json", "jsonl", "sarif", "github"] {
        for lang in ["en", "zh"] {
            let (status, out, err) = folder.run(&["check", "submission.json", "broken.json", "--mask", "--format", format, "--lang", lang, "--all"]);
            assert_eq!((status, err.as_str()), (1, ""));
            assert!(out.contains("***") && out.contains("TM0311"), "{format} {out}");
            assert!(!out.contains("7319") && !out.contains("SECRET") && !out.contains("2031"), "{format} {lang} {out}");
            let (_, shown, _) = folder.run(&["check", "submission.json", "--format", format, "--lang", lang, "--all"]);
            assert!(shown.contains("7319"), "without the mask it is shown");
            assert!(!shown.contains("13873194211"), "personal data never is");
        }
    }
}

#[test]
fn the_last_round_is_found_by_its_community() {
    let folder = Folder::new().with("now.json", &submission(|_| ()).to_string());
    let last = |name: &str, value: u32| {
        submission(|d| {
            d["period"] = json!({"from": "2025-01-01", "to": "2025-12-31"});
            d["community"]["id"] = json!(name);
            d["observations"][0]["value"] = json!(value);
        })
    };
    let check = |previous: &str| folder.run(&["check", "now.json", "--previous", previous, "--format", "github"]).1;
    fs::write(folder.0.join("last.json"), last("riverside", 12_000).to_string()).unwrap();
    assert!(check("last.json").contains("TM0347"));
    fs::write(folder.0.join("last.ndjson"), format!("{}\n{}\n", last("hillside", 120_000), last("riverside", 12_000))).unwrap();
    assert!(check("last.ndjson").contains("TM0347"));
    fs::write(folder.0.join("other.json"), last("hillside", 120_000).to_string()).unwrap();
    assert!(check("other.json").contains("TM0351"));
    let (status, out, _) = folder.run(&["check", "now.json", "--previous", "gone.json"]);
    assert_eq!(status, 2);
    assert!(out.contains("TM0901"), "{out}");
}
