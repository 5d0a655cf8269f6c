//! `talent explain`.

use talent_model::diagnostic::{Code, Diagnostic, Pointer, explain};

use crate::args::Explain;
use crate::render::text::{Page, Style};
use crate::render::words::InLanguage;
use crate::{Outcome, Session, Status};

use super::{misused, near};

pub(crate) fn run(args: &Explain, session: &Session<'_>) -> Outcome {
    let Some(wanted) = &args.code else { return Outcome::of(Status::Clean, list(session)) };
    let name = wanted.to_lowercase();
    match Code::ALL.iter().find(|code| code.as_str().eq_ignore_ascii_case(wanted) || code.slug() == name) {
        Some(code) => Outcome::of(Status::Clean, explain(*code, session.lang)),
        None => {
            let slugs: Vec<String> = Code::ALL.iter().map(|code| code.slug()).collect();
            let by_name = near(wanted, slugs.iter().map(String::as_str)).filter(|_| !name.starts_with("tm"));
            misused(&Diagnostic::new(Code::UnknownCode, Pointer::root()).with("found", wanted).suggest(by_name), session)
        }
    }
}

fn list(session: &Session<'_>) -> String {
    let style: Style = session.style;
    let mut page = Page::default();
    for code in Code::ALL {
        page.line(format_args!("{} {} {}", style.bold(code), style.dim(code.severity().say(session.lang)), code.slug()));
        page.line(format_args!("    {}", code.template().get(session.lang)));
    }
    page.done()
}
