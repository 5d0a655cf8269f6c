//! The analytic hierarchy process: priorities from judgements in pairs.
//!
//! Sources: Saaty, The Analytic Hierarchy Process (1980), for the eigenvector and the consistency ratio; Crawford and Williams, Journal of Mathematical
//! Psychology 29 (1985) 387–405, for the geometric mean; Harker, Mathematical Modelling 9 (1987) 353–360, for missing judgements (0 off the diagonal,
//! one more on it for every judgement that the row lacks); Aczél and Saaty, Journal of Mathematical Psychology 27 (1983) 93–102, for joining judges by
//! the geometric mean of each judgement; Alonso and Lamata, International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 14 (2006) 445–459, for
//! their random indices.

use talent_model::index::{Ahp, AhpMethod, PairedIndex};

use super::Weights;
use crate::index::linear::solve;
use crate::index::matrix::Matrix;
use crate::index::stats::count;
use crate::index::trouble::Trouble;

/// Random indices for 1, 2, 3 … members.
const SAATY: [f64; 15] = [0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59];
const ALONSO_LAMATA: [f64; 15] = [0.0, 0.0, 0.5245, 0.8815, 1.1086, 1.2479, 1.3417, 1.4056, 1.4499, 1.4854, 1.5141, 1.5365, 1.5551, 1.5713, 1.5838];

/// Judgements joined over judges: how many times as much the row's member matters as the column's; 0 where nobody judged.
fn joined(ahp: &Ahp, codes: &[&str]) -> Result<Matrix, Trouble> {
    let n = codes.len();
    let place = |name: &str| codes.iter().position(|code| *code == name).ok_or_else(|| Trouble::UnknownMember { name: name.into() });
    let (mut logs, mut counts) = (Matrix::zeros(n, n), Matrix::zeros(n, n));
    for (at, judge) in ahp.judges.iter().enumerate() {
        let mut own = Matrix::zeros(n, n);
        let name = judge.judge.as_ref().map_or_else(|| (at + 1).to_string(), ToString::to_string);
        for judgement in &judge.judgements {
            let (i, j) = (place(judgement.of.as_str())?, place(judgement.over.as_str())?);
            let ratio = judgement.ratio.get();
            let (of, over) = (&judgement.of, &judgement.over);
            if i == j && (ratio - 1.0).abs() > 1e-12 {
                return Err(Trouble::judgements(
                    format!("judge {name} says that `{of}` matters {ratio} times as much as itself"),
                    format!("评判者 {name} 认为 `{of}` 的重要性是自身的 {ratio} 倍"),
                ));
            }
            let before = own[(i, j)];
            // A third, written as 0.333, is the reciprocal of 3.
            if before > 0.0 && (before / ratio - 1.0).abs() > 0.01 {
                return Err(Trouble::judgements(
                    format!("judge {name} says of `{of}` over `{over}` both {before} and {ratio}"),
                    format!("评判者 {name} 对 `{of}` 相对于 `{over}` 既给出 {before} 又给出 {ratio}"),
                ));
            }
            if i != j && before <= 0.0 {
                own[(i, j)] = ratio;
                own[(j, i)] = 1.0 / ratio;
            }
        }
        for i in 0..n {
            for j in 0..n {
                if own[(i, j)] > 0.0 {
                    logs[(i, j)] += libm::log(own[(i, j)]);
                    counts[(i, j)] += 1.0;
                }
            }
        }
    }
    let mut matrix = Matrix::zeros(n, n);
    for i in 0..n {
        matrix[(i, i)] = 1.0;
        for j in 0..i {
            if counts[(i, j)] > 0.0 {
                let ratio = libm::exp(logs[(i, j)] / counts[(i, j)]);
                matrix[(i, j)] = ratio;
                matrix[(j, i)] = 1.0 / ratio;
            }
        }
    }
    Ok(matrix)
}

/// The first member that no chain of judgements links with the first one.
fn unlinked(matrix: &Matrix) -> Option<usize> {
    let mut seen = vec![false; matrix.rows()];
    let mut open = vec![0];
    while let Some(at) = open.pop() {
        if let Some(seen) = seen.get_mut(at)
            && !*seen
        {
            *seen = true;
            open.extend((0..matrix.rows()).filter(|other| matrix[(at, *other)] > 0.0));
        }
    }
    seen.iter().position(|seen| !seen)
}

/// The principal eigenvector and value of Harker's matrix, by the power method, which converges for a positive diagonal and linked members.
fn eigenvector(matrix: &Matrix) -> (Vec<f64>, f64) {
    const ROUNDS: usize = 100_000;
    let n = matrix.rows();
    let missing: Vec<f64> = (0..n).map(|i| count(matrix.row(i).filter(|x| *x <= 0.0).count())).collect();
    let mut vector = vec![1.0 / count(n); n];
    let mut value = 0.0;
    for _ in 0..ROUNDS {
        let product: Vec<f64> = (0..n)
            .map(|i| {
                let rest: f64 = matrix.row(i).zip(&vector).map(|(a, v)| a * v).sum();
                rest + missing.get(i).zip(vector.get(i)).map_or(0.0, |(m, v)| m * v)
            })
            .collect();
        value = product.iter().sum();
        let next: Vec<f64> = product.iter().map(|x| x / value).collect();
        let moved = next.iter().zip(&vector).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        vector = next;
        if moved < 1e-15 {
            break;
        }
    }
    (vector, value)
}

/// The least-squares fit of logarithms, which for complete judgements is the geometric mean of the rows.
fn geometric(matrix: &Matrix) -> Option<Vec<f64>> {
    let n = matrix.rows();
    // The last logarithm is 0: only ratios matter.
    let mut normal = Matrix::zeros(n - 1, n - 1);
    let mut right = vec![0.0; n - 1];
    for (i, right) in right.iter_mut().enumerate() {
        for j in (0..n).filter(|j| *j != i && matrix[(i, *j)] > 0.0) {
            normal[(i, i)] += 1.0;
            if j < n - 1 {
                normal[(i, j)] -= 1.0;
            }
            *right += libm::log(matrix[(i, j)]);
        }
    }
    let logs = solve(&normal, &right)?;
    Some(logs.into_iter().map(libm::exp).chain([1.0]).collect())
}

pub(crate) fn weights(ahp: &Ahp, codes: &[&str]) -> Result<Weights, Trouble> {
    if ahp.judges.is_empty() {
        return Err(Trouble::judgements("there are no judges", "没有评判者"));
    }
    let matrix = joined(ahp, codes)?;
    let n = matrix.rows();
    if let Some(lonely) = unlinked(&matrix) {
        let code = codes.get(lonely).copied().unwrap_or_default();
        return Err(Trouble::judgements(
            format!("no chain of judgements links `{code}` with `{}`", codes.first().copied().unwrap_or_default()),
            format!("没有任何判断把 `{code}` 与 `{}` 联系起来", codes.first().copied().unwrap_or_default()),
        ));
    }
    let (vector, value) = eigenvector(&matrix);
    let importances = match ahp.method.unwrap_or(AhpMethod::Eigenvector) {
        AhpMethod::Eigenvector => vector,
        AhpMethod::GeometricMean => geometric(&matrix).ok_or(Trouble::Singular)?,
    };
    let mut weights = Weights::of(&importances)?.with("principal_eigenvalue", value);
    if n > 2 {
        let index = ((value - count(n)) / (count(n) - 1.0)).max(0.0);
        weights = weights.with("consistency_index", index);
        let table = match ahp.random_index.unwrap_or(PairedIndex::Saaty) {
            PairedIndex::Saaty => SAATY,
            PairedIndex::AlonsoLamata => ALONSO_LAMATA,
        };
        // The random indices are those of complete matrices; for others there is no ratio.
        let complete = (0..n).all(|i| matrix.row(i).all(|x| x > 0.0));
        if let Some(random) = table.get(n - 1)
            && complete
        {
            weights = weights.with("consistency_ratio", index / random);
        }
    }
    Ok(weights)
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(codes: &[&str], matrix: &[&[f64]], more: serde_json::Value) -> Result<Weights, Trouble> {
        let mut judgements = Vec::new();
        for (i, row) in matrix.iter().enumerate() {
            for (j, ratio) in row.iter().enumerate().filter(|(j, ratio)| *j > i && **ratio > 0.0) {
                judgements.push(json!({"of": codes.get(i), "over": codes.get(j), "ratio": ratio}));
            }
        }
        let mut ahp = json!({"judges": [{"judgements": judgements}]});
        if let (Some(ahp), Some(more)) = (ahp.as_object_mut(), more.as_object()) {
            ahp.extend(more.clone());
        }
        weights(&serde_json::from_value(ahp).unwrap_or_else(|error| panic!("{error}")), codes)
    }

    fn measure(weights: &Weights, name: &str) -> f64 {
        weights.measures.iter().find(|(measure, _)| *measure == name).map_or(f64::NAN, |(_, value)| *value)
    }

    const DRINKS: [&str; 7] = ["coffee", "wine", "tea", "beer", "sodas", "milk", "water"];

    #[test]
    fn the_drinks_of_saaty() {
        // Saaty, International Journal of Services Sciences 1 (2008) 83–98, table 2: which drink is consumed more in the United States.
        let found = of(
            &DRINKS,
            &[
                &[1.0, 9.0, 5.0, 2.0, 1.0, 1.0, 0.5],
                &[0.0, 1.0, 1.0 / 3.0, 1.0 / 9.0, 1.0 / 9.0, 1.0 / 9.0, 1.0 / 9.0],
                &[0.0, 0.0, 1.0, 1.0 / 3.0, 1.0 / 4.0, 1.0 / 3.0, 1.0 / 9.0],
                &[0.0, 0.0, 0.0, 1.0, 0.5, 1.0, 1.0 / 3.0],
                &[0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 0.5],
                &[0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0 / 3.0],
            ],
            json!({}),
        )
        .unwrap_or_default();
        let printed = [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327];
        for (found, printed) in found.weights.iter().zip(printed) {
            assert!((found - printed).abs() < 0.0006, "{found} is not {printed}");
        }
        assert!((measure(&found, "consistency_ratio") - 0.022).abs() < 0.0006, "{found:?}");
    }

    #[test]
    fn consistent_judgements_give_the_same_by_both_methods_with_any_left_out() {
        let codes = ["a", "b", "c", "d"];
        for (method, matrix) in [
            ("eigenvector", [[1.0, 2.0, 4.0, 8.0], [0.0, 1.0, 2.0, 4.0], [0.0, 0.0, 1.0, 2.0]]),
            ("eigenvector", [[1.0, 2.0, 0.0, 0.0], [0.0, 1.0, 2.0, 0.0], [0.0, 0.0, 1.0, 2.0]]),
            ("geometric_mean", [[1.0, 2.0, 4.0, 8.0], [0.0, 1.0, 2.0, 4.0], [0.0, 0.0, 1.0, 2.0]]),
            ("geometric_mean", [[1.0, 2.0, 0.0, 8.0], [0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 2.0]]),
        ] {
            let rows: Vec<&[f64]> = matrix.iter().map(<[f64; 4]>::as_slice).collect();
            let found = of(&codes, &rows, json!({"method": method})).unwrap_or_default();
            for (found, expected) in found.weights.iter().zip([8.0, 4.0, 2.0, 1.0]) {
                assert!((found - expected / 15.0).abs() < 1e-12, "{method} {found}");
            }
            assert!(measure(&found, "consistency_index").abs() < 1e-12);
        }
    }

    #[test]
    fn judges_are_joined_by_the_geometric_mean() {
        let judge = |ratio: f64| json!({"judgements": [{"of": "a", "over": "b", "ratio": ratio}]});
        let ahp = serde_json::from_value(json!({"judges": [judge(2.0), judge(8.0)]})).unwrap_or_else(|error| panic!("{error}"));
        assert!(weights(&ahp, &["a", "b"]).is_ok_and(|w| w.weights.first().is_some_and(|w| (w - 0.8).abs() < 1e-12)));
    }

    #[test]
    fn judgements_that_contradict_or_do_not_link_are_told() {
        let text = r#"{"judges": [{"judgements": [{"of": "a", "over": "b", "ratio": 3}, {"of": "b", "over": "a", "ratio": 3}]}]}"#;
        let ahp: Ahp = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}"));
        assert!(matches!(weights(&ahp, &["a", "b"]), Err(Trouble::Judgements { .. })));
        let lonely = of(&["a", "b", "c"], &[&[1.0, 3.0, 0.0]], json!({}));
        assert!(matches!(lonely, Err(Trouble::Judgements { en, .. }) if en.contains("`c`")));
        assert_eq!(weights(&ahp, &["a", "c"]), Err(Trouble::UnknownMember { name: "b".into() }));
    }
}
