//! Dependencies: queueing theory, and each setting by the counter that it moves.

use crate::support::{Checks, float, no_init, over_seeds, recorded, report, rows_where};
use coldstart_sim::spec::{
    ArrivalsSpec, CallSpec, DependencySpec, DistributionSpec, ExtensionSpec, RetryPolicySpec, RetrySpec, ScenarioSpec, SendSpec,
    SourceKindSpec,
};
use coldstart_sim::{Exit, FunctionCounter, NodeCounter, NodeKind, NodeReport, Report, RunOutcome, Seed, Simulation, TimelineKind};

/// A function of 10 ms that calls a table of 50 ms; ten requests, ten seconds apart.
fn base() -> ScenarioSpec {
    let mut spec: ScenarioSpec = toml::from_str(
        r#"
        schema = 1
        run = { duration_s = 100 }
        functions = [{ id = "f", memory_mb = 1769, timeout_ms = 30000, reclaim = { kind = "never" },
            handler = { cpu = { kind = "constant", ms = 10 } }, calls = [{ to = "table" }] }]
        sources = [{ id = "s", target = "f", arrivals = { kind = "cron", every_s = 10 } }]
        dependencies = [{ id = "table", latency = { kind = "constant", ms = 50 } }]
        "#,
    )
    .expect("a scenario");
    spec.functions[0].init = no_init();
    spec
}

fn at_once(requests: u32) -> ArrivalsSpec {
    ArrivalsSpec::Log { sends: vec![SendSpec { at_s: 0.0, requests }] }
}

fn table(report: &Report) -> &NodeReport {
    report.nodes.iter().find(|node| node.kind == NodeKind::Dependency).expect("a dependency")
}

fn call(spec: &mut ScenarioSpec) -> &mut CallSpec {
    &mut spec.functions[0].calls[0]
}

fn dependency(spec: &mut ScenarioSpec) -> &mut DependencySpec {
    &mut spec.dependencies[0]
}

/// Durations in milliseconds, by the start of the attempts, then by their end.
fn durations_ms(spec: &ScenarioSpec) -> Vec<f64> {
    let attempts = recorded(spec).timeline.expect("a timeline").attempts;
    let ran = attempts.iter().filter_map(|attempt| match attempt.result {
        coldstart_sim::AttemptResult::Ran { duration_us, .. } => Some(float(duration_us) / 1e3),
        coldstart_sim::AttemptResult::Throttled { .. } => None,
    });
    ran.collect()
}

#[test]
fn a_call_is_waited_for_and_billed() {
    let mut spec = base();
    let one = report(&spec);
    let mut checks = Checks::new();
    checks.equal("calls", (table(&one).entered, table(&one).exits(Exit::Delivered)), (10, 10));
    checks.equal("duration", (one.total.duration_us, one.total.latency.sum_us), (600_000, 600_000));
    checks.equal("billed", one.total.billed_ms, 600);
    checks.equal("latency of calls", table(&one).age.sum_us, 500_000);
    call(&mut spec).times = 4;
    let four = report(&spec);
    checks.equal("four calls, one after the other", (table(&four).entered, four.total.billed_ms), (40, 2_100));
    spec.functions[0].calls.clear();
    let none = report(&spec);
    checks.equal("none", (none.nodes.len(), none.total.billed_ms), (0, 100));
    checks.finish();
}

/// One at a time, a second each: the third of three waits two seconds, or is refused where only one may wait.
#[test]
fn a_limit_makes_calls_wait_and_a_short_line_sheds_them() {
    let mut spec = base();
    spec.sources[0].arrivals = at_once(3);
    dependency(&mut spec).latency = DistributionSpec::constant(1_000.0);
    dependency(&mut spec).max_concurrency = Some(1);
    let waits = report(&spec);
    let mut checks = Checks::new();
    checks.equal("waited in line", table(&waits).count(NodeCounter::WaitedInLine), 2);
    checks.equal("durations", durations_ms(&spec), vec![1_010.0, 2_010.0, 3_010.0]);
    checks.equal("there at once", table(&waits).held_max, 3);
    dependency(&mut spec).max_waiting = Some(1);
    let sheds = report(&spec);
    checks.equal("shed", (table(&sheds).exits(Exit::Shed), sheds.total.outcomes[1]), (1, 1));
    checks.equal("at once", durations_ms(&spec), vec![10.0, 1_010.0, 2_010.0]);
    dependency(&mut spec).max_concurrency = None;
    checks.equal("no limit", durations_ms(&spec), vec![1_010.0; 3]);
    checks.finish();
}

/// Poisson calls of a dependency that works on `workers` at once; the mean wait in line of each seed.
fn waits_s(load: f64, workers: u32, latency: DistributionSpec) -> Vec<f64> {
    let mut spec = base();
    spec.run.duration_s = 20_000.0 / (load * f64::from(workers));
    spec.run.warm_up_s = 0.05 * spec.run.duration_s;
    spec.functions[0].timeout_ms = 900_000;
    spec.functions[0].handler.cpu = DistributionSpec::constant(0.0);
    spec.sources[0].arrivals = ArrivalsSpec::Poisson { per_s: load * f64::from(workers) };
    dependency(&mut spec).latency = latency;
    dependency(&mut spec).max_concurrency = Some(workers);
    let wait_s = |report: &Report| float(table(report).age.sum_us) / 1e6 / float(table(report).age.count) - 1.0;
    over_seeds(&spec, 12).iter().map(wait_s).collect()
}

/// Ground truth mg1_wait: one worker, any law of its work.
#[test]
fn waits_match_pollaczek_and_khinchine() {
    let mut checks = Checks::new();
    let picked = [[0.3, 0.0], [0.3, 1.0], [0.3, 1.718_281_828_46], [0.7, 0.0], [0.7, 1.0]];
    for row in rows_where("mg1_wait", ["rho", "scv"], &picked) {
        let latency = match row.text("service_distribution") {
            "deterministic" => DistributionSpec::constant(1_000.0),
            "exponential" => DistributionSpec::Exponential { mean_ms: 1_000.0 },
            // Sigma 1: the 99th percentile is exp(2.3263 - 0.5) times the mean.
            _ => DistributionSpec::Lognormal { mean_ms: 1_000.0, p99_ms: 6_211.2 },
        };
        let (rho, law) = (row.number("rho"), row.text("service_distribution").to_owned());
        checks.mean(&format!("{law} at {rho}"), &waits_s(rho, 1, latency), row.number("mean_wait_s"), 0.12);
    }
    checks.finish();
}

/// Ground truth erlang_c: several workers.
#[test]
fn waits_match_erlang_c() {
    let mut checks = Checks::new();
    for row in rows_where("erlang_c", ["workers_c", "load_ratio"], &[[2.0, 0.5], [5.0, 0.7], [10.0, 0.8]]) {
        let (workers, load) = (row.number("workers_c"), row.number("load_ratio"));
        let mean_ms = row.number("mean_service_s") * 1_000.0;
        assert!((mean_ms - 1_000.0).abs() < 1e-9, "the table's rows take a second");
        let waits = waits_s(load, workers as u32, DistributionSpec::Exponential { mean_ms });
        checks.mean(&format!("{workers} workers at {load}"), &waits, row.number("mean_wait_s"), 0.2);
    }
    checks.finish();
}

/// The table takes a second, the function waits for 100 ms, three times with 100 and 200 ms in between.
#[test]
fn timeouts_and_retries_of_calls() {
    let mut spec = base();
    dependency(&mut spec).latency = DistributionSpec::constant(1_000.0);
    call(&mut spec).timeout_ms = Some(100.0);
    let mut checks = Checks::new();
    let once = report(&spec);
    checks.equal("given up", (table(&once).exits(Exit::GaveUp), once.total.outcomes[1]), (10, 10));
    checks.equal("worked on for nobody", table(&once).count(NodeCounter::WorkedOnForNobody), 10);
    checks.equal("billed", once.total.billed_ms, 1_100);
    call(&mut spec).retry = RetrySpec { policy: RetryPolicySpec::Exponential, max_attempts: 3, base_ms: 100.0, ..RetrySpec::default() };
    let thrice = report(&spec);
    checks.equal("entered", (table(&thrice).entered, table(&thrice).count(NodeCounter::CallRetries)), (30, 20));
    checks.equal("durations", durations_ms(&spec), vec![610.0; 10]);
    // A table with one worker is still at the first attempt: retries wait in line for nothing.
    dependency(&mut spec).max_concurrency = Some(1);
    spec.sources[0].arrivals = at_once(1);
    let busy = report(&spec);
    let counts = (table(&busy).count(NodeCounter::WaitedInLine), table(&busy).count(NodeCounter::WorkedOnForNobody));
    checks.equal("in line, for nobody", counts, (2, 1));
    checks.finish();
}

/// Without a timeout of its own the call takes the function along.
#[test]
fn a_hanging_call_ends_with_the_functions_timeout() {
    let mut spec = base();
    spec.functions[0].timeout_ms = 3_000;
    dependency(&mut spec).incidents = toml::from_str::<toml::Table>("x = [{ from_s = 5, until_s = 35, hangs = true }]")
        .and_then(|table| table["x"].clone().try_into())
        .expect("incidents");
    let output = report(&spec);
    let mut checks = Checks::new();
    // Requests at 0, 10, ..., 90 s; those at 10, 20 and 30 s hang.
    checks.equal("timeouts", (output.total.outcomes[3], table(&output).exits(Exit::GaveUp)), (3, 3));
    checks.equal("billed", output.total.billed_ms, 7 * 60 + 3 * 3_000);
    spec.functions[0].timeout_ms = 30_000;
    let mut durations = durations_ms(&spec);
    durations.truncate(4);
    checks.equal("answered when it is over", durations, vec![60.0, 25_050.0, 15_050.0, 5_050.0]);
    checks.finish();
}

#[test]
fn brown_outs_slow_calls_down_and_outages_answer_with_errors() {
    let mut spec = base();
    dependency(&mut spec).incidents =
        toml::from_str::<toml::Table>("x = [{ from_s = 5, until_s = 25, slowdown = 10 }, { from_s = 45, until_s = 65, error_rate = 1.0 }]")
            .and_then(|table| table["x"].clone().try_into())
            .expect("incidents");
    let output = report(&spec);
    assert_eq!((table(&output).exits(Exit::CallFailed), output.total.outcomes), (2, [8, 2, 0, 0]));
    assert_eq!(output.total.billed_ms, 8 * 60 + 2 * 510);
    call(&mut spec).optional = true;
    let output = report(&spec);
    assert_eq!((table(&output).count(NodeCounter::DoneWithout), output.total.outcomes[0]), (2, 10));
    dependency(&mut spec).incidents.clear();
    dependency(&mut spec).error_rate = 1.0;
    assert_eq!(table(&report(&spec)).count(NodeCounter::DoneWithout), 10);
}

/// Three failures in a row open the breaker for ten seconds; then one call tries, and it opens again.
#[test]
fn a_breaker_belongs_to_an_environment() {
    let mut spec = base();
    spec.run.duration_s = 20.0;
    spec.sources[0].arrivals = toml::from_str("kind = \"cron\"\nevery_s = 1").expect("arrivals");
    dependency(&mut spec).error_rate = 1.0;
    call(&mut spec).breaker_failures = 3;
    call(&mut spec).breaker_open_s = 10.0;
    let counts = |spec: &ScenarioSpec| {
        let output = report(spec);
        let table = table(&output);
        (table.entered, table.count(NodeCounter::ShortCircuited), table.count(NodeCounter::BreakerOpened))
    };
    let mut checks = Checks::new();
    checks.equal("calls, kept away, opened", counts(&spec), (4, 16, 2));
    // Two at a time are two environments, and each has to learn for itself.
    spec.sources[0].arrivals = toml::from_str("kind = \"cron\"\nevery_s = 1\nrequests = 2").expect("arrivals");
    checks.equal("two environments", counts(&spec), (8, 32, 4));
    call(&mut spec).breaker_failures = 0;
    checks.equal("none", counts(&spec), (40, 0, 0));
    checks.finish();
}

/// Ten environments want a connection each, and there are five. A proxy lets them share.
#[test]
fn connections_are_held_by_environments_or_shared_by_a_proxy() {
    let mut spec = base();
    let twice = [0.0, 50.0].map(|at_s| SendSpec { at_s, requests: 10 });
    spec.sources[0].arrivals = ArrivalsSpec::Log { sends: twice.into() };
    dependency(&mut spec).max_connections = Some(5);
    let counts = |spec: &ScenarioSpec| {
        let output = report(spec);
        let table = table(&output);
        let line = table.count(NodeCounter::WaitedInLine);
        (table.exits(Exit::Delivered), table.exits(Exit::ConnectionRefused), table.count(NodeCounter::ConnectionsMax), line)
    };
    let mut checks = Checks::new();
    checks.equal("the same five each time", counts(&spec), (10, 10, 5, 0));
    // Environments that were reclaimed have given their connections back.
    spec.functions[0].reclaim = coldstart_sim::spec::ReclaimSpec::Constant { idle_life_s: 20.0 };
    checks.equal("five new ones", counts(&spec), (10, 10, 5, 0));
    spec.sources[0].arrivals = ArrivalsSpec::Log { sends: [0.0, 5.0].map(|at_s| SendSpec { at_s, requests: 5 }).into() };
    spec.functions[0].deploys = vec![coldstart_sim::spec::DeploySpec { at_s: 2.0 }];
    checks.equal("a deploy gives them back too", counts(&spec), (10, 0, 5, 0));
    spec.sources[0].arrivals = at_once(10);
    dependency(&mut spec).proxy = true;
    checks.equal("a proxy", counts(&spec), (10, 0, 0, 5));
    checks.finish();
}

/// What a success sends on reaches a function and a destination; what fails sends nothing.
#[test]
fn successes_send_on() {
    let mut spec = base();
    spec.functions[0].calls.clear();
    spec.functions[0].sends = vec!["g".to_owned(), "archive".to_owned()];
    spec.functions[0].handler.error_rate = 0.5;
    spec.sources[0].arrivals = ArrivalsSpec::Constant { per_s: 10.0 };
    let mut second = base().functions[0].clone();
    second.id = "g".to_owned();
    spec.functions.push(second);
    spec.destinations = toml::from_str::<toml::Table>("x = [{ id = \"archive\", kind = \"bucket\" }]")
        .and_then(|table| table["x"].clone().try_into())
        .expect("destinations");
    let output = report(&spec);
    let first = &output.functions[0];
    let mut checks = Checks::new();
    checks.near("half succeed", float(first.outcomes[0]), 500.0, 64.0);
    checks.equal("sent on", first.sent_on, 2 * first.outcomes[0]);
    checks.equal("the second function's invocations", output.functions[1].invocations, first.outcomes[0]);
    let kept = output.nodes.iter().find(|node| node.id == "archive").map(|node| node.exits(Exit::Kept));
    checks.equal("kept", kept, Some(first.outcomes[0]));
    checks.equal("and calls at the end of the chain", table(&output).exits(Exit::Delivered), first.outcomes[0]);
    checks.finish();
}

/// A function that sends to itself: Lambda stops after 16 rounds (facts E27), and nothing does where the guard is off.
#[test]
fn loops_are_stopped() {
    let mut spec = base();
    spec.functions[0].calls.clear();
    spec.functions[0].sends = vec!["f".to_owned()];
    spec.sources[0].arrivals = at_once(1);
    let output = report(&spec);
    assert_eq!((output.total.invocations, output.nodes[0].exits(Exit::LoopStopped)), (16, 1));
    assert_eq!((output.nodes[0].entered, output.nodes[0].count(NodeCounter::Dropped)), (16, 1));
    assert_eq!(output.outcome, RunOutcome::Completed);
    spec.functions[0].allow_loops = true;
    spec.run.max_events = 5_000;
    let output = report(&spec);
    assert!(output.outcome == RunOutcome::EventBudget && output.total.invocations > 1_000, "{:?}", output.total);
}

/// The same through a queue: what stops goes to the dead-letter queue.
#[test]
fn loops_through_a_queue_are_stopped() {
    let mut spec: ScenarioSpec = toml::from_str(
        r#"
        schema = 1
        run = { duration_s = 100 }
        functions = [{ id = "f", memory_mb = 1769, timeout_ms = 3000, reclaim = { kind = "never" },
            handler = { cpu = { kind = "constant", ms = 10 } }, sends = ["again"] }]
        sources = [{ id = "s", target = "again", arrivals = { kind = "cron", every_s = 10 } }]
        queues = [{ id = "again", dead_letter_queue = "letters" }, { id = "letters" }]
        mappings = [{ id = "m", source = "again", target = "f", batch_size = 1 }]
        "#,
    )
    .expect("a scenario");
    spec.functions[0].init = no_init();
    let output = report(&spec);
    let of = |id: &str| output.nodes.iter().find(|node| node.id == id).expect("a node");
    let mut checks = Checks::new();
    let started = output.total.invocations / 16;
    checks.equal("runs", (started, output.total.invocations), (10, 160));
    checks.equal("left the queue", (of("again").exits(Exit::Delivered), of("again").exits(Exit::LoopStopped)), (160, 10));
    checks.equal("dead letters", (of("letters").entered, of("m").exits(Exit::LoopStopped)), (10, 10));
    spec.functions[0].allow_loops = true;
    spec.run.max_events = 5_000;
    let endless = report(&spec);
    checks.holds("allowed", endless.outcome == RunOutcome::EventBudget && endless.total.invocations > 1_000, "it ends");
    checks.finish();
}

/// What a function does besides its work goes with its calls: an error of a call can be swallowed, extensions go on after the answer,
/// and a call that takes until the function's timeout loses what the environment held.
#[test]
fn calls_go_with_what_functions_do_besides() {
    let mut spec = base();
    dependency(&mut spec).error_rate = 1.0;
    spec.functions[0].behaviour.swallows_errors = true;
    let swallowed = report(&spec);
    let mut checks = Checks::new();
    checks.equal("swallowed", (swallowed.total.successes, swallowed.total.count(FunctionCounter::Swallowed)), (10, 10));
    dependency(&mut spec).error_rate = 0.0;
    spec.functions[0].behaviour.extension = ExtensionSpec::External;
    spec.functions[0].behaviour.extension_after = DistributionSpec::constant(20.0);
    let after = report(&spec);
    checks.equal("the answer does not wait", after.total.latency.max_us, 60_000);
    checks.equal("but is billed", (after.total.duration_us, after.total.billed_ms), (10 * 80_000, 10 * 80));
    spec.functions[0].behaviour.background_cpu = DistributionSpec::constant(1_000.0);
    spec.functions[0].behaviour.extension_after = DistributionSpec::constant(945.0);
    spec.functions[0].timeout_ms = 1_000;
    let stopped = report(&spec);
    checks.equal("the timeout covers extensions", (stopped.total.outcomes[3], stopped.total.duration_us), (10, 10 * 1_000_000));
    let count = |counter| stopped.total.count(counter);
    checks.equal("lost", (count(FunctionCounter::BackgroundLeft), count(FunctionCounter::BackgroundLost)), (10, 10));
    checks.finish();
}

/// What is under way at the end is run to its end; a cut run counts it up to there.
#[test]
fn the_end_waits_for_calls() {
    let mut spec = base();
    spec.run.duration_s = 10.0;
    spec.sources[0].arrivals = ArrivalsSpec::Timestamps { at_s: vec![9.9], durations_ms: Vec::new() };
    dependency(&mut spec).latency = DistributionSpec::constant(5_000.0);
    let output = recorded(&spec);
    assert_eq!((output.report.total.successes, table(&output.report).in_flight, output.report.total.duration_us), (1, 0, 5_010_000));
    assert_eq!(output.report.total.busy_env_us, 100_000, "within the measured time");
    let called = output.timeline.expect("a timeline").events.iter().filter(|e| matches!(e.kind, TimelineKind::Called { .. })).count();
    assert_eq!(called, 1);
    let scenario = crate::support::scenario(&spec);
    let mut cut = Simulation::new(&scenario, Seed(1), Default::default());
    cut.run_until(coldstart_sim::SimTime::from_s(9.95));
    let cut = cut.finish_here().report;
    assert_eq!((cut.total.invocations, table(&cut).in_flight, table(&cut).adds_up()), (1, 1, true));
}

/// What extensions were going to do after the answer is no part of a run that is cut before it.
#[test]
fn a_cut_run_leaves_out_what_extensions_had_not_begun() {
    let mut spec = base();
    dependency(&mut spec).latency = DistributionSpec::constant(5_000.0);
    spec.functions[0].behaviour.extension = ExtensionSpec::External;
    spec.functions[0].behaviour.extension_after = DistributionSpec::constant(2_000.0);
    let mut cut = Simulation::new(&crate::support::scenario(&spec), Seed(1), Default::default());
    cut.run_events(1);
    let cut = cut.finish_here().report;
    assert_eq!((cut.total.invocations, cut.total.latency.max_us, cut.total.duration_us), (1, 0, 0));
}

/// An event whose second copy is one too many for the budget is worked on all the same, and counted.
#[test]
fn what_begins_while_the_run_is_cut_is_counted() {
    let mut spec = base();
    spec.run.max_messages = 1;
    spec.sources[0].kind = SourceKindSpec::Asynchronous;
    spec.functions[0].asynchronous.duplicate_rate = 1.0;
    let cut = report(&spec);
    assert_eq!(cut.outcome, RunOutcome::MessageBudget);
    let total = &cut.total;
    assert_eq!((total.attempts, total.invocations, total.cold_starts, total.cold_by_cause[0]), (1, 1, 1, 1));
}
