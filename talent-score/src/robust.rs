//! How sure scores, ranks and grades are. What is uncertain is varied by typed factors, and every draw goes through the very pipeline that made the nominal result.
//!
//! A [`Study`] names the factors. [`RobustSubmissions`] studies submissions to a standard, `RobustIndex` (with the feature `index`) an index from two tables. Both give an [`Analysis`]: distributions of scores, ranks and grades, who wins, what is tied, which factor matters, and every draw
//! for whoever wants to look at it. The conventions are in `docs/design/robustness.md`.

mod analysis;
mod check;
mod distribution;
mod document;
mod effects;
#[cfg(feature = "index")]
mod index;
mod order;
mod prepared;
mod quantile;
mod run;
mod standard;
mod submissions;
mod summary;
#[cfg(feature = "index")]
mod tables;
mod uniform;
mod weights;

pub use analysis::{Analysis, OutputEffects};
pub use effects::{Estimate, FactorEffect};
#[cfg(feature = "index")]
pub use index::RobustIndex;
pub use run::Progress;
pub use standard::RobustSubmissions;
pub use summary::{Distribution, UnitDistribution};

#[cfg(feature = "index")]
pub(crate) use weights::draw as draw_weights;

use std::fmt;

use talent_model::Diagnostic;
use talent_model::quantity::Share;
use talent_model::robustness::{
    Factor, MeasurementError, RelativeSpread, Study, UnknownVariation, ValueVariation, Variation, WeightSpread, WeightVariation,
};
use talent_model::standard::Plain;

/// Why there is no analysis.
#[derive(Clone, Debug, PartialEq)]
pub enum RobustError {
    /// The study cannot be done; everything that is wrong with it.
    Study(Vec<Diagnostic>),
    /// Submissions that cannot be scored: the place of each, and what is wrong with it.
    Submissions(Vec<(usize, Vec<Diagnostic>)>),
    /// It was stopped.
    Stopped,
}

impl fmt::Display for RobustError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Study(found) => super::list(found, f),
            Self::Submissions(all) => {
                for (at, (place, found)) in all.iter().enumerate() {
                    if at > 0 {
                        f.write_str("\n")?;
                    }
                    writeln!(f, "submission {}:", place + 1)?;
                    super::list(found, f)?;
                }
                Ok(())
            }
            Self::Stopped => f.write_str("stopped"),
        }
    }
}

impl std::error::Error for RobustError {}

/// The study that is made when none is given: weights up to a quarter more or less, errors of measurement as the submissions state them, and what is unknown anywhere between its worst and
/// its best. Thresholds and the method stay; the result says so.
#[must_use]
pub fn usual_study() -> Study {
    let factor = |id: &str, vary: Variation| {
        #[expect(clippy::expect_used, reason = "constants that are identifiers, and a test says so")]
        let id = talent_model::id::FactorId::new(id).expect("an identifier");
        Factor { id, vary }
    };
    let weights = WeightVariation { nodes: Vec::new().into(), spread: WeightSpread::Relative(RelativeSpread { by: quarter() }) };
    let values = ValueVariation { indicators: Vec::new().into(), error: MeasurementError::Stated(Plain {}) };
    Study {
        factors: vec![
            factor("weights", Variation::Weights(weights)),
            factor("measurement", Variation::Values(values)),
            factor("unknown", Variation::Unknown(UnknownVariation { indicators: Vec::new().into() })),
        ]
        .into(),
        draws: None,
        seed: None,
        sampling: None,
        interval: None,
        period: None,
        sensitivity: None,
        only: None,
    }
}

/// The study of an index that is made when none is given: all weights up to a quarter more or less.
#[cfg(feature = "index")]
#[must_use]
pub fn usual_index_study() -> Study {
    let mut study = usual_study();
    study.factors = study.factors.iter().filter(|factor| matches!(factor.vary, Variation::Weights(_))).cloned().collect();
    study
}

#[expect(clippy::expect_used, reason = "a constant share")]
fn quarter() -> Share {
    Share::new(0.25).expect("a share")
}

/// Something for every one of many, on all cores, in their order.
pub(crate) fn each<T: Send>(n: usize, of: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        (0..n).into_par_iter().map(of).collect()
    }
    #[cfg(not(feature = "parallel"))]
    (0..n).map(of).collect()
}

#[expect(clippy::cast_precision_loss, reason = "what fits into memory is far below the exact range")]
pub(crate) fn count(things: usize) -> f64 {
    things as f64
}
