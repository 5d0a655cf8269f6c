//! Documents that fuzzing found worth keeping: each that conforms is scored. `talent-model/fuzz/README.md` says how they are found.
#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../../talent-model/fuzz/src/score.rs"]
#[expect(unreachable_pub, reason = "shared with the fuzz targets")]
mod score;

use std::path::Path;

#[test]
fn whatever_conforms_is_scored() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../talent-model/fuzz/corpus/score");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        println!("{}", path.display());
        score::score(&std::fs::read(&path).unwrap());
        count += 1;
    }
    assert!(count > 0, "there is no corpus");
}
