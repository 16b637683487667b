//! What functions do besides their work: each switch moves the counter that it names, by as much as the rule says.

use crate::support::{Checks, dollars, float, no_init, recorded, report, spec};
use coldstart_sim::spec::{
    ArrivalsSpec, BehaviourSpec, DeploySpec, DistributionSpec, ExtensionSpec, PackageSpec, ProvisionedSpec, ReclaimSpec, ScenarioSpec,
    VpcSpec,
};
use coldstart_sim::{AttemptResult, BillLineKind, Exit, FunctionCounter, FunctionReport, Outcome, Report};

/// A hundred requests, one a second, all to one environment, each of 10 ms of processor time and 90 ms of waiting at one full vCPU.
fn hundred(set: impl FnOnce(&mut BehaviourSpec)) -> ScenarioSpec {
    let mut spec = spec("ground-truth-pool");
    spec.run.duration_s = 100.0;
    spec.sources[0].arrivals = ArrivalsSpec::Constant { per_s: 1.0 };
    let function = &mut spec.functions[0];
    (function.memory_mb, function.handler.max_memory_used_mb) = (1_769, 64);
    function.handler.cpu = DistributionSpec::constant(10.0);
    function.handler.wait = DistributionSpec::constant(90.0);
    set(&mut function.behaviour);
    spec
}

fn ms(ms: f64) -> DistributionSpec {
    DistributionSpec::constant(ms)
}

fn total(spec: &ScenarioSpec) -> FunctionReport {
    report(spec).total
}

/// Sum of durations in milliseconds.
fn duration_ms(f: &FunctionReport) -> f64 {
    float(f.duration_us) / 1e3
}

/// The same requests half a minute apart, so that every environment is gone before the next.
fn always_cold(mut spec: ScenarioSpec) -> ScenarioSpec {
    spec.run.duration_s = 3_000.0;
    spec.sources[0].arrivals = ArrivalsSpec::Constant { per_s: 1.0 / 30.0 };
    spec.functions[0].reclaim = no_idle_life();
    spec
}

fn bill_pd(report: &Report, kind: BillLineKind) -> i128 {
    report.bill.lines.iter().filter(|line| line.kind == kind).map(|line| line.due_pd).sum()
}

#[test]
fn swallowed_errors_become_successes() {
    let with = |swallows_errors| {
        let mut spec = hundred(|own| own.swallows_errors = swallows_errors);
        spec.functions[0].handler.error_rate = 0.3;
        total(&spec)
    };
    let (open, swallowed) = (with(false), with(true));
    let errors = open.outcomes[Outcome::Error as usize];
    let mut checks = Checks::new();
    checks.near("errors in a hundred", float(errors), 30.0, 15.0);
    checks.equal("all of them are swallowed", swallowed.count(FunctionCounter::Swallowed), errors);
    checks.equal("and none is seen", (swallowed.outcomes[Outcome::Error as usize], swallowed.successes), (0, 100));
    checks.equal("which costs the same", swallowed.billed_ms, open.billed_ms);
    checks.finish();
}

/// Fact G16: neither a retry nor the dead-letter queue hears of it.
#[test]
fn swallowed_errors_never_reach_the_dead_letter_queue() {
    let mut spec = spec("t43");
    spec.functions[0].behaviour.swallows_errors = true;
    let report = report(&spec);
    let mut checks = Checks::new();
    checks.equal("one attempt where there were three", report.total.invocations, 1);
    checks.equal("delivered", report.nodes[0].exits(Exit::Delivered), 1);
    checks.equal("dead-lettered", report.nodes[1].entered, 0);
    checks.finish();
}

/// 64 MB, and 8 more at each invocation, in 128: nine fit, the tenth is killed and repeats INIT at the next.
#[test]
fn a_leak_runs_out_of_memory_at_every_tenth_invocation() {
    let with = |memory_mb| {
        let mut spec = hundred(|own| own.leaked_mb = 8);
        spec.functions[0].memory_mb = memory_mb;
        spec.functions[0].handler.cpu = ms(0.0);
        spec.functions[0].init.code = ms(500.0);
        spec
    };
    let (small, large) = (total(&with(128)), total(&with(1_024)));
    let mut checks = Checks::new();
    checks.equal("out of memory", small.count(FunctionCounter::OutOfMemory), 10);
    checks.equal("they are crashes", small.outcomes[Outcome::Crash as usize], 10);
    checks.equal("repeated INITs; the last crash has no next one", small.count(FunctionCounter::RepeatedInits), 9);
    checks.near("which are in the duration", duration_ms(&small) - duration_ms(&large), 9.0 * 500.0, 0.0);
    checks.equal("no environment was lost", (small.cold_starts, small.environments_ended), (1, 0));
    checks.equal("with 1,024 MB", large.count(FunctionCounter::OutOfMemory), 0);
    let used: Vec<u32> = recorded(&with(128)).timeline.expect("a timeline").attempts.iter().map(used_mb).collect();
    checks.equal("Max Memory Used", &used[..12], &[64, 72, 80, 88, 96, 104, 112, 120, 128, 128, 64, 72]);
    checks.finish();
}

fn used_mb(attempt: &coldstart_sim::AttemptRecord) -> u32 {
    match attempt.result {
        AttemptResult::Ran { details, .. } => details.memory_used_mb,
        AttemptResult::Throttled { .. } => 0,
    }
}

#[test]
fn large_requests_are_killed_unless_they_fit() {
    let with = |memory_mb| {
        let mut spec = hundred(|own| (own.large_request_rate, own.large_request_mb) = (0.1, 400));
        spec.functions[0].memory_mb = memory_mb;
        total(&spec)
    };
    let (small, large) = (with(463), with(464));
    let mut checks = Checks::new();
    checks.near("a tenth", float(small.count(FunctionCounter::OutOfMemory)), 10.0, 9.0);
    checks.equal("one MB more", large.count(FunctionCounter::OutOfMemory), 0);
    checks.finish();
}

/// Five times 100 MB fit into 512; nothing empties the folder but the end of the environment.
#[test]
fn files_fill_tmp_and_then_every_invocation_fails() {
    let files = |set: fn(&mut ScenarioSpec)| {
        let mut spec = hundred(|own| own.tmp_left_mb = 100);
        set(&mut spec);
        report(&spec)
    };
    let full = |report: &Report| report.total.count(FunctionCounter::TmpFull);
    let (small, large) = (files(|_| ()), files(|spec| spec.functions[0].tmp_mb = 10_240));
    let mut checks = Checks::new();
    checks.equal("all but five", (full(&small), small.total.outcomes[Outcome::Error as usize]), (95, 95));
    checks.equal("a larger folder holds them", full(&large), 0);
    checks.holds("and costs", bill_pd(&large, BillLineKind::TemporaryStorage) > 0, "/tmp above 512 MB");
    checks.equal("new environments are empty", full(&files(|spec| spec.functions[0].reclaim = no_idle_life())), 0);
    let crashing = files(|spec| spec.functions[0].handler.crash_rate = 1.0);
    checks.equal("crashes come first, and leave their files", (full(&crashing), crashing.total.outcomes[2]), (0, 100));
    checks.finish();
}

fn no_idle_life() -> ReclaimSpec {
    ReclaimSpec::Constant { idle_life_s: 0.5 }
}

#[test]
fn clients_made_in_the_handler_cost_every_invocation() {
    let with = |client_in_handler| {
        total(&hundred(|own| {
            own.client = ms(50.0);
            own.client_in_handler = client_in_handler;
        }))
    };
    let (once, each) = (with(false), with(true));
    let mut checks = Checks::new();
    checks.near("durations", duration_ms(&each) - duration_ms(&once), 100.0 * 50.0, 0.0);
    checks.equal("INIT", (once.init.max_us, each.init.max_us), (50_000, 0));
    checks.equal("billed", each.billed_ms - once.billed_ms, 100 * 50 - 50);
    checks.finish();
}

/// Facts C8, C9: 20 ms of work are left behind each time. The next handler's 10 ms of processor time take turns with half of it, and
/// the rest is done while it waits.
#[test]
fn background_work_goes_on_in_the_next_invocation() {
    let spec = hundred(|own| own.background_cpu = ms(20.0));
    let (plain, busy, gone) = (total(&hundred(|_| ())), total(&spec), total(&always_cold(spec.clone())));
    let of = |f: &FunctionReport| {
        let names = [
            FunctionCounter::BackgroundLeft,
            FunctionCounter::BackgroundResumed,
            FunctionCounter::BackgroundDone,
            FunctionCounter::BackgroundLost,
            FunctionCounter::BackgroundFrozen,
        ];
        names.map(|counter| f.count(counter))
    };
    let mut checks = Checks::new();
    checks.equal("left, resumed, done, lost, frozen", of(&busy), [100, 99, 99, 0, 1]);
    checks.near("the next invocation is slower", duration_ms(&busy) - duration_ms(&plain), 99.0 * 10.0, 0.0);
    checks.equal("reclaimed environments take it along", of(&gone), [100, 0, 0, 100, 0]);
    let mut crashing = spec;
    crashing.functions[0].timeout_ms = 1_000;
    crashing.functions[0].handler.wait = ms(2_000.0);
    checks.equal("a handler that never returns leaves nothing", of(&total(&crashing)), [0; 5]);
    checks.finish();
}

/// Facts C1, C7, D7.
#[test]
fn extensions_cost_init_time_billed_time_and_memory() {
    let spec = hundred(|own| {
        own.extension = ExtensionSpec::External;
        (own.extension_init, own.extension_after, own.extension_mb) = (ms(100.0), ms(30.0), 200);
    });
    let (plain, extended) = (total(&hundred(|_| ())), total(&spec));
    let mut checks = Checks::new();
    checks.equal("INIT", extended.init.max_us, 100_000);
    checks.near("Duration", duration_ms(&extended) - duration_ms(&plain), 100.0 * 30.0, 0.0);
    checks.equal("billed", extended.billed_ms - plain.billed_ms, 100 * 30 + 100);
    checks.equal("the caller does not wait for them", extended.latency.sum_us - plain.latency.sum_us, 100_000);
    checks.equal("the environment does", extended.busy_env_us - plain.busy_env_us, 100 * 30_000 + 100_000);
    let mut small = spec.clone();
    small.functions[0].memory_mb = 256;
    checks.equal("their memory is the function's", total(&small).count(FunctionCounter::OutOfMemory), 100);
    let mut short = spec;
    (short.functions[0].timeout_ms, short.functions[0].handler.wait) = (1_000, ms(980.0));
    checks.equal("the timeout covers them", total(&short).outcomes[Outcome::Timeout as usize], 100);
    checks.finish();
}

/// Provisioned units run the INIT of clients and extensions as well, before anybody needs them.
#[test]
fn provisioned_units_make_clients_and_start_extensions_too() {
    let with = |set: fn(&mut BehaviourSpec)| {
        let mut spec = hundred(set);
        spec.functions[0].provisioned = vec![ProvisionedSpec {
            units: 4,
            from_s: 0.0,
            until_s: None,
            ready_at_start: true,
            preparation_s: 0.0,
            bound_to: Default::default(),
        }];
        report(&spec)
    };
    let plain = with(|own| own.leaked_mb = 1);
    let extended = with(|own| {
        (own.leaked_mb, own.extension) = (1, ExtensionSpec::Internal);
        (own.client, own.extension_init) = (ms(40.0), ms(60.0));
    });
    let billed = |report: &Report| dollars(bill_pd(report, BillLineKind::ProvisionedDuration));
    let price = 1_769.0 / 1_024.0 * 0.000_009_722_2;
    let mut checks = Checks::new();
    checks.near("four times 100 ms", (billed(&extended) - billed(&plain)) / price, 0.4, 1e-4);
    checks.equal("no request waits", extended.total.latency.sum_us, plain.total.latency.sum_us);
    checks.finish();
}

#[test]
fn extensions_that_shut_down_too_slowly_are_killed() {
    let kills = |extension, shutdown_ms| {
        let spec = always_cold(hundred(|own| (own.extension, own.extension_shutdown) = (extension, ms(shutdown_ms))));
        total(&spec).count(FunctionCounter::ShutdownKills)
    };
    let mut checks = Checks::new();
    for (name, extension, limit) in [("internal", ExtensionSpec::Internal, 500.0), ("external", ExtensionSpec::External, 2_000.0)] {
        checks.equal(name, (kills(extension, limit), kills(extension, limit + 1.0)), (0, 100));
    }
    checks.equal("without any, nothing is shut down", kills(ExtensionSpec::None, 9_000.0), 0);
    checks.finish();
}

fn snap_start(runtime: &str) -> ScenarioSpec {
    let mut spec = always_cold(hundred(|own| {
        own.snap_start = true;
        (own.restore, own.after_restore) = (ms(400.0), ms(99.5));
    }));
    runtime.clone_into(&mut spec.functions[0].init.runtime);
    spec.functions[0].init.code = ms(3_000.0);
    spec
}

/// Facts D6, F1, F3: each of a hundred cold starts waits for the restore and not for INIT; of the restore only the end is billed.
#[test]
fn snapshots_are_restored_instead_of_init() {
    let spec = snap_start("python3.12");
    let (python, java) = (report(&spec), report(&snap_start("java21")));
    let mut checks = Checks::new();
    let f = &python.total;
    checks.equal("cold starts, all restored", (f.cold_starts, f.count(FunctionCounter::Restores)), (100, 100));
    checks.equal("each waits", (f.init.min_us, f.init.max_us), (499_500, 499_500));
    checks.equal("billed: 100 ms and 100 ms of what comes after the restore", f.billed_ms, 100 * 200);
    // 1,769 MB for three hours at least, and a hundred times.
    let gb = 1_769.0 / 1_024.0;
    checks.near("cache", dollars(bill_pd(&python, BillLineKind::SnapshotCache)), gb * 10_800.0 * 0.000_001_504_6, 1e-9);
    checks.near("restores", dollars(bill_pd(&python, BillLineKind::SnapshotRestore)), gb * 100.0 * 0.000_139_799_8, 1e-9);
    let snapshots = bill_pd(&java, BillLineKind::SnapshotCache) + bill_pd(&java, BillLineKind::SnapshotRestore);
    checks.equal("Java pays for neither", (java.total.count(FunctionCounter::Restores), snapshots), (100, 0));
    let mut without = spec;
    without.functions[0].behaviour.snap_start = false;
    checks.holds("without it each waits for INIT", total(&without).init.min_us > 3_000_000, "more than 3 s");
    checks.finish();
}

#[test]
fn publishing_a_version_runs_its_init_and_takes_a_snapshot() {
    let mut spec = snap_start("python3.12");
    let before = report(&spec);
    spec.functions[0].deploys = vec![DeploySpec { at_s: 40.5 }];
    let after = report(&spec);
    let mut checks = Checks::new();
    checks.equal("snapshots", after.total.count(FunctionCounter::SnapshotsTaken), 1);
    let cache = |report| dollars(bill_pd(report, BillLineKind::SnapshotCache));
    checks.near("two versions are kept", cache(&after), 2.0 * cache(&before), 1e-9);
    let init = |report| dollars(bill_pd(report, BillLineKind::Init));
    let published = (init(&after) - init(&before)) / (1_769.0 / 1_024.0 * 0.000_016_666_7);
    checks.holds("its INIT is billed", (3.06..3.2).contains(&published), &format!("{published} s"));
    checks.finish();
}

/// Fact C6.
#[test]
fn a_restore_past_ten_seconds_fails() {
    let mut spec = snap_start("java21");
    spec.functions[0].behaviour.restore = ms(10_000.0);
    let f = total(&spec);
    let mut checks = Checks::new();
    checks.holds("late restores", f.count(FunctionCounter::RestoreTimeouts) > 0, "at least one");
    checks.equal("each fails its request", f.outcomes[Outcome::Crash as usize], f.count(FunctionCounter::RestoreTimeouts));
    checks.equal("after ten seconds", f.init.max_us, 10_000_000);
    checks.finish();
}

/// Fact C20: the same environments, the same bill, and only the first request, before which nothing can lie, waits.
#[test]
fn environments_started_ahead_are_waited_for_by_nobody() {
    let with = |share| {
        let mut spec = always_cold(hundred(|own| (own.proactive_share, own.proactive_lead) = (share, ms(600.0))));
        spec.functions[0].init.code = ms(300.0);
        spec
    };
    let (never, always) = (total(&with(0.0)), total(&with(1.0)));
    let mut checks = Checks::new();
    checks.equal("cold starts", (never.cold_starts, always.cold_starts), (100, 1));
    checks.equal("started ahead", always.count(FunctionCounter::ProactiveInits), 99);
    checks.equal("environments", always.environments_started, never.environments_started);
    checks.equal("billed", always.billed_ms, never.billed_ms);
    checks.equal("nobody waits", never.latency.sum_us - always.latency.sum_us, 99 * 300_000);
    checks.finish();
}

/// Fact O3: 0.1 s for each megabyte in 2021.
#[test]
fn zips_take_longer_the_larger_they_are_and_layers_are_part_of_them() {
    let with = |package_mb, layers_mb: &[u32], package| {
        let mut spec = always_cold(hundred(|own| (own.package_mb, own.layers_mb) = (package_mb, layers_mb.to_vec())));
        spec.functions[0].init.package = package;
        recorded(&spec)
    };
    let latency_us = |package_mb| with(package_mb, &[], PackageSpec::Zip).report.total.latency.sum_us;
    let mut checks = Checks::new();
    checks.equal("35 MB", latency_us(35) - latency_us(0), 100 * 35 * 103_000);
    let digest = |package_mb, layers: &[u32], package| with(package_mb, layers, package).digest.map(|digest| digest.to_string());
    let zip = PackageSpec::Zip;
    checks.equal("the same bytes in layers", digest(35, &[], zip), digest(5, &[10, 20], zip));
    checks.equal("images load as they are read", digest(0, &[], PackageSpec::Image), digest(9_000, &[], PackageSpec::Image));
    checks.finish();
}

#[test]
fn a_vpc_costs_cold_starts_nothing_since_interfaces_are_shared() {
    let with = |vpc| recorded(&always_cold(hundred(|own| own.vpc = vpc)));
    let (none, shared, own) = (with(VpcSpec::None), with(VpcSpec::SharedInterfaces), with(VpcSpec::OwnInterfaces));
    let mut checks = Checks::new();
    checks.equal("shared", shared.digest.map(|d| d.to_string()), none.digest.map(|d| d.to_string()));
    let f = &own.report.total;
    let waited_s = (f.latency.mean_us() - none.report.total.latency.mean_us()) / 1e6;
    checks.near("one of its own, seconds", waited_s, 9.0, 0.5);
    checks.equal("which is not billed", f.billed_ms, none.report.total.billed_ms);
    checks.finish();
}

/// Fact C10, on the plain path too.
#[test]
fn a_crash_has_the_next_invocation_repeat_init() {
    let mut spec = hundred(|_| ());
    spec.functions[0].handler.crash_rate = 1.0;
    spec.functions[0].init = coldstart_sim::spec::InitSpec { code: ms(200.0), ..no_init() };
    let f = total(&spec);
    let mut checks = Checks::new();
    checks.equal("repeated INITs", (f.cold_starts, f.count(FunctionCounter::RepeatedInits)), (1, 99));
    checks.near("inside the Duration", duration_ms(&f), 100.0 * 100.0 + 99.0 * 200.0, 0.0);
    checks.equal("Init Duration once", f.init.count, 1);
    checks.finish();
}
