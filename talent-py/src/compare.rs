//! Comparisons. Submissions come with what each is scored by; what is wrong comes back by submission, and for all of them together.

use std::borrow::Cow;

use pyo3::prelude::*;
use talent_model::Diagnostic;
use talent_model::comparison::{Comparison, Fence, RelativeValues};
use talent_model::id::{CommunityId, FactId};
use talent_model::index::{IndexMethod, Ties};
use talent_model::robustness::Study;
use talent_score::Evaluator;
use talent_score::compare::{Cohort, CompareOptions, Entry, difference};
use talent_score::robust::RobustError;

use crate::diagnostic::{Finding, findings};
use crate::document::{RawCommunity, RawComparison, RawStandard, RawSubmission, Shared};
use crate::engine::compiled;

/// The comparison, what is wrong with single submissions by their places, and what is wrong with all of them together.
type Compared = (Option<RawComparison>, Vec<(usize, Vec<Finding>)>, Vec<Finding>);

/// What was chosen, in words.
struct Choices {
    options: CompareOptions,
    relative: Option<(RelativeValues, IndexMethod)>,
    /// What is varied to say how sure ranks are; nothing where nobody wants to know.
    study: Option<Study>,
}

/// A word of a closed list.
fn word<T: Copy>(all: &[T], text: impl Fn(T) -> &'static str, wanted: &str, what: &str) -> PyResult<T> {
    all.iter().copied().find(|one| text(*one) == wanted).ok_or_else(|| {
        let known: Vec<&str> = all.iter().map(|one| text(*one)).collect();
        pyo3::exceptions::PyValueError::new_err(format!("there is no {what} `{wanted}`: there are {}", known.join(", ")))
    })
}

/// Compares submissions, each with the standard of the same place.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "the arguments of the Python function, which has names for them")]
pub(crate) fn compare(
    py: Python<'_>,
    submissions: Vec<PyRef<'_, RawSubmission>>,
    standards: Vec<PyRef<'_, RawStandard>>,
    communities: Vec<Option<PyRef<'_, RawCommunity>>>,
    weight_set: Option<&str>,
    ties: &str,
    across: Vec<String>,
    peers: Option<&str>,
    method: Option<&[u8]>,
    values: &str,
    study: Option<&[u8]>,
) -> PyResult<Compared> {
    let unknown = |fact: &str| pyo3::exceptions::PyValueError::new_err(format!("`{fact}` is no identifier of a fact"));
    let options = CompareOptions {
        ties: word(Ties::ALL, Ties::as_str, ties, "rule for ties")?,
        across: across.iter().map(|fence| word(Fence::ALL, Fence::as_str, fence, "fence")).collect::<PyResult<_>>()?,
        peers: peers.map(|fact| FactId::new(fact).map_err(|_| unknown(fact))).transpose()?,
    };
    let values = word(RelativeValues::ALL, RelativeValues::as_str, values, "kind of values")?;
    let relative = match method.map(IndexMethod::from_json).transpose() {
        Ok(method) => method.map(|method| (values, method)),
        Err(error) => return Ok((None, Vec::new(), findings(&error.diagnostics))),
    };
    let study = match study.map(Study::from_json).transpose() {
        Ok(study) => study,
        Err(error) => return Ok((None, Vec::new(), findings(&error.diagnostics))),
    };
    let submissions: Vec<&RawSubmission> = submissions.iter().map(|one| &**one).collect();
    let standards: Vec<&RawStandard> = standards.iter().map(|one| &**one).collect();
    let communities: Vec<Option<&RawCommunity>> = communities.iter().map(|one| one.as_deref()).collect();
    Ok(py.detach(|| match run(&submissions, &standards, &communities, weight_set, &Choices { options, relative, study }) {
        Ok(comparison) => (Some(RawComparison(Shared::new(comparison))), Vec::new(), Vec::new()),
        Err((faulty, found)) => (None, faulty.into_iter().map(|(place, found)| (place, findings(&found))).collect(), findings(&found)),
    }))
}

type Faults = (Vec<(usize, Vec<Diagnostic>)>, Vec<Diagnostic>);

fn run(
    submissions: &[&RawSubmission],
    standards: &[&RawStandard],
    communities: &[Option<&RawCommunity>],
    weight_set: Option<&str>,
    choices: &Choices,
) -> Result<Comparison, Faults> {
    let mut evaluators: Vec<Cow<'_, Evaluator>> = Vec::new();
    let mut places: Vec<usize> = Vec::new();
    for standard in standards {
        // With a set of weights a standard is compiled anew; once is enough for the same one.
        let same = standards.iter().position(|other| std::sync::Arc::ptr_eq(&other.0, &standard.0)).unwrap_or_default();
        match places.get(same) {
            Some(place) => places.push(*place),
            None => {
                evaluators.push(compiled(standard, weight_set).map_err(|found| (Vec::new(), found))?);
                places.push(evaluators.len() - 1);
            }
        }
    }
    let entries: Vec<Entry<'_>> = (submissions.iter().zip(&places).enumerate())
        .filter_map(|(at, (submission, place))| {
            let community = communities.get(at).copied().flatten().map(|community| &community.0.document);
            Some(Entry { evaluator: evaluators.get(*place)?, submission: &submission.0.document, community })
        })
        .collect();
    let cohort = Cohort::new(&entries, &choices.options).map_err(|error| (error.faulty, error.diagnostics))?;
    let mut comparison = match &choices.relative {
        None => cohort.compare(),
        Some((values, method)) => cohort.compare_with(*values, method).map_err(|error| (Vec::new(), error.diagnostics))?,
    };
    if let Some(study) = &choices.study {
        comparison.confidence = cohort.confidence(study).map_err(|error| match error {
            RobustError::Study(found) => (Vec::new(), found),
            RobustError::Submissions(faulty) => (faulty, Vec::new()),
            RobustError::Stopped => (Vec::new(), Vec::new()),
        })?;
    }
    Ok(comparison)
}

/// The difference of two communities as JSON; nothing when one of them is not there or has no total.
#[pyfunction]
pub(crate) fn compare_difference(py: Python<'_>, comparison: &RawComparison, of: &str, against: &str) -> Option<String> {
    py.detach(|| {
        let (of, against) = (CommunityId::new(of).ok()?, CommunityId::new(against).ok()?);
        serde_json::to_string(&difference(&comparison.0.document, &of, &against)?).ok()
    })
}
