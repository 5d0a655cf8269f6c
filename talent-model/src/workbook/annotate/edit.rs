//! Editing XML as text: what is not changed keeps its bytes.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::package::unreadable;
use super::super::xml::{NO_XML, attribute};
use crate::diagnostic::Diagnostic;

/// An element of a part, and where the elements directly below it stand.
pub(super) struct Outline {
    /// How names of its language are written, such as `x:`; mostly nothing.
    pub(super) prefix: String,
    /// The name with its prefix.
    name: String,
    /// The opening tag.
    open: Range<usize>,
    /// Where the closing tag begins; an element without content has none.
    close: Option<usize>,
    pub(super) children: Vec<Child>,
}

/// An element below another.
pub(super) struct Child {
    /// The name without its prefix.
    pub(super) name: String,
    pub(super) at: Range<usize>,
    attributes: Vec<(String, String)>,
}

impl Child {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// A place in a text, and what shall stand there instead.
pub(super) struct Splice {
    pub(super) at: Range<usize>,
    pub(super) with: String,
}

/// A text with some places changed; of places that overlap, the first counts.
pub(super) fn splice(text: &str, mut changes: Vec<Splice>) -> String {
    changes.sort_by_key(|change| (change.at.start, change.at.end));
    let mut out = String::with_capacity(text.len() + changes.iter().map(|change| change.with.len()).sum::<usize>());
    let mut done = 0;
    for change in changes {
        if let Some(before) = text.get(done..change.at.start) {
            out.push_str(before);
            out.push_str(&change.with);
            done = change.at.end;
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

fn attributes(element: &BytesStart<'_>) -> Vec<(String, String)> {
    let mut all = element.attributes();
    let names = all.with_checks(false).flatten().map(|a| a.key.local_name().as_ref().to_owned());
    names.filter_map(|name| attribute(element, &name).map(|value| (name, value))).collect()
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

impl Outline {
    /// The outline of the first element of a text.
    pub(super) fn new(part: &str, text: &str) -> Result<Self, Diagnostic> {
        let broken = || unreadable(part, NO_XML);
        let mut reader = Reader::from_str(text);
        let mut root: Option<Self> = None;
        let mut depth = 0_usize;
        loop {
            let start = position(&reader);
            let event = reader.read_event().map_err(|_| broken())?;
            let at = start..position(&reader);
            match event {
                Event::Start(element) | Event::Empty(element) if root.is_none() => {
                    let closed = text.get(at.clone()).is_some_and(|tag| tag.ends_with("/>"));
                    let name = element.name().as_ref().to_owned();
                    let prefix = name.split_once(':').map_or_else(String::new, |(prefix, _)| format!("{prefix}:"));
                    root = Some(Self { prefix, name, open: at, close: None, children: Vec::new() });
                    if closed {
                        break;
                    }
                    depth = 1;
                }
                Event::Start(element) => {
                    if let (1, Some(root)) = (depth, &mut root) {
                        root.children.push(Child { name: element.local_name().as_ref().to_owned(), at, attributes: attributes(&element) });
                    }
                    depth += 1;
                }
                Event::Empty(element) => {
                    if let (1, Some(root)) = (depth, &mut root) {
                        root.children.push(Child { name: element.local_name().as_ref().to_owned(), at, attributes: attributes(&element) });
                    }
                }
                Event::End(_) => {
                    depth = depth.checked_sub(1).ok_or_else(broken)?;
                    match (depth, &mut root) {
                        (1, Some(root)) => {
                            if let Some(child) = root.children.last_mut() {
                                child.at.end = at.end;
                            }
                        }
                        (0, Some(root)) => {
                            root.close = Some(at.start);
                            break;
                        }
                        _ => {}
                    }
                }
                Event::Eof => return Err(broken()),
                _ => {}
            }
        }
        root.ok_or_else(broken)
    }

    pub(super) fn child(&self, name: &str) -> Option<&Child> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Puts something before a child, or at the end.
    pub(super) fn insert(&self, text: &str, before: Option<&Child>, with: String) -> Splice {
        match (before, self.close) {
            (Some(child), _) => Splice { at: child.at.start..child.at.start, with },
            (None, Some(close)) => Splice { at: close..close, with },
            (None, None) => {
                // An element without content gets some.
                let tag = text.get(self.open.clone()).unwrap_or_default();
                let tag = tag.strip_suffix("/>").unwrap_or(tag).trim_end();
                Splice { at: self.open.clone(), with: format!("{tag}>{with}</{}>", self.name) }
            }
        }
    }

    /// Puts something at the beginning.
    pub(super) fn prepend(&self, text: &str, with: String) -> Splice {
        match self.close {
            Some(_) => Splice { at: self.open.end..self.open.end, with },
            None => self.insert(text, None, with),
        }
    }

    /// The opening tag with the number of what stands in it, where it is stated.
    pub(super) fn count(&self, text: &str, count: usize) -> Option<Splice> {
        let tag = text.get(self.open.clone())?;
        let (before, after) = tag.split_once("count=")?;
        let quote = after.chars().next()?;
        let (_, rest) = after.get(quote.len_utf8()..)?.split_once(quote)?;
        Some(Splice { at: self.open.clone(), with: format!("{before}count={quote}{count}{quote}{rest}") })
    }
}

/// A text as XML writes it. What XML or a spreadsheet would read as something else is made visible.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push('\n'),
            '\t' => out.push(' '),
            // Controls, and characters that turn the direction of what follows.
            c if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            '_' if is_escape(text.get(at..).unwrap_or_default()) => out.push_str("_x005F_"),
            c => out.push(c),
        }
    }
    out
}

/// Whether a text begins like `_x000D_`, by which workbooks write characters that XML cannot.
fn is_escape(text: &str) -> bool {
    let hex = text.strip_prefix("_x").and_then(|rest| Some((rest.get(..4)?, rest.get(4..5)?)));
    hex.is_some_and(|(hex, end)| end == "_" && hex.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn what_is_inserted_stands_where_it_belongs_and_nothing_else_moves() {
        let text = "<?xml version='1.0'?>\n<x:a n=\"1\"> <x:b/><!-- <x:c> --><x:c k=\"&lt;\">t&amp;<x:d/></x:c>\n</x:a>\n";
        let outline = Outline::new("part", text).unwrap();
        assert_eq!(outline.prefix, "x:");
        let names: Vec<&str> = outline.children.iter().map(|child| text.get(child.at.clone()).unwrap()).collect();
        assert_eq!(names, ["<x:b/>", "<x:c k=\"&lt;\">t&amp;<x:d/></x:c>"]);
        assert_eq!(outline.child("c").unwrap().attribute("k"), Some("<"));
        let before = outline.insert(text, outline.child("c"), "<1/>".into());
        let end = outline.insert(text, None, "<2/>".into());
        let start = outline.prepend(text, "<0/>".into());
        assert_eq!(splice(text, vec![end, before, start]).replace("<0/>", "").replace("<1/>", "").replace("<2/>", ""), text);
        let empty = Outline::new("part", "<a n='1' />").unwrap();
        assert_eq!(splice("<a n='1' />", vec![empty.insert("<a n='1' />", None, "<b/>".into())]), "<a n='1'><b/></a>");
        for broken in ["", "<a>", "text", "<a></b>", "</a>"] {
            assert!(Outline::new("part", broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn counts_are_kept() {
        let text = "<l count='1' other=\"2\"><i/></l>";
        let outline = Outline::new("part", text).unwrap();
        assert_eq!(splice(text, vec![outline.count(text, 7).unwrap()]), "<l count='7' other=\"2\"><i/></l>");
        assert!(Outline::new("part", "<l/>").unwrap().count("<l/>", 1).is_none());
    }

    #[test]
    fn texts_come_back_as_they_were() {
        assert_eq!(escape("a<b>&\"_x000D_\u{7}\u{202e}_x"), "a&lt;b&gt;&amp;&quot;_x005F_x000D_\u{fffd}\u{fffd}_x");
    }
}
