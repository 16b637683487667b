//! Takes the app and its worker apart: what a visitor needs at once stays in the module that is started, and the rest waits in modules
//! of its own, each fetched when it is first asked for.
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

/// A program of the site.
pub struct Program {
    /// What messages call it.
    pub what: &'static str,
    /// The `meta` element that lists the files of its parts.
    pub meta: &'static str,
    /// How its module's file begins in the folder where trunk assembles the site.
    begins: &'static str,
    /// What the linker made, in the folder of the target.
    linked: &'static str,
    /// wasm-opt's level: the app is made small, and the worker, which is compiled for speed, must stay fast.
    level: &'static str,
}

pub const APP: Program = Program { what: "the app's parts", meta: "coldstart-parts", begins: "app-", linked: "app/app.wasm", level: "-Oz" };
pub const WORKER: Program =
    Program { what: "the worker's parts", meta: "coldstart-worker-parts", begins: "worker", linked: "worker/worker.wasm", level: "-O3" };

impl Program {
    /// Splits the program in the folder where trunk assembles the site and makes every part small. Returns the names of the parts'
    /// files, or none where the build was not linked for it.
    pub fn split(&self, staging: &Path) -> Result<Vec<String>> {
        let whole = self.module(staging)?;
        let stem = whole.strip_suffix("_bg.wasm").unwrap_or(&whole).to_owned();
        let bytes = fs::read(staging.join(&whole))?;
        let linked = fs::read(paths::wasm_target().join("wasm32-unknown-unknown").join(self.linked)).ok();
        let file_of = |part: Option<String>| part.map_or_else(|| whole.clone(), |part| format!("{stem}_{part}.wasm"));
        let files = match linked.map(|linked| apart(&bytes, &linked)).transpose()?.flatten() {
            Some(pieces) => pieces.into_iter().map(|(part, bytes)| (file_of(part), bytes)).collect(),
            None => vec![(file_of(None), bytes)],
        };
        for (file, bytes) in &files {
            fs::write(staging.join(file), bytes)?;
            make_small(&staging.join(file), self.level).during(file)?;
        }
        Ok(files.into_iter().skip(1).map(|(file, _)| file).collect())
    }

    fn module(&self, staging: &Path) -> Result<String> {
        let names = fs::read_dir(staging)?.flatten().filter_map(|entry| entry.file_name().into_string().ok());
        let mut found = names.filter(|name| name.starts_with(self.begins) && name.ends_with("_bg.wasm"));
        found.next().ok_or_else(|| Failure::new(format!("{} has no {}..._bg.wasm", staging.display(), self.begins)))
    }
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
fn make_small(file: &Path, level: &str) -> Result<()> {
    let own = paths::program_in(&setup::wasm_opt_folder(), "wasm-opt");
    let program = if own.is_file() { own } else { "wasm-opt".into() };
    let mut command = Command::new(program);
    process::run(command.args([level, "--strip-debug", "--strip-producers", "-o"]).arg(file).arg(file))
}
