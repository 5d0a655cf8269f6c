//! Leaving out units and indicators of which too little is known.

use talent_model::diagnostic::Code;
use talent_model::index::Screen;
use talent_model::quantity::Share;

use super::Pipeline;
use crate::index::notes::Notes;
use crate::index::state::State;
use crate::index::stats::count;

impl Pipeline<'_> {
    pub(super) fn drop_blank(&self, state: &mut State, at: Option<usize>, notes: &mut Notes) {
        for leaf in state.alive() {
            if state.columns.get(leaf).is_some_and(|column| column.values.known() == 0) {
                notes.note(Code::IndexColumnBlank, |d| d.with("code", self.code(leaf)));
                state.drop(at, leaf);
            }
        }
    }

    pub(super) fn screen(&self, state: &mut State, at: usize, screen: &Screen, notes: &mut Notes) {
        let alive = state.alive();
        if let Some(least) = screen.units.map(Share::get) {
            let share = |place: usize| {
                let have = alive.iter().filter_map(|leaf| state.columns.get(*leaf)?.values.get(place)).filter(|x| !x.is_nan()).count();
                count(have) / count(alive.len())
            };
            let (mut kept, mut out) = (Vec::new(), Vec::new());
            for place in 0..state.units.len() {
                let found = share(place);
                // A share that equals the threshold but for rounding is enough.
                if found >= least - 1e-12 {
                    kept.push(place);
                } else {
                    notes.note(Code::IndexUnitScreened, |d| {
                        d.with("unit", self.unit(state, place)).with("found", percent(found)).with("expected", percent(least))
                    });
                    out.extend(state.units.get(place).map(|unit| (at, *unit)));
                }
            }
            state.keep(&kept);
            state.units_out.extend(out);
        }
        if let Some(least) = screen.indicators.map(Share::get) {
            for leaf in alive {
                let Some(column) = state.columns.get(leaf) else { continue };
                let found = count(column.values.known()) / count(column.values.len());
                if found < least - 1e-12 {
                    notes.note(Code::IndexColumnScreened, |d| {
                        d.with("code", self.code(leaf)).with("found", percent(found)).with("expected", percent(least))
                    });
                    state.drop(Some(at), leaf);
                }
            }
        }
        self.drop_blank(state, Some(at), notes);
    }
}

/// A share for people.
fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}
