//! `talent convert`: a filled workbook to a submission, and back.

use std::path::Path;

use talent_model::workbook::{self, Languages};
use talent_model::{Document, check as rules};

use crate::args::Convert;
use crate::render::findings::Findings;
use crate::render::text::Page;
use crate::{Outcome, Session, Status};

use super::{binary_needs_a_file, refuse, standard, submission};

pub(crate) fn run(args: &Convert, output: Option<&Path>, session: &mut Session<'_>) -> Outcome {
    let standard = match standard(args.standard.as_deref(), session) {
        Ok(standard) => standard,
        Err(report) => return refuse(&report, args.all, session),
    };
    let handed = match submission(&args.file, &standard, session) {
        Ok(handed) => handed,
        Err(report) => return refuse(&report, args.all, session),
    };
    let (mut outcome, found) = match &handed.reading {
        // How cells were read is worth knowing; whether the answers are right is for `talent check`.
        Some(reading) => (Outcome::of(Status::Clean, handed.submission.to_json()), reading.diagnostics.clone()),
        None if output.is_none() => return binary_needs_a_file(session),
        None => {
            let languages = if args.both { Languages::Both(session.lang) } else { Languages::One(session.lang) };
            match workbook::write(&standard, &handed.submission, languages) {
                Ok(made) => (Outcome::of_bytes(Status::Clean, made.bytes), made.left),
                Err(error) => return super::unwritten(&error, session),
            }
        }
    };
    if !found.is_empty() {
        let mut found = found;
        if handed.reading.is_none() {
            rules::locate_in(&mut found, &handed.source.bytes);
        }
        let mut page = Page::default();
        let findings = Findings { label: &handed.source.label, text: None, diagnostics: &found };
        findings.print(args.all, session.lang, session.complaint_style, &mut page);
        outcome.complaint = page.done();
    }
    outcome
}
