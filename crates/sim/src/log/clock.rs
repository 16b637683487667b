//! Dates and times of log lines.

use crate::Scenario;

/// Microseconds from 1970 to the Monday on which every run starts: a scenario has a time of day but no date.
const FIRST_DAY_US: u64 = 20_458 * DAY_US;
const DAY_US: u64 = 86_400_000_000;

/// Turns simulated time into the timestamps of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    start_us: u64,
}

impl Clock {
    /// The scenario's clock: 2026-01-05 (a Monday) at its `clock_start_s` is simulated time 0.
    #[must_use]
    pub const fn of(scenario: &Scenario) -> Self {
        Self { start_us: FIRST_DAY_US + scenario.clock_start_s() as u64 * 1_000_000 }
    }

    /// ISO 8601 with milliseconds, as in `2026-01-05T09:00:00.000Z`.
    #[must_use]
    pub fn stamp(self, at_us: u64) -> String {
        let us = self.start_us.saturating_add(at_us);
        let (year, month, day) = date(us / DAY_US);
        let (second, ms) = (us % DAY_US / 1_000_000, us % 1_000_000 / 1_000);
        format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{ms:03}Z", second / 3_600, second / 60 % 60, second % 60)
    }
}

/// Year, month and day of a number of days since 1970 (the proleptic Gregorian calendar, counted from 1 March).
const fn date(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 { (era * 400 + year_of_era, month + 3) } else { (era * 400 + year_of_era + 1, month - 9) };
    (year, month, day)
}

/// Microseconds since 1970 of the timestamp that a line begins with, and how many bytes it takes: ISO 8601 with a `T` or a space,
/// with or without a fraction and an offset (none means UTC), or 10 to 13 digits of Unix time.
pub(super) fn read_stamp(line: &str) -> Option<(i64, usize)> {
    read_iso(line).or_else(|| read_unix(line))
}

fn read_unix(line: &str) -> Option<(i64, usize)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let value: i64 = line.get(..digits)?.parse().ok()?;
    match digits {
        10 => Some((value * 1_000_000, digits)),
        13 => Some((value * 1_000, digits)),
        _ => None,
    }
}

fn read_iso(line: &str) -> Option<(i64, usize)> {
    let bytes = line.as_bytes();
    let number = |from: usize, to: usize| -> Option<i64> {
        let part = bytes.get(from..to)?;
        part.iter().all(u8::is_ascii_digit).then(|| part.iter().fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0')))
    };
    let is = |at: usize, allowed: &[u8]| bytes.get(at).is_some_and(|byte| allowed.contains(byte));
    if !(is(4, b"-/") && is(7, b"-/") && is(10, b"T ") && is(13, b":") && is(16, b":")) {
        return None;
    }
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    if year < 1970 || !(1..=12).contains(&month) || !(1..=31).contains(&day) || hour > 24 || minute > 59 || second > 60 {
        return None;
    }
    let mut length = 19;
    let mut fraction_us = 0;
    if is(length, b".,") && bytes.get(length + 1).is_some_and(u8::is_ascii_digit) {
        length += 1;
        let mut weight = 100_000;
        while let Some(digit) = bytes.get(length).filter(|byte| byte.is_ascii_digit()) {
            fraction_us += i64::from(digit - b'0') * weight;
            weight /= 10;
            length += 1;
        }
    }
    let mut offset_s = 0;
    if is(length, b"Z") {
        length += 1;
    } else if is(length, b"+-")
        && let Some(hours) = number(length + 1, length + 3)
    {
        let colon = usize::from(is(length + 3, b":"));
        let minutes = number(length + 3 + colon, length + 5 + colon);
        let sign = if is(length, b"-") { -1 } else { 1 };
        offset_s = sign * (hours * 3_600 + minutes.unwrap_or(0) * 60);
        length += if minutes.is_some() { 5 + colon } else { 3 };
    }
    let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offset_s;
    Some((seconds * 1_000_000 + fraction_us, length))
}

/// Days since 1970; the inverse of [`date`].
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year / 400;
    let year_of_era = year % 400;
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::{Clock, FIRST_DAY_US, date, days, read_stamp};

    #[test]
    fn dates_there_and_back() {
        for day in (0..60_000).step_by(7) {
            let (year, month, of_month) = date(day);
            assert_eq!(days(year as i64, month as i64, of_month as i64), day as i64);
        }
        assert_eq!(date(20_458), (2026, 1, 5));
        assert_eq!((20_458 + 3) % 7, 0, "1970 began on a Thursday, so this is a Monday");
        assert_eq!(date(11_016), (2000, 2, 29));
    }

    #[test]
    fn stamps_are_read_as_they_are_written() {
        let clock = Clock { start_us: FIRST_DAY_US + 9 * 3_600_000_000 };
        assert_eq!(clock.stamp(0), "2026-01-05T09:00:00.000Z");
        assert_eq!(clock.stamp(15 * 3_600_000_000 + 1_234_567), "2026-01-06T00:00:01.234Z");
        let text = clock.stamp(61_500_000);
        assert_eq!(read_stamp(&text), Some((clock.start_us as i64 + 61_500_000, text.len())));
    }

    #[test]
    fn stamps_in_other_formats() {
        let expect = 1_767_603_600_123_000;
        for text in [
            "2026-01-05T09:00:00.123Z",
            "2026-01-05 09:00:00.123",
            "2026-01-05T11:00:00.123+02:00",
            "2026-01-05T11:00:00.123000+0200",
            "2026-01-05T04:00:00.123-05:00",
            "2026-01-05T10:00:00.123+01",
            "1767603600123",
        ] {
            assert_eq!(read_stamp(text), Some((expect, text.len())), "{text}");
        }
        assert_eq!(read_stamp("1767603600 REPORT"), Some((1_767_603_600_000_000, 10)));
        for text in ["", "REPORT", "2026-13-05T09:00:00Z", "2026-01-05", "123", "2026-01-05T09:00:xx", "20260105090000123456"] {
            assert_eq!(read_stamp(text), None, "{text}");
        }
    }
}
