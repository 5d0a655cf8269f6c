//! Laws that hold for every standard and every submission. Each was somebody's bug.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use proptest::prelude::*;
use serde_json::{Value, json};
use talent_model::quantity::Number;
use talent_model::{Assessment, Document, Standard, Submission};
use talent_score::{Absence, Desk, Evaluator, Row, Rows, Scratch};

/// A small standard and the answers to it: per scenario the weight, and per indicator weight, binding gate and answer.
#[derive(Clone, Debug)]
struct World {
    aggregation: Value,
    missing: &'static str,
    scenarios: Vec<(f64, Vec<Item>)>,
    /// Bonuses at the end of the last scenario: points and answer.
    bonuses: Vec<(f64, Option<f64>)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    Line,
    LogLine,
    Steps,
}

#[derive(Clone, Debug)]
struct Item {
    weight: f64,
    shape: Shape,
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
                let mut indicators: Vec<Value> = items
                    .iter()
                    .enumerate()
                    .map(|(i, item)| {
                        let rule = match item.shape {
                            Shape::Steps => {
                                json!({"type": "steps", "closed": "left", "steps": [{"score": 0}, {"from": 35, "score": 55}, {"from": 70, "score": 100}]})
                            }
                            Shape::Line => json!({"type": "piecewise", "points": [{"at": 0, "score": 0}, {"at": 50, "score": 60}, {"at": 90, "score": 100}]}),
                            Shape::LogLine => json!({
                                "type": "piecewise", "scale": "logarithmic",
                                "points": [{"at": 0.5, "score": 0}, {"at": 20, "score": 60}, {"at": 80, "score": 100}],
                            }),
                        };
                        json!({
                            "id": format!("s{s}-i{i}"), "name": name("indicator"), "weight": item.weight,
                            "quantity": {"type": "number", "unit": "%", "min": 0, "max": 100},
                            "criteria": [{"binding": "guided", "rule": rule, "basis": [{"kind": "design_value"}]}],
                        })
                    })
                    .collect();
                if s + 1 == self.scenarios.len() {
                    indicators.extend(self.bonuses.iter().enumerate().map(|(b, (points, _))| {
                        json!({
                            "id": format!("bonus-{b}"), "name": name("bonus"), "quantity": {"type": "number", "unit": "%", "min": 0, "max": 100},
                            "criteria": [{
                                "binding": "bonus", "points": points, "basis": [{"kind": "design_value"}],
                                "rule": {"type": "piecewise", "points": [{"at": 0, "score": 0}, {"at": 90, "score": 95}]},
                            }],
                        })
                    }));
                }
                json!({"id": format!("s{s}"), "name": name("scenario"), "weight": weight, "indicators": indicators})
            })
            .collect();
        json!({
            "kind": "standard", "model": "1.0", "id": "world", "version": "1.0.0", "title": name("world"), "languages": ["en"],
            "method": {"missing": self.missing, "aggregation": self.aggregation},
            "scenarios": scenarios,
            "grades": [
                {"id": "pass", "name": name("pass"), "total": 0.5 * self.full()},
                {"id": "good", "name": name("good"), "total": 0.7 * self.full(), "floor": 40},
            ],
        })
    }

    /// The most that the total can be: 100, or all points.
    fn full(&self) -> f64 {
        if self.aggregation["type"] != "sum" {
            return 100.0;
        }
        self.scenarios.iter().map(|(weight, items)| weight * items.iter().map(|item| item.weight).sum::<f64>()).sum()
    }

    fn submission(&self) -> Value {
        let mut observations = Vec::new();
        for (b, (_, answer)) in self.bonuses.iter().enumerate() {
            observations.extend(answer.map(|value| json!({"indicator": format!("bonus-{b}"), "value": value})));
        }
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
        let scored = self.scenarios.iter().flat_map(|(_, items)| items.iter().map(|item| item.answer));
        scored.chain(self.bonuses.iter().map(|(_, answer)| *answer)).map(|answer| answer.unwrap_or(f64::NAN)).collect()
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
    let shape = prop_oneof![Just(Shape::Line), Just(Shape::LogLine), Just(Shape::Steps)];
    (1..=8_u32, shape, answer).prop_map(|(weight, shape, answer)| Item { weight: f64::from(weight) / 2.0, shape, answer })
}

/// None, or some of up to 20 points each, known or not.
fn bonuses() -> impl Strategy<Value = Vec<(f64, Option<f64>)>> {
    let answer = prop_oneof![3 => (0..=1000_u32).prop_map(|v| Some(f64::from(v) / 10.0)), 1 => Just(None)];
    prop::collection::vec(((0..=200_u32).prop_map(|p| f64::from(p) / 10.0), answer), 0..3)
}

fn world() -> impl Strategy<Value = World> {
    let scenario = ((1..=6_u32).prop_map(f64::from), prop::collection::vec(item(), 1..5));
    (aggregation(), prop_oneof![Just("exclude"), Just("zero"), Just("refuse")], prop::collection::vec(scenario, 1..4))
        .prop_map(|(aggregation, missing, scenarios)| World { aggregation, missing, scenarios, bonuses: Vec::new() })
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
        more.scenarios[0].1.push(Item { weight: 0.0, shape: Shape::Line, answer: Some(answer) });
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
    fn a_row_equals_the_single_assessment_to_the_last_bit(mut world in world(), bonuses in bonuses()) {
        world.bonuses = bonuses;
        let standard = Standard::from_json(world.standard().to_string().as_bytes()).unwrap();
        let evaluator = Evaluator::new(&standard).unwrap();
        let plan = evaluator.row_plan("all").unwrap();
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
            prop_assert_eq!(row.scorable, assessment.verdicts.scorable);
        }
    }

    #[test]
    fn rows_by_columns_equal_rows_to_the_last_bit(
        mut world in world(),
        bonuses in bonuses(),
        cells in prop::collection::vec((0..8_u32, 0.0..100.0_f64), 300 * 15),
        rows in 0..300_usize,
        own in (prop::option::of(0..3_usize), prop::option::of(0..3_usize), any::<bool>()),
    ) {
        let (withheld, not_assessed, eligible) = own;
        world.bonuses = bonuses;
        let mut standard = world.standard();
        let policies = ["exclude", "zero", "refuse"];
        for (state, policy) in [("withheld", withheld), ("not_assessed", not_assessed)] {
            if let Some(policy) = policy {
                standard["method"][state] = json!(policies[policy]);
            }
        }
        if eligible {
            standard["method"]["eligibility"] = json!({"coverage": 0.7, "scenario_coverage": 0.5});
            let criterion = &mut standard["scenarios"][0]["indicators"][0]["criteria"][0];
            criterion["binding"] = json!("required");
            criterion["gate"] = json!({"at_least": 20});
            standard["grades"][1]["requires"] = json!([{"indicator": "s0-i0", "at_most": 90}]);
        }
        let standard = Standard::from_json(standard.to_string().as_bytes()).unwrap();
        let plan = Evaluator::new(&standard).unwrap().row_plan("all").unwrap();
        let width = plan.width();
        // Whole columns without a gap, and columns with gaps of every kind.
        let cell = |row: usize, column: usize| match cells[row * 15 + column] {
            (0, value) if !column.is_multiple_of(3) => {
                let kinds = [Absence::Missing, Absence::Withheld, Absence::NotAssessed, Absence::NotApplicable];
                kinds[(value as usize) % 4].measure()
            }
            (_, value) => value,
        };
        prop_assume!(width <= 15);
        let columns: Vec<Vec<f64>> = (0..width).map(|column| (0..rows).map(|row| cell(row, column)).collect()).collect();
        let slices: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let (mut by_columns, mut desk) = (Rows::default(), Desk::default());
        plan.score_columns(&slices, &mut by_columns, &mut desk);
        let (mut row, mut scratch) = (Row::default(), Scratch::default());
        let bits = |x: f64| if x.is_nan() { f64::NAN.to_bits() } else { x.to_bits() };
        for i in 0..rows {
            let measures: Vec<f64> = columns.iter().map(|column| column[i]).collect();
            plan.score(&measures, &mut row, &mut scratch);
            let by_column = [by_columns.total[i], by_columns.low[i], by_columns.high[i], by_columns.coverage[i]];
            prop_assert_eq!(by_column.map(bits), [row.total, row.low, row.high, row.coverage].map(bits));
            for (scores, score) in by_columns.scenarios.iter().zip(&row.scenarios) {
                prop_assert_eq!(bits(scores[i]), bits(*score));
            }
            prop_assert_eq!((by_columns.grade[i], by_columns.scorable[i]), (row.grade, row.scorable));
        }
    }

    #[test]
    fn a_bonus_adds_and_nothing_else(world in world(), bonuses in bonuses()) {
        let mut more = world.clone();
        more.bonuses = bonuses;
        let (without, with) = (world.assess(), more.assess());
        prop_assert_eq!(&without.total.coverage, &with.total.coverage);
        // No bonus makes a total where there is none, or lowers one.
        prop_assert_eq!(total(&without).is_none(), total(&with).is_none());
        prop_assert!(total(&with) >= total(&without));
        let undefined = with.diagnostics.iter().any(|d| d.code.as_str() == "TM0502");
        if let (Some(total), false) = (total(&with), undefined) {
            let leaves: f64 = with.indicators.iter().filter_map(|i| i.contribution).map(Number::get).sum();
            prop_assert!((leaves - total).abs() < 1e-8, "{leaves} {total}");
        }
    }

    #[test]
    fn bounds_hold_for_whatever_an_unknown_bonus_turns_out_to_be(mut world in world(), bonuses in bonuses(), guess in 0.0..100.0_f64) {
        world.bonuses = bonuses;
        let before = world.assess();
        let mut known = world.clone();
        known.scenarios.iter_mut().flat_map(|(_, items)| items).for_each(|item| item.answer = item.answer.or(Some(guess)));
        known.bonuses.iter_mut().for_each(|(_, answer)| *answer = answer.or(Some(guess)));
        let after = total(&known.assess()).unwrap();
        prop_assert!(before.total.low.get() <= after + 1e-9 && after <= before.total.high.get() + 1e-9, "{:?} {after}", before.total);
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
            let item = Item { weight: 1.0, shape: Shape::Line, answer: None };
            let world =
                World { aggregation: json!({ "type": aggregation }), missing, bonuses: Vec::new(), scenarios: vec![(1.0, vec![item.clone(), item])] };
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
        let item = |weight: f64| Item { weight, shape: Shape::Line, answer: Some(answer) };
        let mut standard = World {
            aggregation: json!({"type": "arithmetic"}),
            missing: "zero",
            bonuses: Vec::new(),
            scenarios: vec![(1.0, vec![item(0.1), item(0.2), item(0.7)])],
        }
        .standard();
        standard["grades"][0]["total"] = json!(60);
        let world =
            World { aggregation: json!(null), missing: "zero", bonuses: Vec::new(), scenarios: vec![(1.0, vec![item(0.1), item(0.2), item(0.7)])] };
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
        bonuses: Vec::new(),
        scenarios: vec![(1.0, vec![Item { weight: 1.0, shape: Shape::Line, answer }, Item { weight: 1.0, shape: Shape::Line, answer: Some(90.0) }])],
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

/// Nothing applies in the first scenario, so it has no floor to reach: in a single assessment and in a row.
#[test]
fn a_scenario_of_which_nothing_applies_has_no_floor() {
    let item = |answer| Item { weight: 1.0, shape: Shape::Line, answer: Some(answer) };
    let world = |second: f64| World {
        aggregation: json!({"type": "arithmetic"}),
        missing: "exclude",
        bonuses: Vec::new(),
        scenarios: vec![(1.0, vec![item(0.0)]), (1.0, vec![item(second), Item { answer: None, ..item(0.0) }])],
    };
    let (mut standard, mut submission, mut measures) = (world(90.0).standard(), world(90.0).submission(), world(90.0).measures());
    standard["scenarios"][0]["indicators"][0]["not_applicable"] = json!("allowed");
    submission["observations"][0] = json!({"indicator": "s0-i0", "state": "not_applicable", "reason": "there is none"});
    measures[0] = f64::INFINITY;
    let plan = Evaluator::new(&Standard::from_json(standard.to_string().as_bytes()).unwrap()).unwrap().row_plan("all").unwrap();
    for known in [false, true] {
        if known {
            submission["observations"][2] = json!({"indicator": "s1-i1", "value": 90});
            measures[2] = 90.0;
        }
        assert_eq!(assess(&standard, &submission).grade.awarded.map(|grade| grade.to_string()).as_deref(), Some("good"));
        assert_eq!(plan.score_table(&measures)[0].grade, Some(1));
    }
}
