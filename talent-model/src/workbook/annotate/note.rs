//! The notes of a sheet: the sender's own, and ours beside them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::address::{self, address};
use super::super::xml::{Piece, walk};
use super::edit::{Outline, Splice, escape, splice};
use super::sheet::Cell;
use crate::diagnostic::Diagnostic;

/// What begins every note of ours. It is recognised when the workbook comes back, whatever program has saved it in between.
pub(super) const OURS: &str = "〔Talent〕";

/// The notes of a sheet without ours, and the cells whose note is gone with that.
pub(super) struct Bare {
    pub(super) text: String,
    pub(super) gone: BTreeSet<Cell>,
}

/// The notes of a sheet that has none.
pub(super) fn none(namespace: &str) -> String {
    format!("<comments xmlns=\"{namespace}\"><authors></authors><commentList></commentList></comments>")
}

/// A note as it stands in a sheet.
struct Note {
    at: std::ops::Range<usize>,
    cell: Option<Cell>,
    author: usize,
}

fn notes(part: &str, text: &str) -> Result<(Vec<String>, Vec<Note>), Diagnostic> {
    let outline = Outline::new(part, text)?;
    let mut authors = Vec::new();
    if let Some(child) = outline.child("authors") {
        let own = text.get(child.at.clone()).unwrap_or_default();
        for author in &Outline::new(part, own)?.children {
            authors.push(plain(part, own.get(author.at.clone()).unwrap_or_default())?);
        }
    }
    let mut found = Vec::new();
    if let Some(list) = outline.child("commentList") {
        let own = text.get(list.at.clone()).unwrap_or_default();
        for child in &Outline::new(part, own)?.children {
            let author = child.attribute("authorId").and_then(|id| id.parse().ok()).unwrap_or_default();
            let at = child.at.start + list.at.start..child.at.end + list.at.start;
            found.push(Note { at, cell: child.attribute("ref").and_then(address::parse), author });
        }
    }
    Ok((authors, found))
}

/// The text of an element.
fn plain(part: &str, text: &str) -> Result<String, Diagnostic> {
    let mut plain = String::new();
    walk(part, text, |piece| {
        if let Piece::Text(text) = piece {
            plain.push_str(&text);
        }
        Ok(())
    })?;
    Ok(plain)
}

/// Takes our notes off a sheet, and our part of notes that are shared.
pub(super) fn bare(part: &str, text: &str) -> Result<Bare, Diagnostic> {
    let (_, notes) = notes(part, text)?;
    let (mut changes, mut gone) = (Vec::new(), BTreeSet::new());
    for note in notes {
        let own = text.get(note.at.clone()).unwrap_or_default();
        let said = plain(part, own)?;
        let Some((theirs, _)) = said.split_once(OURS) else { continue };
        let with = match theirs.trim().is_empty() {
            true => {
                gone.extend(note.cell);
                String::new()
            }
            false => cut(part, own)?,
        };
        changes.push(Splice { at: note.at, with });
    }
    Ok(Bare { text: splice(text, changes), gone })
}

/// A note up to where ours begins.
fn cut(part: &str, note: &str) -> Result<String, Diagnostic> {
    let outline = Outline::new(part, note)?;
    let Some(body) = outline.child("text") else { return Ok(note.to_owned()) };
    let own = note.get(body.at.clone()).unwrap_or_default();
    let inner = Outline::new(part, own)?;
    let (mut changes, mut ours) = (Vec::new(), false);
    for run in &inner.children {
        let piece = own.get(run.at.clone()).unwrap_or_default();
        if ours {
            changes.push(Splice { at: run.at.clone(), with: String::new() });
            continue;
        }
        let said = plain(part, piece)?;
        let Some((theirs, _)) = said.split_once(OURS) else { continue };
        ours = true;
        let theirs = theirs.trim_end_matches('\n');
        let with = match (theirs.is_empty(), piece.split_once(OURS)) {
            (true, _) => String::new(),
            // Written in a way that cannot be cut: rather ours too often than theirs lost.
            (false, None) => piece.to_owned(),
            (false, Some((before, after))) => {
                // What follows our words up to the end of the run's text goes with them.
                let close = after.find("</").and_then(|at| after.get(at..)).unwrap_or_default();
                format!("{}{close}", before.trim_end_matches('\n'))
            }
        };
        changes.push(Splice { at: run.at.clone(), with });
    }
    let body_text = splice(own, changes);
    Ok(splice(note, vec![Splice { at: body.at.clone(), with: body_text }]))
}

/// Adds what is said of cells to the notes of a sheet; returns the cells that need a new box. What belongs to a conversation stays as it is.
pub(super) fn add(part: &str, text: &str, said: &BTreeMap<Cell, String>) -> Result<(String, Vec<Cell>), Diagnostic> {
    let (authors, notes) = notes(part, text)?;
    let outline = Outline::new(part, text)?;
    let p = &outline.prefix;
    let mut changes = Vec::new();
    let mut shared = BTreeSet::new();
    for note in &notes {
        let Some((cell, ours)) = note.cell.and_then(|cell| Some((cell, said.get(&cell)?))) else { continue };
        shared.insert(cell);
        // Conversations have their words elsewhere, and show these only to programs that do not know them.
        if authors.get(note.author).is_some_and(|author| author.starts_with("tc=")) {
            continue;
        }
        let own = text.get(note.at.clone()).unwrap_or_default();
        changes.push(Splice { at: note.at.clone(), with: beside(part, own, p, ours)? });
    }
    let fresh: Vec<(&Cell, &String)> = said.iter().filter(|(cell, _)| !shared.contains(cell)).collect();
    let author = authors.iter().position(|author| author == "Talent");
    if let (None, Some(list)) = (author, outline.child("authors")) {
        let own = text.get(list.at.clone()).unwrap_or_default();
        let inner = Outline::new(part, own)?;
        let grown = splice(own, vec![inner.insert(own, None, format!("<{p}author>Talent</{p}author>"))]);
        changes.push(Splice { at: list.at.clone(), with: grown });
    }
    let author = author.unwrap_or(authors.len());
    let added: String = fresh
        .iter()
        .map(|((row, col), ours)| {
            format!("<{p}comment ref=\"{}\" authorId=\"{author}\"><{p}text>{}</{p}text></{p}comment>", address(*row, *col), run(p, ours))
        })
        .collect();
    if let Some(list) = outline.child("commentList") {
        let own = text.get(list.at.clone()).unwrap_or_default();
        let inner = Outline::new(part, own)?;
        let mut splice_at = inner.insert(own, None, added);
        // Of a list without content the whole tag is replaced.
        splice_at.at = splice_at.at.start + list.at.start..splice_at.at.end + list.at.start;
        changes.push(splice_at);
    }
    Ok((splice(text, changes), fresh.into_iter().map(|(cell, _)| *cell).collect()))
}

fn run(p: &str, text: &str) -> String {
    format!("<{p}r><{p}rPr><{p}sz val=\"10\"/><{p}rFont val=\"Calibri\"/></{p}rPr><{p}t xml:space=\"preserve\">{}</{p}t></{p}r>", escape(text))
}

/// The sender's own note, with ours below it.
fn beside(part: &str, note: &str, p: &str, ours: &str) -> Result<String, Diagnostic> {
    let outline = Outline::new(part, note)?;
    let Some(body) = outline.child("text") else { return Ok(note.to_owned()) };
    let own = note.get(body.at.clone()).unwrap_or_default();
    let inner = Outline::new(part, own)?;
    let mut changes = Vec::new();
    // Plain text beside runs is allowed, but not all programs show both.
    for plain in inner.children.iter().filter(|child| child.name == "t") {
        let text = own.get(plain.at.clone()).unwrap_or_default();
        changes.push(Splice { at: plain.at.clone(), with: format!("<{p}r>{text}</{p}r>") });
    }
    let after = inner.children.iter().find(|child| matches!(child.name.as_str(), "rPh" | "phoneticPr"));
    changes.push(inner.insert(own, after, run(p, &format!("\n{ours}"))));
    let body_text = splice(own, changes);
    Ok(splice(note, vec![Splice { at: body.at.clone(), with: body_text }]))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn said(cell: Cell, text: &str) -> BTreeMap<Cell, String> {
        BTreeMap::from([(cell, format!("{OURS}{text}"))])
    }

    #[test]
    fn ours_come_and_go_and_theirs_stay() {
        let theirs = "<comments xmlns=\"n\"><authors><author>Li</author></authors><commentList><comment ref=\"B2\" authorId=\"0\"><text><r><t>ask Wang</t></r>\
                      </text></comment></commentList></comments>";
        let (once, fresh) = add("c", theirs, &said((3, 3), "wrong")).unwrap();
        assert_eq!(fresh, [(3, 3)]);
        assert!(once.contains("<author>Li</author><author>Talent</author>") && once.contains("ref=\"D4\" authorId=\"1\""));
        let gone = bare("c", &once).unwrap();
        assert_eq!(gone.gone, BTreeSet::from([(3, 3)]));
        assert_eq!(gone.text, theirs.replace("</authors>", "<author>Talent</author></authors>"));
        // In a cell that has one of theirs, both are to be read.
        let (both, fresh) = add("c", theirs, &said((1, 1), "wrong <too>")).unwrap();
        assert_eq!(fresh, []);
        assert!(both.contains("ask Wang") && both.contains("\n〔Talent〕wrong &lt;too&gt;"));
        let gone = bare("c", &both).unwrap();
        assert!(gone.gone.is_empty());
        assert_eq!(gone.text, theirs.replace("</authors>", "<author>Talent</author></authors>"));
    }

    #[test]
    fn ours_are_known_again_after_another_program_has_joined_them_with_theirs() {
        let joined = "<comments><authors><author>Li</author></authors><commentList><comment ref=\"B2\" authorId=\"0\"><text><t>ask\n〔Talent〕✖ wrong</t></text>\
                      </comment></commentList></comments>";
        assert!(bare("c", joined).unwrap().text.contains("<text><t>ask</t></text>"));
    }

    #[test]
    fn conversations_are_left_alone() {
        let talk = "<comments><authors><author>tc={1}</author></authors><commentList><comment ref=\"B2\" authorId=\"0\"><text><t>[Threaded]</t></text>\
                    </comment></commentList></comments>";
        let (text, fresh) = add("c", talk, &said((1, 1), "wrong")).unwrap();
        assert!(fresh.is_empty() && text.contains("<text><t>[Threaded]</t></text>"));
        let (text, fresh) = add("c", "<comments><authors/><commentList/></comments>", &said((0, 0), "x")).unwrap();
        assert_eq!(fresh, [(0, 0)]);
        assert!(text.starts_with("<comments><authors><author>Talent</author></authors><commentList><comment ref=\"A1\" authorId=\"0\">"), "{text}");
        assert!(text.ends_with("</commentList></comments>"));
    }
}
