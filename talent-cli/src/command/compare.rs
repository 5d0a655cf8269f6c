//! `talent compare`.

use std::borrow::Cow;
use std::path::Path;

use talent_model::comparison::{Comparison, RankConfidence};
use talent_model::diagnostic::{Code, Pointer, Severity};
use talent_model::document::Document;
use talent_model::id::{CommunityId, FactId};
use talent_model::index::IndexMethod;
use talent_model::{Community, Diagnostic, Standard, Submission, workbook};
use talent_score::compare::{Cohort, CompareError, CompareOptions, Entry, difference};
use talent_score::robust::{RobustError, usual_study};
use talent_score::{Evaluator, Options};

use crate::args::{Compare, TableFormat};
use crate::render::findings::Findings;
use crate::render::report::Report;
use crate::render::text::Page;
use crate::render::words::InLanguage;
use crate::render::{comparison as render, report};
use crate::{Outcome, Session, Status};

use super::{Handed, community, faults, handed, misused, open, refuse, standard, unknown};

pub(crate) fn run(args: &Compare, session: &mut Session<'_>) -> Outcome {
    match compare(args, session) {
        Ok(outcome) | Err(outcome) => outcome,
    }
}

fn compare(args: &Compare, session: &mut Session<'_>) -> Result<Outcome, Outcome> {
    let standards = standards(args, session)?;
    let evaluators = evaluators(args, &standards, session)?;
    let communities = communities(args, session)?;
    let method = method(args, session)?;
    let peers = match &args.peers {
        Some(fact) => Some(FactId::new(fact).map_err(|_| misused(&no_peers(fact), session))?),
        None => None,
    };
    let options = CompareOptions { ties: args.ties.into(), across: args.across.iter().map(|fence| (*fence).into()).collect(), peers };

    let mut read = Vec::new();
    let mut reports = Vec::new();
    for (at, path) in args.files.iter().enumerate() {
        match one(path, &standards, session) {
            Ok((handed, standard)) => read.push((at, handed, standard)),
            Err(report) => reports.push((at, *report)),
        }
    }
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for (_, handed, place) in &read {
        let referred = handed.submission.community_ref.as_ref();
        let community = referred.and_then(|referred| communities.iter().find(|community| community.id == referred.id));
        // A submission that carries its community needs no other.
        let community = community.filter(|_| handed.submission.community.is_none());
        // The places are those of the standards that were compiled.
        entries.extend(evaluators.get(*place).map(|evaluator| Entry { evaluator, submission: &handed.submission, community }));
    }
    let mut cohort = Cohort::new(&entries, &options);
    if let Err(error) = &cohort {
        let faulty: Vec<usize> = error.faulty.iter().map(|(place, _)| *place).collect();
        reports.extend(error.faulty.iter().filter_map(|(place, found)| read.get(*place).map(|(at, handed, _)| (*at, handed.report(found.clone())))));
        if args.skip_faulty && !faulty.is_empty() {
            let kept = entries.iter().enumerate().filter(|(place, _)| !faulty.contains(place));
            entries = kept.map(|(_, entry)| *entry).collect();
            cohort = Cohort::new(&entries, &options);
        }
    }
    // In the order in which the files were named.
    reports.sort_by_key(|(at, _)| *at);
    let reports: Vec<Report> = reports.into_iter().map(|(_, report)| report).collect();
    let may_go_on = args.skip_faulty && reports.iter().all(|report| !report.unopened);
    let cohort = match cohort {
        Ok(cohort) if reports.is_empty() || may_go_on => cohort,
        Ok(_) => return Err(refused(&reports, &CompareError::default(), args, session)),
        Err(error) => return Err(refused(&reports, &error, args, session)),
    };
    let mut comparison = match &method {
        None => cohort.compare(),
        Some((source, method)) => cohort.compare_with(args.values.into(), method).map_err(|error| {
            refuse(&Report { label: source.label.clone(), ..faults(source, error.diagnostics, session.limits) }, args.all, session)
        })?,
    };
    comparison.confidence = confidence(args, &cohort, session)?;
    comparison.diagnostics = left_out(&reports).into_iter().chain(comparison.diagnostics.iter().cloned()).collect();
    let product = product(args, &comparison, &standards, session)?;
    let mut outcome = Outcome::of(if reports.is_empty() { Status::Clean } else { Status::Findings }, product);
    outcome.complaint = listed(&reports, args, session);
    if args.format == TableFormat::Csv || (!args.between.is_empty() && args.format == TableFormat::Json) {
        // Columns and differences have no place for findings, and these must not be lost.
        let mut page = Page::default();
        let label = ("comparison", "比较").say(session.lang);
        let findings = Findings { label, text: None, diagnostics: &comparison.diagnostics };
        findings.print(args.all, session.lang, session.complaint_style, &mut page);
        outcome.complaint.push_str(&page.done());
    }
    Ok(outcome)
}

/// How sure the ranks are, unless no draws are wanted.
fn confidence(args: &Compare, cohort: &Cohort<'_>, session: &mut Session<'_>) -> Result<Option<RankConfidence>, Outcome> {
    if args.draws == Some(0) {
        return Ok(None);
    }
    let study = super::robustness::with_draws(args.study.as_deref(), usual_study(), args.draws, args.all, session)?;
    cohort.confidence(&study).map_err(|error| match error {
        RobustError::Study(found) => super::robustness::told(&found, args.study.as_deref(), args.all, session),
        // The submissions were let through before, and nobody stops it.
        RobustError::Submissions(_) | RobustError::Stopped => Outcome::failed(Status::CouldNotRun, String::new()),
    })
}

fn standards(args: &Compare, session: &mut Session<'_>) -> Result<Vec<Cow<'static, Standard>>, Outcome> {
    if args.standards.is_empty() {
        return Ok(vec![Cow::Borrowed(talent_model::reference::standard())]);
    }
    let mut standards = Vec::new();
    for path in &args.standards {
        standards.push(standard(Some(path), session).map_err(|report| refuse(&report, args.all, session))?);
    }
    Ok(standards)
}

fn evaluators(args: &Compare, standards: &[Cow<'_, Standard>], session: &Session<'_>) -> Result<Vec<Evaluator>, Outcome> {
    let mut evaluators = Vec::new();
    for standard in standards {
        let sets = || standard.weight_sets.iter().map(|set| &set.id);
        let weight_set = match &args.weight_set {
            Some(wanted) => Some(sets().find(|id| id.as_str() == wanted).cloned().ok_or_else(|| {
                let known: Vec<&str> = sets().map(|id| id.as_str()).collect();
                misused(&unknown(("weight set", "权重方案"), wanted, &known), session)
            })?),
            None => None,
        };
        // The standards were checked when they were read.
        let evaluator = Evaluator::with_options(standard, &Options { weight_set });
        evaluators.push(
            evaluator.map_err(|error| refused(&[], &CompareError { diagnostics: error.diagnostics, ..CompareError::default() }, args, session))?,
        );
    }
    Ok(evaluators)
}

fn communities(args: &Compare, session: &mut Session<'_>) -> Result<Vec<Community>, Outcome> {
    let mut communities = Vec::new();
    for path in &args.communities {
        communities.extend(community(Some(path), session).map_err(|report| refuse(&report, args.all, session))?);
    }
    Ok(communities)
}

fn method(args: &Compare, session: &mut Session<'_>) -> Result<Option<(crate::input::Source, IndexMethod)>, Outcome> {
    let Some(path) = &args.method else { return Ok(None) };
    let source = open(path, session).map_err(|report| refuse(&report, args.all, session))?;
    match IndexMethod::from_json(&source.bytes) {
        Ok(method) => Ok(Some((source, method))),
        Err(error) => Err(refuse(&faults(&source, error.diagnostics, session.limits), args.all, session)),
    }
}

/// Reads a submission, with the place of the standard that it answers; the first one where it answers none of them.
fn one(path: &Path, standards: &[Cow<'_, Standard>], session: &mut Session<'_>) -> Result<(Handed, usize), Box<Report>> {
    let limits = session.limits;
    let source = open(path, session)?;
    let place = if workbook::is_workbook(&source.bytes) {
        let reads = |standard: &Cow<'_, Standard>| workbook::read_within(standard, &source.bytes, limits.form).is_sound();
        if standards.len() == 1 { 0 } else { standards.iter().position(reads).unwrap_or_default() }
    } else {
        let pin = Submission::from_json_within(&source.bytes, limits.document).map(|submission| submission.standard);
        let answers = |standard: &Cow<'_, Standard>| pin.as_ref().is_ok_and(|pin| pin.id == standard.id && pin.version == standard.version);
        standards.iter().position(answers).unwrap_or_default()
    };
    let Some(standard) = standards.get(place) else { return Err(Box::new(faults(&source, Vec::new(), limits))) };
    Ok((handed(source, standard, limits)?, place))
}

fn no_peers(fact: &str) -> Diagnostic {
    Diagnostic::new(Code::NoPeers, Pointer::root()).with("found", fact)
}

/// What was left out, for the comparison itself.
fn left_out(reports: &[Report]) -> Vec<Diagnostic> {
    let one = |report: &Report| {
        let errors = report.examined.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
        Diagnostic::new(Code::FaultyLeftOut, Pointer::root()).with("found", &report.label).with("count", errors.to_string())
    };
    let mut found: Vec<Diagnostic> = reports.iter().map(one).collect();
    found.sort_by(|a, b| a.params.get("found").cmp(&b.params.get("found")));
    found
}

/// The reports about faulty submissions, one below the other.
fn listed(reports: &[Report], args: &Compare, session: &Session<'_>) -> String {
    let mut page = Page::default();
    for report in reports {
        page.gap();
        report.print(args.all, session.lang, session.complaint_style, &mut page);
    }
    page.done()
}

/// Nothing was compared: everything that is wrong with every file, and with all of them together.
fn refused(reports: &[Report], error: &CompareError, args: &Compare, session: &Session<'_>) -> Outcome {
    let mut page = Page::default();
    page.add(&listed(reports, args, session));
    // Too few are left only because of what is wrong with the others.
    let follows = |d: &Diagnostic| {
        d.code == Code::TooFewToCompare && !reports.is_empty() && !(args.skip_faulty && reports.iter().all(|report| !report.unopened))
    };
    let diagnostics: Vec<Diagnostic> = error.diagnostics.iter().filter(|d| !follows(d)).cloned().collect();
    if !diagnostics.is_empty() {
        page.gap();
        let label = ("comparison", "比较").say(session.lang);
        Findings { label, text: None, diagnostics: &diagnostics }.print(args.all, session.lang, session.complaint_style, &mut page);
    }
    let status = reports.iter().map(|report| report.status(Severity::Error)).max().unwrap_or(Status::Findings).max(Status::Findings);
    Outcome::failed(status, page.done())
}

fn product(args: &Compare, comparison: &Comparison, standards: &[Cow<'_, Standard>], session: &Session<'_>) -> Result<String, Outcome> {
    let [of, against] = args.between.as_slice() else {
        return Ok(match args.format {
            TableFormat::Json => comparison.to_json(),
            TableFormat::Csv => render::columns::comparison(comparison),
            TableFormat::Text => render::print(comparison, standards, args.all, session.lang, session.style),
        });
    };
    let known: Vec<&str> = comparison.communities.iter().map(|one| one.community.id.as_str()).collect();
    let find = |id: &String| {
        let known_id = CommunityId::new(id).ok().filter(|id| known.contains(&id.as_str()));
        known_id.ok_or_else(|| misused(&unknown_community(id, &known), session))
    };
    let (of, against) = (find(of)?, find(against)?);
    let Some(difference) = difference(comparison, &of, &against) else {
        let without = |id: &&CommunityId| comparison.communities.iter().any(|one| one.community.id == **id && one.total.score.is_none());
        let id = [&of, &against].into_iter().find(without).unwrap_or(&of);
        let why = talent_model::Bilingual { en: "it has no total", zh: "没有总分" };
        return Err(misused(&Diagnostic::new(Code::NotRanked, Pointer::root()).with("found", id.as_str()).bilingual("why", why), session));
    };
    Ok(match args.format {
        TableFormat::Json => report::pretty(&serde_json::to_value(&difference).unwrap_or_default()),
        TableFormat::Csv => render::columns::difference(&difference),
        TableFormat::Text => render::difference::print(&difference, comparison, args.all, session.lang, session.style),
    })
}

fn unknown_community(id: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::NotCompared, Pointer::root()).with("found", id);
    match super::near(id, known.iter().copied()) {
        None => diagnostic.with("choices", known.join(", ")),
        near => diagnostic.suggest(near),
    }
}
