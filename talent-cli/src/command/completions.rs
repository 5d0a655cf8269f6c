//! `talent completions`.

use crate::args::{Completions, command};
use crate::{Outcome, Session, Status};

pub(crate) fn run(args: &Completions, session: &Session<'_>) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(session.lang), "talent", &mut script);
    Outcome::of(Status::Clean, String::from_utf8_lossy(&script).into_owned())
}
