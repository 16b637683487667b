//! Worked cases of the developer guide: concurrency, limits, reserved and provisioned concurrency, loss.

use crate::support::{Checks, float, mean_over, measured_s, over_seeds, recorded, report, spec};
use coldstart_sim::spec::{FunctionSpec, ProvisionedSpec};
use coldstart_sim::{AttemptResult, FunctionReport, Report, ScenarioSpec, ThrottleCause, TimelineKind, validate};

/// Throttles of one cause.
fn throttles(function: &FunctionReport, cause: ThrottleCause) -> u64 {
    let place = ThrottleCause::ALL.iter().position(|c| *c == cause).expect("invariant: ALL holds every cause");
    function.throttles[place]
}

fn function<'a>(report: &'a Report, id: &str) -> &'a FunctionReport {
    report.functions.iter().find(|f| f.id == id).unwrap_or_else(|| panic!("no function {id}"))
}

#[test]
fn t20_concurrency_is_rate_times_duration() {
    let report = report(&spec("t20"));
    let mut checks = Checks::new();
    for (id, want) in [("a", 100_u32), ("b", 50), ("c", 50)] {
        let function = function(&report, id);
        checks.equal(&format!("{id} most at once"), function.concurrency_max, want);
        checks.near(&format!("{id} mean"), mean_over(&report, function.busy_env_us), f64::from(want), 0.5);
    }
    checks.finish();
}

#[test]
fn t21_five_thousand_requests_per_second() {
    let report = report(&spec("t21"));
    let mut checks = Checks::new();
    checks.equal("most at once", report.total.concurrency_max, 1_000);
    checks.near("mean", mean_over(&report, report.total.busy_env_us), 1_000.0, 7.0);
    checks.equal("throttled", report.total.throttled(), 0);
    checks.finish();
}

/// The request rate quota: accepted and throttled per second at one limit, and that a higher limit lets everything through.
fn check_request_rate(name: &str, offered_per_s: f64, enough: u32) {
    let mut at_limit = spec(name);
    let quota_per_s = 10.0 * f64::from(at_limit.account.concurrency_limit);
    let report_at_limit = report(&at_limit);
    let seconds = measured_s(&report_at_limit);
    let mut checks = Checks::new();
    checks.near("accepted per second", float(report_at_limit.total.invocations) / seconds, quota_per_s, quota_per_s * 1e-3);
    checks.near(
        "throttled per second",
        float(throttles(&report_at_limit.total, ThrottleCause::AccountRequestRate)) / seconds,
        offered_per_s - quota_per_s,
        quota_per_s * 1e-3,
    );
    at_limit.account.concurrency_limit = enough;
    checks.equal(&format!("throttled with a limit of {enough}"), report(&at_limit).total.throttled(), 0);
    at_limit.account.concurrency_limit = enough - enough / 20;
    let short = report(&at_limit).total.throttled();
    checks.holds("throttled with 5 % less than that", short > 0, &short.to_string());
    checks.finish();
}

#[test]
fn t22_request_rate_at_50_ms() {
    check_request_rate("t22", 20_000.0, 2_000);
}

#[test]
fn t23_request_rate_at_20_ms() {
    check_request_rate("t23", 30_000.0, 3_000);
}

#[test]
fn t24_ten_request_diagram() {
    let output = recorded(&spec("t24"));
    let total = &output.report.total;
    let mut checks = Checks::new();
    checks.equal("environments", total.environments_started, 6);
    checks.equal("cold", total.cold_starts, 6);
    checks.equal("warm", total.warm_starts, 4);
    let mut environments: Vec<(u64, u32)> = Vec::new();
    for attempt in &output.timeline.expect("a timeline").attempts {
        if let AttemptResult::Ran { environment, .. } = attempt.result {
            environments.push((attempt.request, environment));
        }
    }
    environments.sort_unstable();
    let order: Vec<u32> = environments.into_iter().map(|(_, environment)| environment).collect();
    checks.equal("A B C D E, A B C, F, D", order, vec![0, 1, 2, 3, 4, 0, 1, 2, 5, 3]);
    let mut most_recent = spec("t24");
    most_recent.functions[0].reuse = coldstart_sim::spec::ReuseSpec::MostRecentlyUsed;
    let most_recent = report(&most_recent).total;
    checks.equal("same counts with the default order", (most_recent.cold_starts, most_recent.warm_starts), (6, 4));
    checks.finish();
}

#[test]
fn t25_reserved_concurrency() {
    let report = report(&spec("t25"));
    let mut checks = Checks::new();
    let orange = function(&report, "orange");
    checks.equal("orange runs", orange.invocations, 400);
    checks.equal("orange throttled while blue idles", throttles(orange, ThrottleCause::ReservedConcurrency), 100);
    let others = function(&report, "others");
    checks.equal("others run", others.invocations, 200);
    checks.equal("others throttled", throttles(others, ThrottleCause::AccountConcurrency), 100);
    let blue = function(&report, "blue");
    checks.equal("blue has its 400", (blue.invocations, blue.throttled()), (400, 0));
    checks.finish();
}

#[test]
fn t26_provisioned_concurrency() {
    let spec = spec("t26");
    let output = recorded(&spec);
    let report = &output.report;
    let mut checks = Checks::new();
    let orange = function(report, "orange");
    checks.equal("orange on provisioned", orange.provisioned_invocations, 400);
    checks.equal("orange cold on demand", orange.cold_starts, 300);
    checks.equal("orange spilled", orange.spilled(), 300);
    let others = function(report, "others");
    // 300 of the shared 600 are left beside orange's spill, then all 600 but nothing of the idle provisioned 400.
    checks.equal("others throttled", throttles(others, ThrottleCause::AccountConcurrency), 100 + 100);
    checks.equal("others run", others.invocations, 300 + 600);
    checks.equal("most at once in the account", report.total.concurrency_max, 1_000);
    checks.finish();
}

#[test]
fn t27_reserved_and_provisioned_concurrency() {
    let report = report(&spec("t27"));
    let mut checks = Checks::new();
    let orange = function(&report, "orange");
    checks.equal("orange on provisioned", orange.provisioned_invocations, 200);
    checks.equal("orange cold on demand", orange.cold_starts, 200);
    checks.equal("orange throttled", throttles(orange, ThrottleCause::ReservedConcurrency), 100);
    let others = function(&report, "others");
    checks.equal("the other 600 run", others.invocations, 600);
    checks.equal("others throttled", throttles(others, ThrottleCause::AccountConcurrency), 100);
    checks.finish();
}

#[test]
fn t28_unreserved_floor() {
    let mut checks = Checks::new();
    for limit in [1_000, 2_000] {
        let mut spec = spec("t28");
        spec.account.concurrency_limit = limit;
        spec.functions[0].reserved_concurrency = Some(limit - 100);
        let ran = report(&spec);
        let reserved = function(&ran, "reserved");
        checks.equal(&format!("limit {limit}: reserved runs"), reserved.invocations, u64::from(limit - 100).min(1_000));
        checks.equal(&format!("limit {limit}: others keep 100"), function(&ran, "others").invocations, 100);
        spec.functions[0].reserved_concurrency = Some(limit - 99);
        checks.equal(
            &format!("limit {limit}: one more cannot be reserved"),
            problem_paths(&spec),
            vec!["functions[0].reserved_concurrency".to_owned()],
        );
    }
    checks.finish();
}

/// The paths of the problems that validation finds.
fn problem_paths(spec: &ScenarioSpec) -> Vec<String> {
    validate(spec).err().unwrap_or_default().into_iter().map(|problem| problem.path).collect()
}

#[test]
fn t31_provisioned_allocation_ramp() {
    let mut checks = Checks::new();
    for (preparation_s, ready_s) in [(60.0, 110_u64), (120.0, 170)] {
        let mut spec = spec("t31");
        spec.functions[0].provisioned[0].preparation_s = preparation_s;
        let output = recorded(&spec);
        let timeline = output.timeline.expect("a timeline");
        let ready: Vec<u64> =
            timeline.events.iter().filter(|event| matches!(event.kind, TimelineKind::Ready { .. })).map(|event| event.at_us).collect();
        checks.equal(&format!("preparation {preparation_s} s: units"), ready.len(), 5_000);
        let first_use = timeline.attempts.iter().find_map(|attempt| match attempt.result {
            AttemptResult::Ran { provisioned: true, .. } => Some(attempt.started_us),
            _ => None,
        });
        checks.holds(
            &format!("preparation {preparation_s} s: first use"),
            first_use.is_some_and(|at_us| (ready_s * 1_000_000..=ready_s * 1_000_000 + 200_000).contains(&at_us)),
            &format!("{first_use:?}, wanted at {ready_s} s"),
        );
        for minute in &output.report.minutes {
            let end_s = u64::from(minute.minute + 1) * 60;
            let usable = if end_s >= ready_s { 5_000 } else { 0 };
            checks.equal(&format!("preparation {preparation_s} s: usable at {end_s} s"), minute.provisioned_ready, usable);
        }
    }
    checks.finish();
}

#[test]
fn t40_erlang_b_on_reserved_and_provisioned_concurrency() {
    let published = [(10_u32, 0.2146), (12, 0.1197), (15, 0.0365), (18, 0.0071), (20, 0.0019)];
    let mut checks = Checks::new();
    for (servers, share) in published {
        let exact = erlang_b(servers, 10.0);
        checks.near(&format!("{servers}: the case's figure"), exact, share, 0.000_06);
        let reserved = with(|f| f.reserved_concurrency = Some(servers));
        let lost = over_seeds(&reserved, 12);
        let lost: Vec<f64> = lost.iter().map(|r| float(r.total.throttled()) / float(r.total.attempts)).collect();
        checks.mean(&format!("{servers} reserved: throttled"), &lost, exact, 0.06);
        let provisioned = with(|f| f.provisioned = vec![always_ready(servers)]);
        let spilled: Vec<f64> = over_seeds(&provisioned, 12).iter().map(|r| r.total.spill_share()).collect();
        checks.mean(&format!("{servers} provisioned: spilled"), &spilled, exact, 0.06);
    }
    checks.finish();
}

fn with(change: impl Fn(&mut FunctionSpec)) -> ScenarioSpec {
    let mut spec = spec("t40");
    change(&mut spec.functions[0]);
    spec
}

/// Provisioned units that are ready from the start on.
pub fn always_ready(units: u32) -> ProvisionedSpec {
    toml::from_str(&format!("units = {units}\nready_at_start = true")).expect("invariant: the fields exist")
}

/// The recursion of the ground truth, written down here so that the engine's own closed form is not the judge.
fn erlang_b(servers: u32, erlangs: f64) -> f64 {
    (1..=servers).fold(1.0, |b, k| erlangs * b / (f64::from(k) + erlangs * b))
}

#[test]
fn t64_burst_on_a_warm_pool() {
    let report = report(&spec("t64"));
    let mut checks = Checks::new();
    checks.equal("cold", report.total.cold_starts, 7);
    checks.equal("warm", report.total.warm_starts, 3);
    checks.finish();
}
