//! The diagnosing reader: from a tree with places to typed values, noting every fault on the way instead of stopping at the first.

use std::borrow::Cow;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer};

use super::json::{Content, Key, Node};
use crate::Lang;
use crate::diagnostic::{Code, Diagnostic, Findings, Pointer};
use crate::lang::Bilingual;
use crate::quantity::NumberRule;

/// A type that can be read from a tree. `None` means that at least one fault has been noted.
pub(crate) trait Read: Sized {
    fn read(node: &Node<'_>, cx: &mut Cx<'_>) -> Option<Self>;
}

/// A member that a record knows.
#[derive(Clone, Copy)]
pub(crate) struct Member {
    pub(crate) key: &'static str,
    pub(crate) required: bool,
}

/// Where the reader stands, and what it has found.
pub(crate) struct Cx<'s> {
    pub(crate) source: &'s str,
    pub(crate) pointer: Pointer,
    pub(crate) found: Findings,
    /// The next object is a tagged choice's, whose `type` has been read.
    pub(crate) tagged: bool,
}

/// The member that tells the objects of a choice apart.
const TYPE: &str = "type";

/// Reads a member that is left out or has a value: unlike serde's own `Option`, it refuses `null`.
pub(crate) fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// A deserializer that has nothing but objects: serde's derived readers take lists for structs, and JSON Schema does not.
pub(crate) struct Objects<D>(pub(crate) D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Objects<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

impl<'s> Cx<'s> {
    pub(crate) fn note(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    fn here(&self, code: Code) -> Diagnostic {
        Diagnostic::new(code, self.pointer.clone())
    }

    pub(crate) fn within<T>(&mut self, at: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.pointer.push_index(at);
        let result = read(self);
        self.pointer.truncate(length);
        result
    }

    fn within_name<T>(&mut self, name: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.pointer.push(name);
        let result = read(self);
        self.pointer.truncate(length);
        result
    }

    /// Reads one member of a map; the key is handed on as a node, so that it can be checked like any other text.
    pub(crate) fn within_key<T>(&mut self, key: &Key<'_>, read: impl FnOnce(&mut Self, &Node<'_>) -> T) -> T {
        let node = Node { span: key.span.clone(), content: Content::String(Cow::Borrowed(&key.name)) };
        self.within_name(&key.name, |cx| read(cx, &node))
    }

    fn wrong_type<T>(&mut self, node: &Node<'_>, expected: Bilingual) -> Option<T> {
        // A fault of the text has been noted already.
        if let Content::Fault(_) = node.content {
            return None;
        }
        let diagnostic = self.here(Code::WrongType).bilingual("expected", expected).bilingual("found", describe(node));
        self.note(diagnostic);
        None
    }

    pub(crate) fn string<'n>(&mut self, node: &'n Node<'_>) -> Option<&'n str> {
        match &node.content {
            Content::String(text) => Some(text),
            _ => self.wrong_type(node, Bilingual { en: "a text in quotes", zh: "带引号的文字" }),
        }
    }

    pub(crate) fn number(&mut self, node: &Node<'_>) -> Option<f64> {
        match node.content {
            Content::Number(value) => Some(value),
            _ => self.wrong_type(node, Bilingual { en: "a number", zh: "数字" }),
        }
    }

    pub(crate) fn list<'n, 't>(&mut self, node: &'n Node<'t>) -> Option<&'n [Node<'t>]> {
        match &node.content {
            Content::List(items) => Some(items),
            _ => self.wrong_type(node, Bilingual { en: "a list in square brackets", zh: "方括号列表" }),
        }
    }

    pub(crate) fn members<'n, 't>(&mut self, node: &'n Node<'t>) -> Option<&'n [(Key<'t>, Node<'t>)]> {
        match &node.content {
            Content::Object(members) => Some(members),
            _ => self.wrong_type(node, Bilingual { en: "an object in braces", zh: "花括号对象" }),
        }
    }

    /// An object whose members are known: notes the unknown and the missing ones.
    pub(crate) fn object<'n, 't>(&mut self, node: &'n Node<'t>, known: &'static [Member]) -> Option<Object<'n, 't>> {
        let members = self.members(node)?;
        let mut clean = true;
        let tagged = std::mem::take(&mut self.tagged);
        let names = || known.iter().map(|member| member.key);
        let mut unused: Option<Vec<&str>> = None;
        for (key, _) in members.iter().filter(|(key, _)| !tagged || key.name != TYPE) {
            if known.iter().any(|member| member.key == key.name) {
                continue;
            }
            clean = false;
            if self.found.is_full() {
                break;
            }
            let unused = unused.get_or_insert_with(|| names().filter(|name| !members.iter().any(|(key, _)| key.name == *name)).collect());
            let near = self.found.closest(&key.name, unused.iter().copied());
            let diagnostic = Diagnostic::new(Code::UnknownMember, self.pointer.with(&key.name)).with("member", &key.name).suggest(near);
            self.note(diagnostic.with("known", names().collect::<Vec<_>>().join(", ")));
        }
        for member in known {
            if member.required && !members.iter().any(|(key, _)| key.name == member.key) {
                clean = false;
                let diagnostic = self.here(Code::MissingMember).with("member", member.key);
                self.note(diagnostic);
            }
        }
        Some(Object { members, clean })
    }

    /// The `type` member of a tagged choice; the object's other members are read next.
    pub(crate) fn tag(&mut self, node: &Node<'_>, words: &'static [&'static str]) -> Option<&'static str> {
        let members = self.members(node)?;
        let Some((_, tag)) = members.iter().find(|(key, _)| key.name == TYPE) else {
            let diagnostic = self.here(Code::MissingMember).with("member", TYPE);
            self.note(diagnostic);
            return None;
        };
        let word = self.within_name(TYPE, |cx| {
            let text = cx.string(tag)?;
            match words.iter().find(|word| **word == text) {
                Some(word) => Some(*word),
                None => cx.unknown_word(tag, text, words),
            }
        })?;
        self.tagged = true;
        Some(word)
    }

    pub(crate) fn ill_formed<T>(&mut self, _: &Node<'_>, text: &str, expected: Bilingual) -> Option<T> {
        let diagnostic = self.here(Code::IllFormed).bilingual("expected", expected).with("found", unmasked(beginning(text)));
        self.note(diagnostic);
        None
    }

    pub(crate) fn fault<T>(&mut self, code: Code, found: &str) -> Option<T> {
        let diagnostic = self.here(code).with("found", found);
        self.note(diagnostic);
        None
    }

    pub(crate) fn out_of_bounds<T>(&mut self, _: &Node<'_>, value: f64, rule: NumberRule) -> Option<T> {
        let diagnostic =
            self.here(Code::OutOfBounds).with("expected", rule.expects(Lang::En)).with("expected_zh", rule.expects(Lang::Zh)).number("found", value);
        self.note(diagnostic);
        None
    }

    pub(crate) fn unknown_word<T>(&mut self, _: &Node<'_>, text: &str, words: &'static [&'static str]) -> Option<T> {
        let diagnostic =
            self.here(Code::UnknownWord).with("found", text).suggest(self.found.closest(text, words.iter().copied())).with("known", words.join(", "));
        self.note(diagnostic);
        None
    }
}

/// The members of an object that is being read as a record.
pub(crate) struct Object<'n, 't> {
    members: &'n [(Key<'t>, Node<'t>)],
    clean: bool,
}

impl<'t> Object<'_, 't> {
    fn member(&self, key: &str) -> Option<&Node<'t>> {
        self.members.iter().find(|(name, _)| name.name == key).map(|(_, node)| node)
    }

    pub(crate) fn required<T: Read>(&self, key: &str, cx: &mut Cx<'_>) -> Option<T> {
        let node = self.member(key)?;
        cx.within_name(key, |cx| T::read(node, cx)).filter(|_| self.clean)
    }

    /// The outer `None` is a fault, the inner one an absent member.
    #[expect(clippy::option_option, reason = "absent and faulty are different things, and this is where they part")]
    pub(crate) fn optional<T: Read>(&self, key: &str, cx: &mut Cx<'_>) -> Option<Option<T>> {
        match self.member(key) {
            None => Some(None).filter(|_| self.clean),
            Some(node) => cx.within_name(key, |cx| T::read(node, cx)).map(Some).filter(|_| self.clean),
        }
    }

    pub(crate) fn collection<T: Read + Default>(&self, key: &str, cx: &mut Cx<'_>) -> Option<T> {
        self.optional(key, cx).map(Option::unwrap_or_default)
    }
}

fn describe(node: &Node<'_>) -> Bilingual {
    match node.content {
        Content::Null => Bilingual { en: "null", zh: "null（空值）" },
        Content::Bool(_) => Bilingual { en: "true or false", zh: "true 或 false" },
        Content::Number(_) => Bilingual { en: "a number", zh: "数字" },
        Content::String(_) => Bilingual { en: "a text in quotes", zh: "带引号的文字" },
        Content::List(_) => Bilingual { en: "a list", zh: "列表" },
        Content::Object(_) => Bilingual { en: "an object", zh: "对象" },
        Content::Fault(_) => Bilingual { en: "something that is no JSON", zh: "非 JSON 内容" },
    }
}

impl Read for bool {
    fn read(node: &Node<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        match node.content {
            Content::Bool(value) => Some(value),
            _ => cx.wrong_type(node, Bilingual { en: "true or false", zh: "true 或 false" }),
        }
    }
}

impl Read for String {
    fn read(node: &Node<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        cx.string(node).map(Into::into)
    }
}

impl<T: Read> Read for Box<T> {
    fn read(node: &Node<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        T::read(node, cx).map(Box::new)
    }
}

/// As much of a text as a message shows, and a little more.
fn beginning(text: &str) -> &str {
    text.char_indices().nth(400).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// A text in which letters of other scripts that pass for ASCII are told by their number: the eye cannot tell them.
fn unmasked(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        shown.push(c);
        let looks = || unicode_security::confusable_detection::skeleton(c.encode_utf8(&mut [0; 4])).all(|c| c.is_ascii_graphic());
        if !c.is_ascii() && looks() {
            shown.push_str(&format!("(U+{:04X})", u32::from(c)));
        }
    }
    shown
}
