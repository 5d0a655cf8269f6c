//! PROMETHEE II: the net flow of preference, what a unit is preferred to the others less what they are preferred to it; from −1 to 1.
//!
//! Sources: Brans and Vincke, Management Science 31 (1985) 647–656; Brans, Vincke and Mareschal, European Journal of Operational Research 24 (1986) 228–238.

use talent_model::index::{Preference, PreferenceShape, Promethee};
use talent_model::quantity::NonNegative;

use super::{Members, Scores};
use crate::index::stats::count;
use crate::index::trouble::Trouble;

/// A preference function with its numbers at hand.
#[derive(Clone, Copy)]
struct Shape {
    shape: PreferenceShape,
    q: f64,
    p: f64,
    s: f64,
}

impl Shape {
    fn new(code: &str, preference: Option<&Preference>) -> Result<Self, Trouble> {
        let Some(given) = preference else { return Ok(Self { shape: PreferenceShape::Usual, q: 0.0, p: 0.0, s: 0.0 }) };
        let number = |x: Option<NonNegative>| x.map_or(f64::NAN, NonNegative::get);
        let shape = Self { shape: given.shape, q: given.q.map_or(0.0, NonNegative::get), p: number(given.p), s: number(given.s) };
        let wrong = |name: &str, x: f64, en, zh| Err(Trouble::parameter(&format!("{code}/{name}"), x, en, zh));
        match given.shape {
            PreferenceShape::U if given.q.is_none() => wrong("q", f64::NAN, "a number", "数字"),
            PreferenceShape::V if (shape.p.is_nan() || shape.p <= 0.0) => wrong("p", shape.p, "a number above 0", "大于 0 的数字"),
            PreferenceShape::Level | PreferenceShape::Linear if (shape.p.is_nan() || shape.p <= shape.q) => {
                wrong("p", shape.p, "a number above `q`", "大于 `q` 的数字")
            }
            PreferenceShape::Gaussian if (shape.s.is_nan() || shape.s <= 0.0) => wrong("s", shape.s, "a number above 0", "大于 0 的数字"),
            _ => Ok(shape),
        }
    }

    /// How much a difference is preferred, from 0 to 1.
    fn of(self, d: f64) -> f64 {
        if d <= 0.0 {
            return 0.0;
        }
        match self.shape {
            PreferenceShape::Usual => 1.0,
            PreferenceShape::U => f64::from(u8::from(d > self.q)),
            PreferenceShape::V => (d / self.p).min(1.0),
            PreferenceShape::Level if d <= self.q => 0.0,
            PreferenceShape::Level if d <= self.p => 0.5,
            PreferenceShape::Level => 1.0,
            PreferenceShape::Linear => ((d - self.q) / (self.p - self.q)).clamp(0.0, 1.0),
            PreferenceShape::Gaussian => 1.0 - libm::exp(-d * d / (2.0 * self.s * self.s)),
        }
    }
}

pub(crate) fn scores(promethee: &Promethee, members: &Members<'_>) -> Result<Scores, Trouble> {
    members.names(promethee.preferences.keys())?;
    let shapes = members.codes.iter().map(|code| Shape::new(code, promethee.preferences.get(*code)));
    let shapes = shapes.collect::<Result<Vec<Shape>, Trouble>>()?;
    let n = members.cells.rows();
    if n < 2 {
        return Ok(vec![0.0; n].into());
    }
    let mut flows = Vec::with_capacity(n);
    for a in 0..n {
        let mut flow = 0.0;
        for b in (0..n).filter(|b| *b != a) {
            let values = members.cells.row(a).zip(members.cells.row(b));
            for (((x, y), shape), (weight, sign)) in values.zip(&shapes).zip(members.weights.iter().zip(members.signs)) {
                let d = sign * (x - y);
                flow += weight * (shape.of(d) - shape.of(-d));
            }
        }
        flows.push(flow / (count(n) - 1.0));
    }
    Ok(flows.into())
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::index::combine::examples::{agree, run};

    /// Six sites of hydroelectric plants: manpower, power, construction cost, maintenance cost, villages to evacuate, safety.
    /// Brans, Vincke and Mareschal (1986), table 1.
    const PLANTS: [[f64; 6]; 6] = [
        [80.0, 90.0, 6.0, 5.4, 8.0, 5.0],
        [65.0, 58.0, 2.0, 9.7, 1.0, 1.0],
        [83.0, 60.0, 4.0, 7.2, 4.0, 7.0],
        [40.0, 80.0, 10.0, 7.5, 7.0, 10.0],
        [52.0, 72.0, 6.0, 2.0, 3.0, 8.0],
        [94.0, 96.0, 7.0, 3.6, 5.0, 6.0],
    ];

    fn plants() -> Promethee {
        let text = r#"{"preferences": {"c1": {"shape": "u", "q": 10}, "c2": {"shape": "v", "p": 30}, "c3": {"shape": "linear", "q": 0.5, "p": 5},
            "c4": {"shape": "level", "q": 1, "p": 6}, "c5": {"shape": "usual"}, "c6": {"shape": "gaussian", "s": 5}}}"#;
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn the_plants_of_brans_vincke_and_mareschal() {
        let signs = [-1.0, 1.0, -1.0, -1.0, -1.0, 1.0];
        let found = run(&PLANTS, &[1.0 / 6.0; 6], &signs, |m| scores(&plants(), m));
        // Leaving less entering flows, recomputed from the paper's table by a program of its own in another language, as sums over the five others.
        let flows = [-0.728_320_34, 0.085_810_66, -0.447_618_25, -0.100_012_68, 1.464_499_63, -0.274_359_03];
        agree(found, &flows.map(|flow| flow / 5.0), 1e-8);
    }

    #[test]
    fn one_unit_is_preferred_to_nobody() {
        agree(run(&[[1.0]], &[1.0], &[1.0], |m| scores(&Promethee { preferences: Default::default() }, m)), &[0.0], 0.0);
    }
}
