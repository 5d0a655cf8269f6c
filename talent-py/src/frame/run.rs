//! Scoring the pieces of a wide frame, one after another, each on all cores.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::{Array, RecordBatch};
use arrow_schema::{ArrowError, Schema};
use rayon::prelude::*;
use talent_model::Diagnostic;
use talent_model::diagnostic::{Code, Pointer, Severity};
use talent_model::standard::FactKind;
use talent_score::frame::{Answers, Asked, Cell, FramePlan, Given, Place, Report};
use talent_score::{Desk, Rows};

use super::column::Column;
use super::flow::{Scoring, whole};
use super::layout::{Columns, Layout, about};
use super::output::Output;
use super::plain::{answered, plainly, with_gaps};

/// How many rows one core takes at a time: few enough that their columns, looked at more than once, stay in its own memory, and that ten thousand rows keep
/// all cores busy.
pub(super) const SHARE: usize = 1024;

/// The scoring of one wide frame.
pub(crate) struct Run {
    plan: Arc<FramePlan>,
    layout: Layout,
    output: Output,
    /// What the frame as a whole is found to be.
    findings: Vec<Diagnostic>,
    report: Report,
    rows: u64,
    /// By column: whether a value has been seen.
    seen: Vec<bool>,
}

/// The raw answers of one column, and which of them are ratios.
type Answered = (Option<Cow<'static, [f64]>>, Vec<bool>);

/// What came of some rows.
struct Part {
    rows: Rows,
    report: Report,
}

impl Run {
    pub(crate) fn new(plan: Arc<FramePlan>, layout: Layout, schema: &Schema, findings: Vec<Diagnostic>) -> Self {
        let output = Output::new(&plan, &layout.kept, schema);
        let seen = vec![false; layout.names.len()];
        Self { plan, layout, output, findings, report: Report::default(), rows: 0, seen }
    }

    /// Scores the rows of one core.
    fn part(&self, piece: &RecordBatch, first: u64, desk: &mut Desk) -> Result<Part, ArrowError> {
        let mut report = Report::default();
        let mut rows = Rows::default();
        let all = piece.num_rows();
        match self.layout.only_stage {
            Some(stage) => {
                let at = |row: usize| first + row as u64;
                self.pins(piece, &at, &mut report)?;
                self.score(piece, stage, &at, &mut report, &mut rows, desk)?;
            }
            None => {
                let at = |row: usize| first + row as u64;
                self.pins(piece, &at, &mut report)?;
                let stages = self.stages(piece, &at, &mut report)?;
                let mut own: Vec<(Vec<usize>, Rows)> = Vec::new();
                for stage in 0..self.plan.stages().count() {
                    let which: Vec<usize> = (0..all).filter(|row| stages.get(*row) == Some(&Some(stage))).collect();
                    let mut rows = Rows::default();
                    if which.len() == all {
                        self.score(piece, stage, &at, &mut report, &mut rows, desk)?;
                    } else if !which.is_empty() {
                        let mask: arrow_array::BooleanArray = stages.iter().map(|own| Some(*own == Some(stage))).collect();
                        let mine = arrow_select::filter::filter_record_batch(piece, &mask)?;
                        let at = |row: usize| first + which.get(row).copied().unwrap_or_default() as u64;
                        self.score(&mine, stage, &at, &mut report, &mut rows, desk)?;
                    }
                    own.push((which, rows));
                }
                rows = Rows::interleave(&own, all);
            }
        }
        Ok(Part { rows, report })
    }

    /// The stage of every row.
    fn stages(&self, piece: &RecordBatch, at: &dyn Fn(usize) -> u64, report: &mut Report) -> Result<Vec<Option<usize>>, ArrowError> {
        let Some((number, column)) = self.layout.stage.and_then(|at| Some((at, piece.columns().get(at)?))) else { return Ok(Vec::new()) };
        let column = Column::new(column)?;
        let names: Vec<&str> = self.plan.stages().collect();
        let stage = |row: usize| {
            let place = Place { column: number, row: at(row) };
            let Some(text) = column.text(row).filter(|text| !text.is_empty()) else {
                report.note(place, Diagnostic::new(Code::StageMissing, Pointer::root()));
                return None;
            };
            let known = names.iter().position(|name| *name == text);
            if known.is_none() {
                let diagnostic = Diagnostic::new(Code::NoSuchStage, Pointer::root()).with("found", text);
                report.note(place, diagnostic.with("choices", names.join(", ")));
            }
            known
        };
        Ok((0..piece.num_rows()).map(stage).collect())
    }

    /// Whether the rows answer the standard at hand.
    fn pins(&self, piece: &RecordBatch, at: &dyn Fn(usize) -> u64, report: &mut Report) -> Result<(), ArrowError> {
        let standard = self.plan.standard();
        let own = [
            (Code::StandardNotAtHand, standard.id.as_str()),
            (Code::VersionDiffers, standard.version.as_str()),
            (Code::DigestDiffers, self.plan.digest()),
        ];
        for ((code, expected), number) in own.into_iter().zip(self.layout.pins) {
            let Some((number, column)) = number.and_then(|at| Some((at, piece.columns().get(at)?))) else { continue };
            let column = Column::new(column)?;
            for row in 0..piece.num_rows() {
                if let Some(found) = column.text(row).filter(|found| *found != expected) {
                    let diagnostic = Diagnostic::new(code, Pointer::root()).with("found", found).with("expected", expected);
                    report.note(Place { column: number, row: at(row) }, diagnostic);
                }
            }
        }
        Ok(())
    }

    /// Scores rows of one stage.
    fn score(
        &self,
        piece: &RecordBatch,
        stage: usize,
        at: &dyn Fn(usize) -> u64,
        report: &mut Report,
        rows: &mut Rows,
        desk: &mut Desk,
    ) -> Result<(), ArrowError> {
        let open = |at: Option<usize>| at.and_then(|at| piece.columns().get(at)).map(Column::new).transpose();
        let values: Vec<Option<Column>> = self.layout.answers.iter().map(|columns| open(columns.value)).collect::<Result<_, _>>()?;
        let mut answers = Answers { rows: piece.num_rows(), ..Answers::default() };
        for (leaf, (columns, value)) in self.layout.answers.iter().zip(&values).enumerate() {
            let asked = self.plan.asked(stage, leaf).filter(|_| columns.is_there());
            let (raw, ratio) = match asked {
                None => (None, Vec::new()),
                Some(asked) => match plainly(asked, value.as_ref(), columns, &open)? {
                    Some(raw) => (Some(raw), Vec::new()),
                    None => self.cells(asked, value.as_ref(), columns, &open, at, report, answers.rows)?,
                },
            };
            answers.raw.push(raw);
            answers.ratio.push(ratio);
        }
        let facts: Vec<Option<Column>> = self.layout.facts.iter().map(|number| open(*number)).collect::<Result<_, _>>()?;
        for ((fact, number), column) in self.plan.facts().iter().zip(&self.layout.facts).zip(&facts) {
            answers.facts.push(column.as_ref().map(|column| {
                let plain = match column {
                    Column::Numbers(numbers) => Some(with_gaps(numbers)).filter(|read| fact.can_all_be(read, numbers.null_count())),
                    Column::Truths(truths) if fact.kind == FactKind::YesNo => Some(answered(truths)),
                    _ => None,
                };
                plain.unwrap_or_else(|| {
                    let place = |row: usize| Place { column: number.unwrap_or_default(), row: at(row) };
                    let read = |row| self.plan.read_fact(fact, &column.given(row), place(row), report);
                    Cow::Owned((0..answers.rows).map(read).collect())
                })
            }));
        }
        let place = |leaf: usize, row: usize| {
            let columns = self.layout.answers.get(leaf).copied().unwrap_or_default();
            Place { column: columns.value.or(columns.companions.into_iter().flatten().next()).unwrap_or_default(), row: at(row) }
        };
        self.plan.score(stage, &mut answers, &place, report, rows, desk);
        Ok(())
    }

    /// Any other column, with its companions.
    #[expect(clippy::too_many_arguments, reason = "one place where everything about a column of answers meets")]
    fn cells(
        &self,
        asked: &Asked,
        value: Option<&Column>,
        columns: &Columns,
        open: &dyn Fn(Option<usize>) -> Result<Option<Column>, ArrowError>,
        at: &dyn Fn(usize) -> u64,
        report: &mut Report,
        rows: usize,
    ) -> Result<Answered, ArrowError> {
        let [unit, state, reason, sample] = columns.companions;
        let number = columns.value.or(state).or(unit).or(reason).or(sample).unwrap_or_default();
        let (unit, state, reason, sample) = (open(unit)?, open(state)?, open(reason)?, open(sample)?);
        let (mut raw, mut ratio) = (Vec::with_capacity(rows), Vec::new());
        for row in 0..rows {
            let cell = Cell {
                given: value.map_or(Given::Null, |column| column.given(row)),
                unit: unit.as_ref().and_then(|column| column.text(row)),
                state: state.as_ref().and_then(|column| column.text(row)),
                reason: reason.as_ref().and_then(|column| column.text(row)),
                sample: sample.as_ref().and_then(|column| column.number(row)),
            };
            let (answer, given) = self.plan.read(asked, &cell, Place { column: number, row: at(row) }, report);
            if given || !ratio.is_empty() {
                ratio.resize(row, false);
                ratio.push(given);
            }
            raw.push(answer);
        }
        Ok((Some(Cow::Owned(raw)), ratio))
    }
}

impl Scoring for Run {
    fn findings(&mut self) -> &mut Vec<Diagnostic> {
        &mut self.findings
    }

    fn output(&self) -> &Output {
        &self.output
    }

    fn has_errors(&self) -> bool {
        self.report.has_errors() || self.findings.iter().any(|found| found.severity == Severity::Error)
    }

    fn found(&self, done: bool) -> Vec<Diagnostic> {
        let mut found = self.findings.clone();
        let done = done && whole(&found);
        if done && self.rows == 0 {
            found.push(Diagnostic::new(Code::FrameEmpty, Pointer::root()));
        } else if done {
            let values = self.layout.answers.iter().filter_map(|columns| columns.value.filter(|_| columns.companions.iter().all(Option::is_none)));
            for at in values.filter(|at| self.seen.get(*at) == Some(&false)) {
                let name = self.layout.names.get(at).map_or("", String::as_str);
                found.push(about(Code::ColumnNull, name).with("count", self.rows.to_string()));
            }
        }
        found.extend(self.report.findings(&self.layout.names));
        found
    }

    fn step(&mut self, piece: &RecordBatch, write: bool) -> Result<Option<RecordBatch>, ArrowError> {
        let length = piece.num_rows();
        for (seen, column) in self.seen.iter_mut().zip(piece.columns()) {
            *seen |= column.logical_null_count() < length;
        }
        let parts: Vec<Part> = (0..length.div_ceil(SHARE))
            .into_par_iter()
            .map_init(Desk::default, |desk, at| {
                let start = at * SHARE;
                self.part(&piece.slice(start, SHARE.min(length - start)), self.rows + start as u64, desk)
            })
            .collect::<Result<_, _>>()?;
        let mut scores = Vec::with_capacity(parts.len());
        for part in parts {
            self.report.append(part.report);
            scores.push(part.rows);
        }
        let refused = self.report.take_refused();
        let refused: Vec<usize> = refused.into_iter().filter_map(|row| usize::try_from(row.checked_sub(self.rows)?).ok()).collect();
        self.rows += length as u64;
        if !write {
            return Ok(None);
        }
        let kept = self.layout.kept.iter().filter_map(|at| piece.columns().get(*at)).map(Arc::clone).collect();
        self.output.batch(kept, scores, &refused, length).map(Some)
    }

    fn finish(&mut self, _: bool) -> Result<Option<RecordBatch>, ArrowError> {
        Ok(None)
    }
}
