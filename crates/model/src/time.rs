//! Times: milliseconds since 1970, UTC (API 1.9).

use std::fmt;

use serde::{Serialize, Serializer};

/// A moment, cut to milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// The first and last moment that the API can write with four digits of year.
const MILLIS_MIN: i64 = -62_167_219_200_000;
const MILLIS_MAX: i64 = 253_402_300_799_999;

impl Timestamp {
    /// From milliseconds since 1970; a moment outside the years 0000 to 9999 is moved to that edge.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(if millis < MILLIS_MIN {
            MILLIS_MIN
        } else if millis > MILLIS_MAX {
            MILLIS_MAX
        } else {
            millis
        })
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// This moment `millis` later.
    #[must_use]
    pub const fn plus_ms(self, millis: i64) -> Self {
        Self::from_millis(self.0.saturating_add(millis))
    }

    /// The start of this moment's month, UTC.
    #[must_use]
    pub fn month_start(self) -> Self {
        let days = self.0.div_euclid(86_400_000);
        let (_, _, day) = civil(days);
        Self((days - i64::from(day) + 1) * 86_400_000)
    }

    /// Reads RFC 3339 with any offset; a bare date means 00:00 UTC.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let millis = if text.len() == 10 {
            let date: jiff::civil::Date = text.parse().ok()?;
            date.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_millisecond()
        } else {
            // jiff also reads shapes that RFC 3339 does not have; the common ones are kept out by their length.
            (text.len() >= 20 && text.is_ascii() && !text.contains('[')).then_some(())?;
            text.parse::<jiff::Timestamp>().ok()?.as_millisecond()
        };
        (MILLIS_MIN..=MILLIS_MAX).contains(&millis).then_some(Self(millis))
    }

    /// `2026-01-02T03:04:05.678Z` as 24 bytes. Written by hand: a page of fifty tickets holds some 400 of them.
    fn digits(self) -> [u8; 24] {
        let days = self.0.div_euclid(86_400_000);
        let in_day = self.0.rem_euclid(86_400_000);
        let (year, month, day) = civil(days);
        let mut out = *b"0000-00-00T00:00:00.000Z";
        let mut put = |at: usize, width: usize, value: i64| {
            let mut rest = value;
            for place in (at..at + width).rev() {
                out[place] = b'0' + u8::try_from(rest % 10).unwrap_or(0);
                rest /= 10;
            }
        };
        put(0, 4, year);
        put(5, 2, i64::from(month));
        put(8, 2, i64::from(day));
        put(11, 2, in_day / 3_600_000);
        put(14, 2, in_day / 60_000 % 60);
        put(17, 2, in_day / 1_000 % 60);
        put(20, 3, in_day % 1_000);
        out
    }
}

/// Year, month and day of a day counted from 1970-01-01 (Howard Hinnant's `civil_from_days`).
fn civil(days: i64) -> (i64, u8, u8) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    (year, u8::try_from(month).unwrap_or(1), u8::try_from(day).unwrap_or(1))
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.digits()).map_err(|_| fmt::Error)?)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits = self.digits();
        serializer.serialize_str(std::str::from_utf8(&digits).map_err(serde::ser::Error::custom)?)
    }
}

impl utoipa::PartialSchema for Timestamp {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        crate::input::schema::timestamp()
    }
}
impl utoipa::ToSchema for Timestamp {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_in_utc_with_milliseconds() {
        for text in [
            "2026-01-02T03:04:05.678Z",
            "1970-01-01T00:00:00.000Z",
            "2000-02-29T23:59:59.999Z",
            "1969-12-31T23:59:59.001Z",
        ] {
            assert_eq!(Timestamp::parse(text).map(|at| at.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn offsets_and_bare_dates_are_read() {
        let at = |text| Timestamp::parse(text).map(|at| at.to_string());
        assert_eq!(at("2026-01-02T03:04:05+02:00").as_deref(), Some("2026-01-02T01:04:05.000Z"));
        assert_eq!(at("2026-01-02").as_deref(), Some("2026-01-02T00:00:00.000Z"));
        for wrong in [
            "",
            "2026",
            "2026-13-01",
            "2026-01-02T03:04:05",
            "yesterday",
            "2026-02-30T00:00:00Z",
            "2026-01-02T03:04:05Z[UTC]",
        ] {
            assert_eq!(at(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_month_starts_on_its_first_day() {
        let at = Timestamp::parse("2024-02-29T12:00:00Z").map(Timestamp::month_start);
        assert_eq!(at, Timestamp::parse("2024-02-01"));
    }
}
