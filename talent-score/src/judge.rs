//! One indicator in one stage: from the answers of its zones to a measure, a score, their bounds and the gate.

use std::collections::BTreeMap;

use talent_model::assessment::{GateState, Input};
use talent_model::community::Zone;
use talent_model::diagnostic::{Code, Diagnostic, Pointer};
use talent_model::quantity::Number;
use talent_model::standard::{Combine, Gate, MissingPolicy};
use talent_model::submission::{Observation, State};
use talent_model::text::Text;
use talent_model::{Community, Submission};

use crate::condition;
use crate::evaluator::{CompiledCriterion, Evaluator, Leaf, zone_weight_fact};
use crate::measure::{Answer, Part};
use crate::number;
use crate::rule::{keeps_to, reaches};

/// A submission laid out for evaluation.
pub(crate) struct Case<'a> {
    pub(crate) submission: &'a Submission,
    pub(crate) community: &'a Community,
    /// The zones; one without a document of its own where the community has none.
    pub(crate) zones: Vec<Place<'a>>,
    observed: BTreeMap<(usize, Option<usize>), usize>,
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
    pub(crate) inputs: Vec<Input>,
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
    pub(crate) fn new(evaluator: &Evaluator, submission: &'a Submission, community: &'a Community) -> Self {
        let stage = |name: &str| evaluator.stages.iter().position(|stage| stage == name);
        let mut zones: Vec<Place<'a>> = community
            .zones
            .iter()
            .map(|zone| Place { zone: Some(zone), stage: evaluator.standard.stage_of(zone).and_then(stage).unwrap_or_default() })
            .collect();
        if zones.is_empty() {
            zones.push(Place { zone: None, stage: 0 });
        }
        let names: BTreeMap<&str, usize> = evaluator.leaves.iter().enumerate().map(|(i, leaf)| (leaf.indicator.id.as_str(), i)).collect();
        let mut observed = BTreeMap::new();
        for (at, observation) in submission.observations.iter().enumerate() {
            let zone = match &observation.zone {
                None => None,
                Some(id) => match community.zones.iter().position(|zone| zone.id == *id) {
                    Some(zone) => Some(zone),
                    None => continue,
                },
            };
            if let Some(leaf) = names.get(observation.indicator.as_str()) {
                observed.entry((*leaf, zone)).or_insert(at);
            }
        }
        Self { submission, community, zones, observed }
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
        let at = *self.observed.get(&(leaf, zone))?;
        Some((at, self.submission.observations.get(at)?))
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
            self.combine(leaf, leaf.criteria.get(stage)?.as_ref()?, parts, &mut judged);
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
            inputs: Vec::new(),
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

    /// Joins the zones' answers, and keeps them for the trace.
    fn combine(&self, leaf: &Leaf, compiled: &CompiledCriterion, parts: Vec<Part>, judged: &mut Judged) {
        let answers: Vec<Answer> = parts.iter().map(|part| part.answer).collect();
        settle(leaf, compiled, &answers, 0.0, judged);
        let applying = applying(&answers);
        let input = |part: Part| {
            let counts = part.answer.state != State::NotApplicable && applying > 0.0;
            Input { weight: number(if counts { part.answer.weight / applying } else { 0.0 }), ..part.input }
        };
        judged.inputs = parts.into_iter().map(input).collect();
    }

    /// The weight of a stage among the stages of an indicator.
    fn stage_weight(&self, leaf: &Leaf, zones: &[usize], case: &Case<'_>) -> f64 {
        let fact = zone_weight_fact(&leaf.indicator).or(self.standard.method.stage_weights.as_ref().map(talent_model::id::FactId::as_str));
        #[expect(clippy::cast_precision_loss, reason = "the zones of a community are few")]
        let count = zones.len() as f64;
        let Some(fact) = fact else { return count };
        let all: Option<f64> = zones.iter().map(|zone| case.fact(Some(*zone), fact)).sum();
        // Where one zone of the community does not tell, all stages count by their zones.
        let whole: Option<f64> = (0..case.zones.len()).map(|zone| case.fact(Some(zone), fact)).sum();
        match (all, whole) {
            (Some(all), Some(whole)) if whole > 0.0 => all,
            _ => count,
        }
    }
}

/// The weight of all answers that apply.
fn applying(answers: &[Answer]) -> f64 {
    answers.iter().filter(|answer| answer.state != State::NotApplicable).map(|answer| answer.weight).sum()
}

/// Joins the zones' answers to a measure, a score and their bounds. `moved` shifts the rule's thresholds by a share of their distance.
pub(crate) fn settle(leaf: &Leaf, compiled: &CompiledCriterion, answers: &[Answer], moved: f64, judged: &mut Judged) {
    let applying = applying(answers);
    let counted: Vec<&Answer> = answers.iter().filter(|answer| answer.state != State::NotApplicable).collect();
    let known: Vec<(f64, f64)> = counted.iter().filter_map(|answer| Some((answer.weight, answer.measure?))).collect();
    let unknown: Vec<&&Answer> = counted.iter().filter(|answer| answer.measure.is_none()).collect();
    if !counted.is_empty() {
        judged.state = match unknown.first() {
            Some(part) if known.is_empty() => part.state,
            _ if counted.iter().any(|part| part.state == State::Estimated) => State::Estimated,
            _ => State::Reported,
        };
        let lowest = |a: MissingPolicy, b: MissingPolicy| if severity(a) >= severity(b) { a } else { b };
        judged.policy = unknown.iter().map(|part| part.policy).fold(MissingPolicy::Exclude, lowest);
        let known_weight: f64 = known.iter().map(|(weight, _)| weight).sum();
        judged.coverage = if unknown.is_empty() {
            1.0
        } else if applying > 0.0 {
            (known_weight / applying).min(1.0)
        } else {
            0.0
        };
        judged.measure = join(leaf.indicator.combine.as_ref(), &known);
        judged.interval = match (judged.measure, unknown.is_empty()) {
            (Some(measure), true) => (measure, measure),
            _ => {
                let bound = |limit: f64| {
                    let all: Vec<(f64, f64)> = counted.iter().map(|answer| (answer.weight, answer.measure.unwrap_or(limit))).collect();
                    join(leaf.indicator.combine.as_ref(), &all).unwrap_or(limit)
                };
                (bound(compiled.limits.0), bound(compiled.limits.1))
            }
        };
        let score = judged.measure.map(|measure| compiled.rule.moved(moved).score(measure));
        if unknown.is_empty() {
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
        judged.gate = compiled.gate().map(|gate| gate_state(gate, judged.interval, unknown.is_empty()));
    } else if let Some(part) = answers.first() {
        // Every zone was declared not applicable; the inputs carry the reasons.
        judged.state = part.state;
    }
}

/// The order of policies by how much they take away.
fn severity(policy: MissingPolicy) -> u8 {
    match policy {
        MissingPolicy::Exclude => 0,
        MissingPolicy::Zero => 1,
        MissingPolicy::Refuse => 2,
    }
}

/// One measure for several; a single one stays as it is, to the last bit.
fn join(combine: Option<&Combine>, values: &[(f64, f64)]) -> Option<f64> {
    let (_, first) = *values.first()?;
    if values.len() == 1 {
        return Some(first);
    }
    let measures = values.iter().map(|(_, value)| *value);
    Some(match combine {
        Some(Combine::Weighted(_)) => {
            let weights: f64 = values.iter().map(|(weight, _)| weight).sum();
            if weights <= 0.0 {
                return None;
            }
            let weighed: f64 = values.iter().filter(|(weight, _)| *weight > 0.0).map(|(weight, value)| weight * value).sum();
            weighed / weights
        }
        None | Some(Combine::Mean(_)) => {
            #[expect(clippy::cast_precision_loss, reason = "the zones of a community are few")]
            let count = values.len() as f64;
            measures.sum::<f64>() / count
        }
        Some(Combine::Sum(_)) => measures.sum(),
        Some(Combine::Min(_)) => measures.fold(f64::INFINITY, f64::min),
        Some(Combine::Max(_)) => measures.fold(f64::NEG_INFINITY, f64::max),
    })
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
