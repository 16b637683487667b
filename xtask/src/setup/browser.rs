//! A browser and its driver. Only the system can give these: by apt where that is allowed, else by the reader.

use super::log;
use crate::failure::{Failure, Result};
use crate::{paths, process};
use std::env;
use std::path::PathBuf;
use std::process::Command;

/// The browser's program: `$CHROME`, else the usual names.
pub fn chrome() -> Option<PathBuf> {
    const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    named("CHROME").or_else(|| NAMES.iter().find_map(|name| paths::find_program(name)))
}

/// The browser's driver: `$CHROMEDRIVER`, else the usual name.
pub fn chromedriver() -> Option<PathBuf> {
    named("CHROMEDRIVER").or_else(|| paths::find_program("chromedriver"))
}

fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file())
}

pub fn is_ready() -> bool {
    chrome().is_some() && chromedriver().is_some()
}

pub fn install() -> Result<()> {
    apt_install(&["chromium", "chromium-driver"])
}

/// Installs Debian packages; only root can.
pub fn apt_install(packages: &[&str]) -> Result<()> {
    let by_hand = format!("run `sudo apt-get install {}`, then this command again", packages.join(" "));
    if paths::find_program("apt-get").is_none() {
        return Err(Failure::new("this system has no apt-get, so it must be installed by hand"));
    }
    if !is_root() {
        return Err(Failure::new("only root can install packages").remedy(by_hand));
    }
    let install = || {
        let mut command = Command::new("apt-get");
        command.args(["install", "-y", "--no-install-recommends"]).args(packages);
        command.env("DEBIAN_FRONTEND", "noninteractive");
        process::run_logged(&mut command, &log("apt-install"))
    };
    // Stale package lists are the usual reason for a first failure.
    install()
        .or_else(|_| {
            process::run_logged(Command::new("apt-get").arg("update"), &log("apt-update"))?;
            install()
        })
        .map_err(|failure| failure.remedy(by_hand))
}

fn is_root() -> bool {
    process::capture(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
