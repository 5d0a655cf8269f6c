//! What the columns of a frame may hold.

use arrow_schema::{DataType, Field};
use talent_model::Bilingual;
use talent_model::diagnostic::{Code, Diagnostic};
use talent_model::quantity::Quantity;

use super::layout::{Options, about};

/// What a column may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Numbers,
    Text,
    Levels,
    Truths,
    Items,
    /// Any of these: what is asked differs from row to row.
    Answers,
}

impl Kind {
    pub(crate) fn of(quantity: &Quantity) -> Self {
        match quantity {
            Quantity::Number(_) => Self::Numbers,
            Quantity::Level(_) => Self::Levels,
            Quantity::YesNo(_) => Self::Truths,
            Quantity::Checklist(_) => Self::Items,
        }
    }

    fn fits(self, data_type: &DataType) -> bool {
        match self {
            Self::Numbers => is_number(data_type),
            Self::Text => is_text(data_type),
            Self::Levels => is_number(data_type) || is_text(data_type),
            Self::Truths => *data_type == DataType::Boolean || is_number(data_type) || is_text(data_type),
            Self::Items => is_text(data_type) || is_list(data_type),
            Self::Answers => Self::Truths.fits(data_type) || is_list(data_type),
        }
    }

    fn name(self) -> Bilingual {
        match self {
            Self::Numbers => Bilingual { en: "numbers", zh: "数值" },
            Self::Text => Bilingual { en: "text", zh: "文本" },
            Self::Levels => Bilingual { en: "levels, as numbers or text", zh: "等级（数值或文本）" },
            Self::Truths => Bilingual { en: "yes or no, as booleans, 1 and 0 or text", zh: "是或否（布尔值、1 与 0 或文本）" },
            Self::Items => {
                Bilingual { en: "lists of items, or items in one text separated by `;`", zh: "清单项的列表，或以 `;` 分隔的文本" }
            }
            Self::Answers => {
                Bilingual { en: "answers: numbers, booleans, text or lists of text", zh: "回答（数值、布尔值、文本或文本列表）" }
            }
        }
    }

    /// What is to be said of a column that holds something else. One that holds nothing may be of any type.
    pub(crate) fn check(self, field: &Field, options: &Options) -> Option<Diagnostic> {
        let data_type = match field.data_type() {
            DataType::Dictionary(_, values) => values.as_ref(),
            data_type => data_type,
        };
        let holds_nothing = *data_type == DataType::Null || options.untyped.contains(field.name());
        let wrong = || about(Code::ColumnType, field.name()).with("found", field.data_type().to_string()).bilingual("expected", self.name());
        (!holds_nothing && !self.fits(data_type)).then(wrong)
    }
}

pub(crate) fn is_number(data_type: &DataType) -> bool {
    data_type.is_numeric() && !matches!(data_type, DataType::Float16)
}

pub(crate) fn is_text(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}

pub(crate) fn is_list(data_type: &DataType) -> bool {
    let is_text = |data_type: &DataType| is_text(data_type) || *data_type == DataType::Null;
    match data_type {
        DataType::List(field) | DataType::LargeList(field) | DataType::ListView(field) | DataType::LargeListView(field) => is_text(field.data_type()),
        DataType::FixedSizeList(field, _) => is_text(field.data_type()),
        _ => false,
    }
}
