//! Standard deviation: a member weighs in proportion to its spread on the scale to which it was normalised.
//!
//! Source: Diakoulaki, Mavrotas and Papayannakis, Computers & Operations Research 22 (1995) 763–770, as the method that CRITIC extends. Population and
//! sample deviation give the same weights.

use super::{Weights, at_least};
use crate::index::matrix::Matrix;
use crate::index::stats::population_deviation;
use crate::index::trouble::Trouble;

pub(crate) fn weights(cells: &Matrix) -> Result<Weights, Trouble> {
    at_least(2, cells)?;
    let spread: Vec<f64> = cells.each_column().map(population_deviation).collect();
    Weights::of(&spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twice_the_spread_is_twice_the_weight() {
        let cells = Matrix::by_rows(&[[0.0, 10.0, 4.0], [1.0, 12.0, 4.0]]);
        assert_eq!(weights(&cells).map(|w| w.weights), Ok(vec![1.0 / 3.0, 2.0 / 3.0, 0.0]));
        assert_eq!(weights(&Matrix::by_rows(&[[1.0, 2.0]])), Err(Trouble::TooFew { expected: 2, found: 1 }));
    }
}
