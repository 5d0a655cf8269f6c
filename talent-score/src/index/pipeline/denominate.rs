//! Dividing indicators by their denominators.

use talent_model::Bilingual;
use talent_model::diagnostic::Code;

use super::Pipeline;
use crate::index::notes::Notes;
use crate::index::state::State;

impl Pipeline<'_> {
    pub(super) fn denominate(&self, state: &mut State, at: usize, multiple: f64, notes: &mut Notes) {
        for leaf in state.alive() {
            let Some((name, by)) = self.tree.leaves.get(leaf).and_then(|leaf| leaf.denominator).and_then(|by| self.table.columns.get(by)) else {
                continue;
            };
            let Some(column) = state.columns.get_mut(leaf) else { continue };
            let mut quotient = |(x, unit): (&f64, &usize)| {
                let divisor = by.get(*unit).copied().unwrap_or(f64::NAN);
                if x.is_nan() || divisor > 0.0 {
                    return *x / divisor * multiple;
                }
                let found = if divisor.is_nan() {
                    Bilingual { en: "missing", zh: "缺失" }
                } else {
                    Bilingual { en: "not above 0", zh: "不大于 0 的数" }
                };
                let unit = self.table.units.get(*unit).map_or("", |name| name.as_str());
                notes.note(Code::IndexDenominator, |d| {
                    d.with("code", self.code(leaf)).with("unit", unit).with("denominator", name).bilingual("found", found)
                });
                f64::NAN
            };
            column.values = column.values.iter().zip(&state.units).map(&mut quotient).collect();
        }
        self.drop_blank(state, Some(at), notes);
    }
}
