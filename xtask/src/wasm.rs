//! The environment that builds for wasm32-unknown-unknown, whichever toolchain does it.

use crate::args::Args;
use crate::failure::{Failure, Result};
use crate::{paths, process, setup};
use std::env;
use std::path::PathBuf;
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";

/// `cargo xtask wasm test -p coldstart-sim` is `cargo test --target wasm32-unknown-unknown -p coldstart-sim`.
pub fn command(args: Args) -> Result<()> {
    let arguments = args.all();
    let Some((subcommand, rest)) = arguments.split_first() else {
        let failure = Failure::new("no cargo command given");
        return Err(failure.remedy("for example `cargo xtask wasm build -p coldstart --bins`"));
    };
    setup::ensure(&[setup::FOR_WASM])?;
    let mut cargo = cargo(subcommand)?;
    process::run(cargo.args(rest))
}

/// `cargo xtask env`: lines for a POSIX shell, so that `eval "$(cargo xtask env)"` lets trunk and cargo be called by hand.
pub fn print_environment(args: Args) -> Result<()> {
    args.finish()?;
    let mut command = Command::new("sh");
    prepare(&mut command)?;
    for (name, value) in command.get_envs() {
        let name = name.to_string_lossy();
        match value {
            Some(value) => println!("export {name}='{}'", value.to_string_lossy().replace('\'', "'\\''")),
            None => println!("unset {name}"),
        }
    }
    Ok(())
}

/// `cargo <subcommand> --target wasm32-unknown-unknown` with everything set for it.
pub fn cargo(subcommand: &str) -> Result<Command> {
    let mut command = Command::new("cargo");
    prepare(&mut command)?;
    command.args([subcommand, "--target", TARGET]).current_dir(paths::root());
    Ok(command)
}

/// Sets what trunk and cargo need in a command's environment.
pub fn prepare(command: &mut Command) -> Result<()> {
    let mut folders: Vec<PathBuf> = Vec::new();
    if let Some(launchers) = setup::launchers() {
        folders.push(launchers);
        forget_outer_cargo(command);
    }
    folders.extend([setup::TRUNK.bin(), setup::WASM_BINDGEN.bin(), setup::wasm_opt_folder()]);
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    let path = env::join_paths(folders).map_err(|error| Failure::new(format!("PATH: {error}")))?;
    command
        .env("PATH", path)
        .env("CARGO_TARGET_DIR", paths::wasm_target())
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        // trunk reads this one as its own switch and refuses the usual value `1`.
        .env_remove("NO_COLOR");
    if let Some(driver) = setup::chromedriver() {
        command.env("CHROMEDRIVER", driver);
    }
    Ok(())
}

/// Removes what `cargo run` and rustup leave in the environment: a compiler that is not the one meant.
pub fn forget_outer_cargo(command: &mut Command) {
    const LEFT_BEHIND: &[&str] = &["CARGO", "RUSTC", "RUSTDOC", "RUSTC_WRAPPER", "RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH", "RUSTFLAGS"];
    for name in LEFT_BEHIND {
        command.env_remove(name);
    }
}
