//! Delimited texts (CSV, TSV): one table, in which a row speaks of one observation (long) or of one zone (wide).
//!
//! A column says of what it speaks by its name: `value` and `zone` of the row's observation, `facts.population` of the community, `zones.role` of the
//! row's zone, `submission.id` of the submission. The table is laid out as the sheets of a workbook, with the place that every cell came from, and then
//! read like any workbook: what a cell says is understood in one place only.

mod decode;
mod names;
mod records;
mod shape;
mod write;

use std::collections::BTreeMap;

pub use write::{Shape, TableOptions, table};

use super::book::Book;
use super::header::Known;
use super::layout::{self, Table};
use super::limits::{Limits, beyond};
use super::source::Place;
use crate::Standard;
use crate::diagnostic::{Code, Diagnostic, Findings, Pointer};
use decode::Decoded;
use names::Names;
pub(super) use records::{Field, Span};
use records::{Most, Records, delimiter, parse, spans};

/// Where the cells of laid-out sheets stand in the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Origin {
    /// Row and column in the table, both from 0.
    cells: BTreeMap<Place, (u32, u32)>,
    /// Where a row came from, for cells that are empty.
    rows: BTreeMap<(usize, u32), (u32, u32)>,
    spans: Vec<Vec<Span>>,
}

impl Origin {
    /// Row and column in the table.
    pub(super) fn of(&self, (sheet, row, col): Place) -> (u32, u32) {
        let exact = self.cells.get(&(sheet, row, col));
        exact.or_else(|| self.rows.get(&(sheet, row))).copied().unwrap_or((row, col))
    }

    /// Gives a finding its line and column, where the table has that field.
    pub(super) fn place(&self, diagnostic: &mut Diagnostic, (row, col): (u32, u32)) {
        let at = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        let fields = self.spans.get(at(row));
        // A row may end before the cell.
        if let Some(span) = fields.and_then(|fields| fields.get(at(col)).or_else(|| fields.last())) {
            span.place(diagnostic);
        }
    }
}

/// A delimited text, laid out as a workbook.
pub(super) struct Opened {
    pub(super) book: Book,
    /// What is wrong with the text itself.
    pub(super) found: Vec<Diagnostic>,
    pub(super) text: String,
}

/// A text that cannot be laid out, and why.
pub(super) struct Refused {
    pub(super) found: Vec<Diagnostic>,
    pub(super) text: String,
}

/// Whether bytes are a delimited text: their first line parts into names of columns that the engine itself knows, or their first lines part alike.
pub(super) fn is_table(bytes: &[u8]) -> bool {
    const SEEN: usize = 16 << 10;
    let Decoded { text, .. } = decode::decode(bytes.get(..bytes.len().min(SEEN)).unwrap_or_default());
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if first.trim_start().starts_with(['{', '[']) {
        return false;
    }
    if first.trim().to_lowercase().starts_with("sep=") {
        return true;
    }
    let (delimiter, _) = delimiter(first, names::is_usual);
    let rows = |text: &str| parse(text, delimiter, Most { rows: 3, fields: SEEN }).rows.into_iter().filter(|row| !row.is_empty()).collect::<Vec<_>>();
    let heads = rows(first);
    let known = heads.first().is_some_and(|row| row.len() > 1 && row.iter().any(|field| names::is_usual(&field.text)));
    let alike = || {
        let rows = rows(&text);
        rows.len() > 1 && rows.iter().take(3).all(|row| row.len() > 1 && Some(row.len()) == heads.first().map(Vec::len))
    };
    known || alike()
}

/// A delimited text, parted into rows and fields; blank rows have none.
pub(super) struct Parted {
    pub(super) rows: Vec<Vec<Field>>,
    pub(super) found: Vec<Diagnostic>,
    pub(super) text: String,
}

/// Parts a delimited text whose columns may be called anything.
pub(super) fn part(bytes: &[u8], limits: Limits) -> Result<Parted, Vec<Diagnostic>> {
    if let Some(refused) = too_large(bytes, limits) {
        return Err(vec![refused]);
    }
    let decoded = decode::decode(bytes);
    let mut found = encoding(&decoded);
    let Decoded { text, .. } = decoded;
    let (delimiter, skip) = delimiter(&text, |_| false);
    let mut records = parse(&text, delimiter, most(limits));
    found.append(&mut records.found);
    if let Some(row) = records.rows.first_mut().filter(|_| skip == 1) {
        row.clear();
    }
    if let Some(refused) = within(&records, limits) {
        return Err(vec![refused]);
    }
    Ok(Parted { rows: records.rows, found, text })
}

/// A quarter as many rows, and as many fields, blank or not, as a workbook may have cells: each is held as a text of its own, and may be a column's name.
fn most(limits: Limits) -> Most {
    Most { rows: limits.cells / 4, fields: limits.cells / 4 }
}

fn too_large(bytes: &[u8], limits: Limits) -> Option<Diagnostic> {
    let diagnostic = || Diagnostic::new(Code::TooLarge, Pointer::root()).with("bytes", bytes.len().to_string());
    (bytes.len() > limits.bytes).then(|| diagnostic().with("limit", limits.bytes.to_string()))
}

/// Lays a delimited text out.
pub(super) fn open(standard: &Standard, bytes: &[u8], limits: Limits) -> Result<Opened, Refused> {
    let refuse = |diagnostic: Diagnostic, text: String| Refused { found: vec![diagnostic], text };
    if let Some(refused) = too_large(bytes, limits) {
        return Err(refuse(refused, String::new()));
    }
    let decoded = decode::decode(bytes);
    let mut found = Findings::default();
    found.extend(encoding(&decoded));
    let Decoded { text, .. } = decoded;
    if text.trim().is_empty() {
        return Err(refuse(Diagnostic::new(Code::EmptyDocument, Pointer::root()), text));
    }
    let names = Names::new(standard);
    let (delimiter, skip) = delimiter(&text, |name| names.find(name).is_some());
    let mut records = parse(&text, delimiter, most(limits));
    found.extend(std::mem::take(&mut records.found));
    if let Some(row) = records.rows.first_mut().filter(|_| skip == 1) {
        row.clear();
    }
    if let Some(refused) = within(&records, limits) {
        return Err(refuse(refused, text));
    }
    let known: Vec<Known> = Table::ALL.into_iter().map(|table| Known::new(table, layout::columns(table, standard))).collect();
    match shape::lay(&records.rows, &names, &known, &mut found) {
        Some(book) => Ok(Opened { book, found: found.into_vec(), text }),
        None => {
            let heads: Vec<&str> = records.rows.iter().find(|row| !row.is_empty()).into_iter().flatten().map(|field| field.text.as_str()).collect();
            found.push(Diagnostic::new(Code::NoColumns, Pointer::root()).with("found", heads.join("`, `")));
            Err(Refused { found: found.into_vec(), text })
        }
    }
}

/// What is to be told of the encoding.
fn encoding(decoded: &Decoded) -> Vec<Diagnostic> {
    /// Of a file in another encoding every line is broken.
    const MOST: usize = 20;
    let mut found = Vec::new();
    let tell = |code: Code| Diagnostic::new(code, Pointer::root()).with("encoding", name(decoded.encoding));
    if decoded.encoding != "UTF-8" {
        let foreign = decoded.text.split(|c: char| c.is_ascii()).find(|word| !word.is_empty() && !word.contains('\u{fffd}'));
        found.push(tell(Code::TableEncoding).with("found", foreign.unwrap_or("—")));
    }
    let offsets: Vec<usize> = decoded.faults.iter().take(MOST).map(|(at, _)| *at).collect();
    for ((_, bytes), span) in decoded.faults.iter().zip(spans(&decoded.text, &offsets)) {
        let mut diagnostic = tell(Code::TableBytes).with("bytes", bytes);
        span.place(&mut diagnostic);
        found.push(diagnostic);
    }
    let offsets: Vec<usize> = decoded.text.match_indices('\0').take(MOST).map(|(at, _)| at).collect();
    for span in spans(&decoded.text, &offsets) {
        let mut diagnostic = Diagnostic::new(Code::TableNul, Pointer::root());
        span.place(&mut diagnostic);
        found.push(diagnostic);
    }
    found
}

fn name(encoding: &str) -> &str {
    if encoding == "gb18030" { "GB18030" } else { encoding }
}

/// The limit that a table exceeds.
fn within(records: &Records, limits: Limits) -> Option<Diagnostic> {
    let fields = || records.rows.iter().flatten();
    let most = most(limits).fields;
    if records.is_cut {
        return Some(beyond(Code::TooManyCells, most.saturating_add(1), most));
    }
    let longest = fields().map(|field| field.text.len()).max().unwrap_or_default();
    (longest > limits.text.saturating_mul(4)).then(|| beyond(Code::TextTooLong, longest, limits.text))
}
