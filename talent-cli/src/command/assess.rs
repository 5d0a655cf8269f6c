//! `talent assess`.

use talent_model::Document;

use crate::args::{Assess, Format};
use crate::render::findings::Findings;
use crate::{Outcome, Session, Status, engine, render};

use super::{community, misused, refuse, standard, submission, unknown, weight_set};

pub(crate) fn run(args: &Assess, session: &mut Session<'_>) -> Outcome {
    let standard = match standard(args.standard.as_deref(), session) {
        Ok(standard) => standard,
        Err(report) => return refuse(&report, args.all, session),
    };
    let rank = |grade: &str| standard.grades.iter().position(|other| other.id.as_str() == grade);
    let needed = match args.fail_under.as_deref().map(|grade| (grade, rank(grade))) {
        Some((grade, None)) => {
            let known: Vec<&str> = standard.grades.iter().map(|grade| grade.id.as_str()).collect();
            return misused(&unknown(("grade", "等级"), grade, &known), session);
        }
        Some((_, rank)) => rank,
        None => None,
    };
    let weight_set = match weight_set(&standard, args.weight_set.as_deref()) {
        Ok(found) => found,
        Err(unknown) => return misused(&unknown, session),
    };
    let community = match community(args.community.as_deref(), session) {
        Ok(community) => community,
        Err(report) => return refuse(&report, args.all, session),
    };
    let handed = match submission(&args.file, &standard, session) {
        Ok(handed) => handed,
        Err(report) => return refuse(&report, args.all, session),
    };
    let assessment = match engine::assess(&standard, &handed.submission, community.as_ref(), weight_set) {
        Ok(assessment) => assessment,
        Err(diagnostics) => return refuse(&handed.report(diagnostics), args.all, session),
    };
    let product = match args.format {
        Format::Json => assessment.to_json(),
        Format::Text => {
            let report = handed.report(assessment.diagnostics.to_vec());
            let findings = Findings { label: &report.label, text: None, diagnostics: &report.examined.diagnostics };
            render::assessment::print(&assessment, &standard, &findings, args.all, session.lang, session.style)
        }
    };
    let reached = assessment.grade.awarded.as_ref().and_then(|grade| rank(grade.as_str()));
    // No grade is below every grade.
    let status = if needed.is_some_and(|needed| reached.is_none_or(|reached| reached < needed)) { Status::Findings } else { Status::Clean };
    Outcome::of(status, product)
}
