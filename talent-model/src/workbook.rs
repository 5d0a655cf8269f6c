//! Workbooks: the form that a community fills in, made from a standard, and reading it back.
//!
//! A submission is JSON, and nobody who submits ever writes JSON. [`template`] makes a workbook (`.xlsx`, ISO/IEC 29500) from a standard; [`read`] makes
//! a submission from the filled one, with the cell of every value, so that whatever is found wrong can be told by `sheet!cell`. The workbook holds
//! no macros, no formulas and no passwords: it is paper. What is right or wrong is decided outside of it, by the same checks as for JSON.

mod address;
mod annotate;
mod book;
mod cell;
mod cure;
mod format;
mod header;
mod instructions;
mod layout;
mod limits;
mod merge;
mod package;
mod plain;
mod read;
mod relation;
mod source;
mod table;
mod template;
mod understand;
mod words;
mod write;
mod xml;

pub use annotate::{annotate, annotate_within};
pub use cure::cure;
pub use limits::{Intake, Limits};
pub use merge::{Found, Merged, Part, merge, merge_within};
pub use package::is_workbook;
pub use plain::{PlainCell, PlainTable};
pub use read::{Reading, read, read_earlier, read_earlier_within, read_within};
pub use source::SourceMap;
pub use table::{Shape, TableOptions, table};
pub use template::{Options, Template, TemplateError, template, write};

use crate::Lang;

/// Whether bytes are what a community fills in: a workbook, or a delimited text with columns of ours; and no document.
///
/// ```
/// assert!(talent_model::workbook::is_form("圈层,指标标识,填报值\n".as_bytes()));
/// assert!(!talent_model::workbook::is_form(b"{\"kind\": \"submission\"}"));
/// ```
#[must_use]
pub fn is_form(bytes: &[u8]) -> bool {
    // What begins as JSON does need not be decoded as a table.
    if let [b'{' | b'[', ..] = bytes.trim_ascii_start() {
        return false;
    }
    is_workbook(bytes) || table::is_table(bytes)
}

/// The languages in which a template speaks. Whatever it speaks, it is read alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Languages {
    /// One language.
    One(Lang),
    /// Both, this one first.
    Both(Lang),
}

impl Languages {
    /// The language that comes first.
    #[must_use]
    pub fn first(self) -> Lang {
        match self {
            Self::One(lang) | Self::Both(lang) => lang,
        }
    }

    fn join(self, en: &str, zh: &str, between: &str) -> String {
        match self {
            Self::One(Lang::En) => en.to_owned(),
            Self::One(Lang::Zh) => zh.to_owned(),
            Self::Both(_) if en == zh => en.to_owned(),
            Self::Both(Lang::En) => format!("{en}{between}{zh}"),
            Self::Both(Lang::Zh) => format!("{zh}{between}{en}"),
        }
    }

    /// On one line.
    fn line(self, en: &str, zh: &str) -> String {
        self.join(en, zh, " ")
    }

    /// One below the other.
    fn lines(self, en: &str, zh: &str) -> String {
        self.join(en, zh, "\n")
    }
}
