//! The road of a workbook as its sender and its receiver walk it, word for word.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::fs;

mod common;
use common::{Folder, record, settings};

/// The every-kind standard, and the form that a spreadsheet program has filled in and saved.
fn filled() -> Folder {
    let folder = Folder::new().with("every-kind.json", include_str!("../../talent-model/tests/workbook/standard.json"));
    fs::write(folder.path("form"), include_bytes!("../../talent-model/tests/workbook/openpyxl.xlsx")).unwrap();
    folder
}

#[test]
fn a_filled_workbook_is_checked_converted_and_assessed_by_its_cells() {
    let text = record(
        &filled(),
        &[
            &["check", "form", "--standard", "every-kind.json", "--lang", "zh"],
            &["check", "form", "--standard", "every-kind.json", "--format", "json"],
            &["convert", "form", "--standard", "every-kind.json"],
            &["assess", "form", "--standard", "every-kind.json"],
            // Of another standard: nothing further is said of it.
            &["assess", "form", "--standard", "standard.json"],
        ],
    );
    settings().bind(|| insta::assert_snapshot!("workbook", text));
}

#[test]
fn a_submission_comes_back_from_its_workbook() {
    let folder = Folder::new();
    let written = record(
        &folder,
        &[
            &["convert", "submission.json", "--standard", "standard.json", "-o", "form.xlsx", "--both"],
            &["convert", "form.xlsx", "--standard", "standard.json", "-o", "back.json"],
            &["template", "--standard", "standard.json", "--from", "back.json", "-o", "next.xlsx"],
            &["check", "next.xlsx", "--standard", "standard.json", "--lang", "zh"],
        ],
    );
    settings().bind(|| insta::assert_snapshot!("workbook_round", written));
    let observations = |name: &str| {
        let document: serde_json::Value = serde_json::from_slice(&fs::read(folder.path(name)).unwrap()).unwrap();
        document.pointer("/observations").unwrap().as_array().unwrap().len()
    };
    assert_eq!(observations("back.json"), observations("submission.json"));
}

#[test]
fn a_workbook_never_lands_on_the_terminal_and_a_wrong_stage_is_told() {
    let folder = Folder::new();
    let text = record(
        &folder,
        &[
            &["template"],
            &["convert", "submission.json", "--standard", "standard.json", "--lang", "zh"],
            &["template", "--stage", "buil", "-o", "form.xlsx"],
        ],
    );
    settings().bind(|| insta::assert_snapshot!("workbook_refused", text));
    assert!(!folder.path("form.xlsx").exists());
}

#[test]
fn an_answer_goes_back_with_everything_that_was_found() {
    let folder = filled();
    let text = record(
        &folder,
        &[
            &["annotate", "form", "--standard", "every-kind.json", "-o", "answer.xlsx"],
            &["annotate", "answer.xlsx", "--standard", "every-kind.json", "-o", "again.xlsx", "--lang", "zh"],
            &["check", "again.xlsx", "--standard", "every-kind.json", "--lang", "zh"],
            // What is no workbook, or goes nowhere, is not answered, and nothing is written.
            &["annotate", "submission.json", "-o", "nothing.xlsx", "--lang", "zh"],
            &["annotate", "form"],
        ],
    );
    settings().bind(|| insta::assert_snapshot!("answer", text));
    assert!(!folder.path("nothing.xlsx").exists());
}
