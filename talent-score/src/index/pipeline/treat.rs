//! Taming outliers.

use talent_model::diagnostic::Code;
use talent_model::index::Treat;

use super::Pipeline;
use crate::index::each::each;
use crate::index::notes::{Notes, Place, short};
use crate::index::state::State;
use crate::index::stats::{kurtosis, skewness};
use crate::index::treat::{Treated, treat};

impl Pipeline<'_> {
    pub(super) fn treat(&self, state: &mut State, at: usize, step: &Treat, notes: &mut Notes) {
        let leaves = self.leaves(state, &step.only);
        let columns = &state.columns;
        let treated = each(&leaves, state.units.len(), |leaf| columns.get(*leaf).map(|column| (column.values.clone(), treat(step, &column.values))));
        for (leaf, treated) in leaves.into_iter().zip(treated) {
            let Some((values, treated)) = treated else { continue };
            match treated {
                Ok(Treated::Untouched) => {}
                Ok(Treated::Changed(values)) => state.replace(at, leaf, values),
                Ok(Treated::Failed(why)) => notes.note(Code::IndexNotTreated, |d| {
                    d.with("code", self.code(leaf))
                        .with("skewness", short(skewness(&values)))
                        .with("kurtosis", short(kurtosis(&values)))
                        .bilingual("why", why)
                }),
                Err(trouble) => {
                    let place = Place { node: "", method: "treat", codes: &[self.code(leaf)] };
                    notes.trouble(trouble, &place, |place| self.unit(state, place).into());
                }
            }
        }
    }
}
