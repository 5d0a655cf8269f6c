//! Box–Cox: `(x^λ − 1)/λ`, the logarithm for λ = 0, with the λ of greatest likelihood between −5 and 5.
//!
//! Source: Box and Cox, Journal of the Royal Statistical Society B 26 (1964) 211–252.

use talent_model::index::BoxCox;
use talent_model::quantity::Number;

use crate::index::stats::{count, known, population_deviation};
use crate::index::trouble::Trouble;

fn transformed(values: &[f64], lambda: f64) -> Vec<f64> {
    let one = |x: &f64| if lambda.abs() < 1e-12 { libm::log(*x) } else { (libm::pow(*x, lambda) - 1.0) / lambda };
    values.iter().map(one).collect()
}

/// The profile log-likelihood of an exponent.
fn likelihood(values: &[f64], lambda: f64) -> f64 {
    let deviation = population_deviation(&transformed(values, lambda));
    let logs: f64 = values.iter().map(|x| libm::log(*x)).sum();
    -count(values.len()) * libm::log(deviation) + (lambda - 1.0) * logs
}

pub(crate) fn treat(box_cox: &BoxCox, values: &[f64]) -> Result<Vec<f64>, Trouble> {
    if let Some((unit, found)) = values.iter().enumerate().find(|(_, x)| **x <= 0.0) {
        return Err(Trouble::NotPositive { unit, member: 0, found: *found });
    }
    if let Some(lambda) = box_cox.lambda.map(Number::get) {
        if lambda.abs() > 5.0 {
            return Err(Trouble::parameter("lambda", lambda, "a number from -5 to 5", "-5 到 5 之间的数字"));
        }
        return Ok(transformed(values, lambda));
    }
    let known = known(values);
    let deviation = population_deviation(&known);
    if deviation.is_nan() || deviation <= 0.0 {
        return Ok(values.to_vec());
    }
    // Golden section: the profile likelihood has one summit.
    let golden = (libm::sqrt(5.0) - 1.0) / 2.0;
    let (mut low, mut high) = (-5.0, 5.0);
    while high - low > 1e-9 {
        let (a, b) = (high - golden * (high - low), low + golden * (high - low));
        if likelihood(&known, a) < likelihood(&known, b) {
            low = a;
        } else {
            high = b;
        }
    }
    Ok(transformed(values, (low + high) / 2.0))
}
