//! One indicator in one stage: from the answers of its zones to a measure, a score, their bounds and the gate.

use std::collections::BTreeMap;

use talent_model::assessment::{Divisor, GateState, Input};
use talent_model::collection::List;
use talent_model::community::Zone;
use talent_model::diagnostic::{Code, Diagnostic, Pointer};
use talent_model::id::ItemId;
use talent_model::quantity::{Count, Level, Number, Positive, Quantity};
use talent_model::standard::{Combine, Gate, MissingPolicy};
use talent_model::submission::{Observation, State};
use talent_model::text::Text;
use talent_model::{Community, Submission};

use crate::condition;
use crate::evaluator::{CompiledCriterion, Evaluator, Leaf, zone_weight_fact};
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

    fn observation(&self, leaf: usize, zone: Option<usize>) -> Option<(usize, &'a Observation)> {
        let at = *self.observed.get(&(leaf, zone))?;
        Some((at, self.submission.observations.get(at)?))
    }

    fn zone(&self, zone: Option<usize>) -> Option<&'a Zone> {
        self.zones.get(zone?)?.zone
    }

    /// A number about a zone, or about the whole community.
    fn fact(&self, zone: Option<usize>, fact: &str) -> Option<f64> {
        match self.zone(zone) {
            Some(zone) => zone.number(fact),
            None => self.community.number(fact),
        }
    }
}

/// One zone's part.
struct Part {
    input: Input,
    weight: f64,
    policy: MissingPolicy,
}

impl Evaluator {
    /// Judges one indicator over some zones of one stage; `None` where it is not asked there.
    pub(crate) fn judge(&self, leaf_at: usize, stage: usize, zones: &[usize], case: &Case<'_>, found: &mut Vec<Diagnostic>) -> Option<Judged> {
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
                    return Some(judged);
                }
                Err(fact) => {
                    let diagnostic = Diagnostic::new(Code::ApplicabilityUnknown, Pointer::root()).with("indicator", leaf.indicator.id.as_str());
                    found.push(diagnostic.with("fact", fact));
                }
            }
        }
        let parts = self.parts(leaf_at, leaf, compiled, zones, case, found);
        self.combine(leaf, compiled, parts, &mut judged);
        Some(judged)
    }

    /// The answers: each zone's own, else the community's; the community's once where no zone has its own.
    fn parts(
        &self,
        leaf_at: usize,
        leaf: &Leaf,
        compiled: &CompiledCriterion,
        zones: &[usize],
        case: &Case<'_>,
        found: &mut Vec<Diagnostic>,
    ) -> Vec<Part> {
        let own = |zone: usize| case.observation(leaf_at, Some(zone)).is_some();
        if !zones.iter().any(|zone| own(*zone)) && case.observation(leaf_at, None).is_some() {
            return vec![self.part(leaf_at, leaf, compiled, None, None, 1.0, case)];
        }
        let weights = zone_weights(leaf, zones, case, found);
        let part = |(zone, weight): (&usize, f64)| {
            let answered = if own(*zone) { Some(*zone) } else { None };
            self.part(leaf_at, leaf, compiled, Some(*zone), answered, weight, case)
        };
        zones.iter().zip(weights).map(part).collect()
    }

    /// One zone's answer as a measure. `answered` is the zone whose observation counts; the whole community's where it is absent.
    #[expect(clippy::too_many_arguments, reason = "one place where everything about an answer meets")]
    fn part(
        &self,
        leaf_at: usize,
        leaf: &Leaf,
        compiled: &CompiledCriterion,
        zone: Option<usize>,
        answered: Option<usize>,
        weight: f64,
        case: &Case<'_>,
    ) -> Part {
        let mut input = Input {
            zone: case.zone(zone).map(|zone| zone.id.clone()),
            observation: None,
            state: State::NotAssessed,
            raw: None,
            unit: None,
            divisor: None,
            measure: None,
            weight: number(weight),
            quality: None,
            reason: None,
        };
        if let Some((at, observation)) = case.observation(leaf_at, answered) {
            input.observation = Some(Count::of(at));
            input.state = observation.state();
            input.quality = observation.quality;
            input.reason.clone_from(&observation.reason);
            if observation.state().has_answer() {
                let raw = answer(observation, &compiled.quantity);
                input.raw = raw.and_then(Number::new);
                let own_unit = match &compiled.quantity {
                    Quantity::Number(number) => Some(&number.unit),
                    _ => None,
                };
                input.unit = observation.unit.as_ref().or(own_unit).cloned();
                let measure = raw.and_then(|raw| self.derive(leaf, compiled, observation, raw, answered, case, &mut input));
                input.measure = measure.filter(|_| sample_suffices(leaf, observation)).and_then(Number::new);
                if input.measure.is_none() {
                    input.state = State::Missing;
                }
            }
        }
        let policy = leaf.missing.unwrap_or(match input.state {
            State::Withheld => self.policies.withheld,
            State::NotAssessed => self.policies.not_assessed,
            _ => self.policies.missing,
        });
        Part { input, weight, policy }
    }

    /// The ratio that a raw answer stands for.
    #[expect(clippy::too_many_arguments, reason = "one place where everything about a ratio meets")]
    fn derive(
        &self,
        leaf: &Leaf,
        compiled: &CompiledCriterion,
        observation: &Observation,
        raw: f64,
        zone: Option<usize>,
        case: &Case<'_>,
        input: &mut Input,
    ) -> Option<f64> {
        let Some(per) = &leaf.indicator.per else { return Some(raw) };
        if observation.unit.as_ref() == Some(&per.unit) || !matches!(compiled.quantity, Quantity::Number(_)) {
            return Some(raw);
        }
        let value = match (&per.fact, leaf.divisor) {
            (Some(fact), _) => case.fact(zone, fact.as_str())?,
            (None, Some(other)) => self.measure_in(other, zone, case)?,
            (None, None) => return None,
        };
        let multiple = per.multiple.map_or(1.0, Positive::get);
        let measure = raw / value * multiple;
        input.divisor = Some(Divisor { fact: per.fact.clone(), indicator: per.indicator.clone(), value: number(value), multiple: number(multiple) });
        measure.is_finite().then_some(measure)
    }

    /// The measure of another indicator in the same place. Circles have been refused, so this ends.
    fn measure_in(&self, leaf_at: usize, zone: Option<usize>, case: &Case<'_>) -> Option<f64> {
        let leaf = self.leaves.get(leaf_at)?;
        let zones: Vec<usize> = match zone {
            Some(zone) => vec![zone],
            None => (0..case.zones.len()).collect(),
        };
        let stage = case.zones.get(*zones.first()?)?.stage;
        let compiled = leaf.criteria.get(stage)?.as_ref()?;
        let answered = zone.filter(|zone| case.observation(leaf_at, Some(*zone)).is_some());
        let part = self.part(leaf_at, leaf, compiled, zone, answered, 1.0, case);
        part.input.measure.map(Number::get)
    }

    /// Joins the zones' measures.
    fn combine(&self, leaf: &Leaf, compiled: &CompiledCriterion, mut parts: Vec<Part>, judged: &mut Judged) {
        let applying: f64 = parts.iter().filter(|part| part.input.state != State::NotApplicable).map(|part| part.weight).sum();
        for part in &mut parts {
            let share = if part.input.state == State::NotApplicable || applying <= 0.0 { 0.0 } else { part.weight / applying };
            part.input.weight = number(share);
        }
        let counted: Vec<&Part> = parts.iter().filter(|part| part.input.state != State::NotApplicable).collect();
        let known: Vec<(f64, f64)> = counted.iter().filter_map(|p| Some((p.weight, p.input.measure?.get()))).collect();
        let unknown: Vec<&&Part> = counted.iter().filter(|part| part.input.measure.is_none()).collect();
        if !counted.is_empty() {
            judged.state = match unknown.first() {
                Some(part) if known.is_empty() => part.input.state,
                _ if counted.iter().any(|part| part.input.state == State::Estimated) => State::Estimated,
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
                        let all: Vec<(f64, f64)> = counted.iter().map(|p| (p.weight, p.input.measure.map_or(limit, Number::get))).collect();
                        join(leaf.indicator.combine.as_ref(), &all).unwrap_or(limit)
                    };
                    (bound(compiled.limits.0), bound(compiled.limits.1))
                }
            };
            let score = judged.measure.map(|measure| compiled.rule.score(measure));
            if unknown.is_empty() {
                judged.score = score;
                (judged.low, judged.high) = score.map_or(compiled.range, |score| (score, score));
            } else {
                (judged.low, judged.high) = compiled.rule.range(judged.interval.0, judged.interval.1);
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
        } else if let Some(part) = parts.first() {
            // Every zone was declared not applicable; the inputs carry the reasons.
            judged.state = part.input.state;
        }
        judged.inputs = parts.into_iter().map(|part| part.input).collect();
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

/// The order of policies by how much they take away.
fn severity(policy: MissingPolicy) -> u8 {
    match policy {
        MissingPolicy::Exclude => 0,
        MissingPolicy::Zero => 1,
        MissingPolicy::Refuse => 2,
    }
}

fn zone_weights(leaf: &Leaf, zones: &[usize], case: &Case<'_>, found: &mut Vec<Diagnostic>) -> Vec<f64> {
    let equal = vec![1.0; zones.len()];
    let Some(fact) = zone_weight_fact(&leaf.indicator) else { return equal };
    let weights: Vec<Option<f64>> = zones.iter().map(|zone| case.fact(Some(*zone), fact)).collect();
    if let Some(at) = weights.iter().position(Option::is_none) {
        if zones.len() > 1 {
            let zone = zones.get(at).and_then(|zone| case.zone(Some(*zone))).map_or("", |zone| zone.id.as_str());
            let diagnostic = Diagnostic::new(Code::WeightFactMissing, Pointer::root()).with("indicator", leaf.indicator.id.as_str());
            found.push(diagnostic.with("fact", fact).with("zone", zone));
        }
        return equal;
    }
    let weights: Vec<f64> = weights.into_iter().flatten().collect();
    if weights.iter().sum::<f64>() > 0.0 { weights } else { equal }
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

fn answer(observation: &Observation, quantity: &Quantity) -> Option<f64> {
    match quantity {
        Quantity::Number(_) => observation.value.map(Number::get),
        Quantity::Level(_) => observation.level.map(Level::get),
        Quantity::YesNo(_) => observation.answer.map(|yes| if yes { 1.0 } else { 0.0 }),
        Quantity::Checklist(list) => {
            let met: &List<ItemId> = observation.items.as_ref()?;
            Some(list.items.iter().filter(|item| met.contains(&item.id)).map(talent_model::quantity::ChecklistItem::measure).sum())
        }
    }
}

fn sample_suffices(leaf: &Leaf, observation: &Observation) -> bool {
    let needed = leaf.indicator.sample.as_ref().map(|sample| sample.minimum.get());
    needed.is_none_or(|needed| observation.sample.is_some_and(|size| size.get() >= needed))
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
