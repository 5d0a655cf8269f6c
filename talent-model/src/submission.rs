//! Submissions: one community's observations against one standard and period.

use crate::collection::{Any, List, Map};
use crate::community::Community;
use crate::date::{Date, Period};
use crate::document::{ModelVersion, SubmissionKind};
use crate::id::{CommunityId, Digest, EvidenceId, FileHash, ItemId, LangTag, Line, NodeId, StandardId, SubmissionId, Unit, Version, ZoneId};
use crate::macros::{record, words};
use crate::quantity::{Count, Level, Number};
use crate::text::{Prose, Text};

record! {
    /// One community's observations against one standard, for one period.
    pub struct Submission {
        /// The kind of document.
        kind: SubmissionKind,
        /// The version of the data model in which the document is written.
        model: ModelVersion,
        /// Where the document's schema is published. For editors; the engine does not read it.
        schema? = "$schema": Line,
        /// The identifier.
        id: SubmissionId,
        /// The standard that is answered.
        standard: StandardPin,
        /// The period for which the observations hold.
        period: Period,
        /// What every reader of a result must be told, such as that values are illustrative.
        notice?: Text,
        /// The day of submission.
        submitted_on?: Date,
        /// Who submits.
        submitter?: Text,
        /// The community, whole.
        community?: Community,
        /// The community, as a document of its own; exactly one of `community` and `community_ref`.
        community_ref?: CommunityRef,
        /// What was observed.
        observations: List<Observation>,
        /// What proves it.
        evidence*: List<Evidence>,
        /// Members of the author's own, which the engine keeps and does not read.
        extensions*: Map<Line, Any>,
    }
}

record! {
    /// The exact standard that a submission answers.
    pub struct StandardPin {
        /// The standard.
        id: StandardId,
        /// Its version.
        version: Version,
        /// The digest of its canonical form.
        digest?: Digest,
    }
}

record! {
    /// A community as a document of its own.
    pub struct CommunityRef {
        /// The community.
        id: CommunityId,
        /// The digest of the document's canonical form.
        digest: Digest,
    }
}

record! {
    /// What is known about one indicator, for one zone or the whole community.
    pub struct Observation {
        /// The indicator.
        indicator: NodeId,
        /// The zone. Absent: the whole community.
        zone?: ZoneId,
        /// How much is known. Absent: reported.
        state?: State,
        /// The answer as a number.
        value?: Number,
        /// The answer as a level.
        level?: Level,
        /// The answer as the checklist items that are met.
        items?: List<ItemId>,
        /// The answer as yes or no.
        answer?: bool,
        /// The unit of the number. Absent: the quantity's own.
        unit?: Unit,
        /// The day for which the answer holds.
        date?: Date,
        /// How many people answered, for a survey.
        sample?: Count,
        /// Between which numbers the true one surely lies.
        uncertainty?: Interval,
        /// How it was found.
        method?: Prose,
        /// How good the data are.
        quality?: Quality,
        /// The evidence for it.
        evidence*: List<EvidenceId>,
        /// Why it does not apply, is missing or is withheld.
        reason?: Prose,
        /// Anything else.
        note?: Prose,
        /// Whether it was made up to show something. Absent: no.
        illustrative?: bool,
    }
}

words! {
    /// How much is known about an indicator. Absence is never strength.
    pub enum State {
        /// The answer is known.
        Reported = "reported",
        /// The answer is estimated.
        Estimated = "estimated",
        /// The indicator has no meaning here; needs a reason and the standard's leave.
        NotApplicable = "not_applicable",
        /// There should be an answer, and there is none.
        Missing = "missing",
        /// There is an answer, and it is not disclosed.
        Withheld = "withheld",
        /// Nobody has looked yet.
        NotAssessed = "not_assessed",
    }

    /// How good data are.
    pub enum Quality {
        /// Measured or counted completely.
        Measured = "measured",
        /// Calculated from measurements.
        Calculated = "calculated",
        /// From a sample.
        Sampled = "sampled",
        /// From a model.
        Modelled = "modelled",
        /// Declared by the submitter.
        Declared = "declared",
        /// Not known.
        Unknown = "unknown",
    }

    /// Who may see a piece of evidence.
    pub enum Confidentiality {
        /// Everybody.
        Public = "public",
        /// The reviewers and the community.
        Restricted = "restricted",
        /// The reviewers only.
        Confidential = "confidential",
    }
}

record! {
    /// An interval, both ends included.
    pub struct Interval {
        /// The lower end.
        low: Number,
        /// The upper end.
        high: Number,
    }
}

record! {
    /// A piece of evidence, by reference.
    pub struct Evidence {
        /// The identifier.
        id: EvidenceId,
        /// What it is.
        title: Text,
        /// Where it is.
        uri?: Line,
        /// The hash of its bytes.
        sha256?: FileHash,
        /// The day of issue.
        issued?: Date,
        /// The last day on which it holds.
        valid_until?: Date,
        /// Who issued it.
        issuer?: Text,
        /// Its language.
        language?: LangTag,
        /// The pages that matter.
        pages?: Line,
        /// Who may see it. Absent: everybody.
        confidentiality?: Confidentiality,
    }
}

impl State {
    /// Whether the state goes with an answer.
    #[must_use]
    pub fn has_answer(self) -> bool {
        matches!(self, Self::Reported | Self::Estimated)
    }
}

impl Observation {
    /// How much is known.
    #[must_use]
    pub fn state(&self) -> State {
        self.state.unwrap_or(State::Reported)
    }
}
