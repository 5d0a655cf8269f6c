//! A submission as a delimited text: one row for each observation, or one for each zone.

use serde_json::{Map, Value};

use super::super::Languages;
use super::super::cell::{self, Out, Row};
use super::super::layout::{self, Column, Kind, Table};
use super::super::read::quantities;
use super::super::template::{Carried, Template};
use super::super::words::STATES;
use super::shape::FORMULA;
use crate::diagnostic::{Code, Diagnostic, Pointer};
use crate::quantity::Quantity;
use crate::standard::Indicator;
use crate::{Lang, Standard, Submission};

/// Of what a row speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One observation: everything that is said of it has a column.
    Long,
    /// One zone, or the whole community: every indicator has a column, which holds its answer.
    Wide,
}

/// How a delimited text is written.
#[derive(Clone, Copy, Debug)]
pub struct TableOptions {
    /// Of what a row speaks.
    pub shape: Shape,
    /// What parts the fields.
    pub delimiter: char,
    /// Whether the text begins with a byte order mark, without which some spreadsheet programs take UTF-8 for another encoding.
    pub mark: bool,
    /// The language of words such as states.
    pub lang: Lang,
}

impl TableOptions {
    /// Fields parted by commas, without a byte order mark.
    #[must_use]
    pub fn new(shape: Shape, lang: Lang) -> Self {
        Self { shape, delimiter: ',', mark: false, lang }
    }
}

/// Writes a submission as a delimited text (UTF-8, RFC 4180).
///
/// The long shape keeps everything: reading it gives the submission again, its observations in the order of the standard. Of the wide shape, `left` tells
/// what had no room. A text that a spreadsheet program would take for a formula begins with an apostrophe, which the reader takes off again.
///
/// ```
/// use talent_model::{Document, Lang, Submission, reference, workbook};
/// # let text = include_str!("../../../../docs/examples/new-shougang.submission.json");
/// let submission = Submission::from_json(text.as_bytes())?;
/// let options = workbook::TableOptions::new(workbook::Shape::Long, Lang::En);
/// let made = workbook::table(reference::standard(), &submission, &options);
/// let reading = workbook::read(reference::standard(), &made.bytes);
/// assert_eq!(reading.submission.map(|read| read.observations), Some(submission.observations));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn table(standard: &Standard, submission: &Submission, options: &TableOptions) -> Template {
    let carried = Carried::new(standard, submission, false);
    let mut writer = Writer { standard, languages: Languages::One(options.lang), left: Vec::new() };
    let sheet = writer.sheet(carried, submission, options.shape);
    Template { bytes: text(&sheet, options).into_bytes(), left: writer.left }
}

/// Names of columns, and rows of fields.
struct Sheet {
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

fn text(sheet: &Sheet, options: &TableOptions) -> String {
    // Of what is nowhere filled in, only the columns that make the shape stay.
    const ALWAYS: [&str; 5] = ["indicator", "zone", "value", "unit", "state"];
    let filled = |col: usize| sheet.rows.iter().any(|row| row.get(col).is_some_and(|field| !field.is_empty()));
    let kept: Vec<usize> =
        sheet.heads.iter().enumerate().filter(|(col, head)| ALWAYS.contains(&head.as_str()) || filled(*col)).map(|(col, _)| col).collect();
    let mut out = String::from(if options.mark { "\u{feff}" } else { "" });
    for row in std::iter::once(&sheet.heads).chain(&sheet.rows) {
        for (n, col) in kept.iter().enumerate() {
            if n > 0 {
                out.push(options.delimiter);
            }
            let field = row.get(*col).map(String::as_str).unwrap_or_default();
            let plain = !field.contains([options.delimiter, '"', '\n', '\r']) && field.trim() == field;
            match plain {
                true => out.push_str(field),
                false => out.push_str(&format!("\"{}\"", field.replace('"', "\"\""))),
            }
        }
        out.push('\n');
    }
    out
}

/// What a cell holds, as the text of a field.
fn field(out: Out) -> String {
    match out {
        Out::Text(text) if text.starts_with(FORMULA) && text.parse::<f64>().is_err() => format!("'{text}"),
        Out::Text(text) => text,
        Out::Blank | Out::Number(_) | Out::Date(_) => String::new(),
    }
}

struct Writer<'s> {
    standard: &'s Standard,
    languages: Languages,
    left: Vec<Diagnostic>,
}

impl Writer<'_> {
    fn leave(&mut self, pointer: Pointer, what: impl AsRef<str>) {
        self.left.push(Diagnostic::new(Code::NotCarried, pointer).with("found", what));
    }

    fn sheet(&mut self, mut carried: Carried, submission: &Submission, shape: Shape) -> Sheet {
        // What tells rows of several files apart stands in every row; all else only once, in the first row that it speaks of.
        const EVERYWHERE: [&str; 4] = ["submission.id", "submission.period.from", "submission.period.to", "submission.community.id"];
        let (mut heads, mut common) = (Vec::new(), Vec::new());
        let pin = &submission.standard;
        let digest = pin.digest.as_ref().map(ToString::to_string).unwrap_or_default();
        for (key, text) in [("standard.id", pin.id.to_string()), ("standard.version", pin.version.to_string()), ("standard.digest", digest)] {
            heads.push(key.to_owned());
            common.push(text);
        }
        for (head, text) in self.form(&mut carried).into_iter().chain(self.facts(&mut carried)) {
            heads.push(head);
            common.push(text);
        }
        for (head, rest) in [("submission.community.more", &mut carried.community), ("submission.more", &mut carried.root)] {
            heads.push(head.to_owned());
            common.push(if rest.is_empty() { String::new() } else { Value::Object(std::mem::take(rest)).to_string() });
        }
        let zones = self.zones(&mut carried, &mut heads);
        let rows = match shape {
            Shape::Long => self.long(carried, &zones, &mut heads),
            Shape::Wide => self.wide(carried, &zones, &mut heads),
        };
        let here = |n: usize, head: &String| n == 0 || EVERYWHERE.contains(&head.as_str());
        let rows = rows.into_iter().enumerate().map(|(n, row)| {
            let common = heads.iter().zip(&common).map(|(head, text)| if here(n, head) { text.clone() } else { String::new() });
            common.chain(row).collect()
        });
        Sheet { rows: rows.collect(), heads }
    }

    /// What the form asks about the submission and the community.
    fn form(&self, carried: &mut Carried) -> Vec<(String, String)> {
        let cx = Row { standard: Some(self.standard), ..Row::default() };
        let mut fields = Vec::new();
        for column in layout::form().into_iter().filter(|column| !matches!(column.kind, Kind::More)) {
            let inner = column.path.first().is_some_and(|step| step == "community");
            let object = if inner { &mut carried.community } else { &mut carried.root };
            let own = Column { path: column.path.iter().skip(usize::from(inner)).cloned().collect(), ..column.clone() };
            let out = cell::write_text(&own, object, &cx, self.languages);
            fields.push((format!("submission.{}", column.key), field(out)));
        }
        fields
    }

    /// The facts of the whole community. What a fact has beside its value goes to the rest of the community, and so do its assets; evidence to the rest
    /// of the submission.
    fn facts(&self, carried: &mut Carried) -> Vec<(String, String)> {
        let (mut fields, mut rest) = (Vec::new(), Map::new());
        let column = layout::columns(Table::Facts, self.standard).into_iter().find(|column| matches!(column.kind, Kind::Fact(_)));
        for (id, fact) in std::mem::take(&mut carried.facts) {
            let Value::Object(mut object) = fact else { continue };
            if let Some(mut column) = column.clone() {
                let definition = self.standard.facts.iter().find(|(known, _)| known.as_str() == id).map(|(_, definition)| definition);
                column.kind = Kind::Fact(definition.map(|definition| Box::new(layout::asked(definition))));
                column.path.clear();
                let cx = Row { standard: Some(self.standard), ..Row::default() };
                fields.push((format!("facts.{id}"), field(cell::write_text(&column, &mut object, &cx, self.languages))));
            }
            if !object.is_empty() {
                rest.insert(id, Value::Object(object));
            }
        }
        if !rest.is_empty() {
            carried.community.insert("facts".into(), Value::Object(rest));
        }
        for (list, into, name) in [(&mut carried.assets, &mut carried.community, "assets"), (&mut carried.evidence, &mut carried.root, "evidence")] {
            if !list.is_empty() {
                into.insert(name.into(), std::mem::take(list).into_iter().map(|(_, object)| Value::Object(object)).collect());
            }
        }
        fields
    }

    /// The zones: the identifier of each, and the fields that every row about it has.
    fn zones(&self, carried: &mut Carried, heads: &mut Vec<String>) -> Vec<(String, Vec<String>)> {
        let columns: Vec<Column> = layout::columns(Table::Zones, self.standard).into_iter().filter(|column| column.key != "id").collect();
        heads.push("zone".into());
        heads.extend(columns.iter().map(|column| format!("zones.{}", column.key)));
        let cx = Row { standard: Some(self.standard), ..Row::default() };
        let zones = std::mem::take(&mut carried.zones).into_iter().map(|(_, mut object)| {
            let id = object.remove("id").and_then(|id| id.as_str().map(str::to_owned)).unwrap_or_default();
            let fields = columns.iter().map(|column| match column.kind {
                Kind::More if object.is_empty() => String::new(),
                Kind::More => Value::Object(std::mem::take(&mut object)).to_string(),
                _ => field(cell::write_text(column, &mut object, &cx, self.languages)),
            });
            let fields = fields.collect();
            (id, fields)
        });
        let zones: Vec<(String, Vec<String>)> = zones.collect();
        zones
    }

    /// A row begins with its zone and what is said of it.
    fn begin(zone: &str, zones: &[(String, Vec<String>)]) -> Vec<String> {
        let fields = zones.iter().find(|(id, _)| id == zone).map(|(_, fields)| fields.clone());
        let blank = || zones.first().map(|(_, fields)| vec![String::new(); fields.len()]).unwrap_or_default();
        std::iter::once(zone.to_owned()).chain(fields.unwrap_or_else(blank)).collect()
    }

    /// What is known of the row of an observation.
    fn row<'r>(&'r self, indicator: &'r Indicator, object: &Map<String, Value>, carried: &'r Carried) -> Row<'r> {
        let zone = object.get("zone").and_then(Value::as_str);
        let number = zone.and_then(|zone| carried.zone_picks.iter().position(|pick| pick.id == zone));
        let stage = number.and_then(|number| carried.stages.get(number)).and_then(Option::as_deref);
        Row {
            standard: Some(self.standard),
            indicator: Some(indicator),
            quantities: quantities(indicator, stage),
            unit: object.get("unit").and_then(Value::as_str).map(str::to_owned),
            zones: &carried.zone_picks,
            evidence: &carried.evidence_picks,
            ..Row::default()
        }
    }

    /// The observations with their indicators; those of unknown indicators are left.
    fn observations(&mut self, carried: &mut Carried) -> Vec<(Pointer, usize, Map<String, Value>)> {
        let indicators = self.standard.answerable();
        let mut known = Vec::new();
        for (pointer, object) in std::mem::take(&mut carried.observations) {
            let id = object.get("indicator").and_then(Value::as_str).unwrap_or_default();
            match indicators.iter().position(|indicator| indicator.id.as_str() == id) {
                Some(number) => known.push((pointer, number, object)),
                None => self.leave(pointer, id),
            }
        }
        known
    }

    fn long(&mut self, mut carried: Carried, zones: &[(String, Vec<String>)], heads: &mut Vec<String>) -> Vec<Vec<String>> {
        let is_info = |column: &Column| matches!(column.kind, Kind::Info | Kind::Id | Kind::Zone);
        let columns: Vec<Column> = layout::observations().into_iter().filter(|column| !is_info(column)).collect();
        let width = zones.first().map_or_else(|| heads.iter().filter(|head| head.starts_with("zones.")).count(), |(_, fields)| fields.len());
        heads.push("indicator".into());
        heads.extend(columns.iter().map(|column| column.key.clone()));
        let indicators = self.standard.answerable();
        let observations = self.observations(&mut carried);
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        for (_, number, mut object) in observations {
            let Some(indicator) = indicators.get(number) else { continue };
            let cx = self.row(indicator, &object, &carried);
            object.remove("indicator");
            let zone = object.remove("zone").and_then(|zone| zone.as_str().map(str::to_owned)).unwrap_or_default();
            let fields: Vec<String> = columns
                .iter()
                .map(|column| match column.kind {
                    Kind::More if object.is_empty() => String::new(),
                    Kind::More => Value::Object(std::mem::take(&mut object)).to_string(),
                    _ => field(cell::write_text(column, &mut object, &cx, self.languages)),
                })
                .collect();
            let mut row = if seen.contains(&zone) { vec![zone.clone()] } else { Self::begin(&zone, zones) };
            row.resize(width + 1, String::new());
            row.push(indicator.id.to_string());
            row.extend(fields);
            rows.push(row);
            if !zone.is_empty() && !seen.contains(&zone) {
                seen.push(zone);
            }
        }
        // The order of the zones is that in which they are first spoken of.
        let order: Vec<&String> = zones.iter().map(|(id, _)| id).collect();
        if order != seen.iter().filter(|zone| order.contains(zone)).collect::<Vec<_>>() || rows.is_empty() {
            let first = zones.iter().map(|(id, _)| Self::begin(id, zones));
            rows.splice(0..0, first.collect::<Vec<_>>());
        }
        if rows.is_empty() {
            rows.push(Vec::new());
        }
        rows
    }

    fn wide(&mut self, mut carried: Carried, zones: &[(String, Vec<String>)], heads: &mut Vec<String>) -> Vec<Vec<String>> {
        let width = heads.iter().filter(|head| head.starts_with("zones.")).count();
        let indicators = self.standard.answerable();
        let observations = self.observations(&mut carried);
        let asked: Vec<usize> = (0..indicators.len()).filter(|number| observations.iter().any(|(_, other, _)| other == number)).collect();
        heads.extend(asked.iter().filter_map(|number| indicators.get(*number)).map(|indicator| indicator.id.to_string()));
        let answer = layout::observations().into_iter().find(|column| matches!(column.kind, Kind::Answer));
        let mut names: Vec<String> = zones.iter().map(|(id, _)| id.clone()).collect();
        let zone_of = |object: &Map<String, Value>| object.get("zone").and_then(Value::as_str).unwrap_or_default().to_owned();
        for (_, _, object) in &observations {
            let zone = zone_of(object);
            if !names.contains(&zone) {
                // The whole community comes first.
                if zone.is_empty() { names.insert(0, zone) } else { names.push(zone) }
            }
        }
        let mut rows: Vec<Vec<String>> = names
            .iter()
            .map(|zone| {
                let mut row = Self::begin(zone, zones);
                row.resize(width + 1 + asked.len(), String::new());
                row
            })
            .collect();
        for (pointer, number, mut object) in observations {
            let (Some(indicator), Some(answer)) = (indicators.get(number), &answer) else { continue };
            let zone = zone_of(&object);
            let text = {
                let cx = self.row(indicator, &object, &carried);
                let own = cx.quantities.iter().find_map(|quantity| match quantity {
                    Quantity::Number(asked) => Some(asked.unit.as_str()),
                    _ => None,
                });
                match object.get("unit").and_then(Value::as_str) {
                    Some(unit) if Some(unit) == own => _ = object.remove("unit"),
                    None => {}
                    // A number in another unit than the column's would be another number.
                    Some(_) => {
                        self.left.push(Diagnostic::new(Code::NotCarried, pointer).with("found", indicator.id.as_str()));
                        continue;
                    }
                }
                match cell::write_text(answer, &mut object, &cx, self.languages) {
                    Out::Blank => {
                        let state = object.get("state").and_then(Value::as_str).unwrap_or_default();
                        let word = STATES.iter().find(|word| word.id == state).map_or(Out::Blank, |word| Out::text(word.say(self.languages)));
                        let column = Column { path: vec!["state".into()], ..answer.clone() };
                        field(cell::kept(&column, &mut object, &cx, word))
                    }
                    out => field(out),
                }
            };
            for member in ["indicator", "zone"] {
                object.remove(member);
            }
            if !object.is_empty() {
                let members: Vec<&str> = object.keys().map(String::as_str).collect();
                self.leave(pointer, format!("{}: {}", indicator.id, members.join(", ")));
            }
            let place = names.iter().position(|name| *name == zone).zip(asked.iter().position(|other| *other == number));
            if let Some(cell) = place.and_then(|(row, col)| rows.get_mut(row)?.get_mut(width + 1 + col)) {
                *cell = text;
            }
        }
        if rows.is_empty() {
            rows.push(Vec::new());
        }
        rows
    }
}
