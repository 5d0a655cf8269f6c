//! Questions about submissions, each with the neighbour that is meant so and raises nothing.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};
use talent_model::check::{self, Beside, Checker};
use talent_model::date::Date;
use talent_model::diagnostic::{Code, Diagnostic, Severity, message};
use talent_model::{Community, Document, Lang, Standard, Submission};

fn number(id: &str, quantity: &Value, points: &[f64], more: &Value) -> Value {
    let line: Vec<Value> = points.iter().enumerate().map(|(i, at)| json!({"at": at, "score": i * 10})).collect();
    let mut indicator = json!({
        "id": id, "name": {"en": id}, "quantity": quantity,
        "criteria": [{"binding": "guided", "rule": {"type": "piecewise", "points": line}, "basis": [{"kind": "design_value"}]}],
    });
    indicator.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    indicator
}

fn standard() -> Standard {
    let per_cent = json!({"type": "number", "unit": "%", "min": 0, "max": 100});
    let mut indicators = vec![
        number(
            "parks",
            &json!({"type": "number", "unit": "m2", "min": 0}),
            &[0.0, 8.0, 12.0],
            &json!({
                "per": {"fact": "population", "unit": "m2/{person}"}, "combine": {"type": "weighted", "by": "population"}, "evidence": {"en": "The register"},
            }),
        ),
        number("signs", &per_cent, &[0.0, 40.0, 70.0], &json!({})),
        number("cafes", &per_cent, &[0.0, 3.0, 8.0], &json!({})),
        number("rent", &json!({"type": "number", "unit": "%", "min": 0}), &[25.0, 35.0, 50.0], &json!({})),
        number("fibre", &json!({"type": "number", "unit": "km", "min": 0}), &[1.0, 2.0], &json!({"usual": {"low": 10, "high": 60}})),
        json!({
            "id": "council", "name": {"en": "Council"}, "quantity": {"type": "level", "levels": (0..5).map(|n| json!({"level": n, "name": {"en": "x"}})).collect::<Vec<_>>()},
            "criteria": [{"binding": "guided", "basis": [{"kind": "design_value"}],
                "rule": {"type": "levels", "scores": (0..5).map(|n| json!({"level": n, "score": n * 25})).collect::<Vec<_>>()}}],
        }),
        json!({
            "id": "open", "name": {"en": "Open"}, "quantity": {"type": "yes_no"},
            "criteria": [{"binding": "guided", "rule": {"type": "yes_no"}, "basis": [{"kind": "design_value"}]}],
        }),
    ];
    for n in 0..20 {
        indicators.push(number(&format!("n{n:02}"), &json!({"type": "number", "unit": "1"}), &[100.0, 500.0], &json!({})));
    }
    let document = json!({
        "kind": "standard", "model": "1.0", "id": "asked", "version": "1.0.0", "title": {"en": "Asked"}, "languages": ["en"], "method": {"missing": "zero"},
        "facts": {"population": {"name": {"en": "Residents"}, "type": "number"}, "age": {"name": {"en": "Mean age"}, "type": "number"}},
        "scenarios": [{"id": "all", "name": {"en": "All"}, "indicators": indicators}],
    });
    let standard = Standard::from_json(document.to_string().as_bytes()).unwrap();
    assert_eq!(check::standard(&standard).iter().find(|d| d.severity == Severity::Error), None);
    standard
}

/// A submission about which nothing is asked.
fn sound() -> Value {
    let zone = |id: &str, people: u32| json!({"id": id, "name": {"en": id}, "role": "ring", "facts": {"population": {"value": people}, "age": {"value": 40}}});
    let mut observations = vec![
        json!({"indicator": "parks", "value": 100_000, "evidence": ["register"], "date": "2025-12-31"}),
        json!({"indicator": "signs", "value": 45}),
        json!({"indicator": "cafes", "value": 0.5}),
        json!({"indicator": "rent", "value": 30}),
        json!({"indicator": "fibre", "value": 60}),
        json!({"indicator": "council", "level": 1}),
        json!({"indicator": "open", "answer": false}),
    ];
    for n in 0..20 {
        observations.push(json!({"indicator": format!("n{n:02}"), "value": 200 + n}));
    }
    json!({
        "kind": "submission", "model": "1.0", "id": "riverside-2025", "standard": {"id": "asked", "version": "1.0.0"},
        "period": {"from": "2025-01-01", "to": "2025-12-31"}, "submitted_on": "2026-01-20",
        "community": {
            "kind": "community", "model": "1.0", "id": "riverside", "name": {"en": "Riverside"}, "facts": {"population": {"value": 10_000}},
            "zones": [zone("core", 5000), zone("north", 3000), zone("south", 2000)],
        },
        "observations": observations,
        "evidence": [{"id": "register", "title": {"en": "Register"}, "issued": "2025-06-30"}],
    })
}

fn read(document: &Value) -> Submission {
    Submission::from_json(document.to_string().as_bytes()).expect("a submission")
}

fn asked(document: &Value, previous: Option<&Value>, on: Option<&str>) -> Vec<Diagnostic> {
    let (standard, submission, previous) = (standard(), read(document), previous.map(read));
    let beside = Beside { previous: previous.as_ref(), previous_community: None, on: on.map(|on| Date::new(on).unwrap()) };
    let found = Checker::new(&standard).questions(&submission, None, &beside);
    assert!(check::conforms(&found), "a question never refuses");
    for diagnostic in &found {
        assert!(document.pointer(diagnostic.pointer.as_str()).is_some(), "{} is nowhere", diagnostic.pointer);
        for lang in [Lang::En, Lang::Zh] {
            let message = message(diagnostic, lang).replace("{person}", "");
            assert!(!message.contains(['{', '}']), "{message}");
        }
    }
    found
}

fn codes(found: &[Diagnostic]) -> BTreeSet<Code> {
    found.iter().map(|d| d.code).collect()
}

/// The sound submission with one place set; an empty place adds to the list before it.
fn with(changes: &[(&str, Value)]) -> Value {
    let mut document = sound();
    for (at, value) in changes {
        let (parent, name) = at.rsplit_once('/').unwrap();
        match document.pointer_mut(parent).unwrap() {
            Value::Object(members) => _ = members.insert(name.into(), value.clone()),
            Value::Array(items) if name == "-" => items.push(value.clone()),
            Value::Array(items) => items[name.parse::<usize>().unwrap()] = value.clone(),
            _ => panic!("{at}"),
        }
    }
    document
}

fn raises(code: Code, changes: &[(&str, Value)]) {
    assert_eq!(codes(&asked(&with(changes), None, None)), BTreeSet::from([code]), "{changes:?}");
}

fn nothing(changes: &[(&str, Value)]) {
    assert_eq!(asked(&with(changes), None, None), [], "{changes:?}");
}

#[test]
fn slips_of_the_unit_and_what_is_just_not_one() {
    nothing(&[]);
    // Twelve square metres are the highest threshold: up to ten times as much nobody asks.
    nothing(&[("/observations/0/value", json!(1_200_000))]);
    raises(Code::UnitSlip, &[("/observations/0/value", json!(1_200_001))]);
    nothing(&[("/observations/0/value", json!(0))]);
    // The same as a ratio, and for one zone.
    raises(Code::UnitSlip, &[("/observations/0", json!({"indicator": "parks", "value": 100_000, "unit": "m2/{person}", "evidence": ["register"]}))]);
    raises(Code::UnitSlip, &[("/observations/0/zone", json!("core")), ("/observations/0/value", json!(500_000_000))]);
    // A share of one where per cent are asked; half a per cent where three are much is meant so.
    raises(Code::UnitSlip, &[("/observations/1/value", json!(0.45))]);
    raises(Code::UnitSlip, &[("/observations/1/value", json!(1))]);
    nothing(&[("/observations/1/value", json!(1.01))]);
    nothing(&[("/observations/2/value", json!(0.4))]);
    raises(Code::UnitSlip, &[("/observations/2/value", json!(0.06))]);
    // A scale that does not begin at 0 has a lower end too.
    nothing(&[("/observations/3/value", json!(2.5))]);
    raises(Code::UnitSlip, &[("/observations/3/value", json!(0.3))]);
    raises(Code::Unusual, &[("/observations/7/value", json!(0.000_000_000_1))]);
    let found = asked(&with(&[("/observations/0/value", json!(100_000_000))]), None, None);
    assert_eq!(message(&found[0], Lang::Zh), "整个社区的指标 `parks` 为 10000 m2/{person}，远离通常的 0 至 12；是否差了 1000 倍，本意为 10？");
}

#[test]
fn a_range_that_the_indicator_declares_counts_instead() {
    nothing(&[("/observations/4/value", json!(10))]);
    raises(Code::Unusual, &[("/observations/4/value", json!(9.9))]);
    raises(Code::UnitSlip, &[("/observations/4/value", json!(5))]);
    raises(Code::Unusual, &[("/observations/4/value", json!(61))]);
    raises(Code::UnitSlip, &[("/observations/4/value", json!(100))]);
    raises(Code::Unusual, &[("/observations/4/value", json!(0))]);
}

#[test]
fn more_than_the_whole() {
    nothing(&[("/observations/3/value", json!(100))]);
    raises(Code::ShareOverWhole, &[("/observations/3/value", json!(140))]);
}

#[test]
fn parts_and_wholes() {
    let people = "/community/facts/population/value";
    nothing(&[(people, json!(10_090))]);
    raises(Code::ZonesDoNotAddUp, &[(people, json!(10_200))]);
    raises(Code::ZonesDoNotAddUp, &[(people, json!(9_800))]);
    // A mean is no amount: the standard neither divides by it nor weighs with it.
    nothing(&[("/community/facts/age", json!({"value": 41}))]);
    nothing(&[("/community/zones/0/facts", json!({}))]);
    let parks = |core: u32| {
        let zone =
            |zone: &str, value: u32| ("/observations/-", json!({"indicator": "parks", "zone": zone, "value": value, "evidence": ["register"]}));
        [zone("core", core), zone("north", 30_000), zone("south", 20_000)]
    };
    nothing(&parks(50_000));
    nothing(&parks(50_900));
    raises(Code::WholeContradictsZones, &parks(60_000));
    let signs = |core: u32| ["core", "north", "south"].map(|zone| ("/observations/-", json!({"indicator": "signs", "zone": zone, "value": core})));
    nothing(&signs(45));
    raises(Code::WholeContradictsZones, &signs(60));
    // Nothing can be said while a zone is open.
    nothing(&signs(60)[..2]);
}

#[test]
fn dates() {
    let date = "/observations/0/date";
    nothing(&[(date, json!("2025-01-01"))]);
    raises(Code::DateOutsidePeriod, &[(date, json!("2024-12-31"))]);
    raises(Code::DateOutsidePeriod, &[(date, json!("2026-01-20"))]);
    raises(Code::DateInFuture, &[(date, json!("2026-01-21"))]);
    raises(Code::DateInFuture, &[("/evidence/0/issued", json!("2026-01-21"))]);
    nothing(&[("/submitted_on", json!("2025-12-31"))]);
    raises(Code::SubmittedBeforeEnd, &[("/submitted_on", json!("2025-12-30")), (date, json!("2025-06-30"))]);
    assert_eq!(codes(&asked(&sound(), None, Some("2026-01-19"))), BTreeSet::from([Code::DateInFuture]));
    assert_eq!(asked(&sound(), None, Some("2026-01-20")), []);
}

#[test]
fn evidence() {
    let until = "/evidence/0/valid_until";
    nothing(&[(until, json!("2025-12-31"))]);
    raises(Code::EvidenceExpired, &[(until, json!("2025-12-30"))]);
    nothing(&[("/evidence/0/issued", json!("2025-01-01"))]);
    raises(Code::EvidenceStale, &[("/evidence/0/issued", json!("2024-12-31"))]);
    nothing(&[("/evidence/0/issued", json!("2024-12-31")), (until, json!("2026-12-31"))]);
    raises(Code::EvidenceMissing, &[("/observations/0/evidence", json!([])), ("/evidence", json!([]))]);
    // What is estimated says of itself that it is not proved, and an indicator that names no proof needs none.
    nothing(&[("/observations/0/evidence", json!([])), ("/evidence", json!([])), ("/observations/0/state", json!("estimated"))]);
    raises(Code::EvidenceUnused, &[("/evidence/-", json!({"id": "other", "title": {"en": "x"}}))]);
    let hash = json!("0".repeat(64));
    let twice = [
        ("/evidence/0/sha256", hash.clone()),
        ("/evidence/-", json!({"id": "other", "title": {"en": "x"}, "sha256": hash})),
        ("/observations/1/evidence", json!(["other"])),
    ];
    raises(Code::EvidenceRepeated, &twice);
    let names: Vec<String> = (7..27).map(|at| format!("/observations/{at}/evidence")).collect();
    let everywhere = |count: usize| names.iter().take(count).map(|at| (at.as_str(), json!(["register"]))).collect::<Vec<_>>();
    nothing(&everywhere(8));
    raises(Code::EvidenceEverywhere, &everywhere(9));
}

#[test]
fn copies() {
    let zones = |value: [u32; 3]| {
        let zone = |(zone, value): (&str, u32)| json!({"indicator": "parks", "zone": zone, "value": value, "evidence": ["register"]});
        let mut document = sound();
        let observations = document["observations"].as_array_mut().unwrap();
        observations.splice(0..1, ["core", "north", "south"].into_iter().zip(value).map(zone));
        document
    };
    assert_eq!(asked(&zones([30_000, 30_000, 30_001]), None, None), []);
    assert_eq!(codes(&asked(&zones([30_000, 30_000, 30_000]), None, None)), BTreeSet::from([Code::SameInAllZones]));
    assert_eq!(asked(&zones([9, 9, 9]), None, None), []);
    let twins = |count: usize, changed: usize| {
        let mut document = sound();
        for (n, zone) in (0..count).flat_map(|n| [(n, "core"), (n, "north")]) {
            document["observations"][7 + n] = Value::Null;
            let value = 200 + n + usize::from(n == changed && zone == "core");
            document["observations"].as_array_mut().unwrap().push(json!({"indicator": format!("n{n:02}"), "zone": zone, "value": value}));
        }
        document["observations"].as_array_mut().unwrap().retain(|o| !o.is_null());
        document
    };
    assert_eq!(codes(&asked(&twins(10, 99), None, None)), BTreeSet::from([Code::ZoneCopied]));
    assert_eq!(asked(&twins(10, 3), None, None), []);
    assert_eq!(asked(&twins(9, 99), None, None), []);
    let values: Vec<String> = (7..27).map(|at| format!("/observations/{at}/value")).collect();
    let same = |count: usize| values.iter().take(count).map(|at| (at.as_str(), json!(300))).collect::<Vec<_>>();
    // Twenty-five numbers are answered.
    nothing(&same(12));
    raises(Code::OneNumberEverywhere, &same(13));
}

#[test]
fn the_last_round() {
    let last = |changes: &[(&str, Value)]| {
        let mut earlier = vec![
            ("/id", json!("riverside-2024")),
            ("/period", json!({"from": "2024-01-01", "to": "2024-12-31"})),
            ("/observations/26/value", json!(221)),
        ];
        earlier.extend_from_slice(changes);
        codes(&asked(&sound(), Some(&with(&earlier)), None))
    };
    let only = |code: Code| BTreeSet::from([code]);
    assert_eq!(last(&[]), BTreeSet::new());
    // The scale of signs is 70 wide: half of it is 35.
    assert_eq!(last(&[("/observations/1/value", json!(10))]), BTreeSet::new());
    assert_eq!(last(&[("/observations/1/value", json!(9))]), only(Code::Jump));
    assert_eq!(last(&[("/observations/1/value", json!(81))]), only(Code::Jump));
    assert_eq!(last(&[("/observations/1/value", json!(0))]), only(Code::Jump));
    assert_eq!(last(&[("/observations/1/value", json!(4.5))]), only(Code::SlipSinceLast));
    assert_eq!(last(&[("/observations/0/value", json!(1_000_000))]), only(Code::SlipSinceLast));
    // From next to nothing to little is no slip, whatever the quotient.
    assert_eq!(last(&[("/observations/2/value", json!(0.005))]), BTreeSet::new());
    assert_eq!(last(&[("/observations/5/level", json!(3))]), BTreeSet::new());
    assert_eq!(last(&[("/observations/5/level", json!(4))]), only(Code::Jump));
    assert_eq!(last(&[("/observations/6/answer", json!(true))]), only(Code::Jump));
    assert_eq!(last(&[("/observations/26/value", json!(219))]), only(Code::SameAsLast));
    let people = "/community/facts/population/value";
    assert_eq!(last(&[(people, json!(15_000))]), BTreeSet::new());
    assert_eq!(last(&[(people, json!(16_000))]), only(Code::FactJump));
    assert_eq!(last(&[(people, json!(100_000)), ("/observations/0/value", json!(1_000_000))]), only(Code::FactSlipSinceLast));
    assert_eq!(last(&[("/community/zones/1/facts/population/value", json!(1000))]), only(Code::FactJump));
    for other in
        [("/community/id", json!("hillside")), ("/standard/id", json!("other")), ("/period", json!({"from": "2025-01-01", "to": "2025-06-30"}))]
    {
        assert_eq!(last(&[other]), only(Code::NotComparable));
    }
}

#[test]
fn nothing_is_asked_of_a_submission_to_another_standard() {
    let document = with(&[("/standard/version", json!("2.0.0")), ("/observations/0/value", json!(1e12))]);
    assert_eq!(asked(&document, None, None), []);
}

const TELEPHONE: &str = "Ask Ms Li, 138 1234 5678";

/// Every text of a document, with the telephone number in its place.
fn texts(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, inner)| texts(inner, format!("{at}/{name}"), found)),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, inner)| texts(inner, format!("{at}/{i}"), found)),
        Value::String(_) => found.push(at),
        _ => {}
    }
}

/// A submission in which every member that can hold a text holds one.
fn wordy() -> Value {
    let text = json!({"en": "x"});
    with(&[
        ("/notice", text.clone()),
        ("/submitter", text.clone()),
        ("/$schema", json!("x")),
        ("/extensions", json!({"own": [{"deep": "x"}, 1]})),
        ("/community/description", text.clone()),
        ("/community/notice", text.clone()),
        ("/community/location", json!({"country": "CN", "region": text, "address": text, "geometry": {"type": "Point"}})),
        ("/community/facts/population/source", text.clone()),
        ("/community/zones/0/facts/population/source", text.clone()),
        ("/community/assets", json!([{"id": "a", "type": "fund", "name": text, "issuer": text, "uri": "x", "unit": "m2"}])),
        ("/community/extensions", json!({"own": "x"})),
        ("/observations/0/method", json!("x")),
        ("/observations/0/reason", json!("x")),
        ("/observations/0/note", json!("x")),
        ("/observations/0/unit", json!("m2")),
        ("/evidence/0/issuer", text),
        ("/evidence/0/uri", json!("x")),
        ("/evidence/0/pages", json!("x")),
    ])
}

#[test]
fn personal_data_is_found_in_every_member_that_can_hold_it() {
    let mut places = Vec::new();
    texts(&wordy(), String::new(), &mut places);
    // What the engine does not publish, or a machine reads: an outline, and the address of a schema.
    let unread = ["/$schema", "/community/location/geometry/type", "/community/location/country"];
    let mut seen = 0;
    for at in places.iter().filter(|at| !unread.contains(&at.as_str())) {
        let mut document = wordy();
        *document.pointer_mut(at).unwrap() = json!(TELEPHONE);
        let Ok(submission) = Submission::from_json(document.to_string().as_bytes()) else { continue };
        seen += 1;
        let found = check::personal(&submission);
        assert_eq!(found.iter().map(|d| (d.code, d.pointer.as_str())).collect::<Vec<_>>(), [(Code::TelephoneNumber, at.as_str())]);
        assert!(!format!("{found:?}").contains("1234"), "the message does not give it away");
        if let Some(own) = at.strip_prefix("/community") {
            let community = Community::from_json(document["community"].to_string().as_bytes()).unwrap();
            assert_eq!(check::personal_in_community(&community).first().map(|d| d.pointer.to_string()).as_deref(), Some(own));
        }
    }
    assert!(seen >= 19, "{seen}");
}

#[test]
fn each_kind_of_personal_data_has_a_code() {
    for (code, text) in [
        (Code::IdentityNumber, "11010519491231002X"),
        (Code::TelephoneNumber, "+44 20 7946 0958"),
        (Code::LandlineNumber, "010-88886666"),
        (Code::EmailAddress, "li.na@example.com"),
        (Code::PassportNumber, "护照 E12345678"),
        (Code::BankCard, "6212345678901234569"),
    ] {
        let found = check::personal(&read(&with(&[("/observations/0/note", json!(text))])));
        assert_eq!(found.iter().map(|d| d.code).collect::<Vec<_>>(), [code], "{text}");
    }
}

proptest! {
    #[test]
    fn hiding_keeps_every_text_as_long_and_leaves_nothing_to_find(text in "[0-9Xx@.a-f 护照+()\\-１２]{0,60}") {
        let hidden = check::hide(&text);
        prop_assert_eq!(hidden.chars().count(), text.chars().count());
        let again = check::hide(&hidden);
        prop_assert_eq!(again.chars().count(), text.chars().count());
        if !text.contains(['@', '＠']) {
            prop_assert_eq!(&again, &hidden);
        }
    }
}
