//! Tables whose columns stand straight whatever the script.

use super::text::{Page, Style, width};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// A table: one head, rows of as many cells.
pub(crate) struct Table {
    aligns: Vec<Align>,
    rows: Vec<Vec<String>>,
    headed: bool,
}

impl Table {
    pub(crate) fn new(aligns: &[Align]) -> Self {
        Self { aligns: aligns.to_vec(), rows: Vec::new(), headed: false }
    }

    pub(crate) fn head(mut self, cells: &[&str]) -> Self {
        self.rows.push(cells.iter().map(|&cell| cell.to_owned()).collect());
        self.headed = true;
        self
    }

    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    pub(crate) fn print(&self, indent: &str, style: Style, page: &mut Page) {
        let column = |at: usize| self.rows.iter().filter_map(|row| row.get(at)).map(|cell| width(cell)).max().unwrap_or_default();
        let widths: Vec<usize> = (0..self.aligns.len()).map(column).collect();
        for (at, row) in self.rows.iter().enumerate() {
            let cells: Vec<String> = row.iter().zip(&self.aligns).zip(&widths).map(|((cell, align), width)| pad(cell, *align, *width)).collect();
            let line = cells.join("  ");
            let line = line.trim_end();
            page.line(if at == 0 && self.headed { format!("{indent}{}", style.dim(line)) } else { format!("{indent}{line}") });
        }
    }
}

fn pad(cell: &str, align: Align, columns: usize) -> String {
    let space = " ".repeat(columns.saturating_sub(width(cell)));
    match align {
        Align::Left => format!("{cell}{space}"),
        Align::Right => format!("{space}{cell}"),
    }
}
