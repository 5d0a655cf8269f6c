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

/// One text in both languages.
fn two(text: &str) -> Value {
    json!({"en": text, "zh": text})
}

fn when(condition: Value) -> Value {
    json!({"when": condition, "reason": two("-")})
}

fn steps(steps: &[(Option<i32>, i32)]) -> Value {
    let step = |(from, score): &(Option<i32>, i32)| match from {
        Some(from) => json!({"from": from, "score": score}),
        None => json!({"score": score}),
    };
    json!({"type": "steps", "closed": "left", "steps": steps.iter().map(step).collect::<Vec<_>>()})
}

/// The minimal standard with weights on its scenarios.
fn weighed(weights: &[f64]) -> Value {
    let mut standard = minimal();
    for (i, weight) in weights.iter().enumerate() {
        standard["scenarios"][i]["weight"] = json!(weight);
    }
    standard
}

fn superseded() -> Value {
    let mut standard = with("/sources", json!({"old": {"title": two("Old"), "superseded_by": "New"}}));
    standard["scenarios"][0]["indicators"][0]["criteria"][0]["basis"] = json!([{"kind": "mandatory_norm", "source": "old", "confidence": "read"}]);
    standard
}

/// The minimal standard with a module of one indicator.
fn module(binding: Value) -> Value {
    let mut indicator = minimal()["scenarios"][0]["indicators"][0].clone();
    indicator["id"] = json!("trees");
    indicator["code"] = json!("M-1");
    indicator["name"] = two("Trees");
    if binding != "required" {
        indicator["criteria"][0].as_object_mut().unwrap().remove("gate");
    }
    indicator["criteria"][0]["binding"] = binding;
    let applies = when(json!({"type": "fact", "fact": "population", "at_least": 1000}));
    let category = json!({"id": "grove", "name": two("Grove"), "indicators": [indicator]});
    with("/modules", json!([{"id": "town", "name": two("Town"), "applies": applies, "categories": [category]}]))
}

/// A quantity in per cent whose thresholds are parts of one.
fn per_cent() -> Value {
    let mut standard = minimal();
    let indicator = &mut standard["scenarios"][0]["indicators"][0];
    indicator.as_object_mut().unwrap().remove("per");
    indicator["quantity"] = json!({"type": "number", "unit": "%", "min": 0, "max": 100});
    indicator["criteria"][0]["gate"] = json!({"at_least": 0.6});
    indicator["criteria"][0]["rule"]["points"] = json!([{"at": 0, "score": 0}, {"at": 0.6, "score": 60}, {"at": 1, "score": 100}]);
    standard
}

/// Two stages, one of which nothing asks about.
fn staged() -> Value {
    let mut standard = with("/stages", json!([{"id": "built", "name": two("Built")}, {"id": "new", "name": two("New")}]));
    for scenario in standard["scenarios"].as_array_mut().unwrap() {
        for indicator in scenario["indicators"].as_array_mut().unwrap() {
            indicator["criteria"][0]["stage"] = json!("built");
        }
    }
    standard
}

#[test]
fn what_is_meant_so_is_no_fault() {
    let on = |suffix: &str| format!("/scenarios/0/indicators/0/criteria/0/{suffix}");
    let band = json!([{"at": 0, "score": 0}, {"at": 8, "score": 100}, {"at": 12, "score": 40}]);
    let mut declared = with(&on("rule/points"), band);
    declared["scenarios"][0]["indicators"][0]["criteria"][0]["rule"]["shape"] = json!("band");
    let per_year = with("/scenarios/0/indicators/0/per/unit", json!("m2/({person}.a)"));
    let noted = |mut standard: Value| {
        standard["scenarios"][0]["indicators"][0]["criteria"][0]["basis"][0]["note"] = two("Kept until the new text has been read");
        standard
    };
    let stale = codes_and_params(&with("/translations", json!({"zh": {"made_from": format!("sha256:{}", "0".repeat(64))}})));
    let digest = stale.iter().find(|(code, _)| *code == Code::TranslationStale).unwrap().1.clone();
    let fresh = with("/translations", json!({"zh": {"made_from": digest}}));
    for standard in [declared, per_year, noted(superseded()), fresh, weighed(&[0.5, 0.5]), weighed(&[3.0, 2.0]), module(json!("guided"))] {
        assert_eq!(codes(&standard), [], "{standard}");
    }
}

/// The codes of the findings, each with its parameter `found`.
fn codes_and_params(standard: &Value) -> Vec<(Code, String)> {
    let standard = Standard::from_json(standard.to_string().as_bytes()).unwrap();
    let found = |d: talent_model::Diagnostic| (d.code, d.params.get("found").map(|found| found.as_str().to_owned()).unwrap_or_default());
    check::standard(&standard).into_iter().map(found).collect()
}

/// A standard that is wrong in every way at once.
#[test]
fn the_bad_standard_shows_every_fault() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bad-standard.json");
    let bad: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let found = codes(&bad);
    let of_lint = |code: &&Code| code.as_str().starts_with("TM04");
    let missing: Vec<&Code> = Code::ALL.iter().filter(of_lint).filter(|code| !found.contains(code)).collect();
    assert!(missing.is_empty(), "the bad standard lacks {missing:?}");
    let distinct: std::collections::BTreeSet<&Code> = found.iter().collect();
    assert!(distinct.len() >= 40, "{}", distinct.len());
}

#[test]
fn a_standard_of_ten_thousand_indicators_is_checked_whole() {
    let mut standard = minimal();
    let model = standard["scenarios"][0]["indicators"][0].clone();
    let copy = |i: usize| {
        let mut indicator = model.clone();
        indicator["id"] = json!(format!("area-{i:05}-x"));
        indicator["code"] = json!(format!("A-{i:05}"));
        indicator["name"] = two(&format!("Area {i:05}"));
        indicator
    };
    standard["scenarios"][0]["indicators"] = (0..10_000).map(copy).collect();
    standard["scenarios"][0]["indicators"][9_999]["criteria"][0]["basis"] = json!([]);
    assert_eq!(codes(&standard), [Code::BasisMissing]);
}

#[test]
fn identifiers_that_only_look_right_are_refused_by_name() {
    // The second letter is Cyrillic.
    let standard = with("/scenarios/0/indicators/0/id", json!("p\u{430}rk-area"));
    let error = Standard::from_json(standard.to_string().as_bytes()).unwrap_err();
    let finding = &error.diagnostics[0];
    assert_eq!(finding.code, Code::IllFormed);
    assert_eq!(finding.params["found"].as_str(), "p\u{430}(U+0430)rk-area");
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
        (with(&on("rule/scale"), json!("logarithmic")), Code::LogarithmOfNothing),
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
        (with("/sources", json!({"old": {"title": two("Old")}})), Code::Unused),
        (with("/scenarios/1/indicators/0/code", json!("G-1")), Code::RepeatedCode),
        (with("/scenarios/1/indicators/0/code", json!("G-l")), Code::LookAlike),
        (with("/scenarios/1/indicators/0/name", json!({"en": "Park area per resident", "zh": "人均公园面积"})), Code::LookAlike),
        (with("/grades/1/total", json!(101)), Code::UnreachableGrade),
        (with("/grades/1/requires", json!([{"indicator": "residents-council", "at_least": 3}])), Code::UnreachableGrade),
        (with(&on("rule"), steps(&[(Some(1), 0), (Some(8), 60)])), Code::OpenBelow),
        (with(&on("rule"), steps(&[(None, 0), (Some(8), 60), (Some(9), 60)])), Code::EdgeWithoutEffect),
        (with(&on("rule/points/0/at"), json!(-1)), Code::EdgeOutOfReach),
        (with(&on("gate"), json!({"at_most": -1})), Code::CannotBeMet),
        (with(&on("gate"), json!({"at_least": 0})), Code::GateWithoutEffect),
        (with(&on("rule/points/2/score"), json!(10)), Code::DirectionChanges),
        (with(&on("rule/shape"), json!("falling")), Code::ShapeContradicts),
        (with(&on("rule/shape"), json!("band")), Code::ShapeContradicts),
        (weighed(&[0.5, 0.48]), Code::WeightsDoNotSum),
        (weighed(&[50.0, 49.0]), Code::WeightsDoNotSum),
        (with(&on("applies"), when(json!({"type": "fact", "fact": "population", "at_least": 2, "at_most": 1}))), Code::NeverApplies),
        (with("/languages/2", json!("fr")), Code::TranslationShare),
        (with("/translations", json!({"zh": {"made_from": format!("sha256:{}", "0".repeat(64))}})), Code::TranslationStale),
        (with(&on("basis"), json!([{"kind": "mandatory_norm"}])), Code::BasisContradicts),
        (with(&on("basis"), json!([{"kind": "design_value", "clause": "3.2"}])), Code::BasisContradicts),
        (superseded(), Code::SourceSuperseded),
        (with(&at("per/unit"), json!("{person}/m2")), Code::UnitMismatch),
        (with("/lenses", json!([{"id": "l", "name": two("L"), "tags": [{"id": "t", "name": two("T")}]}])), Code::LensEmpty),
        (with("/grades/1/floor", json!(90)), Code::FloorAboveTotal),
        (module(json!("required")), Code::GateInModule),
        (with("/units", json!({"m2": {"name": two("m²")}})), Code::UnitUnnamed),
        (with("/units", json!({"furlong": {"name": two("furlong")}})), Code::Unused),
        (per_cent(), Code::PercentAsShare),
        (with("/title", json!({"en": "A", "zh": "甲", "eng": "A"})), Code::StrayLanguage),
        (staged(), Code::StageNotAsked),
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
