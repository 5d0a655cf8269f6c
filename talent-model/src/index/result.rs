//! What an index comes to, written by the engine only.

use crate::collection::List;
use crate::diagnostic::Diagnostic;
use crate::id::{Digest, Line};
use crate::index::{IndexMethod, ReferenceColumn};
use crate::macros::record;
use crate::quantity::{Count, Number, Share};

record! {
    /// An index: scores and ranks of every unit at every group, with everything needed to compute it again.
    pub struct IndexResult {
        /// The method as it was applied: every default that was used is stated.
        method: IndexMethod,
        /// The digest of the two tables.
        tables: Digest,
        /// The units that are in, in the order of the values.
        units: List<Line>,
        /// The period of each, in a panel. Absent: there is only one.
        times*: List<Line>,
        /// The units and indicators that are not in.
        left_out: List<LeftOut>,
        /// The groups, the top first; a parent stands before its members.
        nodes: List<IndexNode>,
        /// The values that were filled in or tamed.
        changes: List<ChangedValue>,
        /// The reference set of the normalisation, to freeze and use again.
        reference: List<ReferenceColumn>,
        /// What was found.
        diagnostics: List<Diagnostic>,
    }
}

record! {
    /// A unit or indicator that was left out.
    pub struct LeftOut {
        /// The step that left it out, from 0; absent when it had no values to begin with.
        step?: Count,
        /// The unit.
        unit?: Line,
        /// The unit's period, in a panel.
        time?: Line,
        /// The indicator.
        indicator?: Line,
    }
}

record! {
    /// One group.
    pub struct IndexNode {
        /// The code.
        code: Line,
        /// The group above.
        parent?: Line,
        /// The weights of its members; they add up to 1.
        weights: List<IndexWeight>,
        /// What the methods measured on the way, such as a consistency ratio.
        measures: List<Measured>,
        /// The units' scores, in the order of the units.
        scores: List<IndexScore>,
    }
}

record! {
    /// One member's weight.
    pub struct IndexWeight {
        /// The member.
        code: Line,
        /// Its weight among the members.
        weight: Share,
        /// Its weight in the top, as the product of the weights on the way.
        effective: Share,
    }
}

record! {
    /// A number with a name.
    pub struct Measured {
        /// The name.
        name: Line,
        /// The number.
        value: Number,
    }
}

record! {
    /// One unit's score at one group.
    pub struct IndexScore {
        /// The score; absent when there is none.
        score?: Number,
        /// The rank, 1 for the best; absent when there is no score or the method does not rank.
        rank?: Number,
        /// The share of the group's weight that is known, from 0 to 1.
        coverage: Share,
    }
}

record! {
    /// A value that was filled in or tamed.
    pub struct ChangedValue {
        /// The step, from 0.
        step: Count,
        /// The unit.
        unit: Line,
        /// The unit's period, in a panel.
        time?: Line,
        /// The indicator.
        indicator: Line,
        /// What it was; absent when it was missing.
        from?: Number,
        /// What it became.
        to: Number,
    }
}
