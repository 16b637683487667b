//! Calendar dates, as far as the registry and the rules by date need them: parse, compare, add months, the next day.

use core::fmt;

/// A day of the Gregorian calendar, printed as `2026-11-23`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// A day of the calendar. The generator writes only days that exist.
    pub(crate) const fn of(year: u16, month: u8, day: u8) -> Self {
        Self { year, month, day }
    }

    /// Reads `YYYY-MM-DD`; anything else, or a day that the calendar does not have, is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits_and_dashes = text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        if text.len() != 10 || !digits_and_dashes {
            return None;
        }
        let date = Self { year: text.get(0..4)?.parse().ok()?, month: text.get(5..7)?.parse().ok()?, day: text.get(8..10)?.parse().ok()? };
        let exists = (1..=12).contains(&date.month) && (1..=days_in(date.year, date.month)).contains(&date.day);
        exists.then_some(date)
    }

    /// The day after this one.
    #[must_use]
    pub const fn next_day(self) -> Self {
        let Self { year, month, day } = self;
        match (month, day < days_in(year, month)) {
            (_, true) => Self { day: day + 1, ..self },
            (12, false) => Self { year: year + 1, month: 1, day: 1 },
            (_, false) => Self { year, month: month + 1, day: 1 },
        }
    }

    /// Year, month and day.
    #[must_use]
    pub const fn parts(self) -> (u16, u8, u8) {
        (self.year, self.month, self.day)
    }

    /// The same day `months` later; the last day of the month where that month is shorter.
    #[must_use]
    pub fn plus_months(self, months: u8) -> Self {
        let month_index = u16::from(self.month - 1) + u16::from(months);
        let year = self.year + month_index / 12;
        let month = (month_index % 12) as u8 + 1;
        Self { year, month, day: self.day.min(days_in(year, month)) }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

const fn days_in(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_only_days_that_exist() {
        for good in ["2026-11-23", "2024-02-29", "2000-02-29", "2021-12-31"] {
            assert_eq!(Date::parse(good).map(|date| date.to_string()).as_deref(), Some(good));
        }
        for bad in ["2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-4-01", "26-04-01", "", "2026-04-0é"] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_day_follows_another() {
        for (day, next) in
            [("2026-11-23", "2026-11-24"), ("2025-12-31", "2026-01-01"), ("2024-02-28", "2024-02-29"), ("2023-02-28", "2023-03-01")]
        {
            assert_eq!(Date::parse(day).map(|date| date.next_day().to_string()).as_deref(), Some(next));
        }
    }

    #[test]
    fn adds_months_across_years_and_short_months() {
        let check = |from: &str, to: &str| {
            let later = Date::parse(from).map(|date| date.plus_months(6).to_string());
            assert_eq!(later.as_deref(), Some(to));
        };
        check("2026-01-01", "2026-07-01");
        check("2026-10-05", "2027-04-05");
        check("2026-08-31", "2027-02-28");
        check("2023-08-31", "2024-02-29");
    }
}
