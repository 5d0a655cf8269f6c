//! From JSON Pointers to lines and columns, once something is to be shown.

use std::collections::HashMap;
use std::ops::Range;

use super::{Diagnostic, Pointer};
use crate::document::{Content, Key, Node};
use crate::quantity::Count;

/// Gives every diagnostic its line and column in `text`, and puts them all in document order.
///
/// Diagnostics that have a line already keep it. A place that the text does not have falls back to the nearest one around it.
pub fn locate(diagnostics: &mut [Diagnostic], text: &str) {
    if diagnostics.is_empty() {
        return;
    }
    let lines = Lines::new(text);
    if diagnostics.iter().any(|d| d.line.is_none() && d.cell.is_none())
        && let Ok(root) = crate::document::parse(text)
    {
        let mut index = Index::default();
        for diagnostic in diagnostics.iter_mut().filter(|d| d.line.is_none() && d.cell.is_none()) {
            let span = span_of(&root, &mut index, &diagnostic.pointer, diagnostic.is_about_name());
            lines.place(diagnostic, span);
        }
    }
    let place = |d: &Diagnostic| (d.line.map_or(0.0, Count::get), d.column.map_or(0.0, Count::get));
    diagnostics.sort_by(|a, b| place(a).partial_cmp(&place(b)).unwrap_or(std::cmp::Ordering::Equal));
}

pub(crate) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// How many characters stand before each block of the text, so that a line of ten million is not counted anew for every finding in it.
    before: Vec<usize>,
}

/// The bytes of a block.
const BLOCK: usize = 4096;

fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

impl<'t> Lines<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut sum = 0;
        let before = std::iter::once(0).chain(text.as_bytes().chunks(BLOCK).map(|block| {
            sum += characters(block);
            sum
        }));
        Self { text, starts, before: before.collect() }
    }

    /// How many characters begin before a byte.
    fn characters_before(&self, byte: usize) -> usize {
        let block = byte / BLOCK;
        let rest = self.text.as_bytes().get(block * BLOCK..byte.min(self.text.len())).map_or(0, characters);
        self.before.get(block).copied().unwrap_or_default() + rest
    }

    pub(crate) fn place(&self, diagnostic: &mut Diagnostic, span: Range<usize>) {
        let line = self.starts.partition_point(|start| *start <= span.start);
        let start = line.checked_sub(1).and_then(|l| self.starts.get(l)).copied().unwrap_or_default();
        let end = self.starts.get(line).map_or(self.text.len(), |next| next - 1);
        let count = |range: Range<usize>| self.characters_before(range.end).saturating_sub(self.characters_before(range.start));
        diagnostic.line = Some(Count::of(line));
        diagnostic.column = Some(Count::of(count(start..span.start) + 1));
        let length = count(span.start..span.end.min(end).max(span.start)).max(1);
        diagnostic.length = Some(Count::of(length));
    }
}

/// Where the members of large objects stand, by name.
type Index<'n> = HashMap<usize, HashMap<&'n str, usize>>;

fn member<'n, 't>(node: &'n Node<'t>, members: &'n [(Key<'t>, Node<'t>)], index: &mut Index<'n>, name: &str) -> Option<&'n (Key<'t>, Node<'t>)> {
    const LARGE: usize = 64;
    if members.len() < LARGE {
        return members.iter().find(|(key, _)| key.name == name);
    }
    let at = std::ptr::from_ref(node).addr();
    let numbers = index.entry(at).or_insert_with(|| {
        let mut numbers = HashMap::with_capacity(members.len());
        for (number, (key, _)) in members.iter().enumerate() {
            numbers.entry(&*key.name).or_insert(number);
        }
        numbers
    });
    members.get(*numbers.get(name)?)
}

fn span_of<'n>(root: &'n Node<'_>, index: &mut Index<'n>, pointer: &Pointer, at_key: bool) -> Range<usize> {
    let mut node = root;
    let mut span = root.span.start..root.span.start + 1;
    for step in pointer.steps() {
        let next = match &node.content {
            Content::Object(members) => member(node, members, index, &step).map(|(key, node)| (key.span.clone(), node)),
            Content::List(items) => step.parse::<usize>().ok().and_then(|at| items.get(at)).map(|node| (node.span.clone(), node)),
            _ => None,
        };
        let Some((key, next)) = next else { break };
        node = next;
        span = match (&node.content, at_key) {
            (_, true) => key,
            // A whole object or list is shown by where it begins.
            (Content::Object(_) | Content::List(_), _) => node.span.start..node.span.start + 1,
            _ => node.span.clone(),
        };
    }
    span
}
