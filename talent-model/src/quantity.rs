//! Bounded numbers, and what a submitter is asked to answer.

use crate::Lang;
use crate::collection::List;
use crate::id::{ItemId, Unit};
use crate::macros::{bounded_number, record, tagged};
use crate::text::Text;

/// The range of a number type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NumberRule {
    pub(crate) min: f64,
    pub(crate) max: f64,
    pub(crate) integer: bool,
}

impl NumberRule {
    pub(crate) fn holds(self, value: f64) -> bool {
        value.is_finite() && value >= self.min && value <= self.max && (!self.integer || value.fract() == 0.0)
    }

    pub(crate) fn expects(self, lang: Lang) -> String {
        let (integer, number) = match lang {
            Lang::En => ("a whole number", "a number"),
            Lang::Zh => ("整数", "数字"),
        };
        let what = if self.integer { integer } else { number };
        let (low, high) = (self.min > f64::MIN, self.max < f64::MAX);
        match (lang, low, high) {
            (_, false, false) => what.into(),
            (Lang::En, true, true) => format!("{what} from {} to {}", self.min, self.max),
            (Lang::En, true, false) => format!("{what} of at least {}", self.min),
            (Lang::En, false, true) => format!("{what} of at most {}", self.max),
            (Lang::Zh, true, true) => format!("{} 到 {} 之间的{what}", self.min, self.max),
            (Lang::Zh, true, false) => format!("不小于 {} 的{what}", self.min),
            (Lang::Zh, false, true) => format!("不大于 {} 的{what}", self.max),
        }
    }
}

/// The largest integer that every language's doubles hold exactly.
const MAX_SAFE: f64 = 9_007_199_254_740_991.0;

pub(crate) fn serialize_number<S: serde::Serializer>(value: f64, serializer: S) -> Result<S::Ok, S::Error> {
    if value.fract() == 0.0 && value.abs() <= MAX_SAFE {
        #[expect(clippy::cast_possible_truncation, reason = "integral and within the exact range")]
        return serializer.serialize_i64(value as i64);
    }
    serializer.serialize_f64(value)
}

pub(crate) fn deserialize_number<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    struct Visit;
    impl serde::de::Visitor<'_> for Visit {
        type Value = f64;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a number")
        }
        fn visit_f64<E>(self, value: f64) -> Result<f64, E> {
            Ok(value)
        }
        #[expect(clippy::cast_precision_loss, reason = "JSON numbers are doubles in every language; this one is read as such")]
        fn visit_i64<E>(self, value: i64) -> Result<f64, E> {
            Ok(value as f64)
        }
        #[expect(clippy::cast_precision_loss, reason = "JSON numbers are doubles in every language; this one is read as such")]
        fn visit_u64<E>(self, value: u64) -> Result<f64, E> {
            Ok(value as f64)
        }
    }
    deserializer.deserialize_f64(Visit)
}

bounded_number! {
    /// Any finite number.
    pub struct Number: f64::MIN, f64::MAX, false;

    /// A number of at least 0.
    pub struct NonNegative: 0.0, f64::MAX, false;

    /// A number above 0 (at least 1e-9, so that a quotient stays finite).
    pub struct Positive: 1e-9, f64::MAX, false;

    /// A score from 0 to 100.
    pub struct Score: 0.0, 100.0, false;

    /// A share from 0 to 1.
    pub struct Share: 0.0, 1.0, false;

    /// A relative weight of at least 0; only its ratio to its siblings' weights matters. 0 keeps an item out of the score.
    pub struct Weight: 0.0, 1e9, false;

    /// A whole number of at least 0.
    pub struct Count: 0.0, 9_007_199_254_740_991.0, true;

    /// A level of an ordinal scale, from 0 to 100.
    pub struct Level: 0.0, 100.0, true;
}

tagged! {
    /// What the submitter answers for an indicator.
    pub enum Quantity {
        /// A number with a unit.
        Number(NumberQuantity) = "number",
        /// One level of an ordinal scale.
        Level(LevelQuantity) = "level",
        /// Which items of a list are met.
        Checklist(ChecklistQuantity) = "checklist",
        /// Yes or no.
        YesNo(YesNoQuantity) = "yes_no",
    }
}

record! {
    /// A number with a unit and its natural limits.
    pub struct NumberQuantity {
        /// The unit in which the number is given.
        unit: Unit,
        /// The least possible value; a smaller one is refused.
        min?: Number,
        /// The greatest possible value; a greater one is refused.
        max?: Number,
        /// Whether only whole numbers are possible. Absent: any number.
        integer?: bool,
    }
}

record! {
    /// An ordinal scale.
    pub struct LevelQuantity {
        /// The levels, ascending.
        levels: List<LevelName>,
    }
}

record! {
    /// One level of an ordinal scale and what it means.
    pub struct LevelName {
        /// The level.
        level: Level,
        /// What a community at this level has.
        name: Text,
    }
}

record! {
    /// A list of items of which each is met or not.
    pub struct ChecklistQuantity {
        /// The items.
        items: List<ChecklistItem>,
    }
}

record! {
    /// One item of a checklist.
    pub struct ChecklistItem {
        /// The item's identifier.
        id: ItemId,
        /// What must be there for the item to be met.
        name: Text,
        /// What the item counts when met. Absent: 1.
        weight?: Weight,
    }
}

record! {
    /// A question answered by yes or no.
    pub struct YesNoQuantity {
    }
}

impl Count {
    /// The number of things in memory.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "what fits into memory is far below the exact range")]
    pub fn of(things: usize) -> Self {
        Self(things as f64)
    }
}

impl Quantity {
    /// The quantity's word, such as `yes_no`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Number(_) => "number",
            Self::Level(_) => "level",
            Self::Checklist(_) => "checklist",
            Self::YesNo(_) => "yes_no",
        }
    }

    /// The member of an observation that holds the answer.
    #[must_use]
    pub fn answer_member(&self) -> &'static str {
        match self {
            Self::Number(_) => "value",
            Self::Level(_) => "level",
            Self::Checklist(_) => "items",
            Self::YesNo(_) => "answer",
        }
    }

    /// The least and the greatest measure that an answer can have; `None` where it has no end.
    #[must_use]
    pub fn limits(&self) -> (Option<f64>, Option<f64>) {
        match self {
            Self::Number(q) => (q.min.map(Number::get), q.max.map(Number::get)),
            Self::Level(q) => (q.levels.first().map(|l| l.level.get()), q.levels.last().map(|l| l.level.get())),
            Self::Checklist(q) => (Some(0.0), Some(q.items.iter().map(ChecklistItem::measure).sum())),
            Self::YesNo(_) => (Some(0.0), Some(1.0)),
        }
    }
}

impl ChecklistItem {
    /// What the item counts when met.
    #[must_use]
    pub fn measure(&self) -> f64 {
        self.weight.map_or(1.0, Weight::get)
    }
}
