//! The answer to a sender: the workbook that was handed in, with a note in every cell that has a finding, a mark that is seen, and a list of what is to
//! be mended.
//!
//! The archive is edited part by part. What is not touched is copied as it is packed; a part that is touched only grows, and what has been added is
//! recognised and taken away when the workbook is answered again.

mod drawing;
mod edit;
mod fixes;
mod note;
mod parts;
mod sheet;
mod styles;

use std::collections::BTreeMap;

use super::address;
use super::book::{self, Book};
use super::cell::shown;
use super::cure::cure;
use super::layout::Table;
use super::limits::Limits;
use super::package::{Package, unreadable};
use super::relation::{MISSING, Relation, listed_sheets, main_part};
use super::write::lines;
use crate::Lang;
use crate::diagnostic::{Diagnostic, Severity, message};
use edit::{Outline, Splice, escape, splice};
use fixes::Fix;
use parts::Parts;
use sheet::{Cell, Lie};
use styles::Styles;

/// The namespaces and relations of a workbook: those of the transitional form, or of the strict one (ISO/IEC 29500-1 and -4).
struct Words {
    /// How kinds of relations begin.
    relations: String,
    /// The namespace of sheets.
    main: &'static str,
}

impl Words {
    fn new(relations: &[Relation]) -> Self {
        let base = relations.iter().find_map(|relation| relation.kind.strip_suffix("/worksheet"));
        let base = base.unwrap_or("http://schemas.openxmlformats.org/officeDocument/2006/relationships");
        let main = match base.starts_with("http://purl.oclc.org/") {
            true => "http://purl.oclc.org/ooxml/spreadsheetml/main",
            false => "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        };
        Self { relations: base.to_owned(), main }
    }

    fn kind(&self, what: &str) -> String {
        format!("{}/{what}", self.relations)
    }
}

const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
const STYLES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
const NOTES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const DRAWING: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

/// The symbol of a severity, so that colour is never the only sign.
fn symbol(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "✖",
        Severity::Warning => "▲",
        Severity::Note => "○",
    }
}

fn word(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Error => lang.pick("error", "错误"),
        Severity::Warning => lang.pick("warning", "警告"),
        Severity::Note => lang.pick("note", "提示"),
    }
}

/// Answers the sender of a workbook: the same file with what was found in it.
///
/// Cells with findings get a note, a ground in the colour of the gravest and its symbol before what they show; a sheet at the end lists everything, with
/// links. Values, formulas, formats, notes, drawings, names and macros of the sender's stay as they are. Findings are those of
/// [`Reading::with`](super::Reading::with). Answering an answer replaces what was said before.
///
/// # Errors
/// The finding that says why the workbook cannot be read at all.
///
/// ```
/// use talent_model::{Lang, reference, workbook};
/// let standard = reference::standard();
/// let form = workbook::template(standard, &workbook::Options::new(workbook::Languages::One(Lang::En)))?;
/// let reading = workbook::read(standard, &form.bytes);
/// let answer = workbook::annotate(&form.bytes, &reading.diagnostics, Lang::En).expect("a workbook that was just made");
/// assert_eq!(workbook::read(standard, &answer).diagnostics, reading.diagnostics);
/// # Ok::<(), workbook::TemplateError>(())
/// ```
pub fn annotate(bytes: &[u8], found: &[Diagnostic], lang: Lang) -> Result<Vec<u8>, Box<Diagnostic>> {
    annotate_within(bytes, found, lang, Limits::default())
}

/// [`annotate`] within limits of one's own.
///
/// # Errors
/// As for [`annotate`].
pub fn annotate_within(bytes: &[u8], found: &[Diagnostic], lang: Lang, limits: Limits) -> Result<Vec<u8>, Box<Diagnostic>> {
    let book = book::open(bytes, limits)?;
    // Parts are looked at more than once.
    let package = Package::open(bytes, Limits { inflated: limits.inflated.saturating_mul(4), ..limits })?;
    Ok(Answer::new(package, book, found, lang)?.write()?)
}

/// A workbook that is being answered.
struct Answer<'a> {
    parts: Parts<'a>,
    book: Book,
    found: &'a [Diagnostic],
    lang: Lang,
    /// The part that lists the sheets.
    main: String,
    words: Words,
    styles: Styles,
    styles_part: String,
    /// Name and part of every sheet, in the order of the book.
    sheets: Vec<(String, Option<String>)>,
}

impl<'a> Answer<'a> {
    fn new(mut package: Package<'a>, book: Book, found: &'a [Diagnostic], lang: Lang) -> Result<Self, Diagnostic> {
        let main = main_part(&mut package)?;
        let mut parts = Parts::new(package);
        let text = parts.get(&main)?.ok_or_else(|| unreadable(&main, MISSING))?;
        let relations = parts.relations(&main)?;
        let words = Words::new(&relations);
        let (listed, _) = listed_sheets(&main, &text)?;
        let part = |id: &str| relations.iter().find(|r| r.id == id && r.kind.ends_with("/worksheet")).map(|r| r.target.clone());
        let sheets = listed.into_iter().map(|(name, id)| (name, part(&id))).collect();
        let styles_part = match relations.iter().find(|relation| relation.kind.ends_with("/styles")) {
            Some(relation) => relation.target.clone(),
            None => {
                let name = parts.add("xl/styles", "xml", STYLES, &Styles::plain(words.main))?;
                parts.relate(&main, &words.kind("styles"), &name)?;
                name
            }
        };
        let text = parts.get(&styles_part)?.unwrap_or_else(|| Styles::plain(words.main));
        let styles = Styles::new(&styles_part, text);
        Ok(Self { parts, book, found, lang, main, words, styles, styles_part, sheets })
    }

    fn write(mut self) -> Result<Vec<u8>, Diagnostic> {
        let formats = self.styles.formats()?;
        for (name, part) in self.sheets.clone() {
            if let Some(part) = part {
                self.sheet(&name, &part, &formats)?;
            }
        }
        self.list()?;
        self.parts.set(&self.styles_part, self.styles.text)?;
        self.parts.finish()
    }

    /// What was found in the cells of a sheet.
    fn of(&self, name: &str) -> BTreeMap<Cell, Vec<&'a Diagnostic>> {
        let mut cells: BTreeMap<Cell, Vec<&Diagnostic>> = BTreeMap::new();
        for diagnostic in self.found.iter().take(fixes::MOST) {
            let cell = diagnostic.cell.as_ref().filter(|cell| cell.sheet == name);
            if let Some(place) = cell.and_then(|cell| address::parse(&cell.cell)) {
                cells.entry(place).or_default().push(diagnostic);
            }
        }
        cells
    }

    /// Marks the cells of a sheet and writes their notes; what an earlier answer left there goes.
    fn sheet(&mut self, name: &str, part: &str, formats: &[Option<String>]) -> Result<(), Diagnostic> {
        let found = self.of(name);
        let mut text = sheet::unmark(part, &self.parts.get(part)?.ok_or_else(|| unreadable(part, MISSING))?)?;
        let lie = Lie::new(part, &text)?;
        let mut marks: BTreeMap<usize, Vec<Cell>> = BTreeMap::new();
        for (cell, findings) in &found {
            let gravest = findings.iter().map(|d| d.severity).min().unwrap_or(Severity::Note);
            // A format that is not known is left to show what it shows; the colour and the note remain.
            let format = formats.get(lie.style(*cell)).cloned().unwrap_or_else(|| Some("General".into()));
            marks.entry(self.styles.mark(gravest, format.as_deref())?).or_default().push(*cell);
        }
        if !marks.is_empty() {
            text = sheet::mark(part, &text, &marks)?;
        }
        let said = found.into_iter().map(|(cell, findings)| (cell, self.say(&findings))).collect();
        let text = self.notes(part, text, &lie, &said)?;
        self.parts.set(part, text)
    }

    /// The note of a cell.
    fn say(&self, findings: &[&Diagnostic]) -> String {
        /// More of them are read better in the list.
        const MOST: usize = 8;
        let lang = self.lang;
        let one = |d: &&Diagnostic| {
            let mut text = format!("{} {} {}\n{}", symbol(d.severity), word(d.severity, lang), d.code, message(d, lang));
            let cure = cure(d, lang);
            if !cure.is_empty() {
                text.push_str(&format!("\n{}{cure}", lang.pick("Cure: ", "改法：")));
            }
            text
        };
        let mut texts: Vec<String> = findings.iter().take(MOST).map(one).collect();
        texts.extend(findings.len().checked_sub(MOST).filter(|more| *more > 0).map(|more| match lang {
            Lang::En => format!("and {more} more in the fix list"),
            Lang::Zh => format!("另有 {more} 项，见修改清单"),
        }));
        format!("{}{}", note::OURS, texts.join("\n"))
    }

    /// Writes the notes of a sheet; the sheet itself may have to learn where they are.
    fn notes(&mut self, part: &str, mut text: String, lie: &Lie, said: &BTreeMap<Cell, String>) -> Result<String, Diagnostic> {
        let relations = self.parts.relations(part)?;
        let notes = relations.iter().find(|relation| relation.kind.ends_with("/comments")).map(|relation| relation.target.clone());
        let mut drawing = None;
        if let Some(id) = sheet::drawing(part, &text)? {
            drawing = relations.iter().find(|relation| relation.id == id).map(|relation| relation.target.clone());
            if drawing.is_none() && !said.is_empty() {
                // What the sheet names is not there: without it no note can be drawn, and the list must do.
                return Ok(text);
            }
        }
        let Some(notes) = (match notes {
            Some(notes) => Some(notes),
            None if said.is_empty() => None,
            None => {
                let name = self.parts.add("xl/comments", "xml", NOTES, &note::none(self.words.main))?;
                self.parts.relate(part, &self.words.kind("comments"), &name)?;
                Some(name)
            }
        }) else {
            return Ok(text);
        };
        let theirs = self.parts.get(&notes)?.ok_or_else(|| unreadable(&notes, MISSING))?;
        let bare = note::bare(&notes, &theirs)?;
        if said.is_empty() && bare.text == theirs {
            return Ok(text);
        }
        let (all, fresh) = note::add(&notes, &bare.text, said)?;
        self.parts.set(&notes, all)?;
        let drawing = match drawing {
            Some(drawing) => drawing,
            None => {
                let name = self.parts.add("xl/drawings/vmlDrawing", "vml", DRAWING, &drawing::empty())?;
                let id = self.parts.relate(part, &self.words.kind("vmlDrawing"), &name)?;
                text = sheet::draw(part, &text, &self.words.relations, &id)?;
                name
            }
        };
        let boxes = self.parts.get(&drawing)?.ok_or_else(|| unreadable(&drawing, MISSING))?;
        let boxes = drawing::without(&boxes, &bare.gone);
        let count = |cell: &Cell| said.get(cell).map_or(1, |text| lines(text, drawing::COLUMNS));
        let fresh: Vec<(Cell, u32)> = fresh.iter().map(|cell| (*cell, count(cell))).collect();
        if let Some(boxes) = drawing::with(&boxes, &fresh, lie) {
            self.parts.set(&drawing, boxes)?;
        }
        Ok(text)
    }

    /// Writes the sheet that lists everything, in the place of an earlier one if there is one.
    fn list(&mut self) -> Result<(), Diagnostic> {
        let fixes: Vec<Fix<'_>> = self.found.iter().map(|found| Fix { found, cell: self.holds(found) }).collect();
        let list = fixes::sheet(&fixes, self.words.main, &mut self.styles, self.lang)?;
        let name = self.name();
        let text = self.parts.get(&self.main)?.ok_or_else(|| unreadable(&self.main, MISSING))?;
        let outline = Outline::new(&self.main, &text)?;
        let Some(sheets) = outline.child("sheets") else { return Err(unreadable(&self.main, MISSING)) };
        let own = text.get(sheets.at.clone()).unwrap_or_default();
        let inner = Outline::new(&self.main, own)?;
        let change = match self.earlier() {
            Some((number, part)) => {
                self.parts.set(&part, parts::with_head(&list))?;
                let tag = inner.children.iter().filter(|child| child.name == "sheet").nth(number);
                tag.and_then(|tag| renamed(own.get(tag.at.clone())?, &name).map(|with| Splice { at: tag.at.clone(), with }))
            }
            None => {
                let part = self.parts.add("xl/worksheets/sheet", "xml", SHEET, &list)?;
                let id = self.parts.relate(&self.main, &self.words.kind("worksheet"), &part)?;
                let numbers = inner.children.iter().filter_map(|child| child.attribute("sheetId")?.parse::<u32>().ok());
                let number = numbers.max().unwrap_or_default().saturating_add(1);
                let tag = format!(
                    "<{}sheet name=\"{}\" sheetId=\"{number}\" xmlns:r=\"{}\" r:id=\"{id}\"/>",
                    outline.prefix,
                    escape(&name),
                    self.words.relations
                );
                Some(inner.insert(own, None, tag))
            }
        };
        if let Some(mut change) = change {
            change.at = change.at.start + sheets.at.start..change.at.end + sheets.at.start;
            self.parts.set(&self.main, splice(&text, vec![change]))?;
        }
        Ok(())
    }

    /// The number and part of the list that an earlier answer left.
    fn earlier(&self) -> Option<(usize, String)> {
        let key = format!("{}.code", Table::Fixes.key());
        let is_ours = |sheet: &&book::Sheet| sheet.row(0).any(|(_, cell)| shown(&cell.content) == key);
        let number = self.book.sheets.iter().position(|sheet| is_ours(&sheet))?;
        Some((number, self.sheets.get(number)?.1.clone()?))
    }

    /// A name for the list that no other sheet has.
    fn name(&self) -> String {
        let earlier = self.earlier().map(|(number, _)| number);
        let name = Table::Fixes.name().get(self.lang);
        let taken = |name: &String| {
            let lower = name.to_lowercase();
            self.sheets.iter().enumerate().any(|(number, (other, _))| Some(number) != earlier && other.to_lowercase() == lower)
        };
        let numbered = (2..).map(|number| format!("{name} {number}"));
        std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
    }

    /// What the cell of a finding holds.
    fn holds(&self, found: &Diagnostic) -> String {
        let content = || {
            let cell = found.cell.as_ref()?;
            let sheet = self.book.sheets.iter().find(|sheet| sheet.name == cell.sheet)?;
            let (row, col) = address::parse(&cell.cell)?;
            Some(shown(&sheet.cell(row, col)?.content))
        };
        content().unwrap_or_default()
    }
}

/// The tag of a sheet with another name.
fn renamed(tag: &str, name: &str) -> Option<String> {
    let (before, after) = tag.split_once(" name=")?;
    let quote = after.chars().next()?;
    let (_, rest) = after.get(quote.len_utf8()..)?.split_once(quote)?;
    Some(format!("{before} name={quote}{}{quote}{rest}", escape(name)))
}
