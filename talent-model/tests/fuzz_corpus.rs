//! What fuzzing found worth keeping, through the same functions. `talent-model/fuzz/README.md` says how it is found.
#![cfg(feature = "workbook")]
#![expect(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../fuzz/src/documents.rs"]
#[expect(unreachable_pub, reason = "shared with the fuzz targets")]
mod documents;
#[path = "../fuzz/src/tables.rs"]
#[expect(unreachable_pub, reason = "shared with the fuzz targets")]
mod tables;
#[path = "../fuzz/src/workbook.rs"]
#[expect(unreachable_pub, reason = "shared with the fuzz targets")]
mod workbook;

use std::path::Path;

/// Runs a target over its corpus.
fn replay(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut count = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        println!("{}", path.display());
        run(&std::fs::read(&path).unwrap());
        count += 1;
    }
    assert!(count > 0, "{} is empty", folder.display());
}

#[test]
fn json() {
    replay("json", documents::json);
}

#[test]
fn agreement() {
    // The corpus of the readers serves all that read.
    replay("json", documents::agreement);
}

#[test]
fn roundtrip() {
    replay("json", documents::roundtrip);
}

#[test]
fn workbooks() {
    replay("workbook", workbook::workbook);
}

#[test]
fn delimited_texts() {
    replay("tables", tables::tables);
}
