//! Principal components: the squared loadings of the first component of the correlation matrix.
//!
//! An eigenvector of length 1 has squared elements that add up to 1: the share of each member in the direction of greatest variance. Squares cannot be negative,
//! so no sign has to be chosen. Source: OECD/JRC, Handbook (2008), section 6.1, for one component without rotation.

use super::{Weights, at_least};
use crate::index::linear::{correlations, eigen};
use crate::index::matrix::Matrix;
use crate::index::stats::count;
use crate::index::trouble::Trouble;

pub(crate) fn weights(cells: &Matrix) -> Result<Weights, Trouble> {
    at_least(3, cells)?;
    let matrix = correlations(cells);
    let components = eigen(&matrix);
    let (Some((value, vector)), varies) = (components.first(), cells.columns()) else { return Err(Trouble::Singular) };
    let squares: Vec<f64> = vector.iter().map(|l| l * l).collect();
    Ok(Weights::of(&squares)?.with("explained_variance", value / count(varies)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_members_share_equally_and_a_stranger_gets_nothing() {
        // c is uncorrelated with a and b, which go together.
        let cells = Matrix::by_rows(&[[1.0, 1.0, 1.0], [1.0, 2.0, -1.0], [-1.0, -1.0, 1.0], [-1.0, -2.0, -1.0]]);
        let found = weights(&cells).unwrap_or_default();
        for (found, expected) in found.weights.iter().zip([0.5, 0.5, 0.0]) {
            assert!((found - expected).abs() < 0.02, "{found}");
        }
        assert_eq!(found.measures.first().map(|m| m.0), Some("explained_variance"));
    }
}
