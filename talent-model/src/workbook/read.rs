//! From a filled workbook to a submission, with the cell of every value.

mod answers;
mod form;
mod recognise;
mod row;

use serde_json::{Map, Value, json};

use super::address;
use super::book::{self, Book, Sheet};
use super::cell::put;
use super::header::{self, Header, Known};
use super::layout::{self, Column, Table, Title};
use super::limits::Limits;
use super::package::is_workbook;
use super::source::{Place, SourceMap};
use super::table;
use super::words::fold;
use crate::diagnostic::{Code, Diagnostic, Findings, Pointer, Severity};
use crate::document::{Document, MODEL};
use crate::standard::Indicator;
use crate::{Standard, Submission};

pub(super) use recognise::{Index, Which, quantities};

/// A workbook that has been read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The submission, if the workbook could be read as one. Cells that were not understood are left out of it, and stand in `diagnostics`.
    pub submission: Option<Submission>,
    /// What was found in reading, each finding with its cell.
    pub diagnostics: Vec<Diagnostic>,
    /// The cell of every value.
    pub source: SourceMap,
    /// The text in which findings have lines and columns, if it was one.
    pub text: Option<String>,
}

/// What files say of a submission of which they may be only a part.
pub(super) struct Partial {
    /// The members of the submission; nothing when the file cannot be used.
    pub(super) root: Option<Map<String, Value>>,
    pub(super) found: Vec<Diagnostic>,
    pub(super) source: SourceMap,
    pub(super) text: Option<String>,
}

impl Partial {
    fn refused(found: Vec<Diagnostic>, text: Option<String>) -> Self {
        Self { root: None, found, source: SourceMap::default(), text }
    }
}

impl Reading {
    /// Whether every cell was understood: none of the findings is an error.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.submission.is_some() && self.diagnostics.iter().all(|d| d.severity != Severity::Error)
    }

    /// What was found in reading together with what was found in checking the submission, all with their cells, in the order of the workbook.
    #[must_use]
    pub fn with(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut all = self.diagnostics.clone();
        all.extend(self.source.place(found));
        self.source.sort(&mut all);
        all
    }
}

/// Reads a filled workbook, or a delimited text (CSV, TSV), within the usual [`Limits`].
///
/// Sheets and columns are found by the keys in their hidden first row, then by their titles; rows by their identifier, then by code or name. Hidden,
/// inserted, moved and renamed ones make no difference. What cannot be read in one way only is a finding, never a guess.
///
/// ```
/// use talent_model::{Document, Lang, Submission, reference, workbook};
/// # let text = include_str!("../../../docs/examples/new-shougang.submission.json");
/// let submission = Submission::from_json(text.as_bytes())?;
/// let form = workbook::write(reference::standard(), &submission, workbook::Languages::One(Lang::Zh))?;
/// let reading = workbook::read(reference::standard(), &form.bytes);
/// assert!(reading.is_sound());
/// assert_eq!(reading.submission.map(|read| read.observations), Some(submission.observations));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn read(standard: &Standard, bytes: &[u8]) -> Reading {
    read_within(standard, bytes, Limits::default())
}

/// Reads a form of an earlier round, to carry its answers on: it may answer an earlier version of the standard. Filled rows that the standard no longer asks
/// are warnings then (TM0634).
#[must_use]
pub fn read_earlier(standard: &Standard, bytes: &[u8]) -> Reading {
    read_earlier_within(standard, bytes, Limits::default())
}

/// [`read_earlier`] within limits of one's own.
#[must_use]
pub fn read_earlier_within(standard: &Standard, bytes: &[u8], limits: Limits) -> Reading {
    finish(gather_as(standard, bytes, limits, true))
}

/// Reads a filled workbook within limits of one's own.
#[must_use]
pub fn read_within(standard: &Standard, bytes: &[u8], limits: Limits) -> Reading {
    finish(gather(standard, bytes, limits))
}

fn finish(Partial { root, mut found, source, text }: Partial) -> Reading {
    let submission = match root.map(|root| Submission::from_json(Value::Object(root).to_string().as_bytes())) {
        Some(Ok(submission)) => Some(submission),
        Some(Err(error)) => {
            found.extend(source.place(error.diagnostics));
            None
        }
        None => None,
    };
    source.sort(&mut found);
    Reading { submission, diagnostics: found, source, text }
}

/// Reads what a file says of a submission.
pub(super) fn gather(standard: &Standard, bytes: &[u8], limits: Limits) -> Partial {
    gather_as(standard, bytes, limits, false)
}

fn gather_as(standard: &Standard, bytes: &[u8], limits: Limits, earlier: bool) -> Partial {
    if is_workbook(bytes) || bytes.is_empty() {
        return match book::open(bytes, limits) {
            Ok(book) => Reader { earlier, ..Reader::new(standard, &book) }.read(),
            Err(diagnostic) => Partial::refused(vec![diagnostic], None),
        };
    }
    match table::open(standard, bytes, limits) {
        Ok(opened) => {
            let mut found = Findings::default();
            found.extend(opened.found);
            let reader = Reader { earlier, found, ..Reader::new(standard, &opened.book) };
            Partial { text: Some(opened.text), ..reader.read() }
        }
        Err(refused) => Partial::refused(refused.found, Some(refused.text)),
    }
}

/// A sheet of which it is known what it is.
struct Found<'b> {
    number: usize,
    sheet: &'b Sheet,
    header: Header,
}

/// An object that was read from a row.
struct Object {
    members: Map<String, Value>,
    /// Where each member stands, or would stand.
    places: Vec<(Vec<String>, Place)>,
    at: Place,
    /// The cell of the answer.
    answer: Option<Place>,
    /// Whether one of its cells was not understood.
    broken: bool,
}

/// An answer with the order in which it is written.
struct Answer {
    indicator: usize,
    zone: Option<usize>,
    object: Object,
}

struct Reader<'a> {
    standard: &'a Standard,
    book: &'a Book,
    known: Vec<Known>,
    indicators: Vec<&'a Indicator>,
    found: Findings,
    source: SourceMap,
    /// Columns that are none of the template's, kept as they are.
    extra: Vec<Value>,
    /// Whether the form is of an earlier round.
    earlier: bool,
}

impl<'a> Reader<'a> {
    fn new(standard: &'a Standard, book: &'a Book) -> Self {
        let known = Table::ALL.into_iter().map(|table| Known::new(table, layout::columns(table, standard))).collect();
        let source = SourceMap::new(book.sheets.iter().map(|sheet| sheet.name.clone()).collect(), book.origin.clone());
        Self { standard, book, known, indicators: standard.answerable(), found: Findings::default(), source, extra: Vec::new(), earlier: false }
    }

    fn note(&mut self, mut diagnostic: Diagnostic, place: Place) {
        self.source.put(&mut diagnostic, place);
        self.found.push(diagnostic);
    }

    fn here(code: Code) -> Diagnostic {
        Diagnostic::new(code, Pointer::root())
    }

    fn finish(self, root: Option<Map<String, Value>>) -> Partial {
        let mut found = self.found.into_vec();
        self.source.sort(&mut found);
        Partial { root, found, source: self.source, text: None }
    }

    fn columns(&self, table: Table) -> Vec<Column> {
        self.known.iter().find(|known| known.table == table).map(|known| known.columns.clone()).unwrap_or_default()
    }

    fn read(mut self) -> Partial {
        let sheets = self.sheets();
        if sheets.is_empty() {
            let names: Vec<&str> = self.book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
            // That no sheet is known says all that could be said of each.
            self.found = Findings::default();
            self.found.push(Self::here(Code::NoTemplate).with("found", names.join("`, `")));
            return self.finish(None);
        }
        let of = |table: Table| sheets.iter().filter(move |found| found.header.table == table);
        let mut root = Map::new();
        root.insert("kind".into(), json!("submission"));
        root.insert("model".into(), json!(MODEL));
        let Some(pin) = self.pin(of(Table::Version)) else { return self.finish(None) };
        root.insert("standard".into(), pin);
        let mut community = Map::new();
        let mut filled = false;
        for found in of(Table::Submission) {
            filled |= self.form(found, &mut root, &mut community);
        }
        filled |= self.facts(of(Table::Facts), &mut community);
        let (evidence, evidence_picks) = self.list(of(Table::Evidence), &[]);
        let (zones, zone_picks) = self.list(of(Table::Zones), &[]);
        let (assets, _) = self.list(of(Table::Assets), &zone_picks);
        filled |= [&evidence, &zones, &assets].iter().any(|list| !list.is_empty());
        let stages: Vec<Option<String>> = zones.iter().map(|zone| self.stage(zone)).collect();
        let community_at = Pointer::root().with("community");
        self.place_list(&mut community, "zones", zones, &community_at);
        self.place_list(&mut community, "assets", assets, &community_at);
        self.place_list(&mut root, "evidence", evidence, &Pointer::root());
        let answers = self.answers(of(Table::Observations), &zone_picks, &stages, &evidence_picks);
        if answers.is_empty() && !filled && !self.found.iter().any(|d| d.severity == Severity::Error) {
            self.found = Findings::default();
            self.found.push(Self::here(Code::NothingFilled));
            return self.finish(None);
        }
        let observations = answers.into_iter().map(|answer| answer.object).collect();
        root.insert("observations".into(), json!([]));
        self.place_list(&mut root, "observations", observations, &Pointer::root());
        if !community.is_empty() {
            community.insert("kind".into(), json!("community"));
            community.insert("model".into(), json!(MODEL));
            root.insert("community".into(), Value::Object(community));
        }
        self.keep_extra(&mut root);
        self.finish(Some(root))
    }

    /// Puts what stood in columns of the sender's own under `extensions`, after what earlier rounds left there.
    fn keep_extra(&mut self, root: &mut Map<String, Value>) {
        if self.extra.is_empty() {
            return;
        }
        let path = ["extensions", "workbook", "columns"].map(str::to_owned);
        let earlier = root.get("extensions").and_then(|v| v.get("workbook")).and_then(|v| v.get("columns")).and_then(Value::as_array).cloned();
        let columns: Vec<Value> = earlier.clone().unwrap_or_default().into_iter().chain(std::mem::take(&mut self.extra)).collect();
        if earlier.is_some()
            && let Some(Value::Object(workbook)) = root.get_mut("extensions").and_then(|v| v.get_mut("workbook"))
        {
            workbook.remove("columns");
        }
        if !put(root, &path, Value::Array(columns)) {
            self.found.push(Self::here(Code::MoreContradicts).with("member", "extensions"));
        }
    }

    /// What every sheet is. Those that are nothing are told, and left alone.
    fn sheets(&mut self) -> Vec<Found<'a>> {
        let mut sheets = Vec::new();
        for (number, sheet) in self.book.sheets.iter().enumerate().filter(|(_, sheet)| !sheet.cells.is_empty()) {
            match header::find(sheet, &self.known) {
                Some(header) => sheets.push(Found { number, sheet, header }),
                None => self.note(Self::here(Code::ExtraSheet).with("sheet", &sheet.name), (number, 0, 0)),
            }
        }
        for found in &sheets {
            let columns = self.columns(found.header.table);
            for (what, first, again) in &found.header.repeated {
                let row = found.header.keys.or(found.header.titles).unwrap_or_default();
                let title = columns.get(*what).map(|column| column.title.clone());
                let diagnostic = Self::here(Code::ColumnTwice).with("first", address::address(row, *first));
                self.note(named(diagnostic, "column", title.as_ref()), (found.number, row, *again));
            }
            if found.header.keys.is_none() && !found.header.table.is_for_people() {
                let row = found.header.titles.unwrap_or_default();
                self.note(Self::here(Code::MatchedByTitle).with("sheet", &found.sheet.name), (found.number, row, 0));
            }
        }
        let answers = |found: &&Found<'_>| found.header.table == Table::Observations;
        for found in sheets.iter().filter(answers) {
            let columns = self.columns(Table::Observations);
            let has = |wanted: &str| found.header.columns.iter().any(|(_, what)| columns.get(*what).is_some_and(|column| column.key == wanted));
            if !has("value") {
                let title = columns.iter().find(|column| column.key == "value").map(|column| column.title.clone());
                let row = found.header.titles.or(found.header.keys).unwrap_or_default();
                self.note(named(Self::here(Code::ColumnMissing), "column", title.as_ref()), (found.number, row, 0));
            }
        }
        sheets.retain(|found| !found.header.table.is_for_people());
        sheets
    }
}

/// A merged area that answers several rows.
struct Merged {
    first: (u32, u32),
}

/// Adds a title in both languages.
fn named(diagnostic: Diagnostic, name: &str, title: Option<&Title>) -> Diagnostic {
    match title {
        Some(title) => diagnostic.with(name, &title.en).with(&format!("{name}_zh"), &title.zh),
        None => diagnostic,
    }
}

fn title_matches(title: &Title, folded: &str) -> bool {
    let (en, zh) = (fold(&title.en), fold(&title.zh));
    !folded.is_empty() && (folded == en || folded == zh || *folded == format!("{zh}{en}") || *folded == format!("{en}{zh}"))
}

fn column_of(found: &Found<'_>, columns: &[Column], key: &str) -> Option<u32> {
    let wanted = columns.iter().position(|column| column.key == key)?;
    found.header.columns.iter().find(|(_, what)| *what == wanted).map(|(col, _)| *col)
}

/// The rows below the titles. Rows above them are the sheet's own heading.
fn data_rows(found: &Found<'_>) -> Vec<u32> {
    let header = &found.header;
    let first = header.titles.or(header.keys).unwrap_or_default();
    found.sheet.rows().into_iter().filter(|row| *row > first && Some(*row) != header.keys).collect()
}
