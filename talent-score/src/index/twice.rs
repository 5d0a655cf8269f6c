//! What may come twice among many things, found without comparing or sorting them.

/// Mixes a word into a mark. Equal things get equal marks, and different things soon get different ones.
#[inline]
pub(crate) fn mix(mark: u64, word: u64) -> u64 {
    (mark.rotate_left(5) ^ word).wrapping_mul(MIX)
}

const MIX: u64 = 0x517c_c1b7_2722_0a95;

/// The mark of a text.
pub(crate) fn mark_of(text: &str) -> u64 {
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let rest = rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    let mark = words.iter().fold(0, |mark, word| mix(mark, u64::from_le_bytes(*word)));
    // The length tells apart what ends in zeros.
    mix(mix(mark, rest), text.len() as u64)
}

/// The places of the marks that may come twice, in order: of all that do, and of few others.
pub(crate) fn perhaps_twice(marks: impl ExactSizeIterator<Item = u64> + Clone) -> Vec<usize> {
    // With so many slots for every mark one in thirty shares its slot by chance.
    const SLOTS: usize = 32;
    let words = (marks.len() * SLOTS / 64).next_power_of_two().max(2);
    let shift = 64 - (words * 64).trailing_zeros();
    let slot = |mark: u64| {
        let slot = (mark ^ mark >> 32).wrapping_mul(MIX) >> shift;
        (usize::try_from(slot / 64).unwrap_or_default(), 1_u64 << (slot % 64))
    };
    let (mut once, mut twice) = (vec![0_u64; words], vec![0_u64; words]);
    for mark in marks.clone() {
        let (word, bit) = slot(mark);
        if let (Some(once), Some(twice)) = (once.get_mut(word), twice.get_mut(word)) {
            *twice |= *once & bit;
            *once |= bit;
        }
    }
    let shared = |mark: u64| {
        let (word, bit) = slot(mark);
        twice.get(word).is_some_and(|twice| twice & bit != 0)
    };
    marks.enumerate().filter(|(_, mark)| shared(*mark)).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_come_twice_are_found_and_few_others() {
        let names: Vec<String> = (0..10_000).map(|i| format!("unit {}", i % 9_990)).collect();
        let found = perhaps_twice(names.iter().map(|name| mark_of(name)));
        assert!((0..10).chain(9_990..10_000).all(|at| found.binary_search(&at).is_ok()));
        assert!(found.len() < 1_000 && found.is_sorted(), "{}", found.len());
        assert!(perhaps_twice([1, 2, 3].into_iter()).is_empty() && perhaps_twice(std::iter::empty()).is_empty());
    }

    #[test]
    fn zeros_at_the_end_count() {
        let texts = ["", "\0", "\0\0", "a", "a\0", "12345678", "12345678\0"];
        let mut marks: Vec<u64> = texts.iter().map(|text| mark_of(text)).collect();
        marks.sort_unstable();
        marks.dedup();
        assert_eq!(marks.len(), texts.len());
    }
}
