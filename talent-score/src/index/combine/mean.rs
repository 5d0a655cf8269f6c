//! Weighted power means, by the kernel that scores standards where it does not end at the full mark.
//!
//! Source: OECD/JRC, Handbook (2008), chapter 6. Means with an exponent other than 1 know no negative values; a zero makes the geometric and harmonic mean 0.

use super::{Members, Scores};
use crate::aggregate::Join;
use crate::index::trouble::Trouble;

pub(crate) fn scores(p: f64, members: &Members<'_>) -> Result<Scores, Trouble> {
    let join = match p {
        0.0 => Join::Geometric,
        f64::NEG_INFINITY => Join::Minimum,
        p => Join::Power(p),
    };
    if !matches!(join, Join::Minimum | Join::Power(1.0)) {
        for member in 0..members.cells.columns() {
            if let Some((unit, found)) = members.cells.column(member).iter().enumerate().find(|(_, x)| **x < 0.0) {
                return Err(Trouble::NotPositive { unit, member, found: *found });
            }
        }
    }
    if join == Join::Power(1.0) {
        return Ok(arithmetic(members).into());
    }
    let score = |unit: usize| {
        let row = members.weights.iter().copied().zip(members.cells.row(unit));
        join.join(row.filter(|(weight, x)| *weight > 0.0 && !x.is_nan())).unwrap_or(f64::NAN)
    };
    Ok((0..members.cells.rows()).map(score).collect::<Vec<f64>>().into())
}

/// The arithmetic mean. The kernel's own knows scores from 0 to 100 and ends at the full mark; here every scale is allowed, standard scores with their signs too. What a mean joins
/// it does not pass, either way, by rounding.
///
/// It runs down the columns, as they lie in memory; every unit's sums still run in the order of the members.
fn arithmetic(members: &Members<'_>) -> Vec<f64> {
    let n = members.cells.rows();
    let (mut weights, mut sums) = (vec![0.0; n], vec![0.0; n]);
    let (mut least, mut most) = (vec![f64::INFINITY; n], vec![f64::NEG_INFINITY; n]);
    for (column, w) in members.cells.each_column().zip(members.weights).filter(|(_, w)| **w > 0.0) {
        let totals = weights.iter_mut().zip(&mut sums).zip(least.iter_mut().zip(&mut most));
        for (((weight, sum), (least, most)), x) in totals.zip(column) {
            let known = !x.is_nan();
            *weight += if known { *w } else { 0.0 };
            *sum += if known { w * x } else { 0.0 };
            *least = least.min(*x);
            *most = most.max(*x);
        }
    }
    let means = weights.iter().zip(&sums).zip(least.iter().zip(&most));
    means.map(|((weight, sum), (least, most))| if *weight > 0.0 { (sum / weight).clamp(*least, *most) } else { f64::NAN }).collect()
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
