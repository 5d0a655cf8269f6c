//! How much of a stranger's workbook is read.

use crate::diagnostic::{Code, Diagnostic, Pointer};

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

/// A limit that is exceeded.
pub(super) fn beyond(code: Code, found: usize, limit: usize) -> Diagnostic {
    Diagnostic::new(code, Pointer::root()).with("found", found.to_string()).with("limit", limit.to_string())
}
