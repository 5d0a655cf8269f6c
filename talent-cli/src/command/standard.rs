//! `talent standard`.

use talent_model::document::Kind;
use talent_model::workbook::Intake;
use talent_model::{Document, Standard, check};

use crate::args::{Format, Lint, Page, PageKind, Show, StandardArgs, StandardCommand};
use crate::examine::by_itself;
use crate::render::report::{Report, pretty};
use crate::render::standard::{Node, detail, nodes, tree};
use crate::render::{catalogue, grounds};
use crate::{Outcome, Session, Status};

use super::{check as checking, misused, open, refuse, standard, unknown};

pub(crate) fn run(args: &StandardArgs, session: &mut Session<'_>) -> Outcome {
    match &args.command {
        StandardCommand::Show(args) => show(args, session),
        StandardCommand::Lint(args) => lint(args, session),
        StandardCommand::Page(args) => page(args, session),
    }
}

fn page(args: &Page, session: &mut Session<'_>) -> Outcome {
    let standard = match standard(args.standard.as_deref(), session) {
        Ok(standard) => standard,
        Err(report) => return refuse(&report, true, session),
    };
    let product = match args.page {
        PageKind::Catalogue => catalogue::print(&standard, session.lang),
        PageKind::Grounds => grounds::print(&standard, session.lang),
    };
    Outcome::of(Status::Clean, product)
}

fn show(args: &Show, session: &mut Session<'_>) -> Outcome {
    let standard = match standard(args.standard.as_deref(), session) {
        Ok(standard) => standard,
        Err(report) => return refuse(&report, true, session),
    };
    let (lang, style) = (session.lang, session.style);
    let Some(wanted) = &args.node else {
        let product = match args.format {
            Format::Json => standard.to_json(),
            Format::Text => tree(&standard, lang, style),
        };
        return Outcome::of(Status::Clean, product);
    };
    let nodes = nodes(&standard);
    let by_id = nodes.iter().find(|node| node.id() == wanted);
    let Some(node) = by_id.or_else(|| nodes.iter().find(|node| node.code().is_some_and(|code| code.eq_ignore_ascii_case(wanted)))) else {
        let known: Vec<&str> = nodes.iter().map(Node::id).chain(nodes.iter().filter_map(Node::code)).collect();
        return misused(&unknown(("scenario, category or indicator", "场景、中类或指标"), wanted, &known), session);
    };
    let product = match (args.format, node) {
        (Format::Text, node) => detail(&standard, node, lang, style),
        (Format::Json, Node::Category(category)) => pretty(&serde_json::to_value(category).unwrap_or_default()),
        (Format::Json, Node::Indicator(indicator)) => pretty(&serde_json::to_value(indicator).unwrap_or_default()),
    };
    Outcome::of(Status::Clean, product)
}

fn lint(args: &Lint, session: &mut Session<'_>) -> Outcome {
    let report = match open(&args.file, session) {
        Ok(source) => {
            // Who lints a file names it as a standard, which has more room than what anybody hands in.
            let limits = Intake { document: session.limits.document.for_kind(Kind::Standard), ..session.limits };
            let examined = by_itself::<Standard>(&source.bytes, limits, check::standard);
            Report { label: source.label.clone(), text: source.text(), examined, ..Report::default() }
        }
        Err(report) => *report,
    };
    checking::finish(&[report], args.format, args.all, session)
}
