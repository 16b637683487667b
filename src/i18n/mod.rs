//! Interface strings: `locales/en.toml` and its translations, compiled into tables. Lessons' prose is not here.
//!
//! `t!("nav.home")` is a `&'static str`; `t!("runs.done", n = 3)` is a `String` with its `{n}` filled in and, where the catalogue
//! has plural forms, the form that `n` asks for. A key that the catalogue lacks does not compile.

pub mod number;

#[allow(clippy::large_const_arrays, reason = "only the compiler looks into them")]
mod catalogue {
    include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));
}

use std::cell::Cell;

thread_local! {
    static LOCALE: Cell<usize> = const { Cell::new(0) };
}

/// A text in each language, in the order of the catalogue's list.
type InEveryLanguage = [Message; catalogue::LOCALES.len()];

/// One text of a catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message {
    /// The same whatever the numbers.
    Plain(&'static str),
    /// By the plural category of `n`.
    Plural(&'static [(PluralCategory, &'static str)]),
}

/// CLDR's plural categories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PluralCategory {
    /// Zero, in languages that have a form for it.
    Zero,
    /// One thing.
    One,
    /// Two things.
    Two,
    /// A few.
    Few,
    /// Many.
    Many,
    /// Everything else; always there.
    Other,
}

/// A key of the catalogue that was checked when it was compiled; make one with `text!`, for tables of texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text(&'static InEveryLanguage);

impl Text {
    /// Used by `t!` and `text!`.
    ///
    /// # Panics
    /// When compiling, if the catalogue lacks the key.
    #[must_use]
    pub const fn new(key: &str) -> Self {
        Self(catalogue::MESSAGES[find(key)])
    }

    /// The text in the current language.
    #[must_use]
    pub fn get(self) -> &'static str {
        match self.message() {
            Message::Plain(text) => text,
            Message::Plural(forms) => form(forms, PluralCategory::Other),
        }
    }

    /// The text with `{name}` replaced by each argument; `n` picks the plural form.
    #[must_use]
    pub fn format(self, arguments: &[(&str, &dyn Argument)]) -> String {
        let template = match self.message() {
            Message::Plain(text) => text,
            Message::Plural(forms) => {
                let count = arguments.iter().find(|(name, _)| *name == "n").and_then(|(_, value)| value.count());
                form(forms, category(locale(), count))
            }
        };
        fill(template, arguments)
    }

    fn message(self) -> Message {
        self.0[LOCALE.get()]
    }
}

/// What can stand for a `{name}`.
pub trait Argument {
    /// As it is shown; numbers in the manner of the language.
    fn text(&self) -> String;
    /// Its number, if it is one: decides the plural form.
    fn count(&self) -> Option<f64> {
        None
    }
}

macro_rules! integer_arguments {
    ($($kind:ty),+) => {
        $(impl Argument for $kind {
            fn text(&self) -> String {
                number::integer(i128::from(*self))
            }
            #[allow(clippy::cast_precision_loss, clippy::cast_lossless, reason = "only small counts have plural forms of their own")]
            fn count(&self) -> Option<f64> {
                Some(*self as f64)
            }
        })+
    };
}

integer_arguments!(u8, u16, u32, u64, i32, i64);

impl Argument for usize {
    fn text(&self) -> String {
        (*self as u64).text()
    }
    fn count(&self) -> Option<f64> {
        (*self as u64).count()
    }
}

impl Argument for f64 {
    fn text(&self) -> String {
        number::significant(*self, 3)
    }
    fn count(&self) -> Option<f64> {
        Some(*self)
    }
}

impl Argument for &str {
    fn text(&self) -> String {
        (*self).to_owned()
    }
}

impl Argument for String {
    fn text(&self) -> String {
        self.clone()
    }
}

impl Argument for yew::AttrValue {
    fn text(&self) -> String {
        self.to_string()
    }
}

/// A text of the catalogue: `t!("section.key")`, `t!("section.key", n = 3, name = "x")`.
#[macro_export]
macro_rules! t {
    ($key:literal) => {
        const { $crate::i18n::Text::new($key) }.get()
    };
    ($key:literal, $($name:ident = $value:expr),+ $(,)?) => {
        const { $crate::i18n::Text::new($key) }
            .format(&[$((stringify!($name), &$value as &dyn $crate::i18n::Argument)),+])
    };
}

/// A key of the catalogue for a table: `text!("section.key").get()` when it is shown.
#[macro_export]
macro_rules! text {
    ($key:literal) => {
        const { $crate::i18n::Text::new($key) }
    };
}

/// The language in use, such as `en`.
#[must_use]
pub fn locale() -> &'static str {
    catalogue::LOCALES[LOCALE.get()]
}

/// Switches to the first language of `wanted` that there is, a region falling back to its language; else stays.
pub fn choose_locale<'a>(wanted: impl IntoIterator<Item = &'a str>) {
    for tag in wanted {
        let language = tag.split('-').next().unwrap_or(tag);
        let position = |name: &str| catalogue::LOCALES.iter().position(|locale| locale.eq_ignore_ascii_case(name));
        if let Some(index) = position(tag).or_else(|| position(language)) {
            LOCALE.set(index);
            return;
        }
    }
}

/// Place of a key in the sorted table; a missing one stops the compiler.
const fn find(key: &str) -> usize {
    let (mut low, mut high) = (0, catalogue::KEYS.len());
    while low < high {
        let middle = low.midpoint(high);
        match compare(catalogue::KEYS[middle].as_bytes(), key.as_bytes()) {
            0 => return middle,
            1 => high = middle,
            _ => low = middle + 1,
        }
    }
    #[allow(clippy::panic, reason = "evaluated by the compiler: it is how a missing key becomes a compile error")]
    {
        panic!("this key is not in locales/en.toml")
    }
}

/// 0 equal, 1 left is greater, 2 right is greater.
const fn compare(left: &[u8], right: &[u8]) -> u8 {
    let mut i = 0;
    while i < left.len() && i < right.len() {
        if left[i] != right[i] {
            return if left[i] > right[i] { 1 } else { 2 };
        }
        i += 1;
    }
    if left.len() == right.len() {
        0
    } else if left.len() > right.len() {
        1
    } else {
        2
    }
}

fn form(forms: &'static [(PluralCategory, &'static str)], wanted: PluralCategory) -> &'static str {
    let of = |category| forms.iter().find(|(have, _)| *have == category).map(|(_, text)| *text);
    of(wanted).or_else(|| of(PluralCategory::Other)).unwrap_or_default()
}

/// CLDR's rule of each language that has a catalogue.
fn category(locale: &str, count: Option<f64>) -> PluralCategory {
    match (locale, count) {
        ("en", Some(n)) if (n - 1.0).abs() < f64::EPSILON => PluralCategory::One,
        _ => PluralCategory::Other,
    }
}

fn fill(template: &str, arguments: &[(&str, &dyn Argument)]) -> String {
    let mut text = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        text.push_str(&rest[..open]);
        rest = &rest[open..];
        let Some(close) = rest.find('}') else { break };
        match arguments.iter().find(|(name, _)| *name == &rest[1..close]) {
            Some((_, value)) => text.push_str(&value.text()),
            None => text.push_str(&rest[..=close]),
        }
        rest = &rest[close + 1..];
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_where_it_is() {
        for (index, key) in catalogue::KEYS.iter().enumerate() {
            assert_eq!(find(key), index, "{key}");
        }
    }

    #[test]
    fn placeholders_are_filled_and_unknown_ones_stay_visible() {
        let arguments: [(&str, &dyn Argument); 2] = [("n", &12_345_u64), ("who", &"you")];
        assert_eq!(fill("{n} for {who}, {other} {", &arguments), "12,345 for you, {other} {");
    }

    #[test]
    fn plural_forms_follow_the_count() {
        let forms = &[(PluralCategory::One, "{n} run"), (PluralCategory::Other, "{n} runs")];
        for (n, expected) in [(0, "{n} runs"), (1, "{n} run"), (2, "{n} runs")] {
            assert_eq!(form(forms, category("en", Some(f64::from(n)))), expected);
        }
    }

    #[test]
    fn unknown_languages_keep_english() {
        choose_locale(["xx-YY", "en-GB"]);
        assert_eq!(locale(), "en");
    }
}
