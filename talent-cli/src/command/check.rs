//! `talent check`.

use std::path::Path;

use talent_model::document::{Kind, Limits, kind_of};
use talent_model::{Assessment, Community, Document, Standard, Submission, check};

use crate::args::{Check, ReportFormat};
use crate::input::Source;
use crate::render::report::{self as reports, Report};
use crate::render::sarif::sarif;
use crate::render::text::Page;
use crate::{Outcome, Session, Status, engine};

use super::{community, faults, is_readable, open, report, standard};

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
    match kind_of(&source.bytes, Limits::default()) {
        Ok(Kind::Standard) => plain::<Standard>(&source, check::standard),
        Ok(Kind::Community) => plain::<Community>(&source, check::community),
        Ok(Kind::Assessment) => plain::<Assessment>(&source, |_| Vec::new()),
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

fn submission(source: &Source, standard: &Standard, community: Option<&Community>) -> Report {
    let mut digest = None;
    let mut made = match Submission::from_json(&source.bytes) {
        Err(error) => faults(source, error.diagnostics),
        Ok(submission) => {
            let (result, diagnostics) = match engine::assess(standard, &submission, community, None) {
                Ok(assessment) => {
                    (Some((assessment.verdicts, assessment.grade, assessment.provenance.standard.digest)), assessment.diagnostics.to_vec())
                }
                Err(diagnostics) => (None, diagnostics),
            };
            let mut report = report::<Submission>(source, diagnostics);
            report.readable = true;
            report.digest = submission.digest().ok().map(|digest| digest.to_string());
            if let Some((verdicts, grade, standard_digest)) = result {
                digest = Some(standard_digest);
                report.scorable = Some(verdicts.scorable);
                report.meets = grade.awarded.map(|id| (id.to_string(), grade.name.unwrap_or_default()));
            }
            report
        }
    };
    made.scorable = Some(made.scorable.unwrap_or(false));
    made.readable = made.readable && is_readable(&made.diagnostics);
    let digest = digest.or_else(|| standard.digest().ok()).map(|digest| digest.to_string()).unwrap_or_default();
    made.standard = Some([standard.id.to_string(), standard.version.to_string(), digest]);
    made
}
