//! Installs what a command needs, once, into the cache folder that every clone on the machine shares.
//!
//! Each [`Tool`] knows whether it is there and how to get it. Installing happens under a lock, so that several
//! clones may start at once.

mod browser;
mod cargo_tools;
mod npm_tools;
mod rootless;
mod rust_target;

pub use browser::{chrome, chromedriver};
pub use cargo_tools::{DENY, TRUNK, WASM_BINDGEN};
pub use npm_tools::{axe_script, wasm_opt_folder};
pub use rootless::launchers;

use crate::args::Args;
use crate::failure::{During, Failure, Result};
use crate::paths;
use std::fs::{self, File};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Something a command needs that a fresh machine lacks.
pub struct Tool {
    /// What the step's line calls it, with its version.
    pub name: &'static str,
    /// Whether it is there; must be quick, since every command asks.
    is_ready: fn() -> bool,
    /// Gets it.
    install: fn() -> Result<()>,
    /// What to do by hand where the installation fails.
    remedy: &'static str,
}

const WASM_TARGET: Tool = Tool {
    name: "Rust for wasm32-unknown-unknown",
    is_ready: rust_target::is_ready,
    install: rust_target::install,
    remedy: "run `rustup target add wasm32-unknown-unknown`, then this command again",
};
const TRUNK_TOOL: Tool = Tool {
    name: "trunk 0.21.14",
    is_ready: || TRUNK.is_ready(),
    install: || TRUNK.install(),
    remedy: "the crates registry must be reachable and a C compiler be there; or put the release's `trunk` in the folder named above",
};
const WASM_BINDGEN_TOOL: Tool = Tool {
    name: "wasm-bindgen-cli 0.2.128",
    is_ready: || WASM_BINDGEN.is_ready(),
    install: || WASM_BINDGEN.install(),
    remedy: "the crates registry must be reachable and a C compiler be there; or put the release's programs in the folder named above",
};
const WASM_OPT_TOOL: Tool = Tool {
    name: "wasm-opt 132",
    is_ready: npm_tools::wasm_opt_is_ready,
    install: npm_tools::install_wasm_opt,
    remedy: "install Node.js 18 or later with npm, or put binaryen 132 on PATH",
};
const BROWSER: Tool = Tool {
    name: "Chromium and its driver",
    is_ready: browser::is_ready,
    install: browser::install,
    remedy: "install them (`sudo apt-get install chromium chromium-driver`), or set CHROME and CHROMEDRIVER",
};
const AXE: Tool = Tool {
    name: "axe-core 4.14.1",
    is_ready: npm_tools::axe_is_ready,
    install: npm_tools::install_axe,
    remedy: "install Node.js 18 or later with npm",
};
const DENY_TOOL: Tool = Tool {
    name: "cargo-deny 0.20.2",
    is_ready: || DENY.is_ready(),
    install: || DENY.install(),
    remedy: "run `cargo install --locked cargo-deny`",
};
const CXX: Tool = Tool {
    name: "a C++ compiler",
    is_ready: || std::env::var_os("CXX").is_some() || ["c++", "g++", "clang++"].iter().any(|name| paths::find_program(name).is_some()),
    install: || Err(Failure::new("there is none, and only the system can give one")),
    remedy: "install one (`sudo apt-get install g++`), or set CXX",
};

/// What the quick page build needs.
pub const FOR_PAGES: &[&Tool] = &[&WASM_TARGET, &TRUNK_TOOL, &WASM_BINDGEN_TOOL];
/// What the release build needs.
pub const FOR_RELEASE: &[&Tool] = &[&WASM_TARGET, &TRUNK_TOOL, &WASM_BINDGEN_TOOL, &WASM_OPT_TOOL];
/// What looking at a page needs.
pub const FOR_BROWSER: &[&Tool] = &[&BROWSER];
/// What tests in a browser need besides a page.
pub const FOR_BROWSER_TESTS: &[&Tool] = &[&BROWSER, &AXE];
/// What building for wasm32 by hand needs.
pub const FOR_WASM: &[&Tool] = &[&WASM_TARGET, &WASM_BINDGEN_TOOL];
/// What the licence and source checks need.
pub const FOR_CHECKS: &[&Tool] = &[&DENY_TOOL];
/// What fuzzing needs: libFuzzer is C++.
pub const FOR_FUZZING: &[&Tool] = &[&CXX];

/// `cargo xtask setup`: everything.
pub fn command(args: Args) -> Result<()> {
    args.finish()?;
    println!("tools are kept in {}", paths::cache().display());
    for tool in FOR_RELEASE.iter().chain(FOR_BROWSER_TESTS).chain(FOR_CHECKS).chain(FOR_FUZZING) {
        if (tool.is_ready)() {
            println!("  ready      {}", tool.name);
        }
    }
    ensure(&[FOR_RELEASE, FOR_BROWSER_TESTS, FOR_CHECKS, FOR_FUZZING])
}

/// Installs whatever of the lists is missing, a line per step with its time.
pub fn ensure(lists: &[&[&'static Tool]]) -> Result<()> {
    let missing = |tools: &[&'static Tool]| tools.iter().copied().filter(|tool| !(tool.is_ready)()).collect();
    let wanted: Vec<&'static Tool> = lists.iter().flat_map(|list| list.iter().copied()).collect();
    let absent: Vec<&'static Tool> = missing(&wanted);
    if absent.is_empty() {
        return Ok(());
    }
    let _lock = lock().during("waiting for another set-up")?;
    let start = Instant::now();
    // Asked again under the lock: another clone may have installed it meanwhile.
    let absent: Vec<&'static Tool> = missing(&absent);
    for (index, tool) in absent.iter().enumerate() {
        install(tool, index + 1, absent.len())?;
    }
    println!("  set up     {} in {}", counted(absent.len()), seconds(start.elapsed()));
    Ok(())
}

fn install(tool: &Tool, number: usize, of: usize) -> Result<()> {
    println!("  installing {} (step {number} of {of}) ...", tool.name);
    let start = Instant::now();
    (tool.install)().map_err(|failure| failure.during(tool.name).remedy(tool.remedy))?;
    if !(tool.is_ready)() {
        let reason = "its installation ended well, yet it cannot be found";
        return Err(Failure::new(reason).during(tool.name).remedy(tool.remedy));
    }
    println!("  installed  {} in {}", tool.name, seconds(start.elapsed()));
    Ok(())
}

fn counted(steps: usize) -> String {
    format!("{steps} step{}", if steps == 1 { "" } else { "s" })
}

/// A duration as the step lines print it.
pub fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

/// The lock is released when the file is closed, also if the process dies.
fn lock() -> Result<File> {
    fs::create_dir_all(paths::cache())?;
    let file = File::create(paths::cache().join("lock"))?;
    if file.try_lock().is_err() {
        println!("  waiting    for another set-up on this machine");
        file.lock()?;
    }
    Ok(file)
}

/// The folder of one tool in the cache; its name carries the version, so that a new version is a new folder.
fn folder(name_and_version: &str) -> PathBuf {
    paths::cache().join(name_and_version)
}

/// Where the output of a step's installation goes.
fn log(step: &str) -> PathBuf {
    paths::cache().join("logs").join(format!("{step}.log"))
}
