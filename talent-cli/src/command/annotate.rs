//! `talent annotate`: the sender's own workbook back, with what was found in its cells.

use std::path::Path;

use talent_model::diagnostic::Severity;
use talent_model::document::Kind;
use talent_model::workbook;
use talent_score::Evaluator;

use crate::args::Annotate;
use crate::examine::{Examined, Examiner, Surroundings};
use crate::input::label;
use crate::render::report::Report;
use crate::render::text::Page;
use crate::{Outcome, Session};

use super::{binary_needs_a_file, community, only_workbooks, open, refuse, standard};

pub(crate) fn run(args: &Annotate, output: Option<&Path>, session: &mut Session<'_>) -> Outcome {
    if output.is_none() {
        return binary_needs_a_file(session);
    }
    let context = standard(args.standard.as_deref(), session).and_then(|standard| Ok((standard, community(args.community.as_deref(), session)?)));
    let (standard, community) = match context {
        Ok(context) => context,
        Err(report) => return refuse(&report, true, session),
    };
    let source = match open(&args.file, session) {
        Ok(source) => source,
        Err(report) => return refuse(&report, true, session),
    };
    if !workbook::is_workbook(&source.bytes) {
        return refuse(&only_workbooks(&source), true, session);
    }
    let evaluator = match Evaluator::new(&standard) {
        Ok(evaluator) => evaluator,
        Err(error) => {
            let examined = Examined::of(Some(Kind::Standard), error.diagnostics);
            return refuse(&Report { label: args.standard.as_deref().map(label).unwrap_or_default(), examined, ..Report::default() }, true, session);
        }
    };
    let beside = Surroundings { community: community.as_ref(), limits: session.limits, ..Surroundings::default() };
    let examined = Examiner::new(&evaluator, beside).examine(&source.bytes);
    let report = Report { label: source.label.clone(), examined, ..Report::default() };
    match workbook::annotate_within(&source.bytes, &report.examined.diagnostics, session.lang, session.limits.form) {
        Ok(answer) => {
            let mut page = Page::default();
            report.summary(session.lang, session.complaint_style, &mut page);
            Outcome { complaint: page.done(), ..Outcome::of_bytes(report.status(Severity::Error), answer) }
        }
        Err(diagnostic) => {
            let examined = Examined { diagnostics: vec![*diagnostic], ..report.examined };
            refuse(&Report { examined, ..report }, true, session)
        }
    }
}
