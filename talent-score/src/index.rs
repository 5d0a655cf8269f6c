//! Building an index from two tables: one pipeline from raw values to ranks, whose every step is data.
//!
//! [`Table`] holds the table of indicators and the table of values, [`IndexMethod`](talent_model::index::IndexMethod) the steps. [`Pipeline`] checks both, telling everything that is wrong at
//! once, and runs; [`Outcome`] holds scores and ranks of every unit at every group, the weights as they were applied, every value that was filled in or tamed, and what
//! was found on the way. The conventions chosen where other tools differ are in `docs/design/index.md`.

mod audit;
mod check;
mod combine;
mod duplicates;
pub(crate) mod each;
mod explore;
mod impute;
mod linear;
pub(crate) mod matrix;
mod normalise;
pub(crate) mod notes;
mod numbers;
mod outcome;
mod pipeline;
mod programme;
mod resolve;
pub(crate) mod state;
mod stats;
pub(crate) mod table;
mod treat;
mod trouble;
mod twice;
#[cfg(feature = "robust")]
pub(crate) mod vary;
mod weigh;

pub use crate::rank::ranks;
pub use audit::{Audit, Component, IndicatorStatistics, NodeStatistics};
pub use explore::{Dominance, LeftOneOut, Reversal};
pub use numbers::{Doubles, Numbers};
pub use outcome::{Change, NodeOutcome, Outcome};
pub use pipeline::{CheckedTable, Pipeline};
pub use table::{Name, Table};

#[cfg(feature = "robust")]
pub(crate) use resolve::resolved;

use std::fmt;

use talent_model::Diagnostic;

/// Tables or a method that cannot be used, or that come to nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexError {
    /// Everything that was found; at least one is an error.
    pub diagnostics: Vec<Diagnostic>,
}

impl fmt::Display for IndexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::list(&self.diagnostics, f)
    }
}

impl std::error::Error for IndexError {}
