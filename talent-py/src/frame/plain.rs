//! Columns that are plainly what is asked, read at once.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use arrow_array::{Array, BooleanArray, Float64Array, StringArray};
use arrow_schema::ArrowError;
use talent_model::quantity::Quantity;
use talent_score::frame::{Absence, Asked};

use super::column::Column;
use super::layout::Columns;

/// A column of answers; `None` where one of them has to be looked at, or what stands beside it.
pub(super) fn plainly<'c>(
    asked: &Asked,
    value: Option<&'c Column>,
    columns: &Columns,
    open: &dyn Fn(Option<usize>) -> Result<Option<Column>, ArrowError>,
) -> Result<Option<Cow<'c, [f64]>>, ArrowError> {
    let [unit, state, reason, sample] = columns.companions;
    if unit.or(state).or(reason).is_some() || sample.is_some() != asked.is_sampled() {
        return Ok(None);
    }
    Ok(match value {
        Some(Column::Numbers(numbers)) => {
            let samples = match open(sample)? {
                Some(Column::Numbers(samples)) if samples.null_count() == 0 => Some(samples),
                _ => None,
            };
            let samples = samples.as_ref().map(|samples| &**samples.values());
            Some(with_gaps(numbers)).filter(|read| asked.can_all_be(read, numbers.null_count(), samples))
        }
        Some(Column::Texts(texts)) if sample.is_none() => listed(asked, texts).map(Cow::Owned),
        Some(Column::Truths(truths)) if sample.is_none() && matches!(asked.quantity(), Quantity::YesNo(_)) => Some(answered(truths)),
        _ => None,
    })
}

/// Numbers, with what stands for a missing one where there is none.
pub(super) fn with_gaps(numbers: &Float64Array) -> Cow<'_, [f64]> {
    let values: &[f64] = numbers.values();
    match numbers.nulls().filter(|nulls| nulls.null_count() > 0) {
        None => Cow::Borrowed(values),
        Some(nulls) => {
            let read = |(value, there): (&f64, bool)| if there { *value } else { Absence::Missing.measure() };
            Cow::Owned(values.iter().zip(nulls).map(read).collect())
        }
    }
}

/// Yes and no as numbers.
pub(super) fn answered(truths: &BooleanArray) -> Cow<'_, [f64]> {
    let read = |truth: Option<bool>| truth.map_or(Absence::Missing.measure(), |yes| f64::from(u8::from(yes)));
    Cow::Owned(truths.iter().map(read).collect())
}

/// Lists of items in texts. They repeat, and each is read once.
pub(super) fn listed(asked: &Asked, texts: &StringArray) -> Option<Vec<f64>> {
    let mut known: HashMap<&str, f64> = HashMap::new();
    let read = |text| match text {
        None => Some(Absence::Missing.measure()),
        Some(text) => match known.entry(text) {
            Entry::Occupied(entry) => Some(*entry.get()),
            Entry::Vacant(entry) => Some(*entry.insert(asked.list(text)?)),
        },
    };
    texts.iter().map(read).collect()
}
