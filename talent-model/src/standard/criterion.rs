//! How one indicator is judged in one stage.

use crate::collection::List;
use crate::id::StageId;
use crate::macros::{record, words};
use crate::quantity::{NonNegative, Number, Quantity, Weight};
use crate::standard::{Applies, Basis, Rule};
use crate::text::Text;

record! {
    /// How one indicator is judged in one stage.
    pub struct Criterion {
        /// The stage. Absent: every stage without a criterion of its own.
        stage?: StageId,
        /// When the criterion applies. Absent: always.
        applies?: Applies,
        /// How binding it is.
        binding: Binding,
        /// The weight in this stage. Absent: the indicator's.
        weight?: Weight,
        /// The most that a bonus adds to the total.
        points?: NonNegative,
        /// What a required indicator must reach.
        gate?: Gate,
        /// What is answered in this stage. Absent: the indicator's quantity.
        quantity?: Quantity,
        /// How an answer becomes a score.
        rule: Rule,
        /// On what the thresholds rest; a threshold's own basis comes first.
        basis*: List<Basis>,
        /// Anything else a reader should know.
        note?: Text,
    }
}

words! {
    /// How binding a criterion is.
    pub enum Binding {
        /// 控制: a gate that a grade needs; scored too, unless its weight is 0.
        Required = "required",
        /// 引导: scored.
        Guided = "guided",
        /// 加分: adds points to the total, and costs nothing when it is not there.
        Bonus = "bonus",
        /// 报告: shown and not scored.
        Informative = "informative",
    }
}

record! {
    /// The least or the greatest measure that passes, ends included.
    pub struct Gate {
        /// The measure is at least this.
        at_least?: Number,
        /// The measure is at most this.
        at_most?: Number,
        /// On what the gate rests.
        basis*: List<Basis>,
    }
}
