//! What measures are usual.

use super::answers::Answer;
use crate::quantity::Number;
use crate::standard::{Criterion, Indicator, Rule};

/// How far beyond the thresholds a measure may lie before it is asked about.
const FAR: f64 = 10.0;

/// How far beyond the thresholds a measure may lie that a slip is said to have led away from.
const NEAR: f64 = 2.0;

/// What is usual for one answer.
pub(super) struct Range {
    pub(super) low: f64,
    pub(super) high: f64,
    /// A measure below is asked about.
    asks_below: Option<f64>,
    /// A measure above is asked about.
    asks_above: Option<f64>,
    /// Where a measure lies once a slip is taken back.
    lands: (f64, f64),
    /// The least threshold above 0, by which a share written as a fraction of one is known.
    first: f64,
    /// Whether the indicator itself says what is usual.
    pub(super) declared: bool,
}

impl Range {
    /// The range of an answer: as the indicator declares it, else as its thresholds tell. Absent: neither does.
    pub(super) fn of(answer: &Answer<'_>) -> Option<Self> {
        let indicator = answer.indicator;
        if let Some(usual) = &indicator.usual {
            let (low, high) = (usual.low.map(Number::get), usual.high.map(Number::get));
            let lands = (low.unwrap_or(f64::MIN), high.unwrap_or(f64::MAX));
            let first = low.filter(|low| *low > 0.0).unwrap_or(0.0);
            return Some(Self { low: lands.0, high: lands.1, asks_below: low, asks_above: high, lands, first, declared: true });
        }
        let mut scored = Scored { low: f64::INFINITY, high: f64::NEG_INFINITY, first: f64::INFINITY };
        match answer.stage {
            Some(stage) => scored.add(indicator.criterion(stage)?),
            // An answer for the whole community serves every stage.
            None => indicator.criteria.iter().for_each(|criterion| scored.add(criterion)),
        }
        let Scored { low, high, first } = scored;
        if low >= high || high <= 0.0 {
            return None;
        }
        let most = answer.numeric().filter(|_| indicator.per.is_none()).and_then(|q| q.max).map_or(f64::MAX, Number::get);
        let lands = (first / NEAR, (high * NEAR).min(most));
        Some(Self { low, high, asks_below: (low > 0.0).then_some(low / FAR), asks_above: Some(high * FAR), lands, first, declared: false })
    }

    /// How wide it is; infinite where it has no end.
    pub(super) fn width(&self) -> f64 {
        self.high - self.low
    }

    pub(super) fn is_unusual(&self, measure: f64) -> bool {
        // Nothing, or less than nothing, is never ten times too little.
        let below = self.asks_below.is_some_and(|least| measure < least && (self.declared || measure > 0.0));
        below || self.asks_above.is_some_and(|most| measure > most)
    }

    pub(super) fn lands(&self, measure: f64) -> bool {
        measure >= self.lands.0 && measure <= self.lands.1
    }

    /// Whether a percentage was most likely written as a fraction of one, although the scale reaches down to 0.
    pub(super) fn is_fraction(&self, measure: f64) -> bool {
        measure > 0.0 && measure <= 1.0 && measure < self.first / FAR && self.lands(measure * 100.0)
    }
}

/// The thresholds of one or more criteria.
struct Scored {
    low: f64,
    high: f64,
    first: f64,
}

impl Scored {
    fn add(&mut self, criterion: &Criterion) {
        match &criterion.rule {
            Rule::Piecewise(line) => line.points.iter().for_each(|point| self.threshold(point.at.get())),
            Rule::Steps(steps) => steps.steps.iter().filter_map(|step| step.from).for_each(|from| self.threshold(from.get())),
            Rule::Levels(_) | Rule::Checklist(_) | Rule::YesNo(_) => {}
        }
    }

    fn threshold(&mut self, at: f64) {
        self.low = self.low.min(at);
        self.high = self.high.max(at);
        if at > 0.0 {
            self.first = self.first.min(at);
        }
    }
}

/// The greatest threshold of an indicator in any stage.
pub(super) fn greatest(indicator: &Indicator) -> f64 {
    let mut scored = Scored { low: f64::INFINITY, high: f64::NEG_INFINITY, first: f64::INFINITY };
    indicator.criteria.iter().for_each(|criterion| scored.add(criterion));
    scored.high
}
