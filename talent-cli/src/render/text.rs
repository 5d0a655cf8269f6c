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
    fn chinese_takes_two_columns() {
        assert_eq!(width("公园 a"), 6);
        assert_eq!(fit("公园面积", 5), "公园…");
    }
}
