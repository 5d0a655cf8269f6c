//! Reading and writing documents.
//!
//! A document is read on a fast path; only when that refuses is the text read again by a slower reader that knows every place and notes every
//! fault. Both give the same verdict, which a property test holds them to.

mod choice;
mod json;
mod read;

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub(crate) use choice::Choice;
pub(crate) use json::{Content, Key, Node, parse};
pub(crate) use read::{Cx, Member, Objects, Read, present};

use crate::assessment::Assessment;
use crate::community::Community;
use crate::comparison::Comparison;
use crate::diagnostic::{Code, Diagnostic, Findings, Lines, Pointer, closest, locate};
use crate::id::StringRule;
use crate::lang::Bilingual;
use crate::macros::{checked_string, words};
use crate::robustness::Robustness;
use crate::standard::Standard;
use crate::submission::Submission;
use crate::waivers::Waivers;

/// The newest version of the data model; documents are written in it.
pub const MODEL: &str = "1.0";

checked_string! {
    /// The version of the data model in which a document is written: `1.0`.
    pub struct ModelVersion: StringRule::new(
        "^1\\.(0|[1-9][0-9]{0,3})$",
        6,
        Bilingual { en: "a version of the data model such as `1.0`", zh: "数据模型版本，如 `1.0`" },
        &[MODEL],
        is_model_version,
    );
}

fn is_model_version(text: &str) -> bool {
    text == MODEL
}

words! {
    /// Marks a standard.
    pub enum StandardKind {
        /// A standard.
        Standard = "standard",
    }

    /// Marks a community.
    pub enum CommunityKind {
        /// A community.
        Community = "community",
    }

    /// Marks a submission.
    pub enum SubmissionKind {
        /// A submission.
        Submission = "submission",
    }

    /// Marks waivers.
    pub enum WaiversKind {
        /// Waivers.
        Waivers = "waivers",
    }

    /// Marks an assessment.
    pub enum AssessmentKind {
        /// An assessment.
        Assessment = "assessment",
    }

    /// Marks a robustness document.
    pub enum RobustnessKind {
        /// A robustness document.
        Robustness = "robustness",
    }

    /// Marks a comparison.
    pub enum ComparisonKind {
        /// A comparison.
        Comparison = "comparison",
    }

    /// The kinds of document.
    pub enum Kind {
        /// What is asked, how it is scored, and why.
        Standard = "standard",
        /// A community's facts, zones and assets.
        Community = "community",
        /// A community's observations against a standard.
        Submission = "submission",
        /// What a submission is worth under a standard.
        Assessment = "assessment",
        /// How sure scores, ranks and grades are.
        Robustness = "robustness",
        /// Many communities under one method.
        Comparison = "comparison",
        /// Findings that have been accepted.
        Waivers = "waivers",
    }
}

/// How much of a stranger's file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of one document.
    pub bytes: usize,
    /// How many values one document may have whatever its size: texts, numbers, words, lists and objects. A value of two bytes takes hundreds when it is
    /// read.
    pub values: usize,
    /// Above that, how many bytes there must be for each value: large documents have texts.
    pub bytes_per_value: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 64 * 1024 * 1024, values: 200_000, bytes_per_value: 50 }
    }
}

impl Limits {
    /// The usual limits of a kind of document. Standards come from those who assess, not from strangers, and may have ten thousand indicators.
    #[must_use]
    pub fn of(kind: Kind) -> Self {
        Self::default().for_kind(kind)
    }

    /// These limits as they hold for a kind of document: a standard may have four times as many values.
    #[must_use]
    pub fn for_kind(self, kind: Kind) -> Self {
        if kind == Kind::Standard { Self { values: self.values.saturating_mul(4), ..self } } else { self }
    }

    /// No limits, for what one has written oneself.
    #[must_use]
    pub fn none() -> Self {
        Self { bytes: usize::MAX, values: usize::MAX, bytes_per_value: 1 }
    }

    /// Says what of some bytes is beyond the limits, before anything is read.
    fn hold(self, bytes: &[u8]) -> Result<(), ReadError> {
        let beyond = |code: Code, name: &str, found: usize, limit: usize| {
            one(Diagnostic::new(code, Pointer::root()).with(name, found.to_string()).with("limit", limit.to_string()))
        };
        if bytes.len() > self.bytes {
            return Err(beyond(Code::TooLarge, "bytes", bytes.len(), self.bytes));
        }
        let most = self.values.max(bytes.len() / self.bytes_per_value.max(1));
        // A value takes at least a byte, and one more that parts it from the next.
        let values = if bytes.len() / 2 < most { 0 } else { json::values(bytes) };
        if values > most {
            return Err(beyond(Code::TooManyValues, "found", values, most));
        }
        Ok(())
    }
}

/// A document that cannot be read; what is wrong, all at once and in document order.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadError {
    /// The findings, at least one of them an error.
    pub diagnostics: Vec<Diagnostic>,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = self.diagnostics.iter().map(|d| {
            let place = d.line.map_or_else(|| d.pointer.to_string(), |line| format!("{line}:{}", d.column.map_or(1.0, crate::quantity::Count::get)));
            format!("{} at {place}: {}", d.code, crate::diagnostic::message(d, crate::Lang::En))
        });
        f.write_str(&lines.next().unwrap_or_default())?;
        match lines.count() {
            0 => Ok(()),
            more => write!(f, " (and {more} more)"),
        }
    }
}

impl std::error::Error for ReadError {}

/// A kind of document: read, written and identified alike.
///
/// ```
/// use talent_model::{Community, document::Document};
/// let text = r#"{"kind": "community", "model": "1.0", "id": "riverside", "name": {"en": "Riverside"}}"#;
/// let community = Community::from_json(text.as_bytes())?;
/// assert_eq!(Community::from_json(community.to_json().as_bytes())?, community);
/// # Ok::<(), talent_model::document::ReadError>(())
/// ```
pub trait Document: Sealed + Serialize + DeserializeOwned {
    /// The kind.
    const KIND: Kind;

    /// Reads a document within the usual [`Limits`].
    ///
    /// # Errors
    /// [`ReadError`] with everything that is wrong with the bytes.
    fn from_json(bytes: &[u8]) -> Result<Self, ReadError> {
        Self::from_json_within(bytes, Limits::of(Self::KIND))
    }

    /// Reads a document within limits of one's own.
    ///
    /// # Errors
    /// [`ReadError`] with everything that is wrong with the bytes.
    fn from_json_within(bytes: &[u8], limits: Limits) -> Result<Self, ReadError> {
        let bytes = without_mark(bytes);
        if limits.hold(bytes).is_ok()
            // Validated once as a whole: `from_slice` would validate every text by itself.
            && let Ok(text) = std::str::from_utf8(bytes)
            && let Ok(document) = serde_json::from_str(text)
        {
            return Ok(document);
        }
        diagnose(bytes, limits)
    }

    /// The document as JSON for people, indented, with a line break at the end.
    fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The digest of the document's canonical form.
    ///
    /// # Errors
    /// [`serde_json::Error`] never in practice: every document can be written.
    fn digest(&self) -> Result<crate::id::Digest, serde_json::Error> {
        crate::canonical::digest(self)
    }
}

mod sealed {
    /// Keeps the kinds of document a closed list, and the slow reader private.
    pub trait Sealed: Sized {
        #[doc(hidden)]
        fn read_slowly(source: &str, node: super::Slow<'_, '_>) -> (Option<Self>, Vec<crate::diagnostic::Diagnostic>);
    }
}
use sealed::Sealed;

/// A tree on its way to the slow reader.
#[doc(hidden)]
pub struct Slow<'n, 's>(&'n Node<'s>);

macro_rules! documents {
    ($($name:ident)*) => {$(
        impl Sealed for $name {
            fn read_slowly(source: &str, node: Slow<'_, '_>) -> (Option<Self>, Vec<Diagnostic>) {
                let mut cx = Cx { source, pointer: Pointer::root(), found: Findings::default(), tagged: false };
                let value = Self::read(node.0, &mut cx);
                (value, cx.found.into_vec())
            }
        }

        impl Document for $name {
            const KIND: Kind = Kind::$name;
        }
    )*};
}
documents!(Standard Community Submission Assessment Comparison Robustness Waivers);

/// The bytes without the mark that some programs put before UTF-8.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

fn one(diagnostic: Diagnostic) -> ReadError {
    ReadError { diagnostics: vec![diagnostic] }
}

/// The text of a document, if it is within limits and is UTF-8.
///
/// # Errors
/// [`ReadError`] with the one thing that is wrong.
pub fn text_of(bytes: &[u8], limits: Limits) -> Result<&str, ReadError> {
    let bytes = without_mark(bytes);
    limits.hold(bytes)?;
    std::str::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        let byte = bytes.get(offset).map_or_else(String::new, |b| format!("0x{b:02X}"));
        let mut found = Diagnostic::new(Code::InvalidUtf8, Pointer::root()).with("byte", byte).with("offset", offset.to_string());
        if let Some(Ok(before)) = bytes.get(..offset).map(std::str::from_utf8) {
            Lines::new(before).place(&mut found, offset..offset);
        }
        one(found)
    })
}

/// Reads the tree of a text and notes the faults of the text itself: its syntax, repeated members, numbers that are none.
fn tree(text: &str) -> Result<(Node<'_>, Vec<Diagnostic>), ReadError> {
    let lines = Lines::new(text);
    if text.trim_matches([' ', '\t', '\n', '\r']).is_empty() {
        return Err(one(Diagnostic::new(Code::EmptyDocument, Pointer::root())));
    }
    let node = parse(text).map_err(|fault| {
        let found = text.get(fault.span.clone()).unwrap_or_default();
        let mut diagnostic = Diagnostic::new(fault.code, Pointer::root())
            .bilingual("expected", fault.expected)
            .with("found", format!("`{}`", found.escape_debug()))
            .with("limit", json::MAX_DEPTH.to_string());
        lines.place(&mut diagnostic, fault.span);
        one(diagnostic)
    })?;
    let mut found = Findings::default();
    faults(&node, text, &lines, &mut Pointer::root(), &mut found);
    Ok((node, found.into_vec()))
}

fn faults(node: &Node<'_>, text: &str, lines: &Lines<'_>, pointer: &mut Pointer, found: &mut Findings) {
    if found.is_full() {
        return;
    }
    match &node.content {
        Content::Fault(code) => {
            let what = text.get(node.span.clone()).unwrap_or_default();
            let mut diagnostic = Diagnostic::new(*code, pointer.clone()).with("found", what);
            lines.place(&mut diagnostic, node.span.clone());
            found.push(diagnostic);
        }
        Content::List(items) => {
            for (at, item) in items.iter().enumerate() {
                let length = pointer.push_index(at);
                faults(item, text, lines, pointer, found);
                pointer.truncate(length);
            }
        }
        Content::Object(members) => {
            let mut seen = std::collections::BTreeSet::new();
            for (key, value) in members {
                let length = pointer.push(&key.name);
                if !seen.insert(&*key.name) {
                    let mut diagnostic = Diagnostic::new(Code::DuplicateMember, pointer.clone()).with("member", &key.name);
                    lines.place(&mut diagnostic, key.span.clone());
                    found.push(diagnostic);
                }
                faults(value, text, lines, pointer, found);
                pointer.truncate(length);
            }
        }
        Content::Null | Content::Bool(_) | Content::Number(_) | Content::String(_) => {}
    }
}

/// The slow path: everything that is wrong with the bytes, or the document if nothing is.
fn diagnose<D: Document>(bytes: &[u8], limits: Limits) -> Result<D, ReadError> {
    let text = text_of(bytes, limits)?;
    let (node, mut found) = tree(text)?;
    let header = header(&node).and_then(|header| {
        if header.kind == D::KIND {
            return Ok(());
        }
        let code = Diagnostic::new(Code::WrongKind, Pointer::root().with("kind"));
        Err(code.with("found", header.kind.as_str()).with("expected", D::KIND.as_str()))
    });
    match header {
        Err(diagnostic) => found.push(diagnostic),
        Ok(()) => {
            let (document, more) = D::read_slowly(text, Slow(&node));
            found.extend(more);
            if let (Some(document), true) = (document, found.is_empty()) {
                return Ok(document);
            }
        }
    }
    locate(&mut found, text);
    Err(ReadError { diagnostics: found })
}

struct Header {
    kind: Kind,
}

/// What a document says of itself. A document of another kind or a newer model is refused as such, not for its unknown members.
fn header(node: &Node<'_>) -> Result<Header, Diagnostic> {
    let root = Pointer::root();
    let Content::Object(members) = &node.content else { return Err(Diagnostic::new(Code::NotADocument, root)) };
    let text = |name: &str| {
        members.iter().find(|(key, _)| key.name == name).and_then(|(_, value)| match &value.content {
            Content::String(text) => Some(&**text),
            _ => None,
        })
    };
    let word = text("kind").ok_or_else(|| Diagnostic::new(Code::NotADocument, root.clone()))?;
    let kind = Kind::ALL.iter().copied().find(|kind| kind.as_str() == word).ok_or_else(|| {
        let diagnostic = Diagnostic::new(Code::UnknownKind, root.with("kind")).with("found", word);
        diagnostic.suggest(closest(word, Kind::WORDS.iter().copied()))
    })?;
    if let Some(model) = text("model")
        && is_newer(model)
    {
        let diagnostic = Diagnostic::new(Code::NewerModel, root.with("model"));
        return Err(diagnostic.with("found", model).with("newest", MODEL));
    }
    Ok(Header { kind })
}

fn is_newer(model: &str) -> bool {
    let numbers = |text: &str| {
        let (major, minor) = text.split_once('.')?;
        let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.bytes().all(|b| b.is_ascii_digit()));
        Some((number(major)?, number(minor)?))
    };
    numbers(model).is_some_and(|found| numbers(MODEL).is_some_and(|newest| found > newest))
}

/// The kind that the beginning of a document names. Absent: it does not, or not in the first few members; [`kind_of`] then says what is wrong.
///
/// Nothing is read beyond the kind, so a document may turn out not to be one.
///
/// ```
/// use talent_model::document::{Kind, peek};
/// assert_eq!(peek(br#"{"kind": "submission", "model": "1.0", "#), Some(Kind::Submission));
/// assert_eq!(peek(b"[1, 2]"), None);
/// ```
#[must_use]
pub fn peek(bytes: &[u8]) -> Option<Kind> {
    let rest = without_mark(bytes).trim_ascii_start().strip_prefix(b"{")?.trim_ascii_start().strip_prefix(b"\"kind\"")?;
    let word = rest.trim_ascii_start().strip_prefix(b":")?.trim_ascii_start().strip_prefix(b"\"")?;
    Kind::ALL.iter().copied().find(|kind| word.strip_prefix(kind.as_str().as_bytes()).is_some_and(|rest| rest.starts_with(b"\"")))
}

/// The kind of document that some bytes say they are.
///
/// # Errors
/// [`ReadError`] when they are no document.
pub fn kind_of(bytes: &[u8], limits: Limits) -> Result<Kind, ReadError> {
    #[derive(Deserialize)]
    struct Peek {
        kind: Kind,
        #[serde(rename = "model")]
        _model: ModelVersion,
    }
    // Looking for two members keeps nothing of the others, however many there are.
    if bytes.len() <= limits.bytes
        && let Ok(Peek { kind, .. }) = serde_json::from_slice(without_mark(bytes))
    {
        return Ok(kind);
    }
    let text = text_of(bytes, limits)?;
    let (node, mut found) = tree(text)?;
    let header = header(&node);
    match header {
        Ok(header) => Ok(header.kind),
        Err(diagnostic) => {
            found.push(diagnostic);
            locate(&mut found, text);
            Err(ReadError { diagnostics: found })
        }
    }
}

/// Reads any JSON, such as a schema, with the places of what is wrong with its text.
///
/// # Errors
/// [`ReadError`] with what is wrong with the bytes.
pub fn value(bytes: &[u8], limits: Limits) -> Result<serde_json::Value, ReadError> {
    let text = text_of(bytes, limits)?;
    let (_, mut found) = tree(text)?;
    match serde_json::from_str(text) {
        Ok(value) if found.is_empty() => Ok(value),
        _ => {
            locate(&mut found, text);
            Err(ReadError { diagnostics: found })
        }
    }
}

/// Reads a part of a document, such as a method, that has no header of its own; everything that is wrong with the bytes is noted at once.
pub(crate) fn part<T: Read + DeserializeOwned>(bytes: &[u8]) -> Result<T, ReadError> {
    let limits = Limits::default();
    let bytes = without_mark(bytes);
    if limits.hold(bytes).is_ok()
        && let Ok(part) = serde_json::from_slice(bytes)
    {
        return Ok(part);
    }
    let text = text_of(bytes, limits)?;
    let (node, mut found) = tree(text)?;
    let mut cx = Cx { source: text, pointer: Pointer::root(), found: Findings::default(), tagged: false };
    let value = T::read(&node, &mut cx);
    found.extend(cx.found.into_vec());
    match value {
        Some(value) if found.is_empty() => Ok(value),
        _ => {
            locate(&mut found, text);
            Err(ReadError { diagnostics: found })
        }
    }
}
