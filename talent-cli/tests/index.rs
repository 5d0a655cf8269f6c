//! `talent index` as a process, word for word.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by panicking")]

use insta_cmd::assert_cmd_snapshot;
use talent_model::index::IndexResult;
use talent_model::{Document, Robustness};

mod common;
use common::{Folder, settings, told};

const INDICATORS: &str = include_str!("../../docs/examples/human-development/indicators.csv");
const VALUES: &str = include_str!("../../docs/examples/human-development/values.csv");
const METHOD: &str = include_str!("../../docs/examples/human-development/method.json");
const STUDY: &str = include_str!("../../docs/examples/human-development/study.json");
/// Published indices of the same countries.
const PUBLISHED: &str = include_str!("../../talent-score/tests/foreign/hdi/countries.json");

fn folder() -> Folder {
    Folder::new().with("indicators.csv", INDICATORS).with("values.csv", VALUES).with("method.json", METHOD).with("study.json", STUDY)
}

fn args<'a>(command: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["index", command, "indicators.csv", "values.csv", "--method", "method.json"], more].concat()
}

macro_rules! snapshot {
    ($name:literal, $folder:expr, $args:expr) => {{
        let folder = $folder;
        settings().bind(|| assert_cmd_snapshot!($name, folder.talent(&$args)));
    }};
}

#[test]
fn it_builds_an_index_from_two_tables() {
    snapshot!("build", folder(), args("build", &[]));
    snapshot!("build_zh", folder(), [&["--lang", "zh"], args("build", &["--all"]).as_slice()].concat());
    snapshot!("build_csv", folder(), args("build", &["--format", "csv"]));
}

#[test]
fn it_audits_and_says_how_sure_it_is() {
    snapshot!("audit", folder(), args("audit", &[]));
    snapshot!("audit_zh", folder(), [&["--lang", "zh"], args("audit", &[]).as_slice()].concat());
    snapshot!("audit_csv", folder(), args("audit", &["--format", "csv"]));
    snapshot!("robustness", folder(), args("robustness", &["--study", "study.json", "--draws", "100"]));
    snapshot!("robustness_zh", folder(), [&["--lang", "zh"], args("robustness", &["--draws", "100", "--sobol"]).as_slice()].concat());
}

#[test]
fn the_published_index_comes_out_to_its_three_digits() {
    let output = folder().talent(&args("build", &["--format", "json"])).output().unwrap();
    let result = IndexResult::from_json(&output.stdout).unwrap();
    let published: serde_json::Value = serde_json::from_str(PUBLISHED).unwrap();
    let top = result.nodes.first().unwrap();
    for country in published["countries"].as_array().unwrap() {
        let at = result.units.iter().position(|unit| unit.as_str() == country["country"]).unwrap();
        let score = top.scores.get(at).and_then(|score| score.score).unwrap().get();
        assert!((score - country["index"].as_f64().unwrap()).abs() <= 0.0005 + 1e-9, "{country}: {score}");
    }
    assert_eq!(result.units.len(), 24);
}

#[test]
fn a_study_can_be_made_again_from_its_document() {
    let folder = folder();
    let once = folder.talent(&args("robustness", &["--draws", "50", "--format", "json"])).output().unwrap();
    let document = Robustness::from_json(&once.stdout).unwrap_or_else(|error| unreadable(&told(&once), &error.to_string()));
    let folder = folder.with("study.json", &serde_json::to_string(&document.study).unwrap());
    let again = folder.talent(&args("robustness", &["--study", "study.json", "--format", "json"])).output().unwrap();
    assert_eq!(once.stdout, again.stdout);
    let checked = folder.with("result.json", &document.to_json()).talent(&["check", "result.json"]).output().unwrap();
    assert_eq!(checked.status.code(), Some(0), "{}", told(&checked));
}

#[expect(clippy::panic, reason = "a test fails by panicking")]
fn unreadable(told: &str, why: &str) -> Robustness {
    panic!("{why}\n{told}")
}

/// A table in the shape of COINr, with a period, a group and a column that is no indicator.
const COINR: (&str, &str) = (
    "iCode,iName,Parent,Level,Weight,Direction,Type\njobs,Jobs,work,1,2,1,Indicator\nrent,Rent,work,1,1,-1,Indicator\nwork,Work,,2,1,1,Aggregate\nregion,,,,,,Group\nnote,,,,,,Other\n",
    "uCode,uName,Time,region,note,jobs,rent\nA,Alpha,2020,east,1,10,5\nB,Beta,2020,west,2,20,..\nA,Alpha,2021,east,3,14,4\nB,Beta,2021,west,4,30,1\n",
);

#[test]
fn the_tables_of_coinr_are_taken_as_they_are() {
    let method = r#"{"steps": [{"type": "normalise", "how": {"type": "min_max"}}, {"type": "aggregate", "how": {"type": "arithmetic"}, "missing": "exclude"}, {"type": "rank", "ties": "dense"}]}"#;
    let folder = || Folder::new().with("indicators.csv", COINR.0).with("values.csv", COINR.1).with("method.json", method);
    snapshot!("coinr_panel", folder(), args("build", &[]));
    snapshot!("coinr_panel_csv", folder(), args("build", &["--format", "csv"]));
    snapshot!("panel_without_a_period", folder(), args("robustness", &["--draws", "20"]));
    snapshot!("panel_of_one_period", folder(), args("robustness", &["--draws", "20", "--period", "2021"]));
}

#[test]
fn every_fault_of_both_tables_is_told_at_its_cell() {
    let indicators = "code,parnt,weight\nlife,,heavy\nexpected,nowhere,1\nmean,,\nincome,,\n";
    let values = "unit,life,expected,mean,income\nA,1,x,3,4,9\nB,2,3,4,\"5\n";
    snapshot!("faults", folder().with("indicators.csv", indicators).with("values.csv", values), args("build", &[]));
    let zh = [&["--lang", "zh"], args("build", &[]).as_slice()].concat();
    snapshot!("faults_zh", folder().with("indicators.csv", indicators).with("values.csv", values), zh);
    // What only both tables together show.
    let indicators = "code,parent\nlife,all\nage,all\nall,\n";
    let values = "unit,life,ages\nA,1,2\nA,3,inf\n";
    snapshot!("faults_together", folder().with("indicators.csv", indicators).with("values.csv", values), args("build", &[]));
    snapshot!("no_units", folder().with("values.csv", "land,life\nA,1\n"), args("build", &["--unit", "lnd"]));
    snapshot!("empty", folder().with("values.csv", "\n"), args("build", &[]));
    snapshot!("not_a_method", folder(), ["index", "build", "indicators.csv", "values.csv", "--method", "study.json"]);
}

#[test]
fn a_table_in_another_encoding_or_as_a_workbook_gives_the_same() {
    let bytes = |folder: &Folder, values: &str| {
        let args = ["index", "build", "indicators.csv", values, "--method", "method.json", "--format", "csv"];
        let output = folder.talent(&args).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
        output.stdout
    };
    let folder = folder();
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(VALUES.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    std::fs::write(folder.path("utf16.tsv"), utf16).unwrap();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, line) in (0..).zip(csv::ReaderBuilder::new().has_headers(false).from_reader(VALUES.as_bytes()).records()) {
        for (column, cell) in (0..).zip(&line.unwrap()) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write(row, column, number).unwrap(),
                Err(_) => sheet.write(row, column, cell).unwrap(),
            };
        }
    }
    std::fs::write(folder.path("values.xlsx"), workbook.save_to_buffer().unwrap()).unwrap();
    let expected = bytes(&folder, "values.csv");
    assert_eq!(bytes(&folder, "utf16.tsv"), expected);
    assert_eq!(bytes(&folder, "values.xlsx"), expected);
}

#[test]
fn limits_that_are_asked_for_hold_here_too() {
    let output = folder().talent(&[args("build", &[]), vec!["--limit", "cells=20"]].concat()).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert!(told(&output).contains("TM0608"), "{}", told(&output));
}
