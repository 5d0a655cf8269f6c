//! How a measure becomes a score from 0 to 100.
//!
//! ```
//! use talent_model::standard::{Rule, Scale};
//! // Income in the Human Development Index: from 100 to 75,000, straight in the logarithm.
//! let rule: Rule = serde_json::from_str(
//!     r#"{"type": "piecewise", "scale": "logarithmic", "points": [{"at": 100, "score": 0}, {"at": 75000, "score": 100}]}"#,
//! )?;
//! assert!(matches!(rule, Rule::Piecewise(line) if line.scale == Some(Scale::Logarithmic)));
//! # Ok::<(), serde_json::Error>(())
//! ```

use crate::collection::List;
use crate::macros::{record, tagged, words};
use crate::quantity::{Level, Number, Score};
use crate::standard::Basis;

tagged! {
    /// How a measure becomes a score. Direction, target bands and U-shapes are in the points, never in a sign.
    pub enum Rule {
        /// A line through points.
        Piecewise(Piecewise) = "piecewise",
        /// Half-open intervals, each with one score.
        Steps(Steps) = "steps",
        /// A score for every level of an ordinal scale.
        Levels(LevelsRule) = "levels",
        /// A line over the items met.
        Checklist(ChecklistRule) = "checklist",
        /// A score for yes and one for no.
        YesNo(YesNoRule) = "yes_no",
    }
}

record! {
    /// A line through points; beyond its ends it stays level.
    pub struct Piecewise {
        /// How the scores run, as the author means it; the lint holds the points to it. Absent: they rise or fall throughout.
        shape?: Shape,
        /// In what the line is straight between its points. Absent: in the measure itself.
        scale?: Scale,
        /// The points, by ascending measure; at least two. On a logarithmic scale all lie above 0.
        points: List<Point>,
    }
}

words! {
    /// In what a line is straight.
    pub enum Scale {
        /// The measure: equal differences count the same.
        Linear = "linear",
        /// Its logarithm: equal ratios count the same, as from 100 to 1,000 and from 1,000 to 10,000. A measure of 0 or below scores as the lowest point.
        Logarithmic = "logarithmic",
    }
}

record! {
    /// One point of a line.
    pub struct Point {
        /// The measure.
        at: Number,
        /// The score there.
        score: Score,
        /// On what this point rests.
        basis*: List<Basis>,
    }
}

record! {
    /// Half-open intervals, each with one score. Each step ends where the next begins, so that there are neither gaps nor overlaps.
    pub struct Steps {
        /// Which end of each interval belongs to it.
        closed: Closed,
        /// How the scores run, as the author means it; the lint holds the steps to it. Absent: they rise or fall throughout.
        shape?: Shape,
        /// The steps, ascending.
        steps: List<Step>,
    }
}

words! {
    /// How scores run as the measure grows. Nothing is computed from it.
    pub enum Shape {
        /// More is better.
        Rising = "rising",
        /// Less is better.
        Falling = "falling",
        /// Best in the middle: a target band.
        Band = "band",
        /// Worst in the middle.
        Trough = "trough",
    }

    /// Which end of an interval belongs to it.
    pub enum Closed {
        /// `[a, b)`: a measure on an edge is in the step that begins there.
        Left = "left",
        /// `(a, b]`: a measure on an edge is in the step that ends there.
        Right = "right",
    }
}

record! {
    /// One interval.
    pub struct Step {
        /// Where it begins. Only the first may leave it out, and then has no lower end.
        from?: Number,
        /// The score in it.
        score: Score,
        /// On what its edge rests.
        basis*: List<Basis>,
    }
}

record! {
    /// A score for every level.
    pub struct LevelsRule {
        /// The scores.
        scores: List<LevelScore>,
    }
}

record! {
    /// The score of one level.
    pub struct LevelScore {
        /// The level.
        level: Level,
        /// Its score.
        score: Score,
        /// On what it rests.
        basis*: List<Basis>,
    }
}

record! {
    /// A line over the weights of the items met. Without points, the share met times 100.
    pub struct ChecklistRule {
        /// The points, by ascending measure; at least two.
        points*: List<Point>,
    }
}

record! {
    /// A score for yes and one for no.
    pub struct YesNoRule {
        /// The score for yes. Absent: 100.
        yes?: Score,
        /// The score for no. Absent: 0.
        no?: Score,
    }
}

impl Rule {
    /// The rule's word, such as `piecewise`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Piecewise(_) => "piecewise",
            Self::Steps(_) => "steps",
            Self::Levels(_) => "levels",
            Self::Checklist(_) => "checklist",
            Self::YesNo(_) => "yes_no",
        }
    }
}
