//! How sure results are. The study runs without the interpreter's lock; between waves of draws Python is asked whether to go on.

use std::ops::ControlFlow;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use talent_model::index::IndexMethod;
use talent_model::robustness::Study;
use talent_model::{Community, Diagnostic, Submission};
use talent_score::index::{CheckedTable, Pipeline};
use talent_score::robust::{Analysis, RobustError, RobustIndex, RobustSubmissions, usual_study};

use crate::diagnostic::{Finding, findings};
use crate::document::{RawCommunity, RawRobustness, RawStandard, RawSubmission, Shared};
use crate::engine::compiled;
use crate::index::RawTable;

/// Makes the numbers of some draws again: their names, and a row for every draw.
type Parameters = Box<dyn Fn(u32, u32) -> (Vec<String>, Vec<Vec<f64>>) + Send + Sync>;

/// Every draw of a study.
#[pyclass(frozen, module = "talent._native")]
pub(crate) struct RawDraws {
    analysis: Analysis,
    parameters: Parameters,
}

#[pymethods]
impl RawDraws {
    /// How many there are.
    fn __len__(&self) -> usize {
        self.analysis.draws()
    }

    /// The scores of one unit, as the bytes of doubles.
    fn draw_scores<'py>(&self, py: Python<'py>, unit: usize) -> PyResult<Bound<'py, PyBytes>> {
        doubles(py, &py.detach(|| self.analysis.draw_scores(unit)))
    }

    /// The ranks of one unit, 0 where there is none.
    fn draw_ranks(&self, py: Python<'_>, unit: usize) -> Vec<u32> {
        py.detach(|| self.analysis.draw_ranks(unit))
    }

    /// One output at every evaluation of the sensitivity analysis, as the bytes of doubles; nothing when there is no such output.
    fn evaluations<'py>(&self, py: Python<'py>, unit: Option<usize>) -> PyResult<Option<Bound<'py, PyBytes>>> {
        self.analysis.effects.iter().find(|effect| effect.unit == unit).map(|effect| doubles(py, &effect.evaluations)).transpose()
    }

    /// The numbers of some draws: their names, and a row for every draw.
    fn parameters(&self, py: Python<'_>, start: u32, stop: u32) -> (Vec<String>, Vec<Vec<f64>>) {
        py.detach(|| (self.parameters)(start, stop))
    }
}

fn doubles<'py>(py: Python<'py>, values: &[f64]) -> PyResult<Bound<'py, PyBytes>> {
    PyBytes::new_with(py, values.len() * 8, |bytes| {
        bytes.chunks_exact_mut(8).zip(values).for_each(|(cell, x)| cell.copy_from_slice(&x.to_ne_bytes()));
        Ok(())
    })
}

/// Asks Python between waves whether to go on: a signal or an error of the callback stops.
struct Watch {
    callback: Option<Py<PyAny>>,
    error: Option<PyErr>,
}

impl Watch {
    fn look(&mut self, done: usize, all: usize) -> ControlFlow<()> {
        let asked = Python::attach(|py| {
            py.check_signals()?;
            self.callback.as_ref().map(|callback| callback.call1(py, (done, all))).transpose()
        });
        match asked {
            Ok(_) => ControlFlow::Continue(()),
            Err(error) => {
                self.error = Some(error);
                ControlFlow::Break(())
            }
        }
    }
}

/// What a study comes to: document and draws, or what is wrong with the study, or with submissions by their places.
type Studied = (Option<(RawRobustness, RawDraws)>, Vec<Finding>, Vec<(usize, Vec<Finding>)>);

fn failed(error: RobustError, watch: Watch) -> PyResult<Studied> {
    match error {
        RobustError::Study(found) => Ok((None, findings(&found), Vec::new())),
        RobustError::Submissions(all) => Ok((None, Vec::new(), all.iter().map(|(at, found)| (*at, findings(found))).collect())),
        RobustError::Stopped => Err(watch.error.unwrap_or_else(|| pyo3::exceptions::PyInterruptedError::new_err("stopped"))),
    }
}

fn study_of(study: Option<&[u8]>) -> Result<Study, Vec<Diagnostic>> {
    study.map_or_else(|| Ok(usual_study()), |text| Study::from_json(text).map_err(|error| error.diagnostics))
}

/// The usual study as JSON.
#[pyfunction]
pub(crate) fn robust_usual() -> String {
    serde_json::to_string(&usual_study()).unwrap_or_default()
}

type Communities = [Option<Arc<Shared<Community>>>];

fn pairs<'s>(submissions: &'s [Arc<Shared<Submission>>], communities: &'s Communities) -> Vec<(&'s Submission, Option<&'s Community>)> {
    submissions.iter().zip(communities).map(|(submission, community)| (&submission.document, community.as_ref().map(|c| &c.document))).collect()
}

/// Studies submissions to a standard.
#[pyfunction]
pub(crate) fn robust_submissions(
    py: Python<'_>,
    submissions: Vec<Py<RawSubmission>>,
    communities: Vec<Option<Py<RawCommunity>>>,
    standard: &RawStandard,
    weight_set: Option<&str>,
    study: Option<&[u8]>,
    progress: Option<Py<PyAny>>,
) -> PyResult<Studied> {
    let submissions: Vec<Arc<Shared<Submission>>> = submissions.iter().map(|raw| raw.get().0.clone()).collect();
    let communities: Vec<Option<Arc<Shared<Community>>>> =
        communities.iter().map(|raw| raw.as_ref().map(|raw| raw.get().0.clone())).chain(std::iter::repeat(None)).take(submissions.len()).collect();
    let mut watch = Watch { callback: progress, error: None };
    let made = py.detach(|| {
        let study = study_of(study).map_err(RobustError::Study)?;
        let evaluator = Arc::new(compiled(standard, weight_set).map_err(RobustError::Study)?.into_owned());
        let pairs = pairs(&submissions, &communities);
        let of = RobustSubmissions::new(&evaluator, &pairs, &study)?;
        let analysis = of.run(&mut |done, all| watch.look(done, all))?;
        Ok((of.document(&analysis), analysis, evaluator.clone(), study))
    });
    let (document, analysis, evaluator, study) = match made {
        Ok(made) => made,
        Err(error) => return failed(error, watch),
    };
    let parameters = move |from: u32, to: u32| {
        let pairs = pairs(&submissions, &communities);
        // What could be studied once can be studied again.
        RobustSubmissions::new(&evaluator, &pairs, &study)
            .map(|of| (of.parameter_names(), (from..to).map(|draw| of.parameters(draw)).collect()))
            .unwrap_or_default()
    };
    Ok((Some((RawRobustness(Shared::new(document)), RawDraws { analysis, parameters: Box::new(parameters) })), Vec::new(), Vec::new()))
}

/// Studies an index from two tables.
#[pyfunction]
pub(crate) fn robust_index(py: Python<'_>, table: &RawTable, method: &[u8], study: &[u8], progress: Option<Py<PyAny>>) -> PyResult<Studied> {
    let mut watch = Watch { callback: progress, error: None };
    let table: Arc<CheckedTable> = table.0.clone();
    let made = py.detach(|| {
        let study = study_of(Some(study)).map_err(RobustError::Study)?;
        let method = IndexMethod::from_json(method).map_err(|error| RobustError::Study(error.diagnostics))?;
        let pipeline = Pipeline::on(&table, &method).map_err(|error| RobustError::Study(error.diagnostics))?;
        let of = RobustIndex::new(&pipeline, &study)?;
        let analysis = of.run(&mut |done, all| watch.look(done, all))?;
        Ok((of.document(&analysis), analysis, method, study))
    });
    let (document, analysis, method, study) = match made {
        Ok(made) => made,
        Err(error) => return failed(error, watch),
    };
    let parameters = move |from: u32, to: u32| {
        let pipeline = Pipeline::on(&table, &method).ok();
        let of = pipeline.as_ref().and_then(|pipeline| RobustIndex::new(pipeline, &study).ok());
        of.map(|of| (of.parameter_names(), (from..to).map(|draw| of.parameters(draw)).collect())).unwrap_or_default()
    };
    Ok((Some((RawRobustness(Shared::new(document)), RawDraws { analysis, parameters: Box::new(parameters) })), Vec::new(), Vec::new()))
}
