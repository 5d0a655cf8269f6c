//! Quantile functions: from a uniform number to one of another distribution. Every draw takes as many uniform numbers as it has parts, so that a sequence that fills the
//! space evenly goes on doing so.

/// The quantile of the standard normal distribution.
///
/// Source: M. J. Wichura, Algorithm AS 241: The Percentage Points of the Normal Distribution, Applied Statistics 37 (1988), PPND16; relative accuracy about 1e-16.
#[expect(clippy::excessive_precision, reason = "the constants as printed")]
pub(crate) fn normal(p: f64) -> f64 {
    let q = p - 0.5;
    let ratio = |r: f64, above: [f64; 8], below: [f64; 7]| {
        let top = above.iter().rev().fold(0.0, |sum, c| sum * r + c);
        top / (below.iter().rev().fold(0.0, |sum, c| sum * r + c) * r + 1.0)
    };
    if q.abs() <= 0.425 {
        let above = [
            3.387_132_872_796_366_608_0,
            1.331_416_678_917_843_774_5e2,
            1.971_590_950_306_551_442_7e3,
            1.373_169_376_550_946_112_5e4,
            4.592_195_393_154_987_145_7e4,
            6.726_577_092_700_870_085_3e4,
            3.343_057_558_358_812_810_5e4,
            2.509_080_928_730_122_672_7e3,
        ];
        let below = [
            4.231_333_070_160_091_125_2e1,
            6.871_870_074_920_579_083_0e2,
            5.394_196_021_424_751_107_7e3,
            2.121_379_430_158_659_586_7e4,
            3.930_789_580_009_271_061_0e4,
            2.872_908_573_572_194_267_4e4,
            5.226_495_278_852_854_561_0e3,
        ];
        return q * ratio(0.180_625 - q * q, above, below);
    }
    let r = libm::sqrt(-libm::log(if q < 0.0 { p } else { 1.0 - p }));
    let x = if r <= 5.0 {
        let above = [
            1.423_437_110_749_683_577_34,
            4.630_337_846_156_545_295_90,
            5.769_497_221_460_691_405_50,
            3.647_848_324_763_204_605_04,
            1.270_458_252_452_368_382_58,
            2.417_807_251_774_506_117_70e-1,
            2.272_384_498_926_918_458_33e-2,
            7.745_450_142_783_414_076_40e-4,
        ];
        let below = [
            2.053_191_626_637_758_821_87,
            1.676_384_830_183_803_849_40,
            6.897_673_349_851_000_045_50e-1,
            1.481_039_764_274_800_745_90e-1,
            1.519_866_656_361_645_719_66e-2,
            5.475_938_084_995_344_946_00e-4,
            1.050_750_071_644_416_843_24e-9,
        ];
        ratio(r - 1.6, above, below)
    } else {
        let above = [
            6.657_904_643_501_103_777_20,
            5.463_784_911_164_114_369_90,
            1.784_826_539_917_291_335_80,
            2.965_605_718_285_048_912_30e-1,
            2.653_218_952_657_612_309_30e-2,
            1.242_660_947_388_078_438_60e-3,
            2.711_555_568_743_487_578_15e-5,
            2.010_334_399_292_288_132_65e-7,
        ];
        let below = [
            5.998_322_065_558_879_376_90e-1,
            1.369_298_809_227_358_053_10e-1,
            1.487_536_129_085_061_485_25e-2,
            7.868_691_311_456_132_591_00e-4,
            1.846_318_317_510_054_681_80e-5,
            1.421_511_758_316_445_888_70e-7,
            2.044_263_103_389_939_785_64e-15,
        ];
        ratio(r - 5.0, above, below)
    };
    if q < 0.0 { -x } else { x }
}

/// The logarithm of the quantile of the gamma distribution with this shape and scale 1.
///
/// For a shape of 1 it is the exponential distribution. Elsewhere Newton's method on the logarithm, with bisection as its guard, from the approximation of E. B. Wilson and M. M. Hilferty (1931).
pub(crate) fn ln_gamma_quantile(shape: f64, p: f64) -> f64 {
    if shape == 1.0 {
        return libm::log(-libm::log(1.0 - p));
    }
    let log_factor = libm::lgamma(shape);
    // Near 0 the distribution is x^shape / Γ(shape + 1).
    let small = (libm::log(p) + log_factor + libm::log(shape)) / shape;
    let cube = 1.0 - 1.0 / (9.0 * shape) + normal(p) / (3.0 * libm::sqrt(shape));
    let mut y = if shape < 0.5 || cube <= 0.1 { small } else { libm::log(shape) + 3.0 * libm::log(cube) };
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    for _ in 0..60 {
        let x = libm::exp(y);
        let error = lower_gamma(shape, x, log_factor) - p;
        if error > 0.0 {
            high = y;
        } else {
            low = y;
        }
        // The derivative of the distribution by the logarithm of its argument.
        let slope = libm::exp(shape * y - x - log_factor);
        let next = y - error / slope;
        let inside = next > low && next < high;
        let next = match (inside, low.is_finite(), high.is_finite()) {
            (true, ..) => next,
            (_, true, true) => f64::midpoint(low, high),
            (_, true, false) => low + 1.0,
            _ => high - 1.0,
        };
        if (next - y).abs() <= 1e-14 * y.abs().max(1.0) {
            return next;
        }
        y = next;
    }
    y
}

/// The regularised lower incomplete gamma function: by its series below the middle, by its continued fraction above.
///
/// Source: NIST Digital Library of Mathematical Functions, 8.7.1 and 8.9.2.
fn lower_gamma(shape: f64, x: f64, log_factor: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let scale = libm::exp(shape * libm::log(x) - x - log_factor);
    if x < shape + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / shape, 1.0 / shape, shape);
        for _ in 0..2000 {
            n += 1.0;
            term *= x / n;
            sum += term;
            if term < sum * 1e-16 {
                break;
            }
        }
        return sum * scale;
    }
    // Lentz's method.
    let tiny = 1e-300;
    let mut b = x + 1.0 - shape;
    let mut c = 1.0 / tiny;
    let mut d = 1.0 / b;
    let mut product = d;
    for i in 1..2000 {
        let i = f64::from(i);
        let a = -i * (i - shape);
        b += 2.0;
        d = 1.0 / (a * d + b);
        c = b + a / c;
        let step = d * c;
        product *= step;
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    1.0 - scale * product
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_quantile_as_printed() {
        // Wichura's own checks, PPND16(0.25), (0.001) and (1e-20).
        for (p, x) in [(0.25, -0.674_489_750_196_081_7), (0.001, -3.090_232_306_167_813_5), (1e-20, -9.262_340_089_798_408), (0.5, 0.0)] {
            assert!((normal(p) - x).abs() <= 1e-14 * x.abs().max(1.0), "{p}: {}", normal(p));
        }
        assert_eq!(normal(0.75), -normal(0.25));
    }

    #[test]
    fn the_gamma_quantile_goes_back_to_where_it_came_from() {
        for shape in [0.05, 0.3, 0.9, 1.0, 1.7, 4.0, 30.0, 400.0] {
            for p in [1e-9, 0.001, 0.1, 0.5, 0.9, 0.999, 1.0 - 1e-9] {
                let x = libm::exp(ln_gamma_quantile(shape, p));
                if x > 1e-300 {
                    let back = lower_gamma(shape, x, libm::lgamma(shape));
                    assert!((back - p).abs() < 1e-12, "{shape} {p}: {x} {back}");
                }
            }
        }
        // Half of chi-squared: the median with 4 degrees of freedom is 3.356694 (tables), with 10 it is 9.341818.
        assert!((2.0 * libm::exp(ln_gamma_quantile(2.0, 0.5)) - 3.356_694).abs() < 1e-6);
        assert!((2.0 * libm::exp(ln_gamma_quantile(5.0, 0.5)) - 9.341_818).abs() < 1e-6);
    }
}
