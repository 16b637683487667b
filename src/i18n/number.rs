//! Plain numbers in the manner of the current language: grouped digits, three significant digits. Units are `components::format`'s.

/// Decimal mark and group separator of a language.
struct Marks {
    decimal: char,
    group: char,
}

fn marks() -> Marks {
    match super::locale() {
        "de" | "es" | "it" | "pt" | "nl" | "id" | "tr" => Marks { decimal: ',', group: '.' },
        "fr" | "pl" | "cs" | "ru" | "uk" | "sv" | "fi" => Marks { decimal: ',', group: '\u{202f}' },
        _ => Marks { decimal: '.', group: ',' },
    }
}

/// A whole number with its digits grouped: 12,345.
#[must_use]
pub fn integer(value: i128) -> String {
    let digits = value.unsigned_abs().to_string();
    let group = marks().group;
    let mut text = String::with_capacity(digits.len() * 4 / 3 + 2);
    if value < 0 {
        text.push('\u{2212}');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    text
}

/// A number with a fixed count of decimals: 1,234.50.
#[must_use]
pub fn fixed(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "\u{2013}".to_owned();
    }
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    // A whole part too long for an integer is far beyond anything shown; it stays ungrouped.
    let mut text = whole.parse().map_or_else(|_| whole.to_owned(), integer);
    if value < 0.0 && plain.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
        text.insert(0, '\u{2212}');
    }
    if !fraction.is_empty() {
        text.push(marks().decimal);
        text.push_str(fraction);
    }
    text
}

/// A number with `digits` significant digits, never in exponent form, trailing zeros of the fraction dropped: 0.0123, 4.5, 1,230.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_possible_wrap, reason = "digits and magnitudes are small")]
pub fn significant(value: f64, digits: usize) -> String {
    if value == 0.0 || !value.is_finite() {
        return if value == 0.0 { "0".to_owned() } else { "\u{2013}".to_owned() };
    }
    let magnitude = |x: f64| x.abs().log10().floor() as i32;
    let step = |m: i32| 10_f64.powi(digits as i32 - 1 - m);
    let first = step(magnitude(value));
    let rounded = (value * first).round() / first;
    // Rounding may add a digit: 9.996 becomes 10.0.
    let decimals = (digits as i32 - 1 - magnitude(rounded)).clamp(0, 12) as usize;
    let text = fixed(rounded, decimals);
    if decimals == 0 { text } else { text.trim_end_matches('0').trim_end_matches(marks().decimal).to_owned() }
}

/// A number as people type it: either mark as the decimal one, groups, spaces, a sign. `None` for anything else. What could be either
/// (`1,240`) is read in the manner of the language.
#[must_use]
pub fn parse(text: &str) -> Option<f64> {
    let typed: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '\u{2019}' | '_')).collect();
    let typed = typed.replace('\u{2212}', "-");
    let digits = typed.strip_prefix(['-', '+']).unwrap_or(&typed);
    if !digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) {
        return None;
    }
    let (dot, comma) = (digits.rfind('.'), digits.rfind(','));
    let decimal = match (dot, comma) {
        (Some(dot), Some(comma)) => Some(dot.max(comma)),
        (Some(at), None) | (None, Some(at)) => Some(at).filter(|at| is_decimal(digits, *at)),
        (None, None) => None,
    };
    let bare = |part: &str| part.replace(['.', ','], "");
    let (whole, fraction) = decimal.map_or((digits, ""), |at| (&digits[..at], &digits[at + 1..]));
    let value: f64 = format!("{}.{}", bare(whole), bare(fraction)).parse().ok()?;
    Some(if typed.starts_with('-') { -value } else { value })
}

/// Whether the only kind of mark in a number, last at `at`, is the decimal one.
fn is_decimal(digits: &str, at: usize) -> bool {
    let mark = if digits[at..].starts_with('.') { '.' } else { ',' };
    let (before, after) = (&digits[..at], &digits[at + 1..]);
    let grouped = after.len() == 3 && (1..=3).contains(&before.len()) && before != "0";
    !(before.contains(mark) || grouped && mark == marks().group)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_grouped() {
        for (value, expected) in [(0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "\u{2212}1,234,567")] {
            assert_eq!(integer(value), expected);
        }
    }

    #[test]
    fn three_digits_never_in_exponent_form() {
        let cases = [
            (0.0, "0"),
            (0.001_234_5, "0.00123"),
            (9.996, "10"),
            (4.5, "4.5"),
            (1_234.5, "1,230"),
            (99_950.0, "100,000"),
            (-0.05, "\u{2212}0.05"),
            (f64::NAN, "\u{2013}"),
        ];
        for (value, expected) in cases {
            assert_eq!(significant(value, 3), expected, "{value}");
        }
    }

    #[test]
    fn numbers_are_read_as_they_are_typed() {
        let cases = [
            ("1240", Some(1240.0)),
            ("1,240", Some(1240.0)),
            ("1.240", Some(1.24)),
            ("1,5", Some(1.5)),
            ("0,125", Some(0.125)),
            ("1.234,5", Some(1234.5)),
            ("1,234.5", Some(1234.5)),
            ("1,234,567", Some(1_234_567.0)),
            ("1.234.567", Some(1_234_567.0)),
            (" 1\u{202f}240 ", Some(1240.0)),
            ("12'500", Some(12_500.0)),
            ("\u{2212}3", Some(-3.0)),
            (".5", Some(0.5)),
            ("5.", Some(5.0)),
            ("", None),
            ("-", None),
            (",", None),
            ("1e3", None),
            ("12 ms", None),
            ("NaN", None),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text), expected, "{text}");
        }
    }
}
