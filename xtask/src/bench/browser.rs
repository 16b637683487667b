//! The same workloads in the built site's worker, in Chromium.

use crate::build::{self, Profile};
use crate::failure::Result;
use crate::{paths, process, setup, shot};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A built site, and the program that drives a browser on it.
pub struct Worker {
    driver: PathBuf,
}

impl Worker {
    /// Sets up what is missing and builds the site and the driver.
    pub fn ready() -> Result<Self> {
        setup::ensure(&[Profile::Release.tools(), setup::FOR_BROWSER])?;
        build::build(Profile::Release)?;
        let arguments = ["build", "--quiet", "--package", "coldstart-e2e", "--bin", "worker_bench"];
        process::run(Command::new("cargo").args(arguments).current_dir(paths::root()))?;
        Ok(Self { driver: paths::program_in(&paths::target().join("debug"), "worker_bench") })
    }

    /// What a move of each slider of the lessons costs, a line of JSON for each.
    pub fn slider_lines(&self) -> Result<String> {
        let arguments = ["build", "--quiet", "--package", "coldstart-e2e", "--bin", "slider_bench"];
        process::run(Command::new("cargo").args(arguments).current_dir(paths::root()))?;
        let mut command = Command::new(paths::program_in(&paths::target().join("debug"), "slider_bench"));
        command.arg(Profile::Release.dist());
        shot::browser_environment(&mut command);
        process::capture(&mut command)
    }

    /// The command that runs a scenario file once.
    pub fn command(&self, file: &Path) -> Command {
        let mut command = Command::new(&self.driver);
        command.arg(Profile::Release.dist()).arg(file);
        shot::browser_environment(&mut command);
        command
    }
}
