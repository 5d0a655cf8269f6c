//! Text for terminals: a stranger's characters made harmless, widths, numbers, colour.

use std::fmt::{Display, Write};

pub(crate) use talent_model::shown::{decimals, exact, exact_percent, percent, plain, plain_lines, score, score_with};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Whether text may carry colour.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    colour: bool,
}

impl Style {
    pub(crate) fn new(colour: bool) -> Self {
        Self { colour }
    }

    fn paint(self, code: &str, text: impl Display) -> String {
        if self.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_string() }
    }

    pub(crate) fn bold(self, text: impl Display) -> String {
        self.paint("1", text)
    }

    pub(crate) fn dim(self, text: impl Display) -> String {
        self.paint("2", text)
    }

    pub(crate) fn red(self, text: impl Display) -> String {
        self.paint("1;31", text)
    }

    pub(crate) fn green(self, text: impl Display) -> String {
        self.paint("32", text)
    }

    pub(crate) fn yellow(self, text: impl Display) -> String {
        self.paint("33", text)
    }

    pub(crate) fn cyan(self, text: impl Display) -> String {
        self.paint("36", text)
    }
}

/// JSON that says the same, in which nothing steers a terminal or shows a line otherwise than it is: such characters stand in texts only, where they may
/// be escaped.
pub(crate) fn plain_json(json: String) -> String {
    // Of what is ASCII the writer has escaped all but one.
    if json.bytes().all(|byte| byte < 0x7f) || plain_lines(&json) == json {
        return json;
    }
    let mut safe = String::with_capacity(json.len());
    let mut own = [0; 4];
    for c in json.chars() {
        let text: &str = c.encode_utf8(&mut own);
        if plain_lines(text) == text {
            safe.push(c);
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                // Writing to a `String` cannot fail.
                let _ = write!(safe, "\\u{unit:04x}");
            }
        }
    }
    safe
}

/// How many columns a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// A text within so many columns.
pub(crate) fn fit(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut fitted = String::new();
    let mut taken = 1;
    for c in text.chars() {
        taken += c.width().unwrap_or(0);
        if taken > most {
            break;
        }
        fitted.push(c);
    }
    fitted.push('…');
    fitted
}

/// A bar of so many columns for a share from 0 to 1.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the length")]
pub(crate) fn bar(share: f64, length: u8) -> String {
    let filled = (share.clamp(0.0, 1.0) * f64::from(length)).round() as usize;
    let mut text = "█".repeat(filled);
    text.push_str(&"░".repeat(usize::from(length).saturating_sub(filled)));
    text
}

/// A text that grows line by line.
#[derive(Default)]
pub(crate) struct Page(String);

impl Page {
    pub(crate) fn line(&mut self, text: impl Display) {
        // Writing to a `String` cannot fail.
        let _ = writeln!(self.0, "{text}");
        while self.0.ends_with(" \n") {
            self.0.truncate(self.0.len().saturating_sub(2));
            self.0.push('\n');
        }
    }

    pub(crate) fn gap(&mut self) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
    }

    /// What begins a part.
    pub(crate) fn title(&mut self, style: Style, text: impl Display) {
        self.gap();
        self.line(style.bold(text));
    }

    pub(crate) fn add(&mut self, text: &str) {
        self.0.push_str(text);
    }

    pub(crate) fn done(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_made_harmless_and_says_the_same() {
        let value = serde_json::json!({ "a\u{202e}": "公园\u{7f}\u{9b}\u{e0041}🏙\u{1b}" });
        let safe = plain_json(serde_json::to_string_pretty(&value).unwrap_or_default());
        assert_eq!(safe, "{\n  \"a\\u202e\": \"公园\\u007f\\u009b\\udb40\\udc41🏙\\u001b\"\n}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&safe).ok(), Some(value));
    }

    #[test]
    fn chinese_takes_two_columns() {
        assert_eq!(width("公园 a"), 6);
        assert_eq!(fit("公园面积", 5), "公园…");
    }
}
