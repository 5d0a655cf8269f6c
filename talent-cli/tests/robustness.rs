//! `talent robustness` as a process, word for word.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use insta_cmd::assert_cmd_snapshot;
use talent_model::{Document, Robustness};

mod common;
use common::{Folder, settings, told};

const SHOUGANG: &str = include_str!("../../docs/examples/new-shougang.submission.json");
const WANGJING: &str = include_str!("../../docs/examples/wangjing.submission.json");
const TONGZHOU: &str = include_str!("../../docs/examples/tongzhou.submission.json");

fn folder() -> Folder {
    Folder::new().with("a.json", SHOUGANG).with("b.json", WANGJING).with("c.json", TONGZHOU)
}

macro_rules! snapshot {
    ($name:literal, $folder:expr, $args:expr) => {{
        let folder = $folder;
        settings().bind(|| assert_cmd_snapshot!($name, folder.talent(&$args)));
    }};
}

#[test]
fn it_says_how_sure_results_are() {
    snapshot!("robustness", folder(), ["robustness", "a.json", "b.json", "c.json", "--draws", "100", "--sensitivity", "16"]);
    snapshot!("robustness_zh", folder(), ["--lang", "zh", "robustness", "a.json", "b.json", "c.json", "--draws", "100", "--sobol", "--seed", "4"]);
    snapshot!("robustness_csv", folder(), ["robustness", "a.json", "b.json", "c.json", "--draws", "100", "--format", "csv"]);
}

#[test]
fn the_document_can_be_made_again_from_itself() {
    let folder = folder();
    let args = ["robustness", "a.json", "b.json", "--draws", "50", "--format", "json"];
    let once = folder.talent(&args).output().unwrap();
    assert_eq!(once.status.code(), Some(0), "{}", told(&once));
    let document = Robustness::from_json(&once.stdout).unwrap();
    let folder = folder.with("study.json", &serde_json::to_string(&document.study).unwrap());
    let again = folder.talent(&["robustness", "a.json", "b.json", "--study", "study.json", "--format", "json"]).output().unwrap();
    assert_eq!(again.stdout, once.stdout);
    // What it wrote, it reads.
    let checked = folder.with("result.json", &document.to_json()).talent(&["check", "result.json"]).output().unwrap();
    assert_eq!(checked.status.code(), Some(0), "{}", told(&checked));
}

#[test]
fn what_is_wrong_is_told_at_once() {
    let study = r#"{"factors": [
        {"id": "w", "vary": {"type": "weights", "nodes": ["livabel-community"], "spread": {"type": "relative", "by": 0.25}}},
        {"id": "w", "vary": {"type": "step", "options": [{"type": "rank", "ties": "dense"}]}}], "draws": 1}"#;
    for (name, lang) in [("robustness_bad_study", "en"), ("robustness_bad_study_zh", "zh")] {
        let folder = folder().with("study.json", study);
        settings().bind(|| assert_cmd_snapshot!(name, folder.talent(&["--lang", lang, "robustness", "a.json", "--study", "study.json"])));
    }
    let malformed = folder().with("study.json", r#"{"factors": [{"id": "w", "vary": {"type": "wieghts"}}], "draws": "many"}"#);
    snapshot!("robustness_malformed_study", malformed, ["robustness", "a.json", "--study", "study.json"]);
    let faulty = folder().with("b.json", &WANGJING.replace("\"indicator\": \"", "\"indicator\": \"x-")).with("c.json", "{");
    let output = faulty.talent(&["robustness", "a.json", "b.json", "c.json", "--draws", "10"]).output().unwrap();
    let told = told(&output);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    assert!(told.contains("b.json") && told.contains("c.json"), "{told}");
}
