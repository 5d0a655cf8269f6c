//! Weights: one method per file, each a function from numbers to weights that add up to 1.

mod ahp;
mod best_worst;
mod budget;
mod critic;
mod deviation;
mod entropy;
mod equal_influence;
mod pca;

use talent_model::index::Weighting;

use super::matrix::Matrix;
use super::stats::count;
use super::trouble::Trouble;

/// Weights, and what was measured on the way.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Weights {
    pub(crate) weights: Vec<f64>,
    pub(crate) measures: Vec<(&'static str, f64)>,
}

impl Weights {
    /// Brings importances that are not negative to a sum of 1.
    pub(crate) fn of(importances: &[f64]) -> Result<Self, Trouble> {
        let sum: f64 = importances.iter().sum();
        if sum.is_finite() && sum > 0.0 {
            return Ok(Self { weights: importances.iter().map(|w| w / sum).collect(), measures: Vec::new() });
        }
        let why = talent_model::Bilingual { en: "no member tells the units apart", zh: "没有任何成员能区分各单元" };
        Err(Trouble::NoSolution { unit: None, why })
    }

    fn with(mut self, name: &'static str, value: f64) -> Self {
        self.measures.push((name, value));
        self
    }
}

/// The word of a method.
pub(crate) fn kind(how: &Weighting) -> &'static str {
    match how {
        Weighting::Given(_) => "given",
        Weighting::Equal(_) => "equal",
        Weighting::Budget(_) => "budget",
        Weighting::Ahp(_) => "ahp",
        Weighting::BestWorst(_) => "best_worst",
        Weighting::Entropy(_) => "entropy",
        Weighting::Critic(_) => "critic",
        Weighting::Deviation(_) => "deviation",
        Weighting::Pca(_) => "pca",
        Weighting::EqualInfluence(_) => "equal_influence",
    }
}

/// Whether the weights come from the values of the units.
pub(crate) fn from_data(how: &Weighting) -> bool {
    matches!(how, Weighting::Entropy(_) | Weighting::Critic(_) | Weighting::Deviation(_) | Weighting::Pca(_) | Weighting::EqualInfluence(_))
}

/// Whether the weights come from judgements on the members by name.
pub(crate) fn from_judges(how: &Weighting) -> bool {
    matches!(how, Weighting::Budget(_) | Weighting::Ahp(_) | Weighting::BestWorst(_))
}

/// The weights of the members of one group.
///
/// `cells` holds the members' values, more being better, for the units that have all of them; `given` the weights of the table of indicators.
pub(crate) fn weights(how: &Weighting, codes: &[&str], given: &[f64], cells: &Matrix) -> Result<Weights, Trouble> {
    match how {
        Weighting::Given(_) => Weights::of(given),
        Weighting::Equal(_) => Weights::of(&vec![1.0 / count(codes.len()); codes.len()]),
        // A single member has all the weight, whatever measures it.
        _ if codes.len() == 1 => Weights::of(&[1.0]),
        Weighting::Budget(budget) => budget::weights(budget, codes),
        Weighting::Ahp(ahp) => ahp::weights(ahp, codes),
        Weighting::BestWorst(judgements) => best_worst::weights(judgements, codes),
        Weighting::Entropy(_) => entropy::weights(cells),
        Weighting::Critic(critic) => critic::weights(critic, cells),
        Weighting::Deviation(_) => deviation::weights(cells),
        Weighting::Pca(_) => pca::weights(cells),
        Weighting::EqualInfluence(_) => equal_influence::weights(cells),
    }
}

/// Statistics across units need at least so many of them.
fn at_least(expected: usize, cells: &Matrix) -> Result<(), Trouble> {
    if cells.rows() < expected {
        return Err(Trouble::TooFew { expected, found: cells.rows() });
    }
    Ok(())
}
