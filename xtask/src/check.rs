//! What must hold of the sources, tests apart.

use crate::args::Args;
use crate::failure::{Failure, Result};
use crate::{paths, process, setup};
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

/// A check is one command that ends well or not.
struct Check {
    name: &'static str,
    program: fn() -> PathBuf,
    arguments: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
    remedy: &'static str,
}

fn cargo() -> PathBuf {
    "cargo".into()
}

const CHECKS: &[Check] = &[
    Check { name: "format", program: cargo, arguments: &["fmt", "--all", "--check"], environment: &[], remedy: "run `cargo fmt --all`" },
    Check {
        name: "lints",
        program: cargo,
        arguments: &["clippy", "--quiet", "--workspace", "--all-targets", "--all-features", "--", "--deny", "warnings"],
        environment: &[],
        remedy: "correct what clippy names",
    },
    Check {
        name: "documentation",
        program: cargo,
        arguments: &["doc", "--quiet", "--workspace", "--lib", "--no-deps", "--all-features"],
        environment: &[("RUSTDOCFLAGS", "--deny warnings")],
        remedy: "correct what rustdoc names",
    },
    Check {
        name: "repository",
        program: cargo,
        arguments: &["test", "--quiet", "--package", "coldstart", "--test", "repo_lints"],
        environment: &[],
        remedy: "correct what the test names",
    },
    Check {
        name: "dependencies",
        program: || paths::program_in(&setup::DENY.bin(), "cargo-deny"),
        arguments: &["--log-level", "error", "check", "bans", "licenses", "sources"],
        environment: &[],
        remedy: "deny.toml says what is allowed and why",
    },
];

/// `cargo xtask check`: runs every check, also after one has failed.
pub fn command(args: Args) -> Result<()> {
    args.finish()?;
    setup::ensure(&[setup::FOR_CHECKS])?;
    let mut failed = Vec::new();
    for check in CHECKS {
        let start = Instant::now();
        let result = run(check);
        let verdict = if result.is_ok() { "ok" } else { "FAILED" };
        println!("{:<14} {verdict:<7} {:>9}", check.name, setup::seconds(start.elapsed()));
        if let Err(failure) = result {
            eprintln!("{}", failure.report("check"));
            failed.push(check.name);
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(Failure::new(format!("failed: {}", failed.join(", ")))) }
}

fn run(check: &Check) -> Result<()> {
    let mut command = Command::new((check.program)());
    command.args(check.arguments).envs(check.environment.iter().copied()).current_dir(paths::root());
    process::run(&mut command).map_err(|failure| failure.remedy(check.remedy))
}
