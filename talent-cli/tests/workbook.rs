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

/// The answers of two departments, and what the third knows of the community.
fn departments() -> Folder {
    let base = r#"{"kind": "submission", "model": "1.0", "id": "riverside-2026", "standard": {"id": "minimal", "version": "1.0.0"},
 "period": {"from": "2026-01-01", "to": "2026-12-31"}, "observations": []}"#;
    let place = r#"{"kind": "community", "model": "1.0", "id": "riverside", "name": {"en": "Riverside", "zh": "河畔"}}"#;
    Folder::new()
        .with("base.json", base)
        .with("place.json", place)
        .with("a.csv", "indicator,value\npark-area,5\n")
        .with("b.csv", "指标标识;填报值;备注\npark-area;5;\nopen-days;也许;\n")
        .with("c.csv", "indicator,value\npark-area,7\n")
}

#[test]
fn the_files_of_departments_are_merged_or_nothing_is_written() {
    let folder = departments();
    let text = record(
        &folder,
        &[
            &["merge", "base.json", "place.json", "a.csv", "--standard", "standard.json", "-o", "all.json"],
            &["check", "all.json", "--standard", "standard.json"],
            &["merge", "base.json", "a.csv", "b.csv", "--standard", "standard.json", "-o", "none.json", "--lang", "zh"],
            &["merge", "a.csv", "c.csv", "--standard", "standard.json", "-o", "none.json"],
            &["merge", "a.csv", "c.csv", "--standard", "standard.json", "-o", "none.json", "--lang", "zh"],
            &["merge", "a.csv", "place.json", "--standard", "standard.json", "-o", "none.json"],
        ],
    );
    settings().bind(|| insta::assert_snapshot!("merge", text));
    assert!(folder.path("all.json").exists() && !folder.path("none.json").exists());
}

#[test]
fn a_table_is_checked_converted_and_assessed_by_line_and_column() {
    let folder = Folder::new();
    let text = record(
        &folder,
        &[
            &["convert", "submission.json", "--standard", "standard.json", "-o", "long.csv"],
            &["convert", "submission.json", "--standard", "standard.json", "--layout", "wide", "--bom"],
            &["convert", "long.csv", "--standard", "standard.json", "-o", "back.json"],
            &["convert", "long.csv", "--standard", "standard.json", "-o", "form.xlsx"],
            &["check", "long.csv", "form.xlsx", "--standard", "standard.json", "--lang", "zh"],
            &["assess", "long.csv", "--standard", "standard.json"],
        ],
    );
    settings().bind(|| insta::assert_snapshot!("table", text));
    let observations = |name: &str| {
        let document: serde_json::Value = serde_json::from_slice(&fs::read(folder.path(name)).unwrap()).unwrap();
        document.pointer("/observations").unwrap().as_array().unwrap().clone()
    };
    assert_eq!(observations("back.json"), observations("submission.json"));
}

/// A form with one text of one part changed, as somebody's program or hand might.
fn changed(bytes: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..archive.len() {
        let mut entry = archive.by_index(i).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        if name == part {
            let text = String::from_utf8(content).unwrap();
            assert!(text.contains(from), "{part}: {from}");
            content = text.replace(from, to).into_bytes();
        }
        out.start_file(&*name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// An archive of empty parts.
fn archive(parts: &[&str]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for part in parts {
        out.start_file(*part, zip::write::SimpleFileOptions::default()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn what_is_handed_in_wrongly_is_told_in_both_languages() {
    const FORM: &[u8] = include_bytes!("../../talent-model/tests/workbook/openpyxl.xlsx");
    let folder = Folder::new().with("every-kind.json", include_str!("../../talent-model/tests/workbook/standard.json"));
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path(name), bytes).unwrap();
    let template = folder.talent(&["template", "--standard", "every-kind.json", "-o", "empty.xlsx"]).status().unwrap();
    assert!(template.success());
    write("other-standard.xlsx", FORM);
    // Version and standard stand on the last sheet, as inline texts.
    write("other-version.xlsx", &changed(FORM, "xl/worksheets/sheet12.xml", "<t>1.0.0</t>", "<t>0.9.0</t>"));
    // The sheet of facts says twice, and differently, what the population is; so does a copied sheet of a scenario of its indicators.
    write("twice.xlsx", &changed(FORM, "xl/worksheets/sheet6.xml", "<t>council</t>", "<t>clinics</t>"));
    let encrypted = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    write("locked.xlsx", &encrypted);
    write("old.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old file");
    write("ods.xlsx", &archive(&["mimetype", "content.xml"]));
    write("word.xlsx", &archive(&["[Content_Types].xml", "word/document.xml"]));
    write("nul.csv", b"indicator,value\nclinics,4\0\n");
    write("gbk.csv", b"indicator,value,note\nclinics,4,\xba\xd3\xff\xc5\xcf\n");
    write("twice.csv", b"indicator,zone,value\nclinics,core,4\nclinics,core,5\n");
    write("ragged.csv", b"indicator,value\nclinics,1,234\n");
    write("quote.csv", b"indicator,value,note\nclinics,4,\"never closed\n");
    write("columns.csv", "姓名,电话\n李,1\n".as_bytes());
    let files = [
        "other-version.xlsx",
        "twice.xlsx",
        "locked.xlsx",
        "old.xlsx",
        "ods.xlsx",
        "word.xlsx",
        "empty.xlsx",
        "nul.csv",
        "gbk.csv",
        "twice.csv",
        "ragged.csv",
        "quote.csv",
        "columns.csv",
    ];
    let mut runs: Vec<Vec<&str>> = Vec::new();
    for lang in ["en", "zh"] {
        runs.push(vec!["check", "other-standard.xlsx", "--standard", "standard.json", "--lang", lang]);
        runs.extend(files.map(|file| vec!["convert", file, "--standard", "every-kind.json", "-o", "out.json", "--lang", lang]));
    }
    let runs: Vec<&[&str]> = runs.iter().map(Vec::as_slice).collect();
    let text = record(&folder, &runs);
    settings().bind(|| insta::assert_snapshot!("handed_in_wrongly", text));
    assert!(!folder.path("out.json").exists());
}

#[test]
fn the_next_round_says_what_it_could_not_carry_from_an_earlier_version() {
    let earlier = SUBMISSION_OF_AN_EARLIER_VERSION;
    let folder = Folder::new().with("earlier.json", earlier).with(
        "earlier.csv",
        "standard.id,standard.version,submission.id,period.from,period.to,community.id,community.name.zh,indicator,value\n\
         minimal,0.9.0,riverside-2025,2025-01-01,2025-12-31,riverside,河畔,park-area,120000\n,,,,,,,car-parks,7\n",
    );
    let text = record(
        &folder,
        &[
            &["template", "--standard", "standard.json", "--from", "earlier.json", "-o", "next.xlsx"],
            &["template", "--standard", "standard.json", "--from", "earlier.csv", "-o", "next.xlsx", "--lang", "zh"],
            &["check", "next.xlsx", "--standard", "standard.json", "--lang", "zh"],
        ],
    );
    settings().bind(|| insta::assert_snapshot!("next_round", text));
}

const SUBMISSION_OF_AN_EARLIER_VERSION: &str = r#"{"kind": "submission", "model": "1.0", "id": "riverside-2025",
 "standard": {"id": "minimal", "version": "0.9.0"}, "period": {"from": "2025-01-01", "to": "2025-12-31"},
 "community": {"kind": "community", "model": "1.0", "id": "riverside", "name": {"zh": "河畔"}},
 "observations": [{"indicator": "park-area", "value": 120000}, {"indicator": "car-parks", "value": 7}, {"indicator": "open-days", "value": 3}]}"#;
