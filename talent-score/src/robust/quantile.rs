//! Between two neighbouring values of a sorted list.

/// The value a part of the way from one to the next; exact at both ends and where the two are equal.
pub(crate) fn between(x: f64, next: f64, part: f64) -> f64 {
    if part <= 0.0 || x == next { x } else { x + part * (next - x) }
}
