//! The binary: what it prints and how it exits.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::Command;

struct Ran {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn coldstart_sim(words: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_coldstart-sim")).args(words).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

fn example(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name).to_str().unwrap().to_owned()
}

/// A file in the folder that cargo gives to tests.
fn written(name: &str, text: &str) -> String {
    let path: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[track_caller]
fn contains(text: &str, expect: &[&str]) {
    for words in expect {
        assert!(text.contains(words), "no {words:?} in:\n{text}");
    }
}

#[test]
fn tune_names_the_best_sizes() {
    let scenario = written(
        "tune.toml",
        "schema = 1\n[[functions]]\nid = \"f\"\nhandler = { cpu = { kind = \"constant\", ms = 20 }, wait = { kind = \"constant\", ms = 80 } }\n\
         [[sources]]\nid = \"s\"\ntarget = \"f\"\narrivals = { kind = \"poisson\", per_s = 1 }\n",
    );
    let ran = coldstart_sim(&["tune", &scenario, "--invocations", "10"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let line = |size: &str| ran.stdout.lines().find(|line| line.contains(size)).unwrap().to_owned();
    contains(&line(" 128 MB"), &["357.0 ms", "$0.74 per million", "cheapest"]);
    contains(&line(" 1,769 MB"), &["100.0 ms", "$2.88 per million", "fastest"]);
    contains(&line(" 512 MB"), &["balanced"]);
    let json = coldstart_sim(&["tune", &scenario, "--json"]).stdout;
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((value["trials"][0]["memory_mb"].as_u64(), value["trials"][0]["cold_starts"].as_u64()), (Some(128), Some(1)));
}

#[test]
fn a_sweep_is_the_same_on_any_number_of_threads() {
    let words = |threads: &'static str, json: &'static [&'static str]| {
        let file = example("throttled-burst.toml");
        let own = ["sweep", &file, "--set", "functions[0].reserved_concurrency=5,20", "--set", "functions[0].memory_mb=256,1024"];
        coldstart_sim(&[&own[..], &["--replications", "3", "--threads", threads], json].concat())
    };
    let one = words("1", &[]);
    assert_eq!((one.code, one.stderr.as_str()), (Some(0), ""));
    assert_eq!(one.stdout.lines().count(), 5, "{}", one.stdout);
    contains(&one.stdout, &["functions[0].reserved_concurrency", "latency_p99_ms", " +- "]);
    assert_eq!(words("4", &[]).stdout, one.stdout);
    let json = words("3", &["--json"]).stdout;
    assert_eq!(json, words("1", &["--json"]).stdout);
    let points: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((points.as_array().unwrap().len(), points[1]["set"]["functions[0].memory_mb"].as_u64()), (4, Some(1_024)));
}

#[test]
fn a_sweep_names_what_it_cannot_set() {
    let file = example("throttled-burst.toml");
    for (set, said) in [
        ("functions[0].memory_mb=1", "functions[0].memory_mb"),
        ("functions[0].memry_mb=128", "unknown field `memry_mb`"),
        ("functions[9].memory_mb=128", "functions has 1 entries"),
        ("memory", "it must be a field and values"),
    ] {
        let ran = coldstart_sim(&["sweep", &file, "--set", set]);
        assert_eq!(ran.code, Some(2), "{}", ran.stdout);
        contains(&ran.stderr, &[said]);
    }
    contains(&coldstart_sim(&["sweep", &file]).stderr, &["sweep needs a field to change"]);
}

#[test]
fn run_prints_a_summary() {
    let ran = coldstart_sim(&["run", &example("two-functions.toml")]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    contains(
        &ran.stdout,
        &[
            "The batch and the API\nseed 1, model",
            "completed",
            "cold share",
            "latency p50 / p90 / p99",
            "idle mean",
            "  account concurrency",
            "batch duration",
            "A month of 30 days",
        ],
    );
    let header = ran.stdout.lines().find(|line| line.contains("all")).unwrap();
    assert_eq!(header.split_whitespace().collect::<Vec<_>>(), ["all", "api", "batch"]);
}

/// A row for each node with what happened there, and no column that says nothing of any.
#[test]
fn run_shows_queues_and_destinations() {
    let ran = coldstart_sim(&["run", &example("poison-events.toml")]);
    let row = |label: &str| -> Vec<String> {
        let line = ran.stdout.lines().find(|line| line.contains(label)).unwrap();
        line.split_whitespace().map(str::to_owned).collect()
    };
    assert_eq!(row("delivered"), ["entered", "attempts", "delivered", "given", "up", "kept"]);
    let (queue, dead) = (row("events of importer"), row("destination dead-letters"));
    // What is given up is what is kept.
    assert_eq!((&queue[6], queue.len()), (&dead[3], 7), "{queue:?} {dead:?}");
}

#[test]
fn the_same_seed_prints_the_same_and_another_does_not() {
    let run = |seed: &str| coldstart_sim(&["run", &example("deploy.toml"), "--seed", seed]).stdout;
    assert_eq!(run("5"), run("5"));
    assert_ne!(run("5"), run("6"));
}

#[test]
fn run_as_json() {
    let ran = coldstart_sim(&["run", &example("replay.toml"), "--json", "--log", "7", "--replications", "2"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(json["report"]["total"]["cold_starts"], 6);
    assert_eq!(json["metrics"][0]["name"], "requests");
    assert_eq!(json["replications"]["seeds"], serde_json::json!([1, 2]));
    assert_eq!(json["log"].as_array().unwrap().len(), 7);
    assert!(json["bill_per_month"]["due_pd"].as_i64().unwrap() > json["report"]["bill"]["due_pd"].as_i64().unwrap());
}

#[test]
fn run_with_log_lines() {
    let ran = coldstart_sim(&["run", &example("replay.toml"), "--log", "3"]);
    let log: Vec<&str> = ran.stdout.lines().rev().take(3).collect();
    assert!(log.iter().all(|line| line.starts_with("2026-01-05T00:00:0") && line.contains("START RequestId: ")), "{log:?}");
}

#[test]
fn at_shows_a_moment_by_time_and_by_event() {
    let file = example("queue-absorbs-burst.toml");
    let ran = coldstart_sim(&["at", &file, "--ms", "12000"]);
    contains(&ran.stdout, &["At 12", "  environment 0", "busy with ", "since ", "  orders", "holds "]);
    let json = coldstart_sim(&["at", &file, "--event", "3000", "--json"]).stdout;
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["events"], 3_000);
    assert!(value["environments"].as_array().unwrap().iter().all(|one| one["state"].is_string()));
    for words in [&["at", &file][..], &["at", &file, "--ms", "1", "--event", "1"]] {
        assert_eq!(coldstart_sim(words).code, Some(2), "{words:?}");
    }
}

#[test]
fn run_with_traces() {
    let ran = coldstart_sim(&["run", &example("extensions.toml"), "--trace", "30"]);
    contains(&ran.stdout, &["  sandbox", "  INIT", "  handler: success", "  extensions, after the answer", "attempt 1"]);
    let ran = coldstart_sim(&["run", &example("chain.toml"), "--trace", "5"]);
    contains(&ran.stdout, &["  call of ", ": answered"]);
    let json = coldstart_sim(&["run", &example("throttled-burst.toml"), "--trace", "2000", "--json"]).stdout;
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    let kinds = |trace: &serde_json::Value| {
        trace["spans"].as_array().unwrap().iter().map(|span| span["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let traces = value["traces"].as_array().unwrap();
    assert_eq!(traces.len(), 2_000);
    assert!(traces.iter().any(|trace| kinds(trace).contains(&"throttle_wait".to_owned())), "no request waited for a throttle");
}

/// Every outcome leaves its lines, and the summary its counters.
#[test]
fn run_tells_what_functions_do_besides_their_work() {
    let cases = [
        ("out-of-memory.toml", "signal: killed", "out of memory"),
        ("tmp-full.toml", "[Errno 28] No space left on device", "/tmp full"),
        ("swallowed-errors.toml", "caught: Exception", "errors swallowed"),
        ("snap-start.toml", "\tBilled Restore Duration: 100 ms", "restores"),
        ("started-ahead.toml", "INIT_START Runtime Version: nodejs22.x", "environments started ahead"),
        ("background-work.toml", "REPORT", "work left behind"),
    ];
    for (name, line, row) in cases {
        let ran = coldstart_sim(&["run", &example(name), "--log", "3000"]);
        contains(&ran.stdout, &[line, row]);
    }
}

#[test]
fn log_lines_are_read_back_as_the_run_that_wrote_them() {
    let ran = coldstart_sim(&["run", &example("nine-am.toml"), "--json", "--log", "1000000"]);
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let lines: Vec<&str> = json["log"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    let parsed = coldstart_sim::log::parse(&lines[..150_000].join("\n"));
    assert_eq!((parsed.bad_count, parsed.skipped.other), (0, 0));
    let calibration = coldstart_sim::log::calibrate(&parsed).unwrap();
    assert!(calibration.has_arrivals);
    let share = calibration.cold_starts as f64 / calibration.invocations as f64;
    assert!(share > 0.001 && share < 0.02, "{share}");
    let p50_ms = json["report"]["total"]["init"]["min_us"].as_f64().unwrap() / 1e3;
    assert!(calibration.init.unwrap().min_ms >= p50_ms - 0.01);
}

#[test]
fn digests_are_repeatable_and_differ_by_seed() {
    let digest = |words: &[&str]| {
        let ran = coldstart_sim(&[&["digest", example("replay.toml").as_str()], words].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        ran.stdout
    };
    let first = digest(&[]);
    assert!(first.len() == 33 && first.trim().chars().all(|c| c.is_ascii_hexdigit()), "{first:?}");
    assert_eq!(first, digest(&["--seed", "1"]));
    let other = |seed: &str| coldstart_sim(&["digest", &example("deploy.toml"), "--seed", seed]).stdout;
    assert_ne!(other("1"), other("2"));
}

#[test]
fn validate_lists_every_problem_and_exits_with_2() {
    assert_eq!(coldstart_sim(&["validate", &example("replay.toml")]).code, Some(0));
    let bad = written(
        "bad.toml",
        r#"
        schema = 1
        functions = [{ id = "f", memory_mb = 64, init = { runtime = "python3.11" } }]
        sources = [{ id = "s", target = "g", arrivals = { kind = "poisson", per_s = -1 } }]
        "#,
    );
    for command in ["validate", "run", "digest"] {
        let ran = coldstart_sim(&[command, &bad]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{command}");
        contains(
            &ran.stderr,
            &[
                "has 4 problems",
                "functions[0].memory_mb: 64 MB is outside 128 to 10,240 MB",
                "functions[0].init.runtime: \"python3.11\"",
                "sources[0].target: no function has the id \"g\"",
                "sources[0].arrivals.per_s: -1 requests/s is outside",
            ],
        );
    }
}

#[test]
fn advice_is_shown_and_does_not_stop_a_run() {
    let ran = coldstart_sim(&["validate", &example("retry-storm.toml")]);
    assert_eq!(ran.code, Some(0));
    contains(&ran.stderr, &["advice: sources[0].retry.policy: "]);
}

#[test]
fn files_that_cannot_be_read_exit_with_2() {
    let cases = [
        ("nowhere.toml".to_owned(), "cannot read nowhere.toml"),
        (written("broken.toml", "schema = = 1"), "is not a scenario"),
        (written("broken.json", "{"), "is not a scenario"),
        (written("unknown.json", r#"{"schema": 1, "functions": [], "sources": [], "colour": "red"}"#), "unknown field `colour`"),
        (written("unknown.toml", "schema = 1\nfunctions = [{ id = \"f\", memroy_mb = 1 }]\nsources = []"), "memroy_mb"),
    ];
    for (path, words) in cases {
        let ran = coldstart_sim(&["run", &path]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{path}");
        contains(&ran.stderr, &[words]);
    }
}

#[test]
fn the_schema_is_printed_for_people_and_for_programs() {
    let table = coldstart_sim(&["schema"]);
    assert_eq!(table.code, Some(0));
    contains(&table.stdout, &["FIELD", "functions[].memory_mb", "128 to 10240", "sources[].arrivals.kind = poisson"]);
    let json: serde_json::Value = serde_json::from_str(&coldstart_sim(&["schema", "--json"]).stdout).unwrap();
    assert_eq!(json["schema"], 1);
    assert_eq!(json["fields"][2]["fields"][0]["path"], "run.duration_s");
}

#[test]
fn help_and_mistakes() {
    let help = coldstart_sim(&["help"]);
    assert_eq!(help.code, Some(0));
    contains(&help.stdout, &["coldstart-sim run SCENARIO"]);
    let mistake = coldstart_sim(&["walk"]);
    assert_eq!((mistake.code, mistake.stdout.as_str()), (Some(2), ""));
    contains(&mistake.stderr, &["\"walk\" is not a command", "coldstart-sim run SCENARIO"]);
}

#[test]
fn metrics_are_lines_of_csv_by_minute() {
    let ran = coldstart_sim(&["metrics", &example("queue-absorbs-burst.toml")]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let expect = [
        "minute,dimension,metric,samples,sum,minimum,maximum\n0,,Invocations,,",
        "\n0,orders-to-worker,PolledEventCount,2000,2000,1,1\n",
        "\n0,orders-to-worker,InvokedEventCount,200,2000,10,10\n",
        "\n0,by-queue,Duration,200,203455,1017.275,1017.275\n",
    ];
    contains(&ran.stdout, &expect);
    assert!(ran.stdout.lines().all(|line| line.split(',').count() == 7));
    assert_eq!(coldstart_sim(&["metrics"]).code, Some(2));
}
