//! The logarithm with a shift: `ln(x − min + 0.01·(max − min))`, for a column with a long lower tail mirrored: `−ln(max − x + 0.01·(max − min))`.
//!
//! The shift lets values at and below 0 through. Source: the transformation of the JRC's COIN Tool and of COINr (`log_CT`).

use crate::index::stats::{extremes, skewness};

pub(crate) fn treat(values: &[f64]) -> Vec<f64> {
    let (low, high) = extremes(values);
    let shift = 0.01 * (high - low);
    // A constant has no tail to shorten.
    if shift.is_nan() || shift <= 0.0 {
        return values.to_vec();
    }
    let mirrored = skewness(values) < 0.0;
    let log = |x: &f64| if mirrored { -libm::log(high - x + shift) } else { libm::log(x - low + shift) };
    values.iter().map(log).collect()
}
