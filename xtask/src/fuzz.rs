//! Fuzzing by coverage, on stable Rust: the targets of `fuzz/`, built with LLVM's counters and linked with libFuzzer.

use crate::args::Args;
use crate::failure::{During, Failure, Result};
use crate::{paths, process, setup};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

/// What is fuzzed: the programs of `fuzz/src/bin`.
const TARGETS: &[Target] = &[
    Target { name: "decoder", longest_bytes: 8_192, dictionary: true },
    Target { name: "engine", longest_bytes: 2_048, dictionary: false },
];

/// How long each target is fuzzed unless somebody says otherwise, in seconds.
pub const SECONDS: u32 = 60;

/// An input that takes longer than this, in seconds, counts as one that never ends.
const TIMEOUT_S: u32 = 25;

/// Memory that a target may take, in MB.
const MEMORY_MB: u32 = 2_048;

/// What the compiler adds to each edge of the program's flow. Its passes are LLVM's own, so that no nightly compiler is needed.
/// Comparisons are not traced: that takes more than half of the engine's time, and the dictionary does as much for the decoder.
const FLAGS: &[&str] = &[
    "--cfg fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
];

struct Target {
    name: &'static str,
    /// Inputs are no longer than this, in bytes.
    longest_bytes: u32,
    /// Whether words of the format help.
    dictionary: bool,
}

impl Target {
    /// The inputs that the repository keeps.
    fn kept(&self) -> PathBuf {
        paths::root().join("fuzz/corpus").join(self.name)
    }

    /// Everything that this machine makes of it.
    fn work(&self) -> PathBuf {
        folder().join("work").join(self.name)
    }

    /// The program with what every use of it takes. Inputs that break something are written into the work folder.
    fn program(&self) -> Result<Command> {
        fs::create_dir_all(self.work().join("corpus"))?;
        let mut command = Command::new(paths::program_in(&folder().join(host()?).join("fuzz"), self.name));
        command.arg(format!("-max_len={}", self.longest_bytes));
        command.arg(format!("-timeout={TIMEOUT_S}")).arg(format!("-rss_limit_mb={MEMORY_MB}"));
        command.arg(format!("-artifact_prefix={}/", self.work().display()));
        Ok(command)
    }

    /// Runs every kept input once.
    fn replay(&self) -> Result<()> {
        let mut command = self.program()?;
        self.run(command.arg("-runs=0").arg(self.kept()), "replay")
    }

    /// Looks for new inputs for so long; they stay in the work folder, and the next search goes on from them.
    fn search(&self, seconds: u32) -> Result<()> {
        let mut command = self.program()?;
        if self.dictionary {
            command.arg(format!("-dict={}", paths::root().join("fuzz/words.dict").display()));
        }
        // Always the same way in, so that a change that breaks nothing does not fail by chance.
        command.arg("-seed=1").arg(format!("-max_total_time={seconds}")).arg(self.work().join("corpus")).arg(self.kept());
        self.run(&mut command, "fuzz")
    }

    /// Replaces the kept inputs by the fewest, and shortest, that reach all that they and those of the work folder reach.
    fn minimise(&self) -> Result<()> {
        let smaller = self.work().join("minimised");
        let _ = fs::remove_dir_all(&smaller);
        fs::create_dir_all(&smaller)?;
        let mut command = self.program()?;
        command.arg("-set_cover_merge=1").arg(&smaller).arg(self.kept()).arg(self.work().join("corpus"));
        self.run(&mut command, "minimise")?;
        for entry in fs::read_dir(self.kept())?.flatten().filter(|entry| !is_named(&entry.path())) {
            fs::remove_file(entry.path())?;
        }
        for entry in fs::read_dir(&smaller)?.flatten() {
            fs::copy(entry.path(), self.kept().join(entry.file_name()))?;
        }
        Ok(())
    }

    /// Runs the program with its output in a file, and shows how it ended.
    fn run(&self, command: &mut Command, act: &str) -> Result<()> {
        let log = self.work().join(format!("{act}.log"));
        let remedy = format!(
            "the log names the file with the input: `cargo run --package coldstart-fuzz --bin {} FILE` shows it without the fuzzer; mend \
             what it found, and keep the file in fuzz/corpus/{0} under a name that says what it was",
            self.name
        );
        process::run_logged(command, &log).map_err(|failure| failure.remedy(remedy))?;
        for line in fs::read_to_string(&log)?.lines().filter(|line| line.contains("DONE")).take(1) {
            println!("{:<8} {act}: {}", self.name, line.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        Ok(())
    }
}

/// `cargo xtask fuzz [decoder|engine] [--seconds N] [--minimise]`.
pub fn command(mut args: Args) -> Result<()> {
    let seconds = args.value("--seconds")?.map(|text| text.parse::<u32>());
    let seconds = seconds.transpose().map_err(|error| Failure::new(format!("--seconds: {error}")))?.unwrap_or(SECONDS);
    let minimise = args.flag("--minimise");
    let named = TARGETS.iter().find(|target| args.flag(target.name));
    args.finish()?;
    let targets: Vec<&Target> = named.map_or_else(|| TARGETS.iter().collect(), |one| vec![one]);
    setup::ensure(&[setup::FOR_FUZZING])?;
    build()?;
    if minimise {
        return targets.into_iter().try_for_each(Target::minimise);
    }
    together(&targets, |target| target.replay().and_then(|()| target.search(seconds))).into_iter().collect()
}

/// The stage of `cargo xtask test`: how each target ended, by name. Those that fail have said why.
pub fn stage() -> Result<Vec<(&'static str, bool)>> {
    setup::ensure(&[setup::FOR_FUZZING])?;
    build()?;
    let targets: Vec<&Target> = TARGETS.iter().collect();
    let results = together(&targets, |target| target.replay().and_then(|()| target.search(SECONDS)));
    let ended = targets.into_iter().zip(results).map(|(target, result)| {
        if let Err(failure) = &result {
            eprintln!("{}", failure.report("fuzz"));
        }
        (target.name, result.is_ok())
    });
    Ok(ended.collect())
}

/// All of them at the same time.
fn together(targets: &[&Target], act: impl Fn(&Target) -> Result<()> + Sync) -> Vec<Result<()>> {
    let act = &act;
    thread::scope(|scope| {
        let running: Vec<_> = targets.iter().map(|target| scope.spawn(move || act(target))).collect();
        let ended = running.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err(Failure::new("the thread died"))));
        ended.collect()
    })
}

/// Builds the targets into a folder of their own: their flags would have everything else built anew.
fn build() -> Result<()> {
    let mut command = Command::new("cargo");
    command.args(["build", "--quiet", "--package", "coldstart-fuzz", "--bins", "--profile", "fuzz"]);
    // Named, so that the flags are not those of build scripts.
    command.arg("--target").arg(host()?).arg("--target-dir").arg(folder());
    command.env("RUSTFLAGS", FLAGS.join(" ")).env_remove("CARGO_ENCODED_RUSTFLAGS").current_dir(paths::root());
    process::run(&mut command).during("building the fuzz targets")
}

/// What this compiler compiles for.
fn host() -> Result<String> {
    let version = process::capture(Command::new("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| Failure::new("`rustc -vV` names no host"))
}

fn folder() -> PathBuf {
    paths::target().join("fuzz")
}

/// Whether somebody gave it a name that says what it once broke; the fuzzer's own are 40 hexadecimal digits.
fn is_named(input: &Path) -> bool {
    let name = input.file_name().unwrap_or_default().to_string_lossy();
    !(name.len() == 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_with_a_name_are_told_from_the_fuzzers_own() {
        assert!(is_named(Path::new("fuzz/corpus/engine/cut-under-way")));
        assert!(!is_named(Path::new("fuzz/corpus/engine/09659d7f48de1dc9b79016ebbeb2f4731e4e451b")));
    }

    #[test]
    fn every_target_has_kept_inputs_and_a_program() {
        for target in TARGETS {
            assert!(target.kept().is_dir(), "{}", target.name);
            assert!(paths::root().join(format!("fuzz/src/bin/{}.rs", target.name)).is_file(), "{}", target.name);
        }
    }
}
