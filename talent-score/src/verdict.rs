//! What a submission is worth, in two words.

use talent_model::check;
use talent_model::id::GradeId;
use talent_model::text::Text;
use talent_model::{Community, Diagnostic, Submission};

use crate::evaluator::Evaluator;
use crate::grade::Standing;

/// The verdicts about a submission, without the work of writing its assessment down. They are those of [`Evaluator::assess`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    /// Whether enough is known for a score.
    pub scorable: bool,
    /// The best grade whose every demand holds, with its name. Absent: none.
    pub awarded: Option<(GradeId, Text)>,
    /// Everything found: by the checks and, where they let it through, in scoring.
    pub diagnostics: Vec<Diagnostic>,
}

impl Evaluator {
    /// The verdicts about a submission and its community; `found` is what the checks found in it.
    ///
    /// ```
    /// use talent_model::{Document, Submission, reference};
    /// use talent_score::Evaluator;
    /// let evaluator = Evaluator::new(reference::standard()).expect("the reference standard is sound");
    /// # let text = include_str!("../../docs/examples/new-shougang.submission.json");
    /// let submission = Submission::from_json(text.as_bytes())?;
    /// let found = evaluator.checker().check(&submission);
    /// let verdict = evaluator.verdict(&submission, submission.community.as_ref(), found);
    /// assert!(verdict.scorable);
    /// # Ok::<(), talent_model::document::ReadError>(())
    /// ```
    #[must_use]
    pub fn verdict(&self, submission: &Submission, community: Option<&Community>, found: Vec<Diagnostic>) -> Verdict {
        let Some(community) = community.filter(|_| check::conforms(&found)) else { return Verdict { diagnostics: found, ..Verdict::default() } };
        let mut found = found;
        let rolled = self.roll(submission, community, &mut found);
        let place = self.grade_place(&Standing { sheet: &rolled.sheet, judged: &rolled.judged, stages: &rolled.stages });
        let scorable = self.is_scorable(&rolled.sheet);
        self.check_modules(submission, community, &mut found);
        let awarded = place.and_then(|place| self.standard.grades.get(place)).map(|grade| (grade.id.clone(), grade.name.clone()));
        Verdict { scorable, awarded, diagnostics: found }
    }
}
