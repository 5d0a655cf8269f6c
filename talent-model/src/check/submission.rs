//! Submissions against the standard that they answer.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use foldhash::fast::RandomState;

use super::observation::{self, Asked};
use super::{community as community_check, numbered, place, repeated};
use crate::community::{Fact, Zone};
use crate::diagnostic::{Code, Diagnostic, Findings, Pointer};
use crate::document::Document;
use crate::id::{Digest, FactId};
use crate::standard::{FLOOR_AREA_FACTS, FactKind, Indicator};
use crate::{Community, Standard, Submission};

/// A standard made ready to check many submissions.
///
/// ```
/// use talent_model::{Document, Submission, check::Checker, reference};
/// let checker = Checker::new(reference::standard());
/// # let text = include_str!("../../../docs/examples/new-shougang.submission.json");
/// let submission = Submission::from_json(text.as_bytes())?;
/// assert!(talent_model::check::conforms(&checker.check(&submission)));
/// # Ok::<(), talent_model::document::ReadError>(())
/// ```
#[derive(Debug)]
pub struct Checker<'s> {
    pub(super) standard: &'s Standard,
    digest: OnceLock<Option<Digest>>,
    indicators: Vec<&'s Indicator>,
    /// How many of them, from the first, belong to the base.
    base: usize,
    /// Where an indicator stands in `indicators`.
    numbers: HashMap<&'s str, usize, RandomState>,
    /// The facts that indicators divide by or weigh zones with.
    pub(super) amounts: BTreeSet<&'s str>,
}

/// Which pairs of indicator and zone are answered, by their numbers; no zone is the whole community.
struct Answered {
    /// How many places there are: the zones and the whole community.
    places: usize,
    answered: Vec<bool>,
}

impl Answered {
    fn new(indicators: usize, zones: usize) -> Self {
        Self { places: zones + 1, answered: vec![false; indicators * (zones + 1)] }
    }

    fn at(&self, indicator: usize, zone: Option<usize>) -> usize {
        indicator * self.places + zone.map_or(0, |zone| zone + 1)
    }

    /// Whether it is the first answer to that.
    fn insert(&mut self, indicator: usize, zone: Option<usize>) -> bool {
        let at = self.at(indicator, zone);
        self.answered.get_mut(at).is_some_and(|answered| !std::mem::replace(answered, true))
    }

    fn contains(&self, indicator: usize, zone: Option<usize>) -> bool {
        self.answered.get(self.at(indicator, zone)).copied().unwrap_or_default()
    }
}

/// Everything that is wrong with a submission that carries its community.
#[must_use]
pub fn submission(standard: &Standard, submission: &Submission) -> Vec<Diagnostic> {
    Checker::new(standard).check(submission)
}

/// Everything that is wrong with a submission whose community is a document of its own.
#[must_use]
pub fn submission_with(standard: &Standard, submission: &Submission, community: &Community) -> Vec<Diagnostic> {
    Checker::new(standard).check_with(submission, community)
}

impl<'s> Checker<'s> {
    /// Makes a standard ready.
    #[must_use]
    pub fn new(standard: &'s Standard) -> Self {
        let mut indicators = standard.answerable();
        // Those of the base come first; only they have to be answered.
        let base = standard.indicators().len();
        if let Some(base) = indicators.get_mut(..base) {
            base.sort_by_key(|indicator| indicator.id.as_str());
        }
        let numbers = indicators.iter().enumerate().map(|(number, indicator)| (indicator.id.as_str(), number)).collect();
        let amounts = indicators.iter().flat_map(|indicator| indicator.amounts()).map(FactId::as_str).collect();
        Self { standard, digest: OnceLock::new(), indicators, base, numbers, amounts }
    }

    /// Makes a standard ready whose digest is known already.
    #[must_use]
    pub fn with_digest(standard: &'s Standard, digest: &Digest) -> Self {
        Self { digest: OnceLock::from(Some(digest.clone())), ..Self::new(standard) }
    }

    /// Everything that is wrong with a submission that carries its community.
    #[must_use]
    pub fn check(&self, submission: &Submission) -> Vec<Diagnostic> {
        let mut found = Findings::default();
        match (&submission.community, &submission.community_ref) {
            (Some(community), None) => {
                self.check_all(submission, community, Some(&Pointer::root().with("community")), &mut found);
            }
            (None, Some(reference)) => {
                self.pin(submission, &mut found);
                let at = Pointer::root().with("community_ref");
                found.push(Diagnostic::new(Code::CommunityNotAtHand, at).with("found", reference.digest.as_str()));
            }
            _ => {
                self.pin(submission, &mut found);
                found.push(Diagnostic::new(Code::CommunityMissing, Pointer::root()));
            }
        }
        found.into_vec()
    }

    /// Everything that is wrong with a submission whose community is a document of its own.
    #[must_use]
    pub fn check_with(&self, submission: &Submission, community: &Community) -> Vec<Diagnostic> {
        let mut found = Findings::default();
        if let Some(reference) = &submission.community_ref {
            let at = Pointer::root().with("community_ref");
            if reference.id != community.id || community.digest().is_ok_and(|digest| digest != reference.digest) {
                found.push(Diagnostic::new(Code::CommunityNotAtHand, at).with("found", reference.digest.as_str()));
            }
        }
        self.check_all(submission, community, None, &mut found);
        found.into_vec()
    }

    /// An indicator and its number.
    pub(super) fn indicator(&self, id: &str) -> Option<(usize, &'s Indicator)> {
        let number = *self.numbers.get(id)?;
        Some((number, *self.indicators.get(number)?))
    }

    /// Whether a submission answers this standard, as far as its pin tells.
    pub(super) fn answers_this(&self, submission: &Submission) -> bool {
        self.pin(submission, &mut Findings::default())
    }

    /// `at` is where the community stands in the submission, if it does.
    fn check_all(&self, submission: &Submission, community: &Community, at: Option<&Pointer>, found: &mut Findings) {
        let root = Pointer::root();
        if !self.pin(submission, found) {
            // Answers to another standard cannot be judged by this one; every further finding would follow from that.
            return;
        }
        community_check::reversed(Some(submission.period.from), Some(submission.period.to), || root.with("period").with("to"), found);
        let stages = self.community(community, at, found);
        let evidence = self.evidence(submission, found);
        let zones = numbered(community.zones.iter().map(|zone| zone.id.as_str()));
        let observations = root.with("observations");
        let mut answered = Answered::new(self.indicators.len(), community.zones.len());
        for (i, observation) in submission.observations.iter().enumerate() {
            if found.is_full() {
                return;
            }
            let here = || observations.at(i);
            let id = observation.indicator.as_str();
            let Some((number, indicator)) = self.indicator(id) else {
                let near = found.closest(id, self.indicators.iter().map(|indicator| indicator.id.as_str()));
                found.push(Diagnostic::new(Code::UnknownIndicator, here().with("indicator")).with("found", id).suggest(near));
                continue;
            };
            let zone = match &observation.zone {
                None => None,
                Some(zone) => match zones.get(zone.as_str()) {
                    Some(number) => Some(*number),
                    None => {
                        community_check::unknown_zone(community, zone.as_str(), &here().with("zone"), found);
                        continue;
                    }
                },
            };
            let in_zone = zone.and_then(|zone| community.zones.get(zone));
            if !answered.insert(number, zone) {
                let place = place(in_zone);
                found.push(Diagnostic::new(Code::RepeatedObservation, here()).with("indicator", id).place(&place));
            }
            let stage = zone.and_then(|zone| stages.get(zone).copied().flatten());
            let asked = Asked { standard: self.standard, community: Some(community), evidence: &evidence, indicator, zone: in_zone, stage };
            observation::check(observation, &asked, &here, found);
        }
        self.unanswered(community, &answered, &stages, found);
    }

    /// Whether the submission answers the standard at hand.
    fn pin(&self, submission: &Submission, found: &mut Findings) -> bool {
        let (pin, standard) = (&submission.standard, self.standard);
        let at = Pointer::root().with("standard");
        if pin.id != standard.id {
            let diagnostic = Diagnostic::new(Code::StandardNotAtHand, at.with("id"));
            found.push(diagnostic.with("found", pin.id.as_str()).with("expected", standard.id.as_str()));
            return false;
        }
        if pin.version != standard.version {
            let diagnostic = Diagnostic::new(Code::VersionDiffers, at.with("version"));
            found.push(diagnostic.with("found", pin.version.as_str()).with("expected", standard.version.as_str()));
            return false;
        }
        let Some(digest) = self.digest.get_or_init(|| standard.digest().ok()) else { return true };
        match &pin.digest {
            None => found.push(Diagnostic::new(Code::NotPinned, at).with("expected", digest.as_str())),
            Some(pinned) if pinned != digest => {
                let diagnostic = Diagnostic::new(Code::DigestDiffers, at.with("digest"));
                found.push(diagnostic.with("found", pinned.as_str()).with("expected", digest.as_str()));
                return false;
            }
            Some(_) => {}
        }
        true
    }

    /// Checks the community against the standard, and tells the stage of every zone.
    fn community(&self, community: &Community, at: Option<&Pointer>, found: &mut Findings) -> Vec<Option<&'s str>> {
        let root = Pointer::root();
        let mut own = Findings::default();
        let base = at.unwrap_or(&root);
        community_check::check(community, base, &mut own);
        self.facts(community.facts.iter(), &base.with("facts"), &mut own);
        if self.standard.stages.len() > 1 && community.zones.is_empty() {
            own.push(Diagnostic::new(Code::ZonesMissing, base.clone()));
        }
        let mut stages = Vec::with_capacity(community.zones.len());
        for (i, zone) in community.zones.iter().enumerate() {
            let here = base.with("zones").at(i);
            self.facts(zone.facts.iter(), &here.with("facts"), &mut own);
            stages.push(self.stage(zone, &here, &mut own));
        }
        if at.is_none() {
            // The places are those of another document, which is checked by itself.
            own.iter_mut().for_each(|d| d.pointer = root.with("community_ref"));
        }
        found.append(own);
        stages
    }

    fn stage(&self, zone: &Zone, here: &Pointer, found: &mut Findings) -> Option<&'s str> {
        if let Some(stated) = &zone.stage
            && !self.standard.stages.is_empty()
            && !self.standard.stages.iter().any(|s| s.id == *stated)
        {
            let near = found.closest(stated.as_str(), self.standard.stages.iter().map(|s| s.id.as_str()));
            found.push(Diagnostic::new(Code::NoSuchStage, here.with("stage")).with("found", stated.as_str()).suggest(near));
            return None;
        }
        let stage = self.standard.stage_of(zone);
        match (stage, &zone.stage) {
            (None, _) => found.push(Diagnostic::new(Code::StageUnknown, here.clone()).with("zone", zone.id.as_str())),
            (Some(stage), Some(stated)) if stage != stated.as_str() && !self.standard.stages.is_empty() => {
                let diagnostic = Diagnostic::new(Code::StageContradicts, here.with("stage")).with("zone", zone.id.as_str());
                found.push(diagnostic.with("found", stated.as_str()).with("expected", stage));
            }
            _ => {}
        }
        stage
    }

    fn facts<'f>(&self, facts: impl Iterator<Item = (&'f FactId, &'f Fact)>, at: &Pointer, found: &mut Findings) {
        for (id, fact) in facts {
            let Some(definition) = self.standard.facts.get(id) else {
                // A community may know more than a standard asks; only a near miss is worth a word.
                if let Some(near) = found.closest(id.as_str(), self.standard.facts.keys().map(FactId::as_str)) {
                    let diagnostic = Diagnostic::new(Code::UnknownFact, at.with(id.as_str()));
                    found.push(diagnostic.with("found", id.as_str()).suggest(Some(near)));
                }
                continue;
            };
            let (fits, member) = match definition.kind {
                FactKind::Number => (fact.value.is_some(), "value"),
                FactKind::YesNo => (fact.answer.is_some(), "answer"),
                FactKind::Choice => (fact.choice.is_some(), "choice"),
            };
            if !fits {
                let diagnostic = Diagnostic::new(Code::WrongFact, at.with(id.as_str()));
                found.push(diagnostic.with("fact", id.as_str()).with("expected", member));
            }
            if let (FactKind::Choice, Some(choice)) = (definition.kind, &fact.choice)
                && !definition.choices.iter().any(|known| known.id == *choice)
            {
                let known = || definition.choices.iter().map(|known| known.id.as_str());
                let diagnostic = Diagnostic::new(Code::UnknownChoice, at.with(id.as_str()).with("choice")).with("fact", id.as_str());
                let listed = known().collect::<Vec<_>>().join(", ");
                found.push(diagnostic.with("found", choice.as_str()).with("known", listed).suggest(found.closest(choice.as_str(), known())));
            }
            if let (Some(expected), Some(unit)) = (&definition.unit, &fact.unit)
                && expected != unit
            {
                let diagnostic = Diagnostic::new(Code::WrongUnit, at.with(id.as_str()).with("unit")).with("indicator", id.as_str());
                found.push(diagnostic.with("found", unit.as_str()).with("expected", expected.as_str()));
            }
        }
    }

    /// Checks the list of evidence, and tells which pieces there are.
    fn evidence<'e>(&self, submission: &'e Submission, found: &mut Findings) -> HashMap<&'e str, usize> {
        let at = Pointer::root().with("evidence");
        repeated(submission.evidence.iter().enumerate().map(|(i, e)| (e.id.as_str(), at.at(i))), Code::RepeatedIdentifier, found);
        for (i, evidence) in submission.evidence.iter().enumerate() {
            community_check::reversed(evidence.issued, evidence.valid_until, || at.at(i).with("valid_until"), found);
        }
        numbered(submission.evidence.iter().map(|evidence| evidence.id.as_str()))
    }

    /// Notes what nobody answered: an answer for the whole community serves every zone.
    fn unanswered(&self, community: &Community, answered: &Answered, stages: &[Option<&str>], found: &mut Findings) {
        let at = Pointer::root().with("observations");
        for (number, indicator) in self.indicators.iter().enumerate().take(self.base) {
            if answered.contains(number, None) {
                continue;
            }
            if found.is_full_of_others() || found.is_full() {
                return;
            }
            let asked = |zone: &usize| stages.get(*zone).copied().flatten().is_none_or(|stage| indicator.criterion(stage).is_some());
            let open: Vec<usize> = (0..community.zones.len()).filter(|zone| !answered.contains(number, Some(*zone))).filter(asked).collect();
            if open.len() == community.zones.len() {
                found.push(not_answered(indicator, &place(None), &at));
            } else {
                found.extend(open.iter().map(|zone| not_answered(indicator, &place(community.zones.get(*zone)), &at)));
            }
        }
    }
}

fn not_answered(indicator: &Indicator, place: &super::Place, at: &Pointer) -> Diagnostic {
    Diagnostic::new(Code::NotAnswered, at.clone()).with("indicator", indicator.id.as_str()).place(place)
}

impl Standard {
    /// The stage in which a zone is: by its floor areas where the standard draws a line, else as the zone states.
    #[must_use]
    pub fn stage_of(&self, zone: &Zone) -> Option<&str> {
        if self.stages.is_empty() {
            return Some("all");
        }
        let share = zone.completed_share();
        let reached = self
            .stages
            .iter()
            .filter_map(|stage| stage.completed_share.map(|least| (least.get(), stage.id.as_str())))
            .filter(|(least, _)| share.is_some_and(|share| share >= *least))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, stage)) = reached {
            return Some(stage);
        }
        if let ([only], None) = (&self.stages[..], &zone.stage) {
            return Some(only.id.as_str());
        }
        self.stages.iter().find(|stage| zone.stage.as_ref() == Some(&stage.id)).map(|stage| stage.id.as_str())
    }
}

impl Zone {
    /// The completed share of the planned floor area, from 0 to 1. Absent: the floor areas do not tell.
    #[must_use]
    pub fn completed_share(&self) -> Option<f64> {
        let planned = self.planned_floor_area?.get();
        let completed = self.completed_floor_area?.get();
        (planned > 0.0).then(|| (completed / planned).min(1.0))
    }

    /// A number that is known about the zone, by the name of its fact.
    #[must_use]
    pub fn number(&self, fact: &str) -> Option<f64> {
        let [planned, completed] = FLOOR_AREA_FACTS;
        if fact == planned {
            return self.planned_floor_area.map(crate::quantity::NonNegative::get);
        }
        if fact == completed {
            return self.completed_floor_area.map(crate::quantity::NonNegative::get);
        }
        self.facts.get(fact)?.value.map(crate::quantity::Number::get)
    }
}

impl Community {
    /// A number that is known about the whole community: its own fact, else the sum over its zones if every zone gives it.
    #[must_use]
    pub fn number(&self, fact: &str) -> Option<f64> {
        let own = self.facts.get(fact).and_then(|f| f.value).map(crate::quantity::Number::get);
        own.or_else(|| if self.zones.is_empty() { None } else { self.zones.iter().map(|zone| zone.number(fact)).sum() })
    }
}
