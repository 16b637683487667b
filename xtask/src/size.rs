//! What a visitor downloads, compressed with brotli as a server would, against the budget: the app that every page starts with, the
//! worker, and each part of the app that a page may fetch besides.

use crate::args::Args;
use crate::failure::{During, Failure, Result};
use crate::paths;
use std::fs;
use std::path::{Path, PathBuf};

/// A piece of the site and the most that its wasm and JavaScript together may weigh.
struct Piece {
    name: &'static str,
    /// Which of the `.wasm` and `.js` files in the site's root folder are its own.
    has: fn(&str) -> bool,
    budget_bytes: usize,
}

const PIECES: &[Piece] = &[
    Piece { name: "app", has: |file| file.starts_with("app-") && !is_part(file), budget_bytes: 250_000 },
    Piece { name: "worker", has: |file| file.starts_with("worker") && !is_part(file), budget_bytes: 150_000 },
];

/// The most that one part of the app or of the worker may weigh: what the app itself may weigh, so that no page waits longer for one part
/// than for the app.
const PART_BUDGET_BYTES: usize = 250_000;

/// Whether the file holds a part that leaves the file of the app or of the worker, as `crate::parts` names them.
fn is_part(file: &str) -> bool {
    (file.starts_with("app-") || file.starts_with("worker")) && file.ends_with(".wasm") && !file.ends_with("_bg.wasm")
}

/// `cargo xtask size`.
pub fn command(args: Args) -> Result<()> {
    args.finish()?;
    let (_, over) = measure(&paths::dist())?;
    if over == 0 { Ok(()) } else { Err(Failure::new("over the budget")) }
}

/// Prints the sizes of a built site; how many pieces are within their budget, and how many are not.
pub fn measure(dist: &Path) -> Result<(u32, u32)> {
    let build_first = |failure: Failure| failure.remedy("run `cargo xtask build` first");
    let code: Vec<PathBuf> = files(dist).map_err(build_first)?.into_iter().filter(|path| is_code(path)).collect();
    println!("{:<44} {:>11} {:>11}", "bytes", "plain", "brotli");
    let (mut within, mut over) = (0, 0);
    let mut judge = |what: &str, total: usize, budget: usize| {
        let fits = total <= budget;
        println!("{:<44} {total:>23}   {} {budget}\n", format!("= {what}"), if fits { "within" } else { "OVER" });
        if fits { within += 1 } else { over += 1 }
    };
    for piece in PIECES {
        let total = measure_files(code.iter().filter(|path| (piece.has)(&name(path))))?;
        if total == 0 {
            return Err(build_first(Failure::new(format!("{} has no {}", dist.display(), piece.name))));
        }
        judge(piece.name, total, piece.budget_bytes);
    }
    for part in code.iter().filter(|path| is_part(&name(path))) {
        let total = measure_files(std::iter::once(part))?;
        judge("a part, fetched when it is first asked for", total, PART_BUDGET_BYTES);
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
    fn parts_are_told_from_the_app() {
        assert!(is_part("app-01ab_lab.wasm") && is_part("worker_network.wasm"));
        assert!(!["app-01ab_bg.wasm", "app-01ab.js", "worker_bg.wasm"].into_iter().any(is_part));
    }

    #[test]
    fn repetition_costs_next_to_nothing() {
        assert!(brotli_bytes(&[7; 100_000]).expect("compresses") < 100);
    }
}
