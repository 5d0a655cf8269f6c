//! A frame on its way through the engine.

use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::PyRecordBatchReader;
use talent_model::diagnostic::{Code, Pointer, message};
use talent_model::{Diagnostic, Lang};

use super::layout::{Layout, Options, about};
use super::output::{RawFrame, stream};
use super::run::Run;
use super::source::{Source, Trouble};
use crate::diagnostic::{Finding, findings};
use crate::document::RawStandard;
use crate::engine::compiled;

/// A frame that is being scored.
struct Flow {
    source: Source,
    run: Run,
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
                self.run.findings.push(match trouble {
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
                return None;
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
    capsule: &Bound<'_, PyCapsule>,
    standard: &RawStandard,
    weight_set: Option<&str>,
    stage: Option<String>,
    community: String,
    keep: Vec<String>,
    strict: bool,
) -> PyResult<(Option<RawFlow>, Vec<Finding>, Vec<Finding>)> {
    let reader = PyRecordBatchReader::from_arrow_pycapsule(capsule)?.into_reader()?;
    let options = Options { stage, community, keep };
    Ok(py.detach(|| {
        let plan = match compiled(standard, weight_set) {
            Ok(evaluator) => Arc::new(evaluator.frame_plan()),
            Err(found) => return (None, findings(&found), Vec::new()),
        };
        let source = Source::new(reader);
        let schema = source.schema();
        let mut found = Vec::new();
        match Layout::new(&plan, &schema, &options, &mut found) {
            Some(layout) => {
                let run = Run::new(plan, layout, &schema, found.clone());
                (Some(RawFlow(Arc::new(Mutex::new(Flow { source, run, done: false, strict })))), Vec::new(), findings(&found))
            }
            None => (None, Vec::new(), findings(&found)),
        }
    }))
}

impl RawFlow {
    fn with<T: Send>(&self, py: Python<'_>, work: impl FnOnce(&mut Flow) -> T + Send) -> T {
        // A panic while the lock was held is not possible by the rules of this workspace; what is behind it would still be whole.
        py.detach(|| work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }
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
        self.with(py, |flow| findings(&flow.run.found(flow.done)))
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
        let stepped = flow.step(true);
        if flow.strict && flow.run.has_errors() {
            let found = flow.run.found(flow.done);
            let errors = found.iter().filter(|found| found.severity == talent_model::diagnostic::Severity::Error);
            let lines: Vec<String> = errors.map(|found| format!("{} at {}: {}", found.code, found.pointer, message(found, Lang::En))).collect();
            flow.done = true;
            return Some(Err(ArrowError::ComputeError(lines.join("\n"))));
        }
        Some(stepped?.and_then(|(_, batch)| batch.ok_or_else(|| ArrowError::ComputeError("nothing was scored".to_owned()))))
    }
}

impl RecordBatchReader for Reader {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}
