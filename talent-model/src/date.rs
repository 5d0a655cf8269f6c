//! Calendar dates.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smol_str::SmolStr;

use crate::diagnostic::Code;
use crate::document::{Cx, Node, Read};
use crate::lang::Bilingual;
use crate::macros::record;

/// A day of the calendar, written `2026-03-31` (ISO 8601), in the years 1000 to 9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// A text that is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// It is not of the form `2026-03-31`.
    #[error("expected a date such as `2026-03-31`")]
    Form,
    /// It names a day that the calendar does not have.
    #[error("there is no such day in the calendar")]
    NoSuchDay,
}

impl Date {
    #[cfg(feature = "schema")]
    const PATTERN: &'static str = "^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";

    /// Reads a date.
    ///
    /// # Errors
    /// [`DateError`] when the text has another form or the day does not exist.
    pub fn new(text: &str) -> Result<Self, DateError> {
        let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return Err(DateError::Form) };
        let number = |digits: &[u8]| {
            digits
                .iter()
                .try_fold(0_u16, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u16::from(digit - b'0')))
                .ok_or(DateError::Form)
        };
        let (year, month, day) = (number(&[y1, y2, y3, y4])?, number(&[m1, m2])?, number(&[d1, d2])?);
        if year < 1000 || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return Err(DateError::Form);
        }
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if day > days {
            return Err(DateError::NoSuchDay);
        }
        let small = |n: u16| u8::try_from(n).map_err(|_| DateError::Form);
        Ok(Self { year, month: small(month)?, day: small(day)? })
    }
}

impl Date {
    /// As ISO 8601 has it. Every observation may have one, and the machinery of formatting is slow.
    fn written(self) -> SmolStr {
        let digit = |value: u16, unit: u16| b'0' + u8::try_from(value / unit % 10).unwrap_or_default();
        let two = |value: u8| [digit(value.into(), 10), digit(value.into(), 1)];
        let [a, b, c, d] = [1000, 100, 10, 1].map(|unit| digit(self.year, unit));
        let ([e, f], [g, h]) = (two(self.month), two(self.day));
        SmolStr::new(str::from_utf8(&[a, b, c, d, b'-', e, f, b'-', g, h]).unwrap_or_default())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::str::FromStr for Date {
    type Err = DateError;
    fn from_str(text: &str) -> Result<Self, DateError> {
        Self::new(text)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.written())
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl serde::de::Visitor<'_> for Visit {
            type Value = Date;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date such as `2026-03-31`")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Date, E> {
                Date::new(text).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Visit)
    }
}

impl Read for Date {
    fn read(node: &Node<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        let text = cx.string(node)?;
        match Self::new(text) {
            Ok(date) => Some(date),
            Err(DateError::Form) => cx.ill_formed(node, text, Bilingual { en: "a date such as `2026-03-31`", zh: "日期，如 `2026-03-31`" }),
            Err(DateError::NoSuchDay) => cx.fault(Code::DateImpossible, text),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Date {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": Self::PATTERN,
            "description": "A day of the calendar, written year-month-day (ISO 8601). The pattern cannot tell that a month has fewer than 31 days; the engine can.",
            "examples": ["2026-03-31"],
        })
    }
}

record! {
    /// A span of days, both ends included.
    pub struct Period {
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_is_gregorian() {
        for good in ["2024-02-29", "2000-02-29", "2026-12-31"] {
            assert_eq!(Date::new(good).map(|d| d.to_string()), Ok(good.to_owned()));
        }
        for bad in ["2023-02-29", "1900-02-29", "2026-04-31"] {
            assert_eq!(Date::new(bad), Err(DateError::NoSuchDay), "{bad}");
        }
        for bad in ["2026-4-01", "2026-13-01", "26-01-01", "2026-01-01T00:00", "", "0026-01-01", "2026-01-00"] {
            assert_eq!(Date::new(bad), Err(DateError::Form), "{bad}");
        }
    }
}
