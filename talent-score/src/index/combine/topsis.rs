//! TOPSIS: closeness to the ideal, as the share of the distance to the worst in both distances; from 0 to 1.
//!
//! Source: Hwang and Yoon, Multiple Attribute Decision Making (1981), section 3.3.6. A member that is 0 for all units, or does not vary, adds nothing to either distance.

use talent_model::index::{Topsis, TopsisScale};

use super::{Members, Scores};
use crate::index::each::{blocks, each};
use crate::index::matrix::Cells;
use crate::index::trouble::Trouble;
use crate::wide::widest;

/// A member that tells units apart: its values, its weight, its length and its ends.
struct Axis<'m> {
    column: Cells<'m>,
    weight: f64,
    length: f64,
    best: f64,
    worst: f64,
}

pub(crate) fn scores(topsis: &Topsis, members: &Members<'_>) -> Result<Scores, Trouble> {
    let n = members.cells.rows();
    let scale = topsis.scale.unwrap_or(TopsisScale::Vector);
    let columns: Vec<Cells<'_>> = members.cells.cells().collect();
    let squares = match scale {
        TopsisScale::Vector => {
            let four: Vec<&[Cells<'_>]> = columns.chunks(4).collect();
            each(&four, 4 * n, |four| squares(four)).into_iter().flatten().collect()
        }
        TopsisScale::MinMax | TopsisScale::None => vec![0.0; columns.len()],
    };
    let measured = columns.iter().zip(squares).map(|(column, squares)| {
        let (low, high) = column.ends();
        let length = match scale {
            TopsisScale::Vector => libm::sqrt(squares),
            TopsisScale::MinMax => high - low,
            TopsisScale::None => 1.0,
        };
        (low, high, length)
    });
    let axes = columns.iter().copied().zip(measured).zip(members.weights.iter().zip(members.signs));
    let axes: Vec<Axis<'_>> = axes
        .map(|((column, (low, high, length)), (weight, sign))| {
            let (best, worst) = if *sign > 0.0 { (high, low) } else { (low, high) };
            Axis { column, weight: *weight, length, best, worst }
        })
        .filter(|axis| axis.length > 0.0)
        .collect();
    let mut scores = vec![0.0; n];
    blocks(&mut scores, axes.len(), |from, block| {
        let (mut to_best, mut to_worst) = (vec![0.0; block.len()], vec![0.0; block.len()]);
        let mut room = vec![0.0; block.len()];
        for axis in &axes {
            let part = axis.column.part(from..from + block.len(), &mut room);
            widest(
                #[inline(always)]
                || {
                    for ((x, to_best), to_worst) in part.iter().zip(&mut to_best).zip(&mut to_worst) {
                        let (up, down) = (axis.weight * (x - axis.best) / axis.length, axis.weight * (x - axis.worst) / axis.length);
                        *to_best += up * up;
                        *to_worst += down * down;
                    }
                },
            );
        }
        for ((score, best), worst) in block.iter_mut().zip(to_best).zip(to_worst) {
            let (best, worst) = (libm::sqrt(best), libm::sqrt(worst));
            // Where nothing varies every unit is the best and the worst at once.
            *score = if best + worst > 0.0 { worst / (best + worst) } else { 0.5 };
        }
    });
    Ok(scores.into())
}

/// The sums of squares of up to four columns. Every sum runs in the order of the units and waits for its last term, so four of them go side by side.
fn squares(columns: &[Cells<'_>]) -> Vec<f64> {
    let mut sums = [0.0; 4];
    match columns {
        [a, b, c, d] => {
            for (((a, b), c), d) in a.all().iter().zip(b.all()).zip(c.all()).zip(d.all()) {
                for (sum, x) in sums.iter_mut().zip([a, b, c, d]) {
                    *sum += x * x;
                }
            }
        }
        few => {
            for (sum, column) in sums.iter_mut().zip(few) {
                *sum = column.all().iter().map(|x| x * x).sum();
            }
        }
    }
    sums.into_iter().take(columns.len()).collect()
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
