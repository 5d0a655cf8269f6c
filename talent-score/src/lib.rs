//! The scoring kernel of the Talent engine: pure evaluation. No files, no clock, no network, no global state.
//!
//! What every number means is written in `docs/design/score.md`.

mod aggregate;
mod assess;
mod batch;
mod block;
pub mod compare;
mod condition;
mod evaluator;
pub mod frame;
mod grade;
#[cfg(feature = "index")]
pub mod index;
mod joining;
mod judge;
mod lens;
mod measure;
mod rank;
#[cfg(feature = "report")]
pub mod report;
#[cfg(feature = "robust")]
pub mod robust;
mod rule;
mod sheet;
mod tree;
mod verdict;
mod wide;

use std::fmt;

use talent_model::assessment::Assessment;
use talent_model::quantity::Number;
use talent_model::{Diagnostic, Lang, Standard, Submission};

pub use batch::{Absence, Row, RowPlan, Scratch};
pub use block::{Desk, Rows};
pub use compare::compare;
pub use evaluator::{Evaluator, Options};
pub use rank::ranks;
pub use rule::reaches;
pub use verdict::Verdict;

/// Scores one submission that carries its community.
///
/// # Errors
/// [`AssessError`] when the standard cannot be used or the submission does not conform to it.
///
/// ```
/// use talent_model::{Document, Submission, reference};
/// # let text = include_str!("../../docs/examples/new-shougang.submission.json");
/// let assessment = talent_score::assess(reference::standard(), &Submission::from_json(text.as_bytes())?)?;
/// assert_eq!(assessment.nodes.len(), 9 + 33);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn assess(standard: &Standard, submission: &Submission) -> Result<Assessment, AssessError> {
    let evaluator = Evaluator::new(standard).map_err(|error| AssessError { diagnostics: error.diagnostics })?;
    evaluator.assess(submission)
}

/// A standard that cannot be used.
#[derive(Clone, Debug, PartialEq)]
pub struct EvaluatorError {
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// A submission that cannot be scored.
#[derive(Clone, Debug, PartialEq)]
pub struct AssessError {
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

pub(crate) fn list(diagnostics: &[Diagnostic], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (i, found) in diagnostics.iter().enumerate() {
        if i > 0 {
            f.write_str("\n")?;
        }
        write!(f, "{} at {}: {}", found.code, found.pointer, talent_model::diagnostic::message(found, Lang::En))?;
    }
    Ok(())
}

impl fmt::Display for EvaluatorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        list(&self.diagnostics, f)
    }
}

impl fmt::Display for AssessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        list(&self.diagnostics, f)
    }
}

impl std::error::Error for EvaluatorError {}
impl std::error::Error for AssessError {}

/// A computed number for a document. Everything computed here is finite; should it ever not be, a document still cannot hold it.
fn number(value: f64) -> Number {
    let finite = if value.is_finite() { value } else { 0.0 };
    #[expect(clippy::expect_used, reason = "finite by the line above")]
    Number::new(finite).expect("a finite number")
}

/// The project's README, whose Rust examples are run with this crate's.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../../docs/start/rust.md")]
struct FirstSteps;
