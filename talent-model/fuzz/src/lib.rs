//! What must hold whatever the bytes: one function for each target.

pub mod documents;
pub mod score;
pub mod tables;
pub mod workbook;

/// A target: what it is called, and what it does with some bytes.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 6] = [
    ("json", documents::json),
    ("agreement", documents::agreement),
    ("roundtrip", documents::roundtrip),
    ("tables", tables::tables),
    ("workbook", workbook::workbook),
    ("score", score::score),
];
