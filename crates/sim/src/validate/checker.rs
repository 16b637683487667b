//! Collects problems while it walks a scenario, and knows where it is.

use super::{MAX_PROBLEMS, Problem, Severity};
use crate::limits::{Range, unit_of};

/// Most problems listed for one list of numbers.
const MAX_PER_LIST: usize = 5;

/// Where in the scenario the check is, and what it found.
#[derive(Default)]
pub(super) struct Checker {
    path: String,
    problems: Vec<Problem>,
    unlisted: usize,
}

impl Checker {
    /// Goes into a field for the length of `inside`.
    pub(super) fn at<R>(&mut self, field: &str, inside: impl FnOnce(&mut Self) -> R) -> R {
        let outer = self.path.len();
        if outer > 0 {
            self.path.push('.');
        }
        self.path.push_str(field);
        let result = inside(self);
        self.path.truncate(outer);
        result
    }

    /// Goes into an entry of a list for the length of `inside`.
    pub(super) fn item<R>(&mut self, list: &str, index: usize, inside: impl FnOnce(&mut Self) -> R) -> R {
        self.at(&format!("{list}[{index}]"), inside)
    }

    pub(super) fn error(&mut self, field: &str, message: String) {
        self.push(field, message, Severity::Error);
    }

    pub(super) fn advise(&mut self, field: &str, message: String) {
        self.push(field, message, Severity::Advice);
    }

    fn push(&mut self, field: &str, message: String, severity: Severity) {
        if self.problems.len() >= MAX_PROBLEMS {
            self.unlisted += 1;
            return;
        }
        let path = self.at(field, |c| c.path.clone());
        self.problems.push(Problem { path, message, severity });
    }

    /// Whether `value` is in its range; says so if not.
    pub(super) fn number<T: Value>(&mut self, field: &str, value: T, range: Range<T>) -> bool {
        let inside = range.min <= value && value <= range.max;
        if !inside {
            let unit = unit_of(field);
            let space = if unit.is_empty() { "" } else { " " };
            self.error(field, outside(&format!("{}{space}{unit}", text(&value)), &range, unit));
        }
        inside
    }

    /// A number that may be left out.
    pub(super) fn optional<T: Value>(&mut self, field: &str, value: Option<T>, range: Range<T>) -> bool {
        value.is_none_or(|value| self.number(field, value, range))
    }

    /// Every number of a list, and the list's length.
    pub(super) fn numbers<T: Value>(&mut self, field: &str, values: &[T], length: Range<usize>, range: Range<T>) -> bool {
        if !self.entries(field, values.len(), length) {
            return false;
        }
        let mut bad = 0_usize;
        for (index, value) in values.iter().enumerate() {
            if !(range.min <= *value && *value <= range.max) {
                bad += 1;
                if bad <= MAX_PER_LIST {
                    let unit = unit_of(field);
                    self.error(&format!("{field}[{index}]"), outside(&text(value), &range, unit));
                }
            }
        }
        if bad > MAX_PER_LIST {
            self.error(field, format!("{} more entries are out of range", text(&(bad - MAX_PER_LIST))));
        }
        bad == 0
    }

    /// Whether a list has an allowed number of entries.
    pub(super) fn entries(&mut self, field: &str, length: usize, range: Range<usize>) -> bool {
        let inside = range.min <= length && length <= range.max;
        if !inside {
            let noun = if length == 1 { "entry" } else { "entries" };
            self.error(field, outside(&format!("{} {noun}", text(&length)), &range, ""));
        }
        inside
    }

    /// Whether a text has an allowed number of characters.
    pub(super) fn characters(&mut self, field: &str, value: &str, range: Range<usize>) -> bool {
        // A hostile text may be megabytes long: counting stops one past the limit.
        let length = value.chars().take(range.max + 1).count();
        let inside = range.min <= length && length <= range.max;
        if !inside {
            let count = if length > range.max { format!("more than {}", range.max) } else { length.to_string() };
            self.error(field, outside(&format!("{count} characters"), &range, ""));
        }
        inside
    }

    pub(super) fn has_errors(&self) -> bool {
        self.unlisted > 0 || self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    pub(super) fn into_problems(mut self) -> Vec<Problem> {
        if self.unlisted > 0 {
            let message = format!("{} more problems are not listed", self.unlisted);
            self.problems.push(Problem { path: self.path, message, severity: Severity::Error });
        }
        self.problems
    }
}

fn outside<T: Value>(value: &str, range: &Range<T>, unit: &str) -> String {
    let space = if unit.is_empty() { "" } else { " " };
    if range.min == range.max {
        return format!("{value} is outside what this build knows: {}{space}{unit}", text(&range.min));
    }
    format!("{value} is outside {} to {}{space}{unit}", text(&range.min), text(&range.max))
}

/// A number as a message shows it: whole thousands grouped by commas.
pub(super) fn text<T: Value>(value: &T) -> String {
    value.plain()
}

/// Numbers that have a range.
pub(super) trait Value: PartialOrd + Copy {
    fn plain(&self) -> String;
}

macro_rules! whole_value {
    ($($kind:ty),*) => {$(
        impl Value for $kind {
            fn plain(&self) -> String {
                grouped(&self.to_string())
            }
        }
    )*};
}

whole_value!(u32, u64, usize);

impl Value for f64 {
    fn plain(&self) -> String {
        if self.is_finite() && self.abs() < 1e15 {
            let digits = self.to_string();
            match digits.split_once('.') {
                Some((whole, part)) => format!("{}.{part}", grouped(whole)),
                None => grouped(&digits),
            }
        } else {
            format!("{self:e}")
        }
    }
}

fn grouped(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let mut result = String::with_capacity(digits.len() + digits.len() / 3 + sign.len());
    result.push_str(sign);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            result.push(',');
        }
        result.push(digit);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn numbers_are_grouped() {
        for (value, expect) in [(0.0, "0"), (999.0, "999"), (10_240.0, "10,240"), (-1_234_567.5, "-1,234,567.5"), (0.001, "0.001")] {
            assert_eq!(text(&value), expect);
        }
        assert_eq!(text(&f64::NAN), "NaN");
        assert_eq!(text(&f64::INFINITY), "inf");
        assert_eq!(text(&1e300), "1e300");
    }
}
