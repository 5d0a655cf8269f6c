//! The mean or median of the column, within groups of units. Source: OECD/JRC, Handbook (2008), section 3.2 (unconditional mean and median imputation).

use talent_model::Bilingual;

use super::Filled;

pub(crate) fn fill(column: &[f64], groups: &[usize], centre: impl Fn(&[f64]) -> f64) -> Filled {
    let number = groups.iter().max().map_or(0, |last| last + 1);
    let centres: Vec<f64> =
        (0..number).map(|group| centre(&column.iter().zip(groups).filter(|(_, of)| **of == group).map(|(x, _)| *x).collect::<Vec<f64>>())).collect();
    let own = |group: &usize| centres.get(*group).copied().unwrap_or(f64::NAN);
    let values: Vec<f64> = column.iter().zip(groups).map(|(x, group)| if x.is_nan() { own(group) } else { *x }).collect();
    let why = values.iter().any(|x| x.is_nan()).then_some(Bilingual { en: "their group has no value", zh: "所在分组没有任何取值" });
    Filled { values, why }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::stats::{mean, median};

    #[test]
    fn groups_are_filled_from_within() {
        let column = [1.0, f64::NAN, 5.0, 30.0, f64::NAN];
        assert_eq!(fill(&column, &[0, 0, 0, 1, 1], mean).values, [1.0, 3.0, 5.0, 30.0, 30.0]);
        assert_eq!(fill(&column, &[0; 5], median).values, [1.0, 5.0, 5.0, 30.0, 5.0]);
        assert!(fill(&column, &[0, 1, 0, 0, 0], mean).why.is_some());
    }
}
