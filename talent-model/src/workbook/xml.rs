//! Reading XML: no document type, no entities, nothing but what workbooks need.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::package::unreadable;
use crate::diagnostic::{Code, Diagnostic, Pointer};
use crate::lang::Bilingual;

/// What a part says, piece by piece.
pub(super) enum Piece<'x> {
    /// An element begins; whether it also ends here.
    Begin(BytesStart<'x>, bool),
    /// An element ends.
    End(String),
    /// Text.
    Text(String),
}

pub(super) const NO_XML: Bilingual = Bilingual { en: "it is no well-formed XML", zh: "不是格式正确的 XML" };

/// Hands every piece of a part to `take`.
pub(super) fn walk<'x>(part: &str, text: &'x str, mut take: impl FnMut(Piece<'x>) -> Result<(), Diagnostic>) -> Result<(), Diagnostic> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().map_err(|_| unreadable(part, NO_XML))? {
            Event::Start(element) => take(Piece::Begin(element, false))?,
            Event::Empty(element) => take(Piece::Begin(element, true))?,
            Event::End(element) => take(Piece::End(element.local_name().as_ref().to_owned()))?,
            Event::Text(text) => take(Piece::Text(text.xml10_content().into_owned()))?,
            Event::CData(text) => take(Piece::Text(text.xml10_content().into_owned()))?,
            Event::GeneralRef(name) => take(Piece::Text(reference(part, &name)?))?,
            // An entity can grow without end, or name a file: no workbook needs one.
            Event::DocType(_) => return Err(Diagnostic::new(Code::DoctypeRefused, Pointer::root()).with("part", part)),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => return Ok(()),
        }
    }
}

fn reference(part: &str, name: &quick_xml::events::BytesRef<'_>) -> Result<String, Diagnostic> {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return Ok(c.to_string());
    }
    let text = match name.as_ref() {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "apos" => "'",
        "quot" => "\"",
        _ => return Err(unreadable(part, NO_XML)),
    };
    Ok(text.into())
}

/// An attribute by its local name.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}
