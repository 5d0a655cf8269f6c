//! How much of a stranger's workbook is read.

use crate::diagnostic::{Code, Diagnostic, Pointer};
use crate::document;

/// How much of a stranger's workbook is read. Everything is counted while it is unpacked, never believed from the archive's own table.
///
/// A used range that reaches far away costs nothing: only cells that are there are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of the file.
    pub bytes: usize,
    /// The most parts (files) in the archive.
    pub parts: usize,
    /// The most bytes of all parts that are read, unpacked.
    pub inflated: usize,
    /// The most unpacked bytes for one packed byte of a part, once a part is larger than a megabyte.
    pub ratio: usize,
    /// The most sheets.
    pub sheets: usize,
    /// The most cells with content, over all sheets.
    pub cells: usize,
    /// The most characters of one text; spreadsheet programs themselves stop at 32,767.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 16 << 20, parts: 2000, inflated: 48 << 20, ratio: 200, sheets: 200, cells: 400_000, text: 32_767 }
    }
}

/// How much of anything that a stranger hands in is read, whether it is a document or a form.
///
/// ```
/// use talent_model::workbook::Intake;
/// let mut limits = Intake::default();
/// assert!(limits.set("cells", 2_000_000));
/// assert_eq!(limits.form.cells, 2_000_000);
/// assert!(!limits.set("rows", 1), "there is no such limit");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Intake {
    /// For documents in JSON.
    pub document: document::Limits,
    /// For workbooks and delimited texts.
    pub form: Limits,
}

impl Intake {
    /// What the limits are called where they are set by name.
    pub const NAMES: [&str; 10] = ["bytes", "values", "bytes-per-value", "form-bytes", "parts", "inflated", "ratio", "sheets", "cells", "text"];

    /// Sets a limit by its name. False: there is none of that name.
    #[must_use]
    pub fn set(&mut self, name: &str, value: usize) -> bool {
        match self.limit(name) {
            Some(limit) => *limit = value,
            None => return false,
        }
        true
    }

    /// The limit of a name, if there is one.
    #[must_use]
    pub fn get(mut self, name: &str) -> Option<usize> {
        self.limit(name).copied()
    }

    fn limit(&mut self, name: &str) -> Option<&mut usize> {
        Some(match name {
            "bytes" => &mut self.document.bytes,
            "values" => &mut self.document.values,
            "bytes-per-value" => &mut self.document.bytes_per_value,
            "form-bytes" => &mut self.form.bytes,
            "parts" => &mut self.form.parts,
            "inflated" => &mut self.form.inflated,
            "ratio" => &mut self.form.ratio,
            "sheets" => &mut self.form.sheets,
            "cells" => &mut self.form.cells,
            "text" => &mut self.form.text,
            _ => return None,
        })
    }

    /// The most bytes of a file of which it is not known yet what it is.
    #[must_use]
    pub fn of_file(self) -> usize {
        self.document.bytes.max(self.form.bytes)
    }
}

/// A limit that is exceeded.
pub(super) fn beyond(code: Code, found: usize, limit: usize) -> Diagnostic {
    Diagnostic::new(code, Pointer::root()).with("found", found.to_string()).with("limit", limit.to_string())
}
