//! Rules, compiled: a measure in, a score from 0 to 100 out.

use talent_model::quantity::{ChecklistItem, Number, Quantity, Score};
use talent_model::standard::{Closed, Point, Rule};

/// How far a number may lie beside an edge and still be on it, relative to the edge where that is above 1.
const EDGE: f64 = 1e-9;

/// Whether `x` is at least `edge`, give or take the rounding of doubles.
#[must_use]
pub fn reaches(x: f64, edge: f64) -> bool {
    x >= at_least(edge)
}

/// Whether `x` is at most `edge`, give or take the rounding of doubles.
pub(crate) fn keeps_to(x: f64, edge: f64) -> bool {
    x <= at_most(edge)
}

/// The least number that reaches an edge.
pub(crate) fn at_least(edge: f64) -> f64 {
    edge - EDGE * edge.abs().max(1.0)
}

/// The greatest number that keeps to an edge.
pub(crate) fn at_most(edge: f64) -> f64 {
    edge + EDGE * edge.abs().max(1.0)
}

/// One threshold and the score there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Knot {
    pub(crate) at: f64,
    pub(crate) score: f64,
}

/// A compiled rule. Every kind of rule is a line through knots or a flight of steps.
#[derive(Clone, Debug)]
pub(crate) struct CompiledRule {
    shape: Shape,
    knots: Box<[Knot]>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    /// Straight between knots, level beyond them.
    Line,
    /// `[a, b)`.
    ClosedLeft,
    /// `(a, b]`.
    ClosedRight,
}

/// The thresholds on either side of a measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Between {
    pub(crate) below: Option<Knot>,
    pub(crate) above: Option<Knot>,
}

impl CompiledRule {
    pub(crate) fn new(rule: &Rule, quantity: &Quantity) -> Self {
        let knot = |at: f64, score: Score| Knot { at, score: score.get() };
        let line = |points: &[Point]| points.iter().map(|p| knot(p.at.get(), p.score)).collect();
        let (shape, knots): (Shape, Vec<Knot>) = match rule {
            Rule::Piecewise(rule) => (Shape::Line, line(&rule.points)),
            Rule::Steps(rule) => {
                let shape = if rule.closed == Closed::Left { Shape::ClosedLeft } else { Shape::ClosedRight };
                (shape, rule.steps.iter().map(|s| knot(s.from.map_or(f64::NEG_INFINITY, Number::get), s.score)).collect())
            }
            Rule::Levels(rule) => (Shape::ClosedLeft, rule.scores.iter().map(|s| knot(s.level.get(), s.score)).collect()),
            Rule::Checklist(rule) if rule.points.is_empty() => {
                let all = match quantity {
                    Quantity::Checklist(list) => list.items.iter().map(ChecklistItem::measure).sum(),
                    _ => 1.0,
                };
                (Shape::Line, vec![Knot { at: 0.0, score: 0.0 }, Knot { at: all, score: 100.0 }])
            }
            Rule::Checklist(rule) => (Shape::Line, line(&rule.points)),
            Rule::YesNo(rule) => {
                let (no, yes) = (rule.no.map_or(0.0, Score::get), rule.yes.map_or(100.0, Score::get));
                (Shape::ClosedLeft, vec![Knot { at: 0.0, score: no }, Knot { at: 1.0, score: yes }])
            }
        };
        Self { shape, knots: knots.into() }
    }

    /// The knots on either side of `x`: `below` is at or before it.
    pub(crate) fn between(&self, x: f64) -> Between {
        let mut below = None;
        for knot in &self.knots {
            let passed = match self.shape {
                // A measure that misses an edge by rounding alone is on it.
                Shape::ClosedLeft => reaches(x, knot.at),
                Shape::ClosedRight => !keeps_to(x, knot.at),
                Shape::Line => x >= knot.at,
            };
            if !passed {
                return Between { below, above: Some(*knot) };
            }
            below = Some(*knot);
        }
        Between { below, above: None }
    }

    /// The score of a measure. A measure below the first step scores as the first step.
    #[inline]
    pub(crate) fn score(&self, x: f64) -> f64 {
        if self.shape != Shape::Line {
            let Between { below, above } = self.between(x);
            return below.or(above).map_or(0.0, |knot| knot.score);
        }
        // Counting takes no branch that a processor could guess wrong.
        let passed = self.knots.iter().map(|knot| usize::from(x >= knot.at)).sum::<usize>();
        match (passed.checked_sub(1).and_then(|at| self.knots.get(at)), self.knots.get(passed)) {
            (Some(low), Some(high)) => {
                let y = low.score + (x - low.at) / (high.at - low.at) * (high.score - low.score);
                y.clamp(low.score.min(high.score), low.score.max(high.score))
            }
            (Some(end), None) | (None, Some(end)) => end.score,
            (None, None) => 0.0,
        }
    }

    /// The least and the greatest score between two measures, which may be infinite.
    pub(crate) fn range(&self, low: f64, high: f64) -> (f64, f64) {
        let ends = [self.score(low), self.score(high)];
        let inside = self.knots.iter().filter(|k| k.at >= low && k.at <= high).map(|k| k.score);
        ends.into_iter().chain(inside).fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), y| (least.min(y), most.max(y)))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    fn rule(json: &str) -> CompiledRule {
        let quantity = serde_json::from_str(r#"{"type": "number", "unit": "1"}"#).unwrap();
        CompiledRule::new(&serde_json::from_str(json).unwrap(), &quantity)
    }

    #[test]
    fn a_line_is_exact_at_its_knots_and_level_beyond() {
        let line = rule(r#"{"type": "piecewise", "points": [{"at": 0.1, "score": 0}, {"at": 0.5, "score": 60}, {"at": 0.6, "score": 100}]}"#);
        // Halfway between 0.5 and 0.6: 60 + 40/2 = 80.
        let close = |x: f64, y: f64| assert!((line.score(x) - y).abs() < 1e-9, "{x}: {}", line.score(x));
        close(0.55, 80.0);
        assert_eq!([0.0, 0.1, 0.5, 0.6, 9.0].map(|x| line.score(x)), [0.0, 0.0, 60.0, 100.0, 100.0]);
        assert_eq!(line.range(f64::NEG_INFINITY, f64::INFINITY), (0.0, 100.0));
    }

    #[test]
    fn steps_say_to_which_side_an_edge_belongs() {
        let steps = |closed: &str| {
            rule(&format!(
                r#"{{"type": "steps", "closed": "{closed}", "steps": [{{"score": 0}}, {{"from": 0.35, "score": 60}}, {{"from": 0.45, "score": 80}}]}}"#
            ))
        };
        assert_eq!([0.34, 0.35, 0.45].map(|x| steps("left").score(x)), [0.0, 60.0, 80.0]);
        assert_eq!([0.35, 0.36, 0.45, 0.46].map(|x| steps("right").score(x)), [0.0, 60.0, 60.0, 80.0]);
        // 0.1 + 0.25 is a little less than 0.35 in some orders of summation; it is on the edge all the same.
        assert_eq!(steps("left").score(0.35 - 1e-12), 60.0);
        assert_eq!(steps("left").range(0.4, 0.5), (60.0, 80.0));
    }

    #[test]
    fn a_u_shape_is_bounded_inside_its_interval() {
        let band = rule(r#"{"type": "piecewise", "points": [{"at": 0, "score": 0}, {"at": 1, "score": 100}, {"at": 2, "score": 20}]}"#);
        assert_eq!(band.range(0.5, 2.0), (20.0, 100.0));
    }
}
