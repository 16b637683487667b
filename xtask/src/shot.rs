//! A picture of a page, for looking at what one has drawn.

use crate::args::Args;
use crate::build::{self, Profile};
use crate::failure::Result;
use crate::{paths, process, setup};
use std::process::Command;

/// `cargo xtask shot --url '?page=style' --width 360 --dark --out file.png`.
pub fn command(mut args: Args) -> Result<()> {
    let profile = if args.flag("--release") { Profile::Release } else { Profile::Dev };
    let as_built = args.flag("--no-build");
    setup::ensure(&[profile.tools(), setup::FOR_BROWSER])?;
    if !as_built {
        build::build(profile)?;
    }
    let mut shot = Command::new("cargo");
    shot.args(["run", "--quiet", "--package", "coldstart-e2e", "--bin", "shot", "--", "--dist"]);
    shot.arg(profile.dist()).args(args.all());
    browser_environment(&mut shot);
    process::run(&mut shot)
}

/// Tells the harness which browser and which checker to use.
pub fn browser_environment(command: &mut Command) {
    let found = [
        ("CHROMEDRIVER", setup::chromedriver()),
        ("CHROME", setup::chrome()),
        ("COLDSTART_AXE", Some(setup::axe_script())),
        ("COLDSTART_E2E_OUT", Some(paths::target().join("e2e"))),
    ];
    for (name, path) in found {
        if let Some(path) = path {
            command.env(name, path);
        }
    }
}
