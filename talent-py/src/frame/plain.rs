//! Columns that are plainly what is asked, read at once.

use std::borrow::Cow;

use arrow_array::{Array, BooleanArray, Float64Array};
use arrow_schema::ArrowError;
use foldhash::HashMap;
use talent_model::quantity::Quantity;
use talent_score::frame::{Absence, Asked, strike};

use super::column::Column;
use super::layout::Columns;
use super::run::Open;

/// What texts that list items are worth, by what is asked. They repeat, and one core reads each once for many of its shares.
#[derive(Debug, Default)]
pub(super) struct Lists(HashMap<(usize, usize), HashMap<Box<str>, f64>>);

impl Lists {
    /// How many texts are kept of one column: where there are more they hardly repeat.
    const KEPT: usize = 1024;

    /// A column of texts; `None` where one of them has to be looked at. `at` stands for what is asked.
    pub(super) fn read<'t>(&mut self, at: (usize, usize), asked: &Asked, texts: impl Iterator<Item = Option<&'t str>>) -> Option<Vec<f64>> {
        let known = self.0.entry(at).or_default();
        let mut recent = [None; RECENT];
        let read = |text: Option<&'t str>| {
            let Some(text) = text else { return Some(Absence::Missing.measure()) };
            let seat = recent.get_mut(seat(text))?;
            if let Some((seen, worth)) = seat
                && *seen == text
            {
                return Some(*worth);
            }
            let worth = match known.get(text) {
                Some(worth) => *worth,
                None => {
                    let worth = asked.list(text)?;
                    if known.len() == Self::KEPT {
                        known.clear();
                    }
                    known.insert(text.into(), worth);
                    worth
                }
            };
            *seat = Some((text, worth));
            Some(worth)
        };
        texts.map(read).collect()
    }
}

/// How many texts have a seat, so that most are found again without making a hash of all their letters.
const RECENT: usize = 64;

/// The seat of a text, by its length and its last letters.
fn seat(text: &str) -> usize {
    let end = text.as_bytes().last_chunk().map_or(0, |end| u64::from_le_bytes(*end));
    let [first, ..] = (end ^ text.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes();
    usize::from(first) % RECENT
}

/// A column of answers; `None` where one of them has to be looked at, or what stands beside it. `at` stands for what is asked.
pub(super) fn plainly<'c>(
    at: (usize, usize),
    asked: &Asked,
    value: Option<&'c Column>,
    columns: &Columns,
    open: &Open<'_>,
    lists: &mut Lists,
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
        Some(Column::Texts(texts)) if sample.is_none() => lists.read(at, asked, texts.iter()).map(Cow::Owned),
        Some(Column::Views(texts)) if sample.is_none() => lists.read(at, asked, texts.iter()).map(Cow::Owned),
        Some(Column::Truths(truths)) if sample.is_none() && matches!(asked.quantity(), Quantity::YesNo(_)) => Some(Cow::Owned(answered(truths))),
        _ => None,
    })
}

/// Numbers, with what stands for a missing one where there is none.
pub(super) fn with_gaps(numbers: &Float64Array) -> Cow<'_, [f64]> {
    let values: &[f64] = numbers.values();
    if numbers.null_count() == 0 {
        return Cow::Borrowed(values);
    }
    let mut values = values.to_vec();
    leave_gaps(&mut values, numbers);
    Cow::Owned(values)
}

/// Yes and no as numbers.
pub(super) fn answered(truths: &BooleanArray) -> Vec<f64> {
    let mut answers = vec![1.0; truths.len()];
    strike(&mut answers, truths.values().bit_chunks().iter_padded(), 0.0);
    leave_gaps(&mut answers, truths);
    answers
}

/// Puts down what stands for a missing number where there is none.
fn leave_gaps(values: &mut [f64], array: &dyn Array) {
    if let Some(nulls) = array.nulls().filter(|nulls| nulls.null_count() > 0) {
        strike(values, nulls.inner().bit_chunks().iter_padded(), Absence::Missing.measure());
    }
}
