//! One indicator in one stage: from the answers of its zones to a measure, a score, their bounds and the gate.

use std::collections::BTreeMap;

use talent_model::assessment::GateState;
use talent_model::community::Zone;
use talent_model::diagnostic::{Code, Diagnostic, Pointer};
use talent_model::quantity::Number;
use talent_model::standard::{Gate, MissingPolicy};
use talent_model::submission::{Observation, State};
use talent_model::text::Text;
use talent_model::{Community, Submission};

use crate::condition;
use crate::evaluator::{CompiledCriterion, Evaluator, Leaf};
use crate::joining::{How, Joining};
use crate::measure::{Answer, Part};
use crate::rule::{keeps_to, reaches};

/// A submission laid out for evaluation.
pub(crate) struct Case<'a> {
    pub(crate) submission: &'a Submission,
    pub(crate) community: &'a Community,
    /// The zones; one without a document of its own where the community has none.
    pub(crate) zones: Vec<Place<'a>>,
    /// The observations by leaf and zone, sorted, each with its place in the submission.
    observed: Vec<(usize, Option<usize>, usize)>,
    /// Where those of each leaf begin in `observed`; one more says where the last leaf's end.
    begin: Vec<usize>,
    /// What each zone has of the facts that weigh zones or stages, by fact.
    amounts: Vec<Vec<Option<f64>>>,
}

/// A zone and its stage.
pub(crate) struct Place<'a> {
    pub(crate) zone: Option<&'a Zone>,
    pub(crate) stage: usize,
}

/// What is known about one indicator in one stage, or in one zone.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub(crate) stage: usize,
    pub(crate) state: State,
    pub(crate) reason: Option<Text>,
    /// The answers that were joined.
    pub(crate) parts: Vec<Part>,
    pub(crate) measure: Option<f64>,
    /// Between what the measure surely lies.
    pub(crate) interval: (f64, f64),
    pub(crate) score: Option<f64>,
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) coverage: f64,
    /// What becomes of what is unknown.
    pub(crate) policy: MissingPolicy,
    /// The weight of the stage among the stages, before they are normalised.
    pub(crate) weight: f64,
    pub(crate) gate: Option<GateState>,
}

impl Judged {
    pub(crate) fn applies(&self) -> bool {
        self.state != State::NotApplicable
    }
}

impl<'a> Case<'a> {
    pub(crate) fn new(evaluator: &'a Evaluator, submission: &'a Submission, community: &'a Community) -> Self {
        let stage = |name: &str| evaluator.stages.iter().position(|stage| stage == name);
        let mut zones: Vec<Place<'a>> = community
            .zones
            .iter()
            .map(|zone| Place { zone: Some(zone), stage: evaluator.standard.stage_of(zone).and_then(stage).unwrap_or_default() })
            .collect();
        if zones.is_empty() {
            zones.push(Place { zone: None, stage: 0 });
        }
        let mut numbers = BTreeMap::new();
        for (number, zone) in community.zones.iter().enumerate() {
            numbers.entry(zone.id.as_str()).or_insert(number);
        }
        let place = |(at, observation): (usize, &Observation)| {
            let zone = match &observation.zone {
                None => None,
                Some(id) => Some(*numbers.get(id.as_str())?),
            };
            Some((*evaluator.numbers.get(observation.indicator.as_str())?, zone, at))
        };
        let mut observed: Vec<(usize, Option<usize>, usize)> = submission.observations.iter().enumerate().filter_map(place).collect();
        observed.sort_unstable();
        // Of two answers to one question the first counts.
        observed.dedup_by_key(|(leaf, zone, _)| (*leaf, *zone));
        let mut begin = vec![0; evaluator.leaves.len() + 1];
        for (leaf, ..) in &observed {
            if let Some(count) = begin.get_mut(leaf + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut begin {
            sum += *count;
            *count = sum;
        }
        let mut case = Self { submission, community, zones, observed, begin, amounts: Vec::new() };
        for fact in &evaluator.weighing {
            let of_zones = (0..case.zones.len()).map(|zone| case.fact(Some(zone), fact.as_str())).collect();
            case.amounts.push(of_zones);
        }
        case
    }

    /// Whether the submission answers any of the indicators.
    pub(crate) fn is_answered(&self) -> bool {
        !self.observed.is_empty()
    }

    /// What each zone has of a fact that weighs zones or stages.
    pub(crate) fn amounts(&self, fact: usize) -> &[Option<f64>] {
        self.amounts.get(fact).map(Vec::as_slice).unwrap_or_default()
    }

    /// The stages that the community has, each once.
    pub(crate) fn stages(&self) -> Vec<usize> {
        let mut stages: Vec<usize> = self.zones.iter().map(|zone| zone.stage).collect();
        stages.sort_unstable();
        stages.dedup();
        stages
    }

    /// The zones of a stage.
    pub(crate) fn zones_of(&self, stage: usize) -> Vec<usize> {
        self.zones.iter().enumerate().filter(|(_, zone)| zone.stage == stage).map(|(number, _)| number).collect()
    }

    pub(crate) fn observation(&self, leaf: usize, zone: Option<usize>) -> Option<(usize, &'a Observation)> {
        let own = self.observed.get(*self.begin.get(leaf)?..*self.begin.get(leaf + 1)?)?;
        let (.., at) = own.get(own.binary_search_by_key(&zone, |(_, zone, _)| *zone).ok()?)?;
        Some((*at, self.submission.observations.get(*at)?))
    }

    pub(crate) fn zone(&self, zone: Option<usize>) -> Option<&'a Zone> {
        self.zones.get(zone?)?.zone
    }

    /// A number about a zone, or about the whole community.
    pub(crate) fn fact(&self, zone: Option<usize>, fact: &str) -> Option<f64> {
        match self.zone(zone) {
            Some(zone) => zone.number(fact),
            None => self.community.number(fact),
        }
    }
}

impl Evaluator {
    /// Judges one indicator over some zones of one stage; `None` where it is not asked there.
    pub(crate) fn judge(&self, leaf_at: usize, stage: usize, zones: &[usize], case: &Case<'_>, found: &mut Vec<Diagnostic>) -> Option<Judged> {
        let (mut judged, parts) = self.laid_out(leaf_at, stage, zones, case, found)?;
        if let Some(parts) = parts {
            let leaf = self.leaves.get(leaf_at)?;
            settle(leaf, leaf.criteria.get(stage)?.as_ref()?, &parts, 0.0, &mut judged);
            judged.parts = parts;
        }
        Some(judged)
    }

    /// One indicator over some zones of one stage before its answers are joined, with the answers; without them where it does not apply.
    pub(crate) fn laid_out(
        &self,
        leaf_at: usize,
        stage: usize,
        zones: &[usize],
        case: &Case<'_>,
        found: &mut Vec<Diagnostic>,
    ) -> Option<(Judged, Option<Vec<Part>>)> {
        let leaf = self.leaves.get(leaf_at)?;
        let compiled = leaf.criteria.get(stage)?.as_ref()?;
        let mut judged = Judged {
            stage,
            state: State::NotApplicable,
            reason: None,
            parts: Vec::new(),
            measure: None,
            interval: compiled.limits,
            score: None,
            low: compiled.range.0,
            high: compiled.range.1,
            coverage: 0.0,
            policy: MissingPolicy::Exclude,
            weight: self.stage_weight(leaf, zones, case),
            gate: None,
        };
        if let Some(applies) = &compiled.criterion.applies {
            match condition::holds(&applies.when, case.community) {
                Ok(true) => {}
                Ok(false) => {
                    judged.reason = Some(applies.reason.clone());
                    return Some((judged, None));
                }
                Err(fact) => {
                    let diagnostic = Diagnostic::new(Code::ApplicabilityUnknown, Pointer::root()).with("indicator", leaf.indicator.id.as_str());
                    found.push(diagnostic.with("fact", fact));
                }
            }
        }
        let parts = self.parts(leaf_at, leaf, compiled, zones, case, found);
        Some((judged, Some(parts)))
    }

    /// The weight of a stage among the stages of an indicator.
    fn stage_weight(&self, leaf: &Leaf, zones: &[usize], case: &Case<'_>) -> f64 {
        let fact = leaf.weighing.or(self.stage_weights);
        #[expect(clippy::cast_precision_loss, reason = "the zones of a community are few")]
        let count = zones.len() as f64;
        let Some(fact) = fact else { return count };
        let amounts = case.amounts(fact);
        let all: Option<f64> = zones.iter().map(|zone| amounts.get(*zone).copied().flatten()).sum();
        // Where one zone of the community does not tell, all stages count by their zones.
        let whole: Option<f64> = amounts.iter().copied().sum();
        match (all, whole) {
            (Some(all), Some(whole)) if whole > 0.0 => all,
            _ => count,
        }
    }
}

/// The weight of all answers that apply.
pub(crate) fn applying<'p>(answers: impl Iterator<Item = &'p Answer>) -> f64 {
    answers.filter(|answer| answer.applies()).map(|answer| answer.weight).sum()
}

/// Joins the zones' answers to a measure, a score and their bounds. `moved` shifts the rule's thresholds by a share of their distance.
pub(crate) fn settle(leaf: &Leaf, compiled: &CompiledCriterion, answers: &[impl AsRef<Answer>], moved: f64, judged: &mut Judged) {
    let how = How::of_answers(leaf.indicator.combine.as_ref());
    let [mut known, mut low, mut high] = [Joining::new(how); 3];
    let (mut first_unknown, mut policy, mut estimated) = (None, MissingPolicy::Exclude, false);
    for answer in answers.iter().map(AsRef::as_ref).filter(|answer| answer.applies()) {
        estimated |= answer.state == State::Estimated;
        let (least, most) = answer.measure.map_or(compiled.limits, |measure| (measure, measure));
        low.push(answer.weight, least);
        high.push(answer.weight, most);
        if let Some(measure) = answer.measure {
            known.push(answer.weight, measure);
        } else {
            first_unknown.get_or_insert(answer.state);
            policy = if severity(policy) >= severity(answer.policy) { policy } else { answer.policy };
        }
    }
    if low.is_empty() {
        if let Some(answer) = answers.first() {
            // Every zone was declared not applicable; the parts carry the reasons.
            judged.state = answer.as_ref().state;
        }
        return;
    }
    judged.state = match first_unknown {
        Some(state) if known.is_empty() => state,
        _ if estimated => State::Estimated,
        _ => State::Reported,
    };
    judged.policy = policy;
    judged.coverage = match first_unknown {
        None => 1.0,
        Some(_) if low.weights() > 0.0 => (known.weights() / low.weights()).min(1.0),
        Some(_) => 0.0,
    };
    judged.measure = known.value();
    judged.interval = match (judged.measure, first_unknown) {
        (Some(measure), None) => (measure, measure),
        _ => (low.value().unwrap_or(compiled.limits.0), high.value().unwrap_or(compiled.limits.1)),
    };
    let score = judged.measure.map(|measure| compiled.rule.moved(moved).score(measure));
    if first_unknown.is_none() {
        judged.score = score;
        (judged.low, judged.high) = score.map_or(compiled.range, |score| (score, score));
    } else {
        (judged.low, judged.high) = compiled.rule.moved(moved).range(judged.interval.0, judged.interval.1);
        judged.score = match judged.policy {
            MissingPolicy::Exclude => score,
            // What is unknown scores 0, zone by zone.
            MissingPolicy::Zero => Some(score.unwrap_or(0.0) * judged.coverage),
            MissingPolicy::Refuse => None,
        };
        if let Some(score) = judged.score {
            judged.low = judged.low.min(score);
            judged.high = judged.high.max(score);
        }
    }
    judged.gate = compiled.gate().map(|gate| gate_state(gate, judged.interval, first_unknown.is_none()));
}

/// The order of policies by how much they take away.
fn severity(policy: MissingPolicy) -> u8 {
    match policy {
        MissingPolicy::Exclude => 0,
        MissingPolicy::Zero => 1,
        MissingPolicy::Refuse => 2,
    }
}

/// Whether a measure that surely lies in an interval passes. What is not known all through does not pass, even where its limits would let nothing else.
pub(crate) fn gate_state(gate: &Gate, interval: (f64, f64), known: bool) -> GateState {
    passes(gate.at_least.map(Number::get), gate.at_most.map(Number::get), interval, known)
}

pub(crate) fn passes(at_least: Option<f64>, at_most: Option<f64>, (low, high): (f64, f64), known: bool) -> GateState {
    let possibly = at_least.is_none_or(|edge| reaches(high, edge)) && at_most.is_none_or(|edge| keeps_to(low, edge));
    match (possibly, known) {
        (false, _) => GateState::Failed,
        (true, true) => GateState::Passed,
        (true, false) => GateState::Unknown,
    }
}
