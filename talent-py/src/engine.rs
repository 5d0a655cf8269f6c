//! The engine's functions. All of them let other Python threads run.

use std::borrow::Cow;
use std::ffi::OsString;

use pyo3::prelude::*;
use talent_model::document::Kind;
use talent_model::id::WeightSetId;
use talent_model::{Assessment, Diagnostic, schema as schemas};
use talent_score::{Evaluator, Options};

use crate::diagnostic::{Finding, findings};
use crate::document::{RawAssessment, RawCommunity, RawStandard, RawSubmission, Shared};

/// What is wrong: with the standard, or with the submission.
enum Fault {
    Standard(Vec<Diagnostic>),
    Submission(Vec<Diagnostic>),
}

/// The standard made ready; once for all time without a weight set.
pub(crate) fn compiled<'s>(standard: &'s RawStandard, weight_set: Option<&str>) -> Result<Cow<'s, Evaluator>, Vec<Diagnostic>> {
    let shared = &standard.0;
    let Some(name) = weight_set else {
        if let Some(evaluator) = shared.evaluator.get() {
            return Ok(Cow::Borrowed(evaluator));
        }
        let evaluator = Evaluator::new(&shared.document).map_err(|error| error.diagnostics)?;
        return Ok(Cow::Borrowed(shared.evaluator.get_or_init(|| evaluator)));
    };
    let unknown = || {
        use talent_model::diagnostic::{Code, Pointer};
        vec![Diagnostic::new(Code::UnknownWeightSet, Pointer::root().with("weight_sets")).with("found", name)]
    };
    let options = Options { weight_set: Some(WeightSetId::new(name).map_err(|_| unknown())?) };
    Evaluator::with_options(&shared.document, &options).map(Cow::Owned).map_err(|error| error.diagnostics)
}

fn run(submission: &RawSubmission, standard: &RawStandard, community: Option<&RawCommunity>, weight_set: Option<&str>) -> Result<Assessment, Fault> {
    let evaluator = compiled(standard, weight_set).map_err(Fault::Standard)?;
    let submission = &submission.0.document;
    match community {
        Some(community) => evaluator.assess_with(submission, &community.0.document),
        None => evaluator.assess(submission),
    }
    .map_err(|error| Fault::Submission(error.diagnostics))
}

/// Scores a submission: the assessment, what is wrong with the standard, what is wrong with the submission.
#[pyfunction]
pub(crate) fn assess(
    py: Python<'_>,
    submission: &RawSubmission,
    standard: &RawStandard,
    community: Option<&RawCommunity>,
    weight_set: Option<&str>,
) -> (Option<RawAssessment>, Vec<Finding>, Vec<Finding>) {
    match py.detach(|| run(submission, standard, community, weight_set)) {
        Ok(assessment) => {
            let shared = Shared::new(assessment);
            // Nothing else has it yet, so it is not set.
            let _ = shared.made_with.set((standard.0.clone(), submission.0.clone()));
            (Some(RawAssessment(shared)), Vec::new(), Vec::new())
        }
        Err(Fault::Standard(found)) => (None, findings(&found), Vec::new()),
        Err(Fault::Submission(found)) => (None, Vec::new(), findings(&found)),
    }
}

/// A schema as JSON: of a kind of document, or of submissions to a standard. Nothing when there is no such kind or stage.
#[pyfunction]
pub(crate) fn schema(py: Python<'_>, kind: &str, standard: Option<&RawStandard>, stage: Option<&str>) -> Option<String> {
    py.detach(|| {
        let schema = match standard {
            Some(standard) => schemas::submission_for(&standard.0.document, stage).ok()?,
            None => schemas::of(*Kind::ALL.iter().find(|known| known.as_str() == kind)?),
        };
        serde_json::to_string(&schema).ok()
    })
}

/// What a new version of a schema means for documents that conform to the old one: effect, place and difference of every change. Nothing when either is no JSON.
#[pyfunction]
pub(crate) fn schema_changes(py: Python<'_>, old: &[u8], new: &[u8]) -> Option<Vec<(&'static str, String, String)>> {
    py.detach(|| {
        let (old, new) = (serde_json::from_slice(old).ok()?, serde_json::from_slice(new).ok()?);
        Some(schemas::changes(&old, &new).into_iter().map(|change| (change.effect.as_str(), change.at, change.what)).collect())
    })
}

/// Runs the command `talent` on the streams of the process and tells its exit status.
#[pyfunction]
pub(crate) fn run_command(py: Python<'_>, args: Vec<OsString>) -> u8 {
    py.detach(|| talent_cli::run_here(args).code())
}
