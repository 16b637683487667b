//! The lessons' code samples are executed: each file below `lessons/*/code/` on the cases of its `cases.toml`, with stub clients.
//!
//! `tests/handlers/run.py` and `run.mjs` run one handler in a fresh process. They read
//! `{file, event, calls, env, stub, remaining_ms: [...], folder}` from standard input (the folder is empty, and is what the handler has
//! for a `/tmp`) and print `{returns | raises, message, sends: [...], clients, printed: [...]}`: how the last call ended, which calls of
//! AWS all of them made, and how many clients they constructed. `COLDSTART_LESSONS` names another folder of lessons to look at.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

#[path = "handlers/cases.rs"]
mod cases;
#[path = "handlers/process.rs"]
mod process;

use cases::{Case, Cases};
use process::{Folder, Language};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use std::{env, fs, thread};

/// Long enough for a busy machine; only a handler that never ends takes it all.
const LIMIT: Duration = Duration::from_secs(60);

#[test]
fn every_handler_of_the_lessons_does_what_its_cases_say() {
    let lessons = env::var_os("COLDSTART_LESSONS").map_or_else(|| repository().join("lessons"), PathBuf::from);
    let problems = problems_of(&lessons, LIMIT);
    assert!(problems.is_empty(), "\n{}\n{} problems in {}", problems.join("\n"), problems.len(), lessons.display());
}

#[test]
fn the_stubs_do_what_the_samples_expect() {
    let problems = problems_of(&repository().join("tests/handlers/samples/right"), LIMIT);
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn cases_that_do_not_hold_are_named() {
    let mut problems = problems_of(&repository().join("tests/handlers/samples/wrong"), LIMIT);
    let mut take = |parts: &[&str]| {
        let found = problems.iter().position(|problem| parts.iter().all(|part| problem.contains(part)));
        let at = found.unwrap_or_else(|| panic!("no problem with {parts:?}:\n{}", problems.join("\n")));
        problems.remove(at);
    };
    for language in ["py", "mjs"] {
        let claims = |case: u32| format!("claims/code/writes.{language}, case {case}:");
        take(&[&claims(1), "returns {\"id\":\"a\",\"left\":2}, not {\"left\":3}"]);
        take(&[&claims(2), "raises nothing, not KeyError"]);
        take(&[&claims(3), "sends [\"dynamodb.put_item\"], not []"]);
        take(&[&claims(4), "constructs 1 client, not 2", "printed: writes a"]);
        take(&[&claims(5), "raises ", "so says the stub", "not ValueError"]);
        take(&[&claims(6), "raises ", "not nothing"]);
        take(&[&format!("claims/code/unused.{language}: no case runs it")]);
        take(&[&format!("claims/code/quits.{language}, case 7:"), "ended without an answer"]);
    }
    take(&["alone/code/alone.mjs: no case runs it"]);
    take(&["alone/code/deeper/alone.py: no case runs it"]);
    take(&["claims/code/missing.py, case 8: no such file"]);
    take(&["claims/code/cases.toml, case 8: no such kind of file: code/notes.txt"]);
    take(&["claims/code/cases.toml, case 9: events/missing.json"]);
    take(&["claims/code/cases.toml, case 9: the stub `dynamodb` names no operation"]);
    take(&["typo/code/cases.toml:", "unknown field `return`"]);
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn a_handler_that_never_ends_is_named() {
    let problems = problems_of(&repository().join("tests/handlers/samples/endless"), Duration::from_secs(1));
    assert_eq!(problems, ["py", "mjs"].map(|end| format!("loop/code/loop.{end}, case 1: no answer within 1 s")));
}

#[test]
fn handlers_are_found_in_folders_of_folders() {
    let lesson = repository().join("tests/handlers/samples/wrong/alone");
    assert_eq!(Vec::from_iter(handlers(&lesson, &lesson.join("code"))), ["code/alone.mjs", "code/deeper/alone.py"]);
}

/// One run: a file on a case.
struct Job<'a> {
    name: String,
    file: PathBuf,
    language: Language,
    case: &'a Case,
    event: &'a Value,
}

/// What does not hold below `root`, a folder of lessons; a handler may take as long as `limit`.
fn problems_of(root: &Path, limit: Duration) -> Vec<String> {
    Language::ALL.into_iter().for_each(Language::demand);
    assert!(root.is_dir(), "{}: no such folder", root.display());
    let mut problems = Vec::new();
    for lesson in entries(root).into_iter().filter(|path| path.is_dir()) {
        check_lesson(root, &lesson, limit, &mut problems);
    }
    problems
}

fn check_lesson(root: &Path, lesson: &Path, limit: Duration, problems: &mut Vec<String>) {
    let named = |file: &str| format!("{}/{file}", relative(lesson, root));
    let cases = Cases::read(&lesson.join("code/cases.toml")).unwrap_or_else(|problem| {
        problems.push(format!("{}: {problem}", named("code/cases.toml")));
        Cases::default()
    });
    let mut unused = handlers(lesson, &lesson.join("code"));
    let events: Vec<_> = cases.case.iter().map(|case| case.event(lesson)).collect();
    let mut jobs = Vec::new();
    for (number, (case, event)) in (1..).zip(cases.case.iter().zip(&events)) {
        let place = format!("{}, case {number}", named("code/cases.toml"));
        let mistakes = case.mistakes().into_iter().chain(event.as_ref().err().cloned());
        problems.extend(mistakes.map(|mistake| format!("{place}: {mistake}")));
        for file in &case.files {
            unused.remove(file);
            let (name, path) = (format!("{}, case {number}", named(file)), lesson.join(file));
            match (Language::of(file), event) {
                (None, _) => problems.push(format!("{place}: no such kind of file: {file}")),
                (Some(_), _) if !path.is_file() => problems.push(format!("{name}: no such file")),
                (Some(language), Ok(event)) => jobs.push(Job { name, file: path, language, case, event }),
                (Some(_), Err(_)) => {}
            }
        }
    }
    problems.extend(run_all(&jobs, limit));
    problems.extend(unused.iter().map(|file| format!("{}: no case runs it", named(file))));
}

/// Runs the jobs, a few at a time, and says in their order which do otherwise than their cases say.
fn run_all(jobs: &[Job], limit: Duration) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let take = || {
        let at = next.fetch_add(1, Ordering::Relaxed);
        jobs.get(at).map(|job| (at, job))
    };
    let work = || Vec::from_iter(std::iter::from_fn(take).filter_map(|(at, job)| Some((at, run(job, limit)?))));
    let threads = thread::available_parallelism().map_or(1, usize::from).min(jobs.len());
    let mut found: Vec<(usize, String)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    found.sort();
    found.into_iter().map(|(_, problem)| problem).collect()
}

/// Runs a job, and says what it does otherwise than its case says.
fn run(job: &Job, limit: Duration) -> Option<String> {
    let Job { name, file, language, case, event } = job;
    let folder = Folder::make();
    let request = json!({
        "file": fs::canonicalize(file).unwrap(),
        "event": event,
        "calls": case.calls,
        "env": case.env,
        "stub": case.stub,
        "remaining_ms": case.remaining_ms.in_turn(),
        "folder": folder.0,
    });
    let outcome = match process::run(*language, &request, limit) {
        Ok(outcome) => outcome,
        Err(problem) => return Some(format!("{name}: {problem}")),
    };
    let mut differences = case.differences(*language, &outcome);
    if differences.is_empty() {
        return None;
    }
    if !outcome.printed.is_empty() {
        differences.push(format!("printed: {}", outcome.printed.join(" / ")));
    }
    Some(format!("{name}: {}", differences.join("; ")))
}

/// The handlers below a folder, named from the lesson's folder.
fn handlers(lesson: &Path, folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in entries(folder) {
        let name = relative(&path, lesson);
        if path.is_dir() {
            found.extend(handlers(lesson, &path));
        } else if Language::of(&name).is_some() {
            found.insert(name);
        }
    }
    found
}

/// What a folder holds, by name; nothing if it is not there.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

fn relative(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/")
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
