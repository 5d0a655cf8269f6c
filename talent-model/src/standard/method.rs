//! How scores become a total.

use crate::collection::List;
use crate::id::FactId;
use crate::macros::{record, tagged, words};
use crate::quantity::{Count, Number, Share};

record! {
    /// How scores become a total. What happens to missing values has no default: whoever writes a standard says it.
    pub struct Method {
        /// What happens to values that are missing.
        missing: MissingPolicy,
        /// What happens to values that are withheld. Absent: as for missing ones.
        withheld?: MissingPolicy,
        /// What happens to indicators that were not assessed. Absent: as for missing ones.
        not_assessed?: MissingPolicy,
        /// What happens to indicators that do not apply. Absent: excluded.
        not_applicable?: NotApplicablePolicy,
        /// How the members of every scenario and category, and the scenarios themselves, are joined. Absent: the arithmetic mean.
        aggregation?: Aggregation,
        /// How they are joined at single depths.
        levels*: List<LevelAggregation>,
        /// The zone fact by which the scores of several stages are joined where an indicator's own rule has no weights. Absent: equally.
        stage_weights?: FactId,
        /// What it takes to be graded at all.
        eligibility?: Eligibility,
    }
}

words! {
    /// What happens to a value that is not there.
    pub enum MissingPolicy {
        /// The others carry its weight.
        Exclude = "exclude",
        /// It scores 0.
        Zero = "zero",
        /// What depends on it has no score.
        Refuse = "refuse",
    }

    /// What happens to an indicator that does not apply.
    pub enum NotApplicablePolicy {
        /// The others carry its weight.
        Exclude = "exclude",
        /// It scores 0.
        Zero = "zero",
        /// It scores 100.
        Full = "full",
    }
}

tagged! {
    /// How scores are joined. All but `sum` are weighted power means.
    pub enum Aggregation {
        /// The weighted arithmetic mean: strength makes up for weakness fully.
        Arithmetic(Plain) = "arithmetic",
        /// The weighted geometric mean: strength makes up for weakness in part.
        Geometric(Plain) = "geometric",
        /// The weighted harmonic mean.
        Harmonic(Plain) = "harmonic",
        /// The lowest score.
        Minimum(Plain) = "minimum",
        /// The weighted power mean with an exponent of one's own.
        Power(Power) = "power",
        /// The sum of points: each weight is the points that a full score earns.
        Sum(Plain) = "sum",
    }
}

record! {
    /// Nothing more to say.
    pub struct Plain {
    }
}

record! {
    /// The exponent of a power mean.
    pub struct Power {
        /// The exponent: 1 is arithmetic, 0 geometric, -1 harmonic; the lower, the less can be made up for. From -100 to 100.
        p: Number,
    }
}

record! {
    /// How the members are joined at one depth.
    pub struct LevelAggregation {
        /// The depth: 0 joins the scenarios to the total, 1 joins the members of each scenario, and so on.
        level: Count,
        /// How they are joined.
        aggregation: Aggregation,
    }
}

record! {
    /// The least coverage that a grade needs.
    pub struct Eligibility {
        /// Of the total, from 0 to 1.
        coverage?: Share,
        /// Of every scenario, from 0 to 1.
        scenario_coverage?: Share,
    }
}
