//! Scenario files.

use coldstart_sim::{ScenarioSpec, Validated, validate};
use serde::de::DeserializeOwned;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Read;

/// Largest file read: a million timestamps with durations fit.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// A sound scenario, as it was written and as it is run.
pub struct Loaded {
    pub spec: ScenarioSpec,
    pub valid: Validated,
}

/// Reads and checks a scenario; the message lists everything that is wrong with it.
pub fn load(path: &str) -> Result<Loaded, String> {
    let text = read(path).map_err(|error| format!("cannot read {path}: {error}"))?;
    let spec: ScenarioSpec = parse(path, &text).map_err(|error| format!("{path} is not a scenario: {error}"))?;
    let valid = validate(&spec).map_err(|problems| {
        let noun = if problems.len() == 1 { "problem" } else { "problems" };
        let mut list = format!("{path} has {} {noun}:\n", problems.len());
        for problem in problems {
            // Writing to a String cannot fail.
            let _ = writeln!(list, "  {problem}");
        }
        list
    })?;
    Ok(Loaded { spec, valid })
}

/// A scenario's file as it stands, for changing fields in it.
pub fn load_value(path: &str) -> Result<toml::Value, String> {
    let text = read(path).map_err(|error| format!("cannot read {path}: {error}"))?;
    parse(path, &text).map_err(|error| format!("{path} is not a scenario: {error}"))
}

fn read(path: &str) -> Result<String, String> {
    let mut text = String::new();
    let file = File::open(path).map_err(|error| error.to_string())?;
    file.take(MAX_BYTES + 1).read_to_string(&mut text).map_err(|error| error.to_string())?;
    if text.len() as u64 > MAX_BYTES {
        return Err(format!("it is larger than {} MB", MAX_BYTES / 1024 / 1024));
    }
    Ok(text)
}

/// JSON by the file's ending, TOML otherwise.
fn parse<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, String> {
    let is_json = path.rsplit('.').next().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    if is_json {
        serde_json::from_str(text).map_err(|error| error.to_string())
    } else {
        toml::from_str(text).map_err(|error| error.to_string())
    }
}
