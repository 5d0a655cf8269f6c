//! A column of numbers that is shared and never changed.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

use super::stats::ends;
use crate::wide::widest;

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
    values: Values,
    known: usize,
    ends: (f64, f64),
}

#[derive(Clone)]
enum Values {
    Held(Doubles),
    Scaled(Arc<Scaled>),
}

/// Numbers on another scale. They are made when somebody looks at all of them; who needs them block by block makes each block himself, and none is kept.
struct Scaled {
    of: Numbers,
    scale: Scale,
    made: OnceLock<Vec<f64>>,
}

/// A scale that keeps the order of numbers, or turns it: what it makes of many numbers at once. It leaves what is not a number as it is.
#[derive(Clone)]
pub(crate) struct Scale(Arc<Many>);

type Many = dyn Fn(&[f64], &mut [f64]) + Send + Sync;

impl Scale {
    pub(crate) fn new(one: impl Fn(f64) -> f64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(move |from, to| {
            widest(
                #[inline(always)]
                || to.iter_mut().zip(from).for_each(|(to, x)| *to = if x.is_nan() { *x } else { one(*x) }),
            );
        }))
    }

    /// The numbers on this scale.
    pub(crate) fn of(&self, numbers: &[f64]) -> Vec<f64> {
        let mut made = vec![0.0; numbers.len()];
        (self.0)(numbers, &mut made);
        made
    }
}

impl fmt::Debug for Scale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a scale")
    }
}

impl Numbers {
    /// Numbers that somebody else holds, without copying them.
    #[must_use]
    pub fn shared(values: Doubles) -> Self {
        let (known, low, high) = ends((*values).as_ref());
        Self { values: Values::Held(values), known, ends: (low, high) }
    }

    /// The same numbers on another scale. Its ends are those of the numbers on that scale, since the order is kept or turned.
    pub(crate) fn scaled(&self, scale: Scale) -> Self {
        let mut ends = [0.0; 2];
        (scale.0)(&[self.ends.0, self.ends.1], &mut ends);
        let [a, b] = ends;
        // Zero has one sign, as everywhere.
        let ends = if a > b { (b + 0.0, a + 0.0) } else { (a + 0.0, b + 0.0) };
        Self { known: self.known, ends, values: Values::Scaled(Arc::new(Scaled { of: self.clone(), scale, made: OnceLock::new() })) }
    }

    /// Some of the numbers, one after another. Those of a scale that nobody has looked at as a whole are made in `room`, which is as long.
    pub(crate) fn part<'r>(&'r self, places: Range<usize>, room: &'r mut [f64]) -> &'r [f64] {
        match &self.values {
            Values::Scaled(scaled) if scaled.made.get().is_none() => {
                (scaled.scale.0)(scaled.of.get(places).unwrap_or_default(), room);
                room
            }
            _ => self.get(places).unwrap_or_default(),
        }
    }

    /// How many there are, missing ones too. Nobody has to make them to know that.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.values {
            Values::Held(values) => (**values).as_ref().len(),
            Values::Scaled(scaled) => scaled.of.len(),
        }
    }

    /// Whether there is none, not even a missing one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
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
        match &self.values {
            Values::Held(values) => (**values).as_ref(),
            Values::Scaled(scaled) => scaled.made.get_or_init(|| scaled.scale.of(&scaled.of)),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_has_to_make_numbers_to_count_them() {
        let scaled = Numbers::from(vec![1.0, f64::NAN, 3.0]).scaled(Scale::new(|x| x * 2.0));
        assert_eq!((scaled.len(), scaled.known(), scaled.complete(), scaled.ends()), (3, 2, false, (2.0, 6.0)));
        let made = || matches!(&scaled.values, Values::Scaled(held) if held.made.get().is_some());
        assert!(!made());
        assert_eq!(scaled.first(), Some(&2.0));
        assert!(made());
    }

    #[test]
    fn a_scale_makes_blocks_and_the_whole_to_the_same_bits() {
        let values: Vec<f64> = (0..1000).map(|i| if i % 7 == 0 { f64::NAN } else { f64::from(i * 37 % 101) / 3.0 }).collect();
        for sign in [1.0, -1.0] {
            let one = move |x: f64| 1.0 + (sign * x - 0.3) / 7.0 * 99.0;
            let eager: Numbers = values.iter().map(|x| if x.is_nan() { *x } else { one(*x) }).collect();
            let scaled = Numbers::from(values.clone()).scaled(Scale::new(one));
            assert_eq!((scaled.known(), scaled.ends()), (eager.known(), eager.ends()));
            let bits = |of: &[f64]| of.iter().map(|x| x.to_bits()).collect::<Vec<u64>>();
            let mut room = [0.0; 300];
            let before = bits(scaled.part(600..900, &mut room));
            assert_eq!(before, bits(eager.get(600..900).unwrap_or_default()));
            assert_eq!(bits(&scaled), bits(&eager));
            assert_eq!(before, bits(scaled.part(600..900, &mut room)));
        }
    }
}
