//! A frame on its way through the engine.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::exceptions::{PyException, PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::input::AnyRecordBatch;
use talent_model::diagnostic::{Code, Pointer, Severity, message};
use talent_model::{Diagnostic, Lang};
use talent_score::Evaluator;
use talent_score::frame::FramePlan;

use super::layout::{Layout, Names, Options, about};
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

/// A standard made ready for frames.
#[derive(Clone)]
pub(crate) struct Framed {
    pub(super) plan: Arc<FramePlan>,
    pub(super) names: Arc<Names>,
}

impl Framed {
    pub(super) fn new(evaluator: &Evaluator) -> Self {
        let plan = evaluator.frame_plan();
        Self { names: Arc::new(Names::new(&plan)), plan: Arc::new(plan) }
    }
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
                let found = match trouble {
                    Trouble::Source(error) => match unreadable(error) {
                        Ok(found) => found,
                        Err(end) => return Some(Err(end)),
                    },
                    Trouble::Column(at, error) => {
                        let name = self.source.schema().fields().get(at).map(|field| field.name().clone()).unwrap_or_default();
                        about(Code::TextNotUtf8, &name).with("why", error.to_string())
                    }
                };
                self.run.findings().push(found);
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
pub(crate) struct RawFlow {
    flow: Arc<Mutex<Flow>>,
    /// That of the result, for which nobody should have to wait.
    schema: SchemaRef,
}

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
    let reader = match reader(frame)? {
        Ok(reader) => reader,
        Err(error) => return Ok((None, Vec::new(), findings(&[unreadable(error).map_err(raised)?]))),
    };
    let options = Options { stage, community, keep, untyped };
    Ok(py.detach(|| {
        let Framed { plan, names } = match compiled(standard, weight_set) {
            Ok(Cow::Borrowed(evaluator)) => standard.0.framed.get_or_init(|| Framed::new(evaluator)).clone(),
            Ok(Cow::Owned(evaluator)) => Framed::new(&evaluator),
            Err(found) => return (None, findings(&found), Vec::new()),
        };
        let source = Source::new(reader);
        let schema = source.schema();
        let mut found = Vec::new();
        let long = form.map_or_else(|| is_long(&plan, &schema), |form| form == "long");
        let run: Option<Box<dyn Scoring>> = if long {
            LongRun::new(plan, &schema, &options, streaming, &mut found).map(|run| Box::new(run) as Box<dyn Scoring>)
        } else {
            Layout::new(&plan, &names, &schema, &options, &mut found)
                .map(|layout| Box::new(Run::new(plan, layout, &schema, found.clone())) as Box<dyn Scoring>)
        };
        let flow = run.map(|run| {
            let schema = Arc::clone(&run.output().schema);
            RawFlow { flow: Arc::new(Mutex::new(Flow { source, run, done: false, strict })), schema }
        });
        (flow, Vec::new(), findings(&found))
    }))
}

/// Whether the source was read to its end, as far as it has been read: then it can be said what it does not hold.
pub(crate) fn whole(found: &[Diagnostic]) -> bool {
    found.iter().all(|found| found.severity != Severity::Error)
}

pub(super) type Batches = Box<dyn RecordBatchReader + Send>;

/// What has one of the Arrow methods, or is an iterator over what has. Something else is the caller's error; what its library raises is an error of the source.
pub(super) fn reader(frame: &Bound<'_, PyAny>) -> PyResult<Result<Batches, ArrowError>> {
    if speaks_arrow(frame)? {
        return Ok(batches(frame));
    }
    let mut frames = frame.try_iter()?;
    let Some(first) = frames.next() else {
        let schema = Arc::new(arrow_schema::Schema::empty());
        return Ok(Ok(Box::new(arrow_array::RecordBatchIterator::new(Vec::new(), schema))));
    };
    let first = match first {
        Ok(first) if speaks_arrow(&first)? => batches(&first),
        Ok(first) => return Err(no_frame(&first)),
        Err(error) => Err(of_python(error)),
    };
    Ok(first.and_then(|first| {
        let schema = first.schema();
        let batches = first.collect::<Result<_, _>>()?;
        Ok(Box::new(Frames { frames: frames.unbind(), batches, schema }) as Batches)
    }))
}

fn speaks_arrow(frame: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(frame.hasattr("__arrow_c_stream__")? || frame.hasattr("__arrow_c_array__")?)
}

fn no_frame(found: &Bound<'_, PyAny>) -> PyErr {
    let name = found.get_type().name().map_or_else(|_| "that".to_owned(), |name| name.to_string());
    PyTypeError::new_err(format!("an iterator over data frames is needed (pyarrow, polars, pandas …), not one over {name}"))
}

fn batches(frame: &Bound<'_, PyAny>) -> Result<Batches, ArrowError> {
    frame.extract::<AnyRecordBatch>().and_then(AnyRecordBatch::into_reader).map_err(of_python)
}

/// An exception on its way through Arrow.
fn of_python(error: PyErr) -> ArrowError {
    ArrowError::ExternalError(Box::new(error))
}

/// What is to be said of a source that failed. Ctrl-C and the like are no failure of the source, and go on as they are.
pub(super) fn unreadable(error: ArrowError) -> Result<Diagnostic, ArrowError> {
    let why = match &error {
        ArrowError::ExternalError(inner) => {
            let ends = |error: &PyErr| Python::attach(|py| !error.is_instance_of::<PyException>(py));
            if inner.downcast_ref::<PyErr>().is_some_and(ends) {
                return Err(error);
            }
            inner.to_string()
        }
        error => error.to_string(),
    };
    Ok(Diagnostic::new(Code::FrameUnreadable, Pointer::root()).with("why", why))
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
                Some(match self.frames.bind(py).clone().next()? {
                    Ok(frame) if speaks_arrow(&frame).is_ok_and(|speaks| !speaks) => Err(of_python(no_frame(&frame))),
                    Ok(frame) => batches(&frame),
                    Err(error) => Err(of_python(error)),
                })
            })?;
            match more.and_then(Iterator::collect) {
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
        py.detach(|| work(&mut self.flow.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

/// Errors first; else as they stand.
fn sorted(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.sort_by_key(|found| found.severity != Severity::Error);
    found
}

/// An error of Arrow in Python; an exception that has come through Arrow is itself.
pub(super) fn raised(error: ArrowError) -> PyErr {
    match error {
        ArrowError::ExternalError(inner) => inner.downcast::<PyErr>().map_or_else(|other| PyRuntimeError::new_err(other.to_string()), |error| *error),
        other => PyRuntimeError::new_err(other.to_string()),
    }
}

#[pymethods]
impl RawFlow {
    /// Scores the next piece: how many rows, and their scores. Nothing at the end.
    fn step(&self, py: Python<'_>, write: bool) -> PyResult<Option<(usize, Option<RawFrame>)>> {
        let frame = |batch| RawFrame { schema: Arc::clone(&self.schema), batches: vec![batch] };
        let stepped = self.with(py, |flow| flow.step(write)).transpose().map_err(raised)?;
        Ok(stepped.map(|(rows, batch)| (rows, batch.map(frame))))
    }

    /// Everything found so far.
    fn findings(&self, py: Python<'_>) -> Vec<Finding> {
        self.with(py, |flow| findings(&sorted(flow.run.found(flow.done))))
    }

    fn has_errors(&self, py: Python<'_>) -> bool {
        self.with(py, |flow| flow.run.has_errors())
    }

    /// A frame without rows, in the form of the result.
    fn empty(&self) -> RawFrame {
        RawFrame { schema: Arc::clone(&self.schema), batches: Vec::new() }
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyCapsule>>) -> PyResult<Bound<'py, PyAny>> {
        stream(py, Box::new(Reader { flow: Arc::clone(&self.flow), schema: Arc::clone(&self.schema) }), requested_schema)
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
        // Whoever reads may hold the interpreter, which the source may need: waiting for another reader could be for ever.
        let Ok(mut flow) = self.flow.try_lock() else {
            return Some(Err(ArrowError::ComputeError("the stream is being read by another thread; it can be gone through once".to_owned())));
        };
        loop {
            let stepped = flow.step(true);
            let broken = flow.run.findings().iter().any(|found| matches!(found.code, Code::FrameUnreadable | Code::TextNotUtf8));
            if broken || flow.strict && flow.run.has_errors() {
                flow.done = true;
                let found = flow.run.found(true);
                let errors = found.iter().filter(|found| found.severity == Severity::Error);
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
