//! The catalogue of codes: what is listed is tested, and what is listed is documented.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write;
use std::path::{Path, PathBuf};

use talent_model::Lang;
use talent_model::diagnostic::{Code, explain};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// The reference page: every code with its message, cause, cure and example, in both languages.
fn page() -> String {
    let mut page = String::from(
        "# Codes\n\nEvery finding has a permanent code. This page is made from the catalogue by `TALENT_UPDATE=1 cargo test -p talent-model --test catalogue`;\n\
         `talent explain CODE` prints the same.\n",
    );
    for code in Code::ALL {
        writeln!(page, "\n## {code} {}\n", code.slug()).unwrap();
        for lang in [Lang::En, Lang::Zh] {
            writeln!(page, "```text\n{}\n```\n", explain(*code, lang).trim_end()).unwrap();
        }
    }
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

#[test]
fn every_code_is_documented() {
    let path = root().join("docs/reference/codes.md");
    if std::env::var_os("TALENT_UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, page()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page(), "docs/reference/codes.md is not what the catalogue makes; run `make update`");
}

/// The name of the code in Rust, such as `UnknownZone`.
fn variant(code: Code) -> String {
    format!("Code::{code:?}")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn every_code_is_tested() {
    let mut paths = Vec::new();
    for folder in ["schemas/vectors", "talent-model/tests", "talent-score/tests", "talent-cli/tests", "talent-py/tests"] {
        files(&root().join(folder), &mut paths);
    }
    let mut texts = String::new();
    for path in paths {
        // Lists of all codes are no tests of them.
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.contains("explain") && !name.starts_with("catalogue") {
            texts.push_str(&std::fs::read_to_string(&path).unwrap_or_default());
        }
    }
    let untested: Vec<String> =
        Code::ALL.iter().filter(|code| !texts.contains(code.as_str()) && !texts.contains(&variant(**code))).map(|code| variant(*code)).collect();
    assert!(untested.is_empty(), "no test names {untested:?}");
}
