//! Which sheet is which table, and which column is which: by the keys in the hidden row first, by titles second.

use std::collections::HashMap;

use super::book::{Content, Sheet};
use super::layout::{Column, Table};
use super::words::fold;

/// How many rows from the top may hold the keys or titles.
const DEPTH: usize = 60;

/// A table that was found on a sheet.
pub(super) struct Header {
    pub(super) table: Table,
    /// The row of keys, if it is still there.
    pub(super) keys: Option<u32>,
    /// The row of titles, if it is still there.
    pub(super) titles: Option<u32>,
    /// Columns of the sheet and the numbers of what they are.
    pub(super) columns: Vec<(u32, usize)>,
    /// Columns that are there twice: what, where first, where again.
    pub(super) repeated: Vec<(usize, u32, u32)>,
}

/// A row, the table that it heads, and which of its columns are which.
type Match = (u32, Table, Vec<(u32, usize)>);

/// A table with its columns, and the columns by their titles.
pub(super) struct Known {
    pub(super) table: Table,
    pub(super) columns: Vec<Column>,
    titles: HashMap<String, usize>,
}

impl Known {
    pub(super) fn new(table: Table, columns: Vec<Column>) -> Self {
        let mut titles = HashMap::new();
        for (number, column) in columns.iter().enumerate() {
            let (en, zh) = (fold(&column.title.en), fold(&column.title.zh));
            for title in [format!("{zh}{en}"), format!("{en}{zh}"), en, zh] {
                titles.entry(title).or_insert(number);
            }
        }
        Self { table, columns, titles }
    }
}

/// The table of a sheet, if it is one of the known.
pub(super) fn find(sheet: &Sheet, known: &[Known]) -> Option<Header> {
    let rows: Vec<u32> = sheet.rows().into_iter().take(DEPTH).collect();
    let by_key = rows.iter().find_map(|row| by_keys(sheet, *row, known).map(|(table, columns)| (*row, table, columns)));
    if let Some((keys, table, mut matched)) = by_key {
        let titles = best_titles(sheet, &rows, known.iter().filter(|other| other.table == table)).map(|(row, ..)| row);
        // A column whose key was lost may still have its title.
        if let (Some(row), Some(known)) = (titles, known.iter().find(|other| other.table == table)) {
            for (col, what) in by_title(sheet, row, known) {
                if !matched.iter().any(|(there, is)| *there == col || *is == what) {
                    matched.push((col, what));
                }
            }
        }
        return Some(header(table, Some(keys), titles, matched));
    }
    let (row, table, matched) = best_titles(sheet, &rows, known.iter())?;
    Some(header(table, None, Some(row), matched))
}

fn header(table: Table, keys: Option<u32>, titles: Option<u32>, mut matched: Vec<(u32, usize)>) -> Header {
    matched.sort_unstable();
    let (mut columns, mut repeated): (Vec<(u32, usize)>, _) = (Vec::new(), Vec::new());
    for (col, what) in matched {
        match columns.iter().find(|(_, is)| *is == what) {
            Some((first, _)) => repeated.push((what, *first, col)),
            None => columns.push((col, what)),
        }
    }
    Header { table, keys, titles, columns, repeated }
}

fn texts(sheet: &Sheet, row: u32) -> impl Iterator<Item = (u32, &str)> {
    sheet.row(row).filter_map(|(col, cell)| match &cell.content {
        Content::Text(text) => Some((col, &**text)),
        _ => None,
    })
}

fn by_keys(sheet: &Sheet, row: u32, known: &[Known]) -> Option<(Table, Vec<(u32, usize)>)> {
    for Known { table, columns, .. } in known {
        let of = |text: &str| {
            let key = text.trim().strip_prefix(table.key())?.strip_prefix('.')?.to_owned();
            columns.iter().position(|column| column.key == key)
        };
        let matched: Vec<(u32, usize)> = texts(sheet, row).filter_map(|(col, text)| Some((col, of(text)?))).collect();
        if matched.len() >= 2 || (columns.len() == 1 && matched.len() == 1) {
            return Some((*table, matched));
        }
    }
    None
}

fn by_title(sheet: &Sheet, row: u32, known: &Known) -> Vec<(u32, usize)> {
    // No title is as long as what stands below it.
    const LONGEST: usize = 300;
    let of = |text: &str| known.titles.get(&fold(text)).copied();
    texts(sheet, row).filter(|(_, text)| text.len() <= LONGEST).filter_map(|(col, text)| Some((col, of(text)?))).collect()
}

/// The row that matches most titles, and of which table; at least three must match, or all but one of a small table.
fn best_titles<'k>(sheet: &Sheet, rows: &[u32], known: impl Iterator<Item = &'k Known> + Clone) -> Option<Match> {
    let mut best: Option<(Match, bool)> = None;
    for row in rows {
        for known in known.clone() {
            let Known { table, columns, .. } = known;
            let matched = by_title(sheet, *row, known);
            let mut different: Vec<usize> = matched.iter().map(|(_, what)| *what).collect();
            different.sort_unstable();
            different.dedup();
            let enough = different.len() >= 3.min(columns.len().saturating_sub(1)).max(1);
            let name = table.name();
            let named = [name.en, name.zh].iter().any(|name| fold(name) == fold(&sheet.name));
            let better = best.as_ref().is_none_or(|((.., best), was_named)| (matched.len(), named) > (best.len(), *was_named));
            if enough && better {
                best = Some(((*row, *table, matched), named));
            }
        }
    }
    best.map(|(matched, _)| matched)
}
