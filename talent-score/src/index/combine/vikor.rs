//! VIKOR: a compromise between group utility S and individual regret R.
//!
//! `Q = v (S − S*)/(S⁻ − S*) + (1 − v)(R − R*)/(R⁻ − R*)`, 0 for the best; the score is `1 − Q`. Source: Opricovic and Tzeng, European Journal of Operational Research 156
//! (2004) 445–455. A member that does not vary adds nothing; where S or R does not vary, its part is 0.

use talent_model::index::Vikor;
use talent_model::quantity::Share;

use super::{Members, Scores};
use crate::index::stats::extremes;
use crate::index::trouble::Trouble;

pub(crate) fn scores(vikor: &Vikor, members: &Members<'_>) -> Result<Scores, Trouble> {
    let n = members.cells.rows();
    let (mut utility, mut regret) = (vec![0.0; n], vec![0.0_f64; n]);
    for ((column, weight), sign) in members.cells.each_column().zip(members.weights).zip(members.signs) {
        let (low, high) = extremes(column);
        if high <= low {
            continue;
        }
        let best = if *sign > 0.0 { high } else { low };
        for ((x, s), r) in column.iter().zip(&mut utility).zip(&mut regret) {
            let lost = weight * (best - x).abs() / (high - low);
            *s += lost;
            *r = r.max(lost);
        }
    }
    let v = vikor.v.map_or(0.5, Share::get);
    let ((s0, s1), (r0, r1)) = (extremes(&utility), extremes(&regret));
    let part = |x: f64, low: f64, high: f64| if high > low { (x - low) / (high - low) } else { 0.0 };
    let q = |(s, r): (&f64, &f64)| 1.0 - (v * part(*s, s0, s1) + (1.0 - v) * part(*r, r0, r1));
    Ok(utility.iter().zip(&regret).map(q).collect::<Vec<f64>>().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::combine::examples::{agree, run};

    #[test]
    fn the_mountain_of_opricovic_and_tzeng() {
        // Opricovic and Tzeng (2004), section 4: risk (less is better) and altitude of three climbs; Q is 1, 0 and 1 for equal weights.
        let rows = [[1.0, 3000.0], [2.0, 3750.0], [5.0, 4500.0]];
        agree(run(&rows, &[0.5; 2], &[-1.0, 1.0], |m| scores(&Vikor { v: None }, m)), &[0.0, 1.0, 0.0], 1e-12);
    }

    #[test]
    fn equal_units_share_the_best_score() {
        agree(run(&[[1.0, 2.0], [1.0, 2.0]], &[0.5; 2], &[1.0; 2], |m| scores(&Vikor { v: None }, m)), &[1.0, 1.0], 0.0);
    }
}
