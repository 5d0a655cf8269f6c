//! Columns that say by bits what stands in a row.

use crate::wide::widest;

/// Puts something else in place of the numbers whose bits are not set. A word has the bits of 64 numbers, the lowest that of the first.
///
/// ```
/// let mut numbers = [1.0, 2.0, 3.0];
/// talent_score::frame::strike(&mut numbers, [0b101], 0.0);
/// assert_eq!(numbers, [1.0, 0.0, 3.0]);
/// ```
pub fn strike(numbers: &mut [f64], words: impl IntoIterator<Item = u64>, other: f64) {
    for (numbers, word) in numbers.chunks_mut(64).zip(words) {
        if word != u64::MAX {
            strike_word(numbers, word, other);
        }
    }
}

fn strike_word(numbers: &mut [f64], word: u64, other: f64) {
    widest(
        #[inline(always)]
        move || {
            for (at, number) in (0..64).zip(numbers) {
                let own = *number;
                // No shift here has to be looked at for being too wide, which would be a branch for every number.
                *number = if word.wrapping_shr(at) & 1 == 1 { own } else { other };
            }
        },
    );
}
