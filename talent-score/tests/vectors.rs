//! The shared vectors: a standard and a submission in, the expected assessment out, in this language as in every other.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::path::Path;

use serde_json::Value;
use talent_model::{Document, Standard, Submission, canonical::canonical};

#[test]
fn the_assessments_are_those_that_the_vectors_expect() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/vectors");
    let mut count = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if !path.file_name().unwrap().to_string_lossy().starts_with("assess-") {
            continue;
        }
        let vector: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        // A document stands in the vector, or in a file beside it.
        let bytes = |member: &str| match &vector[member] {
            Value::String(file) => std::fs::read(folder.join(file)).unwrap(),
            document => document.to_string().into_bytes(),
        };
        let standard = Standard::from_json(&bytes("standard")).unwrap();
        let assessment = talent_score::assess(&standard, &Submission::from_json(&bytes("submission")).unwrap()).unwrap();
        let mut found = serde_json::to_value(&assessment).unwrap();
        found["provenance"].as_object_mut().unwrap().remove("engine");
        let same = canonical(&found).unwrap() == canonical(&vector["expected"]).unwrap();
        assert!(same, "{}: not the expected assessment; if the change is meant, run `make update` and read the difference", path.display());
        count += 1;
    }
    assert!(count >= 3, "only {count} vectors");
}
