//! How long scoring takes: one submission with its trace, and rows of many communities.
#![expect(clippy::unwrap_used, reason = "a benchmark stops at the first fault")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use talent_model::{Document, Submission, reference};
use talent_score::{Desk, Evaluator, Row, Rows, Scratch};

/// Measures that differ from row to row, made by a fixed recurrence; about one in `gap` is missing.
fn rows(width: usize, count: usize, gap: Option<u64>) -> Vec<f64> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    #[expect(clippy::cast_precision_loss, reason = "52 bits fit")]
    let mut measure = || match gap {
        Some(gap) if next() % gap == 0 => f64::NAN,
        _ => (next() >> 12) as f64 / (1_u64 << 52) as f64 * 100.0,
    };
    (0..width * count).map(|_| measure()).collect()
}

fn score(c: &mut Criterion) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/examples/new-shougang.submission.json");
    let bytes = std::fs::read(path).unwrap();
    let submission = Submission::from_json(&bytes).unwrap();
    let evaluator = Evaluator::new(reference::standard()).unwrap();
    c.bench_function("compile the reference standard", |b| b.iter(|| Evaluator::new(black_box(reference::standard())).unwrap()));
    c.bench_function("assess New Shougang, 414 observations", |b| b.iter(|| evaluator.assess(black_box(&submission)).unwrap()));

    let plan = evaluator.row_plan("new").unwrap();
    let mut group = c.benchmark_group("rows of 115 indicators");
    for (name, gap) in [("complete", None), ("one in twenty missing", Some(20))] {
        let table = rows(plan.width(), 1000, gap);
        group.throughput(Throughput::Elements(1000));
        group.bench_function(name, |b| {
            let (mut row, mut scratch) = (Row::default(), Scratch::default());
            b.iter(|| {
                for measures in table.chunks_exact(plan.width()) {
                    plan.score(black_box(measures), &mut row, &mut scratch);
                }
                row.total
            });
        });
        let columns: Vec<Vec<f64>> = (0..plan.width()).map(|leaf| table.iter().skip(leaf).step_by(plan.width()).copied().collect()).collect();
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        group.bench_function(format!("{name}, by columns"), |b| {
            let mut desk = Desk::default();
            b.iter(|| {
                let mut rows = Rows::default();
                plan.score_columns(black_box(&columns), &mut rows, &mut desk);
                rows
            });
        });
    }
    group.finish();
}

criterion_group!(benches, score);
criterion_main!(benches);
