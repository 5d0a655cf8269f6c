//! Communities of one kind.

use crate::collection::List;
use crate::id::{CommunityId, ItemId, NodeId};
use crate::macros::record;
use crate::quantity::{Count, Number};
use crate::text::Text;

record! {
    /// The communities of one kind, and their averages. An average of two is no norm: the number stands beside it.
    pub struct PeerGroup {
        /// The kind. Absent: those that do not say.
        group?: ItemId,
        /// The name that the standard gives to the kind.
        name?: Text,
        /// The members, by their identifiers; those that are not ranked too.
        communities: List<CommunityId>,
        /// How many of them are ranked. Only these are averaged.
        ranked: Count,
        /// The mean of their totals. Absent: none is ranked.
        total?: Number,
        /// The means of their scenarios, in document order.
        scenarios: List<GroupMean>,
    }
}

record! {
    /// The mean of a group in one scenario.
    pub struct GroupMean {
        /// The scenario.
        id: NodeId,
        /// How many members have a score.
        count: Count,
        /// The mean of their scores. Absent: nobody has one.
        mean?: Number,
    }
}
