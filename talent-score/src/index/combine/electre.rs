//! ELECTRE III: outranking with thresholds of indifference, preference and veto, and a ranking by descending and ascending distillation.
//!
//! Source: Roy, Cahiers du CERO 20 (1978) 3–24; the distillation with the discrimination threshold `s(λ) = 0.30 − 0.15 λ` as in Vallée and Zielniewicz, ELECTRE III–IV,
//! version 3.x (1994). The score of a unit is the mean of its places in both orders, counted from the worst; units that the two orders place differently are
//! hardly comparable, and meet in the middle.

use talent_model::index::{Electre, ElectreThresholds};
use talent_model::quantity::NonNegative;

use super::{Members, Scores};
use crate::index::matrix::Matrix;
use crate::index::stats::count;
use crate::index::trouble::Trouble;

/// The credibility that the row's unit is at least as good as the column's, from 0 to 1.
fn credibility(electre: &Electre, members: &Members<'_>) -> Result<Matrix, Trouble> {
    let mut limits = Vec::new();
    for code in members.codes {
        let given: Option<&ElectreThresholds> = electre.thresholds.get(*code);
        let q = given.and_then(|t| t.q).map_or(0.0, NonNegative::get);
        let p = given.and_then(|t| t.p).map_or(q, NonNegative::get);
        let v = given.and_then(|t| t.v).map_or(f64::INFINITY, NonNegative::get);
        if p < q || v < p || (v <= p && v.is_finite()) {
            return Err(Trouble::Parameter {
                name: (*code).into(),
                found: format!("q {q}, p {p}, v {v}"),
                expected: talent_model::Bilingual { en: "thresholds with q ≤ p < v", zh: "满足 q ≤ p < v 的阈值" },
            });
        }
        limits.push((q, p, v));
    }
    let cells = members.turned();
    let n = cells.rows();
    let mut credible = Matrix::zeros(n, n);
    for a in 0..n {
        for b in 0..n {
            let (mut concordance, mut against) = (0.0, Vec::new());
            for (((x, y), (q, p, v)), weight) in cells.row(a).zip(cells.row(b)).zip(&limits).zip(members.weights) {
                let behind = y - x;
                concordance += weight
                    * if behind <= *q {
                        1.0
                    } else if behind >= *p {
                        0.0
                    } else {
                        (p - behind) / (p - q)
                    };
                if v.is_finite() && behind > *p {
                    against.push(((behind - p) / (v - p)).min(1.0));
                }
            }
            let mut sigma = concordance;
            for discordance in against {
                if discordance > concordance {
                    sigma *= (1.0 - discordance) / (1.0 - concordance);
                }
            }
            credible[(a, b)] = if a == b { 0.0 } else { sigma };
        }
    }
    Ok(credible)
}

/// One distillation: the classes in the order in which they are drawn, the best first when descending, the worst first when ascending.
fn distil(credible: &Matrix, descending: bool) -> Vec<Vec<usize>> {
    let threshold = |level: f64| 0.30 - 0.15 * level;
    let mut left: Vec<usize> = (0..credible.rows()).collect();
    let mut classes = Vec::new();
    while !left.is_empty() {
        let mut set = left.clone();
        let pairs = |set: &[usize]| -> Vec<f64> {
            set.iter().flat_map(|a| set.iter().filter(move |b| *b != a).map(move |b| (*a, *b))).map(|pair| credible[pair]).collect()
        };
        let mut level = pairs(&set).into_iter().fold(0.0, f64::max);
        while set.len() > 1 && level > 0.0 {
            // The next cutting level is the greatest credibility that is clearly below this one.
            let next = pairs(&set).into_iter().filter(|c| *c < level - threshold(level)).fold(0.0, f64::max);
            let outranks = |a: usize, b: usize| {
                let (there, back) = (credible[(a, b)], credible[(b, a)]);
                there > next && there > back + threshold(there)
            };
            let quality = |a: usize| {
                let strength = count(set.iter().filter(|b| **b != a && outranks(a, **b)).count());
                let weakness = count(set.iter().filter(|b| **b != a && outranks(**b, a)).count());
                if descending { strength - weakness } else { weakness - strength }
            };
            let best = set.iter().map(|a| quality(*a)).fold(f64::NEG_INFINITY, f64::max);
            let kept: Vec<usize> = set.iter().copied().filter(|a| quality(*a) >= best).collect();
            set = kept;
            level = next;
        }
        left.retain(|unit| !set.contains(unit));
        classes.push(set);
    }
    classes
}

pub(crate) fn scores(electre: &Electre, members: &Members<'_>) -> Result<Scores, Trouble> {
    members.names(electre.thresholds.keys())?;
    let credible = credibility(electre, members)?;
    let n = credible.rows();
    let mut scores = vec![0.0; n];
    for descending in [true, false] {
        let mut classes = distil(&credible, descending);
        if descending {
            classes.reverse();
        }
        for (place, class) in classes.iter().enumerate() {
            for unit in class {
                if let Some(score) = scores.get_mut(*unit) {
                    *score += (count(place) + 1.0) / 2.0;
                }
            }
        }
    }
    Ok(scores.into())
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::index::combine::examples::{agree, run};

    fn electre(text: &str) -> Electre {
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn clear_orders_are_found_and_indifference_is_a_tie() {
        let plain = electre("{}");
        agree(run(&[[1.0, 1.0], [3.0, 3.0], [2.0, 2.0]], &[0.5; 2], &[1.0; 2], |m| scores(&plain, m)), &[1.0, 3.0, 2.0], 0.0);
        let wide = electre(r#"{"thresholds": {"c1": {"q": 5}, "c2": {"q": 5}}}"#);
        agree(run(&[[1.0, 1.0], [3.0, 3.0], [2.0, 2.0]], &[0.5; 2], &[1.0; 2], |m| scores(&wide, m)), &[1.0, 1.0, 1.0], 0.0);
    }

    #[test]
    fn six_projects_rank_as_in_another_program() {
        // The example of the R package MCDA (ELECTREIIIDistillation). pyDecision 5.1.8 distils downwards 6, 5, 1, 4, {2, 3} and upwards (the best first) 6, 1, 5, 4, 3, 2.
        let rows = [
            [10.0, 20.0, 5.0, 10.0, 16.0],
            [0.0, 5.0, 5.0, 16.0, 10.0],
            [0.0, 10.0, 0.0, 16.0, 7.0],
            [20.0, 5.0, 10.0, 10.0, 13.0],
            [20.0, 10.0, 15.0, 10.0, 13.0],
            [20.0, 10.0, 20.0, 13.0, 13.0],
        ];
        let one = r#"{"q": 3, "p": 5, "v": 11}"#;
        let all = electre(&format!(r#"{{"thresholds": {{"c1": {one}, "c2": {one}, "c3": {one}, "c4": {one}, "c5": {one}}}}}"#));
        agree(run(&rows, &[0.3, 0.2, 0.3, 0.1, 0.1], &[1.0; 5], |m| scores(&all, m)), &[4.0, 1.0, 1.5, 2.5, 4.0, 5.5], 0.0);
    }

    #[test]
    fn a_veto_undoes_a_majority() {
        let rows = [[10.0, 10.0, 0.0], [9.0, 9.0, 100.0]];
        let without = electre("{}");
        agree(run(&rows, &[0.4, 0.4, 0.2], &[1.0; 3], |m| scores(&without, m)), &[2.0, 1.0], 0.0);
        let with = electre(r#"{"thresholds": {"c3": {"q": 5, "p": 10, "v": 50}, "c1": {"q": 2, "p": 3}, "c2": {"q": 2, "p": 3}}}"#);
        agree(run(&rows, &[0.4, 0.4, 0.2], &[1.0; 3], |m| scores(&with, m)), &[1.0, 2.0], 0.0);
    }

    #[test]
    fn thresholds_in_the_wrong_order_are_told() {
        let wrong = electre(r#"{"thresholds": {"c1": {"q": 5, "p": 1}}}"#);
        assert!(matches!(run(&[[1.0], [2.0]], &[1.0], &[1.0], |m| scores(&wrong, m)), Err(Trouble::Parameter { .. })));
    }
}
