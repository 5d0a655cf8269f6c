//! How indicators become one number, and numbers become ranks.

use crate::collection::{List, Map};
use crate::macros::{record, tagged, words};
use crate::quantity::{NonNegative, Share};
use crate::standard::{MissingPolicy, Plain, Power};

record! {
    /// Joins the members of every group, from the bottom up.
    pub struct Aggregate {
        /// How.
        how: Combination,
        /// What happens to a missing member; it has no default.
        missing: MissingPolicy,
        /// How single groups are joined, by code, in place of `how`.
        each*: Map<String, Combination>,
        /// What happens to a missing member of single groups, by code, in place of `missing`.
        missing_each*: Map<String, MissingPolicy>,
    }
}

tagged! {
    /// How the members of a group become one score.
    pub enum Combination {
        /// The weighted arithmetic mean.
        Arithmetic(Plain) = "arithmetic",
        /// The weighted geometric mean.
        Geometric(Plain) = "geometric",
        /// The weighted harmonic mean.
        Harmonic(Plain) = "harmonic",
        /// The lowest member.
        Minimum(Plain) = "minimum",
        /// The weighted power mean.
        Power(Power) = "power",
        /// The ordered weighted average: weights by place, not by member.
        Owa(Owa) = "owa",
        /// The Mazziotta–Pareto index.
        Mpi(Mpi) = "mpi",
        /// The adjusted Mazziotta–Pareto index: the same penalty on members that are already comparable over time.
        Ampi(Mpi) = "ampi",
        /// Copeland's score: units beaten less units lost to, of the weighted majority of members.
        Copeland(Plain) = "copeland",
        /// The benefit of the doubt: every unit with the weights that are best for it.
        BenefitOfTheDoubt(BenefitOfTheDoubt) = "benefit_of_the_doubt",
        /// The weighted sum; members where less is better count negatively.
        WeightedSum(Plain) = "weighted_sum",
        /// The weighted product; members where less is better are divided by.
        WeightedProduct(Plain) = "weighted_product",
        /// TOPSIS: closeness to the ideal.
        Topsis(Topsis) = "topsis",
        /// VIKOR: the compromise between group utility and individual regret.
        Vikor(Vikor) = "vikor",
        /// PROMETHEE II: net preference flow.
        Promethee(Promethee) = "promethee",
        /// COPRAS: relative significance, as a share of the best.
        Copras(Plain) = "copras",
        /// ELECTRE III: a ranking from outranking with thresholds.
        Electre(Electre) = "electre",
    }
}

impl Combination {
    /// The word, such as `topsis`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Arithmetic(_) => "arithmetic",
            Self::Geometric(_) => "geometric",
            Self::Harmonic(_) => "harmonic",
            Self::Minimum(_) => "minimum",
            Self::Power(_) => "power",
            Self::Owa(_) => "owa",
            Self::Mpi(_) => "mpi",
            Self::Ampi(_) => "ampi",
            Self::Copeland(_) => "copeland",
            Self::BenefitOfTheDoubt(_) => "benefit_of_the_doubt",
            Self::WeightedSum(_) => "weighted_sum",
            Self::WeightedProduct(_) => "weighted_product",
            Self::Topsis(_) => "topsis",
            Self::Vikor(_) => "vikor",
            Self::Promethee(_) => "promethee",
            Self::Copras(_) => "copras",
            Self::Electre(_) => "electre",
        }
    }
}

record! {
    /// Weights by place.
    pub struct Owa {
        /// The weight of the best member, of the second best, and so on; as many as the group has members.
        weights: List<NonNegative>,
    }
}

record! {
    /// A mean that is penalised for being unbalanced: `mean ∓ deviation²/mean`.
    pub struct Mpi {
        /// Which way the penalty goes. Absent: down, for an index where more is better.
        penalty?: Penalty,
        /// Which deviation across the members. Absent: the population's, as the authors' formulas have it.
        deviation?: Deviation,
    }
}

words! {
    /// Which way the penalty for unbalanced members goes.
    pub enum Penalty {
        /// Unbalanced units score less.
        Down = "down",
        /// Unbalanced units score more, for an index where less is better.
        Up = "up",
    }

    /// Which standard deviation.
    pub enum Deviation {
        /// Divided by n.
        Population = "population",
        /// Divided by n − 1.
        Sample = "sample",
    }

    /// How TOPSIS brings the members to one scale.
    pub enum TopsisScale {
        /// Divided by their Euclidean length, as in Hwang and Yoon (1981).
        Vector = "vector",
        /// From least to greatest.
        MinMax = "min_max",
        /// As they are.
        None = "none",
    }

    /// The shape of a preference function, with the numbers of Brans and Vincke (1985).
    pub enum PreferenceShape {
        /// I: any difference is full preference.
        Usual = "usual",
        /// II: full preference beyond `q`.
        U = "u",
        /// III: rising to full preference at `p`.
        V = "v",
        /// IV: half preference beyond `q`, full beyond `p`.
        Level = "level",
        /// V: rising from `q` to full preference at `p`.
        Linear = "linear",
        /// VI: `1 − exp(−d²/2s²)`.
        Gaussian = "gaussian",
    }

    /// How units with equal scores share ranks. 1 is the best.
    pub enum Ties {
        /// 1, 2, 2, 4.
        Competition = "competition",
        /// 1, 3, 3, 4.
        Modified = "modified",
        /// 1, 2, 2, 3.
        Dense = "dense",
        /// 1, 2.5, 2.5, 4.
        Fractional = "fractional",
    }
}

record! {
    /// The benefit of the doubt (Cherchye and others 2007): the greatest weighted sum that any weights give under which no unit is above 1.
    pub struct BenefitOfTheDoubt {
        /// The least share of every member in a unit's sum, from 0 to 1. Absent: 0.
        least?: Share,
        /// The greatest share of every member in a unit's sum, from 0 to 1. Absent: 1.
        most?: Share,
    }
}

record! {
    /// TOPSIS (Hwang and Yoon 1981).
    pub struct Topsis {
        /// How the members are scaled. Absent: by their Euclidean length.
        scale?: TopsisScale,
    }
}

record! {
    /// VIKOR (Opricovic and Tzeng 2004). The score is 1 − Q, so that more is better.
    pub struct Vikor {
        /// The weight of group utility against individual regret, from 0 to 1. Absent: 0.5.
        v?: Share,
    }
}

record! {
    /// PROMETHEE II (Brans and Vincke 1985).
    pub struct Promethee {
        /// The preference functions by code. A member that is left out has the usual one.
        preferences*: Map<String, Preference>,
    }
}

record! {
    /// A preference function over the difference of two units in one member.
    pub struct Preference {
        /// The shape.
        shape: PreferenceShape,
        /// The greatest difference that is indifferent; `u` needs it. Absent: 0.
        q?: NonNegative,
        /// The least difference that is full preference.
        p?: NonNegative,
        /// The inflection point of the Gaussian.
        s?: NonNegative,
    }
}

record! {
    /// ELECTRE III (Roy 1978), with the usual descending and ascending distillation. The score is the net place of both, more is better.
    pub struct Electre {
        /// The thresholds by code. A member that is left out has indifference and preference 0 and no veto.
        thresholds*: Map<String, ElectreThresholds>,
    }
}

record! {
    /// The thresholds of one member.
    pub struct ElectreThresholds {
        /// The greatest difference that is indifferent. Absent: 0.
        q?: NonNegative,
        /// The least difference that is a strict preference. Absent: `q`.
        p?: NonNegative,
        /// The difference that vetoes. Absent: no veto.
        v?: NonNegative,
    }
}

record! {
    /// Ranks the units by their unrounded scores, 1 being the best, at every group.
    pub struct RankStep {
        /// How ties are resolved.
        ties: Ties,
    }
}
