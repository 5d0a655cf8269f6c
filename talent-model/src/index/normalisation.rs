//! Bringing indicators to one scale.

use crate::collection::{List, Map};
use crate::id::Line;
use crate::macros::{record, tagged};
use crate::quantity::{Number, Positive};
use crate::standard::Plain;

record! {
    /// Brings the indicators to one scale. Unless it says otherwise, more is better afterwards, whatever the indicator's own direction.
    pub struct Normalise {
        /// How.
        how: Normalisation,
        /// How single indicators are normalised, by code, in place of `how`.
        each*: Map<String, Normalisation>,
        /// The frozen reference set: the values against which relative methods measure. Absent: the values of the data itself.
        reference*: List<ReferenceColumn>,
        /// In a panel, the period whose values are the reference set. Absent: those of all periods together, so that scores can be compared over time.
        base?: Line,
        /// In a panel, whether every period is measured by itself. Absent: it is not.
        by_period?: bool,
    }
}

record! {
    /// The reference values of one indicator, as they are at this step.
    pub struct ReferenceColumn {
        /// The indicator.
        indicator: Line,
        /// The values, ascending; their number is the n of everything measured against them.
        values: List<Number>,
    }
}

tagged! {
    /// How an indicator is brought to a common scale. `x` is the value, turned round beforehand where less is better, unless stated otherwise.
    pub enum Normalisation {
        /// From least to greatest onto a range: `(x − min) / (max − min)`.
        MinMax(Range) = "min_max",
        /// Standard scores: `(x − mean) / deviation`, onto a mean and a deviation of one's own.
        ZScore(Standardise) = "z_score",
        /// The rank from the worst, 1, to the best, n; units that tie share the mean of their ranks.
        Rank(Plain) = "rank",
        /// Borda points: how many units are worse, ties counting a half; from 0 to n − 1.
        Borda(Plain) = "borda",
        /// The share of units that are worse, ties counting a half: Borda points / (n − 1), from 0 to 1; a frozen reference of n gives points / n.
        PercentileRank(Plain) = "percentile_rank",
        /// What is missing to the best value: `1 − (max − x) / (max − min)` where the ends are the data's, so that 1 is the best.
        DistanceToMax(Plain) = "distance_to_max",
        /// The distance from the worst value as a share of the worst: `(x − min) / |min|`.
        DistanceToMin(Plain) = "distance_to_min",
        /// The distance to a unit or value: `1 − (reference − x) / |reference|`, so that 1 is as good as the reference.
        DistanceToReference(Anchor) = "distance_to_reference",
        /// The share of the greatest value: `x / max`; where less is better `min / x`.
        ShareOfMax(Plain) = "share_of_max",
        /// The share of the sum of all values; the direction is kept for the methods that know it.
        Sum(Plain) = "sum",
        /// The share of the Euclidean length of all values; the direction is kept for the methods that know it.
        Vector(Plain) = "vector",
        /// Around a reference, which comes to the middle of a range as wide as the data: `low + (x − (r − Δ)) / 2Δ · (high − low)` with half the data's range as `Δ`; the scale of the
        /// adjusted Mazziotta–Pareto index.
        AroundReference(Around) = "around_reference",
        /// Between the goalposts of the indicator's row onto a range; beyond them it stays at the ends.
        Goalposts(Range) = "goalposts",
        /// Categories, each with its score.
        Categorical(Categorical) = "categorical",
        /// As it is, turned round (negated) where less is better.
        AsIs(Plain) = "as_is",
    }
}

record! {
    /// A range of scores.
    pub struct Range {
        /// The score of the worst. Absent: 0.
        low?: Number,
        /// The score of the best. Absent: 100.
        high?: Number,
    }
}

record! {
    /// Standard scores, with the sample deviation (n − 1).
    pub struct Standardise {
        /// The mean of the scores. Absent: 0.
        mean?: Number,
        /// Their deviation. Absent: 1.
        deviation?: Positive,
    }
}

record! {
    /// What is measured against: a unit of the data, or a value.
    pub struct Anchor {
        /// A unit.
        unit?: Line,
        /// A value, in the indicator's own unit.
        value?: Number,
    }
}

record! {
    /// The reference, and the range around it.
    pub struct Around {
        /// In a panel, the period of the reference. Absent: all periods together.
        time?: Line,
        /// The unit whose value is the reference. Absent: the mean of all units.
        unit?: Line,
        /// The score half a range below the reference. Absent: 70.
        low?: Number,
        /// The score half a range above it. Absent: 130.
        high?: Number,
    }
}

record! {
    /// Categories: the score of a value is that of the last category that begins at or below it.
    pub struct Categorical {
        /// The categories, ascending. The direction does not turn them: their scores say what is better.
        categories: List<CategoryScore>,
    }
}

record! {
    /// One category.
    pub struct CategoryScore {
        /// Where it begins. Only the first may leave it out, and then has no lower end.
        from?: Number,
        /// Its score.
        score: Number,
    }
}
