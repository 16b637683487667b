//! Worked cases of the pricing page, and claims about cost that are repeated widely.

use crate::support::{Checks, dollars, float, mean_over, report, spec};
use coldstart_sim::spec::{ArchitectureSpec, ArrivalsSpec, ScenarioSpec};
use coldstart_sim::{Bill, BillLineKind, Report, bill};

/// Sum of the amounts due on a report's lines of one kind, in picodollars.
fn due(report: &Report, kind: BillLineKind) -> i128 {
    due_in(&report.bill, kind)
}

/// The same of a bill.
fn due_in(bill: &Bill, kind: BillLineKind) -> i128 {
    bill.lines.iter().filter(|line| line.kind == kind).map(|line| line.due_pd).sum()
}

/// Amount due on all lines of one function, in picodollars.
fn due_of(report: &Report, function: &str) -> i128 {
    report.bill.lines.iter().filter(|line| line.function == function).map(|line| line.due_pd).sum()
}

#[test]
fn t01_mobile_back_end() {
    let report = report(&spec("t01"));
    let mut checks = Checks::new();
    checks.equal("requests", report.total.invocations, 3_000_000);
    checks.dollars("requests", due(&report, BillLineKind::Requests), 0.40);
    checks.dollars("duration", due(&report, BillLineKind::Duration), 2.33);
    checks.dollars("total", report.bill.due_pd, 2.73);
    checks.finish();
}

#[test]
fn t02_vehicle_telemetry() {
    let report = report(&spec("t02"));
    let mut checks = Checks::new();
    checks.equal("requests", report.total.invocations, 7_440_000);
    checks.equal("throttled", report.total.throttled(), 0);
    checks.dollars("requests", due(&report, BillLineKind::Requests), 1.49);
    checks.dollars("duration", due(&report, BillLineKind::Duration), 248.00);
    checks.near("total, its two lines rounded apart", dollars(report.bill.due_pd), 249.49, 0.01);
    checks.finish();
}

#[test]
fn t03_machine_learning_with_a_bigger_tmp() {
    let spec = spec("t03");
    let large = report(&spec);
    let mut checks = Checks::new();
    checks.equal("requests", large.total.invocations, 6_000_000);
    checks.dollars("duration", due(&large, BillLineKind::Duration), 105.33);
    checks.dollars("requests", due(&large, BillLineKind::Requests), 1.00);
    checks.dollars("/tmp", due(&large, BillLineKind::TemporaryStorage), 0.08);
    checks.near("total, its three lines rounded apart", dollars(large.bill.due_pd), 106.41, 0.01);
    let mut small = spec;
    small.functions[0].tmp_mb = 512;
    let small = report(&small);
    checks.near("the first 512 MB are free", dollars(large.bill.due_pd - small.bill.due_pd), 2_520_000.0 * 3.09e-8, 1e-9);
    checks.finish();
}

#[test]
fn t04_app_launch_on_provisioned_concurrency() {
    let report = report(&spec("t04"));
    let mut checks = Checks::new();
    checks.equal("requests", report.total.invocations, 3_000_000);
    checks.equal("on provisioned", report.functions[0].provisioned_invocations, 500_000);
    checks.dollars("provisioned", due(&report, BillLineKind::Provisioned), 18.00);
    checks.dollars("requests", due(&report, BillLineKind::Requests), 0.40);
    checks.dollars("duration on provisioned", due(&report, BillLineKind::ProvisionedDuration), 0.73);
    checks.dollars("duration", due(&report, BillLineKind::Duration), 0.83);
    checks.near("total, its four lines rounded apart", dollars(report.bill.due_pd), 19.96, 0.02);
    checks.finish();
}

#[test]
fn t05_cyber_monday() {
    let report = report(&spec("t05"));
    let mut checks = Checks::new();
    checks.equal("requests", report.total.invocations, 2_000_000);
    checks.equal("on provisioned", report.total.provisioned_invocations, 2_000_000);
    checks.dollars("provisioned", due(&report, BillLineKind::Provisioned), 10.08);
    checks.dollars("duration on provisioned", due(&report, BillLineKind::ProvisionedDuration), 21.78);
    checks.dollars("requests", due(&report, BillLineKind::Requests), 0.40);
    checks.near("total, its three lines rounded apart", dollars(report.bill.due_pd), 32.26, 0.02);
    // Seven units carry the mean, if the requests come evenly; requests that come by chance spill over.
    checks.near("mean load", mean_over(&report, report.total.busy_env_us), 6.48, 0.01);
    let mut by_chance = spec("t05");
    by_chance.sources[0].arrivals = ArrivalsSpec::Poisson { per_s: 23.15 };
    let spilled = self::report(&by_chance).total.spill_share();
    checks.near("spilled by chance, Erlang B of 7 and 6.48", spilled, 0.216_2, 0.003);
    checks.finish();
}

#[test]
fn t30_five_provisioned_units_for_a_month() {
    let base = spec("t30");
    let with = |architecture, hours: f64| {
        let mut spec = base.clone();
        spec.functions[0].architecture = architecture;
        spec.run.duration_s = hours * 3_600.0;
        report(&spec)
    };
    let month = with(ArchitectureSpec::X86_64, 720.0);
    let mut checks = Checks::new();
    checks.equal("invocations", month.total.invocations, 0);
    checks.dollars("30 days", month.bill.due_pd, 27.00);
    checks.dollars("30 days, arm64", with(ArchitectureSpec::Arm64, 720.0).bill.due_pd, 21.60);
    checks.dollars("730 hours", with(ArchitectureSpec::X86_64, 730.0).bill.due_pd, 27.38);
    checks.dollars("31 days", with(ArchitectureSpec::X86_64, 744.0).bill.due_pd, 27.90);
    checks.finish();
}

/// Three hours of the month at full rate, 1/240 of it; the bill's own helper makes the month of it.
#[test]
fn t35_hundred_requests_per_second_for_a_month() {
    let base = spec("t35");
    let month = |architecture, free_tier| {
        let mut spec = base.clone();
        spec.functions[0].architecture = architecture;
        spec.account.free_tier = free_tier;
        let report = report(&spec);
        assert_eq!(report.total.invocations * 240, 259_200_000);
        bill::per_month(&report, &spec)
    };
    let x86 = month(ArchitectureSpec::X86_64, false);
    let arm = month(ArchitectureSpec::Arm64, false);
    let mut checks = Checks::new();
    checks.dollars("requests", due_in(&x86, BillLineKind::Requests), 51.84);
    checks.dollars("duration", due_in(&x86, BillLineKind::Duration), 216.00);
    checks.dollars("month", x86.due_pd, 267.84);
    checks.dollars("duration, arm64", due_in(&arm, BillLineKind::Duration), 172.80);
    checks.dollars("month, arm64", arm.due_pd, 224.64);
    checks.dollars("month with the free tier", month(ArchitectureSpec::X86_64, true).due_pd, 260.97);
    checks.finish();
}

#[test]
fn t36_ping_against_one_provisioned_unit() {
    let report = report(&spec("t36"));
    let mut checks = Checks::new();
    checks.equal("pings", report.functions[0].pings, 8_640);
    checks.equal("pings in the success latency", report.functions[0].latency.count, 0);
    checks.near("pings in a month", dollars(due_of(&report, "pinged")), 0.0089, 0.000_05);
    checks.dollars("one unit for a month", due_of(&report, "kept"), 5.40);
    checks.finish();
}

/// Three days, a tenth of the month; the bill's own helper makes the month of it.
#[test]
fn t37_five_million_requests_at_four_memory_sizes() {
    let spec = spec("t37");
    let report = report(&spec);
    let month = bill::per_month(&report, &spec);
    let mut checks = Checks::new();
    for (id, want) in [("mb-128", 3.08), ("mb-256", 5.17), ("mb-512", 9.33), ("mb-1024", 17.67)] {
        let due: i128 = month.lines.iter().filter(|line| line.function == id).map(|line| line.due_pd).sum();
        checks.dollars(id, due, want);
    }
    checks.finish();
}

/// The whole month, without the helper.
#[test]
fn t37_five_million_requests_with_the_free_tier() {
    let mut whole = only(&spec("t37"), "mb-512");
    whole.run.duration_s *= 10.0;
    whole.account.free_tier = true;
    let report = report(&whole);
    let mut checks = Checks::new();
    checks.equal("requests", report.total.invocations, 5_000_000);
    checks.dollars("month", report.bill.due_pd, 2.47);
    checks.finish();
}

fn only(spec: &ScenarioSpec, function: &str) -> ScenarioSpec {
    let mut spec = spec.clone();
    spec.functions.retain(|f| f.id == function);
    spec.sources.retain(|s| s.target == function);
    spec
}

#[test]
fn t45_break_even_of_provisioned_concurrency() {
    let report = report(&spec("t45"));
    let ratio = |busy: u32| {
        let provisioned = due_of(&report, &format!("pc-{busy}"));
        let on_demand = due_of(&report, &format!("od-{busy}"));
        let requests: i128 = 86_400 * 200_000;
        dollars(provisioned - requests) / dollars(on_demand - requests)
    };
    let mut checks = Checks::new();
    checks.near("busy 60 % of the time", ratio(60), 1.0, 1e-5);
    checks.near("busy 50 %: provisioned is dearer", ratio(50), 4.1667 / 8.33335 + 9.7222 / 16.6667, 1e-4);
    checks.holds("busy 70 %: provisioned is cheaper", ratio(70) < 0.95, &format!("{}", ratio(70)));
    for busy in [50, 60, 70] {
        let function = report.functions.iter().find(|f| f.id == format!("pc-{busy}")).expect("the function");
        let used = float(function.busy_env_us) / float(function.provisioned_unit_us);
        checks.near(&format!("use of the unit, {busy} %"), used, f64::from(busy) / 100.0, 1e-4);
    }
    checks.finish();
}
