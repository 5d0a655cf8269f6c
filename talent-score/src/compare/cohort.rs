//! The communities of a comparison, scored and let through the fences.

use std::collections::BTreeMap;

use talent_model::assessment::{Assessment, NodeResult, Score};
use talent_model::collection::List;
use talent_model::comparison::{
    ComparedCommunity, ComparedNode, ComparedPlan, Comparison, ComparisonMethod, IndicatorScore, Rank, ScenarioScore, StageZones, Unranked,
};
use talent_model::diagnostic::{Code, Pointer, Severity};
use talent_model::document::ComparisonKind;
use talent_model::id::{CommunityId, ItemId, NodeId};
use talent_model::quantity::{Count, Number, Share};
use talent_model::standard::FactKind;
use talent_model::text::Text;
use talent_model::{Community, Diagnostic, Lang, check};

use super::order::{self, Standing};
use super::{CompareError, CompareOptions, Entry, fence, peers, without};
use crate::evaluator::Evaluator;
use crate::{number, ranks};

/// One community, scored.
#[derive(Clone, Debug)]
pub(crate) struct Member<'e> {
    pub(crate) entry: Entry<'e>,
    pub(crate) community: &'e Community,
    pub(crate) assessment: Assessment,
    /// The kind of community that it declares to be.
    pub(crate) peers: Option<ItemId>,
}

/// Communities that may be compared: every submission conforms, and like stands beside like.
///
/// It holds them by their identifiers, so that the order in which they were handed in is forgotten.
#[derive(Clone, Debug)]
pub struct Cohort<'e> {
    pub(crate) members: Vec<Member<'e>>,
    options: CompareOptions,
    found: Vec<Diagnostic>,
}

impl<'e> Cohort<'e> {
    /// Scores the submissions and tries the fences.
    ///
    /// # Errors
    /// [`CompareError`] with everything that is wrong with each of them, and with all of them together.
    pub fn new(entries: &[Entry<'e>], options: &CompareOptions) -> Result<Self, CompareError> {
        let mut error = CompareError::default();
        let mut members = Vec::new();
        for (place, entry) in entries.iter().enumerate() {
            let assessed = match entry.community {
                Some(community) => entry.evaluator.assess_with(entry.submission, community),
                None => entry.evaluator.assess(entry.submission),
            };
            match (assessed, entry.community.or(entry.submission.community.as_ref())) {
                (Ok(assessment), Some(community)) => {
                    members.push(Member { entry: *entry, community, assessment, peers: peers::declared(community, options.peers.as_ref()) });
                }
                (Ok(_), None) => {}
                (Err(why), _) => error.faulty.push((place, why.diagnostics)),
            }
        }
        members.sort_by(|a, b| a.id().cmp(b.id()).then_with(|| a.entry.submission.id.cmp(&b.entry.submission.id)));
        let mut found = fence::try_all(entries, &members, options);
        check_peers(entries, options, &mut found);
        if entries.len() < 2 {
            found.push(Diagnostic::new(Code::TooFewToCompare, Pointer::root()).number("found", order::count(entries.len())));
        }
        if !error.faulty.is_empty() || !check::conforms(&found) {
            found.retain(|d| d.severity == Severity::Error);
            error.diagnostics = found;
            return Err(error);
        }
        Ok(Self { members, options: options.clone(), found })
    }

    /// Compares them.
    #[must_use]
    pub fn compare(&self) -> Comparison {
        let mut found = self.found.clone();
        let standing: Vec<Standing> = self.members.iter().map(Member::standing).collect();
        let ranked = order::ranks_of(&standing, self.options.ties);
        found.extend(self.members.iter().filter_map(Member::why_unranked));
        let count = ranked.iter().flatten().count();
        if count < 2 {
            let few = Diagnostic::new(Code::FewRanked, Pointer::root()).number("found", order::count(count));
            found.push(few.number("count", order::count(self.members.len())));
        }
        let pairs = order::pairs(&standing);
        if count >= 2 && pairs.iter().all(|pair| pair.certainty != talent_model::comparison::Certainty::Surely) {
            found.push(Diagnostic::new(Code::NothingSure, Pointer::root()).number("count", order::count(count)));
        }
        let scenarios = self.scenarios();
        Comparison {
            kind: ComparisonKind::Comparison,
            model: crate::assess::model(),
            schema: None,
            engine: crate::assess::engine(),
            notices: self.notices(),
            method: ComparisonMethod {
                plans: self.evaluators().iter().map(|evaluator| self.plan(evaluator)).collect(),
                ties: self.options.ties,
                across: self.across(),
                peers: self.options.peers.clone(),
            },
            communities: self.communities(&scenarios, &standing, ranked),
            indicators: self.indicators(),
            pairs: pairs.into(),
            tiers: order::tiers(&standing).into(),
            order: order::partial(&standing),
            peers: peers::groups(&self.members, &scenarios),
            without: scenarios.iter().map(|scenario| without::one(&self.members, &standing, &scenario.id, self.options.ties)).collect(),
            scenarios: scenarios.into(),
            relative: None,
            confidence: None,
            diagnostics: found.into(),
        }
    }

    /// The identifiers of the communities, in order.
    pub fn communities_in_order(&self) -> impl Iterator<Item = &CommunityId> {
        self.members.iter().map(Member::id)
    }

    /// The fences to be crossed, each once and in the order of their list.
    fn across(&self) -> List<talent_model::comparison::Fence> {
        let mut across = self.options.across.clone();
        across.sort_unstable();
        across.dedup();
        if across.is_empty() { List::default() } else { across.into() }
    }

    /// What the communities are scored by, each once.
    fn evaluators(&self) -> Vec<&'e Evaluator> {
        let mut all: Vec<&Evaluator> = Vec::new();
        for member in &self.members {
            if !all.iter().any(|other| same(other, member.entry.evaluator)) {
                all.push(member.entry.evaluator);
            }
        }
        all
    }

    fn plan(&self, evaluator: &Evaluator) -> ComparedPlan {
        let eligibility = evaluator.standard.method.eligibility.as_ref();
        ComparedPlan {
            standard: evaluator.stamp(),
            missing: evaluator.policies.missing,
            withheld: evaluator.policies.withheld,
            not_assessed: evaluator.policies.not_assessed,
            not_applicable: evaluator.policies.not_applicable,
            aggregation: evaluator.root_aggregation(),
            weight_set: evaluator.weight_set.clone(),
            coverage: eligibility.and_then(|e| e.coverage),
            scenario_coverage: eligibility.and_then(|e| e.scenario_coverage),
        }
    }

    /// Every notice once.
    fn notices(&self) -> List<Text> {
        let mut notices: Vec<Text> = Vec::new();
        let standards = self.members.iter().filter_map(|member| member.entry.evaluator.standard.notice.as_ref());
        let own = self.members.iter().flat_map(|member| &member.assessment.notices);
        for notice in standards.chain(own) {
            if !notices.contains(notice) {
                notices.push(notice.clone());
            }
        }
        if notices.is_empty() { List::default() } else { notices.into() }
    }

    /// The scenarios of all standards, each once.
    fn scenarios(&self) -> Vec<ComparedNode> {
        let mut nodes: Vec<ComparedNode> = Vec::new();
        for node in self.members.iter().flat_map(|member| scenarios_of(&member.assessment)) {
            if !nodes.iter().any(|other| other.id == node.id) {
                nodes.push(ComparedNode {
                    id: node.id.clone(),
                    scenario: None,
                    code: node.code.clone(),
                    name: node.name.clone(),
                    weight: Some(node.weight),
                });
            }
        }
        nodes
    }

    /// The indicators of all standards, each once.
    fn indicators(&self) -> List<ComparedNode> {
        let mut nodes: Vec<ComparedNode> = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for member in &self.members {
            let above: BTreeMap<&NodeId, &NodeId> =
                member.assessment.nodes.iter().filter_map(|node| Some((&node.id, node.parent.as_ref()?))).collect();
            for indicator in &member.assessment.indicators {
                if !seen.insert(&indicator.id) {
                    continue;
                }
                let mut scenario = &indicator.parent;
                while let Some(next) = above.get(scenario) {
                    scenario = next;
                }
                nodes.push(ComparedNode {
                    id: indicator.id.clone(),
                    scenario: Some(scenario.clone()),
                    code: indicator.code.clone(),
                    name: indicator.name.clone(),
                    weight: None,
                });
            }
        }
        nodes.into()
    }

    fn communities(&self, scenarios: &[ComparedNode], standing: &[Standing], ranked: Vec<Option<Rank>>) -> List<ComparedCommunity> {
        let by_scenario: Vec<Vec<f64>> = (scenarios.iter())
            .map(|scenario| {
                let own = |(member, standing): (&Member<'_>, &Standing)| {
                    let score = if standing.ranked { member.scenario(&scenario.id).and_then(|node| node.score.score) } else { None };
                    score.map_or(f64::NAN, Number::get)
                };
                let scores: Vec<f64> = self.members.iter().zip(standing).map(own).collect();
                ranks(&order::settled(&scores), self.options.ties)
            })
            .collect();
        let evaluators = self.evaluators();
        let one = |(place, (member, rank)): (usize, (&Member<'_>, Option<Rank>))| {
            let assessment = &member.assessment;
            let scenario = |(scenario, ranks): (&ComparedNode, &Vec<f64>)| {
                let node = member.scenario(&scenario.id)?;
                Some(ScenarioScore {
                    id: node.id.clone(),
                    score: node.score.clone(),
                    rank: ranks.get(place).copied().and_then(Number::new),
                    contribution: node.contribution,
                })
            };
            ComparedCommunity {
                community: assessment.provenance.community.clone(),
                submission: assessment.provenance.submission.clone(),
                plan: Count::of(evaluators.iter().position(|other| same(other, member.entry.evaluator)).unwrap_or_default()),
                period: assessment.provenance.period.clone(),
                peers: member.peers.clone(),
                stages: member.stages(),
                total: assessment.total.clone(),
                grade: assessment.grade.awarded.clone(),
                grade_name: assessment.grade.name.clone(),
                unranked: if rank.is_some() { None } else { Some(member.unranked()) },
                rank,
                scenarios: scenarios.iter().zip(&by_scenario).filter_map(scenario).collect(),
                indicators: (assessment.indicators.iter())
                    .map(|i| IndicatorScore { id: i.id.clone(), score: i.score, contribution: i.contribution })
                    .collect(),
                nearest: peers::nearest(place, standing),
            }
        };
        self.members.iter().zip(ranked).enumerate().map(one).collect()
    }
}

/// Whether two evaluators score alike.
fn same(a: &Evaluator, b: &Evaluator) -> bool {
    a.digest == b.digest && a.weight_set == b.weight_set
}

/// The scenarios of an assessment.
fn scenarios_of(assessment: &Assessment) -> impl Iterator<Item = &NodeResult> {
    assessment.nodes.iter().filter(|node| node.parent.is_none())
}

/// The fact that tells peers must be a closed list in every standard.
fn check_peers(entries: &[Entry<'_>], options: &CompareOptions, found: &mut Vec<Diagnostic>) {
    let Some(fact) = &options.peers else { return };
    let known = |entry: &Entry<'_>| entry.evaluator.standard.facts.get(fact.as_str()).is_some_and(|fact| fact.kind == FactKind::Choice);
    if let Some(entry) = entries.iter().find(|entry| !known(entry)) {
        let facts = entry.evaluator.standard.facts.iter().filter(|(_, fact)| fact.kind == FactKind::Choice);
        let near = talent_model::diagnostic::nearest(fact.as_str(), facts.map(|(id, _)| id.as_str()));
        found.push(Diagnostic::new(Code::NoPeers, Pointer::root()).with("found", fact.as_str()).suggest(near));
    }
}

impl Member<'_> {
    pub(crate) fn id(&self) -> &CommunityId {
        &self.community.id
    }

    pub(crate) fn scenario(&self, id: &NodeId) -> Option<&NodeResult> {
        scenarios_of(&self.assessment).find(|node| node.id == *id)
    }

    /// The stages that the community has, in the order of the standard.
    pub(crate) fn stages(&self) -> List<StageZones> {
        let zones = &self.assessment.plan.zones;
        let of_stage = |stage: talent_model::id::StageId| {
            let count = zones.iter().filter(|zone| zone.stage == stage).count();
            (count > 0).then(|| StageZones { stage, zones: Count::of(count) })
        };
        self.entry.evaluator.standard.stage_ids().into_iter().filter_map(of_stage).collect()
    }

    pub(crate) fn standing(&self) -> Standing {
        let scenarios = scenarios_of(&self.assessment).map(|node| (node.id.clone(), node.score.clone())).collect();
        Standing { id: self.id().clone(), ranked: self.assessment.verdicts.scorable, total: self.assessment.total.clone(), scenarios }
    }

    fn unranked(&self) -> Unranked {
        if self.assessment.total.score.is_none() { Unranked::NoScore } else { Unranked::Coverage }
    }

    /// The finding about a community that is not ranked.
    fn why_unranked(&self) -> Option<Diagnostic> {
        if self.assessment.verdicts.scorable {
            return None;
        }
        let (en, zh) = match self.unranked() {
            Unranked::NoScore => ("it has no total".to_owned(), "没有总分".to_owned()),
            Unranked::Coverage => self.too_little(),
        };
        Some(Diagnostic::new(Code::NotRanked, Pointer::root()).with("found", self.id().as_str()).with("why", en).with("why_zh", zh))
    }

    /// Where less is known than the standard asks for.
    fn too_little(&self) -> (String, String) {
        let eligibility = self.entry.evaluator.standard.method.eligibility.as_ref();
        let short = |score: &Score, least: Option<Share>| {
            let least = least?.get();
            let found = score.coverage.get();
            (!crate::reaches(found, least)).then(|| (percent(libm::floor(found * 1000.0) / 10.0), percent(libm::round(least * 1e8) / 1e6)))
        };
        let mut parts = Vec::new();
        if let Some((found, least)) = short(&self.assessment.total, eligibility.and_then(|e| e.coverage)) {
            parts.push((format!("{found} of the total is known, {least} are needed"), format!("总体覆盖率 {found}，需要 {least}")));
        }
        for node in scenarios_of(&self.assessment) {
            if let Some((found, least)) = short(&node.score, eligibility.and_then(|e| e.scenario_coverage)) {
                let (en, zh) = (node.name.in_language(Lang::En), node.name.in_language(Lang::Zh));
                parts.push((format!("{found} of “{en}” is known, {least} are needed"), format!("“{zh}”的覆盖率 {found}，需要 {least}")));
            }
        }
        let (en, zh): (Vec<String>, Vec<String>) = parts.into_iter().unzip();
        (en.join("; "), zh.join("；"))
    }
}

fn percent(percentage: f64) -> String {
    format!("{} %", talent_model::canonical::number(percentage))
}

/// The sum of scores over their number; none of nothing.
pub(crate) fn mean(values: &[f64]) -> Option<Number> {
    (!values.is_empty()).then(|| number(values.iter().sum::<f64>() / order::count(values.len())))
}
