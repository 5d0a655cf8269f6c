//! Joining the members of a group to one score for every unit: one method per file.

mod copeland;
mod copras;
mod doubt;
mod electre;
#[cfg(test)]
pub(crate) mod examples;
mod mean;
mod mpi;
mod owa;
mod promethee;
mod topsis;
mod vikor;
mod weighted;

pub(crate) use copeland::outranking;

use talent_model::index::Combination;

use super::matrix::{Matrix, View};
use super::trouble::Trouble;

/// The members of a group, for the units that are compared.
pub(crate) struct Members<'m> {
    pub(crate) codes: &'m [&'m str],
    /// Values, units down and members across; not a number where missing, which only methods that [can leave out](leaves_out) see.
    pub(crate) cells: &'m View<'m>,
    /// Weights that add up to 1.
    pub(crate) weights: &'m [f64],
    /// 1 where more is better, −1 where less is.
    pub(crate) signs: &'m [f64],
}

impl Members<'_> {
    /// The values of a member turned so that more is better.
    pub(crate) fn turned(&self) -> Matrix {
        let mut cells = self.cells.to_matrix();
        for (j, sign) in self.signs.iter().enumerate().filter(|(_, sign)| **sign < 0.0) {
            for i in 0..cells.rows() {
                cells[(i, j)] *= sign;
            }
        }
        cells
    }

    fn names<'n>(&self, mut names: impl Iterator<Item = &'n String>) -> Result<(), Trouble> {
        match names.find(|name| !self.codes.contains(&name.as_str())) {
            Some(name) => Err(Trouble::UnknownMember { name: name.clone() }),
            None => Ok(()),
        }
    }
}

/// Scores, more being better, and what was measured on the way.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Scores {
    pub(crate) scores: Vec<f64>,
    pub(crate) measures: Vec<(&'static str, f64)>,
}

impl From<Vec<f64>> for Scores {
    fn from(scores: Vec<f64>) -> Self {
        Self { scores, measures: Vec::new() }
    }
}

/// Whether the method can score a unit by the members that it has; the others compare whole rows.
pub(crate) fn leaves_out(how: &Combination) -> bool {
    matches!(
        how,
        Combination::Arithmetic(_)
            | Combination::Geometric(_)
            | Combination::Harmonic(_)
            | Combination::Minimum(_)
            | Combination::Power(_)
            | Combination::Mpi(_)
            | Combination::Ampi(_)
            | Combination::Copeland(_)
    )
}

/// Whether the method knows members of which less is better.
pub(crate) fn knows_directions(how: &Combination) -> bool {
    matches!(
        how,
        Combination::Copeland(_)
            | Combination::WeightedSum(_)
            | Combination::WeightedProduct(_)
            | Combination::Topsis(_)
            | Combination::Vikor(_)
            | Combination::Promethee(_)
            | Combination::Copras(_)
            | Combination::Electre(_)
    )
}

/// Joins members.
pub(crate) fn combine(how: &Combination, members: &Members<'_>) -> Result<Scores, Trouble> {
    match how {
        Combination::Arithmetic(_) => mean::scores(1.0, members),
        Combination::Geometric(_) => mean::scores(0.0, members),
        Combination::Harmonic(_) => mean::scores(-1.0, members),
        Combination::Minimum(_) => mean::scores(f64::NEG_INFINITY, members),
        Combination::Power(power) => mean::scores(power.p.get(), members),
        Combination::Owa(owa) => owa::scores(owa, members),
        Combination::Mpi(mpi) | Combination::Ampi(mpi) => mpi::scores(mpi, members),
        Combination::Copeland(_) => copeland::scores(members),
        Combination::BenefitOfTheDoubt(doubt) => doubt::scores(doubt, members),
        Combination::WeightedSum(_) => weighted::sum(members),
        Combination::WeightedProduct(_) => weighted::product(members),
        Combination::Topsis(topsis) => topsis::scores(topsis, members),
        Combination::Vikor(vikor) => vikor::scores(vikor, members),
        Combination::Promethee(promethee) => promethee::scores(promethee, members),
        Combination::Copras(_) => copras::scores(members),
        Combination::Electre(electre) => electre::scores(electre, members),
    }
}
