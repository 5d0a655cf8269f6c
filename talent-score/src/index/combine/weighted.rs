//! The weighted sum and the weighted product, for members as they are.
//!
//! Sources: Fishburn (1967) for the sum, Bridgman (1922) and Miller and Starr (1969) for the product. Where less is better, a member is subtracted, or divided by.

use super::{Members, Scores};
use crate::index::each::blocks;
use crate::index::matrix::Cells;
use crate::index::trouble::{Trouble, positive};

pub(crate) fn sum(members: &Members<'_>) -> Result<Scores, Trouble> {
    Ok(added(members, |x| x, |sum| sum).into())
}

pub(crate) fn product(members: &Members<'_>) -> Result<Scores, Trouble> {
    positive(members.cells)?;
    Ok(added(members, libm::log, libm::exp).into())
}

/// The weighted sum of every unit's members, each as `term` has it, in the order of the members; then as `whole` has it.
fn added(members: &Members<'_>, term: impl Fn(f64) -> f64 + Sync + Send, whole: impl Fn(f64) -> f64 + Sync + Send) -> Vec<f64> {
    let columns: Vec<(Cells<'_>, f64)> =
        members.cells.cells().zip(members.weights.iter().zip(members.signs)).map(|(column, (weight, sign))| (column, sign * weight)).collect();
    let mut scores = vec![0.0; members.cells.rows()];
    blocks(&mut scores, columns.len(), |from, block| {
        let mut room = vec![0.0; block.len()];
        for (column, weight) in &columns {
            let part = column.part(from..from + block.len(), &mut room);
            block.iter_mut().zip(part).for_each(|(sum, x)| *sum += weight * term(*x));
        }
        block.iter_mut().for_each(|sum| *sum = whole(*sum));
    });
    scores
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::combine::examples::{AIRCRAFT, AIRCRAFT_SIGNS, AIRCRAFT_WEIGHTS, agree, run};

    /// The example of Triantaphyllou, Multi-Criteria Decision Making Methods: A Comparative Study (2000), sections 2.2.1 and 2.2.2.
    const ROWS: [[f64; 4]; 3] = [[25.0, 20.0, 15.0, 30.0], [10.0, 30.0, 20.0, 30.0], [30.0, 10.0, 30.0, 10.0]];

    #[test]
    fn the_sums_of_triantaphyllou() {
        agree(run(&ROWS, &[0.20, 0.15, 0.40, 0.25], &[1.0; 4], sum), &[21.50, 22.00, 22.00], 1e-9);
    }

    #[test]
    fn the_products_of_triantaphyllou() {
        // As ratios: R(A1/A2) = 1.007, R(A1/A3) = 1.067, R(A2/A3) = 1.059.
        let found = run(&ROWS, &[0.20, 0.15, 0.40, 0.25], &[1.0; 4], product).unwrap_or_default();
        let ratio = |a: usize, b: usize| found.get(a).zip(found.get(b)).map_or(f64::NAN, |(a, b)| a / b);
        agree(Ok(vec![ratio(0, 1), ratio(0, 2), ratio(1, 2)]), &[1.007, 1.067, 1.059], 0.0006);
    }

    #[test]
    fn what_costs_is_divided_by() {
        let found = run(&AIRCRAFT, &AIRCRAFT_WEIGHTS, &AIRCRAFT_SIGNS, product).unwrap_or_default();
        let mut dearer = AIRCRAFT;
        dearer[0][3] *= 2.0;
        let after = run(&dearer, &AIRCRAFT_WEIGHTS, &AIRCRAFT_SIGNS, product).unwrap_or_default();
        assert!(after.first() < found.first() && after.get(1) == found.get(1));
        assert!(run(&[[1.0, 0.0]], &[0.5; 2], &[1.0; 2], product).is_err());
    }
}
