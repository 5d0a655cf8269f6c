//! `talent robustness`.

use std::ops::ControlFlow;
use std::path::Path;

use talent_model::diagnostic::Severity;
use talent_model::quantity::{Count, Share};
use talent_model::robustness::{Sampling, Sensitivity, Study};
use talent_model::{Community, Diagnostic, Document, Submission};
use talent_score::robust::{RobustError, RobustSubmissions, usual_study};
use talent_score::{Evaluator, Options};

use crate::args::{Robustness as Args, StudyArgs, TableFormat};
use crate::render::findings::Findings;
use crate::render::report::Report;
use crate::render::robustness as render;
use crate::render::text::Page;
use crate::render::words::InLanguage;
use crate::{Outcome, Session, Status};

use super::{Handed, community, faults, misused, open, refuse, standard, submission, weight_set};

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Outcome {
    match study(args, session) {
        Ok(outcome) | Err(outcome) => outcome,
    }
}

fn study(args: &Args, session: &mut Session<'_>) -> Result<Outcome, Outcome> {
    let standard = standard(args.standard.as_deref(), session).map_err(|report| refuse(&report, args.all, session))?;
    let weight_set = weight_set(&standard, args.weight_set.as_deref()).map_err(|unknown| misused(&unknown, session))?;
    let community = community(args.community.as_deref(), session).map_err(|report| refuse(&report, args.all, session))?;
    let study = chosen(&args.study, usual_study(), args.all, session)?;
    let mut handed = Vec::new();
    let mut reports = Vec::new();
    for path in &args.files {
        match submission(path, &standard, session) {
            Ok(one) => handed.push(one),
            Err(report) => reports.push(*report),
        }
    }
    // The standard was checked when it was read.
    let evaluator = Evaluator::with_options(&standard, &Options { weight_set: weight_set.cloned() })
        .map_err(|error| told(&error.diagnostics, args.study.study.as_deref(), args.all, session))?;
    let given: Vec<(&Submission, Option<&Community>)> = handed.iter().map(|one| (&one.submission, referred(one, community.as_ref()))).collect();
    let robust = match RobustSubmissions::new(&evaluator, &given, &study) {
        Ok(robust) => robust,
        Err(RobustError::Submissions(faulty)) => {
            reports.extend(faulty.into_iter().filter_map(|(at, found)| Some(handed.get(at)?.report(found))));
            return Err(refused(&reports, args.all, session));
        }
        Err(RobustError::Study(found)) => return Err(told(&found, args.study.study.as_deref(), args.all, session)),
        Err(RobustError::Stopped) => return Err(Outcome::failed(Status::CouldNotRun, String::new())),
    };
    if !reports.is_empty() {
        return Err(refused(&reports, args.all, session));
    }
    let Ok(analysis) = robust.run(&mut |_, _| ControlFlow::Continue(())) else { return Err(Outcome::failed(Status::CouldNotRun, String::new())) };
    let document = robust.document(&analysis);
    let product = match args.format {
        TableFormat::Json => document.to_json(),
        TableFormat::Csv => render::csv(&document),
        TableFormat::Text => render::print(&document, Some(&*standard), args.all, session.lang, session.style),
    };
    Ok(Outcome::of(Status::Clean, product))
}

/// The community given, where the submission has none of its own.
fn referred<'c>(handed: &Handed, community: Option<&'c Community>) -> Option<&'c Community> {
    community.filter(|community| handed.submission.community_ref.as_ref().is_some_and(|referred| referred.id == community.id))
}

/// The study of a file, or the usual one, with so many draws.
pub(crate) fn with_draws(path: Option<&Path>, usual: Study, draws: Option<u32>, all: bool, session: &mut Session<'_>) -> Result<Study, Outcome> {
    let mut study = match path {
        None => usual,
        Some(path) => {
            let source = open(path, session).map_err(|report| refuse(&report, all, session))?;
            Study::from_json(&source.bytes).map_err(|error| refuse(&faults(&source, error.diagnostics, session.limits), all, session))?
        }
    };
    study.draws = draws.map(u64::from).and_then(count).or(study.draws);
    Ok(study)
}

#[expect(clippy::cast_precision_loss, reason = "a seed beyond the exact range is rounded, and the document says to what")]
fn count(number: u64) -> Option<Count> {
    Count::new(number as f64)
}

/// What the command line says in place of the study.
pub(crate) fn chosen(args: &StudyArgs, usual: Study, all: bool, session: &mut Session<'_>) -> Result<Study, Outcome> {
    let mut study = with_draws(args.study.as_deref(), usual, args.draws, all, session)?;
    study.seed = args.seed.and_then(count).or(study.seed);
    study.interval = args.interval.and_then(Share::new).or(study.interval);
    if args.sobol {
        study.sampling = Some(Sampling::Sobol);
    }
    if let Some(base) = args.sensitivity.map(u64::from).and_then(count) {
        let asked = study.sensitivity.take();
        study.sensitivity = Some(match asked {
            Some(sensitivity) => Sensitivity { base, ..sensitivity },
            None => Sensitivity { base, resamples: None, confidence: None, screening: None },
        });
    }
    Ok(study)
}

/// What is wrong with the study itself.
pub(crate) fn told(diagnostics: &[Diagnostic], path: Option<&Path>, all: bool, session: &Session<'_>) -> Outcome {
    let label = path.map_or_else(|| ("study", "研究方案").say(session.lang).to_owned(), crate::input::label);
    let mut page = Page::default();
    Findings { label: &label, text: None, diagnostics }.print(all, session.lang, session.complaint_style, &mut page);
    Outcome::failed(Status::Findings, page.done())
}

/// Everything that is wrong with every file.
pub(crate) fn refused(reports: &[Report], all: bool, session: &Session<'_>) -> Outcome {
    let mut page = Page::default();
    for report in reports {
        page.gap();
        report.print(all, session.lang, session.complaint_style, &mut page);
    }
    let status = reports.iter().map(|report| report.status(Severity::Error)).max().unwrap_or(Status::Findings);
    Outcome::failed(status.max(Status::Findings), page.done())
}
