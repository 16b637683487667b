//! The table of a scenario's fields as the site carries it (`lessons/schema.json`), and what a field starts with.

use crate::i18n::Text;
use crate::text;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Number, Value};

/// The whole table.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct FieldTable {
    /// The fields of a scenario, in the order in which people read them.
    pub fields: Vec<Field>,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Field {
    /// Last part of its path; empty for an entry of a list.
    pub name: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Unit of its number or numbers; empty for none.
    pub unit: String,
    /// Smallest number, shortest text or list.
    pub min: Option<f64>,
    /// Largest number, longest text or list.
    pub max: Option<f64>,
    /// Whether it must be written.
    pub required: bool,
    /// What it is when left out.
    pub default: Option<Value>,
    /// What it means.
    #[serde(deserialize_with = "plain")]
    pub meaning: String,
    /// Values of a choice, variants of a union.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// Fields of a group; the one kind of entry of a list.
    #[serde(default)]
    pub fields: Vec<Field>,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A number.
    Number,
    /// A whole number.
    Integer,
    /// A text.
    Text,
    /// True or false.
    Boolean,
    /// One of the choices.
    Choice,
    /// A group whose fields depend on its `kind`.
    Union,
    /// A group.
    Group,
    /// A list.
    List,
}

/// One choice.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Choice {
    /// What is written.
    pub value: String,
    /// What it means.
    #[serde(deserialize_with = "plain")]
    pub meaning: String,
    /// Fields of the variant, beside `kind`.
    #[serde(default)]
    pub fields: Vec<Field>,
}

/// The table's texts mark names as documentation does; a form does not.
fn plain<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(String::deserialize(deserializer)?.replace('`', ""))
}

/// Names whose words are not simply the name.
const WORDS: [(&str, Text); 9] = [
    ("per_s", text!("playground.word_per_s")),
    ("ms", text!("playground.word_ms")),
    ("id", text!("playground.word_id")),
    ("target", text!("playground.word_target")),
    ("init", text!("playground.word_init")),
    ("cpu", text!("playground.word_cpu")),
    ("first_run_cpu", text!("playground.word_first_run_cpu")),
    ("x86_64", text!("playground.word_x86")),
    ("", text!("playground.word_none")),
];

/// What a form says for a name: without its unit, with a capital.
#[must_use]
pub fn words(name: &str) -> String {
    if let Some((_, text)) = WORDS.iter().find(|(have, _)| *have == name) {
        return text.get().to_owned();
    }
    let plain = ["_per_s", "_ms", "_mb", "_s"].iter().find_map(|unit| name.strip_suffix(unit)).unwrap_or(name).replace('_', " ");
    let mut letters = plain.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Field {
    /// The only kind of entry of a list.
    #[must_use]
    pub fn entry(&self) -> Option<&Self> {
        if self.kind == FieldKind::List { self.fields.first() } else { None }
    }

    /// Whether leaving it out means something other than its default or emptiness.
    #[must_use]
    pub fn can_be_unset(&self) -> bool {
        !self.required && self.default.is_none() && !matches!(self.kind, FieldKind::List | FieldKind::Text | FieldKind::Group)
    }

    /// Whether there is nothing to choose.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        matches!(self.kind, FieldKind::Number | FieldKind::Integer) && self.min.is_some() && self.min == self.max
    }

    /// Fields of the variant that `value` is, for unions.
    #[must_use]
    pub fn variant(&self, value: Option<&Value>) -> Option<&Choice> {
        let kind = value?.get("kind")?.as_str()?;
        self.choices.iter().find(|choice| choice.value == kind)
    }
}

/// What a number starts with where there is no default: everyday figures, so that a new part of a scenario can run at once.
const STARTERS: [(&str, f64); 19] = [
    ("ms", 100.0),
    ("low_ms", 50.0),
    ("high_ms", 200.0),
    ("mean_ms", 100.0),
    ("p99_ms", 300.0),
    ("handler_ms", 1.0),
    ("per_s", 10.0),
    ("on_per_s", 20.0),
    ("off_per_s", 1.0),
    ("on_mean_s", 10.0),
    ("off_mean_s", 50.0),
    ("every_s", 60.0),
    ("idle_life_s", 600.0),
    ("mean_s", 600.0),
    ("low_s", 7_200.0),
    ("high_s", 14_400.0),
    ("repeat_every_s", 60.0),
    ("until_s", 300.0),
    ("reserved_concurrency", 10.0),
];

/// A value for a field that has none yet.
#[must_use]
pub fn starter(field: &Field) -> Value {
    if let Some(default) = &field.default {
        return default.clone();
    }
    match field.kind {
        FieldKind::Number | FieldKind::Integer => {
            let usual = STARTERS.iter().find(|(name, _)| *name == field.name).map_or(1.0, |(_, value)| *value);
            number(usual.clamp(field.min.unwrap_or(usual), field.max.unwrap_or(usual)), field.kind)
        }
        FieldKind::Text => Value::String("a".repeat(usize::from(field.min.unwrap_or(0.0) > 0.0))),
        FieldKind::Boolean => Value::Bool(false),
        FieldKind::Choice => Value::String(field.choices.first().map(|choice| choice.value.clone()).unwrap_or_default()),
        FieldKind::Union => field.choices.first().map_or(Value::Null, |choice| variant(choice, None)),
        FieldKind::Group => Value::Object(needed(&field.fields, None)),
        FieldKind::List => list(field),
    }
}

/// A variant of a union; what it has in common with the one before is kept.
#[must_use]
pub fn variant(choice: &Choice, before: Option<&Value>) -> Value {
    let mut object = needed(&choice.fields, before);
    object.insert("kind".to_owned(), Value::String(choice.value.clone()));
    Value::Object(object)
}

fn needed(fields: &[Field], before: Option<&Value>) -> Map<String, Value> {
    let of = |field: &Field| {
        let kept = before.and_then(|before| before.get(&field.name)).cloned();
        kept.or_else(|| field.required.then(|| starter(field))).map(|value| (field.name.clone(), value))
    };
    fields.iter().filter_map(of).collect()
}

/// As many entries as the list needs; shares rise from 0 to 1 over them.
fn list(field: &Field) -> Value {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "lists start with two entries at most")]
    let count = field.min.unwrap_or(0.0) as usize;
    let Some(entry) = field.entry() else { return Value::Array(Vec::new()) };
    let one = |index: usize| {
        let mut value = starter(entry);
        if let Some(share) = value.get_mut("share") {
            *share = Value::from(usize::from(index > 0));
        }
        value
    };
    Value::Array((0..count).map(one).collect())
}

/// A number as a scenario writes it: whole ones without a point.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be whole and small")]
pub fn number(value: f64, kind: FieldKind) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if kind == FieldKind::Integer && value.fract() != 0.0 {
        return Number::from_f64(value).map_or(Value::Null, Value::Number);
    }
    match value {
        _ if value.fract() == 0.0 && (0.0..EXACT).contains(&value) => Value::from(value as u64),
        _ => Number::from_f64(value).map_or(Value::Null, Value::Number),
    }
}
