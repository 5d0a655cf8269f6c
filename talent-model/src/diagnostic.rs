//! What is found wrong, or worth knowing, in a document: one value for every door, rendered into words later.

mod catalogue;
mod findings;
mod locate;
mod mask;
mod pages;
mod place;
mod pointer;
mod render;
mod waived;

pub use catalogue::{Code, UnknownCode};
pub(crate) use findings::Findings;
pub(crate) use locate::Lines;
pub use locate::locate;
pub use pages::Page;
pub use place::CellPlace;
pub use pointer::Pointer;
pub use render::{explain, message};
pub use waived::Waived;

use crate::Lang;
use crate::collection::Map;
use crate::lang::Bilingual;
use crate::macros::{record, words};
use crate::quantity::Count;

words! {
    /// How much a diagnostic weighs.
    pub enum Severity {
        /// The document cannot be used as it is.
        Error = "error",
        /// The document can be used, but somebody should look.
        Warning = "warning",
        /// Worth knowing.
        Note = "note",
    }
}

record! {
    /// One finding: a permanent code, where it is, and the parameters of its message.
    ///
    /// The words are made from code and parameters when they are shown, in either language, by [`message`].
    pub struct Diagnostic {
        /// The permanent code.
        code: Code,
        /// How much it weighs.
        severity: Severity,
        /// Where in the document, as a JSON Pointer (RFC 6901).
        pointer: Pointer,
        /// The line in the text, from 1.
        line?: Count,
        /// The column in the line, in characters, from 1.
        column?: Count,
        /// How many characters of that line it concerns.
        length?: Count,
        /// The cell, where the document was read from a workbook or table.
        cell?: Box<CellPlace>,
        /// The parameters of the message, as text.
        params*: Map<String, String>,
        /// Why it does not count, where somebody has accepted it.
        waived?: Box<Waived>,
    }
}

impl Diagnostic {
    /// A finding of the code's own severity.
    #[must_use]
    pub fn new(code: Code, pointer: Pointer) -> Self {
        Self { code, severity: code.severity(), pointer, line: None, column: None, length: None, cell: None, params: Map::absent(), waived: None }
    }

    /// Adds a parameter that is the same in every language.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl AsRef<str>) -> Self {
        self.params.insert(name.into(), shorten(value.as_ref()));
        self
    }

    /// Adds a number.
    #[must_use]
    pub fn number(self, name: &str, value: f64) -> Self {
        self.with(name, crate::canonical::number(value))
    }

    /// Adds a parameter of the engine's own words.
    #[must_use]
    pub fn bilingual(self, name: &str, value: Bilingual) -> Self {
        self.with(name, value.en).with(&format!("{name}_zh"), value.zh)
    }

    /// Adds a parameter from a document's text in both languages.
    #[must_use]
    pub fn text(self, name: &str, value: &crate::text::Text) -> Self {
        self.with(name, value.in_language(Lang::En)).with(&format!("{name}_zh"), value.in_language(Lang::Zh))
    }

    /// Adds the near miss that the writer may have meant.
    #[must_use]
    pub fn suggest(self, suggestion: Option<&str>) -> Self {
        match suggestion {
            Some(suggestion) => self.with("suggestion", suggestion),
            None => self,
        }
    }

    /// Whether the member's name is meant rather than its value.
    fn is_about_name(&self) -> bool {
        self.code == Code::UnknownMember
    }
}

/// A stranger's text goes into a message only so far.
fn shorten(text: &str) -> String {
    const LONGEST: usize = 300;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.into(),
    }
}

/// The candidate that a mistyped word most likely meant, if any is near enough; for names that only the caller knows.
///
/// ```
/// use talent_model::diagnostic::nearest;
/// assert_eq!(nearest("gpd", ["rent", "gdp"].into_iter()), Some("gdp"));
/// ```
pub fn nearest<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    closest(word, candidates)
}

/// The candidate that a mistyped word most likely meant, if any is near enough.
pub(crate) fn closest<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    const LONGEST: usize = 64;
    // Of more names than this nobody knows which was meant.
    const MOST: usize = 2000;
    if word.len() > LONGEST {
        return None;
    }
    let folded = fold(word);
    let near = |candidate: &&str| {
        let candidate = fold(candidate);
        let distance = strsim::osa_distance(&folded, &candidate);
        let similar = strsim::jaro_winkler(&folded, &candidate);
        (distance * 3 <= candidate.chars().count().max(3) || similar > 0.92).then_some(distance)
    };
    candidates.take(MOST).filter_map(|c| near(&c).map(|d| (d, c))).min().map(|(_, c)| c)
}

fn fold(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '-' | '_' | ' ' | '.')).flat_map(char::to_lowercase).collect()
}
