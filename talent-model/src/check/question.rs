//! Questions about a submission that conforms: what is possible, but hardly meant. A question asks and never refuses.
//!
//! What is usual comes from the standard: from the range an indicator declares as usual, else from the thresholds of its criterion. Nothing here knows a
//! place, a year or an indicator.

mod answers;
mod copies;
mod dates;
mod evidence;
mod last;
mod parts;
mod range;
mod slip;

use crate::Submission;
use crate::check::Checker;
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Findings};

use answers::Answers;
use last::Last;

/// What lies beside a submission when it is questioned.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'b> {
    /// The same community's submission of an earlier round.
    pub previous: Option<&'b Submission>,
    /// The community of that submission, where it only refers to one.
    pub previous_community: Option<&'b crate::Community>,
    /// The day on which the question is asked. Absent: only the submission's own dates are compared.
    pub on: Option<Date>,
}

impl Checker<'_> {
    /// What somebody should ask about a submission: slips of the unit, parts that exceed their whole, jumps since the last round, dates and evidence that do
    /// not fit the period, numbers that look copied. `community` is needed where the submission only refers to one.
    ///
    /// Nothing is asked about a submission to another standard. All findings are warnings or notes.
    ///
    /// ```
    /// use talent_model::{Document, Submission, check::{Beside, Checker}, reference};
    /// let checker = Checker::new(reference::standard());
    /// # let text = include_str!("../../../docs/examples/new-shougang.submission.json");
    /// let submission = Submission::from_json(text.as_bytes())?;
    /// let asked = checker.questions(&submission, None, &Beside::default());
    /// assert!(talent_model::check::conforms(&asked));
    /// # Ok::<(), talent_model::document::ReadError>(())
    /// ```
    #[must_use]
    pub fn questions(&self, submission: &Submission, community: Option<&crate::Community>, beside: &Beside<'_>) -> Vec<Diagnostic> {
        let Some(community) = submission.community.as_ref().or(community).filter(|_| self.answers_this(submission)) else { return Vec::new() };
        let mut found = Findings::default();
        let answers = Answers::new(self, submission, community);
        slip::check(&answers, &mut found);
        parts::check(&answers, &mut found);
        dates::check(&answers, beside.on, &mut found);
        evidence::check(&answers, &mut found);
        copies::check(&answers, &mut found);
        if let Some(previous) = beside.previous
            && let Some(last) = Last::new(self, &answers, previous, beside, &mut found)
        {
            last.check(&answers, &mut found);
        }
        found.into_vec()
    }
}
