//! What is found in a frame: one finding for every code and column, with how often and where first. Ten million rows make no ten million findings.

use std::collections::BTreeMap;

use talent_model::Diagnostic;
use talent_model::diagnostic::{Code, Pointer, Severity};

/// How many rows a finding names.
const NAMED: usize = 5;

/// A cell of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The column, by its position among the columns that the report is written with.
    pub column: usize,
    /// The row, from 0.
    pub row: u64,
}

#[derive(Clone, Debug)]
struct Group {
    first: Diagnostic,
    count: u64,
    rows: Vec<u64>,
}

/// Findings on cells, gathered.
#[derive(Clone, Debug, Default)]
pub struct Report {
    groups: BTreeMap<(Code, usize), Group>,
    refused: Vec<u64>,
}

impl Report {
    /// Notes a finding on one cell.
    pub fn note(&mut self, place: Place, diagnostic: Diagnostic) {
        if diagnostic.severity == Severity::Error && self.refused.last() != Some(&place.row) {
            self.refused.push(place.row);
        }
        let group = self.groups.entry((diagnostic.code, place.column)).or_insert_with(|| Group { first: diagnostic, count: 0, rows: Vec::new() });
        group.count += 1;
        if group.rows.len() < NAMED {
            group.rows.push(place.row);
        }
    }

    /// Notes the same warning on many cells of one column.
    pub(crate) fn note_all(&mut self, code: Code, places: impl ExactSizeIterator<Item = Place>, make: impl FnOnce() -> Diagnostic) {
        let mut places = places.peekable();
        let Some(first) = places.peek().copied() else { return };
        let group = self.groups.entry((code, first.column)).or_insert_with(|| Group { first: make(), count: 0, rows: Vec::new() });
        group.count += places.len() as u64;
        let free = NAMED.saturating_sub(group.rows.len());
        group.rows.extend(places.take(free).map(|place| place.row));
    }

    /// The rows on which there is an error, since this was last asked, in order and each once.
    pub fn take_refused(&mut self) -> Vec<u64> {
        let mut rows = std::mem::take(&mut self.refused);
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// Adds what was found in later rows.
    pub fn append(&mut self, later: Self) {
        self.refused.extend(later.refused);
        for (key, group) in later.groups {
            match self.groups.entry(key) {
                std::collections::btree_map::Entry::Vacant(entry) => {
                    entry.insert(group);
                }
                std::collections::btree_map::Entry::Occupied(mut entry) => {
                    let own = entry.get_mut();
                    own.count += group.count;
                    own.rows.extend(group.rows);
                    own.rows.sort_unstable();
                    own.rows.truncate(NAMED);
                }
            }
        }
    }

    /// Whether there is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.groups.values().any(|group| group.first.severity == Severity::Error)
    }

    /// The findings: errors first, then by code and column. `columns` are the names of the columns.
    #[must_use]
    pub fn findings(&self, columns: &[String]) -> Vec<Diagnostic> {
        let finding = |((_, column), group): (&(Code, usize), &Group)| {
            let name = columns.get(*column).map_or("", String::as_str);
            let named: Vec<String> = group.rows.iter().map(u64::to_string).collect();
            let mut found = group.first.clone();
            found.pointer = Pointer::root().with("rows").with(named.first().map_or("0", String::as_str)).with(name);
            found.with("column", name).with("rows", named.join(", ")).with("row_count", group.count.to_string())
        };
        let mut findings: Vec<Diagnostic> = self.groups.iter().map(finding).collect();
        findings.sort_by_key(|found| match found.severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Note => 2,
        });
        findings
    }
}
