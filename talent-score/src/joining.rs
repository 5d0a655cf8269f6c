//! Several answers, or the scores of several stages, to one.

use talent_model::standard::Combine;

/// How values become one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum How {
    Mean,
    Weighted,
    Sum,
    Min,
    Max,
}

impl How {
    /// How the answers of zones are joined.
    pub(crate) fn of_answers(combine: Option<&Combine>) -> Self {
        match combine {
            None | Some(Combine::Mean(_)) => Self::Mean,
            Some(Combine::Weighted(_)) => Self::Weighted,
            Some(Combine::Sum(_)) => Self::Sum,
            Some(Combine::Min(_)) => Self::Min,
            Some(Combine::Max(_)) => Self::Max,
        }
    }

    /// How the scores of stages are joined, which always have their shares for weights.
    pub(crate) fn of_scores(combine: Option<&Combine>) -> Self {
        match Self::of_answers(combine) {
            how @ (Self::Min | Self::Max) => how,
            _ => Self::Weighted,
        }
    }
}

/// One value for several, which come one after another. A single one stays as it is, to the last bit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Joining {
    how: How,
    count: u32,
    first: f64,
    weights: f64,
    total: f64,
}

impl Joining {
    pub(crate) fn new(how: How) -> Self {
        let total = match how {
            // What leaves every number as it is.
            How::Mean | How::Weighted | How::Sum => -0.0,
            How::Min => f64::INFINITY,
            How::Max => f64::NEG_INFINITY,
        };
        Self { how, count: 0, first: 0.0, weights: -0.0, total }
    }

    pub(crate) fn push(&mut self, weight: f64, value: f64) {
        if self.count == 0 {
            self.first = value;
        }
        self.count += 1;
        self.weights += weight;
        match self.how {
            How::Weighted if weight > 0.0 => self.total += weight * value,
            How::Weighted => {}
            How::Mean | How::Sum => self.total += value,
            How::Min => self.total = self.total.min(value),
            How::Max => self.total = self.total.max(value),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The sum of the weights.
    pub(crate) fn weights(&self) -> f64 {
        self.weights
    }

    /// Nothing where there were no values, or none that weighs anything.
    pub(crate) fn value(&self) -> Option<f64> {
        match (self.count, self.how) {
            (0, _) => None,
            (1, _) => Some(self.first),
            (_, How::Weighted) => (self.weights > 0.0).then(|| self.total / self.weights),
            (count, How::Mean) => Some(self.total / f64::from(count)),
            (_, How::Sum | How::Min | How::Max) => Some(self.total),
        }
    }
}
