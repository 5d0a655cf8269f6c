//! Joining many units at once: members that lie in columns, a weight and a score for every unit.

use std::iter::repeat;

use pulp::{Simd, WithSimd};

use super::{Gathered, Join, add, logarithm, plain, power};
use crate::index::matrix::Cells;
use crate::wide::widest;

impl Join {
    /// Joins members that lie in columns, each a weight above 0 and a score for every unit, into `joined`, which holds the units from `first` on; not a number where a unit has none. The
    /// same bits as [`join`](Self::join) unit by unit: every unit's sums run in the order of the members, only the loops are turned.
    pub(crate) fn join_columns(self, columns: &[(f64, Cells<'_>)], first: usize, joined: &mut [f64]) {
        let mut sums = Sums::new(first, joined.len());
        match self {
            Self::Power(1.0) | Self::Sum => sums.gather_plain(columns),
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

    /// The same for the terms of a mean or sum.
    fn gather_plain(&mut self, columns: &[(f64, Cells<'_>)]) {
        let (fours, few) = columns.as_chunks::<4>();
        let places = self.first..self.first + self.sum.len();
        let mut rooms: [Vec<f64>; 4] = std::array::from_fn(|_| vec![0.0; places.len()]);
        for four in fours {
            let mut members = four.iter().zip(&mut rooms).map(|((w, column), room)| (*w, column.part(places.clone(), room)));
            let mut next = || members.next().unwrap_or((0.0, &[]));
            let members = [next(), next(), next(), next()];
            pulp::Arch::new().dispatch(Four { sums: self, members });
        }
        self.gather(few, repeat(plain));
    }

    fn each(&self) -> impl Iterator<Item = Gathered> + '_ {
        let ends = self.least.iter().zip(&self.most);
        let all = self.weights.iter().zip(&self.sum).zip(ends);
        all.map(|((weights, sum), (least, most))| Gathered { weights: *weights, sum: *sum, least: *least, most: *most })
    }
}

/// Four members to be gathered at a time, so that what is gathered of a unit is fetched and stored once for all of them.
struct Four<'f> {
    sums: &'f mut Sums,
    members: [(f64, &'f [f64]); 4],
}

impl WithSimd for Four<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { sums: Sums { weights, sum, least, most, .. }, members } = self;
        let [(a, last_a), (b, last_b), (c, last_c), (d, last_d)] = members.map(|(_, part)| S::as_simd_f64s(part));
        let [wa, wb, wc, wd] = members.map(|(w, _)| simd.splat_f64s(w));
        let ((weights, last_weights), (sum, last_sum)) = (S::as_mut_simd_f64s(weights), S::as_mut_simd_f64s(sum));
        let ((least, last_least), (most, last_most)) = (S::as_mut_simd_f64s(least), S::as_mut_simd_f64s(most));
        let units = weights.iter_mut().zip(sum).zip(least.iter_mut().zip(most)).zip(a.iter().zip(b).zip(c.iter().zip(d)));
        for (((weights, sum), (least, most)), ((a, b), (c, d))) in units {
            let mut own = [*weights, *sum, *least, *most];
            own = added(simd, own, wa, *a);
            own = added(simd, own, wb, *b);
            own = added(simd, own, wc, *c);
            [*weights, *sum, *least, *most] = added(simd, own, wd, *d);
        }
        let units = last_weights
            .iter_mut()
            .zip(last_sum)
            .zip(last_least.iter_mut().zip(last_most))
            .zip(last_a.iter().zip(last_b).zip(last_c.iter().zip(last_d)));
        for (((weights, sum), (least, most)), ((a, b), (c, d))) in units {
            for ((w, _), x) in members.into_iter().zip([*a, *b, *c, *d]) {
                add(w, x, plain(w, x), weights, sum, least, most);
            }
        }
    }
}

/// As [`add`] with the term of a mean or sum, for as many units as a register holds.
#[inline(always)]
fn added<S: Simd>(simd: S, [weights, sum, least, most]: [S::f64s; 4], w: S::f64s, x: S::f64s) -> [S::f64s; 4] {
    let (known, nothing) = (simd.equal_f64s(x, x), simd.splat_f64s(0.0));
    [
        simd.add_f64s(weights, simd.select_f64s(known, w, nothing)),
        simd.add_f64s(sum, simd.select_f64s(known, simd.mul_f64s(w, x), nothing)),
        simd.select_f64s(simd.less_than_f64s(x, least), x, least),
        simd.select_f64s(simd.less_than_f64s(most, x), x, most),
    ]
}

#[cfg(test)]
mod tests {
    #![expect(clippy::indexing_slicing, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn columns_are_joined_to_the_same_bits_as_rows() {
        // Enough units for whole registers and a rest, enough members for four at a time and a rest.
        let values = [0.1, 0.7, 3.0, 90.0, f64::NAN, 0.0, -0.0, 5e-324, 1e300, 7.0, f64::NAN, 64.2, 33.3];
        let mut rows: Vec<Vec<f64>> = (0..21).map(|unit| (0..6).map(|member| values[(7 * unit + 5 * member + unit / 3) % 13]).collect()).collect();
        rows.push(vec![f64::NAN; 6]);
        let weights = [0.2, 1.0 / 3.0, 5.0, 0.01, 1.0, 0.7];
        for join in [Join::Power(1.0), Join::Power(-1.0), Join::Power(2.5), Join::Geometric, Join::Minimum, Join::Sum] {
            let column = |at: usize| rows.iter().filter_map(|row| row.get(at).copied()).collect::<Vec<f64>>();
            let columns: Vec<Vec<f64>> = (0..weights.len()).map(column).collect();
            let members: Vec<(f64, Cells<'_>)> = weights.iter().copied().zip(columns.iter().map(|column| Cells::Plain(column))).collect();
            let alone: Vec<f64> = rows.iter().map(|row| join.join(weights.iter().copied().zip(row.iter().copied())).unwrap_or(f64::NAN)).collect();
            for first in [0, 5] {
                let mut joined = vec![0.0; rows.len() - first];
                join.join_columns(&members, first, &mut joined);
                let bits = |of: &[f64]| of.iter().map(|x| x.to_bits()).collect::<Vec<u64>>();
                assert_eq!(bits(&joined), bits(&alone).split_off(first), "{join:?}");
            }
        }
    }
}
