//! The sheets and cells of a workbook, as they are: nothing is interpreted yet.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::address;
use super::format::{Shown, styles};
use super::limits::{Limits, beyond};
use super::package::{Package, unreadable};
use super::relation::{MISSING, listed_sheets, main_part, needed, relations};
use super::table::Origin;
use super::xml::{Piece, attribute, walk};
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::Bilingual;

/// A workbook.
pub(super) struct Book {
    pub(super) sheets: Vec<Sheet>,
    /// Whether days are counted from 1904 instead of 1900.
    pub(super) from_1904: bool,
    /// Where its cells stand in the delimited text that it was laid out from.
    pub(super) origin: Option<Arc<Origin>>,
}

/// A sheet. Hidden sheets, rows and columns are read like any other.
pub(super) struct Sheet {
    pub(super) name: String,
    /// Cells with content by row and column, both from 0.
    pub(super) cells: BTreeMap<(u32, u32), Cell>,
    /// Merged areas: first row and column, last row and column.
    pub(super) merges: Vec<[u32; 4]>,
}

/// A cell with content.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell {
    pub(super) content: Content,
    /// Whether the content is what a formula gave when the file was saved.
    pub(super) formula: bool,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Content {
    /// A formula of which no value was saved.
    Unknown,
    Text(Arc<str>),
    Number(f64, Shown),
    Bool(bool),
    /// An error such as `#N/A`.
    Error(Arc<str>),
}

impl Cell {
    /// A day counted from 1904, counted from 1900 like all others.
    fn count_from_1900(&mut self) {
        if let Content::Number(day, Shown::Date) = &mut self.content {
            *day += 1462.0;
        }
    }
}

impl Sheet {
    pub(super) fn cell(&self, row: u32, col: u32) -> Option<&Cell> {
        self.cells.get(&(row, col))
    }

    /// The cells of a row, by column.
    pub(super) fn row(&self, row: u32) -> impl Iterator<Item = (u32, &Cell)> {
        self.cells.range((row, 0)..=(row, u32::MAX)).map(|((_, col), cell)| (*col, cell))
    }

    /// The rows that have cells, ascending.
    pub(super) fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        rows
    }
}

/// Opens a workbook within limits.
pub(super) fn open(bytes: &[u8], limits: Limits) -> Result<Book, Diagnostic> {
    let mut package = Package::open(bytes, limits)?;
    let main = main_part(&mut package)?;
    let text = needed(&mut package, &main)?;
    let (listed, from_1904) = listed_sheets(&main, &text)?;
    if listed.len() > limits.sheets {
        return Err(beyond(Code::TooManySheets, listed.len(), limits.sheets));
    }
    let relations = relations(&mut package, &main)?;
    let target = |kind: &str| relations.iter().find(|r| r.kind.ends_with(kind)).map(|r| r.target.clone());
    let strings = match target("/sharedStrings") {
        Some(part) => package.part(&part)?.map(|text| shared_strings(&part, &text, limits)).transpose()?.unwrap_or_default(),
        None => Vec::new(),
    };
    let formats = match target("/styles") {
        Some(part) => package.part(&part)?.map(|text| styles(&part, &text)).transpose()?.unwrap_or_default(),
        None => Vec::new(),
    };
    let mut budget = limits.cells;
    let mut sheets = Vec::new();
    for (name, id) in listed {
        let Some(relation) = relations.iter().find(|r| r.id == id) else { return Err(unreadable(&main, MISSING)) };
        // Chart and dialogue sheets have no cells.
        let mut sheet = Sheet { name, cells: BTreeMap::new(), merges: Vec::new() };
        if relation.kind.ends_with("/worksheet") {
            let text = needed(&mut package, &relation.target)?;
            let mut reader = SheetReader { strings: &strings, formats: &formats, limits, budget: &mut budget, sheet: &mut sheet };
            reader.read(&relation.target, &text)?;
            if from_1904 {
                sheet.cells.values_mut().for_each(Cell::count_from_1900);
            }
        }
        sheets.push(sheet);
    }
    Ok(Book { sheets, from_1904, origin: None })
}

/// Text that grows piece by piece: plain, in runs, without what only tells how it is pronounced.
#[derive(Default)]
struct Growing {
    text: String,
    inside: bool,
    aside: bool,
}

impl Growing {
    fn take(&mut self, piece: &Piece<'_>, limits: Limits) -> Result<(), Diagnostic> {
        match piece {
            Piece::Begin(element, empty) => match element.local_name().as_ref() {
                "t" => self.inside = !empty,
                "rPh" => self.aside = !empty,
                _ => {}
            },
            Piece::End(name) => match name.as_str() {
                "t" => self.inside = false,
                "rPh" => self.aside = false,
                _ => {}
            },
            Piece::Text(text) if self.inside && !self.aside => {
                self.text.push_str(text);
                // A character has at most four bytes.
                if self.text.len() > limits.text.saturating_mul(4) {
                    return Err(beyond(Code::TextTooLong, self.text.len(), limits.text));
                }
            }
            Piece::Text(_) => {}
        }
        Ok(())
    }

    fn finish(&mut self) -> Arc<str> {
        unescape(&std::mem::take(self).text).into()
    }
}

fn shared_strings(part: &str, text: &str, limits: Limits) -> Result<Vec<Arc<str>>, Diagnostic> {
    let mut strings = Vec::new();
    let mut growing = Growing::default();
    walk(part, text, |piece| {
        growing.take(&piece, limits)?;
        match piece {
            Piece::Begin(element, true) if element.local_name().as_ref() == "si" => strings.push("".into()),
            Piece::End(name) if name == "si" => strings.push(growing.finish()),
            _ => {}
        }
        // A string that no cell uses is bounded like a cell.
        if strings.len() > limits.cells { Err(beyond(Code::TooManyCells, strings.len(), limits.cells)) } else { Ok(()) }
    })?;
    Ok(strings)
}

/// Undoes `_x000D_`, by which workbooks write characters that XML cannot.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        out.push_str(before);
        let code = after.get(..4).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()) && after.get(4..5) == Some("_"));
        match code.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = after.get(5..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out.replace("\r\n", "\n")
}

struct SheetReader<'r> {
    strings: &'r [Arc<str>],
    formats: &'r [Shown],
    limits: Limits,
    /// How many cells may still come, over all sheets.
    budget: &'r mut usize,
    sheet: &'r mut Sheet,
}

/// The cell that is being read.
#[derive(Default)]
struct Open {
    place: (u32, u32),
    kind: String,
    style: usize,
    value: String,
    in_value: bool,
    formula: bool,
    inline: Growing,
}

impl SheetReader<'_> {
    fn read(&mut self, part: &str, text: &str) -> Result<(), Diagnostic> {
        let malformed = || unreadable(part, Bilingual { en: "a cell has no possible address", zh: "有单元格的地址不合法" });
        // Programs may leave out where rows and cells are: they follow one another.
        let (mut row, mut col) = (0_u32, 0_u32);
        let mut open: Option<Open> = None;
        walk(part, text, |piece| {
            if let Some(cell) = &mut open {
                cell.inline.take(&piece, self.limits)?;
            }
            match piece {
                Piece::Begin(element, empty) => match element.local_name().as_ref() {
                    "row" => {
                        if let Some(number) = attribute(&element, "r") {
                            row = number.parse::<u32>().ok().filter(|n| (1..=1_048_576).contains(n)).ok_or_else(malformed)? - 1;
                        }
                        col = 0;
                        if empty {
                            row += 1;
                        }
                    }
                    "c" => {
                        if let Some(text) = attribute(&element, "r") {
                            (row, col) = address::parse(&text).ok_or_else(malformed)?;
                        }
                        let style = attribute(&element, "s").and_then(|s| s.parse().ok()).unwrap_or_default();
                        let kind = attribute(&element, "t").unwrap_or_default();
                        if !empty {
                            open = Some(Open { place: (row, col), kind, style, ..Open::default() });
                        }
                        col = col.saturating_add(1);
                    }
                    "v" if !empty => {
                        if let Some(cell) = &mut open {
                            cell.in_value = true;
                        }
                    }
                    "f" => {
                        if let Some(cell) = &mut open {
                            cell.formula = true;
                        }
                    }
                    "mergeCell" => self.merge(attribute(&element, "ref").as_deref())?,
                    _ => {}
                },
                Piece::Text(text) => {
                    if let Some(cell) = open.as_mut().filter(|cell| cell.in_value) {
                        cell.value.push_str(&text);
                        if cell.value.len() > self.limits.text.saturating_mul(4) {
                            return Err(beyond(Code::TextTooLong, cell.value.len(), self.limits.text));
                        }
                    }
                }
                Piece::End(name) => match name.as_str() {
                    "v" => {
                        if let Some(cell) = &mut open {
                            cell.in_value = false;
                        }
                    }
                    "c" => {
                        if let Some(cell) = open.take() {
                            self.close(cell)?;
                        }
                    }
                    "row" => row = row.saturating_add(1),
                    _ => {}
                },
            }
            Ok(())
        })
    }

    fn merge(&mut self, area: Option<&str>) -> Result<(), Diagnostic> {
        let corners = area.and_then(|area| area.split_once(':')).and_then(|(a, b)| Some((address::parse(a)?, address::parse(b)?)));
        if let Some(((r1, c1), (r2, c2))) = corners {
            self.sheet.merges.push([r1, c1, r2, c2]);
            if self.sheet.merges.len() > self.limits.cells {
                return Err(beyond(Code::TooManyCells, self.sheet.merges.len(), self.limits.cells));
            }
        }
        Ok(())
    }

    fn close(&mut self, mut cell: Open) -> Result<(), Diagnostic> {
        let content = match cell.kind.as_str() {
            "s" => cell.value.trim().parse::<usize>().ok().and_then(|at| self.strings.get(at)).map(|text| Content::Text(text.clone())),
            "inlineStr" => Some(Content::Text(cell.inline.finish())),
            "str" | "d" => Some(Content::Text(unescape(&cell.value).into())),
            "b" => Some(Content::Bool(cell.value.trim() == "1" || cell.value.trim() == "true")).filter(|_| !cell.value.is_empty()),
            "e" => Some(Content::Error(cell.value.as_str().into())),
            _ => {
                let shown = self.formats.get(cell.style).copied().unwrap_or_default();
                cell.value.trim().parse::<f64>().ok().filter(|n| n.is_finite()).map(|number| Content::Number(number, shown))
            }
        };
        let blank = |content: &Content| matches!(content, Content::Text(text) if text.trim().is_empty());
        let content = match content.filter(|content| !blank(content)) {
            Some(content) => content,
            // A formula may well give an empty text; without any value nobody has computed it.
            None if cell.formula && cell.kind != "str" && cell.value.is_empty() => Content::Unknown,
            None => return Ok(()),
        };
        if *self.budget == 0 {
            return Err(beyond(Code::TooManyCells, self.limits.cells + 1, self.limits.cells));
        }
        *self.budget -= 1;
        self.sheet.cells.insert(cell.place, Cell { content, formula: cell.formula });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_characters_are_undone_once() {
        assert_eq!(unescape("a_x000D_b _x005F_x0041_ _x12 _xZZZZ_"), "a\rb _x0041_ _x12 _xZZZZ_");
    }
}
