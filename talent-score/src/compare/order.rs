//! Who is above whom: ranks, the places that bounds allow, tied groups, and the partial order over the scenarios.

use std::collections::BTreeMap;

use talent_model::assessment::Score;
use talent_model::comparison::{Certainty, Cover, Pair, PartialOrder, Rank, Tier};
use talent_model::id::{CommunityId, NodeId};
use talent_model::index::Ties;
use talent_model::quantity::{Count, NonNegative, Number};

use crate::rule::{at_least, at_most};
use crate::{number, ranks};

/// What the order of communities looks at.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    pub(crate) id: CommunityId,
    /// Whether it is ranked.
    pub(crate) ranked: bool,
    pub(crate) total: Score,
    pub(crate) scenarios: BTreeMap<NodeId, Score>,
}

impl Standing {
    /// The total of a ranked community; not a number for the others.
    pub(crate) fn ranked_total(&self) -> f64 {
        self.total.score.filter(|_| self.ranked).map_or(f64::NAN, Number::get)
    }
}

#[expect(clippy::cast_precision_loss, reason = "communities are few")]
pub(crate) fn count(things: usize) -> f64 {
    things as f64
}

/// Scores that miss each other by the rounding of doubles alone are one score: that of the greatest of them.
pub(crate) fn settled(scores: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<f64> = scores.iter().copied().filter(|score| !score.is_nan()).collect();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let mut heads: Vec<f64> = Vec::new();
    for score in sorted {
        if heads.last().is_none_or(|head| score < at_least(*head)) {
            heads.push(score);
        }
    }
    // The least head that is not below a score is its own.
    let head = |score: &f64| heads.iter().rev().find(|head| *head >= score).copied().unwrap_or(*score);
    scores.iter().map(head).collect()
}

/// Whether a score lies above another whatever is unknown.
fn surely_above(a: &Score, b: &Score) -> bool {
    a.low.get() > at_most(b.high.get())
}

/// The rank of every ranked community, with the places that its bounds allow.
pub(crate) fn ranks_of(standing: &[Standing], ties: Ties) -> Vec<Option<Rank>> {
    let totals: Vec<f64> = standing.iter().map(Standing::ranked_total).collect();
    let ranked: Vec<&Standing> = standing.iter().filter(|one| one.ranked).collect();
    let rank = |(one, rank): (&Standing, f64)| {
        let above = ranked.iter().filter(|other| surely_above(&other.total, &one.total)).count();
        let below = ranked.iter().filter(|other| surely_above(&one.total, &other.total)).count();
        one.ranked.then(|| Rank { rank: number(rank), best_place: Count::of(above + 1), worst_place: Count::of(ranked.len().saturating_sub(below)) })
    };
    standing.iter().zip(ranks(&settled(&totals), ties)).map(rank).collect()
}

/// The ranked communities, the highest total first; equal ones by their identifiers.
fn by_total(standing: &[Standing]) -> Vec<&Standing> {
    let totals: Vec<f64> = standing.iter().map(Standing::ranked_total).collect();
    let mut ranked: Vec<(f64, &Standing)> = settled(&totals).into_iter().zip(standing).filter(|(_, one)| one.ranked).collect();
    ranked.sort_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| one.id.cmp(&other.id)));
    ranked.into_iter().map(|(_, one)| one).collect()
}

/// Every two ranked communities once, from the top down.
pub(crate) fn pairs(standing: &[Standing]) -> Vec<Pair> {
    let ranked = by_total(standing);
    let mut pairs = Vec::new();
    for (at, better) in ranked.iter().enumerate() {
        for worse in ranked.iter().skip(at + 1) {
            let (high, low) = (better.ranked_total(), worse.ranked_total());
            let certainty = match () {
                () if surely_above(&better.total, &worse.total) => Certainty::Surely,
                () if low >= at_least(high) => Certainty::Tied,
                () => Certainty::ByScore,
            };
            pairs.push(Pair {
                better: better.id.clone(),
                worse: worse.id.clone(),
                difference: distance(high, low),
                certainty,
                dominance: dominance(better, worse),
            });
        }
    }
    pairs
}

/// How far two totals lie apart.
fn distance(a: f64, b: f64) -> NonNegative {
    #[expect(clippy::expect_used, reason = "the absolute value of a finite number")]
    NonNegative::new((a - b).abs()).expect("not negative")
}

/// The tied groups: bounds that overlap, or are linked by others that do.
pub(crate) fn tiers(standing: &[Standing]) -> Vec<Tier> {
    let ranked = by_total(standing);
    let places: BTreeMap<&CommunityId, Rank> =
        standing.iter().zip(ranks_of(standing, Ties::Competition)).filter_map(|(one, rank)| Some((&one.id, rank?))).collect();
    let mut by_high = ranked.clone();
    by_high.sort_by(|a, b| b.total.high.get().total_cmp(&a.total.high.get()).then_with(|| a.id.cmp(&b.id)));
    let mut groups: Vec<Vec<&Standing>> = Vec::new();
    let mut low = f64::INFINITY;
    for one in by_high {
        match groups.last_mut() {
            Some(group) if low <= at_most(one.total.high.get()) => group.push(one),
            _ => groups.push(vec![one]),
        }
        low = low.min(one.total.low.get());
    }
    let tier = |group: &Vec<&Standing>| {
        let own = |of: fn(&Rank) -> Count| group.iter().filter_map(|one| places.get(&one.id)).map(move |rank| of(rank).get());
        Tier {
            communities: ranked.iter().filter(|one| group.iter().any(|member| member.id == one.id)).map(|one| one.id.clone()).collect(),
            low: number(group.iter().map(|one| one.total.low.get()).fold(f64::INFINITY, f64::min)),
            high: number(group.iter().map(|one| one.total.high.get()).fold(f64::NEG_INFINITY, f64::max)),
            best_place: whole(own(|rank| rank.best_place).fold(f64::INFINITY, f64::min)),
            worst_place: whole(own(|rank| rank.worst_place).fold(0.0, f64::max)),
        }
    };
    groups.iter().map(tier).collect()
}

fn whole(place: f64) -> Count {
    Count::new(place).unwrap_or_else(|| Count::of(0))
}

/// How surely one community is at least as good as another in every scenario and better in one. Where only one of two has a score, neither is.
fn dominance(a: &Standing, b: &Standing) -> Option<Certainty> {
    let (mut better, mut surely, mut surely_better) = (false, true, false);
    for id in a.scenarios.keys().chain(b.scenarios.keys().filter(|id| !a.scenarios.contains_key(*id))) {
        let (one, other) = (a.scenarios.get(id), b.scenarios.get(id));
        match (one.and_then(|one| one.score), other.and_then(|other| other.score)) {
            (None, None) => {}
            (Some(x), Some(y)) if x.get() >= at_least(y.get()) => better |= x.get() > at_most(y.get()),
            _ => return None,
        }
        if let (Some(one), Some(other)) = (one, other) {
            surely &= one.low.get() >= at_least(other.high.get());
            surely_better |= surely_above(one, other);
        }
    }
    match (better, surely && surely_better) {
        (false, _) => None,
        (true, false) => Some(Certainty::ByScore),
        (true, true) => Some(Certainty::Surely),
    }
}

/// The partial order over the scenarios (Brüggemann and Patil, Ranking and Prioritization for Multi-indicator Systems, 2011, chapter 2), as its covering relation.
pub(crate) fn partial(standing: &[Standing]) -> PartialOrder {
    let ranked = by_total(standing);
    let over: Vec<Vec<Option<Certainty>>> = ranked.iter().map(|a| ranked.iter().map(|b| dominance(a, b)).collect()).collect();
    let holds = |a: usize, b: usize| over.get(a).and_then(|row| row.get(b)).copied().flatten();
    let all = || 0..ranked.len();
    let mut covers = Vec::new();
    for (a, better) in ranked.iter().enumerate() {
        for (b, worse) in ranked.iter().enumerate() {
            let Some(certainty) = holds(a, b) else { continue };
            if !all().any(|between| holds(a, between).is_some() && holds(between, b).is_some()) {
                covers.push(Cover { better: better.id.clone(), worse: worse.id.clone(), certainty });
            }
        }
    }
    let front = ranked.iter().enumerate().filter(|(b, _)| !all().any(|a| holds(a, *b).is_some())).map(|(_, one)| one.id.clone());
    PartialOrder { front: front.collect(), covers: covers.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rounding_alone_parts_is_one_score() {
        let x = 60.0;
        let below = x - 1e-12;
        assert_eq!(settled(&[below, x, 10.0, f64::NAN, 59.9]).get(..3), Some(&[x, x, 10.0][..]));
        assert_eq!(ranks(&settled(&[below, x, 10.0]), Ties::Competition), [1.0, 1.0, 3.0]);
        // A chain of small steps is cut where it has become a difference.
        let chain: Vec<f64> = (0..4).map(|step| 50.0 - 3e-8 * f64::from(step)).collect();
        assert_eq!(ranks(&settled(&chain), Ties::Dense), [1.0, 1.0, 2.0, 2.0]);
    }
}
