//! Budget allocation: judges share out points; the weight of a member is its share of all points.
//!
//! Source: OECD/JRC, Handbook on Constructing Composite Indicators (2008), section 6.5.

use talent_model::index::Budget;
use talent_model::quantity::{NonNegative, Positive};

use super::Weights;
use crate::index::trouble::Trouble;

pub(crate) fn weights(budget: &Budget, codes: &[&str]) -> Result<Weights, Trouble> {
    let total = budget.points.map_or(100.0, Positive::get);
    if budget.judges.is_empty() {
        return Err(Trouble::judgements("there are no judges", "没有评判者"));
    }
    let mut sums = vec![0.0; codes.len()];
    for (at, allocation) in budget.judges.iter().enumerate() {
        let judge = allocation.judge.as_ref().map_or_else(|| (at + 1).to_string(), ToString::to_string);
        if let Some(name) = allocation.points.keys().find(|name| !codes.contains(&name.as_str())) {
            return Err(Trouble::UnknownMember { name: name.clone() });
        }
        let given: f64 = allocation.points.values().map(|points| points.get()).sum();
        // Points are mostly whole; a third of 100 is not, and may miss by rounding.
        if (given - total).abs() > 1e-6 * total {
            return Err(Trouble::judgements(
                format!("judge {judge} gives {given} points, not {total}"),
                format!("评判者 {judge} 分配了 {given} 分，而非 {total} 分"),
            ));
        }
        for (sum, code) in sums.iter_mut().zip(codes) {
            *sum += allocation.points.get(*code).copied().map_or(0.0, NonNegative::get);
        }
    }
    Weights::of(&sums)
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn budget(text: &str) -> Budget {
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn points_of_several_judges_are_averaged() {
        let budget = budget(r#"{"judges": [{"points": {"a": 70, "b": 30}}, {"points": {"a": 50, "b": 25, "c": 25}}]}"#);
        assert_eq!(weights(&budget, &["a", "b", "c"]).map(|w| w.weights), Ok(vec![0.6, 0.275, 0.125]));
    }

    #[test]
    fn a_judge_who_gives_too_much_is_named() {
        let budget = budget(r#"{"judges": [{"judge": "Li", "points": {"a": 70, "b": 40}}]}"#);
        assert!(matches!(weights(&budget, &["a", "b"]), Err(Trouble::Judgements { en, .. }) if en == "judge Li gives 110 points, not 100"));
    }
}
