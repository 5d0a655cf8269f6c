//! Weights drawn anew.

use talent_model::quantity::{Positive, Share};
use talent_model::robustness::WeightSpread;

use super::distribution::ln_gamma_quantile;

/// Draws the weights of one group's members, which keep their sum. A weight of 0 stays 0 and takes its number all the same, so that the others' numbers do not depend on it.
pub(crate) fn draw(spread: &WeightSpread, mut numbers: impl FnMut() -> f64, given: &[f64], drawn: &mut Vec<f64>) {
    drawn.clear();
    let sum: f64 = given.iter().sum();
    match spread {
        WeightSpread::Relative(relative) => {
            let by = Share::get(relative.by);
            drawn.extend(given.iter().map(|weight| weight * (1.0 + by * (2.0 * numbers() - 1.0))));
        }
        WeightSpread::Dirichlet(dirichlet) => {
            // In logarithms, since gamma numbers of a small shape can be too small for a double.
            let concentration = dirichlet.concentration.map(Positive::get);
            drawn.extend(given.iter().map(|weight| {
                let u = numbers();
                if *weight > 0.0 { ln_gamma_quantile(concentration.map_or(1.0, |c| c * weight / sum), u) } else { f64::NEG_INFINITY }
            }));
            let most = drawn.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            for x in drawn.iter_mut() {
                *x = if *x > f64::NEG_INFINITY { libm::exp(*x - most) } else { 0.0 };
            }
        }
    }
    let total: f64 = drawn.iter().sum();
    // Where nothing was varied the quotient is exactly 1.
    let scale = sum / total;
    if scale.is_finite() {
        drawn.iter_mut().for_each(|weight| *weight *= scale);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use talent_model::robustness::{Dirichlet, RelativeSpread, Sampling};

    use super::*;
    use crate::robust::uniform::{Matrix, Point, Source};

    fn samples(spread: &WeightSpread, given: &[f64]) -> Vec<Vec<f64>> {
        let source = Source::new(Sampling::Sobol, 5, &[given.len()]);
        (0..4096)
            .map(|index| {
                let mut drawn = Vec::new();
                let mut numbers = source.numbers(Point::of(index, Matrix::A), 0);
                draw(spread, || numbers.next(), given, &mut drawn);
                drawn
            })
            .collect()
    }

    fn moments(of: &[Vec<f64>], at: usize) -> (f64, f64) {
        let values: Vec<f64> = of.iter().map(|weights| *weights.get(at).unwrap()).collect();
        let mean = values.iter().sum::<f64>() / 4096.0;
        (mean, values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 4096.0)
    }

    #[test]
    fn the_moments_of_the_dirichlet_distribution() {
        // Flat over three: mean 1/3, variance (1/3)(2/3)/4.
        let flat = samples(&WeightSpread::Dirichlet(Dirichlet { concentration: None }), &[5.0, 1.0, 4.0]);
        let (mean, variance) = moments(&flat, 1);
        assert!((mean - 10.0 / 3.0).abs() < 0.01 && (variance - 100.0 / 18.0).abs() < 0.05, "{mean} {variance}");
        // Around the given ones with concentration 20: mean w, variance w(1 − w)/21.
        let around = samples(&WeightSpread::Dirichlet(Dirichlet { concentration: Positive::new(20.0) }), &[0.5, 0.1, 0.4]);
        for (at, w) in [0.5, 0.1, 0.4].into_iter().enumerate() {
            let (mean, variance) = moments(&around, at);
            assert!((mean - w).abs() < 0.001 && (variance - w * (1.0 - w) / 21.0).abs() < 0.0005, "{mean} {variance}");
        }
        assert!(flat.iter().chain(&around).all(|weights| (weights.iter().sum::<f64>() - weights.iter().sum::<f64>().round()).abs() < 1e-9));
    }

    #[test]
    fn without_spread_the_weights_are_those_given_to_the_bit() {
        let given = [0.1, 0.7, 0.3, 0.0, 1.0 / 3.0];
        for drawn in samples(&WeightSpread::Relative(RelativeSpread { by: Share::new(0.0).unwrap() }), &given) {
            assert_eq!(drawn, given);
        }
        let spread = samples(&WeightSpread::Relative(RelativeSpread { by: Share::new(0.5).unwrap() }), &given);
        assert!(spread.iter().all(|weights| *weights.get(3).unwrap() == 0.0 && (weights.iter().sum::<f64>() - 1.433_333).abs() < 1e-5));
    }
}
