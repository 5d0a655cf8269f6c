//! Copeland's score from the Condorcet outranking matrix.
//!
//! For every two units the members vote with their weights; a tie gives half a vote to each. The score is the number of units beaten less the number lost to.
//! Sources: Copeland (1951); Munda and Nardo, Applied Economics 41 (2009) 1513–1523; OECD/JRC, Handbook (2008), section 6.3.
//!
//! Two units are compared over the members that both have, and the votes are shares of the weight of those. So the result does not depend on the order of units, with
//! missing values either (that of COINr 1.1.14 does).

use super::{Members, Scores};
use crate::index::matrix::Matrix;
use crate::index::trouble::Trouble;

/// For every unit (row) the share of weight by which it is better than every other (column), from 0 to 1, ties counting a half. Not a number where two
/// units have no member in common, and on the diagonal.
pub(crate) fn outranking(members: &Members<'_>) -> Matrix {
    let cells = members.turned();
    let n = cells.rows();
    let mut votes = Matrix::zeros(n, n);
    for a in 0..n {
        votes[(a, a)] = f64::NAN;
        for b in 0..a {
            let (mut won, mut all) = (0.0, 0.0);
            for ((x, y), weight) in cells.row(a).zip(cells.row(b)).zip(members.weights) {
                if x.is_nan() || y.is_nan() {
                    continue;
                }
                all += weight;
                if x > y {
                    won += weight;
                } else if x == y {
                    won += weight / 2.0;
                }
            }
            votes[(a, b)] = if all > 0.0 { won / all } else { f64::NAN };
            votes[(b, a)] = if all > 0.0 { (all - won) / all } else { f64::NAN };
        }
    }
    votes
}

pub(crate) fn scores(members: &Members<'_>) -> Result<Scores, Trouble> {
    let votes = outranking(members);
    let score = |unit: usize| {
        if members.cells.row(unit).all(f64::is_nan) {
            return f64::NAN;
        }
        // Half of the weight, added up in another order, is still half.
        votes.row(unit).filter(|v| !v.is_nan() && (v - 0.5).abs() > 1e-12).map(|v| if v > 0.5 { 1.0 } else { -1.0 }).sum()
    };
    Ok((0..members.cells.rows()).map(score).collect::<Vec<f64>>().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::combine::examples::{agree, run};

    #[test]
    fn the_order_of_units_does_not_matter_with_missing_values() {
        let rows = [[1.0, f64::NAN, 2.0], [2.0, 3.0, f64::NAN], [f64::NAN, 1.0, 1.0]];
        agree(run(&rows, &[1.0 / 3.0; 3], &[1.0; 3], scores), &[0.0, 2.0, -2.0], 0.0);
        let turned = [rows[2], rows[0], rows[1]];
        agree(run(&turned, &[1.0 / 3.0; 3], &[1.0; 3], scores), &[-2.0, 0.0, 2.0], 0.0);
    }

    #[test]
    fn the_paradox_of_condorcet_is_a_tie() {
        let rows = [[3.0, 1.0, 2.0], [2.0, 3.0, 1.0], [1.0, 2.0, 3.0]];
        agree(run(&rows, &[1.0 / 3.0; 3], &[1.0; 3], scores), &[0.0; 3], 0.0);
        // A weight above one half decides alone, and less is better where it is said so.
        agree(run(&rows, &[0.6, 0.2, 0.2], &[-1.0, 1.0, 1.0], scores), &[-2.0, 0.0, 2.0], 0.0);
    }
}
