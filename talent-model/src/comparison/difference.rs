//! The difference of two communities, from the total down to the indicators.

use crate::collection::List;
use crate::id::{CommunityId, Line, NodeId};
use crate::macros::record;
use crate::quantity::Number;
use crate::text::Text;

record! {
    /// Where the difference of two totals comes from. The differences of the scenarios and the rest, added in this order, are the difference of the totals.
    pub struct Difference {
        /// The one.
        of: CommunityId,
        /// The other.
        against: CommunityId,
        /// The total of the one.
        of_total: Number,
        /// The total of the other.
        against_total: Number,
        /// The first total less the second.
        difference: Number,
        /// The scenarios in document order.
        scenarios: List<ScenarioDifference>,
        /// What is not in any scenario: what the last digits of doubles leave over, and what no contribution is defined for.
        rest: Number,
    }
}

record! {
    /// What one scenario brings to the difference. The differences of its indicators and the rest, added in this order, are its difference.
    pub struct ScenarioDifference {
        /// The scenario.
        id: NodeId,
        /// The printed code.
        code?: Line,
        /// The name.
        name: Text,
        /// The score of the one. Absent: none.
        of?: Number,
        /// The score of the other. Absent: none.
        against?: Number,
        /// The contribution to the total of the one less that of the other, in points of the total.
        difference: Number,
        /// The indicators in document order.
        indicators: List<IndicatorDifference>,
        /// What is not in any indicator.
        rest: Number,
    }
}

record! {
    /// What one indicator brings to the difference.
    pub struct IndicatorDifference {
        /// The indicator.
        id: NodeId,
        /// The printed code.
        code?: Line,
        /// The name.
        name: Text,
        /// The score of the one. Absent: none.
        of?: Number,
        /// The score of the other. Absent: none.
        against?: Number,
        /// The contribution to the total of the one less that of the other, in points of the total.
        difference: Number,
    }
}
