//! The same indicators, grouped another way.

use talent_model::assessment::{LensResult, TagResult};
use talent_model::quantity::{Count, Number};

use crate::evaluator::Evaluator;
use crate::number;
use crate::sheet::Sheet;

impl Evaluator {
    /// The groups of every lens. `contributions` are not numbers where they are not defined.
    pub(crate) fn lenses(&self, sheet: &Sheet, shares: &[f64], contributions: &[f64]) -> Vec<LensResult> {
        let of_lens = |lens: &talent_model::standard::Lens| {
            let tags = lens.tags.iter().map(|tag| {
                let members: Vec<usize> = self
                    .leaves
                    .iter()
                    .enumerate()
                    .filter(|(_, leaf)| leaf.indicator.tags.get(lens.id.as_str()).is_some_and(|tags| tags.contains(&tag.id)))
                    .filter(|(at, _)| sheet.leaves.get(*at).is_some_and(|state| !state.coverage.is_nan()))
                    .map(|(at, _)| at)
                    .collect();
                let (mut weights, mut sum, mut known, mut contribution) = (0.0, 0.0, 0, 0.0);
                for at in &members {
                    let (Some(state), Some(share)) = (sheet.leaves.get(*at), shares.get(*at)) else { continue };
                    known += usize::from(state.coverage >= 1.0);
                    if !state.score.is_nan() {
                        weights += share;
                        sum += share * state.score;
                        contribution += contributions.get(*at).copied().unwrap_or(f64::NAN);
                    }
                }
                TagResult {
                    id: tag.id.clone(),
                    name: tag.name.clone(),
                    score: (weights > 0.0).then(|| number(sum / weights)),
                    known: Count::of(known),
                    applicable: Count::of(members.len()),
                    contribution: Number::new(contribution),
                }
            });
            LensResult { id: lens.id.clone(), name: lens.name.clone(), tags: tags.collect() }
        };
        self.standard.lenses.iter().map(of_lens).collect()
    }
}
