//! What is measured.

use crate::collection::{Any, List, Map};
use crate::id::{FactId, LensId, Line, NodeId, TagId, Unit};
use crate::macros::{record, tagged, words};
use crate::quantity::{Count, Number, Positive, Quantity, Weight};
use crate::standard::Criterion;
use crate::text::Text;

record! {
    /// One indicator: what is asked, how zones are joined, how it is judged in each stage.
    pub struct Indicator {
        /// The identifier, unique among all scenarios, categories and indicators of the standard.
        id: NodeId,
        /// The printed code, such as `LIV-1.1`.
        code?: Line,
        /// The name.
        name: Text,
        /// What exactly is meant, in one sentence, with numerator and denominator.
        definition?: Text,
        /// How it is measured.
        measurement?: Text,
        /// How often it is measured.
        frequency?: Text,
        /// The area for which the value speaks.
        boundary?: Text,
        /// What typically proves it.
        evidence?: Text,
        /// Who answers for it.
        owner?: Text,
        /// What it could reward by mistake.
        caution?: Text,
        /// The weight among its siblings. Absent: 1.
        weight?: Weight,
        /// What the submitter answers.
        quantity: Quantity,
        /// How a ratio is derived from the raw answer. Absent: the answer is the measure.
        per?: Per,
        /// Between which measures an answer usually lies; one outside is asked back, not refused. Absent: as the thresholds of the criteria tell.
        usual?: Usual,
        /// How the values of several zones become one. Absent: their mean.
        combine?: Combine,
        /// What a survey needs to be used.
        sample?: Sample,
        /// Whether a submitter may declare it not applicable. Absent: forbidden.
        not_applicable?: AnswerPolicy,
        /// How it is judged, by stage.
        criteria: List<Criterion>,
        /// Its tags in each lens.
        tags*: Map<LensId, List<TagId>>,
        /// What it corresponds to elsewhere.
        alignment*: List<Alignment>,
        /// Members of the author's own, which the engine keeps and does not read.
        extensions*: Map<Line, Any>,
    }
}

record! {
    /// A ratio: the raw answer, divided by a fact or another indicator, times a multiple.
    pub struct Per {
        /// The fact to divide by.
        fact?: FactId,
        /// The indicator to divide by; exactly one of `fact` and `indicator`.
        indicator?: NodeId,
        /// What the quotient is multiplied by, such as 1000 for "per thousand residents". Absent: 1.
        multiple?: Positive,
        /// The unit of the ratio. A submitter may also give the ratio itself, in this unit.
        unit: Unit,
    }
}

tagged! {
    /// How the values of several zones become one.
    pub enum Combine {
        /// The mean weighed by a fact of the zones.
        Weighted(Weighted) = "weighted",
        /// The plain mean.
        Mean(Unweighted) = "mean",
        /// The sum.
        Sum(Unweighted) = "sum",
        /// The least.
        Min(Unweighted) = "min",
        /// The greatest.
        Max(Unweighted) = "max",
    }
}

record! {
    /// By which fact zones are weighed.
    pub struct Weighted {
        /// The fact.
        by: FactId,
    }
}

record! {
    /// Nothing more to say.
    pub struct Unweighted {
    }
}

record! {
    /// Between which measures an answer usually lies, ends included.
    pub struct Usual {
        /// The least usual measure.
        low?: Number,
        /// The greatest usual measure.
        high?: Number,
    }
}

record! {
    /// What a survey needs to be used.
    pub struct Sample {
        /// The least number of answers.
        minimum: Count,
    }
}

words! {
    /// Whether something is allowed.
    pub enum AnswerPolicy {
        /// Allowed, with a reason.
        Allowed = "allowed",
        /// Forbidden.
        Forbidden = "forbidden",
    }
}

record! {
    /// What an indicator corresponds to in another scheme.
    pub struct Alignment {
        /// The scheme, such as `SDG` or `ISO 37120`.
        scheme: Line,
        /// The place in it.
        code: Line,
        /// How close the two are. Absent: related.
        relation?: Relation,
    }
}

words! {
    /// How close two indicators of different schemes are.
    pub enum Relation {
        /// The same thing measured the same way.
        Equal = "equal",
        /// This one is a part of the other.
        Part = "part",
        /// About the same subject.
        Related = "related",
    }
}

impl Indicator {
    /// The fact that weighs zones where their answers are joined, if one does.
    #[must_use]
    pub fn weighing_fact(&self) -> Option<&FactId> {
        match &self.combine {
            Some(Combine::Weighted(weighted)) => Some(&weighted.by),
            _ => None,
        }
    }

    /// The facts that are amounts, since answers are divided by them or zones weighed with them.
    pub(crate) fn amounts(&self) -> impl Iterator<Item = &FactId> {
        self.per.iter().filter_map(|per| per.fact.as_ref()).chain(self.weighing_fact())
    }

    /// The criterion of a stage: its own one, else the one without a stage.
    #[must_use]
    pub fn criterion(&self, stage: &str) -> Option<&Criterion> {
        let own = self.criteria.iter().find(|c| c.stage.as_ref().is_some_and(|s| s.as_str() == stage));
        own.or_else(|| self.criteria.iter().find(|c| c.stage.is_none()))
    }

    /// What is answered in a stage.
    #[must_use]
    pub fn quantity_in<'i>(&'i self, criterion: &'i Criterion) -> &'i Quantity {
        criterion.quantity.as_ref().unwrap_or(&self.quantity)
    }
}
