//! Indices from two tables: published results, laws that hold for every method, and the whole way from raw values to ranks.
#![cfg(feature = "index")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use talent_model::diagnostic::Code;
use talent_model::index::{IndexMethod, IndexResult, IndexRow};
use talent_score::index::{IndexError, Name, Numbers, Outcome, Pipeline, Table};

/// Rows as JSON, columns by name.
fn table(rows: Value, units: &[&str], columns: &[(&str, &[f64])]) -> Table {
    Table {
        rows: serde_json::from_value::<Vec<IndexRow>>(rows).unwrap(),
        units: units.iter().map(|unit| (*unit).into()).collect(),
        columns: columns.iter().map(|(name, values)| ((*name).into(), values.to_vec().into())).collect(),
        ..Table::default()
    }
}

/// Columns never change; a changed copy takes their place.
fn change(column: &mut Numbers, how: impl FnOnce(&mut Vec<f64>)) {
    let mut values = column.to_vec();
    how(&mut values);
    *column = values.into();
}

fn method(steps: Value) -> IndexMethod {
    IndexMethod::from_json(json!({ "steps": steps }).to_string().as_bytes()).unwrap()
}

fn run(table: &Table, steps: Value) -> Result<Outcome, IndexError> {
    Pipeline::new(table, &method(steps))?.run()
}

fn codes(outcome: &Outcome) -> Vec<Code> {
    outcome.diagnostics.iter().map(|d| d.code).collect()
}

fn close(found: &[f64], expected: &[f64], within: f64) {
    assert!(found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| (a - b).abs() <= within), "{found:?} is not {expected:?}");
}

#[test]
fn the_human_development_index_is_reproduced() {
    // UNDP, Human Development Report 2020, table 1 (values of 2019): life expectancy, expected and mean years of schooling, income in 2017 dollars (PPP);
    // goalposts of its technical note 1: 20-85, 0-18, 0-15, 100-75 000 in logarithm.
    let rows = json!([
        {"code": "HDI"},
        {"code": "health", "parent": "HDI"},
        {"code": "education", "parent": "HDI"},
        {"code": "living", "parent": "HDI"},
        {"code": "life", "parent": "health", "goalposts": {"low": 20, "high": 85}},
        {"code": "expected", "parent": "education", "goalposts": {"low": 0, "high": 18}},
        {"code": "mean", "parent": "education", "goalposts": {"low": 0, "high": 15}},
        {"code": "income", "parent": "living", "goalposts": {"low": 100, "high": 75000, "log": true}},
    ]);
    let table = table(
        rows,
        &["Norway", "Ireland", "China", "India", "Niger"],
        &[
            ("life", &[82.4, 82.3, 76.9, 69.7, 62.4]),
            ("expected", &[18.1, 18.7, 14.0, 12.2, 6.5]),
            ("mean", &[12.9, 12.7, 8.1, 6.5, 2.1]),
            ("income", &[66494.0, 68371.0, 16057.0, 6681.0, 1201.0]),
        ],
    );
    let steps = json!([
        {"type": "normalise", "how": {"type": "goalposts", "high": 1}},
        {"type": "aggregate", "how": {"type": "geometric"}, "each": {"education": {"type": "arithmetic"}}, "missing": "refuse"},
        {"type": "rank", "ties": "competition"},
    ]);
    let outcome = run(&table, steps).unwrap();
    // The printed inputs are themselves rounded, which moves the third digit by up to one.
    close(&outcome.top().scores, &[0.957, 0.955, 0.761, 0.645, 0.394], 0.0015);
    close(&[outcome.top().scores[0], outcome.top().scores[4]], &[0.957, 0.394], 0.0005);
    assert_eq!(outcome.top().ranks, [1.0, 2.0, 3.0, 4.0, 5.0]);
    // Norway and Ireland have more than the 18 years that count.
    assert_eq!(codes(&outcome), [Code::IndexBeyondGoalposts]);
}

/// Four units, two groups, one indicator of which less is better.
fn small() -> Table {
    let rows = json!([
        {"code": "total"},
        {"code": "economy", "parent": "total", "weight": 2},
        {"code": "nature", "parent": "total"},
        {"code": "jobs", "parent": "economy"},
        {"code": "rent", "parent": "economy", "direction": "lower"},
        {"code": "parks", "parent": "nature"},
    ]);
    table(rows, &["A", "B", "C", "D"], &[("jobs", &[10.0, 30.0, 20.0, 12.0]), ("rent", &[50.0, 90.0, 70.0, 55.0]), ("parks", &[3.0, 1.0, 2.0, 9.0])])
}

fn every_combination() -> Vec<Value> {
    vec![
        json!({"type": "arithmetic"}),
        json!({"type": "geometric"}),
        json!({"type": "harmonic"}),
        json!({"type": "minimum"}),
        json!({"type": "power", "p": 3}),
        json!({"type": "mpi"}),
        json!({"type": "ampi", "deviation": "sample"}),
        json!({"type": "copeland"}),
        json!({"type": "benefit_of_the_doubt"}),
        json!({"type": "weighted_sum"}),
        json!({"type": "weighted_product"}),
        json!({"type": "topsis"}),
        json!({"type": "vikor"}),
        json!({"type": "promethee"}),
        json!({"type": "copras"}),
        json!({"type": "electre"}),
    ]
}

fn every_normalisation() -> Vec<Value> {
    vec![
        json!({"type": "min_max", "low": 1}),
        json!({"type": "z_score", "mean": 100, "deviation": 10}),
        json!({"type": "rank"}),
        json!({"type": "borda"}),
        json!({"type": "percentile_rank"}),
        json!({"type": "distance_to_max"}),
        json!({"type": "distance_to_min"}),
        json!({"type": "distance_to_reference", "unit": "A"}),
        json!({"type": "share_of_max"}),
        json!({"type": "sum"}),
        json!({"type": "vector"}),
        json!({"type": "as_is"}),
    ]
}

fn steps(normalise: &Value, combine: &Value) -> Value {
    json!([
        {"type": "normalise", "how": normalise},
        {"type": "aggregate", "how": combine, "missing": "exclude"},
        {"type": "rank", "ties": "competition"},
    ])
}

/// The scores of a flat table with all ways to join, positive values and no direction pending.
fn scores(table: &Table, combine: &Value) -> Vec<(Name, f64)> {
    let outcome = run(table, steps(&json!({"type": "min_max", "low": 1}), combine)).unwrap();
    let mut scores: Vec<(Name, f64)> = outcome.units.iter().cloned().zip(outcome.top().scores.clone()).collect();
    scores.sort_by(|a, b| a.0.cmp(&b.0));
    scores
}

fn flat(weights: [f64; 3]) -> Table {
    let mut table = small();
    let row = |code: &str, direction: &str, weight: f64| json!({"code": code, "direction": direction, "weight": weight});
    let rows = json!([row("jobs", "higher", weights[0]), row("rent", "lower", weights[1]), row("parks", "higher", weights[2])]);
    table.rows = serde_json::from_value(rows).unwrap();
    table
}

#[test]
fn the_order_of_units_never_matters() {
    let table = flat([2.0, 1.0, 3.0]);
    let mut turned = table.clone();
    turned.units.reverse();
    turned.columns.iter_mut().for_each(|(_, values)| change(values, |values| values.reverse()));
    for combine in every_combination() {
        for (a, b) in scores(&table, &combine).iter().zip(scores(&turned, &combine)) {
            assert!(a.0 == b.0 && (a.1 - b.1).abs() < 1e-9, "{combine} {a:?} {b:?}");
        }
    }
}

#[test]
fn an_indicator_of_weight_zero_changes_nothing() {
    let with = flat([2.0, 1.0, 0.0]);
    let mut without = with.clone();
    without.rows.truncate(2);
    without.columns.truncate(2);
    // The benefit of the doubt and vetoes know no weights; the minimum looks at members of weight above 0 only.
    for combine in every_combination().iter().filter(|combine| combine["type"] != "benefit_of_the_doubt") {
        for (a, b) in scores(&with, combine).iter().zip(scores(&without, combine)) {
            assert!((a.1 - b.1).abs() < 1e-9, "{combine} {a:?} {b:?}");
        }
    }
}

#[test]
fn an_indicator_split_into_twins_of_half_its_weight_changes_no_mean() {
    let whole = flat([2.0, 1.0, 3.0]);
    let mut split = whole.clone();
    let rows = json!([
        {"code": "jobs", "weight": 1}, {"code": "jobs-2", "weight": 1}, {"code": "rent", "direction": "lower", "weight": 1}, {"code": "parks", "weight": 3},
    ]);
    split.rows = serde_json::from_value(rows).unwrap();
    let twin = split.columns[0].1.clone();
    split.columns.push(("jobs-2".into(), twin));
    for combine in ["arithmetic", "geometric", "harmonic", "minimum", "mpi", "copeland", "weighted_sum", "weighted_product", "promethee", "copras"] {
        let combine = json!({ "type": combine });
        for (a, b) in scores(&whole, &combine).iter().zip(scores(&split, &combine)) {
            assert!((a.1 - b.1).abs() < 1e-9, "{combine} {a:?} {b:?}");
        }
    }
}

#[test]
fn every_normalisation_ends_in_finite_scores_for_every_combination_or_says_why_not() {
    let mut refused = 0;
    for normalise in every_normalisation() {
        for combine in every_combination() {
            match run(&small(), steps(&normalise, &combine)) {
                Ok(outcome) => {
                    for node in &outcome.nodes {
                        assert!(node.scores.iter().all(|x| x.is_finite()), "{normalise} {combine} {:?}", node.scores);
                    }
                }
                Err(error) => {
                    refused += 1;
                    assert!(!error.diagnostics.is_empty());
                }
            }
        }
    }
    // Many pairs have no meaning: zeros in products, pending directions in means.
    assert!(refused > 0 && refused < 100, "{refused}");
}

#[test]
fn a_better_value_never_lowers_a_score_on_an_absolute_scale() {
    for combine in every_combination() {
        let kind = combine["type"].as_str().unwrap();
        // The penalty of MPI and the distances of TOPSIS may outweigh a small rise; distillation may regroup.
        if ["mpi", "ampi", "topsis", "electre"].contains(&kind) {
            continue;
        }
        let mut table = flat([2.0, 1.0, 3.0]);
        table.rows.iter_mut().for_each(|row| row.goalposts = serde_json::from_value(json!({"low": 0, "high": 100})).unwrap());
        let steps = json!([
            {"type": "normalise", "how": {"type": "goalposts", "low": 1}},
            {"type": "aggregate", "how": combine, "missing": "exclude"},
        ]);
        let before = run(&table, steps.clone()).unwrap().top().scores[2];
        change(&mut table.columns[1].1, |values| values[2] -= 15.0);
        let after = run(&table, steps).unwrap().top().scores[2];
        assert!(after >= before - 1e-12, "{kind} {before} {after}");
    }
}

#[test]
fn a_result_replays_to_the_same_bytes() {
    let table = small();
    let first = run(
        &table,
        json!([
            {"type": "treat", "how": {"type": "winsorise"}},
            {"type": "normalise", "how": {"type": "min_max"}},
            {"type": "weigh", "how": {"type": "critic"}, "nodes": ["economy"]},
            {"type": "aggregate", "how": {"type": "topsis"}, "missing": "exclude", "each": {"total": {"type": "arithmetic"}}},
            {"type": "rank", "ties": "fractional"},
        ]),
    )
    .unwrap();
    let written = serde_json::to_string(&first.document(&table)).unwrap();
    let read = IndexResult::from_json(written.as_bytes()).unwrap();
    let again = Pipeline::new(&table, &read.method).unwrap().run().unwrap();
    assert_eq!(serde_json::to_string(&again.document(&table)).unwrap(), written);
    // The defaults that were used are stated.
    assert_eq!(
        serde_json::to_value(&read.method).unwrap()["steps"][0],
        json!({
            "type": "treat", "how": {"type": "winsorise", "most": 5}, "skewness": 2, "kurtosis": 3.5, "always": false,
        })
    );
}

#[test]
fn a_frozen_reference_keeps_scores_when_units_come_and_go() {
    let table = small();
    let relative = steps(&json!({"type": "min_max"}), &json!({"type": "arithmetic"}));
    let first = run(&table, relative.clone()).unwrap();
    assert!(first.reference().iter().all(|column| column.values.len() == 4));
    let mut fewer = table.clone();
    fewer.units.pop();
    fewer.columns.iter_mut().for_each(|(_, values)| {
        change(values, |values| values.truncate(3));
    });
    assert_ne!(run(&fewer, relative.clone()).unwrap().top().scores, first.top().scores[..3]);
    let mut frozen = relative;
    frozen[0]["reference"] = serde_json::to_value(first.reference()).unwrap();
    assert_eq!(run(&fewer, frozen).unwrap().top().scores, first.top().scores[..3]);
}

#[test]
fn effective_weights_multiply_down_and_follow_exclusions() {
    let outcome = run(&small(), steps(&json!({"type": "min_max"}), &json!({"type": "arithmetic"}))).unwrap();
    let effective = |outcome: &Outcome| -> Vec<(String, f64)> {
        outcome.nodes.iter().flat_map(|node| node.weights.iter().map(|(code, _, effective)| (code.clone(), *effective))).collect()
    };
    let expected = [("economy", 2.0 / 3.0), ("nature", 1.0 / 3.0), ("jobs", 1.0 / 3.0), ("rent", 1.0 / 3.0), ("parks", 1.0 / 3.0)];
    for ((code, weight), (expected_code, expected)) in effective(&outcome).iter().zip(expected) {
        assert!(code == expected_code && (weight - expected).abs() < 1e-12);
    }
    let mut constant = small();
    constant.columns[1].1 = vec![7.0; 4].into();
    let outcome = run(&constant, steps(&json!({"type": "min_max"}), &json!({"type": "arithmetic"}))).unwrap();
    assert!(codes(&outcome).contains(&Code::IndexColumnConstant));
    assert_eq!(outcome.node("economy").unwrap().weights, [("jobs".to_owned(), 1.0, 2.0 / 3.0)]);
}

#[test]
fn a_group_turned_round_turns_everything_below_it() {
    let mut table = small();
    table.rows[1].direction = Some(talent_model::index::Direction::Lower);
    let turned = run(&table, steps(&json!({"type": "min_max"}), &json!({"type": "arithmetic"}))).unwrap();
    let plain = run(&small(), steps(&json!({"type": "min_max"}), &json!({"type": "arithmetic"}))).unwrap();
    let (turned, plain) = (&turned.node("economy").unwrap().scores, &plain.node("economy").unwrap().scores);
    close(turned, &plain.iter().map(|x| 100.0 - x).collect::<Vec<f64>>(), 1e-12);
}

#[test]
fn the_policy_for_missing_values_is_followed_and_coverage_tells() {
    let mut table = small();
    change(&mut table.columns[0].1, |values| values[0] = f64::NAN);
    let with = |missing: &str| {
        let steps = json!([
            {"type": "normalise", "how": {"type": "min_max"}},
            {"type": "aggregate", "how": {"type": "arithmetic"}, "missing": missing},
        ]);
        run(&table, steps).unwrap()
    };
    let economy = |outcome: &Outcome| outcome.node("economy").unwrap().scores[0];
    assert_eq!((economy(&with("exclude")), economy(&with("zero"))), (100.0, 50.0));
    assert!(economy(&with("refuse")).is_nan() && codes(&with("refuse")).contains(&Code::IndexNoScore));
    assert_eq!(with("exclude").node("economy").unwrap().coverage, [0.5, 1.0, 1.0, 1.0]);
    close(&with("exclude").top().coverage[..1], &[2.0 / 3.0], 1e-12);
    // What is filled in scores, but is not covered.
    let filled = run(
        &table,
        json!([
            {"type": "impute", "how": {"type": "median"}},
            {"type": "normalise", "how": {"type": "min_max"}},
            {"type": "aggregate", "how": {"type": "arithmetic"}, "missing": "refuse"},
        ]),
    )
    .unwrap();
    assert!(filled.top().scores[0].is_finite() && filled.node("economy").unwrap().coverage[0] == 0.5);
    let change = &filled.changes[0];
    assert_eq!((change.unit.as_str(), change.indicator.as_str(), change.from, change.to.get()), ("A", "jobs", None, 20.0));
}

#[test]
fn groups_fill_from_within_and_are_averaged() {
    let mut table = small();
    table.groups = vec![("region".into(), ["n", "s", "n", "s"].map(String::from).to_vec())];
    change(&mut table.columns[2].1, |values| values[0] = f64::NAN);
    let outcome = run(
        &table,
        json!([
            {"type": "impute", "how": {"type": "mean", "group": "region"}},
            {"type": "normalise", "how": {"type": "min_max"}},
            {"type": "aggregate", "how": {"type": "arithmetic"}, "missing": "refuse"},
        ]),
    )
    .unwrap();
    assert_eq!(outcome.changes[0].to.get(), 2.0);
    let means = outcome.group_means(&table, "region", "nature").unwrap();
    assert_eq!(means, [("n".to_owned(), 2, 12.5), ("s".to_owned(), 2, 50.0)]);
    assert_eq!(outcome.group_means(&table, "income", "nature"), None);
}

#[test]
fn judges_weigh_by_name_even_when_a_member_is_left_out() {
    let mut table = small();
    table.columns[1].1 = vec![7.0; 4].into();
    let outcome = run(&table, json!([
        {"type": "normalise", "how": {"type": "min_max"}},
        {"type": "weigh", "how": {"type": "budget", "judges": [{"points": {"jobs": 40, "rent": 60}}]}, "nodes": ["economy"]},
        {"type": "weigh", "how": {"type": "ahp", "judges": [{"judgements": [{"of": "economy", "over": "nature", "ratio": 3}]}]}, "nodes": ["total"]},
        {"type": "aggregate", "how": {"type": "arithmetic"}, "missing": "exclude"},
    ]))
    .unwrap();
    assert_eq!(outcome.node("economy").unwrap().weights[0].1, 1.0);
    assert!((outcome.top().weights[0].1 - 0.75).abs() < 1e-12);
}

#[test]
fn dominance_finds_the_front_and_the_pairs() {
    let table = table(
        json!([{"code": "a"}, {"code": "b"}]),
        &["best", "middle", "worst", "odd", "gap"],
        &[("a", &[9.0, 5.0, 1.0, 10.0, f64::NAN]), ("b", &[9.0, 5.0, 1.0, 0.0, 2.0])],
    );
    let outcome = run(&table, steps(&json!({"type": "min_max"}), &json!({"type": "arithmetic"}))).unwrap();
    let order = outcome.dominance("index").unwrap();
    assert_eq!(order.pairs, [(0, 1), (0, 2), (1, 2)]);
    assert_eq!(order.front, [0, 3, 4]);
    assert_eq!(outcome.dominance("none"), None);
    let near = outcome.nearest("middle", 2).unwrap();
    assert_eq!(near.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["gap", "best"]);
    let votes = outcome.outranking("index").unwrap();
    assert_eq!((votes[0][1], votes[1][0], votes[0][3]), (1.0, 0.0, 0.5));
}

#[test]
fn leaving_one_out_goes_through_the_whole_pipeline() {
    let table = small();
    let pipeline = Pipeline::new(&table, &method(steps(&json!({"type": "min_max"}), &json!({"type": "arithmetic"})))).unwrap();
    let without = pipeline.without_each_indicator().unwrap();
    assert_eq!(without.iter().map(|one| one.without.as_str()).collect::<Vec<_>>(), ["jobs", "rent", "parks"]);
    // Without parks the group nature has nothing, and the economy alone ranks.
    let economy = run(&table, steps(&json!({"type": "min_max"}), &json!({"type": "arithmetic"}))).unwrap();
    assert_eq!(without[2].ranks, economy.node("economy").unwrap().ranks);
    assert!(without.iter().any(|one| one.greatest_shift > 0.0 && one.mean_shift <= one.greatest_shift));
    let units = pipeline.without_each_unit().unwrap();
    assert!(units.iter().enumerate().all(|(at, one)| one.ranks[at].is_nan() && one.ranks.iter().filter(|rank| !rank.is_nan()).count() == 3));
}

#[test]
fn absolute_scores_know_no_rank_reversal_and_relative_ones_do() {
    let table = table(
        json!([{"code": "a", "goalposts": {"low": 0, "high": 100}}, {"code": "b", "goalposts": {"low": 0, "high": 100}}]),
        &["x", "y", "z"],
        &[("a", &[9.0, 1.0, 100.0]), ("b", &[1.0, 3.0, 2.0])],
    );
    let reversals = |how: &str| {
        let method = method(steps(&json!({ "type": how }), &json!({"type": "arithmetic"})));
        Pipeline::new(&table, &method).unwrap().rank_reversals().unwrap()
    };
    assert_eq!(reversals("goalposts"), []);
    // With z the range of a is 99 and y is better than x; without it x and y each are the best in one indicator.
    assert!(reversals("share_of_max").iter().any(|reversal| reversal.without == "z" && reversal.better == "y" && reversal.worse == "x"));
}

#[test]
fn the_audit_correlates_across_levels() {
    let table = small();
    let pipeline = Pipeline::new(&table, &method(steps(&json!({"type": "min_max"}), &json!({"type": "arithmetic"})))).unwrap();
    let audit = pipeline.audit().unwrap();
    let nature = audit.nodes.iter().find(|node| node.code == "nature").unwrap();
    // Parks are all that there is of nature, so they correlate with the total as nature does.
    assert_eq!(nature.with_above[0], [audit.nodes[0].with_score[1]]);
    assert!((nature.with_score[0].unwrap() - 1.0).abs() < 1e-12);
}

#[test]
fn the_audit_describes_raw_values_and_members() {
    let n = 40;
    let x: Vec<f64> = (0..n).map(f64::from).collect();
    let noise: Vec<f64> = (0..n).map(|i| f64::from(i * i * 7 % 41)).collect();
    let near: Vec<f64> = (0..n).map(|i| f64::from(i) + f64::from(i * 5 % 13) / 20.0).collect();
    let against: Vec<f64> = x.iter().map(|x| -x * x).collect();
    let units: Vec<String> = (0..n).map(|i| format!("u{i}")).collect();
    let units: Vec<&str> = units.iter().map(String::as_str).collect();
    let rows = json!([{"code": "x", "weight": 3}, {"code": "near"}, {"code": "against"}, {"code": "noise"}]);
    let table = table(rows, &units, &[("x", &x), ("near", &near), ("against", &against), ("noise", &noise)]);
    let pipeline = Pipeline::new(&table, &method(steps(&json!({"type": "min_max"}), &json!({"type": "arithmetic"})))).unwrap();
    let audit = pipeline.audit().unwrap();
    assert_eq!((audit.units, audit.indicators[0].mean, audit.indicators[0].missing), (40, Some(19.5), 0.0));
    let node = &audit.nodes[0];
    assert!(node.with_above.iter().all(Vec::is_empty) && node.with_score[0].unwrap() > 0.5);
    assert!(node.correlations[0][1].unwrap() > 0.99 && node.correlations[0][2].unwrap() < -0.9 && node.inflation[1] > 100.0);
    assert!((node.components.iter().map(|c| c.share).sum::<f64>() - 1.0).abs() < 1e-12);
    let found: Vec<Code> = audit.diagnostics.iter().map(|d| d.code).collect();
    assert!(found.contains(&Code::IndexRedundant) && found.contains(&Code::IndexConflict) && !found.contains(&Code::IndexAuditSmall));
}
