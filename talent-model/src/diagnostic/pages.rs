//! What lies behind each code: cause, cure and an example, for `talent explain` and the documentation.

use super::Code;
use crate::lang::Bilingual;

/// The explanation of one code.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// Why this happens.
    pub cause: Bilingual,
    /// How to mend it.
    pub cure: Bilingual,
    /// A piece of a document that has the fault.
    pub example: &'static str,
}

impl Code {
    /// The code's explanation.
    #[must_use]
    pub const fn page(self) -> Page {
        const NONE: Page = Page { cause: Bilingual { en: "", zh: "" }, cure: Bilingual { en: "", zh: "" }, example: "" };
        NONE
    }
}
