//! The best–worst method in its linear form.
//!
//! Minimises ξ under `|w_B − a_Bj·w_j| ≤ ξ`, `|w_j − a_jW·w_W| ≤ ξ`, `Σ w = 1`, `w ≥ 0`; ξ is the inconsistency, 0 for perfect judgements.
//! Source: Rezaei, Omega 53 (2015) 49–57 and Omega 64 (2016) 126–130 (the linear model, whose solution is unique). Solved by the simplex method.

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use talent_model::index::BestWorst;
use talent_model::quantity::Positive;

use super::Weights;
use crate::index::trouble::Trouble;

pub(crate) fn weights(judgements: &BestWorst, codes: &[&str]) -> Result<Weights, Trouble> {
    let place = |name: &str| codes.iter().position(|code| *code == name).ok_or_else(|| Trouble::UnknownMember { name: name.into() });
    let (best, worst) = (place(judgements.best.as_str())?, place(judgements.worst.as_str())?);
    for name in judgements.best_to.keys().chain(judgements.to_worst.keys()) {
        place(name)?;
    }
    if best == worst {
        return Err(Trouble::judgements("the best and the worst are the same", "最重要与最不重要的是同一个"));
    }
    let ratio = |of: &talent_model::collection::Map<String, Positive>, at: usize, itself: usize| -> Result<f64, Trouble> {
        let code = codes.get(at).copied().unwrap_or_default();
        match of.get(code).copied().map(Positive::get) {
            Some(ratio) if at == itself && (ratio - 1.0).abs() > 1e-12 => {
                Err(Trouble::judgements(format!("`{code}` compared with itself is {ratio}, not 1"), format!("`{code}` 与自身相比为 {ratio}，应为 1")))
            }
            Some(ratio) => Ok(ratio),
            None if at == itself => Ok(1.0),
            None => Err(Trouble::judgements(format!("`{code}` is not compared"), format!("`{code}` 没有参与比较"))),
        }
    };
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let slack = problem.add_var(1.0, (0.0, f64::INFINITY));
    let variables: Vec<Variable> = codes.iter().map(|_| problem.add_var(0.0, (0.0, 1.0))).collect();
    let mut near = |a: Variable, times: f64, b: Variable| {
        problem.add_constraint([(a, 1.0), (b, -times), (slack, -1.0)], ComparisonOp::Le, 0.0);
        problem.add_constraint([(a, -1.0), (b, times), (slack, -1.0)], ComparisonOp::Le, 0.0);
    };
    for (at, variable) in variables.iter().enumerate() {
        let (Some(b), Some(w)) = (variables.get(best), variables.get(worst)) else { continue };
        let (from_best, to_worst) = (ratio(&judgements.best_to, at, best)?, ratio(&judgements.to_worst, at, worst)?);
        if at != best {
            near(*b, from_best, *variable);
        }
        if at != worst && at != best {
            near(*variable, to_worst, *w);
        }
    }
    let everything: Vec<(Variable, f64)> = variables.iter().map(|variable| (*variable, 1.0)).collect();
    problem.add_constraint(everything, ComparisonOp::Eq, 1.0);
    let why = talent_model::Bilingual { en: "the linear programme did not end", zh: "线性规划未能求解" };
    let solution = crate::index::programme::solved(&problem).ok_or(Trouble::NoSolution { unit: None, why })?;
    let importances: Vec<f64> = variables.iter().map(|variable| solution.var_value(*variable).max(0.0)).collect();
    Ok(Weights::of(&importances)?.with("inconsistency", solution.objective().max(0.0)))
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn of(text: &str, codes: &[&str]) -> Result<Weights, Trouble> {
        weights(&serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}")), codes)
    }

    #[test]
    fn perfect_judgements_are_met_exactly() {
        let found = of(r#"{"best": "a", "worst": "c", "best_to": {"a": 1, "b": 2, "c": 8}, "to_worst": {"a": 8, "b": 4, "c": 1}}"#, &["a", "b", "c"]);
        let found = found.unwrap_or_default();
        for (found, expected) in found.weights.iter().zip([8.0 / 13.0, 4.0 / 13.0, 1.0 / 13.0]) {
            assert!((found - expected).abs() < 1e-9, "{found}");
        }
        assert!(found.measures.first().is_some_and(|(_, inconsistency)| *inconsistency < 1e-9));
    }

    #[test]
    fn the_transport_modes_of_rezaei() {
        // Judgements of Rezaei (2015), section 4: load flexibility, accessibility and cost. Of the linear model the solution is found by hand: w3 = 8 w1 + x, w3 = 2 w2 - x and
        // w2 = 5 w1 - x give (2, 9, 17)/28 and x = 1/28.
        let text = r#"{"best": "cost", "worst": "load", "best_to": {"load": 8, "access": 2}, "to_worst": {"access": 5, "cost": 8}}"#;
        let found = of(text, &["load", "access", "cost"]).unwrap_or_default();
        for (found, expected) in found.weights.iter().zip([2.0 / 28.0, 9.0 / 28.0, 17.0 / 28.0]) {
            assert!((found - expected).abs() < 1e-9, "{found}");
        }
        assert!(found.measures.first().is_some_and(|(_, inconsistency)| (inconsistency - 1.0 / 28.0).abs() < 1e-9));
    }

    #[test]
    fn a_member_that_is_not_compared_is_named() {
        let found = of(r#"{"best": "a", "worst": "c", "best_to": {"b": 2, "c": 8}, "to_worst": {"a": 8}}"#, &["a", "b", "c"]);
        assert!(matches!(found, Err(Trouble::Judgements { en, .. }) if en == "`b` is not compared"));
    }
}
