//! Building the site with trunk.

use crate::args::Args;
use crate::failure::{During, Result};
use crate::{paths, process, setup, wasm};
use sha2::{Digest, Sha256};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
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
    process::run(&mut trunk_build(profile)?)?;
    println!("built {} in {}", profile.dist().display(), setup::seconds(start.elapsed()));
    Ok(())
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
    command.env("COLDSTART_XTASK", env::current_exe()?);
    Ok(command)
}

/// What the app and its worker compare to know that they come from one build: a hash of all that is compiled into them.
pub fn build_id() -> Result<&'static str> {
    const COMPILED_IN: &[&str] = &["Cargo.toml", "Cargo.lock", "src", "crates", "locales"];
    static ID: LazyLock<std::result::Result<String, String>> =
        LazyLock::new(|| hash_of(&paths::root(), COMPILED_IN).map_err(|error| error.to_string()));
    ID.as_deref().map_err(|error| crate::failure::Failure::new(error.clone())).during("hashing the sources")
}

fn hash_of(root: &Path, parts: &[&str]) -> std::io::Result<String> {
    let mut files = Vec::new();
    for part in parts {
        collect_files(&root.join(part), &mut files)?;
    }
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().into_owned();
        let content = fs::read(&file)?;
        // Lengths keep a name and a content from running into each other.
        for bytes in [name.as_bytes(), &content] {
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
    }
    Ok(hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect())
}

fn collect_files(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            collect_files(&entry?.path(), files)?;
        }
    } else if path.is_file() {
        files.push(path.to_path_buf());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_id_is_twelve_hexadecimal_digits_and_repeatable() {
        let parts = ["xtask/src"];
        let id = hash_of(&paths::root(), &parts).expect("readable");
        assert_eq!(id.len(), 12);
        assert!(id.chars().all(|digit| digit.is_ascii_hexdigit()));
        assert_eq!(hash_of(&paths::root(), &parts).expect("readable"), id);
        assert_ne!(hash_of(&paths::root(), &["xtask/src/setup"]).expect("readable"), id);
    }
}
