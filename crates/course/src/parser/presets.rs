//! Scenarios that the playground offers to begin with: the simulator's own examples, as their authors wrote them.

use serde::Serialize;
use serde_json::Value;

/// The examples, in the order of the list.
const EXAMPLES: [(&str, &str); 8] = [
    ("nine-am", include_str!("../../../sim/examples/nine-am.toml")),
    ("provisioned-spillover", include_str!("../../../sim/examples/provisioned-spillover.toml")),
    ("throttled-burst", include_str!("../../../sim/examples/throttled-burst.toml")),
    ("retry-storm", include_str!("../../../sim/examples/retry-storm.toml")),
    ("two-functions", include_str!("../../../sim/examples/two-functions.toml")),
    ("deploy", include_str!("../../../sim/examples/deploy.toml")),
    ("replay", include_str!("../../../sim/examples/replay.toml")),
    ("warm-pool-t42", include_str!("../../../sim/examples/warm-pool-t42.toml")),
];

/// A scenario to begin with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Preset {
    /// Its name.
    pub name: &'static str,
    /// Its title.
    pub title: String,
    /// The scenario: what its author left out is left out.
    pub scenario: Value,
}

/// All of them; an example that is no TOML is left out, which a test rules out.
#[must_use]
pub fn presets() -> Vec<Preset> {
    let read = |(name, text): &(&'static str, &str)| {
        let scenario: Value = toml::from_str(text).ok()?;
        let title = scenario.get("title")?.as_str()?.to_owned();
        Some(Preset { name, title, scenario })
    };
    EXAMPLES.iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use coldstart_sim::{ScenarioSpec, validate};

    #[test]
    fn every_example_is_offered_and_can_be_run() {
        let presets = presets();
        assert_eq!(presets.len(), EXAMPLES.len());
        for preset in presets {
            let spec: Result<ScenarioSpec, _> = serde_json::from_value(preset.scenario);
            assert!(spec.is_ok_and(|spec| validate(&spec).is_ok()), "{}", preset.name);
        }
    }
}
