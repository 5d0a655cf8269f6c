//! A sheet of the sender's: how its cells look, where they lie, and the marks that are put on them.

use std::collections::BTreeMap;

use super::super::address::{self, address};
use super::super::xml::{Piece, attribute, walk};
use super::edit::{Outline, Splice, escape, splice};
use crate::diagnostic::Diagnostic;

/// A row and a column, from 0.
pub(super) type Cell = (u32, u32);

/// The formula of our marks: always true, and recognised when the workbook comes back.
const OURS: &str = "\"Talent\"=\"Talent\"";

/// What stands before conditional formats in a sheet (ECMA-376-1, 18.3.1.99).
const BEFORE_MARKS: [&str; 16] = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
];

/// What stands behind the drawing of notes.
const AFTER_DRAWING: [&str; 9] =
    ["legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst", "AlternateContent"];

/// How wide and high the columns and rows of a sheet are, and the styles of its cells.
#[derive(Default)]
pub(super) struct Lie {
    /// First and last column with their width, in pixels.
    columns: Vec<(u32, u32, u32)>,
    /// Rows with a height of their own, in pixels.
    rows: BTreeMap<u32, u32>,
    styles: BTreeMap<Cell, usize>,
}

/// A number that a sheet states, within what is possible.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded on both sides")]
fn whole(number: f64, most: u32) -> u32 {
    number.clamp(0.0, f64::from(most)) as u32
}

/// No column or row is wider or higher, in pixels.
const WIDEST: u32 = 4000;

impl Lie {
    pub(super) fn new(part: &str, text: &str) -> Result<Self, Diagnostic> {
        let mut lie = Self::default();
        let (mut row, mut col) = (0_u32, 0_u32);
        walk(part, text, |piece| {
            let Piece::Begin(element, _) = piece else { return Ok(()) };
            let number = |name: &str| attribute(&element, name).and_then(|text| text.parse::<f64>().ok());
            let hidden = || attribute(&element, "hidden").is_some_and(|text| text == "1" || text == "true");
            match element.local_name().as_ref() {
                "col" => {
                    let width = if hidden() { 0 } else { whole(number("width").unwrap_or(9.14) * 7.0 + 5.0, WIDEST) };
                    if let (Some(min), Some(max)) = (number("min"), number("max")) {
                        lie.columns.push((whole(min, 16_384), whole(max, 16_384), width));
                    }
                }
                "row" => {
                    row = attribute(&element, "r").and_then(|text| text.parse::<u32>().ok()).map_or(row + 1, |number| number);
                    col = 0;
                    let height = if hidden() { Some(0) } else { number("ht").map(|points| whole(points * 4.0 / 3.0, WIDEST)) };
                    if let Some(height) = height {
                        lie.rows.insert(row.saturating_sub(1), height);
                    }
                }
                "c" => {
                    let place = attribute(&element, "r").and_then(|text| address::parse(&text)).unwrap_or((row.saturating_sub(1), col));
                    col = place.1 + 1;
                    if let Some(style) = attribute(&element, "s").and_then(|text| text.parse().ok()) {
                        lie.styles.insert(place, style);
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(lie)
    }

    pub(super) fn style(&self, cell: Cell) -> usize {
        self.styles.get(&cell).copied().unwrap_or_default()
    }

    fn width(&self, col: u32) -> u32 {
        let number = col + 1;
        self.columns.iter().find(|(min, max, _)| (*min..=*max).contains(&number)).map_or(64, |(.., width)| *width)
    }

    fn height(&self, row: u32) -> u32 {
        self.rows.get(&row).copied().unwrap_or(20)
    }

    /// Where a box of a size right of a cell lies: its first column, the way into it, its first row, the way into it, and the same of its end.
    pub(super) fn anchor(&self, (row, col): Cell, (width, height): (u32, u32)) -> [u32; 8] {
        let (right, into_right) = along(col + 1, 15, 16_383, |col| self.width(col));
        let (last, into_last) = along(right, into_right + width, 16_383, |col| self.width(col));
        let (bottom, into_bottom) = along(row, 2, 1_048_575, |row| self.height(row));
        let (end, into_end) = along(bottom, into_bottom + height, 1_048_575, |row| self.height(row));
        [right, into_right, bottom, into_bottom, last, into_last, end, into_end]
    }
}

/// The column or row that lies so many pixels behind the beginning of another, and the way into it.
fn along(from: u32, mut way: u32, last: u32, size: impl Fn(u32) -> u32) -> (u32, u32) {
    let mut at = from.min(last);
    // A box never spans more than this, however small the rows are.
    for _ in 0..500 {
        let here = size(at);
        if way < here || at >= last {
            return (at, way.min(here));
        }
        way -= here;
        at += 1;
    }
    (at, 0)
}

/// Takes our marks off a sheet.
pub(super) fn unmark(part: &str, text: &str) -> Result<String, Diagnostic> {
    let outline = Outline::new(part, text)?;
    let mut changes = Vec::new();
    for child in outline.children.iter().filter(|child| child.name == "conditionalFormatting") {
        let own = text.get(child.at.clone()).unwrap_or_default();
        let inner = Outline::new(part, own)?;
        let is_ours = |rule: &&super::edit::Child| {
            let rule = own.get(rule.at.clone()).unwrap_or_default();
            rule.contains(OURS) || rule.contains(&escape(OURS))
        };
        let ours: Vec<&super::edit::Child> = inner.children.iter().filter(is_ours).collect();
        if ours.is_empty() {
            continue;
        }
        let with = match ours.len() == inner.children.len() {
            true => String::new(),
            // Another program may have put our rule beside one of theirs.
            false => splice(own, ours.iter().map(|rule| Splice { at: rule.at.clone(), with: String::new() }).collect()),
        };
        changes.push(Splice { at: child.at.clone(), with });
    }
    Ok(splice(text, changes))
}

/// Puts marks on a sheet: the cells of each kind of mark.
pub(super) fn mark(part: &str, text: &str, marks: &BTreeMap<usize, Vec<Cell>>) -> Result<String, Diagnostic> {
    let outline = Outline::new(part, text)?;
    let p = &outline.prefix;
    let mut highest = 0_u32;
    walk(part, text, |piece| {
        if let Piece::Begin(element, _) = piece
            && element.local_name().as_ref() == "cfRule"
        {
            highest = highest.max(attribute(&element, "priority").and_then(|text| text.parse().ok()).unwrap_or_default());
        }
        Ok(())
    })?;
    let formula = escape(OURS);
    let mut rules = String::new();
    for (mark, cells) in marks {
        highest = highest.saturating_add(1);
        let cells: Vec<String> = cells.iter().map(|(row, col)| address(*row, *col)).collect();
        rules.push_str(&format!(
            "<{p}conditionalFormatting sqref=\"{}\"><{p}cfRule type=\"expression\" dxfId=\"{mark}\" priority=\"{highest}\"><{p}formula>{formula}</{p}formula>\
             </{p}cfRule></{p}conditionalFormatting>",
            cells.join(" ")
        ));
    }
    let before = outline.children.iter().find(|child| !BEFORE_MARKS.contains(&child.name.as_str()));
    Ok(splice(text, vec![outline.insert(text, before, rules)]))
}

/// The relation by which a sheet finds the drawing of its notes.
pub(super) fn drawing(part: &str, text: &str) -> Result<Option<String>, Diagnostic> {
    Ok(Outline::new(part, text)?.child("legacyDrawing").and_then(|child| child.attribute("id")).map(str::to_owned))
}

/// Lets a sheet find the drawing of its notes.
pub(super) fn draw(part: &str, text: &str, namespace: &str, id: &str) -> Result<String, Diagnostic> {
    let outline = Outline::new(part, text)?;
    let before = outline.children.iter().find(|child| AFTER_DRAWING.contains(&child.name.as_str()));
    let drawing = format!("<{}legacyDrawing xmlns:r=\"{namespace}\" r:id=\"{id}\"/>", outline.prefix);
    Ok(splice(text, vec![outline.insert(text, before, drawing)]))
}
