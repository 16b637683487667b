//! Takes the app apart: what a visitor needs at once stays in the module that the page starts, and the rest waits in modules of its
//! own, each fetched when a page first asks for it.
//!
//! The source names the parts: a function of `coldstart::parts::gates::<name>` is a gate, and everything that only its gates reach goes
//! with the part. What several parts share, and the start does not need, becomes a part too. Nothing is compiled twice, and nothing
//! goes by names but the gates: who refers to whom is read from the linker's relocations, for functions and for data.

mod graph;
mod module;
mod plan;
mod write;

use crate::failure::{During, Failure, Result};
use crate::{paths, process, setup};
use graph::Graph;
use module::Module;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The part that the others share.
const SHARED: &str = "shared";

impl From<wasmparser::BinaryReaderError> for Failure {
    fn from(error: wasmparser::BinaryReaderError) -> Self {
        Self::new(error.to_string())
    }
}

/// Splits the app in the folder where trunk assembles the site and makes every part small. Returns the names of the parts' files, or
/// none where the build was not linked for it.
pub fn split(staging: &Path, linked: &Path) -> Result<Vec<String>> {
    let app = app_module(staging)?;
    let stem = app.strip_suffix("_bg.wasm").unwrap_or(&app).to_owned();
    let bytes = fs::read(staging.join(&app))?;
    let files = match fs::read(linked).ok().map(|linked| apart(&bytes, &linked)).transpose()?.flatten() {
        Some(pieces) => pieces.into_iter().map(|(part, bytes)| (file_of(&stem, &app, part.as_deref()), bytes)).collect(),
        None => vec![(app, bytes)],
    };
    for (file, bytes) in &files {
        fs::write(staging.join(file), bytes)?;
        make_small(&staging.join(file)).during(file)?;
    }
    Ok(files.into_iter().skip(1).map(|(file, _)| file).collect())
}

fn file_of(stem: &str, app: &str, part: Option<&str>) -> String {
    part.map_or_else(|| app.to_owned(), |part| format!("{stem}_{part}.wasm"))
}

fn app_module(staging: &Path) -> Result<String> {
    let names = fs::read_dir(staging)?.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let mut found = names.filter(|name| name.starts_with("app-") && name.ends_with("_bg.wasm"));
    found.next().ok_or_else(|| Failure::new(format!("{} has no app-..._bg.wasm", staging.display())))
}

/// The name of a part, none for the app's own module, and the module.
type Piece = (Option<String>, Vec<u8>);

/// The app's own module first, then each part by name. `None` where the linker left no relocations or the source names no part.
fn apart(app: &[u8], linked: &[u8]) -> Result<Option<Vec<Piece>>> {
    let graph = Graph::read(linked).during("the linked app")?;
    let module = Module::read(app).during("the app")?;
    let Some(plan) = plan::plan(&graph, &module) else { return Ok(None) };
    let pieces = write::pieces(&module, &plan).during("writing the parts")?;
    Ok(Some(pieces))
}

/// Runs wasm-opt over a module in place.
fn make_small(file: &Path) -> Result<()> {
    let own = paths::program_in(&setup::wasm_opt_folder(), "wasm-opt");
    let program = if own.is_file() { own } else { "wasm-opt".into() };
    let mut command = Command::new(program);
    process::run(command.args(["-Oz", "--strip-debug", "--strip-producers", "-o"]).arg(file).arg(file))
}
