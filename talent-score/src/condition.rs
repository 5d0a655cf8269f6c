//! Whether a criterion applies: true, false, or unknown because a fact is not given.

use talent_model::Community;
use talent_model::quantity::Number;
use talent_model::standard::Condition;

use crate::rule::{keeps_to, reaches};

/// Three-valued logic: `Err` names the fact that is not known.
pub(crate) fn holds(condition: &Condition, community: &Community) -> Result<bool, String> {
    match condition {
        Condition::Fact(test) => {
            let id = test.fact.as_str();
            let unknown = || id.to_owned();
            let fact = community.facts.get(id);
            let mut all = true;
            if test.at_least.is_some() || test.at_most.is_some() {
                let value = community.number(id).ok_or_else(unknown)?;
                all &= test.at_least.map(Number::get).is_none_or(|edge| reaches(value, edge));
                all &= test.at_most.map(Number::get).is_none_or(|edge| keeps_to(value, edge));
            }
            if let Some(is) = test.is {
                all &= fact.and_then(|fact| fact.answer).ok_or_else(unknown)? == is;
            }
            if let Some(choice) = &test.choice {
                all &= fact.and_then(|fact| fact.choice.as_ref()).ok_or_else(unknown)? == choice;
            }
            Ok(all)
        }
        // A false part settles `all`, and a true part `any`, whatever is unknown beside it.
        Condition::All(parts) => settle(&parts.conditions, community, false),
        Condition::Any(parts) => settle(&parts.conditions, community, true),
        Condition::Not(inner) => holds(&inner.condition, community).map(|held| !held),
    }
}

fn settle(parts: &[Condition], community: &Community, settles: bool) -> Result<bool, String> {
    let mut unknown = None;
    for part in parts {
        match holds(part, community) {
            Ok(held) if held == settles => return Ok(settles),
            Ok(_) => {}
            Err(fact) => unknown = unknown.or(Some(fact)),
        }
    }
    unknown.map_or(Ok(!settles), Err)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn what_is_unknown_matters_only_where_it_could_decide() {
        let community = serde_json::from_str::<Community>(
            r#"{"kind": "community", "model": "1.0", "id": "c", "name": {"en": "C"}, "facts": {"rail": {"answer": true}, "population": {"value": 900}}}"#,
        )
        .unwrap();
        let test = |text: &str| holds(&serde_json::from_str(text).unwrap(), &community);
        let rail = r#"{"type": "fact", "fact": "rail", "is": true}"#;
        let lake = r#"{"type": "fact", "fact": "lake", "is": true}"#;
        let many = r#"{"type": "fact", "fact": "population", "at_least": 1000}"#;
        assert_eq!(test(rail), Ok(true));
        assert_eq!(test(lake), Err("lake".to_owned()));
        assert_eq!(test(&format!(r#"{{"type": "any", "conditions": [{lake}, {rail}]}}"#)), Ok(true));
        assert_eq!(test(&format!(r#"{{"type": "all", "conditions": [{lake}, {many}]}}"#)), Ok(false));
        assert_eq!(test(&format!(r#"{{"type": "all", "conditions": [{lake}, {rail}]}}"#)), Err("lake".to_owned()));
        assert_eq!(test(&format!(r#"{{"type": "not", "condition": {many}}}"#)), Ok(true));
    }
}
