//! How long it takes to read and check a submission of 115 observations from its bytes, beside what a JSON library alone needs for them.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark stops at the first fault")]

use std::collections::BTreeSet;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde_json::Value;
use talent_model::check::Checker;
use talent_model::{Document, Standard, Submission, check, reference};

/// The example with one answer for the whole community to every indicator.
fn submission() -> Vec<u8> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/examples/new-shougang.submission.json");
    let mut document: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let mut seen = BTreeSet::new();
    let observations = document["observations"].as_array_mut().unwrap();
    observations.retain(|o| seen.insert(o["indicator"].as_str().unwrap().to_owned()));
    // The base alone: the module's answers come last.
    observations.truncate(115);
    for observation in observations.iter_mut() {
        let members = observation.as_object_mut().unwrap();
        members.remove("zone");
        members.insert("method".into(), "Counted from the register and checked by the district office.".into());
    }
    serde_json::to_vec(&document).unwrap()
}

/// A standard of ten thousand indicators, made of one that is sound.
fn large() -> Standard {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/examples/minimal/standard.json");
    let mut document: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let model = document["scenarios"][0]["indicators"][0].clone();
    let copy = |i: usize| {
        let mut indicator = model.clone();
        indicator["id"] = format!("area-{i:05}-x").into();
        indicator["code"] = format!("A-{i:05}").into();
        indicator["name"] = serde_json::json!({"en": format!("Area {i:05}"), "zh": format!("面积 {i:05}")});
        indicator
    };
    document["scenarios"][0]["indicators"] = (0..10_000).map(copy).collect();
    Standard::from_json(document.to_string().as_bytes()).unwrap()
}

fn bench(c: &mut Criterion) {
    let bytes = submission();
    let checker = Checker::new(reference::standard());
    let read = Submission::from_json(&bytes).unwrap();
    assert!(check::conforms(&checker.check(&read)));
    let mut group = c.benchmark_group(format!("submission of {} observations, {} bytes", read.observations.len(), bytes.len()));
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    group.bench_function("skip (serde_json)", |b| b.iter(|| serde_json::from_slice::<serde::de::IgnoredAny>(black_box(&bytes)).unwrap()));
    group.bench_function("into Value (serde_json)", |b| b.iter(|| serde_json::from_slice::<Value>(black_box(&bytes)).unwrap()));
    group.bench_function("read", |b| b.iter(|| Submission::from_json(black_box(&bytes)).unwrap()));
    group.bench_function("read and check", |b| b.iter(|| checker.check(&Submission::from_json(black_box(&bytes)).unwrap())));
    group.finish();
    c.bench_function("read the reference standard", |b| b.iter(|| Standard::from_json(reference::TEXT.as_bytes()).unwrap()));
    c.bench_function("lint the reference standard", |b| b.iter(|| check::standard(reference::standard())));
    let large = large();
    assert!(check::standard(&large).is_empty());
    c.bench_function("lint a standard of 10,000 indicators", |b| b.iter(|| check::standard(&large)));
    c.bench_function("digest the reference standard", |b| b.iter(|| reference::standard().digest().unwrap()));
}

criterion_group!(benches, bench);
criterion_main!(benches);
