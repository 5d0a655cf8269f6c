//! Text to a tree in which every value and every member name knows its place: the slow path, taken only when something is to be reported.
//!
//! It accepts exactly what the fast path (`serde_json`) accepts, and goes on where that one stops: numbers that are no numbers and repeated members are kept
//! in the tree as faults, so that one reading reports them all.

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::Code;
use crate::lang::Bilingual;

/// Nesting beyond which no document is read; the limit that `serde_json` has.
pub(crate) const MAX_DEPTH: usize = 127;

/// One JSON value with the bytes it occupies.
#[derive(Clone, Debug)]
pub(crate) struct Node<'s> {
    pub(crate) span: Range<usize>,
    pub(crate) content: Content<'s>,
}

#[derive(Clone, Debug)]
pub(crate) enum Content<'s> {
    Null,
    Bool(bool),
    Number(f64),
    String(Cow<'s, str>),
    List(Vec<Node<'s>>),
    Object(Vec<(Key<'s>, Node<'s>)>),
    /// Something that is no JSON value but leaves the rest readable, such as `NaN`.
    Fault(Code),
}

/// The name of a member with the bytes it occupies, quotes included.
#[derive(Clone, Debug)]
pub(crate) struct Key<'s> {
    pub(crate) span: Range<usize>,
    pub(crate) name: Cow<'s, str>,
}

/// A fault that ends the reading.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) code: Code,
    pub(crate) span: Range<usize>,
    /// What would have been right here, as JSON calls it.
    pub(crate) expected: Bilingual,
}

const fn words(en: &'static str, zh: &'static str) -> Bilingual {
    Bilingual { en, zh }
}

/// How many values a text has if it is JSON: one more than there are commas, and one for every list and object. Whatever it is, not more values are
/// read from it than that.
pub(crate) fn values(bytes: &[u8]) -> usize {
    let (mut count, mut quoted, mut escaped) = (1, false, false);
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            b',' | b'[' | b'{' if !quoted => count += 1,
            _ => {}
        }
    }
    count
}

/// Reads one value and nothing after it.
pub(crate) fn parse(text: &str) -> Result<Node<'_>, Fault> {
    let mut parser = Parser { text, at: 0 };
    parser.skip_space();
    let node = parser.value(0)?;
    parser.skip_space();
    if parser.at < text.len() {
        return Err(parser.unexpected(words("the end of the document", "文件结束")));
    }
    Ok(node)
}

struct Parser<'s> {
    text: &'s str,
    at: usize,
}

impl<'s> Parser<'s> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'s str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// The fault of finding what stands here instead of what was expected.
    fn unexpected(&self, expected: Bilingual) -> Fault {
        let length = self.rest().chars().next().map_or(0, char::len_utf8);
        let code = if length == 0 { Code::Truncated } else { Code::MalformedJson };
        Fault { code, span: self.at..self.at + length, expected }
    }

    fn value(&mut self, depth: usize) -> Result<Node<'s>, Fault> {
        let start = self.at;
        let content = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => Content::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.word()?,
        };
        Ok(Node { span: start..self.at, content })
    }

    fn word(&mut self) -> Result<Content<'s>, Fault> {
        const WORDS: [(&str, Content<'static>); 5] = [
            ("null", Content::Null),
            ("true", Content::Bool(true)),
            ("false", Content::Bool(false)),
            ("NaN", Content::Fault(Code::NotFinite)),
            ("Infinity", Content::Fault(Code::NotFinite)),
        ];
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or_default();
        for (spelling, content) in WORDS {
            if word == spelling {
                self.at += word.len();
                return Ok(content);
            }
        }
        Err(self.unexpected(words("a value", "一个值")))
    }

    fn deeper(&self, depth: usize) -> Result<usize, Fault> {
        if depth >= MAX_DEPTH {
            return Err(Fault { code: Code::TooDeep, span: self.at..self.at + 1, expected: words("a value", "一个值") });
        }
        Ok(depth + 1)
    }

    fn list(&mut self, depth: usize) -> Result<Content<'s>, Fault> {
        let depth = self.deeper(depth)?;
        self.at += 1;
        let mut items = Vec::new();
        self.skip_space();
        if self.eat(b']') {
            return Ok(Content::List(items));
        }
        loop {
            self.skip_space();
            items.push(self.value(depth)?);
            self.skip_space();
            if self.eat(b']') {
                return Ok(Content::List(items));
            }
            if !self.eat(b',') {
                return Err(self.unexpected(words("`,` or `]`", "`,` 或 `]`")));
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Content<'s>, Fault> {
        let depth = self.deeper(depth)?;
        self.at += 1;
        let mut members = Vec::new();
        self.skip_space();
        if self.eat(b'}') {
            return Ok(Content::Object(members));
        }
        loop {
            self.skip_space();
            if self.peek() != Some(b'"') {
                return Err(self.unexpected(words("a member name in double quotes", "双引号中的成员名")));
            }
            let start = self.at;
            let name = self.string()?;
            let key = Key { span: start..self.at, name };
            self.skip_space();
            if !self.eat(b':') {
                return Err(self.unexpected(words("`:`", "`:`")));
            }
            self.skip_space();
            members.push((key, self.value(depth)?));
            self.skip_space();
            if self.eat(b'}') {
                return Ok(Content::Object(members));
            }
            if !self.eat(b',') {
                return Err(self.unexpected(words("`,` or `}`", "`,` 或 `}`")));
            }
        }
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start { Err(self.unexpected(words("a digit", "数字"))) } else { Ok(()) }
    }

    fn number(&mut self) -> Result<Content<'s>, Fault> {
        let start = self.at;
        if self.eat(b'-') && self.rest().starts_with("Infinity") {
            self.at += "Infinity".len();
            return Ok(Content::Fault(Code::NotFinite));
        }
        if self.eat(b'0') {
            if matches!(self.peek(), Some(b'0'..=b'9')) {
                return Err(self.unexpected(words("a number without leading zeros", "不带前导零的数字")));
            }
        } else {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _ = self.eat(b'+') || self.eat(b'-');
            self.digits()?;
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        Ok(match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Content::Number(value),
            _ => Content::Fault(Code::NumberTooLarge),
        })
    }

    fn string(&mut self) -> Result<Cow<'s, str>, Fault> {
        self.at += 1;
        let start = self.at;
        let mut owned: Option<String> = None;
        let mut copied = start;
        loop {
            match self.peek() {
                None => return Err(self.unexpected(words("a closing quote", "结束引号"))),
                Some(b'"') => {
                    let tail = self.text.get(copied..self.at).unwrap_or_default();
                    self.at += 1;
                    return Ok(match owned {
                        None => Cow::Borrowed(tail),
                        Some(mut text) => {
                            text.push_str(tail);
                            Cow::Owned(text)
                        }
                    });
                }
                Some(b'\\') => {
                    let text = owned.get_or_insert_default();
                    text.push_str(self.text.get(copied..self.at).unwrap_or_default());
                    self.at += 1;
                    text.push(self.escape()?);
                    copied = self.at;
                }
                Some(0..=0x1f) => return Err(self.unexpected(words("an escaped control character such as `\\n`", "转义的控制字符，如 `\\n`"))),
                Some(_) => self.at += 1,
            }
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        let expected = words("an escape such as `\\n` or `\\u4e2d`", "转义序列，如 `\\n` 或 `\\u4e2d`");
        let Some(byte) = self.peek() else { return Err(self.unexpected(expected)) };
        let plain = match byte {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.at += 1;
                return self.unicode_escape();
            }
            _ => return Err(self.unexpected(expected)),
        };
        self.at += 1;
        Ok(plain)
    }

    fn unicode_escape(&mut self) -> Result<char, Fault> {
        let start = self.at;
        let whole = words("a whole Unicode character (surrogates come in pairs)", "完整的 Unicode 字符（代理项须成对）");
        let lone = |at: usize| Fault { code: Code::MalformedJson, span: start..at, expected: whole };
        let high = self.hex_4()?;
        let point = match high {
            0xd800..=0xdbff => {
                if !(self.eat(b'\\') && self.eat(b'u')) {
                    return Err(lone(self.at));
                }
                let low = self.hex_4()?;
                if !(0xdc00..=0xdfff).contains(&low) {
                    return Err(lone(self.at));
                }
                0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00)
            }
            _ => high,
        };
        char::from_u32(point).ok_or_else(|| lone(self.at))
    }

    fn hex_4(&mut self) -> Result<u32, Fault> {
        let mut value = 0;
        for _ in 0..4 {
            let Some(digit) = self.peek().and_then(|b| char::from(b).to_digit(16)) else {
                return Err(self.unexpected(words("four hexadecimal digits", "四位十六进制数字")));
            };
            value = value * 16 + digit;
            self.at += 1;
        }
        Ok(value)
    }
}
