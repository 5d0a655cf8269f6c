//! Joining many units at once: members that lie in columns, a weight and a score for every unit.

use std::iter::repeat;

use super::{Gathered, Join, add, logarithm, plain, power};
use crate::index::each::widest;
use crate::index::matrix::Cells;

impl Join {
    /// Joins members that lie in columns, each a weight above 0 and a score for every unit, into `joined`, which holds the units from `first` on; not a number where a unit has none. The
    /// same bits as [`join`](Self::join) unit by unit: every unit's sums run in the order of the members, only the loops are turned.
    pub(crate) fn join_columns(self, columns: &[(f64, Cells<'_>)], first: usize, joined: &mut [f64]) {
        let mut sums = Sums::new(first, joined.len());
        match self {
            Self::Power(1.0) | Self::Sum => sums.gather(columns, repeat(plain)),
            Self::Minimum => sums.gather(columns, repeat(|_, _| 0.0)),
            Self::Geometric => sums.gather(columns, repeat(logarithm)),
            Self::Power(p) => {
                sums.gather(columns, repeat(|_, _| 0.0));
                let scales: Vec<f64> = sums.each().map(|gathered| self.scale(gathered)).collect();
                sums = Sums::new(first, joined.len());
                sums.gather(columns, scales.iter().map(|scale| move |w, x| power(w, x, p, *scale)));
            }
        }
        for (joined, gathered) in joined.iter_mut().zip(sums.each()) {
            *joined = self.close(gathered).unwrap_or(f64::NAN);
        }
    }
}

/// What is gathered for many units at once, in columns.
struct Sums {
    first: usize,
    weights: Vec<f64>,
    sum: Vec<f64>,
    least: Vec<f64>,
    most: Vec<f64>,
}

impl Sums {
    fn new(first: usize, units: usize) -> Self {
        let Gathered { weights, sum, least, most } = Gathered::NOTHING;
        Self { first, weights: vec![weights; units], sum: vec![sum; units], least: vec![least; units], most: vec![most; units] }
    }

    #[inline(always)]
    fn gather<T: Fn(f64, f64) -> f64>(&mut self, columns: &[(f64, Cells<'_>)], terms: impl Iterator<Item = T> + Clone) {
        let units = self.sum.len();
        let mut room = vec![0.0; units];
        for (w, column) in columns {
            let part = column.part(self.first..self.first + units, &mut room);
            let ends = self.least.iter_mut().zip(&mut self.most);
            let sums = self.weights.iter_mut().zip(&mut self.sum).zip(ends).zip(part).zip(terms.clone());
            widest(
                #[inline(always)]
                || {
                    for ((((weights, sum), (least, most)), x), term) in sums {
                        add(*w, *x, term(*w, *x), weights, sum, least, most);
                    }
                },
            );
        }
    }

    fn each(&self) -> impl Iterator<Item = Gathered> + '_ {
        let ends = self.least.iter().zip(&self.most);
        let all = self.weights.iter().zip(&self.sum).zip(ends);
        all.map(|((weights, sum), (least, most))| Gathered { weights: *weights, sum: *sum, least: *least, most: *most })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_joined_to_the_same_bits_as_rows() {
        let rows = [[0.1, 0.7, 3.0], [90.0, f64::NAN, 0.0], [f64::NAN; 3], [5e-324, 1e300, 7.0]];
        let weights = [0.2, 1.0 / 3.0, 5.0];
        for join in [Join::Power(1.0), Join::Power(-1.0), Join::Power(2.5), Join::Geometric, Join::Minimum, Join::Sum] {
            let column = |at: usize| rows.iter().filter_map(|row| row.get(at).copied()).collect::<Vec<f64>>();
            let columns = [column(0), column(1), column(2)];
            let members: Vec<(f64, Cells<'_>)> = weights.iter().copied().zip(columns.iter().map(|column| Cells::Plain(column))).collect();
            let mut joined = [0.0; 4];
            join.join_columns(&members, 0, &mut joined);
            let alone = rows.map(|row| join.join(weights.iter().copied().zip(row)).unwrap_or(f64::NAN));
            assert_eq!(joined.map(f64::to_bits), alone.map(f64::to_bits), "{join:?}");
        }
    }
}
