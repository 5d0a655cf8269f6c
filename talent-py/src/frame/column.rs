//! Arrow columns as cells.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_array::{Array, ArrayRef, BooleanArray, Float64Array, GenericListArray, StringArray, StringViewArray};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, Field};
use talent_score::frame::Given;

use super::kind::{is_list, is_text};

/// A column, read as one of few types.
#[derive(Clone, Debug)]
pub(crate) enum Column {
    Null,
    Numbers(Float64Array),
    Truths(BooleanArray),
    Texts(StringArray),
    /// Texts as polars has them.
    Views(StringViewArray),
    Lists(GenericListArray<i32>),
}

impl Column {
    /// Whether a column of a type is taken as it is.
    fn is_plain(data_type: &DataType) -> bool {
        matches!(data_type, DataType::Null | DataType::Boolean | DataType::Float64 | DataType::Utf8 | DataType::Utf8View)
    }

    /// Reads a column. Numbers of 64 bits and plain texts are taken as they are; others are converted.
    pub(crate) fn new(array: &ArrayRef) -> Result<Self, ArrowError> {
        let unpacked = match array.data_type() {
            DataType::Dictionary(_, values) => cast(array, values)?,
            _ => Arc::clone(array),
        };
        let array = &unpacked;
        Ok(match array.data_type() {
            DataType::Null => Self::Null,
            DataType::Boolean => Self::Truths(array.as_boolean().clone()),
            DataType::Float64 => Self::Numbers(array.as_primitive::<Float64Type>().clone()),
            DataType::Utf8View => Self::Views(array.as_string_view().clone()),
            data_type if is_text(data_type) => Self::Texts(cast(array, &DataType::Utf8)?.as_string::<i32>().clone()),
            data_type if is_list(data_type) => {
                let wanted = DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true)));
                Self::Lists(cast(array, &wanted)?.as_list::<i32>().clone())
            }
            _ => Self::Numbers(cast(array, &DataType::Float64)?.as_primitive::<Float64Type>().clone()),
        })
    }

    pub(crate) fn text(&self, row: usize) -> Option<&str> {
        match self {
            Self::Texts(texts) if row < texts.len() && texts.is_valid(row) => Some(texts.value(row)),
            Self::Views(texts) if row < texts.len() && texts.is_valid(row) => Some(texts.value(row)),
            _ => None,
        }
    }

    /// Some of the rows.
    fn slice(&self, start: usize, rows: usize) -> Self {
        match self {
            Self::Null => Self::Null,
            Self::Numbers(numbers) => Self::Numbers(numbers.slice(start, rows)),
            Self::Truths(truths) => Self::Truths(truths.slice(start, rows)),
            Self::Texts(texts) => Self::Texts(texts.slice(start, rows)),
            Self::Views(texts) => Self::Views(texts.slice(start, rows)),
            Self::Lists(lists) => Self::Lists(lists.slice(start, rows)),
        }
    }

    pub(crate) fn number(&self, row: usize) -> Option<f64> {
        match self {
            Self::Numbers(numbers) if row < numbers.len() && numbers.is_valid(row) => Some(numbers.value(row)),
            _ => None,
        }
    }

    pub(crate) fn given(&self, row: usize) -> Given<'_> {
        match self {
            Self::Numbers(_) => self.number(row).map_or(Given::Null, Given::Number),
            Self::Truths(truths) if row < truths.len() && truths.is_valid(row) => Given::Truth(truths.value(row)),
            Self::Texts(_) | Self::Views(_) => self.text(row).map_or(Given::Null, Given::Text),
            Self::Lists(lists) if row < lists.len() && lists.is_valid(row) => {
                let (Some(start), Some(end)) = (lists.value_offsets().get(row), lists.value_offsets().get(row + 1)) else { return Given::Null };
                let texts = lists.values().as_string::<i32>();
                let item = |at: i32| usize::try_from(at).ok().filter(|at| texts.is_valid(*at)).map(|at| texts.value(at));
                Given::Items((*start..*end).filter_map(item).collect())
            }
            _ => Given::Null,
        }
    }
}

/// A column of a piece of a frame, of which each core reads a share of the rows.
#[derive(Clone, Debug)]
pub(crate) enum Shared {
    /// Nothing has to be converted.
    Read(Column),
    /// Each share is converted by itself, so that what it is turned into stays in the memory of its core and is never there for all rows.
    Packed(ArrayRef),
}

impl Shared {
    pub(crate) fn new(array: &ArrayRef) -> Result<Self, ArrowError> {
        Ok(if Column::is_plain(array.data_type()) { Self::Read(Column::new(array)?) } else { Self::Packed(Arc::clone(array)) })
    }

    /// Numbers that are all there.
    pub(crate) fn numbers(&self) -> Option<&[f64]> {
        match self {
            Self::Read(Column::Numbers(numbers)) if numbers.null_count() == 0 => Some(numbers.values()),
            _ => None,
        }
    }

    pub(crate) fn share(&self, start: usize, rows: usize) -> Result<Column, ArrowError> {
        match self {
            Self::Read(column) => Ok(column.slice(start, rows)),
            Self::Packed(array) => Column::new(&array.slice(start, rows)),
        }
    }
}

/// Whether a type holds texts anywhere inside, whose bytes no one has looked at when they come from another library.
pub(crate) fn holds_text(data_type: &DataType) -> bool {
    match data_type {
        DataType::Dictionary(_, values) => holds_text(values),
        DataType::List(field) | DataType::LargeList(field) | DataType::ListView(field) | DataType::LargeListView(field) => {
            holds_text(field.data_type())
        }
        DataType::FixedSizeList(field, _) | DataType::Map(field, _) | DataType::RunEndEncoded(_, field) => holds_text(field.data_type()),
        DataType::Struct(fields) => fields.iter().any(|field| holds_text(field.data_type())),
        DataType::Union(fields, _) => fields.iter().any(|(_, field)| holds_text(field.data_type())),
        data_type => is_text(data_type),
    }
}
