//! `talent check`.

use std::path::Path;

use talent_model::document::{Kind, Limits, kind_of};
use talent_model::{Assessment, Community, Document, Robustness, Standard, Submission, check, workbook};

use crate::args::{Check, ReportFormat};
use crate::input::Source;
use crate::render::report::{self as reports, Report};
use crate::render::sarif::sarif;
use crate::render::text::Page;
use crate::{Outcome, Session, Status, engine};

use super::{community, faults, in_workbook, is_readable, open, report, standard};

pub(crate) fn run(args: &Check, session: &mut Session<'_>) -> Outcome {
    let context = standard(args.standard.as_deref(), session).and_then(|standard| Ok((standard, community(args.community.as_deref(), session)?)));
    let found = match context {
        Ok((standard, community)) => args.files.iter().map(|path| one(path, &standard, community.as_ref(), session)).collect(),
        // Without them, nothing that is said of a submission would hold.
        Err(report) => vec![*report],
    };
    finish(&found, args.format, args.all, session)
}

/// Prints reports in the format asked for.
pub(crate) fn finish(found: &[Report], format: ReportFormat, all: bool, session: &Session<'_>) -> Outcome {
    let status = found.iter().map(Report::status).max().unwrap_or(Status::Clean);
    let product = match format {
        ReportFormat::Json => reports::json(found, session.lang),
        ReportFormat::Sarif => sarif(found, session.lang),
        ReportFormat::Text => {
            let mut page = Page::default();
            for report in found {
                page.gap();
                report.print(all, session.lang, session.style, &mut page);
            }
            page.done()
        }
    };
    Outcome::of(status, product)
}

fn one(path: &Path, standard: &Standard, community: Option<&Community>, session: &mut Session<'_>) -> Report {
    let source = match open(path, session) {
        Ok(source) => source,
        Err(report) => return *report,
    };
    if workbook::is_workbook(&source.bytes) {
        return in_cells(&source, standard, community);
    }
    match kind_of(&source.bytes, Limits::default()) {
        Ok(Kind::Standard) => plain::<Standard>(&source, check::standard),
        Ok(Kind::Community) => plain::<Community>(&source, check::community),
        Ok(Kind::Assessment) => plain::<Assessment>(&source, |_| Vec::new()),
        Ok(Kind::Robustness) => plain::<Robustness>(&source, |_| Vec::new()),
        Ok(Kind::Submission) => submission(&source, standard, community),
        Err(error) => faults(&source, error.diagnostics),
    }
}

/// A document that is checked by itself.
pub(crate) fn plain<D: Document>(source: &Source, check: impl Fn(&D) -> Vec<talent_model::Diagnostic>) -> Report {
    match D::from_json(&source.bytes) {
        Err(error) => faults(source, error.diagnostics),
        Ok(document) => {
            let mut report = report::<D>(source, check(&document));
            report.digest = document.digest().ok().map(|digest| digest.to_string());
            report
        }
    }
}

/// A filled workbook. What of it was understood is checked even if some of its cells were not.
pub(crate) fn in_cells(source: &Source, standard: &Standard, community: Option<&Community>) -> Report {
    let reading = workbook::read(standard, &source.bytes);
    let Some(submission) = &reading.submission else { return against(in_workbook(source, &reading, Vec::new()), standard, None) };
    let (result, found) = scored(standard, submission, community);
    let mut report = in_workbook(source, &reading, found);
    report.digest = submission.digest().ok().map(|digest| digest.to_string());
    // A result of what happened to be understood would be the result of nobody's answers.
    against(report, standard, result.filter(|_| reading.is_sound()))
}

fn submission(source: &Source, standard: &Standard, community: Option<&Community>) -> Report {
    let (mut made, result) = match Submission::from_json(&source.bytes) {
        Err(error) => (faults(source, error.diagnostics), None),
        Ok(submission) => {
            let (result, diagnostics) = scored(standard, &submission, community);
            let mut report = report::<Submission>(source, diagnostics);
            report.readable = true;
            report.digest = submission.digest().ok().map(|digest| digest.to_string());
            (report, result)
        }
    };
    made.readable = made.readable && is_readable(&made.diagnostics);
    against(made, standard, result)
}

/// The result of a submission, if it has one, and what was found.
fn scored(standard: &Standard, submission: &Submission, community: Option<&Community>) -> (Option<Assessment>, Vec<talent_model::Diagnostic>) {
    match engine::assess(standard, submission, community, None) {
        Ok(assessment) => {
            let found = assessment.diagnostics.to_vec();
            (Some(assessment), found)
        }
        Err(diagnostics) => (None, diagnostics),
    }
}

/// Completes a report about a submission with what it is worth, and by which standard.
fn against(mut report: Report, standard: &Standard, result: Option<Assessment>) -> Report {
    report.scorable = Some(result.as_ref().is_some_and(|result| result.verdicts.scorable));
    let digest = match result {
        Some(result) => {
            report.meets = result.grade.awarded.map(|id| (id.to_string(), result.grade.name.unwrap_or_default()));
            result.provenance.standard.digest.to_string()
        }
        None => standard.digest().ok().map(|digest| digest.to_string()).unwrap_or_default(),
    };
    report.standard = Some([standard.id.to_string(), standard.version.to_string(), digest]);
    report
}
