//! The subcommands. Each reads what it was given, and says everything at once.

pub(crate) mod annotate;
pub(crate) mod assess;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod completions;
pub(crate) mod convert;
pub(crate) mod explain;
pub(crate) mod index;
pub(crate) mod merge;
pub(crate) mod report;
pub(crate) mod robustness;
pub(crate) mod schema;
pub(crate) mod standard;
pub(crate) mod template;

use std::borrow::Cow;
use std::path::Path;

use talent_model::diagnostic::{Code, Diagnostic, Severity};
use talent_model::document::Kind;
use talent_model::id::WeightSetId;
use talent_model::workbook::{self, Intake, Reading};
use talent_model::{Community, Document, Standard, Submission, check as rules};

use crate::examine::Examined;
use crate::input::{Source, Unread, label};
use crate::many::{Feed, list};
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
    match D::from_json_within(&source.bytes, session.limits.document.for_kind(D::KIND)) {
        Ok(document) => Ok(Loaded { source, document }),
        Err(error) => Err(Box::new(faults(&source, error.diagnostics, session.limits))),
    }
}

/// Reads the bytes of a document.
pub(crate) fn open(path: &Path, session: &mut Session<'_>) -> Result<Source, Box<Report>> {
    session.inputs.read(path).map_err(|unread| unopened(label(path), unread))
}

/// A report about a file of which there are no bytes.
pub(crate) fn unopened(label: String, unread: Unread) -> Box<Report> {
    let (unopened, diagnostic) = match unread {
        Unread::Io(diagnostic) => (true, diagnostic),
        Unread::TooLarge(diagnostic) => (false, diagnostic),
    };
    Box::new(Report { label, unopened, examined: Examined { diagnostics: vec![diagnostic], ..Examined::default() }, ..Report::default() })
}

/// A report about a document of a known kind that has these findings, without places as yet.
pub(crate) fn report<D: Document>(source: &Source, diagnostics: Vec<Diagnostic>) -> Report {
    let examined = Examined::located(D::KIND, diagnostics, &source.bytes);
    Report { label: source.label.clone(), text: source.text(), examined, ..Report::default() }
}

/// A report about bytes that could not be read as the document that was wanted.
pub(crate) fn faults(source: &Source, mut diagnostics: Vec<Diagnostic>, limits: Intake) -> Report {
    rules::locate_in(&mut diagnostics, &source.bytes);
    Report { label: source.label.clone(), text: source.text(), examined: Examined::unread(&source.bytes, diagnostics, limits), ..Report::default() }
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

/// A submission as it was handed in: a document, or a workbook with the cell of every value.
pub(crate) struct Handed {
    pub(crate) source: Source,
    pub(crate) submission: Submission,
    pub(crate) reading: Option<Reading>,
}

/// Reads a submission, whatever form it has: what the bytes are counts, not what the file is called.
pub(crate) fn submission(path: &Path, standard: &Standard, session: &mut Session<'_>) -> Result<Handed, Box<Report>> {
    handed(open(path, session)?, standard, session.limits)
}

/// A submission from what was read.
pub(crate) fn handed(source: Source, standard: &Standard, limits: Intake) -> Result<Handed, Box<Report>> {
    taken(source, limits, |bytes| workbook::read_within(standard, bytes, limits.form))
}

/// Reads the submission of an earlier round, which may answer an earlier version of the standard.
pub(crate) fn earlier(path: &Path, standard: &Standard, session: &mut Session<'_>) -> Result<Handed, Box<Report>> {
    let limits = session.limits;
    taken(open(path, session)?, limits, |bytes| workbook::read_earlier_within(standard, bytes, limits.form))
}

fn taken(source: Source, limits: Intake, read: impl Fn(&[u8]) -> Reading) -> Result<Handed, Box<Report>> {
    if !workbook::is_form(&source.bytes) {
        return match Submission::from_json_within(&source.bytes, limits.document) {
            Ok(submission) => Ok(Handed { source, submission, reading: None }),
            Err(error) => Err(Box::new(faults(&source, error.diagnostics, limits))),
        };
    }
    let mut reading = read(&source.bytes);
    match reading.submission.take_if(|_| rules::conforms(&reading.diagnostics)) {
        Some(submission) => Ok(Handed { source, submission, reading: Some(reading) }),
        None => Err(Box::new(in_workbook(&source, &reading, Vec::new()))),
    }
}

impl Handed {
    /// A report about the submission that has these findings.
    pub(crate) fn report(&self, diagnostics: Vec<Diagnostic>) -> Report {
        match &self.reading {
            Some(reading) => in_workbook(&self.source, reading, diagnostics),
            None => report::<Submission>(&self.source, diagnostics),
        }
    }
}

/// A report about a workbook: what was found in reading it and in checking it, cell by cell.
pub(crate) fn in_workbook(source: &Source, reading: &Reading, diagnostics: Vec<Diagnostic>) -> Report {
    let examined = Examined::of(Some(Kind::Submission), reading.with(diagnostics));
    Report { label: source.label.clone(), text: reading.text.clone(), examined, ..Report::default() }
}

/// The submissions of earlier rounds: a document or a filled workbook, or as many as a folder, a pattern or a file with one on every line holds.
pub(crate) fn previous(path: &Path, standard: &Standard, session: &mut Session<'_>) -> Result<Vec<Submission>, Box<Report>> {
    let paths = [path.to_path_buf()];
    let limits = session.limits;
    let mut feed = Feed::new(list(&paths), session.inputs.take_for(path), limits.of_file());
    let mut submissions = Vec::new();
    loop {
        let batch = feed.batch();
        if batch.is_empty() {
            return Ok(submissions);
        }
        for mut unit in batch {
            let label = unit.label.to_string();
            let bytes = unit.bytes(limits.of_file()).map_err(|unread| unopened(label.clone(), unread))?;
            submissions.push(handed(Source { label, bytes }, standard, limits)?.submission);
        }
    }
}

/// A report about a file that should have been a workbook.
pub(crate) fn only_workbooks(source: &Source) -> Report {
    let found = Diagnostic::new(Code::NotAWorkbook, talent_model::diagnostic::Pointer::root());
    let found = found.bilingual("found", ("a text, which has no cells for notes", "文本文件，没有可批注的单元格").words());
    Report { label: source.label.clone(), examined: Examined { diagnostics: vec![found], ..Examined::default() }, ..Report::default() }
}

/// A command that ends with findings about something it needs: they go to standard error, and there is no product.
pub(crate) fn refuse(report: &Report, all: bool, session: &Session<'_>) -> Outcome {
    let (lang, style) = (session.lang, session.complaint_style);
    if let (true, Some(first)) = (report.unopened, report.examined.diagnostics.first()) {
        return Outcome::failed(Status::CouldNotRun, findings::one(first, lang, style));
    }
    let mut page = Page::default();
    report.print(all, lang, style, &mut page);
    Outcome::failed(report.status(Severity::Error).max(Status::Findings), page.done())
}

/// A workbook is no text: it goes where the command line says, and never by itself onto a terminal.
pub(crate) fn binary_needs_a_file(session: &Session<'_>) -> Outcome {
    let why = ("a workbook is no text; name a file with --output", "工作簿不是文本，请用 --output 指定文件");
    let failure = crate::input::failure(Code::FileNotWritten, "<stdout>", Cow::Owned((why.0.into(), why.1.into())));
    misused(&failure, session)
}

/// A workbook that could not be put together.
pub(crate) fn unwritten(error: &workbook::TemplateError, session: &Session<'_>) -> Outcome {
    let failure = crate::input::failure(Code::FileNotWritten, ".xlsx", Cow::Owned((error.to_string(), error.to_string())));
    misused(&failure, session)
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

/// The set of weights that the command line names.
pub(crate) fn weight_set<'s>(standard: &'s Standard, wanted: Option<&str>) -> Result<Option<&'s WeightSetId>, Diagnostic> {
    let Some(wanted) = wanted else { return Ok(None) };
    let sets = || standard.weight_sets.iter().map(|set| &set.id);
    match sets().find(|id| id.as_str() == wanted) {
        Some(found) => Ok(Some(found)),
        None => {
            let known: Vec<&str> = sets().map(|id| id.as_str()).collect();
            Err(unknown(("weight set", "权重方案"), wanted, &known))
        }
    }
}

/// A finding about a word of the command line that a standard does not know.
pub(crate) fn unknown(what: (&'static str, &'static str), word: &str, known: &[&str]) -> Diagnostic {
    use talent_model::diagnostic::Pointer;
    /// More choices than this are not worth reading.
    const FEW: usize = 8;
    let diagnostic = Diagnostic::new(Code::UnknownReference, Pointer::root()).bilingual("what", what.words()).with("found", word);
    match near(word, known.iter().copied()) {
        None if (1..=FEW).contains(&known.len()) => diagnostic.with("choices", known.join(", ")),
        near => diagnostic.suggest(near),
    }
}
