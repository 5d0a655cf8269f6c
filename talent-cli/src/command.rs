//! The subcommands. Each reads what it was given, and says everything at once.

pub(crate) mod assess;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod explain;
pub(crate) mod schema;
pub(crate) mod standard;

use std::borrow::Cow;
use std::path::Path;

use talent_model::diagnostic::Diagnostic;
use talent_model::document::{Limits, kind_of};
use talent_model::{Community, Document, Standard, check as rules};

use crate::input::{Source, Unread, label};
use crate::render::findings;
use crate::render::report::Report;
use crate::render::text::Page;
use crate::render::words::InLanguage;
use crate::{Outcome, Session, Status};

/// A document with the text it was read from.
pub(crate) struct Loaded<D> {
    pub(crate) source: Source,
    pub(crate) document: D,
}

/// Reads one document; what is wrong with it, or with the file, becomes a report.
pub(crate) fn load<D: Document>(path: &Path, session: &mut Session<'_>) -> Result<Loaded<D>, Box<Report>> {
    let source = open(path, session)?;
    match D::from_json(&source.bytes) {
        Ok(document) => Ok(Loaded { source, document }),
        Err(error) => Err(Box::new(faults(&source, error.diagnostics))),
    }
}

/// Reads the bytes of a document.
pub(crate) fn open(path: &Path, session: &mut Session<'_>) -> Result<Source, Box<Report>> {
    session.inputs.read(path).map_err(|unread| {
        let (unopened, diagnostic) = match unread {
            Unread::Io(diagnostic) => (true, diagnostic),
            Unread::TooLarge(diagnostic) => (false, diagnostic),
        };
        Box::new(Report { label: label(path), unopened, diagnostics: vec![diagnostic], ..Report::default() })
    })
}

/// A report about a document of a known kind that has these findings, without places as yet.
pub(crate) fn report<D: Document>(source: &Source, mut diagnostics: Vec<Diagnostic>) -> Report {
    rules::locate_in(&mut diagnostics, &source.bytes);
    Report {
        label: source.label.clone(),
        text: source.text(),
        kind: Some(D::KIND),
        readable: is_readable(&diagnostics),
        conforms: rules::conforms(&diagnostics),
        diagnostics,
        ..Report::default()
    }
}

/// A report about bytes that could not be read as the document that was wanted.
pub(crate) fn faults(source: &Source, diagnostics: Vec<Diagnostic>) -> Report {
    let mut report = report::<Standard>(source, diagnostics);
    report.kind = kind_of(&source.bytes, Limits::default()).ok();
    report
}

/// Whether what was found leaves a document that could be read: nothing is wrong with its text, its kind or its model.
pub(crate) fn is_readable(diagnostics: &[Diagnostic]) -> bool {
    !diagnostics.iter().any(|d| d.code.as_str().starts_with("TM00") || d.code.as_str().starts_with("TM01"))
}

/// The standard that a command works with: the file's, or the reference standard. One with errors of its own is refused.
pub(crate) fn standard(path: Option<&Path>, session: &mut Session<'_>) -> Result<Cow<'static, Standard>, Box<Report>> {
    let Some(path) = path else { return Ok(Cow::Borrowed(talent_model::reference::standard())) };
    let loaded = load::<Standard>(path, session)?;
    let found = rules::standard(&loaded.document);
    if rules::conforms(&found) { Ok(Cow::Owned(loaded.document)) } else { Err(Box::new(report::<Standard>(&loaded.source, found))) }
}

/// The community that a submission refers to, if one was given. One with errors of its own is refused.
pub(crate) fn community(path: Option<&Path>, session: &mut Session<'_>) -> Result<Option<Community>, Box<Report>> {
    let Some(path) = path else { return Ok(None) };
    let loaded = load::<Community>(path, session)?;
    let found = rules::community(&loaded.document);
    if rules::conforms(&found) { Ok(Some(loaded.document)) } else { Err(Box::new(report::<Community>(&loaded.source, found))) }
}

/// A command that ends with findings about something it needs: they go to standard error, and there is no product.
pub(crate) fn refuse(report: &Report, all: bool, session: &Session<'_>) -> Outcome {
    let (lang, style) = (session.lang, session.complaint_style);
    if let (true, Some(first)) = (report.unopened, report.diagnostics.first()) {
        return Outcome::failed(Status::CouldNotRun, findings::one(first, lang, style));
    }
    let mut page = Page::default();
    report.print(all, lang, style, &mut page);
    Outcome::failed(report.status().max(Status::Findings), page.done())
}

/// A command line that asks for something that is not there.
pub(crate) fn misused(diagnostic: &Diagnostic, session: &Session<'_>) -> Outcome {
    Outcome::failed(Status::CouldNotRun, findings::one(diagnostic, session.lang, session.complaint_style))
}

/// The candidate that a mistyped word most likely meant.
pub(crate) fn near<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    const LONGEST: usize = 64;
    if word.len() > LONGEST {
        return None;
    }
    let word = word.to_lowercase();
    let scored = candidates.map(|candidate| (strsim::jaro_winkler(&word, &candidate.to_lowercase()), candidate));
    scored.filter(|(alike, _)| *alike > 0.85).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, candidate)| candidate)
}

/// A finding about a word of the command line that a standard does not know.
pub(crate) fn unknown(what: (&'static str, &'static str), word: &str, known: &[&str]) -> Diagnostic {
    use talent_model::diagnostic::{Code, Pointer};
    Diagnostic::new(Code::UnknownReference, Pointer::root())
        .bilingual("what", what.words())
        .with("found", word)
        .suggest(near(word, known.iter().copied()))
}
