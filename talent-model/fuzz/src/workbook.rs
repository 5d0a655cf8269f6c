//! Any bytes as a workbook.

use std::io::{Cursor, Write};
use std::sync::LazyLock;

use talent_model::diagnostic::message;
use talent_model::workbook::{self, Languages};
use talent_model::{Document, Lang, Standard, check};
use zip::write::SimpleFileOptions;

static STANDARD: LazyLock<Standard> = LazyLock::new(|| {
    let text = include_bytes!("../../../schemas/vectors/standards/every-kind.json");
    Standard::from_json(text).expect("a standard")
});

/// What stands before the name of a part, at the beginning of a line.
pub const MARK: &str = "\n@@ ";

/// The bytes of an archive as they are; any other bytes as the parts of one, each after a line `@@ name`: packed they could not be changed without breaking a checksum.
fn packed(bytes: &[u8]) -> Vec<u8> {
    if bytes.starts_with(b"PK") {
        return bytes.to_vec();
    }
    let text = String::from_utf8_lossy(bytes);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for part in text.split(MARK).filter(|part| !part.is_empty()) {
        let (name, content) = part.split_once('\n').unwrap_or((part, ""));
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        // A name that comes twice is refused by the writer.
        if writer.start_file(name, options).is_ok() {
            writer.write_all(content.as_bytes()).expect("in memory");
        }
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// Reads the bytes as a filled workbook, checks what was read, and tells all that was found. What was understood without a fault is written to be read again as the same.
pub fn workbook(bytes: &[u8]) {
    let reading = workbook::read(&STANDARD, &packed(bytes));
    let checked = reading.submission.as_ref().map_or_else(Vec::new, |submission| check::submission(&STANDARD, submission));
    for diagnostic in reading.with(checked) {
        for lang in [Lang::En, Lang::Zh] {
            assert!(!message(&diagnostic, lang).is_empty(), "{diagnostic:?} says nothing");
        }
    }
    assert!(reading.submission.is_some() || !reading.diagnostics.is_empty(), "refused without a finding");
    if reading.is_sound()
        && let Some(submission) = &reading.submission
        && let Ok(form) = workbook::write(&STANDARD, submission, Languages::One(Lang::En))
    {
        let again = workbook::read(&STANDARD, &form.bytes);
        assert_eq!(again.submission.as_ref().map(Document::to_json), Some(submission.to_json()), "{:?}", again.diagnostics);
    }
}
