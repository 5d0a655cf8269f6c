//! The reference standard: nine scenarios, 33 categories, 115 indicators, open, and of the same shape as Beijing's, whose text is not public.

use std::sync::LazyLock;

use crate::id::Digest;
use crate::{Document, Standard};

/// The reference standard as it is written.
pub const TEXT: &str = include_str!("../standards/reference.json");

/// The reference standard; the default wherever a standard can be chosen.
///
/// ```
/// let standard = talent_model::reference::standard();
/// assert_eq!((standard.scenarios.len(), standard.indicators().len()), (9, 115));
/// ```
#[must_use]
pub fn standard() -> &'static Standard {
    static STANDARD: LazyLock<Standard> = LazyLock::new(|| match Standard::from_json(TEXT.as_bytes()) {
        Ok(standard) => standard,
        #[expect(clippy::panic, reason = "the text is compiled in, and a test reads it")]
        Err(error) => panic!("the embedded standard does not read: {error}"),
    });
    &STANDARD
}

/// The digest of [`standard`], as a test made it.
const DIGEST: &str = include_str!("../standards/reference.digest");

/// The digest of a standard if it is the embedded one, whole: that one is checked and digested by the tests, and not again by every program that uses it.
///
/// ```
/// use talent_model::{Document, reference};
/// let standard = reference::standard();
/// assert_eq!(reference::digest_if_embedded(standard), standard.digest().ok());
/// ```
#[must_use]
pub fn digest_if_embedded(other: &Standard) -> Option<Digest> {
    let same = other.id.as_str() == ID && (std::ptr::eq(other, standard()) || other == standard());
    same.then(|| Digest::new(DIGEST.trim_end()).ok()).flatten()
}

/// The identifier of the reference standard.
pub const ID: &str = "talent-reference";
