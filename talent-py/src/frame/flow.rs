//! A frame on its way through the engine.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::input::AnyRecordBatch;
use talent_model::diagnostic::{Code, Pointer, message};
use talent_model::{Diagnostic, Lang};

use super::layout::{Layout, Options, about};
use super::long::{LongRun, is_long};
use super::output::{Output, RawFrame, stream};
use super::run::Run;
use super::source::{Source, Trouble};
use crate::diagnostic::{Finding, findings};
use crate::document::RawStandard;
use crate::engine::compiled;

/// The scoring of a frame in one of its forms.
pub(crate) trait Scoring: Send {
    fn output(&self) -> &Output;

    /// What the frame as a whole is found to be.
    fn findings(&mut self) -> &mut Vec<Diagnostic>;

    fn has_errors(&self) -> bool;

    /// Everything that has been found so far: of the frame, then of its cells. `done`: nothing more will come.
    fn found(&self, done: bool) -> Vec<Diagnostic>;

    /// Scores one piece; `None` where there is nothing to write yet, or nothing is to be written.
    fn step(&mut self, piece: &RecordBatch, write: bool) -> Result<Option<RecordBatch>, ArrowError>;

    /// Scores what is left at the end.
    fn finish(&mut self, write: bool) -> Result<Option<RecordBatch>, ArrowError>;
}

/// A frame that is being scored.
struct Flow {
    source: Source,
    run: Box<dyn Scoring>,
    done: bool,
    /// Whether an error in a row ends the stream.
    strict: bool,
}

impl Flow {
    fn step(&mut self, write: bool) -> Option<Result<(usize, Option<RecordBatch>), ArrowError>> {
        if self.done {
            return None;
        }
        let piece = match self.source.next() {
            Some(Ok(piece)) => piece,
            Some(Err(trouble)) => {
                self.done = true;
                self.run.findings().push(match trouble {
                    Trouble::Source(error) => Diagnostic::new(Code::FrameUnreadable, Pointer::root()).with("why", error.to_string()),
                    Trouble::Column(at, error) => {
                        let name = self.source.schema().fields().get(at).map(|field| field.name().clone()).unwrap_or_default();
                        about(Code::TextNotUtf8, &name).with("why", error.to_string())
                    }
                });
                return None;
            }
            None => {
                self.done = true;
                return self.run.finish(write).map(|batch| batch.map(|batch| (0, Some(batch)))).transpose();
            }
        };
        Some(self.run.step(&piece, write).map(|batch| (piece.num_rows(), batch)))
    }
}

/// The scoring of one frame, piece by piece.
#[pyclass(frozen, module = "talent._native")]
pub(crate) struct RawFlow(Arc<Mutex<Flow>>);

/// Begins the scoring of a frame: what is wrong with the standard, what is wrong with the frame as a whole. Where there is an error, there is no flow.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "what Python says by name")]
pub(crate) fn frame_flow(
    py: Python<'_>,
    frame: &Bound<'_, PyAny>,
    standard: &RawStandard,
    weight_set: Option<&str>,
    stage: Option<String>,
    community: String,
    keep: Vec<String>,
    untyped: Vec<String>,
    form: Option<&str>,
    strict: bool,
    streaming: bool,
) -> PyResult<(Option<RawFlow>, Vec<Finding>, Vec<Finding>)> {
    let reader = reader(frame)?;
    let options = Options { stage, community, keep, untyped };
    Ok(py.detach(|| {
        let plan = match compiled(standard, weight_set) {
            Ok(Cow::Borrowed(evaluator)) => Arc::clone(standard.0.frame_plan.get_or_init(|| Arc::new(evaluator.frame_plan()))),
            Ok(Cow::Owned(evaluator)) => Arc::new(evaluator.frame_plan()),
            Err(found) => return (None, findings(&found), Vec::new()),
        };
        let source = Source::new(reader);
        let schema = source.schema();
        let mut found = Vec::new();
        let long = form.map_or_else(|| is_long(&plan, &schema), |form| form == "long");
        let run: Option<Box<dyn Scoring>> = if long {
            LongRun::new(plan, &schema, &options, streaming, &mut found).map(|run| Box::new(run) as Box<dyn Scoring>)
        } else {
            Layout::new(&plan, &schema, &options, &mut found)
                .map(|layout| Box::new(Run::new(plan, layout, &schema, found.clone())) as Box<dyn Scoring>)
        };
        let flow = run.map(|run| RawFlow(Arc::new(Mutex::new(Flow { source, run, done: false, strict }))));
        (flow, Vec::new(), findings(&found))
    }))
}

/// What has one of the Arrow methods, or is an iterator over what has.
fn reader(frame: &Bound<'_, PyAny>) -> PyResult<Box<dyn RecordBatchReader + Send>> {
    if frame.hasattr("__arrow_c_stream__")? || frame.hasattr("__arrow_c_array__")? {
        return frame.extract::<AnyRecordBatch>()?.into_reader();
    }
    let mut frames = frame.try_iter()?;
    let Some(first) = frames.next() else {
        let schema = Arc::new(arrow_schema::Schema::empty());
        return Ok(Box::new(arrow_array::RecordBatchIterator::new(Vec::new(), schema)));
    };
    let first = first?.extract::<AnyRecordBatch>()?.into_reader()?;
    let schema = first.schema();
    let batches = first.collect::<Result<_, _>>().map_err(|error| raised(&error))?;
    Ok(Box::new(Frames { frames: frames.unbind(), batches, schema }))
}

/// Frames that Python makes one after another.
struct Frames {
    frames: Py<pyo3::types::PyIterator>,
    batches: VecDeque<RecordBatch>,
    schema: SchemaRef,
}

impl Iterator for Frames {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(batch) = self.batches.pop_front() {
                let same = batch.schema().fields() == self.schema.fields();
                return Some(if same { Ok(batch) } else { Err(ArrowError::SchemaError("a batch has other columns than the first".to_owned())) });
            }
            let more = Python::attach(|py| {
                let next = self.frames.bind(py).clone().next()?;
                Some(next.and_then(|frame| frame.extract::<AnyRecordBatch>()?.into_reader()))
            })?;
            let read = more.map_err(|error| ArrowError::ComputeError(error.to_string())).and_then(Iterator::collect);
            match read {
                Ok(batches) => self.batches = batches,
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl RecordBatchReader for Frames {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}

impl RawFlow {
    fn with<T: Send>(&self, py: Python<'_>, work: impl FnOnce(&mut Flow) -> T + Send) -> T {
        // A panic while the lock was held is not possible by the rules of this workspace; what is behind it would still be whole.
        py.detach(|| work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

/// Errors first; else as they stand.
fn sorted(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.sort_by_key(|found| found.severity != talent_model::diagnostic::Severity::Error);
    found
}

fn raised(error: &ArrowError) -> PyErr {
    pyo3::exceptions::PyRuntimeError::new_err(error.to_string())
}

#[pymethods]
impl RawFlow {
    /// Scores the next piece: how many rows, and their scores. Nothing at the end.
    fn step(&self, py: Python<'_>, write: bool) -> PyResult<Option<(usize, Option<RawFrame>)>> {
        let stepped = self.with(py, |flow| {
            let schema = flow.run.output().schema.clone();
            flow.step(write).map(|stepped| stepped.map(|(rows, batch)| (rows, batch.map(|batch| RawFrame { schema, batches: vec![batch] }))))
        });
        stepped.transpose().map_err(|error| raised(&error))
    }

    /// Everything found so far.
    fn findings(&self, py: Python<'_>) -> Vec<Finding> {
        self.with(py, |flow| findings(&sorted(flow.run.found(flow.done))))
    }

    fn has_errors(&self, py: Python<'_>) -> bool {
        self.with(py, |flow| flow.run.has_errors())
    }

    /// A frame without rows, in the form of the result.
    fn empty(&self, py: Python<'_>) -> RawFrame {
        RawFrame { schema: self.with(py, |flow| flow.run.output().schema.clone()), batches: Vec::new() }
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyCapsule>>) -> PyResult<Bound<'py, PyAny>> {
        let schema = self.with(py, |flow| flow.run.output().schema.clone());
        stream(py, Box::new(Reader { flow: Arc::clone(&self.0), schema }), requested_schema)
    }
}

/// A flow as a stream of batches.
struct Reader {
    flow: Arc<Mutex<Flow>>,
    schema: SchemaRef,
}

impl Iterator for Reader {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut flow = self.flow.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let stepped = flow.step(true);
            let broken = flow.run.findings().iter().any(|found| matches!(found.code, Code::FrameUnreadable | Code::TextNotUtf8));
            if broken || flow.strict && flow.run.has_errors() {
                flow.done = true;
                let found = flow.run.found(true);
                let errors = found.iter().filter(|found| found.severity == talent_model::diagnostic::Severity::Error);
                let lines: Vec<String> = errors.map(|found| format!("{} at {}: {}", found.code, found.pointer, message(found, Lang::En))).collect();
                return Some(Err(ArrowError::ComputeError(lines.join("\n"))));
            }
            match stepped? {
                Ok((_, Some(batch))) => return Some(Ok(batch)),
                Ok((_, None)) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl RecordBatchReader for Reader {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}
