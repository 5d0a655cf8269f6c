//! Reports of assessments, for people: a scorecard of one page first, then every indicator with its trace in sentences, the method and the digests.
//!
//! What a report says is built once, by language, and rendered as HTML, as Markdown and (feature `report-workbook`) as a workbook. An HTML report is one
//! file that needs neither network nor script. Every word that is not the engine's own comes from the documents and is shown as text, whatever is in it.
//!
//! ```
//! use talent_model::{Document, Lang, Submission, reference};
//! use talent_score::report::{Material, Rendition, Report};
//! # let text = include_str!("../../docs/examples/new-shougang.submission.json");
//! let submission = Submission::from_json(text.as_bytes())?;
//! let assessment = talent_score::assess(reference::standard(), &submission)?;
//! let material = Material { submission: Some(&submission), ..Material::new(&assessment, reference::standard()) };
//! let report = Report::new(&material, &Rendition { langs: vec![Lang::En, Lang::Zh], public: false })?;
//! assert!(report.to_html().starts_with("<!doctype html>"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod card;
mod chain;
mod content;
mod html;
pub mod markdown;
mod parts;
mod rendition;
mod tell;
mod trace;
#[cfg(feature = "report-workbook")]
mod xlsx;

use std::fmt;

use talent_model::diagnostic::{Code, Diagnostic, Pointer};
use talent_model::shown::percent;
use talent_model::{Assessment, Document, Lang, Standard, Submission, reference};

use content::Edition;
use parts::Parts;
pub use tell::Teller;

/// What a report is made of.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// The assessment.
    pub assessment: &'a Assessment,
    /// The standard that it was made with.
    pub standard: &'a Standard,
    /// The submission that was assessed, for its evidence and notes. Absent: the report does without them.
    pub submission: Option<&'a Submission>,
    /// What was found, with its places. Absent: what stands in the assessment.
    pub findings: Option<&'a [Diagnostic]>,
}

impl<'a> Material<'a> {
    /// An assessment and its standard.
    #[must_use]
    pub fn new(assessment: &'a Assessment, standard: &'a Standard) -> Self {
        Self { assessment, standard, submission: None, findings: None }
    }

    /// What does not belong together: a report must not give the names and units of one standard to the numbers of another.
    fn check(&self) -> Vec<Diagnostic> {
        let provenance = &self.assessment.provenance;
        let mut found = Vec::new();
        let digest = reference::digest_if_embedded(self.standard).or_else(|| self.standard.digest().ok());
        if digest.as_ref() != Some(&provenance.standard.digest) {
            let stamp = |id: &str, version: &str, digest: &str| format!("{id} {version} ({digest})");
            let expected = stamp(provenance.standard.id.as_str(), provenance.standard.version.as_str(), provenance.standard.digest.as_str());
            let digest = digest.map(|digest| digest.to_string()).unwrap_or_default();
            let at_hand = stamp(self.standard.id.as_str(), self.standard.version.as_str(), &digest);
            let at = Pointer::root().with("provenance").with("standard");
            found.push(Diagnostic::new(Code::ReportStandard, at).with("expected", expected).with("found", at_hand));
        }
        if let Some(submission) = self.submission
            && submission.digest().ok().as_ref() != Some(&provenance.submission.digest)
        {
            let at = Pointer::root().with("provenance").with("submission");
            let diagnostic = Diagnostic::new(Code::ReportSubmission, at).with("expected", provenance.submission.id.as_str());
            found.push(diagnostic.with("found", submission.id.as_str()));
        }
        found
    }
}

/// For whom a report is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendition {
    /// The languages, one after the other; none stands for English.
    pub langs: Vec<Lang>,
    /// Whether evidence that is not public, notes, and what was said of withheld values are left out.
    pub public: bool,
}

/// A report, ready to be rendered.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    editions: Vec<Edition>,
}

/// Material that does not belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportError {
    /// What does not fit.
    pub diagnostics: Vec<Diagnostic>,
}

impl fmt::Display for ReportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::list(&self.diagnostics, f)
    }
}

impl std::error::Error for ReportError {}

impl Report {
    /// Builds what the report says.
    ///
    /// # Errors
    /// [`ReportError`] when the standard or the submission is not the one that was assessed.
    pub fn new(material: &Material<'_>, rendition: &Rendition) -> Result<Self, ReportError> {
        let diagnostics = material.check();
        if !diagnostics.is_empty() {
            return Err(ReportError { diagnostics });
        }
        let langs = if rendition.langs.is_empty() { &[Lang::En] } else { rendition.langs.as_slice() };
        Ok(Self { editions: langs.iter().map(|lang| edition(material, *lang, rendition.public)).collect() })
    }

    /// One HTML file that needs neither network nor script.
    #[must_use]
    pub fn to_html(&self) -> String {
        html::page(&self.editions)
    }

    /// The scorecard alone, as a piece of HTML that brings its own style: for notebooks.
    #[must_use]
    pub fn to_html_card(&self) -> String {
        html::piece(&self.editions)
    }

    /// Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        rendition::markdown(&self.editions)
    }

    /// A workbook with a sheet for every section.
    ///
    /// # Errors
    /// A text that says why the file could not be put together.
    #[cfg(feature = "report-workbook")]
    pub fn to_workbook(&self) -> Result<Vec<u8>, String> {
        xlsx::workbook(&self.editions).map_err(|error| error.to_string())
    }
}

fn edition(material: &Material<'_>, lang: Lang, public: bool) -> Edition {
    let tell = Teller { assessment: material.assessment, standard: material.standard, lang };
    let indicators = material.standard.answerable().into_iter().map(|indicator| (indicator.id.as_str(), indicator)).collect();
    let mut observations = std::collections::BTreeMap::<_, Vec<_>>::new();
    for observation in material.submission.iter().flat_map(|submission| submission.observations.iter()) {
        observations.entry(observation.indicator.as_str()).or_default().push(observation);
    }
    let parts = Parts {
        tell,
        public,
        submission: material.submission,
        findings: material.findings.unwrap_or(&material.assessment.diagnostics),
        indicators,
        observations,
    };
    let provenance = &material.assessment.provenance;
    let coverage = percent(material.assessment.total.coverage.get());
    let public_words = if public { tell.say(", public rendition", "（公开版）") } else { "" };
    Edition {
        lang,
        kind: format!("{}{public_words}", tell.say("Assessment report", "评估报告")),
        title: tell.name(&provenance.community.name),
        facts: parts::head(&tell, material.submission),
        notices: parts::notices(&tell),
        card: card::card(&tell),
        card_title: tell.say("Scorecard", "评分卡").into(),
        contents: tell.say("Contents", "目录").into(),
        sections: parts.all(),
        foot: match lang {
            Lang::En => format!("{} · {} {} · {coverage} covered", provenance.submission.id, provenance.standard.id, provenance.standard.version),
            Lang::Zh => format!("{} · {} {} · 覆盖率 {coverage}", provenance.submission.id, provenance.standard.id, provenance.standard.version),
        },
    }
}
