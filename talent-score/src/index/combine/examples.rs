//! Published decision matrices that several tests share.

use super::{Members, Scores};
use crate::index::matrix::Matrix;
use crate::index::trouble::Trouble;

/// Four fighter aircraft: speed (mach), range, payload (pounds), cost (less is better), reliability, manoeuvrability.
/// Hwang and Yoon, Multiple Attribute Decision Making (1981), table 3.1.
pub(crate) const AIRCRAFT: [[f64; 6]; 4] = [
    [2.0, 1500.0, 20000.0, 5.5, 5.0, 9.0],
    [2.5, 2700.0, 18000.0, 6.5, 3.0, 5.0],
    [1.8, 2000.0, 21000.0, 4.5, 7.0, 7.0],
    [2.2, 1800.0, 20000.0, 5.0, 5.0, 5.0],
];
pub(crate) const AIRCRAFT_WEIGHTS: [f64; 6] = [0.2, 0.1, 0.1, 0.1, 0.2, 0.3];
pub(crate) const AIRCRAFT_SIGNS: [f64; 6] = [1.0, 1.0, 1.0, -1.0, 1.0, 1.0];

/// Runs a method on a table by rows.
pub(crate) fn run<const N: usize>(
    rows: &[[f64; N]],
    weights: &[f64],
    signs: &[f64],
    method: impl Fn(&Members<'_>) -> Result<Scores, Trouble>,
) -> Result<Vec<f64>, Trouble> {
    const CODES: [&str; 10] = ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "c10"];
    let cells = Matrix::by_rows(rows);
    let codes = CODES.get(..N).unwrap_or_default();
    method(&Members { codes, cells: &cells.view(), weights, signs }).map(|found| found.scores)
}

/// Asserts that numbers agree with printed ones.
#[track_caller]
pub(crate) fn agree(found: Result<Vec<f64>, Trouble>, printed: &[f64], within: f64) {
    let found = found.unwrap_or_default();
    assert!(
        found.len() == printed.len() && found.iter().zip(printed).all(|(found, printed)| (found - printed).abs() <= within),
        "{found:?} is not {printed:?}"
    );
}
