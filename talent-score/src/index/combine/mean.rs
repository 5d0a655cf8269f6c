//! Weighted power means, by the kernel that scores standards.
//!
//! Source: OECD/JRC, Handbook (2008), chapter 6. Means with an exponent other than 1 know no negative values; a zero makes the geometric and harmonic mean 0.

use super::{Members, Scores};
use crate::aggregate::Join;
use crate::index::each::blocks;
use crate::index::matrix::Cells;
use crate::index::trouble::Trouble;

pub(crate) fn scores(p: f64, members: &Members<'_>) -> Result<Scores, Trouble> {
    let join = match p {
        0.0 => Join::Geometric,
        f64::NEG_INFINITY => Join::Minimum,
        p => Join::Power(p),
    };
    if !matches!(join, Join::Minimum | Join::Power(1.0)) {
        for (member, cells) in members.cells.cells().enumerate().filter(|(_, cells)| cells.ends().0 < 0.0) {
            if let Some((unit, found)) = cells.all().iter().enumerate().find(|(_, x)| **x < 0.0) {
                return Err(Trouble::NotPositive { unit, member, found: *found });
            }
        }
    }
    let mut scores = vec![0.0; members.cells.rows()];
    let columns: Vec<(f64, Cells<'_>)> = members.weights.iter().copied().zip(members.cells.cells()).filter(|(weight, _)| *weight > 0.0).collect();
    blocks(&mut scores, columns.len(), |from, block| join.join_columns(&columns, from, block));
    Ok(scores.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::combine::examples::{agree, run};

    #[test]
    fn what_is_missing_leaves_its_weight_to_the_others() {
        let rows = [[40.0, 90.0, 10.0], [f64::NAN, 90.0, 10.0]];
        agree(run(&rows, &[0.5, 0.3, 0.2], &[1.0; 3], |m| scores(1.0, m)), &[49.0, 58.0], 1e-12);
        agree(run(&rows, &[0.5, 0.3, 0.2], &[1.0; 3], |m| scores(f64::NEG_INFINITY, m)), &[10.0, 10.0], 0.0);
    }

    #[test]
    fn an_arithmetic_mean_knows_every_scale() {
        agree(run(&[[-3.0, -1.0], [300.0, 100.0]], &[0.5, 0.5], &[1.0; 2], |m| scores(1.0, m)), &[-2.0, 200.0], 0.0);
    }

    #[test]
    fn negative_values_have_no_geometric_mean() {
        let found = run(&[[1.0, 2.0], [3.0, -4.0]], &[0.5, 0.5], &[1.0; 2], |m| scores(0.0, m));
        assert_eq!(found, Err(Trouble::NotPositive { unit: 1, member: 1, found: -4.0 }));
    }
}
