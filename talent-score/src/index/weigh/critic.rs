//! CRITIC: contrast (standard deviation) times conflict (`Σ (1 − r)` with the other members).
//!
//! Source: Diakoulaki, Mavrotas and Papayannakis, Computers & Operations Research 22 (1995) 763–770. As there, the members are scaled from worst to best
//! first: the direction is applied before correlating. (scikit-criteria does so as well; pymcdm and pyrepo-mcda correlate raw values.)

use talent_model::index::{Correlation, Critic};

use super::{Weights, at_least};
use crate::index::matrix::Matrix;
use crate::index::stats::{extremes, pearson, sample_deviation, spearman};
use crate::index::trouble::Trouble;

pub(crate) fn weights(critic: &Critic, cells: &Matrix) -> Result<Weights, Trouble> {
    at_least(3, cells)?;
    let correlation = match critic.correlation.unwrap_or(Correlation::Pearson) {
        Correlation::Pearson => pearson,
        Correlation::Spearman => spearman,
    };
    let contrast = cells.each_column().map(|column| {
        let (low, high) = extremes(column);
        if high > low { sample_deviation(column) / (high - low) } else { 0.0 }
    });
    let information: Vec<f64> = contrast
        .enumerate()
        .map(|(j, contrast)| {
            let conflict = |k: usize| 1.0 - correlation(cells.column(j), cells.column(k)).unwrap_or(0.0);
            // A constant has no contrast, and conflicts with nothing.
            let conflicts: f64 = (0..cells.columns()).filter(|k| *k != j).map(conflict).sum();
            contrast * conflicts
        })
        .collect();
    Weights::of(&information)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twins_share_and_loners_gain() {
        let cells = Matrix::by_rows(&[[1.0, 10.0, 3.0], [2.0, 20.0, 1.0], [3.0, 30.0, 2.0]]);
        let found = weights(&Critic { correlation: None }, &cells).map(|w| w.weights).unwrap_or_default();
        // Same contrast everywhere; r(a,b) = 1, r(a,c) = r(b,c) = -0.5, so the conflicts are 1.5, 1.5 and 3.
        for (found, expected) in found.iter().zip([0.25, 0.25, 0.5]) {
            assert!((found - expected).abs() < 1e-15, "{found}");
        }
        assert_eq!(found.len(), 3);
    }
}
