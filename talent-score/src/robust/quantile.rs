//! Quantiles by linear interpolation (type 7 of Hyndman and Fan 1996).

/// The value a part of the way from one to the next; exact at both ends and where the two are equal.
pub(crate) fn between(x: f64, next: f64, part: f64) -> f64 {
    if part <= 0.0 || x == next { x } else { x + part * (next - x) }
}

/// A quantile of ascending values; not a number when there are none.
pub(crate) fn of_sorted(values: &[f64], p: f64) -> f64 {
    let place = p * super::count(values.len().saturating_sub(1));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list in memory")]
    let below = libm::floor(place) as usize;
    let x = values.get(below).copied().unwrap_or(f64::NAN);
    between(x, values.get(below + 1).copied().unwrap_or(x), place - super::count(below))
}
