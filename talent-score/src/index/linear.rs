//! Linear algebra of small matrices, by nalgebra without run-time kernels: the same bits on every machine.

use nalgebra::{DMatrix, DVector, SymmetricEigen};

use super::matrix::Matrix;
use super::stats::pearson;

/// The correlations between columns; a column that does not vary correlates with nothing.
pub(crate) fn correlations(cells: &Matrix) -> Matrix {
    let k = cells.columns();
    let mut matrix = Matrix::zeros(k, k);
    for j in 0..k {
        matrix[(j, j)] = 1.0;
        for i in 0..j {
            let r = pearson(cells.column(i), cells.column(j)).unwrap_or(0.0);
            matrix[(i, j)] = r;
            matrix[(j, i)] = r;
        }
    }
    matrix
}

/// The eigenvalues of a symmetric matrix with their vectors of length 1, the greatest first. The largest element of each vector is positive.
pub(crate) fn eigen(matrix: &Matrix) -> Vec<(f64, Vec<f64>)> {
    let solved = SymmetricEigen::new(matrix.to_dense());
    let mut pairs: Vec<(f64, Vec<f64>)> = solved
        .eigenvalues
        .iter()
        .zip(solved.eigenvectors.column_iter())
        .map(|(value, vector)| {
            let mut vector: Vec<f64> = vector.iter().copied().collect();
            let largest = vector.iter().fold(0.0_f64, |m, x| if x.abs() > m.abs() { *x } else { m });
            if largest < 0.0 {
                vector.iter_mut().for_each(|x| *x = -*x);
            }
            (*value, vector)
        })
        .collect();
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    pairs
}

/// Solves `matrix · x = right` for a symmetric positive definite matrix; nothing when it is singular, or so nearly that the answer would be dust.
pub(crate) fn solve(matrix: &Matrix, right: &[f64]) -> Option<Vec<f64>> {
    let factor = positive_definite(matrix)?;
    Some(factor.solve(&DVector::from_column_slice(right)).iter().copied().collect())
}

/// The diagonal of the inverse of a symmetric positive definite matrix.
pub(crate) fn inverse_diagonal(matrix: &Matrix) -> Option<Vec<f64>> {
    Some(positive_definite(matrix)?.inverse().diagonal().iter().copied().collect())
}

fn positive_definite(matrix: &Matrix) -> Option<nalgebra::Cholesky<f64, nalgebra::Dyn>> {
    let dense: DMatrix<f64> = matrix.to_dense();
    let scale = dense.diagonal().iter().fold(0.0_f64, |m, x| m.max(*x));
    let factor = dense.cholesky()?;
    // A pivot that is rounding of the matrix's own size is a zero.
    let least = factor.l_dirty().diagonal().iter().fold(f64::INFINITY, |m, x| m.min(*x));
    (least * least > 1e-12 * scale).then_some(factor)
}
