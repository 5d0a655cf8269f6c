//! The kernel by itself, for the benchmark of frames: the measures lie ready, and nothing is made of the scores.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rayon::prelude::*;
use talent_score::{Desk, RowPlan, Rows};

use super::flow::{Framed, raised, reader};
use super::layout::{Layout, Options};
use super::run::{Run, SHARE};
use crate::document::RawStandard;
use crate::engine::compiled;

/// What the rows of a wide frame are scored by, and how rows of one stage are scored.
#[pyclass(frozen, module = "talent._native")]
pub(crate) struct RawKernel {
    plan: RowPlan,
    /// By batch and indicator.
    batches: Vec<Vec<Vec<f64>>>,
}

#[pymethods]
impl RawKernel {
    /// Reads a frame in which everything is as it should be.
    #[new]
    fn new(frame: &Bound<'_, PyAny>, standard: &RawStandard, stage: &str) -> PyResult<Self> {
        let batches = reader(frame)?.and_then(Iterator::collect::<Result<Vec<RecordBatch>, ArrowError>>).map_err(raised)?;
        let unusable = || PyValueError::new_err("a frame, a usable standard and one of its stages are needed");
        let schema = batches.first().map(RecordBatch::schema).ok_or_else(unusable)?;
        let evaluator = compiled(standard, None).map_err(|_| unusable())?;
        let kernel = evaluator.row_plan(stage).ok_or_else(unusable)?;
        let Framed { plan, names } = Framed::new(&evaluator);
        let at = plan.stages().position(|own| own == stage).ok_or_else(unusable)?;
        let options = Options { stage: Some(stage.to_owned()), community: String::new(), keep: Vec::new(), untyped: Vec::new() };
        let layout = Layout::new(&plan, &names, &schema, &options, &mut Vec::new()).ok_or_else(unusable)?;
        let run = Run::new(Arc::clone(&plan), layout, &schema, Vec::new());
        let measures = batches.iter().map(|batch| run.measures(batch, at)).collect::<Result<_, _>>().map_err(raised)?;
        Ok(Self { plan: kernel, batches: measures })
    }

    /// Scores all rows on all cores; the answer is how many they are.
    fn run(&self, py: Python<'_>) -> usize {
        let scored = |batch: &Vec<Vec<f64>>| -> usize {
            let rows = batch.first().map_or(0, Vec::len);
            let share = |desk: &mut Desk, start: usize| {
                let columns: Vec<&[f64]> = batch.iter().map(|column| column.get(start..rows.min(start + SHARE)).unwrap_or_default()).collect();
                let mut scores = Rows::default();
                self.plan.score_columns(&columns, &mut scores, desk);
                scores.total.len()
            };
            (0..rows.div_ceil(SHARE)).into_par_iter().map_init(Desk::default, |desk, at| share(desk, at * SHARE)).sum()
        };
        py.detach(|| self.batches.iter().map(scored).sum())
    }
}
