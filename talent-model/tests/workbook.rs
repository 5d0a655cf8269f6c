//! The workbook road: a standard becomes a form, and the filled form a submission.
#![cfg(feature = "workbook")]
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{Format, Formula, Workbook};
use talent_model::diagnostic::Code;
use talent_model::workbook::{self, Languages, Limits, Options, Reading};
use talent_model::{Document, Lang, Standard, Submission, check, reference};

const SHOUGANG: &str = include_str!("../../docs/examples/new-shougang.submission.json");
/// The standard of every kind of answer, as it was when the other programs saved their forms.
const STANDARD: &str = include_str!("workbook/standard.json");
const EVERY_KIND: &str = include_str!("../../schemas/vectors/standards/every-kind.json");
const LANGUAGES: [Languages; 4] = [Languages::One(Lang::Zh), Languages::One(Lang::En), Languages::Both(Lang::Zh), Languages::Both(Lang::En)];

fn shougang() -> Submission {
    let mut submission = Submission::from_json(SHOUGANG.as_bytes()).unwrap();
    // The template pins the standard at hand, whatever was pinned before.
    submission.standard.digest = Some(reference::standard().digest().unwrap());
    submission
}

fn every_kind() -> Standard {
    Standard::from_json(STANDARD.as_bytes()).unwrap()
}

/// A cell of a form made by hand.
#[derive(Clone, Debug)]
enum C {
    Blank,
    T(&'static str),
    N(f64),
    Percent(f64),
    Day(f64),
    Bool(bool),
    Formula(&'static str, &'static str),
}
use C::{Blank, N, T};

type Sheets = Vec<(&'static str, Vec<Vec<C>>)>;

/// A small form for the standard of every kind of answer: `answers` are rows of ID, value, state, zone, note, unit, reason.
fn form(answers: Vec<Vec<C>>) -> Sheets {
    let mut living = vec![
        ["id", "value", "state", "zone", "note", "unit", "reason"].map(|key| T(Box::leak(format!("observations.{key}").into_boxed_str()))).to_vec(),
        ["Indicator ID", "Value", "State", "Zone", "Note", "Unit", "Reason"].map(T).to_vec(),
    ];
    living.extend(answers);
    vec![
        (
            "Submission",
            vec![
                ["submission.id", "submission.item", "submission.value"].map(T).to_vec(),
                ["ID", "Item", "To be filled in"].map(T).to_vec(),
                ["id", "Submission ID", "riverside-2026"].map(T).to_vec(),
                ["period.from", "First day", "2026-01-01"].map(T).to_vec(),
                ["period.to", "Last day", "2026-12-31"].map(T).to_vec(),
                ["community.id", "Community ID", "riverside"].map(T).to_vec(),
                ["community.name.en", "Name", "Riverside"].map(T).to_vec(),
            ],
        ),
        (
            "Zones",
            vec![
                ["zones.id", "zones.name.en", "zones.role", "zones.stage"].map(T).to_vec(),
                ["Zone ID", "Name (English)", "Role", "Stage"].map(T).to_vec(),
                ["core", "The core", "core", "Built"].map(T).to_vec(),
                ["rim", "The rim", "ring", "New"].map(T).to_vec(),
            ],
        ),
        ("Living", living),
        (
            "Version",
            vec![
                ["version.id", "version.item", "version.value"].map(T).to_vec(),
                ["template", "", "1"].map(T).to_vec(),
                ["standard.id", "", "every-kind"].map(T).to_vec(),
                ["standard.version", "", "1.0.0"].map(T).to_vec(),
            ],
        ),
    ]
}

fn bytes(sheets: &Sheets) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, cells) in (0_u32..).zip(rows) {
            for (col, cell) in (0_u16..).zip(cells) {
                match cell {
                    Blank | T("") => {}
                    T(text) => _ = sheet.write_string(row, col, *text).unwrap(),
                    N(number) => _ = sheet.write_number(row, col, *number).unwrap(),
                    C::Percent(number) => _ = sheet.write_number_with_format(row, col, *number, &Format::new().set_num_format("0.0%")).unwrap(),
                    C::Day(number) => _ = sheet.write_number_with_format(row, col, *number, &Format::new().set_num_format("yyyy-mm-dd")).unwrap(),
                    C::Bool(value) => _ = sheet.write_boolean(row, col, *value).unwrap(),
                    C::Formula(formula, result) => _ = sheet.write_formula(row, col, Formula::new(*formula).set_result(*result)).unwrap(),
                }
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn read(sheets: &Sheets) -> Reading {
    workbook::read(&every_kind(), &bytes(sheets))
}

/// What was found, as codes and cells.
fn found(reading: &Reading) -> Vec<(Code, String)> {
    reading.diagnostics.iter().map(|d| (d.code, d.cell.as_ref().map(ToString::to_string).unwrap_or_default())).collect()
}

/// A workbook with the text of some parts changed.
fn patched(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        out.start_file(&*name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(change(&name, text).as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn refusal(bytes: &[u8]) -> Code {
    let reading = workbook::read(&every_kind(), bytes);
    assert!(reading.submission.is_none());
    assert_eq!(reading.diagnostics.len(), 1, "{:?}", reading.diagnostics);
    reading.diagnostics.first().unwrap().code
}

#[test]
fn a_submission_survives_the_workbook_in_every_language() {
    let submission = shougang();
    for languages in LANGUAGES {
        let form = workbook::write(reference::standard(), &submission, languages).unwrap();
        assert_eq!(form.left, []);
        let reading = workbook::read(reference::standard(), &form.bytes);
        assert_eq!(reading.diagnostics, []);
        assert_eq!(reading.submission.unwrap(), submission, "{languages:?}");
    }
}

#[test]
fn every_valid_vector_survives_the_workbook() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/vectors");
    let mut tried = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Ok(vector) = serde_json::from_slice::<serde_json::Value>(&std::fs::read(&path).unwrap_or_default()) else { continue };
        let Some(document) = vector.get("document").or_else(|| vector.get("submission")) else { continue };
        let Ok(mut submission) = Submission::from_json(document.to_string().as_bytes()) else { continue };
        let standard = if submission.standard.id.as_str() == "every-kind" {
            Standard::from_json(EVERY_KIND.as_bytes()).unwrap()
        } else {
            reference::standard().clone()
        };
        let asked: Vec<&str> = standard.answerable().iter().map(|indicator| indicator.id.as_str()).collect();
        if !submission.observations.iter().all(|o| asked.contains(&o.indicator.as_str())) || name.starts_with("invalid-") {
            continue;
        }
        submission.standard.id = standard.id.clone();
        submission.standard.version = standard.version.clone();
        submission.standard.digest = Some(standard.digest().unwrap());
        let form = workbook::write(&standard, &submission, Languages::One(Lang::En)).unwrap();
        assert_eq!(form.left, [], "{name}");
        let reading = workbook::read(&standard, &form.bytes);
        let mut before = submission.observations.to_vec();
        let position = |id: &str| asked.iter().position(|other| *other == id);
        let zone = |o: &talent_model::submission::Observation| {
            let zones = submission.community.iter().flat_map(|c| c.zones.iter());
            o.zone.as_ref().map(|zone| zones.clone().position(|z| z.id == *zone))
        };
        before.sort_by_key(|o| (position(o.indicator.as_str()), zone(o)));
        submission.observations = before.into();
        let Some(read) = reading.submission else { panic!("{name}: {:?}", reading.diagnostics) };
        assert_eq!(read, submission, "{name}");
        tried += 1;
    }
    assert!(tried >= 5, "{tried}");
}

#[test]
fn the_same_template_has_the_same_bytes() {
    for languages in LANGUAGES {
        let make = || workbook::template(reference::standard(), &Options::new(languages)).unwrap().bytes;
        assert!(make() == make());
    }
}

#[test]
fn no_text_of_a_template_is_longer_than_the_highest_row() {
    for languages in LANGUAGES {
        let template = workbook::template(reference::standard(), &Options::new(languages)).unwrap();
        let rows = std::cell::Cell::new(0);
        patched(&template.bytes, |name, part| {
            if name.starts_with("xl/worksheets/") {
                let heights = part.split("ht=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<f64>().ok());
                heights.for_each(|height| {
                    assert!(height < 400.0, "{languages:?}: {name} has a row of {height}");
                    rows.set(rows.get() + 1);
                });
            }
            part
        });
        assert!(rows.get() > 115, "{languages:?}: {rows:?}");
    }
}

#[test]
fn a_template_asks_only_what_applies_to_its_stages() {
    let standard = every_kind();
    let texts = |stages: &[&str]| {
        let mut options = Options::new(Languages::One(Lang::En));
        options.stages = stages.iter().map(|stage| stage.parse().unwrap()).collect();
        let bytes = workbook::template(&standard, &options).unwrap().bytes;
        let mut strings = String::new();
        zip::ZipArchive::new(Cursor::new(bytes)).unwrap().by_name("xl/sharedStrings.xml").unwrap().read_to_string(&mut strings).unwrap();
        strings
    };
    assert!(texts(&["new"]).contains("smart-gates"));
    assert!(!texts(&["built"]).contains("smart-gates"));
    assert!(texts(&[]).contains("smart-gates"));
    let mut options = Options::new(Languages::One(Lang::En));
    options.stages = vec!["old".parse().unwrap()];
    assert!(workbook::template(&standard, &options).is_err());
}

#[test]
fn an_empty_template_says_so_and_nothing_else() {
    for languages in LANGUAGES {
        let template = workbook::template(&every_kind(), &Options { zones: 3, ..Options::new(languages) }).unwrap();
        assert_eq!(refusal(&template.bytes), Code::NothingFilled);
    }
}

#[test]
fn the_next_round_carries_the_answers_and_tells_what_it_leaves() {
    let mut previous = Submission::from_json(SHOUGANG.as_bytes()).unwrap();
    let mut observations = previous.observations.to_vec();
    let first = observations.first_mut().unwrap();
    first.indicator = "dropped-since".parse().unwrap();
    previous.observations = observations.into();
    let options = Options { previous: Some(&previous), ..Options::new(Languages::One(Lang::Zh)) };
    let made = workbook::template(reference::standard(), &options).unwrap();
    let left: Vec<(Code, String)> = made.left.iter().map(|d| (d.code, d.pointer.to_string())).collect();
    assert_eq!(left, [(Code::NotCarried, "/observations/0".to_owned())]);
    let reading = workbook::read(reference::standard(), &made.bytes);
    let missing: Vec<String> = found(&reading).into_iter().map(|(code, cell)| format!("{} {cell}", code.as_str())).collect();
    // Identifier and period belong to the new round, and each has its cell.
    assert_eq!(missing, ["TM0202 申报与社区!C4", "TM0202 申报与社区!C5"]);
}

#[test]
fn a_form_of_an_earlier_version_is_carried_on() {
    let mut sheets = form(vec![vec![T("clinics"), N(4.0)], vec![T("dropped-since"), N(5.0)]]);
    sheets.get_mut(3).unwrap().1.get_mut(3).unwrap()[2] = T("0.9.0");
    let earlier = bytes(&sheets);
    assert_eq!(refusal(&earlier), Code::VersionDiffers);
    let reading = workbook::read_earlier(&every_kind(), &earlier);
    assert!(reading.is_sound(), "{:?}", reading.diagnostics);
    assert_eq!(found(&reading), [(Code::NotCarried, "Living!A4".into())]);
    let previous = reading.submission.unwrap();
    assert_eq!(previous.standard.version.as_str(), "0.9.0");
    let options = Options { previous: Some(&previous), ..Options::new(Languages::One(Lang::En)) };
    let made = workbook::template(&every_kind(), &options).unwrap();
    assert_eq!(made.left, []);
    // The new form answers the version at hand, with the answer that it still asks for.
    let next = workbook::read(&every_kind(), &made.bytes);
    assert_eq!(found(&next).into_iter().map(|(code, _)| code).collect::<Vec<_>>(), [Code::MissingMember, Code::MissingMember]);
    let mut other = form(vec![vec![T("clinics"), N(4.0)]]);
    other.get_mut(3).unwrap().1.get_mut(2).unwrap()[2] = T("another");
    assert_eq!(found(&workbook::read_earlier(&every_kind(), &bytes(&other))), [(Code::StandardNotAtHand, "Version!C3".into())]);
}

#[test]
fn forms_saved_by_other_programs_are_read_alike() {
    let mut read = Vec::new();
    for (program, bytes) in [
        ("openpyxl", &include_bytes!("workbook/openpyxl.xlsx")[..]),
        ("libreoffice", &include_bytes!("workbook/libreoffice.xlsx")[..]),
        ("pandas", &include_bytes!("workbook/pandas.xlsx")[..]),
    ] {
        let reading = workbook::read(&every_kind(), bytes);
        assert!(reading.is_sound(), "{program}: {:?}", reading.diagnostics);
        let cells = found(&reading);
        assert!(cells.contains(&(Code::ReadAs, "社区数据!D6".into())), "{program}");
        // The format that makes 0.125 mean 12.5 % does not survive pandas; the reader asks.
        assert_eq!(cells.contains(&(Code::ShareForPercent, "生活!G5".into())), program == "pandas", "{program}");
        let mut value = serde_json::to_value(reading.submission.unwrap()).unwrap();
        assert!(check::conforms(&check::submission(&every_kind(), &Submission::from_json(value.to_string().as_bytes()).unwrap())), "{program}");
        let first = value.pointer_mut("/observations/0/value").unwrap();
        assert_eq!(*first, serde_json::json!(if program == "pandas" { 0.125 } else { 12.5 }));
        *first = serde_json::Value::Null;
        read.push(value);
    }
    assert_eq!(read.first(), read.get(1));
    assert_eq!(read.first(), read.get(2));
}

#[test]
fn what_people_write_is_read_and_the_reading_is_shown() {
    let reading = read(&form(vec![
        vec![T("talent-housing"), C::Percent(0.07), Blank, T("core")],
        vec![T("talent-housing"), T("１２．５％"), Blank, T("The rim")],
        vec![T("clinics"), T("1,2００"), T("估算")],
        vec![T("satisfaction"), T("—"), T("withheld"), Blank, T("=cmd|' /C calc'!A0")],
        vec![T("incubation"), T("level 3")],
        vec![T("services"), T("Visa counter、3")],
        vec![T("council"), C::Bool(true)],
        vec![T("smart-gates"), T("N/A"), Blank, T("rim"), Blank, Blank, T("no gates")],
        vec![T("heat"), T("有"), Blank, T("core")],
        vec![T("heat"), T("-5"), Blank, T("rim")],
    ]));
    assert!(reading.is_sound(), "{:?}", reading.diagnostics);
    let submission = reading.submission.clone().unwrap();
    let answers: Vec<serde_json::Value> = submission.observations.iter().map(|o| serde_json::to_value(o).unwrap()).collect();
    assert_eq!(
        serde_json::Value::Array(answers),
        serde_json::json!([
            {"indicator": "talent-housing", "zone": "core", "value": 7},
            {"indicator": "talent-housing", "zone": "rim", "value": 12.5},
            {"indicator": "clinics", "state": "estimated", "value": 1200},
            {"indicator": "satisfaction", "state": "withheld", "note": "=cmd|' /C calc'!A0"},
            {"indicator": "incubation", "level": 3},
            {"indicator": "services", "items": ["visa-counter", "tax-advice"]},
            {"indicator": "council", "answer": true},
            {"indicator": "smart-gates", "zone": "rim", "state": "not_applicable", "reason": "no gates"},
            {"indicator": "heat", "zone": "core", "level": 1},
            {"indicator": "heat", "zone": "rim", "value": -5},
        ])
    );
    let shown =
        |cell: &str| reading.diagnostics.iter().find(|d| d.cell.as_ref().is_some_and(|c| c.cell == cell)).map(|d| d.params["reading"].clone());
    assert_eq!(shown("B3").as_deref(), Some("7"));
    assert_eq!(shown("B5").as_deref(), Some("1200"));
    // Findings of the checks stand in the cells too.
    let all = reading.with(check::submission(&every_kind(), &submission));
    let limits: Vec<String> = all.iter().filter(|d| d.code == Code::OutsideLimits).map(|d| d.cell.as_ref().unwrap().to_string()).collect();
    assert_eq!(limits, ["Living!B5", "Living!B12"]);
}

#[test]
fn what_is_not_understood_is_told_by_cell_and_only_once() {
    let reading = read(&form(vec![
        vec![T("talent-housing"), T("约30")],
        vec![T("clinics"), T("1,23")],
        vec![T("satisfaction"), T("无")],
        vec![T("incubation"), C::Percent(0.5)],
        vec![T("heat"), T("35%"), Blank, T("rim")],
        vec![T("council"), T("perhaps")],
        vec![T("services"), T("7")],
        vec![T("smart-gates"), T("N/A"), T("reported")],
    ]));
    let cells: Vec<(Code, String)> = found(&reading);
    let at = |code: Code, row: u32| (code, format!("Living!B{row}"));
    assert_eq!(
        cells,
        [
            at(Code::CellNotUnderstood, 3),
            at(Code::CellAmbiguous, 4),
            at(Code::CellAmbiguous, 5),
            at(Code::CellNotUnderstood, 6),
            at(Code::PercentUnexpected, 7),
            at(Code::CellNotUnderstood, 8),
            at(Code::CellNotUnderstood, 9),
            at(Code::StateContradicts, 10),
        ]
        .into_iter()
        .flat_map(|finding| if finding.0 == Code::StateContradicts { vec![(Code::ReadAs, finding.1.clone()), finding] } else { vec![finding] })
        .collect::<Vec<_>>()
    );
    // That these are not answered only follows from the cells.
    let all = reading.with(check::submission(&every_kind(), reading.submission.as_ref().unwrap()));
    assert!(!all.iter().any(|d| d.code == Code::NotAnswered), "{all:?}");
}

#[test]
fn places_hold_when_rows_columns_and_sheets_are_moved_and_renamed() {
    let mut sheets = form(vec![vec![T("council"), T("maybe")], vec![T("incubation"), N(3.0)], vec![T("clinics"), N(4.0)]]);
    for (name, rows) in &mut sheets {
        if *name == "Living" {
            *name = "Our own name";
            rows.insert(0, vec![T("A heading of our own")]);
            rows.insert(3, vec![]);
            rows.swap(4, 6);
            for row in rows.iter_mut() {
                row.resize(7, Blank);
                row.insert(1, Blank);
                row.rotate_right(2);
            }
        }
    }
    let reading = read(&sheets);
    assert_eq!(found(&reading), [(Code::CellNotUnderstood, "'Our own name'!E7".into())]);
    let ids: Vec<String> = reading.submission.unwrap().observations.iter().map(|o| o.indicator.to_string()).collect();
    assert_eq!(ids, ["clinics", "incubation"]);
}

#[test]
fn without_keys_titles_are_enough() {
    let mut sheets = form(vec![vec![T("clinics"), N(4.0)]]);
    for (_, rows) in &mut sheets {
        if rows.len() > 4 {
            rows.remove(0);
        }
    }
    let reading = read(&sheets);
    assert!(reading.is_sound(), "{:?}", reading.diagnostics);
    assert!(found(&reading).iter().all(|(code, _)| *code == Code::MatchedByTitle));
    assert_eq!(reading.submission.unwrap().observations.len(), 1);
}

#[test]
fn strangers_in_the_workbook_are_kept_and_told() {
    let mut sheets = form(vec![vec![T("clinics"), N(4.0), Blank, Blank, Blank, Blank, Blank, T("checked by Li")]]);
    sheets.push(("Calculation", vec![vec![T("anything"), N(1.0)]]));
    sheets.get_mut(2).unwrap().1.get_mut(1).unwrap().push(T("Checked"));
    sheets.get_mut(2).unwrap().1.push(vec![T("our own remark below the table")]);
    let reading = read(&sheets);
    assert!(reading.is_sound());
    assert_eq!(found(&reading), [(Code::ExtraColumn, "Living!H2".into()), (Code::ExtraSheet, "Calculation!A1".into())]);
    let kept = serde_json::to_value(reading.submission.unwrap()).unwrap();
    assert_eq!(kept.pointer("/extensions/workbook/columns/0/cells/clinics 3"), Some(&serde_json::json!("checked by Li")));
}

#[test]
fn contradictions_name_both_places() {
    let mut sheets = form(vec![vec![T("clinics"), N(4.0)], vec![T("council"), T("yes")], vec![T("clinics"), N(5.0)], vec![T("council"), T("是")]]);
    let copy = sheets.get(2).unwrap().1.iter().take(3).cloned().collect();
    sheets.push(("Living (2)", copy));
    sheets.get_mut(2).unwrap().1.push(vec![T("clinix"), N(4.0)]);
    let reading = read(&sheets);
    assert_eq!(
        found(&reading),
        [(Code::AnsweredTwice, "Living!B5".into()), (Code::UnknownRow, "Living!A7".into()), (Code::SheetTwice, "'Living (2)'!A3".into()),]
    );
    assert_eq!(reading.diagnostics.first().unwrap().params["first"], "Living!B3");
    assert_eq!(reading.diagnostics.get(1).unwrap().params["suggestion"], "clinics");
}

#[test]
fn columns_that_are_missing_or_doubled_are_told() {
    let mut sheets = form(vec![vec![T("clinics"), N(4.0), Blank, Blank, Blank, N(9.0)]]);
    let living = &mut sheets.get_mut(2).unwrap().1;
    living.get_mut(0).unwrap()[5] = T("observations.value");
    assert!(found(&read(&sheets)).contains(&(Code::ColumnTwice, "Living!F1".into())));
    let living = &mut sheets.get_mut(2).unwrap().1;
    for row in living.iter_mut() {
        row.remove(1);
        row.truncate(3);
    }
    assert!(found(&read(&sheets)).contains(&(Code::ColumnMissing, "Living!A2".into())));
}

#[test]
fn formulas_count_by_their_saved_value_and_errors_by_none() {
    let sheets = form(vec![
        vec![T("clinics"), C::Formula("=2+2", "4")],
        vec![T("satisfaction"), C::Formula("=1/0", "#DIV/0!")],
        vec![T("incubation"), C::Formula("=7-4", "3")],
    ]);
    let bytes = patched(&bytes(&sheets), |_, text| text.replace("<f>7-4</f><v>3</v>", "<f>7-4</f>"));
    let reading = workbook::read(&every_kind(), &bytes);
    assert_eq!(
        found(&reading),
        [(Code::FormulaValue, "Living!B3".into()), (Code::CellError, "Living!B4".into()), (Code::FormulaWithoutValue, "Living!B5".into())]
    );
    assert_eq!(reading.submission.unwrap().observations.len(), 1);
}

#[test]
fn a_merged_value_answers_no_row() {
    let sheets = form(vec![vec![T("clinics"), N(4.0)], vec![T("incubation")], vec![T("council"), T("yes")]]);
    let merge = "<mergeCells count=\"1\"><mergeCell ref=\"B3:B4\"/></mergeCells>";
    let bytes =
        patched(
            &bytes(&sheets),
            |name, text| {
                if name.ends_with("sheet3.xml") { text.replace("</sheetData>", &format!("</sheetData>{merge}")) } else { text }
            },
        );
    let reading = workbook::read(&every_kind(), &bytes);
    assert_eq!(found(&reading), [(Code::MergedAnswers, "Living!B3".into())]);
    assert_eq!(reading.submission.unwrap().observations.len(), 1);
}

#[test]
fn days_are_counted_from_the_epoch_of_the_workbook() {
    let day = |serial: f64, change: &dyn Fn(&str, String) -> String| {
        let mut sheets = form(vec![vec![T("clinics"), N(4.0)]]);
        sheets.get_mut(0).unwrap().1.get_mut(3).unwrap()[2] = C::Day(serial);
        workbook::read(&every_kind(), &patched(&bytes(&sheets), change)).submission.unwrap().period.from.to_string()
    };
    assert_eq!(day(46_023.0, &|_, text| text), "2026-01-01");
    let from_1904 =
        |name: &str, text: String| if name == "xl/workbook.xml" { text.replace("<workbookPr ", "<workbookPr date1904=\"1\" ") } else { text };
    assert_eq!(day(46_023.0 - 1462.0, &from_1904), "2026-01-01");
}

#[test]
fn another_standard_or_version_ends_the_reading() {
    let other = |row: usize, text: &'static str| {
        let mut sheets = form(vec![vec![T("clinics"), N(4.0)]]);
        sheets.get_mut(3).unwrap().1.get_mut(row).unwrap()[2] = T(text);
        found(&read(&sheets))
    };
    assert_eq!(other(1, "2"), [(Code::TemplateNewer, "Version!C2".into())]);
    assert_eq!(other(2, "another"), [(Code::StandardNotAtHand, "Version!C3".into())]);
    assert_eq!(other(3, "9.0.0"), [(Code::VersionDiffers, "Version!C4".into())]);
    let mut sheets = form(vec![vec![T("clinics"), N(4.0)]]);
    sheets.pop();
    assert_eq!(found(&read(&sheets)), [(Code::VersionSheetMissing, String::new())]);
}

#[test]
fn other_members_are_read_and_may_not_contradict() {
    let with = |more: &'static str| {
        let mut sheets = form(vec![vec![T("clinics"), N(4.0), Blank, Blank, Blank, Blank, T(more)]]);
        sheets.get_mut(2).unwrap().1.get_mut(0).unwrap()[6] = T("observations.more");
        read(&sheets)
    };
    assert_eq!(with(r#"{"illustrative": true}"#).submission.unwrap().observations.first().unwrap().illustrative, Some(true));
    assert_eq!(found(&with("{illustrative")), [(Code::MoreUnreadable, "Living!G3".into())]);
    assert_eq!(found(&with(r#"{"value": 5}"#)), [(Code::MoreContradicts, "Living!G3".into())]);
}

#[test]
fn what_is_no_workbook_is_told_by_name() {
    let archive = |parts: &[&str]| {
        let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for part in parts {
            out.start_file(*part, zip::write::SimpleFileOptions::default()).unwrap();
        }
        out.finish().unwrap().into_inner()
    };
    assert_eq!(refusal(b"PK\x03\x04 cut off"), Code::WorkbookUnreadable);
    assert_eq!(refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old file"), Code::NotAWorkbook);
    let encrypted: Vec<u8> =
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".iter().copied().chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(refusal(&encrypted), Code::WorkbookEncrypted);
    for parts in [&["[Content_Types].xml", "word/document.xml"][..], &["mimetype", "content.xml"], &["anything.txt"]] {
        assert_eq!(refusal(&archive(parts)), Code::NotAWorkbook);
    }
    assert_eq!(refusal(&bytes(&vec![("Sheet1", vec![vec![T("a table"), T("of our own")]])])), Code::NoTemplate);
}

#[test]
fn hostile_workbooks_are_refused_before_they_cost_anything() {
    let sound = bytes(&form(vec![vec![T("clinics"), N(4.0), Blank, Blank, T("a note of some length")]]));
    let within = |limits: Limits| {
        let reading = workbook::read_within(&every_kind(), &sound, limits);
        assert_eq!(reading.submission, None);
        reading.diagnostics.first().unwrap().code
    };
    let usual = Limits::default();
    assert_eq!(within(Limits { bytes: 100, ..usual }), Code::TooLarge);
    assert_eq!(within(Limits { parts: 3, ..usual }), Code::TooManyParts);
    assert_eq!(within(Limits { inflated: 3000, ..usual }), Code::InflatesTooFar);
    assert_eq!(within(Limits { sheets: 2, ..usual }), Code::TooManySheets);
    assert_eq!(within(Limits { cells: 20, ..usual }), Code::TooManyCells);
    assert_eq!(within(Limits { text: 4, ..usual }), Code::TextTooLong);
    let bomb = patched(&sound, |name, text| if name.ends_with("styles.xml") { text + &" ".repeat(8 << 20) } else { text });
    assert!(bomb.len() < 100_000);
    assert_eq!(refusal(&bomb), Code::RatioTooHigh);
    let doctype =
        patched(
            &sound,
            |name, text| {
                if name.ends_with("sharedStrings.xml") { text.replacen("<sst", "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><sst", 1) } else { text }
            },
        );
    assert_eq!(refusal(&doctype), Code::DoctypeRefused);
    // A used range that reaches to the last cell of a sheet costs one cell.
    let far = patched(&sound, |name, text| {
        let cell = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>";
        if name.ends_with("sheet3.xml") { text.replace("</sheetData>", cell) } else { text }
    });
    assert!(workbook::read(&every_kind(), &far).is_sound());
}

#[test]
fn no_bytes_make_the_reader_panic() {
    let sound = bytes(&form(vec![vec![T("clinics"), N(4.0)]]));
    for at in (0..sound.len()).step_by(13) {
        let mut broken = sound.clone();
        broken[at] ^= 0x55;
        let _ = workbook::read(&every_kind(), &broken);
        let _ = workbook::read(&every_kind(), sound.get(..at).unwrap());
    }
}
