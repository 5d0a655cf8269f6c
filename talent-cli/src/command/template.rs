//! `talent template`.

use std::path::Path;

use talent_model::diagnostic::Code;
use talent_model::id::StageId;
use talent_model::workbook::{self, Languages, Options};

use crate::args::Template;
use crate::render::findings::Findings;
use crate::render::text::Page;
use crate::{Outcome, Session, Status};

use super::{Handed, binary_needs_a_file, earlier, misused, refuse, standard, unknown};

pub(crate) fn run(args: &Template, output: Option<&Path>, session: &mut Session<'_>) -> Outcome {
    if output.is_none() {
        return binary_needs_a_file(session);
    }
    let standard = match standard(args.standard.as_deref(), session) {
        Ok(standard) => standard,
        Err(report) => return refuse(&report, true, session),
    };
    let known = standard.stage_ids();
    let mut stages: Vec<StageId> = Vec::new();
    for stage in &args.stages {
        match known.iter().find(|id| id.as_str() == stage.as_str()) {
            Some(id) => stages.push(id.clone()),
            None => {
                let known: Vec<&str> = known.iter().map(|stage| stage.as_str()).collect();
                return misused(&unknown(("stage", "阶段"), stage, &known), session);
            }
        }
    }
    let previous = match args.from.as_deref().map(|path| earlier(path, &standard, session)) {
        None => None,
        Some(Ok(handed)) => Some(handed),
        Some(Err(report)) => return refuse(&report, true, session),
    };
    let languages = if args.both { Languages::Both(session.lang) } else { Languages::One(session.lang) };
    let options = Options { languages, stages, zones: usize::from(args.zones), previous: previous.as_ref().map(|handed| &handed.submission) };
    match workbook::template(&standard, &options) {
        Ok(made) => {
            let mut outcome = Outcome::of_bytes(Status::Clean, made.bytes);
            let unread = |handed: &Handed| handed.reading.iter().flat_map(|reading| &reading.diagnostics).any(|d| d.code == Code::NotCarried);
            if let Some(handed) = previous.filter(|handed| !made.left.is_empty() || unread(handed)) {
                // The form is whole without them; whoever fills it in should know.
                let report = handed.report(made.left);
                let mut page = Page::default();
                let findings = Findings { label: &report.label, text: report.text.as_deref(), diagnostics: &report.examined.diagnostics };
                findings.print(true, session.lang, session.complaint_style, &mut page);
                outcome.complaint = page.done();
            }
            outcome
        }
        Err(error) => super::unwritten(&error, session),
    }
}
