//! Workbooks in and out. All functions let other Python threads run.

use std::borrow::Cow;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use talent_model::workbook::{self, Languages, Options, Part, Reading, Shape, TableOptions};
use talent_model::{Lang, check};

use crate::diagnostic::{Finding, findings, language};
use crate::document::{RawStandard, RawSubmission, Shared};
use crate::examine::{RawSurroundings, intake, with};

/// The bytes of a workbook, and what was left out of it.
type Made<'py> = (Cow<'py, [u8]>, Vec<Finding>);

/// The bytes of an answer, what is wrong with the standard, and why the workbook cannot be read.
type Answered<'py> = (Option<Cow<'py, [u8]>>, Vec<Finding>, Vec<Finding>);

fn languages(lang: &str, both: bool) -> PyResult<Languages> {
    let lang = language(lang).ok_or_else(|| PyValueError::new_err(format!("the engine does not speak `{lang}`: the languages are en and zh")))?;
    Ok(if both { Languages::Both(lang) } else { Languages::One(lang) })
}

/// A submission where there is one, and what was found in reading it.
type Read = (Option<RawSubmission>, Vec<Finding>);

/// A submission where there is one, the findings of every part, and those of all together.
type Joined = (Option<RawSubmission>, Vec<Vec<Finding>>, Vec<Finding>);

/// Whether bytes are a workbook or a delimited text rather than the text of a document.
#[pyfunction]
pub(crate) fn is_form(data: &[u8]) -> bool {
    workbook::is_form(data)
}

/// A submission as a delimited text, and what of it was left out.
#[pyfunction]
pub(crate) fn write_table<'py>(
    py: Python<'py>,
    submission: &RawSubmission,
    standard: &RawStandard,
    wide: bool,
    delimiter: char,
    mark: bool,
    lang: &str,
) -> PyResult<Made<'py>> {
    let shape = if wide { Shape::Wide } else { Shape::Long };
    let options = TableOptions { delimiter, mark, ..TableOptions::new(shape, languages(lang, false)?.first()) };
    let made = py.detach(|| workbook::table(&standard.0.document, &submission.0.document, &options));
    Ok((Cow::Owned(made.bytes), findings(&made.left)))
}

/// One submission from several files, if nothing contradicts itself; and what was found in each, and in all together.
#[pyfunction]
pub(crate) fn merge(py: Python<'_>, parts: Vec<(String, Vec<u8>)>, standard: &RawStandard, limits: Vec<(String, usize)>) -> PyResult<Joined> {
    let limits = intake(&limits)?;
    let merged = py.detach(|| {
        let parts: Vec<Part<'_>> = parts.iter().map(|(name, bytes)| Part { name, bytes }).collect();
        workbook::merge_within(&standard.0.document, &parts, limits)
    });
    let found = merged.parts.iter().map(|part| findings(&part.diagnostics)).collect();
    let submission = merged.submission.map(|submission| RawSubmission(Shared::new(submission)));
    Ok((submission, found, findings(&merged.whole)))
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

/// The submission of an earlier round from a form, if every cell was understood, and what was found in reading.
#[pyfunction]
pub(crate) fn read_earlier(py: Python<'_>, data: &[u8], standard: &RawStandard, limits: Vec<(String, usize)>) -> PyResult<Read> {
    let limits = intake(&limits)?;
    Ok(taken(&py.detach(|| workbook::read_earlier_within(&standard.0.document, data, limits.form))))
}

fn taken(reading: &Reading) -> Read {
    let submission = reading.submission.clone().filter(|_| check::conforms(&reading.diagnostics));
    (submission.map(|submission| RawSubmission(Shared::new(submission))), findings(&reading.diagnostics))
}

/// A submission from a workbook, if every cell was understood, and what was found in reading.
#[pyfunction]
pub(crate) fn read_workbook(py: Python<'_>, data: &[u8], standard: &RawStandard, limits: Vec<(String, usize)>) -> PyResult<Read> {
    let limits = intake(&limits)?;
    Ok(taken(&py.detach(|| workbook::read_within(&standard.0.document, data, limits.form))))
}

/// A workbook with what was found in its cells; else what is wrong with the standard, and why the workbook cannot be read.
#[pyfunction]
pub(crate) fn annotate<'py>(py: Python<'py>, data: &[u8], standard: &RawStandard, beside: &RawSurroundings, lang: &str) -> PyResult<Answered<'py>> {
    let lang: Lang = languages(lang, false)?.first();
    Ok(py.detach(|| match with(standard, beside, |examiner| Some(examiner.examine(data))) {
        (faults, None) => (None, faults, Vec::new()),
        (_, Some(examined)) => match workbook::annotate_within(data, &examined.diagnostics, lang, beside.limits.form) {
            Ok(answer) => (Some(Cow::Owned(answer)), Vec::new(), Vec::new()),
            Err(unreadable) => (None, Vec::new(), findings(&[*unreadable])),
        },
    }))
}
