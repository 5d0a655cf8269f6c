//! Scoring the pieces of a wide frame, one after another, each on all cores.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::{Array, RecordBatch};
use arrow_schema::{ArrowError, Schema};
use rayon::prelude::*;
use talent_model::Diagnostic;
use talent_model::diagnostic::{Code, Pointer, Severity};
use talent_model::standard::FactKind;
#[cfg(feature = "bench")]
use talent_score::frame::Absence;
use talent_score::frame::{Answers, Asked, Cell, FramePlan, Given, Place, Report};
use talent_score::{Desk, Rows};

use super::column::{Column, Shared};
use super::flow::{Scoring, whole};
use super::layout::{Columns, Layout, about};
use super::output::Output;
use super::plain::{Lists, answered, plainly, with_gaps};
use super::sheet::Share;

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

/// Reads a column of some rows, by its position; nothing where there is no position.
pub(super) type Open<'o> = dyn Fn(Option<usize>) -> Result<Option<Column>, ArrowError> + 'o;

/// The place of a cell, by the numbers of its indicator and its row among those at hand.
type PlaceOf<'p> = dyn Fn(usize, usize) -> Place + 'p;

/// Some rows of a piece.
#[derive(Clone, Copy)]
struct Lot<'l> {
    rows: usize,
    open: &'l Open<'l>,
    /// A column of numbers as it lies in memory, by its position; nothing where it holds something else, or nothing in some row.
    numbers: &'l dyn Fn(usize) -> Option<&'l [f64]>,
    /// The number of a row in the whole frame.
    at: &'l dyn Fn(usize) -> u64,
}

/// What one core uses again for its next share.
#[derive(Default)]
struct Bench {
    desk: Desk,
    rows: Rows,
    lists: Lists,
}

impl Run {
    pub(crate) fn new(plan: Arc<FramePlan>, layout: Layout, schema: &Schema, findings: Vec<Diagnostic>) -> Self {
        let output = Output::new(&plan, &layout.kept, schema);
        let seen = vec![false; layout.names.len()];
        Self { plan, layout, output, findings, report: Report::default(), rows: 0, seen }
    }

    /// Scores the rows of one core; `piece` and where they begin in it are the same rows.
    fn part(&self, lot: Lot<'_>, (piece, start): (&RecordBatch, usize), bench: &mut Bench) -> Result<Report, ArrowError> {
        let mut report = Report::default();
        bench.rows.clear();
        self.pins(lot, &mut report)?;
        if let Some(stage) = self.layout.only_stage {
            self.score(lot, stage, &mut report, bench)?;
            return Ok(report);
        }
        let stages = self.stages(lot, &mut report)?;
        let mut own: Vec<(Vec<usize>, Rows)> = Vec::new();
        for stage in 0..self.plan.stages().count() {
            let which: Vec<usize> = (0..lot.rows).filter(|row| stages.get(*row) == Some(&Some(stage))).collect();
            if which.len() == lot.rows {
                self.score(lot, stage, &mut report, bench)?;
            } else if !which.is_empty() {
                let mask: arrow_array::BooleanArray = stages.iter().map(|own| Some(*own == Some(stage))).collect();
                let mine = arrow_select::filter::filter_record_batch(&piece.slice(start, lot.rows), &mask)?;
                let open = |at: Option<usize>| at.and_then(|at| mine.columns().get(at)).map(Column::new).transpose();
                let at = |row: usize| (lot.at)(which.get(row).copied().unwrap_or_default());
                self.score(Lot { rows: which.len(), open: &open, numbers: &|_| None, at: &at }, stage, &mut report, bench)?;
            }
            own.push((which, std::mem::take(&mut bench.rows)));
        }
        bench.rows = Rows::interleave(&own, lot.rows);
        Ok(report)
    }

    /// The stage of every row.
    fn stages(&self, lot: Lot<'_>, report: &mut Report) -> Result<Vec<Option<usize>>, ArrowError> {
        let (Some(number), Some(column)) = (self.layout.stage, (lot.open)(self.layout.stage)?) else { return Ok(Vec::new()) };
        let names: Vec<&str> = self.plan.stages().collect();
        let stage = |row: usize| {
            let place = Place { column: number, row: (lot.at)(row) };
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
        Ok((0..lot.rows).map(stage).collect())
    }

    /// Whether the rows answer the standard at hand.
    fn pins(&self, lot: Lot<'_>, report: &mut Report) -> Result<(), ArrowError> {
        let standard = self.plan.standard();
        let own = [
            (Code::StandardNotAtHand, standard.id.as_str()),
            (Code::VersionDiffers, standard.version.as_str()),
            (Code::DigestDiffers, self.plan.digest()),
        ];
        for ((code, expected), number) in own.into_iter().zip(self.layout.pins) {
            let (Some(number), Some(column)) = (number, (lot.open)(number)?) else { continue };
            for row in 0..lot.rows {
                if let Some(found) = column.text(row).filter(|found| *found != expected) {
                    let diagnostic = Diagnostic::new(code, Pointer::root()).with("found", found).with("expected", expected);
                    report.note(Place { column: number, row: (lot.at)(row) }, diagnostic);
                }
            }
        }
        Ok(())
    }

    /// Scores rows of one stage.
    fn score(&self, lot: Lot<'_>, stage: usize, report: &mut Report, Bench { desk, rows, lists }: &mut Bench) -> Result<(), ArrowError> {
        // Nearly all rows are as they should be. So columns of numbers are first scored unread; what was found is kept only where each turns out to be one that can be.
        for unread in [true, false] {
            let mut found = Report::default();
            rows.clear();
            let score =
                |answers: &mut Answers<'_>, place: &PlaceOf<'_>, found: &mut Report| self.plan.score(stage, answers, place, found, rows, desk);
            if self.read(lot, stage, unread, &mut found, lists, score)? {
                report.append(found);
                break;
            }
        }
        Ok(())
    }

    /// Reads rows of one stage, and hands over the raw answers, the places of cells, and what was found. `unread`: plain columns of numbers are not looked at.
    fn read<R>(
        &self,
        lot: Lot<'_>,
        stage: usize,
        unread: bool,
        report: &mut Report,
        lists: &mut Lists,
        then: impl FnOnce(&mut Answers<'_>, &PlaceOf<'_>, &mut Report) -> R,
    ) -> Result<R, ArrowError> {
        let Lot { rows, open, at, .. } = lot;
        let plain = |asked: &Asked, columns: &Columns| {
            let bare = unread && asked.is_bare() && columns.companions.iter().all(Option::is_none);
            columns.value.filter(|_| bare).and_then(lot.numbers)
        };
        let asked = |leaf: usize, columns: &Columns| self.plan.asked(stage, leaf).filter(|_| columns.is_there());
        let value = |(leaf, columns): (usize, &Columns)| match asked(leaf, columns) {
            Some(asked) if plain(asked, columns).is_none() => open(columns.value),
            _ => Ok(None),
        };
        let values: Vec<Option<Column>> = self.layout.answers.iter().enumerate().map(value).collect::<Result<_, _>>()?;
        let mut answers = Answers { rows, ..Answers::default() };
        for (leaf, (columns, value)) in self.layout.answers.iter().zip(&values).enumerate() {
            let asked = asked(leaf, columns);
            let numbers = asked.and_then(|asked| plain(asked, columns));
            let (raw, ratio) = match (asked, numbers) {
                (None, _) => (None, Vec::new()),
                (Some(_), Some(numbers)) => (Some(Cow::Borrowed(numbers)), Vec::new()),
                (Some(asked), None) => match plainly((stage, leaf), asked, value.as_ref(), columns, open, lists)? {
                    Some(raw) => (Some(raw), Vec::new()),
                    None => self.cells(lot, asked, value.as_ref(), columns, report)?,
                },
            };
            answers.unread.push(numbers.is_some());
            answers.raw.push(raw);
            answers.ratio.push(ratio);
        }
        let facts: Vec<Option<Column>> = self.layout.facts.iter().map(|number| open(*number)).collect::<Result<_, _>>()?;
        for ((fact, number), column) in self.plan.facts().iter().zip(&self.layout.facts).zip(&facts) {
            answers.facts.push(column.as_ref().map(|column| {
                let plain = match column {
                    Column::Numbers(numbers) => Some(with_gaps(numbers)).filter(|read| fact.can_all_be(read, numbers.null_count())),
                    Column::Truths(truths) if fact.kind == FactKind::YesNo => Some(Cow::Owned(answered(truths))),
                    _ => None,
                };
                plain.unwrap_or_else(|| {
                    let place = |row: usize| Place { column: number.unwrap_or_default(), row: at(row) };
                    let read = |row| self.plan.read_fact(fact, &column.given(row), place(row), report);
                    Cow::Owned((0..rows).map(read).collect())
                })
            }));
        }
        let place = |leaf: usize, row: usize| {
            let columns = self.layout.answers.get(leaf).copied().unwrap_or_default();
            Place { column: columns.value.or(columns.companions.into_iter().flatten().next()).unwrap_or_default(), row: at(row) }
        };
        Ok(then(&mut answers, &place, report))
    }

    /// Any other column, with its companions.
    fn cells(
        &self,
        Lot { rows, open, at, .. }: Lot<'_>,
        asked: &Asked,
        value: Option<&Column>,
        columns: &Columns,
        report: &mut Report,
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

#[cfg(feature = "bench")]
impl Run {
    /// What the rows of a batch are scored by, in one stage: a column for every indicator.
    pub(super) fn measures(&self, batch: &RecordBatch, stage: usize) -> Result<Vec<Vec<f64>>, ArrowError> {
        let open = |at: Option<usize>| at.and_then(|at| batch.columns().get(at)).map(Column::new).transpose();
        let lot = Lot { rows: batch.num_rows(), open: &open, numbers: &|_| None, at: &|row| row as u64 };
        self.read(lot, stage, false, &mut Report::default(), &mut Lists::default(), |answers, place, report| {
            // All answers have been read.
            let _ = self.plan.measure(stage, answers, place, report);
            let column = |column: &Option<Cow<'_, [f64]>>| match column {
                Some(column) => column.to_vec(),
                None => vec![Absence::NotAssessed.measure(); answers.rows],
            };
            answers.raw.iter().map(column).collect()
        })
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
        let columns: Vec<Shared> = piece.columns().iter().map(Shared::new).collect::<Result<_, _>>()?;
        let mut sheet = self.output.sheet(if write { length } else { 0 });
        let mut shares = sheet.shares(SHARE).into_iter();
        let shares: Vec<(usize, Option<Share<'_>>)> = (0..length).step_by(SHARE).map(|start| (start, shares.next())).collect();
        let reports: Vec<Report> = shares
            .into_par_iter()
            .map_init(Bench::default, |bench, (start, share)| {
                let rows = SHARE.min(length - start);
                let open = |at: Option<usize>| at.and_then(|at| columns.get(at)).map(|column| column.share(start, rows)).transpose();
                let at = |row: usize| self.rows + (start + row) as u64;
                let numbers = |at: usize| columns.get(at)?.numbers()?.get(start..start + rows);
                let report = self.part(Lot { rows, open: &open, numbers: &numbers, at: &at }, (piece, start), bench)?;
                if let Some(mut share) = share {
                    share.write(&bench.rows);
                }
                Ok(report)
            })
            .collect::<Result<_, ArrowError>>()?;
        for report in reports {
            self.report.append(report);
        }
        let refused = self.report.take_refused();
        let refused: Vec<usize> = refused.into_iter().filter_map(|row| usize::try_from(row.checked_sub(self.rows)?).ok()).collect();
        self.rows += length as u64;
        if !write {
            return Ok(None);
        }
        let kept = self.layout.kept.iter().filter_map(|at| piece.columns().get(*at)).map(Arc::clone).collect();
        self.output.batch(kept, sheet, &refused).map(Some)
    }

    fn finish(&mut self, _: bool) -> Result<Option<RecordBatch>, ArrowError> {
        Ok(None)
    }
}
