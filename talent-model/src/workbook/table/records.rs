//! Rows and fields of a delimited text (RFC 4180), each with its place. A parser of our own, because the well-kept ones give no place to a field and are
//! silent about quotation marks that are never closed.

use crate::diagnostic::{Code, Diagnostic, Pointer};
use crate::quantity::Count;

/// A field, with its place in the text as an editor counts it.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Field {
    pub(in super::super) text: String,
    pub(in super::super) span: Span,
}

/// Line and column from 1, and how many characters of that line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Span {
    line: usize,
    column: usize,
    length: usize,
}

impl Span {
    /// Gives a finding this place.
    pub(in super::super) fn place(self, diagnostic: &mut Diagnostic) {
        diagnostic.line = Some(Count::of(self.line));
        diagnostic.column = Some(Count::of(self.column));
        diagnostic.length = Some(Count::of(self.length.max(1)));
    }

    fn tell(self, code: Code) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(code, Pointer::root());
        self.place(&mut diagnostic);
        diagnostic
    }
}

/// The rows of a text, and what is wrong with their quotation marks.
pub(super) struct Records {
    pub(super) rows: Vec<Vec<Field>>,
    pub(super) found: Vec<Diagnostic>,
    /// Whether there is more than was read.
    pub(super) is_cut: bool,
}

/// The place of every offset that is asked for, in order.
pub(super) fn spans(text: &str, offsets: &[usize]) -> Vec<Span> {
    let (mut line, mut column) = (1, 1);
    let mut wanted = offsets.iter().peekable();
    let mut spans = Vec::new();
    for (at, c) in text.char_indices() {
        while wanted.next_if(|offset| **offset <= at).is_some() {
            spans.push(Span { line, column, length: 1 });
        }
        (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
    }
    spans
}

struct Walk<'t> {
    chars: std::iter::Peekable<std::str::Chars<'t>>,
    line: usize,
    column: usize,
}

impl Walk<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.chars.next()?;
        // A carriage return before a line feed is part of the same end of a line.
        let ends = c == '\n' || (c == '\r' && self.chars.peek() != Some(&'\n'));
        (self.line, self.column) = if ends { (self.line + 1, 1) } else { (self.line, self.column + 1) };
        Some(c)
    }
}

/// The most rows and fields that are read, but for one.
#[derive(Clone, Copy)]
pub(super) struct Most {
    pub(super) rows: usize,
    pub(super) fields: usize,
}

/// Parts a text into rows and fields. A row that is blank has no fields.
pub(super) fn parse(text: &str, delimiter: char, most: Most) -> Records {
    let mut fields = 0;
    let mut walk = Walk { chars: text.chars().peekable(), line: 1, column: 1 };
    let mut records = Records { rows: Vec::new(), found: Vec::new(), is_cut: false };
    let mut row = Vec::new();
    while walk.chars.peek().is_some() && records.rows.len() <= most.rows && fields <= most.fields {
        fields += 1;
        let (line, column) = (walk.line, walk.column);
        let mut field = String::new();
        if walk.chars.peek() == Some(&'"') {
            quoted(&mut walk, &mut field, &mut records.found);
        }
        while let Some(c) = walk.chars.peek().copied().filter(|c| *c != delimiter && !matches!(c, '\n' | '\r')) {
            field.push(c);
            walk.next();
        }
        let length = if walk.line == line { walk.column - column } else { 1 };
        row.push(Field { text: field, span: Span { line, column, length } });
        match walk.next() {
            Some(c) if c == delimiter => {
                // The text may end with a delimiter, after which there is one more field.
                if walk.chars.peek().is_none() {
                    row.push(Field { text: String::new(), span: Span { line: walk.line, column: walk.column, length: 1 } });
                }
                continue;
            }
            Some('\r') if walk.chars.peek() == Some(&'\n') => _ = walk.next(),
            _ => {}
        }
        // The next row most likely has as many fields.
        let next = Vec::with_capacity(row.len());
        records.rows.push(std::mem::replace(&mut row, next));
    }
    records.is_cut = walk.chars.peek().is_some();
    if !row.is_empty() {
        records.rows.push(row);
    }
    for row in &mut records.rows {
        if row.iter().all(|field| field.text.trim().is_empty()) {
            row.clear();
        }
    }
    records
}

fn quoted(walk: &mut Walk<'_>, field: &mut String, found: &mut Vec<Diagnostic>) {
    let opened = Span { line: walk.line, column: walk.column, length: 1 };
    walk.next();
    loop {
        match walk.next() {
            Some('"') if walk.chars.peek() == Some(&'"') => {
                walk.next();
                field.push('"');
            }
            Some('"') => return,
            Some(c) => field.push(c),
            None => return found.push(opened.tell(Code::QuoteNotClosed)),
        }
    }
}

/// The delimiter of a text: the one that `known` recognises most names of columns with, else the one that gives the most columns. A first line
/// `sep=;` says it, as some spreadsheet programs write it.
pub(super) fn delimiter(text: &str, known: impl Fn(&str) -> bool) -> (char, usize) {
    let first = text.lines().next().unwrap_or_default();
    let stated = first.trim().strip_prefix("sep=").or_else(|| first.trim().strip_prefix("SEP="));
    if let Some(stated) = stated.and_then(|stated| stated.chars().next()) {
        return (stated, 1);
    }
    // The last of equals is taken: commas before all others.
    let score = |delimiter: &char| {
        let rows = parse(text.get(..head(text)).unwrap_or_default(), *delimiter, Most { rows: 8, fields: usize::MAX }).rows;
        let names = |row: &Vec<Field>| (row.iter().filter(|field| known(&field.text)).count(), row.len());
        rows.iter().map(names).max().unwrap_or_default()
    };
    ['|', ';', '\t', ','].into_iter().max_by_key(score).map_or((',', 0), |delimiter| (delimiter, 0))
}

/// How much of a text is looked at before it is read.
fn head(text: &str) -> usize {
    const MOST: usize = 64 << 10;
    (0..=text.len().min(MOST)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEW: Most = Most { rows: 100, fields: 100 };

    fn texts(text: &str, delimiter: char) -> Vec<Vec<String>> {
        parse(text, delimiter, FEW).rows.into_iter().map(|row| row.into_iter().map(|field| field.text).collect()).collect()
    }

    #[test]
    fn rows_are_parted_as_rfc_4180_says() {
        assert_eq!(texts("a,b\r\n\"x, \"\"y\"\"\",\"two\nlines\"\n\n,\n", ','), [vec!["a", "b"], vec!["x, \"y\"", "two\nlines"], vec![], vec![]]);
        assert_eq!(texts("a\tb\rc\t", '\t'), [["a", "b"], ["c", ""]]);
        assert_eq!(texts("", ','), Vec::<Vec<String>>::new());
    }

    #[test]
    fn every_field_has_its_place() {
        let rows = parse("名称,b\n\"x\ny\",\"zz\"\n", ',', FEW).rows;
        let spans: Vec<Span> = rows.iter().flatten().map(|field| field.span).collect();
        let span = |line, column, length| Span { line, column, length };
        assert_eq!(spans, [span(1, 1, 2), span(1, 4, 1), span(2, 1, 1), span(3, 4, 4)]);
        assert_eq!(super::spans("ab\nc\u{fffd}", &[1, 4]), [span(1, 2, 1), span(2, 2, 1)]);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_told_where_it_opens() {
        let found = parse("a,b\n1,\"2\n3,4\n", ',', FEW).found;
        assert_eq!(
            found.iter().map(|d| (d.code, d.line.map(Count::get), d.column.map(Count::get))).collect::<Vec<_>>(),
            [(Code::QuoteNotClosed, Some(2.0), Some(3.0))]
        );
    }

    #[test]
    fn delimiters_are_found_by_the_names_that_they_part() {
        let known = |text: &str| ["indicator", "value"].contains(&text);
        for (text, expected) in [
            ("indicator,value\n", ','),
            ("indicator\tvalue\tx,y,z,w\n", '\t'),
            ("indicator;value\n", ';'),
            ("a|b\n1|2\n", '|'),
            ("one column\n", ','),
            ("sep=;\nindicator;value\n", ';'),
        ] {
            assert_eq!(delimiter(text, known).0, expected, "{text}");
        }
    }
}
