//! Reports of assessments. All functions let other Python threads run.

use std::borrow::Cow;
use std::sync::Arc;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use talent_model::{Lang, Standard, Submission, reference};
use talent_score::report::{Material, Rendition, Report};

use crate::diagnostic::{Finding, findings, language};
use crate::document::{RawAssessment, RawStandard, RawSubmission, Shared};

/// The bytes of a report, or what does not belong together.
type Made<'py> = (Option<Cow<'py, [u8]>>, Vec<Finding>);

/// The standard and the submission of an assessment: those given, else those that it was made with, else the reference standard.
fn material<'a>(
    assessment: &'a RawAssessment,
    standard: Option<&'a RawStandard>,
    submission: Option<&'a RawSubmission>,
) -> (&'a Standard, Option<&'a Submission>) {
    let made_with = assessment.0.made_with.get();
    let remembered: Option<&Arc<Shared<Standard>>> = made_with.map(|(standard, _)| standard);
    let standard = standard.map(|standard| &standard.0).or(remembered).map_or_else(|| reference::standard(), |shared| &shared.document);
    let submission = submission.map(|submission| &submission.0).or(made_with.map(|(_, submission)| submission));
    (standard, submission.map(|shared| &shared.document))
}

/// A report as HTML (`html`), Markdown (`md`), a workbook (`xlsx`) or the scorecard alone (`card`).
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "one argument for each choice of the caller, named in Python")]
pub(crate) fn write_report<'py>(
    py: Python<'py>,
    assessment: &RawAssessment,
    standard: Option<&RawStandard>,
    submission: Option<&RawSubmission>,
    form: &str,
    lang: &str,
    both: bool,
    public: bool,
) -> PyResult<Made<'py>> {
    let lang = language(lang).ok_or_else(|| PyValueError::new_err(format!("the engine does not speak `{lang}`: the languages are en and zh")))?;
    let other = if lang == Lang::En { Lang::Zh } else { Lang::En };
    let langs = if both { vec![lang, other] } else { vec![lang] };
    py.detach(|| {
        let (standard, submission) = material(assessment, standard, submission);
        let material = Material { submission, ..Material::new(&assessment.0.document, standard) };
        let report = match Report::new(&material, &Rendition { langs, public }) {
            Ok(report) => report,
            Err(error) => return Ok((None, findings(&error.diagnostics))),
        };
        let bytes = match form {
            "html" => report.to_html().into_bytes(),
            "md" => report.to_markdown().into_bytes(),
            "card" => report.to_html_card().into_bytes(),
            "xlsx" => report.to_workbook().map_err(PyValueError::new_err)?,
            _ => return Err(PyValueError::new_err(format!("a report has no form `{form}`: the forms are html, md and xlsx"))),
        };
        Ok((Some(Cow::Owned(bytes)), Vec::new()))
    })
}
