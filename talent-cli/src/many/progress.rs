//! How far the work has come, on one line of a terminal.

use std::io::Write;
use std::time::{Duration, Instant};

use talent_model::Lang;

/// How often the line is written anew.
const PAUSE: Duration = Duration::from_millis(100);

/// Nothing is shown of work that is over before anybody could read it.
const PATIENCE: Duration = Duration::from_millis(500);

pub(crate) struct Progress {
    /// Absent: nothing is shown.
    lang: Option<Lang>,
    /// How many places there are, which is how many documents unless some hold several.
    places: usize,
    begun: Instant,
    told: Option<Instant>,
}

impl Progress {
    pub(crate) fn new(lang: Option<Lang>, places: usize) -> Self {
        Self { lang, places, begun: Instant::now(), told: None }
    }

    pub(crate) fn tell(&mut self, count: usize) {
        let (Some(lang), now) = (self.lang, Instant::now()) else { return };
        let gone = now.duration_since(self.begun);
        if gone < PATIENCE || self.told.is_some_and(|told| now.duration_since(told) < PAUSE) {
            return;
        }
        self.told = Some(now);
        let line = line(count, self.places, gone, lang);
        // Where the line cannot be shown, nobody misses it.
        let _ = write!(std::io::stderr(), "\r\u{1b}[K{line}").and_then(|()| std::io::stderr().flush());
    }

    pub(crate) fn clear(&mut self) {
        if self.told.take().is_some() {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K").and_then(|()| std::io::stderr().flush());
        }
    }
}

fn line(count: usize, places: usize, gone: Duration, lang: Lang) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a count of documents, for the eye")]
    let speed = (count as f64 / gone.as_secs_f64().max(0.001)).round();
    // A file with a document on every line does not tell beforehand how many it has.
    let bar = (count <= places && places > 1).then(|| {
        #[expect(clippy::cast_precision_loss, reason = "a share of documents, for the eye")]
        let share = count as f64 / places as f64;
        format!("{} {count}/{places}", crate::render::text::bar(share, 24))
    });
    let done = bar.unwrap_or_else(|| count.to_string());
    match lang {
        Lang::En => format!("{done} documents, {speed} a second"),
        Lang::Zh => format!("{done} 份文档，每秒 {speed} 份"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_has_a_bar_only_where_the_end_is_known() {
        let second = Duration::from_secs(1);
        assert_eq!(line(50, 100, second, Lang::En), "████████████░░░░░░░░░░░░ 50/100 documents, 50 a second");
        assert_eq!(line(5000, 1, second * 2, Lang::Zh), "5000 份文档，每秒 2500 份");
    }
}
