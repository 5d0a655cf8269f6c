//! How sure an index from two tables is: the quick way and the pipeline agree to the bit, and what does nothing has no effect.
#![cfg(all(feature = "robust", feature = "index"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use std::ops::ControlFlow;

use serde_json::{Value, json};
use talent_model::diagnostic::Code;
use talent_model::index::{IndexMethod, IndexRows};
use talent_model::robustness::{Study, Unmodelled};
use talent_model::{Diagnostic, Document, Robustness};
use talent_score::index::{Pipeline, Table};
use talent_score::robust::{Analysis, RobustError, RobustIndex};

/// Eleven units, two groups beside a single indicator, values from a formula.
fn table(gap: bool) -> Table {
    let rows = json!({"indicators": [
        {"code": "index"},
        {"code": "green", "parent": "index", "weight": 2}, {"code": "work", "parent": "index", "weight": 3}, {"code": "calm", "parent": "index", "direction": "lower", "goalposts": {"low": 0, "high": 30}},
        {"code": "parks", "parent": "green", "goalposts": {"low": 0, "high": 30}}, {"code": "trees", "parent": "green", "weight": 0.5, "goalposts": {"low": 0, "high": 30}},
        {"code": "roofs", "parent": "green", "weight": 0.3, "goalposts": {"low": 0, "high": 30}},
        {"code": "jobs", "parent": "work", "goalposts": {"low": 1, "high": 40, "log": true}}, {"code": "rent", "parent": "work", "direction": "lower", "weight": 2, "goalposts": {"low": 0, "high": 30}},
    ]});
    let rows = IndexRows::from_json(rows.to_string().as_bytes()).unwrap();
    let value = |column: usize, unit: usize| {
        let x = ((unit * 7 + column * 13) % 11) as f64 + ((unit * column) % 5) as f64 / 3.0 + 2.0;
        if gap && unit == 4 && column == 1 { f64::NAN } else { x }
    };
    let names = ["parks", "trees", "roofs", "jobs", "rent", "calm"];
    Table {
        rows: rows.indicators.to_vec(),
        units: (0..11).map(|unit| format!("unit {unit}").into()).collect(),
        columns: names.iter().enumerate().map(|(column, name)| ((*name).to_owned(), (0..11).map(|unit| value(column, unit)).collect())).collect(),
        ..Table::default()
    }
}

fn method(normalise: &str, aggregate: &str) -> IndexMethod {
    let steps = json!({"steps": [
        {"type": "normalise", "how": {"type": normalise}}, {"type": "aggregate", "how": {"type": aggregate}, "missing": "exclude"}, {"type": "rank", "ties": "competition"},
    ]});
    IndexMethod::from_json(steps.to_string().as_bytes()).unwrap()
}

fn study(factors: Value, more: Value) -> Study {
    let mut study = json!({"factors": factors, "draws": 70, "seed": 5});
    study.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Study::from_json(study.to_string().as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

fn run(table: &Table, method: &IndexMethod, study: &Study) -> (Analysis, Robustness) {
    let pipeline = Pipeline::new(table, method).unwrap_or_else(|error| panic!("{error}"));
    let of = RobustIndex::new(&pipeline, study).unwrap_or_else(|error| panic!("{error}"));
    let analysis = of.run(&mut |_, _| ControlFlow::Continue(())).unwrap();
    let document = of.document(&analysis);
    (analysis, document)
}

fn has(found: &[Diagnostic], code: Code) -> bool {
    found.iter().any(|diagnostic| diagnostic.code == code)
}

fn bits(analysis: &Analysis) -> Vec<Vec<u64>> {
    (0..analysis.units.len()).map(|unit| analysis.draw_scores(unit).iter().map(|x| x.to_bits()).collect()).collect()
}

fn weights(spread: Value) -> Value {
    json!({"id": "weights", "vary": {"type": "weights", "spread": spread}})
}

/// A factor that does nothing, but that the quick way does not know.
fn all_in() -> Value {
    json!({"id": "in", "vary": {"type": "inclusion", "keep": 1}})
}

#[test]
fn the_quick_way_gives_the_bits_of_the_pipeline() {
    let table = table(false);
    for aggregate in ["arithmetic", "geometric"] {
        for spread in [json!({"type": "relative", "by": 0.6}), json!({"type": "dirichlet"}), json!({"type": "dirichlet", "concentration": 8})] {
            let method = method("min_max", aggregate);
            let quick = run(&table, &method, &study(json!([weights(spread.clone())]), json!({}))).0;
            let slow = run(&table, &method, &study(json!([weights(spread.clone()), all_in()]), json!({}))).0;
            assert_eq!(bits(&quick), bits(&slow), "{aggregate} {spread}");
            assert!(quick.distributions.iter().all(|unit| unit.unscored == 0.0));
            // With alternatives before and at the joining.
            let steps = json!([
                weights(spread.clone()),
                {"id": "normal", "vary": {"type": "step", "options": [
                    {"type": "normalise", "how": {"type": "min_max"}}, {"type": "normalise", "how": {"type": "rank"}}, {"type": "normalise", "how": {"type": "goalposts"}},
                ]}},
                {"id": "join", "vary": {"type": "step", "options": [
                    {"type": "aggregate", "how": {"type": "arithmetic"}, "missing": "exclude"}, {"type": "aggregate", "how": {"type": "geometric"}, "missing": "exclude"},
                    {"type": "aggregate", "how": {"type": "arithmetic"}, "each": {"green": {"type": "minimum"}}, "missing": "exclude"},
                ]}},
            ]);
            let mut with = steps.clone();
            with.as_array_mut().unwrap().push(all_in());
            let quick = run(&table, &method, &study(steps, json!({}))).0;
            let slow = run(&table, &method, &study(with, json!({}))).0;
            assert_eq!(bits(&quick), bits(&slow), "{aggregate} {spread}");
        }
    }
}

#[test]
fn without_spread_every_draw_is_the_index() {
    for gap in [false, true] {
        let table = table(gap);
        let method = method("goalposts", "arithmetic");
        let nominal = Pipeline::new(&table, &method).unwrap().run().unwrap().top().scores.clone();
        let quiet = json!([
            weights(json!({"type": "relative", "by": 0})),
            {"id": "x", "vary": {"type": "values", "error": {"type": "relative", "by": 0}}},
            {"id": "y", "vary": {"type": "values", "error": {"type": "absolute", "by": 0}}},
            {"id": "t", "vary": {"type": "thresholds", "by": 0}},
            {"id": "m", "vary": {"type": "missing", "options": ["exclude"]}},
            {"id": "s", "vary": {"type": "step", "options": [{"type": "normalise", "how": {"type": "goalposts"}}]}},
            all_in(),
        ]);
        for factors in [quiet, json!([weights(json!({"type": "relative", "by": 0}))])] {
            let (analysis, document) = run(&table, &method, &study(factors, json!({})));
            for (unit, score) in nominal.iter().enumerate() {
                assert!(analysis.draw_scores(unit).iter().all(|x| x.to_bits() == score.to_bits()), "{unit}");
            }
            assert!(document.units.iter().all(|unit| unit.inside) && document.shift.as_ref().is_some_and(|shift| shift.high.get() == 0.0));
        }
    }
}

#[test]
fn scores_alone_are_the_same_scores_without_what_follows_from_ranks() {
    let (table, method) = (table(false), method("min_max", "arithmetic"));
    let of = |more: Value| run(&table, &method, &study(json!([weights(json!({"type": "dirichlet"}))]), more));
    let (all, _) = of(json!({"sensitivity": {"base": 16}}));
    let (alone, document) = of(json!({"sensitivity": {"base": 16}, "only": "scores"}));
    assert_eq!(bits(&alone), bits(&all));
    for (alone, all) in alone.distributions.iter().zip(&all.distributions) {
        assert!(alone.scores == all.scores && all.ranks.is_some() && alone.ranks.is_none() && alone.rank_counts.is_empty());
    }
    assert!(alone.groups.is_empty() && alone.wins.is_empty() && alone.shift.is_none() && alone.draw_ranks(0).is_empty());
    assert!(all.effects.iter().any(|effect| effect.unit.is_none()));
    let of_units: Vec<_> = all.effects.iter().filter(|effect| effect.unit.is_some()).cloned().collect();
    assert_eq!(alone.effects, of_units);
    assert!(document.shift.is_none() && document.groups.is_empty());
    assert!(document.units.iter().all(|unit| unit.scores.is_some() && unit.rank.is_some() && unit.ranks.is_none() && unit.acceptance.is_empty()));
    assert_eq!(alone.convergence[1..], all.convergence[1..]);
}

#[test]
fn every_factor_moves_something_and_what_is_inert_moves_nothing() {
    let table = table(true);
    let method = method("goalposts", "arithmetic");
    let pipeline = Pipeline::new(&table, &method).unwrap();
    let factors = json!([
        weights(json!({"type": "relative", "by": 0.4})),
        {"id": "values", "vary": {"type": "values", "indicators": ["parks", "rent"], "error": {"type": "relative", "by": 0.1}}},
        {"id": "posts", "vary": {"type": "thresholds", "by": 0.2}},
        {"id": "missing", "vary": {"type": "missing", "options": ["exclude", "zero"]}},
        {"id": "out", "vary": {"type": "inclusion", "keep": 0.8}},
        {"id": "inert", "vary": {"type": "step", "options": [{"type": "normalise", "how": {"type": "goalposts"}}, {"type": "normalise", "how": {"type": "goalposts"}}]}},
    ]);
    let of = study(factors, json!({"sampling": "sobol", "sensitivity": {"base": 64, "resamples": 40}}));
    let robust = RobustIndex::new(&pipeline, &of).unwrap_or_else(|error| panic!("{error}"));
    let analysis = robust.run(&mut |_, _| ControlFlow::Continue(())).unwrap();
    let document = robust.document(&analysis);
    let gone = document.effects.iter().find(|effect| effect.unit.as_ref().is_some_and(|unit| unit.as_str() == "unit 4")).unwrap();
    for factor in &*gone.factors {
        let total = factor.total.as_ref().unwrap().value.get();
        assert_eq!(factor.factor.as_str() == "inert", total == 0.0, "{factor:?}");
    }
    assert_eq!(
        document.unmodelled.to_vec(),
        [Unmodelled::Aggregation, Unmodelled::Normalisation, Unmodelled::Structure, Unmodelled::Correlation][..]
            .iter()
            .filter(|what| **what != Unmodelled::Normalisation)
            .copied()
            .collect::<Vec<_>>()
    );
    // The numbers of every draw can be had again, and weights add up to 1.
    let names = robust.parameter_names();
    assert_eq!(names.len(), 8 + 22 + 6 + 1 + 6 + 1);
    assert_eq!((names[0].as_str(), names[8].as_str()), ("weights:green", "values:unit 0:parks"));
    for draw in 0..5 {
        let numbers = robust.parameters(draw);
        assert_eq!(numbers.len(), names.len());
        let out = |name: &str| numbers[names.iter().position(|known| known == name).unwrap()] == 0.0;
        if !["out:parks", "out:trees", "out:roofs"].map(out).contains(&true) {
            assert!((numbers[3..6].iter().sum::<f64>() - 1.0).abs() < 1e-9, "{numbers:?}");
        }
    }
}

#[test]
fn the_same_bytes_for_any_number_of_threads_and_any_order_of_units() {
    let mut table = table(true);
    let method = method("min_max", "arithmetic");
    let of = study(
        json!([weights(json!({"type": "dirichlet"})), {"id": "x", "vary": {"type": "values", "error": {"type": "relative", "by": 0.2}}}]),
        json!({"draws": 200}),
    );
    let bytes = |table: &Table, threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| run(table, &method, &of).1.to_json())
    };
    let once = bytes(&table, 1);
    assert_eq!(once, bytes(&table, 2));
    assert_eq!(once, bytes(&table, 8));
    let first = Robustness::from_json(once.as_bytes()).unwrap();
    table.units.reverse();
    for (_, values) in &mut table.columns {
        *values = values.iter().rev().copied().collect();
    }
    let other = run(&table, &method, &of).1;
    let mut units = other.units.to_vec();
    units.reverse();
    for (one, other) in first.units.iter().zip(&units) {
        assert_eq!((&one.unit, &one.ranks), (&other.unit, &other.ranks));
    }
}

fn refused(table: &Table, method: &IndexMethod, of: &Study) -> Vec<Diagnostic> {
    let pipeline = Pipeline::new(table, method).unwrap();
    match RobustIndex::new(&pipeline, of).map(|_| ()) {
        Err(RobustError::Study(found)) => found,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_the_pipeline_does_not_contain_is_refused() {
    let table = table(false);
    let method = method("min_max", "arithmetic");
    let found = refused(
        &table,
        &method,
        &study(
            json!([
                {"id": "a", "vary": {"type": "unknown"}},
                {"id": "b", "vary": {"type": "values", "error": {"type": "stated"}}},
                {"id": "c", "vary": {"type": "step", "options": [{"type": "treat", "how": {"type": "log"}}]}},
                {"id": "d", "vary": {"type": "step", "options": [{"type": "rank", "ties": "dense"}]}},
                {"id": "e", "vary": {"type": "step", "options": [{"type": "normalise", "how": {"type": "min_max"}, "each": {"parcs": {"type": "rank"}}}]}},
                {"id": "f", "vary": {"type": "weights", "nodes": ["gren"], "spread": {"type": "dirichlet"}}},
                {"id": "g", "vary": {"type": "weight_set", "options": ["x"]}},
            ]),
            json!({}),
        ),
    );
    let at = |pointer: &str| found.iter().find(|d| d.pointer.as_str().starts_with(pointer)).map(|d| d.code);
    for (factor, code) in [
        (0, Code::RobustnessNotContained),
        (1, Code::RobustnessNotContained),
        (2, Code::RobustnessNotContained),
        (3, Code::RobustnessOptions),
        (4, Code::IndexUnknownName),
        (5, Code::RobustnessUnknownName),
        (6, Code::RobustnessNotContained),
    ] {
        assert_eq!(at(&format!("/factors/{factor}/")), Some(code), "{found:?}");
    }
}

/// Every unit in two years, the second a little changed.
fn panel() -> Table {
    let one = table(false);
    let twice = |values: &[f64]| values.iter().map(|x| x * 1.0).chain(values.iter().enumerate().map(|(at, x)| x + (at % 4) as f64 * 0.5)).collect();
    Table {
        units: one.units.iter().chain(&one.units).cloned().collect(),
        times: (0..22).map(|row| if row < 11 { "2020" } else { "2021" }.into()).collect(),
        columns: one.columns.iter().map(|(name, values)| (name.clone(), twice(values))).collect(),
        ..one
    }
}

#[test]
fn of_a_panel_one_period_is_ranked_and_all_is_measured() {
    let panel = panel();
    let method = method("min_max", "arithmetic");
    let still = json!([weights(json!({"type": "relative", "by": 0}))]);
    let outcome = Pipeline::new(&panel, &method).unwrap().run().unwrap();
    for (period, rows) in [("2020", 0..11), ("2021", 11..22)] {
        let (analysis, document) = run(&panel, &method, &study(still.clone(), json!({"period": period})));
        assert_eq!(analysis.units, panel.units[..11]);
        // The scale is that of both years, the ranks are those of one.
        for (at, row) in rows.enumerate() {
            assert!(analysis.draw_scores(at).iter().all(|x| x.to_bits() == outcome.top().scores[row].to_bits()), "{period} {at}");
            assert!(analysis.draw_ranks(at).iter().all(|rank| f64::from(*rank) == outcome.top().ranks[row]), "{period} {at}");
        }
        assert_eq!(document.study.period.as_ref().map(|period| period.as_str()), Some(period));
    }
    // The quick way and the pipeline agree here too, and years draw errors of their own.
    let of = |factors: Value| bits(&run(&panel, &method, &study(factors, json!({"period": "2021"}))).0);
    let dirichlet = || weights(json!({"type": "dirichlet"}));
    assert_eq!(of(json!([dirichlet()])), of(json!([dirichlet(), all_in()])));
    let errors = json!([{"id": "errors", "vary": {"type": "values", "error": {"type": "absolute", "by": 1}}}]);
    let pipeline = Pipeline::new(&panel, &method).unwrap();
    let of = RobustIndex::new(&pipeline, &study(errors, json!({"period": "2021"}))).unwrap();
    assert_eq!(of.parameters(0).len(), 6 * 22);
    let names = of.parameter_names();
    assert!(
        names.iter().any(|name| name == "errors:unit 0 · 2020:parks") && names.iter().any(|name| name == "errors:unit 0 · 2021:parks"),
        "{names:?}"
    );
}

#[test]
fn a_period_is_named_where_there_are_several_and_nowhere_else() {
    let still = || json!([weights(json!({"type": "relative", "by": 0.1}))]);
    let method = method("min_max", "arithmetic");
    for (table, more) in [(panel(), json!({})), (panel(), json!({"period": "2012"})), (table(false), json!({"period": "2020"}))] {
        let found = refused(&table, &method, &study(still(), more));
        assert_eq!(found.iter().map(|d| (d.code, d.pointer.as_str())).collect::<Vec<_>>(), [(Code::RobustnessPeriod, "/period")]);
    }
}

#[test]
fn tables_of_other_periods_have_another_digest() {
    let (one, mut other) = (panel(), panel());
    other.times[0] = "2019".into();
    assert_ne!(one.digest(), other.digest());
    other.times.clear();
    assert_ne!(one.digest(), other.digest());
}

#[test]
fn draws_that_come_to_nothing_are_counted_and_told() {
    let table = table(false);
    let of = study(
        json!([
            {"id": "normal", "vary": {"type": "step", "options": [{"type": "normalise", "how": {"type": "z_score"}}, {"type": "normalise", "how": {"type": "min_max"}}]}},
            weights(json!({"type": "dirichlet"})),
        ]),
        json!({}),
    );
    let (analysis, _) = run(&table, &method("min_max", "geometric"), &of);
    assert!(has(&analysis.diagnostics, Code::RobustnessFailed) && has(&analysis.diagnostics, Code::RobustnessUnscored));
    assert!(analysis.distributions.iter().all(|unit| unit.unscored > 0.2 && unit.unscored < 0.8));
}
