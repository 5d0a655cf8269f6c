//! `talent check`.

use talent_model::date::Date;
use talent_model::diagnostic::{Code, Diagnostic, Pointer, Severity};
use talent_model::document::Kind;
use talent_model::{Lang, Submission, Waivers};
use talent_score::Evaluator;

use crate::args::{Check, ReportFormat};
use crate::examine::{Examined, Examiner, Surroundings};
use crate::input::Unread;
use crate::many::tally::Tally;
use crate::many::{Run, Stop, Unit};
use crate::output::{Ending, Target};
use crate::render::report::Report;
use crate::render::stream::{Piece, Stream};
use crate::render::text::Style;
use crate::{Outcome, Session, Status, day};

use super::{Loaded, community, load, misused, previous, refuse, standard};

/// How reports are told.
struct Telling {
    format: ReportFormat,
    all: bool,
    fail_on: Severity,
    lang: Lang,
    style: Style,
}

/// What a check found about one document, already as text: it is made where the document is looked at.
struct Told {
    piece: Piece,
    tally: Tally,
    status: Status,
    /// The waivers that accepted something in it.
    used: Vec<usize>,
}

impl Telling {
    fn tell(&self, report: &Report) -> Told {
        Told {
            piece: Piece::of(report, self.format, self.all, self.lang, self.style),
            tally: Tally::of(report, self.lang),
            status: report.status(self.fail_on),
            used: report.examined.used.clone(),
        }
    }
}

pub(crate) fn run(args: &Check, target: &mut Target<'_>, session: &mut Session<'_>) -> Outcome {
    let (lang, style) = (session.lang, session.style);
    let telling = Telling { format: args.format, all: args.all, fail_on: args.fail_on.into(), lang, style };
    let on = match day::given_or_today(args.on.as_deref()) {
        Ok(on) => on,
        Err(diagnostic) => return misused(&diagnostic, session),
    };
    let loaded = standard(args.standard.as_deref(), session).and_then(|standard| {
        let community = community(args.community.as_deref(), session)?;
        let previous = args.previous.as_deref().map_or(Ok(Vec::new()), |path| previous(path, &standard, session))?;
        let waivers = args.waivers.as_deref().map(|path| load::<Waivers>(path, session)).transpose()?;
        Ok((standard, community, previous, waivers))
    });
    let (standard, community, previous, waivers) = match loaded {
        Ok(loaded) => loaded,
        // Without what lies beside, nothing that is said of a submission would hold.
        Err(report) => return finish(&[*report], args.format, args.all, session),
    };
    let evaluator = match Evaluator::new(&standard) {
        Ok(evaluator) => evaluator,
        Err(error) => {
            let label = args.standard.as_deref().map(crate::input::label).unwrap_or_default();
            let examined = Examined::of(Some(Kind::Standard), error.diagnostics);
            return refuse(&Report { label, examined, ..Report::default() }, args.all, session);
        }
    };
    let previous: Vec<&Submission> = previous.iter().collect();
    let beside = Surroundings {
        community: community.as_ref(),
        previous: &previous,
        waivers: waivers.as_ref().map(|waivers| &waivers.document),
        on: Some(on),
        masked: args.mask,
        limits: session.limits,
    };
    let examiner = Examiner::new(&evaluator, beside);
    let excerpts = args.format == ReportFormat::Text && !args.mask;
    let limit = session.limits.of_file();
    let make = |unit: &mut Unit| telling.tell(&one(unit, &examiner, excerpts, waivers.is_some(), limit));
    let mut stream = Stream::new(args.format, lang, args.all);
    let (mut status, mut used, mut stopped) = (Status::Clean, Vec::new(), None);
    let run = Run { paths: &args.files, stdin: session.inputs.take(), progress: session.progress.then_some(lang), limit };
    let written = target.write(|out| {
        let mut hand_on = |told: Told| {
            status = status.max(told.status);
            used.extend(told.used);
            used.sort_unstable();
            used.dedup();
            stream.add(told.piece, told.tally, out)
        };
        match run.each(make, &mut hand_on) {
            Ok(()) => {}
            Err(Stop::Failed(error)) => return Err(error),
            Err(Stop::Interrupted(count)) => {
                stopped = Some(count);
                return Ok(Ending::Broken);
            }
        }
        if let Some(report) = waivers.as_ref().and_then(|waivers| about(waivers, &used, on)) {
            let told = telling.tell(&report);
            status = status.max(told.status);
            stream.add(told.piece, told.tally, out)?;
        }
        stream.end(style, out).map(|()| Ending::Whole)
    });
    match (written, stopped) {
        (Err(why), _) => misused(&why, session),
        (Ok(()), Some(count)) => {
            let found = Diagnostic::new(Code::Interrupted, Pointer::root()).with("count", count.to_string());
            Outcome { status: Status::Interrupted, ..misused(&found, session) }
        }
        (Ok(()), None) => Outcome::delivered(status),
    }
}

/// Looks at one document.
fn one(unit: &mut Unit, examiner: &Examiner<'_>, excerpts: bool, waivable: bool, limit: usize) -> Report {
    let report = Report { label: unit.label.to_string(), record: unit.record, waivable, ..Report::default() };
    let bytes = match unit.bytes(limit) {
        Ok(bytes) => bytes,
        Err(unread) => {
            let (unopened, diagnostic) = match unread {
                Unread::Io(diagnostic) => (true, diagnostic),
                Unread::TooLarge(diagnostic) => (false, diagnostic),
            };
            return Report { unopened, examined: Examined { diagnostics: vec![diagnostic], ..Examined::default() }, ..report };
        }
    };
    let mut examined = examiner.examine(&bytes);
    if let Some(record) = unit.record {
        // Lines are counted in the file.
        for diagnostic in examined.diagnostics.iter_mut().filter(|d| d.line.is_some()) {
            diagnostic.line = Some(talent_model::quantity::Count::of(record));
        }
    }
    let is_shown = excerpts && unit.record.is_none() && examined.diagnostics.iter().any(|d| d.line.is_some());
    let text = is_shown.then(|| crate::input::text(&bytes)).flatten();
    unit.give_back(bytes);
    Report { text, examined, ..report }
}

/// A report about the waivers, if anything is to be said of them once all documents have been looked at.
fn about(waivers: &Loaded<Waivers>, used: &[usize], on: Date) -> Option<Report> {
    let mut found = waivers.document.check(Some(on));
    found.append(&mut waivers.document.idle(used, on));
    if found.is_empty() {
        return None;
    }
    let examined = Examined::located(Kind::Waivers, found, &waivers.source.bytes);
    Some(Report { label: waivers.source.label.clone(), text: waivers.source.text(), waivable: true, examined, ..Report::default() })
}

/// Prints reports in the format asked for.
pub(crate) fn finish(found: &[Report], format: ReportFormat, all: bool, session: &Session<'_>) -> Outcome {
    let telling = Telling { format, all, fail_on: Severity::Error, lang: session.lang, style: session.style };
    let mut stream = Stream::new(format, session.lang, all);
    let (mut product, mut status) = (Vec::new(), Status::Clean);
    for report in found {
        let told = telling.tell(report);
        status = status.max(told.status);
        // Writing into memory does not fail.
        let _ = stream.add(told.piece, told.tally, &mut product);
    }
    let _ = stream.end(session.style, &mut product);
    Outcome::of_bytes(status, product)
}
