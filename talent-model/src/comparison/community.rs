//! One community in a comparison.

use crate::assessment::{CommunityStamp, Score, SubmissionStamp};
use crate::collection::List;
use crate::date::Period;
use crate::id::{CommunityId, GradeId, ItemId, NodeId, StageId};
use crate::macros::{record, words};
use crate::quantity::{Count, NonNegative, Number};
use crate::text::Text;

record! {
    /// One community: its scores, equal to the last bit to those of its assessment, and its rank.
    pub struct ComparedCommunity {
        /// The community.
        community: CommunityStamp,
        /// The submission.
        submission: SubmissionStamp,
        /// The place of its plan among the method's, from 0.
        plan: Count,
        /// The period.
        period: Period,
        /// What kind of community it declares to be. Absent: it does not say.
        peers?: ItemId,
        /// Its stages, with the number of zones in each.
        stages: List<StageZones>,
        /// The total.
        total: Score,
        /// The grade. Absent: none.
        grade?: GradeId,
        /// The name of the grade.
        grade_name?: Text,
        /// Its rank by the total. Absent: it is not ranked.
        rank?: Rank,
        /// Why it is not ranked.
        unranked?: Unranked,
        /// Its scenarios, in document order.
        scenarios: List<ScenarioScore>,
        /// Its indicators, in document order; those that are not asked in its stages too.
        indicators: List<IndicatorScore>,
        /// The ranked communities whose scenario scores are most like its own, nearest first.
        nearest*: List<Neighbour>,
    }
}

words! {
    /// Why a community is not ranked.
    pub enum Unranked {
        /// It has no total.
        NoScore = "no_score",
        /// Too little is known for its standard's rule of coverage.
        Coverage = "coverage",
    }
}

record! {
    /// A rank, and the places that it can have.
    pub struct Rank {
        /// The rank by the unrounded total, 1 for the best, by the method's rule for ties.
        rank: Number,
        /// The best place that it can have whatever the unknown answers are: one behind those that are surely above.
        best_place: Count,
        /// The worst place that it can have: before those that are surely below.
        worst_place: Count,
    }
}

record! {
    /// How many zones are in a stage.
    pub struct StageZones {
        /// The stage.
        stage: StageId,
        /// The number of zones. A community without zones counts as one.
        zones: Count,
    }
}

record! {
    /// What a community scores in a scenario.
    pub struct ScenarioScore {
        /// The scenario.
        id: NodeId,
        /// The score.
        score: Score,
        /// The rank by it among the ranked communities. Absent: it has no score, or the community is not ranked.
        rank?: Number,
        /// How much of the total comes from it. Absent: not defined.
        contribution?: Number,
    }
}

record! {
    /// What a community scores in an indicator.
    pub struct IndicatorScore {
        /// The indicator.
        id: NodeId,
        /// The score from 0 to 100. Absent: none.
        score?: Number,
        /// How much of the total comes from it. Absent: not defined, or not scored.
        contribution?: Number,
    }
}

record! {
    /// A community that is like another.
    pub struct Neighbour {
        /// The community.
        community: CommunityId,
        /// The root of the mean squared difference of the scores of the scenarios that both have, in points of score.
        distance: NonNegative,
    }
}
