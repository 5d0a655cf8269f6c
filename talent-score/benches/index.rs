//! Indices of 10,000 units and 115 indicators: from the tables to scores. Beside each, the bare arithmetic on the same numbers, so that a ratio can be read off in one run.
#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use criterion::{Criterion, criterion_group, criterion_main};
use talent_model::index::{IndexMethod, IndexRows};
use talent_score::index::{Numbers, Pipeline, Table};

const UNITS: usize = 10_000;
const INDICATORS: usize = 115;

fn table() -> Table {
    let mut state = 1_u64;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(state >> 33).unwrap()) / f64::from(1_u32 << 31) + 0.01
    };
    let columns: Vec<(String, Numbers)> = (0..INDICATORS).map(|j| (format!("c{j}"), (0..UNITS).map(|_| draw()).collect())).collect();
    let rows: Vec<String> = (0..INDICATORS).map(|j| format!(r#"{{"code": "c{j}", "weight": {}}}"#, 1 + j % 7)).collect();
    let rows = IndexRows::from_json(format!(r#"{{"indicators": [{}]}}"#, rows.join(",")).as_bytes()).unwrap();
    Table { rows: rows.indicators.to_vec(), units: (0..UNITS).map(|i| format!("u{i}").into()).collect(), columns, ..Table::default() }
}

fn indices(criterion: &mut Criterion) {
    let table = table();
    let mut group = criterion.benchmark_group("index/10000x115");
    group.sample_size(10);
    for (name, steps) in [
        ("sum", r#"{"type": "normalise", "how": {"type": "min_max"}}, {"type": "aggregate", "how": {"type": "arithmetic"}, "missing": "exclude"}"#),
        (
            "geometric",
            r#"{"type": "normalise", "how": {"type": "min_max", "low": 1}}, {"type": "aggregate", "how": {"type": "geometric"}, "missing": "exclude"}"#,
        ),
        ("topsis", r#"{"type": "aggregate", "how": {"type": "topsis"}, "missing": "exclude"}"#),
    ] {
        let method = IndexMethod::from_json(format!(r#"{{"steps": [{steps}]}}"#).as_bytes()).unwrap();
        group.bench_function(name, |bencher| bencher.iter(|| Pipeline::new(&table, &method).unwrap().run().unwrap()));
    }
    group.bench_function("bare sum", |bencher| {
        bencher.iter(|| {
            let mut scores = vec![0.0; UNITS];
            for (_, column) in &table.columns {
                let (low, high) = column.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(*x), high.max(*x)));
                for (score, x) in scores.iter_mut().zip(column.iter()) {
                    *score += (x - low) / (high - low);
                }
            }
            scores
        });
    });
    group.finish();
}

criterion_group!(benches, indices);
criterion_main!(benches);
