//! The study of submissions to a standard: from documents to an analysis and its document.

use talent_model::check::{self, Checker};
use talent_model::robustness::{Study, Subject, Variation};
use talent_model::{Bilingual, Community, Diagnostic, Robustness, Submission};

use super::RobustError;
use super::analysis::{Analysis, Start, analyse};
use super::check::{Names, check, check_period, failed, inert, not_contained, resolved};
use super::document::{Beside, OPEN_IN_SUBMISSIONS};
use super::run::Progress;
use super::submissions::Submissions;
use super::uniform::{Matrix, Point};
use crate::evaluator::{Evaluator, Options};

/// Submissions to a standard and a study of them, checked and laid out once.
///
/// ```
/// use std::ops::ControlFlow;
/// use talent_model::{Document, Submission, reference};
/// use talent_score::{Evaluator, robust::{RobustSubmissions, usual_study}};
/// # let text = include_str!("../../../docs/examples/new-shougang.submission.json");
/// let submission = Submission::from_json(text.as_bytes())?;
/// let evaluator = Evaluator::new(reference::standard())?;
/// let study = RobustSubmissions::new(&evaluator, &[(&submission, None)], &usual_study())?;
/// let analysis = study.run(&mut |_, _| ControlFlow::Continue(()))?;
/// let scores = analysis.distributions[0].scores.unwrap();
/// assert!(scores.low <= scores.median && scores.median <= scores.high);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct RobustSubmissions<'s> {
    evaluator: &'s Evaluator,
    submissions: Vec<(&'s Submission, &'s Community)>,
    model: Submissions<'s>,
    study: Study,
    found: Vec<Diagnostic>,
}

impl<'s> RobustSubmissions<'s> {
    /// Checks submissions and study, and lays them out. A submission that refers to its community comes with it.
    ///
    /// # Errors
    /// [`RobustError::Submissions`] where submissions cannot be scored, with everything found in each; else [`RobustError::Study`] with everything that is wrong with the study.
    pub fn new(evaluator: &'s Evaluator, submissions: &[(&'s Submission, Option<&'s Community>)], study: &Study) -> Result<Self, RobustError> {
        let submissions = checked(evaluator, submissions)?;
        let mut found = check(study, &names(evaluator), submissions.len());
        found.extend(own_checks(study));
        found.extend(check_period::<&str>(&[], study));
        if failed(&found) {
            return Err(RobustError::Study(found));
        }
        let mut model = Submissions::new(evaluator, &submissions, sets(evaluator, study));
        for (at, factor) in study.factors.iter().enumerate() {
            model.vary(factor);
            if model.numbers.last() == Some(&0) {
                found.push(inert(factor, at));
            }
        }
        Ok(Self { evaluator, submissions, model, study: resolved(study), found })
    }

    /// The study, with every default stated.
    #[must_use]
    pub fn study(&self) -> &Study {
        &self.study
    }

    /// Does the study. `progress` is told how many evaluations are done of how many, and says whether to go on.
    ///
    /// # Errors
    /// [`RobustError::Stopped`] when it was not to go on.
    pub fn run(&self, progress: Progress<'_>) -> Result<Analysis, RobustError> {
        let source = super::analysis::source(&self.study, &self.model.numbers);
        let ladder = &self.evaluator.standard.grades;
        let grades = if ladder.is_empty() {
            Vec::new()
        } else {
            let best_first = ladder.iter().enumerate().rev().map(|(at, grade)| (Some(grade.id.clone()), at + 1));
            best_first.chain([(None, 0)]).collect()
        };
        let start = Start {
            study: self.study.clone(),
            units: self.units(),
            scores: self.model.nominal().into_iter().map(|(score, _)| score).collect(),
            numbers: self.model.numbers.clone(),
            grades,
            found: self.found.clone(),
        };
        analyse(&self.model, &source, start, progress)
    }

    /// The names of the numbers that every draw varies, in their order: the factor, then what it varies.
    #[must_use]
    pub fn parameter_names(&self) -> Vec<String> {
        self.model.parameter_names(&self.submissions, &self.study.factors)
    }

    /// The numbers of one draw, made again: weights, values, shares of distance, positions between worst and best, 1 for in and 0 for out, or the place of the chosen option.
    #[must_use]
    pub fn parameters(&self, draw: u32) -> Vec<f64> {
        let source = super::analysis::source(&self.study, &self.model.numbers);
        self.model.parameters(&source, Point::of(draw, Matrix::A))
    }

    /// The analysis as a document.
    #[must_use]
    pub fn document(&self, analysis: &Analysis) -> Robustness {
        let stamps = self.submissions.iter().filter_map(|(submission, community)| self.evaluator.provenance(submission, community));
        let (mut submissions, mut communities, mut standard, mut engine) = (Vec::new(), Vec::new(), None, None);
        for stamp in stamps {
            submissions.push(stamp.submission);
            communities.push(stamp.community);
            (standard, engine) = (Some(stamp.standard), Some(stamp.engine));
        }
        let mut notices = Vec::new();
        let all = self.submissions.iter().flat_map(|(submission, community)| [&community.notice, &submission.notice]);
        for notice in std::iter::once(&self.evaluator.standard.notice).chain(all).flatten() {
            if !notices.contains(notice) {
                notices.push(notice.clone());
            }
        }
        analysis.to_document(Beside {
            subject: Subject {
                engine: engine.unwrap_or_else(crate::assess::engine),
                standard,
                submissions: submissions.into(),
                communities: communities.into(),
                tables: None,
                method: None,
            },
            notices,
            names: self.submissions.iter().map(|(_, community)| Some(community.name.clone())).collect(),
            open: OPEN_IN_SUBMISSIONS.to_vec(),
        })
    }

    /// The communities' identifiers; those of the submissions where a community is there more than once.
    fn units(&self) -> Vec<String> {
        let ids: Vec<&str> = self.submissions.iter().map(|(_, community)| community.id.as_str()).collect();
        let mut distinct = ids.clone();
        distinct.sort_unstable();
        distinct.dedup();
        if distinct.len() == ids.len() {
            return ids.into_iter().map(str::to_owned).collect();
        }
        self.submissions.iter().map(|(submission, _)| submission.id.as_str().to_owned()).collect()
    }
}

/// The submissions with their communities, when all of them can be scored.
fn checked<'s>(
    evaluator: &Evaluator,
    submissions: &[(&'s Submission, Option<&'s Community>)],
) -> Result<Vec<(&'s Submission, &'s Community)>, RobustError> {
    let checker = Checker::with_digest(&evaluator.standard, &evaluator.digest);
    let (mut sound, mut faulty) = (Vec::new(), Vec::new());
    for (at, (submission, community)) in submissions.iter().enumerate() {
        let found = match community {
            Some(community) => checker.check_with(submission, community),
            None => checker.check(submission),
        };
        match community.or(submission.community.as_ref()) {
            Some(community) if check::conforms(&found) => sound.push((*submission, community)),
            _ => faulty.push((at, found)),
        }
    }
    if faulty.is_empty() { Ok(sound) } else { Err(RobustError::Submissions(faulty)) }
}

fn names(evaluator: &Evaluator) -> Names {
    let nodes = evaluator.categories.iter().map(|info| info.category.id.as_str().to_owned());
    Names {
        nodes: std::iter::once("total".to_owned()).chain(nodes).collect(),
        indicators: evaluator.leaves.iter().map(|leaf| leaf.indicator.id.as_str().to_owned()).collect(),
        weight_sets: Some(evaluator.standard.weight_sets.iter().map(|set| set.id.as_str().to_owned()).collect()),
    }
}

fn own_checks(study: &Study) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (at, factor) in study.factors.iter().enumerate() {
        let why = match &factor.vary {
            Variation::Step(_) => Bilingual { en: "steps belong to an index from two tables", zh: "步骤只属于由两张表构建的指数" },
            _ => continue,
        };
        found.push(not_contained(factor, at, why));
    }
    found
}

/// The standard compiled with every weight set that a factor names.
fn sets(evaluator: &Evaluator, study: &Study) -> Vec<Evaluator> {
    let mut ids: Vec<_> = study
        .factors
        .iter()
        .filter_map(|factor| if let Variation::WeightSet(set) = &factor.vary { Some(&set.options) } else { None })
        .flatten()
        .collect();
    ids.sort();
    ids.dedup();
    let compiled = |id: &talent_model::id::WeightSetId| Evaluator::with_options(&evaluator.standard, &Options { weight_set: Some(id.clone()) }).ok();
    ids.into_iter().filter_map(compiled).collect()
}
