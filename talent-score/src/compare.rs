//! Many communities under one method, fenced to like with like.
//!
//! [`compare`] scores every submission by the same kernel as [`assess`](crate::assess), refuses to set unlike beside like, ranks what may be ranked, and says how surely one
//! community is above another. [`difference`] takes the difference of two totals apart. What the words and numbers mean is written in `docs/design/compare.md`.

mod cohort;
#[cfg(feature = "robust")]
mod confidence;
mod difference;
mod fence;
mod order;
mod peers;
#[cfg(feature = "index")]
mod relative;
mod without;

use std::fmt;

use talent_model::comparison::{Comparison, Fence};
use talent_model::id::FactId;
use talent_model::index::Ties;
use talent_model::{Community, Diagnostic, Submission};

pub use cohort::Cohort;
pub use difference::difference;

use crate::Evaluator;

/// One submission to compare, and what it is scored by.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'e> {
    /// The standard, compiled. Usually the same for all.
    pub evaluator: &'e Evaluator,
    /// The submission.
    pub submission: &'e Submission,
    /// The community, where the submission only refers to it.
    pub community: Option<&'e Community>,
}

/// What may be chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct CompareOptions {
    /// How ties are resolved; 1, 2, 2, 4 unless stated.
    pub ties: Ties,
    /// The fences to be crossed. What lies on both sides of one is marked by a warning in place of being refused.
    pub across: Vec<Fence>,
    /// The fact by which communities are peers. Absent: their type.
    pub peers: Option<FactId>,
}

impl Default for CompareOptions {
    fn default() -> Self {
        Self { ties: Ties::Competition, across: Vec::new(), peers: None }
    }
}

/// Submissions that cannot be compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompareError {
    /// What is wrong with single submissions, by their places in the list that was given.
    pub faulty: Vec<(usize, Vec<Diagnostic>)>,
    /// What is wrong with all of them together.
    pub diagnostics: Vec<Diagnostic>,
}

impl fmt::Display for CompareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: Vec<Diagnostic> = self.faulty.iter().flat_map(|(_, found)| found).chain(&self.diagnostics).cloned().collect();
        crate::list(&all, f)
    }
}

impl std::error::Error for CompareError {}

/// Compares submissions. The order in which they are given changes nothing.
///
/// # Errors
/// [`CompareError`] with everything that is wrong with each of them, and with all of them together.
///
/// ```
/// use talent_model::{Document, Submission, reference};
/// use talent_score::compare::{CompareOptions, Entry, compare};
/// use talent_score::Evaluator;
/// # let texts = [include_str!("../../docs/examples/new-shougang.submission.json"), include_str!("../../docs/examples/beijing-etda.submission.json")];
/// let evaluator = Evaluator::new(reference::standard())?;
/// let submissions = texts.map(|text| Submission::from_json(text.as_bytes()).unwrap());
/// let entries = submissions.each_ref().map(|submission| Entry { evaluator: &evaluator, submission, community: None });
/// let comparison = compare(&entries, &CompareOptions::default())?;
/// assert_eq!(comparison.pairs[0].better.as_str(), "beijing-etda");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compare(entries: &[Entry<'_>], options: &CompareOptions) -> Result<Comparison, CompareError> {
    Ok(Cohort::new(entries, options)?.compare())
}
