//! What a visitor downloads, compressed with brotli as a server would, against the budget.

use crate::args::Args;
use crate::failure::{During, Failure, Result};
use crate::paths;
use std::fs;
use std::path::{Path, PathBuf};

/// A part of the site and the most that its wasm and JavaScript together may weigh.
struct Part {
    name: &'static str,
    /// Its files are those of the site's root folder that begin so and end in `.wasm` or `.js`.
    prefix: &'static str,
    budget_bytes: usize,
    /// What the tests hold it to while it is over its budget: it only ever goes down, until the budget takes its place.
    ratchet_bytes: usize,
}

const PARTS: &[Part] = &[
    Part { name: "app", prefix: "app", budget_bytes: 250_000, ratchet_bytes: 610_000 },
    Part { name: "worker", prefix: "worker", budget_bytes: 150_000, ratchet_bytes: 150_000 },
];

/// What a site is measured against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// What a visitor should download at the most.
    Budget,
    /// What it weighs today: no change may add to it.
    Ratchet,
}

/// `cargo xtask size`.
pub fn command(args: Args) -> Result<()> {
    args.finish()?;
    let (_, over) = measure(&paths::dist(), Bound::Budget)?;
    if over == 0 { Ok(()) } else { Err(Failure::new("over the budget")) }
}

/// Prints the sizes of a built site; how many parts are within their bound, and how many are not.
pub fn measure(dist: &Path, bound: Bound) -> Result<(u32, u32)> {
    let build_first = |failure: Failure| failure.remedy("run `cargo xtask build` first");
    let code: Vec<PathBuf> = files(dist).map_err(build_first)?.into_iter().filter(|path| is_code(path)).collect();
    println!("{:<44} {:>11} {:>11}", "bytes", "plain", "brotli");
    let (mut within, mut over) = (0, 0);
    for part in PARTS {
        let total = measure_files(code.iter().filter(|path| name(path).starts_with(part.prefix)))?;
        if total == 0 {
            return Err(build_first(Failure::new(format!("{} has no {}", dist.display(), part.name))));
        }
        let verdict = if total <= part.budget_bytes { "within" } else { "OVER" };
        println!("{:<44} {total:>23}   {verdict} {}\n", format!("= {}", part.name), part.budget_bytes);
        let most = if bound == Bound::Budget { part.budget_bytes } else { part.ratchet_bytes };
        if total <= most { within += 1 } else { over += 1 }
    }
    let lessons = dist.join("lessons");
    if lessons.is_dir() {
        let total = measure_files(files(&lessons)?.iter())?;
        println!("{:<44} {total:>23}   fetched one by one, as data", "= lessons");
    }
    Ok((within, over))
}

/// Prints each file's line; the sum of their compressed sizes in bytes.
fn measure_files<'a>(paths: impl Iterator<Item = &'a PathBuf>) -> Result<usize> {
    let mut total = 0;
    for path in paths {
        let plain = fs::read(path).during(path.display())?;
        let compressed = brotli_bytes(&plain)?;
        println!("{:<44} {:>11} {compressed:>11}", name(path), plain.len());
        total += compressed;
    }
    Ok(total)
}

fn brotli_bytes(plain: &[u8]) -> Result<usize> {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &plain[..], &mut compressed, &parameters)?;
    Ok(compressed.len())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).during(folder.display())?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    Ok(files)
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn is_code(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "wasm" || extension == "js")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetition_costs_next_to_nothing() {
        assert!(brotli_bytes(&[7; 100_000]).expect("compresses") < 100);
    }
}
