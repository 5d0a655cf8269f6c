//! A table as it stands in a file, whatever it is about: a head and rows of cells, each with its place. What the cells mean is for others to say.

use super::address::address;
use super::book::{self, Content};
use super::limits::Limits;
use super::package::is_workbook;
use super::table::{self, Span};
use crate::diagnostic::{CellPlace, Code, Diagnostic, Pointer};

/// What a cell of a plain table holds.
#[derive(Clone, Debug, PartialEq)]
pub enum PlainCell {
    /// Nothing, or only space.
    Empty,
    /// A text, without space around it.
    Text(String),
    /// A number that a workbook holds as one.
    Number(f64),
}

/// Where a cell stands.
#[derive(Clone, Debug)]
enum Place {
    Text(Span),
    Sheet(u32, u32),
}

/// A delimited text (CSV, TSV), or the first sheet of a workbook that has cells: the first row that is not blank is the head, blank rows are left out.
///
/// ```
/// use talent_model::workbook::{Limits, PlainCell, PlainTable};
///
/// let table = PlainTable::read("unit,parks\nRiverside,2\nHilltop,\n".as_bytes(), Limits::default())?;
/// assert_eq!(table.names().collect::<Vec<_>>(), ["unit", "parks"]);
/// assert_eq!(table.cell(0, 1), &PlainCell::Text("2".into()));
/// assert_eq!(table.cell(1, 1), &PlainCell::Empty);
/// # Ok::<(), Vec<talent_model::Diagnostic>>(())
/// ```
#[derive(Clone, Debug)]
pub struct PlainTable {
    /// The head first.
    rows: Vec<Vec<(PlainCell, Place)>>,
    sheet: Option<String>,
    found: Vec<Diagnostic>,
    text: Option<String>,
}

impl PlainTable {
    /// Reads a table within limits. Encodings are found by their bytes.
    ///
    /// # Errors
    /// Everything that is wrong: too large, no workbook that can be opened, no text, or nothing in it.
    pub fn read(bytes: &[u8], limits: Limits) -> Result<Self, Vec<Diagnostic>> {
        let table = if is_workbook(bytes) { Self::of_workbook(bytes, limits)? } else { Self::of_text(bytes, limits)? };
        if table.rows.is_empty() { Err(vec![Diagnostic::new(Code::EmptyDocument, Pointer::root())]) } else { Ok(table) }
    }

    fn of_text(bytes: &[u8], limits: Limits) -> Result<Self, Vec<Diagnostic>> {
        let table::Parted { rows, found, text } = table::part(bytes, limits)?;
        let cell = |field: table::Field| {
            let text = field.text.trim();
            (if text.is_empty() { PlainCell::Empty } else { PlainCell::Text(text.to_owned()) }, Place::Text(field.span))
        };
        let rows = rows.into_iter().filter(|row| !row.is_empty()).map(|row| row.into_iter().map(cell).collect()).collect();
        Ok(Self { rows, sheet: None, found, text: Some(text) })
    }

    fn of_workbook(bytes: &[u8], limits: Limits) -> Result<Self, Vec<Diagnostic>> {
        let book = book::open(bytes, limits).map_err(|diagnostic| vec![diagnostic])?;
        let Some(sheet) = book.sheets.iter().find(|sheet| !sheet.cells.is_empty()) else {
            return Err(vec![Diagnostic::new(Code::EmptyDocument, Pointer::root())]);
        };
        let width = sheet.cells.keys().map(|(_, col)| col + 1).max().unwrap_or_default();
        let cell = |row: u32, col: u32| {
            let content = match sheet.cell(row, col).map(|cell| &cell.content) {
                None | Some(Content::Unknown) => PlainCell::Empty,
                Some(Content::Number(number, _)) => PlainCell::Number(*number),
                Some(Content::Bool(yes)) => PlainCell::Text(if *yes { "TRUE" } else { "FALSE" }.into()),
                Some(Content::Text(text) | Content::Error(text)) if text.trim().is_empty() => PlainCell::Empty,
                Some(Content::Text(text) | Content::Error(text)) => PlainCell::Text(text.trim().to_owned()),
            };
            (content, Place::Sheet(row, col))
        };
        // A cell far to the right makes every row as wide.
        if sheet.rows().len().saturating_mul(width as usize) > limits.cells.saturating_mul(16) {
            return Err(vec![super::limits::beyond(Code::TooManyCells, sheet.rows().len().saturating_mul(width as usize), limits.cells)]);
        }
        let rows = sheet.rows().into_iter().map(|row| (0..width).map(|col| cell(row, col)).collect()).collect();
        Ok(Self { rows, sheet: Some(sheet.name.clone()), found: Vec::new(), text: None })
    }

    /// The names of the columns, in their order; one that is empty has no name.
    pub fn names(&self) -> impl Iterator<Item = String> {
        let head = self.rows.first().map(Vec::as_slice).unwrap_or_default();
        head.iter().map(|(cell, _)| match cell {
            PlainCell::Empty => String::new(),
            PlainCell::Text(text) => text.clone(),
            PlainCell::Number(number) => number.to_string(),
        })
    }

    /// How many rows there are below the head.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len().saturating_sub(1)
    }

    /// Whether there is nothing below the head.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A cell below the head, both counted from 0; empty where the row ends before.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> &PlainCell {
        self.rows.get(row + 1).and_then(|cells| cells.get(column)).map_or(&PlainCell::Empty, |(cell, _)| cell)
    }

    /// Rows that have more cells than the head, by their places below it, with the first cell that is one too many.
    pub fn too_long(&self) -> impl Iterator<Item = (usize, usize)> {
        let width = self.rows.first().map_or(0, Vec::len);
        let beyond = move |cells: &Vec<(PlainCell, Place)>| cells.iter().skip(width).any(|(cell, _)| *cell != PlainCell::Empty);
        self.rows.iter().skip(1).enumerate().filter(move |(_, cells)| beyond(cells)).map(move |(row, _)| (row, width))
    }

    /// Gives a finding the place of a cell: of the head, or of a row below it.
    pub fn place(&self, diagnostic: &mut Diagnostic, row: Option<usize>, column: usize) {
        let cells = self.rows.get(row.map_or(0, |row| row + 1)).map(Vec::as_slice).unwrap_or_default();
        // A row may end before the cell.
        match cells.get(column).or_else(|| cells.last()) {
            Some((_, Place::Text(span))) => span.place(diagnostic),
            Some((_, Place::Sheet(row, col))) => {
                let sheet = self.sheet.clone().unwrap_or_default();
                diagnostic.cell = Some(Box::new(CellPlace { file: None, sheet, cell: address(*row, *col) }));
            }
            None => {}
        }
    }

    /// What was found in reading it: its encoding, bytes that are no text, quotation marks that are never closed.
    #[must_use]
    pub fn found(&self) -> &[Diagnostic] {
        &self.found
    }

    /// The text, for excerpts; a workbook has none.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn cells_know_their_places() {
        let table = PlainTable::read("\n名称;公园\n甲; 2 \n\n乙\n丙;1;9\n".as_bytes(), Limits::default()).unwrap();
        assert_eq!(table.names().collect::<Vec<_>>(), ["名称", "公园"]);
        assert_eq!((table.len(), table.cell(0, 1), table.cell(1, 1)), (3, &PlainCell::Text("2".into()), &PlainCell::Empty));
        assert_eq!(table.too_long().collect::<Vec<_>>(), [(2, 2)]);
        let mut diagnostic = Diagnostic::new(Code::IllFormed, Pointer::root());
        table.place(&mut diagnostic, Some(2), 1);
        assert_eq!((diagnostic.line.map(|n| n.get()), diagnostic.column.map(|n| n.get())), (Some(6.0), Some(3.0)));
        assert!(table.found().is_empty() && table.text().is_some());
    }

    #[test]
    fn a_sheet_is_a_table() {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        workbook.add_worksheet();
        let sheet = workbook.add_worksheet().set_name("Values").unwrap();
        sheet.write(1, 1, "unit").unwrap().write(1, 2, "parks").unwrap().write(3, 1, "A").unwrap().write(3, 2, 2.5).unwrap();
        let table = PlainTable::read(&workbook.save_to_buffer().unwrap(), Limits::default()).unwrap();
        assert_eq!(table.names().collect::<Vec<_>>(), ["", "unit", "parks"]);
        assert_eq!((table.len(), table.cell(0, 2)), (1, &PlainCell::Number(2.5)));
        let mut diagnostic = Diagnostic::new(Code::IllFormed, Pointer::root());
        table.place(&mut diagnostic, Some(0), 2);
        assert_eq!(diagnostic.cell.map(|cell| cell.to_string()), Some("Values!C4".to_owned()));
    }

    #[test]
    fn nothing_and_too_much_are_refused() {
        let codes = |bytes: &[u8], limits: Limits| PlainTable::read(bytes, limits).unwrap_err().iter().map(|d| d.code).collect::<Vec<_>>();
        assert_eq!(codes(b" \n", Limits::default()), [Code::EmptyDocument]);
        assert_eq!(codes(b"a,b\n1,2\n3,4\n", Limits { cells: 3, ..Limits::default() }), [Code::TooManyCells]);
        assert_eq!(codes(b"a,b\n", Limits { bytes: 3, ..Limits::default() }), [Code::TooLarge]);
    }
}
