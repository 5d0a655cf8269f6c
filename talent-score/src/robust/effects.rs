//! Which factor matters: variance-based sensitivity by factor, with intervals from resampling, and the cheap screening.
//!
//! Sources: A. Saltelli and others, Variance based sensitivity analysis of model output, Computer Physics Communications 181 (2010), table 2, (b) for the first order and (f), which is
//! Jansen's (1999), for the total. The output is centred by the mean over all evaluations, and the variance is the population's over both matrices, as in SALib. Screening is the mean
//! absolute effect of Campolongo and others (2011) in the radial design, by factor.

use super::run::Block;
use super::uniform::{Matrix, Point, Source};
use super::{count, quantile};

/// The points of an analysis: for every base point A, B and A with each factor from B; for screening without B.
pub(crate) fn points(base: u32, factors: usize, screening: bool) -> Vec<Point> {
    let group = |index: u32| {
        let a = Point::of(index, Matrix::A);
        let b = (!screening).then(|| Point::of(index, Matrix::B));
        std::iter::once(a).chain(b).chain((0..factors).map(move |factor| a.with(factor)))
    };
    (0..base).flat_map(group).collect()
}

/// One output at all points, by what the points are.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Evaluations {
    a: Vec<f64>,
    /// Empty for screening.
    b: Vec<f64>,
    /// By factor.
    exchanged: Vec<Vec<f64>>,
}

impl Evaluations {
    /// From the values in the order of the [`points`]. A base point of which any value is missing is left out.
    pub(crate) fn new(values: &[f64], factors: usize, screening: bool) -> Self {
        let mut parts = Self { a: Vec::new(), b: Vec::new(), exchanged: vec![Vec::new(); factors] };
        let width = factors + if screening { 1 } else { 2 };
        for group in values.chunks_exact(width).filter(|group| group.iter().all(|y| y.is_finite())) {
            let mut group = group.iter().copied();
            parts.a.extend(group.next());
            if !screening {
                parts.b.extend(group.next());
            }
            for (column, y) in parts.exchanged.iter_mut().zip(group) {
                column.push(y);
            }
        }
        parts
    }
}

/// An estimate with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// How far one factor matters for one output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FactorEffect {
    /// The mean absolute change of the output when this factor alone is drawn anew.
    pub change: f64,
    /// The share of variance that it explains by itself. None for screening, and for an output that does not vary.
    pub first: Option<Estimate>,
    /// The share of variance that it takes part in.
    pub total: Option<Estimate>,
}

/// How intervals are made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Resampling<'s> {
    pub(crate) source: &'s Source,
    pub(crate) times: u32,
    pub(crate) confidence: f64,
}

/// The variance of an output and the effect of every factor on it.
pub(crate) fn effects(of: &Evaluations, resampling: &Resampling<'_>) -> (f64, Vec<FactorEffect>) {
    let n = of.a.len();
    let both = || of.a.iter().chain(&of.b);
    let variance = population_variance(both(), of.a.len() + of.b.len());
    let all = of.a.len() + of.b.len() + of.exchanged.iter().map(Vec::len).sum::<usize>();
    let centre = both().chain(of.exchanged.iter().flatten()).sum::<f64>() / count(all.max(1));
    let judged = !of.b.is_empty() && variance > 0.0;
    let resamples: Vec<Vec<usize>> = if judged {
        (0..resampling.times)
            .map(|time| {
                let mut numbers = resampling.source.beside(time, 0);
                (0..n).map(|_| numbers.choice(n)).collect()
            })
            .collect()
    } else {
        Vec::new()
    };
    // The variance of a resample is the same for every factor.
    let variances: Vec<f64> = resamples
        .iter()
        .map(|places| population_variance(places.iter().flat_map(|at| [of.a.get(*at), of.b.get(*at)]).flatten(), 2 * places.len()))
        .collect();
    let effect = |exchanged: &Vec<f64>| {
        let change = of.a.iter().zip(exchanged).map(|(a, x)| (x - a).abs()).sum::<f64>() / count(n.max(1));
        if !judged {
            return FactorEffect { change, first: None, total: None };
        }
        let firsts: Vec<f64> = of.a.iter().zip(&of.b).zip(exchanged).map(|((a, b), x)| (b - centre) * (x - a)).collect();
        let totals: Vec<f64> = of.a.iter().zip(exchanged).map(|(a, x)| (a - x) * (a - x) / 2.0).collect();
        let estimate = |terms: &[f64]| {
            let mean = |places: &[usize]| places.iter().filter_map(|at| terms.get(*at)).sum::<f64>() / count(places.len().max(1));
            let value = terms.iter().sum::<f64>() / count(n) / variance;
            let mut found: Vec<f64> =
                resamples.iter().zip(&variances).filter(|(_, variance)| **variance > 0.0).map(|(places, variance)| mean(places) / variance).collect();
            found.sort_by(f64::total_cmp);
            let tail = (1.0 - resampling.confidence) / 2.0;
            // Where no resample varies there is nothing to be unsure of.
            let at = |p: f64| if found.is_empty() { value } else { quantile::of_sorted(&found, p) };
            Estimate { value, low: at(tail), high: at(1.0 - tail) }
        };
        FactorEffect { change, first: Some(estimate(&firsts)), total: Some(estimate(&totals)) }
    };
    (variance, of.exchanged.iter().map(effect).collect())
}

fn population_variance<'v>(values: impl Iterator<Item = &'v f64> + Clone, n: usize) -> f64 {
    let n = count(n.max(1));
    let (low, high) = values.clone().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(*x), high.max(*x)));
    // The mean of equal numbers is that number, and their variance 0.
    let mean = (values.clone().sum::<f64>() / n).max(low).min(high);
    values.map(|x| (x - mean) * (x - mean)).sum::<f64>() / n
}

/// The values of one unit's scores over all blocks.
pub(crate) fn scores_of(blocks: &[Block], unit: usize) -> Vec<f64> {
    blocks.iter().flat_map(|block| block.scores_of(unit)).copied().collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use std::f64::consts::PI;

    use talent_model::robustness::Sampling;

    use super::*;

    /// The effects on a function of independent uniform numbers, one for every factor.
    fn analyse(factors: usize, base: u32, sampling: Sampling, f: impl Fn(&[f64]) -> f64) -> (f64, Vec<FactorEffect>) {
        let source = Source::new(sampling, 11, &vec![1; factors]);
        let value = |point: Point| {
            let x: Vec<f64> = (0..factors).map(|factor| source.numbers(point, factor).next()).collect();
            f(&x)
        };
        let values: Vec<f64> = points(base, factors, false).into_iter().map(value).collect();
        effects(&Evaluations::new(&values, factors, false), &Resampling { source: &source, times: 200, confidence: 0.95 })
    }

    /// The true indices of the Ishigami function with a = 7 and b = 0.1 (T. Ishigami and T. Homma 1990), as derived in A. Saltelli and others, Sensitivity Analysis (2000), chapter 2.
    #[test]
    fn the_ishigami_function() {
        let f = |u: &[f64]| {
            let [x, y, z] = [0, 1, 2].map(|i| (2.0 * u.get(i).unwrap() - 1.0) * PI);
            libm::sin(x) + 7.0 * libm::pow(libm::sin(y), 2.0) + 0.1 * libm::pow(z, 4.0) * libm::sin(x)
        };
        for (sampling, near) in [(Sampling::Sobol, 0.01), (Sampling::Random, 0.06)] {
            let (variance, found) = analyse(3, 8192, sampling, f);
            assert!((variance - 13.8446).abs() < if sampling == Sampling::Sobol { 0.02 } else { 0.4 }, "{variance}");
            for (effect, (first, total)) in found.iter().zip([(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)]) {
                let (one, all) = (effect.first.unwrap(), effect.total.unwrap());
                assert!((one.value - first).abs() < near && (all.value - total).abs() < near, "{sampling}: {effect:?}");
                assert!(one.low <= one.value && one.value <= one.high && all.low <= all.value && all.value <= all.high);
            }
        }
    }

    /// Sobol' g-function with a = 0, 1, 4.5, 9, 99, 99, 99, 99 (Saltelli and Sobol' 1995): Vᵢ = 1 / (3 (1 + aᵢ)²), V = Π (1 + Vᵢ) − 1.
    #[test]
    fn the_g_function() {
        let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
        let (_, found) = analyse(8, 8192, Sampling::Sobol, |u| u.iter().zip(a).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product());
        let parts: Vec<f64> = a.iter().map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a))).collect();
        let all: f64 = parts.iter().map(|v| 1.0 + v).product::<f64>() - 1.0;
        for (effect, part) in found.iter().zip(&parts) {
            let total = part * (1.0 + all) / (1.0 + part) / all;
            assert!((effect.first.unwrap().value - part / all).abs() < 0.01, "{effect:?} {}", part / all);
            assert!((effect.total.unwrap().value - total).abs() < 0.01, "{effect:?} {total}");
        }
    }

    #[test]
    fn what_does_nothing_has_indices_of_exactly_zero() {
        let (_, found) = analyse(2, 100, Sampling::Random, |u| *u.first().unwrap());
        let inert = found.get(1).unwrap();
        let zero = Estimate { value: 0.0, low: 0.0, high: 0.0 };
        assert_eq!((inert.change, inert.first, inert.total), (0.0, Some(zero), Some(zero)));
        // And an output that does not vary has no indices.
        let (variance, found) = analyse(2, 100, Sampling::Random, |_| 3.0);
        assert!(variance == 0.0 && found.iter().all(|effect| effect.first.is_none() && effect.change == 0.0));
    }
}
