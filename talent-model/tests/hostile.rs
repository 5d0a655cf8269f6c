//! Files made to hurt: each is refused by the limit it breaks, or costs little. How much they cost is in `docs/performance.md`.
#![cfg(feature = "workbook")]
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::io::{Cursor, Write};
use std::path::Path;

use talent_model::diagnostic::{Code, Severity};
use talent_model::document::{Document, Limits};
use talent_model::workbook::{self, Languages};
use talent_model::{Community, Diagnostic, Lang, Standard, Submission, check};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn standard() -> Standard {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/vectors/standards/every-kind.json");
    Standard::from_json(&std::fs::read(path).unwrap()).unwrap()
}

fn codes(found: &[Diagnostic]) -> Vec<Code> {
    let mut codes: Vec<Code> = found.iter().map(|d| d.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn refused(text: &str) -> Vec<Code> {
    codes(&Community::from_json(text.as_bytes()).unwrap_err().diagnostics)
}

fn community(members: &str) -> String {
    format!(r#"{{"kind":"community","model":"1.0","id":"a","name":{{"en":"A"}}{members}}}"#)
}

#[test]
fn a_document_of_too_many_values_is_refused_before_it_is_read() {
    for many in ["0,".repeat(1 << 20), "[],".repeat(1 << 20), "{},".repeat(1 << 20), "\"\",".repeat(1 << 20)] {
        let text = community(&format!(r#","extensions":{{"a":[{}0]}}"#, many));
        assert_eq!(refused(&text), [Code::TooManyValues]);
    }
    let members: String = (0..1_000_000).map(|n| format!("\"m{n}\":0,")).collect();
    assert_eq!(refused(&community(&format!(r#","extensions":{{{members}"z":0}}"#))), [Code::TooManyValues]);
}

#[test]
fn the_limit_of_values_is_where_it_says_and_can_be_moved() {
    // Five values and the names around them.
    let text = community(r#","extensions":{"a":[1,2,"[,{"]}"#);
    let within = |values: usize| Community::from_json_within(text.as_bytes(), Limits { values, bytes_per_value: 1 << 20, ..Limits::default() });
    assert!(within(12).is_ok());
    let Err(error) = (0..12).find_map(|values| within(values).err()).map_or(Ok(()), Err) else { panic!("no limit is kept") };
    assert_eq!(codes(&error.diagnostics), [Code::TooManyValues]);
    let few = Limits { bytes: 10, ..Limits::default() };
    assert_eq!(codes(&Community::from_json_within(text.as_bytes(), few).unwrap_err().diagnostics), [Code::TooLarge]);
}

#[test]
fn a_large_document_may_have_as_many_values_as_large_documents_have() {
    let document = |letters: usize| {
        let many = format!("\"{}\",", "a".repeat(letters)).repeat(400_000);
        Community::from_json(community(&format!(r#","extensions":{{"a":[{many}0]}}"#)).as_bytes())
    };
    assert!(document(48).is_ok());
    assert_eq!(codes(&document(46).unwrap_err().diagnostics), [Code::TooManyValues]);
}

#[test]
fn commas_and_brackets_in_texts_are_no_values() {
    let text = community(&format!(r#","extensions":{{"a":"{}\"{}"}}"#, ",[{".repeat(400_000), ",".repeat(400_000)));
    assert!(Community::from_json(text.as_bytes()).is_ok());
}

#[test]
fn a_document_with_more_faults_than_anybody_reads_lists_the_first() {
    let members: String = (0..100_000).map(|n| format!("\"m{n}\":0,")).collect();
    let error = Community::from_json(community(&format!(",{members}\"z\":0")).as_bytes()).unwrap_err();
    assert_eq!(codes(&error.diagnostics), [Code::TooManyFindings, Code::UnknownMember]);
    assert_eq!(error.diagnostics.len(), 5001);
    // Faults of the text itself, below a name of a megabyte: each would carry the name.
    let name = "n".repeat(1 << 20);
    let error =
        Community::from_json(community(&format!(r#","extensions":{{"a":{{"{name}":[{}0]}}}}"#, "NaN,".repeat(100_000))).as_bytes()).unwrap_err();
    assert_eq!(codes(&error.diagnostics), [Code::NotFinite, Code::TooManyFindings]);
    assert!(error.diagnostics.iter().map(|d| d.pointer.as_str().len()).sum::<usize>() < 9 << 20);
}

fn submission(zones: &str, observations: &str) -> Submission {
    let text = format!(
        r#"{{"kind":"submission","model":"1.0","id":"s","standard":{{"id":"every-kind","version":"1.0.0"}},"period":{{"from":"2026-01-01","to":"2026-12-31"}},
        "community":{{"kind":"community","model":"1.0","id":"a","name":{{"en":"A"}},"zones":[{zones}]}},"observations":[{observations}]}}"#
    );
    Submission::from_json(text.as_bytes()).unwrap_or_else(|why| panic!("{why}"))
}

#[test]
fn checks_end_when_there_is_too_much_to_say() {
    let zone = r#"{"id":"z","name":{"en":"Z"},"role":"core","stage":"new"}"#;
    let row = |n: usize| format!(r#"{{"indicator":"no-such-{n}"}}"#);
    let rows: Vec<String> = (0..50_000).map(row).collect();
    let found = check::submission(&standard(), &submission(zone, &rows.join(",")));
    assert_eq!(found.iter().filter(|d| d.code == Code::UnknownIndicator).count(), 5000);
    let more = found.iter().find(|d| d.code == Code::TooManyFindings).unwrap();
    assert_eq!(more.severity, Severity::Error, "what was not checked does not conform");
    assert!(!check::conforms(&found));
    // Notes never hide errors: 8 indicators without an answer in each of 20,000 zones, and one wrong answer.
    let zones: Vec<String> = (0..20_000).map(|n| format!(r#"{{"id":"z{n}","name":{{"en":"Z"}},"role":"ring","ring":1,"stage":"new"}}"#)).collect();
    let found = check::submission(&standard(), &submission(&zones.join(","), r#"{"indicator":"council","zone":"z1","level":1}"#));
    assert!(found.iter().any(|d| d.code == Code::AnswerUnexpected || d.severity == Severity::Error));
    let more = found.iter().find(|d| d.code == Code::TooManyFindings).unwrap();
    assert_eq!(more.severity, Severity::Note);
}

#[test]
fn places_in_one_long_line_are_right() {
    let text = community(&format!(r#","extensions":{{"a":"{}"}},"x":1"#, "河".repeat(100_000)));
    let error = Community::from_json(text.as_bytes()).unwrap_err();
    let column = text.chars().count() - r#""x":1}"#.len() + 1;
    #[expect(clippy::cast_precision_loss, reason = "a small number")]
    let column = column as f64;
    assert_eq!(error.diagnostics[0].column.map(talent_model::quantity::Count::get), Some(column));
}

/// An archive with these parts.
fn archive(parts: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const TYPES: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");
const BOOK: (&str, &[u8]) = ("xl/workbook.xml", br#"<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>"#);
const RELATIONS: (&str, &[u8]) = (
    "xl/_rels/workbook.xml.rels",
    br#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
);

/// A workbook with one sheet.
fn with_sheet(sheet: &[u8]) -> Vec<u8> {
    archive(&[TYPES, BOOK, RELATIONS, ("xl/worksheets/sheet1.xml", sheet)], CompressionMethod::Deflated)
}

fn found_in(bytes: &[u8]) -> Vec<Code> {
    codes(&workbook::read(&standard(), bytes).diagnostics)
}

fn sheet(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

#[test]
fn an_archive_that_unpacks_without_end_is_refused() {
    // 60 MB of one letter in 60 KB.
    let bomb = with_sheet(&vec![b'a'; 60 << 20]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(found_in(&bomb), [Code::RatioTooHigh]);
    // Many parts that unpack to a little less than the ratio allows.
    let letter = |n: u32| if n.is_multiple_of(64) { char::from(b'a' + u8::try_from(n.wrapping_mul(2_654_435_761) >> 28).unwrap()) } else { 'a' };
    let part: String = (0..9_u32 << 20).map(letter).collect();
    let rows: Vec<String> = (1..=8).map(|n| format!(r#"<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>"#)).collect();
    let book = format!(r#"<workbook xmlns:r="r"><sheets>{}</sheets></workbook>"#, rows.concat());
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet";
    let relations: String = (1..=8).map(|n| format!(r#"<Relationship Id="rId{n}" Type="{kind}" Target="worksheets/sheet{n}.xml"/>"#)).collect();
    let text = format!("<worksheet><!--{}--><sheetData/></worksheet>", part);
    let names: Vec<String> = (1..=8).map(|n| format!("xl/worksheets/sheet{n}.xml")).collect();
    let relations = format!("<Relationships>{relations}</Relationships>");
    let mut parts = vec![TYPES, ("xl/workbook.xml", book.as_bytes()), ("xl/_rels/workbook.xml.rels", relations.as_bytes())];
    parts.extend(names.iter().map(|name| (name.as_str(), text.as_bytes())));
    assert_eq!(found_in(&archive(&parts, CompressionMethod::Deflated)), [Code::InflatesTooFar]);
}

#[test]
fn an_archive_of_very_many_parts_is_refused_before_they_are_listed() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..20_000 {
        writer.start_file(format!("xl/{n}"), SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).unwrap();
    }
    assert_eq!(found_in(&writer.finish().unwrap().into_inner()), [Code::TooManyParts]);
}

#[test]
fn entries_that_lie_are_refused() {
    let vector = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/vectors/valid-answers-of-every-kind.json");
    let vector: serde_json::Value = serde_json::from_slice(&std::fs::read(vector).unwrap()).unwrap();
    let submission = Submission::from_json(vector["document"].to_string().as_bytes()).unwrap();
    let sound = workbook::write(&standard(), &submission, Languages::One(Lang::En)).unwrap().bytes;
    assert!(workbook::read(&standard(), &sound).is_sound());
    let central: Vec<usize> = (0..sound.len() - 4).filter(|at| sound[*at..].starts_with(b"PK\x01\x02")).collect();
    assert!(central.len() > 5);
    let name = |at: usize| {
        let length = usize::from(u16::from_le_bytes([sound[at + 28], sound[at + 29]]));
        (at + 46, length)
    };
    // Two entries of one name: what is read would depend on the reader.
    let sheets: Vec<(usize, usize)> =
        central.iter().map(|at| name(*at)).filter(|(at, length)| sound[*at..at + length].starts_with(b"xl/worksheets/sheet")).collect();
    let mut twice = sound.clone();
    let same = sheets.iter().skip(1).find(|(_, length)| *length == sheets[0].1).unwrap();
    twice.copy_within(sheets[0].0..sheets[0].0 + sheets[0].1, same.0);
    assert_eq!(found_in(&twice), [Code::WorkbookUnreadable], "two entries of one name");
    // Two entries over the same bytes: how an archive is made to hold more than there is.
    let mut over = sound.clone();
    let (first, second) = (sheets[0].0 - 46, sheets[1].0 - 46);
    over.copy_within(first + 42..first + 46, second + 42);
    assert_eq!(found_in(&over), [Code::WorkbookUnreadable], "two entries over the same bytes");
}

#[test]
fn a_used_range_that_reaches_far_away_costs_nothing() {
    let far = sheet(r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#);
    assert!(!found_in(&with_sheet(far.as_bytes())).is_empty());
    let beyond = sheet(r#"<dimension ref="A1:ZZZZZZ99999999999"/><row r="99999999999"><c r="ZZZZZZZ99999999999"><v>1</v></c></row>"#);
    assert!(!found_in(&with_sheet(beyond.as_bytes())).is_empty());
}

#[test]
fn a_million_empty_rows_and_cells_are_read_or_refused() {
    let rows: String = (1..=1_000_000).map(|n| format!("<row r=\"{n}\"/>")).collect();
    assert!(!found_in(&with_sheet(sheet(&rows).as_bytes())).is_empty());
    let cells: String = (1..=500_000).map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\"><v>{n}</v></c></row>")).collect();
    assert_eq!(found_in(&with_sheet(sheet(&cells).as_bytes())), [Code::TooManyCells]);
}

#[test]
fn entities_and_deep_nesting_are_refused() {
    let laughs = format!(
        r#"<!DOCTYPE a [<!ENTITY l "lol">{}]><worksheet>&l9;</worksheet>"#,
        (1..10).map(|n| format!(r#"<!ENTITY l{n} "&l{0};&l{0};&l{0};&l{0};&l{0};&l{0};&l{0};&l{0};&l{0};&l{0};">"#, n - 1)).collect::<String>()
    );
    assert_eq!(found_in(&with_sheet(laughs.as_bytes())), [Code::DoctypeRefused]);
    let outside = r#"<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&f;</t></is></c></row></sheetData></worksheet>"#;
    assert_eq!(found_in(&with_sheet(outside.as_bytes())), [Code::DoctypeRefused]);
    let deep = format!("{}{}", "<a>".repeat(200_000), "</a>".repeat(200_000));
    assert!(!found_in(&with_sheet(deep.as_bytes())).is_empty());
}

#[test]
fn a_path_out_of_the_archive_leads_nowhere() {
    for target in ["../../../../etc/passwd", "/etc/passwd", "..\\..\\secret", "xl/../../x", "file:///etc/passwd"] {
        let relations = String::from_utf8(RELATIONS.1.to_vec()).unwrap().replace("worksheets/sheet1.xml", target);
        let bytes = archive(
            &[TYPES, BOOK, ("xl/_rels/workbook.xml.rels", relations.as_bytes()), ("../../evil.xml", b"<worksheet/>")],
            CompressionMethod::Stored,
        );
        let reading = workbook::read(&standard(), &bytes);
        assert!(reading.submission.is_none() || !reading.is_sound() || !reading.diagnostics.is_empty(), "{target}");
    }
}

#[test]
fn a_table_of_very_many_fields_or_faults_is_bounded() {
    let read = |text: &str| workbook::read(&standard(), text.as_bytes()).diagnostics;
    for many in [",".repeat(900_000), "\n".repeat(900_000), "\"\",".repeat(900_000)] {
        assert_eq!(codes(&read(&format!("indicator,value\n{many}\n"))), [Code::TooManyCells]);
    }
    // A row that is too long is a finding, and so is an indicator that nobody knows.
    let found = read(&format!("indicator,value\n{}", "a,1,2\n".repeat(30_000)));
    assert!(codes(&found).contains(&Code::TooManyFindings));
    assert!(found.len() <= 20_000, "{}", found.len());
    let bytes = [b"indicator,value\nclinics,".as_slice(), &[0xff; 1_000_000]].concat();
    let found = workbook::read(&standard(), &bytes).diagnostics;
    assert!(found.iter().filter(|d| d.code == Code::TableBytes).count() <= 20);
}
