//! Building the site with trunk.

use crate::args::Args;
use crate::failure::Result;
use crate::{lessons, paths, process, setup, wasm};
use std::env;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

/// How the site is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Quick to build: no link-time optimisation, no wasm-opt.
    Dev,
    /// What is published and measured.
    Release,
}

impl Profile {
    /// The folder that the built site goes to.
    pub fn dist(self) -> PathBuf {
        match self {
            Self::Dev => paths::dist_dev(),
            Self::Release => paths::dist(),
        }
    }

    /// The tools that it takes.
    pub fn tools(self) -> &'static [&'static setup::Tool] {
        match self {
            Self::Dev => setup::FOR_PAGES,
            Self::Release => setup::FOR_RELEASE,
        }
    }
}

/// `cargo xtask build`.
pub fn command(mut args: Args) -> Result<()> {
    let profile = if args.flag("--dev") { Profile::Dev } else { Profile::Release };
    args.finish()?;
    setup::ensure(&[profile.tools()])?;
    build(profile)
}

/// Builds the site; the tools must be there.
pub fn build(profile: Profile) -> Result<()> {
    let start = Instant::now();
    if profile == Profile::Release {
        check_lessons()?;
    }
    process::run(&mut trunk_build(profile)?)?;
    println!("built {} in {}", profile.dist().display(), setup::seconds(start.elapsed()));
    Ok(())
}

/// The build's last step refuses a lesson with a mistake in it; better to know before the minutes that the code takes.
pub fn check_lessons() -> Result<()> {
    lessons::lint(Args::new(std::iter::empty()))
}

/// The command that builds the site.
pub fn trunk_build(profile: Profile) -> Result<Command> {
    let mut command = trunk("build", profile)?;
    command.arg("--dist").arg(profile.dist());
    Ok(command)
}

/// A trunk command with the environment that it needs.
pub fn trunk(subcommand: &str, profile: Profile) -> Result<Command> {
    let mut command = Command::new(paths::program_in(&setup::TRUNK.bin(), "trunk"));
    command.arg(subcommand).arg("--offline").current_dir(paths::root());
    if profile == Profile::Release {
        command.arg("--release");
    }
    wasm::prepare(&mut command)?;
    // Trunk's hook calls this very program again, rather than building it once more.
    command.env("COLDSTART_XTASK", env::current_exe()?).env("RUST_BACKTRACE", "0");
    Ok(command)
}
