//! Bringing an indicator to a common scale.
//!
//! Source: OECD/JRC, Handbook (2008), chapter 5; the formulas stand with the words of [`Normalisation`].

use talent_model::Bilingual;
use talent_model::index::{Goalposts, Normalisation};
use talent_model::quantity::{Number, Positive};

use super::numbers::{Numbers, Scale};
use super::stats::{count, mean, sample_deviation, sorted};
use super::trouble::Trouble;

/// A column on its way.
pub(crate) struct Source<'c> {
    /// The values; not numbers where missing.
    pub(crate) values: &'c [f64],
    /// 1 where more is better, −1 where less is.
    pub(crate) sign: f64,
    /// The reference values: the known values themselves, or a frozen set.
    pub(crate) reference: &'c Numbers,
    pub(crate) frozen: bool,
    pub(crate) goalposts: Option<&'c Goalposts>,
    /// The value of the unit that the step measures against, if it names one.
    pub(crate) anchor: Option<f64>,
}

/// What becomes of it.
#[derive(Debug)]
pub(crate) enum Normal {
    /// Values of which more is better, on a scale that keeps or turns their order.
    Line(Scale),
    /// Values of which more is better, and how many lay beyond the goalposts.
    Turned(Vec<f64>, usize),
    /// Values that keep their direction.
    Kept(Vec<f64>),
    /// The reference does not vary, and the method needs that.
    Constant(f64),
    /// The method needs so many reference values.
    TooFew(usize),
    /// The row has no goalposts.
    NoGoalposts,
}

/// The word of a method.
pub(crate) fn kind(how: &Normalisation) -> &'static str {
    match how {
        Normalisation::MinMax(_) => "min_max",
        Normalisation::ZScore(_) => "z_score",
        Normalisation::Rank(_) => "rank",
        Normalisation::Borda(_) => "borda",
        Normalisation::PercentileRank(_) => "percentile_rank",
        Normalisation::DistanceToMax(_) => "distance_to_max",
        Normalisation::DistanceToMin(_) => "distance_to_min",
        Normalisation::DistanceToReference(_) => "distance_to_reference",
        Normalisation::AroundReference(_) => "around_reference",
        Normalisation::ShareOfMax(_) => "share_of_max",
        Normalisation::Sum(_) => "sum",
        Normalisation::Vector(_) => "vector",
        Normalisation::Goalposts(_) => "goalposts",
        Normalisation::Categorical(_) => "categorical",
        Normalisation::AsIs(_) => "as_is",
    }
}

/// Every value turned so that more is better, and then brought to its scale.
fn turned(source: &Source<'_>, scale: impl Fn(f64) -> f64) -> Result<Normal, Trouble> {
    let one = |x: &f64| if x.is_nan() { *x } else { scale(source.sign * x) };
    Ok(Normal::Turned(source.values.iter().map(one).collect(), 0))
}

/// The same by a scale that never makes less of more.
fn line(source: &Source<'_>, scale: impl Fn(f64) -> f64 + Send + Sync + 'static) -> Result<Normal, Trouble> {
    let sign = source.sign;
    Ok(Normal::Line(Scale::new(
        #[inline(always)]
        move |x| scale(sign * x),
    )))
}

/// Every value brought to its scale, and left in its direction.
fn kept(source: &Source<'_>, scale: impl Fn(f64) -> f64) -> Result<Normal, Trouble> {
    Ok(Normal::Kept(source.values.iter().map(|x| scale(*x)).collect()))
}

/// Normalises a column that has at least one value.
pub(crate) fn normalise(how: &Normalisation, source: &Source<'_>) -> Result<Normal, Trouble> {
    let Source { values, sign, reference, .. } = *source;
    // The ends of the reference, turned so that `best` is the better one.
    let (low, high) = reference.ends();
    let (worst, best) = if sign > 0.0 { (low, high) } else { (-high, -low) };
    let scale = |low: Option<Number>, high: Option<Number>| {
        let (low, high) = (low.map_or(0.0, Number::get), high.map_or(100.0, Number::get));
        if low < high { Ok((low, high)) } else { Err(Trouble::parameter("low", low, "a number below `high`", "小于 `high` 的数字")) }
    };
    // How many of the reference are worse, ties counting a half; a unit of the data is not compared with itself.
    let ordered = match how {
        Normalisation::Rank(_) | Normalisation::Borda(_) | Normalisation::PercentileRank(_) => sorted(reference),
        _ => Vec::new(),
    };
    let points = |x: f64| {
        let (below, upto) = (ordered.partition_point(|y| *y < sign * x), ordered.partition_point(|y| *y <= sign * x));
        let worse = count(if sign > 0.0 { below } else { ordered.len() - upto });
        let ties = count(upto - below);
        worse + if source.frozen { ties / 2.0 } else { (ties - 1.0) / 2.0 }
    };
    match how {
        Normalisation::AsIs(_) => line(source, |x| x),
        Normalisation::MinMax(range) => {
            let (from, to) = scale(range.low, range.high)?;
            if best <= worst {
                return Ok(Normal::Constant(low));
            }
            line(source, move |x| from + (x - worst) / (best - worst) * (to - from))
        }
        Normalisation::DistanceToMax(_) => {
            if best <= worst {
                return Ok(Normal::Constant(low));
            }
            line(source, move |x| 1.0 - (best - x) / (best - worst))
        }
        Normalisation::DistanceToMin(_) => {
            if worst == 0.0 {
                return Err(Trouble::parameter("min", 0.0, "a worst value other than 0", "不为 0 的最差值"));
            }
            line(source, move |x| (x - worst) / worst.abs())
        }
        Normalisation::ZScore(to) => {
            if reference.known() < 2 {
                return Ok(Normal::TooFew(2));
            }
            let (centre, deviation) = (mean(reference), sample_deviation(reference));
            // Equal values can leave dust in the deviation.
            if high <= low || deviation <= 0.0 {
                return Ok(Normal::Constant(low));
            }
            // A spread beyond the range of doubles would make all values equal; they overflow instead.
            if !deviation.is_finite() {
                return turned(source, |_| f64::INFINITY);
            }
            let (mean, width) = (to.mean.map_or(0.0, Number::get), to.deviation.map_or(1.0, Positive::get));
            line(source, move |x| mean + width * (x - sign * centre) / deviation)
        }
        Normalisation::Rank(_) => turned(source, |x| points(x) + 1.0),
        Normalisation::Borda(_) => turned(source, points),
        Normalisation::PercentileRank(_) => {
            let all = if source.frozen { count(reference.known()) } else { count(reference.known()) - 1.0 };
            if all < 1.0 {
                return Ok(Normal::TooFew(2));
            }
            turned(source, |x| points(x) / all)
        }
        Normalisation::DistanceToReference(anchor) => {
            let value = match (anchor.value, source.anchor) {
                (Some(value), None) => value.get(),
                (None, Some(value)) if !value.is_nan() => value,
                _ => {
                    let expected = Bilingual { en: "either a `value`, or a `unit` that has one", zh: "`value` 或有取值的 `unit` 二者之一" };
                    return Err(Trouble::Parameter { name: "how".into(), found: "neither or both".into(), expected });
                }
            };
            if value == 0.0 {
                return Err(Trouble::parameter("reference", 0.0, "a reference other than 0", "不为 0 的参照值"));
            }
            line(source, move |x| 1.0 - (sign * value - x) / value.abs())
        }
        Normalisation::AroundReference(around) => {
            let (from, to) = scale(around.low.or(Number::new(70.0)), around.high.or(Number::new(130.0)))?;
            if best <= worst {
                return Ok(Normal::Constant(low));
            }
            let Some(centre) = source.anchor.filter(|centre| !centre.is_nan()) else {
                return Err(Trouble::parameter("reference", f64::NAN, "a unit or period that has a value", "有取值的单元或时期"));
            };
            // Half the range below the reference, turned.
            let start = sign * centre - (best - worst) / 2.0;
            line(source, move |x| from + (x - start) / (best - worst) * (to - from))
        }
        Normalisation::ShareOfMax(_) => {
            if let Some((unit, found)) = values.iter().enumerate().find(|(_, x)| **x < 0.0 || (sign < 0.0 && **x == 0.0)) {
                return Err(Trouble::NotPositive { unit, member: 0, found: *found });
            }
            if high <= 0.0 {
                return Ok(Normal::Constant(high));
            }
            turned(source, |x| if sign > 0.0 { x / high } else { low / -x })
        }
        Normalisation::Sum(_) => {
            let sum: f64 = reference.iter().filter(|x| !x.is_nan()).sum();
            if sum == 0.0 {
                return Ok(Normal::Constant(0.0));
            }
            kept(source, |x| x / sum)
        }
        Normalisation::Vector(_) => {
            let length = libm::sqrt(reference.iter().filter(|x| !x.is_nan()).map(|x| x * x).sum());
            if length == 0.0 {
                return Ok(Normal::Constant(0.0));
            }
            kept(source, |x| x / length)
        }
        Normalisation::Goalposts(range) => {
            let (from, to) = scale(range.low, range.high)?;
            let Some(posts) = source.goalposts else { return Ok(Normal::NoGoalposts) };
            let (a, b) = (posts.low.get(), posts.high.get());
            let beyond = values.iter().filter(|x| **x < a || **x > b).count();
            let share = |x: f64| {
                let x = (sign * x).clamp(a, b);
                let share = if posts.log == Some(true) { libm::log(x / a) / libm::log(b / a) } else { (x - a) / (b - a) };
                from + if sign > 0.0 { share } else { 1.0 - share } * (to - from)
            };
            Ok(match turned(source, share)? {
                Normal::Turned(values, _) => Normal::Turned(values, beyond),
                other => other,
            })
        }
        Normalisation::Categorical(categorical) => {
            let edges: Vec<(f64, f64)> =
                categorical.categories.iter().map(|c| (c.from.map_or(f64::NEG_INFINITY, Number::get), c.score.get())).collect();
            if edges.is_empty() || edges.windows(2).any(|pair| matches!(pair, [a, b] if a.0 >= b.0)) {
                let expected = Bilingual { en: "at least one category, ascending", zh: "至少一个类别，且按起点递增" };
                return Err(Trouble::Parameter { name: "categories".into(), found: format!("{} categories", edges.len()), expected });
            }
            if let (Some(x), Some((first, _))) = (values.iter().find(|x| edges.first().is_some_and(|(from, _)| **x < *from)), edges.first()) {
                return Err(Trouble::parameter(
                    "categories",
                    *first,
                    "a first category that begins at or below every value",
                    "首个类别的起点不高于任何取值",
                ))
                .map_err(|trouble| match trouble {
                    Trouble::Parameter { name, expected, .. } => Trouble::Parameter { name, found: format!("{first} > {x}"), expected },
                    other => other,
                });
            }
            let score = |x: &f64| edges.iter().rev().find(|(from, _)| from <= x).map_or(f64::NAN, |(_, score)| *score);
            Ok(Normal::Turned(values.iter().map(|x| if x.is_nan() { *x } else { score(x) }).collect(), 0))
        }
    }
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn with(how: &str, values: &[f64], sign: f64) -> Vec<f64> {
        let how: Normalisation = serde_json::from_str(how).unwrap_or_else(|error| panic!("{error}"));
        let reference = Numbers::from(values.to_vec());
        let posts = Goalposts {
            low: Number::new(0.0).unwrap_or_else(|| panic!("finite")),
            high: Number::new(4.0).unwrap_or_else(|| panic!("finite")),
            log: None,
        };
        let source = Source { values, sign, reference: &reference, frozen: false, goalposts: Some(&posts), anchor: None };
        match normalise(&how, &source) {
            Ok(Normal::Line(scale)) => scale.of(values),
            Ok(Normal::Turned(values, _) | Normal::Kept(values)) => values,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_method_by_hand() {
        let x = [1.0, 2.0, 2.0, 5.0];
        assert_eq!(with(r#"{"type": "min_max"}"#, &x, 1.0), [0.0, 25.0, 25.0, 100.0]);
        assert_eq!(with(r#"{"type": "min_max", "low": 1, "high": 5}"#, &x, -1.0), [5.0, 4.0, 4.0, 1.0]);
        assert_eq!(with(r#"{"type": "z_score", "mean": 100, "deviation": 10}"#, &[1.0, 3.0], -1.0).iter().sum::<f64>(), 200.0);
        assert_eq!(with(r#"{"type": "rank"}"#, &x, 1.0), [1.0, 2.5, 2.5, 4.0]);
        assert_eq!(with(r#"{"type": "rank"}"#, &x, -1.0), [4.0, 2.5, 2.5, 1.0]);
        assert_eq!(with(r#"{"type": "borda"}"#, &x, 1.0), [0.0, 1.5, 1.5, 3.0]);
        assert_eq!(with(r#"{"type": "percentile_rank"}"#, &x, 1.0), [0.0, 0.5, 0.5, 1.0]);
        assert_eq!(with(r#"{"type": "distance_to_max"}"#, &x, 1.0), [0.0, 0.25, 0.25, 1.0]);
        assert_eq!(with(r#"{"type": "distance_to_min"}"#, &x, 1.0), [0.0, 1.0, 1.0, 4.0]);
        assert_eq!(with(r#"{"type": "distance_to_min"}"#, &x, -1.0), [0.8, 0.6, 0.6, 0.0]);
        assert_eq!(with(r#"{"type": "distance_to_reference", "value": 2}"#, &x, 1.0), [0.5, 1.0, 1.0, 2.5]);
        assert_eq!(with(r#"{"type": "distance_to_reference", "value": 2}"#, &x, -1.0), [1.5, 1.0, 1.0, -0.5]);
        assert_eq!(with(r#"{"type": "share_of_max"}"#, &x, 1.0), [0.2, 0.4, 0.4, 1.0]);
        assert_eq!(with(r#"{"type": "share_of_max"}"#, &x, -1.0), [1.0, 0.5, 0.5, 0.2]);
        assert_eq!(with(r#"{"type": "sum"}"#, &x, -1.0), [0.1, 0.2, 0.2, 0.5]);
        assert_eq!(with(r#"{"type": "vector"}"#, &[3.0, 4.0], 1.0), [0.6, 0.8]);
        assert_eq!(with(r#"{"type": "goalposts", "high": 1}"#, &x, -1.0), [0.75, 0.5, 0.5, 0.0]);
        assert_eq!(with(r#"{"type": "categorical", "categories": [{"score": 1}, {"from": 2, "score": 7}]}"#, &x, 1.0), [1.0, 7.0, 7.0, 7.0]);
        assert_eq!(with(r#"{"type": "as_is"}"#, &x, -1.0), [-1.0, -2.0, -2.0, -5.0]);
    }
}
