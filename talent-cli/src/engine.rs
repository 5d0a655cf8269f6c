//! The doors of the engine that this crate goes through.

use talent_model::id::WeightSetId;
use talent_model::{Assessment, Community, Diagnostic, Standard, Submission};
use talent_score::{Evaluator, Options};

/// Checks and scores a submission, with its own community or the one given.
pub(crate) fn assess(
    standard: &Standard,
    submission: &Submission,
    community: Option<&Community>,
    weight_set: Option<&WeightSetId>,
) -> Result<Assessment, Vec<Diagnostic>> {
    let options = Options { weight_set: weight_set.cloned() };
    let evaluator = Evaluator::with_options(standard, &options).map_err(|error| error.diagnostics)?;
    match community {
        Some(community) => evaluator.assess_with(submission, community),
        None => evaluator.assess(submission),
    }
    .map_err(|error| error.diagnostics)
}
