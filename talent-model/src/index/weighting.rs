//! Where weights come from.

use crate::collection::{List, Map};
use crate::id::Line;
use crate::macros::{record, tagged, words};
use crate::quantity::{NonNegative, Positive};
use crate::standard::Plain;

record! {
    /// Sets the weights of the members of groups. A later step overrides an earlier one for the groups it names.
    pub struct Weigh {
        /// How.
        how: Weighting,
        /// The codes of the groups whose members it weighs. Absent: all groups.
        nodes*: List<Line>,
    }
}

tagged! {
    /// Where weights come from. Within a group they always add up to 1 in the result.
    pub enum Weighting {
        /// The weights of the table of indicators.
        Given(Plain) = "given",
        /// Equal weights.
        Equal(Plain) = "equal",
        /// Judges share out points.
        Budget(Budget) = "budget",
        /// The analytic hierarchy process: judgements in pairs.
        Ahp(Ahp) = "ahp",
        /// The linear best–worst method.
        BestWorst(BestWorst) = "best_worst",
        /// Shannon's entropy: what tells units apart weighs more.
        Entropy(Plain) = "entropy",
        /// CRITIC: contrast times conflict.
        Critic(Critic) = "critic",
        /// The standard deviation.
        Deviation(Plain) = "deviation",
        /// The squared loadings of the first principal component of the correlations.
        Pca(Plain) = "pca",
        /// Weights under which every member correlates equally with the group's weighted mean.
        EqualInfluence(Plain) = "equal_influence",
    }
}

record! {
    /// Judges share out points among the members.
    pub struct Budget {
        /// One allocation for every judge.
        judges: List<Allocation>,
        /// What each judge has to share out. Absent: 100.
        points?: Positive,
    }
}

record! {
    /// One judge's points.
    pub struct Allocation {
        /// The judge.
        judge?: Line,
        /// The points by code; a member that is left out has none.
        points: Map<String, NonNegative>,
    }
}

record! {
    /// The analytic hierarchy process (Saaty 1980).
    pub struct Ahp {
        /// The judges; several are joined by the geometric mean of their judgements.
        judges: List<Judge>,
        /// How priorities come from judgements. Absent: the principal eigenvector.
        method?: AhpMethod,
        /// The table of random indices for the consistency ratio. Absent: Saaty's.
        random_index?: PairedIndex,
    }
}

record! {
    /// One judge's comparisons.
    pub struct Judge {
        /// The judge.
        judge?: Line,
        /// The comparisons; pairs that are left out are missing judgements.
        judgements: List<Judgement>,
    }
}

record! {
    /// One comparison: `of` matters `ratio` times as much as `over`.
    pub struct Judgement {
        /// The code of one member.
        of: Line,
        /// The code of the other.
        over: Line,
        /// How many times as much: 1 to 9 on Saaty's scale, or its reciprocal.
        ratio: Positive,
    }
}

words! {
    /// How priorities come from judgements in pairs.
    pub enum AhpMethod {
        /// The principal eigenvector (Saaty); missing judgements as in Harker (1987).
        Eigenvector = "eigenvector",
        /// The geometric mean of the rows (Crawford and Williams 1985); missing judgements by least squares of logarithms.
        GeometricMean = "geometric_mean",
    }

    /// A published table of random consistency indices.
    pub enum PairedIndex {
        /// Saaty (1980), Table of random indices: 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49 …
        Saaty = "saaty",
        /// Alonso and Lamata (2006), from 100 000 matrices: 0.5245, 0.8815, 1.1086, 1.2479, 1.3417 …
        AlonsoLamata = "alonso_lamata",
    }

    /// Which correlation.
    pub enum Correlation {
        /// Pearson's, of the values.
        Pearson = "pearson",
        /// Spearman's, of their ranks.
        Spearman = "spearman",
    }
}

record! {
    /// The linear best–worst method (Rezaei 2016).
    pub struct BestWorst {
        /// The code of the most important member.
        best: Line,
        /// The code of the least important member.
        worst: Line,
        /// How many times as important the best is as each member, by code.
        best_to: Map<String, Positive>,
        /// How many times as important each member is as the worst, by code.
        to_worst: Map<String, Positive>,
    }
}

record! {
    /// CRITIC (Diakoulaki, Mavrotas and Papayannakis 1995). The direction is applied before correlating, as in the paper.
    pub struct Critic {
        /// Which correlation measures conflict. Absent: Pearson's.
        correlation?: Correlation,
    }
}
