//! JSON Pointers (RFC 6901).

use std::fmt::{self, Write};

use serde::{Deserialize, Serialize};

/// A place in a document: `/observations/12/unit`; the empty pointer is the whole document.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document.
    #[must_use]
    pub const fn root() -> Self {
        Self(String::new())
    }

    /// The pointer as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The place of a member below this place.
    #[must_use]
    pub fn with(&self, name: &str) -> Self {
        let mut pointer = self.clone();
        pointer.push(name);
        pointer
    }

    /// The place of a list's item below this place.
    #[must_use]
    pub fn at(&self, index: usize) -> Self {
        let mut pointer = self.clone();
        pointer.push_index(index);
        pointer
    }

    pub(crate) fn push(&mut self, name: &str) -> usize {
        let length = self.0.len();
        self.0.push('/');
        for c in name.chars() {
            match c {
                '~' => self.0.push_str("~0"),
                '/' => self.0.push_str("~1"),
                c => self.0.push(c),
            }
        }
        length
    }

    pub(crate) fn push_index(&mut self, index: usize) -> usize {
        let length = self.0.len();
        // Writing to a `String` cannot fail.
        let _ = write!(self.0, "/{index}");
        length
    }

    pub(crate) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// The names and indices on the way, unescaped.
    pub fn steps(&self) -> impl Iterator<Item = String> {
        self.0.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"))
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl crate::document::Read for Pointer {
    fn read(node: &crate::document::Node<'_>, cx: &mut crate::document::Cx<'_>) -> Option<Self> {
        cx.string(node).map(|text| Self(text.into()))
    }
}
