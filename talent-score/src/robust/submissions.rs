//! Submissions to a standard, scored many times.

use talent_model::quantity::{NonNegative, Share};
use talent_model::robustness::{Factor, MeasurementError, Sampling, Variation, WeightSpread};
use talent_model::standard::{Aggregation, MissingPolicy};
use talent_model::{Community, Submission};

use super::distribution::normal;
use super::prepared::{Change, Prepared};
use super::run::{Block, Model};
use super::uniform::{Point, Source, Uniforms};
use super::weights;
use crate::aggregate::Join;
use crate::evaluator::Evaluator;
use crate::grade::Standing;
use crate::judge::Judged;
use crate::tree::Tree;

/// Submissions and a study, compiled.
pub(crate) struct Submissions<'e> {
    evaluator: &'e Evaluator,
    /// Those of the weight sets that a factor chooses among.
    sets: Vec<Evaluator>,
    communities: Vec<Prepared>,
    /// The communities in the order of their names: the order in which they take their numbers, so that it does not matter in which they are given.
    named: Vec<usize>,
    pub(crate) factors: Vec<Compiled>,
    /// How many numbers every factor takes.
    pub(crate) numbers: Vec<usize>,
}

/// A factor, by places.
#[derive(Clone, Debug)]
pub(crate) enum Compiled {
    Weights {
        nodes: Vec<usize>,
        spread: WeightSpread,
    },
    /// By community: the observations, in the order of the submission.
    Values {
        observations: Vec<Vec<usize>>,
        error: MeasurementError,
    },
    /// By community: the indicators and their stages.
    Unknown {
        places: Vec<Vec<(usize, usize)>>,
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
    Aggregation {
        nodes: Vec<usize>,
        options: Vec<Join>,
    },
    /// The places of the sets among the compiled ones; none for the standard's own weights.
    WeightSet {
        options: Vec<Option<usize>>,
    },
}

impl Compiled {
    fn numbers(&self, evaluator: &Evaluator) -> usize {
        match self {
            Self::Weights { nodes, .. } => nodes.iter().filter_map(|node| evaluator.tree.nodes.get(*node)).map(|node| node.members.len()).sum(),
            Self::Values { observations, .. } => observations.iter().map(Vec::len).sum(),
            Self::Unknown { places } => places.iter().map(Vec::len).sum(),
            Self::Thresholds { leaves, .. } | Self::Inclusion { leaves, .. } => leaves.len(),
            Self::Missing { .. } | Self::Aggregation { .. } | Self::WeightSet { .. } => 1,
        }
    }
}

/// Memory that is used again.
#[derive(Default)]
pub(crate) struct Scratch {
    judged: Vec<Vec<Judged>>,
    given: Vec<f64>,
    drawn: Vec<f64>,
    values: Vec<Vec<Option<f64>>>,
    /// What every factor came to, where somebody wants to know.
    record: Option<Vec<f64>>,
}

impl Scratch {
    fn note(&mut self, value: f64) {
        self.record.iter_mut().for_each(|record| record.push(value));
    }
}

/// What one draw does to all communities.
struct Draw<'s> {
    evaluator: &'s Evaluator,
    tree: Tree,
    /// By indicator.
    factors: Vec<f64>,
    moved: Vec<f64>,
    missing: Option<MissingPolicy>,
    /// By community and observation.
    varied: bool,
    /// By community: the indicator, the stage and where it lies.
    unknown: Vec<Vec<(usize, usize, f64)>>,
}

impl<'e> Submissions<'e> {
    pub(crate) fn new(evaluator: &'e Evaluator, submissions: &[(&Submission, &Community)], sets: Vec<Evaluator>) -> Self {
        let communities = submissions.iter().map(|(submission, community)| Prepared::new(evaluator, submission, community)).collect();
        let mut named: Vec<usize> = (0..submissions.len()).collect();
        let name = |at: &usize| submissions.get(*at).map(|(submission, community)| (community.id.clone(), submission.id.clone()));
        named.sort_by_key(name);
        Self { evaluator, sets, communities, named, factors: Vec::new(), numbers: Vec::new() }
    }

    /// Adds a factor whose names have been checked.
    pub(crate) fn vary(&mut self, factor: &Factor) {
        let compiled = self.compile(factor);
        self.numbers.push(compiled.numbers(self.evaluator));
        self.factors.push(compiled);
    }

    fn compile(&self, factor: &Factor) -> Compiled {
        let leaves = |wanted: &[talent_model::id::Line]| -> Vec<usize> {
            let named = |id: &str| wanted.is_empty() || wanted.iter().any(|code| code.as_str() == id);
            self.evaluator.leaves.iter().enumerate().filter(|(_, leaf)| named(leaf.indicator.id.as_str())).map(|(at, _)| at).collect()
        };
        match &factor.vary {
            Variation::Weights(weights) => Compiled::Weights { nodes: self.nodes(&weights.nodes), spread: weights.spread.clone() },
            Variation::Values(values) => {
                let wanted = leaves(&values.indicators);
                let stated = matches!(values.error, MeasurementError::Stated(_));
                let of = |community: &Prepared| {
                    let varies = |(at, observed): (usize, &Option<super::prepared::Observed>)| {
                        let observed = observed.as_ref()?;
                        let wide = observed.stated.is_some_and(|(low, high)| high > low);
                        (wanted.contains(&observed.leaf) && (!stated || wide)).then_some(at)
                    };
                    community.observations.iter().enumerate().filter_map(varies).collect()
                };
                Compiled::Values { observations: self.communities.iter().map(of).collect(), error: values.error.clone() }
            }
            Variation::Unknown(unknown) => {
                let wanted = leaves(&unknown.indicators);
                let of = |community: &Prepared| {
                    let laid = community.leaves.iter().enumerate().filter(|(leaf, _)| wanted.contains(leaf));
                    laid.flat_map(|(leaf, stages)| stages.iter().enumerate().filter(|(_, stage)| stage.open).map(move |(place, _)| (leaf, place)))
                        .collect()
                };
                Compiled::Unknown { places: self.communities.iter().map(of).collect() }
            }
            Variation::Thresholds(thresholds) => {
                let mut leaves = leaves(&thresholds.indicators);
                leaves.retain(|leaf| {
                    let criteria = self.evaluator.leaves.get(*leaf).map(|leaf| leaf.criteria.as_slice()).unwrap_or_default();
                    criteria.iter().flatten().any(|criterion| criterion.rule.is_movable())
                });
                Compiled::Thresholds { leaves, by: Share::get(thresholds.by) }
            }
            Variation::Inclusion(inclusion) => Compiled::Inclusion { leaves: leaves(&inclusion.indicators), keep: Share::get(inclusion.keep) },
            Variation::Missing(missing) => Compiled::Missing { options: missing.options.to_vec() },
            Variation::Aggregation(aggregation) => {
                let mut nodes = self.nodes(&aggregation.nodes);
                if aggregation.nodes.is_empty() {
                    nodes.retain(|node| self.evaluator.tree.nodes.get(*node).is_some_and(|node| node.join != Join::Sum));
                }
                Compiled::Aggregation { nodes, options: aggregation.options.iter().map(|how: &Aggregation| Join::new(how)).collect() }
            }
            Variation::WeightSet(set) => {
                let own = (set.own != Some(false)).then_some(None);
                let place = |id: &talent_model::id::WeightSetId| self.sets.iter().position(|set| set.weight_set.as_ref() == Some(id));
                Compiled::WeightSet { options: own.into_iter().chain(set.options.iter().map(place)).collect() }
            }
            // Refused by the checks.
            Variation::Step(_) => Compiled::Thresholds { leaves: Vec::new(), by: 0.0 },
        }
    }

    /// The nodes of some names in document order, the total first; all of them where there are no names.
    fn nodes(&self, wanted: &[talent_model::id::Line]) -> Vec<usize> {
        let names = std::iter::once("total").chain(self.evaluator.categories.iter().map(|info| info.category.id.as_str()));
        names.enumerate().filter(|(_, name)| wanted.is_empty() || wanted.iter().any(|id| id.as_str() == *name)).map(|(at, _)| at).collect()
    }

    fn draw(&self, source: &Source, point: Point, scratch: &mut Scratch) -> Draw<'_> {
        let mut draw = Draw {
            evaluator: self.evaluator,
            tree: Tree { nodes: Box::default(), parents: Box::default(), ..self.evaluator.tree },
            factors: vec![1.0; self.evaluator.leaves.len()],
            moved: vec![0.0; self.evaluator.leaves.len()],
            missing: None,
            varied: false,
            unknown: vec![Vec::new(); self.communities.len()],
        };
        // Sets first: what else is varied is varied around the weights of the set.
        for (at, factor) in self.factors.iter().enumerate() {
            if let Compiled::WeightSet { options } = factor {
                let set = options.get(source.numbers(point, at).choice(options.len())).copied().flatten();
                draw.evaluator = set.and_then(|set| self.sets.get(set)).unwrap_or(self.evaluator);
            }
        }
        draw.tree = draw.evaluator.tree.clone();
        for (at, factor) in self.factors.iter().enumerate() {
            let mut numbers = source.numbers(point, at);
            match factor {
                Compiled::Weights { nodes, spread } => {
                    for node in nodes {
                        draw.weigh(*node, spread, &mut numbers, scratch);
                    }
                }
                Compiled::Values { observations, error } => {
                    self.vary_values(observations, error, &mut numbers, scratch, draw.varied);
                    draw.varied = true;
                }
                Compiled::Unknown { places } => {
                    for community in &self.named {
                        let Some(places) = places.get(*community) else { continue };
                        if let Some(of) = draw.unknown.get_mut(*community) {
                            for (leaf, stage) in places {
                                let u = numbers.next();
                                scratch.note(u);
                                of.push((*leaf, *stage, u));
                            }
                        }
                    }
                }
                Compiled::Thresholds { leaves, by } => {
                    for leaf in leaves {
                        let moved = by * (2.0 * numbers.next() - 1.0);
                        scratch.note(moved);
                        draw.moved.get_mut(*leaf).into_iter().for_each(|slot| *slot += moved);
                    }
                }
                Compiled::Inclusion { leaves, keep } => {
                    for leaf in leaves {
                        let out = numbers.next() >= *keep;
                        scratch.note(f64::from(u8::from(!out)));
                        draw.factors.get_mut(*leaf).into_iter().filter(|_| out).for_each(|slot| *slot = 0.0);
                    }
                }
                Compiled::Missing { options } => {
                    let chosen = numbers.choice(options.len());
                    scratch.note(super::count(chosen));
                    draw.missing = options.get(chosen).copied();
                }
                Compiled::Aggregation { nodes, options } => {
                    let chosen = numbers.choice(options.len());
                    scratch.note(super::count(chosen));
                    if let Some(join) = options.get(chosen) {
                        for node in nodes {
                            draw.tree.nodes.get_mut(*node).into_iter().for_each(|node| node.join = *join);
                        }
                    }
                }
                Compiled::WeightSet { options } => scratch.note(super::count(numbers.choice(options.len()))),
            }
        }
        draw
    }

    /// Draws the answers of every community; on top of earlier errors where there are any.
    fn vary_values(&self, observations: &[Vec<usize>], error: &MeasurementError, numbers: &mut Uniforms, scratch: &mut Scratch, again: bool) {
        if !again {
            scratch.values.resize_with(self.communities.len(), Vec::new);
            for (values, community) in scratch.values.iter_mut().zip(&self.communities) {
                values.clear();
                values.resize(community.observations.len(), None);
            }
        }
        for community in &self.named {
            let parts = (self.communities.get(*community), observations.get(*community), scratch.values.get_mut(*community));
            let (Some(prepared), Some(places), Some(values)) = parts else { continue };
            for place in places {
                let (Some(Some(observed)), Some(slot)) = (prepared.observations.get(*place), values.get_mut(*place)) else { continue };
                let u = numbers.next();
                let value = slot.unwrap_or(observed.value);
                let varied = match (error, observed.stated) {
                    (MeasurementError::Stated(_), Some((low, high))) => low + u * (high - low),
                    (MeasurementError::Stated(_), None) => value,
                    (MeasurementError::Relative(relative), _) => value * (1.0 + Share::get(relative.by) * normal(u)),
                    (MeasurementError::Absolute(absolute), _) => value + NonNegative::get(absolute.by) * normal(u),
                };
                let varied = varied.max(observed.limits.0).min(observed.limits.1);
                *slot = Some(varied);
                scratch.record.iter_mut().for_each(|record| record.push(varied));
            }
        }
    }

    /// Scores one community under a draw: its total, and one more than its grade's place.
    fn score(&self, community: usize, draw: &Draw<'_>, scratch: &mut Scratch) -> (f64, u16) {
        let Some(prepared) = self.communities.get(community) else { return (f64::NAN, 0) };
        let values = scratch.values.get(community).map(Vec::as_slice).unwrap_or_default();
        let vary = |at: usize, own: f64| values.get(at).copied().flatten().unwrap_or(own);
        let unknown = draw.unknown.get(community).map(Vec::as_slice).unwrap_or_default();
        let change = |leaf: usize, stage: usize| Change {
            vary: draw.varied.then_some(&vary as &dyn Fn(usize, f64) -> f64),
            moved: draw.moved.get(leaf).copied().unwrap_or_default(),
            missing: draw.missing,
            unknown: unknown.iter().find(|(at, place, _)| (*at, *place) == (leaf, stage)).map(|(.., u)| *u),
        };
        let mut judged = std::mem::take(&mut scratch.judged);
        prepared.judge(draw.evaluator, change, &mut judged);
        let sheet = draw.evaluator.sheet_in(&draw.tree, &draw.factors, &judged);
        let total = sheet.value(draw.evaluator.tree.root()).unwrap_or(f64::NAN);
        let grade = draw.evaluator.grade_place(&Standing { sheet: &sheet, judged: &judged, stages: &prepared.stages });
        scratch.judged = judged;
        (total, grade.and_then(|at| u16::try_from(at + 1).ok()).unwrap_or_default())
    }

    /// The scores and grades without any variation.
    pub(crate) fn nominal(&self) -> Vec<(f64, u16)> {
        let plain = Self { factors: Vec::new(), numbers: Vec::new(), sets: Vec::new(), communities: Vec::new(), named: Vec::new(), ..*self };
        let mut scratch = Scratch::default();
        let source = Source::new(Sampling::Random, 0, &[]);
        let mut draw = plain.draw(&source, Point::of(0, super::uniform::Matrix::A), &mut scratch);
        draw.unknown = Vec::new();
        (0..self.communities.len()).map(|community| self.score(community, &draw, &mut scratch)).collect()
    }
}

impl Submissions<'_> {
    /// What every number of every factor is called, in the order in which they are drawn.
    pub(crate) fn parameter_names(&self, submissions: &[(&Submission, &Community)], factors: &[Factor]) -> Vec<String> {
        let leaf = |at: usize| self.evaluator.leaves.get(at).map_or("", |leaf| leaf.indicator.id.as_str());
        let slot = |slot: usize| match slot.checked_sub(self.evaluator.tree.leaves) {
            None => leaf(slot),
            Some(0) => "total",
            Some(node) => self.evaluator.categories.get(node - 1).map_or("", |info| info.category.id.as_str()),
        };
        let community = |at: usize| submissions.get(at).map_or("", |(_, community)| community.id.as_str());
        let mut names = Vec::new();
        for (factor, compiled) in factors.iter().zip(&self.factors) {
            let id = factor.id.as_str();
            match compiled {
                Compiled::Weights { nodes, .. } => {
                    let members = nodes.iter().filter_map(|node| self.evaluator.tree.nodes.get(*node)).flat_map(|node| &node.members);
                    names.extend(members.map(|member| format!("{id}:{}", slot(member.slot))));
                }
                Compiled::Values { observations, .. } => {
                    for at in &self.named {
                        let (Some(places), Some(prepared)) = (observations.get(*at), self.communities.get(*at)) else { continue };
                        let observed = places.iter().filter_map(|place| Some((place, prepared.observations.get(*place)?.as_ref()?)));
                        names.extend(observed.map(|(place, observed)| format!("{id}:{}:{}:{place}", community(*at), leaf(observed.leaf))));
                    }
                }
                Compiled::Unknown { places } => {
                    for at in &self.named {
                        let places = places.get(*at).map(Vec::as_slice).unwrap_or_default();
                        names.extend(places.iter().map(|(of, _)| format!("{id}:{}:{}", community(*at), leaf(*of))));
                    }
                }
                Compiled::Thresholds { leaves, .. } | Compiled::Inclusion { leaves, .. } => {
                    names.extend(leaves.iter().map(|at| format!("{id}:{}", leaf(*at))));
                }
                Compiled::Missing { .. } | Compiled::Aggregation { .. } | Compiled::WeightSet { .. } => names.push(id.to_owned()),
            }
        }
        names
    }

    /// What every number of every factor came to at a point: weights, values, positions, shares of distance, or the place of the chosen option.
    pub(crate) fn parameters(&self, source: &Source, point: Point) -> Vec<f64> {
        let mut scratch = Scratch { record: Some(Vec::new()), ..Scratch::default() };
        self.draw(source, point, &mut scratch);
        scratch.record.unwrap_or_default()
    }
}

impl Draw<'_> {
    /// Draws the weights of one node's members.
    fn weigh(&mut self, node: usize, spread: &WeightSpread, numbers: &mut Uniforms, scratch: &mut Scratch) {
        let leaves = self.tree.leaves;
        let Some(members) = self.tree.nodes.get(node).map(|node| &node.members) else { return };
        // An indicator's weight may differ by stage: the first stage's stands for the proportions among the members.
        let own = |slot: usize| {
            let leaf = self.evaluator.leaves.get(slot);
            let criterion = leaf.and_then(|leaf| leaf.criteria.iter().flatten().find(|criterion| criterion.is_scored()));
            criterion.map_or(0.0, |criterion| criterion.weight)
        };
        scratch.given.clear();
        scratch.given.extend(members.iter().map(|member| if member.slot < leaves { own(member.slot) } else { member.weight }));
        weights::draw(spread, || numbers.next(), &scratch.given, &mut scratch.drawn);
        scratch.record.iter_mut().for_each(|record| record.extend(&scratch.drawn));
        let Some(node) = self.tree.nodes.get_mut(node) else { return };
        for ((member, given), drawn) in node.members.iter_mut().zip(&scratch.given).zip(&scratch.drawn) {
            let factor = if *given > 0.0 { drawn / given } else { 1.0 };
            match self.factors.get_mut(member.slot) {
                Some(slot) => *slot *= factor,
                None => member.weight *= factor,
            }
        }
    }
}

impl Model for Submissions<'_> {
    type Scratch = Scratch;

    fn units(&self) -> usize {
        self.communities.len()
    }

    fn evaluate(&self, source: &Source, points: &[Point], scratch: &mut Scratch, block: &mut Block) {
        block.clear(self.units(), points.len(), !self.evaluator.standard.grades.is_empty());
        for (at, point) in points.iter().enumerate() {
            let draw = self.draw(source, *point, scratch);
            for community in 0..self.communities.len() {
                let (score, grade) = self.score(community, &draw, scratch);
                block.set(community, at, score);
                block.set_grade(community, at, grade);
            }
        }
    }
}
