//! Findings on their way to Python.

use std::collections::BTreeMap;

use pyo3::prelude::*;
use talent_model::diagnostic::{self, Code, Pointer};
use talent_model::quantity::Count;
use talent_model::{Diagnostic, Lang};

/// Code, severity, pointer, line, column, length, parameters, cell and acceptance; Python makes its own class of it.
#[derive(IntoPyObject)]
pub(crate) struct Finding(
    &'static str,
    &'static str,
    String,
    Option<u64>,
    Option<u64>,
    Option<u64>,
    BTreeMap<String, String>,
    Option<String>,
    Option<Accepted>,
);

/// Why a finding does not count, by language, who decided so, and until when.
type Accepted = (BTreeMap<String, String>, String, String);

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of lines or characters")]
fn whole(count: Option<Count>) -> Option<u64> {
    count.map(|count| count.get() as u64)
}

pub(crate) fn findings(diagnostics: &[Diagnostic]) -> Vec<Finding> {
    let finding = |d: &Diagnostic| {
        Finding(
            d.code.as_str(),
            d.severity.as_str(),
            d.pointer.to_string(),
            whole(d.line),
            whole(d.column),
            whole(d.length),
            d.params.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
            d.cell.as_ref().map(ToString::to_string),
            d.waived.as_ref().map(|waived| {
                let reason = waived.reason.iter().map(|(language, text)| (language.to_string(), text.to_string())).collect();
                (reason, waived.approver.to_string(), waived.until.to_string())
            }),
        )
    };
    diagnostics.iter().map(finding).collect()
}

/// The language of a tag; every kind of Chinese is Chinese.
pub(crate) fn language(tag: &str) -> Option<Lang> {
    match tag.split(['-', '_']).next() {
        Some("en") => Some(Lang::En),
        Some("zh") => Some(Lang::Zh),
        _ => None,
    }
}

/// The message of a finding; nothing when code or language do not exist.
#[pyfunction]
pub(crate) fn message(code: &str, params: BTreeMap<String, String>, lang: &str) -> Option<String> {
    let mut diagnostic = Diagnostic::new(code.parse::<Code>().ok()?, Pointer::root());
    for (name, value) in &params {
        diagnostic = diagnostic.with(name, value);
    }
    Some(diagnostic::message(&diagnostic, language(lang)?))
}

/// The page of a code; nothing when code or language do not exist.
#[pyfunction]
pub(crate) fn explain(code: &str, lang: &str) -> Option<String> {
    Some(diagnostic::explain(code.parse::<Code>().ok()?, language(lang)?))
}

/// Every code with its name in words.
#[pyfunction]
pub(crate) fn codes() -> Vec<(&'static str, String)> {
    Code::ALL.iter().map(|code| (code.as_str(), code.slug())).collect()
}
