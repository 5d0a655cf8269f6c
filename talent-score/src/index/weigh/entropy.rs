//! Entropy: the more unevenly a member is spread over the units, the more it tells, the more it weighs.
//!
//! `p = x / Σx`, `E = −Σ p ln p / ln n`, weight in proportion to `1 − E`. Source: Hwang and Yoon, Multiple Attribute Decision Making (1981), section 3.3;
//! Shannon (1948). Needs values that are not negative; it is not invariant under a shift of the scale, so the normalisation before it matters.

use super::{Weights, at_least};
use crate::index::matrix::Matrix;
use crate::index::stats::count;
use crate::index::trouble::Trouble;

pub(crate) fn weights(cells: &Matrix) -> Result<Weights, Trouble> {
    at_least(2, cells)?;
    let mut spread = Vec::with_capacity(cells.columns());
    for (member, column) in cells.each_column().enumerate() {
        if let Some((unit, found)) = column.iter().enumerate().find(|(_, x)| **x < 0.0) {
            return Err(Trouble::NotPositive { unit, member, found: *found });
        }
        let sum: f64 = column.iter().sum();
        let entropy: f64 = column.iter().map(|x| x / sum).filter(|p| *p > 0.0).map(|p| -p * libm::log(p)).sum();
        let tells = 1.0 - entropy / libm::log(count(cells.rows()));
        // A constant has an entropy of 1 but for rounding, and a column of zeros none at all.
        spread.push(if sum > 0.0 && tells > 1e-14 { tells } else { 0.0 });
    }
    Weights::of(&spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_aircraft_of_hwang_and_yoon_weigh_as_in_other_programs() {
        // Data of Hwang and Yoon (1981), table 3.1; weights as pymcdm 1.4.0 computes them from it.
        let cells = Matrix::by_rows(&crate::index::combine::examples::AIRCRAFT);
        let found = weights(&cells).map(|w| w.weights).unwrap_or_default();
        let expected = [0.0642, 0.2061, 0.0134, 0.0813, 0.3587, 0.2763];
        assert!(found.len() == 6 && found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.000_06), "{found:?}");
    }

    #[test]
    fn a_constant_weighs_nothing() {
        let cells = Matrix::by_rows(&[[5.0, 1.0], [5.0, 2.0], [5.0, 9.0]]);
        assert_eq!(weights(&cells).map(|w| w.weights), Ok(vec![0.0, 1.0]));
        assert!(weights(&Matrix::by_rows(&[[5.0], [5.0]])).is_err());
    }
}
