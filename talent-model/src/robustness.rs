//! Robustness: how sure scores, ranks and grades are, and which assumption matters. A [`Study`] says what is varied; the document is written by the engine
//! only.

mod result;
mod study;

pub use result::{
    Acceptance, Agreement, Convergence, Effect, Factors, GradeShare, Influence, Span, Stability, Subject, TiedGroup, UnitRobustness, Unmodelled, Wins,
};
pub use study::{
    AbsoluteSpread, AggregationVariation, Dirichlet, Factor, Inclusion, MeasurementError, MissingVariation, Outputs, RelativeSpread, Sampling,
    Sensitivity, SetVariation, StepVariation, Study, ThresholdVariation, UnknownVariation, ValueVariation, Variation, WeightSpread, WeightVariation,
};

use crate::collection::List;
use crate::diagnostic::Diagnostic;
use crate::document::{ModelVersion, RobustnessKind};
use crate::id::Line;
use crate::macros::record;
use crate::text::Text;

record! {
    /// How sure scores, ranks and grades are when what is uncertain is varied through the very pipeline that made them.
    pub struct Robustness {
        /// The kind of document.
        kind: RobustnessKind,
        /// The version of the data model in which the document is written.
        model: ModelVersion,
        /// Where the document's schema is published.
        schema? = "$schema": Line,
        /// What was studied.
        subject: Subject,
        /// What every reader must be told.
        notices*: List<Text>,
        /// What was varied, with every default filled in.
        study: Study,
        /// What the factors are, in the order of the study.
        factors: List<Factors>,
        /// The units, in the order in which they were given.
        units: List<UnitRobustness>,
        /// The units by nominal rank, those that cannot be told apart together. Empty where the study asked for scores alone.
        groups: List<TiedGroup>,
        /// For every unit the share of draws in which it is better than each other unit, ties counting a half. Left out for many units.
        wins*: List<Wins>,
        /// How far ranks move: the mean over the units of the absolute difference to the nominal rank, over all draws. Absent: the study asked for scores alone.
        shift?: Span,
        /// Which factor matters. Absent: no sensitivity analysis was asked for.
        effects*: List<Effect>,
        /// Whether more draws would change the result.
        convergence: Convergence,
        /// What could have been uncertain and was held fast.
        unmodelled: List<Unmodelled>,
        /// What was found.
        diagnostics: List<Diagnostic>,
    }
}
