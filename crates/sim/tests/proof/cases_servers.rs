//! The same work on servers: break-even, sizes, CPU credits.

use crate::support::{Checks, dollars, report, spec};
use coldstart_sim::bill::cents;
use coldstart_sim::servers::{
    Demand, MONTH_HOURS, MinuteDemand, SMALL_TASK, ServerFleet, Sizing, T3_SMALL, TaskFleet, break_even_requests,
};

/// Hours of the month in AWS's own examples.
const AWS_MONTH_HOURS: u32 = 730;

fn steady(milli_vcpu: u64, minutes: usize) -> Vec<MinuteDemand> {
    vec![MinuteDemand { mean_milli_vcpu: milli_vcpu, peak_milli_vcpu: milli_vcpu, memory_mb: 0 }; minutes]
}

#[test]
fn t38_break_even_with_one_server() {
    let spec = spec("t38");
    let report = report(&spec);
    // The first requests are cold with an INIT of nothing, so all are alike.
    let request_pd = report.bill.due_pd / i128::from(report.total.invocations);
    let server_pd = i128::from(T3_SMALL.hour_pd) * i128::from(AWS_MONTH_HOURS);
    let requests = break_even_requests(server_pd, request_pd);
    let mut checks = Checks::new();
    checks.near("requests a month, millions", requests as f64 / 1e6, 14.69, 0.01);
    checks.near("requests a second", requests as f64 / (f64::from(AWS_MONTH_HOURS) * 3_600.0), 5.59, 0.01);
    checks.finish();
}

#[test]
fn t38_servers_for_ten_busy_environments() {
    let spec = spec("t38");
    let demand = Demand::of(&report(&spec), &spec);
    let fleet = ServerFleet::of(&demand, T3_SMALL, Sizing::Mean);
    let mut checks = Checks::new();
    checks.near("vCPUs", demand.mean_milli_vcpu() as f64 / 1e3, 2.89, 0.01);
    checks.equal("servers", fleet.instances, 8);
    checks.dollars("730 hours", fleet.month_pd(AWS_MONTH_HOURS), 121.47);
    checks.dollars("720 hours", fleet.month_pd(MONTH_HOURS), 119.81);
    // Each earns 0.4 a minute and spends 2.89 / 8 = 0.36125.
    checks.near("credits after half an hour", *fleet.credits_micro.last().expect("a minute") as f64 / 1e6, 30.0 * (0.4 - 0.361_25), 0.01);
    checks.holds("the peak is carried", fleet.carries_peak, "16 vCPUs");
    let tasks = TaskFleet::of(&demand, SMALL_TASK);
    checks.equal("tasks", tasks.tasks_max(), 12);
    // A quarter of a vCPU and half a GB.
    checks.near("tasks for a month", dollars(tasks.fixed_month_pd(MONTH_HOURS)), 12.0 * 720.0 * (0.25 * 0.04048 + 0.5 * 0.004445), 1e-6);
    checks.finish();
}

#[test]
fn credits_are_saved_spent_and_then_charged() {
    // Idle for an hour, then two vCPUs for 20 minutes on one server.
    let demand = Demand { minutes: [steady(0, 60), steady(2_000, 20)].concat() };
    let fleet = ServerFleet::with(&demand, T3_SMALL, 1);
    assert_eq!(fleet.credits_micro[59], 24_000_000, "24 credits an hour");
    assert_eq!(fleet.credits_micro[79], 24_000_000 - 20 * 1_600_000, "each minute spends 2 and earns 0.4");
    // 40 credits in 80 minutes are above the baseline's 32: a debt of 8 each time, free up to a day's 576, charged from there on.
    let owed = 8.0 * f64::from(MONTH_HOURS * 60) / 80.0 - 576.0;
    let charged = fleet.surplus_pd as f64 / 1e12;
    assert!((charged - owed / 60.0 * 0.05).abs() < 0.03, "{charged}");
}

#[test]
fn a_server_keeps_a_day_of_credits_at_most() {
    let fleet = ServerFleet::with(&Demand { minutes: steady(0, 3 * 1_440) }, T3_SMALL, 1);
    assert_eq!((fleet.credits_micro[1_439], fleet.credits_micro[4_319]), (576_000_000, 576_000_000));
    assert_eq!((fleet.surplus_pd, cents(fleet.month_pd(MONTH_HOURS))), (0, 1_498));
}

#[test]
fn the_busiest_minute_needs_more_servers_than_the_mean() {
    let demand = Demand { minutes: [steady(400, 50), steady(4_000, 10)].concat() };
    assert_eq!(ServerFleet::of(&demand, T3_SMALL, Sizing::Mean).instances, 3, "1 vCPU over 0.4");
    assert_eq!(ServerFleet::of(&demand, T3_SMALL, Sizing::BusiestMinute).instances, 10, "4 vCPUs over 0.4");
    let memory = Demand { minutes: vec![MinuteDemand { mean_milli_vcpu: 1, peak_milli_vcpu: 90_000, memory_mb: 9_000 }] };
    let fleet = ServerFleet::of(&memory, T3_SMALL, Sizing::Mean);
    assert_eq!((fleet.instances, fleet.carries_peak), (5, false), "9,000 MB over 2,048; 90 vCPUs over 10");
    let tasks = TaskFleet::of(&demand, SMALL_TASK);
    assert_eq!((tasks.tasks[0], tasks.tasks[59]), (2, 16));
    assert_eq!(tasks.fixed_month_pd(60) / 16, tasks.task.hour_pd() * 60);
    assert_eq!(tasks.scaled_month_pd(60), tasks.task.hour_pd() * (50 * 2 + 10 * 16));
}
