//! Where things are: the workspace, the cache folder shared by every clone, the builds.

use std::env;
use std::path::{Path, PathBuf};

/// The workspace's root folder.
pub fn root() -> PathBuf {
    // Trunk's hook calls this program from wherever trunk runs, so the compiled-in path is the one to trust.
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_path_buf()
}

/// The tools' folder: `$COLDSTART_CACHE`, else `coldstart` in the user's cache folder, so that it outlives a clone.
pub fn cache() -> PathBuf {
    let folder = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    folder("COLDSTART_CACHE")
        .or_else(|| folder("XDG_CACHE_HOME").map(|cache| cache.join("coldstart")))
        .or_else(|| folder("HOME").map(|home| home.join(".cache/coldstart")))
        .or_else(|| folder("LOCALAPPDATA").map(|data| data.join("coldstart")))
        .unwrap_or_else(|| root().join(".cache"))
}

/// What cargo builds natively.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// What cargo builds for the browser: apart, so that a page build and a native test run need not wait for each other.
pub fn wasm_target() -> PathBuf {
    let target = target();
    if target.ends_with("wasm") { target } else { target.join("wasm") }
}

/// The release build of the site.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The quick build of the site.
pub fn dist_dev() -> PathBuf {
    target().join("dist-dev")
}

/// The path that `program` has in `folder` on this system.
pub fn program_in(folder: &Path, program: &str) -> PathBuf {
    folder.join(format!("{program}{}", env::consts::EXE_SUFFIX))
}

/// The first file named `program` in the folders of `PATH`.
pub fn find_program(program: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    let names = [program.to_owned(), format!("{program}{}", env::consts::EXE_SUFFIX)];
    env::split_paths(&folders).flat_map(|folder| names.iter().map(move |name| folder.join(name))).find(|path| path.is_file())
}
