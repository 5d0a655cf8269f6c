//! Bringing every indicator to its scale.

use talent_model::Bilingual;
use talent_model::diagnostic::Code;
use talent_model::id::Line;
use talent_model::index::{Normalisation, Normalise};

use super::Pipeline;
use crate::index::each::each;
use crate::index::normalise::{self, Normal, Source};
use crate::index::notes::{Notes, Place};
use crate::index::numbers::{Numbers, Scale};
use crate::index::state::State;
use crate::index::stats::mean;
use crate::index::trouble::Trouble;

impl Pipeline<'_> {
    pub(super) fn normalise(&self, state: &mut State, at: usize, step: &Normalise, notes: &mut Notes) {
        let alive = state.alive();
        let normal = each(&alive, state.units.len(), |leaf| self.normal(state, *leaf, step));
        for (leaf, (normal, reference)) in alive.into_iter().zip(normal) {
            let code = self.code(leaf);
            let method = normalise::kind(step.each.get(code).unwrap_or(&step.how));
            match normal {
                Ok(Normal::Line(scale)) => {
                    if let Some(column) = state.columns.get_mut(leaf) {
                        column.values = on_line(&column.values, scale);
                        column.sign = 1.0;
                    }
                }
                Ok(Normal::Turned(values, beyond)) => {
                    if beyond > 0 {
                        notes.note(Code::IndexBeyondGoalposts, |d| d.with("code", code).with("count", beyond.to_string()));
                    }
                    if let Some(column) = state.columns.get_mut(leaf) {
                        column.values = overflow(&column.values, values);
                        column.sign = 1.0;
                    }
                }
                Ok(Normal::Kept(values)) => {
                    if let Some(column) = state.columns.get_mut(leaf) {
                        column.values = overflow(&column.values, values);
                    }
                }
                Ok(Normal::Constant(value)) => {
                    notes.note(Code::IndexColumnConstant, |d| d.with("code", code).number("found", value).with("method", method));
                    state.drop(Some(at), leaf);
                }
                Ok(Normal::TooFew(expected)) => {
                    notes.note(Code::IndexTooFewUnits, |d| {
                        d.with("method", method).with("expected", expected.to_string()).with("found", reference.known().to_string())
                    });
                    state.drop(Some(at), leaf);
                }
                Ok(Normal::NoGoalposts) => notes.note(Code::IndexGoalposts, |d| {
                    let none = "–";
                    d.with("code", code).with("low", none).with("high", none).bilingual("expected", Bilingual { en: "both", zh: "两者都写明" })
                }),
                Err(trouble) => {
                    let place = Place { node: "", method, codes: &[code] };
                    notes.trouble(trouble, &place, |place| self.unit(state, place).into());
                }
            }
            state.reference.push((leaf, reference));
        }
    }

    /// One indicator on its new scale, with the values that it was measured against.
    fn normal(&self, state: &State, leaf: usize, step: &Normalise) -> (Result<Normal, Trouble>, Numbers) {
        let Some(column) = state.columns.get(leaf) else { return (Ok(Normal::Kept(Vec::new())), Numbers::default()) };
        let code = self.code(leaf);
        let how = step.each.get(code).unwrap_or(&step.how);
        let frozen = step.reference.iter().find(|reference| reference.indicator.as_str() == code);
        let rows = |wanted: Option<&Line>| self.rows_of(state, wanted.map(Line::as_str));
        let part = |rows: &[usize]| -> Numbers { rows.iter().filter_map(|place| column.values.get(*place).copied()).collect() };
        let reference = match (frozen, &step.base) {
            (Some(frozen), _) => frozen.values.iter().map(|x| x.get()).collect(),
            (None, Some(base)) => part(&rows(Some(base))),
            (None, None) => column.values.clone(),
        };
        let of_unit = |unit: &Line, rows: &[usize]| {
            let place = rows.iter().find(|place| self.unit(state, **place) == unit.as_str());
            place.and_then(|place| column.values.get(*place).copied()).unwrap_or(f64::NAN)
        };
        let anchor = match how {
            Normalisation::DistanceToReference(anchor) => anchor.unit.as_ref().map(|unit| of_unit(unit, &rows(None))),
            Normalisation::AroundReference(around) => {
                let rows = rows(around.time.as_ref());
                Some(around.unit.as_ref().map_or_else(|| mean(&part(&rows)), |unit| of_unit(unit, &rows)))
            }
            _ => None,
        };
        let row = self.tree.leaves.get(leaf).and_then(|leaf| self.table.rows.get(leaf.row));
        let goalposts = row.and_then(|row| row.goalposts.as_ref());
        #[cfg(feature = "robust")]
        let moved = state.vary.as_ref().zip(goalposts).map(|(vary, posts)| vary.goalposts(leaf, posts));
        #[cfg(feature = "robust")]
        let goalposts = moved.as_ref().or(goalposts);
        let frozen = frozen.is_some() || step.base.is_some();
        let source = Source { values: &column.values, sign: column.sign, reference: &reference, frozen, goalposts, anchor };
        if step.by_period != Some(true) {
            return (normalise::normalise(how, &source), reference);
        }
        let normal = self.by_period(state, &column.values, |values| {
            let own = Numbers::from(values.to_vec());
            normalise::normalise(how, &Source { values, reference: if frozen { &reference } else { &own }, ..source })
        });
        (normal, reference)
    }

    /// The rows of a period, by their places among the rows that are in; all rows without one.
    fn rows_of(&self, state: &State, period: Option<&str>) -> Vec<usize> {
        let is = |row: &usize| period.is_none_or(|period| self.table.times.get(*row).is_some_and(|time| time == period));
        state.units.iter().enumerate().filter(|(_, row)| is(row)).map(|(place, _)| place).collect()
    }

    /// Every period by itself; what one period has no scale for, the indicator has none for.
    fn by_period(&self, state: &State, values: &[f64], one: impl Fn(&[f64]) -> Result<Normal, Trouble>) -> Result<Normal, Trouble> {
        let (mut all, mut passed, mut keeps) = (vec![f64::NAN; values.len()], 0, false);
        for period in self.periods(&state.units) {
            let own: Vec<f64> = period.iter().filter_map(|place| values.get(*place).copied()).collect();
            if own.iter().all(|x| x.is_nan()) {
                continue;
            }
            let (own, beyond, kept) = match one(&own)? {
                Normal::Line(scale) => (scale.of(&own), 0, false),
                Normal::Turned(values, beyond) => (values, beyond, false),
                Normal::Kept(values) => (values, 0, true),
                other => return Ok(other),
            };
            passed += beyond;
            keeps |= kept;
            for (place, x) in period.iter().zip(own) {
                if let Some(cell) = all.get_mut(*place) {
                    *cell = x;
                }
            }
        }
        Ok(if keeps { Normal::Kept(all) } else { Normal::Turned(all, passed) })
    }
}

/// Numbers on a scale that keeps or turns their order: where the ends stay finite nothing between them overflows, and nobody has to look.
fn on_line(from: &Numbers, scale: Scale) -> Numbers {
    let scaled = from.scaled(scale);
    let (low, high) = scaled.ends();
    if low.is_finite() && high.is_finite() { scaled } else { overflow(from, scaled.to_vec()) }
}

/// Numbers that come from numbers are numbers: what became none has overflowed, and is infinite.
fn overflow(from: &Numbers, to: Vec<f64>) -> Numbers {
    let to = Numbers::from(to);
    if to.known() == from.known() {
        return to;
    }
    from.iter().zip(to.iter()).map(|(from, to)| if to.is_nan() && !from.is_nan() { f64::INFINITY } else { *to }).collect()
}
