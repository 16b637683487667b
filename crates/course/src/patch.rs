//! Changes to a scenario that a lesson writes as data: a table from the path of a field to its value.

use coldstart_sim::ScenarioSpec;
use serde_json::{Map, Value};

/// Values by path, as in `functions[0].memory_mb`.
pub type Changes = Map<String, Value>;

/// The scenario with every change made, in the order of their paths. What a change leads to may still be refused by the checks of a
/// scenario.
///
/// # Errors
/// One sentence that names the path, when it leads nowhere or the value does not belong there.
pub fn set(spec: &ScenarioSpec, changes: &Changes) -> Result<ScenarioSpec, String> {
    if changes.is_empty() {
        return Ok(spec.clone());
    }
    // By way of text: the readers and writers of a scenario's text are there anyway, those of a tree of values would come on top.
    let text = serde_json::to_string(spec).map_err(|error| error.to_string())?;
    let mut tree: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    for (path, value) in changes {
        put(&mut tree, path, value.clone()).map_err(|reason| format!("`{path}`: {reason}"))?;
    }
    serde_json::from_str(&tree.to_string()).map_err(|error| {
        let paths = changes.keys().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ");
        format!("{paths}: {error}")
    })
}

/// The number that stands at a path; none where there is no number.
#[must_use]
pub fn number(spec: &ScenarioSpec, path: &str) -> Option<f64> {
    let tree: Value = serde_json::from_str(&serde_json::to_string(spec).ok()?).ok()?;
    let steps = path.split(['.', '[']).map(|step| step.trim_end_matches(']'));
    let found = steps.into_iter().try_fold(&tree, |place, step| match place {
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        _ => place.get(step),
    });
    found.and_then(Value::as_f64)
}

/// Puts a value in the place of a field. Tables on the way are made; of a list, an index equal to its length adds an entry.
fn put(tree: &mut Value, path: &str, value: Value) -> Result<(), String> {
    let mut place = tree;
    for step in path.split('.') {
        let (name, indices) = step.split_once('[').map_or((step, ""), |(name, rest)| (name, rest.strip_suffix(']').unwrap_or("?")));
        if place.is_null() {
            *place = Value::Object(Map::new());
        }
        let table = place.as_object_mut().ok_or_else(|| format!("`{name}` stands in nothing that has fields"))?;
        place = table.entry(name).or_insert(Value::Null);
        for index in indices.split("][").filter(|index| !index.is_empty()) {
            let at: usize = index.parse().map_err(|_| format!("[{index}] is no place in a list"))?;
            if place.is_null() {
                *place = Value::Array(Vec::new());
            }
            let list = place.as_array_mut().ok_or_else(|| format!("`{name}` is no list"))?;
            let length = list.len();
            if at == length {
                list.push(Value::Null);
            }
            place = list.get_mut(at).ok_or_else(|| format!("`{name}` has {length} entries, counted from 0"))?;
        }
    }
    *place = value;
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use serde_json::json;

    fn spec() -> ScenarioSpec {
        serde_json::from_value(json!({
            "schema": 1,
            "run": { "duration_s": 10.0 },
            "functions": [{ "id": "f", "memory_mb": 128 }],
            "sources": [{ "id": "s", "target": "f", "arrivals": { "kind": "poisson", "per_s": 2.0 } }],
        }))
        .unwrap()
    }

    fn changed(changes: Value) -> Result<ScenarioSpec, String> {
        set(&spec(), changes.as_object().unwrap())
    }

    #[test]
    fn fields_are_replaced_and_made() {
        let after = changed(json!({
            "functions[0].memory_mb": 512,
            "functions[0].provisioned[0]": { "units": 2 },
            "sources[0].arrivals.per_s": 4.5,
        }));
        let after = serde_json::to_value(after.unwrap()).unwrap();
        assert_eq!(after["functions"][0]["memory_mb"], 512);
        assert_eq!(after["functions"][0]["provisioned"][0]["units"], 2);
        assert_eq!(after["sources"][0]["arrivals"]["per_s"], 4.5);
    }

    #[test]
    fn numbers_are_found_by_their_path() {
        assert_eq!(number(&spec(), "functions[0].memory_mb"), Some(128.0));
        assert_eq!(number(&spec(), "sources[0].arrivals.per_s"), Some(2.0));
        for nowhere in ["functions[3].memory_mb", "functions[0].id", "nothing"] {
            assert_eq!(number(&spec(), nowhere), None, "{nowhere}");
        }
    }

    #[test]
    fn nothing_to_change_is_the_same_scenario() {
        assert_eq!(changed(json!({})), Ok(spec()));
    }

    #[test]
    fn a_path_or_a_value_that_does_not_fit_is_named() {
        for (path, value) in [
            ("functions[7].memory_mb", json!(1)),
            ("run.duration_s.x", json!(1)),
            ("functions[0].memory_mb", json!("much")),
            ("functions[0].colour", json!(1)),
        ] {
            let reason = changed(json!({ path: value })).unwrap_err();
            assert!(reason.contains(path), "{reason}");
        }
    }
}
