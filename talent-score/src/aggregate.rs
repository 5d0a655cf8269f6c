//! Joining scores: weighted power means and sums of points, and their partial derivatives.
//!
//! Source: OECD/JRC, Handbook on Constructing Composite Indicators (2008), chapter 6; the power mean is in Hardy, Littlewood and Pólya, Inequalities, chapter 2.

#[cfg(feature = "index")]
mod columns;

use talent_model::standard::Aggregation;

/// How the members of a node are joined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Join {
    /// A power mean with an exponent that is neither 0 nor infinite.
    Power(f64),
    Geometric,
    Minimum,
    Sum,
}

impl Join {
    pub(crate) fn new(aggregation: &Aggregation) -> Self {
        match aggregation {
            Aggregation::Arithmetic(_) => Self::Power(1.0),
            Aggregation::Geometric(_) => Self::Geometric,
            Aggregation::Harmonic(_) => Self::Power(-1.0),
            Aggregation::Minimum(_) => Self::Minimum,
            Aggregation::Power(power) if power.p.get() == 0.0 => Self::Geometric,
            Aggregation::Power(power) => Self::Power(power.p.get()),
            Aggregation::Sum(_) => Self::Sum,
        }
    }

    /// Joins members of (weight, score), all of positive weight; a score that is not a number is left out. `None` when there are none.
    #[inline]
    pub(crate) fn join(self, members: impl Iterator<Item = (f64, f64)> + Clone) -> Option<f64> {
        let gathered = match self {
            Self::Power(1.0) | Self::Sum => gather(members, plain),
            Self::Minimum => gather(members, |_, _| 0.0),
            Self::Geometric => gather(members, logarithm),
            Self::Power(p) => {
                let scale = self.scale(gather(members.clone(), |_, _| 0.0));
                gather(members, |w, x| power(w, x, p, scale))
            }
        };
        self.close(gathered)
    }

    /// Scaling by the member that dominates keeps large exponents from overflowing.
    fn scale(self, gathered: Gathered) -> f64 {
        if matches!(self, Self::Power(p) if p > 0.0) { gathered.most } else { gathered.least }
    }

    /// The joined score. A mean never passes, by rounding, what it joins.
    #[inline]
    fn close(self, of: Gathered) -> Option<f64> {
        let Gathered { weights, sum, least, most } = of;
        if weights.is_nan() || weights <= 0.0 {
            return None;
        }
        Some(match self {
            Self::Power(1.0) => (sum / weights).clamp(least, most),
            Self::Sum => sum,
            Self::Minimum => least,
            Self::Geometric if least > 0.0 => libm::exp(sum / weights).clamp(least, most),
            Self::Power(p) if self.scale(of) > 0.0 => (self.scale(of) * libm::pow(sum / weights, 1.0 / p)).clamp(least, most),
            Self::Geometric | Self::Power(_) => 0.0,
        })
    }

    /// The partial derivative of the joined score `total` by one member; `None` where it does not exist.
    pub(crate) fn slope(self, total: f64, weight: f64, score: f64, weights: f64, lowest: usize) -> Option<f64> {
        match self {
            Self::Sum => Some(weight),
            Self::Power(1.0) => Some(weight / weights),
            Self::Minimum if score > total => Some(0.0),
            Self::Minimum if lowest == 1 => Some(1.0),
            Self::Minimum => None,
            // A joined score of 0 is made of nothing.
            _ if total <= 0.0 || score <= 0.0 => Some(0.0),
            Self::Geometric => Some(weight / weights * total / score),
            Self::Power(p) => Some(weight / weights * libm::pow(score / total, p - 1.0)),
        }
    }
}

/// What the members of a node come to before they are closed to one score.
#[derive(Clone, Copy, Debug)]
struct Gathered {
    weights: f64,
    sum: f64,
    least: f64,
    most: f64,
}

impl Gathered {
    const NOTHING: Self = Self { weights: 0.0, sum: 0.0, least: f64::INFINITY, most: f64::NEG_INFINITY };
}

/// Adds a member with its term of the sum. What is not a number adds 0 and is no end, which needs no branch to guess.
#[inline(always)]
fn add(w: f64, x: f64, term: f64, weights: &mut f64, sum: &mut f64, least: &mut f64, most: &mut f64) {
    let known = !x.is_nan();
    *weights += if known { w } else { 0.0 };
    *sum += if known { term } else { 0.0 };
    *least = if x < *least { x } else { *least };
    *most = if x > *most { x } else { *most };
}

#[inline(always)]
fn gather(members: impl Iterator<Item = (f64, f64)>, term: impl Fn(f64, f64) -> f64) -> Gathered {
    let Gathered { mut weights, mut sum, mut least, mut most } = Gathered::NOTHING;
    for (w, x) in members {
        add(w, x, term(w, x), &mut weights, &mut sum, &mut least, &mut most);
    }
    Gathered { weights, sum, least, most }
}

/// The term of a mean or sum.
#[inline(always)]
fn plain(w: f64, x: f64) -> f64 {
    w * x
}

#[inline(always)]
fn logarithm(w: f64, x: f64) -> f64 {
    if x > 0.0 { w * libm::log(x) } else { 0.0 }
}

#[inline(always)]
fn power(w: f64, x: f64, p: f64, scale: f64) -> f64 {
    if scale > 0.0 { w * libm::pow(x / scale, p) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(join: Join, members: &[(f64, f64)]) -> f64 {
        join.join(members.iter().copied()).unwrap_or(f64::NAN)
    }

    #[test]
    fn the_means_by_hand() {
        let members = [(1.0, 40.0), (3.0, 90.0)];
        let close = |join, y: f64| assert!((of(join, &members) - y).abs() < 1e-9, "{join:?}: {}", of(join, &members));
        close(Join::Power(1.0), 77.5); // (40 + 3 * 90) / 4
        close(Join::Power(-1.0), 4.0 / (1.0 / 40.0 + 3.0 / 90.0));
        close(Join::Power(2.0), f64::sqrt((1600.0 + 3.0 * 8100.0) / 4.0));
        close(Join::Geometric, f64::powf(40.0 * 90.0 * 90.0 * 90.0, 0.25));
        close(Join::Minimum, 40.0);
        close(Join::Sum, 310.0);
    }

    #[test]
    fn a_zero_decides_the_means_that_do_not_compensate() {
        let members = [(1.0, 0.0), (1.0, 80.0)];
        assert_eq!([Join::Geometric, Join::Power(-1.0), Join::Minimum].map(|j| of(j, &members)), [0.0; 3]);
        assert_eq!(of(Join::Power(1.0), &members), 40.0);
    }

    #[test]
    fn a_mean_of_equal_scores_is_that_score_and_no_mean_passes_100() {
        for join in [Join::Geometric, Join::Power(-1.0), Join::Power(2.0)] {
            assert_eq!([80.0, 100.0, 0.1].map(|x| of(join, &[(1.0, x), (0.1, x), (0.7, x)])), [80.0, 100.0, 0.1], "{join:?}");
        }
        for n in 1..1000 {
            let members: Vec<(f64, f64)> = (0..n).map(|i| (0.1 + f64::from(i) / 7.0, 100.0)).collect();
            assert!(of(Join::Power(1.0), &members) <= 100.0);
        }
    }

    #[test]
    fn extreme_exponents_stay_finite() {
        let members = [(1.0, 1e-3), (1.0, 100.0)];
        assert!((of(Join::Power(-100.0), &members) - 1e-3).abs() < 1e-4);
        assert!((of(Join::Power(100.0), &members) - 100.0).abs() < 1.0);
    }
}
