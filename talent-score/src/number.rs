//! Numbers on their way into an assessment, and the one weighted mean of measures.

use talent_model::quantity::{Number, Share};

/// A number of an assessment. Everything that arrives here is finite; if ever it were not, 0 stands in rather than a panic.
#[expect(clippy::expect_used, reason = "0 is a number")]
pub(crate) fn number(value: f64) -> Number {
    Number::new(value).or_else(|| Number::new(0.0)).expect("0 is a number")
}

/// A number that may not be there: NaN marks what is unknown inside the kernel, and never leaves it.
pub(crate) fn known(value: f64) -> Option<Number> {
    Number::new(value)
}

/// A share; rounding may have carried it out of its range by the last bit.
#[expect(clippy::expect_used, reason = "0 is a share")]
pub(crate) fn share(value: f64) -> Share {
    Share::new(value.clamp(0.0, 1.0)).or_else(|| Share::new(0.0)).expect("0 is a share")
}

/// The mean of `(weight, value)`. If all weights are 0, they count equally. It never leaves the range of its values, so that the mean of equal values
/// is that value to the last bit, and a gate exactly at it is passed.
pub(crate) fn mean(pairs: &[(f64, f64)]) -> Option<f64> {
    let equal = pairs.iter().all(|(weight, _)| *weight <= 0.0);
    let (mut sum, mut weights) = (0.0, 0.0);
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for (weight, value) in pairs {
        let weight = if equal { 1.0 } else { *weight };
        if weight > 0.0 {
            sum += weight * value;
            weights += weight;
            low = low.min(*value);
            high = high.max(*value);
        }
    }
    (weights > 0.0).then(|| (sum / weights).max(low).min(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_of_equal_values_is_exact() {
        assert_eq!(mean(&[(0.1, 0.35), (0.7, 0.35), (0.3, 0.35)]), Some(0.35));
        // (3 × 10 + 1 × 50) / 4 = 20
        assert_eq!(mean(&[(3.0, 10.0), (1.0, 50.0)]), Some(20.0));
        assert_eq!(mean(&[(0.0, 10.0), (0.0, 50.0)]), Some(30.0));
        assert_eq!(mean(&[]), None);
        assert_eq!(mean(&[(1.0, f64::NEG_INFINITY), (0.0, f64::INFINITY)]), Some(f64::NEG_INFINITY));
    }

    #[test]
    fn what_is_not_finite_never_leaves() {
        assert_eq!(number(f64::NAN).get(), 0.0);
        assert_eq!(known(f64::NAN), None);
        assert_eq!(share(1.0 + 1e-15).get(), 1.0);
    }
}
