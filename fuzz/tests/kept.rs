//! What is kept for the fuzzer, looked at without it.
#![allow(clippy::expect_used, reason = "a test may stop where its files are not there")]

use coldstart_fuzz::{decoder, engine};
use coldstart_sim::schema::{self, Field};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Share of inputs that must be valid scenarios, or the engine is hardly fuzzed at all.
const VALID_SHARE: f64 = 0.7;
/// What the kept inputs may weigh, all together, in bytes.
const KEPT_BYTES: u64 = 300_000;

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

fn kept(target: &str) -> Vec<Vec<u8>> {
    files_in(&folder().join("corpus").join(target)).iter().map(|file| fs::read(file).expect("it can be read")).collect()
}

#[test]
fn kept_inputs_break_nothing() {
    let (decoded, run) = (kept("decoder"), kept("engine"));
    let bytes: u64 = decoded.iter().chain(&run).map(|input| input.len() as u64).sum();
    assert!(bytes <= KEPT_BYTES, "{bytes} bytes: `cargo xtask fuzz --minimise`");
    assert!(decoded.iter().filter(|input| decoder::run(input)).count() > 0);
    let valid = run.iter().filter(|input| engine::run(input)).count();
    assert!(valid as f64 > VALID_SHARE * run.len() as f64, "{valid} of {} kept inputs are valid", run.len());
}

/// Bytes that nobody chose make valid scenarios mostly.
#[test]
fn most_bytes_are_valid_scenarios() {
    let mut state = 1_u64;
    let mut byte = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    let inputs: Vec<Vec<u8>> = (0..60).map(|place| (0..40 * (1 + place % 20)).map(|_| byte()).collect()).collect();
    let valid = inputs.iter().filter(|input| engine::run(input)).count();
    assert!(valid as f64 > VALID_SHARE * inputs.len() as f64, "{valid} of {}", inputs.len());
}

/// A new example is a new place to start from; it is named at the end of the list.
#[test]
fn every_scenario_of_the_repository_is_a_start() {
    let list = include_str!("../src/generate/edit.rs");
    for part in ["examples", "tests/golden", "tests/scenarios"] {
        for file in files_in(&folder().join("../crates/sim").join(part)) {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let is_scenario = name.ends_with(".toml") && name != "digests.toml";
            assert!(!is_scenario || list.contains(&format!("/{part}/{name}\"")), "{part}/{name}: add it at the end of `KNOWN`");
        }
    }
}

/// With `COLDSTART_BLESS` set it writes the words anew.
#[test]
fn the_dictionary_has_every_field_and_choice() {
    fn add(words: &mut BTreeSet<String>, fields: &[Field]) {
        for field in fields {
            words.insert(field.name.clone());
            for choice in &field.choices {
                words.insert(choice.value.clone());
                add(words, &choice.fields);
            }
            add(words, &field.fields);
        }
    }
    let mut words = BTreeSet::new();
    add(&mut words, &schema::fields());
    let lines: String = words.iter().filter(|word| !word.is_empty()).map(|word| format!("\"{word}\"\n")).collect();
    let file = folder().join("words.dict");
    if std::env::var_os("COLDSTART_BLESS").is_some() {
        fs::write(&file, &lines).expect("it can be written");
    }
    assert!(fs::read_to_string(&file).unwrap_or_default() == lines, "the fields changed: run this with COLDSTART_BLESS=1");
}
