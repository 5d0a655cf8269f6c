//! Least-squares regression on the complete columns. Source: OECD/JRC, Handbook (2008), section 3.2 (regression imputation, without a random residual).

use talent_model::Bilingual;

use super::Filled;
use crate::index::linear::solve;
use crate::index::matrix::Matrix;
use crate::index::stats::{mean, population_deviation};

pub(crate) fn fill(cells: &Matrix, target: usize) -> Filled {
    let column = cells.column(target);
    let as_it_is = |en, zh| Filled { values: column.to_vec(), why: Some(Bilingual { en, zh }) };
    let known: Vec<usize> = column.iter().enumerate().filter(|(_, x)| !x.is_nan()).map(|(at, _)| at).collect();
    let rows = cells.keep(&known);
    // Predictors are complete, and vary over the units from which is learned. They are standardised, so that the equations are well scaled.
    let predictors: Vec<(usize, f64, f64)> = (0..cells.columns())
        .filter(|j| *j != target && cells.column(*j).iter().all(|x| !x.is_nan()))
        .map(|j| (j, mean(rows.column(j)), population_deviation(rows.column(j))))
        .filter(|(_, _, deviation)| *deviation > 0.0)
        .collect();
    if predictors.is_empty() {
        return as_it_is("no other indicator is complete", "没有其他取值齐全的指标");
    }
    let k = predictors.len();
    if known.len() < k + 2 {
        return as_it_is("there are fewer units than the regression needs", "单元数少于回归所需");
    }
    let centre = mean(column);
    let standard = |unit: usize| predictors.iter().map(move |(j, mean, deviation)| (cells[(unit, *j)] - mean) / deviation).collect::<Vec<f64>>();
    let (mut normal, mut right) = (Matrix::zeros(k, k), vec![0.0; k]);
    for unit in &known {
        let row = standard(*unit);
        for (i, x) in row.iter().enumerate() {
            for (j, y) in row.iter().enumerate() {
                normal[(i, j)] += x * y;
            }
            if let Some(right) = right.get_mut(i) {
                *right += x * (cells[(*unit, target)] - centre);
            }
        }
    }
    let Some(slopes) = solve(&normal, &right) else {
        return as_it_is("the other indicators depend on one another", "其他指标之间线性相关");
    };
    let predicted = |unit: usize| centre + standard(unit).iter().zip(&slopes).map(|(x, b)| x * b).sum::<f64>();
    let values = column.iter().enumerate().map(|(unit, x)| if x.is_nan() { predicted(unit) } else { *x }).collect();
    Filled { values, why: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plane_is_continued() {
        // y = 2 a - 3 b + 1
        let row = |a: f64, b: f64| [a, b, 2.0 * a - 3.0 * b + 1.0];
        let mut rows = [row(1.0, 2.0), row(2.0, 1.0), row(3.0, 5.0), row(4.0, 0.0), row(9.0, 7.0)];
        let expected = rows[4][2];
        rows[4][2] = f64::NAN;
        let found = fill(&Matrix::by_rows(&rows), 2);
        assert!(found.why.is_none() && found.values.last().is_some_and(|y| (y - expected).abs() < 1e-12));
        assert!(fill(&Matrix::by_rows(&[[1.0, f64::NAN], [2.0, 1.0]]), 1).why.is_some());
    }
}
