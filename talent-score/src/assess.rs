//! One submission, with the way from every raw value to the total.

use talent_model::assessment::{
    Applicable, Assessment, Card, CommunityStamp, Engine, IndicatorResult, ModuleResult, NodeResult, Provenance, ResolvedPlan, Segment, StageTrace,
    StandardStamp, SubmissionStamp, Use, Verdicts, ZonePlan,
};
use talent_model::check::{self, Checker};
use talent_model::collection::List;
use talent_model::diagnostic::{Code, Diagnostic, Pointer};
use talent_model::document::{AssessmentKind, Document, MODEL, ModelVersion};
use talent_model::id::{Line, StageId, Version};
use talent_model::quantity::{Count, Number};
use talent_model::standard::Module;
use talent_model::{Community, Submission};

use crate::AssessError;
use crate::condition;
use crate::evaluator::Evaluator;
use crate::grade::{Standing, measure_unit};
use crate::judge::{Case, Judged, applying};
use crate::measure::Part;
use crate::number;
use crate::sheet::{Sheet, share};
use crate::tree::Slopes;

/// A submission, judged and rolled up.
pub(crate) struct Rolled<'c> {
    pub(crate) case: Case<'c>,
    /// The stages that the community has.
    pub(crate) stages: Vec<usize>,
    /// By leaf, then by stage.
    pub(crate) judged: Vec<Vec<Judged>>,
    pub(crate) sheet: Sheet,
}

/// A submission, scored, with what an assessment tells about the way.
struct Scored<'c> {
    rolled: Rolled<'c>,
    /// The effective weight of every slot.
    shares: Vec<f64>,
    contributions: Vec<f64>,
}

impl Evaluator {
    /// Scores one submission that carries its community.
    ///
    /// # Errors
    /// [`AssessError`] when the submission does not conform to the standard.
    pub fn assess(&self, submission: &Submission) -> Result<Assessment, AssessError> {
        let findings = Checker::with_digest(&self.standard, &self.digest).check(submission);
        match &submission.community {
            Some(community) => self.assess_checked(submission, community, findings),
            None => Err(AssessError { diagnostics: findings }),
        }
    }

    /// Scores one submission whose community is a document of its own.
    ///
    /// # Errors
    /// [`AssessError`] when the submission does not conform to the standard, or refers to another community.
    pub fn assess_with(&self, submission: &Submission, community: &Community) -> Result<Assessment, AssessError> {
        let findings = Checker::with_digest(&self.standard, &self.digest).check_with(submission, community);
        self.assess_checked(submission, community, findings)
    }

    /// Everything found in a submission that carries its community: by the checks and, where they let it through, in scoring. These are
    /// the findings of [`assess`](Self::assess), without the work of writing the assessment down.
    #[must_use]
    pub fn check(&self, submission: &Submission) -> Vec<Diagnostic> {
        let findings = Checker::with_digest(&self.standard, &self.digest).check(submission);
        match &submission.community {
            Some(community) => self.check_scored(submission, community, findings),
            None => findings,
        }
    }

    /// Everything found in a submission whose community is a document of its own.
    #[must_use]
    pub fn check_with(&self, submission: &Submission, community: &Community) -> Vec<Diagnostic> {
        let findings = Checker::with_digest(&self.standard, &self.digest).check_with(submission, community);
        self.check_scored(submission, community, findings)
    }

    fn check_scored(&self, submission: &Submission, community: &Community, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        self.verdict(submission, Some(community), found).diagnostics
    }

    /// What is found in scoring the modules.
    pub(crate) fn check_modules(&self, submission: &Submission, community: &Community, found: &mut Vec<Diagnostic>) {
        for (module, evaluator) in self.standard.modules.iter().zip(&self.modules) {
            if applies(module, community, found) == Applicable::Yes {
                let mut own = Vec::new();
                // A module may be left out as a whole, which is no finding.
                if evaluator.roll(submission, community, &mut own).case.is_answered() {
                    found.append(&mut own);
                }
            }
        }
    }

    /// The modules, each scored as a standard of its own.
    fn modules(&self, submission: &Submission, community: &Community, found: &mut Vec<Diagnostic>) -> List<ModuleResult> {
        let result = |(module, evaluator): (&Module, &Self)| {
            let applies = applies(module, community, found);
            let mut result = ModuleResult {
                id: module.id.clone(),
                code: module.code.clone(),
                name: module.name.clone(),
                applies,
                reason: (applies == Applicable::No).then(|| module.applies.reason.clone()),
                score: None,
                nodes: List::default(),
                indicators: List::default(),
            };
            if applies == Applicable::Yes {
                let mut own = Vec::new();
                let scored = evaluator.score(submission, community, &mut own);
                if scored.rolled.case.is_answered() {
                    found.append(&mut own);
                }
                let sheet = &scored.rolled.sheet;
                result.score = Some(sheet.score(evaluator.tree.root()));
                result.nodes = evaluator.nodes(sheet, &scored.contributions);
                result.indicators = evaluator.indicators(&scored);
            }
            result
        };
        self.standard.modules.iter().zip(&self.modules).map(result).collect()
    }

    /// The one way from a submission to its scores; notes what is found on it.
    pub(crate) fn roll<'c>(&'c self, submission: &'c Submission, community: &'c Community, found: &mut Vec<Diagnostic>) -> Rolled<'c> {
        let case = Case::new(self, submission, community);
        let stages = case.stages();
        let zones: Vec<Vec<usize>> = stages.iter().map(|stage| case.zones_of(*stage)).collect();
        let in_all_stages = |leaf| {
            let mut judged = Vec::with_capacity(stages.len());
            judged.extend(stages.iter().zip(&zones).filter_map(|(stage, zones)| self.judge(leaf, *stage, zones, &case, found)));
            judged
        };
        let judged: Vec<Vec<Judged>> = (0..self.leaves.len()).map(in_all_stages).collect();
        let sheet = self.sheet(&judged);
        if self.tree.can_tie() {
            self.note_ties(&self.slopes(&sheet).ties, found);
        }
        self.note_gaps(&sheet, found);
        Rolled { case, stages, judged, sheet }
    }

    /// Scores a submission as an assessment tells it.
    fn score<'c>(&'c self, submission: &'c Submission, community: &'c Community, found: &mut Vec<Diagnostic>) -> Scored<'c> {
        let rolled = self.roll(submission, community, found);
        let Slopes { slopes, shares, .. } = self.slopes(&rolled.sheet);
        let contributions = self.contributions(&rolled.sheet, &slopes);
        Scored { rolled, shares, contributions }
    }

    fn slopes(&self, sheet: &Sheet) -> Slopes {
        self.tree.slopes(&sheet.weights, &sheet.full, &sheet.without_bonuses(self.tree.root()))
    }

    /// The total of a submission that has been checked.
    pub(crate) fn total(&self, submission: &Submission, community: &Community) -> Option<f64> {
        self.roll(submission, community, &mut Vec::new()).sheet.value(self.tree.root())
    }

    fn assess_checked(&self, submission: &Submission, community: &Community, mut found: Vec<Diagnostic>) -> Result<Assessment, AssessError> {
        if !check::conforms(&found) {
            return Err(AssessError { diagnostics: found });
        }
        let scored = self.score(submission, community, &mut found);
        let Scored { rolled: Rolled { case, stages, judged, sheet }, shares, contributions } = &scored;
        let grade = self.grade(&Standing { sheet, judged, stages });
        let assessment = Assessment {
            kind: AssessmentKind::Assessment,
            model: model(),
            schema: None,
            provenance: self.provenance(submission, community).ok_or_else(|| AssessError { diagnostics: Vec::new() })?,
            notices: [&self.standard.notice, &community.notice, &submission.notice].into_iter().flatten().cloned().collect(),
            plan: self.plan(case),
            verdicts: Verdicts { readable: true, conforms: true, scorable: self.is_scorable(sheet), meets: grade.awarded.clone() },
            total: sheet.score(self.tree.root()),
            grade,
            nodes: self.nodes(sheet, contributions),
            indicators: self.indicators(&scored),
            lenses: self.lenses(sheet, shares, contributions).into(),
            stages: stages.iter().filter_map(|stage| self.card(*stage, None, &case.zones_of(*stage), case)).collect(),
            zones: (0..case.zones.len()).filter_map(|zone| self.card(case.zones.get(zone)?.stage, Some(zone), &[zone], case)).collect(),
            modules: self.modules(submission, community, &mut found),
            diagnostics: found.into(),
        };
        Ok(assessment)
    }

    fn indicators(&self, scored: &Scored<'_>) -> List<IndicatorResult> {
        let result = |leaf| self.indicator_result(leaf, scored);
        (0..self.leaves.len()).filter_map(result).collect()
    }

    /// How much of the total comes from each slot; not a number where that is not defined or there is no score.
    fn contributions(&self, sheet: &Sheet, slopes: &[f64]) -> Vec<f64> {
        let mut contributions: Vec<f64> = sheet.values.iter().zip(slopes).map(|(value, slope)| value * slope).collect();
        for (slot, bonus) in sheet.bonuses.iter().enumerate() {
            if let Some(contribution) = contributions.get_mut(slot)
                && bonus.points > 0.0
            {
                let own = if contribution.is_nan() { 0.0 } else { *contribution };
                *contribution = own + bonus.points * sheet.bonus_share;
            }
        }
        contributions
    }

    fn note_ties(&self, ties: &[usize], found: &mut Vec<Diagnostic>) {
        for node in ties {
            let name = node.checked_sub(1).and_then(|at| self.categories.get(at)).map_or(self.standard.id.as_str(), |c| c.category.id.as_str());
            found.push(Diagnostic::new(Code::ContributionUndefined, Pointer::root()).with("node", name));
        }
    }

    /// Notes nodes without a score and too little coverage.
    fn note_gaps(&self, sheet: &Sheet, found: &mut Vec<Diagnostic>) {
        let root = self.tree.root();
        let eligibility = self.standard.method.eligibility.as_ref();
        for node in 0..=self.categories.len() {
            let info = node.checked_sub(1).and_then(|at| self.categories.get(at));
            let name = info.map_or(self.standard.id.as_str(), |info| info.category.id.as_str());
            let slot = root + node;
            if sheet.value(slot).is_none() {
                let refused = sheet.leaves.iter().any(|leaf| leaf.usage == Use::Refused);
                let nothing = sheet.low.get(slot).is_none_or(|low| low.is_nan());
                let why = match (nothing, refused) {
                    (true, _) => talent_model::Bilingual { en: "nothing in it applies", zh: "其下没有适用的指标" },
                    (_, true) => talent_model::Bilingual { en: "a value that it needs is not known", zh: "所需的值未知" },
                    _ => talent_model::Bilingual { en: "nothing in it is known", zh: "其下的值均未知" },
                };
                found.push(Diagnostic::new(Code::NotScored, Pointer::root()).with("node", name).bilingual("why", why));
            }
            let least = match info {
                None => eligibility.and_then(|e| e.coverage),
                Some(info) if info.depth == 1 => eligibility.and_then(|e| e.scenario_coverage),
                Some(_) => None,
            };
            if let Some(least) = least.map(talent_model::quantity::Share::get)
                && !crate::reaches(sheet.coverage_of(slot), least)
            {
                let diagnostic = Diagnostic::new(Code::NotEligible, Pointer::root()).with("node", name);
                found.push(diagnostic.number("found", sheet.coverage_of(slot)).number("expected", least));
            }
        }
    }

    pub(crate) fn provenance(&self, submission: &Submission, community: &Community) -> Option<Provenance> {
        Some(Provenance {
            standard: self.stamp(),
            submission: SubmissionStamp { id: submission.id.clone(), digest: submission.digest().ok()? },
            community: CommunityStamp { id: community.id.clone(), digest: community.digest().ok()?, name: community.name.clone() },
            period: submission.period.clone(),
            engine: engine(),
        })
    }

    /// The standard, exactly.
    pub(crate) fn stamp(&self) -> StandardStamp {
        let standard = &self.standard;
        StandardStamp { id: standard.id.clone(), version: standard.version.clone(), digest: self.digest.clone(), title: standard.title.clone() }
    }

    fn plan(&self, case: &Case<'_>) -> ResolvedPlan {
        let zones = case.zones.iter().filter_map(|place| {
            Some(ZonePlan {
                zone: place.zone.map(|zone| zone.id.clone()),
                stage: StageId::new(self.stages.get(place.stage)?).ok()?,
                completed_share: place.zone.and_then(talent_model::community::Zone::completed_share).and_then(Number::new),
            })
        });
        ResolvedPlan {
            missing: self.policies.missing,
            withheld: self.policies.withheld,
            not_assessed: self.policies.not_assessed,
            not_applicable: self.policies.not_applicable,
            aggregation: self.root_aggregation(),
            weight_set: self.weight_set.clone(),
            zones: zones.collect(),
        }
    }

    fn nodes(&self, sheet: &Sheet, contributions: &[f64]) -> List<NodeResult> {
        let root = self.tree.root();
        let result = |(i, info): (usize, &crate::evaluator::CategoryInfo)| {
            let slot = root + i + 1;
            let score = sheet.score(slot);
            NodeResult {
                id: info.category.id.clone(),
                parent: info.parent.checked_sub(1).and_then(|at| self.categories.get(at)).map(|above| above.category.id.clone()),
                code: info.category.code.clone(),
                name: info.category.name.clone(),
                depth: Count::of(info.depth),
                weight: number(info.weight),
                contribution: score.score.and(contributions.get(slot).copied().and_then(Number::new)),
                score,
            }
        };
        self.categories.iter().enumerate().map(result).collect()
    }

    fn indicator_result(&self, at: usize, scored: &Scored<'_>) -> Option<IndicatorResult> {
        let Scored { rolled: Rolled { case, judged, sheet, .. }, shares, contributions } = scored;
        let (leaf, state, judged) = (self.leaves.get(at)?, sheet.leaves.get(at)?, judged.get(at)?);
        let parent = leaf.parent.checked_sub(1).and_then(|above| self.categories.get(above))?;
        let scored = !state.coverage.is_nan();
        let contributes = !state.score.is_nan() && sheet.value(self.tree.root()).is_some() || state.usage == Use::Bonus;
        Some(IndicatorResult {
            id: leaf.indicator.id.clone(),
            parent: parent.category.id.clone(),
            code: leaf.indicator.code.clone(),
            name: leaf.indicator.name.clone(),
            usage: state.usage,
            score: Number::new(state.score),
            low: Number::new(state.low),
            high: Number::new(state.high),
            coverage: share(if scored { state.coverage } else { 0.0 }),
            weight: number(state.weight),
            effective_weight: number(if state.score.is_nan() { 0.0 } else { shares.get(at).copied().unwrap_or_default() }),
            contribution: contributions.get(at).copied().filter(|_| contributes).and_then(Number::new),
            potential: if scored { self.potential(at, sheet) } else { None },
            stages: judged.iter().zip(&state.shares).filter_map(|(j, share)| self.trace(at, j, *share, case)).collect(),
        })
    }

    /// How much the total would rise if one indicator scored 100.
    fn potential(&self, leaf: usize, sheet: &Sheet) -> Option<Number> {
        let root = self.tree.root();
        let now = sheet.value(root)?;
        let mut values = sheet.values.clone();
        *values.get_mut(leaf)? = 100.0;
        let full = self.tree.full(&sheet.weights, &values);
        self.tree.roll(&sheet.weights, &full, &mut values);
        let bonus: f64 = sheet.bonuses.iter().map(|bonus| bonus.points).sum();
        let cap = full.get(root).copied().unwrap_or(100.0);
        let then = (values.get(root).copied()? + bonus).min(cap);
        Number::new((then - now).max(0.0))
    }

    fn trace(&self, at: usize, j: &Judged, weight: f64, case: &Case<'_>) -> Option<StageTrace> {
        let leaf = self.leaves.get(at)?;
        let compiled = leaf.criteria.get(j.stage)?.as_ref()?;
        let applying = applying(j.parts.iter().map(|part| &part.answer));
        let input = |part: &Part| {
            let counts = part.answer.applies() && applying > 0.0;
            self.input(at, compiled, part, if counts { part.answer.weight / applying } else { 0.0 }, case)
        };
        let segment = j.measure.map(|measure| {
            let between = compiled.rule.between(measure);
            let score_of = |knot: Option<crate::rule::Knot>, other: Option<crate::rule::Knot>| knot.or(other).map_or(0.0, |knot| knot.score);
            Segment {
                from: between.below.and_then(|knot| Number::new(knot.at)),
                from_score: number(score_of(between.below, between.above)),
                to: between.above.and_then(|knot| Number::new(knot.at)),
                to_score: number(score_of(between.above, between.below)),
            }
        });
        Some(StageTrace {
            stage: StageId::new(self.stages.get(j.stage)?).ok()?,
            binding: compiled.criterion.binding,
            weight: number(weight),
            state: j.state,
            reason: j.reason.clone(),
            inputs: j.parts.iter().filter_map(input).collect(),
            measure: j.measure.and_then(Number::new),
            unit: measure_unit(&leaf.indicator, &compiled.quantity),
            score: j.score.and_then(Number::new),
            segment,
            gate: compiled.gate().cloned(),
            gate_state: j.gate,
            basis: compiled.criterion.basis.clone(),
        })
    }

    /// One stage, or one zone, scored as if the community consisted of it alone.
    fn card(&self, stage: usize, zone: Option<usize>, zones: &[usize], case: &Case<'_>) -> Option<Card> {
        let mut unheard = Vec::new();
        let judged: Vec<Vec<Judged>> =
            (0..self.leaves.len()).map(|leaf| self.judge(leaf, stage, zones, case, &mut unheard).into_iter().collect()).collect();
        let sheet = self.sheet(&judged);
        let root = self.tree.root();
        let id = StageId::new(self.stages.get(stage)?).ok()?;
        let place = zone.and_then(|zone| case.zones.get(zone)).and_then(|place| place.zone);
        let declared = self.standard.stages.iter().find(|declared| declared.id == id);
        let scenarios = self.categories.iter().enumerate().filter(|(_, info)| info.depth == 1);
        Some(Card {
            zone: place.map(|zone| zone.id.clone()),
            name: match (place, declared) {
                (Some(zone), _) => zone.name.clone(),
                (None, Some(stage)) => stage.name.clone(),
                (None, None) => case.community.name.clone(),
            },
            stage: id,
            total: sheet.score(root),
            scenarios: scenarios.map(|(i, info)| (info.category.id.clone(), sheet.score(root + i + 1))).collect(),
        })
    }
}

/// Whether a module applies; notes the fact that would tell.
fn applies(module: &Module, community: &Community, found: &mut Vec<Diagnostic>) -> Applicable {
    match condition::holds(&module.applies.when, community) {
        Ok(applies) => Applicable::from(applies),
        Err(fact) => {
            let at = Pointer::root().with("community").with("facts");
            let diagnostic = Diagnostic::new(Code::ModuleUndecided, at).with("module", module.id.as_str());
            found.push(diagnostic.with("fact", fact));
            Applicable::Unknown
        }
    }
}

/// The version of the data model in which documents are written.
#[expect(clippy::expect_used, reason = "the constant is a version, and a test says so")]
pub(crate) fn model() -> ModelVersion {
    ModelVersion::new(MODEL).expect("the model's own version")
}

/// This engine.
#[expect(clippy::expect_used, reason = "constants that the package's own manifest holds to their form")]
pub(crate) fn engine() -> Engine {
    Engine { name: Line::new("talent").expect("one line"), version: Version::new(env!("CARGO_PKG_VERSION")).expect("a version") }
}
