//! Numbers as people read them: three significant digits, a unit, separators between thousands. Pure; the page never formats a number
//! anywhere else, so that the same quantity looks the same in a slider, a chart and a sentence. How a language writes digits is
//! [`crate::i18n::number`]'s business.

use crate::i18n::number as locale;
use crate::t;

/// Between a number and its unit: they never part at the end of a line.
pub const NBSP: char = '\u{a0}';

/// Digits of every number that is not counted.
const SIGNIFICANT: usize = 3;

const PICODOLLARS_PER_DOLLAR: f64 = 1e12;

/// What a number counts. [`Unit::show`] gives number and unit, [`Unit::word`] the unit alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// A bare number, three significant digits.
    #[default]
    Plain,
    /// A whole number, all digits.
    Count,
    /// Microseconds, shown in the unit that fits.
    Micros,
    /// Milliseconds, shown as milliseconds.
    Millis,
    /// Seconds, shown as seconds.
    Seconds,
    /// Minutes, shown as minutes.
    Minutes,
    /// Megabytes (AWS's: 1,024 to the GB), all digits.
    Megabytes,
    /// A share between 0 and 1, shown in percent.
    Share,
    /// A number that already is in percent.
    Percent,
    /// Dollars.
    Dollars,
    /// Per second.
    PerSecond,
    /// Offered load in erlangs (mean number of busy environments if none were missing).
    Erlang,
    /// Microseconds since midnight, shown as a clock.
    Clock,
    /// Any other unit; its word is put behind the number.
    Other(&'static str),
}

impl Unit {
    /// The number with its unit: `12.3 ms`, `1,800 MB`, `$0.42`.
    #[must_use]
    pub fn show(self, value: f64) -> String {
        match self {
            Self::Plain => number(value),
            Self::Count => whole(value),
            Self::Micros => duration_us(value),
            Self::Share => percent(value),
            Self::Percent => percent(value / 100.0),
            Self::Dollars => dollars(value),
            Self::Clock => clock_us(value),
            Self::Megabytes => with_unit(&whole(value), self.word()),
            _ => with_unit(&number(value), self.word()),
        }
    }

    /// The unit's own word or sign; empty for bare numbers, clocks and [`Unit::Micros`], which chooses its unit by size.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Plain | Self::Count | Self::Micros | Self::Clock => "",
            Self::Millis => "ms",
            Self::Seconds => "s",
            Self::Minutes => "min",
            Self::Megabytes => "MB",
            Self::Share | Self::Percent => "%",
            Self::Dollars => "$",
            Self::PerSecond => "/s",
            Self::Erlang => "erlang",
            Self::Other(word) => word,
        }
    }
}

/// `number`, no-break space, `unit`; the number alone without a unit.
#[must_use]
pub fn with_unit(number: &str, unit: &str) -> String {
    if unit.is_empty() { number.to_owned() } else { format!("{number}{NBSP}{unit}") }
}

/// Three significant digits: `0.0123`, `4.5`, `1,230`; `–` for what is no number.
#[must_use]
pub fn number(value: f64) -> String {
    locale::significant(value, SIGNIFICANT)
}

/// A whole number with all its digits: `10,240`.
#[must_use]
pub fn whole(value: f64) -> String {
    locale::fixed(value.round(), 0)
}

/// A counter with all its digits.
#[must_use]
pub fn count(value: u64) -> String {
    locale::integer(i128::from(value))
}

/// Microseconds in the unit that fits: `850 µs`, `12.3 ms`, `1.2 s`, `15 min`, `2 min 5 s`, `3 h 30 min`.
#[must_use]
pub fn duration_us(us: f64) -> String {
    const STEPS: [(f64, f64, &str); 3] = [(999.5, 1.0, "µs"), (999_500.0, 1e3, "ms"), (59.95e6, 1e6, "s")];
    if !us.is_finite() {
        return number(us);
    }
    match STEPS.into_iter().find(|(below, ..)| us.abs() < *below) {
        _ if us == 0.0 => with_unit("0", "ms"),
        Some((_, one, unit)) => with_unit(&number(us / one), unit),
        None if us.abs() < 3_599.5e6 => two_units(us / 1e6, "min", "s"),
        None => two_units(us / 60e6, "h", "min"),
    }
}

/// `sixtieths` of the larger unit, as whole numbers of both; the smaller is left out where it is 0.
fn two_units(sixtieths: f64, large: &str, small: &str) -> String {
    let whole = sixtieths.round();
    let (most, rest) = ((whole / 60.0).trunc(), (whole % 60.0).abs());
    let most = with_unit(&self::whole(most), large);
    if rest == 0.0 { most } else { format!("{most} {}", with_unit(&self::whole(rest), small)) }
}

/// A share between 0 and 1 in percent: `0.133 %`, `50 %`.
#[must_use]
pub fn percent(share: f64) -> String {
    with_unit(&number(share * 100.0), "%")
}

/// Dollars: cents from a dollar on, three significant digits below, at least down to the cent: `$0.40`.
#[must_use]
pub fn dollars(amount: f64) -> String {
    let size = amount.abs();
    let whole_cents = (size * 100.0 - (size * 100.0).round()).abs() < 1e-6;
    let digits = if size >= 0.995 || (whole_cents && size >= 0.005) { locale::fixed(size, 2) } else { number(size) };
    let sign = if amount < 0.0 { "−" } else { "" };
    format!("{sign}${digits}")
}

/// Picodollars, as the simulator counts money, in dollars.
#[must_use]
pub fn picodollars(amount_pd: i128) -> String {
    dollars(picodollars_to_dollars(amount_pd))
}

/// Picodollars as a number of dollars, for charts.
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "charts and three significant digits need no more than 53 bits")]
pub fn picodollars_to_dollars(amount_pd: i128) -> f64 {
    amount_pd as f64 / PICODOLLARS_PER_DOLLAR
}

/// Microseconds since midnight as a clock: `08:58`, with seconds where they are not zero: `08:58:30`. The clock wraps at midnight.
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "the value is bounded by the seconds of a day")]
pub fn clock_us(us: f64) -> String {
    if !us.is_finite() {
        return "–".to_owned();
    }
    const DAY_S: f64 = 86_400.0;
    let second = (us / 1e6).round();
    let day = second.div_euclid(DAY_S);
    let second = second.rem_euclid(DAY_S) as u32;
    let (h, m, s) = (second / 3600, second / 60 % 60, second % 60);
    let clock = if s == 0 { format!("{h:02}:{m:02}") } else { format!("{h:02}:{m:02}:{s:02}") };
    if day >= 1.0 { t!("kit.day", n = (day + 1.0).to_string(), clock = clock) } else { clock }
}

/// How far apart two amounts are, in words: `the same`, `2.1 times as much`, `0.4 times as much`; differences where one is 0.
#[must_use]
pub fn ratio(part: f64, whole: f64) -> Option<String> {
    let known = part.is_finite() && whole.is_finite() && whole != 0.0;
    known.then(|| number(round_significant(part / whole, 2)))
}

/// The number a person typed, with separators between thousands or a decimal comma forgiven; none where it is no finite number.
#[must_use]
pub fn parse(text: &str) -> Option<f64> {
    let mut plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != NBSP && *c != '_').collect();
    plain = plain.replace('−', "-");
    let decimal_comma = !plain.contains('.') && plain.matches(',').count() == 1 && !looks_grouped(&plain);
    plain = if decimal_comma { plain.replace(',', ".") } else { plain.replace(',', "") };
    plain.parse().ok().filter(|value: &f64| value.is_finite())
}

/// `value` at so many significant digits.
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "the exponent of a finite f64 fits an i32")]
pub fn round_significant(value: f64, digits: i32) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let exponent = value.abs().log10().floor() as i32;
    let shift = digits - 1 - exponent;
    // Dividing by a whole power of ten is exact where multiplying by its inverse is not.
    if shift >= 0 {
        let scale = 10f64.powi(shift);
        (value * scale).round() / scale
    } else {
        let scale = 10f64.powi(-shift);
        (value / scale).round() * scale
    }
}

fn looks_grouped(text: &str) -> bool {
    text.rsplit(',').next().is_some_and(|tail| tail.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        text.replace(NBSP, " ")
    }

    #[test]
    fn units_choose_their_size() {
        for (unit, value, expected) in [
            (Unit::Plain, 1234.0, "1,230"),
            (Unit::Count, 1234.0, "1,234"),
            (Unit::Plain, f64::NAN, "–"),
            (Unit::Micros, 850.0, "850 µs"),
            (Unit::Micros, 12_345.0, "12.3 ms"),
            (Unit::Micros, 0.0, "0 ms"),
            (Unit::Micros, 900e6, "15 min"),
            (Unit::Micros, 125e6, "2 min 5 s"),
            (Unit::Micros, 12_600e6, "3 h 30 min"),
            (Unit::Micros, f64::NAN, "–"),
            (Unit::Megabytes, 1800.0, "1,800 MB"),
            (Unit::Share, 0.001_33, "0.133 %"),
            (Unit::Share, 0.07, "7 %"),
            (Unit::PerSecond, 12.34, "12.3 /s"),
            (Unit::Dollars, 54.2, "$54.20"),
            (Unit::Dollars, 0.4, "$0.40"),
            (Unit::Dollars, 0.0, "$0"),
            (Unit::Dollars, 0.000_002_1, "$0.0000021"),
            (Unit::Other("places"), 3.0, "3 places"),
        ] {
            assert_eq!(plain(&unit.show(value)), expected, "{value}");
        }
        assert_eq!(picodollars(1_500_000_000_000), "$1.50");
    }

    #[test]
    fn clocks_drop_empty_seconds_and_name_the_day_from_the_second_on() {
        assert_eq!(clock_us(9.0 * 3_600e6), "09:00");
        assert_eq!(clock_us(8.0 * 3_600e6 + 3_510e6), "08:58:30");
        assert_eq!(clock_us(25.0 * 3_600e6), "day 2, 01:00");
    }

    #[test]
    fn typed_numbers_are_forgiven() {
        for (text, expected) in [
            ("12", Some(12.0)),
            ("1,024", Some(1024.0)),
            ("1,5", Some(1.5)),
            (" 3.25 ", Some(3.25)),
            ("−2", Some(-2.0)),
            ("", None),
            ("abc", None),
            ("inf", None),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }
}
