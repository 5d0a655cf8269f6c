//! When a criterion applies: a small total language over facts.

use crate::collection::List;
use crate::id::{FactId, ItemId};
use crate::macros::{record, tagged};
use crate::quantity::Number;
use crate::text::Text;

record! {
    /// The condition under which a criterion applies, and the reason told where it does not.
    pub struct Applies {
        /// The condition.
        when: Condition,
        /// Why the indicator is left out where the condition does not hold.
        reason: Text,
    }
}

tagged! {
    /// A condition over the facts of a community.
    pub enum Condition {
        /// Compares one fact.
        Fact(FactCondition) = "fact",
        /// Holds when all conditions hold.
        All(Conditions) = "all",
        /// Holds when at least one condition holds.
        Any(Conditions) = "any",
        /// Holds when the condition does not.
        Not(Negation) = "not",
    }
}

record! {
    /// Compares one fact; every comparison given must hold.
    pub struct FactCondition {
        /// The fact.
        fact: FactId,
        /// The number is at least this.
        at_least?: Number,
        /// The number is at most this.
        at_most?: Number,
        /// The answer is this.
        is?: bool,
        /// The choice is this.
        choice?: ItemId,
    }
}

record! {
    /// Several conditions.
    pub struct Conditions {
        /// The conditions.
        conditions: List<Condition>,
    }
}

record! {
    /// The opposite of a condition.
    pub struct Negation {
        /// The condition.
        condition: Box<Condition>,
    }
}
