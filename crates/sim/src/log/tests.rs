//! The written lines, to the letter.

use super::{Clock, Invocation, ms, request_id};
use crate::{FunctionCounter, Outcome, RunDetails};

fn invocation() -> Invocation {
    Invocation {
        request_id: "79104ef9-2a63-4d7a-8c4c-7c3b8f5e0d5a".to_owned(),
        version: "$LATEST".to_owned(),
        timeout_us: 3_000_000,
        memory_mb: 128,
        max_memory_used_mb: 31,
        init_us: None,
        duration_us: 45_230,
        billed_ms: 46,
        outcome: Outcome::Success,
        details: RunDetails::NONE,
        runtime: String::new(),
        has_external_extensions: false,
    }
}

fn clock() -> Clock {
    let spec: crate::ScenarioSpec = serde_json::from_value(serde_json::json!({
        "schema": 1,
        "run": {"clock_start_s": 32_400},
        "functions": [{"id": "f"}],
        "sources": [{"id": "s", "target": "f", "arrivals": {"kind": "poisson", "per_s": 1.0}}],
    }))
    .expect("a scenario");
    Clock::of(&crate::validate(&spec).expect("a sound scenario").scenario)
}

fn texts(invocation: &Invocation) -> Vec<String> {
    invocation.lines(0, clock()).into_iter().map(|line| line.text).collect()
}

#[test]
fn a_warm_start() {
    let id = "79104ef9-2a63-4d7a-8c4c-7c3b8f5e0d5a";
    let expect = [
        format!("START RequestId: {id} Version: $LATEST"),
        format!("END RequestId: {id}"),
        format!("REPORT RequestId: {id}\tDuration: 45.23 ms\tBilled Duration: 46 ms\tMemory Size: 128 MB\tMax Memory Used: 31 MB"),
    ];
    assert_eq!(texts(&invocation()), expect);
    let times: Vec<u64> = invocation().lines(1_000, clock()).iter().map(|line| line.at_us).collect();
    assert_eq!(times, [1_000, 46_230, 46_230]);
}

/// The figures of AWS's own samples (facts C24 to C26, case T46): the handler and INIT in microseconds, how it ended, and the line.
#[test]
fn aws_samples() {
    let cases = [
        (
            133_610,
            80_000,
            214,
            Outcome::Crash,
            "Duration: 133.61 ms\tBilled Duration: 214 ms",
            "\tInit Duration: 80.00 ms\tStatus: error\tError Type: Runtime.ExitError",
        ),
        (
            3_016_780,
            84_000,
            3_101,
            Outcome::Timeout,
            "Duration: 3016.78 ms\tBilled Duration: 3101 ms",
            "\tInit Duration: 84.00 ms\tStatus: timeout",
        ),
        (
            3_004_920,
            111_230,
            3_117,
            Outcome::Timeout,
            "Duration: 3004.92 ms\tBilled Duration: 3117 ms",
            "\tInit Duration: 111.23 ms\tStatus: timeout",
        ),
    ];
    for (duration_us, init_us, billed_ms, outcome, figures, end) in cases {
        assert_eq!(crate::bill::billed_ms(duration_us + init_us, 1), billed_ms);
        let sample = Invocation { duration_us, init_us: Some(init_us), billed_ms, outcome, ..invocation() };
        let report = sample.report();
        assert!(report.contains(figures) && report.ends_with(end), "{report}");
    }
    for (duration_us, billed_ms) in [(312_450, 313), (187_220, 188), (45_230, 46)] {
        assert_eq!(crate::bill::billed_ms(duration_us, 1), billed_ms);
    }
}

#[test]
fn a_timeout_says_so_at_its_time() {
    let late = Invocation { duration_us: 3_000_000, billed_ms: 3_000, outcome: Outcome::Timeout, ..invocation() };
    assert_eq!(texts(&late)[1], "2026-01-05T09:00:03.000Z 79104ef9-2a63-4d7a-8c4c-7c3b8f5e0d5a Task timed out after 3.00 seconds");
}

#[test]
fn a_crash_is_explained_after_its_report() {
    let crash = Invocation { outcome: Outcome::Crash, ..invocation() };
    let lines = texts(&crash);
    assert_eq!(lines[3], "RequestId: 79104ef9-2a63-4d7a-8c4c-7c3b8f5e0d5a Error: Runtime exited with error: exit status 1");
    assert_eq!(lines[4], "Runtime.ExitError");
}

/// Fact N3.
#[test]
fn running_out_of_memory_is_a_runtime_that_was_killed() {
    let details = RunDetails { note: Some(FunctionCounter::OutOfMemory), ..RunDetails::NONE };
    let killed = Invocation { outcome: Outcome::Crash, max_memory_used_mb: 128, details, ..invocation() };
    let lines = texts(&killed);
    let end = "Memory Size: 128 MB\tMax Memory Used: 128 MB\tStatus: error\tError Type: Runtime.ExitError";
    assert!(lines[2].ends_with(end), "{}", lines[2]);
    assert_eq!(lines[3], "RequestId: 79104ef9-2a63-4d7a-8c4c-7c3b8f5e0d5a Error: Runtime exited with error: signal: killed");
    assert_eq!(lines[4], "Runtime.ExitError");
}

/// A full /tmp is an error that the handler raises; what it swallows looks like a success but for its own words.
#[test]
fn errors_are_raised_or_swallowed() {
    let with = |outcome, note| Invocation { outcome, details: RunDetails { note, ..RunDetails::NONE }, ..invocation() };
    let full = texts(&with(Outcome::Error, Some(FunctionCounter::TmpFull)));
    assert_eq!(full[1], "[ERROR] OSError: [Errno 28] No space left on device");
    for (note, words) in [
        (FunctionCounter::Swallowed, "caught: Exception"),
        (FunctionCounter::TmpFull, "caught: OSError: [Errno 28] No space left on device"),
    ] {
        let swallowed = texts(&with(Outcome::Success, Some(note)));
        assert_eq!(swallowed[1], words);
        assert_eq!(swallowed[3], texts(&invocation())[2]);
    }
}

/// Published lines (fact `snapstart-report`): Duration, Restore Duration and Billed Restore Duration, and what they were billed.
#[test]
fn restored_environments() {
    let published = [
        (36_970, 511_560, 136, 173, "Restore Duration: 511.56 ms\tBilled Restore Duration: 136 ms"),
        (149_530, 789_640, 163, 313, "Restore Duration: 789.64 ms\tBilled Restore Duration: 163 ms"),
        (127_100, 325_930, 26, 154, "Restore Duration: 325.93 ms\tBilled Restore Duration: 26 ms"),
    ];
    for (duration_us, init_us, billed_restore_ms, billed_ms, end) in published {
        assert_eq!(crate::bill::billed_ms(duration_us + billed_restore_ms * 1_000, 1), billed_ms);
        let details = RunDetails { restored: true, billed_restore_ms, ..RunDetails::NONE };
        let restored = Invocation { duration_us, init_us: Some(init_us), billed_ms, details, ..invocation() };
        let lines = texts(&restored);
        assert_eq!(lines[0], format!("RESTORE_REPORT Restore Duration: {} ms", ms(init_us)));
        assert!(lines[1].starts_with("START") && lines[3].ends_with(end), "{lines:?}");
    }
    let details = RunDetails { restored: true, note: Some(FunctionCounter::RestoreTimeouts), ..RunDetails::NONE };
    let late = Invocation { duration_us: 0, init_us: Some(10_000_000), outcome: Outcome::Crash, details, ..invocation() };
    let lines = texts(&late);
    assert_eq!(lines[0], "RESTORE_REPORT Restore Duration: 10000.00 ms\tStatus: timeout");
    assert!(lines[3].ends_with("Status: error\tError Type: SnapStartTimeoutException") && lines.len() == 4, "{lines:?}");
}

/// Fact C20: Init Duration is there, and the time between INIT and START as well.
#[test]
fn environments_started_ahead_show_a_gap() {
    let details = RunDetails { ahead_us: 5_000_000, ahead_init_us: 80_000, ..RunDetails::NONE };
    let runtime = "python3.12".to_owned();
    let ahead = Invocation { init_us: Some(80_000), details, runtime, has_external_extensions: true, ..invocation() };
    let lines = ahead.lines(60_000_000, clock());
    let seen: Vec<(u64, &str)> = lines.iter().take(3).map(|line| (line.at_us, line.text.as_str())).collect();
    assert_eq!(seen[0], (55_000_000, "INIT_START Runtime Version: python3.12"));
    assert_eq!(seen[1], (55_000_000, "EXTENSION\tName: extension\tState: Ready\tEvents: [INVOKE, SHUTDOWN]"));
    assert!(seen[2].0 == 60_000_000 && seen[2].1.starts_with("START"), "{seen:?}");
    assert!(ahead.report().ends_with("Init Duration: 80.00 ms"), "{}", ahead.report());
}

#[test]
fn an_init_past_its_limit_is_reported_before_the_start() {
    let slow = Invocation { init_us: Some(10_000_000), ..invocation() };
    let lines = texts(&slow);
    assert_eq!(lines[0], "INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout");
    assert!(lines[1].starts_with("START"));
    assert!(!lines[3].contains("Init Duration"), "{}", lines[3]);
}

#[test]
fn request_ids_look_real_and_stay_the_same() {
    assert_eq!(request_id(0, 0), request_id(0, 0));
    assert!(!request_id(0, 0).starts_with("0000"), "{}", request_id(0, 0));
    let mut ids: Vec<String> = (0..4).flat_map(|source| (0..500).map(move |request| request_id(source, request))).collect();
    for id in &ids {
        let parts: Vec<usize> = id.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12], "{id}");
        assert!(id.as_bytes()[14] == b'4' && matches!(id.as_bytes()[19], b'8' | b'9' | b'a' | b'b'), "{id}");
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 2_000);
}

#[test]
fn only_lambdas_own_retries_keep_the_id() {
    let ids = |kind: &str| {
        let spec = format!(
            r#"{{"schema": 1, "run": {{"duration_s": 900}},
                "functions": [{{"id": "f", "handler": {{"wait": {{"kind": "constant", "ms": 10}}, "error_rate": 1.0}}}}],
                "sources": [{{"id": "s", "target": "f", "arrivals": {{"kind": "timestamps", "at_s": [1.0]}}, {kind}}}]}}"#
        );
        let scenario = crate::validate(&serde_json::from_str(&spec).unwrap()).unwrap().scenario;
        let timeline = Some(crate::TimelineOptions { window_us: (0, u64::MAX), max_entries: 100 });
        let attempts =
            crate::run(&scenario, crate::Seed(1), crate::RunOptions { timeline, ..Default::default() }).timeline.unwrap().attempts;
        assert_eq!(attempts.len(), 3, "{kind}");
        let mut ids: Vec<String> = attempts.iter().map(|attempt| attempt.request_id(&scenario)).collect();
        ids.dedup();
        ids.len()
    };
    assert_eq!(ids(r#""kind": {"kind": "asynchronous"}"#), 1);
    assert_eq!(ids(r#""retry": {"policy": "full_jitter", "max_attempts": 3}"#), 3);
}

#[test]
fn milliseconds_have_two_decimals() {
    for (us, text) in [(0, "0.00"), (4, "0.00"), (5, "0.01"), (133_610, "133.61"), (999_995, "1000.00")] {
        assert_eq!(ms(us), text);
    }
}
