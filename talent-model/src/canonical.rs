//! The canonical form of JSON (RFC 8785) and the digest computed from it.

use std::cmp::Ordering;
use std::ops::Range;

use serde::Serialize;
use serde::ser::Error as _;
use sha2::{Digest as _, Sha256};

use crate::document::{Content, Node};
use crate::id::Digest;

/// The canonical bytes of a document: members sorted by UTF-16 code units, numbers as ECMAScript writes them, no space.
///
/// # Errors
/// [`serde_json::Error`] when the value cannot be written as JSON; documents of this crate always can.
///
/// ```
/// # use talent_model::canonical::canonical;
/// let value: serde_json::Value = serde_json::from_str(r#"{"b": 10.0, "a": [1e21]}"#)?;
/// assert_eq!(canonical(&value)?, r#"{"a":[1e+21],"b":10}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn canonical<T: Serialize + ?Sized>(document: &T) -> Result<String, serde_json::Error> {
    // Written once, read as a tree of slices, written again in order: no text is copied into memory of its own on the way.
    let written = serde_json::to_string(document)?;
    let tree = crate::document::parse(&written).map_err(|_| serde_json::Error::custom("nested too deeply"))?;
    let mut text = String::with_capacity(written.len());
    write(&tree, &written, &mut text);
    Ok(text)
}

/// The SHA-256 digest of a document's canonical form.
///
/// # Errors
/// As [`canonical`].
pub fn digest<T: Serialize + ?Sized>(document: &T) -> Result<Digest, serde_json::Error> {
    let hash = Sha256::digest(canonical(document)?.as_bytes());
    let mut text = String::from("sha256:");
    for byte in hash {
        text.push_str(&format!("{byte:02x}"));
    }
    Digest::new(&text).map_err(serde_json::Error::custom)
}

/// A number as ECMAScript, and so RFC 8785, writes it: the shortest text that reads back.
#[must_use]
pub fn number(value: f64) -> String {
    ryu_js::Buffer::new().format(value).into()
}

fn write(node: &Node<'_>, written: &str, text: &mut String) {
    let slice = |span: &Range<usize>| written.get(span.clone()).unwrap_or_default();
    match &node.content {
        Content::Number(value) => text.push_str(ryu_js::Buffer::new().format(*value)),
        // `serde_json` escapes strings just as RFC 8785 asks: only what must be, in the short form where there is one.
        Content::Null | Content::Bool(_) | Content::String(_) | Content::Fault(_) => text.push_str(slice(&node.span)),
        Content::List(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write(item, written, text);
            }
            text.push(']');
        }
        Content::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by(|(a, _), (b, _)| by_utf16(&a.name, &b.name));
            text.push('{');
            for (at, (name, value)) in sorted.into_iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                text.push_str(slice(&name.span));
                text.push(':');
                write(value, written, text);
            }
            text.push('}');
        }
    }
}

/// The order of UTF-16 code units, which for plain letters is that of bytes.
fn by_utf16(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}
