//! What is found on the way, with its place and the names of what it is about.

use talent_model::diagnostic::{Code, Pointer, Severity};
use talent_model::{Bilingual, Diagnostic};

use super::table::unknown;
use super::trouble::Trouble;

/// Findings, and the place that they belong to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes {
    pub(crate) at: Pointer,
    pub(crate) found: Vec<Diagnostic>,
}

impl Notes {
    pub(crate) fn note(&mut self, code: Code, with: impl FnOnce(Diagnostic) -> Diagnostic) {
        self.found.push(with(Diagnostic::new(code, self.at.clone())));
    }

    /// The first error.
    #[cfg(feature = "robust")]
    pub(crate) fn error(&self) -> Option<&Diagnostic> {
        self.found.iter().find(|found| found.severity == Severity::Error)
    }

    pub(crate) fn failed(&self) -> bool {
        self.found.iter().any(|found| found.severity == Severity::Error)
    }
}

/// What a trouble belongs to.
pub(crate) struct Place<'p> {
    pub(crate) node: &'p str,
    pub(crate) method: &'static str,
    pub(crate) codes: &'p [&'p str],
}

impl Notes {
    /// A trouble in words, with the names of its units and members.
    pub(crate) fn trouble(&mut self, trouble: Trouble, place: &Place<'_>, unit: impl Fn(usize) -> String) {
        let member = |at: usize| place.codes.get(at).copied().unwrap_or(place.node);
        match trouble {
            Trouble::TooFew { expected, found } => self.note(Code::IndexTooFewUnits, |d| {
                d.with("method", place.method).with("expected", expected.to_string()).with("found", found.to_string())
            }),
            Trouble::NotPositive { unit: at, member: of, found } => {
                self.note(Code::IndexNotPositive, |d| {
                    d.with("method", place.method).with("unit", unit(at)).number("found", found).with("code", member(of))
                });
            }
            Trouble::NoSolution { unit: at, why } => self.note(Code::IndexNoSolution, |d| {
                let d = d.with("method", place.method).with("node", place.node).bilingual("why", why);
                match at {
                    Some(at) => d.with("unit", unit(at)),
                    None => d.bilingual("unit", Bilingual { en: "all units", zh: "全部单元" }),
                }
            }),
            Trouble::Parameter { name, found, expected } => {
                self.note(Code::IndexParameter, |d| d.with("parameter", name).with("found", found).bilingual("expected", expected));
            }
            Trouble::UnknownMember { name } => {
                let what = Bilingual { en: "member", zh: "成员" };
                let found = unknown(self.at.clone(), what, &name, place.codes.iter().copied());
                self.found.push(found);
            }
            Trouble::Judgements { en, zh } => self.note(Code::IndexJudgements, |d| d.with("node", place.node).with("why", en).with("why_zh", zh)),
            Trouble::Singular => {
                let codes: Vec<String> = place.codes.iter().map(|code| format!("`{code}`")).collect();
                self.note(Code::IndexSingular, |d| d.with("codes", codes.join(", ")).with("method", place.method));
            }
        }
    }
}

/// A number for people.
pub(crate) fn short(value: f64) -> String {
    format!("{value:.3}")
}
