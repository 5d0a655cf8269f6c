//! From what the command line names to the files that it means.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use talent_model::Diagnostic;
use talent_model::diagnostic::Code;

use crate::input::{failure, label, reason};

/// The endings of what is read in a folder.
const ENDINGS: [&str; 5] = ["json", "ndjson", "jsonl", "xlsx", "xlsm"];

/// One place where documents come from.
pub(crate) enum Entry {
    /// A file with one document.
    File(PathBuf),
    /// A file with a document on every line.
    Lines(PathBuf),
    /// Standard input, which tells itself what it is.
    Stdin,
    /// Something that is not there.
    Nothing(String, Diagnostic),
}

/// All places, in the order in which they were named; inside a folder or a pattern by their names.
pub(crate) fn list(paths: &[PathBuf]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for path in paths {
        if path == Path::new("-") {
            entries.push(Entry::Stdin);
        } else if path.is_dir() {
            folder(path, &mut entries);
        } else if let Some(pattern) = path.to_str().filter(|text| text.contains(['*', '?', '[']) && !path.exists()) {
            matching(pattern, &mut entries);
        } else {
            entries.push(of(path.clone()));
        }
    }
    entries
}

/// Whether a path means one document, rather than a folder, a pattern or a file with several.
pub(crate) fn is_one(path: &Path) -> bool {
    path == Path::new("-") || matches!(&list(&[path.to_path_buf()])[..], [Entry::File(only)] if only == path)
}

fn ending(path: &Path) -> String {
    path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase()
}

fn of(path: PathBuf) -> Entry {
    if matches!(ending(&path).as_str(), "ndjson" | "jsonl") { Entry::Lines(path) } else { Entry::File(path) }
}

/// Windows shells leave patterns to the program.
fn matching(pattern: &str, entries: &mut Vec<Entry>) {
    let nothing = |why: Option<String>| {
        let told = why.map_or_else(|| format!("`{pattern}`"), |why| format!("`{pattern}` ({why})"));
        Entry::Nothing(pattern.into(), failure(Code::NothingMatches, &told, Cow::Owned((String::new(), String::new()))))
    };
    match glob::glob(pattern) {
        Err(error) => entries.push(nothing(Some(error.msg.into()))),
        Ok(found) => {
            let before = entries.len();
            for path in found {
                match path {
                    Ok(path) if path.is_dir() => folder(&path, entries),
                    Ok(path) => entries.push(of(path)),
                    Err(error) => entries.push(unread(error.path(), error.error())),
                }
            }
            if entries.len() == before {
                entries.push(nothing(None));
            }
        }
    }
}

fn unread(path: &Path, error: &std::io::Error) -> Entry {
    let label = label(path);
    let diagnostic = failure(Code::FileNotRead, &label, reason(error));
    Entry::Nothing(label, diagnostic)
}

fn folder(path: &Path, entries: &mut Vec<Entry>) {
    let before = entries.len();
    walk(path, entries);
    if entries.len() == before {
        let label = label(path);
        let diagnostic = failure(Code::NothingInFolder, &label, Cow::Owned((String::new(), String::new())));
        entries.push(Entry::Nothing(label, diagnostic));
    }
}

/// Links to folders are not followed, so that no circle of them is walked for ever. What begins with a point or `~$` is somebody's working file.
fn walk(path: &Path, entries: &mut Vec<Entry>) {
    let read = std::fs::read_dir(path).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
    let mut inside = match read {
        Ok(inside) => inside,
        Err(error) => return entries.push(unread(path, &error)),
    };
    inside.sort_by_key(std::fs::DirEntry::file_name);
    for entry in inside {
        let name = entry.file_name();
        let (path, name) = (entry.path(), name.to_string_lossy());
        if name.starts_with('.') || name.starts_with("~$") {
            continue;
        }
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&path, entries),
            Ok(_) if ENDINGS.contains(&ending(&path).as_str()) && path.is_file() => entries.push(of(path)),
            Ok(_) => {}
            Err(error) => entries.push(unread(&path, &error)),
        }
    }
}
