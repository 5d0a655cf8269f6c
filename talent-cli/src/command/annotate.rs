//! `talent annotate`: the sender's own workbook back, with what was found in its cells.

use std::path::Path;

use talent_model::workbook;

use crate::args::Annotate;
use crate::render::report::Report;
use crate::render::text::Page;
use crate::{Outcome, Session};

use super::check::in_cells;
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
    let report = in_cells(&source, &standard, community.as_ref());
    match workbook::annotate(&source.bytes, &report.diagnostics, session.lang) {
        Ok(answer) => {
            let mut page = Page::default();
            report.summary(session.lang, session.complaint_style, &mut page);
            Outcome { complaint: page.done(), ..Outcome::of_bytes(report.status(), answer) }
        }
        Err(diagnostic) => refuse(&Report { diagnostics: vec![*diagnostic], ..report }, true, session),
    }
}
