//! Units with the same bits in every indicator.

use std::collections::BTreeMap;

use talent_model::Diagnostic;
use talent_model::diagnostic::{Code, Pointer};

use super::table::{Table, Tree};
use super::twice::{mix, perhaps_twice};

fn bits(x: f64) -> u64 {
    // Zero has one sign here.
    (x + 0.0).to_bits()
}

/// Notes every unit that repeats an earlier one. Few columns tell most units apart: the next ones are looked at only for units that are still alike.
pub(crate) fn duplicates(table: &Table, tree: &Tree, found: &mut Vec<Diagnostic>) {
    let columns: Vec<&[f64]> = tree.leaves.iter().filter_map(|leaf| table.columns.get(leaf.column)).map(|(_, values)| &**values).collect();
    let value = |column: &[f64], unit: u32| column.get(unit as usize).copied().map_or(u64::MAX, bits);
    // Units with a mark of what was seen of them so far.
    let mut alike: Vec<(u64, u32)> = (0..u32::try_from(table.units.len()).unwrap_or(u32::MAX)).map(|unit| (0, unit)).collect();
    for some in columns.chunks(2) {
        for (mark, unit) in &mut alike {
            *mark = some.iter().fold(*mark, |mark, column| mix(mark, value(column, *unit)));
        }
        alike = perhaps_twice(alike.iter().map(|(mark, _)| *mark)).into_iter().filter_map(|at| alike.get(at).copied()).collect();
        if alike.is_empty() {
            return;
        }
    }
    // Equal marks are not yet equal values.
    let same = |a: u32, b: u32| columns.iter().all(|column| value(column, a) == value(column, b));
    let mut groups: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
    let mut repeats: Vec<(u32, u32)> = Vec::new();
    for (mark, unit) in alike {
        let firsts = groups.entry(mark).or_default();
        match firsts.iter().find(|first| same(**first, unit)) {
            Some(first) => repeats.push((unit, *first)),
            None => firsts.push(unit),
        }
    }
    let name = |unit: u32| table.units.get(unit as usize).map_or("", |name| name.as_str());
    found.extend(repeats.into_iter().map(|(unit, first)| {
        let at = Pointer::root().with("units").at(unit as usize);
        Diagnostic::new(Code::IndexDuplicateUnits, at).with("found", name(unit)).with("other", name(first))
    }));
}
