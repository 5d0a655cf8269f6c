//! Steps before normalisation: screening, denominators, missing values, outliers.

use crate::collection::List;
use crate::id::Line;
use crate::macros::{record, tagged};
use crate::quantity::{Count, Number, Positive, Share};
use crate::standard::Plain;

record! {
    /// Leaves out units, then indicators, of which too little is known.
    pub struct Screen {
        /// The least share of indicators for which a unit has a value, from 0 to 1. Absent: units are not screened.
        units?: Share,
        /// The least share of the remaining units for which an indicator has a value, from 0 to 1. Absent: indicators are not screened.
        indicators?: Share,
    }
}

record! {
    /// Divides every indicator that names a denominator by that column.
    pub struct Denominate {
        /// What the quotients are multiplied by, such as 1000 for "per thousand". Absent: 1.
        multiple?: Positive,
    }
}

record! {
    /// Fills in missing values. Every value that is filled in stands in the result's list of changes.
    pub struct Impute {
        /// How.
        how: Imputation,
        /// The codes of the indicators. Absent: all.
        only*: List<Line>,
    }
}

tagged! {
    /// How missing values are filled in.
    pub enum Imputation {
        /// The indicator's mean, within groups of units where a column of groups is named.
        Mean(Grouped) = "mean",
        /// The indicator's median, within groups of units where a column of groups is named.
        Median(Grouped) = "median",
        /// A least-squares regression on the indicators that are complete.
        Regression(Plain) = "regression",
        /// The mean of the nearest units, by the distance over the standardised indicators that both units have.
        Knn(Knn) = "knn",
        /// Expectation–maximisation for a multivariate normal distribution.
        Em(Em) = "em",
    }
}

record! {
    /// Within which groups of units.
    pub struct Grouped {
        /// The column of groups. Absent: all units are one group.
        group?: Line,
    }
}

record! {
    /// The mean of the nearest units.
    pub struct Knn {
        /// How many. Absent: 5.
        neighbours?: Count,
    }
}

record! {
    /// Expectation–maximisation.
    pub struct Em {
        /// The most rounds. Absent: 200.
        rounds?: Count,
        /// It ends when no mean moves by more than this share of its standard deviation. Absent: 1e-8.
        tolerance?: Positive,
    }
}

record! {
    /// Tames outliers in the indicators that have them: those whose skewness is beyond `skewness` and whose kurtosis is above `kurtosis`, both at
    /// once (the rule of the OECD/JRC handbook: 2 and 3.5).
    pub struct Treat {
        /// How.
        how: Treatment,
        /// The codes of the indicators. Absent: all.
        only*: List<Line>,
        /// The skewness, up or down, beyond which an indicator is treated. Absent: 2.
        skewness?: Positive,
        /// The excess kurtosis above which an indicator is treated. Absent: 3.5.
        kurtosis?: Number,
        /// Whether indicators within both limits are treated as well. Absent: they are left as they are.
        always?: bool,
    }
}

tagged! {
    /// How outliers are tamed.
    pub enum Treatment {
        /// The most extreme values are set to the next one, one by one, until skewness or kurtosis is within its limit.
        Winsorise(Winsorise) = "winsorise",
        /// The logarithm `ln(x − min + 0.01·(max − min))`, which also takes values at and below 0.
        Log(Plain) = "log",
        /// The Box–Cox transformation, with the exponent of greatest likelihood unless one is stated.
        BoxCox(BoxCox) = "box_cox",
        /// Values beyond two quantiles are set to those.
        Quantiles(Quantiles) = "quantiles",
    }
}

record! {
    /// Winsorisation.
    pub struct Winsorise {
        /// The most values of one indicator that are changed; an indicator that needs more keeps its values. Absent: 5.
        most?: Count,
    }
}

record! {
    /// Box–Cox.
    pub struct BoxCox {
        /// The exponent, from -5 to 5. Absent: that of greatest likelihood.
        lambda?: Number,
    }
}

record! {
    /// Two quantiles.
    pub struct Quantiles {
        /// The lower one, from 0 to 1. Absent: 0.025.
        low?: Share,
        /// The upper one, from 0 to 1. Absent: 0.975.
        high?: Share,
    }
}
