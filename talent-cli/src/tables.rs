//! The two tables of an index as files: a delimited text or a workbook each. What is wrong is told at its cell.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Map, Value, json};
use talent_model::Bilingual;
use talent_model::diagnostic::{Code, Diagnostic, Pointer, Severity, nearest};
use talent_model::index::{IndexRow, IndexRows};
use talent_model::workbook::{Limits, PlainCell, PlainTable};
use talent_score::index::{Numbers, Table};

use crate::command::open;
use crate::examine::Examined;
use crate::render::report::Report;
use crate::render::words::InLanguage;
use crate::{Session, input::Source};

/// What users of COINr call the columns of their table of indicators.
const COINR: [(&str, &str); 8] = [
    ("iCode", "code"),
    ("iName", "name"),
    ("Parent", "parent"),
    ("Level", "level"),
    ("Weight", "weight"),
    ("Direction", "direction"),
    ("Unit", "unit"),
    ("Denominator", "denominator"),
];
/// Columns that change no number: what a row is follows from the parents, and targets are for charts.
const SILENT: [&str; 3] = ["Type", "type", "Target"];
/// Rows of a COINr table that describe columns which are no indicators.
const BESIDE: [&str; 3] = ["Group", "Denominator", "Other"];
const GOALPOSTS: [(&str, &str); 3] = [("goalpost_low", "low"), ("goalpost_high", "high"), ("goalpost_log", "log")];
/// What a column of units may be called; the last is COINr's.
const UNIT: [&str; 2] = ["unit", "uCode"];
/// What says that there is no value, in any case of letters.
const MISSING: [&str; 9] = ["na", "n/a", "nan", "null", "none", "-", "—", "..", "缺失"];

/// An index has more cells than a submission: where nothing else is asked for, so many are read, and as much more of a workbook is unpacked.
fn limits(asked: Limits) -> Limits {
    let usual = Limits::default();
    let or = |asked: usize, usual: usize, own: usize| if asked == usual { own } else { asked };
    Limits {
        bytes: or(asked.bytes, usual.bytes, 64 << 20),
        cells: or(asked.cells, usual.cells, 8_000_000),
        inflated: or(asked.inflated, usual.inflated, 512 << 20),
        ..asked
    }
}

/// Which columns of the values are no values.
pub(crate) struct Columns<'c> {
    pub(crate) unit: Option<&'c str>,
    pub(crate) time: Option<&'c str>,
}

/// Both tables with the files they came from.
pub(crate) struct Read {
    pub(crate) table: Table,
    indicators: File,
    values: File,
    /// The rows of the file of indicators that are indicators or groups.
    rows: Vec<usize>,
    /// The column of the file of values with the names of the units.
    unit: usize,
}

struct File {
    label: String,
    cells: PlainTable,
}

/// Reads both tables; what is wrong with them becomes a report for each file.
pub(crate) fn read(indicators: &Path, values: &Path, columns: &Columns<'_>, session: &mut Session<'_>) -> Result<Read, Vec<Report>> {
    let indicators = file(indicators, session);
    let values = file(values, session);
    let (indicators, values) = match (indicators, values) {
        (Ok(indicators), Ok(values)) => (indicators, values),
        (indicators, values) => return Err([indicators.err(), values.err()].into_iter().flatten().map(|report| *report).collect()),
    };
    let (rows, beside, found) = rows_of(&indicators.cells);
    let places: Vec<usize> = rows.iter().map(|(at, _)| *at).collect();
    let mut wrong = found;
    let rows = parsed(rows, &indicators.cells, &mut wrong);
    let mut found = values.cells.found().to_vec();
    let table = laid(rows, &values.cells, &beside, columns, &mut found);
    let unit = unit_column(&values.cells, columns).unwrap_or_default();
    let read = Read { table, indicators, values, rows: places, unit };
    let refused = |found: &[Diagnostic]| found.iter().any(|d| d.severity == Severity::Error);
    if refused(&wrong) || refused(&found) {
        let reports = [(&read.indicators, wrong), (&read.values, found)].into_iter().filter(|(_, found)| !found.is_empty());
        return Err(reports.map(|(file, found)| file.report(found)).collect());
    }
    Ok(read)
}

impl Read {
    /// Findings about tables, method or study, each with the file that it is about and the place in it.
    pub(crate) fn reports(&self, found: &[Diagnostic]) -> (Vec<Report>, Vec<Diagnostic>) {
        let (mut indicators, mut values, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for diagnostic in found {
            let mut diagnostic = diagnostic.clone();
            let segments: Vec<String> = diagnostic.pointer.steps().collect();
            let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
            let number = |text: &str| text.parse::<usize>().ok();
            match parts.as_slice() {
                ["indicators", row, rest @ ..] => {
                    let row = number(row).and_then(|row| self.rows.get(row)).copied();
                    let column = rest.first().and_then(|member| member_column(&self.indicators.cells, member)).unwrap_or_default();
                    self.indicators.cells.place(&mut diagnostic, row, column);
                    indicators.push(diagnostic);
                }
                ["indicators"] => indicators.push(diagnostic),
                ["values", name, rest @ ..] => {
                    let column = self.values.cells.names().position(|known| known == *name).unwrap_or_default();
                    self.values.cells.place(&mut diagnostic, rest.first().and_then(|row| number(row)), column);
                    values.push(diagnostic);
                }
                ["units", row, ..] => {
                    self.values.cells.place(&mut diagnostic, number(row), self.unit);
                    values.push(diagnostic);
                }
                _ => others.push(diagnostic),
            }
        }
        let reports = [(&self.indicators, indicators), (&self.values, values)].into_iter().filter(|(_, found)| !found.is_empty());
        (reports.map(|(file, found)| file.report(found)).collect(), others)
    }
}

impl File {
    fn report(&self, diagnostics: Vec<Diagnostic>) -> Report {
        let examined = Examined { diagnostics, ..Examined::default() };
        Report { label: self.label.clone(), text: self.cells.text().map(str::to_owned), examined, ..Report::default() }
    }
}

fn file(path: &Path, session: &mut Session<'_>) -> Result<File, Box<Report>> {
    let Source { label, bytes } = open(path, session)?;
    match PlainTable::read(&bytes, limits(session.limits.form)) {
        Ok(cells) => Ok(File { label, cells }),
        Err(diagnostics) => {
            let examined = Examined { diagnostics, ..Examined::default() };
            Err(Box::new(Report { label, examined, ..Report::default() }))
        }
    }
}

/// The member of a row that a column is.
fn member(name: &str) -> &str {
    COINR.iter().find(|(coinr, _)| *coinr == name).map_or(name, |(_, own)| own)
}

fn member_column(cells: &PlainTable, wanted: &str) -> Option<usize> {
    let is = |name: &str| member(name) == wanted || wanted == "goalposts" && GOALPOSTS.iter().any(|(own, _)| *own == name);
    cells.names().position(|name| is(&name))
}

fn missing(text: &str) -> bool {
    MISSING.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// A row of the table of indicators, with its place in the file.
type Rows = Vec<(usize, Map<String, Value>)>;

/// The rows of the table of indicators as JSON has them, and the columns of values that are none.
fn rows_of(cells: &PlainTable) -> (Rows, BTreeMap<String, String>, Vec<Diagnostic>) {
    let names: Vec<String> = cells.names().collect();
    let (mut rows, mut beside) = (Rows::new(), BTreeMap::new());
    let mut found = cells.found().to_vec();
    found.extend(too_long(cells));
    if !names.iter().any(|name| member(name) == "code") {
        found.push(no_column(cells, "code", &names));
        return (rows, beside, found);
    }
    for row in 0..cells.len() {
        let mut members = Map::new();
        let mut goalposts = Map::new();
        let mut kind = None;
        for (column, name) in names.iter().enumerate() {
            let cell = cells.cell(row, column);
            if name == "Type"
                && let PlainCell::Text(text) = cell
            {
                kind = BESIDE.iter().find(|known| *known == text);
            }
            if SILENT.contains(&name.as_str()) {
                continue;
            }
            let Some(value) = value(member(name), cell) else { continue };
            match GOALPOSTS.iter().find(|(own, _)| own == name) {
                Some((_, end)) => _ = goalposts.insert((*end).to_owned(), value),
                None => _ = members.insert(member(name).to_owned(), value),
            }
        }
        if let (Some(kind), Some(Value::String(code))) = (kind, members.get("code")) {
            beside.insert(code.clone(), (*kind).to_owned());
            continue;
        }
        if !goalposts.is_empty() {
            members.insert("goalposts".into(), Value::Object(goalposts));
        }
        rows.push((row, members));
    }
    (rows, beside, found)
}

/// A cell of the table of indicators as JSON has it; what is no number where one belongs stays a text, and the reader says so.
fn value(member: &str, cell: &PlainCell) -> Option<Value> {
    let text = match cell {
        PlainCell::Empty => return None,
        PlainCell::Text(text) if missing(text) => return None,
        PlainCell::Text(text) => text.clone(),
        PlainCell::Number(number) => number.to_string(),
    };
    Some(match member {
        "code" | "name" | "parent" | "unit" | "denominator" => json!(text),
        "direction" => match text.as_str() {
            "1" | "+1" => json!("higher"),
            "-1" | "−1" => json!("lower"),
            _ => json!(text),
        },
        "goalpost_log" => match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "是" => json!(true),
            "false" | "0" | "no" | "否" => json!(false),
            _ => json!(text),
        },
        _ => number(&text).map_or_else(|| json!(text), |number| json!(number)),
    })
}

fn number(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|number| number.is_finite() && !text.contains(['i', 'I', 'n', 'N']))
}

/// The rows as the model reads them; findings get the places of their cells.
fn parsed(rows: Rows, cells: &PlainTable, found: &mut Vec<Diagnostic>) -> Vec<IndexRow> {
    let places: Vec<usize> = rows.iter().map(|(at, _)| *at).collect();
    let document = json!({"indicators": rows.into_iter().map(|(_, row)| Value::Object(row)).collect::<Vec<_>>()});
    match IndexRows::from_json(document.to_string().as_bytes()) {
        Ok(rows) => rows.indicators.to_vec(),
        Err(error) => {
            for mut diagnostic in error.diagnostics {
                (diagnostic.line, diagnostic.column, diagnostic.length) = (None, None, None);
                let segments: Vec<String> = diagnostic.pointer.steps().collect();
                let row = segments.get(1).and_then(|row| row.parse::<usize>().ok()).and_then(|row| places.get(row)).copied();
                let column = segments.get(2).and_then(|name| member_column(cells, name)).unwrap_or_default();
                cells.place(&mut diagnostic, row, column);
                found.push(diagnostic);
            }
            Vec::new()
        }
    }
}

/// The table of values as columns: numbers, groups, units and periods.
fn laid(rows: Vec<IndexRow>, cells: &PlainTable, beside: &BTreeMap<String, String>, columns: &Columns<'_>, found: &mut Vec<Diagnostic>) -> Table {
    let names: Vec<String> = cells.names().collect();
    found.extend(too_long(cells));
    let place = |name: &str| names.iter().position(|known| known == name);
    let coinr = place("uCode").is_some();
    let unit = unit_column(cells, columns);
    let time = columns.time.map_or_else(|| place("Time").filter(|_| coinr), place);
    let Some(unit) = unit else {
        found.push(no_column(cells, columns.unit.unwrap_or("unit"), &names));
        return Table { rows, ..Table::default() };
    };
    if let (Some(wanted), None) = (columns.time, time) {
        found.push(no_column(cells, wanted, &names));
    }
    let text = |row: usize, column: usize| match cells.cell(row, column) {
        PlainCell::Empty => String::new(),
        PlainCell::Text(text) => text.clone(),
        PlainCell::Number(number) => number.to_string(),
    };
    let all = 0..cells.len();
    let mut table = Table { units: all.clone().map(|row| text(row, unit).into()).collect(), rows, ..Table::default() };
    for (column, name) in names.iter().enumerate() {
        let blank = || all.clone().all(|row| *cells.cell(row, column) == PlainCell::Empty);
        let other = coinr && name == "uName" || beside.get(name).is_some_and(|kind| kind == "Other") || name.is_empty() && blank();
        if column == unit || other {
            continue;
        }
        if Some(column) == time {
            table.times = all.clone().map(|row| text(row, column).into()).collect();
            continue;
        }
        // A column that the table of indicators names holds numbers; any other holds groups where it is no column of numbers.
        let named = |row: &IndexRow| row.code.as_str() == name || row.denominator.as_ref().is_some_and(|of| of.as_str() == name);
        let numbers: Vec<Result<f64, &str>> = all.clone().map(|row| read_number(cells.cell(row, column))).collect();
        let grouped = beside.get(name).is_some_and(|kind| kind == "Group") || !table.rows.iter().any(named) && numbers.iter().any(Result::is_err);
        if grouped {
            table.groups.push((name.clone(), all.clone().map(|row| text(row, column)).collect()));
            continue;
        }
        for (row, wrong) in numbers.iter().enumerate().filter_map(|(row, number)| Some((row, number.err()?))) {
            let pointer = Pointer::root().with("values").with(name).at(row);
            let wanted = Bilingual { en: "a number, such as 1234.5, or an empty cell", zh: "数值（如 1234.5）或空单元格" };
            let mut diagnostic = Diagnostic::new(Code::IllFormed, pointer).bilingual("expected", wanted).with("found", wrong);
            cells.place(&mut diagnostic, Some(row), column);
            found.push(diagnostic);
        }
        let numbers = Numbers::from(numbers.into_iter().map(|number| number.unwrap_or(f64::NAN)).collect::<Vec<f64>>());
        table.columns.push((name.clone(), numbers));
    }
    if table.times.iter().collect::<BTreeSet<_>>().len() < 2 {
        table.times.clear();
    }
    table
}

/// The column with the names of the units.
fn unit_column(cells: &PlainTable, columns: &Columns<'_>) -> Option<usize> {
    let place = |wanted: &str| cells.names().position(|name| name == wanted);
    columns.unit.map_or_else(|| UNIT.into_iter().find_map(place), place)
}

fn read_number(cell: &PlainCell) -> Result<f64, &str> {
    match cell {
        PlainCell::Empty => Ok(f64::NAN),
        PlainCell::Number(number) => Ok(*number),
        PlainCell::Text(text) if missing(text) => Ok(f64::NAN),
        PlainCell::Text(text) => number(text).ok_or(text),
    }
}

fn no_column(cells: &PlainTable, wanted: &str, names: &[String]) -> Diagnostic {
    let what = ("column", "列").words();
    let near = nearest(wanted, names.iter().map(String::as_str));
    let mut diagnostic = Diagnostic::new(Code::IndexUnknownName, Pointer::root()).bilingual("what", what).with("found", wanted).suggest(near);
    cells.place(&mut diagnostic, None, 0);
    diagnostic
}

/// Rows with cells beyond the head: as a rule a decimal comma, or a delimiter inside a text without quotation marks.
fn too_long(cells: &PlainTable) -> Vec<Diagnostic> {
    let tell = |(row, column): (usize, usize)| {
        let wanted = Bilingual { en: "no more cells than the head has", zh: "不多于表头的单元格" };
        let found = match cells.cell(row, column) {
            PlainCell::Text(text) => text.clone(),
            PlainCell::Number(number) => number.to_string(),
            PlainCell::Empty => String::new(),
        };
        let mut diagnostic = Diagnostic::new(Code::IllFormed, Pointer::root()).bilingual("expected", wanted).with("found", found);
        cells.place(&mut diagnostic, Some(row), column);
        diagnostic
    };
    cells.too_long().map(tell).collect()
}
