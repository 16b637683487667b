//! How figures are written: three significant digits, a unit, a comma every three digits (English).

use serde::{Deserialize, Serialize};

/// How a figure is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A whole number: `1,240`.
    Count,
    /// A number that need not be whole: `49.8`.
    Number,
    /// A share as a percentage: `10.5 %`.
    Percent,
    /// A share as odds: `one in ten`.
    OneIn,
    /// Milliseconds, as seconds from 1,000 on and as minutes from two of them on: `187 ms`, `1.21 s`, `13 min 33 s`.
    Duration,
    /// US dollars: `$0.0125`, `$54.20`, `$1,240`.
    Dollars,
}

impl Format {
    /// Every format with the word that `{{result:run.metric as word}}` uses.
    pub const ALL: [(&'static str, Self); 6] = [
        ("count", Self::Count),
        ("number", Self::Number),
        ("percent", Self::Percent),
        ("one-in", Self::OneIn),
        ("duration", Self::Duration),
        ("dollars", Self::Dollars),
    ];

    /// The format with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(name, _)| *name == word).map(|(_, format)| *format)
    }

    /// How many of the unit that answers are given in make one of the base unit: a share is answered in percent.
    #[must_use]
    pub const fn shown_per_base(self) -> f64 {
        match self {
            Self::Percent | Self::OneIn => 100.0,
            Self::Count | Self::Number | Self::Duration | Self::Dollars => 1.0,
        }
    }

    /// Writes a value in its base unit (a share of 1, milliseconds, dollars, or a plain number).
    #[must_use]
    pub fn write(self, value: f64) -> String {
        if !value.is_finite() {
            return "no value".to_owned();
        }
        match self {
            Self::Count => grouped(value, 0),
            Self::Number => significant(value),
            Self::Percent => format!("{} %", significant(value * 100.0)),
            Self::OneIn => one_in(value),
            Self::Duration if value.abs() < 999.5 => format!("{} ms", significant(value)),
            Self::Duration if value.abs() < 119_500.0 => format!("{} s", significant(value / 1_000.0)),
            Self::Duration => long_duration(value / 1_000.0),
            Self::Dollars => dollars(value),
        }
    }
}

/// Three significant digits, without trailing zeros behind the point; whole from 100 on.
fn significant(value: f64) -> String {
    let magnitude = value.abs();
    let decimals = match magnitude {
        m if m == 0.0 || m >= 99.95 => 0,
        m if m >= 9.995 => 1,
        m if m >= 0.9995 => 2,
        m if m >= 0.099_95 => 3,
        m if m >= 0.009_995 => 4,
        _ => 5,
    };
    let text = grouped(value, decimals);
    if decimals == 0 { text } else { text.trim_end_matches('0').trim_end_matches('.').to_owned() }
}

/// Minutes and seconds, and from an hour on hours and minutes; the smaller is left out where it is 0.
fn long_duration(seconds: f64) -> String {
    let (sixtieths, large, small) = if seconds.abs() < 3_599.5 { (seconds, "min", "s") } else { (seconds / 60.0, "h", "min") };
    let whole = sixtieths.round();
    let (most, rest) = ((whole / 60.0).trunc(), (whole % 60.0).abs());
    let most = format!("{} {large}", grouped(most, 0));
    if rest == 0.0 { most } else { format!("{most} {} {small}", grouped(rest, 0)) }
}

/// Cents from one dollar on, three digits below, whole dollars from 1,000 on.
fn dollars(value: f64) -> String {
    let magnitude = value.abs();
    let sign = if value < 0.0 { "-" } else { "" };
    match magnitude {
        m if m >= 999.995 => format!("{sign}${}", grouped(m, 0)),
        m if m == 0.0 || m >= 0.995 => format!("{sign}${}", grouped(m, 2)),
        m => format!("{sign}${}", significant(m)),
    }
}

/// `none`, `all`, `one in ten`, `one in 37`.
fn one_in(share: f64) -> String {
    const WORDS: [&str; 9] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    if share <= 0.0 {
        return "none".to_owned();
    }
    if share > 2.0 / 3.0 {
        return if share >= 1.0 { "all".to_owned() } else { Format::Percent.write(share) };
    }
    let rounded = (1.0 / share).round();
    match WORDS.iter().zip(2_u8..).find(|(_, n)| f64::from(*n) == rounded) {
        Some((word, _)) => format!("one in {word}"),
        None => format!("one in {}", grouped(rounded, 0)),
    }
}

fn grouped(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, rest) = digits.find('.').map_or((digits, ""), |dot| digits.split_at(dot));
    let mut out = String::with_capacity(text.len() + whole.len() / 3);
    let zero = digits.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    out.push_str(if zero { "" } else { sign });
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_a_person_writes_them() {
        let cases = [
            (Format::Count, 1240.0, "1,240"),
            (Format::Count, 1_234_567.0, "1,234,567"),
            (Format::Number, 49.84, "49.8"),
            (Format::Number, 50.0, "50"),
            (Format::Percent, 0.105, "10.5 %"),
            (Format::Percent, 0.0, "0 %"),
            (Format::Percent, 0.001_329, "0.133 %"),
            (Format::OneIn, 0.105, "one in ten"),
            (Format::OneIn, 0.027, "one in 37"),
            (Format::OneIn, 0.0, "none"),
            (Format::OneIn, 0.9, "90 %"),
            (Format::Duration, 187.2, "187 ms"),
            (Format::Duration, 999.7, "1 s"),
            (Format::Duration, 1214.0, "1.21 s"),
            (Format::Dollars, 54.2, "$54.20"),
            (Format::Dollars, 0.0125, "$0.0125"),
            (Format::Dollars, 1240.4, "$1,240"),
            (Format::Dollars, 0.0, "$0.00"),
            (Format::Number, f64::NAN, "no value"),
        ];
        for (format, value, expected) in cases {
            assert_eq!(format.write(value), expected, "{format:?} of {value}");
        }
    }
}
