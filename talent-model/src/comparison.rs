//! Comparisons: many communities under one method, fenced to like with like. Written by the engine only; nothing here computes.

mod community;
mod confidence;
mod difference;
mod order;
mod peers;

pub use community::{ComparedCommunity, IndicatorScore, Neighbour, Rank, ScenarioScore, StageZones, Unranked};
pub use confidence::{RankConfidence, RankInterval, Win};
pub use difference::{Difference, IndicatorDifference, ScenarioDifference};
pub use order::{Certainty, Cover, Pair, PartialOrder, RankWithout, Tier, WithoutScenario};
pub use peers::{GroupMean, PeerGroup};

use crate::assessment::{Engine, StandardStamp};
use crate::collection::List;
use crate::diagnostic::Diagnostic;
use crate::document::{ComparisonKind, ModelVersion};
use crate::id::{FactId, Line, NodeId, WeightSetId};
use crate::index::{IndexResult, Ties};
use crate::macros::{record, words};
use crate::quantity::{Count, Number, Share};
use crate::standard::{Aggregation, MissingPolicy, NotApplicablePolicy};
use crate::text::Text;

record! {
    /// Many communities under one method: what each is worth, who is above whom, and how surely.
    pub struct Comparison {
        /// The kind of document.
        kind: ComparisonKind,
        /// The version of the data model in which the document is written.
        model: ModelVersion,
        /// Where the document's schema is published.
        schema? = "$schema": Line,
        /// The engine.
        engine: Engine,
        /// What every reader must be told: the notices of the standards, the communities and the submissions.
        notices*: List<Text>,
        /// The method as it was applied. With it and the submissions the comparison can be computed again, to the same bytes.
        method: ComparisonMethod,
        /// The scenarios in document order.
        scenarios: List<ComparedNode>,
        /// The indicators in document order.
        indicators: List<ComparedNode>,
        /// The communities, by their identifiers: the order in which they were handed in changes nothing.
        communities: List<ComparedCommunity>,
        /// Every two ranked communities once.
        pairs: List<Pair>,
        /// The tied groups, the best first: every member of a group is surely above every member of the next.
        tiers: List<Tier>,
        /// Who is at least as good in every scenario and better in one.
        order: PartialOrder,
        /// The communities by their declared kind, with averages.
        peers*: List<PeerGroup>,
        /// The ranks if one scenario did not count, for every scenario.
        without: List<WithoutScenario>,
        /// The same submissions by a method that measures communities against each other, where one was asked for.
        relative?: Relative,
        /// How sure the ranks are by a robustness analysis of the same submissions, where one is at hand.
        confidence?: RankConfidence,
        /// What was found.
        diagnostics: List<Diagnostic>,
    }
}

record! {
    /// The method with every default filled in.
    pub struct ComparisonMethod {
        /// The standard and what was chosen beside it. One, unless a fence was crossed.
        plans: List<ComparedPlan>,
        /// How ties are resolved.
        ties: Ties,
        /// The fences that were asked to be crossed.
        across*: List<Fence>,
        /// The fact by which communities are peers. Absent: their type.
        peers?: FactId,
    }
}

record! {
    /// How totals came about: a standard, and the method of its scores with every default filled in.
    pub struct ComparedPlan {
        /// The standard.
        standard: StandardStamp,
        /// What happens to missing values.
        missing: MissingPolicy,
        /// What happens to withheld values.
        withheld: MissingPolicy,
        /// What happens to indicators that were not assessed.
        not_assessed: MissingPolicy,
        /// What happens to indicators that do not apply.
        not_applicable: NotApplicablePolicy,
        /// How the scenarios are joined to the total.
        aggregation: Aggregation,
        /// The set of weights in use. Absent: the standard's own.
        weight_set?: WeightSetId,
        /// The least coverage of the total for a rank. Absent: none is asked.
        coverage?: Share,
        /// The least coverage of every scenario for a rank. Absent: none is asked.
        scenario_coverage?: Share,
    }
}

words! {
    /// What keeps communities from being compared.
    pub enum Fence {
        /// They answer different standards.
        Standards = "standards",
        /// They answer different versions or texts of one standard.
        Versions = "versions",
        /// They are not in the same stages, and so were measured by different criteria.
        Stages = "stages",
        /// They were scored with different sets of weights.
        WeightSets = "weight_sets",
        /// They answer for different periods.
        Periods = "periods",
    }

    /// What a relative method takes for the values of its indicators.
    pub enum RelativeValues {
        /// The scores from 0 to 100, by the standard's own criteria.
        Scores = "scores",
        /// The measures, in their units.
        Measures = "measures",
    }
}

record! {
    /// A scenario or indicator that is compared.
    pub struct ComparedNode {
        /// The identifier.
        id: NodeId,
        /// The scenario that an indicator belongs to. Absent: it is a scenario.
        scenario?: NodeId,
        /// The printed code.
        code?: Line,
        /// The name.
        name: Text,
        /// The weight of a scenario among the others. Absent: it is an indicator, whose weight may differ between communities.
        weight?: Number,
    }
}

record! {
    /// The same submissions by a method that measures communities against each other: one more or less changes every score.
    pub struct Relative {
        /// What the values of its indicators are.
        values: RelativeValues,
        /// How many communities it rests on.
        communities: Count,
        /// What it came to.
        index: IndexResult,
    }
}
