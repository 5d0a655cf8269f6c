//! Expectation–maximisation for a multivariate normal distribution: missing values become their expectation given what is known of the unit.
//!
//! Source: Dempster, Laird and Rubin, Journal of the Royal Statistical Society B 39 (1977) 1–38; Little and Rubin, Statistical Analysis with Missing Data (2002), section 11.2.
//! Sound only with clearly more units than indicators: with fewer the covariances are singular, and nothing is filled.

use nalgebra::{DMatrix, DVector};
use talent_model::Bilingual;
use talent_model::index::Em;
use talent_model::quantity::{Count, Positive};

use super::Filled;
use crate::index::matrix::Matrix;
use crate::index::stats::{count, mean, population_deviation};

pub(crate) fn fill(em: &Em, cells: &Matrix, gaps: &[usize]) -> Vec<(usize, Filled)> {
    match expectations(em, cells) {
        Ok(filled) => gaps.iter().map(|j| (*j, Filled { values: filled.column(*j).to_vec(), why: None })).collect(),
        Err(why) => gaps.iter().map(|j| (*j, Filled { values: cells.column(*j).to_vec(), why: Some(why) })).collect(),
    }
}

fn expectations(em: &Em, cells: &Matrix) -> Result<Matrix, Bilingual> {
    let (n, k) = (cells.rows(), cells.columns());
    if n < k + 2 {
        return Err(Bilingual { en: "there are not clearly more units than indicators", zh: "单元数没有明显多于指标数" });
    }
    let singular = Bilingual { en: "the indicators depend on one another", zh: "指标之间线性相关" };
    let scale: Vec<(f64, f64)> = cells.each_column().map(|column| (mean(column), population_deviation(column))).collect();
    if scale.iter().any(|(_, deviation)| deviation.is_nan() || *deviation <= 0.0) {
        return Err(Bilingual { en: "an indicator does not vary", zh: "有指标没有变化" });
    }
    // Standardised by what is known, so that one tolerance fits all; gaps begin at the mean.
    let mut data = DMatrix::zeros(n, k);
    for (j, (centre, deviation)) in scale.iter().enumerate() {
        for (i, x) in cells.column(j).iter().enumerate() {
            if let Some(cell) = data.get_mut((i, j)) {
                *cell = if x.is_nan() { 0.0 } else { (x - centre) / deviation };
            }
        }
    }
    let missing: Vec<Vec<usize>> = (0..n).map(|i| (0..k).filter(|j| cells[(i, *j)].is_nan()).collect()).collect();
    let mut means = DVector::zeros(k);
    let mut covariance = moments(&data, &means, &DMatrix::zeros(k, k));
    let rounds = em.rounds.map_or(200.0, Count::get);
    let tolerance = em.tolerance.map_or(1e-8, Positive::get);
    let mut round = 0.0;
    while round < rounds {
        round += 1.0;
        let mut residual = DMatrix::zeros(k, k);
        for (i, gaps) in missing.iter().enumerate().filter(|(_, gaps)| !gaps.is_empty()) {
            let seen: Vec<usize> = (0..k).filter(|j| !gaps.contains(j)).collect();
            let within = covariance.select_rows(&seen).select_columns(&seen);
            let across = covariance.select_rows(&seen).select_columns(gaps);
            let factor = if seen.is_empty() { None } else { Some(within.cholesky().ok_or(singular)?) };
            let row = data.row(i).transpose();
            let difference = row.select_rows(&seen) - means.select_rows(&seen);
            let mut expected = means.select_rows(gaps);
            let mut left = covariance.select_rows(gaps).select_columns(gaps);
            if let Some(factor) = factor {
                let slopes = factor.solve(&across);
                expected += slopes.transpose() * difference;
                left -= slopes.transpose() * across;
            }
            for (a, j) in gaps.iter().enumerate() {
                if let (Some(cell), Some(x)) = (data.get_mut((i, *j)), expected.get(a)) {
                    *cell = *x;
                }
                for (b, l) in gaps.iter().enumerate() {
                    if let (Some(cell), Some(x)) = (residual.get_mut((*j, *l)), left.get((a, b))) {
                        *cell += *x;
                    }
                }
            }
        }
        let next = DVector::from_iterator(k, data.column_iter().map(|column| column.sum() / count(n)));
        let moved = (&next - &means).iter().fold(0.0_f64, |m, x| m.max(x.abs()));
        means = next;
        covariance = moments(&data, &means, &residual);
        if moved < tolerance {
            break;
        }
    }
    if covariance.clone().cholesky().is_none() {
        return Err(singular);
    }
    let mut filled = cells.clone();
    for (i, gaps) in missing.iter().enumerate() {
        for j in gaps {
            let (centre, deviation) = scale.get(*j).copied().unwrap_or((f64::NAN, f64::NAN));
            filled[(i, *j)] = centre + deviation * data.get((i, *j)).copied().unwrap_or(f64::NAN);
        }
    }
    Ok(filled)
}

fn moments(data: &DMatrix<f64>, means: &DVector<f64>, residual: &DMatrix<f64>) -> DMatrix<f64> {
    let mut centred = data.clone();
    for (mut column, mean) in centred.column_iter_mut().zip(means.iter()) {
        column.add_scalar_mut(-mean);
    }
    (centred.transpose() * &centred + residual) / count(data.nrows())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_in_a_near_line_lands_near_the_line() {
        let mut rows = [[1.0, 2.1], [2.0, 3.9], [3.0, 6.2], [4.0, 7.8], [5.0, 10.1], [6.0, 11.9], [7.0, 14.0]];
        rows[2][1] = f64::NAN;
        let em = Em { rounds: None, tolerance: None };
        let filled = fill(&em, &Matrix::by_rows(&rows), &[1]);
        let value = filled.first().and_then(|(_, filled)| filled.values.get(2).copied()).unwrap_or_default();
        // With one gapped column EM ends at the least-squares line through the complete units.
        let line = super::super::regression::fill(&Matrix::by_rows(&rows), 1).values.get(2).copied().unwrap_or_default();
        assert!((value - line).abs() < 1e-6 && (value - 6.0).abs() < 0.2, "{value} {line}");
    }

    #[test]
    fn fewer_units_than_indicators_are_refused() {
        let em = Em { rounds: None, tolerance: None };
        let filled = fill(&em, &Matrix::by_rows(&[[1.0, f64::NAN], [2.0, 1.0], [3.0, 5.0]]), &[1]);
        assert!(filled.first().is_some_and(|(_, filled)| filled.why.is_some()));
    }
}
