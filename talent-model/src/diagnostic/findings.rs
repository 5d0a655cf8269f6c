//! What has been found so far, within bounds: a document made to exhaust memory has more faults than anybody reads.

use super::{Code, Diagnostic, Pointer, Severity, closest};

/// How many errors of one document are listed, and how many other findings: what is only worth knowing never hides what is wrong.
pub(crate) const MOST: usize = 5000;

/// How many bytes all their pointers have together: the names of members are a stranger's, and may be long.
const MOST_POINTERS: usize = 8 << 20;

/// For how many findings a near miss is looked for: who has more needs no suggestions.
const SUGGESTED: usize = 300;

/// Findings in the order in which they were made.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    list: Vec<Diagnostic>,
    pointers: usize,
    errors: Room,
    others: Room,
}

#[derive(Clone, Copy, Debug, Default)]
struct Room {
    taken: usize,
    full: bool,
}

impl Findings {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.pointers += diagnostic.pointer.as_str().len();
        let fits = self.pointers <= MOST_POINTERS;
        let room = if diagnostic.severity == Severity::Error { &mut self.errors } else { &mut self.others };
        if room.taken < MOST && fits {
            room.taken += 1;
            self.list.push(diagnostic);
        } else {
            room.full = true;
        }
    }

    /// Whether no more errors are taken, so that nobody need look any further.
    pub(crate) fn is_full(&self) -> bool {
        self.errors.full
    }

    /// Whether no more findings are taken that are no errors.
    pub(crate) fn is_full_of_others(&self) -> bool {
        self.others.full
    }

    #[cfg(feature = "workbook")]
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Diagnostic> {
        self.list.iter_mut()
    }

    pub(crate) fn append(&mut self, other: Self) {
        self.errors.full |= other.errors.full;
        self.others.full |= other.others.full;
        self.extend(other.list);
    }

    /// [`closest`], as long as there are few findings.
    pub(crate) fn closest<'c>(&self, word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
        if self.list.len() < SUGGESTED { closest(word, candidates) } else { None }
    }

    /// All of them, and last of all that there were more.
    pub(crate) fn into_vec(mut self) -> Vec<Diagnostic> {
        if self.errors.full || self.others.full {
            let more = Diagnostic::new(Code::TooManyFindings, Pointer::root()).with("limit", self.list.len().to_string());
            self.list.push(Diagnostic { severity: if self.errors.full { Severity::Error } else { Severity::Note }, ..more });
        }
        self.list
    }
}

impl Extend<Diagnostic> for Findings {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: T) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }
}
