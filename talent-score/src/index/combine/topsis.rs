//! TOPSIS: closeness to the ideal, as the share of the distance to the worst in both distances; from 0 to 1.
//!
//! Source: Hwang and Yoon, Multiple Attribute Decision Making (1981), section 3.3.6. A member that is 0 for all units, or does not vary, adds nothing to either distance.

use talent_model::index::{Topsis, TopsisScale};

use super::{Members, Scores};
use crate::index::stats::extremes;
use crate::index::trouble::Trouble;

pub(crate) fn scores(topsis: &Topsis, members: &Members<'_>) -> Result<Scores, Trouble> {
    let n = members.cells.rows();
    let (mut to_best, mut to_worst) = (vec![0.0; n], vec![0.0; n]);
    for ((column, weight), sign) in members.cells.each_column().zip(members.weights).zip(members.signs) {
        let (low, high) = extremes(column);
        let length = match topsis.scale.unwrap_or(TopsisScale::Vector) {
            TopsisScale::Vector => libm::sqrt(column.iter().map(|x| x * x).sum()),
            TopsisScale::MinMax => high - low,
            TopsisScale::None => 1.0,
        };
        if length <= 0.0 {
            continue;
        }
        let (best, worst) = if *sign > 0.0 { (high, low) } else { (low, high) };
        for ((x, to_best), to_worst) in column.iter().zip(&mut to_best).zip(&mut to_worst) {
            let (up, down) = (weight * (x - best) / length, weight * (x - worst) / length);
            *to_best += up * up;
            *to_worst += down * down;
        }
    }
    let closeness = |(best, worst): (&f64, &f64)| {
        let (best, worst) = (libm::sqrt(*best), libm::sqrt(*worst));
        // Where nothing varies every unit is the best and the worst at once.
        if best + worst > 0.0 { worst / (best + worst) } else { 0.5 }
    };
    Ok(to_best.iter().zip(&to_worst).map(closeness).collect::<Vec<f64>>().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::combine::examples::{AIRCRAFT, AIRCRAFT_SIGNS, AIRCRAFT_WEIGHTS, agree, run};

    #[test]
    fn the_aircraft_of_hwang_and_yoon() {
        // Hwang and Yoon (1981), section 3.3.6: 0.643, 0.268, 0.613, 0.312.
        let topsis = Topsis { scale: None };
        agree(run(&AIRCRAFT, &AIRCRAFT_WEIGHTS, &AIRCRAFT_SIGNS, |m| scores(&topsis, m)), &[0.643, 0.268, 0.613, 0.312], 0.0006);
    }

    #[test]
    fn constants_add_nothing() {
        let topsis = Topsis { scale: Some(TopsisScale::MinMax) };
        agree(run(&[[1.0, 5.0], [3.0, 5.0]], &[0.5; 2], &[1.0; 2], |m| scores(&topsis, m)), &[0.0, 1.0], 0.0);
        agree(run(&[[0.0], [0.0]], &[1.0], &[1.0], |m| scores(&topsis, m)), &[0.5, 0.5], 0.0);
    }
}
