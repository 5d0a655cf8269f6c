//! Long frames: a row for every answer. The answers of a community are gathered, and scored when all of them are there.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use rayon::prelude::*;
use talent_model::Diagnostic;
use talent_model::diagnostic::{Code, Pointer, Severity, nearest};
use talent_model::quantity::Quantity;
use talent_score::frame::{Absence, Answers, Cell, FramePlan, Given, Place, Report};
use talent_score::{Desk, Rows};

use super::column::Column;
use super::flow::{Scoring, whole};
use super::kind::Kind;
use super::layout::{Options, STAGE, about};
use super::output::Output;
use super::sheet::Share;

/// The columns of a long frame, those of an observation, and what they hold. The first two must be there.
const COLUMNS: [(&str, Kind); 11] = [
    ("community", Kind::Text),
    ("indicator", Kind::Text),
    ("value", Kind::Answers),
    ("level", Kind::Levels),
    ("answer", Kind::Truths),
    ("items", Kind::Items),
    ("unit", Kind::Text),
    ("state", Kind::Text),
    ("reason", Kind::Text),
    ("sample", Kind::Numbers),
    (STAGE, Kind::Text),
];
/// How many communities one core takes at a time.
const SHARE: usize = 4096;

/// Whether a frame is long, by its columns.
pub(crate) fn is_long(plan: &FramePlan, schema: &Schema) -> bool {
    let known = |name: &str| plan.standard().indicators().iter().any(|(_, indicator)| indicator.id.as_str() == name);
    schema.column_with_name("indicator").is_some() && !schema.fields().iter().any(|field| known(field.name()))
}

/// What is known about one community.
#[derive(Debug)]
struct Gathered {
    name: String,
    first: u64,
    stage: usize,
    raw: Vec<f64>,
    ratio: Vec<bool>,
    facts: Vec<f64>,
    answered: Vec<bool>,
    refused: bool,
}

/// The scoring of one long frame.
pub(crate) struct LongRun {
    plan: Arc<FramePlan>,
    output: Output,
    findings: Vec<Diagnostic>,
    report: Report,
    names: Vec<String>,
    /// Where the columns stand, in the order of [`COLUMNS`].
    at: [Option<usize>; 11],
    only_stage: Option<usize>,
    indicators: HashMap<String, usize>,
    /// Whether communities are scored as soon as another one comes.
    streaming: bool,
    rows: u64,
    open: Vec<Gathered>,
    /// Where the communities stand in `open`; one that has been scored stands nowhere.
    known: HashMap<String, Option<usize>>,
}

impl LongRun {
    pub(crate) fn new(plan: Arc<FramePlan>, schema: &Schema, options: &Options, streaming: bool, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let mut at = [None; 11];
        for (slot, (name, kind)) in at.iter_mut().zip(COLUMNS) {
            let name = if name == "community" { options.community.as_str() } else { name };
            *slot = schema.fields().iter().position(|field| field.name() == name);
            let field = slot.and_then(|at| schema.fields().get(at));
            findings.extend(field.and_then(|field| kind.check(field, options)));
        }
        for (slot, name) in at.iter().zip([options.community.as_str(), "indicator"]) {
            if slot.is_none() {
                findings.push(about(Code::LongColumnMissing, name));
            }
        }
        for (position, field) in schema.fields().iter().enumerate() {
            if schema.fields().iter().take(position).any(|earlier| earlier.name() == field.name()) {
                findings.push(about(Code::ColumnRepeated, field.name()));
            } else if !at.contains(&Some(position)) {
                let free = COLUMNS.iter().zip(&at).filter(|(_, at)| at.is_none()).map(|((name, _), _)| *name);
                findings.push(match nearest(field.name(), free) {
                    Some(near) => about(Code::ColumnMistyped, field.name()).suggest(Some(near)),
                    None => about(Code::ColumnNotAsked, field.name()),
                });
            }
        }
        let names: Vec<&str> = plan.stages().collect();
        let mut only_stage = None;
        match (&options.stage, names.as_slice()) {
            (Some(stage), names) => match names.iter().position(|name| name == stage) {
                Some(found) => only_stage = Some(found),
                None => findings.push(Diagnostic::new(Code::NoSuchStage, Pointer::root()).with("found", stage).with("choices", names.join(", "))),
            },
            (None, [_]) => only_stage = Some(0),
            (None, names) if at.last().is_none_or(Option::is_none) => {
                findings.push(Diagnostic::new(Code::StageNeeded, Pointer::root()).with("choices", names.join(", ")));
            }
            _ => {}
        }
        if findings.iter().any(|found| found.severity == Severity::Error) {
            return None;
        }
        let mut indicators = HashMap::new();
        for (leaf, (_, indicator)) in plan.standard().indicators().into_iter().enumerate() {
            indicators.insert(indicator.id.as_str().to_owned(), leaf);
            if let Some(code) = &indicator.code {
                indicators.insert(code.as_str().to_owned(), leaf);
            }
        }
        let input = Schema::new(vec![Field::new(&options.community, DataType::Utf8, true)]);
        let output = Output::new(&plan, &[0], &input);
        let names = schema.fields().iter().map(|field| field.name().clone()).collect();
        let findings = findings.clone();
        let (open, known) = (Vec::new(), HashMap::new());
        Some(Self { plan, output, findings, report: Report::default(), names, at, only_stage, indicators, streaming, rows: 0, open, known })
    }

    /// The place of a community among those that are open; a new one where it has not been met.
    fn community(&mut self, name: &str, stage: usize, place: Place) -> Option<usize> {
        match self.known.get(name) {
            Some(Some(at)) => return Some(*at),
            Some(None) => {
                self.report.note(place, Diagnostic::new(Code::RowsApart, Pointer::root()).with("found", name));
                return None;
            }
            None => {}
        }
        let width = self.plan.width();
        self.known.insert(name.to_owned(), Some(self.open.len()));
        self.open.push(Gathered {
            name: name.to_owned(),
            first: place.row,
            stage,
            raw: vec![Absence::NotAssessed.measure(); width],
            ratio: vec![false; width],
            facts: vec![f64::NAN; self.plan.facts().len()],
            answered: vec![false; width + self.plan.facts().len()],
            refused: false,
        });
        Some(self.open.len() - 1)
    }

    /// Takes in one row of the frame.
    fn take(&mut self, columns: &[Option<Column>], row: usize) {
        let [community, indicator, value, .., stage] = self.at;
        let place = |column: Option<usize>| Place { column: column.or(value).or(indicator).unwrap_or_default(), row: self.rows + row as u64 };
        let column = |at: usize| columns.get(at).and_then(Option::as_ref);
        let text = |at: usize| column(at).and_then(|column| column.text(row)).filter(|text| !text.is_empty());
        let (Some(name), Some(id)) = (text(0), text(1)) else {
            let at = if text(0).is_none() { community } else { indicator };
            let name = at.and_then(|at| self.names.get(at)).cloned().unwrap_or_default();
            return self.report.note(place(at), about(Code::LongKeyNull, &name));
        };
        let own = match (self.only_stage, text(10)) {
            (Some(stage), _) => Some(stage),
            (None, Some(found)) => match self.plan.stages().position(|stage| stage == found) {
                Some(at) => Some(at),
                None => {
                    let known: Vec<&str> = self.plan.stages().collect();
                    let diagnostic = Diagnostic::new(Code::NoSuchStage, Pointer::root()).with("found", found).with("choices", known.join(", "));
                    self.report.note(place(stage), diagnostic);
                    None
                }
            },
            (None, None) => {
                self.report.note(place(stage), Diagnostic::new(Code::StageMissing, Pointer::root()));
                None
            }
        };
        let here = place(None);
        let Some(at) = self.community(name, own.unwrap_or_default(), here) else { return };
        let (plan, report) = (&self.plan, &mut self.report);
        let Some(gathered) = self.open.get_mut(at) else { return };
        gathered.refused |= own.is_none();
        let given = (2..=5).filter_map(column).map(|column| column.given(row)).find(|given| *given != Given::Null).unwrap_or(Given::Null);
        let width = plan.width();
        let fact = id.strip_prefix("facts.").and_then(|id| plan.facts().iter().position(|fact| fact.id == id));
        let slot = fact.map(|fact| width + fact).or_else(|| self.indicators.get(id).copied());
        let repeated = slot.and_then(|slot| gathered.answered.get_mut(slot)).is_some_and(|answered| std::mem::replace(answered, true));
        if repeated {
            let diagnostic = Diagnostic::new(Code::RepeatedObservation, Pointer::root()).with("indicator", id);
            let diagnostic = diagnostic.with("place", format!("community `{name}`")).with("place_zh", format!("社区 `{name}` "));
            report.note(Place { column: indicator.unwrap_or_default(), ..here }, diagnostic);
        } else if let Some((number, fact)) = fact.and_then(|at| Some((at, plan.facts().get(at)?))) {
            let read = plan.read_fact(fact, &plain(&given, fact.kind == talent_model::standard::FactKind::Number), here, report);
            if let Some(own) = gathered.facts.get_mut(number) {
                *own = read;
            }
        } else if let Some(leaf) = slot {
            if let Some(asked) = plan.asked(gathered.stage, leaf) {
                let given = plain(&given, matches!(asked.quantity(), Quantity::Number(_)));
                let cell = Cell { given, unit: text(6), state: text(7), reason: text(8), sample: column(9).and_then(|column| column.number(row)) };
                let (raw, ratio) = plan.read(asked, &cell, here, report);
                if let (Some(own), Some(given)) = (gathered.raw.get_mut(leaf), gathered.ratio.get_mut(leaf)) {
                    (*own, *given) = (raw, ratio);
                }
            } else {
                let stage = plan.stages().nth(gathered.stage).unwrap_or_default();
                report.note(here, Diagnostic::new(Code::NotAsked, Pointer::root()).with("indicator", id).with("stage", stage));
            }
        } else {
            let near = nearest(id, self.indicators.keys().map(String::as_str));
            let diagnostic = Diagnostic::new(Code::UnknownIndicator, Pointer::root()).with("found", id).suggest(near);
            report.note(Place { column: indicator.unwrap_or_default(), ..here }, diagnostic);
        }
        gathered.refused |= !report.take_refused().is_empty();
    }

    /// Scores the first communities that are open.
    fn score(&mut self, count: usize, write: bool) -> Result<Option<RecordBatch>, ArrowError> {
        let rest = self.open.split_off(count.min(self.open.len()));
        let done = std::mem::replace(&mut self.open, rest);
        for gathered in &done {
            self.known.insert(gathered.name.clone(), None);
        }
        for (at, gathered) in self.open.iter().enumerate() {
            self.known.insert(gathered.name.clone(), Some(at));
        }
        let mut sheet = self.output.sheet(done.len());
        let shares = done.par_chunks(SHARE).zip(sheet.shares(SHARE));
        let part = |desk: &mut Desk, (gathered, mut share): (&[Gathered], Share<'_>)| {
            let (rows, report) = self.part(gathered, desk);
            share.write(&rows);
            report
        };
        let reports: Vec<Report> = shares.map_init(Desk::default, part).collect();
        for report in reports {
            self.report.append(report);
        }
        self.report.take_refused();
        if !write || done.is_empty() {
            return Ok(None);
        }
        let refused: Vec<usize> = done.iter().enumerate().filter(|(_, gathered)| gathered.refused).map(|(at, _)| at).collect();
        let names: ArrayRef = Arc::new(done.iter().map(|gathered| Some(gathered.name.as_str())).collect::<StringArray>());
        self.output.batch(vec![names], sheet, &refused).map(Some)
    }

    fn part(&self, share: &[Gathered], desk: &mut Desk) -> (Rows, Report) {
        let mut report = Report::default();
        let column = self.at.get(2).copied().flatten().unwrap_or_default();
        let mut own = Vec::new();
        for stage in 0..self.plan.stages().count() {
            let which: Vec<usize> = (0..share.len()).filter(|at| share.get(*at).is_some_and(|gathered| gathered.stage == stage)).collect();
            if which.is_empty() {
                continue;
            }
            let mine: Vec<&Gathered> = which.iter().filter_map(|at| share.get(*at)).collect();
            let lane = |of: &dyn Fn(&Gathered) -> Option<f64>| -> Option<Cow<'_, [f64]>> {
                Some(Cow::Owned(mine.iter().map(|gathered| of(gathered).unwrap_or(f64::NAN)).collect()))
            };
            let mut answers = Answers {
                rows: mine.len(),
                raw: (0..self.plan.width()).map(|leaf| lane(&|gathered| gathered.raw.get(leaf).copied())).collect(),
                ratio: (0..self.plan.width()).map(|leaf| mine.iter().map(|gathered| gathered.ratio.get(leaf) == Some(&true)).collect()).collect(),
                unread: Vec::new(),
                facts: (0..self.plan.facts().len()).map(|fact| lane(&|gathered| gathered.facts.get(fact).copied())).collect(),
            };
            let place = |_: usize, row: usize| Place { column, row: mine.get(row).map_or(0, |gathered| gathered.first) };
            let mut rows = Rows::default();
            // All answers have been read, so there is none that cannot be one.
            let _ = self.plan.score(stage, &mut answers, &place, &mut report, &mut rows, desk);
            own.push((which, rows));
        }
        (Rows::interleave(&own, share.len()), report)
    }
}

/// A text that is a number, where one is asked: a column of answers of all kinds has to be text.
fn plain<'a>(given: &Given<'a>, number: bool) -> Given<'a> {
    match given {
        Given::Text(text) if number => text.trim().parse().map_or_else(|_| given.clone(), Given::Number),
        _ => given.clone(),
    }
}

impl Scoring for LongRun {
    fn output(&self) -> &Output {
        &self.output
    }

    fn findings(&mut self) -> &mut Vec<Diagnostic> {
        &mut self.findings
    }

    fn has_errors(&self) -> bool {
        self.report.has_errors() || self.findings.iter().any(|found| found.severity == Severity::Error)
    }

    fn found(&self, done: bool) -> Vec<Diagnostic> {
        let mut found = self.findings.clone();
        if done && self.rows == 0 && whole(&found) {
            found.push(Diagnostic::new(Code::FrameEmpty, Pointer::root()));
        }
        found.extend(self.report.findings(&self.names));
        found
    }

    fn step(&mut self, piece: &RecordBatch, write: bool) -> Result<Option<RecordBatch>, ArrowError> {
        let open = |at: &Option<usize>| at.and_then(|at| piece.columns().get(at)).map(Column::new).transpose();
        let columns: Vec<Option<Column>> = self.at.iter().map(open).collect::<Result<_, _>>()?;
        for row in 0..piece.num_rows() {
            self.take(&columns, row);
        }
        self.rows += piece.num_rows() as u64;
        // The last community may go on in the next piece.
        if self.streaming { self.score(self.open.len().saturating_sub(1), write) } else { Ok(None) }
    }

    fn finish(&mut self, write: bool) -> Result<Option<RecordBatch>, ArrowError> {
        self.score(self.open.len(), write)
    }
}
