//! Many documents: listed, read in batches, looked at on all cores, and told in the order in which they came, whatever the number of threads.

pub(crate) mod feed;
mod interrupt;
mod list;
mod progress;
pub(crate) mod tally;

use std::io::Read;
use std::path::PathBuf;

use rayon::prelude::*;

pub(crate) use feed::{Feed, Unit};
pub(crate) use list::{is_one, list};

use progress::Progress;

/// Why the work ended before its end.
pub(crate) enum Stop {
    /// Somebody asked for it, after so many documents.
    Interrupted(usize),
    /// What was made could not be handed on.
    Failed(std::io::Error),
}

/// What a run needs of its surroundings.
pub(crate) struct Run<'s> {
    pub(crate) paths: &'s [PathBuf],
    pub(crate) stdin: Option<&'s mut dyn Read>,
    /// Whether to show how far it has come, on standard error.
    pub(crate) progress: Option<talent_model::Lang>,
    /// The most bytes of one document.
    pub(crate) limit: usize,
}

impl Run<'_> {
    /// Makes something of every document on all cores, and hands each on in order. While one batch is worked on, the one before it is handed on and the
    /// next one is read, so that never more than three are held.
    pub(crate) fn each<P: Send>(self, make: impl Fn(&mut Unit) -> P + Sync, mut hand_on: impl FnMut(P) -> std::io::Result<()>) -> Result<(), Stop> {
        let entries = list(self.paths);
        interrupt::watch();
        let mut progress = Progress::new(self.progress, entries.len());
        let mut feed = Feed::new(entries, self.stdin, self.limit);
        let (mut next, mut done) = (feed.batch(), Vec::new());
        let mut count = 0;
        while !next.is_empty() || !done.is_empty() {
            if interrupt::asked() {
                progress.clear();
                return Err(Stop::Interrupted(count));
            }
            let mut batch = std::mem::take(&mut next);
            let made: std::sync::Mutex<Vec<P>> = std::sync::Mutex::default();
            let handed = rayon::in_place_scope(|scope| {
                scope.spawn(|_| {
                    // Shared out one by one: nobody waits at the end of a batch while another has several left.
                    let all: Vec<P> = batch.par_iter_mut().with_max_len(1).map(&make).collect();
                    *made.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = all;
                });
                for piece in done.drain(..) {
                    hand_on(piece)?;
                    count += 1;
                }
                next = feed.batch();
                Ok(())
            });
            feed.reuse(batch);
            progress.tell(count);
            if let Err(error) = handed {
                progress.clear();
                return Err(Stop::Failed(error));
            }
            done = made.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        }
        progress.clear();
        Ok(())
    }
}
