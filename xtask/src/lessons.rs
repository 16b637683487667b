//! Lessons are data beside the app: checked, and compiled from `lessons/` into the built site's `lessons/` folder.
//!
//! The work is done by the course's own program, so that this crate stays quick to build.

use crate::args::Args;
use crate::failure::{Failure, Result};
use crate::{paths, process, setup, wasm};
use std::env;
use std::path::Path;
use std::process::Command;

/// `cargo xtask lint-lessons`: prints everything that is wrong with the lessons.
pub fn lint(args: Args) -> Result<()> {
    args.finish()?;
    process::run(program("lint").arg("lessons")).map_err(|failure| failure.remedy("correct the places named above"))
}

/// `cargo xtask new-lesson <slug>`: a lesson to start from.
pub fn create(args: Args) -> Result<()> {
    match args.all().as_slice() {
        [slug] => process::run(program("new").args(["lessons", slug])),
        _ => Err(Failure::new("needs one slug").remedy("cargo xtask new-lesson my-lesson")),
    }
}

/// Writes the compiled lessons into `folder`; fails where the lint would.
pub fn write(folder: &Path) -> Result<()> {
    process::run(program("compile").arg("lessons").arg(folder)).map_err(|failure| failure.remedy("cargo xtask lint-lessons"))
}

fn program(command: &str) -> Command {
    let mut cargo = Command::new("cargo");
    leave_the_browsers_build(&mut cargo);
    cargo.current_dir(paths::root());
    cargo.args(["run", "--quiet", "--package", "coldstart-course", "--features", "parser", "--bin", "coldstart-lessons", "--", command]);
    cargo
}

/// Trunk calls this from the environment that builds for the browser, with another compiler and target folder.
fn leave_the_browsers_build(cargo: &mut Command) {
    wasm::forget_outer_cargo(cargo);
    let native = paths::target();
    let native = if native.ends_with("wasm") { native.parent().map(Path::to_path_buf).unwrap_or(native) } else { native };
    cargo.env("CARGO_TARGET_DIR", native);
    let launchers = setup::launchers();
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = env::split_paths(&path).filter(|folder| Some(folder) != launchers.as_ref());
    if let Ok(path) = env::join_paths(folders) {
        cargo.env("PATH", path);
    }
}
