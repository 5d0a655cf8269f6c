//! Evidence that is out of date, not there, or everywhere.

use std::collections::BTreeMap;

use super::answers::Answers;
use crate::check::numbered;
use crate::diagnostic::{Code, Diagnostic, Findings, Pointer};
use crate::submission::State;

/// On how many indicators one piece of evidence must be named before it is asked about …
const MANY: usize = 10;

/// … and on what share of all that name any.
const NEARLY_ALL: f64 = 0.8;

pub(super) fn check(answers: &Answers<'_>, found: &mut Findings) {
    let submission = answers.submission;
    let numbers = numbered(submission.evidence.iter().map(|evidence| evidence.id.as_str()));
    // By piece, the indicators that name it: each once, in the order of their numbers.
    let mut used: Vec<Vec<usize>> = vec![Vec::new(); submission.evidence.len()];
    let mut named = vec![false; submission.evidence.len()];
    let mut proved: Vec<usize> = Vec::new();
    let mut list = answers.list.iter().peekable();
    for (at, observation) in submission.observations.iter().enumerate() {
        let answer = list.next_if(|answer| answer.at == at);
        for piece in observation.evidence.iter().filter_map(|id| numbers.get(id.as_str())) {
            named.get_mut(*piece).into_iter().for_each(|named| *named = true);
            if let (Some(answer), Some(indicators)) = (answer, used.get_mut(*piece)) {
                indicators.push(answer.number);
            }
        }
        let Some(answer) = answer else { continue };
        if !observation.evidence.is_empty() {
            proved.push(answer.number);
        } else if answer.indicator.evidence.is_some() && observation.state() == State::Reported {
            found.push(answers.finding(Code::EvidenceMissing, answer, ""));
        }
    }
    let period = &submission.period;
    used.iter_mut().chain([&mut proved]).for_each(|indicators| {
        indicators.sort_unstable();
        indicators.dedup();
    });
    let mut hashes: BTreeMap<&str, &str> = BTreeMap::new();
    for (i, evidence) in submission.evidence.iter().enumerate() {
        let (id, at) = (evidence.id.as_str(), Pointer::root().with("evidence").at(i));
        let finding = |code, at: Pointer| Diagnostic::new(code, at).with("evidence", id);
        let Some(number) = numbers.get(id) else { continue };
        if named.get(*number) != Some(&true) {
            found.push(finding(Code::EvidenceUnused, at.with("id")));
        }
        if let Some(hash) = &evidence.sha256
            && let Some(first) = hashes.get(hash.as_str())
        {
            found.push(finding(Code::EvidenceRepeated, at.with("sha256")).with("other", first));
        } else if let Some(hash) = &evidence.sha256 {
            hashes.insert(hash.as_str(), id);
        }
        let Some(indicators) = used.get(*number).filter(|indicators| !indicators.is_empty()) else { continue };
        let count = indicators.len().to_string();
        match (evidence.valid_until, evidence.issued) {
            (Some(until), _) if until < period.to => {
                let diagnostic = finding(Code::EvidenceExpired, at.with("valid_until")).with("found", until.to_string());
                found.push(diagnostic.with("to", period.to.to_string()).with("count", &count));
            }
            (None, Some(issued)) if issued < period.from => {
                let diagnostic = finding(Code::EvidenceStale, at.with("issued")).with("found", issued.to_string());
                found.push(diagnostic.with("from", period.from.to_string()).with("count", &count));
            }
            _ => {}
        }
        #[expect(clippy::cast_precision_loss, reason = "counts of indicators")]
        if indicators.len() >= MANY && indicators.len() as f64 >= NEARLY_ALL * proved.len() as f64 {
            found.push(finding(Code::EvidenceEverywhere, at.with("id")).with("count", count).with("all", proved.len().to_string()));
        }
    }
}
