//! The `talent` command: checks, scores and explains submissions of talent communities.
//!
//! The command is a library function, so that the binary, the tests and the Python package run the same code: [`run`] works on any streams,
//! [`run_here`] on those of the process. This is the only place of the engine that opens files.

mod args;
mod command;
mod day;
mod engine;
pub mod examine;
mod input;
mod many;
mod output;
mod render;
mod tables;

use std::ffi::OsString;
use std::io::{IsTerminal, Read, Write};
use std::process::ExitCode;

use clap::FromArgMatches;
use clap::error::ErrorKind;
use talent_model::Lang;
use talent_model::workbook::Intake;

use crate::args::{Cli, Command};
use crate::input::Inputs;
use crate::output::Target;
use crate::render::text::Style;

/// How a run ended; the exit status of the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Everything ran, and nothing is wrong.
    Clean,
    /// Everything ran; a document has an error, or the grade is below `--fail-under`.
    Findings,
    /// It could not run: wrong usage, or a file that cannot be read or written.
    CouldNotRun,
    /// It was interrupted.
    Interrupted,
}

impl Status {
    /// The exit status: 0, 1 or 2; 130 when it was interrupted, as shells have it.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::CouldNotRun => 2,
            Self::Interrupted => 130,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status.code())
    }
}

/// What a command has to say. Nothing is written before all of it is known.
pub(crate) struct Outcome {
    pub(crate) status: Status,
    /// The product, for standard output or the file of `--output`. Absent: there is none.
    pub(crate) product: Option<Vec<u8>>,
    /// What is wrong, for standard error.
    pub(crate) complaint: String,
}

impl Outcome {
    pub(crate) fn of(status: Status, product: String) -> Self {
        Self::of_bytes(status, product.into_bytes())
    }

    pub(crate) fn of_bytes(status: Status, product: Vec<u8>) -> Self {
        Self { status, product: Some(product), complaint: String::new() }
    }

    /// The product has been delivered already.
    pub(crate) fn delivered(status: Status) -> Self {
        Self::failed(status, String::new())
    }

    pub(crate) fn failed(status: Status, complaint: String) -> Self {
        Self { status, product: None, complaint }
    }
}

/// What every command knows of its surroundings.
pub(crate) struct Session<'s> {
    pub(crate) inputs: Inputs<'s>,
    pub(crate) lang: Lang,
    /// For the product.
    pub(crate) style: Style,
    /// For standard error.
    pub(crate) complaint_style: Style,
    /// Whether somebody watches standard error.
    pub(crate) progress: bool,
    /// How much of what is handed in is read.
    pub(crate) limits: Intake,
}

/// Runs the command on the streams given, in plain text. The first argument is the name of the program.
///
/// ```
/// use talent_cli::{Status, run};
/// let (mut out, mut err) = (Vec::new(), Vec::new());
/// let status = run(["talent", "--lang", "en", "explain", "TM0305"].map(Into::into), &mut std::io::empty(), &mut out, &mut err);
/// assert_eq!(status, Status::Clean);
/// assert!(String::from_utf8_lossy(&out).starts_with("TM0305 unknown-indicator"));
/// ```
pub fn run(args: impl IntoIterator<Item = OsString>, stdin: &mut dyn Read, stdout: &mut dyn Write, stderr: &mut dyn Write) -> Status {
    run_with(args.into_iter().collect(), stdin, (stdout, false), (stderr, false), false)
}

/// Runs the command on the streams of the process, in colour where they are terminals and `NO_COLOR` is not set.
pub fn run_here(args: impl IntoIterator<Item = OsString>) -> Status {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()) && std::env::var_os("TERM").is_none_or(|v| v != "dumb");
    let (stdout, stderr) = (std::io::stdout(), std::io::stderr());
    let (colour_out, colour_err) = (wanted && stdout.is_terminal(), wanted && stderr.is_terminal());
    let watched = stderr.is_terminal();
    run_with(args.into_iter().collect(), &mut std::io::stdin(), (&mut stdout.lock(), colour_out), (&mut std::io::stderr(), colour_err), watched)
}

fn run_with(
    args: Vec<OsString>,
    stdin: &mut dyn Read,
    (stdout, colour_out): (&mut dyn Write, bool),
    (stderr, colour_err): (&mut dyn Write, bool),
    progress: bool,
) -> Status {
    let lang = args::language(&args);
    let parsed = args::command(lang).try_get_matches_from(&args).and_then(|matches| Cli::from_arg_matches(&matches));
    let (outcome, path) = match parsed {
        Ok(cli) => {
            let to_file = cli.output.is_some();
            let (style, complaint_style) = (Style::new(colour_out && !to_file), Style::new(colour_err));
            let (limits, unknown) = args::limits(&cli.limits);
            let mut session = Session { inputs: Inputs::new(stdin, limits.of_file()), lang, style, complaint_style, progress, limits };
            let mut target = Target { path: cli.output.as_deref(), stdout: &mut *stdout };
            let outcome = match &unknown {
                Some(unknown) => command::misused(unknown, &session),
                None => dispatch(&cli, &mut target, &mut session),
            };
            (outcome, cli.output)
        }
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            let page = error.render();
            let page = if colour_out { page.ansi().to_string() } else { page.to_string() };
            // The one word of the help that the parser cannot be told.
            let page = if lang == Lang::Zh { page.replace("[OPTIONS]", "[选项]") } else { page };
            (Outcome::of(Status::Clean, page), None)
        }
        Err(error) => (Outcome::failed(Status::CouldNotRun, args::usage_error(&error, lang, colour_err)), None),
    };
    let mut status = outcome.status;
    let mut complaint = outcome.complaint;
    if let Some(product) = outcome.product
        && let Err(why) = output::deliver(&product, path.as_deref(), stdout)
    {
        complaint.push_str(&render::findings::one(&why, lang, Style::new(colour_err)));
        status = Status::CouldNotRun;
    }
    // Where standard error is closed there is nobody left to tell.
    let _ = stderr.write_all(complaint.as_bytes()).and_then(|()| stderr.flush());
    status
}

/// Runs the command that was asked for.
fn dispatch(cli: &Cli, target: &mut Target<'_>, session: &mut Session<'_>) -> Outcome {
    match &cli.command {
        Command::Annotate(args) => command::annotate::run(args, cli.output.as_deref(), session),
        Command::Assess(args) => command::assess::run(args, session),
        Command::Check(args) => command::check::run(args, target, session),
        Command::Compare(args) => command::compare::run(args, session),
        Command::Convert(args) => command::convert::run(args, target, session),
        Command::Explain(args) => command::explain::run(args, session),
        Command::Index(args) => command::index::run(args, session),
        Command::Merge(args) => command::merge::run(args, session),
        Command::Report(args) => command::report::run(args, cli.output.as_deref(), session),
        Command::Robustness(args) => command::robustness::run(args, session),
        Command::Schema(args) => command::schema::run(args, session),
        Command::Standard(args) => command::standard::run(args, session),
        Command::Template(args) => command::template::run(args, cli.output.as_deref(), session),
        Command::Completions(args) => command::completions::run(args, session),
    }
}
