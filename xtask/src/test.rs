//! Every tier of tests, one after the other, with a ledger of what took how long.

use crate::args::Args;
use crate::build::{self, Profile};
use crate::failure::{During, Failure, Result};
use crate::{e2e, fuzz, paths, process, setup, size, wasm};
use std::fmt;
use std::fs;
use std::iter::Sum;
use std::ops::Add;
use std::process::Command;
use std::time::{Duration, Instant};

/// How many tests passed and failed, and the names of those that failed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Counts {
    passed: u32,
    failed: u32,
    names: Vec<String>,
}

impl Counts {
    fn new(passed: u32, failed: u32) -> Self {
        Self { passed, failed, names: Vec::new() }
    }
}

impl Add for Counts {
    type Output = Self;
    fn add(mut self, mut other: Self) -> Self {
        self.names.append(&mut other.names);
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed, names: self.names }
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), Self::add)
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// One tier of tests.
struct Stage {
    name: &'static str,
    about: &'static str,
    /// What it needs; the tools of a stage that is not asked for are not installed.
    tools: &'static [&'static [&'static setup::Tool]],
    /// The stage without whose success this one would look at something out of date.
    after: Option<&'static str>,
    run: fn(Extent) -> Result<Counts>,
}

/// How much of the course is gone through in the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// One item of each kind, every lesson once.
    Usual,
    /// Every question, every way through every tree, every lesson in each of its states.
    Full,
}

/// In the order in which they tell the most for the least waiting.
const STAGES: &[Stage] = &[
    Stage { name: "native", about: "unit, law, case, page and repository tests", tools: &[], after: None, run: native },
    Stage {
        name: "fuzz",
        about: "kept inputs, then a minute of new ones for the decoder and the engine",
        // Asks for its compiler itself: without one, the other stages are still worth running.
        tools: &[],
        after: None,
        run: fuzzed,
    },
    Stage {
        name: "wasm",
        about: "tests/wasm_*.rs in a browser",
        tools: &[setup::FOR_WASM, setup::FOR_BROWSER],
        after: None,
        run: in_browser,
    },
    Stage { name: "build", about: "release build without a warning", tools: &[setup::FOR_RELEASE], after: None, run: release_build },
    Stage { name: "size", about: "what a visitor downloads", tools: &[], after: Some("build"), run: size_budget },
    Stage {
        name: "e2e",
        about: "the release build in a browser",
        tools: &[setup::FOR_BROWSER_TESTS],
        after: Some("build"),
        run: end_to_end,
    },
];

struct Line {
    stage: &'static str,
    about: &'static str,
    counts: Counts,
    took: Duration,
}

/// `cargo xtask test [--full] [stage ...]`.
pub fn command(mut args: Args) -> Result<()> {
    let extent = if args.flag("--full") { Extent::Full } else { Extent::Usual };
    let wanted = args.all();
    let known = |name: &String| STAGES.iter().any(|stage| stage.name == name);
    if let Some(unknown) = wanted.iter().find(|name| !known(name)) {
        let names: Vec<&str> = STAGES.iter().map(|stage| stage.name).collect();
        let failure = Failure::new(format!("there is no stage `{unknown}`"));
        return Err(failure.remedy(format!("the stages are {}", names.join(", "))));
    }
    let chosen = |stage: &&Stage| wanted.is_empty() || wanted.iter().any(|name| name == stage.name);
    let stages: Vec<&Stage> = STAGES.iter().filter(chosen).collect();

    let start = Instant::now();
    let tools: Vec<_> = stages.iter().flat_map(|stage| stage.tools.iter().copied()).collect();
    setup::ensure(&tools)?;
    let mut ledger = vec![Line { stage: "set-up", about: "tools", counts: Counts::default(), took: start.elapsed() }];
    for stage in stages {
        let broken = ledger.iter().any(|line| Some(line.stage) == stage.after && line.counts.failed > 0);
        ledger.push(if broken { not_run(stage) } else { run(stage, extent) });
    }
    print_ledger(&ledger, start.elapsed());
    let total: Counts = ledger.into_iter().map(|line| line.counts).sum();
    for name in &total.names {
        println!("FAILED {name}");
    }
    println!("{total}");
    if total.failed == 0 { Ok(()) } else { Err(Failure::new(format!("{} failed", total.failed))) }
}

/// Runs a stage; one that cannot even run its tests counts as one failure.
fn run(stage: &Stage, extent: Extent) -> Line {
    println!("\n== {}: {}", stage.name, stage.about);
    let start = Instant::now();
    let counts = (stage.run)(extent).unwrap_or_else(|failure| {
        eprintln!("{}", failure.report("test"));
        Counts { failed: 1, names: vec![format!("stage {}", stage.name)], ..Counts::default() }
    });
    Line { stage: stage.name, about: stage.about, counts, took: start.elapsed() }
}

fn not_run(stage: &Stage) -> Line {
    let names = vec![format!("stage {}, not run: the stage before it failed", stage.name)];
    Line { stage: stage.name, about: stage.about, counts: Counts { failed: 1, names, ..Counts::default() }, took: Duration::ZERO }
}

fn print_ledger(ledger: &[Line], total: Duration) {
    println!("\n{:<8} {:>8} {:>8} {:>9}", "stage", "passed", "failed", "time");
    for Line { stage, about, counts, took } in ledger {
        println!("{stage:<8} {:>8} {:>8} {:>9}   {about}", counts.passed, counts.failed, setup::seconds(*took));
    }
    println!("{:<8} {:>27}\n", "total", setup::seconds(total));
}

fn native(_: Extent) -> Result<Counts> {
    let mut command = Command::new("cargo");
    command.args(["test", "--workspace", "--exclude", "coldstart-e2e", "--all-features", "--no-fail-fast"]);
    cargo_test(command)
}

fn fuzzed(_: Extent) -> Result<Counts> {
    let count = |(name, well): (&str, bool)| {
        let names = if well { Vec::new() } else { vec![format!("fuzz target {name}")] };
        Counts { passed: well.into(), failed: (!well).into(), names }
    };
    Ok(fuzz::stage()?.into_iter().map(count).sum())
}

fn in_browser(_: Extent) -> Result<Counts> {
    let tests = wasm_tests()?;
    if tests.is_empty() {
        println!("no tests/wasm_*.rs");
        return Ok(Counts::default());
    }
    let mut command = wasm::cargo("test")?;
    command.args(["--package", "coldstart", "--no-fail-fast"]);
    for test in tests {
        command.args(["--test", &test]);
    }
    cargo_test(command)
}

/// The names of the root package's tests that are made for a browser.
fn wasm_tests() -> Result<Vec<String>> {
    let mut names: Vec<String> = fs::read_dir(paths::root().join("tests"))
        .during("tests/")?
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".rs").map(str::to_owned))
        .filter(|name| name.starts_with("wasm_"))
        .collect();
    names.sort();
    Ok(names)
}

/// The compiler for wasm32 need not be the one that clippy belongs to, so its warnings are looked for here.
fn release_build(_: Extent) -> Result<Counts> {
    build::check_lessons()?;
    let mut warnings = 0;
    let mut command = build::trunk_build(Profile::Release)?;
    process::watch_stderr(&mut command, |line| {
        if line.starts_with("warning: `") && line.contains(" generated ") {
            warnings += 1;
        }
    })?;
    if warnings == 0 { Ok(Counts::new(1, 0)) } else { Err(Failure::new("the build has warnings")) }
}

fn size_budget(_: Extent) -> Result<Counts> {
    let (within, over) = size::measure(&paths::dist())?;
    Ok(Counts::new(within, over))
}

fn end_to_end(extent: Extent) -> Result<Counts> {
    let features = if extent == Extent::Full { e2e::EVERYTHING } else { e2e::USUAL };
    cargo_test(e2e::tests(Profile::Release, features))
}

/// Runs `cargo test`, shows its output as it comes and adds up its results.
fn cargo_test(mut command: Command) -> Result<Counts> {
    let mut counts = Counts::default();
    // A test's message says what failed; the frames below it are the test harness's.
    command.env("RUST_BACKTRACE", "0").current_dir(paths::root());
    let ended = process::watch_stdout(&mut command, |line| {
        let found = results_in(line);
        counts.passed += found.passed;
        counts.failed += found.failed;
        counts.names.extend(failure_in(line));
    });
    match ended {
        // A compile error, or a test program that died before its summary.
        Err(failure) if counts.failed == 0 => {
            eprintln!("{}", failure.report("test"));
            Ok(counts + Counts { failed: 1, names: vec!["a test program that did not run".to_owned()], ..Counts::default() })
        }
        _ => Ok(counts),
    }
}

/// The counts in a line such as `test result: ok. 8 passed; 0 failed; 0 ignored; ...`.
fn results_in(line: &str) -> Counts {
    let count_of = |word: &str| {
        let (before, _) = line.split_once(word)?;
        before.trim_end().rsplit(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
    };
    if !line.trim_start().starts_with("test result:") {
        return Counts::default();
    }
    Counts::new(count_of("passed").unwrap_or(0), count_of("failed").unwrap_or(0))
}

/// The name in a line such as `test home::is_accessible ... FAILED`.
fn failure_in(line: &str) -> Option<String> {
    let name = line.trim_start().strip_prefix("test ")?.strip_suffix("... FAILED")?;
    Some(name.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_summary_lines_and_nothing_else() {
        for (line, passed, failed) in [
            ("test result: ok. 8 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s", 8, 0),
            ("test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 filtered out; finished in 1.20s", 12, 3),
            ("test passed_and_failed ... ok", 0, 0),
            ("8 passed; 1 failed", 0, 0),
        ] {
            assert_eq!(results_in(line), Counts::new(passed, failed), "{line}");
        }
    }

    #[test]
    fn names_the_tests_that_failed() {
        assert_eq!(failure_in("test home::is_accessible ... FAILED").as_deref(), Some("home::is_accessible"));
        assert_eq!(failure_in("test home::is_accessible ... ok"), None);
        assert_eq!(failure_in("test result: FAILED. 1 passed; 1 failed"), None);
    }

    #[test]
    fn the_closing_line_says_passed_and_failed() {
        let total: Counts = [Counts::new(3, 1), Counts::new(2, 0)].into_iter().sum();
        assert_eq!(total.to_string(), "5 passed, 1 failed");
    }
}
