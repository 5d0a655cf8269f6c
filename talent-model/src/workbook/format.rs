//! How cells show their numbers: whether a number is a date, or a share written with a percent sign.

use std::collections::HashMap;

use super::xml::{Piece, attribute, walk};
use crate::diagnostic::Diagnostic;

/// How a number is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    #[default]
    Plain,
    /// 0.35 is shown as 35 %: the person who typed it wrote 35 %.
    Percent,
    /// A day, as the number of days since the epoch.
    Date,
}

/// How the cells of every style show their numbers.
pub(super) fn styles(part: &str, text: &str) -> Result<Vec<Shown>, Diagnostic> {
    let mut own: HashMap<u32, Shown> = HashMap::new();
    let mut shown = Vec::new();
    let mut in_cell_styles = false;
    walk(part, text, |piece| {
        match piece {
            Piece::Begin(element, empty) => match element.local_name().as_ref() {
                "numFmt" => {
                    let id = attribute(&element, "numFmtId").and_then(|id| id.parse().ok());
                    if let (Some(id), Some(code)) = (id, attribute(&element, "formatCode")) {
                        own.insert(id, by_code(&code));
                    }
                }
                "cellXfs" => in_cell_styles = !empty,
                "xf" if in_cell_styles => {
                    let id: u32 = attribute(&element, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or_default();
                    shown.push(own.get(&id).copied().unwrap_or_else(|| built_in(id)));
                }
                _ => {}
            },
            Piece::End(name) if name == "cellXfs" => in_cell_styles = false,
            _ => {}
        }
        Ok(())
    })?;
    Ok(shown)
}

/// The formats that every program knows by number (ECMA-376-1, 18.8.30), with those of East Asian languages.
fn built_in(id: u32) -> Shown {
    match id {
        9 | 10 => Shown::Percent,
        14..=22 | 27..=36 | 45..=47 | 50..=58 => Shown::Date,
        _ => Shown::Plain,
    }
}

/// What a format code means, by the letters that stand outside quotes, brackets and escapes.
fn by_code(code: &str) -> Shown {
    let mut plain = String::new();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            // What follows these is shown as it is, or takes its width.
            '\\' | '_' | '*' => {
                chars.next();
            }
            '"' => {
                chars.by_ref().find(|c| *c == '"');
            }
            '[' => {
                chars.by_ref().find(|c| *c == ']');
            }
            c => plain.extend(c.to_lowercase()),
        }
    }
    if plain.contains('%') {
        Shown::Percent
    } else if !plain.contains("general") && plain.contains(['y', 'm', 'd', 'h', 's']) {
        Shown::Date
    } else {
        Shown::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_tell_dates_and_shares_from_numbers() {
        for date in ["yyyy-mm-dd", "[$-804]yyyy\"年\"m\"月\"d\"日\"", "d/m/yy;@", "mmm\\-yy"] {
            assert_eq!(by_code(date), Shown::Date, "{date}");
        }
        for share in ["0%", "0.00%", "#,##0.0\\ %"] {
            assert_eq!(by_code(share), Shown::Percent, "{share}");
        }
        for plain in ["General", "0.00", "#,##0", "0\"days\"", "[Red]0", "0\\%", "@"] {
            assert_eq!(by_code(plain), Shown::Plain, "{plain}");
        }
    }
}
