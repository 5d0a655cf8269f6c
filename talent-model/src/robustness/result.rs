//! What a study comes to.

use crate::assessment::{CommunityStamp, Engine, StandardStamp, SubmissionStamp};
use crate::collection::List;
use crate::id::{Digest, FactorId, GradeId, Line};
use crate::index::IndexMethod;
use crate::macros::{record, words};
use crate::quantity::{Count, Number, Share};
use crate::text::Text;

record! {
    /// What was studied: submissions to a standard, or two tables under a method; enough to compute it again and compare the bytes.
    pub struct Subject {
        /// The engine.
        engine: Engine,
        /// The standard.
        standard?: StandardStamp,
        /// The submissions, in the order of the units.
        submissions*: List<SubmissionStamp>,
        /// Their communities.
        communities*: List<CommunityStamp>,
        /// The digest of the two tables.
        tables?: Digest,
        /// The method, with every default filled in.
        method?: IndexMethod,
    }
}

record! {
    /// A factor as it was understood.
    pub struct Factors {
        /// The factor.
        id: FactorId,
        /// How many numbers it varies: weights, values, thresholds, or 1 for a choice.
        numbers: Count,
        /// Whether it varies anything at all.
        active: bool,
    }
}

record! {
    /// One unit.
    pub struct UnitRobustness {
        /// The unit: a community's identifier, or the name in the table.
        unit: Line,
        /// The name for people. Absent: the unit's own.
        name?: Text,
        /// The score without any variation. Absent: there is none.
        score?: Number,
        /// The scores over the draws that have one. Absent: none has.
        scores?: Span,
        /// The rank without any variation, ties as in a competition.
        rank?: Count,
        /// The ranks over the draws.
        ranks?: Span,
        /// The share of draws in which the unit has each rank. Left out for many units.
        acceptance*: List<Acceptance>,
        /// The share of draws in which it has each grade, best first; the rest has none.
        grades*: List<GradeShare>,
        /// How firm the rank is.
        stability: Stability,
        /// The share of draws without a score.
        unscored: Share,
        /// Whether the score without variation lies in the interval of the scores.
        inside: bool,
    }
}

record! {
    /// A distribution in short. The interval holds the study's share of the draws, quantiles by linear interpolation.
    pub struct Span {
        /// The mean.
        mean: Number,
        /// The standard deviation of the population of draws.
        deviation: Number,
        /// The lower end of the interval.
        low: Number,
        /// The median.
        median: Number,
        /// The upper end of the interval.
        high: Number,
    }
}

record! {
    /// How often a unit has a rank.
    pub struct Acceptance {
        /// The rank.
        rank: Count,
        /// The share of draws.
        share: Share,
    }
}

record! {
    /// How often a unit has a grade.
    pub struct GradeShare {
        /// The grade. Absent: none.
        grade?: GradeId,
        /// The share of draws.
        share: Share,
    }
}

words! {
    /// How firm a rank is.
    pub enum Stability {
        /// The interval of the ranks is the nominal rank.
        Firm = "firm",
        /// The interval reaches one place either way at most.
        Close = "close",
        /// It reaches further.
        Open = "open",
        /// There is no rank.
        None = "none",
    }

    /// What was held fast.
    pub enum Unmodelled {
        /// Weights.
        Weights = "weights",
        /// Errors of measurement.
        Measurement = "measurement",
        /// What is unknown.
        Unknown = "unknown",
        /// Thresholds of rules, or goalposts.
        Thresholds = "thresholds",
        /// Thresholds of levels, checklists, gates, floors and grades.
        Gates = "gates",
        /// The choice of indicators.
        Indicators = "indicators",
        /// The policy for missing values.
        Missing = "missing",
        /// The way of joining.
        Aggregation = "aggregation",
        /// Normalisation.
        Normalisation = "normalisation",
        /// Treatment and imputation.
        Treatment = "treatment",
        /// The structure: which indicator belongs where.
        Structure = "structure",
        /// Errors that several values share.
        Correlation = "correlation",
    }
}

record! {
    /// Units that cannot be told apart: the first of them by nominal rank is not surely better than any other of them.
    pub struct TiedGroup {
        /// The units, by nominal rank.
        units: List<Line>,
    }
}

record! {
    /// How often a unit is better than each other.
    pub struct Wins {
        /// The unit.
        unit: Line,
        /// The shares, in the order of the units; a half for itself.
        over: List<Share>,
    }
}

record! {
    /// How far the factors matter for one output.
    pub struct Effect {
        /// The unit whose score it is. Absent: the mean shift of ranks.
        unit?: Line,
        /// The variance of the output over the base points.
        variance: Number,
        /// The factors, in the order of the study.
        factors: List<Influence>,
    }
}

record! {
    /// How far one factor matters.
    pub struct Influence {
        /// The factor.
        factor: FactorId,
        /// The mean absolute change of the output when this factor alone is drawn anew.
        change: Number,
        /// The share of variance that the factor explains by itself: Saltelli's estimator (2010), centred.
        first?: Agreement,
        /// The share of variance that the factor takes part in: Jansen's estimator (1999).
        total?: Agreement,
    }
}

record! {
    /// An estimate with its interval from resampling; sampling error may put either end beside 0 to 1.
    pub struct Agreement {
        /// The estimate.
        value: Number,
        /// The lower end.
        low: Number,
        /// The upper end.
        high: Number,
    }
}

record! {
    /// Whether more draws would change the result: both halves of the draws compared.
    pub struct Convergence {
        /// The greatest difference between the mean ranks of one unit in the two halves.
        rank: Number,
        /// The greatest difference between the mean scores of one unit in the two halves.
        score: Number,
        /// The greatest standard error of a mean score.
        error: Number,
    }
}
