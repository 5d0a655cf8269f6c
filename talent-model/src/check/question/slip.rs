//! Slips of the unit: numbers that would be usual if they were ten, a hundred or ten thousand times as large or small.

use super::answers::{Answer, Answers};
use super::range::{Range, greatest};
use crate::diagnostic::{Code, Findings};
use crate::lang::Bilingual;

/// The factors by which numbers are mistaken, the likeliest first: places of a comma, per cent, thousands, 万, millions, 亿.
const FACTORS: [(f64, Bilingual); 6] = [
    (10.0, Bilingual { en: "10", zh: "10" }),
    (100.0, Bilingual { en: "100", zh: "100" }),
    (1_000.0, Bilingual { en: "1,000", zh: "1000" }),
    (10_000.0, Bilingual { en: "10,000 (万)", zh: "1 万" }),
    (1_000_000.0, Bilingual { en: "1,000,000", zh: "100 万" }),
    (100_000_000.0, Bilingual { en: "100,000,000 (亿)", zh: "1 亿" }),
];

/// How exactly the quotient of two numbers must be a factor to be taken for a slip, on either side.
const EXACT: f64 = 1.25;

pub(super) fn check(answers: &Answers<'_>, found: &mut Findings) {
    for answer in &answers.list {
        if let (Some(measure), Some(unit), Some(range)) = (answer.measure, answer.measure_unit(), Range::of(answer)) {
            one(answers, answer, measure, unit, &range, found);
        }
    }
}

fn one(answers: &Answers<'_>, answer: &Answer<'_>, measure: f64, unit: &str, range: &Range, found: &mut Findings) {
    let unusual = range.is_unusual(measure);
    if !range.declared && is_over_whole(answer, measure, unit) && !unusual {
        let diagnostic = answers.finding(Code::ShareOverWhole, answer, "value").number("found", round(measure)).with("unit", unit);
        found.push(diagnostic.with("whole", if unit == "%" { "100 %" } else { "1" }));
        return;
    }
    let fraction = unit == "%" && range.is_fraction(measure);
    if !unusual && !fraction {
        return;
    }
    let slip = if fraction { FACTORS.get(1).map(|factor| (factor, measure * 100.0)) } else { slip(measure, range) };
    let code = if slip.is_some() { Code::UnitSlip } else { Code::Unusual };
    let mut diagnostic = answers.finding(code, answer, "value").number("found", round(measure)).with("unit", unit);
    let end = |value: f64| if value.is_finite() && value.abs() < f64::MAX { crate::canonical::number(value) } else { "…".into() };
    diagnostic = diagnostic.with("low", end(range.low)).with("high", end(range.high));
    if let Some(((_, factor), reading)) = slip {
        diagnostic = diagnostic.bilingual("factor", *factor).number("reading", round(reading));
    }
    found.push(diagnostic);
}

/// The first factor that leads back to what is usual, and where.
fn slip(measure: f64, range: &Range) -> Option<(&'static (f64, Bilingual), f64)> {
    FACTORS.iter().find_map(|factor| {
        let readings = [measure / factor.0, measure * factor.0];
        readings.into_iter().find(|reading| range.lands(*reading)).map(|reading| (factor, reading))
    })
}

/// Whether a share is more than the whole, where the standard sets no limit and counts on none beyond the whole.
fn is_over_whole(answer: &Answer<'_>, measure: f64, unit: &str) -> bool {
    let whole = match unit {
        "%" => 100.0,
        "1" => 1.0,
        _ => return false,
    };
    measure > whole && greatest(answer.indicator) <= whole
}

/// The factor by which two numbers differ, if it is one of those by which numbers are mistaken.
pub(super) fn between(one: f64, other: f64) -> Option<Bilingual> {
    if one <= 0.0 || other <= 0.0 {
        return None;
    }
    let quotient = one.max(other) / one.min(other);
    FACTORS.iter().find(|(factor, _)| quotient >= factor / EXACT && quotient <= factor * EXACT).map(|(_, name)| *name)
}

/// A derived number as people read it: six significant digits.
pub(super) fn round(value: f64) -> f64 {
    format!("{value:.5e}").parse().unwrap_or(value)
}
