//! The answer to a sender: their own workbook, with what was found in it and nothing else changed.
#![cfg(feature = "workbook")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{Chart, ChartType, ConditionalFormatCell, ConditionalFormatCellRule, Format, Formula, Note, Workbook};
use talent_model::diagnostic::{CellPlace, Code, Diagnostic, Pointer, Severity};
use talent_model::workbook::{self, Languages, Options};
use talent_model::{Document, Lang, Standard, check};

const STANDARD: &str = include_str!("workbook/standard.json");

fn every_kind() -> Standard {
    Standard::from_json(STANDARD.as_bytes()).unwrap()
}

fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        parts.insert(part.name().unwrap().into_owned(), content);
    }
    parts
}

fn packed(parts: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn text<'p>(parts: &'p BTreeMap<String, Vec<u8>>, name: &str) -> &'p str {
    std::str::from_utf8(parts.get(name).unwrap_or_else(|| panic!("{name}: {:?}", parts.keys()))).unwrap()
}

/// A workbook of everything that an answer could spoil: notes, marks, a chart, formulas, names, and parts that nobody here knows.
fn crowded() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Living & more").unwrap();
    for (col, key) in (0_u16..).zip(["observations.id", "observations.value", "observations.state", "observations.note"]) {
        sheet.write_string(0, col, key).unwrap();
    }
    for (row, (id, value)) in (2_u32..).zip([("clinics", "about 30"), ("council", "perhaps"), ("heat", "35%")]) {
        sheet.write_string(row, 0, id).unwrap();
        sheet.write_string_with_format(row, 1, value, &Format::new().set_num_format("[Blue]0.00;-0").set_italic()).unwrap();
    }
    sheet.insert_note(2, 1, &Note::new("please ask Wang").set_author("Li")).unwrap();
    sheet.insert_note(9, 3, &Note::new("our own <note>")).unwrap();
    let rule = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::GreaterThan(5.0)).set_format(Format::new().set_bold());
    sheet.add_conditional_format(0, 0, 9, 3, &rule).unwrap();
    sheet.write_formula(20, 0, Formula::new("1+1").set_result("2")).unwrap();
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values("='Living & more'!$A$21:$A$21");
    sheet.insert_chart(30, 0, &chart).unwrap();
    let version = book.add_worksheet().set_name("Version").unwrap();
    for (row, cells) in
        (0_u32..).zip([["version.id", "version.item", "version.value"], ["standard.id", "", "every-kind"], ["standard.version", "", "1.0.0"]])
    {
        for (col, cell) in (0_u16..).zip(cells) {
            version.write_string(row, col, cell).unwrap();
        }
    }
    book.add_worksheet().set_name("Fix list").unwrap().write_string(0, 0, "somebody's own list").unwrap();
    book.define_name("Ours", "='Living & more'!$A$1").unwrap();
    let mut all = parts(&book.save_to_buffer().unwrap());
    all.insert("xl/vbaProject.bin".into(), vec![0, 159, 146, 150]);
    all.insert("customXml/item1.xml".into(), b"<x/>".to_vec());
    packed(&all)
}

/// The same without shared strings, without styles, and with names of elements that bear a prefix.
fn bare() -> Vec<u8> {
    let rows = [["observations.id", "observations.value"], ["clinics", "about 30"], ["council", "perhaps"]];
    let mut data = String::new();
    for row in rows {
        let cells: String = row.iter().map(|text| format!("<x:c t=\"inlineStr\"><x:is><x:t>{text}</x:t></x:is></x:c>")).collect();
        data.push_str(&format!("<x:row>{cells}</x:row>"));
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let all = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" \
                 ContentType=\"{kind}.worksheet+xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"a\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/>\
                 </Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<x:workbook xmlns:x=\"{main}\" xmlns:rel=\"{office}\"><x:sheets><x:sheet name=\"Living\" sheetId=\"7\" rel:id=\"b\"/></x:sheets></x:workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"b\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
                 </Relationships>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!("<x:worksheet xmlns:x=\"{main}\"><x:sheetData>{data}</x:sheetData></x:worksheet>")),
    ];
    packed(&all.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect())
}

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let form = workbook::template(&every_kind(), &Options::new(Languages::One(Lang::Zh))).unwrap().bytes;
    vec![
        ("template", form),
        ("openpyxl", include_bytes!("workbook/openpyxl.xlsx").to_vec()),
        ("libreoffice", include_bytes!("workbook/libreoffice.xlsx").to_vec()),
        ("pandas", include_bytes!("workbook/pandas.xlsx").to_vec()),
        ("crowded", crowded()),
        ("bare", bare()),
    ]
}

fn finding(code: Code, sheet: &str, cell: &str) -> Diagnostic {
    let place = CellPlace { file: None, sheet: sheet.into(), cell: cell.into() };
    Diagnostic { cell: Some(Box::new(place)), ..Diagnostic::new(code, Pointer::root()) }
}

/// What is found in a sample, and some more in places that hold nothing.
fn found(bytes: &[u8]) -> Vec<Diagnostic> {
    let standard = every_kind();
    let reading = workbook::read(&standard, bytes);
    let checked = reading.submission.as_ref().map(|submission| check::submission(&standard, submission)).unwrap_or_default();
    let mut found = reading.with(checked);
    let sheets: Vec<String> = found.iter().filter_map(|d| Some(d.cell.as_ref()?.sheet.clone())).collect();
    if let Some(sheet) = sheets.first() {
        found.push(finding(Code::CellNotUnderstood, sheet, "ZZ99").with("found", "<&>").with("expected", "\u{202e}\u{7}=1+1"));
        found.push(finding(Code::ReadAs, sheet, "ZZ99"));
    }
    found.push(Diagnostic::new(Code::VersionSheetMissing, Pointer::root()).with("expected", "every-kind 1.0.0"));
    found
}

#[test]
fn nothing_of_the_senders_is_changed_or_lost() {
    for (name, bytes) in samples() {
        let found = found(&bytes);
        let answer = workbook::annotate(&bytes, &found, Lang::Zh).unwrap();
        let (before, after) = (parts(&bytes), parts(&answer));
        let touched = |part: &str| {
            let known = ["[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"];
            known.contains(&part) || part.starts_with("xl/worksheets/") || part.starts_with("xl/comments") || part.ends_with(".vml")
        };
        for (part, content) in &before {
            let now = after.get(part).unwrap_or_else(|| panic!("{name}: {part} is gone"));
            assert!(content == now || touched(part), "{name}: {part} was changed");
        }
        // What is read from it is the same, and so is what is found in it.
        let (first, again) = (workbook::read(&every_kind(), &bytes), workbook::read(&every_kind(), &answer));
        assert_eq!(first.submission, again.submission, "{name}");
        assert_eq!(first.diagnostics, again.diagnostics, "{name}");
    }
}

#[test]
fn an_answer_that_is_answered_again_does_not_grow() {
    for (name, bytes) in samples() {
        let found = found(&bytes);
        let answer = workbook::annotate(&bytes, &found, Lang::En).unwrap();
        assert!(workbook::annotate(&answer, &found, Lang::En).unwrap() == answer, "{name}: an answer grew");
        // Once all is mended, the sheets are as they were before, but that they know where notes would be.
        let mended = parts(&workbook::annotate(&answer, &[], Lang::Zh).unwrap());
        for (part, content) in parts(&bytes).iter().filter(|(part, _)| part.starts_with("xl/worksheets/sheet")) {
            let (now, before) = (text(&mended, part), std::str::from_utf8(content).unwrap());
            let without = match now.find("<legacyDrawing xmlns:r=").or_else(|| now.find("<x:legacyDrawing xmlns:r=")) {
                Some(at) => {
                    let (head, tail) = now.split_at(at);
                    format!("{head}{}", tail.split_once("/>").unwrap().1)
                }
                None => now.to_owned(),
            };
            assert!(without == before, "{name}: {part}");
        }
    }
}

#[test]
fn every_finding_is_in_its_cell_and_in_the_list() {
    let bytes = crowded();
    let found = found(&bytes);
    let answer = parts(&workbook::annotate(&bytes, &found, Lang::En).unwrap());
    let notes = text(&answer, "xl/comments1.xml");
    // Theirs first, ours below, in one note; and in a note of its own elsewhere.
    assert!(notes.contains("please ask Wang") && notes.contains("our own &lt;note&gt;"));
    let shared = notes.split("<comment ").find(|note| note.starts_with("ref=\"B3\"")).unwrap();
    assert!(shared.contains("please ask Wang") && shared.contains("\n〔Talent〕✖ error TM0627\n`about 30` is not understood"), "{shared}");
    assert!(notes.contains("ref=\"ZZ99\"") && notes.contains("`&lt;&amp;&gt;` is not understood: expected \u{fffd}\u{fffd}=1+1"));
    // One box for each note, none twice.
    let drawing = text(&answer, "xl/drawings/vmlDrawing1.vml");
    assert_eq!(drawing.matches("ObjectType=\"Note\"").count(), notes.matches("<comment ").count());
    // A colour and a symbol, whatever the cell's own format is.
    let styles = text(&answer, "xl/styles.xml");
    assert!(styles.contains("formatCode=\"[Blue]&quot;✖ &quot;0.00;&quot;✖ &quot;-0;[Blue]&quot;✖ &quot;0.00;&quot;✖ &quot;@\""), "{styles}");
    let sheet = text(&answer, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("&quot;Talent&quot;=&quot;Talent&quot;") && sheet.contains("cellIs"));
    // The list, beside a sheet that has its name already.
    let book = text(&answer, "xl/workbook.xml");
    assert!(book.contains("name=\"Fix list\"") && book.contains("name=\"Fix list 2\"") && book.contains("Ours"), "{book}");
    let list = text(&answer, "xl/worksheets/sheet4.xml");
    assert!(list.contains("location=\"'Living &amp; more'!B3\""), "{list}");
    assert!(list.contains("the whole file") && list.contains("every-kind 1.0.0"));
    assert_eq!(list.matches("<row ").count(), found.len() + 3);
}

#[test]
fn the_gravest_finding_marks_the_cell() {
    let bytes = bare();
    let found = [finding(Code::ReadAs, "Living", "B2"), finding(Code::CellNotUnderstood, "Living", "B2"), finding(Code::ReadAs, "Living", "B3")];
    assert_eq!(found.iter().map(|d| d.severity).collect::<Vec<_>>(), [Severity::Note, Severity::Error, Severity::Note]);
    let answer = parts(&workbook::annotate(&bytes, &found, Lang::Zh).unwrap());
    let sheet = text(&answer, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<x:conditionalFormatting sqref=\"B2\"><x:cfRule type=\"expression\" dxfId=\"0\""), "{sheet}");
    assert!(sheet.contains("<x:conditionalFormatting sqref=\"B3\"><x:cfRule type=\"expression\" dxfId=\"1\""), "{sheet}");
    assert!(text(&answer, "xl/styles1.xml").contains("<dxf><numFmt"));
    assert!(text(&answer, "xl/workbook.xml").contains("<x:sheet name=\"修改清单\" sheetId=\"8\""));
}

#[test]
fn what_is_no_workbook_is_not_answered() {
    for (bytes, code) in [(&b"PK\x03\x04 cut off"[..], Code::WorkbookUnreadable), (b"a,b", Code::NotAWorkbook), (b"", Code::EmptyDocument)] {
        assert_eq!(workbook::annotate(bytes, &[], Lang::En).unwrap_err().code, code);
    }
}

#[test]
fn no_bytes_make_the_answer_panic() {
    let mut broken = parts(&crowded());
    for part in broken.clone().keys().filter(|part| part.ends_with("xml") || part.ends_with("vml")) {
        let whole = broken.get(part).unwrap().clone();
        for cut in [0, whole.len() / 3, whole.len() / 2, whole.len().saturating_sub(3)] {
            broken.insert(part.clone(), whole.get(..cut).unwrap().to_vec());
            let _ = workbook::annotate(&packed(&broken), &[finding(Code::ReadAs, "Living & more", "B3")], Lang::En);
        }
        broken.insert(part.clone(), whole);
    }
}
