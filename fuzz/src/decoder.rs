//! Bytes from outside: TOML files, JSON files, what follows `#s=` in a link.

use crate::share;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use coldstart_sim::spec::ScenarioSpec;
use coldstart_sim::{check, validate};

/// Problems listed for one scenario, the line about those that are not among them.
const PROBLEMS_MAX: usize = coldstart_sim::validate::MAX_PROBLEMS + 1;

/// The fields of a scenario, one of which every path of a problem begins with.
const FIELDS: [&str; 11] =
    ["schema", "title", "run", "account", "functions", "sources", "destinations", "queues", "streams", "mappings", "dependencies"];

/// Reads the bytes in every way in which the site may be given a scenario. Returns whether one of them was a valid one.
///
/// # Panics
/// When something that was read breaks a promise.
#[must_use]
pub fn run(bytes: &[u8]) -> bool {
    let text = std::str::from_utf8(bytes).ok();
    let files = [text.and_then(|text| toml::from_str(text).ok()), serde_json::from_slice(bytes).ok()];
    let mut valid = false;
    for spec in files.into_iter().flatten().chain(linked(text, bytes)) {
        valid |= holds(&spec);
    }
    valid
}

/// What a link has in it: the bytes as a whole link, and as the payload of each codec, so that nothing need be found by luck.
fn linked(text: Option<&str>, bytes: &[u8]) -> Vec<ScenarioSpec> {
    let payload = URL_SAFE_NO_PAD.encode(bytes);
    let links = [format!("1.j.{payload}"), format!("1.d.{payload}")];
    let links = text.into_iter().chain(links.iter().map(String::as_str));
    links.filter_map(|link| share::decode(link).ok()).inspect(opens_again).map(|shared| shared.spec).collect()
}

/// A link made of what a link held holds the same, if it can be made at all: JSON has no infinity.
fn opens_again(shared: &share::Shared) {
    if validate(&shared.spec).is_ok() {
        let link = share::encode(shared).expect("a valid scenario can be sent");
        assert_eq!(share::decode(&link).as_ref(), Ok(shared), "through a link");
    }
}

/// Whether the scenario is valid; its problems have paths, and a valid one is written and read unharmed.
fn holds(spec: &ScenarioSpec) -> bool {
    let problems = check(spec);
    assert!(problems.len() <= PROBLEMS_MAX, "{} problems", problems.len());
    for problem in &problems {
        let first = problem.path.split(['.', '[']).next().unwrap_or_default();
        assert!(FIELDS.contains(&first) || problem.message.ends_with("are not listed"), "no field of a scenario: {problem:?}");
    }
    let valid = validate(spec).is_ok();
    if valid {
        let json = serde_json::to_string(spec).expect("JSON can be written");
        assert_eq!(serde_json::from_str::<ScenarioSpec>(&json).as_ref().ok(), Some(spec), "through JSON");
        let toml = toml::to_string(spec).expect("TOML can be written");
        assert_eq!(toml::from_str::<ScenarioSpec>(&toml).as_ref().ok(), Some(spec), "through TOML");
    }
    valid
}
