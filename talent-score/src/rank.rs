//! Ranks from unrounded scores.

use talent_model::index::Ties;

/// The ranks of scores, 1 for the greatest; a unit without a score has no rank.
///
/// ```
/// use talent_model::index::Ties;
/// use talent_score::ranks;
/// let scores = [70.0, 90.0, 70.0, 10.0];
/// assert_eq!(ranks(&scores, Ties::Competition), [2.0, 1.0, 2.0, 4.0]);
/// assert_eq!(ranks(&scores, Ties::Fractional), [2.5, 1.0, 2.5, 4.0]);
/// ```
#[must_use]
pub fn ranks(scores: &[f64], ties: Ties) -> Vec<f64> {
    let mut sorted: Vec<f64> = scores.iter().copied().filter(|x| !x.is_nan()).collect();
    sorted.sort_by(f64::total_cmp);
    #[expect(clippy::cast_precision_loss, reason = "what fits into memory is far below the exact range")]
    let count = |things: usize| things as f64;
    let mut distinct = sorted.clone();
    distinct.dedup();
    let rank = |x: &f64| {
        let above = count(sorted.len() - sorted.partition_point(|y| y <= x));
        let upto = count(sorted.len() - sorted.partition_point(|y| y < x));
        match ties {
            Ties::Competition => above + 1.0,
            Ties::Modified => upto,
            Ties::Dense => count(distinct.len() - distinct.partition_point(|y| y <= x)) + 1.0,
            Ties::Fractional => (above + 1.0 + upto) / 2.0,
        }
    };
    scores.iter().map(|x| if x.is_nan() { f64::NAN } else { rank(x) }).collect()
}

/// The ranks of scores, each among those of its own period.
#[cfg(feature = "index")]
pub(crate) fn ranks_within(scores: &[f64], periods: &[Vec<usize>], ties: Ties) -> Vec<f64> {
    if periods.len() < 2 || scores.is_empty() {
        return ranks(scores, ties);
    }
    let mut all = vec![f64::NAN; scores.len()];
    for period in periods {
        let own: Vec<f64> = period.iter().filter_map(|place| scores.get(*place).copied()).collect();
        for (place, rank) in period.iter().zip(ranks(&own, ties)) {
            if let Some(cell) = all.get_mut(*place) {
                *cell = rank;
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_for_ties() {
        let scores = [5.0, 9.0, 5.0, 1.0, 9.5, f64::NAN];
        for (ties, expected) in [
            (Ties::Competition, [3.0, 2.0, 3.0, 5.0, 1.0]),
            (Ties::Modified, [4.0, 2.0, 4.0, 5.0, 1.0]),
            (Ties::Dense, [3.0, 2.0, 3.0, 4.0, 1.0]),
            (Ties::Fractional, [3.5, 2.0, 3.5, 5.0, 1.0]),
        ] {
            let found = ranks(&scores, ties);
            assert_eq!(found.get(..5), Some(&expected[..]), "{ties}");
            assert!(found.last().is_some_and(|rank| rank.is_nan()));
        }
    }

    #[test]
    fn zero_has_one_rank_with_either_sign() {
        assert_eq!(ranks(&[0.0, -0.0], Ties::Competition), [1.0, 1.0]);
    }
}
