//! The end-to-end tests by themselves, for whoever writes them.

use crate::args::Args;
use crate::build::{self, Profile};
use crate::failure::Result;
use crate::{process, setup, shot};
use std::process::Command;

/// Features of the tests' crate: what every run does.
pub const USUAL: &str = "browser";
/// The same, and every item of the course.
pub const EVERYTHING: &str = "full";

/// `cargo xtask e2e --dev incident`: builds the site, then runs the tests whose names contain `incident`.
pub fn command(mut args: Args) -> Result<()> {
    let profile = if args.flag("--dev") { Profile::Dev } else { Profile::Release };
    let as_built = args.flag("--no-build");
    let features = if args.flag("--full") { EVERYTHING } else { USUAL };
    setup::ensure(&[profile.tools(), setup::FOR_BROWSER_TESTS])?;
    if !as_built {
        build::build(profile)?;
    }
    process::run(tests(profile, features).args(["--test", "browser", "--"]).args(args.all()))
}

/// `cargo test` of the end-to-end tests on the site as it was last built.
pub fn tests(profile: Profile, features: &str) -> Command {
    let mut command = Command::new("cargo");
    command.args(["test", "--package", "coldstart-e2e", "--features", features, "--no-fail-fast"]);
    shot::browser_environment(&mut command);
    command.env("COLDSTART_DIST", profile.dist()).env("RUST_BACKTRACE", "0");
    command
}
