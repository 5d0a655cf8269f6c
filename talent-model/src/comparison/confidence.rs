//! How sure ranks are by a robustness analysis: what stands beside the ranks when one is at hand.

use crate::collection::List;
use crate::id::{CommunityId, Digest};
use crate::macros::record;
use crate::quantity::{Count, Number, Share};
use crate::robustness::Study;

record! {
    /// The intervals of ranks, and how often one community beats another, over the draws of a robustness analysis.
    pub struct RankConfidence {
        /// The digest of the analysis.
        analysis: Digest,
        /// How many draws it made.
        draws: Count,
        /// The share of the draws that an interval holds, such as 0.9.
        level: Share,
        /// What was varied, with every default filled in.
        study: Study,
        /// The intervals of the ranked communities.
        ranks: List<RankInterval>,
        /// The ranked communities by rank, those that cannot be told apart together: the first of a group is not above any other of it in as large a share of the draws as an interval holds.
        groups: List<List<CommunityId>>,
        /// Every two ranked communities once.
        wins: List<Win>,
    }
}

record! {
    /// The interval of a community's rank.
    pub struct RankInterval {
        /// The community.
        community: CommunityId,
        /// The best rank of the interval.
        best: Number,
        /// The worst rank of the interval.
        worst: Number,
    }
}

record! {
    /// How often one community beats another.
    pub struct Win {
        /// The one.
        better: CommunityId,
        /// The other.
        worse: CommunityId,
        /// The share of the draws in which the one has the higher score, a tie counting a half.
        share: Share,
    }
}
