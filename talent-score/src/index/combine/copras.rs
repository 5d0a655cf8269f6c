//! COPRAS: relative significance from the sums of what is to be had and what is to be avoided, as a share of the best; from 0 to 1.
//!
//! `Q = S⁺ + Σ S⁻ / (S⁻ Σ 1/S⁻)` over weighted shares of each member's sum. Source: Zavadskas, Kaklauskas and Sarka, Technological and Economic Development of Economy 1 (1994)
//! 131–139. (pymcdm 1.4.0 leaves the second term's sums out, so that costs count as benefits.)

use super::{Members, Scores};
use crate::index::trouble::{Trouble, positive};

pub(crate) fn scores(members: &Members<'_>) -> Result<Scores, Trouble> {
    positive(members.cells)?;
    let n = members.cells.rows();
    let (mut benefit, mut cost) = (vec![0.0; n], vec![0.0; n]);
    for ((column, weight), sign) in members.cells.each_column().zip(members.weights).zip(members.signs) {
        let sum: f64 = column.iter().sum();
        let side = if *sign > 0.0 { &mut benefit } else { &mut cost };
        for (x, side) in column.iter().zip(side) {
            *side += weight * x / sum;
        }
    }
    let (costs, inverse): (f64, f64) = (cost.iter().sum(), cost.iter().map(|c| 1.0 / c).sum());
    // Where nothing costs, benefits alone count.
    let significance = |(b, c): (&f64, &f64)| if costs > 0.0 { b + costs / (c * inverse) } else { *b };
    let q: Vec<f64> = benefit.iter().zip(&cost).map(significance).collect();
    let most = q.iter().fold(0.0, |m: f64, x| m.max(*x));
    Ok(q.iter().map(|x| if most > 0.0 { x / most } else { 0.0 }).collect::<Vec<f64>>().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::combine::examples::{agree, run};

    #[test]
    fn of_two_equal_benefits_the_cheaper_is_better() {
        // Benefits 1/2 and 1/2 of weight 1/2; costs 100 and 1: S- = 50/101 and 0.5/101, so Q = 0.25 + 0.5 * (1/101) and 0.25 + 0.5 * (100/101).
        let (dear, cheap) = (0.25 + 0.5 / 101.0, 0.25 + 50.0 / 101.0);
        agree(run(&[[7.0, 100.0], [7.0, 1.0]], &[0.5; 2], &[1.0, -1.0], scores), &[dear / cheap, 1.0], 1e-12);
    }

    #[test]
    fn without_costs_benefits_alone_count() {
        agree(run(&[[1.0], [3.0]], &[1.0], &[1.0], scores), &[1.0 / 3.0, 1.0], 1e-12);
        assert!(run(&[[0.0], [3.0]], &[1.0], &[1.0], scores).is_err());
    }
}
