//! The day of the check: the only place where the engine looks at a clock.

use std::time::{SystemTime, UNIX_EPOCH};

use talent_model::Diagnostic;
use talent_model::date::Date;
use talent_model::diagnostic::{Code, Pointer};

/// The day that the command line names, else today, as it is in Greenwich.
pub(crate) fn given_or_today(given: Option<&str>) -> Result<Date, Diagnostic> {
    let text = given.map_or_else(today, str::to_owned);
    Date::new(&text).map_err(|_| {
        let form = talent_model::Bilingual { en: "a day such as `2026-03-31`", zh: "日期，如 `2026-03-31`" };
        Diagnostic::new(Code::IllFormed, Pointer::root()).bilingual("expected", form).with("found", text)
    })
}

fn today() -> String {
    const DAY: u64 = 24 * 60 * 60;
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (year, month, day) = civil(seconds / DAY);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The date so many days after 1970-01-01, in the Gregorian calendar, by eras of 400 years that begin in March.
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_calendars_do() {
        for (days, date) in [
            (0, (1970, 1, 1)),
            (59, (1970, 3, 1)),
            (11_016, (2000, 2, 29)),
            (20_089, (2025, 1, 1)),
            (20_453, (2025, 12, 31)),
            (47_540, (2100, 2, 28)),
            (47_541, (2100, 3, 1)),
        ] {
            assert_eq!(civil(days), date);
        }
        assert!(given_or_today(None).is_ok() && given_or_today(Some("2026-02-30")).is_err());
    }
}
