//! A Rust toolchain that builds for wasm32-unknown-unknown: the machine's own where rustup can add the target, else one
//! that [`super::rootless`] puts together in the cache folder.

use super::{log, rootless};
use crate::failure::Result;
use crate::{paths, process};
use std::env;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

pub const TARGET: &str = "wasm32-unknown-unknown";

/// Set to `1` to use the rootless toolchain even where rustup could add the target; its tests do.
const FORCE_ROOTLESS: &str = "COLDSTART_ROOTLESS";

pub fn is_ready() -> bool {
    rootless::is_ready() || (!rootless_is_forced() && ordinary_has_target())
}

fn rootless_is_forced() -> bool {
    env::var_os(FORCE_ROOTLESS).is_some_and(|value| value == "1")
}

/// Whether the rootless toolchain is the one to use; the machine's own comes first.
pub fn uses_rootless() -> bool {
    rootless::is_ready() && (rootless_is_forced() || !ordinary_has_target())
}

/// Only a yes is remembered: the answer changes when rustup adds the target.
fn ordinary_has_target() -> bool {
    static FOUND: OnceLock<()> = OnceLock::new();
    if FOUND.get().is_some() {
        return true;
    }
    let libraries = process::capture(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    let found = libraries.is_ok_and(|path| contains_std(Path::new(path.trim())));
    if found {
        FOUND.get_or_init(|| ());
    }
    found
}

fn contains_std(libraries: &Path) -> bool {
    let Ok(entries) = libraries.read_dir() else {
        return false;
    };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
}

pub fn install() -> Result<()> {
    if !rootless_is_forced() && paths::find_program("rustup").is_some() {
        println!("             by rustup");
        let added = process::run_logged(Command::new("rustup").args(["target", "add", TARGET]), &log("rustup"));
        match added {
            Ok(()) => return Ok(()),
            Err(_) => println!("             rustup cannot fetch it here ({})", log("rustup").display()),
        }
    }
    rootless::install()
}
