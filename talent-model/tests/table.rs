//! Delimited texts: read like workbooks, by line and column; and the partial files of several departments.
#![cfg(feature = "workbook")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use talent_model::diagnostic::{Code, Diagnostic, Severity};
use talent_model::workbook::{self, Limits, Merged, Part, Reading, Shape, TableOptions};
use talent_model::{Document, Lang, Standard, reference};

const STANDARD: &str = include_str!("workbook/standard.json");
const SHOUGANG: &str = include_str!("../../docs/examples/new-shougang.submission.json");
/// What a table must say beside its answers.
const HEAD: &str = "submission.id,period.from,period.to,community.id,community.name.zh,zone,zones.name.zh,zones.role,zones.stage";
const FIRST: &str = "riverside-2026,2026-01-01,2026-12-31,riverside,河畔,core,核心,核心区,built";

fn every_kind() -> Standard {
    Standard::from_json(STANDARD.as_bytes()).unwrap()
}

fn read(bytes: &[u8]) -> Reading {
    workbook::read(&every_kind(), bytes)
}

/// Code, line and column, and cell.
fn places(found: &[Diagnostic]) -> Vec<(Code, String, String)> {
    let place = |d: &Diagnostic| match (d.line, d.column) {
        (Some(line), Some(column)) => format!("{}:{}", line.get(), column.get()),
        _ => String::new(),
    };
    found.iter().map(|d| (d.code, place(d), d.cell.as_ref().map(ToString::to_string).unwrap_or_default())).collect()
}

fn found(bytes: &[u8]) -> Vec<(Code, String, String)> {
    places(&read(bytes).diagnostics)
}

fn answers(reading: &Reading) -> serde_json::Value {
    serde_json::to_value(&reading.submission.as_ref().unwrap_or_else(|| panic!("{:?}", reading.diagnostics)).observations).unwrap()
}

#[test]
fn a_wide_table_with_zones_may_have_no_answers() {
    let text = format!("{HEAD}\n{FIRST}\n,,,,,rim,边缘,圈层,new\n");
    let submission = read(text.as_bytes()).submission.unwrap();
    assert_eq!((submission.id.as_str(), submission.community.as_ref().unwrap().zones.len(), submission.observations.len()), ("riverside-2026", 2, 0));
    let written = workbook::table(&every_kind(), &submission, &TableOptions::new(Shape::Wide, Lang::En));
    assert_eq!(read(&written.bytes).submission.map(|again| again.to_json()), Some(submission.to_json()));
    // A column that nothing is read of is told, even where no other has answers.
    let misspelt = format!("{HEAD},clinicz\n{FIRST},4\n");
    assert_eq!(found(misspelt.as_bytes()), [(Code::ColumnUnread, "1:110".into(), "J1".into())]);
}

#[test]
fn a_long_table_has_a_row_for_each_observation() {
    let text =
        format!("{HEAD},indicator,value,state,note\n{FIRST},clinics,4,,\n,,,,,core,,,,council,是,,\"a, b\"\n,,,,,,,,,talent-housing,3万,估算,\n");
    let reading = read(text.as_bytes());
    assert_eq!(
        answers(&reading),
        serde_json::json!([
            {"indicator": "talent-housing", "state": "estimated", "value": 30000},
            {"indicator": "clinics", "zone": "core", "value": 4},
            {"indicator": "council", "zone": "core", "answer": true, "note": "a, b"},
        ])
    );
    assert_eq!(places(&reading.diagnostics), [(Code::ReadAs, "4:25".into(), "K4".into())]);
    let zone = &reading.submission.unwrap().community.unwrap().zones;
    assert_eq!(zone.first().unwrap().stage.as_ref().unwrap().as_str(), "built");
}

#[test]
fn a_wide_table_has_a_column_for_each_indicator() {
    let text = format!("{HEAD},clinics,council,our own\n{FIRST},4,否,x\n,,,,,rim,边缘,圈层,new,约5,N/A,\n");
    let reading = read(text.as_bytes());
    let there: Vec<(Code, String, String)> = places(&reading.diagnostics);
    assert_eq!(
        there,
        [
            (Code::ColumnUnread, "1:126".into(), "L1".into()),
            (Code::CellNotUnderstood, "3:20".into(), "J3".into()),
            (Code::ReadAs, "3:23".into(), "K3".into())
        ]
    );
    assert_eq!(
        answers(&reading),
        serde_json::json!([
            {"indicator": "clinics", "zone": "core", "value": 4},
            {"indicator": "council", "zone": "core", "answer": false},
            {"indicator": "council", "zone": "rim", "state": "not_applicable"},
        ])
    );
}

#[test]
fn a_sheet_saved_as_it_is_is_read_too() {
    let keys = "observations.id,observations.name,observations.value\n指标,,\n指标标识,指标,填报值\nclinics,诊所,4\n";
    let reading = read(keys.as_bytes());
    // Nothing is misunderstood; only what other sheets have is missing.
    assert_eq!(found(keys.as_bytes()).into_iter().map(|(code, ..)| code).collect::<Vec<_>>(), [Code::MissingMember, Code::MissingMember]);
    assert!(reading.submission.is_none());
    let titles = "指标标识,编号,指标,填报值,状态\nclinics,,,约4,\n";
    assert!(found(titles.as_bytes()).contains(&(Code::CellNotUnderstood, "2:11".into(), "D2".into())), "{:?}", found(titles.as_bytes()));
    // Facts and zones in files of their own.
    let facts = "facts.id,facts.value\npopulation,1.2万\n";
    assert!(found(facts.as_bytes()).contains(&(Code::ReadAs, "2:12".into(), "B2".into())));
}

#[test]
fn every_usual_encoding_is_read_and_told() {
    let text = format!("{HEAD},indicator,value\n{FIRST},clinics,4\n");
    let plain = read(text.as_bytes());
    assert_eq!(plain.diagnostics, []);
    let units = |big: bool| -> Vec<u8> { text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect() };
    // 河畔核心核心区 in GB18030.
    let mut gbk = text.replace("河畔", "1").replace("核心区", "2").replace("核心", "3").into_bytes();
    gbk = gbk.into_iter().collect();
    let gbk = String::from_utf8(gbk).unwrap();
    let (before, after) = gbk.split_once("riverside,1").unwrap();
    let after = after.replacen(",3,2,", "\u{0}", 1);
    let (middle, after) = after.split_once('\u{0}').unwrap();
    let gbk = [before.as_bytes(), b"riverside,\xba\xd3\xc5\xcf", middle.as_bytes(), b",\xba\xcb\xd0\xc4,\xba\xcb\xd0\xc4\xc7\xf8,", after.as_bytes()]
        .concat();
    for (bytes, told) in [
        ([b"\xef\xbb\xbf", text.as_bytes()].concat(), None),
        ([b"\xff\xfe".to_vec(), units(false)].concat(), Some("UTF-16LE")),
        (units(true), Some("UTF-16BE")),
        (gbk.clone(), Some("GB18030")),
    ] {
        let reading = read(&bytes);
        assert_eq!(reading.submission, plain.submission, "{told:?}");
        assert_eq!(reading.diagnostics.iter().map(|d| d.params["encoding"].as_str()).collect::<Vec<_>>(), told.into_iter().collect::<Vec<_>>());
        assert!(reading.diagnostics.iter().all(|d| d.code == Code::TableEncoding && d.severity == Severity::Note));
    }
    // One broken byte has its place.
    let mut broken = gbk;
    let at = broken.len() - 3;
    broken.insert(at, 0xff);
    assert_eq!(found(&broken).into_iter().filter(|(code, ..)| *code == Code::TableBytes).map(|(_, place, _)| place).collect::<Vec<_>>(), ["2:76"]);
}

#[test]
fn what_is_wrong_with_the_text_is_told_by_line_and_column() {
    let with = |row: &str| found(format!("{HEAD},indicator,value\n{FIRST},{row}").as_bytes());
    let has = |row: &str, code: Code, place: &str| {
        let found = with(row);
        assert!(found.iter().any(|(other, at, _)| (*other, at.as_str()) == (code, place)), "{row}: {found:?}");
    };
    assert_eq!(with("clinics,4\n"), []);
    has("clinics,\"4\n,,,,,,,,,council,yes\n", Code::QuoteNotClosed, "2:77");
    has("clinics,4\0\n", Code::TableNul, "2:78");
    has("clinics,4,5\n", Code::TableRagged, "2:79");
    has("clinics,4\n,,,,,core\n", Code::TableRagged, "3:6");
    has("clinics,4\nriverside-2027,,,,,,,,,council,yes\n", Code::RowsDiffer, "3:1");
    has("clinics,4\n,,,,,core,,外圈,,council,yes\n", Code::RowsDiffer, "3:12");
    has("clinics,4\n,,,,,core,,,,clinics,5\n", Code::AnsweredTwice, "3:22");
    has("clinix,4\n", Code::UnknownRow, "2:69");
    assert_eq!(with("clinics,4\n,,,,,core\n").first().map(|(code, ..)| *code), Some(Code::TableRagged));
    let ragged = read(format!("{HEAD},indicator,value\n{FIRST},clinics,4\n,,,,,core\n").as_bytes());
    assert!(ragged.is_sound(), "a short row is worth a look, and no more");
}

#[test]
fn a_text_without_columns_of_ours_is_refused_as_such() {
    for (text, code) in [("a,b\n1,2\n", Code::NoColumns), (" \n", Code::EmptyDocument), ("just words", Code::NoColumns)] {
        let reading = read(text.as_bytes());
        assert!(reading.submission.is_none());
        assert_eq!(reading.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), [code], "{text}");
    }
    assert!(
        workbook::is_form(b"a,b\n1,2\n")
            && !workbook::is_form(b"a, b or\nwhatever")
            && !workbook::is_form(b"{\"indicator\": 1, \"value\": 2}")
            && !workbook::is_form(b"")
    );
    assert!(workbook::is_form(b"indicator;value\n") && workbook::is_form("指标标识\t填报值\n".as_bytes()));
}

#[test]
fn hostile_tables_are_bounded() {
    let text = format!("{HEAD},indicator,value,note\n{FIRST},clinics,4,a note of some length\n");
    let usual = Limits::default();
    for (limits, code) in [
        (Limits { bytes: 20, ..usual }, Code::TooLarge),
        (Limits { cells: 10, ..usual }, Code::TooManyCells),
        (Limits { text: 4, ..usual }, Code::TextTooLong),
    ] {
        let reading = workbook::read_within(&every_kind(), text.as_bytes(), limits);
        assert_eq!(reading.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), [code]);
    }
    for at in 0..text.len() {
        let mut broken = text.clone().into_bytes();
        *broken.get_mut(at).unwrap() ^= 0x95;
        let _ = read(&broken);
        let _ = read(text.as_bytes().get(..at).unwrap());
    }
}

#[test]
fn tables_of_the_example_are_read_back() {
    let submission = talent_model::Submission::from_json(SHOUGANG.as_bytes()).unwrap();
    for lang in [Lang::En, Lang::Zh] {
        let made = workbook::table(reference::standard(), &submission, &TableOptions::new(Shape::Long, lang));
        assert_eq!(made.left, []);
        assert_eq!(workbook::read(reference::standard(), &made.bytes).submission.as_ref(), Some(&submission));
        // What has no room in a wide table is told, place by place; the answers themselves are there.
        let made = workbook::table(reference::standard(), &submission, &TableOptions { mark: true, ..TableOptions::new(Shape::Wide, lang) });
        assert!(made.left.iter().all(|d| d.code == Code::NotCarried) && !made.left.is_empty());
        let again = workbook::read(reference::standard(), &made.bytes).submission.unwrap();
        assert_eq!(again.community, submission.community);
        for observation in again.observations.iter().filter(|o| o.value.is_some()) {
            let before = submission.observations.iter().find(|o| (&o.indicator, &o.zone) == (&observation.indicator, &observation.zone)).unwrap();
            assert_eq!(before.value, observation.value);
        }
    }
}

#[test]
fn what_a_spreadsheet_would_run_stays_text() {
    let mut value: serde_json::Value = serde_json::from_str(SHOUGANG).unwrap();
    for (n, note) in ["=cmd|' /C calc'!A0", "-5", "'quoted", "@SUM(A1)", "+1 more"].into_iter().enumerate() {
        *value.pointer_mut(&format!("/observations/{n}")).unwrap().as_object_mut().unwrap().entry("note").or_insert(note.into()) = note.into();
    }
    let submission = talent_model::Submission::from_json(value.to_string().as_bytes()).unwrap();
    let made = workbook::table(reference::standard(), &submission, &TableOptions::new(Shape::Long, Lang::En));
    let text = String::from_utf8(made.bytes.clone()).unwrap();
    assert!(text.contains(",'=cmd|' /C calc'!A0,") && text.contains(",-5,") && text.contains(",''quoted,"));
    assert_eq!(workbook::read(reference::standard(), &made.bytes).submission, Some(submission));
}

fn merged(parts: &[(&str, &str)]) -> Merged {
    let parts: Vec<Part<'_>> = parts.iter().map(|(name, text)| Part { name, bytes: text.as_bytes() }).collect();
    workbook::merge(&every_kind(), &parts)
}

const BASE: &str = r#"{"kind": "submission", "model": "1.0", "id": "riverside-2026", "standard": {"id": "every-kind", "version": "1.0.0"},
  "period": {"from": "2026-01-01", "to": "2026-12-31"},
  "observations": [{"indicator": "council", "zone": "core", "answer": true}]}"#;
const PLACE: &str = r#"{"kind": "community", "model": "1.0", "id": "riverside", "name": {"zh": "河畔"},
  "zones": [{"id": "core", "name": {"zh": "核心"}, "role": "core"}, {"id": "rim", "name": {"zh": "边缘"}, "role": "ring"}]}"#;

#[test]
fn the_files_of_several_departments_become_one_submission() {
    let clinics = "indicator,zone,value\nclinics,rim,5\nclinics,core,4\ncouncil,core,yes\n";
    let zones = "zones.id,zones.stage,zones.facts.population\ncore,已建区,1000\n";
    let all = merged(&[("clinics.csv", clinics), ("base.json", BASE), ("place.json", PLACE), ("zones.csv", zones)]);
    let submission = all.submission.unwrap_or_else(|| panic!("{:?} {:?}", all.parts, all.whole));
    let value = serde_json::to_value(&submission).unwrap();
    assert_eq!(
        value.pointer("/observations"),
        Some(&serde_json::json!([
            {"indicator": "clinics", "zone": "core", "value": 4},
            {"indicator": "clinics", "zone": "rim", "value": 5},
            {"indicator": "council", "zone": "core", "answer": true},
        ]))
    );
    assert_eq!(value.pointer("/community/zones/0/stage"), Some(&serde_json::json!("built")));
    assert_eq!(value.pointer("/community/zones/0/facts/population/value"), Some(&serde_json::json!(1000)));
}

#[test]
fn files_that_contradict_one_another_name_both_places() {
    let clinics = "indicator,zone,value\ncouncil,core,no\n";
    let all = merged(&[("base.json", BASE), ("clinics.csv", clinics), ("place.json", PLACE), ("other.json", &PLACE.replace("边缘", "外围"))]);
    assert_eq!(all.submission, None);
    let conflicts = |n: usize| all.parts.get(n).unwrap().diagnostics.clone();
    let first = conflicts(1);
    assert_eq!(places(&first), [(Code::MergeConflict, "2:14".into(), "C2".into())]);
    assert_eq!(first.first().unwrap().params["first"], "base.json:3:71");
    let second = conflicts(3);
    assert_eq!(places(&second), [(Code::MergeConflict, "2:96".into(), String::new())]);
    assert_eq!(second.first().unwrap().params["first"], "place.json:2:96");
    assert_eq!(second.first().unwrap().params["found"], "外围");
}

#[test]
fn what_no_file_says_or_one_says_wrongly_is_told_where_it_belongs() {
    let all = merged(&[("place.json", PLACE)]);
    assert_eq!(all.submission, None);
    let whole: Vec<(Code, &str)> = all.whole.iter().map(|d| (d.code, d.params["member"].as_str())).collect();
    assert_eq!(whole, ["id", "standard", "period"].map(|member| (Code::MissingMember, member)));
    for (text, code) in
        [("{", Code::Truncated), ("{\"kind\": \"assessment\", \"model\": \"1.0\"}", Code::WrongKind), ("words, words", Code::MalformedJson)]
    {
        let all = merged(&[("base.json", BASE), ("broken", text)]);
        assert_eq!(all.submission, None);
        assert_eq!(all.parts.get(1).unwrap().diagnostics.first().map(|d| d.code), Some(code), "{text}");
    }
    let twice = BASE.replacen("\"id\"", "\"id\": \"other\", \"id\"", 1);
    assert_eq!(merged(&[("twice.json", &twice)]).parts.first().unwrap().diagnostics.first().map(|d| d.code), Some(Code::DuplicateMember));
}
