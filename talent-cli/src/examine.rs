//! What a check finds about one document, whatever kind it is of and wherever it comes from: the command and the Python package say the same because both
//! ask here.

use talent_model::check::{self, Beside, Checker};
use talent_model::date::Date;
use talent_model::diagnostic::Code;
use talent_model::document::{Kind, kind_of, peek};
use talent_model::text::Text;
use talent_model::workbook::{self, Intake};
use talent_model::{Assessment, Community, Comparison, Diagnostic, Document, Robustness, Standard, Submission, Waivers};
use talent_score::Evaluator;

/// What submissions are checked against, made ready once for any number of them.
pub struct Examiner<'e> {
    evaluator: &'e Evaluator,
    checker: Checker<'e>,
    /// Identifier, version and digest of the standard.
    standard: [String; 3],
    beside: Surroundings<'e>,
}

/// What lies beside the documents that are checked.
#[derive(Clone, Copy, Default)]
pub struct Surroundings<'s> {
    /// The community, where submissions only refer to one.
    pub community: Option<&'s Community>,
    /// Submissions of earlier rounds. One alone is compared with every submission; of several, that of the same community.
    pub previous: &'s [&'s Submission],
    /// The findings that have been accepted; they need the day.
    pub waivers: Option<&'s Waivers>,
    /// The day of the check.
    pub on: Option<Date>,
    /// Whether submitted values are kept out of the findings.
    pub masked: bool,
    /// How much of what is handed in is read.
    pub limits: Intake,
}

/// What was found about one document.
#[derive(Debug, Default)]
pub struct Examined {
    /// The kind of document.
    pub kind: Option<Kind>,
    /// The digest of its canonical form.
    pub digest: Option<String>,
    /// Identifier, version and digest of the standard that a submission was checked against.
    pub standard: Option<[String; 3]>,
    /// Whether it could be read.
    pub readable: bool,
    /// Whether none of the findings is an error.
    pub conforms: bool,
    /// Whether enough is known for a score. Only submissions have it.
    pub scorable: Option<bool>,
    /// The grade that a submission meets, with its name.
    pub meets: Option<(String, Text)>,
    /// Everything found, in the order of the document.
    pub diagnostics: Vec<Diagnostic>,
    /// The numbers of the waivers that accepted a finding.
    pub used: Vec<usize>,
}

/// What leaves nothing of a workbook to be read.
const UNREADABLE: [Code; 13] = [
    Code::NotAWorkbook,
    Code::WorkbookUnreadable,
    Code::WorkbookEncrypted,
    Code::TooManyParts,
    Code::InflatesTooFar,
    Code::RatioTooHigh,
    Code::TooManySheets,
    Code::TooManyCells,
    Code::TextTooLong,
    Code::DoctypeRefused,
    Code::NoTemplate,
    Code::TemplateNewer,
    Code::NoColumns,
];

/// Whether what was found leaves a document that could be read: nothing is wrong with its text, its kind or its model.
fn is_readable(diagnostics: &[Diagnostic]) -> bool {
    let code = |d: &Diagnostic| d.code.as_str();
    let is_fault = |d: &Diagnostic| code(d).starts_with("TM00") || code(d).starts_with("TM01") || UNREADABLE.contains(&d.code);
    !diagnostics.iter().any(is_fault)
}

impl Examined {
    /// A document of a known kind with findings that have their places.
    pub(crate) fn of(kind: Option<Kind>, diagnostics: Vec<Diagnostic>) -> Self {
        Self { kind, readable: is_readable(&diagnostics), conforms: check::conforms(&diagnostics), diagnostics, ..Self::default() }
    }

    /// A document of a known kind with findings that have no places as yet.
    pub(crate) fn located(kind: Kind, mut diagnostics: Vec<Diagnostic>, bytes: &[u8]) -> Self {
        check::locate_in(&mut diagnostics, bytes);
        Self::of(Some(kind), diagnostics)
    }

    /// Bytes that could not be read as the document that was wanted.
    pub(crate) fn unread(bytes: &[u8], diagnostics: Vec<Diagnostic>, limits: Intake) -> Self {
        Self::of(kind_of(bytes, limits.document).ok(), diagnostics)
    }
}

/// A document that is checked by itself. Anybody may have handed it in: a standard has no more room than others.
pub(crate) fn by_itself<D: Document>(bytes: &[u8], limits: Intake, check: impl Fn(&D) -> Vec<Diagnostic>) -> Examined {
    match D::from_json_within(bytes, limits.document) {
        Err(error) => Examined::unread(bytes, error.diagnostics, limits),
        Ok(document) => {
            let digest = document.digest().ok().map(|digest| digest.to_string());
            Examined { digest, ..Examined::located(D::KIND, check(&document), bytes) }
        }
    }
}

impl<'e> Examiner<'e> {
    /// Makes a standard ready, with what lies beside.
    #[must_use]
    pub fn new(evaluator: &'e Evaluator, beside: Surroundings<'e>) -> Self {
        let standard = evaluator.standard();
        let stamp = [standard.id.to_string(), standard.version.to_string(), evaluator.digest().to_string()];
        Self { evaluator, checker: evaluator.checker(), standard: stamp, beside }
    }

    /// Everything found about the bytes of a document or a filled workbook: what they are counts, not what they are called.
    #[must_use]
    pub fn examine(&self, bytes: &[u8]) -> Examined {
        let limits = self.beside.limits;
        let mut examined = if workbook::is_form(bytes) {
            self.workbook(bytes)
        } else {
            match peek(bytes).map_or_else(|| kind_of(bytes, limits.document), Ok) {
                Ok(Kind::Standard) => by_itself::<Standard>(bytes, limits, check::standard),
                Ok(Kind::Community) => by_itself::<Community>(bytes, limits, |community| {
                    let mut found = check::community(community);
                    found.append(&mut check::personal_in_community(community));
                    found
                }),
                Ok(Kind::Assessment) => by_itself::<Assessment>(bytes, limits, |_| Vec::new()),
                Ok(Kind::Comparison) => by_itself::<Comparison>(bytes, limits, |_| Vec::new()),
                Ok(Kind::Robustness) => by_itself::<Robustness>(bytes, limits, |_| Vec::new()),
                Ok(Kind::Waivers) => by_itself::<Waivers>(bytes, limits, |waivers| waivers.check(self.beside.on)),
                Ok(Kind::Submission) => self.document(bytes),
                Err(error) => Examined::unread(bytes, error.diagnostics, limits),
            }
        };
        if self.beside.masked {
            examined.diagnostics = examined.diagnostics.into_iter().map(Diagnostic::masked).collect();
        }
        examined
    }

    fn document(&self, bytes: &[u8]) -> Examined {
        match Submission::from_json_within(bytes, self.beside.limits.document) {
            Err(error) => Examined {
                scorable: Some(false),
                standard: Some(self.standard.clone()),
                ..Examined::unread(bytes, error.diagnostics, self.beside.limits)
            },
            Ok(submission) => {
                let digest = submission.digest().ok().map(|digest| digest.to_string());
                self.submission(&submission, digest, |mut found| {
                    check::locate_in(&mut found, bytes);
                    found
                })
            }
        }
    }

    /// A filled workbook. What of it was understood is checked even if some of its cells were not.
    fn workbook(&self, bytes: &[u8]) -> Examined {
        let reading = workbook::read_within(self.evaluator.standard(), bytes, self.beside.limits.form);
        let mut examined = match &reading.submission {
            None => Examined { standard: Some(self.standard.clone()), ..Examined::of(None, reading.with(Vec::new())) },
            Some(submission) => {
                let digest = submission.digest().ok().map(|digest| digest.to_string());
                self.submission(submission, digest, |found| reading.with(found))
            }
        };
        examined.kind = Some(Kind::Submission);
        if !reading.is_sound() {
            // A result of what happened to be understood would be the result of nobody's answers.
            (examined.scorable, examined.meets) = (Some(false), None);
        }
        examined
    }

    /// Everything found in a submission that has been read.
    #[must_use]
    pub fn read(&self, submission: &Submission) -> Examined {
        let mut examined = self.submission(submission, None, |found| found);
        if self.beside.masked {
            examined.diagnostics = examined.diagnostics.into_iter().map(Diagnostic::masked).collect();
        }
        examined
    }

    /// `place` gives findings their places in what was handed in.
    fn submission(&self, submission: &Submission, digest: Option<String>, place: impl FnOnce(Vec<Diagnostic>) -> Vec<Diagnostic>) -> Examined {
        let beside = &self.beside;
        let findings = match beside.community {
            Some(community) => self.checker.check_with(submission, community),
            None => self.checker.check(submission),
        };
        let verdict = self.evaluator.verdict(submission, beside.community.or(submission.community.as_ref()), findings);
        let mut found = verdict.diagnostics;
        if check::conforms(&found) {
            found.append(&mut self.checker.questions(submission, beside.community, &self.last_round(submission)));
        }
        found.append(&mut check::personal(submission));
        let mut found = place(found);
        let used = match (beside.waivers, beside.on) {
            (Some(waivers), Some(on)) => waivers.mark(&mut found, submission, on),
            _ => Vec::new(),
        };
        Examined {
            digest,
            standard: Some(self.standard.clone()),
            scorable: Some(verdict.scorable),
            meets: verdict.awarded.map(|(id, name)| (id.to_string(), name)),
            used,
            ..Examined::of(Some(Kind::Submission), found)
        }
    }

    /// The earlier submission to compare with.
    fn last_round(&self, submission: &Submission) -> Beside<'e> {
        let community = |of: &'e Submission| of.community.as_ref().map(|c| &c.id).or(of.community_ref.as_ref().map(|r| &r.id));
        let own = submission.community.as_ref().map(|c| &c.id).or(submission.community_ref.as_ref().map(|r| &r.id));
        let previous = match self.beside.previous {
            [only] => Some(*only),
            several => several.iter().copied().find(|earlier| community(earlier) == own),
        };
        Beside { previous, previous_community: self.beside.community, on: self.beside.on }
    }
}
