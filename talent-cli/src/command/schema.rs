//! `talent schema`.

use std::path::Path;

use serde_json::{Value, json};
use talent_model::document::Kind;
use talent_model::schema::{self, Change, Effect};
use talent_model::{Lang, document};

use crate::args::{Diff, Format, Schema, SchemaCommand};
use crate::render::report::{Report, pretty};
use crate::render::text::{Page, plain};
use crate::{Outcome, Session, Status};

use super::{faults, misused, open, refuse, standard, unknown};

pub(crate) fn run(args: &Schema, session: &mut Session<'_>) -> Outcome {
    let kind = match (&args.command, args.kind) {
        (Some(SchemaCommand::Diff(args)), _) => return diff(args, session),
        (None, Some(kind)) => Kind::from(kind),
        // The parser does not let it come to this.
        (None, None) => return Outcome::failed(Status::CouldNotRun, String::new()),
    };
    if args.standard.is_none() && args.stage.is_none() {
        return Outcome::of(Status::Clean, pretty(&schema::of(kind)));
    }
    if kind != Kind::Submission {
        return misused(&unknown(("compiled schema", "由标准编译的 Schema"), kind.as_str(), &["submission"]), session);
    }
    let standard = match standard(args.standard.as_deref(), session) {
        Ok(standard) => standard,
        Err(report) => return refuse(&report, true, session),
    };
    match schema::submission_for(&standard, args.stage.as_deref()) {
        Ok(schema) => Outcome::of(Status::Clean, pretty(&schema)),
        Err(_) => {
            let stages = standard.stage_ids();
            let known: Vec<&str> = stages.iter().map(|stage| stage.as_str()).collect();
            misused(&unknown(("stage", "阶段"), args.stage.as_deref().unwrap_or_default(), &known), session)
        }
    }
}

/// What a new version of a schema means for documents that conform to the old one.
fn diff(args: &Diff, session: &mut Session<'_>) -> Outcome {
    let read = |path: &Path, session: &mut Session<'_>| -> Result<Value, Box<Report>> {
        let source = open(path, session)?;
        document::value(&source.bytes, session.limits.document).map_err(|error| Box::new(faults(&source, error.diagnostics, session.limits)))
    };
    let (old, new) = match read(&args.old, session).and_then(|old| Ok((old, read(&args.new, session)?))) {
        Ok(both) => both,
        Err(report) => return refuse(&report, true, session),
    };
    let changes = schema::changes(&old, &new);
    let breaking = changes.iter().filter(|change| change.effect == Effect::Breaking).count();
    let status = if breaking > 0 { Status::Findings } else { Status::Clean };
    let product = match args.format {
        Format::Json => {
            let list: Vec<Value> =
                changes.iter().map(|change| json!({ "effect": change.effect.as_str(), "at": change.at, "what": change.what })).collect();
            pretty(&Value::Array(list))
        }
        Format::Text => told(&changes, breaking, session.lang),
    };
    Outcome::of(status, product)
}

/// The changes one below the other, breaking ones first, and what they come to.
fn told(changes: &[Change], breaking: usize, lang: Lang) -> String {
    let mut page = Page::default();
    let of = |wanted: Effect| changes.iter().filter(move |change| change.effect == wanted);
    for change in of(Effect::Breaking).chain(of(Effect::Additive)) {
        page.line(plain(&change.to_string()));
    }
    page.line(match (lang, changes.len(), breaking) {
        (Lang::En, 0, _) => "nothing changes for any document".to_owned(),
        (Lang::Zh, 0, _) => "对任何文档都没有影响".to_owned(),
        (Lang::En, all, 0) => format!("{all} additive: every document still conforms"),
        (Lang::Zh, all, 0) => format!("{all} 处兼容的改动（additive）：文档仍全部符合"),
        (Lang::En, all, breaking) => format!("{breaking} breaking, {} additive: some documents may no longer conform", all - breaking),
        (Lang::Zh, all, breaking) => {
            format!("{breaking} 处破坏性改动（breaking），{} 处兼容的改动（additive）：有的文档可能不再符合", all - breaking)
        }
    });
    page.done()
}
