//! How the parts of a workbook refer to one another.

use super::package::{Package, unreadable};
use super::xml::{Piece, attribute, walk};
use crate::diagnostic::Diagnostic;
use crate::lang::Bilingual;

pub(super) const MISSING: Bilingual = Bilingual { en: "a part that it refers to is missing", zh: "缺少所引用的部分" };

pub(super) fn needed(package: &mut Package<'_>, part: &str) -> Result<String, Diagnostic> {
    package.part(part)?.ok_or_else(|| unreadable(part, MISSING))
}

/// How one part refers to another.
pub(super) struct Relation {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) target: String,
}

/// The folder of a part, and the part that holds its relations.
pub(super) fn relations_part(of: &str) -> (String, String) {
    let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let part = format!("{prefix}_rels/{file}.rels");
    (prefix, part)
}

/// The relations of a part (an empty name: of the whole package), with targets as names of parts.
pub(super) fn relations(package: &mut Package<'_>, of: &str) -> Result<Vec<Relation>, Diagnostic> {
    let (prefix, part) = relations_part(of);
    match package.part(&part)? {
        Some(text) => parse(&prefix, &part, &text),
        None => Ok(Vec::new()),
    }
}

/// The relations that a part states.
pub(super) fn parse(prefix: &str, part: &str, text: &str) -> Result<Vec<Relation>, Diagnostic> {
    let mut found = Vec::new();
    walk(part, text, |piece| {
        if let Piece::Begin(element, _) = piece
            && element.local_name().as_ref() == "Relationship"
            && attribute(&element, "TargetMode").as_deref() != Some("External")
            && let (Some(id), Some(kind), Some(target)) = (attribute(&element, "Id"), attribute(&element, "Type"), attribute(&element, "Target"))
        {
            found.push(Relation { id, kind, target: resolve(prefix, &target) });
        }
        Ok(())
    })?;
    Ok(found)
}

/// A target of a relation as the name of a part. It only ever names a part of the archive.
fn resolve(prefix: &str, target: &str) -> String {
    let path = match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{prefix}{target}"),
    };
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

pub(super) fn main_part(package: &mut Package<'_>) -> Result<String, Diagnostic> {
    let found = relations(package, "")?.into_iter().find(|r| r.kind.ends_with("/officeDocument")).map(|r| r.target);
    Ok(found.unwrap_or_else(|| "xl/workbook.xml".into()))
}

/// Names and relations of the sheets in the order of their tabs, and whether days are counted from 1904.
pub(super) fn listed_sheets(part: &str, text: &str) -> Result<(Vec<(String, String)>, bool), Diagnostic> {
    let (mut sheets, mut from_1904) = (Vec::new(), false);
    walk(part, text, |piece| {
        if let Piece::Begin(element, _) = piece {
            match element.local_name().as_ref() {
                "sheet" => {
                    if let (Some(name), Some(id)) = (attribute(&element, "name"), attribute(&element, "id")) {
                        sheets.push((name, id));
                    }
                }
                "workbookPr" => from_1904 = attribute(&element, "date1904").is_some_and(|value| value == "1" || value == "true"),
                _ => {}
            }
        }
        Ok(())
    })?;
    Ok((sheets, from_1904))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_never_leave_the_archive() {
        assert_eq!(resolve("xl/", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl/", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolve("xl/", "../../../etc/passwd"), "etc/passwd");
    }
}
