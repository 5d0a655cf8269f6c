//! Lays the vectors, the examples and the workbooks of the tests into `corpus`, as what to start from.

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use serde_json::Value;
use talent_fuzz::workbook::MARK;
use talent_model::workbook::{self, Shape, TableOptions};
use talent_model::{Document, Lang, Standard, Submission};
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
    lay(&here.join("corpus/tables"), &tables(&repository)?)?;
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

/// The submissions of the vectors as tables of both shapes, in several encodings, and some that people would write.
fn tables(repository: &Path) -> Result<Vec<(String, Vec<u8>)>, Box<dyn std::error::Error>> {
    let standard = Standard::from_json(&fs::read(repository.join("schemas/vectors/standards/every-kind.json"))?)?;
    let head = "submission.id,period.from,period.to,community.id,community.name.zh,zone,zones.name.zh,zones.role,zones.stage";
    let first = "riverside-2026,2026-01-01,2026-12-31,riverside,河畔,core,核心,核心区,built";
    let mut texts = vec![
        ("long".to_owned(), format!("{head},indicator,value,state,note\n{first},clinics,4,,\n,,,,,core,,,,council,是,,\"a, b\"\n,,,,,,,,,talent-housing,3万,估算,\n")),
        ("wide".to_owned(), format!("{head},clinics,council,our own\n{first},4,否,x\n,,,,,rim,边缘,圈层,new,约5,N/A,\n")),
        ("sheet".to_owned(), "observations.id,observations.name,observations.value\n指标,,\n指标标识,指标,填报值\nclinics,诊所,4\n".to_owned()),
        ("facts".to_owned(), "sep=;\nfacts.id;facts.value\npopulation;1.2万\n".to_owned()),
        ("quotes".to_owned(), format!("{head},indicator,value\n{first},clinics,\"4\n,,,,,,,,,council,yes\n")),
    ];
    for (name, vector) in vectors(repository)? {
        if vector["standard"] != "every-kind" || !name.starts_with("assess-") {
            continue;
        }
        let submission = Submission::from_json(vector["submission"].to_string().as_bytes())?;
        for (shape, word) in [(Shape::Long, "long"), (Shape::Wide, "wide")] {
            for lang in [Lang::En, Lang::Zh] {
                let made = workbook::table(&standard, &submission, &TableOptions::new(shape, lang));
                texts.push((format!("{name}-{word}-{lang:?}"), String::from_utf8(made.bytes)?));
            }
        }
    }
    let mut all = Vec::new();
    for (name, text) in texts {
        let units = |mark: bool| mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        all.push((format!("{name}-utf16"), units(true).flat_map(u16::to_le_bytes).collect()));
        all.push((format!("{name}-utf16-no-mark"), units(false).flat_map(u16::to_be_bytes).collect()));
        all.push((format!("{name}-bytes"), text.chars().map(|c| u8::try_from(c).unwrap_or(0xba)).collect()));
        all.push((name, text.into_bytes()));
    }
    Ok(all)
}

fn lay(folder: &Path, seeds: &[(String, Vec<u8>)]) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    seeds.iter().try_for_each(|(name, bytes)| fs::write(folder.join(name), bytes))
}
