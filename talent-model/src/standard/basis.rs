//! On what a threshold rests.

use crate::date::Date;
use crate::id::{LangTag, Line, SourceId};
use crate::macros::{record, words};
use crate::text::Text;

record! {
    /// Why a threshold is where it is.
    pub struct Basis {
        /// The kind of ground.
        kind: BasisKind,
        /// The document, as a member of the standard's `sources`.
        source?: SourceId,
        /// The clause in it.
        clause?: Line,
        /// Whether somebody read the clause for this standard. Absent: not said.
        confidence?: Confidence,
        /// When it was last checked against the document.
        checked_on?: Date,
        /// Who checked it.
        checked_by?: Line,
        /// What the document covers and what it does not.
        note?: Text,
    }
}

words! {
    /// The kind of ground on which a threshold stands.
    pub enum BasisKind {
        /// A norm that must be followed by law.
        MandatoryNorm = "mandatory_norm",
        /// A norm that is recommended.
        RecommendedNorm = "recommended_norm",
        /// A norm or rating system of another country.
        ForeignNorm = "foreign_norm",
        /// A published target of a plan or policy.
        PolicyTarget = "policy_target",
        /// A value observed somewhere.
        EmpiricalAnchor = "empirical_anchor",
        /// A proposal of the standard's authors.
        DesignValue = "design_value",
    }

    /// How well a ground is known.
    pub enum Confidence {
        /// The document itself was read.
        Read = "read",
        /// It was read in somebody's quotation.
        Quoted = "quoted",
        /// It is remembered and waits to be checked.
        Remembered = "remembered",
    }
}

record! {
    /// A document on which thresholds rest.
    pub struct Source {
        /// The title.
        title: Text,
        /// The edition or year.
        edition?: Line,
        /// Who issued it.
        issuer?: Text,
        /// The language of the document.
        language?: LangTag,
        /// Where it can be found.
        uri?: Line,
        /// The document that has taken its place.
        superseded_by?: Line,
        /// Anything else a reader should know.
        note?: Text,
    }
}
