//! Every example scenario is sound, runs to its end and shows what its comment promises.
#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use coldstart_sim::replicate::metrics;
use coldstart_sim::theory::{erlang_b, warm_pool_lifo};
use coldstart_sim::{
    BillLineKind, ColdCause, Exit, FunctionCounter, NodeCounter, NodeReport, Report, RunOptions, RunOutcome, ScenarioSpec, ThrottleCause,
    run, validate,
};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

fn report(name: &str) -> Report {
    let text = std::fs::read_to_string(folder().join(name)).unwrap();
    let spec: ScenarioSpec = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let valid = validate(&spec).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
    let report = run(&valid.scenario, valid.scenario.seed(), RunOptions::default()).report;
    assert_eq!(report.outcome, RunOutcome::Completed, "{name}");
    assert!(report.total.requests > 0 && report.bill.due_pd > 0, "{name}");
    report
}

fn metric(report: &Report, name: &str) -> f64 {
    metrics(report).into_iter().find(|metric| metric.name == name).unwrap().value
}

#[track_caller]
fn close(value: f64, expect: f64, by: f64) {
    assert!((value - expect).abs() <= by, "{value} is not {expect} +- {by}");
}

/// Throttled attempts of a cause.
fn throttles(report: &Report, cause: ThrottleCause) -> u64 {
    report.total.throttles[ThrottleCause::ALL.iter().position(|known| *known == cause).unwrap()]
}

#[test]
fn every_example_has_a_test_here() {
    let mut names: Vec<String> =
        std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name.ends_with(".toml"));
    names.sort();
    let expect = [
        "api-timeout",
        "asynchronous-retries",
        "background-work",
        "blocked-shard",
        "brown-out",
        "chain",
        "client-in-handler",
        "database-connections",
        "deploy",
        "extensions",
        "fifo-groups",
        "nine-am",
        "old-burst",
        "out-of-memory",
        "package-size",
        "poison-events",
        "poison-message",
        "provisioned-scaling",
        "provisioned-spillover",
        "queue-absorbs-burst",
        "replay",
        "retry-storm",
        "snap-start",
        "started-ahead",
        "swallowed-errors",
        "throttled-burst",
        "tmp-full",
        "topic-outage",
        "two-functions",
        "warm-pool-t42",
    ];
    assert_eq!(names, expect.map(|name| format!("{name}.toml")));
}

#[test]
fn warm_pool_t42() {
    let report = report("warm-pool-t42.toml");
    let exact = warm_pool_lifo(0.9, 1.991, 600.0, None).unwrap();
    close(metric(&report, "cold_share"), exact.cold_share, 0.000_15);
    close(metric(&report, "running_mean"), exact.mean_running, 0.02);
    close(metric(&report, "idle_mean"), exact.mean_idle, 0.1);
}

#[test]
fn provisioned_spillover() {
    let report = report("provisioned-spillover.toml");
    close(metric(&report, "spill_share"), erlang_b(50, 50.0), 0.01);
    close(metric(&report, "provisioned_mean"), 50.0, 1e-6);
    assert!(report.total.cold_starts > 0);
}

fn node<'a>(report: &'a Report, id: &str) -> &'a NodeReport {
    report.nodes.iter().rfind(|node| node.id == id).unwrap()
}

#[test]
fn brown_out() {
    let report = report("brown-out.toml");
    let [patient, quick] = &report.functions[..] else { panic!("two functions") };
    assert!(patient.throttled() > 500 && patient.concurrency_max == 60, "{patient:?}");
    assert_eq!((quick.throttled(), quick.outcomes[0]), (0, quick.invocations));
    let other = node(&report, "other-prices");
    assert!(other.count(NodeCounter::BreakerOpened) > 10 && other.count(NodeCounter::ShortCircuited) > 1_000, "{other:?}");
    assert!(patient.billed_ms > 2 * quick.billed_ms, "{} and {}", patient.billed_ms, quick.billed_ms);
}

#[test]
fn database_connections() {
    let report = report("database-connections.toml");
    let (direct, proxied) = (node(&report, "database"), node(&report, "behind-proxy"));
    assert_eq!((direct.exits(Exit::ConnectionRefused), direct.count(NodeCounter::ConnectionsMax)), (120, 40));
    assert_eq!((proxied.exits(Exit::Delivered), proxied.count(NodeCounter::WaitedInLine) > 60), (200, true));
    assert_eq!([report.functions[0].outcomes[1], report.functions[1].outcomes[1]], [120, 0]);
}

#[test]
fn chain() {
    let report = report("chain.toml");
    let [checkout, worker] = &report.functions[..] else { panic!("two functions") };
    // What ends after the run sends nothing on.
    assert!(checkout.outcomes[0] == checkout.invocations && checkout.invocations - checkout.sent_on <= 1, "{checkout:?}");
    let failed = node(&report, "orders").exits(Exit::CallFailed);
    assert!(failed > 1_000 && worker.outcomes[1] == failed, "{failed}");
    let queue = node(&report, "worker");
    assert_eq!((queue.exits(Exit::RetriesExhausted), node(&report, "dead-letters").entered), (0, 0));
    assert!(queue.age.max_us > 170_000_000, "the unluckiest waited for three minutes");
}

#[test]
fn provisioned_scaling() {
    let report = report("provisioned-scaling.toml");
    let [tracked, scheduled] = &report.functions[..] else { panic!("two functions") };
    assert!(tracked.spilled() > 5_000 && scheduled.spilled() < tracked.spilled() / 20, "{} and {}", tracked.spilled(), scheduled.spilled());
    assert!(tracked.scale_outs >= 2 && tracked.scale_ins >= 1 && scheduled.scale_ins >= 1, "{tracked:?}");
    assert!(scheduled.provisioned_unit_us > tracked.provisioned_unit_us, "knowing is paid for");
    let noticed = report.minutes.iter().filter(|row| row.minute >= 10).position(|row| row.provisioned_ready > 4 + 40).unwrap();
    assert!((3..=6).contains(&noticed), "{noticed} minutes");
}

#[test]
fn throttled_burst() {
    let report = report("throttled-burst.toml");
    assert!(throttles(&report, ThrottleCause::ReservedConcurrency) > 1_000);
    assert_eq!(report.total.concurrency_max, 20);
    close(metric(&report, "success_share"), 1.0, 0.05);
}

#[test]
fn nine_am() {
    let report = report("nine-am.toml");
    let (before, nine) = (&report.minutes[..30], &report.minutes[30]);
    let before: u64 = before.iter().map(|row| row.cold_starts).sum();
    assert!(nine.cold_starts > 100 && nine.cold_starts > 10 * before, "{before} cold starts before nine, then {nine:?}");
    assert!(nine.p99_us > 2_000_000 && report.minutes[35].p99_us < 1_000_000, "{nine:?}");
}

#[test]
fn replay() {
    let report = report("replay.toml");
    assert_eq!((report.total.environments_started, report.total.cold_starts, report.total.warm_starts), (6, 6, 4));
}

#[test]
fn retry_storm() {
    let report = report("retry-storm.toml");
    assert!(report.total.attempts > 2 * report.total.requests, "{} attempts for {} requests", report.total.attempts, report.total.requests);
    assert!(report.total.requests_lost_to_throttles > 0);
}

#[test]
fn deploy() {
    let report = report("deploy.toml");
    assert!(report.total.cold_by_cause[ColdCause::Deploy as usize] >= 5, "{:?}", report.total.cold_by_cause);
}

#[test]
fn old_burst() {
    let report = report("old-burst.toml");
    let [shop, reports] = &report.functions[..] else { panic!("two functions") };
    assert_eq!((shop.throttled(), shop.environments_started), (0, 2_500), "and those of the first crowd serve the second");
    // Of the burst 500 were left, and a second brought eight more; two minutes later there is room again.
    assert_eq!((throttles(&report, ThrottleCause::ScalingRate), reports.throttled()), (992, 992));
    assert_eq!(reports.environments_started, 508);
    let billed = |kind| report.bill.lines.iter().filter(move |line| line.kind == kind);
    assert_eq!(billed(BillLineKind::Init).count(), 0, "INIT was free");
    assert_eq!(reports.billed_ms, u128::from(reports.invocations) * 200);
}

#[test]
fn two_functions() {
    let report = report("two-functions.toml");
    let [api, batch] = &report.functions[..] else { panic!("two functions") };
    assert!(api.throttled() > 0 && batch.throttled() > 0);
    assert_eq!(report.total.concurrency_max, 120);
}

#[test]
fn asynchronous_retries() {
    let report = report("asynchronous-retries.toml");
    let [by_event, by_call] = &report.functions[..] else { panic!("two functions") };
    let [queue, dead_letters] = &report.nodes[..] else { panic!("a queue and a destination") };
    let share = |part: u64, whole: u64| part as f64 / whole as f64;
    close(share(by_call.requests_lost_to_errors, by_call.requests), 0.3, 0.03);
    // 0.3 cubed fail three times; those of the last three minutes are still in the queue.
    close(share(dead_letters.exits(Exit::Kept), queue.entered), 0.027, 0.01);
    close(share(by_event.invocations, by_event.requests), 1.0 + 0.3 + 0.09, 0.06);
    assert!(by_event.latency.count == 0 && queue.age.max_us > 180_000_000, "{queue:?}");
}

#[test]
fn poison_events() {
    let report = report("poison-events.toml");
    let [queue, dead_letters] = &report.nodes[..] else { panic!("a queue and a destination") };
    let poisonous = dead_letters.exits(Exit::Kept);
    close(poisonous as f64 / queue.entered as f64, 0.02, 0.006);
    // Nothing comes in the last five minutes, so every retry has been made.
    assert_eq!((queue.in_flight, report.total.invocations), (0, queue.entered + 2 * poisonous));
    assert_eq!(queue.exits(Exit::Delivered) + poisonous, queue.entered);
}

#[test]
fn api_timeout() {
    let report = report("api-timeout.toml");
    let [patient, hasty] = &report.functions[..] else { panic!("two functions") };
    let [api, app] = &report.nodes[..] else { panic!("two front doors") };
    let share = |part: u64, whole: u64| part as f64 / whole as f64;
    // One in 25 takes 40 s, and one in a hundred something between: nearly all of these pass the 29 s.
    close(share(api.answers(504), api.entered), 0.043, 0.015);
    assert_eq!((api.count(NodeCounter::RanOn), api.count(NodeCounter::Attempts)), (api.answers(504), api.entered));
    // Those who left at 3 s tried again at once, and nearly all were lucky the second time.
    assert!(app.count(NodeCounter::RanOn) > 90 && app.exits(Exit::Abandoned) <= 2, "{app:?}");
    assert!(app.answers(504) == 0 && app.age.max_us < 7_000_000, "{app:?}");
    // What ran for nobody is most of the bill of both.
    let useful_ms = 150 * u128::from(hasty.requests);
    assert!(patient.billed_ms > 5 * useful_ms && hasty.billed_ms > 5 * useful_ms, "{} and {}", patient.billed_ms, hasty.billed_ms);
}

#[test]
fn topic_outage() {
    let report = report("topic-outage.toml");
    let of = |id: &str| report.nodes.iter().find(|node| node.id == id).unwrap();
    let (topic, bus, rule) = (of("topic"), of("bus"), of("hasty-rule"));
    assert!(topic.failed() == 0 && topic.in_flight == 0 && topic.age.max_us < 625_000_000, "{topic:?}");
    assert!(bus.failed() == 0 && bus.age.max_us > 700_000_000, "{bus:?}");
    // Some two seconds of retries bridge nothing of ten minutes.
    close(rule.exits(Exit::RetriesExhausted) as f64, 600.0, 100.0);
    assert_eq!(of("undelivered").exits(Exit::Kept), rule.failed());
}

#[test]
fn out_of_memory() {
    let report = report("out-of-memory.toml");
    let [small, large] = &report.functions[..] else { panic!("two functions") };
    let killed = |f: &coldstart_sim::FunctionReport| f.count(FunctionCounter::OutOfMemory) as f64 / f.invocations as f64;
    // One in (256 - 96) / 4 + 2, one in (1,024 - 96) / 4 + 2; environments that are few and young are killed less often.
    close(killed(small), 1.0 / 42.0, 0.002);
    close(killed(large), 1.0 / 234.0, 0.002);
    assert!(small.count(FunctionCounter::RepeatedInits) > 60 && small.environments_ended == 0, "{small:?}");
}

#[test]
fn swallowed_errors() {
    let report = report("swallowed-errors.toml");
    let [raises, swallows] = &report.functions[..] else { panic!("two functions") };
    let dead = report.nodes.iter().find(|node| node.id == "dead-letters").unwrap();
    assert!(dead.entered > 0 && raises.outcomes[1] > 500, "{raises:?}");
    assert_eq!((swallows.outcomes[1], swallows.successes), (0, swallows.requests));
    close(swallows.count(FunctionCounter::Swallowed) as f64 / swallows.requests as f64, 0.1, 0.015);
    assert!(raises.invocations > swallows.invocations);
}

#[test]
fn tmp_full() {
    let report = report("tmp-full.toml");
    // Seventeen times 30 MB fit into 512, in the first environment and in the one after the deploy.
    assert_eq!((report.total.successes, report.total.count(FunctionCounter::TmpFull)), (34, 566));
}

#[test]
fn client_in_handler() {
    let report = report("client-in-handler.toml");
    let [once, each] = &report.functions[..] else { panic!("two functions") };
    close(each.latency.quantile_us(0.5) as f64 - once.latency.quantile_us(0.5) as f64, 80_000.0, 500.0);
    assert!(each.billed_ms > 3 * once.billed_ms, "{} ms and {} ms", each.billed_ms, once.billed_ms);
}

#[test]
fn background_work() {
    let report = report("background-work.toml");
    let count = |counter| report.total.count(counter);
    let [left, lost] = [FunctionCounter::BackgroundLeft, FunctionCounter::BackgroundLost].map(count);
    assert!(left > 6_500 && lost > 0 && lost < 30, "{left} left, {lost} lost");
    assert!(count(FunctionCounter::BackgroundDone) > 6_000);
    // 10 ms of processor time in turns with the work, at 0.29 vCPU.
    close(report.total.duration.quantile_us(0.5) as f64, 30_000.0 + 2.0 * 10_000.0 * 1_769.0 / 512.0, 200.0);
}

#[test]
fn extensions() {
    let report = report("extensions.toml");
    let [bare, observed] = &report.functions[..] else { panic!("two functions") };
    close(observed.latency.quantile_us(0.5) as f64, bare.latency.quantile_us(0.5) as f64, 500.0);
    close(observed.duration.mean_us() - bare.duration.mean_us(), 30_000.0, 500.0);
    assert!(observed.busy_env_us > bare.busy_env_us * 14 / 10 && observed.init.min_us > 200_000);
    assert_eq!(observed.count(FunctionCounter::ShutdownKills), 0);
}

#[test]
fn snap_start() {
    let report = report("snap-start.toml");
    let [plain, java, python] = &report.functions[..] else { panic!("three functions") };
    assert!(plain.init.quantile_us(0.5) > 5_000_000 && java.init.quantile_us(0.5) < 900_000);
    assert_eq!(java.count(FunctionCounter::Restores), java.cold_starts);
    let snapshots = |id: &str| {
        let is_snapshot = |kind| matches!(kind, BillLineKind::SnapshotCache | BillLineKind::SnapshotRestore);
        report.bill.lines.iter().filter(|line| line.function == id && is_snapshot(line.kind)).count()
    };
    assert_eq!((snapshots("plain"), snapshots("snapped"), snapshots("snapped-python")), (0, 0, 2));
    assert!(python.cold_starts > 0 && java.billed_ms < plain.billed_ms);
}

#[test]
fn started_ahead() {
    let report = report("started-ahead.toml");
    let ahead = report.total.count(FunctionCounter::ProactiveInits);
    assert_eq!(report.total.cold_starts + ahead, report.total.environments_started);
    close(ahead as f64 / report.total.environments_started as f64, 0.6, 0.15);
}

#[test]
fn package_size() {
    let report = report("package-size.toml");
    let wait_s = |id: &str| report.functions.iter().find(|f| f.id == id).unwrap().latency.quantile_us(0.5) as f64 / 1e6;
    close(wait_s("large-zip") - wait_s("small-zip"), 34.0 * 0.103, 0.1);
    close(wait_s("layered-zip"), wait_s("large-zip"), 0.1);
    assert!(wait_s("image") < 1.0 && wait_s("old-vpc") > 8.0);
}

#[test]
fn poison_message() {
    let report = report("poison-message.toml");
    let [whole, in_part] = ["whole", "in-part"].map(|id| node(&report, id));
    let dead_of_part = node(&report, "dead-of-part").entered;
    // What was in flight at the end aside, one message in five hundred is bad.
    close(dead_of_part as f64 / in_part.entered as f64, 0.002, 0.001);
    let repeats = |id: &str, queue: &NodeReport| (node(&report, id).entered - queue.entered) as f64 / queue.entered as f64;
    let [as_a_whole, in_part] = [repeats("all-or-nothing", whole), repeats("partial", in_part)];
    close(in_part, 0.008, 0.003);
    assert!(as_a_whole > 5.0 * in_part, "{as_a_whole} against {in_part}");
    assert!(node(&report, "dead-of-whole").entered > dead_of_part);
}

#[test]
fn queue_absorbs_burst() {
    let report = report("queue-absorbs-burst.toml");
    let [by_queue, by_call] = &report.functions[..] else { panic!("two functions") };
    assert_eq!((by_queue.throttled(), by_call.throttled()), (0, 1_990));
    let orders = node(&report, "orders");
    assert_eq!((orders.exits(Exit::Delivered), by_queue.concurrency_max), (2_000, 10));
    // 200 batches of ten, ten at once, a second each; INIT comes on top.
    close(orders.age.max_us as f64 / 1e6, 20.0, 1.5);
}

#[test]
fn fifo_groups() {
    let report = report("fifo-groups.toml");
    let [slow, fast] = &report.functions[..] else { panic!("two functions") };
    assert_eq!(slow.concurrency_max, 3);
    assert!(fast.concurrency_max > 8, "{}", fast.concurrency_max);
    // Six a second is what three groups can do with half a second each.
    assert!(node(&report, "few").in_flight > 1_000 && node(&report, "many").in_flight < 30);
}

#[test]
fn blocked_shard() {
    let report = report("blocked-shard.toml");
    let [defaults, bounded] = ["defaults", "bounded"].map(|id| node(&report, id));
    assert_eq!((defaults.entered, bounded.entered), (node(&report, "clicks").entered, node(&report, "clicks").entered));
    // Both shards stand still before long; nothing fails, and nothing gets on.
    assert!(defaults.failed() == 0 && defaults.in_flight * 2 > defaults.entered, "{defaults:?}");
    assert!(defaults.iterator_age_max_us > 1_800_000_000, "{}", defaults.iterator_age_max_us);
    let bad = bounded.exits(Exit::RetriesExhausted);
    assert!(bad > 3 && bounded.exits(Exit::Delivered) + bad + bounded.in_flight == bounded.entered && bounded.in_flight < 200);
    assert_eq!(node(&report, "bad-records").entered, bad);
    close(bad as f64 / bounded.entered as f64, 0.000_2, 0.000_15);
    assert!(bounded.iterator_age_max_us < 600_000_000, "{}", bounded.iterator_age_max_us);
}
