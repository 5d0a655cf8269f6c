//! Statistics of a column, in one fixed order of summation. A missing value is not a number, and is left out.

use pulp::{Simd, WithSimd};

/// The values that are there.
pub(crate) fn known(values: &[f64]) -> Vec<f64> {
    values.iter().copied().filter(|x| !x.is_nan()).collect()
}

pub(crate) fn sorted(values: &[f64]) -> Vec<f64> {
    let mut values = known(values);
    values.sort_by(f64::total_cmp);
    values
}

#[expect(clippy::cast_precision_loss, reason = "what fits into memory is far below the exact range")]
pub(crate) fn count(things: usize) -> f64 {
    things as f64
}

/// The mean; not a number when there is nothing.
pub(crate) fn mean(values: &[f64]) -> f64 {
    let (mut sum, mut n) = (0.0, 0);
    for x in values.iter().filter(|x| !x.is_nan()) {
        sum += x;
        n += 1;
    }
    sum / count(n)
}

/// The sum of squared differences to the mean.
fn squares(values: &[f64], power: i32) -> f64 {
    let centre = mean(values);
    values.iter().filter(|x| !x.is_nan()).map(|x| libm::pow(x - centre, f64::from(power))).sum()
}

/// The standard deviation of a population (divided by n).
pub(crate) fn population_deviation(values: &[f64]) -> f64 {
    libm::sqrt(squares(values, 2) / count(known(values).len()))
}

/// The standard deviation of a sample (divided by n − 1); not a number for fewer than two values.
pub(crate) fn sample_deviation(values: &[f64]) -> f64 {
    let n = known(values).len();
    if n < 2 {
        return f64::NAN;
    }
    libm::sqrt(squares(values, 2) / (count(n) - 1.0))
}

/// The adjusted Fisher–Pearson skewness G1 (as SAS, Excel and COINr have it); not a number for fewer than three values or no spread.
pub(crate) fn skewness(values: &[f64]) -> f64 {
    let n = count(known(values).len());
    let m2 = squares(values, 2) / n;
    if n < 3.0 || m2 <= 0.0 {
        return f64::NAN;
    }
    squares(values, 3) / n / libm::pow(m2, 1.5) * libm::sqrt(n * (n - 1.0)) / (n - 2.0)
}

/// The adjusted excess kurtosis G2 (as SAS, Excel and COINr have it); not a number for fewer than four values or no spread.
pub(crate) fn kurtosis(values: &[f64]) -> f64 {
    let n = count(known(values).len());
    let m2 = squares(values, 2) / n;
    if n < 4.0 || m2 <= 0.0 {
        return f64::NAN;
    }
    let plain = squares(values, 4) / n / (m2 * m2) - 3.0;
    ((n + 1.0) * plain + 6.0) * (n - 1.0) / ((n - 2.0) * (n - 3.0))
}

/// The quantile of sorted values by linear interpolation (type 7 of Hyndman and Fan 1996, the default of R and numpy).
pub(crate) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (count(sorted.len()) - 1.0);
    let below = place.floor();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in the list, at least 0")]
    let at = below.max(0.0) as usize;
    let Some(low) = sorted.get(at) else { return f64::NAN };
    let high = sorted.get(at + 1).unwrap_or(low);
    low + (place - below) * (high - low)
}

pub(crate) fn median(values: &[f64]) -> f64 {
    quantile(&sorted(values), 0.5)
}

/// The least and the greatest; not numbers when there is nothing.
pub(crate) fn extremes(values: &[f64]) -> (f64, f64) {
    let (_, low, high) = ends(values);
    (low, high)
}

/// How many numbers there are, and the least and the greatest of them; not numbers when there is none.
pub(crate) fn ends(values: &[f64]) -> (usize, f64, f64) {
    let (known, low, high) = pulp::Arch::new().dispatch(Ends(values));
    if known == 0 {
        return (0, f64::NAN, f64::NAN);
    }
    // Zero has one sign, whichever came first.
    (known, low + 0.0, high + 0.0)
}

/// The search for ends in the widest registers. A comparison with what is not a number fails, and leaves the end as it was.
struct Ends<'e>(&'e [f64]);

impl WithSimd for Ends<'_> {
    type Output = (usize, f64, f64);

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Self::Output {
        let (body, rest) = S::as_simd_f64s(self.0);
        let (one, nothing) = (simd.splat_f64s(1.0), simd.splat_f64s(0.0));
        let (mut known, mut low, mut high) = (nothing, simd.splat_f64s(f64::INFINITY), simd.splat_f64s(f64::NEG_INFINITY));
        for x in body {
            known = simd.add_f64s(known, simd.select_f64s(simd.equal_f64s(*x, *x), one, nothing));
            low = simd.select_f64s(simd.less_than_f64s(*x, low), *x, low);
            high = simd.select_f64s(simd.less_than_f64s(high, *x), *x, high);
        }
        // Counts are exact in doubles.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "how many of the values in memory there are")]
        let mut all = (simd.reduce_sum_f64s(known) as usize, simd.reduce_min_f64s(low), simd.reduce_max_f64s(high));
        for x in rest.iter().filter(|x| !x.is_nan()) {
            all = (all.0 + 1, all.1.min(*x), all.2.max(*x));
        }
        all
    }
}

/// Pearson's correlation over the places where both are known; nothing when there are fewer than two, or one does not vary.
pub(crate) fn pearson(a: &[f64], b: &[f64]) -> Option<f64> {
    let (x, y): (Vec<f64>, Vec<f64>) = a.iter().zip(b).filter(|(x, y)| !x.is_nan() && !y.is_nan()).map(|(x, y)| (*x, *y)).unzip();
    if x.len() < 2 {
        return None;
    }
    let (mx, my) = (mean(&x), mean(&y));
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in x.iter().zip(&y) {
        xy += (x - mx) * (y - my);
        xx += (x - mx) * (x - mx);
        yy += (y - my) * (y - my);
    }
    // Rounding can leave dust in the sums of a constant.
    let varies = |ss: f64, centre: f64| ss > count(x.len()) * libm::pow(1e-14 * centre.abs().max(f64::MIN_POSITIVE), 2.0);
    (varies(xx, mx) && varies(yy, my)).then(|| (xy / libm::sqrt(xx) / libm::sqrt(yy)).clamp(-1.0, 1.0))
}

/// Spearman's correlation: Pearson's over mean ranks, over the places where both are known.
pub(crate) fn spearman(a: &[f64], b: &[f64]) -> Option<f64> {
    let both = |x: &[f64], other: &[f64]| -> Vec<f64> { x.iter().zip(other).map(|(x, y)| if y.is_nan() { f64::NAN } else { *x }).collect() };
    pearson(&mean_ranks(&both(a, b)), &mean_ranks(&both(b, a)))
}

/// Ranks from the least, 1, up; equal values share the mean of their ranks. Missing values stay missing.
pub(crate) fn mean_ranks(values: &[f64]) -> Vec<f64> {
    let sorted = sorted(values);
    let rank = |x: &f64| {
        let below = sorted.partition_point(|y| y < x);
        let upto = sorted.partition_point(|y| y <= x);
        (count(below) + 1.0 + count(upto)) / 2.0
    };
    values.iter().map(|x| if x.is_nan() { f64::NAN } else { rank(x) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64, within: f64) {
        assert!((found - expected).abs() <= within, "{found} is not {expected}");
    }

    #[test]
    fn moments_are_those_of_excel() {
        // The example of Excel's own documentation of SKEW and KURT.
        let x = [3.0, 4.0, 5.0, 2.0, 3.0, 4.0, 5.0, 6.0, 4.0, 7.0];
        close(skewness(&x), 0.359_543_071, 1e-9);
        close(kurtosis(&x), -0.151_799_637, 1e-9);
        assert!(skewness(&[1.0, 1.0, 1.0, 1.0]).is_nan() && kurtosis(&[1.0, 2.0, 3.0]).is_nan());
    }

    #[test]
    fn quantiles_interpolate_and_skip_what_is_missing() {
        assert_eq!(median(&[4.0, f64::NAN, 1.0, 3.0, 2.0]), 2.5);
        assert_eq!(quantile(&[1.0, 2.0, 3.0, 4.0], 0.25), 1.75);
        assert!(median(&[]).is_nan());
    }

    #[test]
    fn correlations_leave_out_what_is_missing_and_constants() {
        let a = [1.0, 2.0, 3.0, f64::NAN, 5.0];
        close(pearson(&a, &[2.0, 4.0, 6.0, 8.0, 10.0]).unwrap_or_default(), 1.0, 1e-15);
        assert_eq!(pearson(&a, &[0.1; 5]), None);
        close(spearman(&[1.0, 2.0, 3.0], &[1.0, 10.0, 100.0]).unwrap_or_default(), 1.0, 1e-15);
        assert_eq!(mean_ranks(&[7.0, 1.0, 7.0, f64::NAN]).get(..3), Some(&[2.5, 1.0, 2.5][..]));
    }
}
