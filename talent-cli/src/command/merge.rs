//! `talent merge`: one submission from the files of several departments.
//!
//! It is a command of its own beside `convert`, because that makes of each file what it holds, and this one document of all.

use talent_model::diagnostic::Severity;
use talent_model::workbook::{self, Part};
use talent_model::{Document, check as rules};

use crate::args::Merge;
use crate::input::Source;
use crate::render::findings::Findings;
use crate::render::text::Page;
use crate::{Outcome, Session, Status};

use super::{open, refuse, standard};

pub(crate) fn run(args: &Merge, session: &mut Session<'_>) -> Outcome {
    let standard = match standard(args.standard.as_deref(), session) {
        Ok(standard) => standard,
        Err(report) => return refuse(&report, args.all, session),
    };
    let mut sources: Vec<Source> = Vec::new();
    for path in &args.files {
        match open(path, session) {
            Ok(source) => sources.push(source),
            Err(report) => return refuse(&report, args.all, session),
        }
    }
    let parts: Vec<Part<'_>> = sources.iter().map(|source| Part { name: &source.label, bytes: &source.bytes }).collect();
    let merged = workbook::merge_within(&standard, &parts, session.limits);
    let mut page = Page::default();
    for (source, part) in sources.iter().zip(&merged.parts) {
        let findings = Findings { label: &source.label, text: part.text.as_deref(), diagnostics: &part.diagnostics };
        findings.print(args.all, session.lang, session.complaint_style, &mut page);
    }
    let together = sources.iter().map(|source| source.label.as_str()).collect::<Vec<_>>().join(" + ");
    Findings { label: &together, text: None, diagnostics: &merged.whole }.print(args.all, session.lang, session.complaint_style, &mut page);
    let sound = merged.parts.iter().all(|part| part.diagnostics.iter().all(|d| d.severity != Severity::Error)) && rules::conforms(&merged.whole);
    match merged.submission.filter(|_| sound) {
        Some(submission) => Outcome { complaint: page.done(), ..Outcome::of(Status::Clean, submission.to_json()) },
        None => Outcome::failed(Status::Findings, page.done()),
    }
}
