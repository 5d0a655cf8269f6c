//! The reference standard: nine scenarios, 33 categories, 115 indicators, open, and of the same shape as Beijing's, whose text is not public.

use std::sync::LazyLock;

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
