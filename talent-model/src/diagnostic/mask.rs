//! Findings without what was submitted.

use super::{Code, Diagnostic};

/// What stands in place of a value.
const MASK: &str = "***";

/// Parameters that name a place or come from the standard or the engine. Whatever is not listed here is masked.
const SHOWN: &[&str] = &[
    "indicator",
    "fact",
    "zone",
    "place",
    "stage",
    "node",
    "module",
    "member",
    "expected",
    "known",
    "choices",
    "suggestion",
    "unit",
    "whole",
    "factor",
    "state",
    "what",
    "why",
    "count",
    "all",
    "limit",
    "offset",
    "bytes",
    "newest",
    "evidence",
    "code",
    "approver",
    "path",
    "document",
];

impl Diagnostic {
    /// The finding with every submitted value in its parameters replaced by `***`; what names a place or comes from the standard stays.
    ///
    /// ```
    /// # use talent_model::{Lang, diagnostic::{Code, Diagnostic, Pointer, message}};
    /// let found = Diagnostic::new(Code::NotWhole, Pointer::root()).with("indicator", "open-days").with("found", "7.5");
    /// assert_eq!(message(&found.masked(), Lang::En), "`open-days` is counted in whole numbers, found ***");
    /// ```
    #[must_use]
    pub fn masked(mut self) -> Self {
        // The scored range comes from the standard; elsewhere the same words name what was submitted.
        let of_standard: &[&str] = if matches!(self.code, Code::UnitSlip | Code::Unusual) { &["low", "high"] } else { &[] };
        let masked = self.params.iter().map(|(name, value)| {
            let plain = name.strip_suffix("_zh").unwrap_or(name);
            let shown = SHOWN.contains(&plain) || of_standard.contains(&plain);
            (name.clone(), if shown { value.clone() } else { MASK.into() })
        });
        if !self.params.is_empty() {
            self.params = masked.collect();
        }
        self
    }
}
