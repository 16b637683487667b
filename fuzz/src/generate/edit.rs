//! One of the repository's own scenarios with a few of its values changed.

use super::{Draw, usize_of};
use coldstart_sim::limits::Range;
use coldstart_sim::spec::ScenarioSpec;
use serde_json::{Value, json};

/// The scenarios, in an order that only ever grows at its end, or the kept corpus comes to mean others.
const KNOWN: &[&str] = &[
    include_str!("../../../crates/sim/examples/api-timeout.toml"),
    include_str!("../../../crates/sim/examples/asynchronous-retries.toml"),
    include_str!("../../../crates/sim/examples/background-work.toml"),
    include_str!("../../../crates/sim/examples/blocked-shard.toml"),
    include_str!("../../../crates/sim/examples/brown-out.toml"),
    include_str!("../../../crates/sim/examples/chain.toml"),
    include_str!("../../../crates/sim/examples/client-in-handler.toml"),
    include_str!("../../../crates/sim/examples/database-connections.toml"),
    include_str!("../../../crates/sim/examples/deploy.toml"),
    include_str!("../../../crates/sim/examples/extensions.toml"),
    include_str!("../../../crates/sim/examples/fifo-groups.toml"),
    include_str!("../../../crates/sim/examples/nine-am.toml"),
    include_str!("../../../crates/sim/examples/old-burst.toml"),
    include_str!("../../../crates/sim/examples/out-of-memory.toml"),
    include_str!("../../../crates/sim/examples/package-size.toml"),
    include_str!("../../../crates/sim/examples/poison-events.toml"),
    include_str!("../../../crates/sim/examples/poison-message.toml"),
    include_str!("../../../crates/sim/examples/provisioned-scaling.toml"),
    include_str!("../../../crates/sim/examples/provisioned-spillover.toml"),
    include_str!("../../../crates/sim/examples/queue-absorbs-burst.toml"),
    include_str!("../../../crates/sim/examples/replay.toml"),
    include_str!("../../../crates/sim/examples/retry-storm.toml"),
    include_str!("../../../crates/sim/examples/snap-start.toml"),
    include_str!("../../../crates/sim/examples/started-ahead.toml"),
    include_str!("../../../crates/sim/examples/swallowed-errors.toml"),
    include_str!("../../../crates/sim/examples/throttled-burst.toml"),
    include_str!("../../../crates/sim/examples/tmp-full.toml"),
    include_str!("../../../crates/sim/examples/topic-outage.toml"),
    include_str!("../../../crates/sim/examples/two-functions.toml"),
    include_str!("../../../crates/sim/examples/warm-pool-t42.toml"),
    include_str!("../../../crates/sim/tests/golden/arrivals-constant.toml"),
    include_str!("../../../crates/sim/tests/golden/arrivals-cron.toml"),
    include_str!("../../../crates/sim/tests/golden/arrivals-log.toml"),
    include_str!("../../../crates/sim/tests/golden/arrivals-on-off.toml"),
    include_str!("../../../crates/sim/tests/golden/arrivals-per-minute.toml"),
    include_str!("../../../crates/sim/tests/golden/arrivals-ramps.toml"),
    include_str!("../../../crates/sim/tests/golden/arrivals-steps.toml"),
    include_str!("../../../crates/sim/tests/golden/arrivals-timestamps.toml"),
    include_str!("../../../crates/sim/tests/golden/asynchronous.toml"),
    include_str!("../../../crates/sim/tests/golden/behaviour.toml"),
    include_str!("../../../crates/sim/tests/golden/crash-and-timeout.toml"),
    include_str!("../../../crates/sim/tests/golden/dependencies.toml"),
    include_str!("../../../crates/sim/tests/golden/deploy-alias.toml"),
    include_str!("../../../crates/sim/tests/golden/deploy-cold.toml"),
    include_str!("../../../crates/sim/tests/golden/deploy-version.toml"),
    include_str!("../../../crates/sim/tests/golden/event-sources.toml"),
    include_str!("../../../crates/sim/tests/golden/front-doors.toml"),
    include_str!("../../../crates/sim/tests/golden/functions-share-account.toml"),
    include_str!("../../../crates/sim/tests/golden/init-image.toml"),
    include_str!("../../../crates/sim/tests/golden/init-measured.toml"),
    include_str!("../../../crates/sim/tests/golden/init-timeout.toml"),
    include_str!("../../../crates/sim/tests/golden/law-first-run.toml"),
    include_str!("../../../crates/sim/tests/golden/law-quantiles.toml"),
    include_str!("../../../crates/sim/tests/golden/life-limited.toml"),
    include_str!("../../../crates/sim/tests/golden/limit-account.toml"),
    include_str!("../../../crates/sim/tests/golden/limit-request-rate.toml"),
    include_str!("../../../crates/sim/tests/golden/limit-reserved.toml"),
    include_str!("../../../crates/sim/tests/golden/limit-scaling.toml"),
    include_str!("../../../crates/sim/tests/golden/ping.toml"),
    include_str!("../../../crates/sim/tests/golden/plain-pool.toml"),
    include_str!("../../../crates/sim/tests/golden/poison.toml"),
    include_str!("../../../crates/sim/tests/golden/provisioned-ramp.toml"),
    include_str!("../../../crates/sim/tests/golden/provisioned-scaling.toml"),
    include_str!("../../../crates/sim/tests/golden/provisioned-spill.toml"),
    include_str!("../../../crates/sim/tests/golden/queues.toml"),
    include_str!("../../../crates/sim/tests/golden/reclaim-cliff-2021.toml"),
    include_str!("../../../crates/sim/tests/golden/reclaim-early-2019.toml"),
    include_str!("../../../crates/sim/tests/golden/reclaim-exponential.toml"),
    include_str!("../../../crates/sim/tests/golden/reclaim-logs-2020.toml"),
    include_str!("../../../crates/sim/tests/golden/reclaim-mid-2019.toml"),
    include_str!("../../../crates/sim/tests/golden/reclaim-y2017.toml"),
    include_str!("../../../crates/sim/tests/golden/retry-immediate.toml"),
    include_str!("../../../crates/sim/tests/golden/reuse-least-recently-used.toml"),
    include_str!("../../../crates/sim/tests/golden/reuse-newest-created.toml"),
    include_str!("../../../crates/sim/tests/golden/reuse-oldest-created.toml"),
    include_str!("../../../crates/sim/tests/golden/reuse-random.toml"),
    include_str!("../../../crates/sim/tests/golden/rules-2020.toml"),
    include_str!("../../../crates/sim/tests/golden/sends-and-loops.toml"),
    include_str!("../../../crates/sim/tests/golden/snap-start.toml"),
    include_str!("../../../crates/sim/tests/golden/streams.toml"),
    include_str!("../../../crates/sim/tests/golden/warm-up.toml"),
    include_str!("../../../crates/sim/tests/scenarios/event-source.toml"),
    include_str!("../../../crates/sim/tests/scenarios/front-door.toml"),
    include_str!("../../../crates/sim/tests/scenarios/ground-truth-pool.toml"),
    include_str!("../../../crates/sim/tests/scenarios/latency-mixture.toml"),
    include_str!("../../../crates/sim/tests/scenarios/queue-wait.toml"),
    include_str!("../../../crates/sim/tests/scenarios/redrive.toml"),
    include_str!("../../../crates/sim/tests/scenarios/replay.toml"),
    include_str!("../../../crates/sim/tests/scenarios/retries.toml"),
    include_str!("../../../crates/sim/tests/scenarios/scaling-burst.toml"),
    include_str!("../../../crates/sim/tests/scenarios/stream.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t01.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t02.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t03.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t04.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t05.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t20.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t21.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t22.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t23.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t24.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t25.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t26.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t27.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t28.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t30.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t31.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t33.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t34.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t35.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t36.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t37.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t38.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t40.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t42.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t43.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t45.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t46.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t48.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t49.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t53.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t55.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t56.toml"),
    include_str!("../../../crates/sim/tests/scenarios/t64.toml"),
    include_str!("../../../crates/sim/tests/scenarios/mixed.toml"),
    include_str!("../../../crates/sim/tests/scenarios/token-bucket.toml"),
];

/// Most values changed.
const EDITS: u32 = 6;

/// A known scenario, changed in up to [`EDITS`] places; unchanged where that leaves none at all.
pub(super) fn known(draw: &mut Draw<'_>) -> ScenarioSpec {
    let spec: ScenarioSpec = toml::from_str(draw.pick(KNOWN)).expect("every known scenario can be read");
    let mut changed = serde_json::to_value(&spec).expect("every known scenario can be written");
    let words = words_of(&changed);
    for _ in 0..draw.below(EDITS + 1) {
        change(draw, &mut changed, &words);
    }
    serde_json::from_value(changed).unwrap_or(spec)
}

/// Every text in it: ids, choices, kinds.
fn words_of(value: &Value) -> Vec<String> {
    match value {
        Value::String(word) => vec![word.clone()],
        Value::Array(list) => list.iter().flat_map(words_of).collect(),
        Value::Object(fields) => fields.values().flat_map(words_of).collect(),
        _ => Vec::new(),
    }
}

/// Walks to a leaf and changes it.
fn change(draw: &mut Draw<'_>, value: &mut Value, words: &[String]) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            let at = usize_of(draw.below(u32::try_from(fields.len()).unwrap_or(1)));
            if let Some(inner) = fields.values_mut().nth(at) {
                change(draw, inner, words);
            }
        }
        Value::Array(list) if !list.is_empty() => {
            let at = usize_of(draw.below(u32::try_from(list.len()).unwrap_or(1)));
            match draw.below(10) {
                0 => _ = list.remove(at),
                1 => list.push(list[at].clone()),
                _ => change(draw, &mut list[at], words),
            }
        }
        Value::Number(number) => *value = other_number(draw, number),
        Value::Bool(flag) => *value = json!(!*flag),
        Value::String(word) if !words.is_empty() => *word = draw.pick(words),
        _ => {}
    }
}

/// A number like it, and whole where it is.
fn other_number(draw: &mut Draw<'_>, number: &serde_json::Number) -> Value {
    let usual = number.as_f64().unwrap_or(1.0);
    let other = draw.number(usual, Range::new(0.0, usual * 1_000.0 + 1_000.0));
    if number.is_f64() { json!(other) } else { json!(other as u64) }
}
