//! Workbooks in and out. All functions let other Python threads run.

use std::borrow::Cow;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use talent_model::workbook::{self, Languages, Options};
use talent_model::{Lang, check};

use crate::diagnostic::{Finding, findings, language};
use crate::document::{RawStandard, RawSubmission, Shared};
use crate::examine::{RawSurroundings, with};

/// The bytes of a workbook, and what was left out of it.
type Made<'py> = (Cow<'py, [u8]>, Vec<Finding>);

/// The bytes of an answer, what is wrong with the standard, and why the workbook cannot be read.
type Answered<'py> = (Option<Cow<'py, [u8]>>, Vec<Finding>, Vec<Finding>);

fn languages(lang: &str, both: bool) -> PyResult<Languages> {
    let lang = language(lang).ok_or_else(|| PyValueError::new_err(format!("the engine does not speak `{lang}`: the languages are en and zh")))?;
    Ok(if both { Languages::Both(lang) } else { Languages::One(lang) })
}

/// Whether bytes are a workbook rather than the text of a document.
#[pyfunction]
pub(crate) fn is_workbook(data: &[u8]) -> bool {
    workbook::is_workbook(data)
}

/// The template of a standard and what of the earlier submission was left out; nothing when the standard has no such stage.
#[pyfunction]
pub(crate) fn template<'py>(
    py: Python<'py>,
    standard: &RawStandard,
    stages: Vec<String>,
    zones: usize,
    previous: Option<&RawSubmission>,
    lang: &str,
    both: bool,
) -> PyResult<Option<Made<'py>>> {
    let languages = languages(lang, both)?;
    let Ok(stages) = stages.iter().map(|stage| stage.parse()).collect() else { return Ok(None) };
    let options = Options { languages, stages, zones, previous: previous.map(|submission| &submission.0.document) };
    let made = py.detach(|| workbook::template(&standard.0.document, &options)).ok();
    Ok(made.map(|made| (Cow::Owned(made.bytes), findings(&made.left))))
}

/// A submission as a workbook, and what of it was left out.
#[pyfunction]
pub(crate) fn write_workbook<'py>(
    py: Python<'py>,
    submission: &RawSubmission,
    standard: &RawStandard,
    lang: &str,
    both: bool,
) -> PyResult<Made<'py>> {
    let languages = languages(lang, both)?;
    let made = py.detach(|| workbook::write(&standard.0.document, &submission.0.document, languages));
    made.map(|made| (Cow::Owned(made.bytes), findings(&made.left))).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// A submission from a workbook, if every cell was understood, and what was found in reading.
#[pyfunction]
pub(crate) fn read_workbook(py: Python<'_>, data: &[u8], standard: &RawStandard) -> (Option<RawSubmission>, Vec<Finding>) {
    let reading = py.detach(|| workbook::read(&standard.0.document, data));
    let found = findings(&reading.diagnostics);
    let submission = reading.submission.filter(|_| check::conforms(&reading.diagnostics));
    (submission.map(|submission| RawSubmission(Shared::new(submission))), found)
}

/// A workbook with what was found in its cells; else what is wrong with the standard, and why the workbook cannot be read.
#[pyfunction]
pub(crate) fn annotate<'py>(py: Python<'py>, data: &[u8], standard: &RawStandard, beside: &RawSurroundings, lang: &str) -> PyResult<Answered<'py>> {
    let lang: Lang = languages(lang, false)?.first();
    Ok(py.detach(|| match with(standard, beside, |examiner| Some(examiner.examine(data))) {
        (faults, None) => (None, faults, Vec::new()),
        (_, Some(examined)) => match workbook::annotate(data, &examined.diagnostics, lang) {
            Ok(answer) => (Some(Cow::Owned(answer)), Vec::new(), Vec::new()),
            Err(unreadable) => (None, Vec::new(), findings(&[*unreadable])),
        },
    }))
}
