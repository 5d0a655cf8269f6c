//! Where everything came from: from the places of a submission to the cells that its sender filled in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::address::{address, parse};
use super::table::Origin;
use crate::diagnostic::{CellPlace, Code, Diagnostic, Pointer};

/// A cell: the number of its sheet, its row and its column, all from 0.
pub(super) type Place = (usize, u32, u32);

/// Where every value of a submission that was read from a workbook stands there. Cells that are empty, but where a value belongs, are known too.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    sheets: Vec<String>,
    cells: BTreeMap<Pointer, Place>,
    /// Where an indicator is answered.
    rows: BTreeMap<String, Place>,
    /// Indicators with an answer that was not understood, which has been said already.
    broken: BTreeSet<String>,
    /// Where cells stand in the delimited text that was laid out.
    origin: Option<Arc<Origin>>,
}

impl SourceMap {
    pub(super) fn new(sheets: Vec<String>, origin: Option<Arc<Origin>>) -> Self {
        Self { sheets, origin, ..Self::default() }
    }

    /// Gives a finding its cell, and in a delimited text its line and column.
    pub(super) fn put(&self, diagnostic: &mut Diagnostic, place: Place) {
        // Lines and columns of the document in between mean nothing to the sender.
        (diagnostic.line, diagnostic.column, diagnostic.length) = (None, None, None);
        if let Some(origin) = &self.origin {
            origin.place(diagnostic, origin.of(place));
        }
        diagnostic.cell = Some(Box::new(self.cell(place)));
    }

    pub(super) fn cell(&self, place: Place) -> CellPlace {
        let (sheet, mut row, mut col) = place;
        if let Some(origin) = &self.origin {
            (row, col) = origin.of(place);
        }
        CellPlace { file: None, sheet: self.sheets.get(sheet).cloned().unwrap_or_default(), cell: address(row, col) }
    }

    pub(super) fn insert(&mut self, pointer: Pointer, place: Place) {
        self.cells.entry(pointer).or_insert(place);
    }

    pub(super) fn row(&mut self, indicator: &str, place: Place) {
        self.rows.entry(indicator.to_owned()).or_insert(place);
    }

    pub(super) fn broken(&mut self, indicator: &str) {
        self.broken.insert(indicator.to_owned());
    }

    /// The cell of a place in the submission, or of the nearest place around it.
    ///
    /// ```
    /// # #[cfg(feature = "workbook")] {
    /// # use talent_model::{workbook, reference, Lang, diagnostic::Pointer, Submission, Document};
    /// # let text = include_str!("../../../docs/examples/new-shougang.submission.json");
    /// let submission = Submission::from_json(text.as_bytes())?;
    /// let form = workbook::write(reference::standard(), &submission, workbook::Languages::One(Lang::En))?;
    /// let reading = workbook::read(reference::standard(), &form.bytes);
    /// let place = reading.source.find(&Pointer::root().with("period").with("from")).map(|cell| cell.to_string());
    /// assert_eq!(place.as_deref(), Some("Submission!C5"));
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn find(&self, pointer: &Pointer) -> Option<CellPlace> {
        self.around(pointer).map(|place| self.cell(place))
    }

    fn around(&self, pointer: &Pointer) -> Option<Place> {
        let mut steps: Vec<String> = pointer.steps().collect();
        loop {
            let here = steps.iter().fold(Pointer::root(), |pointer, step| pointer.with(step));
            if let Some(place) = self.cells.get(&here) {
                return Some(*place);
            }
            steps.pop()?;
        }
    }

    /// Gives findings about the submission their cells, and leaves out those that only follow from a cell that was not understood.
    #[must_use]
    pub fn place(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let follows = |d: &Diagnostic| d.code == Code::NotAnswered && d.params.get("indicator").is_some_and(|id| self.broken.contains(id));
        let mut placed: Vec<Diagnostic> = found.into_iter().filter(|d| !follows(d)).collect();
        for diagnostic in placed.iter_mut().filter(|d| d.cell.is_none()) {
            (diagnostic.line, diagnostic.column, diagnostic.length) = (None, None, None);
            if let Some(place) = self.place_of(diagnostic) {
                self.put(diagnostic, place);
            }
        }
        placed
    }

    fn place_of(&self, diagnostic: &Diagnostic) -> Option<Place> {
        let exact = |pointer: &Pointer| self.cells.get(pointer).copied();
        let member = match diagnostic.code {
            Code::ReasonMissing => Some("reason"),
            Code::SampleMissing => Some("sample"),
            Code::StageUnknown => Some("planned_floor_area"),
            _ => diagnostic.params.get("member").map(String::as_str),
        };
        if let Some(cell) = member.and_then(|member| exact(&diagnostic.pointer.with(member))) {
            return Some(cell);
        }
        let row = || diagnostic.params.get("indicator").and_then(|id| self.rows.get(id)).copied();
        match diagnostic.code {
            Code::NotAnswered => row(),
            _ => self.around(&diagnostic.pointer).or_else(row),
        }
    }

    /// Puts findings in the order of the workbook: what concerns all of it first, then sheet by sheet, row by row.
    pub fn sort(&self, found: &mut [Diagnostic]) {
        found.sort_by_key(|diagnostic| {
            let cell = diagnostic.cell.as_ref()?;
            let sheet = self.sheets.iter().position(|name| *name == cell.sheet)?;
            Some((sheet, parse(&cell.cell)))
        });
    }
}
