//! Lays the vectors, the examples and the workbooks of the tests into `corpus`, as what to start from.

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use serde_json::Value;
use talent_fuzz::workbook::MARK;
use zip::ZipArchive;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let repository = here.join("../..");
    let mut documents = Vec::new();
    let mut pairs = Vec::new();
    for (name, vector) in vectors(&repository)? {
        if name.starts_with("assess-") {
            if vector["standard"].is_object() {
                pairs.push((name, format!("{}\0{}", vector["standard"], vector["submission"]).into_bytes()));
            }
            continue;
        }
        let bytes = match (vector.get("document"), vector.get("text"), vector.get("hex")) {
            (Some(document), ..) => document.to_string().into_bytes(),
            (_, Some(Value::String(text)), _) => text.clone().into_bytes(),
            (.., Some(Value::String(hex))) => {
                hex.as_bytes().chunks(2).filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
            }
            _ => continue,
        };
        documents.push((name, bytes));
    }
    for target in ["json", "agreement", "roundtrip"] {
        lay(&here.join("corpus").join(target), &documents)?;
    }
    // Instructions for the sample and the first edits.
    pairs.extend((0..48_u8).map(|n| (format!("edit-{n}"), vec![n % 3, n, n.wrapping_mul(37), n / 3, n, 1, n, 5, n, n, n.wrapping_mul(91), n % 7])));
    lay(&here.join("corpus/score"), &pairs)?;
    let mut books = Vec::new();
    for entry in fs::read_dir(repository.join("talent-model/tests/workbook"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "xlsx") {
            let bytes = fs::read(&path)?;
            books.push((format!("{}-parts", name_of(&path)), parts(&bytes)?));
            books.push((name_of(&path), bytes));
        }
    }
    lay(&here.join("corpus/workbook"), &books)?;
    Ok(())
}

fn name_of(path: &Path) -> String {
    path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn vectors(repository: &Path) -> Result<Vec<(String, Value)>, Box<dyn std::error::Error>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(repository.join("schemas/vectors"))?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|e| e == "json"));
    paths.iter().map(|path| Ok((name_of(path), serde_json::from_slice(&fs::read(path)?)?))).collect()
}

/// The parts of an archive as one text.
fn parts(bytes: &[u8]) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut all = String::new();
    for i in 0..archive.len() {
        let mut part = archive.by_index(i)?;
        let mut text = String::new();
        // What is no text, such as a picture, is not read.
        if part.read_to_string(&mut text).is_ok() {
            all.push_str(&format!("{MARK}{}\n{text}", part.name()?));
        }
    }
    Ok(all.into_bytes())
}

fn lay(folder: &Path, seeds: &[(String, Vec<u8>)]) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    seeds.iter().try_for_each(|(name, bytes)| fs::write(folder.join(name), bytes))
}
