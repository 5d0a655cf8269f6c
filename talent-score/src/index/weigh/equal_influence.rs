//! Equal influence: weights under which every member correlates equally with the weighted mean.
//!
//! The correlation of a member with `y = Σ w x` is `(Σ w)ᵢ / (σᵢ σ_y)`, so that equal correlations mean `R (w σ) ∝ 1`: the weights are `wᵢ ∝ (R⁻¹ 1)ᵢ / σᵢ`, without any search.
//! Where that is negative, no weights that are not negative do it; the members of negative weight are left at 0 and the others balanced again.
//! Source: Becker, Saisana, Paruolo and Vandecasteele, Ecological Indicators 80 (2017) 12–22 (there, and in COINr, by numerical optimisation).

use super::{Weights, at_least};
use crate::index::linear::{correlations, solve};
use crate::index::matrix::Matrix;
use crate::index::stats::{pearson, sample_deviation};
use crate::index::trouble::Trouble;

pub(crate) fn weights(cells: &Matrix) -> Result<Weights, Trouble> {
    at_least(cells.columns().max(2) + 1, cells)?;
    let deviations: Vec<f64> = cells.each_column().map(sample_deviation).collect();
    let mut within: Vec<usize> = deviations.iter().enumerate().filter(|(_, s)| **s > 0.0).map(|(at, _)| at).collect();
    let mut importances = vec![0.0; cells.columns()];
    while !within.is_empty() {
        let part = Matrix::of(cells.rows(), within.iter().map(|at| cells.column(*at)));
        let balanced = solve(&correlations(&part), &vec![1.0; within.len()]).ok_or(Trouble::Singular)?;
        let worst = balanced.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1)).map(|(at, x)| (at, *x));
        match worst {
            Some((at, x)) if x < 0.0 => {
                within.remove(at);
            }
            _ => {
                for (at, x) in within.iter().zip(&balanced) {
                    if let (Some(importance), Some(deviation)) = (importances.get_mut(*at), deviations.get(*at)) {
                        *importance = x / deviation;
                    }
                }
                break;
            }
        }
    }
    let weights = Weights::of(&importances)?;
    let mean: Vec<f64> = (0..cells.rows()).map(|unit| cells.row(unit).zip(&weights.weights).map(|(x, w)| x * w).sum()).collect();
    let influence = |column: &[f64]| pearson(column, &mean).unwrap_or(0.0);
    let (low, high) = crate::index::stats::extremes(&cells.each_column().map(influence).collect::<Vec<f64>>());
    Ok(weights.with("least_correlation", low).with("greatest_correlation", high))
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn every_member_correlates_equally() {
        let cells = Matrix::by_rows(&[[1.0, 20.0, 3.0], [2.0, 10.0, 5.0], [4.0, 30.0, 1.0], [3.0, 50.0, 9.0], [7.0, 40.0, 4.0], [5.0, 25.0, 8.0]]);
        let found = weights(&cells).unwrap_or_default();
        let [(_, low), (_, high)] = found.measures.as_slice() else { panic!("two measures") };
        assert!((high - low).abs() < 1e-12 && *low > 0.0, "{low} {high}");
        assert!((found.weights.iter().sum::<f64>() - 1.0).abs() < 1e-15);
    }

    #[test]
    fn a_member_that_depends_on_others_is_told() {
        let cells = Matrix::by_rows(&[[1.0, 2.0], [2.0, 4.0], [3.0, 6.0], [5.0, 10.0]]);
        assert_eq!(weights(&cells), Err(Trouble::Singular));
    }
}
