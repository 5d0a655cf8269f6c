//! The command line and its help, in both languages.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgAction, CommandFactory, Parser, Subcommand, ValueEnum};
use talent_model::comparison::{Fence, RelativeValues};
use talent_model::diagnostic::{Code, Pointer, Severity, nearest};
use talent_model::document::Kind;
use talent_model::index::Ties;
use talent_model::workbook::Intake;
use talent_model::{Diagnostic, Lang};

/// Check, score and explain submissions of talent communities
#[derive(Debug, Parser)]
#[command(name = "talent", version, disable_help_subcommand = true, arg_required_else_help = false)]
pub(crate) struct Cli {
    /// Language of everything the engine says [default: from LC_ALL, LC_MESSAGES or LANG]
    #[arg(long, global = true, value_name = "LANG")]
    pub(crate) lang: Option<Language>,
    /// Write to this file instead of standard output, whole or not at all
    #[arg(short, long, global = true, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Read more or less than usual of what is handed in, such as cells=2000000; may be repeated
    #[arg(long = "limit", global = true, value_name = "NAME=NUMBER", value_parser = limit)]
    pub(crate) limits: Vec<(String, usize)>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Give a filled workbook back with what was found in its cells
    Annotate(Annotate),
    /// Score a submission and say what stands before the next grade
    Assess(Assess),
    /// Say everything that is wrong with documents of any kind
    Check(Check),
    /// Compare submissions: ranks, tied groups, who is above whom and how surely
    Compare(Compare),
    /// Turn a filled workbook or table into a submission, or a submission into one of them
    Convert(Convert),
    /// Explain a code such as TM0305, or list all codes
    Explain(Explain),
    /// Build an index from two tables: indicators, and values of units
    Index(IndexArgs),
    /// Join the files of several departments into one submission
    Merge(Merge),
    /// Write a report of an assessment for people, as a page, as Markdown or as a workbook
    Report(Report),
    /// Say how sure scores, ranks and grades are
    Robustness(Robustness),
    /// Print the JSON Schema of a kind of document
    Schema(Schema),
    /// Look at a standard
    Standard(StandardArgs),
    /// Make the workbook that a community fills in
    Template(Template),
    /// Print the completion script of a shell
    Completions(Completions),
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Language {
    En,
    Zh,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::En => Self::En,
            Language::Zh => Self::Zh,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    Text,
    Json,
    Jsonl,
    Sarif,
    Github,
}

/// What counts as a failure.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Weight {
    Error,
    Warning,
    Note,
}

impl From<Weight> for Severity {
    fn from(weight: Weight) -> Self {
        match weight {
            Weight::Error => Self::Error,
            Weight::Warning => Self::Warning,
            Weight::Note => Self::Note,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    Text,
    Json,
    Csv,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum KindName {
    Standard,
    Community,
    Submission,
    Assessment,
    Robustness,
    Waivers,
    Comparison,
}

impl From<KindName> for Kind {
    fn from(kind: KindName) -> Self {
        match kind {
            KindName::Standard => Self::Standard,
            KindName::Community => Self::Community,
            KindName::Submission => Self::Submission,
            KindName::Assessment => Self::Assessment,
            KindName::Robustness => Self::Robustness,
            KindName::Waivers => Self::Waivers,
            KindName::Comparison => Self::Comparison,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct Annotate {
    /// The filled workbook; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The standard [default: the built-in reference standard]
    #[arg(long, value_name = "FILE")]
    pub(crate) standard: Option<PathBuf>,
    /// The community, where the submission only refers to it
    #[arg(long, value_name = "FILE")]
    pub(crate) community: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Assess {
    /// The submission, as a document or a filled workbook; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The standard [default: the built-in reference standard]
    #[arg(long, value_name = "FILE")]
    pub(crate) standard: Option<PathBuf>,
    /// The community, where the submission only refers to it
    #[arg(long, value_name = "FILE")]
    pub(crate) community: Option<PathBuf>,
    /// A weight set of the standard, in place of its own weights
    #[arg(long, value_name = "ID")]
    pub(crate) weight_set: Option<String>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
    /// End with status 1 when the grade is below this one
    #[arg(long, value_name = "GRADE")]
    pub(crate) fail_under: Option<String>,
    /// List everything instead of the first few
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// Documents, filled workbooks, folders, patterns such as `*.xlsx`, or .ndjson with a document on every line; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// The standard of submissions [default: the built-in reference standard]
    #[arg(long, value_name = "FILE")]
    pub(crate) standard: Option<PathBuf>,
    /// The community, where a submission only refers to it
    #[arg(long, value_name = "FILE")]
    pub(crate) community: Option<PathBuf>,
    /// Submissions of the last round to compare with: a file, a folder or .ndjson
    #[arg(long, value_name = "FILE")]
    pub(crate) previous: Option<PathBuf>,
    /// Findings that have been accepted; they are marked and do not count
    #[arg(long, value_name = "FILE")]
    pub(crate) waivers: Option<PathBuf>,
    /// The day of the check, such as 2026-03-31 [default: today]
    #[arg(long, value_name = "DAY")]
    pub(crate) on: Option<String>,
    /// Keep submitted values out of messages
    #[arg(long)]
    pub(crate) mask: bool,
    /// End with status 1 from this weight on
    #[arg(long, value_name = "WEIGHT", default_value = "error")]
    pub(crate) fail_on: Weight,
    /// How to print; jsonl is a line for each document, github are annotations for its Actions
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ReportFormat,
    /// Show every place instead of the first three of each code
    #[arg(long)]
    pub(crate) all: bool,
}

/// What a comparison may be asked to look over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FenceName {
    Standards,
    Versions,
    Stages,
    Periods,
}

impl From<FenceName> for Fence {
    fn from(fence: FenceName) -> Self {
        match fence {
            FenceName::Standards => Self::Standards,
            FenceName::Versions => Self::Versions,
            FenceName::Stages => Self::Stages,
            FenceName::Periods => Self::Periods,
        }
    }
}

/// How equal scores share ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TiesName {
    Competition,
    Modified,
    Dense,
    Fractional,
}

impl From<TiesName> for Ties {
    fn from(ties: TiesName) -> Self {
        match ties {
            TiesName::Competition => Self::Competition,
            TiesName::Modified => Self::Modified,
            TiesName::Dense => Self::Dense,
            TiesName::Fractional => Self::Fractional,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ValuesName {
    Scores,
    Measures,
}

impl From<ValuesName> for RelativeValues {
    fn from(values: ValuesName) -> Self {
        match values {
            ValuesName::Scores => Self::Scores,
            ValuesName::Measures => Self::Measures,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct Compare {
    /// The submissions, as documents or filled workbooks; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// The standard; several for submissions to several [default: the built-in reference standard]
    #[arg(long = "standard", value_name = "FILE")]
    pub(crate) standards: Vec<PathBuf>,
    /// The communities, where submissions only refer to them; may be repeated
    #[arg(long = "community", value_name = "FILE")]
    pub(crate) communities: Vec<PathBuf>,
    /// A weight set of the standard, in place of its own weights
    #[arg(long, value_name = "ID")]
    pub(crate) weight_set: Option<String>,
    /// Compare across a difference that is otherwise refused, and mark it; may be repeated
    #[arg(long, value_name = "FENCE", value_delimiter = ',')]
    pub(crate) across: Vec<FenceName>,
    /// How equal totals share ranks: 1 2 2 4, 1 3 3 4, 1 2 2 3 or 1 2.5 2.5 4
    #[arg(long, value_name = "RULE", default_value = "competition")]
    pub(crate) ties: TiesName,
    /// The fact by which communities are peers [default: their type]
    #[arg(long, value_name = "FACT")]
    pub(crate) peers: Option<String>,
    /// Take apart the difference of two communities, named by their identifiers
    #[arg(long, value_name = "ID", num_args = 2, value_delimiter = ',')]
    pub(crate) between: Vec<String>,
    /// Set beside it what a method of index building makes of the same submissions
    #[arg(long, value_name = "FILE")]
    pub(crate) method: Option<PathBuf>,
    /// What that method takes for values
    #[arg(long, value_name = "VALUES", default_value = "scores", requires = "method")]
    pub(crate) values: ValuesName,
    /// What is varied to say how sure ranks are, as JSON [default: weights by a quarter, stated errors of measurement, and what is unknown]
    #[arg(long, value_name = "FILE")]
    pub(crate) study: Option<PathBuf>,
    /// How many draws say how sure ranks are; 0 for none [default: the study's own, else 1000]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) draws: Option<u32>,
    /// Leave out submissions with errors, and say so, instead of comparing nothing
    #[arg(long)]
    pub(crate) skip_faulty: bool,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TableFormat,
    /// List everything instead of the first few
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Explain {
    /// The code, or its name such as unknown-indicator
    #[arg(value_name = "CODE")]
    pub(crate) code: Option<String>,
}

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Schema {
    /// The kind of document
    #[arg(value_name = "KIND", required = true)]
    pub(crate) kind: Option<KindName>,
    /// Compile a submission schema from this standard
    #[arg(long, value_name = "FILE")]
    pub(crate) standard: Option<PathBuf>,
    /// Compile a submission schema for this stage of the standard
    #[arg(long, value_name = "STAGE")]
    pub(crate) stage: Option<String>,
    #[command(subcommand)]
    pub(crate) command: Option<SchemaCommand>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SchemaCommand {
    /// Say what a new version of a schema means for documents that conform to the old one; status 1 where some may no longer conform
    Diff(Diff),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Diff {
    /// The schema as it was
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,
    /// The schema as it is
    #[arg(value_name = "NEW")]
    pub(crate) new: PathBuf,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
}

#[derive(Debug, clap::Args)]
pub(crate) struct StandardArgs {
    #[command(subcommand)]
    pub(crate) command: StandardCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum StandardCommand {
    /// Print a standard as a tree, or one scenario, category or indicator in detail
    Show(Show),
    /// Say everything that is wrong with a standard
    Lint(Lint),
    /// Write a standard as a page for planners, in Markdown
    Page(Page),
}

#[derive(Debug, clap::Args)]
pub(crate) struct IndexArgs {
    #[command(subcommand)]
    pub(crate) command: IndexCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum IndexCommand {
    /// Compute scores and ranks
    Build(IndexBuild),
    /// Say what the data tell of the structure: statistics, correlations, redundancy
    Audit(IndexBuild),
    /// Say how sure scores and ranks are
    Robustness(IndexRobustness),
}

#[derive(Debug, clap::Args)]
pub(crate) struct IndexTables {
    /// The table of indicators (CSV, TSV or workbook): code, parent, weight, direction, unit, goalpost_low …
    #[arg(value_name = "INDICATORS")]
    pub(crate) indicators: PathBuf,
    /// The table of values (CSV, TSV or workbook): a row for every unit, a column for every indicator
    #[arg(value_name = "VALUES")]
    pub(crate) values: PathBuf,
    /// The steps from values to ranks, as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) method: PathBuf,
    /// The column with the names of the units [default: unit or uCode]
    #[arg(long, value_name = "COLUMN")]
    pub(crate) unit: Option<String>,
    /// The column of periods, for a panel
    #[arg(long, value_name = "COLUMN")]
    pub(crate) time: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct IndexBuild {
    #[command(flatten)]
    pub(crate) tables: IndexTables,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TableFormat,
    /// Show everything, not only the first of each
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct IndexRobustness {
    #[command(flatten)]
    pub(crate) tables: IndexTables,
    #[command(flatten)]
    pub(crate) study: StudyArgs,
    /// In a panel, the period whose units are ranked
    #[arg(long, value_name = "PERIOD")]
    pub(crate) period: Option<String>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TableFormat,
    /// Show everything, not only the first of each
    #[arg(long)]
    pub(crate) all: bool,
}

/// The pages that can be made from a standard.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum PageKind {
    /// Every indicator, from its definition to the ground of each threshold
    Catalogue,
    /// What the thresholds rest on, and what waits to be checked
    Grounds,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Page {
    /// Which page
    #[arg(value_name = "PAGE", default_value = "catalogue")]
    pub(crate) page: PageKind,
    /// The standard [default: the built-in reference standard]
    #[arg(long, value_name = "FILE")]
    pub(crate) standard: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Show {
    /// The identifier or code of a scenario, category or indicator
    #[arg(value_name = "NODE")]
    pub(crate) node: Option<String>,
    /// The standard [default: the built-in reference standard]
    #[arg(long, value_name = "FILE")]
    pub(crate) standard: Option<PathBuf>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Lint {
    /// The standard; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ReportFormat,
    /// Show every place instead of the first three of each code
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Template {
    /// The standard [default: the built-in reference standard]
    #[arg(long, value_name = "FILE")]
    pub(crate) standard: Option<PathBuf>,
    /// Only the indicators of this stage; may be repeated [default: all stages]
    #[arg(long = "stage", value_name = "STAGE")]
    pub(crate) stages: Vec<String>,
    /// Rows for so many zones, instead of one for the whole community
    #[arg(long, value_name = "NUMBER", default_value_t = 0, hide_default_value = true)]
    pub(crate) zones: u8,
    /// Fill in the answers of an earlier round: a submission or a filled workbook
    #[arg(long, value_name = "FILE")]
    pub(crate) from: Option<PathBuf>,
    /// In both languages, that of --lang first
    #[arg(long)]
    pub(crate) both: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Convert {
    /// The workbook, the table (CSV, TSV) or the submission; of many, as with `check`, --output names a folder or a .ndjson file; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// The standard [default: the built-in reference standard]
    #[arg(long, value_name = "FILE")]
    pub(crate) standard: Option<PathBuf>,
    /// A workbook in both languages, that of --lang first
    #[arg(long)]
    pub(crate) both: bool,
    /// A table with a row for each observation, or for each zone [default: long where the output is called .csv or .tsv]
    #[arg(long, value_name = "LAYOUT")]
    pub(crate) layout: Option<LayoutName>,
    /// Begin a table with a byte order mark, as some spreadsheet programs need it
    #[arg(long)]
    pub(crate) bom: bool,
    /// Show every place instead of the first three of each code
    #[arg(long)]
    pub(crate) all: bool,
}

/// The forms of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportForm {
    /// One HTML file that needs neither network nor script
    Html,
    /// Markdown
    Md,
    /// A workbook
    Xlsx,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Report {
    /// The submission, as a document or a filled workbook, or an assessment; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The standard [default: the built-in reference standard]
    #[arg(long, value_name = "FILE")]
    pub(crate) standard: Option<PathBuf>,
    /// The community, where the submission only refers to it
    #[arg(long, value_name = "FILE")]
    pub(crate) community: Option<PathBuf>,
    /// A weight set of the standard, in place of its own weights
    #[arg(long, value_name = "ID")]
    pub(crate) weight_set: Option<String>,
    /// The form of the report [default: as the file of --output is named, else html]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<ReportForm>,
    /// In both languages, that of --lang first
    #[arg(long)]
    pub(crate) both: bool,
    /// Leave out evidence that is not public, notes, and what was said of withheld values
    #[arg(long)]
    pub(crate) public: bool,
    /// Show every place instead of the first three of each code
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Robustness {
    /// The submissions, as documents or filled workbooks; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// The standard [default: the built-in reference standard]
    #[arg(long, value_name = "FILE")]
    pub(crate) standard: Option<PathBuf>,
    /// The community, where a submission only refers to it
    #[arg(long, value_name = "FILE")]
    pub(crate) community: Option<PathBuf>,
    /// A weight set of the standard, in place of its own weights
    #[arg(long, value_name = "ID")]
    pub(crate) weight_set: Option<String>,
    #[command(flatten)]
    pub(crate) study: StudyArgs,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TableFormat,
    /// Show every place instead of the first three of each code
    #[arg(long)]
    pub(crate) all: bool,
}

/// What a study varies, and how often.
#[derive(Debug, clap::Args)]
pub(crate) struct StudyArgs {
    /// What is varied, as JSON [default: weights by a quarter; of submissions also stated errors of measurement, and what is unknown]
    #[arg(long, value_name = "FILE")]
    pub(crate) study: Option<PathBuf>,
    /// How many draws [default: the study's own, else 1000]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) draws: Option<u32>,
    /// Where the random numbers begin [default: the study's own, else 1]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) seed: Option<u64>,
    /// The share of draws that intervals hold, from 0 to 1 [default: the study's own, else 0.9]
    #[arg(long, value_name = "SHARE")]
    pub(crate) interval: Option<f64>,
    /// Sobol' points instead of random ones
    #[arg(long)]
    pub(crate) sobol: bool,
    /// How far each factor matters, from so many base points
    #[arg(long, value_name = "NUMBER")]
    pub(crate) sensitivity: Option<u32>,
}

/// Of what a row of a table speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LayoutName {
    /// One observation
    Long,
    /// One zone, with a column for each indicator
    Wide,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Merge {
    /// Workbooks, tables and documents that each say a part
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// The standard [default: the built-in reference standard]
    #[arg(long, value_name = "FILE")]
    pub(crate) standard: Option<PathBuf>,
    /// Show every place instead of the first three of each code
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(crate) shell: clap_complete::Shell,
}

/// The language: `--lang`, else the surroundings. It is needed before anything is parsed, because usage errors speak it too.
pub(crate) fn language(args: &[OsString]) -> Lang {
    let mut stated = None;
    let mut rest = args.iter().skip(1);
    while let Some(arg) = rest.next() {
        let word = match arg.to_str() {
            Some("--") => break,
            Some("--lang") => rest.next().and_then(|a| a.to_str()),
            Some(arg) => arg.strip_prefix("--lang="),
            None => None,
        };
        stated = word.and_then(|word| Language::from_str(word, false).ok()).or(stated);
    }
    let surroundings = || {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(std::env::var_os).find(|value| !value.is_empty());
        if set.is_some_and(|value| value.to_string_lossy().starts_with("zh")) { Lang::Zh } else { Lang::En }
    };
    stated.map_or_else(surroundings, Lang::from)
}

/// A limit as it is written: its name and a whole number.
fn limit(text: &str) -> Result<(String, usize), String> {
    let (name, number) = text.split_once('=').ok_or("a name and a whole number with `=` between them, such as cells=2000000")?;
    let number = number.parse().map_err(|_| "after `=` stands a whole number, such as 2000000")?;
    Ok((name.to_owned(), number))
}

/// The usual limits with those that are given, and the first name that is none.
pub(crate) fn limits(given: &[(String, usize)]) -> (Intake, Option<Diagnostic>) {
    let mut limits = Intake::default();
    let unknown = given.iter().find(|(name, number)| !limits.set(name, *number));
    let unknown = unknown.map(|(name, _)| {
        let found = Diagnostic::new(Code::UnknownWord, Pointer::root()).with("found", name);
        found.with("known", Intake::NAMES.join(", ")).suggest(nearest(name, Intake::NAMES.into_iter()))
    });
    (limits, unknown)
}

/// The parser with its help in one language.
pub(crate) fn command(lang: Lang) -> clap::Command {
    match lang {
        Lang::En => Cli::command(),
        Lang::Zh => {
            let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).global(true);
            let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
            let command = Cli::command().disable_help_flag(true).disable_version_flag(true).arg(help).arg(version);
            in_chinese(command, "")
        }
    }
}

fn in_chinese(command: clap::Command, path: &str) -> clap::Command {
    const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";
    let about = chinese(path, None);
    let command = command.help_template(TEMPLATE).subcommand_help_heading("命令").subcommand_value_name("命令").about(about);
    let command = command.mut_args(|arg| {
        let heading = if arg.is_positional() { "参数" } else { "选项" };
        let help = chinese(path, Some(arg.get_id().as_str()));
        let takes_values = arg.get_action().takes_values();
        arg.help_heading(heading).help(help).hide_possible_values(takes_values).hide_default_value(takes_values)
    });
    command.mut_subcommands(|inner| {
        let path = if path.is_empty() { inner.get_name().to_owned() } else { format!("{path} {}", inner.get_name()) };
        in_chinese(inner, &path)
    })
}

/// The Chinese help of a command, or of one of its arguments.
fn chinese(path: &str, arg: Option<&str>) -> &'static str {
    match (path, arg) {
        ("", None) => "检查、评分并解释人才社区的申报",
        ("annotate", None) => "退回填好的工作簿，在单元格中标出发现的问题",
        ("annotate", Some("file")) => "填好的工作簿；`-` 表示标准输入",
        ("assess", None) => "为一份申报评分，并说明距离上一等级还差什么",
        ("compare", None) => "比较多份申报：名次、并列组、谁高于谁以及有多确定",
        ("compare", Some("files")) => "申报文档或填好的工作簿；`-` 表示标准输入",
        ("compare", Some("standards")) => "标准文件；申报分属多个标准时可重复 [默认：内置参考标准]",
        ("compare", Some("communities")) => "社区文件，用于申报仅引用社区的情形；可重复",
        ("compare", Some("across")) => {
            "跨越本会拒绝比较的差异并醒目注明：standards（标准）、versions（版本）、stages（阶段）或 periods（时段）；可重复"
        }
        ("compare", Some("ties")) => {
            "总分相同时的名次：competition（1 2 2 4，默认）、modified（1 3 3 4）、dense（1 2 2 3）或 fractional（1 2.5 2.5 4）"
        }
        ("compare", Some("peers")) => "区分同类社区的事实项 [默认：社区类型]",
        ("compare", Some("between")) => "逐项分解两个社区（以标识符指定）的差距",
        ("compare", Some("method")) => "同时列出某个指数构建方法对同一批申报的结果",
        ("compare", Some("values")) => "该方法所用的值：scores（得分，默认）或 measures（指标值）",
        ("compare", Some("study")) => "为说明名次有多可靠而变动的内容（JSON）[默认：权重上下浮动四分之一、申报自述的测量误差、未知项]",
        ("compare", Some("draws")) => "为说明名次有多可靠而抽样的次数，0 表示不抽样 [默认：研究方案所定，否则 1000]",
        ("compare", Some("skip_faulty")) => "略去有错误的申报并注明，而不是全部不比较",
        ("compare", Some("format")) => "输出格式：text（默认）、json 或 csv",
        ("compare", Some("all")) => "全部列出，而非只列前几项",
        ("check", None) => "列出任意种类文档中的全部问题",
        ("convert", None) => "把填好的工作簿或表格转为申报文档，或反向转换",
        ("convert", Some("layout")) => "表格的形式：long（每行一条观测值）或 wide（每行一个圈层，每个指标一列）[默认：输出名为 .csv、.tsv 时用 long]",
        ("convert", Some("bom")) => "表格以字节顺序标记（BOM）开头，某些表格软件需要",
        ("index", None) => "由两张表构建指数：指标表与各单元的取值表",
        ("index build", None) => "计算得分与名次",
        ("index audit", None) => "从数据看结构：统计量、相关性、冗余",
        ("index robustness", None) => "说明得分与名次有多可靠",
        (_, Some("indicators")) => "指标表（CSV、TSV 或工作簿）：code、parent、weight、direction、unit、goalpost_low 等列",
        (_, Some("values")) if path.starts_with("index") => "取值表（CSV、TSV 或工作簿）：每行一个单元，每列一个指标",
        (_, Some("method")) if path.starts_with("index") => "从取值到名次的各个步骤（JSON）",
        (_, Some("unit")) => "单元名称所在的列 [默认：unit 或 uCode]",
        (_, Some("time")) => "面板数据中时期所在的列",
        (_, Some("period")) => "面板数据中要排名的时期",
        ("index build" | "index audit", Some("format")) => "输出格式：text（默认）、json 或 csv",
        (path, Some("all")) if path.starts_with("index") => "全部列出，而非只列前几项",
        ("merge", None) => "把各部门的文件合并为一份申报",
        ("merge", Some("files")) => "各含一部分内容的工作簿、表格和文档",
        ("template", None) => "生成供社区填写的工作簿",
        ("convert", Some("files")) => {
            "工作簿、表格（CSV、TSV）或申报文档；有多份时（写法同 check），--output 指定文件夹或 .ndjson 文件；`-` 表示标准输入"
        }
        ("template", Some("stages")) => "只含此阶段的指标；可重复 [默认：全部阶段]",
        ("template", Some("zones")) => "按此数目的圈层分行，而非整个社区一行",
        ("template", Some("from")) => "填入上一轮的内容：申报文档或填好的工作簿",
        (_, Some("both")) => "中英双语，--lang 所选语言在前",
        ("explain", None) => "解释一个代码（如 TM0305），或列出全部代码",
        ("report", None) => "把评估写成供人阅读的报告：网页、Markdown 或工作簿",
        ("report", Some("file")) => "申报文档或填好的工作簿，或评估文档；`-` 表示标准输入",
        ("report", Some("format")) => "报告格式：html、md 或 xlsx [默认：按 --output 的文件名，否则为 html]",
        ("report", Some("public")) => "不含不公开的证明材料、备注以及对不公开数值的说明",
        ("robustness", None) => "说明得分、名次与等级有多可靠",
        ("robustness", Some("files")) => "申报文档或填好的工作簿；`-` 表示标准输入",
        ("robustness" | "index robustness", Some("study")) => "变动的内容（JSON）[默认：权重上下浮动四分之一；对申报还有自述的测量误差和未知项]",
        ("robustness" | "index robustness", Some("draws")) => "抽样次数 [默认：研究方案所定，否则 1000]",
        ("robustness" | "index robustness", Some("seed")) => "随机数种子 [默认：研究方案所定，否则 1]",
        ("robustness" | "index robustness", Some("interval")) => "区间所含抽样的比例，0 到 1 [默认：研究方案所定，否则 0.9]",
        ("robustness" | "index robustness", Some("sobol")) => "用 Sobol 序列代替随机抽样",
        ("robustness" | "index robustness", Some("sensitivity")) => "以此数目的基点计算各因素的影响",
        ("robustness" | "index robustness", Some("format")) => "输出格式：text（默认）、json 或 csv",
        ("schema", None) => "输出某种文档的 JSON Schema",
        ("schema diff", None) => "说明 Schema 的新版本对符合旧版本的文档意味着什么；若有文档可能不再符合，以状态 1 结束",
        ("schema diff", Some("old")) => "旧的 Schema",
        ("schema diff", Some("new")) => "新的 Schema",
        ("standard", None) => "查看标准",
        ("standard show", None) => "以树形输出标准，或详细输出其中一个场景、中类或指标",
        ("standard lint", None) => "列出一份标准中的全部问题",
        ("standard page", None) => "把标准写成供规划人员阅读的页面（Markdown）",
        ("standard page", Some("page")) => "页面：catalogue（全部指标，从定义到每个阈值的依据）或 grounds（阈值依据什么、哪些有待核对）",
        ("completions", None) => "输出某种 shell 的补全脚本",
        (_, Some("help")) => "显示帮助",
        (_, Some("version")) => "显示版本",
        (_, Some("lang")) => "引擎所用语言：en 或 zh [默认：取自 LC_ALL、LC_MESSAGES 或 LANG]",
        (_, Some("output")) => "写入此文件而非标准输出；要么完整写入，要么不写",
        (_, Some("limits")) => "改变读取上限，如 cells=2000000；可重复",
        ("assess", Some("file")) => "申报文档或填好的工作簿；`-` 表示标准输入",
        ("standard lint", Some("file")) => "标准文件；`-` 表示标准输入",
        ("check", Some("files")) => "文档、填好的工作簿、文件夹、`*.xlsx` 之类的模式，或每行一份文档的 .ndjson；`-` 表示标准输入",
        (_, Some("previous")) => "用于比较的上一轮申报：文件、文件夹或 .ndjson",
        (_, Some("waivers")) => "已认可的问题（豁免单）；予以标注且不计入",
        (_, Some("on")) => "检查之日，如 2026-03-31 [默认：今天]",
        (_, Some("mask")) => "消息中不显示填报的值",
        (_, Some("fail_on")) => "从此级别起以状态 1 结束：error（默认）、warning 或 note",
        ("schema", Some("standard")) => "由此标准编译申报的 Schema",
        ("schema", Some("stage")) => "为标准的这一阶段编译申报的 Schema",
        ("schema", Some("kind")) => "文档种类：standard、community、submission、assessment、comparison、robustness 或 waivers",
        (_, Some("standard")) => "标准文件 [默认：内置参考标准]",
        (_, Some("community")) => "社区文件，用于申报仅引用社区的情形",
        (_, Some("weight_set")) => "使用标准中的此权重方案，代替标准自身的权重",
        ("check" | "standard lint", Some("format")) => "输出格式：text（默认）、json、jsonl（每份文档一行）、sarif 或 github（GitHub Actions 批注）",
        (_, Some("format")) => "输出格式：text（默认）或 json",
        (_, Some("fail_under")) => "等级低于此等级时，以状态 1 结束",
        ("assess", Some("all")) => "全部列出，而非只列前几项",
        (_, Some("all")) => "显示每一处，而非每个代码只显示前三处",
        (_, Some("code")) => "代码，或其名称（如 unknown-indicator）",
        (_, Some("node")) => "场景、中类或指标的标识符或编号",
        (_, Some("shell")) => "shell：bash、zsh、fish、elvish 或 powershell",
        _ => "",
    }
}

/// A usage error in words.
pub(crate) fn usage_error(error: &clap::Error, lang: Lang, colour: bool) -> String {
    let rendered = error.render();
    let english = if colour { rendered.ansi().to_string() } else { rendered.to_string() };
    if lang == Lang::En || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return english;
    }
    let part = |kind: ContextKind| error.get(kind).map(ToString::to_string);
    let named = |kind: ContextKind| part(kind).unwrap_or_default();
    let mut text = match error.kind() {
        ErrorKind::InvalidValue if named(ContextKind::InvalidValue).is_empty() => format!("错误：`{}` 需要一个值", named(ContextKind::InvalidArg)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("错误：`{}` 的值 `{}` 无效", named(ContextKind::InvalidArg), named(ContextKind::InvalidValue))
        }
        ErrorKind::UnknownArgument => format!("错误：没有参数 `{}`", named(ContextKind::InvalidArg)),
        ErrorKind::InvalidSubcommand => format!("错误：没有命令 `{}`", named(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => "错误：缺少命令".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("错误：缺少必需的参数 {}", named(ContextKind::InvalidArg)),
        ErrorKind::ArgumentConflict => format!("错误：参数 `{}` 不能这样合用或重复", named(ContextKind::InvalidArg)),
        _ => return english,
    };
    if error.kind() == ErrorKind::ValueValidation && named(ContextKind::InvalidArg).starts_with("--limit") {
        text.push_str(&format!("\n  {}", chinese("", Some("limits"))));
    }
    for (kind, words) in [(ContextKind::ValidValue, "可用的值"), (ContextKind::ValidSubcommand, "可用的命令")] {
        if let Some(known) = part(kind).filter(|known| !known.is_empty()) {
            text.push_str(&format!("\n  {words}：{known}"));
        }
    }
    for kind in [ContextKind::SuggestedValue, ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand] {
        if let Some(near) = part(kind).filter(|near| !near.is_empty()) {
            text.push_str(&format!("\n  是否想写 `{near}`？"));
        }
    }
    text.push_str("\n\n详见 talent --help\n");
    crate::render::text::plain_lines(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(command: &clap::Command, path: &str) {
        assert!(!chinese(path, None).is_empty(), "`{path}`");
        for arg in command.get_arguments() {
            let help = chinese(path, Some(arg.get_id().as_str()));
            assert!(!help.is_empty(), "`{path}` {}", arg.get_id());
            for value in arg.get_possible_values().iter().filter(|_| arg.get_action().takes_values()) {
                assert!(help.contains(value.get_name()), "`{path}` {}: {}", arg.get_id(), value.get_name());
            }
        }
        for inner in command.get_subcommands() {
            walk(inner, format!("{path} {}", inner.get_name()).trim());
        }
    }

    #[test]
    fn every_word_of_help_is_in_chinese_too() {
        Cli::command().debug_assert();
        command(Lang::Zh).debug_assert();
        walk(&command(Lang::Zh), "");
    }
}
