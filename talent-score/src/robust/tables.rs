//! An index from two tables, built many times.

mod fast;

use std::sync::Arc;

use talent_model::Diagnostic;
use talent_model::diagnostic::Pointer;
use talent_model::id::Line;
use talent_model::index::{IndexMethod, MethodStep};
use talent_model::quantity::{Count, NonNegative, Share};
use talent_model::robustness::{Factor, MeasurementError, StepVariation, Variation, WeightSpread};
use talent_model::standard::MissingPolicy;

use self::fast::Fast;
use super::count;
use super::distribution::normal;
use super::run::{Block, Model};
use super::uniform::{Point, Source};
use crate::index::Pipeline;
use crate::index::notes::Notes;
use crate::index::state::State;
use crate::index::vary::Vary;

/// The most states that are kept: one for every combination of alternatives before the joining.
const KEPT: usize = 64;

/// A pipeline and a study of it, compiled.
pub(crate) struct Tables<'p> {
    pipeline: &'p Pipeline<'p>,
    pub(crate) factors: Vec<Compiled>,
    /// How many numbers every factor takes.
    pub(crate) numbers: Vec<usize>,
    /// The units in the order of their names, in a panel also of their periods: the order in which they take their numbers.
    named: Vec<usize>,
    /// The rows whose units are ranked; in a panel those of one period.
    shown: Vec<usize>,
    /// The place of every row among those; none for a row that only takes part in the measuring.
    slots: Vec<Option<usize>>,
    /// Where the joining begins: what lies before it is the same in many draws.
    joining: usize,
    /// The states before the joining, by the alternatives chosen before it. Empty where draws change what lies before.
    kept: Vec<Result<Kept, Diagnostic>>,
}

/// A state before the joining, and the quick way from it to scores where there is one: one for every alternative of the joining.
struct Kept {
    state: State,
    found: Vec<Diagnostic>,
    fast: Vec<Option<Fast>>,
}

/// A factor, by places.
#[derive(Clone, Debug)]
pub(crate) enum Compiled {
    Weights {
        nodes: Vec<usize>,
        spread: WeightSpread,
    },
    /// The indicators and, for every one, the units that have a value.
    Values {
        cells: Vec<(usize, usize)>,
        error: MeasurementError,
    },
    Thresholds {
        leaves: Vec<usize>,
        by: f64,
    },
    Inclusion {
        leaves: Vec<usize>,
        keep: f64,
    },
    Missing {
        options: Vec<MissingPolicy>,
    },
    /// The place of the step in the method, and what may stand there.
    Step {
        place: usize,
        options: Vec<MethodStep>,
    },
}

impl<'p> Tables<'p> {
    /// A pipeline of which the units of these rows are ranked.
    pub(crate) fn new(pipeline: &'p Pipeline<'p>, shown: Vec<usize>) -> Self {
        let table = pipeline.table();
        let mut named: Vec<usize> = (0..table.units.len()).collect();
        named.sort_by_key(|at| (table.units.get(*at), table.times.get(*at)));
        let mut slots = vec![None; table.units.len()];
        for (place, row) in shown.iter().enumerate() {
            if let Some(slot) = slots.get_mut(*row) {
                *slot = Some(place);
            }
        }
        let joining = |step: &MethodStep| matches!(step, MethodStep::Aggregate(_));
        let joining = pipeline.method().steps.iter().position(joining).unwrap_or(pipeline.method().steps.len());
        Self { pipeline, factors: Vec::new(), numbers: Vec::new(), named, shown, slots, joining, kept: Vec::new() }
    }

    /// The rows whose units are ranked.
    pub(crate) fn shown(&self) -> &[usize] {
        &self.shown
    }

    /// The place of a row among the units that are ranked.
    fn slot(&self, row: usize) -> Option<usize> {
        self.slots.get(row).copied().flatten()
    }

    /// Adds a factor that has been checked.
    pub(crate) fn vary(&mut self, factor: &Factor) {
        let compiled = self.compile(factor);
        self.numbers.push(match &compiled {
            Compiled::Weights { nodes, .. } => {
                nodes.iter().filter_map(|node| self.pipeline.tree().nodes.get(*node)).map(|node| node.members.len()).sum()
            }
            Compiled::Values { cells, .. } => cells.len(),
            Compiled::Thresholds { leaves, .. } | Compiled::Inclusion { leaves, .. } => leaves.len(),
            Compiled::Missing { .. } | Compiled::Step { .. } => 1,
        });
        self.factors.push(compiled);
    }

    fn compile(&self, factor: &Factor) -> Compiled {
        let tree = self.pipeline.tree();
        let leaves = |wanted: &[Line]| -> Vec<usize> {
            let named = |code: &str| wanted.is_empty() || wanted.iter().any(|line| line.as_str() == code);
            tree.leaves.iter().enumerate().filter(|(_, leaf)| named(&leaf.code)).map(|(at, _)| at).collect()
        };
        match &factor.vary {
            Variation::Weights(weights) => {
                let named = |code: &str| weights.nodes.is_empty() || weights.nodes.iter().any(|line| line.as_str() == code);
                let nodes = tree.nodes.iter().enumerate().filter(|(_, node)| named(&node.code)).map(|(at, _)| at).collect();
                Compiled::Weights { nodes, spread: weights.spread.clone() }
            }
            Variation::Values(values) => {
                let known = |leaf: usize, unit: usize| {
                    let column = tree.leaves.get(leaf).and_then(|leaf| self.pipeline.table().columns.get(leaf.column));
                    column.and_then(|(_, values)| values.get(unit)).is_some_and(|x| !x.is_nan())
                };
                let wanted = leaves(&values.indicators);
                let cells = self.named.iter().flat_map(|unit| wanted.iter().map(|leaf| (*leaf, *unit)));
                Compiled::Values { cells: cells.filter(|(leaf, unit)| known(*leaf, *unit)).collect(), error: values.error.clone() }
            }
            Variation::Thresholds(thresholds) => {
                let mut leaves = leaves(&thresholds.indicators);
                leaves.retain(|leaf| self.measures_by_goalposts(*leaf));
                Compiled::Thresholds { leaves, by: Share::get(thresholds.by) }
            }
            Variation::Inclusion(inclusion) => Compiled::Inclusion { leaves: leaves(&inclusion.indicators), keep: Share::get(inclusion.keep) },
            Variation::Missing(missing) => Compiled::Missing { options: missing.options.to_vec() },
            Variation::Step(step) => match place(self.pipeline.method(), step) {
                Some(place) => Compiled::Step { place, options: resolved(&step.options) },
                None => Compiled::Missing { options: Vec::new() },
            },
            // Refused by the checks.
            Variation::Unknown(_) | Variation::Aggregation(_) | Variation::WeightSet(_) => Compiled::Missing { options: Vec::new() },
        }
    }

    /// Whether an indicator is normalised by its goalposts in the method as it is, or under any alternative.
    fn measures_by_goalposts(&self, leaf: usize) -> bool {
        use talent_model::index::Normalisation;
        let Some(leaf) = self.pipeline.tree().leaves.get(leaf) else { return false };
        let has = self.pipeline.table().rows.get(leaf.row).is_some_and(|row| row.goalposts.is_some());
        let by = |step: &MethodStep| match step {
            MethodStep::Normalise(normalise) => {
                matches!(normalise.each.get(leaf.code.as_str()).unwrap_or(&normalise.how), Normalisation::Goalposts(_))
            }
            _ => false,
        };
        has && self.pipeline.method().steps.iter().any(by)
    }

    /// Prepares what many draws share. To be called once all factors are there.
    pub(crate) fn prepare(&mut self) {
        let early = self
            .factors
            .iter()
            .zip(&self.numbers)
            .any(|(factor, n)| matches!(factor, Compiled::Values { .. } | Compiled::Thresholds { .. }) && *n > 0);
        let combinations = self.before().map(|(_, options)| options.len()).try_fold(1_usize, usize::checked_mul).unwrap_or(usize::MAX);
        if early || combinations > KEPT {
            return;
        }
        self.kept = (0..combinations).map(|key| self.keep(key)).collect();
    }

    /// The factors that choose a step before the joining.
    fn before(&self) -> impl Iterator<Item = (usize, &Vec<MethodStep>)> {
        self.factors.iter().enumerate().filter_map(|(at, factor)| match factor {
            Compiled::Step { place, options } if *place < self.joining => Some((at, options)),
            _ => None,
        })
    }

    /// The factors that choose the joining step.
    fn joinings(&self) -> Option<(usize, &Vec<MethodStep>)> {
        self.factors.iter().enumerate().find_map(|(at, factor)| match factor {
            Compiled::Step { place, options } if *place == self.joining => Some((at, options)),
            _ => None,
        })
    }

    fn keep(&self, key: usize) -> Result<Kept, Diagnostic> {
        let mut steps = self.pipeline.method().steps.to_vec();
        let mut rest = key;
        for (at, options) in self.before() {
            if let Some(Compiled::Step { place, .. }) = self.factors.get(at) {
                put(&mut steps, *place, options.get(rest % options.len()));
                rest /= options.len();
            }
        }
        let (state, found) = self.run(&steps, 0..self.joining, self.pipeline.start(), Vec::new())?;
        let fast = match self.joinings() {
            Some((_, options)) => options.iter().map(|step| Fast::new(self.pipeline, &state, step)).collect(),
            None => vec![steps.get(self.joining).and_then(|step| Fast::new(self.pipeline, &state, step))],
        };
        Ok(Kept { state, found, fast })
    }

    /// Applies some steps of a method; the first error where one cannot be applied.
    fn run(
        &self,
        steps: &[MethodStep],
        range: std::ops::Range<usize>,
        mut state: State,
        found: Vec<Diagnostic>,
    ) -> Result<(State, Vec<Diagnostic>), Diagnostic> {
        let mut notes = Notes { found, ..Notes::default() };
        let from = range.start;
        if from == 0 {
            self.pipeline.begin(&mut state, &mut notes);
        }
        for (at, step) in steps.get(range).into_iter().flatten().enumerate() {
            notes.at = Pointer::root().with("steps").at(from + at);
            self.pipeline.apply(&mut state, from + at, step, &mut notes);
            if let Some(error) = notes.error() {
                return Err(error.clone());
            }
        }
        Ok((state, notes.found))
    }

    /// The alternatives chosen before the joining, as one number; and the one of the joining.
    fn chosen(&self, source: &Source, point: Point) -> (usize, usize) {
        let mut key = 0;
        let mut radix = 1;
        for (at, options) in self.before() {
            key += radix * source.numbers(point, at).choice(options.len());
            radix *= options.len();
        }
        (key, self.joinings().map_or(0, |(at, options)| source.numbers(point, at).choice(options.len())))
    }

    /// Builds the index at one point, through the pipeline itself.
    fn build(&self, source: &Source, point: Point) -> Result<State, Diagnostic> {
        let tree = self.pipeline.tree();
        let mut steps = self.pipeline.method().steps.to_vec();
        let mut vary = Vary { weights: vec![Vec::new(); tree.nodes.len()], moved: vec![0.0; tree.leaves.len()], out: vec![false; tree.leaves.len()] };
        let mut columns: Vec<(usize, Vec<f64>)> = Vec::new();
        for (at, factor) in self.factors.iter().enumerate() {
            let mut numbers = source.numbers(point, at);
            match factor {
                Compiled::Weights { nodes, spread } => {
                    for node in nodes {
                        let members = tree.nodes.get(*node).map_or(0, |node| node.members.len());
                        let drawn = (0..members).map(|_| numbers.next()).collect();
                        if let Some(list) = vary.weights.get_mut(*node) {
                            list.push((spread.clone(), drawn));
                        }
                    }
                }
                Compiled::Values { cells, error } => {
                    for (leaf, unit) in cells {
                        let u = numbers.next();
                        let place = columns.iter().position(|(of, _)| of == leaf).unwrap_or_else(|| {
                            columns.push((*leaf, self.pipeline.column_of(*leaf).to_vec()));
                            columns.len() - 1
                        });
                        let slot = columns.get_mut(place).and_then(|(_, values)| values.get_mut(*unit));
                        slot.into_iter().for_each(|x| *x = mistaken(error, *x, u));
                    }
                }
                Compiled::Thresholds { leaves, by } => {
                    for leaf in leaves {
                        let moved = by * (2.0 * numbers.next() - 1.0);
                        vary.moved.get_mut(*leaf).into_iter().for_each(|slot| *slot += moved);
                    }
                }
                Compiled::Inclusion { leaves, keep } => {
                    for leaf in leaves {
                        let out = numbers.next() >= *keep;
                        vary.out.get_mut(*leaf).into_iter().for_each(|slot| *slot |= out);
                    }
                }
                Compiled::Missing { options } => {
                    let policy = options.get(numbers.choice(options.len())).copied();
                    if let (Some(policy), Some(MethodStep::Aggregate(aggregate))) = (policy, steps.get_mut(self.joining)) {
                        aggregate.missing = policy;
                    }
                }
                Compiled::Step { place, options } => put(&mut steps, *place, options.get(numbers.choice(options.len()))),
            }
        }
        let vary = Some(Arc::new(vary));
        let (mut state, found, from) = match self.kept.get(self.chosen(source, point).0) {
            Some(Ok(kept)) => (kept.state.clone(), kept.found.clone(), self.joining),
            Some(Err(error)) => return Err(error.clone()),
            None => {
                let mut state = self.pipeline.start();
                for (leaf, values) in columns {
                    state.columns.get_mut(leaf).into_iter().for_each(|column| column.values = values.clone().into());
                }
                (state, Vec::new(), 0)
            }
        };
        state.vary = vary;
        // A missing policy comes after a step that the joining may have been put in place of: the order of the study decides.
        let end = (self.joining + 1).min(steps.len());
        self.run(&steps, from..end, state, found).map(|(state, _)| state)
    }

    /// What every number of every factor is called, in the order of the study.
    pub(crate) fn parameter_names(&self, factors: &[Factor]) -> Vec<String> {
        let tree = self.pipeline.tree();
        let leaf = |at: usize| tree.leaves.get(at).map_or("", |leaf| leaf.code.as_str());
        let table = self.pipeline.table();
        let unit = |at: usize| match (table.units.get(at), table.times.get(at)) {
            (Some(unit), Some(time)) => format!("{unit} · {time}"),
            (unit, _) => unit.map(ToString::to_string).unwrap_or_default(),
        };
        let mut names = Vec::new();
        for (factor, compiled) in factors.iter().zip(&self.factors) {
            let id = factor.id.as_str();
            match compiled {
                Compiled::Weights { nodes, .. } => {
                    for node in nodes {
                        names.extend(self.pipeline.member_codes(*node).into_iter().map(|code| format!("{id}:{code}")));
                    }
                }
                Compiled::Values { cells, .. } => names.extend(cells.iter().map(|(of, at)| format!("{id}:{}:{}", unit(*at), leaf(*of)))),
                Compiled::Thresholds { leaves, .. } | Compiled::Inclusion { leaves, .. } => {
                    names.extend(leaves.iter().map(|at| format!("{id}:{}", leaf(*at))));
                }
                Compiled::Missing { .. } | Compiled::Step { .. } => names.push(id.to_owned()),
            }
        }
        names
    }

    /// What every number of every factor came to at a point: weights as they were applied (not a number where the index came to nothing), values, shares of distance, 1 for in and
    /// 0 for out, or the place of the chosen option.
    pub(crate) fn parameters(&self, source: &Source, point: Point) -> Vec<f64> {
        let built = self.build(source, point);
        let mut record = Vec::new();
        for (at, factor) in self.factors.iter().enumerate() {
            let mut numbers = source.numbers(point, at);
            match factor {
                Compiled::Weights { nodes, .. } => {
                    for node in nodes {
                        let applied = built.as_ref().ok().and_then(|state| state.nodes.get(*node)).map(|node| node.weights.as_slice());
                        let weight = |code: &String| match applied {
                            Some(weights) => weights.iter().find(|(of, ..)| of == code).map_or(0.0, |(_, weight, _)| *weight),
                            None => f64::NAN,
                        };
                        record.extend(self.pipeline.member_codes(*node).iter().map(weight));
                    }
                }
                Compiled::Values { cells, error } => {
                    record.extend(cells.iter().map(|(leaf, unit)| {
                        let own = self.pipeline.column_of(*leaf).get(*unit).copied().unwrap_or(f64::NAN);
                        mistaken(error, own, numbers.next())
                    }));
                }
                Compiled::Thresholds { leaves, by } => record.extend(leaves.iter().map(|_| by * (2.0 * numbers.next() - 1.0))),
                Compiled::Inclusion { leaves, keep } => record.extend(leaves.iter().map(|_| f64::from(u8::from(numbers.next() < *keep)))),
                Compiled::Missing { options } => record.push(count(numbers.choice(options.len()))),
                Compiled::Step { options, .. } => record.push(count(numbers.choice(options.len()))),
            }
        }
        record
    }

    /// Whether nothing but weights and steps with a state of their own varies.
    fn is_quick(&self) -> bool {
        let quick = |factor: &Compiled| matches!(factor, Compiled::Weights { .. } | Compiled::Step { .. });
        !self.kept.is_empty() && self.factors.iter().all(quick)
    }

    /// The weights of every group's members at a point, by the quick way's own order.
    fn weigh(&self, source: &Source, point: Point, fast: &Fast, weights: &mut Vec<Vec<f64>>) {
        fast.nominal(weights);
        for (at, factor) in self.factors.iter().enumerate() {
            let Compiled::Weights { nodes, spread } = factor else { continue };
            let mut numbers = source.numbers(point, at);
            for node in nodes {
                let members = self.pipeline.tree().nodes.get(*node).map_or(0, |node| node.members.len());
                fast.draw(*node, spread, || numbers.next(), members, weights);
            }
        }
    }
}

/// A value with an error of measurement.
fn mistaken(error: &MeasurementError, own: f64, u: f64) -> f64 {
    match error {
        MeasurementError::Relative(relative) => own * (1.0 + Share::get(relative.by) * normal(u)),
        MeasurementError::Absolute(absolute) => own + NonNegative::get(absolute.by) * normal(u),
        // Refused by the checks: a table states no errors.
        MeasurementError::Stated(_) => own,
    }
}

/// The place in the method of the step that a variation replaces.
pub(crate) fn place(method: &IndexMethod, step: &StepVariation) -> Option<usize> {
    let kind = step.options.first()?.kind();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list in memory")]
    let wanted = step.place.map_or(0, |place| Count::get(place) as usize);
    method.steps.iter().enumerate().filter(|(_, step)| step.kind() == kind).nth(wanted).map(|(at, _)| at)
}

/// Steps with every default stated.
fn resolved(options: &[MethodStep]) -> Vec<MethodStep> {
    let alone = |step: &MethodStep| crate::index::resolved(&IndexMethod { steps: vec![step.clone()].into() }).steps.to_vec();
    options.iter().flat_map(alone).collect()
}

fn put(steps: &mut [MethodStep], place: usize, step: Option<&MethodStep>) {
    if let (Some(slot), Some(step)) = (steps.get_mut(place), step) {
        *slot = step.clone();
    }
}

impl Model for Tables<'_> {
    type Scratch = fast::Scratch;

    fn units(&self) -> usize {
        self.shown.len()
    }

    fn evaluate(&self, source: &Source, points: &[Point], scratch: &mut fast::Scratch, block: &mut Block) {
        block.clear(self.units(), points.len(), false);
        let mut slow: Vec<usize> = (0..points.len()).collect();
        if self.is_quick() {
            slow = self.evaluate_quickly(source, points, scratch, block);
        }
        for at in slow {
            let Some(point) = points.get(at) else { continue };
            match self.build(source, *point) {
                Ok(state) => {
                    let scores = state.nodes.first().map(|node| node.scores.as_slice()).unwrap_or_default();
                    for (row, score) in state.units.iter().zip(scores) {
                        if let Some(unit) = self.slot(*row) {
                            block.set(unit, at, *score);
                        }
                    }
                }
                Err(error) => block.fail(error),
            }
        }
    }
}

impl Tables<'_> {
    /// Evaluates what has a quick way; the places of the points that have none.
    fn evaluate_quickly(&self, source: &Source, points: &[Point], scratch: &mut fast::Scratch, block: &mut Block) -> Vec<usize> {
        let mut slow = Vec::new();
        let mut groups: Vec<((usize, usize), Vec<usize>)> = Vec::new();
        for (at, point) in points.iter().enumerate() {
            let key = self.chosen(source, *point);
            match groups.iter_mut().find(|(known, _)| *known == key) {
                Some((_, places)) => places.push(at),
                None => groups.push((key, vec![at])),
            }
        }
        for ((key, joining), places) in groups {
            let fast = self.kept.get(key).and_then(|kept| kept.as_ref().ok()).and_then(|kept| Some((&kept.state, kept.fast.get(joining)?.as_ref()?)));
            let Some((state, fast)) = fast else {
                slow.extend(places);
                continue;
            };
            for lanes in places.chunks(fast::LANES) {
                let weigh = |at: usize, weights: &mut Vec<Vec<f64>>| {
                    if let Some(point) = points.get(at) {
                        self.weigh(source, *point, fast, weights);
                    }
                };
                if !fast.evaluate(lanes, weigh, scratch, |places, unit, scores| {
                    if let Some(unit) = state.units.get(unit).and_then(|row| self.slot(*row)) {
                        block.set_all(unit, places, scores);
                    }
                }) {
                    slow.extend(lanes);
                }
            }
        }
        slow
    }
}
