//! From a filled workbook to a submission, with the cell of every value.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::address;
use super::book::{self, Book, Cell, Sheet};
use super::cell::{Row, join, parse, put, shown};
use super::header::{self, Header, Known};
use super::layout::{self, Column, Kind, LAYOUT, Pick, Table, Title};
use super::limits::Limits;
use super::package::is_workbook;
use super::source::{Place, SourceMap};
use super::table;
use super::words::fold;
use crate::community::Zone;
use crate::diagnostic::{Code, Diagnostic, Findings, Pointer, Severity};
use crate::document::{Document, MODEL};
use crate::quantity::Quantity;
use crate::standard::Indicator;
use crate::{Standard, Submission};

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

    /// The standard that the workbook answers; nothing when it is another one, after which every other finding would only follow from that.
    fn pin<'f>(&mut self, mut sheets: impl Iterator<Item = &'f Found<'a>>) -> Option<Value>
    where
        'a: 'f,
    {
        let standard = self.standard;
        let Some(found) = sheets.next() else {
            // A delimited text that does not say what it answers answers what is at hand.
            if self.book.origin.is_some() {
                return Some(json!({ "id": standard.id.as_str(), "version": standard.version.as_str() }));
            }
            self.found.push(Self::here(Code::VersionSheetMissing).with("expected", format!("{} {}", standard.id, standard.version)));
            return Some(json!({ "id": standard.id.as_str(), "version": standard.version.as_str() }));
        };
        let rows = layout::version();
        let stated = self.form_rows(found, &rows);
        let text = |key: &str| stated.iter().find(|(column, ..)| column.key == key).map(|(_, _, cell, place)| (shown(&cell.content), *place));
        if let Some((version, place)) = text("template")
            && version != LAYOUT
        {
            self.note(Self::here(Code::TemplateNewer).with("found", version).with("expected", LAYOUT), place);
            return None;
        }
        for (key, _, _, place) in &stated {
            let pointer = key.path.iter().fold(Pointer::root(), |pointer, step| pointer.with(step));
            self.source.insert(pointer, *place);
        }
        let digest = standard.digest().ok().map(|digest| digest.to_string());
        let checks = [
            ("standard.id", Code::StandardNotAtHand, Some(standard.id.to_string())),
            ("standard.version", Code::VersionDiffers, Some(standard.version.to_string())),
            ("standard.digest", Code::DigestDiffers, digest),
        ];
        let mut pin = Map::new();
        for (key, code, expected) in checks {
            let Some((found, place)) = text(key) else { continue };
            let may_differ = self.earlier && code != Code::StandardNotAtHand;
            if !may_differ && expected.as_ref().is_some_and(|expected| *expected != found) {
                let pointer = key.split('.').fold(Pointer::root(), |pointer, step| pointer.with(step));
                let diagnostic = Diagnostic::new(code, pointer).with("found", &found).with("expected", expected.unwrap_or_default());
                self.note(diagnostic, place);
                return None;
            }
            pin.insert(key.trim_start_matches("standard.").to_owned(), Value::String(found));
        }
        Some(Value::Object(pin))
    }

    /// The filled rows of a form: what each is, its number among the rows, its cell and place.
    fn form_rows<'f>(&mut self, found: &'f Found<'a>, rows: &[Column]) -> Vec<(Column, usize, &'f Cell, Place)> {
        let columns = self.columns(found.header.table);
        let (Some(id), item, Some(value)) =
            (column_of(found, &columns, "id"), column_of(found, &columns, "item"), column_of(found, &columns, "value"))
        else {
            return Vec::new();
        };
        let mut filled = Vec::new();
        for row in data_rows(found) {
            let text = |col: u32| found.sheet.cell(row, col).map(|cell| fold(&shown(&cell.content))).unwrap_or_default();
            let (key, title) = (text(id), item.map(text).unwrap_or_default());
            let is_key = |column: &&Column| fold(&column.key) == key;
            let titles = |column: &&Column| title_matches(&column.title, &title);
            let known = rows.iter().enumerate();
            let by_key = known.clone().find(|(_, column)| is_key(column));
            let Some((number, column)) = by_key.or_else(|| known.clone().find(|(_, column)| titles(column))) else {
                if let Some(cell) = found.sheet.cell(row, value) {
                    let near = self.found.closest(&key, rows.iter().map(|column| column.key.as_str()));
                    let label = found.sheet.cell(row, id).map_or_else(|| shown(&cell.content), |cell| shown(&cell.content));
                    self.note(Self::here(Code::UnknownRow).with("found", label).suggest(near), (found.number, row, id));
                }
                continue;
            };
            let place = (found.number, row, value);
            match found.sheet.cell(row, value) {
                Some(cell) => filled.push((column.clone(), number, cell, place)),
                None => self.stands_at(&column.path, place),
            }
        }
        filled
    }

    /// Notes where a value of the form stands, or would stand, and the objects around it with it.
    fn stands_at(&mut self, path: &[String], place: Place) {
        let mut pointer = Pointer::root();
        let mut above = Vec::new();
        for step in path {
            pointer = pointer.with(step);
            above.push(pointer.clone());
        }
        above.into_iter().rev().for_each(|pointer| self.source.insert(pointer, place));
    }

    /// Reads the form about the submission and the community; whether anything was filled in.
    fn form(&mut self, found: &Found<'a>, root: &mut Map<String, Value>, community: &mut Map<String, Value>) -> bool {
        let rows = layout::form();
        let stated = self.form_rows(found, &rows);
        let cx = Row { from_1904: self.book.from_1904, ..Row::default() };
        let filled = !stated.is_empty();
        let mut last = Vec::new();
        for (column, _, cell, place) in stated {
            let inner = column.path.first().is_some_and(|step| step == "community");
            self.stands_at(&column.path, place);
            match parse(&column, cell, &cx) {
                Err(diagnostic) => self.note(*diagnostic, place),
                Ok(parsed) => {
                    self.understood(cell, parsed.read_as.as_deref(), place);
                    for (path, value) in parsed.members {
                        match value {
                            Value::Object(more) if column.key.ends_with("more") => last.push((inner, more, place)),
                            value if inner => self.put(community, path.get(1..).unwrap_or_default(), value, place),
                            value => self.put(root, &path, value, place),
                        }
                    }
                }
            }
        }
        for (inner, more, place) in last {
            let into = if inner { &mut *community } else { &mut *root };
            if let Some(member) = join(into, more) {
                self.note(Self::here(Code::MoreContradicts).with("member", member), place);
            }
        }
        filled
    }

    fn put(&mut self, object: &mut Map<String, Value>, path: &[String], value: Value, place: Place) {
        if !put(object, path, value) {
            let member = path.last().cloned().unwrap_or_default();
            self.note(Self::here(Code::MoreContradicts).with("member", member), place);
        }
    }

    /// Shows how a cell was read, where that is not plain to see.
    fn understood(&mut self, cell: &Cell, read_as: Option<&str>, place: Place) {
        if let Some(reading) = read_as {
            self.note(Self::here(Code::ReadAs).with("found", shown(&cell.content)).with("reading", reading), place);
        }
        if cell.formula {
            self.note(Self::here(Code::FormulaValue).with("found", shown(&cell.content)), place);
        }
    }

    /// Reads the filled cells of a row into an object. Nothing when no cell of it is filled in.
    fn object(&mut self, found: &Found<'a>, columns: &[Column], row: u32, cx: &Row<'_>, merged: &[Merged]) -> Option<Object> {
        let mut object = Object { members: Map::new(), places: Vec::new(), at: (found.number, row, 0), answer: None, broken: false };
        let mut filled = false;
        let mut more = None;
        let mut word: Option<(String, Place)> = None;
        let state_given = column_of(found, columns, "state").is_some_and(|col| found.sheet.cell(row, col).is_some());
        let mut cells: Vec<(u32, &Column)> = found.header.columns.iter().filter_map(|(col, what)| Some((*col, columns.get(*what)?))).collect();
        // The unit tells how a percentage is meant; it comes before the answer.
        cells.sort_by_key(|(col, column)| (!matches!(column.kind, Kind::Unit), *col));
        let mut cx = cx.clone();
        for (col, column) in cells {
            let place = (found.number, row, col);
            match column.kind {
                Kind::Info => continue,
                Kind::Answer => {
                    object.answer = Some(place);
                    for member in ["value", "level", "items", "answer"] {
                        object.places.push((vec![member.into()], place));
                    }
                }
                Kind::Fact(_) => {
                    for member in ["value", "answer", "choice"] {
                        object.places.push((column.path.iter().cloned().chain([member.into()]).collect(), place));
                    }
                }
                Kind::Id => object.at = place,
                _ => {}
            }
            if let (Some(first), 2..) = (column.path.first(), column.path.len()) {
                object.places.push((vec![first.clone()], place));
            }
            object.places.push((column.path.clone(), place));
            let Some(cell) = found.sheet.cell(row, col) else { continue };
            if merged.iter().any(|area| area.first == (row, col)) {
                (filled, object.broken) = (true, true);
                continue;
            }
            match parse(column, cell, &cx) {
                Err(diagnostic) => {
                    (filled, object.broken) = (true, true);
                    self.note(*diagnostic, place);
                }
                Ok(parsed) => {
                    // What a template already says answers nothing.
                    let prefilled = matches!(column.kind, Kind::Id | Kind::Unit | Kind::Zone);
                    filled |= !prefilled;
                    if !prefilled {
                        self.understood(cell, parsed.read_as.as_deref(), place);
                    }
                    if parsed.share {
                        self.note(Self::here(Code::ShareForPercent).with("found", shown(&cell.content)), place);
                    }
                    for (path, value) in parsed.members {
                        if matches!(column.kind, Kind::Unit) {
                            cx.unit = value.as_str().map(str::to_owned);
                        }
                        match value {
                            Value::Object(members) if matches!(column.kind, Kind::More) => more = Some((members, place)),
                            // “—” beside a state that says the same is no second answer.
                            Value::String(state) if matches!(column.kind, Kind::Answer) && path.last().is_some_and(|last| last == "state") => {
                                word = Some((state, place));
                            }
                            value => self.put(&mut object.members, &path, value, place),
                        }
                    }
                }
            }
        }
        if let Some((state, place)) = word {
            let stated = object.members.get("state").and_then(Value::as_str).map(str::to_owned);
            match stated {
                None if !state_given => {
                    object.members.insert("state".into(), Value::String(state));
                }
                Some(stated) if matches!(stated.as_str(), "reported" | "estimated") => {
                    let diagnostic = Self::here(Code::StateContradicts).with("found", state).with("state", stated);
                    self.note(diagnostic, place);
                    object.broken = true;
                }
                _ => {}
            }
        }
        if let Some((members, place)) = more
            && let Some(member) = join(&mut object.members, members)
        {
            self.note(Self::here(Code::MoreContradicts).with("member", member), place);
        }
        filled.then_some(object)
    }

    fn cx(&self) -> Row<'a> {
        Row { standard: Some(self.standard), from_1904: self.book.from_1904, ..Row::default() }
    }

    /// Reads a table whose rows name themselves: the objects, and their names for those that refer to them.
    fn list<'f>(&mut self, sheets: impl Iterator<Item = &'f Found<'a>>, zones: &[Pick]) -> (Vec<Object>, Vec<Pick>)
    where
        'a: 'f,
    {
        let (mut objects, mut picks): (Vec<Object>, Vec<Pick>) = (Vec::new(), Vec::new());
        for found in sheets {
            let columns = self.columns(found.header.table);
            let merged = self.merged(found, &columns);
            let cx = Row { zones, ..self.cx() };
            let mut rows = Vec::new();
            for row in data_rows(found) {
                let Some(object) = self.object(found, &columns, row, &cx, &merged) else { continue };
                let text = |member: &str, lang: &str| {
                    let name = object.members.get(member).and_then(|name| name.get(lang)).and_then(Value::as_str);
                    name.unwrap_or_default().to_owned()
                };
                let title = if found.header.table == Table::Evidence { "title" } else { "name" };
                if let Some(id) = object.members.get("id").and_then(Value::as_str) {
                    picks.push(Pick { id: id.to_owned(), name: Title { en: text(title, "en"), zh: text(title, "zh") } });
                }
                rows.push(row);
                objects.push(object);
            }
            self.extra_columns(found, &columns, &rows);
        }
        (objects, picks)
    }

    /// Reads the facts about the whole community; whether there are any.
    fn facts<'f>(&mut self, sheets: impl Iterator<Item = &'f Found<'a>>, community: &mut Map<String, Value>) -> bool
    where
        'a: 'f,
    {
        let mut facts = Map::new();
        let mut places: BTreeMap<String, Place> = BTreeMap::new();
        for found in sheets {
            let columns = self.columns(Table::Facts);
            let (id, name) = (column_of(found, &columns, "id"), column_of(found, &columns, "name"));
            let merged = self.merged(found, &columns);
            let mut rows = Vec::new();
            for row in data_rows(found) {
                let text = |col: Option<u32>| col.and_then(|col| found.sheet.cell(row, col)).map(|cell| shown(&cell.content)).unwrap_or_default();
                let (own, title) = (text(id), text(name));
                let facts_of = &self.standard.facts;
                let by_title = || facts_of.iter().find(|(_, definition)| title_matches(&(&definition.name).into(), &fold(&title)));
                let by_id = facts_of.iter().find(|(id, _)| fold(id.as_str()) == fold(&own));
                let known = by_id.or_else(by_title);
                let key = known.map_or(own, |(id, _)| id.to_string());
                let mut columns = columns.clone();
                for column in &mut columns {
                    match &mut column.kind {
                        Kind::Fact(asked) => {
                            *asked = known.map(|(_, definition)| Box::new(layout::asked(definition)));
                            column.path.clear();
                        }
                        // The identifier is the key of the fact, not a member.
                        Kind::Id => column.kind = Kind::Info,
                        _ => {}
                    }
                }
                let Some(object) = self.object(found, &columns, row, &self.cx(), &merged) else { continue };
                let at = (found.number, row, id.unwrap_or_default());
                if key.is_empty() {
                    self.note(Self::here(Code::UnknownRow).with("found", title), at);
                    continue;
                }
                rows.push(row);
                let pointer = Pointer::root().with("community").with("facts").with(&key);
                self.places(&pointer, &object);
                if object.broken {
                    continue;
                }
                match (facts.get(&key), places.get(&key)) {
                    (Some(there), Some(first)) if *there != Value::Object(object.members.clone()) => {
                        let first = self.source.cell(*first).to_string();
                        self.note(Self::here(Code::AnsweredTwice).with("found", &key).with("first", first), at);
                    }
                    (Some(_), _) => {}
                    (None, _) => {
                        places.insert(key.clone(), at);
                        facts.insert(key, Value::Object(object.members));
                    }
                }
            }
            self.extra_columns(found, &columns, &rows);
        }
        let any = !facts.is_empty();
        if any && let Some(member) = join(community, Map::from_iter([("facts".to_owned(), Value::Object(facts))])) {
            self.found.push(Self::here(Code::MoreContradicts).with("member", member));
        }
        any
    }

    fn places(&mut self, pointer: &Pointer, object: &Object) {
        for (path, place) in &object.places {
            self.source.insert(path.iter().fold(pointer.clone(), |pointer, step| pointer.with(step)), *place);
        }
        self.source.insert(pointer.clone(), object.at);
    }

    /// Puts a list into its object, and notes where everything in it stands.
    fn place_list(&mut self, into: &mut Map<String, Value>, name: &str, list: Vec<Object>, above: &Pointer) {
        if list.is_empty() {
            return;
        }
        let base = above.with(name);
        let mut values = Vec::with_capacity(list.len());
        for (i, object) in list.into_iter().enumerate() {
            self.places(&base.at(i), &object);
            values.push(Value::Object(object.members));
        }
        match into.get(name) {
            Some(Value::Array(there)) if !there.is_empty() => {
                self.found.push(Self::here(Code::MoreContradicts).with("member", name));
            }
            _ => {
                into.insert(name.to_owned(), Value::Array(values));
            }
        }
    }

    /// The stage of a zone that was read, as far as it can be told.
    fn stage(&self, zone: &Object) -> Option<String> {
        let zone: Zone = serde_json::from_value(Value::Object(zone.members.clone())).ok()?;
        self.standard.stage_of(&zone).map(str::to_owned)
    }

    /// Every answer, in the order of the standard and of the zones.
    fn answers<'f>(
        &mut self,
        sheets: impl Iterator<Item = &'f Found<'a>>,
        zones: &[Pick],
        stages: &[Option<String>],
        evidence: &[Pick],
    ) -> Vec<Answer>
    where
        'a: 'f,
    {
        let index = Index::new(self.standard, &self.indicators);
        let columns = self.columns(Table::Observations);
        let mut answers: Vec<Answer> = Vec::new();
        let mut sheet_of: BTreeMap<usize, (usize, u32)> = BTreeMap::new();
        let mut twins: BTreeSet<(usize, usize)> = BTreeSet::new();
        for found in sheets {
            let [id, code, name, zone_col] = ["id", "code", "name", "zone"].map(|key| column_of(found, &columns, key));
            let merged = self.merged(found, &columns);
            let mut rows = Vec::new();
            for row in data_rows(found) {
                let text = |col: Option<u32>| col.and_then(|col| found.sheet.cell(row, col)).map(|cell| shown(&cell.content)).unwrap_or_default();
                let id_place = (found.number, row, id.or(code).or(name).unwrap_or_default());
                let number = match index.find(&text(id), &text(code), &text(name)) {
                    Which::Indicator(number) => number,
                    Which::Group => continue,
                    Which::Unknown(text) => {
                        self.unknown_row(found, &columns, row, &text, id_place);
                        continue;
                    }
                };
                let Some(indicator) = self.indicators.get(number).copied() else { continue };
                match sheet_of.get(&number) {
                    Some((other, first)) if *other != found.number => {
                        if twins.insert((*other, found.number)) {
                            let first = self.source.cell((*other, *first, id_place.2)).to_string();
                            let diagnostic = Self::here(Code::SheetTwice).with("sheet", &found.sheet.name).with("first", first);
                            self.note(diagnostic.with("indicator", indicator.id.as_str()), id_place);
                        }
                    }
                    _ => {
                        sheet_of.insert(number, (found.number, row));
                    }
                }
                rows.push(row);
                let zone_text = text(zone_col);
                let zone = zones.iter().position(|pick| pick.id == zone_text).or_else(|| {
                    let folded = fold(&zone_text);
                    let named = |pick: &Pick| !folded.is_empty() && (title_matches(&pick.name, &folded) || fold(&pick.id) == folded);
                    zones.iter().position(named)
                });
                let stage = zone.and_then(|zone| stages.get(zone)).and_then(Option::as_deref);
                let cx = Row { indicator: Some(indicator), quantities: quantities(indicator, stage), zones, evidence, ..self.cx() };
                let mut object = self.object(found, &columns, row, &cx, &merged);
                if let Some(object) = &mut object {
                    object.members.insert("indicator".into(), Value::String(indicator.id.to_string()));
                }
                let answer_at = column_of(found, &columns, "value").map_or(id_place, |col| (found.number, row, col));
                self.source.row(indicator.id.as_str(), answer_at);
                let Some(object) = object else { continue };
                if object.broken {
                    self.source.broken(indicator.id.as_str());
                    continue;
                }
                let same_place = |other: &&Answer| other.indicator == number && other.object.members.get("zone") == object.members.get("zone");
                match answers.iter().find(same_place) {
                    Some(other) if other.object.members == object.members => {}
                    Some(other) => {
                        let first = self.source.cell(other.object.answer.unwrap_or(other.object.at)).to_string();
                        let diagnostic = Self::here(Code::AnsweredTwice).with("found", indicator.id.as_str()).with("first", first);
                        self.note(diagnostic, answer_at);
                    }
                    None => answers.push(Answer { indicator: number, zone, object }),
                }
            }
            self.extra_columns(found, &columns, &rows);
        }
        answers.sort_by_key(|answer| (answer.indicator, answer.object.members.contains_key("zone"), answer.zone));
        answers
    }

    /// A row that names no indicator: a fault if anything is filled in, else somebody's own line.
    fn unknown_row(&mut self, found: &Found<'a>, columns: &[Column], row: u32, text: &str, place: Place) {
        let is_input = |what: usize| columns.get(what).is_some_and(|c| !matches!(c.kind, Kind::Info | Kind::Id | Kind::Unit));
        let filled = found.header.columns.iter().any(|(col, what)| is_input(*what) && found.sheet.cell(row, *col).is_some());
        if filled && self.earlier {
            self.note(Self::here(Code::NotCarried).with("found", text), place);
        } else if filled {
            let near = self.found.closest(text, self.indicators.iter().map(|indicator| indicator.id.as_str())).map(str::to_owned);
            self.note(Self::here(Code::UnknownRow).with("found", text).suggest(near.as_deref()), place);
        }
    }

    /// Merged cells that would answer several rows at once; each is told.
    fn merged(&mut self, found: &Found<'a>, columns: &[Column]) -> Vec<Merged> {
        let mut merged = Vec::new();
        for [r1, c1, r2, c2] in found.sheet.merges.iter().copied().filter(|[r1, _, r2, _]| r1 < r2) {
            let in_input = found.header.columns.iter().any(|(col, what)| {
                (c1..=c2).contains(col) && columns.get(*what).is_some_and(|column| !matches!(column.kind, Kind::Info | Kind::Id | Kind::Unit))
            });
            let header = [found.header.keys, found.header.titles].into_iter().flatten().any(|row| (r1..=r2).contains(&row));
            if in_input && !header && found.sheet.cell(r1, c1).is_some() {
                let area = format!("{}:{}", address::address(r1, c1), address::address(r2, c2));
                self.note(Self::here(Code::MergedAnswers).with("found", area), (found.number, r1, c1));
                merged.push(Merged { first: (r1, c1) });
            }
        }
        merged
    }

    /// Keeps what stands in columns of the sender's own, and tells of it.
    fn extra_columns(&mut self, found: &Found<'a>, columns: &[Column], rows: &[u32]) {
        const MOST: usize = 10_000;
        let mut kept: BTreeMap<u32, Map<String, Value>> = BTreeMap::new();
        let id = column_of(found, columns, "id");
        for row in rows {
            for (col, cell) in found.sheet.row(*row) {
                let known =
                    found.header.columns.iter().any(|(known, _)| *known == col) || found.header.repeated.iter().any(|(.., again)| *again == col);
                if known || kept.values().map(Map::len).sum::<usize>() >= MOST {
                    continue;
                }
                let name = id.and_then(|id| found.sheet.cell(*row, id)).map_or_else(String::new, |cell| shown(&cell.content));
                kept.entry(col).or_default().insert(format!("{name} {}", row + 1).trim().to_owned(), Value::String(shown(&cell.content)));
            }
        }
        for (col, values) in kept {
            let title_at = |row: Option<u32>| row.and_then(|row| found.sheet.cell(row, col)).map(|cell| shown(&cell.content));
            let title = title_at(found.header.titles).or_else(|| title_at(found.header.keys)).unwrap_or_else(|| address::column(col));
            let row = found.header.titles.or(found.header.keys).unwrap_or_default();
            let diagnostic = Self::here(Code::ExtraColumn).with("column", &title).with("count", values.len().to_string());
            self.note(diagnostic, (found.number, row, col));
            self.extra.push(json!({ "sheet": found.sheet.name, "column": title, "cells": values }));
        }
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

/// What may be answered: what the stage asks, or without a stage what any asks.
pub(super) fn quantities<'i>(indicator: &'i Indicator, stage: Option<&str>) -> Vec<&'i Quantity> {
    if let Some(criterion) = stage.and_then(|stage| indicator.criterion(stage)) {
        return vec![indicator.quantity_in(criterion)];
    }
    let mut all: Vec<&Quantity> = Vec::new();
    for quantity in indicator.criteria.iter().map(|criterion| indicator.quantity_in(criterion)).chain([&indicator.quantity]) {
        if !all.contains(&quantity) {
            all.push(quantity);
        }
    }
    all
}

/// How rows are recognised.
pub(super) struct Index {
    ids: BTreeMap<String, usize>,
    names: BTreeMap<String, Option<usize>>,
    groups: BTreeSet<String>,
}

pub(super) enum Which {
    Indicator(usize),
    /// A heading of the template.
    Group,
    Unknown(String),
}

impl Index {
    pub(super) fn new(standard: &Standard, indicators: &[&Indicator]) -> Self {
        let mut index = Self { ids: BTreeMap::new(), names: BTreeMap::new(), groups: BTreeSet::new() };
        for (number, indicator) in indicators.iter().enumerate() {
            index.ids.insert(fold(indicator.id.as_str()), number);
            let names = indicator.name.values().map(|name| name.as_str()).chain(indicator.code.as_ref().map(|code| code.as_str()));
            for name in names {
                // A name that two indicators bear names neither.
                index.names.entry(fold(name)).and_modify(|there| *there = there.filter(|n| *n == number)).or_insert(Some(number));
            }
        }
        for category in super::template::groups(standard) {
            index.groups.insert(fold(category.id.as_str()));
        }
        index
    }

    pub(super) fn find(&self, id: &str, code: &str, name: &str) -> Which {
        let folded = fold(id);
        if let Some(number) = self.ids.get(&folded) {
            return Which::Indicator(*number);
        }
        if self.groups.contains(&folded) {
            return Which::Group;
        }
        // An identifier that is there but unknown is not overruled by a title beside it.
        let others: &[&str] = if id.is_empty() { &[code, name] } else { &[id] };
        for text in others.iter().filter(|text| !text.is_empty()) {
            let folded = fold(text);
            if let Some(number) = self.names.get(&folded).copied().flatten().or_else(|| self.ids.get(&folded).copied()) {
                return Which::Indicator(number);
            }
        }
        let shown = [id, code, name].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
        Which::Unknown(shown.to_owned())
    }
}
