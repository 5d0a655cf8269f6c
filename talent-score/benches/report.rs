//! How long a report takes: New Shougang, 414 observations in four zones; and beside it the assessment that it is made of.
#![expect(clippy::unwrap_used, reason = "a benchmark stops at the first fault")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use talent_model::{Document, Lang, Submission, reference};
use talent_score::Evaluator;
use talent_score::report::{Material, Rendition, Report};

fn report(c: &mut Criterion) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/examples/new-shougang.submission.json");
    let submission = Submission::from_json(&std::fs::read(path).unwrap()).unwrap();
    let evaluator = Evaluator::new(reference::standard()).unwrap();
    let assessment = evaluator.assess(&submission).unwrap();
    let material = Material { submission: Some(&submission), ..Material::new(&assessment, reference::standard()) };
    let rendition = Rendition { langs: vec![Lang::Zh], public: false };
    let mut group = c.benchmark_group("report");
    group.bench_function("the assessment", |b| b.iter(|| evaluator.assess(black_box(&submission)).unwrap()));
    group.bench_function("as HTML", |b| b.iter(|| Report::new(black_box(&material), &rendition).unwrap().to_html()));
    group.bench_function("as Markdown", |b| b.iter(|| Report::new(black_box(&material), &rendition).unwrap().to_markdown()));
    group.bench_function("as a workbook", |b| b.iter(|| Report::new(black_box(&material), &rendition).unwrap().to_workbook().unwrap()));
    group.finish();
}

criterion_group!(benches, report);
criterion_main!(benches);
