//! Between what numbers must lie.

use crate::wide::widest;

/// The least and the greatest number, and whether there may be fractions. No number and infinity are outside of all limits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Limits {
    pub(crate) least: f64,
    pub(crate) most: f64,
    pub(crate) whole: bool,
}

impl Limits {
    #[inline(always)]
    pub(crate) fn hold(self, number: f64) -> bool {
        self.lie_around(number) & (!self.whole | is_whole(number))
    }

    #[inline(always)]
    fn lie_around(self, number: f64) -> bool {
        (number >= self.least) & (number <= self.most)
    }

    /// Whether they hold for all numbers.
    pub(crate) fn hold_all(self, numbers: &[f64]) -> bool {
        // Apart, because the compiler does not part them by itself.
        if self.whole {
            all(
                numbers,
                #[inline(always)]
                |number| self.lie_around(number) & is_whole(number),
            )
        } else {
            all(
                numbers,
                #[inline(always)]
                |number| self.lie_around(number),
            )
        }
    }
}

/// Whether something holds for all numbers.
#[inline(always)]
pub(crate) fn all(numbers: &[f64], holds: impl Fn(f64) -> bool) -> bool {
    widest(
        #[inline(always)]
        || numbers.iter().fold(true, |all, number| all & holds(*number)),
    )
}

/// Whether a number has no fraction; infinity has none either.
#[inline(always)]
pub(crate) fn is_whole(number: f64) -> bool {
    // From here on there are no fractions; below it, adding as much leaves no room for one.
    const EDGE: f64 = 4_503_599_627_370_496.0;
    let size = number.abs();
    (size >= EDGE) | ((size + EDGE) - EDGE == size)
}
