//! Waivers: findings that somebody who may do so has accepted, with a reason and until a day. A waived finding is marked, never removed.
//!
//! They stand in a document of their own, because who accepts a finding is not who hands in the submission, and an acceptance must not change the digest of
//! what it accepts.

use crate::Submission;
use crate::collection::{Any, List, Map};
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, Pointer, Severity, Waived};
use crate::document::{ModelVersion, WaiversKind};
use crate::id::{Line, NodeId, SubmissionId, ZoneId};
use crate::macros::record;
use crate::text::Text;

record! {
    /// Findings that have been accepted.
    pub struct Waivers {
        /// The kind of document.
        kind: WaiversKind,
        /// The version of the data model in which the document is written.
        model: ModelVersion,
        /// Where the document's schema is published. For editors; the engine does not read it.
        schema? = "$schema": Line,
        /// What has been accepted.
        waivers: List<Waiver>,
        /// Members of the author's own, which the engine keeps and does not read.
        extensions*: Map<Line, Any>,
    }
}

record! {
    /// One accepted finding, or all of one code at one place.
    pub struct Waiver {
        /// The code of the finding.
        code: Code,
        /// The submission in which it is found. Absent: every one.
        submission?: SubmissionId,
        /// The indicator that it concerns. Absent: any.
        indicator?: NodeId,
        /// The zone that it concerns. Absent: any.
        zone?: ZoneId,
        /// The exact place, as a JSON Pointer (RFC 6901), where neither indicator nor zone tells it. Absent: any.
        pointer?: Pointer,
        /// Why it is accepted.
        reason: Text,
        /// Who accepted it.
        approver: Line,
        /// The day on which it was accepted.
        approved_on?: Date,
        /// The last day on which the acceptance holds.
        until: Date,
    }
}

/// Where a finding about a submission stands.
struct Place<'p> {
    indicator: Option<&'p str>,
    zone: Option<&'p str>,
}

impl<'p> Place<'p> {
    fn of(diagnostic: &'p Diagnostic, submission: &'p Submission) -> Self {
        let mut steps = diagnostic.pointer.steps();
        let number = (steps.next().as_deref() == Some("observations")).then(|| steps.next()?.parse::<usize>().ok()).flatten();
        match number.and_then(|number| submission.observations.get(number)) {
            Some(observation) => Self { indicator: Some(observation.indicator.as_str()), zone: observation.zone.as_ref().map(ZoneId::as_str) },
            None => {
                Self { indicator: diagnostic.params.get("indicator").map(String::as_str), zone: diagnostic.params.get("zone").map(String::as_str) }
            }
        }
    }
}

impl Waiver {
    fn concerns(&self, submission: &Submission) -> bool {
        self.submission.as_ref().is_none_or(|id| *id == submission.id)
    }

    fn covers(&self, diagnostic: &Diagnostic, submission: &Submission) -> bool {
        if self.code != diagnostic.code || self.pointer.as_ref().is_some_and(|pointer| *pointer != diagnostic.pointer) {
            return false;
        }
        let place = Place::of(diagnostic, submission);
        self.indicator.as_ref().is_none_or(|id| place.indicator == Some(id.as_str()))
            && self.zone.as_ref().is_none_or(|id| place.zone == Some(id.as_str()))
    }
}

impl Waivers {
    /// Marks the findings about a submission that are accepted on a day, and tells the numbers of the waivers that accepted any. Errors are never waived,
    /// since with them there is no result, or none that means anything.
    pub fn mark(&self, found: &mut [Diagnostic], submission: &Submission, on: Date) -> Vec<usize> {
        let mut used = Vec::new();
        for (number, waiver) in self.waivers.iter().enumerate().filter(|(_, waiver)| waiver.until >= on && waiver.concerns(submission)) {
            let mut covers = false;
            for diagnostic in found.iter_mut().filter(|d| d.severity != Severity::Error) {
                if waiver.covers(diagnostic, submission) {
                    covers = true;
                    let waived = || Waived { reason: waiver.reason.clone(), approver: waiver.approver.clone(), until: waiver.until };
                    // The first waiver that covers a finding is the one that is told.
                    diagnostic.waived.get_or_insert_with(|| Box::new(waived()));
                }
            }
            if covers {
                used.push(number);
            }
        }
        used
    }

    /// What is wrong with the waivers themselves: those of errors, and those that no longer hold on a day.
    #[must_use]
    pub fn check(&self, on: Option<Date>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (number, waiver) in self.waivers.iter().enumerate() {
            if waiver.code.severity() == Severity::Error {
                found.push(waiver.finding(Code::WaiverRefused, number, "code"));
            } else if on.is_some_and(|on| waiver.until < on) {
                found.push(waiver.finding(Code::WaiverExpired, number, "until").with("found", waiver.until.to_string()));
            }
        }
        found
    }

    /// Notes the waivers that hold on a day and accepted nothing; `used` are those that did.
    #[must_use]
    pub fn idle(&self, used: &[usize], on: Date) -> Vec<Diagnostic> {
        let holds = |waiver: &Waiver| waiver.until >= on && waiver.code.severity() != Severity::Error;
        let idle = self.waivers.iter().enumerate().filter(|(number, waiver)| holds(waiver) && !used.contains(number));
        idle.map(|(number, waiver)| waiver.finding(Code::WaiverIdle, number, "")).collect()
    }
}

impl Waiver {
    fn finding(&self, code: Code, number: usize, member: &str) -> Diagnostic {
        let here = Pointer::root().with("waivers").at(number);
        let at = if member.is_empty() { here } else { here.with(member) };
        Diagnostic::new(code, at).with("code", self.code.as_str()).with("approver", self.approver.as_str())
    }
}
