//! The lint of standards: the good ones have no findings, and each fault alone has its own.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use talent_model::diagnostic::Code;
use talent_model::{Document, Standard, check, reference};

fn minimal() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/examples/minimal/standard.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn codes(standard: &Value) -> Vec<Code> {
    let standard = Standard::from_json(standard.to_string().as_bytes()).expect("the fault is in the meaning, not in the form");
    check::standard(&standard).into_iter().map(|d| d.code).collect()
}

/// Puts `value` at `pointer` of the minimal standard, in place of what was there or as a new member.
fn with(pointer: &str, value: Value) -> Value {
    let mut standard = minimal();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match standard.pointer_mut(parent).unwrap() {
        Value::Array(items) => items.insert(name.parse().unwrap(), value),
        members => members[name] = value,
    }
    standard
}

#[test]
fn the_reference_standard_is_whole_and_clean() {
    let standard = reference::standard();
    assert_eq!(check::standard(standard), []);
    let categories: usize = standard.scenarios.iter().map(|s| s.categories.len()).sum();
    assert_eq!((standard.scenarios.len(), categories, standard.indicators().len()), (9, 33, 115));
    for (_, indicator) in standard.indicators() {
        for stage in ["built", "new"] {
            let criterion = indicator.criterion(stage).expect("every indicator is judged in both stages");
            assert!(!criterion.basis.is_empty(), "{}", indicator.id);
        }
        assert!(indicator.name.contains_key("zh") && indicator.name.contains_key("en"));
    }
}

#[test]
fn the_minimal_standard_fits_on_a_page() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/examples/minimal/standard.json");
    assert!(std::fs::read_to_string(path).unwrap().lines().count() < 60);
    assert_eq!(codes(&minimal()), []);
}

#[test]
fn each_fault_alone_has_its_own_finding() {
    let park = "/scenarios/0/indicators/0";
    let at = |suffix: &str| format!("{park}/{suffix}");
    let on = |suffix: &str| format!("{park}/criteria/0/{suffix}");
    let open_days = "/scenarios/1/indicators/1/criteria";
    let repeated = minimal()["scenarios"][1]["indicators"][1]["criteria"][0].clone();
    let wrong_fact = json!({"when": {"type": "fact", "fact": "population", "is": true}, "reason": {"en": "-", "zh": "-"}});
    let one_stage = json!([{"id": "a", "name": {"en": "A", "zh": "甲"}, "completed_share": 0.5}]);
    let two_levels = json!([{"level": 0, "score": 0}, {"level": 1, "score": 50}]);
    let cases = [
        (with("/scenarios/1/id", json!("green")), Code::RepeatedNode),
        (with("/scenarios/1/indicators/0/id", json!("park-area")), Code::RepeatedNode),
        (with("/scenarios/0/indicators", json!([])), Code::NothingToScore),
        (with(&at("per"), json!({"fact": "popluation", "unit": "m2/{person}"})), Code::UnknownReference),
        (with(&at("tags"), json!({"lens": ["tag"]})), Code::UnknownReference),
        (with("/method/stage_weights", json!("nothing")), Code::UnknownReference),
        (with("/grades/0/requires", json!([{"indicator": "nothing", "at_least": 1}])), Code::UnknownReference),
        (with("/grades/0/requires", json!([{"indicator": "park-area"}])), Code::GateEmpty),
        (with("/grades/0/floors", json!({"nothing": 1})), Code::UnknownReference),
        (with(&on("basis"), json!([{"kind": "foreign_norm", "source": "nothing"}])), Code::UnknownReference),
        (with(&at("per"), json!({"indicator": "park-area", "unit": "1"})), Code::DerivationCycle),
        (with(&at("per"), json!({"unit": "1"})), Code::MissingMember),
        (with(&at("criteria"), json!([])), Code::NoCriterion),
        (with(&format!("{open_days}/1"), repeated), Code::TwoCriteria),
        (with(&on("rule"), json!({"type": "yes_no"})), Code::RuleMismatch),
        (with(&on("rule/points/2/at"), json!(8)), Code::NotAscending),
        (with(&on("rule/points"), json!([{"at": 0, "score": 0}])), Code::TooFew),
        (with("/scenarios/1/indicators/0/criteria/0/rule/scores", two_levels), Code::LevelNotScored),
        (with(&on("binding"), json!("guided")), Code::GateForNothing),
        (with(&on("gate"), json!({})), Code::GateEmpty),
        (with(&on("basis"), json!([])), Code::BasisMissing),
        (with(&at("weight"), json!(0)), Code::WeightsVanish),
        (with("/grades/1/total", json!(60)), Code::GradeBelow),
        (with("/scenarios/0/name", json!({"en": "Green"})), Code::NotTranslated),
        (with("/stages", one_stage), Code::StageRuleIncomplete),
        (with(&format!("{open_days}/0/binding"), json!("bonus")), Code::BonusWithoutPoints),
        (with(&format!("{open_days}/0/binding"), json!("required")), Code::GateMissing),
        (with(&on("applies"), wrong_fact), Code::ConditionMismatch),
        (with(&at("combine"), json!({"type": "weighted", "by": "planned-floor-area"})), Code::WeighsByNothing),
    ];
    for (standard, expected) in cases {
        let found = codes(&standard);
        assert!(found.contains(&expected), "expected {expected} ({}), found {found:?}", expected.slug());
    }
}

#[test]
fn a_circle_is_found_once_and_named() {
    let mut standard = minimal();
    standard["scenarios"][0]["indicators"][0]["per"] = json!({"indicator": "open-days", "unit": "1"});
    standard["scenarios"][1]["indicators"][1]["per"] = json!({"indicator": "park-area", "unit": "1"});
    let standard = Standard::from_json(standard.to_string().as_bytes()).unwrap();
    let circles: Vec<_> = check::standard(&standard).into_iter().filter(|d| d.code == Code::DerivationCycle).collect();
    assert_eq!(circles.len(), 1);
    assert_eq!(circles[0].params["cycle"], "open-days → park-area → open-days");
}
