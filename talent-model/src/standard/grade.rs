//! The ladder of grades.

use crate::collection::{List, Map};
use crate::id::{GradeId, NodeId, StageId};
use crate::macros::{record, words};
use crate::quantity::{NonNegative, Number, Score, Share};
use crate::text::Text;

record! {
    /// A grade and all that it asks for. The best grade whose every demand holds is awarded.
    pub struct Grade {
        /// The identifier.
        id: GradeId,
        /// The name.
        name: Text,
        /// What it stands for.
        description?: Text,
        /// The least total.
        total: NonNegative,
        /// The least score of every scenario. Absent: none.
        floor?: Score,
        /// The least score of single scenarios or categories, in place of `floor`.
        floors*: Map<NodeId, Score>,
        /// Whether every required indicator must pass its gate. Absent: all.
        gates?: GradeGates,
        /// What is needed for this grade only.
        requires*: List<Requirement>,
        /// The stages in which all zones must be. Absent: any.
        stages*: List<StageId>,
        /// The least coverage of the total, from 0 to 1. Absent: as the method says.
        coverage?: Share,
    }
}

words! {
    /// Which gates a grade asks for.
    pub enum GradeGates {
        /// Every required indicator passes.
        All = "all",
        /// None.
        None = "none",
    }
}

record! {
    /// An indicator that must reach something for one grade.
    pub struct Requirement {
        /// The indicator.
        indicator: NodeId,
        /// Its measure is at least this.
        at_least?: Number,
        /// Its measure is at most this.
        at_most?: Number,
    }
}
