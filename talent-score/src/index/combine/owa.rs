//! Ordered weighted averages: the weights belong to places (best member, second best …), not to members.
//!
//! Source: Yager, IEEE Transactions on Systems, Man and Cybernetics 18 (1988) 183–190. All weight on the first place is the maximum, on the last the minimum.

use talent_model::index::Owa;

use super::{Members, Scores};
use crate::index::stats::count;
use crate::index::trouble::Trouble;

pub(crate) fn scores(owa: &Owa, members: &Members<'_>) -> Result<Scores, Trouble> {
    let places: Vec<f64> = owa.weights.iter().map(|w| w.get()).collect();
    if places.len() != members.codes.len() {
        return Err(Trouble::Parameter {
            name: "weights".into(),
            found: format!("{} numbers", places.len()),
            expected: talent_model::Bilingual { en: "as many weights as the group has members", zh: "权重个数与分组成员数相同" },
        });
    }
    let sum: f64 = places.iter().sum();
    if sum <= 0.0 {
        return Err(Trouble::parameter("weights", sum, "weights of which one at least is above 0", "至少一个大于 0 的权重"));
    }
    let score = |unit: usize| {
        let mut row: Vec<f64> = members.cells.row(unit).collect();
        row.sort_by(|a, b| b.total_cmp(a));
        row.iter().zip(&places).map(|(x, w)| x * w).sum::<f64>() / sum
    };
    // How near the operator is to the maximum (1) or the minimum (0), as Yager defines it.
    let last = count(places.len()) - 1.0;
    let orness = if last > 0.0 { places.iter().enumerate().map(|(at, w)| (last - count(at)) * w).sum::<f64>() / sum / last } else { 0.5 };
    let scores = (0..members.cells.rows()).map(score).collect();
    Ok(Scores { scores, measures: vec![("orness", orness)] })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::combine::examples::{agree, run};

    #[test]
    fn the_example_of_yager() {
        // Yager (1988), example in section II: weights 0.4, 0.3, 0.2, 0.1 on (0.7, 1, 0.3, 0.6) give 0.76.
        let owa = serde_json::from_str(r#"{"weights": [0.4, 0.3, 0.2, 0.1]}"#).unwrap_or_else(|_| Owa { weights: Vec::new().into() });
        agree(run(&[[0.7, 1.0, 0.3, 0.6]], &[0.25; 4], &[1.0; 4], |m| scores(&owa, m)), &[0.76], 1e-12);
        assert!(run(&[[0.7, 1.0]], &[0.5; 2], &[1.0; 2], |m| scores(&owa, m)).is_err());
    }
}
