//! A table of numbers, units down and members across, with the only indexing of this part of the engine.

use std::ops::{Index, IndexMut, Range};

use super::numbers::Numbers;
use super::stats::extremes;

/// Numbers in `rows` × `columns`, column by column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Matrix {
    rows: usize,
    columns: usize,
    cells: Vec<f64>,
}

impl Matrix {
    pub(crate) fn zeros(rows: usize, columns: usize) -> Self {
        Self { rows, columns, cells: vec![0.0; rows * columns] }
    }

    /// The columns, to be looked at.
    pub(crate) fn view(&self) -> View<'_> {
        View::new(self.rows, self.each_column())
    }

    /// Columns of equal length.
    pub(crate) fn of<'c>(rows: usize, columns: impl IntoIterator<Item = &'c [f64]>) -> Self {
        let mut cells = Vec::new();
        let mut count = 0;
        for column in columns {
            cells.extend_from_slice(column);
            count += 1;
            cells.resize(rows * count, f64::NAN);
        }
        Self { rows, columns: count, cells }
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    pub(crate) fn column(&self, at: usize) -> &[f64] {
        self.cells.get(at * self.rows..(at + 1) * self.rows).unwrap_or_default()
    }

    pub(crate) fn row(&self, at: usize) -> impl Iterator<Item = f64> + Clone + '_ {
        self.cells.iter().skip(at).step_by(self.rows.max(1)).copied()
    }

    pub(crate) fn each_column(&self) -> impl Iterator<Item = &[f64]> {
        (0..self.columns).map(|at| self.column(at))
    }

    /// The rows that are kept, in order.
    pub(crate) fn keep(&self, rows: &[usize]) -> Self {
        let mut kept = Self::zeros(rows.len(), self.columns);
        for j in 0..self.columns {
            for (to, from) in rows.iter().enumerate() {
                kept[(to, j)] = self[(*from, j)];
            }
        }
        kept
    }

    pub(crate) fn to_dense(&self) -> nalgebra::DMatrix<f64> {
        nalgebra::DMatrix::from_column_slice(self.rows, self.columns, &self.cells)
    }

    #[cfg(test)]
    pub(crate) fn by_rows<const N: usize>(rows: &[[f64; N]]) -> Self {
        let mut matrix = Self::zeros(rows.len(), N);
        for (i, row) in rows.iter().enumerate() {
            for (j, x) in row.iter().enumerate() {
                matrix[(i, j)] = *x;
            }
        }
        matrix
    }
}

impl Index<(usize, usize)> for Matrix {
    type Output = f64;
    #[expect(
        clippy::indexing_slicing,
        reason = "loops over rows() and columns() stay inside; a way out of them is a bug that must not go on as a number"
    )]
    fn index(&self, (row, column): (usize, usize)) -> &f64 {
        &self.cells[column * self.rows + row]
    }
}

impl IndexMut<(usize, usize)> for Matrix {
    #[expect(clippy::indexing_slicing, reason = "as for reading")]
    fn index_mut(&mut self, (row, column): (usize, usize)) -> &mut f64 {
        &mut self.cells[column * self.rows + row]
    }
}

/// A column that belongs to somebody else.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cells<'c> {
    Plain(&'c [f64]),
    Numbers(&'c Numbers),
}

impl<'c> Cells<'c> {
    pub(crate) fn all(self) -> &'c [f64] {
        match self {
            Self::Plain(values) => values,
            Self::Numbers(numbers) => numbers,
        }
    }

    /// Some of the cells, one after another; `room`, which is as long, is for those that have to be made.
    #[inline]
    pub(crate) fn part<'r>(self, places: Range<usize>, room: &'r mut [f64]) -> &'r [f64]
    where
        'c: 'r,
    {
        match self {
            Self::Plain(values) => values.get(places).unwrap_or_default(),
            Self::Numbers(numbers) => numbers.part(places, room),
        }
    }

    /// The least and the greatest; not numbers when all are missing.
    pub(crate) fn ends(self) -> (f64, f64) {
        match self {
            Self::Plain(values) => extremes(values),
            Self::Numbers(numbers) => numbers.ends(),
        }
    }
}

impl<'c> From<&'c [f64]> for Cells<'c> {
    fn from(values: &'c [f64]) -> Self {
        Self::Plain(values)
    }
}

impl<'c> From<&'c Numbers> for Cells<'c> {
    fn from(numbers: &'c Numbers) -> Self {
        Self::Numbers(numbers)
    }
}

/// Columns of equal length that belong to somebody else, to be looked at without copying them.
#[derive(Clone, Debug)]
pub(crate) struct View<'c> {
    rows: usize,
    columns: Vec<Cells<'c>>,
}

impl<'c> View<'c> {
    pub(crate) fn new<C: Into<Cells<'c>>>(rows: usize, columns: impl IntoIterator<Item = C>) -> Self {
        Self { rows, columns: columns.into_iter().map(Into::into).collect() }
    }

    pub(crate) fn cells(&self) -> impl Iterator<Item = Cells<'c>> {
        self.columns.iter().copied()
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    pub(crate) fn columns(&self) -> usize {
        self.columns.len()
    }

    pub(crate) fn column(&self, at: usize) -> &'c [f64] {
        self.columns.get(at).map_or(&[], |column| column.all())
    }

    pub(crate) fn row(&self, at: usize) -> impl Iterator<Item = f64> + Clone + '_ {
        self.columns.iter().map(move |column| column.all().get(at).copied().unwrap_or(f64::NAN))
    }

    pub(crate) fn each_column(&self) -> impl Iterator<Item = &'c [f64]> {
        self.cells().map(Cells::all)
    }

    /// A copy of its own.
    pub(crate) fn to_matrix(&self) -> Matrix {
        Matrix::of(self.rows, self.each_column())
    }

    /// A copy of the rows that are kept, in order.
    pub(crate) fn keep(&self, rows: &[usize]) -> Matrix {
        let mut kept = Matrix::zeros(rows.len(), self.columns());
        for (j, column) in self.each_column().enumerate() {
            for (to, from) in rows.iter().enumerate() {
                kept[(to, j)] = column.get(*from).copied().unwrap_or(f64::NAN);
            }
        }
        kept
    }
}
