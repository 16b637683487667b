//! Programs built by `cargo install`, each version in a folder of its own.

use super::{folder, log};
use crate::failure::{Failure, Result};
use crate::{paths, process};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A crate whose programs are used.
pub struct CargoTool {
    name: &'static str,
    version: &'static str,
    programs: &'static [&'static str],
    /// Further arguments of `cargo install`.
    arguments: &'static [&'static str],
    /// The optimisation that its quick build needs to be quick at its job too.
    opt_level: &'static str,
}

/// Builds and serves the site. Without its defaults it cannot download tools, which is as we want it.
pub const TRUNK: CargoTool =
    CargoTool { name: "trunk", version: "0.21.14", programs: &["trunk"], arguments: &["--no-default-features"], opt_level: "0" };

/// Writes the JavaScript around the wasm; equal to the `wasm-bindgen` of Cargo.toml.
pub const WASM_BINDGEN: CargoTool = CargoTool {
    name: "wasm-bindgen-cli",
    version: "0.2.128",
    programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
    arguments: &[],
    opt_level: "1",
};

/// Checks licences, sources and banned crates.
pub const DENY: CargoTool = CargoTool { name: "cargo-deny", version: "0.20.2", programs: &["cargo-deny"], arguments: &[], opt_level: "0" };

impl CargoTool {
    fn home(&self) -> PathBuf {
        folder(&format!("{}-{}", self.name, self.version))
    }

    /// The folder of its programs.
    pub fn bin(&self) -> PathBuf {
        self.home().join("bin")
    }

    pub fn is_ready(&self) -> bool {
        self.programs.iter().all(|program| paths::program_in(&self.bin(), program).is_file())
    }

    /// Builds it without optimisation, which takes half the time.
    pub fn install(&self) -> Result<()> {
        println!("             into {}", self.bin().display());
        let build = paths::cache().join("build").join(self.name);
        let mut command = Command::new("cargo");
        command
            .args(["install", "--locked", "--debug", self.name, "--version", self.version, "--root"])
            .arg(self.home())
            .args(self.arguments)
            .current_dir(paths::cache())
            .env("CARGO_TARGET_DIR", &build)
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_PROFILE_DEV_OPT_LEVEL", self.opt_level);
        process::run_logged(&mut command, &log(self.name)).map_err(|failure| {
            let needed = "building it needs a C compiler too (Debian: `sudo apt-get install build-essential`)";
            if paths::find_program("cc").is_none() { Failure::new(needed) } else { failure }
        })?;
        fs::remove_dir_all(build)?;
        Ok(())
    }
}
