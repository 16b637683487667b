//! A toolchain for wasm32 from Debian's packages, unpacked into the cache folder: no root, nothing of the system touched.
//!
//! For machines where rustup cannot fetch a target. Debian ships a recent compiler with matching library source for its
//! browsers (`rustc-web`); the standard library for wasm32 is built from that source, once.

use super::{folder, log, rust_target::TARGET, seconds};
use crate::failure::{During, Failure, Result};
use crate::{paths, process};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Changes whenever the recipe below does.
const FOLDER: &str = "rust-web-1.96-r1";

/// The compiler, cargo, linker and library source, with the libraries that a minimal system lacks.
const PACKAGES: &[&str] = &[
    "rustc-web",
    "cargo-web",
    "libstd-rust-web-1.96",
    "libstd-rust-web-dev",
    "rust-web-src",
    "lld-22",
    "libllvm22",
    "libgit2-1.5",
    "libhttp-parser2.9",
    "libmbedcrypto7",
    "libmbedtls14",
    "libmbedx509-1",
];

/// The empty crate whose build makes cargo build the standard library.
const CARRIER: &str = "std_for_wasm";

fn home() -> PathBuf {
    folder(FOLDER)
}

fn marker() -> PathBuf {
    home().join("ready")
}

pub fn is_ready() -> bool {
    marker().is_file()
}

/// The folder with this toolchain's `cargo`, `rustc` and `rustdoc`.
pub fn launchers() -> Option<PathBuf> {
    super::rust_target::uses_rootless().then(|| home().join("bin"))
}

pub fn install() -> Result<()> {
    for program in ["apt-get", "dpkg"] {
        if paths::find_program(program).is_none() {
            return Err(Failure::new(format!("neither rustup nor {program} can provide it here")));
        }
    }
    if home().exists() {
        fs::remove_dir_all(home()).during("removing an unfinished installation")?;
    }
    type Step = (&'static str, fn() -> Result<()>);
    let steps: [Step; 4] = [
        ("packages downloaded", download),
        ("packages unpacked", unpack),
        ("launchers written", write_launchers),
        ("standard library built", build_std),
    ];
    for (done, step) in steps {
        let start = Instant::now();
        step().during(done)?;
        println!("             {done} in {}", seconds(start.elapsed()));
    }
    fs::write(marker(), "complete\n")?;
    Ok(())
}

fn debs() -> PathBuf {
    home().join("debs")
}

fn download() -> Result<()> {
    fs::create_dir_all(debs())?;
    let get = || {
        let mut command = Command::new("apt-get");
        command.arg("download").args(PACKAGES).current_dir(debs());
        process::run_logged(&mut command, &log("apt-download"))
    };
    // A fresh machine has no package lists yet, and only root may fetch them.
    get().or_else(|_| {
        process::run_logged(Command::new("apt-get").arg("update"), &log("apt-update"))
            .map_err(|failure| failure.remedy("run `sudo apt-get update`, then this command again"))?;
        get()
    })
}

fn unpack() -> Result<()> {
    let tree = home().join("root");
    fs::create_dir_all(&tree)?;
    for package in fs::read_dir(debs())?.flatten() {
        let mut command = Command::new("dpkg");
        command.arg("-x").arg(package.path()).arg(&tree);
        process::run_logged(&mut command, &log("dpkg"))?;
    }
    fs::remove_dir_all(debs())?;
    Ok(())
}

/// Scripts that run the unpacked programs with the libraries unpacked beside them.
fn write_launchers() -> Result<()> {
    let home = home();
    let bin = home.join("bin");
    fs::create_dir_all(&bin)?;
    let usr = home.join("root/usr");
    let libraries = format!("{0}/lib/x86_64-linux-gnu:{0}/lib/llvm-22/lib", usr.display());
    for program in ["cargo", "rustc", "rustdoc"] {
        // cargo would otherwise take the compiler of an outer `cargo run`.
        let compiler = match program {
            "cargo" => format!("export RUSTC='{0}/rustc' RUSTDOC='{0}/rustdoc'\n", bin.display()),
            _ => String::new(),
        };
        let script = format!("#!/bin/sh\nexport LD_LIBRARY_PATH='{libraries}'\n{compiler}exec '{}/bin/{program}' \"$@\"\n", usr.display());
        write_script(&bin.join(program), &script)?;
    }
    link_linker(&usr)
}

/// rustc looks for `rust-lld` inside its own tree; Debian's package has it under another name.
fn link_linker(usr: &Path) -> Result<()> {
    let folder = usr.join("lib/rustlib/x86_64-unknown-linux-gnu/bin");
    fs::create_dir_all(&folder)?;
    let linker = folder.join("rust-lld");
    #[cfg(unix)]
    std::os::unix::fs::symlink("../../../../bin/lld-22", &linker).during(linker.display())?;
    Ok(())
}

/// Writes a file that can be run.
pub fn write_script(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).during(path.display())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

fn build_std() -> Result<()> {
    let work = home().join("std");
    fs::create_dir_all(work.join("src"))?;
    fs::write(work.join("Cargo.toml"), format!("[package]\nname = \"{CARRIER}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n"))?;
    fs::write(work.join("src/lib.rs"), "#![no_std]\n")?;
    let target = work.join("target");
    let mut command = Command::new(home().join("bin/cargo"));
    command
        .args(["build", "--release", "--target", TARGET])
        // `test` is what in-browser tests link against.
        .arg("-Zbuild-std=std,panic_abort,test")
        .current_dir(&work)
        // The library needs no nightly features of the language, only the flag above.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", &target)
        // Without bitcode in it, link-time optimisation across the library fails.
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Cembed-bitcode=yes");
    crate::wasm::forget_outer_cargo(&mut command);
    process::run_logged(&mut command, &log("build-std"))?;
    copy_libraries(&target.join(TARGET).join("release/deps"))?;
    fs::remove_dir_all(work)?;
    Ok(())
}

fn copy_libraries(built: &Path) -> Result<()> {
    let libraries = home().join("root/usr/lib/rustlib").join(TARGET).join("lib");
    fs::create_dir_all(&libraries)?;
    for entry in fs::read_dir(built)?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".rlib") && !name.contains(CARRIER) {
            fs::copy(entry.path(), libraries.join(name))?;
        }
    }
    Ok(())
}
