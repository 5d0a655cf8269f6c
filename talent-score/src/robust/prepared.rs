//! One submission, laid out once for many draws.

use talent_model::Community;
use talent_model::Submission;
use talent_model::quantity::{Number, Quantity};
use talent_model::submission::State;

use crate::evaluator::Evaluator;
use crate::judge::{Case, Judged, settle};
use crate::measure::{Answer, Origin};

/// A submission with everything that no draw changes.
pub(crate) struct Prepared {
    /// The stages that the community has.
    pub(crate) stages: Vec<usize>,
    /// By indicator, then by stage.
    pub(crate) leaves: Vec<Vec<Laid>>,
    /// What is known of every observation that is a number.
    pub(crate) observations: Vec<Option<Observed>>,
}

/// An observation that is a number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Observed {
    /// The indicator's place.
    pub(crate) leaf: usize,
    pub(crate) value: f64,
    /// Between which numbers the true one surely lies, where that is stated.
    pub(crate) stated: Option<(f64, f64)>,
    /// What the quantity allows.
    pub(crate) limits: (f64, f64),
}

/// One indicator in one stage.
pub(crate) struct Laid {
    /// Before its answers are joined.
    template: Judged,
    /// Nothing where the indicator does not apply.
    pub(crate) answers: Option<Vec<LaidAnswer>>,
    /// Whether anything of it is unknown.
    pub(crate) open: bool,
}

/// One zone's answer.
pub(crate) struct LaidAnswer {
    pub(crate) answer: Answer,
    pub(crate) origin: Option<Origin>,
}

/// What a draw changes in one indicator of one community.
pub(crate) struct Change<'v> {
    /// The answer that an observation counts with.
    pub(crate) vary: Option<&'v dyn Fn(usize, f64) -> f64>,
    /// How far its thresholds move, as a share of their distance.
    pub(crate) moved: f64,
    /// The policy for everything unknown, in place of each one's own.
    pub(crate) missing: Option<talent_model::standard::MissingPolicy>,
    /// Where between its worst and its best what is unknown lies.
    pub(crate) unknown: Option<f64>,
}

impl Prepared {
    pub(crate) fn new(evaluator: &Evaluator, submission: &Submission, community: &Community) -> Self {
        let case = Case::new(evaluator, submission, community);
        let stages = case.stages();
        let lay = |leaf: usize| {
            let stage = |stage: &usize| {
                let zones = case.zones_of(*stage);
                let (template, parts) = evaluator.laid_out(leaf, *stage, &zones, &case, &mut Vec::new())?;
                let answers = parts.map(|parts| {
                    let answer = |part: crate::measure::Part| LaidAnswer { answer: part.answer, origin: part.origin };
                    parts.into_iter().map(answer).collect::<Vec<LaidAnswer>>()
                });
                let counts = |of: &LaidAnswer| of.answer.state != State::NotApplicable && of.answer.measure.is_none();
                let open = answers.as_ref().is_some_and(|answers| answers.iter().any(counts));
                // The reason is words, and words are not needed a thousand times.
                Some(Laid { template: Judged { reason: None, ..template }, answers, open })
            };
            stages.iter().filter_map(stage).collect()
        };
        let leaves = (0..evaluator.leaves.len()).map(lay).collect();
        let observed = |observation: &talent_model::submission::Observation| {
            let leaf = evaluator.leaves.iter().position(|leaf| leaf.indicator.id == observation.indicator)?;
            let quantity = &evaluator.leaves.get(leaf)?.indicator.quantity;
            let limits = match quantity {
                Quantity::Number(number) => (number.min.map_or(f64::NEG_INFINITY, Number::get), number.max.map_or(f64::INFINITY, Number::get)),
                _ => return None,
            };
            let value = observation.value?.get();
            let stated = observation.uncertainty.as_ref().map(|interval| (interval.low.get(), interval.high.get()));
            Some(Observed { leaf, value, stated, limits })
        };
        Self { leaves, observations: submission.observations.iter().map(observed).collect(), stages }
    }

    /// Judges every indicator under a draw. `judged` is memory that is used again.
    pub(crate) fn judge<'v>(&self, evaluator: &Evaluator, change: impl Fn(usize, usize) -> Change<'v>, judged: &mut Vec<Vec<Judged>>) {
        let mut answers: Vec<Answer> = Vec::new();
        judged.resize_with(self.leaves.len(), Vec::new);
        for (at, (laid, judged)) in self.leaves.iter().zip(judged.iter_mut()).enumerate() {
            judged.clear();
            let Some(leaf) = evaluator.leaves.get(at) else { continue };
            for (place, stage) in laid.iter().enumerate() {
                let mut one = stage.template.clone();
                let compiled = leaf.criteria.get(one.stage).and_then(Option::as_ref);
                if let (Some(parts), Some(compiled)) = (&stage.answers, compiled) {
                    let change = change(at, place);
                    answers.clear();
                    answers.extend(parts.iter().map(|part| change.answer(evaluator, leaf, part)));
                    settle(leaf, compiled, &answers, change.moved, &mut one);
                    if let (Some(u), true, true) = (change.unknown, stage.open, one.applies()) {
                        one.score = Some(one.low + u * (one.high - one.low));
                        one.policy = talent_model::standard::MissingPolicy::Exclude;
                    }
                }
                judged.push(one);
            }
        }
    }
}

impl Change<'_> {
    fn answer(&self, evaluator: &Evaluator, leaf: &crate::evaluator::Leaf, part: &LaidAnswer) -> Answer {
        let mut answer = part.answer;
        if let (Some(vary), Some(origin), Some(_)) = (self.vary, &part.origin, answer.measure) {
            // As where the nominal measure was made: a negative zero is none.
            answer.measure = origin.measure(vary).map(|measure| measure + 0.0);
            if answer.measure.is_none() {
                answer.state = State::Missing;
                answer.policy = evaluator.unknown_policy(leaf, State::Missing);
            }
        }
        if let Some(missing) = self.missing {
            answer.policy = missing;
        }
        answer
    }
}
