//! Other ways to look at the same indicators.

use crate::collection::{List, Map};
use crate::id::{LensId, NodeId, TagId, WeightSetId};
use crate::macros::record;
use crate::quantity::Weight;
use crate::text::Text;

record! {
    /// A second grouping of the same indicators.
    pub struct Lens {
        /// The identifier.
        id: LensId,
        /// The name.
        name: Text,
        /// What it shows.
        description?: Text,
        /// Its groups.
        tags: List<Tag>,
    }
}

record! {
    /// One group of a lens.
    pub struct Tag {
        /// The identifier.
        id: TagId,
        /// The name.
        name: Text,
    }
}

record! {
    /// Weights in place of those that the scenarios, categories and indicators state.
    pub struct WeightSet {
        /// The identifier.
        id: WeightSetId,
        /// The name.
        name: Text,
        /// For whom these weights are meant, and why.
        description?: Text,
        /// The weights; what is not named keeps its own.
        weights: Map<NodeId, Weight>,
    }
}
