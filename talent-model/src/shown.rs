//! What people are shown: numbers, rounded so that they never say more or less than they are, and a stranger's texts made harmless.

use crate::canonical::number;

/// Whether a character could steer a terminal, or show the rest of a line in another order or not at all.
fn is_treacherous(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn show(c: char, text: &mut String) {
    if is_treacherous(c) {
        text.extend(c.escape_unicode());
    } else {
        text.push(c);
    }
}

/// A stranger's text on one line, harmless.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => safe.push(' '),
            c => show(c, &mut safe),
        }
    }
    safe
}

/// A text of several lines, harmless.
#[must_use]
pub fn plain_lines(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\n' { safe.push('\n') } else { show(c, &mut safe) }
    }
    safe
}

/// A score as people read it: one decimal. The stored value is never changed.
#[must_use]
pub fn score(value: f64) -> String {
    score_with(value, 1)
}

/// With how many decimals the scores of an index are told, whose scale may end at 1 as well as at 100: as many as leave about three digits that count.
///
/// ```
/// use talent_model::shown::decimals;
/// assert_eq!((decimals(&[12.0, 88.5]), decimals(&[0.394, 0.962]), decimals(&[-2.1, f64::NAN])), (1, 3, 2));
/// ```
#[must_use]
pub fn decimals(scores: &[f64]) -> usize {
    match scores.iter().fold(0.0_f64, |greatest, score| greatest.max(score.abs())) {
        ..=1.0 => 3,
        ..10.0 => 2,
        _ => 1,
    }
}

/// A score with so many decimals.
#[must_use]
pub fn score_with(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    if text.trim_start_matches('-').chars().all(|c| matches!(c, '0' | '.')) { text.trim_start_matches('-').to_owned() } else { text }
}

/// A score beside a threshold that it misses: with as many decimals as it takes to see that it does.
#[must_use]
pub fn score_beside(value: f64, threshold: f64) -> String {
    (1..10)
        .map(|decimals| format!("{value:.decimals$}"))
        .find(|text| text.parse::<f64>().is_ok_and(|shown| (shown < threshold) == (value < threshold) && (shown > threshold) == (value > threshold)))
        .unwrap_or_else(|| number(value))
}

/// A threshold or an answer, exactly.
#[must_use]
pub fn exact(value: f64) -> String {
    number(value)
}

/// A measure: exactly where that is short, else four significant digits, or as many as it takes to tell it from the thresholds.
#[must_use]
pub fn measure(value: f64, thresholds: &[f64]) -> String {
    let whole = number(value);
    if whole.len() <= 8 {
        return whole;
    }
    (3..17)
        .filter_map(|digits| format!("{value:.digits$e}").parse::<f64>().ok())
        .find(|shown| thresholds.iter().all(|t| shown.partial_cmp(t) == value.partial_cmp(t)))
        .map_or(whole, number)
}

/// A share as a whole percentage; never 100 % where something is missing, nor 0 % where something is there.
#[must_use]
pub fn percent(share: f64) -> String {
    // The sum of a few shares misses 1 by its last bits.
    const WHOLE: f64 = 1.0 - 1e-9;
    let shown = (share * 100.0).round();
    let shown = if shown >= 100.0 && share < WHOLE {
        99.0
    } else if shown <= 0.0 && share > 0.0 {
        1.0
    } else {
        shown
    };
    format!("{} %", number(shown))
}

/// A share as an exact percentage, for thresholds.
#[must_use]
pub fn exact_percent(share: f64) -> String {
    let text = format!("{:.10}", share * 100.0);
    format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_never_looks_as_if_it_reached_what_it_misses() {
        assert_eq!(score_beside(59.97, 60.0), "59.97");
        assert_eq!(score_beside(55.0, 60.0), "55.0");
        assert_eq!(measure(0.299_999_9, &[0.3]), "0.2999999");
        assert_eq!(measure(1.0 / 3.0, &[0.3]), "0.3333");
    }

    #[test]
    fn shares_are_not_rounded_to_all_or_nothing() {
        assert_eq!(percent(0.999), "99 %");
        assert_eq!(percent(0.001), "1 %");
        assert_eq!(percent(1.0 - f64::EPSILON), "100 %");
        assert_eq!(exact_percent(0.55), "55 %");
        assert_eq!(exact_percent(0.125), "12.5 %");
    }

    #[test]
    fn nothing_in_a_text_steers_the_terminal() {
        assert_eq!(plain("a\u{1b}[2J\u{202e}b\u{7}\n公园"), "a\\u{1b}[2J\\u{202e}b\\u{7} 公园");
    }
}
