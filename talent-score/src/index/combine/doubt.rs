//! The benefit of the doubt: every unit is scored with the weights that are best for it.
//!
//! `max Σ wⱼ x_uj` under `Σ wⱼ x_ij ≤ 1` for all units i, `w ≥ 0`, and limits on the share of each member in the unit's own sum. A score of 1 means that nobody is better by
//! the unit's own best weights. Sources: Melyn and Moesen (1991); Cherchye, Moesen, Rogge and Van Puyenbroeck, Social Indicators Research 82 (2007) 111–145 (with the limits
//! on shares). Solved by the simplex method, one linear programme for every unit.

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use talent_model::Bilingual;
use talent_model::index::BenefitOfTheDoubt;
use talent_model::quantity::Share;

use super::{Members, Scores};
use crate::index::stats::count;
use crate::index::trouble::Trouble;

pub(crate) fn scores(doubt: &BenefitOfTheDoubt, members: &Members<'_>) -> Result<Scores, Trouble> {
    let cells = members.cells;
    let (least, most) = (doubt.least.map_or(0.0, Share::get), doubt.most.map_or(1.0, Share::get));
    let k = count(cells.columns());
    if least * k > 1.0 + 1e-12 || most * k < 1.0 - 1e-12 {
        let why = Bilingual { en: "the limits on the shares cannot add up to 1", zh: "各份额限制之和无法等于 1" };
        return Err(Trouble::NoSolution { unit: None, why });
    }
    for member in 0..cells.columns() {
        if let Some((unit, found)) = cells.column(member).iter().enumerate().find(|(_, x)| **x < 0.0) {
            return Err(Trouble::NotPositive { unit, member, found: *found });
        }
    }
    // Each member is measured in units of its greatest value, so that the programme is well scaled whatever the data's own scale.
    let scale: Vec<f64> = cells.each_column().map(|column| column.iter().fold(0.0, |m: f64, x| m.max(*x))).collect();
    let scaled = |unit: usize| cells.row(unit).zip(&scale).map(|(x, s)| if *s > 0.0 { x / s } else { 0.0 }).collect::<Vec<f64>>();
    let rows: Vec<Vec<f64>> = (0..cells.rows()).map(scaled).collect();
    let mut scores = Vec::with_capacity(rows.len());
    for (unit, own) in rows.iter().enumerate() {
        // Who has nothing scores nothing, whatever the weights.
        if own.iter().all(|x| *x <= 0.0) {
            scores.push(0.0);
            continue;
        }
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        let weights: Vec<Variable> = own.iter().map(|x| problem.add_var(*x, (0.0, f64::INFINITY))).collect();
        for row in &rows {
            problem.add_constraint(weights.iter().copied().zip(row.iter().copied()).collect::<Vec<_>>(), ComparisonOp::Le, 1.0);
        }
        for at in 0..weights.len() {
            let mut limit = |share: f64, op: ComparisonOp| {
                let side = |(other, (weight, x)): (usize, (&Variable, &f64))| (*weight, if other == at { x * (1.0 - share) } else { -x * share });
                problem.add_constraint(weights.iter().zip(own).enumerate().map(side).collect::<Vec<_>>(), op, 0.0);
            };
            if least > 0.0 {
                limit(least, ComparisonOp::Ge);
            }
            if most < 1.0 {
                limit(most, ComparisonOp::Le);
            }
        }
        let why = Bilingual { en: "no weights satisfy the limits on the shares", zh: "没有满足份额限制的权重" };
        let solution = crate::index::programme::solved(&problem).ok_or(Trouble::NoSolution { unit: Some(unit), why })?;
        scores.push(solution.objective().clamp(0.0, 1.0));
    }
    Ok(scores.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::combine::examples::{agree, run};

    fn doubt(least: f64, most: f64) -> BenefitOfTheDoubt {
        BenefitOfTheDoubt { least: Share::new(least), most: Share::new(most) }
    }

    #[test]
    fn whoever_is_best_in_something_scores_fully_until_shares_are_limited() {
        // (4, 1) and (1, 4) span the frontier x + y = 5; (2, 2) reaches 4/5 of it.
        let rows = [[4.0, 1.0], [1.0, 4.0], [2.0, 2.0], [0.0, 0.0]];
        agree(run(&rows, &[0.5; 2], &[1.0; 2], |m| scores(&doubt(0.0, 1.0), m)), &[1.0, 1.0, 0.8, 0.0], 1e-9);
        // Half of each sum from each member: the weights of (2, 2) are equal, and (4, 1) and (1, 4) hold it to 4/5; these have weights (1/8, 1/2), under which the other has 17/8.
        agree(run(&rows, &[0.5; 2], &[1.0; 2], |m| scores(&doubt(0.5, 0.5), m)), &[8.0 / 17.0, 8.0 / 17.0, 0.8, 0.0], 1e-9);
    }

    #[test]
    fn limits_that_cannot_hold_are_told() {
        assert!(matches!(run(&[[1.0, 2.0]], &[0.5; 2], &[1.0; 2], |m| scores(&doubt(0.6, 1.0), m)), Err(Trouble::NoSolution { unit: None, .. })));
        let found = run(&[[1.0, 0.0], [1.0, 1.0]], &[0.5; 2], &[1.0; 2], |m| scores(&doubt(0.3, 1.0), m));
        assert_eq!(found.map(|s| s.len()), Ok(2));
    }
}
