//! Who is above whom, how surely, and what hangs on a single scenario.

use crate::collection::List;
use crate::id::{CommunityId, NodeId};
use crate::macros::{record, words};
use crate::quantity::{Count, NonNegative, Number};

words! {
    /// How surely one community is above another.
    pub enum Certainty {
        /// Whatever the unknown answers are: its lowest possible score lies above the other's highest.
        Surely = "surely",
        /// By the score, while the bounds overlap: unknown answers could turn it.
        ByScore = "by_score",
        /// Neither is above the other: the scores are equal.
        Tied = "tied",
    }
}

record! {
    /// Two ranked communities.
    pub struct Pair {
        /// The one with the higher total; of two tied ones, the first by its identifier.
        better: CommunityId,
        /// The other.
        worse: CommunityId,
        /// The difference of their totals.
        difference: NonNegative,
        /// How surely the one is above the other.
        certainty: Certainty,
        /// How surely the one is at least as good in every scenario and better in one. Absent: it is not.
        dominance?: Certainty,
    }
}

record! {
    /// A tied group: communities whose bounds overlap, each with at least one other of the group.
    pub struct Tier {
        /// Its members, the highest total first.
        communities: List<CommunityId>,
        /// The lowest possible total of a member.
        low: Number,
        /// The highest possible total of a member.
        high: Number,
        /// The best place of a member.
        best_place: Count,
        /// The worst place of a member.
        worst_place: Count,
    }
}

record! {
    /// The partial order of the ranked communities over the scenarios: no weights are needed for it.
    pub struct PartialOrder {
        /// The communities that no other dominates.
        front: List<CommunityId>,
        /// The order without what follows from the rest: of better, worse and one between, only the two steps are listed.
        covers: List<Cover>,
    }
}

record! {
    /// One community directly above another in every scenario.
    pub struct Cover {
        /// The one that is at least as good in every scenario and better in one.
        better: CommunityId,
        /// The other.
        worse: CommunityId,
        /// Whether that holds whatever the unknown answers are.
        certainty: Certainty,
    }
}

record! {
    /// What the ranks would be if a scenario did not count.
    pub struct WithoutScenario {
        /// The scenario.
        scenario: NodeId,
        /// The ranked communities.
        ranks: List<RankWithout>,
        /// The mean of the absolute changes of rank.
        mean_shift: NonNegative,
        /// The greatest of them.
        greatest_shift: NonNegative,
        /// How many pairs change their order.
        reversals: Count,
    }
}

record! {
    /// A community's total and rank without a scenario.
    pub struct RankWithout {
        /// The community.
        community: CommunityId,
        /// The total. Absent: there is none without that scenario.
        total?: Number,
        /// The rank. Absent: there is none.
        rank?: Number,
    }
}
