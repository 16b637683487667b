//! `cases.toml`: what a lesson's code samples do.

use crate::process::{Language, Outcome};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The file.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cases {
    #[serde(default)]
    pub case: Vec<Case>,
}

/// One event, and what comes of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The handlers that do this, below the lesson's folder.
    pub files: Vec<String>,
    /// The event's file, below the lesson's folder.
    pub event: String,
    /// How often the handler is invoked in one environment.
    #[serde(default = "once")]
    pub calls: u32,
    /// Environment variables.
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    /// What clients answer by `service.operation`; a list is answered in turn, and its last stays. Anything else answers nothing.
    #[serde(default)]
    pub stub: BTreeMap<String, Value>,
    /// What the context says of the time left, in ms; a list is said in turn, and its last stays.
    #[serde(default)]
    pub remaining_ms: Remaining,
    /// A part of what the last call returns.
    returns: Option<Value>,
    /// The end of the name of the error in which the last call ends.
    raises: Option<Raises>,
    /// The calls of clients over all calls of the handler.
    sends: Option<Vec<String>>,
    /// How many clients all calls of the handler construct.
    clients: Option<u32>,
}

fn once() -> u32 {
    1
}

/// An error by its name, or by a name for each language; a language without one raises none.
#[derive(Deserialize)]
#[serde(untagged)]
enum Raises {
    Same(String),
    Each(EachRaises),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EachRaises {
    py: Option<String>,
    mjs: Option<String>,
}

/// The time left: always the same, or another each time that the handler asks.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Remaining {
    Always(u32),
    InTurn(Vec<u32>),
}

impl Default for Remaining {
    fn default() -> Self {
        Self::Always(3_000)
    }
}

impl Remaining {
    /// At least one figure.
    pub fn in_turn(&self) -> Vec<u32> {
        match self {
            Self::Always(ms) => vec![*ms],
            Self::InTurn(list) if list.is_empty() => Self::default().in_turn(),
            Self::InTurn(list) => list.clone(),
        }
    }
}

impl Cases {
    /// Reads the file; a lesson without handlers has none.
    pub fn read(path: &Path) -> Result<Self, String> {
        if !path.exists() {
            return Ok(Self::default());
        }
        let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
        toml::from_str(&text).map_err(|error| error.to_string())
    }
}

impl Case {
    /// The event of this case.
    pub fn event(&self, lesson: &Path) -> Result<Value, String> {
        let text = fs::read_to_string(lesson.join(&self.event)).map_err(|error| format!("{}: {error}", self.event))?;
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", self.event))
    }

    /// What is wrong with the case whatever its handlers do.
    pub fn mistakes(&self) -> Vec<String> {
        let unnamed = self.stub.keys().filter(|name| !name.contains('.'));
        let mut found: Vec<String> = unnamed.map(|name| format!("the stub `{name}` names no operation: \"s3.get_object\" does")).collect();
        if self.files.is_empty() {
            found.push("names no file".to_owned());
        }
        if self.calls == 0 {
            found.push("calls nothing".to_owned());
        }
        if self.returns.is_some() && matches!(self.raises, Some(Raises::Same(_))) {
            found.push("returns and raises: a call does one of both".to_owned());
        }
        found
    }

    /// How `outcome` is not what the case says.
    pub fn differences(&self, language: Language, outcome: &Outcome) -> Vec<String> {
        let mut found = Vec::new();
        match (self.error_in(language), outcome.raises.as_deref()) {
            (Some(wanted), Some(raised)) if raised.ends_with(wanted) => {}
            (Some(wanted), None) => found.push(format!("returns {}, and raises nothing, not {wanted}", outcome.returns)),
            (None, None) => {
                let wanted = self.returns.as_ref().filter(|wanted| !contains(&outcome.returns, wanted));
                found.extend(wanted.map(|wanted| format!("returns {}, not {wanted}", outcome.returns)));
            }
            (wanted, Some(raised)) => {
                found.push(format!("raises {raised} ({}), not {}", outcome.message, wanted.unwrap_or("nothing")));
            }
        }
        if let Some(wanted) = self.sends.as_ref().filter(|wanted| **wanted != outcome.sends) {
            found.push(format!("sends {:?}, not {wanted:?}", outcome.sends));
        }
        if let Some(wanted) = self.clients.filter(|wanted| *wanted != outcome.clients) {
            let clients = if outcome.clients == 1 { "client" } else { "clients" };
            found.push(format!("constructs {} {clients}, not {wanted}", outcome.clients));
        }
        found
    }

    fn error_in(&self, language: Language) -> Option<&str> {
        match (self.raises.as_ref()?, language) {
            (Raises::Same(name), _) => Some(name),
            (Raises::Each(each), Language::Python) => each.py.as_deref(),
            (Raises::Each(each), Language::JavaScript) => each.mjs.as_deref(),
        }
    }
}

/// Whether `whole` has everything that `part` has: objects may have more, lists may not.
fn contains(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            part.iter().all(|(name, value)| whole.get(name).is_some_and(|found| contains(found, value)))
        }
        (Value::Array(whole), Value::Array(part)) => {
            whole.len() == part.len() && whole.iter().zip(part).all(|(found, value)| contains(found, value))
        }
        (Value::Number(whole), Value::Number(part)) => whole == part || whole.as_f64() == part.as_f64(),
        _ => whole == part,
    }
}
