//! From JSON Pointers to lines and columns, once something is to be shown.

use std::ops::Range;

use super::{Diagnostic, Pointer};
use crate::document::{Content, Node};
use crate::quantity::Count;

/// Gives every diagnostic its line and column in `text`, and puts them all in document order.
///
/// Diagnostics that have a line already keep it. A place that the text does not have falls back to the nearest one around it.
pub fn locate(diagnostics: &mut [Diagnostic], text: &str) {
    if diagnostics.is_empty() {
        return;
    }
    let lines = Lines::new(text);
    if let Ok(root) = crate::document::parse(text) {
        for diagnostic in diagnostics.iter_mut().filter(|d| d.line.is_none() && d.cell.is_none()) {
            let span = span_of(&root, &diagnostic.pointer, diagnostic.is_about_name());
            lines.place(diagnostic, span);
        }
    }
    let place = |d: &Diagnostic| (d.line.map_or(0.0, Count::get), d.column.map_or(0.0, Count::get));
    diagnostics.sort_by(|a, b| place(a).partial_cmp(&place(b)).unwrap_or(std::cmp::Ordering::Equal));
}

pub(crate) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    pub(crate) fn place(&self, diagnostic: &mut Diagnostic, span: Range<usize>) {
        let line = self.starts.partition_point(|start| *start <= span.start);
        let start = line.checked_sub(1).and_then(|l| self.starts.get(l)).copied().unwrap_or_default();
        let end = self.starts.get(line).map_or(self.text.len(), |next| next - 1);
        let count = |range: Range<usize>| self.text.get(range).map_or(0, |t| t.chars().count());
        diagnostic.line = Some(Count::of(line));
        diagnostic.column = Some(Count::of(count(start..span.start) + 1));
        let length = count(span.start..span.end.min(end).max(span.start)).max(1);
        diagnostic.length = Some(Count::of(length));
    }
}

fn span_of(root: &Node<'_>, pointer: &Pointer, at_key: bool) -> Range<usize> {
    let mut node = root;
    let mut span = root.span.start..root.span.start + 1;
    for step in pointer.steps() {
        let next = match &node.content {
            Content::Object(members) => members.iter().find(|(key, _)| key.name == step).map(|(key, node)| (key.span.clone(), node)),
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
