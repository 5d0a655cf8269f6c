//! Laws that hold for every standard and every submission. Each was somebody's bug.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use proptest::prelude::*;
use serde_json::{Value, json};
use talent_model::quantity::Number;
use talent_model::{Assessment, Document, Standard, Submission};
use talent_score::{Evaluator, Row, Scratch};

/// A small standard and the answers to it: per scenario the weight, and per indicator weight, binding gate and answer.
#[derive(Clone, Debug)]
struct World {
    aggregation: Value,
    missing: &'static str,
    scenarios: Vec<(f64, Vec<Item>)>,
}

#[derive(Clone, Debug)]
struct Item {
    weight: f64,
    steps: bool,
    answer: Option<f64>,
}

impl World {
    fn standard(&self) -> Value {
        let name = |n: &str| json!({ "en": n });
        let scenarios: Vec<Value> = self
            .scenarios
            .iter()
            .enumerate()
            .map(|(s, (weight, items))| {
                let indicators: Vec<Value> = items
                    .iter()
                    .enumerate()
                    .map(|(i, item)| {
                        let rule = if item.steps {
                            json!({"type": "steps", "closed": "left", "steps": [{"score": 0}, {"from": 35, "score": 55}, {"from": 70, "score": 100}]})
                        } else {
                            json!({"type": "piecewise", "points": [{"at": 0, "score": 0}, {"at": 50, "score": 60}, {"at": 90, "score": 100}]})
                        };
                        json!({
                            "id": format!("s{s}-i{i}"), "name": name("indicator"), "weight": item.weight,
                            "quantity": {"type": "number", "unit": "%", "min": 0, "max": 100},
                            "criteria": [{"binding": "guided", "rule": rule, "basis": [{"kind": "design_value"}]}],
                        })
                    })
                    .collect();
                json!({"id": format!("s{s}"), "name": name("scenario"), "weight": weight, "indicators": indicators})
            })
            .collect();
        json!({
            "kind": "standard", "model": "1.0", "id": "world", "version": "1.0.0", "title": name("world"), "languages": ["en"],
            "method": {"missing": self.missing, "aggregation": self.aggregation},
            "scenarios": scenarios,
            "grades": [{"id": "pass", "name": name("pass"), "total": 50}, {"id": "good", "name": name("good"), "total": 70, "floor": 40}],
        })
    }

    fn submission(&self) -> Value {
        let mut observations = Vec::new();
        for (s, (_, items)) in self.scenarios.iter().enumerate() {
            for (i, item) in items.iter().enumerate() {
                observations.push(match item.answer {
                    Some(value) => json!({"indicator": format!("s{s}-i{i}"), "value": value}),
                    None => json!({"indicator": format!("s{s}-i{i}"), "state": "missing"}),
                });
            }
        }
        json!({
            "kind": "submission", "model": "1.0", "id": "answers", "standard": {"id": "world", "version": "1.0.0"},
            "period": {"from": "2026-01-01", "to": "2026-12-31"},
            "community": {"kind": "community", "model": "1.0", "id": "c", "name": {"en": "C"}},
            "observations": observations,
        })
    }

    fn assess(&self) -> Assessment {
        assess(&self.standard(), &self.submission())
    }

    fn measures(&self) -> Vec<f64> {
        self.scenarios.iter().flat_map(|(_, items)| items.iter().map(|item| item.answer.unwrap_or(f64::NAN))).collect()
    }
}

fn assess(standard: &Value, submission: &Value) -> Assessment {
    let standard = Standard::from_json(standard.to_string().as_bytes()).unwrap();
    let submission = Submission::from_json(submission.to_string().as_bytes()).unwrap();
    talent_score::assess(&standard, &submission).unwrap()
}

fn total(assessment: &Assessment) -> Option<f64> {
    assessment.total.score.map(Number::get)
}

fn close(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(1.0),
        (a, b) => a == b,
    }
}

fn aggregation() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!({"type": "arithmetic"})),
        Just(json!({"type": "geometric"})),
        Just(json!({"type": "harmonic"})),
        Just(json!({"type": "minimum"})),
        Just(json!({"type": "sum"})),
        (-8.0..8.0_f64).prop_map(|p| json!({"type": "power", "p": p})),
    ]
}

fn item() -> impl Strategy<Value = Item> {
    let answer = prop_oneof![5 => (0..=1000_u32).prop_map(|v| Some(f64::from(v) / 10.0)), 1 => Just(None)];
    (1..=8_u32, any::<bool>(), answer).prop_map(|(weight, steps, answer)| Item { weight: f64::from(weight) / 2.0, steps, answer })
}

fn world() -> impl Strategy<Value = World> {
    let scenario = ((1..=6_u32).prop_map(f64::from), prop::collection::vec(item(), 1..5));
    (aggregation(), prop_oneof![Just("exclude"), Just("zero"), Just("refuse")], prop::collection::vec(scenario, 1..4))
        .prop_map(|(aggregation, missing, scenarios)| World { aggregation, missing, scenarios })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn contributions_sum_to_the_total(world in world()) {
        let assessment = world.assess();
        let undefined = assessment.diagnostics.iter().any(|d| d.code.as_str() == "TM0502");
        if let (Some(total), false) = (total(&assessment), undefined) {
            let leaves: f64 = assessment.indicators.iter().filter_map(|i| i.contribution).map(Number::get).sum();
            let scenarios: f64 = assessment.nodes.iter().filter_map(|n| n.contribution).map(Number::get).sum();
            prop_assert!((leaves - total).abs() < 1e-8 && (scenarios - total).abs() < 1e-8, "{leaves} {scenarios} {total}");
        }
    }

    #[test]
    fn every_score_lies_within_its_bounds_and_is_finite(world in world()) {
        let assessment = world.assess();
        let scores = std::iter::once(&assessment.total).chain(assessment.nodes.iter().map(|n| &n.score));
        for score in scores {
            prop_assert!(score.low.get() <= score.high.get());
            if let Some(value) = score.score {
                prop_assert!(score.low.get() <= value.get() && value.get() <= score.high.get());
            }
        }
        let complete = assessment.total.coverage.get() >= 1.0;
        prop_assert_eq!(complete, world.measures().iter().all(|m| !m.is_nan()));
        if let (true, Some(total)) = (complete, total(&assessment)) {
            prop_assert!((assessment.total.low.get() - total).abs() < 1e-9 && (assessment.total.high.get() - total).abs() < 1e-9);
        }
    }

    #[test]
    fn bounds_hold_for_whatever_the_unknown_turns_out_to_be(world in world(), guess in 0.0..100.0_f64) {
        let before = world.assess();
        let mut known = world.clone();
        for item in known.scenarios.iter_mut().flat_map(|(_, items)| items) {
            item.answer = item.answer.or(Some(guess));
        }
        let after = total(&known.assess()).unwrap();
        prop_assert!(before.total.low.get() <= after + 1e-9 && after <= before.total.high.get() + 1e-9, "{:?} {after}", before.total);
    }

    #[test]
    fn a_zero_weight_indicator_changes_nothing(world in world(), answer in 0.0..100.0_f64) {
        let mut more = world.clone();
        more.scenarios[0].1.push(Item { weight: 0.0, steps: false, answer: Some(answer) });
        prop_assert_eq!(total(&world.assess()), total(&more.assess()));
    }

    #[test]
    fn splitting_an_indicator_in_two_halves_changes_nothing(mut world in world()) {
        world.aggregation = json!({"type": "arithmetic"});
        let mut split = world.clone();
        let items = &mut split.scenarios[0].1;
        items[0].weight /= 2.0;
        let half = items[0].clone();
        items.push(half);
        prop_assert!(close(total(&world.assess()), total(&split.assess())));
    }

    #[test]
    fn better_values_never_lower_any_score(world in world(), rise in 0.0..60.0_f64) {
        let mut better = world.clone();
        let item = &mut better.scenarios[0].1[0];
        item.answer = item.answer.map(|value| (value + rise).min(100.0));
        let (before, after) = (world.assess(), better.assess());
        prop_assert!(close(total(&before), total(&after)) || total(&after) > total(&before));
        for (a, b) in before.nodes.iter().zip(&after.nodes) {
            let (a, b) = (a.score.score.map(Number::get), b.score.score.map(Number::get));
            prop_assert!(close(a, b) || b > a);
        }
    }

    #[test]
    fn absence_is_never_strength(world in world()) {
        let mut less = world.clone();
        let had = less.scenarios[0].1[0].answer.take().is_some();
        let (before, after) = (world.assess(), less.assess());
        if had {
            prop_assert!(after.total.coverage.get() < before.total.coverage.get());
        }
        if world.missing == "zero" {
            prop_assert!(total(&after).unwrap() <= total(&before).unwrap() + 1e-9);
        }
    }

    #[test]
    fn the_order_of_the_documents_changes_nothing(world in world()) {
        let (standard, mut submission) = (world.standard(), world.submission());
        submission["observations"].as_array_mut().unwrap().reverse();
        prop_assert_eq!(total(&assess(&standard, &submission)), total(&world.assess()));
        let mut reversed = standard;
        reversed["scenarios"].as_array_mut().unwrap().reverse();
        prop_assert!(close(total(&assess(&reversed, &submission)), total(&world.assess())));
    }

    #[test]
    fn a_row_equals_the_single_assessment_to_the_last_bit(world in world()) {
        let standard = Standard::from_json(world.standard().to_string().as_bytes()).unwrap();
        let evaluator = Evaluator::new(&standard).unwrap();
        let Some(plan) = evaluator.row_plan("all") else {
            prop_assert_eq!(&world.aggregation["type"], "sum");
            return Ok(());
        };
        let (mut row, mut scratch) = (Row::default(), Scratch::default());
        let assessment = world.assess();
        // Twice, because memory is used again.
        for _ in 0..2 {
            plan.score(&world.measures(), &mut row, &mut scratch);
            prop_assert_eq!(Some(row.total).filter(|t| !t.is_nan()), total(&assessment));
            prop_assert_eq!((row.low, row.high), (assessment.total.low.get(), assessment.total.high.get()));
            prop_assert_eq!(row.coverage, assessment.total.coverage.get());
            let scenarios: Vec<Option<f64>> = assessment.nodes.iter().map(|n| n.score.score.map(Number::get)).collect();
            prop_assert_eq!(row.scenarios.iter().map(|s| Some(*s).filter(|s| !s.is_nan())).collect::<Vec<_>>(), scenarios);
            let grade = row.grade.map(|at| standard.grades[at].id.clone());
            prop_assert_eq!(grade, assessment.grade.awarded.clone());
        }
    }

    #[test]
    fn the_same_documents_give_the_same_bytes(world in world()) {
        prop_assert_eq!(world.assess().to_json(), world.assess().to_json());
    }
}

#[test]
fn nothing_known_is_no_score_and_no_crash() {
    for missing in ["exclude", "zero", "refuse"] {
        for aggregation in ["arithmetic", "geometric", "harmonic", "minimum", "sum"] {
            let item = Item { weight: 1.0, steps: false, answer: None };
            let world = World { aggregation: json!({ "type": aggregation }), missing, scenarios: vec![(1.0, vec![item.clone(), item])] };
            let assessment = world.assess();
            assert_eq!(total(&assessment), (missing == "zero").then_some(0.0), "{missing} {aggregation}");
            assert_eq!((assessment.total.low.get(), assessment.total.coverage.get()), (0.0, 0.0));
            assert!(assessment.grade.awarded.is_none());
        }
    }
}

/// A total on the line is over it: 60 is reached by 59.999999999999 that rounding made of 60, and by nothing less.
#[test]
fn the_edge_of_a_grade_is_exact() {
    let of = |answer: f64| {
        let item = |weight: f64| Item { weight, steps: false, answer: Some(answer) };
        let mut standard =
            World { aggregation: json!({"type": "arithmetic"}), missing: "zero", scenarios: vec![(1.0, vec![item(0.1), item(0.2), item(0.7)])] }
                .standard();
        standard["grades"][0]["total"] = json!(60);
        let world = World { aggregation: json!(null), missing: "zero", scenarios: vec![(1.0, vec![item(0.1), item(0.2), item(0.7)])] };
        assess(&standard, &world.submission()).grade.awarded.map(|grade| grade.to_string())
    };
    assert_eq!(of(50.0).as_deref(), Some("pass"));
    assert_eq!(of(49.9999), None);
}

/// A gate that any possible value would pass is still not passed by no value.
#[test]
fn an_unknown_gate_is_not_passed() {
    let world = |answer| World {
        aggregation: json!({"type": "arithmetic"}),
        missing: "exclude",
        scenarios: vec![(1.0, vec![Item { weight: 1.0, steps: false, answer }, Item { weight: 1.0, steps: false, answer: Some(90.0) }])],
    };
    let grade = |world: &World| {
        let mut standard = world.standard();
        let criterion = &mut standard["scenarios"][0]["indicators"][0]["criteria"][0];
        criterion["binding"] = json!("required");
        criterion["gate"] = json!({"at_most": 100});
        let assessment = assess(&standard, &world.submission());
        let standard = Standard::from_json(standard.to_string().as_bytes()).unwrap();
        let plan = Evaluator::new(&standard).unwrap().row_plan("all").unwrap();
        let row = plan.score_table(&world.measures()).remove(0);
        assert_eq!(row.grade.map(|at| standard.grades[at].id.clone()), assessment.grade.awarded);
        assessment.grade.awarded.map(|grade| grade.to_string())
    };
    assert_eq!(grade(&world(None)), None);
    assert_eq!(grade(&world(Some(90.0))).as_deref(), Some("good"));
}
