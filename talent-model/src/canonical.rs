//! The canonical form of JSON (RFC 8785) and the digest computed from it.

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

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
    let mut text = String::new();
    write(&serde_json::to_value(document)?, &mut text)?;
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
    Digest::new(&text).map_err(serde::ser::Error::custom)
}

/// A number as ECMAScript, and so RFC 8785, writes it: the shortest text that reads back.
#[must_use]
pub fn number(value: f64) -> String {
    ryu_js::Buffer::new().format(value).into()
}

fn write(value: &Value, text: &mut String) -> Result<(), serde_json::Error> {
    match value {
        Value::Number(n) => text.push_str(&number(n.as_f64().unwrap_or_default())),
        // `serde_json` escapes strings just as RFC 8785 asks: only what must be, in the short form where there is one.
        Value::Null | Value::Bool(_) | Value::String(_) => text.push_str(&serde_json::to_string(value)?),
        Value::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write(item, text)?;
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            text.push('{');
            for (at, (name, value)) in sorted.into_iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                text.push_str(&serde_json::to_string(name)?);
                text.push(':');
                write(value, text)?;
            }
            text.push('}');
        }
    }
    Ok(())
}
