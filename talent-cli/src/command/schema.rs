//! `talent schema`.

use talent_model::document::Kind;
use talent_model::schema;

use crate::args::Schema;
use crate::render::report::pretty;
use crate::{Outcome, Session, Status};

use super::{misused, refuse, standard, unknown};

pub(crate) fn run(args: &Schema, session: &mut Session<'_>) -> Outcome {
    let kind = Kind::from(args.kind);
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
