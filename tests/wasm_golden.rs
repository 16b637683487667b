//! The simulator's golden digests, computed in a browser: exactly those that the native test (`crates/sim/tests/proof/golden.rs`)
//! holds.

#![cfg(target_arch = "wasm32")]

use coldstart_sim::{MODEL_VERSION, RunOptions, ScenarioSpec, Seed, run, validate};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

#[path = "../crates/sim/tests/golden/list.rs"]
mod list;

wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn digest(text: &str) -> String {
    let spec: ScenarioSpec = toml::from_str(text).expect("a scenario file can be read");
    let scenario = validate(&spec).expect("a golden scenario is valid").scenario;
    let output = run(&scenario, Seed(spec.run.seed), RunOptions { digest: true, ..RunOptions::default() });
    output.digest.expect("a digest was asked for").to_string()
}

#[wasm_bindgen_test]
fn golden_digests_are_as_blessed() {
    let blessed: toml::Table = toml::from_str(list::DIGESTS).expect("digests.toml can be read");
    assert_eq!(blessed["model_version"].as_integer(), Some(i64::from(MODEL_VERSION)));
    let differing: Vec<String> = list::SCENARIOS
        .iter()
        .map(|(name, text)| (*name, digest(text)))
        .filter(|(name, digest)| blessed["digests"][*name].as_str() != Some(digest))
        .map(|(name, digest)| format!("{name}: {} -> {digest}", blessed["digests"][name]))
        .collect();
    assert!(differing.is_empty(), "digests differ in this browser:\n{}", differing.join("\n"));
}
