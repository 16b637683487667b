//! Reads TOML tables field by field, each value with its place, and reports every field that is missing, wrong or not asked for.

use super::problem::{Code, Place, Problems};
use super::source::Source;
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) place: Place,
}

/// Parses a TOML text; every syntax error is reported, and what could be read is returned.
pub(super) fn parse<'a>(source: Source<'a>, problems: &Problems) -> Spanned<DeTable<'a>> {
    let (table, errors) = DeTable::parse_recoverable(source.text);
    for error in errors {
        let place = source.place(error.span().map_or(0, |span| span.start));
        problems.push(&place, Code::TomlSyntax, sentence(error.message()));
    }
    table
}

/// One table of a TOML text.
pub(super) struct Fields<'a, 't> {
    source: Source<'a>,
    table: &'t DeTable<'a>,
    at: Range<usize>,
    problems: &'t Problems,
    asked: RefCell<BTreeSet<String>>,
}

impl<'a, 't> Fields<'a, 't> {
    pub(super) fn new(source: Source<'a>, table: &'t Spanned<DeTable<'a>>, problems: &'t Problems) -> Self {
        Self { source, table: table.get_ref(), at: table.span(), problems, asked: RefCell::default() }
    }

    /// Where the table starts.
    pub(super) fn place(&self) -> Place {
        self.source.place(self.at.start)
    }

    fn value(&self, key: &str) -> Option<(&'t DeValue<'a>, Range<usize>)> {
        self.asked.borrow_mut().insert(key.to_owned());
        self.table.get(key).map(|value| (value.get_ref(), value.span()))
    }

    fn typed<T>(&self, key: &str, wanted: &str, read: impl Fn(&'t DeValue<'a>) -> Option<T>) -> Option<At<T>> {
        let (value, span) = self.value(key)?;
        let place = self.source.place(span.start);
        let found = read(value);
        if found.is_none() {
            self.problems.push(&place, Code::BadType, format!("`{key}` must be {wanted}."));
        }
        found.map(|value| At { value, place })
    }

    /// Reports the field if it is not there at all.
    pub(super) fn require(&self, key: &str) {
        if self.value(key).is_none() {
            self.problems.push(&self.place(), Code::MissingField, format!("`{key}` is missing."));
        }
    }

    /// A text that must be there.
    pub(super) fn required_text(&self, key: &str) -> Option<At<String>> {
        self.require(key);
        let found = self.text(key)?;
        if found.value.trim().is_empty() {
            self.problems.push(&found.place, Code::BadValue, format!("`{key}` must not be empty."));
        }
        Some(found)
    }

    pub(super) fn text(&self, key: &str) -> Option<At<String>> {
        self.typed(key, "text", |value| value.as_str().map(str::to_owned))
    }

    /// A text to be read as prose: with its source, so that places within it are right.
    pub(super) fn prose(&self, key: &str) -> Option<Source<'t>> {
        let text = self.typed(key, "text", DeValue::as_str)?.value;
        let (_, span) = self.value(key)?;
        Some(self.source.spelled(span, text))
    }

    /// A list of texts to be read as prose; empty if the field is not there.
    pub(super) fn proses(&self, key: &str) -> Vec<Source<'t>> {
        let list = self.typed(key, "a list of texts", |value| {
            value.as_array()?.iter().map(|item| Some((item.get_ref().as_str()?, item.span()))).collect::<Option<Vec<_>>>()
        });
        let list = list.map(|at| at.value).unwrap_or_default();
        list.into_iter().map(|(text, span)| self.source.spelled(span, text)).collect()
    }

    pub(super) fn integer(&self, key: &str) -> Option<At<i64>> {
        self.typed(key, "a whole number", |value| {
            let integer = value.as_integer()?;
            i64::from_str_radix(integer.as_str(), integer.radix()).ok()
        })
    }

    pub(super) fn number(&self, key: &str) -> Option<At<f64>> {
        self.typed(key, "a number", number)
    }

    pub(super) fn flag(&self, key: &str) -> Option<At<bool>> {
        self.typed(key, "true or false", DeValue::as_bool)
    }

    /// A list of texts; empty if the field is not there.
    pub(super) fn texts(&self, key: &str) -> Vec<At<String>> {
        let list = self.typed(key, "a list of texts", |value| {
            value.as_array()?.iter().map(|item| Some((item.get_ref().as_str()?.to_owned(), item.span().start))).collect::<Option<Vec<_>>>()
        });
        let list = list.map(|at| at.value).unwrap_or_default();
        list.into_iter().map(|(value, start)| At { value, place: self.source.place(start) }).collect()
    }

    /// Two numbers, the first not above the second.
    pub(super) fn range(&self, key: &str) -> Option<At<(f64, f64)>> {
        self.typed(key, "two numbers, the smaller one first", |value| match value.as_array()?.as_ref() {
            [low, high] => Some((number(low.get_ref())?, number(high.get_ref())?)).filter(|(low, high)| low <= high),
            _ => None,
        })
    }

    /// A table; a list of tables is taken too. Empty if the field is not there.
    pub(super) fn tables(&self, key: &str) -> Vec<Self> {
        let found = self.typed(key, "a table or a list of tables", |value| match value {
            DeValue::Table(table) => Some(vec![(table, None)]),
            DeValue::Array(items) => {
                items.iter().map(|item| Some((item.get_ref().as_table()?, Some(item.span())))).collect::<Option<Vec<_>>>()
            }
            _ => None,
        });
        let whole = self.value(key).map_or(self.at.clone(), |(_, span)| span);
        let nested = |(table, span): (&'t DeTable<'a>, Option<Range<usize>>)| Self {
            source: self.source,
            table,
            at: span.unwrap_or_else(|| whole.clone()),
            problems: self.problems,
            asked: RefCell::default(),
        };
        found.map(|at| at.value).unwrap_or_default().into_iter().map(nested).collect()
    }

    /// Every key with its value as text, for tables whose keys are data; counts as asked for.
    pub(super) fn entries(&self) -> Vec<(At<String>, At<String>)> {
        let mut entries = Vec::new();
        for (key, value) in self.table {
            self.asked.borrow_mut().insert(key.get_ref().to_string());
            let place = self.source.place(value.span().start);
            match value.get_ref().as_str() {
                Some(text) => {
                    let key = At { value: key.get_ref().to_string(), place: self.source.place(key.span().start) };
                    entries.push((key, At { value: text.to_owned(), place }));
                }
                None => self.problems.push(&place, Code::BadType, format!("`{}` must be text.", key.get_ref())),
            }
        }
        entries
    }

    /// The named fields as JSON, for those who understand them later.
    pub(super) fn json(&self, keys: &[&str]) -> Map<String, Value> {
        keys.iter().filter_map(|key| self.value(key).map(|(value, _)| ((*key).to_owned(), json(value)))).collect()
    }

    /// Reports every field that was never asked for. Say `known` in the message where the list helps.
    pub(super) fn finish(self, what: &str) {
        let asked = self.asked.into_inner();
        for (key, _) in self.table {
            if !asked.contains(key.get_ref().as_ref()) {
                let known = asked.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
                let place = self.source.place(key.span().start);
                self.problems.push(&place, Code::UnknownField, format!("{what} has no field `{}`; it has {known}.", key.get_ref()));
            }
        }
    }
}

/// Where a path such as `functions[0].memory_mb` stands in a TOML text: its value, or as much of the path as is there.
pub(super) fn find_path(source: Source<'_>, table: &Spanned<DeTable<'_>>, path: &str) -> Place {
    let mut span = table.span();
    let mut steps = path.split(['.', '[']).map(|step| step.trim_end_matches(']')).filter(|step| !step.is_empty());
    let mut value = match steps.next().and_then(|step| table.get_ref().get(step)) {
        Some(value) => value,
        None => return source.place(span.start),
    };
    loop {
        span = value.span();
        let next = steps.next().and_then(|step| match value.get_ref() {
            DeValue::Array(items) => step.parse::<usize>().ok().and_then(|at| items.get(at)),
            DeValue::Table(table) => table.get(step),
            _ => None,
        });
        match next {
            Some(inner) => value = inner,
            None => return source.place(span.start),
        }
    }
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Float(float) => float.as_str().parse().ok(),
        DeValue::Integer(integer) => integer.as_str().parse().ok(),
        _ => None,
    }
}

fn json(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix()).map_or(Value::Null, Value::from),
        DeValue::Float(float) => float.as_str().parse::<f64>().map_or(Value::Null, Value::from),
        DeValue::Boolean(flag) => Value::from(*flag),
        DeValue::Datetime(time) => Value::from(time.to_string()),
        DeValue::Array(items) => items.iter().map(|item| json(item.get_ref())).collect(),
        DeValue::Table(table) => table.iter().map(|(key, value)| (key.get_ref().to_string(), json(value.get_ref()))).collect(),
    }
}

/// A parser's message as one sentence on one line.
pub(super) fn sentence(message: &str) -> String {
    let line = message.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ");
    if line.ends_with('.') { line } else { format!("{line}.") }
}
