//! The canonical form of JSON (RFC 8785) and the digest computed from it.

mod write;

use std::cell::Cell;

use serde::Serialize;
use serde::ser::Error as _;
use sha2::{Digest as _, Sha256};

use crate::id::Digest;
use write::Form;

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
    let mut form = Form::default();
    form.write(document)?;
    String::from_utf8(form.into_bytes()).map_err(serde_json::Error::custom)
}

/// The SHA-256 digest of a document's canonical form.
///
/// # Errors
/// As [`canonical`].
pub fn digest<T: Serialize + ?Sized>(document: &T) -> Result<Digest, serde_json::Error> {
    thread_local! {
        /// Memory that is used again: digests are made of documents by the thousand.
        static FORM: Cell<Form> = Cell::default();
    }
    // What is held on to is no more than a usual document takes.
    const ROOM: usize = 1 << 20;
    let mut form = FORM.take();
    let hash = form.write(document).map(Sha256::digest);
    if form.room() <= ROOM {
        FORM.set(form);
    }
    let hash = hash?;
    let mut text = String::with_capacity(71);
    text.push_str("sha256:");
    for byte in hash {
        text.extend([byte >> 4, byte & 15].map(|half| char::from_digit(half.into(), 16).unwrap_or_default()));
    }
    Digest::new(&text).map_err(serde_json::Error::custom)
}

/// A number as ECMAScript, and so RFC 8785, writes it: the shortest text that reads back.
#[must_use]
pub fn number(value: f64) -> String {
    ryu_js::Buffer::new().format(value).into()
}
