//! A table laid out as the sheets of a workbook: long or wide, with what its columns say of the submission, the community and the zones.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::address::address;
use super::super::book::{Book, Cell, Content, Sheet};
use super::super::header::{self, Known};
use super::super::layout::Table;
use super::Origin;
use super::names::{Head, Names};
use super::records::Field;
use crate::diagnostic::{CellPlace, Code, Diagnostic, Findings, Pointer, Severity};

/// How many rows from the top may hold the names of the columns.
const DEPTH: usize = 60;

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// What a field holds. An apostrophe before what a spreadsheet program would take for a formula is no part of it.
fn content(text: &str) -> Option<Cell> {
    let text = match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(FORMULA) => rest,
        _ => text,
    };
    (!text.trim().is_empty()).then(|| Cell { content: Content::Text(text.into()), formula: false })
}

/// What begins a formula in the eyes of spreadsheet programs.
pub(super) const FORMULA: [char; 7] = ['=', '+', '-', '@', '\'', '\t', '\r'];

fn sheet() -> Sheet {
    Sheet { name: String::new(), cells: BTreeMap::new(), merges: Vec::new() }
}

struct Lay<'r> {
    rows: &'r [Vec<Field>],
    heads: Vec<Option<Head>>,
    /// The row of the names.
    head: usize,
    sheets: Vec<Sheet>,
    origin: Origin,
}

/// Lays a table out; nothing when none of its columns is known.
pub(super) fn lay(rows: &[Vec<Field>], names: &Names<'_>, known: &[Known], found: &mut Findings) -> Option<Book> {
    let heads = |row: &Vec<Field>| row.iter().map(|field| names.find(&field.text)).collect::<Vec<_>>();
    let count = |row: &Vec<Field>| heads(row).iter().flatten().count();
    let head = (0..rows.len().min(DEPTH)).rev().max_by_key(|at| rows.get(*at).map(count))?;
    let heads = heads(rows.get(head)?);
    let spans = rows.iter().map(|row| row.iter().map(|field| field.span).collect()).collect();
    let mut lay = Lay { rows, heads, head, sheets: Vec::new(), origin: Origin { spans, ..Origin::default() } };
    lay.ragged(found);
    let speaks = |head: &Head| lay.heads.iter().flatten().any(|other| other == head);
    let long = ["id", "code", "name"].iter().any(|key| speaks(&Head::Observation((*key).into())));
    let wide = !long && lay.heads.iter().flatten().any(|head| matches!(head, Head::Indicator(_)));
    let whole = lay.whole();
    // A sheet of zones says nothing of the submission: a table that does is a wide one without answers.
    let of_submission = |head: &Head| matches!(head, Head::Version(_)) || matches!(head, Head::Submission(key) if key != "more");
    let unanswered = lay.heads.iter().flatten().any(of_submission);
    // The sheet of another table, saved as it is.
    let is_other = |table| table != Table::Observations && !(table == Table::Zones && unanswered);
    let other = !long && !wide && header::find(&whole, known).is_some_and(|header| is_other(header.table));
    if other {
        lay.sheets.push(whole);
    } else if lay.heads.iter().flatten().next().is_some() {
        lay.apart(found);
        if long {
            lay.long(names);
        } else {
            // Without answers too: what is not read is told.
            lay.wide(names, found);
        }
    } else {
        return None;
    }
    Some(Book { sheets: lay.sheets, from_1904: false, origin: Some(Arc::new(lay.origin)) })
}

impl Lay<'_> {
    /// The rows below the names, but for those that repeat them.
    fn data(&self, names: &Names<'_>) -> Vec<(usize, &Vec<Field>)> {
        let is_head = |row: &Vec<Field>| {
            let filled: Vec<&Field> = row.iter().filter(|field| !field.text.trim().is_empty()).collect();
            filled.len() > 1 && filled.iter().all(|field| names.find(&field.text).is_some())
        };
        self.rows.iter().enumerate().skip(self.head + 1).filter(|(_, row)| !row.is_empty() && !is_head(row)).collect()
    }

    /// A finding in a field.
    fn tell(&self, code: Code, row: usize, col: usize) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(code, Pointer::root());
        let place = (number(row), number(col));
        diagnostic.cell = Some(Box::new(CellPlace { file: None, sheet: String::new(), cell: address(place.0, place.1) }));
        self.origin.place(&mut diagnostic, place);
        diagnostic
    }

    /// Rows with more or fewer fields than there are names.
    fn ragged(&self, found: &mut Findings) {
        let names = self.heads.len();
        for (at, row) in self.rows.iter().enumerate().skip(self.head + 1).filter(|(_, row)| !row.is_empty()) {
            let beyond = row.iter().enumerate().skip(names).find(|(_, field)| !field.text.trim().is_empty());
            let (col, severity) = match beyond {
                Some((col, _)) => (col, Severity::Error),
                None if row.len() < names => (row.len().saturating_sub(1), Severity::Warning),
                None => continue,
            };
            let diagnostic = self.tell(Code::TableRagged, at, col).with("found", row.len().to_string()).with("expected", names.to_string());
            found.push(Diagnostic { severity, ..diagnostic });
        }
    }

    /// The table as it is.
    fn whole(&self) -> Sheet {
        let mut whole = sheet();
        for (row, fields) in self.rows.iter().enumerate() {
            for (col, field) in fields.iter().enumerate() {
                if let Some(cell) = content(&field.text) {
                    whole.cells.insert((number(row), number(col)), cell);
                }
            }
        }
        whole
    }

    /// Puts a text into a sheet that is being laid out, with the place that it came from.
    fn put(&mut self, (row, col): (u32, u32), text: &str, from: (usize, usize)) {
        let number_of = self.sheets.len().saturating_sub(1);
        let from = (number(from.0), number(from.1));
        if let (Some(sheet), Some(cell)) = (self.sheets.last_mut(), content(text)) {
            sheet.cells.insert((row, col), cell);
            self.origin.cells.insert((number_of, row, col), from);
        }
        self.origin.rows.entry((number_of, row)).or_insert(from);
    }

    /// What the columns say of the submission, the community and the zones. It must be the same in all rows that it speaks of.
    fn apart(&mut self, found: &mut Findings) {
        let version = |head: &Head| if let Head::Version(key) = head { Some(key.clone()) } else { None };
        let submission = |head: &Head| if let Head::Submission(key) = head { Some(key.clone()) } else { None };
        let fact = |head: &Head| if let Head::Fact(key) = head { Some(key.clone()) } else { None };
        self.form("version", version, found);
        self.form("submission", submission, found);
        self.form("facts", fact, found);
        self.zones(found);
    }

    /// The columns of a kind, each with the key that it has there.
    fn columns(&self, key: impl Fn(&Head) -> Option<String>) -> Vec<(usize, String)> {
        self.heads.iter().enumerate().filter_map(|(col, head)| Some((col, key(head.as_ref()?)?))).collect()
    }

    /// The one text of a column in some rows, with its row.
    fn only(&self, col: usize, rows: &[usize], found: &mut Findings) -> Option<(usize, String)> {
        let mut only: Option<(usize, String)> = None;
        for row in rows {
            let text = self.rows.get(*row).and_then(|fields| fields.get(col)).map(|field| field.text.trim()).unwrap_or_default();
            match &only {
                _ if text.is_empty() => {}
                None => only = Some((*row, text.to_owned())),
                Some((_, there)) if there == text => {}
                Some((first, there)) => {
                    let name = self.rows.get(self.head).and_then(|fields| fields.get(col)).map(|field| field.text.as_str()).unwrap_or_default();
                    let first = address(number(*first), number(col));
                    let diagnostic = self.tell(Code::RowsDiffer, *row, col).with("column", name).with("found", text);
                    found.push(diagnostic.with("other", there).with("first", first));
                    // Once is enough: all further rows would say the same.
                    return only;
                }
            }
        }
        only
    }

    fn below(&self) -> Vec<usize> {
        (self.head + 1..self.rows.len()).filter(|row| self.rows.get(*row).is_some_and(|row| !row.is_empty())).collect()
    }

    /// A sheet whose rows are the columns of a kind.
    fn form(&mut self, table: &str, key: impl Fn(&Head) -> Option<String>, found: &mut Findings) {
        let columns = self.columns(key);
        if columns.is_empty() {
            return;
        }
        let rows = self.below();
        let texts: Vec<Option<(usize, String)>> = columns.iter().map(|(col, _)| self.only(*col, &rows, found)).collect();
        self.sheets.push(sheet());
        self.put((0, 0), &format!("{table}.id"), (self.head, 0));
        self.put((0, 1), &format!("{table}.value"), (self.head, 0));
        for (n, ((col, key), text)) in (1_u32..).zip(columns.into_iter().zip(texts)) {
            self.put((n, 0), &key, (self.head, col));
            if let Some((row, text)) = text {
                self.put((n, 1), &text, (row, col));
            }
        }
    }

    /// The zones: one row for each, whatever the number of rows that speak of it.
    fn zones(&mut self, found: &mut Findings) {
        let columns = self.columns(|head| if let Head::Zone(key) = head { Some(key.clone()) } else { None });
        let Some(zone) = self.heads.iter().position(|head| *head == Some(Head::Observation("zone".into()))) else { return };
        if columns.is_empty() {
            return;
        }
        let mut zones: Vec<(String, Vec<usize>)> = Vec::new();
        for row in self.below() {
            let id = self.rows.get(row).and_then(|fields| fields.get(zone)).map(|field| field.text.trim()).unwrap_or_default();
            match zones.iter_mut().find(|(known, _)| known == id) {
                _ if id.is_empty() => {}
                Some((_, rows)) => rows.push(row),
                None => zones.push((id.to_owned(), vec![row])),
            }
        }
        let mut laid = Vec::new();
        for (id, rows) in &zones {
            let texts: Vec<Option<(usize, String)>> = columns.iter().map(|(col, _)| self.only(*col, rows, found)).collect();
            // A zone of which nothing is said but its name is known elsewhere.
            if texts.iter().any(Option::is_some) {
                laid.push((id.clone(), rows.first().copied().unwrap_or_default(), texts));
            }
        }
        self.sheets.push(sheet());
        self.put((0, 0), "zones.id", (self.head, zone));
        for (n, (col, key)) in (1_u32..).zip(&columns) {
            self.put((0, n), &format!("zones.{key}"), (self.head, *col));
        }
        for (row, (id, first, texts)) in (1_u32..).zip(laid) {
            self.put((row, 0), &id, (first, zone));
            for (n, ((col, _), text)) in (1_u32..).zip(columns.iter().zip(texts)) {
                if let Some((from, text)) = text {
                    self.put((row, n), &text, (from, *col));
                }
            }
        }
    }

    /// One row for each observation: the table itself, without what speaks of something else.
    fn long(&mut self, names: &Names<'_>) {
        let mut laid = sheet();
        let key = |head: &Option<Head>| if let Some(Head::Observation(key)) = head { Some(key.clone()) } else { None };
        let keys: Vec<Option<String>> = self.heads.iter().map(key).collect();
        let own = |col: usize| keys.get(col).is_some_and(Option::is_some);
        let stranger = |col: usize| self.heads.get(col).is_none_or(Option::is_none);
        for (col, field) in self.rows.get(self.head).into_iter().flatten().enumerate() {
            let text = match keys.get(col).and_then(Option::as_ref) {
                Some(key) => format!("{}.{key}", Table::Observations.key()),
                None if stranger(col) => field.text.clone(),
                None => continue,
            };
            if let Some(cell) = content(&text) {
                laid.cells.insert((number(self.head), number(col)), cell);
            }
        }
        for (row, fields) in self.data(names) {
            let filled = |col: &usize| fields.get(*col).is_some_and(|field| !field.text.trim().is_empty());
            let speaks = |col: &usize| own(*col) && keys.get(*col).is_some_and(|key| key.as_deref() != Some("zone"));
            // A row that only says something of its zone.
            if !(0..fields.len()).any(|col| filled(&col) && speaks(&col)) {
                continue;
            }
            for (col, field) in fields.iter().enumerate().filter(|(col, _)| own(*col) || stranger(*col)) {
                if let Some(cell) = content(&field.text) {
                    laid.cells.insert((number(row), number(col)), cell);
                }
            }
        }
        self.sheets.push(laid);
    }

    /// One row for each zone: a row for each answer in it.
    fn wide(&mut self, names: &Names<'_>, found: &mut Findings) {
        let answers = self.columns(|head| if let Head::Indicator(id) = head { Some(id.clone()) } else { None });
        let zone = self.heads.iter().position(|head| *head == Some(Head::Observation("zone".into())));
        for (col, field) in self.rows.get(self.head).into_iter().flatten().enumerate() {
            let read = match self.heads.get(col) {
                Some(Some(Head::Observation(key))) => key == "zone",
                Some(None) | None => field.text.trim().is_empty(),
                _ => true,
            };
            if !read {
                let near = found.closest(&field.text, names.indicators());
                found.push(self.tell(Code::ColumnUnread, self.head, col).with("column", &field.text).suggest(near));
            }
        }
        let mut cells = Vec::new();
        for (row, fields) in self.data(names) {
            for (col, id) in &answers {
                if let Some(field) = fields.get(*col).filter(|field| !field.text.trim().is_empty()) {
                    let place = zone.and_then(|col| Some((col, fields.get(col)?.text.clone())));
                    cells.push((row, *col, id.clone(), field.text.clone(), place));
                }
            }
        }
        self.sheets.push(sheet());
        for (col, key) in (0_u32..).zip(["id", "value", "zone"]) {
            self.put((0, col), &format!("{}.{key}", Table::Observations.key()), (self.head, 0));
        }
        for (n, (row, col, id, text, zone)) in (1_u32..).zip(cells) {
            self.put((n, 0), &id, (row, col));
            self.put((n, 1), &text, (row, col));
            if let Some((zone_col, zone)) = zone {
                self.put((n, 2), &zone, (row, zone_col));
            }
        }
    }
}
