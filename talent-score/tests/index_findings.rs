//! What index building finds: each finding on a case made for it, and no case that ends in a panic or a number that is none.
#![cfg(feature = "index")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use talent_model::diagnostic::{Code, message};
use talent_model::index::{IndexMethod, IndexRows};
use talent_model::{Diagnostic, Lang};
use talent_score::index::{Pipeline, Table};

const GAP: f64 = f64::NAN;

fn table(rows: Value, columns: &[(&str, &[f64])]) -> Table {
    let units = columns.first().map_or(0, |(_, values)| values.len());
    Table {
        rows: IndexRows::from_json(json!({ "indicators": rows }).to_string().as_bytes()).unwrap().indicators.to_vec(),
        units: (0..units).map(|i| format!("u{i}").into()).collect(),
        columns: columns.iter().map(|(name, values)| ((*name).into(), values.to_vec().into())).collect(),
        ..Table::default()
    }
}

/// Everything that is found, whether or not there is an outcome, in which every number is finite or missing.
fn found(table: &Table, steps: Value) -> Vec<Diagnostic> {
    let method = IndexMethod::from_json(json!({ "steps": steps }).to_string().as_bytes()).unwrap();
    match Pipeline::new(table, &method).and_then(|pipeline| pipeline.run()) {
        Ok(outcome) => {
            assert!(outcome.nodes.iter().all(|node| node.scores.iter().all(|x| !x.is_infinite())));
            serde_json::to_string(&outcome.document(table)).unwrap();
            outcome.diagnostics
        }
        Err(error) => error.diagnostics,
    }
}

/// Asserts that a code is found at a place, and that its message is whole in both languages.
#[track_caller]
fn finds(table: &Table, steps: Value, code: Code, place: &str) {
    let all = found(table, steps);
    let Some(one) = all.iter().find(|d| d.code == code) else { panic!("{code:?} is not among {all:?}") };
    assert_eq!(one.pointer.as_str(), place, "{one:?}");
    for lang in [Lang::En, Lang::Zh] {
        let text = message(one, lang);
        assert!(!text.contains('{'), "{text}");
    }
}

fn two() -> Table {
    table(json!([{"code": "a"}, {"code": "b"}]), &[("a", &[1.0, 2.0, 4.0]), ("b", &[3.0, 1.0, 2.0])])
}

fn mean() -> Value {
    json!([{"type": "aggregate", "how": {"type": "arithmetic"}, "missing": "exclude"}])
}

fn joined(how: Value) -> Value {
    json!([{"type": "aggregate", "how": how, "missing": "exclude"}])
}

fn scaled(how: Value) -> Value {
    json!([{"type": "normalise", "how": how}, {"type": "aggregate", "how": {"type": "arithmetic"}, "missing": "exclude"}])
}

fn weighed(how: Value) -> Value {
    json!([{"type": "weigh", "how": how}, {"type": "aggregate", "how": {"type": "arithmetic"}, "missing": "exclude"}])
}

#[test]
fn faults_of_the_table_of_indicators_are_told_all_at_once() {
    let rows = json!([
        {"code": "a", "parent": "tpo"},
        {"code": "a"},
        {"code": "c", "parent": "d"},
        {"code": "d", "parent": "c"},
        {"code": "g", "goalposts": {"low": 9, "high": 1}},
    ]);
    let table = table(rows, &[("a", &[1.0, f64::INFINITY]), ("g", &[1.0, 2.0])]);
    finds(&table, mean(), Code::IndexRepeated, "/indicators/1/code");
    finds(&table, mean(), Code::IndexUnknownName, "/indicators/0/parent");
    finds(&table, mean(), Code::IndexCircle, "/indicators/2/parent");
    finds(&table, mean(), Code::IndexGoalposts, "/indicators/4/goalposts");
    finds(&table, mean(), Code::IndexNotFinite, "/values/a/1");
}

#[test]
fn columns_and_rows_must_fit_together() {
    let rows = json!([
        {"code": "top", "level": 1},
        {"code": "a", "parent": "top", "level": 1, "denominator": "people"},
        {"code": "b", "parent": "top", "weight": 0},
        {"code": "gdp", "parent": "top", "weight": 0},
    ]);
    let mut table = table(rows, &[("a", &[1.0, 2.0]), ("b", &[1.0]), ("GDP", &[1.0, 2.0]), ("top", &[1.0, 2.0])]);
    finds(&table, mean(), Code::IndexLevel, "/indicators/1/level");
    finds(&table, mean(), Code::IndexUnknownName, "/indicators/1/denominator");
    finds(&table, mean(), Code::IndexColumnMissing, "/indicators/3/code");
    finds(&table, mean(), Code::IndexColumnUnused, "/values/GDP");
    finds(&table, mean(), Code::IndexGroupWithValues, "/indicators/0/code");
    finds(&table, mean(), Code::IndexColumnLength, "/values/b");
    table.rows[1].weight = table.rows[2].weight;
    finds(&table, mean(), Code::WeightsVanish, "/indicators");
}

#[test]
fn units_are_told_apart() {
    let mut table = two();
    table.units = vec!["x".into(), "x".into(), "".into()];
    finds(&table, mean(), Code::IndexRepeated, "/units/1");
    finds(&table, mean(), Code::IllFormed, "/units/2");
    let twins = self::table(json!([{"code": "a"}]), &[("a", &[1.0, 2.0, 1.0])]);
    finds(&twins, mean(), Code::IndexDuplicateUnits, "/units/2");
    finds(&Table::default(), mean(), Code::IndexEmpty, "");
}

#[test]
fn steps_have_an_order() {
    let swapped = json!([mean()[0], {"type": "normalise", "how": {"type": "rank"}}]);
    finds(&two(), swapped, Code::IndexStepOrder, "/steps/1");
    finds(&two(), json!([{"type": "rank", "ties": "dense"}]), Code::IndexStepOrder, "/steps/0");
    let twice = json!([{"type": "normalise", "how": {"type": "rank"}}, {"type": "normalise", "how": {"type": "rank"}}]);
    finds(&two(), twice, Code::IndexStepOrder, "/steps/1");
}

#[test]
fn steps_name_what_is_there() {
    for (steps, place) in [
        (json!([{"type": "impute", "how": {"type": "mean"}, "only": ["z"]}]), "/steps/0/only/0"),
        (json!([{"type": "impute", "how": {"type": "mean", "group": "region"}}]), "/steps/0/how/group"),
        (json!([{"type": "normalise", "how": {"type": "rank"}, "each": {"z": {"type": "borda"}}}]), "/steps/0/each/z"),
        (json!([{"type": "normalise", "how": {"type": "distance_to_reference", "unit": "v0"}}]), "/steps/0/how/unit"),
        (json!([{"type": "normalise", "how": {"type": "rank"}, "reference": [{"indicator": "z", "values": [1]}]}]), "/steps/0/reference/0/indicator"),
        (json!([{"type": "weigh", "how": {"type": "equal"}, "nodes": ["top"]}]), "/steps/0/nodes/0"),
        (json!([{"type": "aggregate", "how": {"type": "arithmetic"}, "missing": "zero", "each": {"top": {"type": "minimum"}}}]), "/steps/0/each/top"),
        (joined(json!({"type": "promethee", "preferences": {"z": {"shape": "usual"}}})), "/steps/0"),
        (weighed(json!({"type": "budget", "judges": [{"points": {"a": 50, "z": 50}}]})), "/steps/0"),
    ] {
        finds(&two(), steps, Code::IndexUnknownName, place);
    }
}

#[test]
fn parameters_must_have_a_meaning() {
    for (steps, place) in [
        (json!([{"type": "treat", "how": {"type": "quantiles", "low": 0.9, "high": 0.1}, "always": true}]), "/steps/0"),
        (json!([{"type": "treat", "how": {"type": "box_cox", "lambda": 9}, "always": true}]), "/steps/0"),
        (scaled(json!({"type": "min_max", "low": 5, "high": 5})), "/steps/0"),
        (scaled(json!({"type": "distance_to_reference"})), "/steps/0"),
        (scaled(json!({"type": "categorical", "categories": [{"from": 2, "score": 1}]})), "/steps/0"),
        (joined(json!({"type": "owa", "weights": [1]})), "/steps/0"),
        (joined(json!({"type": "promethee", "preferences": {"a": {"shape": "v"}}})), "/steps/0"),
        (joined(json!({"type": "electre", "thresholds": {"a": {"q": 3, "p": 1}}})), "/steps/0"),
    ] {
        finds(&two(), steps, Code::IndexParameter, place);
    }
    finds(&two(), scaled(json!({"type": "goalposts"})), Code::IndexGoalposts, "/steps/0");
}

#[test]
fn screening_says_what_it_leaves_out() {
    let table =
        table(json!([{"code": "a"}, {"code": "b"}, {"code": "c"}]), &[("a", &[1.0, GAP, 3.0]), ("b", &[1.0, GAP, 2.0]), ("c", &[1.0, 5.0, GAP])]);
    finds(&table, json!([{"type": "screen", "units": 0.5}]), Code::IndexUnitScreened, "/steps/0");
    finds(&table, json!([{"type": "screen", "indicators": 0.9}]), Code::IndexColumnScreened, "/steps/0");
    finds(&table, json!([{"type": "screen", "indicators": 1}, mean()[0]]), Code::IndexEmpty, "/steps/0");
}

#[test]
fn empty_and_constant_columns_are_left_out_aloud() {
    let table = table(json!([{"code": "a"}, {"code": "b"}, {"code": "c"}]), &[("a", &[1.0, 2.0]), ("b", &[GAP, GAP]), ("c", &[0.1, 0.1])]);
    finds(&table, scaled(json!({"type": "min_max"})), Code::IndexColumnBlank, "");
    finds(&table, scaled(json!({"type": "z_score"})), Code::IndexColumnConstant, "/steps/0");
    finds(&table, scaled(json!({"type": "distance_to_max"})), Code::IndexColumnConstant, "/steps/0");
    let blank = self::table(json!([{"code": "a"}]), &[("a", &[GAP, GAP])]);
    finds(&blank, mean(), Code::IndexEmpty, "/steps/0");
}

#[test]
fn one_unit_and_two_units_come_to_a_finding_or_a_score() {
    let one = table(json!([{"code": "a"}, {"code": "b"}]), &[("a", &[1.0]), ("b", &[2.0])]);
    finds(&one, scaled(json!({"type": "z_score"})), Code::IndexTooFewUnits, "/steps/0");
    finds(&one, scaled(json!({"type": "percentile_rank"})), Code::IndexTooFewUnits, "/steps/0");
    finds(&one, scaled(json!({"type": "min_max"})), Code::IndexColumnConstant, "/steps/0");
    finds(&one, mean(), Code::IndexAllEqual, "/steps/0");
    finds(&one, weighed(json!({"type": "critic"})), Code::IndexTooFewUnits, "/steps/0");
    let two = table(json!([{"code": "a"}, {"code": "b"}]), &[("a", &[1.0, 2.0]), ("b", &[2.0, 1.0])]);
    for units in [one, two] {
        for how in ["arithmetic", "copeland", "benefit_of_the_doubt", "topsis", "vikor", "promethee", "copras", "electre", "mpi", "weighted_product"]
        {
            let all = found(&units, joined(json!({ "type": how })));
            assert!(all.iter().all(|d| d.code != Code::IndexNotPositive), "{how} {all:?}");
        }
    }
}

#[test]
fn negative_values_are_refused_where_they_have_no_meaning() {
    for how in ["geometric", "harmonic", "weighted_product", "copras", "benefit_of_the_doubt"] {
        let steps = json!([{"type": "normalise", "how": {"type": "z_score"}}, {"type": "aggregate", "how": {"type": how}, "missing": "exclude"}]);
        finds(&two(), steps, Code::IndexNotPositive, "/steps/1");
    }
    let negative = table(json!([{"code": "a"}]), &[("a", &[-1.0, 2.0])]);
    finds(&negative, scaled(json!({"type": "share_of_max"})), Code::IndexNotPositive, "/steps/0");
    finds(&negative, json!([{"type": "treat", "how": {"type": "box_cox"}, "always": true}]), Code::IndexNotPositive, "/steps/0");
    let steps = json!([{"type": "weigh", "how": {"type": "entropy"}}, {"type": "aggregate", "how": {"type": "arithmetic"}, "missing": "exclude"}]);
    let negative = table(json!([{"code": "a"}, {"code": "b"}]), &[("a", &[-1.0, 2.0]), ("b", &[1.0, 2.0])]);
    finds(&negative, steps, Code::IndexNotPositive, "/steps/0");
}

#[test]
fn what_overflows_is_an_error_and_not_a_missing_value() {
    let wide = table(json!([{"code": "a"}]), &[("a", &[-1.7e308, 1.7e308, 0.0])]);
    finds(&wide, scaled(json!({"type": "min_max"})), Code::IndexNotFinite, "/steps/0");
    finds(&wide, scaled(json!({"type": "z_score"})), Code::IndexNotFinite, "/steps/0");
    let great = table(json!([{"code": "a"}, {"code": "b"}]), &[("a", &[1.7e308, 1.0]), ("b", &[1.0, 2.0])]);
    finds(&great, joined(json!({"type": "mpi"})), Code::IndexNotFinite, "/steps/0");
}

#[test]
fn denominators_must_be_there_and_above_zero() {
    let rows = json!([{"code": "a", "denominator": "people"}, {"code": "b"}]);
    for people in [0.0, GAP, -3.0] {
        let table = table(rows.clone(), &[("a", &[1.0, 2.0]), ("b", &[1.0, 2.0]), ("people", &[people, 4.0])]);
        finds(&table, json!([{"type": "denominate", "multiple": 1000}]), Code::IndexDenominator, "/steps/0");
    }
}

#[test]
fn what_cannot_be_filled_is_counted() {
    let table = table(json!([{"code": "a"}, {"code": "b"}]), &[("a", &[1.0, GAP, 2.0]), ("b", &[1.0, GAP, GAP])]);
    for how in [json!({"type": "regression"}), json!({"type": "knn"}), json!({"type": "em"})] {
        finds(&table, json!([{"type": "impute", "how": how}]), Code::IndexNotFilled, "/steps/0");
    }
}

#[test]
fn outliers_that_stay_are_told() {
    let table = table(json!([{"code": "a"}]), &[("a", &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 500.0])]);
    finds(&table, json!([{"type": "treat", "how": {"type": "winsorise", "most": 0}}]), Code::IndexNotTreated, "/steps/0");
}

#[test]
fn means_do_not_add_up_costs() {
    let table = table(json!([{"code": "a", "direction": "lower"}]), &[("a", &[1.0, 2.0])]);
    finds(&table, mean(), Code::IndexDirectionOpen, "/steps/0");
    finds(&table, scaled(json!({"type": "vector"})), Code::IndexDirectionOpen, "/steps/1");
    assert!(found(&table, joined(json!({"type": "topsis"}))).is_empty());
}

#[test]
fn methods_that_compare_rows_need_every_value() {
    let table = table(json!([{"code": "a"}, {"code": "b"}]), &[("a", &[1.0, 2.0, 3.0]), ("b", &[1.0, GAP, 5.0])]);
    for how in ["topsis", "vikor", "promethee", "copras", "electre", "weighted_sum", "weighted_product", "benefit_of_the_doubt"] {
        finds(&table, joined(json!({ "type": how })), Code::IndexNeedsComplete, "/steps/0");
        let refused = json!([{"type": "aggregate", "how": {"type": how}, "missing": "refuse"}]);
        finds(&table, refused, Code::IndexNoScore, "/steps/0");
    }
}

#[test]
fn weights_from_few_units_are_marked() {
    for how in ["entropy", "critic", "deviation", "pca", "equal_influence"] {
        finds(&two(), weighed(json!({ "type": how })), Code::IndexSmallSample, "/steps/0");
    }
}

#[test]
fn judgements_are_checked() {
    for how in [
        json!({"type": "budget", "judges": []}),
        json!({"type": "budget", "judges": [{"points": {"a": 10, "b": 10}}]}),
        json!({"type": "ahp", "judges": [{"judgements": []}]}),
        json!({"type": "ahp", "judges": [{"judgements": [{"of": "a", "over": "a", "ratio": 2}]}]}),
        json!({"type": "best_worst", "best": "a", "worst": "a", "best_to": {}, "to_worst": {}}),
    ] {
        finds(&two(), weighed(how), Code::IndexJudgements, "/steps/0");
    }
    let circle = json!([{"of": "a", "over": "b", "ratio": 5}, {"of": "b", "over": "c", "ratio": 5}, {"of": "c", "over": "a", "ratio": 5}]);
    let three = table(json!([{"code": "a"}, {"code": "b"}, {"code": "c"}]), &[("a", &[1.0, 2.0]), ("b", &[3.0, 1.0]), ("c", &[3.0, 2.0])]);
    finds(&three, weighed(json!({"type": "ahp", "judges": [{"judgements": circle}]})), Code::IndexInconsistent, "/steps/0");
}

#[test]
fn what_has_no_solution_is_told() {
    finds(&two(), joined(json!({"type": "benefit_of_the_doubt", "least": 0.6})), Code::IndexNoSolution, "/steps/0");
    let constant = table(json!([{"code": "a"}, {"code": "b"}]), &[("a", &[1.0, 1.0, 1.0]), ("b", &[2.0, 2.0, 2.0])]);
    finds(&constant, weighed(json!({"type": "entropy"})), Code::IndexNoSolution, "/steps/0");
    let linear = table(json!([{"code": "a"}, {"code": "b"}]), &[("a", &[1.0, 2.0, 3.0, 5.0]), ("b", &[2.0, 4.0, 6.0, 10.0])]);
    finds(&linear, weighed(json!({"type": "equal_influence"})), Code::IndexSingular, "/steps/0");
}

#[test]
fn goalposts_that_are_passed_are_counted() {
    let table = table(json!([{"code": "a", "goalposts": {"low": 0, "high": 2}}]), &[("a", &[1.0, 2.0, 3.0])]);
    finds(&table, scaled(json!({"type": "goalposts"})), Code::IndexBeyondGoalposts, "/steps/0");
}

#[test]
fn a_small_audit_says_so_and_finds_collinearity() {
    let table = table(json!([{"code": "a"}, {"code": "b"}]), &[("a", &[1.0, 2.0, 3.0, 5.0]), ("b", &[2.0, 4.0, 6.0, 10.0])]);
    let method = IndexMethod::from_json(json!({ "steps": mean() }).to_string().as_bytes()).unwrap();
    let audit = Pipeline::new(&table, &method).unwrap().audit().unwrap();
    let codes: Vec<Code> = audit.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, [Code::IndexAuditSmall, Code::IndexRedundant, Code::IndexSingular]);
}

#[test]
fn a_method_that_cannot_be_read_tells_everything_with_its_place() {
    let error = IndexMethod::from_json(br#"{"steps": [{"type": "normalize"}, {"type": "aggregate", "how": {"type": "aritmetic"}}]}"#).unwrap_err();
    let found: Vec<(&str, Code)> = error.diagnostics.iter().map(|d| (d.pointer.as_str(), d.code)).collect();
    assert_eq!(found, [("/steps/0/type", Code::UnknownWord), ("/steps/1", Code::MissingMember), ("/steps/1/how/type", Code::UnknownWord)]);
    assert!(error.diagnostics[0].params.get("suggestion").is_some_and(|near| near == "normalise"));
}
