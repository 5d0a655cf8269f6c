//! Filling gaps.

use std::collections::BTreeMap;

use talent_model::diagnostic::Code;
use talent_model::index::{Imputation, Impute};

use super::Pipeline;
use crate::index::impute;
use crate::index::notes::Notes;
use crate::index::state::State;

impl Pipeline<'_> {
    pub(super) fn impute(&self, state: &mut State, at: usize, step: &Impute, notes: &mut Notes) {
        let group = match &step.how {
            Imputation::Mean(grouped) | Imputation::Median(grouped) => grouped.group.as_ref(),
            _ => None,
        };
        let groups = match group.and_then(|name| self.table.groups.iter().find(|(group, _)| group == name.as_str())) {
            Some((_, of)) => numbered(state.units.iter().filter_map(|unit| of.get(*unit))),
            None => vec![0; state.units.len()],
        };
        let alive = state.alive();
        let cells = state.cells(&alive).to_matrix();
        let targets = self.leaves(state, &step.only);
        let only: Vec<usize> = alive.iter().enumerate().filter(|(_, leaf)| targets.contains(leaf)).map(|(place, _)| place).collect();
        for (place, filled) in impute::fill(&step.how, &cells, &groups, &only) {
            let Some(leaf) = alive.get(place).copied() else { continue };
            if let Some(why) = filled.why {
                let left = filled.values.iter().filter(|x| x.is_nan()).count();
                notes.note(Code::IndexNotFilled, |d| {
                    d.with("method", impute::kind(&step.how)).with("code", self.code(leaf)).with("count", left.to_string()).bilingual("why", why)
                });
            }
            state.replace(at, leaf, filled.values);
        }
    }
}

/// Groups by name as numbers, in the order in which they first appear.
fn numbered<'g>(names: impl Iterator<Item = &'g String>) -> Vec<usize> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    names
        .map(|name| {
            let next = seen.len();
            *seen.entry(name).or_insert(next)
        })
        .collect()
}
