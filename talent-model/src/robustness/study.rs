//! What is varied, and how.

use crate::collection::List;
use crate::document::ReadError;
use crate::id::{FactorId, Line, WeightSetId};
use crate::index::MethodStep;
use crate::macros::{record, tagged, words};
use crate::quantity::{Count, NonNegative, Positive, Share};
use crate::standard::{Aggregation, MissingPolicy, Plain};

record! {
    /// What is varied, how often, and what is asked of the result.
    pub struct Study {
        /// What is varied, independently of one another.
        factors: List<Factor>,
        /// How many times. Absent: 1000.
        draws?: Count,
        /// Where the random numbers begin; the same seed gives the same bytes. Absent: 1.
        seed?: Count,
        /// How the draws are spread. Absent: at random.
        sampling?: Sampling,
        /// The share of draws that intervals hold, and from which on a difference counts as sure. Absent: 0.9.
        interval?: Share,
        /// In a panel, the period whose units are ranked; everything is still measured over the whole panel. Needed where a table has several periods, refused elsewhere.
        period?: Line,
        /// How far each factor matters. Absent: not asked.
        sensitivity?: Sensitivity,
        /// What alone is asked for, which takes a fraction of the time. Absent: everything.
        only?: Outputs,
    }
}

words! {
    /// What alone is asked of a study.
    pub enum Outputs {
        /// The scores of every draw, and their distributions. No ranks, and nothing that follows from ranks or from comparing units: tied groups, wins, acceptance, stability, the shift of
        /// ranks.
        Scores = "scores",
    }
}

words! {
    /// How the draws are spread.
    pub enum Sampling {
        /// Independent random numbers (ChaCha, 8 rounds).
        Random = "random",
        /// A Sobol' sequence with Owen's scrambling, which fills the space more evenly. At most 65,536 draws.
        Sobol = "sobol",
    }
}

record! {
    /// A variance-based sensitivity analysis, by factor.
    pub struct Sensitivity {
        /// How many base points; each costs two evaluations and one for every factor.
        base: Count,
        /// How many resamples give the intervals. Absent: 1000.
        resamples?: Count,
        /// The share that the intervals hold. Absent: 0.95.
        confidence?: Share,
        /// Only the cheap screening: mean absolute effects from one exchange at a time, without the evaluations that shares of variance need. Absent: no.
        screening?: bool,
    }
}

record! {
    /// One thing that is varied. Everything under one factor changes together in a sensitivity analysis.
    pub struct Factor {
        /// The identifier, unique in the study.
        id: FactorId,
        /// What is varied and how.
        vary: Variation,
    }
}

tagged! {
    /// What is varied and how.
    pub enum Variation {
        /// The weights of the members of groups.
        Weights(WeightVariation) = "weights",
        /// The values: errors of measurement.
        Values(ValueVariation) = "values",
        /// What is unknown: any score from its worst to its best. Submissions to a standard only.
        Unknown(UnknownVariation) = "unknown",
        /// The thresholds of rules, or the goalposts of a table of indicators.
        Thresholds(ThresholdVariation) = "thresholds",
        /// Which indicators are in.
        Inclusion(Inclusion) = "inclusion",
        /// What happens to missing values.
        Missing(MissingVariation) = "missing",
        /// How members are joined. Submissions to a standard only; for tables see `step`.
        Aggregation(AggregationVariation) = "aggregation",
        /// Which set of weights of the standard is used. Submissions to a standard only.
        WeightSet(SetVariation) = "weight_set",
        /// Which of several steps stands in the place of one. Tables only.
        Step(StepVariation) = "step",
    }
}

record! {
    /// Weights.
    pub struct WeightVariation {
        /// The codes or identifiers of the groups whose members are weighed; in a standard `total` is the total. Absent: all.
        nodes*: List<Line>,
        /// How far.
        spread: WeightSpread,
    }
}

tagged! {
    /// How far weights are varied. They keep their sum.
    pub enum WeightSpread {
        /// Each is multiplied by a number of its own, uniform between 1 − `by` and 1 + `by`.
        Relative(RelativeSpread) = "relative",
        /// A Dirichlet distribution.
        Dirichlet(Dirichlet) = "dirichlet",
    }
}

record! {
    /// How far, as a share.
    pub struct RelativeSpread {
        /// The share, from 0 to 1.
        by: Share,
    }
}

record! {
    /// A Dirichlet distribution.
    pub struct Dirichlet {
        /// The concentration around the given weights: the parameters are this times the weights' shares, so that the mean is the given weights and the spread falls with the
        /// root of it. Absent: all weights are equally likely, whatever those given are.
        concentration?: Positive,
    }
}

record! {
    /// Errors of measurement, independent of one another.
    pub struct ValueVariation {
        /// The indicators. Absent: all.
        indicators*: List<Line>,
        /// How large they are.
        error: MeasurementError,
    }
}

tagged! {
    /// How large errors of measurement are.
    pub enum MeasurementError {
        /// As the observations state: uniform in their intervals; what states none is certain. Submissions to a standard only.
        Stated(Plain) = "stated",
        /// Normal, with a standard deviation that is a share of the value.
        Relative(RelativeSpread) = "relative",
        /// Normal, with this standard deviation.
        Absolute(AbsoluteSpread) = "absolute",
    }
}

record! {
    /// How far, in the unit of the value.
    pub struct AbsoluteSpread {
        /// The standard deviation.
        by: NonNegative,
    }
}

record! {
    /// What is unknown.
    pub struct UnknownVariation {
        /// The indicators. Absent: all.
        indicators*: List<Line>,
    }
}

record! {
    /// Thresholds: those of one rule move together by a share of the distance from its first to its last.
    pub struct ThresholdVariation {
        /// The indicators. Absent: all.
        indicators*: List<Line>,
        /// How far at most, either way, as a share of the distance; uniform.
        by: Share,
    }
}

record! {
    /// Which indicators are in: each by itself with the same probability. One that is out is not joined; what else the method does with it stays.
    pub struct Inclusion {
        /// The indicators that may be out. Absent: all.
        indicators*: List<Line>,
        /// The probability of each to be in.
        keep: Share,
    }
}

record! {
    /// What happens to missing values: one of several policies.
    pub struct MissingVariation {
        /// The policies, equally likely.
        options: List<MissingPolicy>,
    }
}

record! {
    /// How members are joined: one of several ways.
    pub struct AggregationVariation {
        /// The identifiers of the groups; `total` is the total. Absent: all that are not sums of points.
        nodes*: List<Line>,
        /// The ways, equally likely.
        options: List<Aggregation>,
    }
}

record! {
    /// Sets of weights.
    pub struct SetVariation {
        /// The sets, equally likely.
        options: List<WeightSetId>,
        /// Whether the standard's own weights are one more of them. Absent: yes.
        own?: bool,
    }
}

record! {
    /// Alternatives to one step of a method.
    pub struct StepVariation {
        /// The place of the step among those of its kind, from 0. Absent: 0.
        place?: Count,
        /// The steps, all of the kind that they replace, equally likely.
        options: List<MethodStep>,
    }
}

impl Study {
    /// Reads a study from JSON, noting everything that is wrong with the text at once.
    ///
    /// ```
    /// use talent_model::robustness::Study;
    /// let study = Study::from_json(
    ///     br#"{"factors": [{"id": "weights", "vary": {"type": "weights", "spread": {"type": "relative", "by": 0.25}}}], "draws": 500}"#,
    /// )?;
    /// assert_eq!(study.factors.len(), 1);
    /// # Ok::<(), talent_model::document::ReadError>(())
    /// ```
    ///
    /// # Errors
    /// [`ReadError`] with the findings, each with its place.
    pub fn from_json(bytes: &[u8]) -> Result<Self, ReadError> {
        crate::document::part(bytes)
    }
}

impl Variation {
    /// The variation's word, such as `weights`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Weights(_) => "weights",
            Self::Values(_) => "values",
            Self::Unknown(_) => "unknown",
            Self::Thresholds(_) => "thresholds",
            Self::Inclusion(_) => "inclusion",
            Self::Missing(_) => "missing",
            Self::Aggregation(_) => "aggregation",
            Self::WeightSet(_) => "weight_set",
            Self::Step(_) => "step",
        }
    }
}
