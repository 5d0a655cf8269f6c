//! The mean of the nearest units.
//!
//! The distance of two units is the root of the mean squared difference over the standardised indicators that both have. Units as near as the last of the
//! nearest count too, so that the order of units does not matter. Source: Troyanskaya and others, Bioinformatics 17 (2001) 520–525, unweighted.

use talent_model::Bilingual;
use talent_model::index::Knn;

use super::Filled;
use crate::index::matrix::Matrix;
use crate::index::stats::{count, mean, population_deviation};

pub(crate) fn fill(knn: &Knn, cells: &Matrix, target: usize) -> Filled {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count, and no list is longer than memory")]
    let neighbours = knn.neighbours.map_or(5, |k| k.get() as usize).max(1);
    let scale: Vec<f64> = cells.each_column().map(population_deviation).collect();
    let distance = |a: usize, b: usize| {
        let (mut sum, mut shared) = (0.0, 0);
        for ((j, (x, y)), scale) in cells.row(a).zip(cells.row(b)).enumerate().zip(&scale) {
            if j != target && !x.is_nan() && !y.is_nan() && *scale > 0.0 {
                sum += (x - y) / scale * ((x - y) / scale);
                shared += 1;
            }
        }
        (shared > 0).then(|| sum / count(shared))
    };
    let column = cells.column(target);
    let nearest = |unit: usize| {
        let mut others: Vec<(f64, f64)> =
            column.iter().enumerate().filter(|(_, x)| !x.is_nan()).filter_map(|(other, x)| Some((distance(unit, other)?, *x))).collect();
        others.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let last = others.get(neighbours.min(others.len()).wrapping_sub(1))?.0;
        let near: Vec<f64> = others.iter().filter(|(d, _)| *d <= last).map(|(_, x)| *x).collect();
        Some(mean(&near))
    };
    let values: Vec<f64> = column.iter().enumerate().map(|(unit, x)| if x.is_nan() { nearest(unit).unwrap_or(f64::NAN) } else { *x }).collect();
    let why = values.iter().any(|x| x.is_nan()).then_some(Bilingual { en: "no unit can be compared", zh: "没有可比的单元" });
    Filled { values, why }
}

#[cfg(test)]
mod tests {
    use super::*;
    use talent_model::quantity::Count;

    #[test]
    fn the_nearest_units_and_those_as_near_are_averaged() {
        let rows = [[1.0, 10.0], [3.0, 30.0], [9.0, 90.0], [2.0, f64::NAN]];
        let one = Knn { neighbours: Count::new(1.0) };
        // The first two are equally near.
        assert_eq!(fill(&one, &Matrix::by_rows(&rows), 1).values, [10.0, 30.0, 90.0, 20.0]);
        assert!(fill(&one, &Matrix::by_rows(&[[f64::NAN, f64::NAN], [1.0, 2.0]]), 1).why.is_some());
    }
}
