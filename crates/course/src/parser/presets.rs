//! Scenarios that the playground offers to begin with: the simulator's own examples, as their authors wrote them.

use serde::Serialize;
use serde_json::Value;

/// The examples, in the order of the list.
const EXAMPLES: [(&str, &str); 30] = [
    ("nine-am", include_str!("../../../sim/examples/nine-am.toml")),
    ("provisioned-spillover", include_str!("../../../sim/examples/provisioned-spillover.toml")),
    ("throttled-burst", include_str!("../../../sim/examples/throttled-burst.toml")),
    ("retry-storm", include_str!("../../../sim/examples/retry-storm.toml")),
    ("two-functions", include_str!("../../../sim/examples/two-functions.toml")),
    ("deploy", include_str!("../../../sim/examples/deploy.toml")),
    ("replay", include_str!("../../../sim/examples/replay.toml")),
    ("warm-pool-t42", include_str!("../../../sim/examples/warm-pool-t42.toml")),
    ("api-timeout", include_str!("../../../sim/examples/api-timeout.toml")),
    ("asynchronous-retries", include_str!("../../../sim/examples/asynchronous-retries.toml")),
    ("poison-events", include_str!("../../../sim/examples/poison-events.toml")),
    ("swallowed-errors", include_str!("../../../sim/examples/swallowed-errors.toml")),
    ("topic-outage", include_str!("../../../sim/examples/topic-outage.toml")),
    ("queue-absorbs-burst", include_str!("../../../sim/examples/queue-absorbs-burst.toml")),
    ("poison-message", include_str!("../../../sim/examples/poison-message.toml")),
    ("fifo-groups", include_str!("../../../sim/examples/fifo-groups.toml")),
    ("blocked-shard", include_str!("../../../sim/examples/blocked-shard.toml")),
    ("chain", include_str!("../../../sim/examples/chain.toml")),
    ("brown-out", include_str!("../../../sim/examples/brown-out.toml")),
    ("database-connections", include_str!("../../../sim/examples/database-connections.toml")),
    ("provisioned-scaling", include_str!("../../../sim/examples/provisioned-scaling.toml")),
    ("snap-start", include_str!("../../../sim/examples/snap-start.toml")),
    ("client-in-handler", include_str!("../../../sim/examples/client-in-handler.toml")),
    ("out-of-memory", include_str!("../../../sim/examples/out-of-memory.toml")),
    ("tmp-full", include_str!("../../../sim/examples/tmp-full.toml")),
    ("background-work", include_str!("../../../sim/examples/background-work.toml")),
    ("extensions", include_str!("../../../sim/examples/extensions.toml")),
    ("package-size", include_str!("../../../sim/examples/package-size.toml")),
    ("started-ahead", include_str!("../../../sim/examples/started-ahead.toml")),
    ("old-burst", include_str!("../../../sim/examples/old-burst.toml")),
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
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../sim/examples");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let examples = files.filter(|path| path.extension().is_some_and(|end| end == "toml")).count();
        assert_eq!((presets.len(), EXAMPLES.len()), (examples, examples));
        for preset in presets {
            let spec: Result<ScenarioSpec, _> = serde_json::from_value(preset.scenario);
            assert!(spec.is_ok_and(|spec| validate(&spec).is_ok()), "{}", preset.name);
        }
    }
}
