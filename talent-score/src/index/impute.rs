//! Filling in missing values: one method per file, each from the values as they were before the step.

mod centre;
mod em;
mod knn;
mod regression;

use talent_model::Bilingual;
use talent_model::index::Imputation;

use super::matrix::Matrix;

/// The word of a method.
pub(crate) fn kind(how: &Imputation) -> &'static str {
    match how {
        Imputation::Mean(_) => "mean",
        Imputation::Median(_) => "median",
        Imputation::Regression(_) => "regression",
        Imputation::Knn(_) => "knn",
        Imputation::Em(_) => "em",
    }
}

/// What a method makes of one column: its values with the gaps filled where that was possible, and why not where it was not.
pub(crate) struct Filled {
    pub(crate) values: Vec<f64>,
    pub(crate) why: Option<Bilingual>,
}

/// Fills the gaps of the columns in `only`. `groups` has a number for the group of every unit.
pub(crate) fn fill(how: &Imputation, cells: &Matrix, groups: &[usize], only: &[usize]) -> Vec<(usize, Filled)> {
    let gaps: Vec<usize> = only.iter().copied().filter(|j| cells.column(*j).iter().any(|x| x.is_nan())).collect();
    if let Imputation::Em(em) = how {
        return if gaps.is_empty() { Vec::new() } else { em::fill(em, cells, &gaps) };
    }
    let one = |j: usize| match how {
        Imputation::Mean(_) => centre::fill(cells.column(j), groups, super::stats::mean),
        Imputation::Median(_) => centre::fill(cells.column(j), groups, super::stats::median),
        Imputation::Regression(_) | Imputation::Em(_) => regression::fill(cells, j),
        Imputation::Knn(knn) => knn::fill(knn, cells, j),
    };
    gaps.into_iter().map(|j| (j, one(j))).collect()
}
