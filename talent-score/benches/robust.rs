//! Ten thousand draws of weights over a thousand units and 115 indicators, with ranks, quantiles and rank acceptability; and an index of 51 units and 49 indicators with everything varied.
#![allow(missing_docs, reason = "a benchmark's main function is made by a macro")]

use std::hint::black_box;
use std::ops::ControlFlow;

use criterion::{Criterion, criterion_group, criterion_main};
use talent_model::index::{IndexMethod, IndexRows};
use talent_model::robustness::Study;
use talent_score::index::{Pipeline, Table};
use talent_score::robust::RobustIndex;

/// Numbers that look random and are always the same.
fn value(at: usize) -> f64 {
    let x = (at as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    ((x ^ (x >> 32)) >> 11) as f64 / 9_007_199_254_740_992.0 * 99.0 + 1.0
}

fn table(units: usize, indicators: usize, groups: usize) -> Table {
    let mut rows: Vec<String> = (0..indicators)
        .map(|at| if groups > 0 { format!(r#"{{"code": "i{at}", "parent": "g{}"}}"#, at % groups) } else { format!(r#"{{"code": "i{at}"}}"#) })
        .collect();
    rows.extend((0..groups).map(|at| format!(r#"{{"code": "g{at}"}}"#)));
    let rows = IndexRows::from_json(format!(r#"{{"indicators": [{}]}}"#, rows.join(",")).as_bytes())
        .map(|rows| rows.indicators.to_vec())
        .unwrap_or_default();
    Table {
        rows,
        units: (0..units).map(|at| format!("u{at}").into()).collect(),
        columns: (0..indicators).map(|column| (format!("i{column}"), (0..units).map(|unit| value(unit * indicators + column)).collect())).collect(),
        ..Table::default()
    }
}

fn bench(c: &mut Criterion) {
    let mut group = c.benchmark_group("robust");
    group.sample_size(10);
    let mut study = |name: &str, table: &Table, method: &str, study: &str| {
        let (Ok(method), Ok(study)) = (IndexMethod::from_json(method.as_bytes()), Study::from_json(study.as_bytes())) else { return };
        let Ok(pipeline) = Pipeline::new(table, &method) else { return };
        group.bench_function(name, |b| {
            b.iter(|| RobustIndex::new(&pipeline, &study).ok().and_then(|of| black_box(of.run(&mut |_, _| ControlFlow::Continue(())).ok())));
        });
    };
    let mean = |how: &str| {
        format!(
            r#"{{"steps": [{{"type": "normalise", "how": {{"type": "min_max"}}}}, {{"type": "aggregate", "how": {{"type": "{how}"}}, "missing": "exclude"}}]}}"#
        )
    };
    let weights = r#"{"factors": [{"id": "w", "vary": {"type": "weights", "spread": {"type": "dirichlet"}}}], "draws": 10000}"#;
    let renormalised = r#"{"factors": [{"id": "w", "vary": {"type": "weights", "spread": {"type": "dirichlet"}}}, {"id": "n", "vary": {"type": "step", "options": [
        {"type": "normalise", "how": {"type": "min_max"}}, {"type": "normalise", "how": {"type": "z_score"}}, {"type": "normalise", "how": {"type": "rank"}}]}}], "draws": 10000}"#;
    let flat = table(1000, 115, 0);
    study("10000 x 1000 x 115, arithmetic", &flat, &mean("arithmetic"), weights);
    study("10000 x 1000 x 115, geometric", &flat, &mean("geometric"), weights);
    study("10000 x 1000 x 115, re-normalised", &flat, &mean("arithmetic"), renormalised);
    study("10000 x 1000 x 115 in nine groups", &table(1000, 115, 9), &mean("arithmetic"), weights);
    let everything = r#"{"factors": [
        {"id": "treat", "vary": {"type": "step", "options": [{"type": "treat", "how": {"type": "winsorise"}}, {"type": "treat", "how": {"type": "quantiles"}}]}},
        {"id": "n", "vary": {"type": "step", "options": [{"type": "normalise", "how": {"type": "min_max"}}, {"type": "normalise", "how": {"type": "rank"}}]}},
        {"id": "w", "vary": {"type": "weights", "spread": {"type": "relative", "by": 0.25}}},
        {"id": "join", "vary": {"type": "step", "options": [
            {"type": "aggregate", "how": {"type": "arithmetic"}, "missing": "exclude"}, {"type": "aggregate", "how": {"type": "geometric"}, "missing": "exclude"}]}}
        ], "draws": 500, "sensitivity": {"base": 500}}"#;
    let method = r#"{"steps": [{"type": "treat", "how": {"type": "winsorise"}}, {"type": "normalise", "how": {"type": "min_max"}},
        {"type": "aggregate", "how": {"type": "arithmetic"}, "missing": "exclude"}]}"#;
    study("51 x 49, everything varied, 500 replications and 500 base points", &table(51, 49, 8), method, everything);
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
