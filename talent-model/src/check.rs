//! What a schema cannot say: references, units, limits, the rules of a standard about its submissions, and the soundness of a standard itself.
//!
//! Every check reports all it finds, each finding at its place. A document with findings of [`Severity::Error`] does not conform.

mod community;
mod lint;
mod observation;
mod personal;
mod question;
mod submission;

use std::collections::HashMap;

use crate::community::Zone;
use crate::diagnostic::{Code, Diagnostic, Findings, Pointer, Severity, locate};
use crate::document::text_of;

pub use community::community;
pub use lint::standard;
pub use observation::answer;
pub use personal::{hide, personal, personal_in_community};
pub use question::Beside;
pub use submission::{Checker, submission, submission_with};

/// Whether a document with these findings conforms: none of them is an error.
#[must_use]
pub fn conforms(findings: &[Diagnostic]) -> bool {
    findings.iter().all(|d| d.severity != Severity::Error)
}

/// Gives findings about typed documents the lines and columns of the bytes they were read from. Whatever limits held when those were read, none hold here.
pub fn locate_in(findings: &mut [Diagnostic], bytes: &[u8]) {
    if findings.is_empty() {
        return;
    }
    if let Ok(text) = text_of(bytes, crate::document::Limits::none()) {
        locate(findings, text);
    }
}

/// Notes identifiers that are used twice; the second use is where the finding stands.
fn repeated<'i>(ids: impl Iterator<Item = (&'i str, Pointer)>, code: Code, found: &mut Findings) {
    let mut seen = std::collections::BTreeSet::new();
    for (id, pointer) in ids {
        if !seen.insert(id) {
            found.push(Diagnostic::new(code, pointer.with("id")).with("found", id));
        }
    }
}

/// The number of every name; the first of two equal names has it.
fn numbered<'n>(names: impl Iterator<Item = &'n str>) -> HashMap<&'n str, usize> {
    let mut numbers = HashMap::new();
    for (number, name) in names.enumerate() {
        numbers.entry(name).or_insert(number);
    }
    numbers
}

/// Where an answer belongs, in words.
fn place(zone: Option<&Zone>) -> Place {
    match zone {
        None => Place { en: "the whole community".into(), zh: "整个社区".into() },
        Some(zone) => Place { en: format!("zone `{}`", zone.id), zh: format!("圈层「{}」", zone.name.in_language(crate::Lang::Zh)) },
    }
}

/// A place in words.
struct Place {
    en: String,
    zh: String,
}

impl Diagnostic {
    fn place(self, place: &Place) -> Self {
        self.with("place", &place.en).with("place_zh", &place.zh)
    }
}
