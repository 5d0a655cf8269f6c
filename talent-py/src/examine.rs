//! Checking documents, one or many at once, as the command does.

use std::sync::Arc;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use rayon::prelude::*;
use talent_cli::examine::{Examined, Examiner, Surroundings};
use talent_model::date::Date;
use talent_model::workbook::Intake;
use talent_model::{Community, Submission, Waivers, check};

use crate::diagnostic::{Finding, findings};
use crate::document::{RawCommunity, RawStandard, RawSubmission, RawWaivers, Shared};
use crate::engine::compiled;

/// What lies beside the documents that are checked.
#[pyclass(frozen, module = "talent._native")]
pub(crate) struct RawSurroundings {
    community: Option<Arc<Shared<Community>>>,
    previous: Vec<Arc<Shared<Submission>>>,
    waivers: Option<Arc<Shared<Waivers>>>,
    on: Option<Date>,
    masked: bool,
    pub(crate) limits: Intake,
}

/// Limits by their names.
pub(crate) fn intake(given: &[(String, usize)]) -> PyResult<Intake> {
    let mut limits = Intake::default();
    match given.iter().find(|(name, number)| !limits.set(name, *number)) {
        None => Ok(limits),
        Some((name, _)) => Err(PyValueError::new_err(format!("there is no limit {name:?}: the limits are {}", Intake::NAMES.join(", ")))),
    }
}

/// Gathers what lies beside; the day is written as in documents.
#[pyfunction]
pub(crate) fn surroundings(
    community: Option<&RawCommunity>,
    previous: Vec<Py<RawSubmission>>,
    waivers: Option<&RawWaivers>,
    on: Option<&str>,
    masked: bool,
    limits: Vec<(String, usize)>,
) -> PyResult<RawSurroundings> {
    let day = |text: &str| Date::new(text).map_err(|_| PyValueError::new_err(format!("{text:?} is no day such as 2026-03-31")));
    Ok(RawSurroundings {
        community: community.map(|raw| Arc::clone(&raw.0)),
        previous: previous.iter().map(|raw| Arc::clone(&raw.get().0)).collect(),
        waivers: waivers.map(|raw| Arc::clone(&raw.0)),
        on: on.map(day).transpose()?,
        masked,
        limits: intake(&limits)?,
    })
}

/// Kind, digest, whether readable, conforming and scorable, the grade, everything found, and the waivers that accepted any of it.
#[derive(IntoPyObject)]
pub(crate) struct Looked(Option<&'static str>, Option<String>, bool, bool, Option<bool>, Option<String>, Vec<Finding>, Vec<usize>);

fn looked(examined: Examined) -> Looked {
    let Examined { kind, digest, readable, conforms, scorable, meets, diagnostics, used, .. } = examined;
    Looked(kind.map(|kind| kind.as_str()), digest, readable, conforms, scorable, meets.map(|(id, _)| id), findings(&diagnostics), used)
}

/// Runs something with an examiner; what is wrong with the standard comes first.
pub(crate) fn with<T: Default>(standard: &RawStandard, beside: &RawSurroundings, run: impl FnOnce(&Examiner<'_>) -> T) -> (Vec<Finding>, T) {
    let evaluator = match compiled(standard, None) {
        Ok(evaluator) => evaluator,
        Err(found) => return (findings(&found), T::default()),
    };
    let previous: Vec<&Submission> = beside.previous.iter().map(|shared| &shared.document).collect();
    let surroundings = Surroundings {
        community: beside.community.as_ref().map(|shared| &shared.document),
        previous: &previous,
        waivers: beside.waivers.as_ref().map(|shared| &shared.document),
        on: beside.on,
        masked: beside.masked,
        limits: beside.limits,
    };
    (Vec::new(), run(&Examiner::new(&evaluator, surroundings)))
}

/// What is wrong with the standard, and everything found about the bytes of each document or workbook, on all cores and in order.
#[pyfunction]
pub(crate) fn examine(
    py: Python<'_>,
    documents: Vec<PyBackedBytes>,
    standard: &RawStandard,
    beside: &RawSurroundings,
) -> (Vec<Finding>, Vec<Looked>) {
    py.detach(|| with(standard, beside, |examiner| documents.par_iter().map(|bytes| looked(examiner.examine(bytes))).collect()))
}

/// What is wrong with the standard, and everything found in a submission that has been read.
#[pyfunction]
pub(crate) fn examine_read(
    py: Python<'_>,
    submission: &RawSubmission,
    standard: &RawStandard,
    beside: &RawSurroundings,
) -> (Vec<Finding>, Option<Looked>) {
    py.detach(|| with(standard, beside, |examiner| Some(looked(examiner.read(&submission.0.document)))))
}

/// What is wrong with waivers on a day, and which of those that hold accepted nothing; `used` are those that did.
#[pyfunction]
pub(crate) fn check_waivers(waivers: &RawWaivers, used: Option<Vec<usize>>, on: Option<&str>) -> PyResult<Vec<Finding>> {
    let on = on.map(|text| Date::new(text).map_err(|_| PyValueError::new_err(format!("{text:?} is no day such as 2026-03-31")))).transpose()?;
    let waivers = &waivers.0.document;
    let mut found = waivers.check(on);
    if let (Some(used), Some(on)) = (used, on) {
        found.extend(waivers.idle(&used, on));
    }
    Ok(findings(&found))
}

/// Everything found in a community that has been read.
#[pyfunction]
pub(crate) fn check_community(py: Python<'_>, document: &RawCommunity) -> Vec<Finding> {
    py.detach(|| {
        let mut found = check::community(&document.0.document);
        found.append(&mut check::personal_in_community(&document.0.document));
        findings(&found)
    })
}

/// Everything found in a standard that has been read.
#[pyfunction]
pub(crate) fn check_standard(py: Python<'_>, document: &RawStandard) -> Vec<Finding> {
    py.detach(|| findings(&check::standard(&document.0.document)))
}
