//! Whether the unit of a ratio follows from its parts.

use super::names::Names;
use crate::diagnostic::{Code, Diagnostic, Findings, Pointer};
use crate::quantity::{Positive, Quantity};
use crate::standard::Indicator;

/// Times that a ratio may be "per", beside its divisor.
const TIMES: [&str; 5] = ["a", "mo", "wk", "d", "h"];

/// Units are compared as texts: the answer's unit over the multiple and the fact's unit, in brackets where there are several, because UCUM reads from left
/// to right.
pub(super) fn check(indicator: &Indicator, at: &Pointer, names: &Names<'_>, found: &mut Findings) {
    let (Some(per), Quantity::Number(quantity)) = (&indicator.per, &indicator.quantity) else { return };
    let mut nowhere = Findings::default();
    let Some(divisor) = per.fact.as_ref().and_then(|fact| names.fact(fact.as_str(), at, &mut nowhere)).and_then(|fact| fact.unit.as_ref()) else {
        return;
    };
    let (above, below, unit) = (quantity.unit.as_str(), divisor.as_str(), per.unit.as_str());
    let multiple = per.multiple.map_or(1.0, Positive::get);
    let plain = multiple == 1.0;
    let expected = if plain { format!("{above}/{below}") } else { format!("{above}/({multiple}.{below})") };
    let with_time = |time: &&str| {
        let timed = if plain { format!("{above}/({below}.{time})") } else { format!("{above}/({multiple}.{below}.{time})") };
        timed == unit
    };
    let same = above == below && (plain && unit == "1" || multiple == 100.0 && unit == "%");
    if unit != expected && !same && !TIMES.iter().any(with_time) {
        found.push(Diagnostic::new(Code::UnitMismatch, at.with("unit")).with("found", unit).with("expected", expected));
    }
}
