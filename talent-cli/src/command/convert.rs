//! `talent convert`: a filled workbook to a submission, and back; one, or as many as there are.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use talent_model::diagnostic::{Code, Diagnostic, Pointer, Severity};
use talent_model::document::Kind;
use talent_model::workbook::{self, Intake, Languages, Shape, TableOptions};
use talent_model::{Document, Standard, check as rules};

use crate::args::{Convert, LayoutName};
use crate::examine::Examined;
use crate::input::{Source, failure, label, reason};
use crate::many::tally::Tally;
use crate::many::{Run, Stop, Unit, is_one};
use crate::output::{Ending, Target};
use crate::render::findings::Findings;
use crate::render::report::Report;
use crate::render::text::Page;
use crate::{Outcome, Session, Status};

use super::{Handed, binary_needs_a_file, handed, misused, refuse, standard, submission, unopened};

pub(crate) fn run(args: &Convert, target: &mut Target<'_>, session: &mut Session<'_>) -> Outcome {
    let output = target.path;
    let standard = match standard(args.standard.as_deref(), session) {
        Ok(standard) => standard,
        Err(report) => return refuse(&report, args.all, session),
    };
    let only = match &args.files[..] {
        [only] if is_one(only) => only,
        _ => return all(args, &standard, target, session),
    };
    let handed = match submission(only, &standard, session) {
        Ok(handed) => handed,
        Err(report) => return refuse(&report, args.all, session),
    };
    let languages = if args.both { Languages::Both(session.lang) } else { Languages::One(session.lang) };
    let (mut outcome, left) = match product(args, &handed, output) {
        Product::Document => (Outcome::of(Status::Clean, handed.submission.to_json()), Vec::new()),
        Product::Workbook if output.is_none() => return binary_needs_a_file(session),
        Product::Workbook => match workbook::write(&standard, &handed.submission, languages) {
            Ok(made) => (Outcome::of_bytes(Status::Clean, made.bytes), made.left),
            Err(error) => return super::unwritten(&error, session),
        },
        Product::Table(shape) => {
            let delimiter = if matches!(ending(output).as_str(), "tsv" | "tab") { '\t' } else { ',' };
            let options = TableOptions { delimiter, mark: args.bom, ..TableOptions::new(shape, session.lang) };
            let made = workbook::table(&standard, &handed.submission, &options);
            (Outcome::of_bytes(Status::Clean, made.bytes), made.left)
        }
    };
    // How cells were read is worth knowing, and what was left out; whether the answers are right is for `talent check`.
    let mut found = left;
    match &handed.reading {
        Some(reading) => found = reading.with(found),
        None => rules::locate_in(&mut found, &handed.source.bytes),
    }
    if !found.is_empty() {
        let text = handed.reading.as_ref().and_then(|reading| reading.text.as_deref());
        let mut page = Page::default();
        let findings = Findings { label: &handed.source.label, text, diagnostics: &found };
        findings.print(args.all, session.lang, session.complaint_style, &mut page);
        outcome.complaint = page.done();
    }
    outcome
}

enum Product {
    Document,
    Workbook,
    Table(Shape),
}

/// What is made: a table where one is asked for or named, the other of form and document otherwise.
fn product(args: &Convert, handed: &Handed, output: Option<&Path>) -> Product {
    let ending = ending(output);
    match args.layout {
        Some(LayoutName::Wide) => Product::Table(Shape::Wide),
        Some(LayoutName::Long) => Product::Table(Shape::Long),
        None if matches!(ending.as_str(), "csv" | "tsv" | "tab") => Product::Table(Shape::Long),
        None if handed.reading.is_none() || ending == "xlsx" => Product::Workbook,
        None => Product::Document,
    }
}

fn ending(output: Option<&Path>) -> String {
    output.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// What became of one of many documents.
struct Made {
    report: Report,
    /// The end of the file's name, and its bytes.
    product: Option<(String, Vec<u8>)>,
}

/// Whether all documents become lines of one file, rather than files of one folder.
fn is_lines(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ndjson") || ending.eq_ignore_ascii_case("jsonl"))
}

fn all(args: &Convert, standard: &Standard, target: &mut Target<'_>, session: &mut Session<'_>) -> Outcome {
    let Some(output) = target.path.filter(|path| *path != Path::new("-")) else {
        let why = (
            "several documents need a folder, or a file that ends in .ndjson; name it with --output",
            "多份文档需要一个文件夹或以 .ndjson 结尾的文件，请用 --output 指定",
        );
        return misused(&failure(Code::FileNotWritten, "<stdout>", Cow::Owned((why.0.into(), why.1.into()))), session);
    };
    let lines = is_lines(output);
    let languages = if args.both { Languages::Both(session.lang) } else { Languages::One(session.lang) };
    let limits = session.limits;
    let make = |unit: &mut Unit| one(unit, standard, languages, lines, limits);
    let (mut tally, mut status, mut names) = (Tally::default(), Status::Clean, BTreeMap::new());
    let run = Run { paths: &args.files, stdin: session.inputs.take(), progress: session.progress.then_some(session.lang), limit: limits.of_file() };
    let mut count = |made: &Made| {
        status = status.max(made.report.status(Severity::Error));
        tally.add(Tally::of(&made.report, session.lang));
    };
    let mut stopped = None;
    let mut ended = |ended: Result<(), Stop>| match ended {
        Ok(()) => Ok(Ending::Whole),
        Err(Stop::Failed(error)) => Err(error),
        Err(Stop::Interrupted(count)) => {
            stopped = Some(count);
            Ok(Ending::Broken)
        }
    };
    let written = if lines {
        target.write(|out| {
            ended(run.each(make, |made| {
                count(&made);
                made.product.iter().try_for_each(|(_, bytes)| out.write_all(bytes))
            }))
        })
    } else {
        let mut refused = None;
        let made = std::fs::create_dir_all(output).map_err(|error| failure(Code::FileNotWritten, &label(output), reason(&error))).and_then(|()| {
            ended(run.each(make, |mut made| {
                let product = made.product.take().and_then(|(name, bytes)| Some((free(output, &name, &mut made.report, &mut names)?, bytes)));
                count(&made);
                let Some((path, bytes)) = product else { return Ok(()) };
                let mut file = Target { path: Some(&path), stdout: &mut std::io::sink() };
                file.write(|out| out.write_all(&bytes).map(|()| Ending::Whole)).map_err(|why| {
                    refused = Some(why);
                    std::io::ErrorKind::Other.into()
                })
            }))
            .map_err(|error| failure(Code::FileNotWritten, &label(output), reason(&error)))
        });
        made.map(|_| ()).map_err(|why| refused.unwrap_or(why))
    };
    match (written, stopped) {
        (Err(why), _) => misused(&why, session),
        (Ok(()), Some(count)) => {
            let found = Diagnostic::new(Code::Interrupted, Pointer::root()).with("count", count.to_string());
            Outcome { status: Status::Interrupted, ..misused(&found, session) }
        }
        (Ok(()), None) => {
            let mut page = Page::default();
            tally.print(session.lang, session.complaint_style, &mut page);
            Outcome::failed(status, page.done())
        }
    }
}

/// Where a document goes in the folder; none where another one has gone there already.
fn free(folder: &Path, name: &str, report: &mut Report, names: &mut BTreeMap<String, String>) -> Option<PathBuf> {
    // Some file systems take names for equal that differ in case.
    let path = folder.join(name);
    match names.insert(name.to_lowercase(), report.label.clone()) {
        None => Some(path),
        Some(other) => {
            let clash =
                Diagnostic::new(Code::NamesClash, Pointer::root()).with("path", label(&path)).with("found", &report.label).with("other", &other);
            report.examined.diagnostics.push(clash);
            names.insert(name.to_lowercase(), other);
            None
        }
    }
}

fn one(unit: &mut Unit, standard: &Standard, languages: Languages, lines: bool, limits: Intake) -> Made {
    let name = unit.label.to_string();
    let handed = match unit.bytes(limits.of_file()).map_err(|unread| unopened(name.clone(), unread)) {
        Ok(bytes) => handed(Source { label: name.clone(), bytes }, standard, limits),
        Err(report) => Err(report),
    };
    let handed = match handed {
        Ok(handed) => handed,
        Err(report) => return Made { report: Report { record: unit.record, text: None, ..*report }, product: None },
    };
    let stem = match unit.record {
        // A line has no name of its own.
        Some(_) => handed.submission.id.to_string(),
        None => Path::new(&name).file_stem().map_or_else(|| handed.submission.id.to_string(), |stem| stem.to_string_lossy().into_owned()),
    };
    let (product, found) = match &handed.reading {
        _ if lines => {
            let mut line = serde_json::to_vec(&handed.submission).unwrap_or_default();
            line.push(b'\n');
            (Some((String::new(), line)), handed.reading.as_ref().map(|reading| reading.diagnostics.clone()).unwrap_or_default())
        }
        Some(reading) => (Some((format!("{stem}.json"), handed.submission.to_json().into_bytes())), reading.diagnostics.clone()),
        None => match workbook::write(standard, &handed.submission, languages) {
            Ok(made) => (Some((format!("{stem}.xlsx"), made.bytes)), made.left),
            Err(error) => {
                let told = error.to_string();
                (None, vec![failure(Code::FileNotWritten, &format!("{stem}.xlsx"), Cow::Owned((told.clone(), told)))])
            }
        },
    };
    let examined = Examined::of(Some(Kind::Submission), found);
    Made { report: Report { label: name, record: unit.record, examined, ..Report::default() }, product }
}
