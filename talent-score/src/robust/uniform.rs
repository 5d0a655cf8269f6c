//! Where randomness comes from: for every point and every factor a run of uniform numbers of its own, which can be made again without making any other.
//!
//! So a result does not depend on the order in which points are computed or on how many threads compute them, and in a sensitivity analysis one factor can be drawn anew
//! while all the others stay as they are.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use talent_model::robustness::Sampling;

/// Which of two independent sets of points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Matrix {
    A,
    B,
}

impl Matrix {
    fn other(self) -> Self {
        if self == Self::A { Self::B } else { Self::A }
    }
}

/// One point of the space of all factors: the point `index` of one matrix, with one factor taken from the other if wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    pub(crate) index: u32,
    pub(crate) matrix: Matrix,
    pub(crate) exchanged: Option<usize>,
}

impl Point {
    pub(crate) fn of(index: u32, matrix: Matrix) -> Self {
        Self { index, matrix, exchanged: None }
    }

    pub(crate) fn with(self, factor: usize) -> Self {
        Self { exchanged: Some(factor), ..self }
    }
}

/// The source of all uniform numbers of one study.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    generator: ChaCha8Rng,
    /// The first dimension of every factor, and one past the last. Absent: random numbers, which have no dimensions.
    dimensions: Option<(Vec<u32>, u32)>,
    seed: u32,
}

/// The most points that the sequence has.
pub(crate) const SOBOL_POINTS: u32 = 1 << 16;

/// How many dimensions the sequence has; beyond them it is padded with further ones of another scrambling.
const SOBOL_DIMENSIONS: u32 = sobol_burley::NUM_DIMENSIONS;

impl Source {
    /// A source for factors that take so many numbers each.
    pub(crate) fn new(sampling: Sampling, seed: u64, numbers: &[usize]) -> Self {
        let dimensions = (sampling == Sampling::Sobol).then(|| {
            let mut next = 0_u32;
            let first = numbers.iter().map(|count| {
                let first = next;
                next = next.saturating_add(u32::try_from(*count).unwrap_or(u32::MAX));
                first
            });
            (first.collect(), next)
        });
        // Both halves of the seed count.
        #[expect(clippy::cast_possible_truncation, reason = "the halves of a number")]
        let folded = (seed ^ (seed >> 32)) as u32;
        Self { generator: ChaCha8Rng::seed_from_u64(seed), dimensions, seed: folded }
    }

    /// The numbers of one factor at one point.
    pub(crate) fn numbers(&self, point: Point, factor: usize) -> Uniforms {
        let matrix = if point.exchanged == Some(factor) { point.matrix.other() } else { point.matrix };
        match &self.dimensions {
            Some((first, all)) => {
                let first = first.get(factor).copied().unwrap_or_default();
                let next = if matrix == Matrix::A { first } else { first.saturating_add(*all) };
                Uniforms(Kind::Sobol { index: point.index, next, seed: self.seed })
            }
            None => Uniforms(Kind::Random(Box::new(self.stream(point.index, matrix, factor)))),
        }
    }

    /// Random numbers for something else than a factor, such as resampling.
    pub(crate) fn beside(&self, index: u32, purpose: usize) -> Uniforms {
        Uniforms(Kind::Random(Box::new(self.stream(index, Matrix::B, usize::from(u16::MAX) - purpose))))
    }

    fn stream(&self, index: u32, matrix: Matrix, factor: usize) -> ChaCha8Rng {
        let mut generator = self.generator.clone();
        let factor = u64::from(u16::try_from(factor).unwrap_or(u16::MAX));
        generator.set_stream(u64::from(index) << 17 | factor << 1 | u64::from(matrix == Matrix::B));
        generator
    }
}

/// Uniform numbers, above 0 and below 1.
#[derive(Clone, Debug)]
pub(crate) struct Uniforms(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Random(Box<ChaCha8Rng>),
    Sobol { index: u32, next: u32, seed: u32 },
}

impl Uniforms {
    pub(crate) fn next(&mut self) -> f64 {
        match &mut self.0 {
            Kind::Random(generator) => {
                // 52 bits and a half: neither 0 nor 1 can come out.
                #[expect(clippy::cast_precision_loss, reason = "52 bits are exact")]
                let whole = (generator.next_u64() >> 12) as f64;
                (whole + 0.5) / 4_503_599_627_370_496.0
            }
            Kind::Sobol { index, next, seed } => {
                let (pad, dimension) = (*next / SOBOL_DIMENSIONS, *next % SOBOL_DIMENSIONS);
                *next = next.saturating_add(1);
                let seed = seed.wrapping_add(pad.wrapping_mul(0x9e37_79b9));
                // The crate's numbers are multiples of 2^-24 from 0 on; half a step more keeps them off 0.
                f64::from(sobol_burley::sample(*index, dimension, seed)) + 1.0 / 33_554_432.0
            }
        }
    }

    /// One of `count` choices.
    pub(crate) fn choice(&mut self, count: usize) -> usize {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below the count of a list in memory")]
        let chosen = (self.next() * crate::robust::count(count)) as usize;
        chosen.min(count.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(mut of: Uniforms) -> Vec<f64> {
        (0..40).map(|_| of.next()).collect()
    }

    #[test]
    fn one_factor_is_exchanged_and_the_others_stay() {
        for sampling in [Sampling::Random, Sampling::Sobol] {
            let source = Source::new(sampling, 7, &[40, 40, 40]);
            let (a, b) = (Point::of(3, Matrix::A), Point::of(3, Matrix::B));
            let mixed = a.with(1);
            assert_eq!(run(source.numbers(mixed, 0)), run(source.numbers(a, 0)));
            assert_eq!(run(source.numbers(mixed, 1)), run(source.numbers(b, 1)));
            assert_eq!(run(source.numbers(mixed, 2)), run(source.numbers(a, 2)));
            assert_ne!(run(source.numbers(a, 0)), run(source.numbers(b, 0)));
            assert_ne!(run(source.numbers(a, 0)), run(source.numbers(a, 1)));
            assert_ne!(run(source.numbers(a, 0)), run(source.numbers(Point::of(4, Matrix::A), 0)));
            assert_ne!(run(source.numbers(a, 0)), run(Source::new(sampling, 8, &[40, 40, 40]).numbers(a, 0)));
        }
    }

    #[test]
    fn numbers_are_inside_and_even() {
        for sampling in [Sampling::Random, Sampling::Sobol] {
            // More numbers than the sequence has dimensions.
            let source = Source::new(sampling, 1, &[300]);
            let mut sums = vec![0.0; 300];
            for index in 0..1024 {
                let mut numbers = source.numbers(Point::of(index, Matrix::A), 0);
                for sum in &mut sums {
                    let u = numbers.next();
                    assert!(u > 0.0 && u < 1.0);
                    *sum += u;
                }
            }
            // The standard error of a mean of 1,024 uniform numbers is 0.009; a sequence is far closer.
            let most = if sampling == Sampling::Sobol { 0.001 } else { 0.045 };
            assert!(sums.iter().all(|sum| (sum / 1024.0 - 0.5).abs() < most), "{sampling}");
        }
    }
}
