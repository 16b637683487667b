//! The table of fields of a scenario, generated from the types: their doc comments are the meanings, their names end in the units,
//! their annotations are the ranges that [`crate::validate()`] enforces. A form or a manual needs nothing else.

use crate::limits::unit_of;
use crate::spec::ScenarioSpec;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::{Map, Number, Value};
use std::fmt::Write as _;

/// One field of a scenario.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    /// Where it stands, lists without an index: `functions[].memory_mb`.
    pub path: String,
    /// The last part of the path; empty for an entry of a list.
    pub name: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Unit of the number, or of the numbers of a list; empty for counts, shares and everything else.
    pub unit: &'static str,
    /// Smallest number, shortest text (characters) or list (entries).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<Number>,
    /// Largest number, longest text or list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<Number>,
    /// Whether it must be written; otherwise it has a default, or leaving it out means something.
    pub required: bool,
    /// What it is when left out; none where leaving it out means "unset".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// What it means.
    pub meaning: String,
    /// What may be chosen, for choices and unions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// The fields of a group, or the one kind of entry of a list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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
    /// One of `choices`, by its value.
    Choice,
    /// A group whose other fields depend on its field `kind`: one of `choices`, each with its own fields.
    Union,
    /// A group of `fields`.
    Group,
    /// A list whose every entry is like the one field in `fields`.
    List,
}

/// One value of a choice, or one variant of a union.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// What is written: the value itself, or the union's `kind`.
    pub value: String,
    /// What it means.
    pub meaning: String,
    /// The variant's own fields, beside `kind`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
}

/// The fields of a scenario, in the order of their declaration.
#[must_use]
pub fn fields() -> Vec<Field> {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    let root = settings.into_generator().into_root_schema_for::<ScenarioSpec>();
    root.as_object().map(|root| group("", root)).unwrap_or_default()
}

/// The table as JSON: `{"schema": 1, "fields": [...]}`.
///
/// # Errors
///
/// When a value cannot be written as JSON, which the types rule out.
pub fn to_json() -> Result<String, serde_json::Error> {
    #[derive(Serialize)]
    struct Table {
        schema: u32,
        fields: Vec<Field>,
    }
    serde_json::to_string(&Table { schema: crate::spec::SCHEMA, fields: fields() })
}

/// The fields of an object, its tag left out.
fn group(path: &str, object: &Map<String, Value>) -> Vec<Field> {
    let Some(properties) = object.get("properties").and_then(Value::as_object) else { return Vec::new() };
    let required = object.get("required").and_then(Value::as_array);
    let is_required = |name: &str| required.is_some_and(|list| list.iter().any(|entry| entry == name));
    let own = properties.iter().filter(|(_, schema)| schema.get("const").is_none());
    own.filter_map(|(name, schema)| {
        let dot = if path.is_empty() { "" } else { "." };
        field(&format!("{path}{dot}{name}"), name, schema.as_object()?, is_required(name))
    })
    .collect()
}

fn field(path: &str, name: &str, schema: &Map<String, Value>, required: bool) -> Option<Field> {
    let kind = kind_of(schema)?;
    let number = |key: &str| schema.get(key).and_then(Value::as_number).cloned();
    let (min, max) = match kind {
        FieldKind::Text => (number("minLength"), number("maxLength")),
        FieldKind::List => (number("minItems"), number("maxItems")),
        _ => (number("minimum"), number("maximum")),
    };
    let fields = match kind {
        FieldKind::Group => group(path, schema),
        FieldKind::List => schema
            .get("items")
            .and_then(Value::as_object)
            .and_then(|items| field(&format!("{path}[]"), "", items, true))
            .map(|entry| Field { unit: if entry.unit.is_empty() { unit_of(name) } else { entry.unit }, ..entry })
            .into_iter()
            .collect(),
        _ => Vec::new(),
    };
    let mut result = Field {
        path: path.to_owned(),
        name: name.to_owned(),
        kind,
        unit: if matches!(kind, FieldKind::Group | FieldKind::Union) { "" } else { unit_of(name) },
        min,
        max,
        required,
        default: schema.get("default").cloned(),
        meaning: text(schema, "description"),
        choices: choices(path, schema),
        fields,
    };
    if name == "runtime" {
        // The type is a text, so that a new runtime is no new schema; what can be chosen is what was measured.
        result.kind = FieldKind::Choice;
        result.choices = runtimes();
    }
    Some(result)
}

fn kind_of(schema: &Map<String, Value>) -> Option<FieldKind> {
    if let Some(variants) = schema.get("oneOf").and_then(Value::as_array) {
        let is_union = variants.iter().any(|variant| variant.get("properties").is_some());
        return Some(if is_union { FieldKind::Union } else { FieldKind::Choice });
    }
    // An optional field's type is a list: the type itself, then null.
    let kind = match schema.get("type")? {
        Value::Array(kinds) => kinds.first()?.as_str()?,
        kind => kind.as_str()?,
    };
    match kind {
        "number" => Some(FieldKind::Number),
        "integer" => Some(FieldKind::Integer),
        "string" => Some(FieldKind::Text),
        "boolean" => Some(FieldKind::Boolean),
        "object" => Some(FieldKind::Group),
        "array" => Some(FieldKind::List),
        _ => None,
    }
}

fn choices(path: &str, schema: &Map<String, Value>) -> Vec<Choice> {
    let variants = schema.get("oneOf").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let choice = |variant: &Value| {
        let object = variant.as_object()?;
        let constant = object.get("const").or_else(|| object.get("properties")?.get("kind")?.get("const"))?;
        Some(Choice { value: constant.as_str()?.to_owned(), meaning: text(object, "description"), fields: group(path, object) })
    };
    variants.iter().filter_map(choice).collect()
}

fn runtimes() -> Vec<Choice> {
    let mut choices = vec![Choice { value: String::new(), meaning: "None: only the function's own INIT.".to_owned(), fields: Vec::new() }];
    for row in coldstart_facts::INIT_QUANTILES {
        if choices.iter().all(|choice| choice.value != row.runtime) {
            choices.push(Choice { value: row.runtime.to_owned(), meaning: row.label.to_owned(), fields: Vec::new() });
        }
    }
    choices
}

/// Doc comments are wrapped in the source; here they are one line.
fn text(schema: &Map<String, Value>, key: &str) -> String {
    schema.get(key).and_then(Value::as_str).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The table for people: one line a field, columns separated by two spaces.
#[must_use]
pub fn to_table() -> String {
    let mut rows = vec![["FIELD", "UNIT", "RANGE", "DEFAULT", "MEANING"].map(str::to_owned)];
    for field in fields() {
        add_rows(&mut rows, &field, "");
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2), width(3)];
    let mut table = String::new();
    for [field, unit, range, default, meaning] in &rows {
        let [a, b, c, d] = widths;
        // Writing to a String cannot fail.
        let _ = writeln!(table, "{field:a$}  {unit:b$}  {range:c$}  {default:d$}  {meaning}");
    }
    table
}

fn add_rows(rows: &mut Vec<[String; 5]>, field: &Field, note: &str) {
    rows.push([format!("{}{note}", field.path), field.unit.to_owned(), range_text(field), default_text(field), field.meaning.clone()]);
    for inner in &field.fields {
        add_rows(rows, inner, note);
    }
    for choice in field.choices.iter().filter(|_| field.kind == FieldKind::Union) {
        let note = format!(" ({})", choice.value);
        rows.push([format!("{}.kind = {}", field.path, choice.value), String::new(), String::new(), String::new(), choice.meaning.clone()]);
        for inner in &choice.fields {
            add_rows(rows, inner, &note);
        }
    }
}

fn range_text(field: &Field) -> String {
    let plain = |number: &Number| number.as_f64().map_or_else(|| number.to_string(), |value| value.to_string());
    let bounds = match (&field.min, &field.max) {
        (Some(min), Some(max)) => format!("{} to {}", plain(min), plain(max)),
        _ => String::new(),
    };
    match field.kind {
        FieldKind::Number | FieldKind::Integer => bounds,
        FieldKind::Text => format!("{bounds} characters"),
        FieldKind::List => format!("{bounds} entries"),
        FieldKind::Boolean => "true, false".to_owned(),
        FieldKind::Choice if field.choices.len() > 8 => format!("one of {}", field.choices.len()),
        FieldKind::Choice | FieldKind::Union => {
            field.choices.iter().map(|choice| choice.value.as_str()).filter(|value| !value.is_empty()).collect::<Vec<_>>().join(", ")
        }
        FieldKind::Group => "group".to_owned(),
    }
}

fn default_text(field: &Field) -> String {
    match (&field.default, field.kind) {
        (Some(Value::Object(_)), FieldKind::Group) => String::new(),
        (Some(default), _) => default.to_string(),
        (None, _) if field.required => "required".to_owned(),
        (None, _) => "unset".to_owned(),
    }
}
