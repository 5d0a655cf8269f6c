//! Whether a basis bears out its kind.

use crate::Standard;
use crate::diagnostic::{Code, Diagnostic, Findings, Pointer};
use crate::lang::Bilingual;
use crate::standard::{Basis, BasisKind};

pub(super) fn check(standard: &Standard, basis: &Basis, at: &Pointer, found: &mut Findings) {
    let has_document = basis.source.is_some();
    let why = match basis.kind {
        // The idea may come from a document while the number is the authors' own; a note must say so.
        BasisKind::DesignValue if has_document && basis.note.is_none() => Some(Bilingual {
            en: "it names a document without a note that says what is taken from it",
            zh: "却引用了文件，且没有附注说明取自其中的是什么",
        }),
        BasisKind::DesignValue if basis.clause.is_some() => Some(Bilingual { en: "it names a clause", zh: "却引用了条款" }),
        BasisKind::DesignValue => None,
        _ if !has_document => Some(Bilingual { en: "it names no document", zh: "没有引用文件" }),
        _ if basis.confidence.is_none() => {
            Some(Bilingual { en: "it does not say whether the document was read", zh: "没有说明是否读过该文件" })
        }
        _ => None,
    };
    if let Some(why) = why {
        found.push(Diagnostic::new(Code::BasisContradicts, at.clone()).with("kind", basis.kind.as_str()).bilingual("why", why));
    }
    let Some(id) = &basis.source else { return };
    if let Some(newer) = standard.sources.get(id.as_str()).and_then(|source| source.superseded_by.as_ref())
        && basis.note.is_none()
    {
        found.push(Diagnostic::new(Code::SourceSuperseded, at.with("source")).with("found", id.as_str()).with("by", newer.as_str()));
    }
}
