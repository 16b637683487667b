//! What is wrong with a scenario that is being written, field by field. Pure.

use super::fields::{Field, FieldKind};
use crate::t;
use coldstart_sim::{Problem, ScenarioSpec, Severity, check};
use serde_json::Value;
use std::rc::Rc;

/// What there is to say about what was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Problems before advice, each with the path of its field.
    pub problems: Vec<Problem>,
    /// The scenario, if it can be run.
    pub spec: Option<Rc<ScenarioSpec>>,
}

impl Verdict {
    /// What stops the scenario from running.
    pub fn errors(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| problem.severity == Severity::Error)
    }
}

/// Judges what was written. Without the field table a mistake of form has no path.
#[must_use]
pub fn judge(value: &Value, fields: &[Field]) -> Verdict {
    match serde_json::from_value::<ScenarioSpec>(value.clone()) {
        Ok(spec) => {
            let problems = check(&spec);
            let runs = problems.iter().all(|problem| problem.severity == Severity::Advice);
            Verdict { problems, spec: runs.then(|| Rc::new(spec)) }
        }
        Err(error) => {
            let mut form = Form(Vec::new());
            form.group(fields, value, "", false);
            if form.0.is_empty() {
                form.say("", error.to_string());
            }
            Verdict { problems: form.0, spec: None }
        }
    }
}

/// Looks for what is not even of the right form: missing, unknown, of another kind.
struct Form(Vec<Problem>);

impl Form {
    fn say(&mut self, path: &str, message: impl Into<String>) {
        self.0.push(Problem { path: path.to_owned(), message: message.into(), severity: Severity::Error });
    }

    fn group(&mut self, fields: &[Field], value: &Value, path: &str, tagged: bool) {
        let Some(object) = value.as_object() else { return self.say(path, t!("playground.not_group")) };
        for name in object.keys().filter(|name| !(tagged && *name == "kind") && fields.iter().all(|field| field.name != **name)) {
            self.say(&join(path, name), t!("playground.unknown_field"));
        }
        for field in fields {
            let path = join(path, &field.name);
            match object.get(&field.name) {
                None if field.required => self.say(&path, t!("playground.missing")),
                None => {}
                Some(Value::Null) if field.can_be_unset() => {}
                Some(value) => self.field(field, value, &path),
            }
        }
    }

    fn field(&mut self, field: &Field, value: &Value, path: &str) {
        match field.kind {
            FieldKind::Number if !value.is_number() => self.say(path, t!("playground.not_number", got = shown(value))),
            FieldKind::Integer if value.as_u64().is_none() => self.say(path, t!("playground.not_whole", got = shown(value))),
            FieldKind::Number | FieldKind::Integer => self.range(field, value, path),
            FieldKind::Text if !value.is_string() => self.say(path, t!("playground.not_text", got = shown(value))),
            FieldKind::Boolean if !value.is_boolean() => self.say(path, t!("playground.not_boolean", got = shown(value))),
            FieldKind::Choice if field.choices.iter().all(|choice| Some(choice.value.as_str()) != value.as_str()) => {
                self.say(path, t!("playground.not_choice", got = shown(value)));
            }
            FieldKind::Text | FieldKind::Boolean | FieldKind::Choice => {}
            FieldKind::Union => match field.variant(Some(value)) {
                Some(choice) => self.group(&choice.fields, value, path, true),
                None => self.say(path, t!("playground.not_variant")),
            },
            FieldKind::Group => self.group(&field.fields, value, path, false),
            FieldKind::List => match (value.as_array(), field.entry()) {
                (Some(list), Some(entry)) => {
                    for (index, value) in list.iter().enumerate() {
                        self.field(entry, value, &format!("{path}[{index}]"));
                    }
                }
                _ => self.say(path, t!("playground.not_list")),
            },
        }
    }

    fn range(&mut self, field: &Field, value: &Value, path: &str) {
        let (Some(min), Some(max), Some(value)) = (field.min, field.max, value.as_f64()) else { return };
        if !(min..=max).contains(&value) {
            self.say(path, t!("playground.outside", got = plain(value), min = plain(min), max = plain(max)));
        }
    }
}

/// A number with all its digits, as it is typed.
fn plain(value: f64) -> String {
    value.to_string()
}

fn shown(value: &Value) -> String {
    const CHARS: usize = 40;
    value.to_string().chars().take(CHARS).collect()
}

/// Path of a field of a group.
#[must_use]
pub fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// Whether `path` is `outer` or something in it.
#[must_use]
pub fn is_within(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
