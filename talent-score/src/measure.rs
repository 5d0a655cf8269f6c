//! From a zone's answer to a measure.

use talent_model::Diagnostic;
use talent_model::assessment::{Divisor, Input};
use talent_model::collection::List;
use talent_model::diagnostic::{Code, Pointer};
use talent_model::id::ItemId;
use talent_model::quantity::{Count, Level, Number, Positive, Quantity};
use talent_model::standard::MissingPolicy;
use talent_model::submission::{Observation, State};

use crate::evaluator::{CompiledCriterion, Evaluator, Leaf};
use crate::judge::Case;
use crate::number;

/// One zone's part in an indicator.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) answer: Answer,
    /// The zone; absent, the whole community.
    zone: Option<usize>,
    /// The zone whose observation counts; the whole community's where it is absent.
    answered: Option<usize>,
    pub(crate) origin: Option<Origin>,
}

/// What a zone's answer counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answer {
    pub(crate) state: State,
    pub(crate) measure: Option<f64>,
    pub(crate) weight: f64,
    /// What becomes of it where there is no measure.
    pub(crate) policy: MissingPolicy,
}

impl Answer {
    pub(crate) fn applies(&self) -> bool {
        self.state != State::NotApplicable
    }
}

impl AsRef<Self> for Answer {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl AsRef<Answer> for Part {
    fn as_ref(&self) -> &Answer {
        &self.answer
    }
}

/// Where a measure comes from: the answer of an observation, and what it is divided by.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    /// The place of the observation in the submission.
    pub(crate) observation: usize,
    pub(crate) raw: f64,
    by: Option<(By, f64)>,
}

/// What an answer is divided by.
#[derive(Clone, Debug)]
enum By {
    Fact(f64),
    /// The measure of another indicator.
    Measure(Box<Origin>),
}

impl Origin {
    /// The measure. `vary` gives the answer that an observation counts with, from its place and its own.
    pub(crate) fn measure(&self, vary: &dyn Fn(usize, f64) -> f64) -> Option<f64> {
        let raw = vary(self.observation, self.raw);
        let Some((by, multiple)) = &self.by else { return Some(raw) };
        let measure = raw / by.value(vary)? * multiple;
        measure.is_finite().then_some(measure)
    }

    fn divisor(&self, leaf: &Leaf) -> Option<Divisor> {
        let (by, multiple) = self.by.as_ref()?;
        let per = leaf.indicator.per.as_ref()?;
        let value = number(by.value(&|_, raw| raw)?);
        Some(Divisor { fact: per.fact.clone(), indicator: per.indicator.clone(), value, multiple: number(*multiple) })
    }
}

impl By {
    fn value(&self, vary: &dyn Fn(usize, f64) -> f64) -> Option<f64> {
        match self {
            Self::Fact(value) => Some(*value),
            Self::Measure(origin) => origin.measure(vary),
        }
    }
}

impl Evaluator {
    /// The answers: each zone's own, else the community's; the community's once where no zone has its own.
    pub(crate) fn parts(
        &self,
        leaf_at: usize,
        leaf: &Leaf,
        compiled: &CompiledCriterion,
        zones: &[usize],
        case: &Case<'_>,
        found: &mut Vec<Diagnostic>,
    ) -> Vec<Part> {
        let own = |zone: usize| case.observation(leaf_at, Some(zone)).is_some();
        if case.observation(leaf_at, None).is_some() && !zones.iter().any(|zone| own(*zone)) {
            return vec![self.part(leaf_at, leaf, compiled, None, None, 1.0, case)];
        }
        let weights = zone_weights(leaf, zones, case, found);
        let part = |zone: &usize| {
            let answered = if own(*zone) { Some(*zone) } else { None };
            self.part(leaf_at, leaf, compiled, Some(*zone), answered, weights.of(*zone), case)
        };
        zones.iter().map(part).collect()
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
        let (mut origin, mut measure, mut state) = (None, None, State::NotAssessed);
        if let Some((at, observation)) = case.observation(leaf_at, answered) {
            state = observation.state();
            if state.has_answer() {
                let raw = answer(observation, &compiled.quantity).filter(|_| sample_suffices(leaf, observation));
                origin = raw.and_then(|raw| self.origin(leaf, compiled, (at, observation), raw, answered, case));
                measure = origin.as_ref().and_then(|origin| origin.measure(&|_, raw| raw)).and_then(Number::new).map(Number::get);
                if measure.is_none() {
                    state = State::Missing;
                }
            }
        }
        let policy = self.unknown_policy(leaf, state);
        Part { answer: Answer { state, measure, weight, policy }, zone, answered, origin }
    }

    /// A part as an assessment tells it; `weight` is its weight among the zones of its stage.
    pub(crate) fn input(&self, leaf_at: usize, compiled: &CompiledCriterion, part: &Part, weight: f64, case: &Case<'_>) -> Option<Input> {
        let leaf = self.leaves.get(leaf_at)?;
        let mut input = Input {
            zone: case.zone(part.zone).map(|zone| zone.id.clone()),
            observation: None,
            state: part.answer.state,
            raw: None,
            unit: None,
            divisor: None,
            measure: part.answer.measure.and_then(Number::new),
            weight: number(weight),
            quality: None,
            reason: None,
        };
        if let Some((at, observation)) = case.observation(leaf_at, part.answered) {
            input.observation = Some(Count::of(at));
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
                // Also where the sample is too small to count.
                let origin = raw.and_then(|raw| self.origin(leaf, compiled, (at, observation), raw, part.answered, case));
                input.divisor = origin.and_then(|origin| origin.divisor(leaf));
            }
        }
        Some(input)
    }

    /// Where the measure of a raw answer comes from; nothing where it is to be divided by what is not known.
    fn origin(
        &self,
        leaf: &Leaf,
        compiled: &CompiledCriterion,
        (at, observation): (usize, &Observation),
        raw: f64,
        zone: Option<usize>,
        case: &Case<'_>,
    ) -> Option<Origin> {
        let plain = Origin { observation: at, raw, by: None };
        let Some(per) = &leaf.indicator.per else { return Some(plain) };
        if observation.unit.as_ref() == Some(&per.unit) || !matches!(compiled.quantity, Quantity::Number(_)) {
            return Some(plain);
        }
        let by = match (&per.fact, leaf.divisor) {
            (Some(fact), _) => By::Fact(case.fact(zone, fact.as_str())?),
            (None, Some(other)) => By::Measure(Box::new(self.origin_in(other, zone, case)?)),
            (None, None) => return None,
        };
        Some(Origin { by: Some((by, per.multiple.map_or(1.0, Positive::get))), ..plain })
    }

    /// Where the measure of another indicator in the same place comes from. Circles have been refused, so this ends.
    fn origin_in(&self, leaf_at: usize, zone: Option<usize>, case: &Case<'_>) -> Option<Origin> {
        let leaf = self.leaves.get(leaf_at)?;
        let zones: Vec<usize> = match zone {
            Some(zone) => vec![zone],
            None => (0..case.zones.len()).collect(),
        };
        let stage = case.zones.get(*zones.first()?)?.stage;
        let compiled = leaf.criteria.get(stage)?.as_ref()?;
        let answered = zone.filter(|zone| case.observation(leaf_at, Some(*zone)).is_some());
        self.part(leaf_at, leaf, compiled, zone, answered, 1.0, case).origin
    }

    /// What becomes of an answer that is not known.
    pub(crate) fn unknown_policy(&self, leaf: &Leaf, state: State) -> MissingPolicy {
        leaf.missing.unwrap_or(match state {
            State::Withheld => self.policies.withheld,
            State::NotAssessed => self.policies.not_assessed,
            _ => self.policies.missing,
        })
    }
}

/// The weights of zones.
enum Weights<'w> {
    Equal,
    /// What each zone of the community has of a fact.
    Amounts(&'w [Option<f64>]),
}

impl Weights<'_> {
    fn of(&self, zone: usize) -> f64 {
        match self {
            Self::Equal => 1.0,
            Self::Amounts(amounts) => amounts.get(zone).copied().flatten().unwrap_or(1.0),
        }
    }
}

fn zone_weights<'w>(leaf: &Leaf, zones: &[usize], case: &'w Case<'_>, found: &mut Vec<Diagnostic>) -> Weights<'w> {
    let (Some(fact), Some(number)) = (leaf.indicator.weighing_fact(), leaf.weighing) else { return Weights::Equal };
    let amounts = case.amounts(number);
    if let Some(zone) = zones.iter().find(|zone| amounts.get(**zone).copied().flatten().is_none()) {
        if zones.len() > 1 {
            let zone = case.zone(Some(*zone)).map_or("", |zone| zone.id.as_str());
            let diagnostic = Diagnostic::new(Code::WeightFactMissing, Pointer::root()).with("indicator", leaf.indicator.id.as_str());
            found.push(diagnostic.with("fact", fact.as_str()).with("zone", zone));
        }
        return Weights::Equal;
    }
    let weights = Weights::Amounts(amounts);
    if zones.iter().map(|zone| weights.of(*zone)).sum::<f64>() > 0.0 { weights } else { Weights::Equal }
}

pub(crate) fn answer(observation: &Observation, quantity: &Quantity) -> Option<f64> {
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
