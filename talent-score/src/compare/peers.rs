//! Communities of one kind, and communities that are alike.

use talent_model::collection::List;
use talent_model::comparison::{ComparedNode, GroupMean, Neighbour, PeerGroup};
use talent_model::id::{FactId, ItemId};
use talent_model::quantity::{Count, NonNegative, Number};
use talent_model::text::Text;
use talent_model::{Community, Standard};

use super::cohort::{Member, mean};
use super::order::{Standing, count};

/// How many neighbours are listed.
const NEAREST: usize = 3;

/// What kind of community it declares to be: by a fact, or by its type.
pub(super) fn declared(community: &Community, fact: Option<&FactId>) -> Option<ItemId> {
    match fact {
        Some(fact) => community.facts.get(fact.as_str()).and_then(|fact| fact.choice.clone()),
        None => community.community_type.clone(),
    }
}

/// The name that a standard gives to a kind of community: that of the choice of the fact, or of any fact with such a choice.
fn name(standard: &Standard, group: &ItemId) -> Option<Text> {
    let choices = standard.facts.values().flat_map(|fact| &fact.choices);
    choices.into_iter().find(|choice| choice.id == *group).map(|choice| choice.name.clone())
}

/// The groups by their names, those that do not say last; none when nobody says.
pub(super) fn groups(members: &[Member<'_>], scenarios: &[ComparedNode]) -> List<PeerGroup> {
    let mut kinds: Vec<Option<&ItemId>> = members.iter().map(|member| member.peers.as_ref()).collect();
    kinds.sort_by_key(|kind| (kind.is_none(), *kind));
    kinds.dedup();
    if kinds.iter().all(Option::is_none) {
        return List::default();
    }
    let group = |kind: Option<&ItemId>| {
        let own: Vec<&Member<'_>> = members.iter().filter(|member| member.peers.as_ref() == kind).collect();
        let ranked: Vec<&&Member<'_>> = own.iter().filter(|member| member.assessment.verdicts.scorable).collect();
        let totals: Vec<f64> = ranked.iter().filter_map(|member| member.assessment.total.score).map(Number::get).collect();
        let scenario = |scenario: &ComparedNode| {
            let scores: Vec<f64> =
                ranked.iter().filter_map(|member| member.scenario(&scenario.id)).filter_map(|node| node.score.score).map(Number::get).collect();
            GroupMean { id: scenario.id.clone(), count: Count::of(scores.len()), mean: mean(&scores) }
        };
        PeerGroup {
            group: kind.cloned(),
            name: kind.and_then(|kind| own.iter().find_map(|member| name(member.entry.evaluator.standard(), kind))),
            communities: own.iter().map(|member| member.id().clone()).collect(),
            ranked: Count::of(ranked.len()),
            total: mean(&totals),
            scenarios: scenarios.iter().map(scenario).collect(),
        }
    };
    kinds.into_iter().map(group).collect()
}

/// The ranked communities whose scenario scores are most like those of one.
pub(super) fn nearest(place: usize, standing: &[Standing]) -> List<Neighbour> {
    let Some(own) = standing.get(place) else { return List::default() };
    let distance = |other: &Standing| {
        let (mut sum, mut shared) = (0.0, 0);
        for (id, score) in &own.scenarios {
            if let (Some(x), Some(y)) = (score.score, other.scenarios.get(id).and_then(|score| score.score)) {
                sum += (x.get() - y.get()) * (x.get() - y.get());
                shared += 1;
            }
        }
        if shared > 0 { NonNegative::new(libm::sqrt(sum / count(shared))) } else { None }
    };
    let others = standing.iter().enumerate().filter(|(at, other)| *at != place && other.ranked);
    let mut all: Vec<Neighbour> =
        others.filter_map(|(_, other)| Some(Neighbour { community: other.id.clone(), distance: distance(other)? })).collect();
    all.sort_by(|a, b| a.distance.get().total_cmp(&b.distance.get()).then_with(|| a.community.cmp(&b.community)));
    all.truncate(NEAREST);
    if all.is_empty() { List::default() } else { all.into() }
}
