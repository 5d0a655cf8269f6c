//! Assessments: what a submission is worth under a standard, and why. Written by the engine only.

use crate::collection::{List, Map};
use crate::date::Period;
use crate::diagnostic::Diagnostic;
use crate::document::{AssessmentKind, ModelVersion};
use crate::id::{
    CommunityId, Digest, FactId, GradeId, LensId, Line, NodeId, StageId, StandardId, SubmissionId, TagId, Unit, Version, WeightSetId, ZoneId,
};
use crate::macros::{record, words};
use crate::quantity::{Count, Number, Share};
use crate::standard::{Aggregation, Basis, Binding, Gate, MissingPolicy, NotApplicablePolicy};
use crate::submission::{Quality, State};
use crate::text::{Prose, Text};

record! {
    /// What a submission is worth under a standard, with the way from every raw value to the total.
    pub struct Assessment {
        /// The kind of document.
        kind: AssessmentKind,
        /// The version of the data model in which the document is written.
        model: ModelVersion,
        /// Where the document's schema is published.
        schema? = "$schema": Line,
        /// What was computed from what.
        provenance: Provenance,
        /// What every reader must be told: the notices of the standard, the community and the submission.
        notices*: List<Text>,
        /// The method as it was applied.
        plan: ResolvedPlan,
        /// The four verdicts.
        verdicts: Verdicts,
        /// The total.
        total: Score,
        /// The grade and what stands before the next one.
        grade: GradeResult,
        /// The scenarios and categories in document order; a parent stands before its members.
        nodes: List<NodeResult>,
        /// The indicators in document order, each with its trace.
        indicators: List<IndicatorResult>,
        /// The lenses.
        lenses*: List<LensResult>,
        /// One card for every stage that the community has.
        stages*: List<Card>,
        /// One card for every zone.
        zones*: List<Card>,
        /// The modules beside the base.
        modules*: List<ModuleResult>,
        /// What was found.
        diagnostics: List<Diagnostic>,
    }
}

record! {
    /// The documents and the engine that a result comes from; enough to compute it again and compare the bytes.
    pub struct Provenance {
        /// The standard.
        standard: StandardStamp,
        /// The submission.
        submission: SubmissionStamp,
        /// The community.
        community: CommunityStamp,
        /// The period.
        period: Period,
        /// The engine.
        engine: Engine,
    }
}

record! {
    /// A standard, exactly.
    pub struct StandardStamp {
        /// The identifier.
        id: StandardId,
        /// The version.
        version: Version,
        /// The digest of the canonical form.
        digest: Digest,
        /// The name.
        title: Text,
    }
}

record! {
    /// A submission, exactly.
    pub struct SubmissionStamp {
        /// The identifier.
        id: SubmissionId,
        /// The digest of the canonical form.
        digest: Digest,
    }
}

record! {
    /// A community, exactly.
    pub struct CommunityStamp {
        /// The identifier.
        id: CommunityId,
        /// The digest of the canonical form.
        digest: Digest,
        /// The name.
        name: Text,
    }
}

record! {
    /// The program that computed a result.
    pub struct Engine {
        /// Its name.
        name: Line,
        /// Its version.
        version: Version,
    }
}

record! {
    /// The method with every default filled in.
    pub struct ResolvedPlan {
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
        /// The zones with the stage that each is in.
        zones: List<ZonePlan>,
    }
}

record! {
    /// A zone and the stage it is in.
    pub struct ZonePlan {
        /// The zone. Absent: the whole community, where it has no zones.
        zone?: ZoneId,
        /// Its stage.
        stage: StageId,
        /// The completed share of its planned floor area, where that told the stage.
        completed_share?: Number,
    }
}

record! {
    /// Four verdicts, none of which means another.
    pub struct Verdicts {
        /// It could be read.
        readable: bool,
        /// It follows the schema and the rules.
        conforms: bool,
        /// It is complete enough to be graded.
        scorable: bool,
        /// The grade that it meets. Absent: none.
        meets?: GradeId,
    }
}

record! {
    /// A score with what is and what is not known about it.
    pub struct Score {
        /// The score; from 0 to 100, or in points where points are summed. Absent: there is none.
        score?: Number,
        /// The score if everything unknown were at its worst.
        low: Number,
        /// The score if everything unknown were at its best.
        high: Number,
        /// The most that can be reached: 100, or the sum of points.
        full: Number,
        /// The share of the weight of what applies for which a value is known, from 0 to 1.
        coverage: Share,
        /// How many indicators are known.
        known: Count,
        /// How many apply and are scored.
        applicable: Count,
    }
}

record! {
    /// The grade and what stands before the next one.
    pub struct GradeResult {
        /// The grade. Absent: none.
        awarded?: GradeId,
        /// The name of the grade.
        name?: Text,
        /// The next better grade. Absent: there is none.
        next?: GradeId,
        /// The name of the next better grade.
        next_name?: Text,
        /// Everything that stands before the next grade.
        obstacles: List<Obstacle>,
    }
}

record! {
    /// The result of a module, which is no part of the total.
    pub struct ModuleResult {
        /// The identifier.
        id: NodeId,
        /// The printed code.
        code?: Line,
        /// The name.
        name: Text,
        /// Whether it is for this community.
        applies: Applicable,
        /// Why it does not apply.
        reason?: Text,
        /// Its score. Absent: it does not apply.
        score?: Score,
        /// Its categories in document order; a parent stands before its members. Contributions are to the module's score.
        nodes*: List<NodeResult>,
        /// Its indicators in document order, each with its trace.
        indicators*: List<IndicatorResult>,
    }
}

words! {
    /// Whether a part of a standard is for a community.
    pub enum Applicable {
        /// It is.
        Yes = "yes",
        /// It is not.
        No = "no",
        /// A fact that decides it is not given.
        Unknown = "unknown",
    }

    /// What can stand before a grade.
    pub enum ObstacleKind {
        /// The total is too low.
        Total = "total",
        /// A scenario's or category's score is too low.
        Floor = "floor",
        /// A required indicator fails its gate.
        GateFailed = "gate_failed",
        /// A required indicator has no value.
        GateUnknown = "gate_unknown",
        /// An indicator needed for this grade does not reach what it must.
        Requirement = "requirement",
        /// Too little is known.
        Coverage = "coverage",
        /// The grade is not open to a zone's stage.
        Stage = "stage",
    }

    /// Whether a gate is passed.
    pub enum GateState {
        /// Passed.
        Passed = "passed",
        /// Failed.
        Failed = "failed",
        /// Not known.
        Unknown = "unknown",
    }

    /// What became of an indicator in the total.
    pub enum Use {
        /// Its score counts.
        Scored = "scored",
        /// It has no value; the others carry its weight.
        Excluded = "excluded",
        /// It has no value and counts as 0.
        Zeroed = "zeroed",
        /// It has no value, and what depends on it has no score.
        Refused = "refused",
        /// It does not apply.
        NotApplicable = "not_applicable",
        /// It is shown and not scored.
        Informative = "informative",
        /// It is a bonus.
        Bonus = "bonus",
    }
}

record! {
    /// One thing that stands before a grade.
    pub struct Obstacle {
        /// What it is.
        kind: ObstacleKind,
        /// The scenario, category or indicator.
        node?: NodeId,
        /// Its name.
        name?: Text,
        /// The stage.
        stage?: StageId,
        /// What is there.
        found?: Number,
        /// What is needed at least.
        at_least?: Number,
        /// What is allowed at most.
        at_most?: Number,
        /// The unit of these numbers. Absent: points of score.
        unit?: Unit,
    }
}

record! {
    /// The result of a scenario or category.
    pub struct NodeResult {
        /// The identifier.
        id: NodeId,
        /// The category it belongs to. Absent: it is a scenario.
        parent?: NodeId,
        /// The printed code.
        code?: Line,
        /// The name.
        name: Text,
        /// The depth, from 1.
        depth: Count,
        /// The weight among its siblings.
        weight: Number,
        /// The score.
        score: Score,
        /// How much of the total comes from it. Absent: not defined.
        contribution?: Number,
    }
}

record! {
    /// The result of an indicator, with the way from its raw values to its contribution.
    pub struct IndicatorResult {
        /// The identifier.
        id: NodeId,
        /// The category it belongs to.
        parent: NodeId,
        /// The printed code.
        code?: Line,
        /// The name.
        name: Text,
        /// What became of it.
        usage = "use": Use,
        /// Its score over all stages, from 0 to 100. Absent: none.
        score?: Number,
        /// The score if everything unknown were at its worst.
        low?: Number,
        /// The score if everything unknown were at its best.
        high?: Number,
        /// The share of its zones, by weight, for which a value is known, from 0 to 1.
        coverage: Share,
        /// The weight among its siblings.
        weight: Number,
        /// The share of the total's weight that it carries after exclusions, where weights are shares.
        effective_weight: Number,
        /// How much of the total comes from it. Absent: not defined, or not scored.
        contribution?: Number,
        /// How much the total would rise if this indicator alone scored fully. Absent: not scored.
        potential?: Number,
        /// How it was judged in each stage.
        stages: List<StageTrace>,
    }
}

record! {
    /// How an indicator was judged in one stage.
    pub struct StageTrace {
        /// The stage.
        stage: StageId,
        /// How binding it is there.
        binding: Binding,
        /// The weight of this stage in the indicator's score, from 0 to 1.
        weight: Number,
        /// How much is known in this stage.
        state: State,
        /// Why it does not apply.
        reason?: Text,
        /// The answers that went in.
        inputs: List<Input>,
        /// The measure of the whole stage. Absent: unknown.
        measure?: Number,
        /// The unit of the measure.
        unit?: Unit,
        /// The score, from 0 to 100. Absent: none.
        score?: Number,
        /// The thresholds on either side of the measure.
        segment?: Segment,
        /// What it must reach.
        gate?: Gate,
        /// Whether it does.
        gate_state?: GateState,
        /// On what the thresholds rest.
        basis*: List<Basis>,
    }
}

record! {
    /// One answer and its measure.
    pub struct Input {
        /// The zone. Absent: the whole community.
        zone?: ZoneId,
        /// The position in the submission's observations, from 0. Absent: there is no observation.
        observation?: Count,
        /// How much is known.
        state: State,
        /// The answer as a number: the value, the level, the items' weights, 1 for yes and 0 for no.
        raw?: Number,
        /// The unit of the answer.
        unit?: Unit,
        /// What it was divided by.
        divisor?: Divisor,
        /// The measure: the answer, or the ratio derived from it.
        measure?: Number,
        /// The weight among the zones of its stage, from 0 to 1.
        weight: Number,
        /// How good the data are.
        quality?: Quality,
        /// The reason given.
        reason?: Prose,
    }
}

record! {
    /// What an answer was divided by.
    pub struct Divisor {
        /// The fact.
        fact?: FactId,
        /// The indicator.
        indicator?: NodeId,
        /// Its value.
        value: Number,
        /// What the quotient was multiplied by.
        multiple: Number,
    }
}

record! {
    /// The thresholds on either side of a measure.
    pub struct Segment {
        /// The threshold at or below the measure. Absent: it lies below all.
        from?: Number,
        /// The score there.
        from_score: Number,
        /// The threshold above the measure. Absent: it lies above all.
        to?: Number,
        /// The score there.
        to_score: Number,
    }
}

record! {
    /// The indicators of a lens, group by group.
    pub struct LensResult {
        /// The lens.
        id: LensId,
        /// Its name.
        name: Text,
        /// Its groups.
        tags: List<TagResult>,
    }
}

record! {
    /// One group of a lens: the mean of its indicators by effective weight.
    pub struct TagResult {
        /// The group.
        id: TagId,
        /// Its name.
        name: Text,
        /// The mean. Absent: nothing in it is known.
        score?: Number,
        /// How many indicators are known.
        known: Count,
        /// How many belong to it and apply.
        applicable: Count,
        /// How much of the total comes from it. Absent: not defined.
        contribution?: Number,
    }
}

record! {
    /// One stage or one zone, scored by itself.
    pub struct Card {
        /// The stage.
        stage: StageId,
        /// The zone. Absent: all zones of the stage.
        zone?: ZoneId,
        /// Its name.
        name: Text,
        /// The total.
        total: Score,
        /// The scenarios.
        scenarios: Map<NodeId, Score>,
    }
}

impl From<bool> for Applicable {
    fn from(applies: bool) -> Self {
        if applies { Self::Yes } else { Self::No }
    }
}
