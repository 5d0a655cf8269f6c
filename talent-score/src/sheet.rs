//! One scoring of the whole tree: for a community, for one of its stages, or for one of its zones.

use talent_model::assessment::{Score, Use};
use talent_model::quantity::{Count, NonNegative, Number, Share};
use talent_model::standard::{Binding, MissingPolicy, NotApplicablePolicy};

use crate::evaluator::{CompiledCriterion, Evaluator, Leaf};
use crate::joining::{How, Joining};
use crate::judge::Judged;
use crate::number;
use crate::tree::{Tree, Values};

/// What one indicator brings into the tree.
#[derive(Clone, Debug)]
pub(crate) struct LeafState {
    pub(crate) usage: Use,
    /// Not a number where there is no score.
    pub(crate) score: f64,
    /// Not numbers where the indicator does not apply.
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) coverage: f64,
    pub(crate) weight: f64,
    /// The share of each judged stage in the indicator.
    pub(crate) shares: Vec<f64>,
}

/// What one stage brings to an indicator's score.
struct Bounded {
    score: Option<f64>,
    low: f64,
    high: f64,
    coverage: f64,
}

impl Bounded {
    /// What a stage brings in which the indicator does not apply.
    fn fixed(policy: NotApplicablePolicy) -> Self {
        let score = if policy == NotApplicablePolicy::Full { 100.0 } else { 0.0 };
        Self { score: Some(score), low: score, high: score, coverage: 1.0 }
    }
}

/// What an indicator brings that counts in no stage.
fn nothing(leaf: &Leaf, judged: &[Judged]) -> LeafState {
    let compiled = |j: &Judged| leaf.criteria.get(j.stage).and_then(Option::as_ref);
    let any = |wanted: Binding| judged.iter().any(|j| compiled(j).map_or(Binding::Informative, |c| c.criterion.binding) == wanted);
    let usage = match () {
        () if judged.iter().any(|j| compiled(j).is_some_and(CompiledCriterion::is_scored) && !j.applies()) => Use::NotApplicable,
        () if any(Binding::Bonus) => Use::Bonus,
        () if any(Binding::Informative) => Use::Informative,
        () => Use::NotApplicable,
    };
    LeafState {
        usage,
        score: f64::NAN,
        low: f64::NAN,
        high: f64::NAN,
        coverage: f64::NAN,
        weight: leaf.own_weight.unwrap_or(0.0),
        shares: vec![0.0; judged.len()],
    }
}

/// The bonus of one indicator: what it adds, and the least and most that it may add.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bonus {
    pub(crate) points: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// The scores of every slot of the tree.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    pub(crate) leaves: Vec<LeafState>,
    pub(crate) bonuses: Vec<Bonus>,
    pub(crate) weights: Values,
    pub(crate) values: Values,
    pub(crate) low: Values,
    pub(crate) high: Values,
    pub(crate) full: Values,
    pub(crate) coverage: Values,
    known: Vec<usize>,
    applicable: Vec<usize>,
    /// The total before the bonuses.
    base: f64,
    /// How much of the bonuses fits under the cap, from 0 to 1.
    pub(crate) bonus_share: f64,
}

impl Evaluator {
    /// What one indicator brings, from what was judged in each stage.
    fn leaf_state(&self, leaf: &Leaf, judged: &[Judged]) -> LeafState {
        let policy = self.policies.not_applicable;
        let compiled = |j: &Judged| leaf.criteria.get(j.stage).and_then(Option::as_ref);
        // A stage counts if it is scored and applies, or if the method gives a score to what does not apply.
        let counts = |j: &Judged| compiled(j).filter(|c| c.is_scored() && (j.applies() || policy != NotApplicablePolicy::Exclude));
        let (mut all, mut parts, mut single) = (-0.0, 0_u32, None);
        for (j, compiled) in judged.iter().filter_map(|j| Some((j, counts(j)?))) {
            all += j.weight;
            parts += 1;
            single.get_or_insert(compiled.weight);
        }
        if parts == 0 {
            return nothing(leaf, judged);
        }
        let share = |j: &Judged| match parts {
            1 => 1.0,
            _ if all > 0.0 => j.weight / all,
            _ => 1.0 / f64::from(parts),
        };
        let how = How::of_scores(leaf.indicator.combine.as_ref());
        let [mut score, mut low, mut high] = [Joining::new(how); 3];
        let mut shares = Vec::with_capacity(judged.len());
        let (mut coverage, mut weight, mut complete, mut refused) = (-0.0, -0.0, true, false);
        for j in judged {
            let Some(compiled) = counts(j) else {
                shares.push(0.0);
                continue;
            };
            let share = share(j);
            shares.push(share);
            weight += share * compiled.weight;
            refused |= j.policy == MissingPolicy::Refuse;
            let part = if j.applies() { Bounded { score: j.score, low: j.low, high: j.high, coverage: j.coverage } } else { Bounded::fixed(policy) };
            part.score.into_iter().for_each(|of_part| score.push(share, of_part));
            low.push(share, part.low);
            high.push(share, part.high);
            coverage += share * part.coverage;
            complete &= part.coverage >= 1.0;
        }
        let score = if refused { None } else { score.value() };
        let (low, high) = (low.value().unwrap_or(0.0), high.value().unwrap_or(100.0));
        let coverage = if complete { 1.0 } else { coverage };
        let usage = match score {
            None if refused => Use::Refused,
            None => Use::Excluded,
            Some(_) if coverage <= 0.0 => Use::Zeroed,
            Some(_) => Use::Scored,
        };
        LeafState {
            usage,
            score: score.unwrap_or(f64::NAN),
            low: score.map_or(low, |score| low.min(score)),
            high: score.map_or(high, |score| high.max(score)),
            coverage: coverage.min(1.0),
            weight: single.filter(|_| parts == 1).unwrap_or(weight),
            shares,
        }
    }

    /// What the bonus criteria of one indicator add.
    fn bonus(&self, leaf: &Leaf, judged: &[Judged]) -> Bonus {
        let all: f64 = judged.iter().map(|j| j.weight).sum();
        let mut bonus = Bonus::default();
        for j in judged.iter().filter(|j| j.applies()) {
            let Some(criterion) = leaf.criteria.get(j.stage).and_then(Option::as_ref).map(|c| &c.criterion) else { continue };
            if criterion.binding != Binding::Bonus {
                continue;
            }
            let share = if judged.len() == 1 || all <= 0.0 { 1.0 } else { j.weight / all };
            let points = share * criterion.points.map_or(0.0, NonNegative::get) / 100.0;
            bonus.points += points * j.score.unwrap_or(0.0);
            bonus.low += points * j.low;
            bonus.high += points * j.high;
        }
        // What is not known adds nothing, and so cannot add less.
        bonus.low = bonus.low.min(bonus.points);
        bonus
    }

    /// Scores the tree. `judged` holds, for every indicator, the stages that take part.
    pub(crate) fn sheet(&self, judged: &[Vec<Judged>]) -> Sheet {
        self.sheet_in(&self.tree, &[], judged)
    }

    /// Scores a tree of the same shape, with the indicators' weights multiplied by `factors` where there are any.
    pub(crate) fn sheet_in(&self, tree: &Tree, factors: &[f64], judged: &[Vec<Judged>]) -> Sheet {
        let mut leaves: Vec<LeafState> = self.leaves.iter().zip(judged).map(|(leaf, judged)| self.leaf_state(leaf, judged)).collect();
        for (leaf, factor) in leaves.iter_mut().zip(factors) {
            leaf.weight *= factor;
        }
        let bonuses: Vec<Bonus> = self.leaves.iter().zip(judged).map(|(leaf, judged)| self.bonus(leaf, judged)).collect();
        let weights: Values = leaves.iter().map(|leaf| leaf.weight).collect();
        let column = |of: fn(&LeafState) -> f64| -> Values {
            let mut values: Values = leaves.iter().map(of).collect();
            values.resize(tree.slots(), f64::NAN);
            values
        };
        let (mut values, mut low, mut high) = (column(|l| l.score), column(|l| l.low), column(|l| l.high));
        let mut coverage = column(|l| l.coverage);
        let full = tree.full(&weights, &values);
        let full_bounds = tree.full(&weights, &low);
        tree.roll(&weights, &full, &mut values);
        tree.roll(&weights, &full_bounds, &mut low);
        tree.roll(&weights, &full_bounds, &mut high);
        tree.cover(&weights, &full_bounds, &mut coverage);
        let (mut known, mut applicable) = (vec![0; tree.slots()], vec![0; tree.slots()]);
        for (slot, leaf) in leaves.iter().enumerate() {
            let mut at = tree.parents.get(slot).copied().flatten();
            while let Some(node) = at {
                if leaf.usage == Use::Refused
                    && leaf.weight > 0.0
                    && let Some(value) = values.get_mut(node)
                {
                    *value = f64::NAN;
                }
                for (counts, holds) in [(&mut known, leaf.coverage >= 1.0), (&mut applicable, !leaf.coverage.is_nan())] {
                    if let (true, Some(count)) = (holds, counts.get_mut(node)) {
                        *count += 1;
                    }
                }
                at = tree.parents.get(node).copied().flatten();
            }
        }
        let mut sheet = Sheet { leaves, bonuses, weights, values, low, high, full, coverage, known, applicable, base: f64::NAN, bonus_share: 1.0 };
        sheet.add_bonuses(tree.root(), &full_bounds);
        sheet
    }
}

impl Sheet {
    /// Adds the bonuses to the total. `full_bounds` is what each slot can reach once everything is known.
    fn add_bonuses(&mut self, root: usize, full_bounds: &[f64]) {
        let sum = |of: fn(&Bonus) -> f64| self.bonuses.iter().map(of).sum::<f64>();
        self.base = self.values.get(root).copied().unwrap_or(f64::NAN);
        let (points, low, high) = (sum(|b| b.points), sum(|b| b.low), sum(|b| b.high));
        if high <= 0.0 {
            return;
        }
        let (cap, cap_bounds) = (full_mark(&self.full, root), full_mark(full_bounds, root));
        if points > 0.0 && self.base + points > cap {
            self.bonus_share = ((cap - self.base) / points).max(0.0);
        }
        for (values, more, cap) in [(&mut self.values, points, cap), (&mut self.low, low, cap_bounds), (&mut self.high, high, cap_bounds)] {
            if let Some(total) = values.get_mut(root) {
                *total = with_bonus(*total, more, cap);
            }
        }
    }

    /// The values that the members of each node make, the total's too: what its partial derivatives are taken of.
    pub(crate) fn without_bonuses(&self, root: usize) -> Values {
        let mut values = self.values.clone();
        if let Some(total) = values.get_mut(root) {
            *total = self.base;
        }
        values
    }

    /// The value in a slot of the nominal scoring.
    pub(crate) fn value(&self, slot: usize) -> Option<f64> {
        self.values.get(slot).copied().filter(|value| !value.is_nan())
    }

    pub(crate) fn coverage_of(&self, slot: usize) -> f64 {
        // Where nothing applies, nothing is unknown.
        self.coverage.get(slot).copied().filter(|share| !share.is_nan()).unwrap_or(1.0)
    }

    /// The score of a node as it stands in a document.
    pub(crate) fn score(&self, slot: usize) -> Score {
        let at = |values: &Values| values.get(slot).copied().filter(|value| value.is_finite());
        let full = at(&self.full).unwrap_or(100.0);
        let score = self.value(slot);
        let low = at(&self.low).unwrap_or(0.0);
        let high = at(&self.high).unwrap_or(full);
        Score {
            score: score.and_then(Number::new),
            // Rounding alone must not put a score outside its own bounds.
            low: number(score.map_or(low, |score| low.min(score))),
            high: number(score.map_or(high, |score| high.max(score))),
            full: number(full),
            coverage: share(self.coverage_of(slot)),
            known: Count::of(self.known.get(slot).copied().unwrap_or_default()),
            applicable: Count::of(self.applicable.get(slot).copied().unwrap_or_default()),
        }
    }
}

/// What a total can reach at most: 100, or the sum of the points that count.
pub(crate) fn full_mark(full: &[f64], root: usize) -> f64 {
    full.get(root).copied().filter(|full| full.is_finite()).unwrap_or(100.0)
}

/// A total with what the bonuses add, never beyond the full mark. Where there is no total, a bonus does not make one.
pub(crate) fn with_bonus(total: f64, more: f64, cap: f64) -> f64 {
    if total.is_nan() { total } else { (total + more).min(cap.max(total)) }
}

/// A share that rounding may have put beside its range.
pub(crate) fn share(value: f64) -> Share {
    let within = if value.is_finite() { value.clamp(0.0, 1.0) } else { 0.0 };
    #[expect(clippy::expect_used, reason = "clamped to the type's range")]
    Share::new(within).expect("a share")
}
