//! What comes as an npm package: wasm-opt (compiled to JavaScript) and axe-core. Both run or are read from the cache
//! folder; nothing of npm reaches the site.

use super::rootless::write_script;
use super::{browser, folder, log};
use crate::failure::{Failure, Result};
use crate::{paths, process};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const BINARYEN: &str = "binaryen@132.0.0";
const BINARYEN_FOLDER: &str = "binaryen-132";
const AXE: &str = "axe-core@4.14.1";
const AXE_FOLDER: &str = "axe-core-4.14.1";

/// The folder that holds the `wasm-opt` launcher.
pub fn wasm_opt_folder() -> PathBuf {
    folder(BINARYEN_FOLDER).join("bin")
}

pub fn wasm_opt_is_ready() -> bool {
    paths::program_in(&wasm_opt_folder(), "wasm-opt").is_file()
}

pub fn install_wasm_opt() -> Result<()> {
    let home = folder(BINARYEN_FOLDER);
    npm_install(&home, BINARYEN)?;
    let script = home.join("node_modules/binaryen/bin/wasm-opt");
    fs::create_dir_all(wasm_opt_folder())?;
    let launcher = paths::program_in(&wasm_opt_folder(), "wasm-opt");
    write_script(&launcher, &format!("#!/bin/sh\nexec node '{}' \"$@\"\n", script.display()))
}

/// The accessibility checker's script, for injecting into a page under test.
pub fn axe_script() -> PathBuf {
    folder(AXE_FOLDER).join("node_modules/axe-core/axe.min.js")
}

pub fn axe_is_ready() -> bool {
    axe_script().is_file()
}

pub fn install_axe() -> Result<()> {
    npm_install(&folder(AXE_FOLDER), AXE)
}

fn npm_install(home: &Path, package: &str) -> Result<()> {
    if paths::find_program("npm").is_none() {
        browser::apt_install(&["nodejs", "npm"])?;
    }
    if paths::find_program("npm").is_none() {
        return Err(Failure::new("npm is not on PATH"));
    }
    fs::create_dir_all(home)?;
    let mut command = Command::new("npm");
    command.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]).arg(home).arg(package).current_dir(home);
    process::run_logged(&mut command, &log(package.split('@').next().unwrap_or(package)))
}
