//! Checked strings: identifiers and the other one-line texts of documents.
//!
//! Every rule is written once, as a `StringRule`; the readers, the schema and the diagnostics all take it from there.

use crate::lang::Bilingual;
use crate::macros::checked_string;

/// What a checked string may look like.
#[derive(Debug)]
pub(crate) struct StringRule {
    /// The pattern as published in the schemas: only what ECMAScript, Python, Go and Rust read alike.
    #[cfg_attr(not(feature = "schema"), expect(dead_code, reason = "only schemas publish it"))]
    pub(crate) pattern: &'static str,
    pub(crate) max_length: usize,
    pub(crate) expects: Bilingual,
    #[cfg_attr(not(feature = "schema"), expect(dead_code, reason = "only schemas publish them"))]
    pub(crate) examples: &'static [&'static str],
    test: fn(&str) -> bool,
}

/// A text that is not what its type asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {expects}")]
pub struct StringError {
    expects: &'static str,
}

impl StringRule {
    pub(crate) const fn new(
        pattern: &'static str,
        max_length: usize,
        expects: Bilingual,
        examples: &'static [&'static str],
        test: fn(&str) -> bool,
    ) -> Self {
        Self { pattern, max_length, expects, examples, test }
    }

    pub(crate) fn check(&self, text: &str) -> Result<(), StringError> {
        let fits = text.len() <= self.max_length || text.chars().count() <= self.max_length;
        if fits && (self.test)(text) { Ok(()) } else { Err(StringError { expects: self.expects.en }) }
    }
}

const fn slug(examples: &'static [&'static str]) -> StringRule {
    StringRule::new(
        "^[a-z0-9]+(-[a-z0-9]+)*$",
        64,
        Bilingual {
            en: "an identifier of lower-case letters, digits and single hyphens, at most 64 characters",
            zh: "由小写字母、数字和单个连字符组成的标识符，最多 64 个字符",
        },
        examples,
        is_slug,
    )
}

fn is_slug(text: &str) -> bool {
    let mut after_hyphen = true;
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => after_hyphen = false,
            b'-' if !after_hyphen => after_hyphen = true,
            _ => return false,
        }
    }
    !after_hyphen
}

fn is_line(text: &str) -> bool {
    // Control characters are single bytes in UTF-8, and no other character contains those bytes.
    !text.is_empty() && !text.bytes().any(|b| b < 0x20 || b == 0x7f)
}

fn is_digest(text: &str) -> bool {
    text.strip_prefix("sha256:").is_some_and(is_hex_64)
}

fn is_hex_64(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn is_version(text: &str) -> bool {
    let number =
        |part: &str| !part.is_empty() && part.len() <= 9 && part.bytes().all(|b| b.is_ascii_digit()) && (part == "0" || !part.starts_with('0'));
    text.split('.').count() == 3 && text.split('.').all(number)
}

fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().is_some_and(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_lowercase()));
    first && parts.all(|p| (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

checked_string! {
    /// Identifies a standard through all its versions. Scope: world-wide, so begin with a name of your own. A new one means another standard.
    pub struct StandardId: slug(&["talent-reference"]);

    /// Identifies a scenario, category or indicator inside one standard. Opaque and permanent: renaming or moving the item keeps it,
    /// a change of what is measured needs a new one.
    pub struct NodeId: slug(&["park-area-per-resident"]);

    /// Identifies a stage of development inside one standard, such as `built` or `new`.
    pub struct StageId: slug(&["built", "new"]);

    /// Identifies a fact about a community or zone, such as `population`.
    pub struct FactId: slug(&["population"]);

    /// Identifies a lens (a second grouping of indicators) inside one standard.
    pub struct LensId: slug(&["outcome"]);

    /// Identifies a tag inside one lens.
    pub struct TagId: slug(&["attract"]);

    /// Identifies a grade inside one standard.
    pub struct GradeId: slug(&["two-star"]);

    /// Identifies a set of weights inside one standard.
    pub struct WeightSetId: slug(&["family"]);

    /// Identifies a factor inside one study of robustness.
    pub struct FactorId: slug(&["weights"]);

    /// Identifies a source inside one standard.
    pub struct SourceId: slug(&["gb-50180-2018"]);

    /// Identifies an item of a checklist, or a choice of a closed list.
    pub struct ItemId: slug(&["fire-lanes-clear"]);

    /// Identifies a community through all its rounds. Scope: world-wide.
    pub struct CommunityId: slug(&["new-shougang"]);

    /// Identifies a zone inside one community.
    pub struct ZoneId: slug(&["core"]);

    /// Identifies an asset inside one community.
    pub struct AssetId: slug(&["talent-tower"]);

    /// Identifies a submission. Scope: world-wide. A correction keeps it; another period needs a new one.
    pub struct SubmissionId: slug(&["new-shougang-2025"]);

    /// Identifies a piece of evidence inside one submission.
    pub struct EvidenceId: slug(&["survey-report"]);

    /// The version of a document, as three numbers: `1.4.0`.
    pub struct Version: StringRule::new(
        "^(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})$",
        29,
        Bilingual { en: "a version of three numbers such as `1.4.0`", zh: "由三个数字组成的版本号，如 `1.4.0`" },
        &["1.4.0"],
        is_version,
    );

    /// A language tag (BCP 47), such as `zh` or `en`.
    pub struct LangTag: StringRule::new(
        "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        35,
        Bilingual { en: "a language tag such as `zh` or `en`", zh: "语言标签，如 `zh` 或 `en`" },
        &["zh", "en"],
        is_language,
    );

    /// The SHA-256 digest of a document's canonical form (RFC 8785).
    pub struct Digest: StringRule::new(
        "^sha256:[0-9a-f]{64}$",
        71,
        Bilingual { en: "`sha256:` and 64 lower-case hexadecimal digits", zh: "`sha256:` 加 64 位小写十六进制数字" },
        &["sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
        is_digest,
    );

    /// The SHA-256 hash of a file's bytes, in hexadecimal.
    pub struct FileHash: StringRule::new(
        "^[0-9a-f]{64}$",
        64,
        Bilingual { en: "64 lower-case hexadecimal digits", zh: "64 位小写十六进制数字" },
        &["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
        is_hex_64,
    );

    /// One line of plain text without control characters, at most 500 characters.
    pub struct Line: StringRule::new(
        "^[^\\u0000-\\u001f\\u007f]+$",
        500,
        Bilingual {
            en: "one line of text, not empty, without control characters, at most 500 characters",
            zh: "一行文字，不为空，不含控制字符，最多 500 个字符",
        },
        &["LIV-1.1"],
        is_line,
    );

    /// A unit of measurement in UCUM notation, such as `m2/{person}` or `%`; `1` for a pure number.
    pub struct Unit: StringRule::new(
        "^[!-~]+$",
        64,
        Bilingual { en: "a unit in UCUM notation such as `m2/{person}` or `%`", zh: "UCUM 单位，如 `m2/{person}` 或 `%`" },
        &["%", "m2/{person}"],
        |text| !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic()),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_have_no_loose_hyphens() {
        for good in ["a", "a-b", "7", "park-area-2"] {
            assert!(NodeId::new(good).is_ok(), "{good}");
        }
        let long = "a".repeat(65);
        for bad in ["", "-", "a-", "-a", "a--b", "A", "ä", "a b", "a\n", &long] {
            assert!(NodeId::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn versions_have_three_plain_numbers() {
        assert!(Version::new("0.10.3").is_ok());
        for bad in ["1.0", "1.0.0.0", "01.0.0", "1..0", "1.0.x", ""] {
            assert!(Version::new(bad).is_err(), "{bad}");
        }
    }
}
