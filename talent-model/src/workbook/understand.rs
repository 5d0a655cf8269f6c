//! What people write for numbers, dates, and yes or no. What can be read in one way only is read; what can be read in two is not.

use unicode_normalization::UnicodeNormalization;

use super::words::{STATES, Word, YES_NO, find, fold};
use crate::date::Date;

/// What a text says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Said<T> {
    /// One thing; whether it had to be understood rather than read.
    One(T, bool),
    /// One of these, and nothing tells which.
    Several(Vec<String>),
    /// Nothing that is understood.
    Nothing,
}

/// A number, perhaps written with a percent sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Figure {
    /// The number as written: 35 for 35 %.
    pub(super) value: f64,
    pub(super) percent: bool,
}

fn tidy(text: &str) -> String {
    let same = |c: char| match c {
        // Minus signs and dashes before a number.
        '\u{2212}' | '\u{2013}' | '\u{fe63}' => '-',
        '\u{3002}' => '.',
        c => c,
    };
    text.nfkc().map(same).collect::<String>().trim().to_owned()
}

/// The powers of ten by which Chinese numbers are counted.
fn power(c: char) -> Option<i32> {
    match c {
        '百' => Some(2),
        '千' => Some(3),
        '万' | '萬' => Some(4),
        '亿' | '億' => Some(8),
        _ => None,
    }
}

/// A number times a power of ten, exactly as if it had been written out.
pub(super) fn scaled(digits: &str, power: i32) -> Option<f64> {
    format!("{digits}e{power}").parse::<f64>().ok().filter(|n| n.is_finite())
}

/// A number as people write it.
pub(super) fn number(text: &str) -> Said<Figure> {
    let tidied = tidy(text);
    let mut body: String = tidied.chars().filter(|c| !c.is_whitespace()).collect();
    let percent = body.ends_with('%') && body.pop().is_some();
    let (mut shift, mut last) = (0, i32::MAX);
    // 3千万 grows from right to left; 3万千 does not exist.
    while let Some(more) = body.chars().last().and_then(power) {
        if more >= last {
            return Said::Nothing;
        }
        (shift, last) = (shift + more, more);
        body.pop();
    }
    let exponent = body.contains(['e', 'E']);
    if shift > 0 && (percent || exponent) {
        return Said::Nothing;
    }
    let as_is = |value: f64| text.trim().parse::<f64>().is_ok_and(|plain| plain == value);
    match grouped(&body) {
        Said::One(digits, _) => match if exponent { digits.parse().ok() } else { scaled(&digits, shift) } {
            Some(value) => Said::One(Figure { value, percent }, percent || !as_is(value)),
            None => Said::Nothing,
        },
        Said::Several(readings) => Said::Several(readings),
        Said::Nothing => Said::Nothing,
    }
}

/// Digits without their separators. One comma before other than three digits may be a decimal comma.
fn grouped(body: &str) -> Said<String> {
    let plain = |text: &str| {
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
        let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        (!whole.is_empty() || !part.is_empty()) && all(whole) && all(part) && !exponent.is_empty() && exponent.len() <= 3 && all(exponent)
    };
    if plain(body) {
        return Said::One(body.to_owned(), false);
    }
    let Some((before, after)) = body.rsplit_once(',') else { return Said::Nothing };
    let (whole, part) = after.split_once('.').unwrap_or((after, ""));
    let without: String = body.chars().filter(|c| *c != ',').collect();
    let groups = before.strip_prefix(['+', '-']).unwrap_or(before);
    let mut sizes = groups.split(',');
    let first = sizes.next().unwrap_or_default();
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let regular = (1..=3).contains(&first.len()) && digits(first) && sizes.all(|group| group.len() == 3 && digits(group));
    if regular && whole.len() == 3 && digits(whole) && digits(part) && plain(&without) {
        return Said::One(without, true);
    }
    let decimal = body.replace('.', "").replace(',', ".");
    if plain(&decimal) && plain(&without) && decimal != without {
        return Said::Several(vec![decimal, without]);
    }
    Said::Nothing
}

/// A date as people write it.
pub(super) fn date(text: &str) -> Said<Date> {
    let tidied = tidy(text);
    let written = Date::new(&tidied);
    if let Ok(date) = written {
        return Said::One(date, false);
    }
    let body: String = tidied.chars().filter(|c| !c.is_whitespace()).collect();
    // Spreadsheets and pandas write the time of day as well; midnight says nothing.
    let body = ["T00:00:00", "00:00:00"].iter().find_map(|midnight| body.strip_suffix(midnight)).unwrap_or(&body).to_owned();
    let eight = body.len() == 8 && body.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = match eight {
        true => [body.get(..4), body.get(4..6), body.get(6..)].into_iter().flatten().collect(),
        false => body.split(['-', '/', '.', '年', '月', '日', '号']).filter(|part| !part.is_empty()).collect(),
    };
    let numbers: Option<Vec<u32>> = parts.iter().map(|part| part.parse().ok().filter(|_| part.bytes().all(|b| b.is_ascii_digit()))).collect();
    let made = |year: u32, month: u32, day: u32| Date::new(&format!("{year:04}-{month:02}-{day:02}")).ok();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    match (numbers.as_deref(), lengths.as_slice()) {
        (Some(&[year, month, day]), &[4, ..]) => made(year, month, day).map_or(Said::Nothing, |date| Said::One(date, true)),
        (Some(&[a, b, year]), &[_, _, 4]) => {
            let mut readings: Vec<Date> = [made(year, a, b), made(year, b, a)].into_iter().flatten().collect();
            readings.dedup();
            match readings.as_slice() {
                [only] => Said::One(*only, true),
                [] => Said::Nothing,
                several => Said::Several(several.iter().map(ToString::to_string).collect()),
            }
        }
        _ => Said::Nothing,
    }
}

/// The day of a serial number. The first epoch counts a 29 February 1900 that never was.
pub(super) fn serial(number: f64, from_1904: bool) -> Option<Date> {
    if !(0.0..3_000_000.0).contains(&number) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "bounded above")]
    let whole = number.trunc() as i64;
    let days = match (from_1904, whole) {
        (true, days) => days + 1462,
        (false, 60) | (false, 0) => return None,
        (false, days @ ..60) => days + 1,
        (false, days) => days,
    };
    // Days since 1899-12-30, as days since 0000-03-01 (Howard Hinnant, “chrono-Compatible Low-Level Date Algorithms”, civil_from_days).
    let z = days + 693_899;
    let era = z / 146_097;
    let of_era = z % 146_097;
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Date::new(&format!("{year:04}-{month:02}-{day:02}")).ok()
}

/// Yes or no as people write it.
pub(super) fn yes_no(text: &str) -> Option<bool> {
    find(YES_NO, text).map(|word| word.id == "yes")
}

/// A word for a state that stands where a value is asked.
pub(super) fn state(text: &str) -> Option<&'static Word> {
    find(STATES, text)
}

/// Whether a text says “none”, which is 0 to one writer and “no data” to another.
pub(super) fn is_none(text: &str) -> bool {
    matches!(fold(text).as_str(), "无" | "没有" | "none" | "nil" | "null" | "nan")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<(f64, bool)> {
        match number(text) {
            Said::One(figure, _) => Some((figure.value, figure.percent)),
            _ => None,
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, expected) in [
            ("12", (12.0, false)),
            (" １２．５ ", (12.5, false)),
            ("－3", (-3.0, false)),
            ("−3", (-3.0, false)),
            ("1,234", (1234.0, false)),
            ("1，234，567.8", (1_234_567.8, false)),
            ("3万", (30_000.0, false)),
            ("1.13亿", (113_000_000.0, false)),
            ("2千万", (20_000_000.0, false)),
            ("35%", (35.0, true)),
            ("７％", (7.0, true)),
            ("1e3", (1000.0, false)),
            ("12 000", (12_000.0, false)),
        ] {
            assert_eq!(value(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_or_more_than_one_is_not_guessed() {
        for text in ["约30", "30-40", "≥30", "(5)", "12套", "三十", "3万千", "1.2.3", "", "-", "1,23,456", "3万%", "inf", "nan"] {
            assert_eq!(number(text), Said::Nothing, "{text}");
        }
        for text in ["1,23", "1.234,5"] {
            assert!(matches!(number(text), Said::Several(_)), "{text}");
        }
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for text in ["2026-03-31", "2026/3/31", "2026.3.31", "2026年3月31日", "２０２６年３月３１日", "20260331", "2026-03-31 00:00:00", "31/3/2026"]
        {
            assert!(matches!(date(text), Said::One(day, _) if day.to_string() == "2026-03-31"), "{text}");
        }
        for text in ["2026年3月", "2026", "31.3.26", "2026-02-30", "soon", "2026-03-31 12:30:00"] {
            assert_eq!(date(text), Said::Nothing, "{text}");
        }
        assert_eq!(date("03/04/2026"), Said::Several(vec!["2026-03-04".into(), "2026-04-03".into()]));
    }

    #[test]
    fn serial_days_follow_both_epochs() {
        let day = |number, from_1904| serial(number, from_1904).map(|date| date.to_string());
        assert_eq!(day(46_112.0, false).as_deref(), Some("2026-03-31"));
        assert_eq!(day(46_112.0 - 1462.0, true).as_deref(), Some("2026-03-31"));
        assert_eq!(day(59.0, false).as_deref(), Some("1900-02-28"));
        assert_eq!(day(61.0, false).as_deref(), Some("1900-03-01"));
        assert_eq!(day(36_585.5, false).as_deref(), Some("2000-02-29"));
        assert_eq!(day(60.0, false), None);
        assert_eq!(day(-1.0, false), None);
        assert_eq!(day(f64::NAN, false), None);
    }
}
