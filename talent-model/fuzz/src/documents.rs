//! Any bytes as a document: everything is said of them, by two readers alike, and what is written is what was read.

use std::fmt::Debug;

use talent_model::diagnostic::{Code, message};
use talent_model::document::{Limits, kind_of};
use talent_model::{Assessment, Community, Comparison, Diagnostic, Document, Lang, Robustness, Standard, Submission, Waivers, check, reference};

/// A member that no document knows. With it the fast path always gives up, and the diagnosing reader must find this and nothing else.
const POISON: &str = "zz-no-such-member";

fn poisoned(text: &str) -> Option<String> {
    let (before, after) = text.split_once('{').filter(|(before, _)| before.trim().is_empty())?;
    let comma = if after.trim_start().starts_with('}') { "" } else { "," };
    Some(format!("{before}{{\"{POISON}\":0{comma}{after}"))
}

/// What the diagnosing reader alone says; nothing when the text is not even the beginning of an object.
pub fn slow_codes<D: Document>(text: &str) -> Option<Vec<(Code, String)>> {
    let Err(error) = D::from_json(poisoned(text)?.as_bytes()) else { panic!("an unknown member was read") };
    let found = error.diagnostics.into_iter().map(|d| (d.code, d.pointer.to_string()));
    Some(found.filter(|(code, at)| !(*code == Code::UnknownMember && at.strip_prefix('/') == Some(POISON))).collect())
}

/// The fast path, the diagnosing reader and the reader that people call accept the same bytes, and never refuse without a reason.
pub fn same_verdict<D: Document + Debug + PartialEq>(bytes: &[u8]) {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let fast = serde_json::from_slice::<D>(text);
    let read = D::from_json(bytes);
    assert_eq!(fast.is_ok(), read.is_ok(), "{}", String::from_utf8_lossy(bytes));
    if let Err(error) = &read {
        assert!(!error.diagnostics.is_empty(), "refused without a finding: {}", String::from_utf8_lossy(bytes));
    }
    if let Some(found) = std::str::from_utf8(text).ok().and_then(slow_codes::<D>) {
        assert_eq!(fast.is_ok(), found.is_empty(), "{found:?}\n{}", String::from_utf8_lossy(bytes));
    }
    if let Ok(document) = read {
        assert_eq!(D::from_json(document.to_json().as_bytes()).expect("what is written can be read"), document);
    }
}

/// Calls a function once for every kind of document.
macro_rules! of_every_kind {
    ($function:ident($bytes:expr)) => {{
        $function::<Standard>($bytes);
        $function::<Community>($bytes);
        $function::<Submission>($bytes);
        $function::<Assessment>($bytes);
        $function::<Robustness>($bytes);
        $function::<Waivers>($bytes);
        $function::<Comparison>($bytes);
    }};
}

/// [`same_verdict`] for every kind.
pub fn agreement(bytes: &[u8]) {
    of_every_kind!(same_verdict(bytes));
}

/// Every finding has a place and can be told in both languages.
fn told(mut found: Vec<Diagnostic>, bytes: &[u8]) {
    check::locate_in(&mut found, bytes);
    for diagnostic in found {
        for lang in [Lang::En, Lang::Zh] {
            assert!(!message(&diagnostic, lang).is_empty(), "{diagnostic:?} says nothing");
        }
    }
}

fn read<D: Document>(bytes: &[u8]) {
    let Err(error) = D::from_json(bytes) else { return };
    assert!(!error.to_string().is_empty());
    told(error.diagnostics, bytes);
}

/// Reads the bytes as every kind of document, checks what was read, and tells all that was found.
pub fn json(bytes: &[u8]) {
    if let Err(error) = kind_of(bytes, Limits::default()) {
        told(error.diagnostics, bytes);
    }
    of_every_kind!(read(bytes));
    if let Ok(standard) = Standard::from_json(bytes) {
        told(check::standard(&standard), bytes);
    }
    if let Ok(community) = Community::from_json(bytes) {
        told(check::community(&community), bytes);
    }
    if let Ok(submission) = Submission::from_json(bytes) {
        told(check::submission(reference::standard(), &submission), bytes);
    }
}

fn same_again<D: Document + Debug + PartialEq>(bytes: &[u8]) {
    let Ok(document) = D::from_json(bytes) else { return };
    let digest = document.digest().expect("a digest");
    for written in [document.to_json(), talent_model::canonical::canonical(&document).expect("a canonical form")] {
        let again = D::from_json(written.as_bytes()).expect("what is written can be read");
        assert_eq!(again, document, "{written}");
        assert_eq!(again.digest().expect("a digest"), digest, "{written}");
        assert_eq!(again.to_json(), document.to_json());
    }
}

/// Whatever can be read is written so that it is read again as the same, with the same digest.
pub fn roundtrip(bytes: &[u8]) {
    of_every_kind!(same_again(bytes));
}
