//! Human text in any number of languages.

use crate::Lang;
use crate::collection::Map;
use crate::id::{LangTag, StringRule};
use crate::lang::Bilingual;
use crate::macros::checked_string;

checked_string! {
    /// A text for people: not empty, at most 20,000 characters, line breaks allowed, no other control characters.
    pub struct Prose: StringRule::new(
        "^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f]+$",
        20_000,
        Bilingual {
            en: "a text, not empty, without control characters, at most 20,000 characters",
            zh: "一段文字，不为空，不含控制字符，最多 20,000 个字符",
        },
        &["A quiet street"],
        is_prose,
    );
}

fn is_prose(text: &str) -> bool {
    // Control characters are single bytes in UTF-8, and no other character contains those bytes.
    // Every byte is looked at: without a way out of the loop, it is done many bytes at a time.
    let bad = text.bytes().fold(false, |bad, b| bad | ((b < 0x20) & (b != b'\t') & (b != b'\n')) | (b == 0x7f));
    !text.is_empty() && !bad
}

/// A text in one or more languages: `{"zh": "公园", "en": "Park"}`.
pub type Text = Map<LangTag, Prose>;

impl Text {
    /// The text in the language asked for, else in English, else in the first language it has; empty when it has none.
    ///
    /// ```
    /// # use talent_model::{Lang, text::Text};
    /// let text: Text = serde_json::from_str(r#"{"zh": "公园", "en": "Park"}"#)?;
    /// assert_eq!(text.in_language(Lang::Zh), "公园");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn in_language(&self, lang: Lang) -> &str {
        self.get(lang.tag())
            .or_else(|| self.iter().find(|(tag, _)| tag.as_str().split('-').next() == Some(lang.tag())).map(|(_, text)| text))
            .or_else(|| self.get(Lang::En.tag()))
            .or_else(|| self.values().next())
            .map_or("", Prose::as_str)
    }
}
