//! The kernel by itself, for the benchmark of frames: columns lie ready, and nothing is made of the scores.

use std::borrow::Cow;

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rayon::prelude::*;
use talent_score::frame::Absence;
use talent_score::{Desk, RowPlan, Rows};

use super::column::Column;
use super::flow::{raised, reader};
use super::plain::{answered, listed, with_gaps};
use super::run::SHARE;
use crate::document::RawStandard;
use crate::engine::compiled;

/// A wide frame as measures, and how rows of one stage are scored.
#[pyclass(frozen, module = "talent._native")]
pub(crate) struct RawKernel {
    plan: RowPlan,
    /// By batch and indicator.
    batches: Vec<Vec<Vec<f64>>>,
}

#[pymethods]
impl RawKernel {
    /// Reads the columns; raw answers are taken for measures, which changes nothing about how long they take.
    #[new]
    fn new(frame: &Bound<'_, PyAny>, standard: &RawStandard, stage: &str) -> PyResult<Self> {
        let batches = reader(frame)?.and_then(Iterator::collect::<Result<Vec<RecordBatch>, ArrowError>>).map_err(raised)?;
        let unusable = || PyValueError::new_err("a usable standard and one of its stages are needed");
        let evaluator = compiled(standard, None).map_err(|_| unusable())?;
        let (plan, frames) = (evaluator.row_plan(stage).ok_or_else(unusable)?, evaluator.frame_plan());
        let at = frames.stages().position(|own| own == stage).ok_or_else(unusable)?;
        let ids: Vec<&str> = frames.standard().indicators().into_iter().map(|(_, indicator)| indicator.id.as_str()).collect();
        let measures = |batch: &RecordBatch, leaf: usize, id: &str| -> Result<Vec<f64>, ArrowError> {
            let column = batch.column_by_name(id).map(Column::new).transpose()?;
            let read = match (&column, frames.asked(at, leaf)) {
                (Some(Column::Numbers(numbers)), _) => Some(with_gaps(numbers)),
                (Some(Column::Truths(truths)), _) => Some(answered(truths)),
                (Some(Column::Texts(texts)), Some(asked)) => listed(asked, texts).map(Cow::Owned),
                _ => None,
            };
            Ok(read.map_or_else(|| vec![Absence::Missing.measure(); batch.num_rows()], Cow::into_owned))
        };
        let columns = |batch: &RecordBatch| ids.iter().enumerate().map(|(leaf, id)| measures(batch, leaf, id)).collect::<Result<_, _>>();
        Ok(Self { plan, batches: batches.iter().map(columns).collect::<Result<_, ArrowError>>().map_err(raised)? })
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
