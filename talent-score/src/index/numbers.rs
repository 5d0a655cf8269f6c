//! A column of numbers that is shared and never changed.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::each::each;
use super::stats::ends;

/// Doubles that somebody holds and nobody changes.
pub type Doubles = Arc<dyn AsRef<[f64]> + Send + Sync>;

/// A column of numbers, not a number where one is missing. It never changes: a copy shares the same memory, and how many numbers there are and between which
/// ends they lie was found out once.
///
/// ```
/// use talent_score::index::Numbers;
/// let parks = Numbers::from(vec![2.0, f64::NAN, 6.0]);
/// assert_eq!((parks.len(), parks.known(), parks.ends()), (3, 2, (2.0, 6.0)));
/// ```
#[derive(Clone)]
pub struct Numbers {
    values: Doubles,
    known: usize,
    ends: (f64, f64),
}

impl Numbers {
    /// Numbers that somebody else holds, without copying them.
    #[must_use]
    pub fn shared(values: Doubles) -> Self {
        let (known, low, high) = ends((*values).as_ref());
        Self { values, known, ends: (low, high) }
    }

    /// Many columns at once.
    #[must_use]
    pub fn columns(columns: Vec<(String, Doubles)>) -> Vec<(String, Self)> {
        let length = columns.first().map_or(0, |(_, values)| (**values).as_ref().len());
        let numbers = each(&columns, length, |(_, values)| Self::shared(values.clone()));
        columns.into_iter().zip(numbers).map(|((name, _), numbers)| (name, numbers)).collect()
    }

    /// How many are not missing.
    #[must_use]
    pub fn known(&self) -> usize {
        self.known
    }

    /// Whether none is missing.
    #[must_use]
    pub fn complete(&self) -> bool {
        self.known == self.len()
    }

    /// The least and the greatest; not numbers when all are missing.
    #[must_use]
    pub fn ends(&self) -> (f64, f64) {
        self.ends
    }
}

impl Deref for Numbers {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        (*self.values).as_ref()
    }
}

impl From<Vec<f64>> for Numbers {
    fn from(values: Vec<f64>) -> Self {
        Self::shared(Arc::new(values))
    }
}

impl FromIterator<f64> for Numbers {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        values.into_iter().collect::<Vec<f64>>().into()
    }
}

impl AsRef<[f64]> for Numbers {
    fn as_ref(&self) -> &[f64] {
        self
    }
}

impl Default for Numbers {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl fmt::Debug for Numbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl PartialEq for Numbers {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<const N: usize> PartialEq<[f64; N]> for Numbers {
    fn eq(&self, other: &[f64; N]) -> bool {
        **self == *other
    }
}
