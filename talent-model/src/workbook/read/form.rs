//! Sheets with an item in every row: the version that the workbook says it is of, the submission and its community.

use serde_json::{Map, Value, json};

use super::{Found, Reader, column_of, data_rows, title_matches};
use crate::diagnostic::{Code, Diagnostic, Pointer};
use crate::document::Document;
use crate::workbook::book::Cell;
use crate::workbook::cell::{Row, join, parse, put, shown};
use crate::workbook::layout::{self, Column, LAYOUT};
use crate::workbook::source::Place;
use crate::workbook::words::fold;

impl<'a> Reader<'a> {
    /// The standard that the workbook answers; nothing when it is another one, after which every other finding would only follow from that.
    pub(super) fn pin<'f>(&mut self, mut sheets: impl Iterator<Item = &'f Found<'a>>) -> Option<Value>
    where
        'a: 'f,
    {
        let standard = self.standard;
        let Some(found) = sheets.next() else {
            // A delimited text that does not say what it answers answers what is at hand.
            if self.book.origin.is_some() {
                return Some(json!({ "id": standard.id.as_str(), "version": standard.version.as_str() }));
            }
            self.found.push(Self::here(Code::VersionSheetMissing).with("expected", format!("{} {}", standard.id, standard.version)));
            return Some(json!({ "id": standard.id.as_str(), "version": standard.version.as_str() }));
        };
        let rows = layout::version();
        let stated = self.form_rows(found, &rows);
        let text = |key: &str| stated.iter().find(|(column, ..)| column.key == key).map(|(_, _, cell, place)| (shown(&cell.content), *place));
        if let Some((version, place)) = text("template")
            && version != LAYOUT
        {
            self.note(Self::here(Code::TemplateNewer).with("found", version).with("expected", LAYOUT), place);
            return None;
        }
        for (key, _, _, place) in &stated {
            let pointer = key.path.iter().fold(Pointer::root(), |pointer, step| pointer.with(step));
            self.source.insert(pointer, *place);
        }
        let digest = standard.digest().ok().map(|digest| digest.to_string());
        let checks = [
            ("standard.id", Code::StandardNotAtHand, Some(standard.id.to_string())),
            ("standard.version", Code::VersionDiffers, Some(standard.version.to_string())),
            ("standard.digest", Code::DigestDiffers, digest),
        ];
        let mut pin = Map::new();
        for (key, code, expected) in checks {
            let Some((found, place)) = text(key) else { continue };
            let may_differ = self.earlier && code != Code::StandardNotAtHand;
            if !may_differ && expected.as_ref().is_some_and(|expected| *expected != found) {
                let pointer = key.split('.').fold(Pointer::root(), |pointer, step| pointer.with(step));
                let diagnostic = Diagnostic::new(code, pointer).with("found", &found).with("expected", expected.unwrap_or_default());
                self.note(diagnostic, place);
                return None;
            }
            pin.insert(key.trim_start_matches("standard.").to_owned(), Value::String(found));
        }
        Some(Value::Object(pin))
    }

    /// The filled rows of a form: what each is, its number among the rows, its cell and place.
    pub(super) fn form_rows<'f>(&mut self, found: &'f Found<'a>, rows: &[Column]) -> Vec<(Column, usize, &'f Cell, Place)> {
        let columns = self.columns(found.header.table);
        let (Some(id), item, Some(value)) =
            (column_of(found, &columns, "id"), column_of(found, &columns, "item"), column_of(found, &columns, "value"))
        else {
            return Vec::new();
        };
        let mut filled = Vec::new();
        for row in data_rows(found) {
            let text = |col: u32| found.sheet.cell(row, col).map(|cell| fold(&shown(&cell.content))).unwrap_or_default();
            let (key, title) = (text(id), item.map(text).unwrap_or_default());
            let is_key = |column: &&Column| fold(&column.key) == key;
            let titles = |column: &&Column| title_matches(&column.title, &title);
            let known = rows.iter().enumerate();
            let by_key = known.clone().find(|(_, column)| is_key(column));
            let Some((number, column)) = by_key.or_else(|| known.clone().find(|(_, column)| titles(column))) else {
                if let Some(cell) = found.sheet.cell(row, value) {
                    let near = self.found.closest(&key, rows.iter().map(|column| column.key.as_str()));
                    let label = found.sheet.cell(row, id).map_or_else(|| shown(&cell.content), |cell| shown(&cell.content));
                    self.note(Self::here(Code::UnknownRow).with("found", label).suggest(near), (found.number, row, id));
                }
                continue;
            };
            let place = (found.number, row, value);
            match found.sheet.cell(row, value) {
                Some(cell) => filled.push((column.clone(), number, cell, place)),
                None => self.stands_at(&column.path, place),
            }
        }
        filled
    }

    /// Notes where a value of the form stands, or would stand, and the objects around it with it.
    pub(super) fn stands_at(&mut self, path: &[String], place: Place) {
        let mut pointer = Pointer::root();
        let mut above = Vec::new();
        for step in path {
            pointer = pointer.with(step);
            above.push(pointer.clone());
        }
        above.into_iter().rev().for_each(|pointer| self.source.insert(pointer, place));
    }

    /// Reads the form about the submission and the community; whether anything was filled in.
    pub(super) fn form(&mut self, found: &Found<'a>, root: &mut Map<String, Value>, community: &mut Map<String, Value>) -> bool {
        let rows = layout::form();
        let stated = self.form_rows(found, &rows);
        let cx = Row { from_1904: self.book.from_1904, ..Row::default() };
        let filled = !stated.is_empty();
        let mut last = Vec::new();
        for (column, _, cell, place) in stated {
            let inner = column.path.first().is_some_and(|step| step == "community");
            self.stands_at(&column.path, place);
            match parse(&column, cell, &cx) {
                Err(diagnostic) => self.note(*diagnostic, place),
                Ok(parsed) => {
                    self.understood(cell, parsed.read_as.as_deref(), place);
                    for (path, value) in parsed.members {
                        match value {
                            Value::Object(more) if column.key.ends_with("more") => last.push((inner, more, place)),
                            value if inner => self.put(community, path.get(1..).unwrap_or_default(), value, place),
                            value => self.put(root, &path, value, place),
                        }
                    }
                }
            }
        }
        for (inner, more, place) in last {
            let into = if inner { &mut *community } else { &mut *root };
            if let Some(member) = join(into, more) {
                self.note(Self::here(Code::MoreContradicts).with("member", member), place);
            }
        }
        filled
    }

    pub(super) fn put(&mut self, object: &mut Map<String, Value>, path: &[String], value: Value, place: Place) {
        if !put(object, path, value) {
            let member = path.last().cloned().unwrap_or_default();
            self.note(Self::here(Code::MoreContradicts).with("member", member), place);
        }
    }
}
