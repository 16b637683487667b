//! Changes of a scenario that is being written: a JSON value, because what is half-way written is no scenario yet. Pure.

use super::fields::{Field, starter};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// Groups that were left out so far and whose default has to be written down first, outermost first.
    pub ensure: Vec<(String, Value)>,
    /// The field.
    pub path: String,
    /// What happens to it.
    pub change: Change,
}

/// What happens to a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// It becomes this.
    Set(Value),
    /// It is left out.
    Unset,
    /// The list gets one more entry.
    Add(Value),
    /// The list loses an entry.
    Remove(usize),
}

/// A step of a path.
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// `functions[0].handler` as steps; what is no index is a name.
fn steps(path: &str) -> Vec<Step<'_>> {
    let parts = path.split(['.', '[']).filter(|part| !part.is_empty());
    parts
        .map(|part| match part.strip_suffix(']').and_then(|index| index.parse().ok()) {
            Some(index) => Step::Index(index),
            None => Step::Key(part),
        })
        .collect()
}

/// The value at a path.
#[must_use]
pub fn get<'a>(root: &'a Value, path: &str) -> Option<&'a Value> {
    steps(path).into_iter().try_fold(root, |at, step| match step {
        Step::Key(name) => at.get(name),
        Step::Index(index) => at.get(index),
    })
}

/// The place of a path, groups on the way made where there are none; nothing where a list is too short.
fn place<'a>(root: &'a mut Value, path: &str) -> Option<&'a mut Value> {
    steps(path).into_iter().try_fold(root, |at, step| match step {
        Step::Key(name) => {
            if !at.is_object() {
                *at = Value::Object(Map::new());
            }
            at.as_object_mut().map(|object| object.entry(name).or_insert(Value::Null))
        }
        Step::Index(index) => at.get_mut(index),
    })
}

/// The scenario after a change; one that fits nowhere changes nothing.
#[must_use]
pub fn apply(root: &Value, edit: &Edit) -> Value {
    if has_gap(root, &edit.path) {
        return root.clone();
    }
    let mut root = root.clone();
    for (path, default) in &edit.ensure {
        if get(&root, path).is_none()
            && let Some(place) = place(&mut root, path)
        {
            *place = default.clone();
        }
    }
    match &edit.change {
        Change::Set(value) => {
            if let Some(place) = place(&mut root, &edit.path) {
                *place = value.clone();
            }
        }
        Change::Unset => unset(&mut root, &edit.path),
        Change::Add(value) => {
            if let Some(place) = place(&mut root, &edit.path) {
                match place {
                    Value::Array(list) => list.push(value.clone()),
                    other => *other = Value::Array(vec![value.clone()]),
                }
            }
        }
        Change::Remove(index) => {
            if let Some(list) = place(&mut root, &edit.path).and_then(Value::as_array_mut).filter(|list| *index < list.len()) {
                list.remove(*index);
            }
        }
    }
    root
}

/// Whether the path names an entry that a list does not have.
fn has_gap(root: &Value, path: &str) -> bool {
    let ends = path.match_indices(']').map(|(at, _)| at + 1);
    ends.into_iter().any(|end| get(root, &path[..end]).is_none())
}

fn unset(root: &mut Value, path: &str) {
    let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
    if get(root, parent).is_some()
        && let Some(object) = place(root, parent).and_then(Value::as_object_mut)
    {
        object.remove(name);
    }
}

/// How far apart in time a new entry of a list stands from the last one, in seconds.
const NEXT_S: f64 = 60.0;

/// A new entry for a list: like its last one but later and with a name of its own; the first one has everyday figures.
#[must_use]
pub fn new_entry(list: &Field, root: &Value, path: &str) -> Value {
    let Some(entry) = list.entry() else { return Value::Null };
    let present = get(root, path).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut value = present.last().cloned().unwrap_or_else(|| starter(entry));
    let Some(object) = value.as_object_mut() else { return value };
    for name in ["at_s", "from_s"] {
        if let Some(at_s) = object.get(name).and_then(Value::as_f64).filter(|_| !present.is_empty()) {
            object.insert(name.to_owned(), super::fields::number(at_s + NEXT_S, super::fields::FieldKind::Number));
        }
    }
    if object.contains_key("id") {
        object.insert("id".to_owned(), Value::String(unused_id(list, present)));
    }
    if object.contains_key("target") && present.is_empty() {
        let first = get(root, "functions[0].id").cloned().unwrap_or_default();
        object.insert("target".to_owned(), first);
    }
    value
}

fn unused_id(list: &Field, present: &[Value]) -> String {
    let stem = list.name.trim_end_matches('s');
    let taken = |id: &str| present.iter().any(|entry| entry.get("id").and_then(Value::as_str) == Some(id));
    let mut number = present.len() + 1;
    while taken(&format!("{stem}-{number}")) {
        number += 1;
    }
    format!("{stem}-{number}")
}

/// The scenario as text: indented, fields in the table's order.
#[must_use]
pub fn to_text(value: &Value, fields: &[Field]) -> String {
    // A value holds nothing that JSON cannot write.
    serde_json::to_string_pretty(&Ordered { value, fields }).unwrap_or_default()
}

struct Ordered<'a> {
    value: &'a Value,
    fields: &'a [Field],
}

impl Serialize for Ordered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { value, fields } = self;
        match value {
            Value::Object(object) => {
                let mut map = serializer.serialize_map(Some(object.len()))?;
                let known = fields.iter().filter_map(|field| Some((field, object.get_key_value(&field.name)?)));
                let unknown = || object.iter().filter(|(name, _)| fields.iter().all(|field| field.name != **name));
                // `kind` says what the others mean.
                for (name, value) in unknown() {
                    map.serialize_entry(name, value)?;
                }
                for (field, (name, value)) in known {
                    let inner = field.variant(Some(value)).map_or(field.fields.as_slice(), |choice| &choice.fields);
                    map.serialize_entry(name, &Ordered { value, fields: inner })?;
                }
                map.end()
            }
            Value::Array(list) => {
                let entry = fields.first().map_or(&[][..], |entry| entry.fields.as_slice());
                serializer.collect_seq(list.iter().map(|value| Ordered { value, fields: entry }))
            }
            plain => plain.serialize(serializer),
        }
    }
}
