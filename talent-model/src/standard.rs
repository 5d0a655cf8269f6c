//! Standards: what is asked, how it is scored, and why.

mod basis;
mod condition;
mod criterion;
mod grade;
mod indicator;
mod lens;
mod method;
mod module;
mod rule;
mod unit;

pub use basis::{Basis, BasisKind, Confidence, Source};
pub use condition::{Applies, Condition, Conditions, FactCondition, Negation};
pub use criterion::{Binding, Criterion, Gate};
pub use grade::{Grade, GradeGates, Requirement};
pub use indicator::{Alignment, AnswerPolicy, Combine, Indicator, Per, Relation, Sample, Unweighted, Usual, Weighted};
pub use lens::{Lens, Tag, WeightSet};
pub use method::{Aggregation, Eligibility, LevelAggregation, Method, MissingPolicy, NotApplicablePolicy, Plain, Power};
pub use module::Module;
pub use rule::{ChecklistRule, Closed, LevelScore, LevelsRule, Piecewise, Point, Rule, Scale, Shape, Step, Steps, YesNoRule};
pub use unit::UnitName;

use crate::collection::{Any, List, Map};
use crate::date::Date;
use crate::document::{ModelVersion, StandardKind};
use crate::id::{Digest, FactId, ItemId, LangTag, Line, NodeId, SourceId, StageId, StandardId, Unit, Version};
use crate::macros::{record, words};
use crate::quantity::{Share, Weight};
use crate::text::Text;

record! {
    /// A versioned standard: scenarios, categories and indicators, with the criteria, the method and the grades by which communities are assessed.
    pub struct Standard {
        /// The kind of document.
        kind: StandardKind,
        /// The version of the data model in which the document is written.
        model: ModelVersion,
        /// Where the document's schema is published. For editors; the engine does not read it.
        schema? = "$schema": Line,
        /// The standard's identifier, the same through all versions.
        id: StandardId,
        /// The version of this text.
        version: Version,
        /// The name.
        title: Text,
        /// What it is for, and what rules of its own it follows.
        description?: Text,
        /// What every reader of a result must be told, such as that this is no official text.
        notice?: Text,
        /// Who publishes it.
        publisher?: Text,
        /// The licence of the text, as an SPDX expression.
        license?: Line,
        /// The day of issue.
        issued?: Date,
        /// The languages in which every text stands; the first is the source language.
        languages: List<LangTag>,
        /// From which source texts the other languages were translated.
        translations*: Map<LangTag, Translation>,
        /// The documents on which thresholds rest.
        sources*: Map<SourceId, Source>,
        /// The names of the units that the standard uses.
        units*: Map<Unit, UnitName>,
        /// The facts about communities and zones that the standard uses.
        facts*: Map<FactId, FactDefinition>,
        /// The stages of development. Absent: one stage, `all`.
        stages*: List<Stage>,
        /// How scores become a total.
        method: Method,
        /// Alternative weights, for instance by talent profile.
        weight_sets*: List<WeightSet>,
        /// Second groupings of the same indicators.
        lenses*: List<Lens>,
        /// The scenarios: the categories at the top.
        scenarios: List<Category>,
        /// Parts beside the base, each for communities of one kind and with a score of its own.
        modules*: List<Module>,
        /// The grades, lowest first.
        grades*: List<Grade>,
        /// Members of the author's own, which the engine keeps and does not read.
        extensions*: Map<Line, Any>,
    }
}

record! {
    /// Where a translation stands.
    pub struct Translation {
        /// The digest of the source texts that were translated, as the lint tells it; when the texts change, the lint asks for a review.
        made_from: Digest,
        /// The day of the review.
        reviewed?: Date,
        /// Who reviewed it.
        reviewer?: Line,
    }
}

/// A scenario is a category at the top of a standard.
pub type Scenario = Category;

record! {
    /// A scenario or category: a group of categories, of indicators, or of both.
    pub struct Category {
        /// The identifier, unique among all scenarios, categories and indicators of the standard.
        id: NodeId,
        /// The printed code, such as `LIV-1`.
        code?: Line,
        /// The name.
        name: Text,
        /// What it is about.
        description?: Text,
        /// The weight among its siblings. Absent: 1.
        weight?: Weight,
        /// How its members are joined. Absent: as the method says for this depth.
        aggregation?: Aggregation,
        /// What happens to members without a value. Absent: as the parent does.
        missing?: MissingPolicy,
        /// The categories inside.
        categories*: List<Category>,
        /// The indicators inside.
        indicators*: List<Indicator>,
        /// Members of the author's own, which the engine keeps and does not read.
        extensions*: Map<Line, Any>,
    }
}

record! {
    /// A stage of development with criteria of its own.
    pub struct Stage {
        /// The identifier.
        id: StageId,
        /// The name.
        name: Text,
        /// What belongs to it.
        description?: Text,
        /// The least completed share of planned floor area, from 0 to 1, at which a zone is in this stage. A zone takes the highest it reaches.
        completed_share?: Share,
        /// Why the line is drawn there.
        basis*: List<Basis>,
    }
}

record! {
    /// A fact about communities or zones that criteria, derivations or weights use.
    pub struct FactDefinition {
        /// The name.
        name: Text,
        /// What kind of answer it is.
        kind = "type": FactKind,
        /// The unit of a number.
        unit?: Unit,
        /// The choices of a closed list.
        choices*: List<Choice>,
    }
}

record! {
    /// One choice of a closed list.
    pub struct Choice {
        /// The identifier.
        id: ItemId,
        /// The name.
        name: Text,
    }
}

words! {
    /// What kind of answer a fact is.
    pub enum FactKind {
        /// A number.
        Number = "number",
        /// Yes or no.
        YesNo = "yes_no",
        /// One of a closed list.
        Choice = "choice",
    }
}

/// Facts that every zone has as members of its own and no standard needs to declare, in square metres.
pub const FLOOR_AREA_FACTS: [&str; 2] = ["planned-floor-area", "completed-floor-area"];

impl Standard {
    /// Every indicator of the base in document order, with the categories above it, outermost first.
    #[must_use]
    pub fn indicators(&self) -> Vec<(Vec<&Category>, &Indicator)> {
        fn walk<'s>(category: &'s Category, above: &mut Vec<&'s Category>, found: &mut Vec<(Vec<&'s Category>, &'s Indicator)>) {
            above.push(category);
            found.extend(category.indicators.iter().map(|indicator| (above.clone(), indicator)));
            for inner in &category.categories {
                walk(inner, above, found);
            }
            above.pop();
        }
        let mut found = Vec::new();
        for scenario in &self.scenarios {
            walk(scenario, &mut Vec::new(), &mut found);
        }
        found
    }

    /// The identifiers of the stages, in order; `all` when the standard tells none apart.
    #[must_use]
    pub fn stage_ids(&self) -> Vec<StageId> {
        if self.stages.is_empty() {
            return StageId::new("all").into_iter().collect();
        }
        self.stages.iter().map(|stage| stage.id.clone()).collect()
    }
}
