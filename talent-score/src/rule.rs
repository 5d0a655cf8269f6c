//! Rules, compiled: a measure in, a score from 0 to 100 out.

mod many;

use talent_model::quantity::{ChecklistItem, Number, Quantity, Score};
use talent_model::standard::{Closed, Point, Rule, Scale};

use many::{Lines, Steps, WIDEST};

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
    knots: Box<[Knot]>,
    /// A measure that is at least this has passed the knot of the same number.
    edges: Box<[f64]>,
    /// The pieces of the rule: the first before all edges, then one after every edge.
    pieces: Box<[Piece]>,
    /// Whether the pieces are straight in the logarithm of the measure.
    logarithmic: bool,
    /// The distance from the first threshold to the last, in the logarithm where that is the scale; 0 where thresholds are no quantities.
    span: f64,
}

/// A straight piece of a rule, which scores `from + (x - at) / run * rise`, and never beyond its ends. On a logarithmic scale `ln(x / at)` is in place of
/// `x - at`.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// The edge after which it comes.
    since: f64,
    at: f64,
    run: f64,
    from: f64,
    rise: f64,
    ends: (f64, f64),
}

impl Piece {
    fn level(score: f64) -> Self {
        Self { since: f64::NEG_INFINITY, at: 0.0, run: 1.0, from: score, rise: 0.0, ends: (score, score) }
    }

    fn between(low: Knot, high: Knot, shape: Shape) -> Self {
        let ends = (low.score.min(high.score), low.score.max(high.score));
        let run = if shape == Shape::LogLine { log_ratio(high.at, low.at) } else { high.at - low.at };
        Self { since: low.at, at: low.at, run, from: low.score, rise: high.score - low.score, ends }
    }

    /// The score so far beyond the start of the piece.
    #[inline(always)]
    fn score(&self, gone: f64) -> f64 {
        let y = self.from + gone / self.run * self.rise;
        // In this order a measure without end or without a logarithm, which makes `y` no number, takes the score of its level piece.
        let y = if y > self.ends.0 { y } else { self.ends.0 };
        if y < self.ends.1 { y } else { self.ends.1 }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    /// Straight between knots, level beyond them.
    Line,
    /// As a line, but straight in the logarithm of the measure; all knots lie above 0.
    LogLine,
    /// `[a, b)`.
    ClosedLeft,
    /// `(a, b]`.
    ClosedRight,
}

impl Shape {
    /// The least measure that has passed a knot. A measure that misses an edge by rounding alone is on it.
    fn edge(self, at: f64) -> f64 {
        match self {
            // A first step may have no lower end.
            _ if at.is_infinite() => at,
            Self::Line | Self::LogLine => at,
            Self::ClosedLeft => at_least(at),
            Self::ClosedRight => at_most(at).next_up(),
        }
    }
}

/// The thresholds on either side of a measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Between {
    pub(crate) below: Option<Knot>,
    pub(crate) above: Option<Knot>,
}

impl CompiledRule {
    /// Whether less is better throughout; nothing where the rule is level, or turns.
    #[cfg(feature = "index")]
    pub(crate) fn falls(&self) -> Option<bool> {
        let steps = || self.knots.windows(2).filter_map(|pair| Some(pair.last()?.score - pair.first()?.score));
        match (steps().any(|rise| rise > 0.0), steps().any(|rise| rise < 0.0)) {
            (true, false) => Some(false),
            (false, true) => Some(true),
            _ => None,
        }
    }

    pub(crate) fn new(rule: &Rule, quantity: &Quantity) -> Self {
        let knot = |at: f64, score: Score| Knot { at, score: score.get() };
        let line = |points: &[Point]| points.iter().map(|p| knot(p.at.get(), p.score)).collect();
        let (shape, knots): (Shape, Vec<Knot>) = match rule {
            Rule::Piecewise(rule) => {
                let shape = if rule.scale == Some(Scale::Logarithmic) { Shape::LogLine } else { Shape::Line };
                (shape, line(&rule.points))
            }
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
        let mut compiled = Self::through(shape, knots);
        if matches!(rule, Rule::Piecewise(_) | Rule::Steps(_)) {
            compiled.span = compiled.distance();
        }
        compiled
    }

    /// From the first threshold to the last; where there is one only, its own size.
    fn distance(&self) -> f64 {
        let finite = || self.knots.iter().map(|knot| knot.at).filter(|at| at.is_finite());
        match (finite().next(), finite().next_back()) {
            (Some(first), Some(last)) if self.logarithmic => log_ratio(last, first),
            (Some(first), Some(last)) if last > first => last - first,
            (Some(only), _) => only.abs(),
            _ => 0.0,
        }
    }

    /// The rule with its thresholds moved by a share of their distance.
    pub(crate) fn moved(&self, by: f64) -> Moved<'_> {
        Moved { rule: self, by: if self.logarithmic { libm::exp(by * self.span) } else { by * self.span } }
    }

    /// Whether the thresholds can be moved.
    #[cfg(feature = "robust")]
    pub(crate) fn is_movable(&self) -> bool {
        self.span > 0.0
    }

    fn through(shape: Shape, knots: Vec<Knot>) -> Self {
        let first = Piece::level(knots.first().map_or(0.0, |knot| knot.score));
        let after = |(i, knot): (usize, &Knot)| match knots.get(i + 1) {
            Some(next) if matches!(shape, Shape::Line | Shape::LogLine) => Piece::between(*knot, *next, shape),
            _ => Piece::level(knot.score),
        };
        let edges: Box<[f64]> = knots.iter().map(|knot| shape.edge(knot.at)).collect();
        let after = knots.iter().enumerate().map(after).zip(&edges).map(|(piece, edge)| Piece { since: *edge, ..piece });
        let pieces = std::iter::once(first).chain(after).collect();
        Self { edges, pieces, knots: knots.into(), logarithmic: shape == Shape::LogLine, span: 0.0 }
    }

    /// The knots on either side of `x`: `below` is at or before it.
    pub(crate) fn between(&self, x: f64) -> Between {
        let passed = self.passed(x);
        Between { below: passed.checked_sub(1).and_then(|at| self.knots.get(at)).copied(), above: self.knots.get(passed).copied() }
    }

    /// How many knots a measure has passed. Counting takes no branch that a processor could guess wrong.
    #[inline]
    fn passed(&self, x: f64) -> usize {
        self.edges.iter().map(|edge| usize::from(x >= *edge)).sum()
    }

    /// The score of a measure. A measure below the first step scores as the first step.
    #[inline]
    pub(crate) fn score(&self, x: f64) -> f64 {
        let Some(piece) = self.pieces.get(self.passed(x)) else { return 0.0 };
        piece.score(if self.logarithmic { log_ratio(x, piece.at) } else { x - piece.at })
    }

    /// The scores of many measures, each as by [`score`](Self::score), in the widest registers that the processor has.
    pub(crate) fn score_all(&self, measures: &[f64], scores: &mut [f64]) {
        let arch = pulp::Arch::new();
        match *self.pieces {
            _ if self.logarithmic => self.score_each(measures, scores),
            [first, ref rest @ .., last] if rest.iter().all(|piece| piece.rise == 0.0) => {
                arch.dispatch(Steps { first, rest, last, measures, scores: &mut *scores });
            }
            [first, a, last] => arch.dispatch(Lines { first, start: a, rest: [], last, measures, scores: &mut *scores }),
            [first, a, b, last] => arch.dispatch(Lines { first, start: a, rest: [b], last, measures, scores: &mut *scores }),
            [first, a, b, c, last] => arch.dispatch(Lines { first, start: a, rest: [b, c], last, measures, scores: &mut *scores }),
            [first, a, b, c, d, last] => arch.dispatch(Lines { first, start: a, rest: [b, c, d], last, measures, scores: &mut *scores }),
            [first, a, b, c, d, e, last] => arch.dispatch(Lines { first, start: a, rest: [b, c, d, e], last, measures, scores: &mut *scores }),
            _ => self.score_each(measures, scores),
        }
        // What does not fill a register.
        let whole = measures.len() - measures.len() % WIDEST;
        if let (Some(measures), Some(scores)) = (measures.get(whole..), scores.get_mut(whole..)) {
            self.score_each(measures, scores);
        }
    }

    fn score_each(&self, measures: &[f64], scores: &mut [f64]) {
        for (score, measure) in scores.iter_mut().zip(measures) {
            *score = self.score(*measure);
        }
    }

    /// The least and the greatest score between two measures, which may be infinite.
    pub(crate) fn range(&self, low: f64, high: f64) -> (f64, f64) {
        let ends = [self.score(low), self.score(high)];
        let inside = self.knots.iter().filter(|k| k.at >= low && k.at <= high).map(|k| k.score);
        ends.into_iter().chain(inside).fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), y| (least.min(y), most.max(y)))
    }
}

/// A rule with moved thresholds: a measure moved the other way. Moved by nothing it is the rule, to the bit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moved<'r> {
    rule: &'r CompiledRule,
    by: f64,
}

impl Moved<'_> {
    fn back(&self, x: f64) -> f64 {
        if self.rule.logarithmic { x / self.by } else { x - self.by }
    }

    pub(crate) fn score(&self, x: f64) -> f64 {
        self.rule.score(self.back(x))
    }

    pub(crate) fn range(&self, low: f64, high: f64) -> (f64, f64) {
        self.rule.range(self.back(low), self.back(high))
    }
}

/// `ln(x / at)`. The logarithm of a ratio, unlike a difference of logarithms, loses nothing where the two are close.
fn log_ratio(x: f64, at: f64) -> f64 {
    let ratio = x / at;
    if ratio.is_finite() {
        return libm::log(ratio);
    }
    // Numbers so far apart that their ratio is none are never close.
    libm::log(x) - libm::log(at)
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
    fn on_a_logarithmic_line_equal_ratios_count_the_same() {
        let line = rule(
            r#"{"type": "piecewise", "scale": "logarithmic", "points": [{"at": 100, "score": 0}, {"at": 10000, "score": 60}, {"at": 40000, "score": 100}]}"#,
        );
        let close = |x: f64, y: f64| assert!((line.score(x) - y).abs() < 1e-9, "{x}: {}", line.score(x));
        close(1000.0, 30.0); // 10 times 100, and a tenth of 10,000: halfway
        close(20000.0, 80.0); // twice 10,000, and half of 40,000: halfway from 60 to 100
        // Exact at its knots and level beyond, also where there is no logarithm.
        assert_eq!([100.0, 10000.0, 40000.0].map(|x| line.score(x)), [0.0, 60.0, 100.0]);
        assert_eq!([f64::NEG_INFINITY, -5.0, 0.0, 99.0, 1e308, f64::INFINITY].map(|x| line.score(x)), [0.0, 0.0, 0.0, 0.0, 100.0, 100.0]);
        assert_eq!(line.range(-1.0, 10000.0), (0.0, 60.0));
        // The linear scale may be written out.
        let plain = rule(r#"{"type": "piecewise", "scale": "linear", "points": [{"at": 0, "score": 0}, {"at": 10, "score": 100}]}"#);
        assert_eq!(plain.score(5.0), 50.0);
    }

    #[test]
    fn a_logarithmic_line_rises_over_all_numbers_and_between_neighbours() {
        let over_all = rule(r#"{"type": "piecewise", "scale": "logarithmic", "points": [{"at": 1e-300, "score": 0}, {"at": 1e300, "score": 100}]}"#);
        let mut before = 0.0;
        for step in -3000..=3000 {
            let score = over_all.score(libm::pow(10.0, f64::from(step) / 10.0));
            assert!(score >= before && score <= 100.0, "{step}: {before} {score}");
            before = score;
        }
        assert!((over_all.score(1.0) - 50.0).abs() < 1e-9);
        // Ends that are close leave a line all but straight in the measure.
        let close = rule(r#"{"type": "piecewise", "scale": "logarithmic", "points": [{"at": 100, "score": 0}, {"at": 100.0002, "score": 100}]}"#);
        assert!((close.score(100.0001) - 50.0).abs() < 1e-4, "{}", close.score(100.0001));
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

    #[test]
    fn many_measures_score_as_one_does() {
        let knots = |count: u32| (0..count).map(|i| Knot { at: f64::from(i * i) / 3.0 - 1.0, score: f64::from(i * 37 % 101) }).collect::<Vec<_>>();
        let mut measures = vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN, 0.0, -0.0];
        measures.extend((-300..4000).map(|i| f64::from(i) / 77.0));
        measures.extend(knots(9).iter().flat_map(|knot| [knot.at, knot.at.next_up(), knot.at.next_down()]));
        for shape in [Shape::Line, Shape::LogLine, Shape::ClosedLeft, Shape::ClosedRight] {
            for count in 1..10 {
                let knots = knots(count).into_iter().map(|knot| Knot { at: knot.at + if shape == Shape::LogLine { 2.0 } else { 0.0 }, ..knot });
                let rule = CompiledRule::through(shape, knots.collect());
                let mut scores = vec![0.0; measures.len()];
                rule.score_all(&measures, &mut scores);
                for (x, score) in measures.iter().zip(scores) {
                    assert_eq!(score.to_bits(), rule.score(*x).to_bits(), "{shape:?} {count} {x}");
                }
            }
        }
    }
}
