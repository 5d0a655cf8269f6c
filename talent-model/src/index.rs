//! Index building as data: the table of indicators, the method as a sequence of typed steps, and what comes out of it.
//!
//! This is the two-table road of composite indicators: one table says what the indicators are (code, parent, weight, direction …), the other holds a
//! value for every unit and indicator. Nothing here computes; the numbers are made by `talent_score::index`.

mod aggregation;
mod normalisation;
mod preparation;
mod result;
mod weighting;

pub use aggregation::{
    Aggregate, BenefitOfTheDoubt, Combination, Deviation, Electre, ElectreThresholds, Mpi, Owa, Penalty, Preference, PreferenceShape, Promethee,
    RankStep, Ties, Topsis, TopsisScale, Vikor,
};
pub use normalisation::{Anchor, Around, Categorical, CategoryScore, Normalisation, Normalise, Range, ReferenceColumn, Standardise};
pub use preparation::{BoxCox, Denominate, Em, Grouped, Imputation, Impute, Knn, Quantiles, Screen, Treat, Treatment, Winsorise};
pub use result::{ChangedValue, IndexNode, IndexResult, IndexScore, IndexWeight, LeftOut, Measured};
pub use weighting::{Ahp, AhpMethod, Allocation, BestWorst, Budget, Correlation, Critic, Judge, Judgement, PairedIndex, Weigh, Weighting};

use crate::collection::List;
use crate::document::ReadError;
use crate::id::{Digest, Line};
use crate::macros::{record, tagged, words};
use crate::quantity::{Count, Number, Weight};

record! {
    /// One row of the table of indicators: an indicator, or a group of indicators.
    pub struct IndexRow {
        /// The code, which is also the name of the column of values.
        code: Line,
        /// The name for people. Absent: the code.
        name?: Line,
        /// The code of the group that this belongs to. Absent: the top.
        parent?: Line,
        /// The level, 1 for indicators and higher for groups. Absent: it follows from the parents; stated, it is checked against them.
        level?: Count,
        /// The weight among its siblings. Absent: 1.
        weight?: Weight,
        /// Whether more is better. On a group it turns everything below it. Absent: higher.
        direction?: Direction,
        /// The unit of the values.
        unit?: Line,
        /// The fixed ends of the scale, for normalisation by goalposts.
        goalposts?: Goalposts,
        /// The column by which the values are divided in a step `denominate`.
        denominator?: Line,
    }
}

words! {
    /// Whether more is better.
    pub enum Direction {
        /// More is better.
        Higher = "higher",
        /// Less is better.
        Lower = "lower",
    }
}

record! {
    /// The fixed ends of an indicator's scale.
    pub struct Goalposts {
        /// The lower end.
        low: Number,
        /// The upper end.
        high: Number,
        /// Whether the scale is logarithmic. Absent: it is not.
        log?: bool,
    }
}

record! {
    /// A method: the steps from raw values to ranks, in the order in which they are applied.
    pub struct IndexMethod {
        /// The steps.
        steps: List<MethodStep>,
    }
}

tagged! {
    /// One step of a method.
    pub enum MethodStep {
        /// Leaves out units and indicators with too few values.
        Screen(Screen) = "screen",
        /// Divides indicators by their denominators.
        Denominate(Denominate) = "denominate",
        /// Fills in missing values.
        Impute(Impute) = "impute",
        /// Tames outliers.
        Treat(Treat) = "treat",
        /// Brings the indicators to one scale, on which more is better.
        Normalise(Normalise) = "normalise",
        /// Sets the weights.
        Weigh(Weigh) = "weigh",
        /// Joins the indicators to their groups, up to the top.
        Aggregate(Aggregate) = "aggregate",
        /// Ranks the units.
        Rank(RankStep) = "rank",
    }
}

impl MethodStep {
    /// The step's word, such as `normalise`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Screen(_) => "screen",
            Self::Denominate(_) => "denominate",
            Self::Impute(_) => "impute",
            Self::Treat(_) => "treat",
            Self::Normalise(_) => "normalise",
            Self::Weigh(_) => "weigh",
            Self::Aggregate(_) => "aggregate",
            Self::Rank(_) => "rank",
        }
    }
}

record! {
    /// The table of indicators.
    pub struct IndexRows {
        /// The rows; a group's row may stand before or after those of its members.
        indicators: List<IndexRow>,
    }
}

macro_rules! from_json {
    ($($name:ident)*) => {$(
        impl $name {
            /// Reads it from JSON, noting everything that is wrong with the text at once.
            ///
            /// # Errors
            /// [`ReadError`] with the findings, each with its place.
            pub fn from_json(bytes: &[u8]) -> Result<Self, ReadError> {
                crate::document::part(bytes)
            }
        }
    )*};
}
from_json!(IndexMethod IndexRows IndexResult);

/// The digest of the two tables: equal tables have equal digests, whatever program holds them.
///
/// It is the SHA-256 of the canonical JSON of both (names are written as texts), in which a missing value is the text `missing`; periods are part of it where there are any.
#[must_use]
pub fn digest<N: serde::Serialize>(
    rows: &[IndexRow],
    units: &[N],
    times: &[N],
    columns: &[(String, impl AsRef<[f64]>)],
    groups: &[(String, Vec<String>)],
) -> Digest {
    #[derive(serde::Serialize)]
    struct Tables<'t, N> {
        indicators: &'t [IndexRow],
        units: &'t [N],
        #[serde(skip_serializing_if = "<[N]>::is_empty")]
        times: &'t [N],
        columns: Vec<(&'t str, Vec<Cell>)>,
        groups: &'t [(String, Vec<String>)],
    }
    #[derive(serde::Serialize)]
    #[serde(untagged)]
    enum Cell {
        Known(Number),
        Missing(&'static str),
    }
    let cell = |x: &f64| Number::new(*x).map_or(Cell::Missing("missing"), Cell::Known);
    let columns = columns.iter().map(|(name, values)| (name.as_str(), values.as_ref().iter().map(cell).collect())).collect();
    let tables = Tables { indicators: rows, units, times, columns, groups };
    // Texts and finite numbers can always be written.
    #[expect(clippy::expect_used, reason = "as said above; a digest made up instead would be a lie")]
    crate::canonical::digest(&tables).expect("tables can be written")
}
