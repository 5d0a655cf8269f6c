//! Dates that do not fit the period or the day of submission.

use super::answers::Answers;
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, Findings, Pointer};

pub(super) fn check(answers: &Answers<'_>, on: Option<Date>, found: &mut Findings) {
    let submission = answers.submission;
    let (period, root) = (&submission.period, Pointer::root());
    if let Some(day) = submission.submitted_on {
        let at = root.with("submitted_on");
        if day < period.to {
            found.push(Diagnostic::new(Code::SubmittedBeforeEnd, at.clone()).with("found", day.to_string()).with("to", period.to.to_string()));
        }
        future(day, on, &at, found);
    }
    // Nobody knows on the day of submission what is observed afterwards.
    let latest = submission.submitted_on.or(on);
    for answer in &answers.list {
        let Some(date) = answer.observation.date else { continue };
        if latest.is_some_and(|latest| date > latest) {
            future(date, latest, &answers.finding(Code::DateInFuture, answer, "date").pointer, found);
        } else if date < period.from || date > period.to {
            let diagnostic = answers.finding(Code::DateOutsidePeriod, answer, "date").with("found", date.to_string());
            found.push(diagnostic.with("from", period.from.to_string()).with("to", period.to.to_string()));
        }
    }
    for (i, evidence) in submission.evidence.iter().enumerate() {
        if let Some(issued) = evidence.issued {
            future(issued, latest, &root.with("evidence").at(i).with("issued"), found);
        }
    }
}

fn future(date: Date, latest: Option<Date>, at: &Pointer, found: &mut Findings) {
    if let Some(latest) = latest.filter(|latest| date > *latest) {
        found.push(Diagnostic::new(Code::DateInFuture, at.clone()).with("found", date.to_string()).with("latest", latest.to_string()));
    }
}
