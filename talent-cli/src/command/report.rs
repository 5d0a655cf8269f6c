//! `talent report`: an assessment for people.

use std::path::Path;

use talent_model::document::{Kind, kind_of};
use talent_model::{Assessment, Document, Lang, Submission, workbook};
use talent_score::report::{Material, Rendition, Report};

use crate::args::{Report as Args, ReportForm};
use crate::input::failure;
use crate::{Outcome, Session, Status, engine};

use super::{binary_needs_a_file, community, faults, handed, misused, open, refuse, report, standard, weight_set};

/// The form that was asked for, or that the name of the file asks for.
fn form(args: &Args, output: Option<&Path>) -> ReportForm {
    let named = || match output.and_then(Path::extension).and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("md" | "markdown") => ReportForm::Md,
        Some("xlsx") => ReportForm::Xlsx,
        _ => ReportForm::Html,
    };
    args.format.unwrap_or_else(named)
}

pub(crate) fn run(args: &Args, output: Option<&Path>, session: &mut Session<'_>) -> Outcome {
    let form = form(args, output);
    if form == ReportForm::Xlsx && output.is_none() {
        return binary_needs_a_file(session);
    }
    let standard = match standard(args.standard.as_deref(), session) {
        Ok(standard) => standard,
        Err(report) => return refuse(&report, args.all, session),
    };
    let weights = match weight_set(&standard, args.weight_set.as_deref()) {
        Ok(found) => found,
        Err(unknown) => return misused(&unknown, session),
    };
    let community = match community(args.community.as_deref(), session) {
        Ok(community) => community,
        Err(report) => return refuse(&report, args.all, session),
    };
    let source = match open(&args.file, session) {
        Ok(source) => source,
        Err(report) => return refuse(&report, args.all, session),
    };
    let is_assessment =
        !workbook::is_form(&source.bytes) && kind_of(&source.bytes, session.limits.document).is_ok_and(|kind| kind == Kind::Assessment);
    if is_assessment {
        return match Assessment::from_json_within(&source.bytes, session.limits.document) {
            Err(error) => refuse(&faults(&source, error.diagnostics, session.limits), args.all, session),
            Ok(assessment) => match render(args, form, &Material::new(&assessment, &standard), session) {
                Ok(outcome) => outcome,
                Err(found) => refuse(&report::<Assessment>(&source, found), args.all, session),
            },
        };
    }
    let handed = match handed(source, &standard, session.limits) {
        Ok(handed) => handed,
        Err(report) => return refuse(&report, args.all, session),
    };
    let assessment = match engine::assess(&standard, &handed.submission, community.as_ref(), weights) {
        Ok(assessment) => assessment,
        Err(diagnostics) => return refuse(&handed.report(diagnostics), args.all, session),
    };
    // With the cell of every finding, where there are cells.
    let findings = handed.report(assessment.diagnostics.to_vec()).examined.diagnostics;
    let material = Material { submission: Some(&handed.submission), findings: Some(&findings), ..Material::new(&assessment, &standard) };
    match render(args, form, &material, session) {
        Ok(outcome) => outcome,
        Err(found) => refuse(&report::<Submission>(&handed.source, found), args.all, session),
    }
}

fn render(args: &Args, form: ReportForm, material: &Material<'_>, session: &Session<'_>) -> Result<Outcome, Vec<talent_model::Diagnostic>> {
    let other = if session.lang == Lang::En { Lang::Zh } else { Lang::En };
    let langs = if args.both { vec![session.lang, other] } else { vec![session.lang] };
    let report = Report::new(material, &Rendition { langs, public: args.public }).map_err(|error| error.diagnostics)?;
    Ok(match form {
        ReportForm::Html => Outcome::of(Status::Clean, report.to_html()),
        ReportForm::Md => Outcome::of(Status::Clean, report.to_markdown()),
        ReportForm::Xlsx => match report.to_workbook() {
            Ok(bytes) => Outcome::of_bytes(Status::Clean, bytes),
            Err(why) => {
                let why = std::borrow::Cow::Owned((why.clone(), why));
                misused(&failure(talent_model::diagnostic::Code::FileNotWritten, ".xlsx", why), session)
            }
        },
    })
}
