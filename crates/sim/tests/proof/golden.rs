//! Golden digests: one small scenario per feature, and the digest of its event log. The same list runs in the browser
//! (`tests/wasm_golden.rs` of the app).
//!
//! A digest may change only together with the model version. To write new ones, after raising `MODEL_VERSION`:
//! `COLDSTART_BLESS=1 cargo test -p coldstart-sim --test proof golden`.

use crate::support::tests_folder;
use coldstart_sim::{EnginePath, MODEL_VERSION, RunOptions, ScenarioSpec, Seed, run, validate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[path = "../golden/list.rs"]
mod list;

/// The file `digests.toml`.
#[derive(Debug, Deserialize, Serialize)]
struct Blessed {
    model_version: u32,
    digests: BTreeMap<String, String>,
}

fn digest(name: &str, text: &str, path: EnginePath) -> String {
    let spec: ScenarioSpec = toml::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let scenario = validate(&spec).unwrap_or_else(|problems| panic!("{name}: {problems:#?}")).scenario;
    let options = RunOptions { digest: true, path, ..RunOptions::default() };
    let output = run(&scenario, Seed(spec.run.seed), options);
    output.digest.expect("a digest was asked for").to_string()
}

fn digests(path: EnginePath) -> BTreeMap<String, String> {
    list::SCENARIOS.iter().map(|(name, text)| ((*name).to_owned(), digest(name, text, path))).collect()
}

fn blessed() -> Blessed {
    toml::from_str(list::DIGESTS).expect("digests.toml can be read")
}

#[test]
fn golden_digests_are_as_blessed() {
    let got = digests(EnginePath::Auto);
    if std::env::var_os("COLDSTART_BLESS").is_some() {
        return bless(got);
    }
    let blessed = blessed();
    let changed = changed(&blessed.digests, &got);
    assert!(changed.is_empty(), "digests changed (raise MODEL_VERSION and bless them if that is meant):\n{}", changed.join("\n"));
    assert_eq!(blessed.model_version, MODEL_VERSION, "the model version rises exactly when a digest changes");
}

/// All ways through the engine give the same events.
#[test]
fn golden_digests_do_not_depend_on_the_path() {
    for path in [EnginePath::General, EnginePath::Graph] {
        let changed = changed(&digests(EnginePath::Auto), &digests(path));
        assert!(changed.is_empty(), "{path:?} differs:\n{}", changed.join("\n"));
    }
}

/// No scenario file is left out of the list, so none goes unchecked in the browser.
#[test]
fn golden_list_names_every_file() {
    let folder = tests_folder().join("golden");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("an ASCII name"))
        .filter_map(|name| name.strip_suffix(".toml").map(str::to_owned))
        .filter(|name| name != "digests")
        .collect();
    files.sort();
    let listed: Vec<String> = list::SCENARIOS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(files, listed);
}

fn changed(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Vec<String> {
    let names: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let differing = names.into_iter().filter(|name| old.get(*name) != new.get(*name));
    differing.map(|name| format!("{name}: {:?} -> {:?}", old.get(name), new.get(name))).collect()
}

/// Writes the digests, if the model version fits what changed.
fn bless(got: BTreeMap<String, String>) {
    let old = blessed();
    let moved = old.digests.iter().filter(|(name, digest)| got.get(*name).is_some_and(|new| new != *digest)).count();
    let raised = MODEL_VERSION > old.model_version;
    assert!(moved == 0 || raised, "{moved} digests moved: raise MODEL_VERSION above {} first", old.model_version);
    assert!(moved > 0 || !raised || old.digests.is_empty(), "MODEL_VERSION was raised to {MODEL_VERSION}, but no digest moved");
    let text = toml::to_string(&Blessed { model_version: MODEL_VERSION, digests: got }).expect("digests can be written");
    std::fs::write(tests_folder().join("golden/digests.toml"), format!("# Written by the golden test; see proof/golden.rs.\n{text}"))
        .expect("digests.toml can be written");
}
