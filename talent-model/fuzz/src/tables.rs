//! Any bytes as a delimited text.

use std::sync::LazyLock;

use talent_model::diagnostic::message;
use talent_model::workbook::{self, Shape, TableOptions};
use talent_model::{Document, Lang, Standard, check};

static STANDARD: LazyLock<Standard> = LazyLock::new(|| {
    let text = include_bytes!("../../../schemas/vectors/standards/every-kind.json");
    Standard::from_json(text).expect("a standard")
});

/// Reads the bytes as a table, checks what was read, and tells all that was found. What was understood without a fault is written to be read again as
/// the same, however it is parted and encoded; wide too, where nothing had to be left.
pub fn tables(bytes: &[u8]) {
    let reading = workbook::read(&STANDARD, bytes);
    let checked = reading.submission.as_ref().map_or_else(Vec::new, |submission| check::submission(&STANDARD, submission));
    for diagnostic in reading.with(checked) {
        for lang in [Lang::En, Lang::Zh] {
            assert!(!message(&diagnostic, lang).is_empty(), "{diagnostic:?} says nothing");
        }
    }
    assert!(reading.submission.is_some() || !reading.diagnostics.is_empty(), "refused without a finding");
    let Some(submission) = reading.submission.as_ref().filter(|_| reading.is_sound()) else { return };
    for shape in [Shape::Long, Shape::Wide] {
        for lang in [Lang::En, Lang::Zh] {
            for delimiter in [',', '\t', ';', '|'] {
                let options = TableOptions { delimiter, mark: lang == Lang::Zh, ..TableOptions::new(shape, lang) };
                let made = workbook::table(&STANDARD, submission, &options);
                if shape == Shape::Wide && !made.left.is_empty() {
                    continue;
                }
                assert!(made.left.is_empty(), "{:?}", made.left);
                let text = String::from_utf8(made.bytes).expect("UTF-8 is written");
                for written in [text.as_bytes().to_vec(), utf16(&text)] {
                    let again = workbook::read(&STANDARD, &written);
                    assert_eq!(
                        again.submission.as_ref().map(Document::to_json),
                        Some(submission.to_json()),
                        "{options:?}\n{text}\n{:?}",
                        again.diagnostics
                    );
                }
            }
        }
    }
}

/// As spreadsheet programs save "Unicode text".
fn utf16(text: &str) -> Vec<u8> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}
