//! AWS's pricing examples and common cost claims, on quantities alone.

use coldstart_sim::bill::{MONTH_US, billed_ms, cents, dollars, of_usage, per_month, provisioned_billed_ms, provisioned_break_even};
use coldstart_sim::spec::ArchitectureSpec;
use coldstart_sim::{Bill, BillLineKind, Report, RunOutcome, ScenarioSpec, Usage};

use ArchitectureSpec::{Arm64, X86_64};
use BillLineKind::{Duration, Init, Provisioned, ProvisionedDuration, Requests};

const MICRO: u128 = 1_000_000;
const MILLION: u64 = 1_000_000;
const MONTH_MS: u128 = 30 * 86_400_000;

fn on_demand(requests: u64, billed_ms: u64) -> Usage {
    Usage { requests, handler_ms: u128::from(requests) * u128::from(billed_ms), ..Usage::default() }
}

fn one(architecture: ArchitectureSpec, memory_mb: u32, usage: Usage, free_tier: bool) -> Bill {
    of_usage([("f", architecture, memory_mb, usage)], free_tier, MONTH_US)
}

/// Due cents of each line, in the order of the bill.
fn line_cents(bill: &Bill) -> Vec<(BillLineKind, i128)> {
    bill.lines.iter().map(|line| (line.kind, cents(line.due_pd))).collect()
}

/// The sum as AWS's pages print it: of lines that were rounded to the cent.
fn total_cents(bill: &Bill) -> i128 {
    bill.lines.iter().map(|line| cents(line.due_pd)).sum()
}

#[test]
fn t01_mobile_back_end() {
    let bill = one(X86_64, 1_536, on_demand(3 * MILLION, 120), true);
    assert_eq!(line_cents(&bill), [(Requests, 40), (Duration, 233)]);
    assert_eq!(bill.lines[1].quantity_micro, 540_000 * MICRO);
    assert_eq!(bill.lines[1].gross_pd, 540_000 * 16_666_700);
    assert_eq!(bill.lines[1].due_pd, 140_000 * 16_666_700);
    assert_eq!(dollars(bill.due_pd), "$2.73");
}

#[test]
fn t02_telemetry() {
    let bill = one(X86_64, 1_024, on_demand(10_000 * 24 * 31, 2_000), false);
    assert_eq!(line_cents(&bill), [(Requests, 149), (Duration, 24_800)]);
    assert_eq!(total_cents(&bill), 24_949);
}

#[test]
fn t04_provisioned_app_launch() {
    let usage = Usage {
        requests: 3 * MILLION,
        handler_ms: 2_500_000 * 120,
        provisioned_handler_ms: 500_000 * 100,
        provisioned_unit_ms: 100 * u128::from(provisioned_billed_ms(8 * 3_600 * 1_000_000)),
        ..Usage::default()
    };
    let bill = one(X86_64, 1_536, usage, true);
    assert_eq!(line_cents(&bill), [(Requests, 40), (Duration, 83), (Provisioned, 1_800), (ProvisionedDuration, 73)]);
    assert_eq!(total_cents(&bill), 1_996);
}

#[test]
fn t05_provisioned_cyber_monday() {
    let usage =
        Usage { requests: 2 * MILLION, provisioned_handler_ms: 2_000_000 * 280, provisioned_unit_ms: 7 * 86_400_000, ..Usage::default() };
    let bill = one(X86_64, 4_096, usage, false);
    assert_eq!(line_cents(&bill), [(Requests, 40), (Provisioned, 1_008), (ProvisionedDuration, 2_178)]);
    assert_eq!(total_cents(&bill), 3_226);
}

#[test]
fn t19_rounding_to_100_ms() {
    let old = one(X86_64, 1_536, on_demand(3 * MILLION, billed_ms(120_000, 100)), true);
    assert_eq!(line_cents(&old), [(Requests, 40), (Duration, 833)]);
    let new = one(X86_64, 1_536, on_demand(3 * MILLION, billed_ms(120_000, 1)), true);
    assert_eq!((dollars(old.due_pd), dollars(new.due_pd)), ("$8.73".to_owned(), "$2.73".to_owned()));
}

#[test]
fn t30_five_units_for_a_month() {
    let month =
        |architecture, on_ms: u128| one(architecture, 512, Usage { provisioned_unit_ms: 5 * on_ms, ..Usage::default() }, false).due_pd;
    assert_eq!(cents(month(X86_64, MONTH_MS)), 2_700);
    assert_eq!(cents(month(Arm64, MONTH_MS)), 2_160);
    assert_eq!(cents(month(X86_64, 730 * 3_600_000)), 2_738);
    assert_eq!(cents(month(X86_64, 31 * 86_400_000)), 2_790);
}

#[test]
fn t35_steady_hundred_a_second() {
    let usage = on_demand(100 * 86_400 * 30, 100);
    assert_eq!(line_cents(&one(X86_64, 512, usage, false)), [(Requests, 5_184), (Duration, 21_600)]);
    assert_eq!(cents(one(Arm64, 512, usage, false).due_pd), 22_464);
    assert_eq!(cents(one(X86_64, 512, usage, true).due_pd), 26_097);
}

#[test]
fn t36_pings_against_a_provisioned_unit() {
    let pings = one(X86_64, 512, on_demand(8_640, 100), false);
    let unit = one(X86_64, 512, Usage { provisioned_unit_ms: MONTH_MS, ..Usage::default() }, false);
    assert_eq!((dollars(pings.due_pd), dollars(unit.due_pd)), ("$0.0089".to_owned(), "$5.40".to_owned()));
}

#[test]
fn t37_five_million_requests() {
    for (memory_mb, free_tier, expect) in [(128, false, 308), (256, false, 517), (512, false, 933), (1_024, false, 1_767), (512, true, 247)]
    {
        assert_eq!(cents(one(X86_64, memory_mb, on_demand(5 * MILLION, 200), free_tier).due_pd), expect, "{memory_mb} MB");
    }
}

#[test]
fn t45_break_even_of_provisioned_concurrency() {
    for architecture in [X86_64, Arm64] {
        let share = provisioned_break_even(architecture);
        assert!((share - 0.6).abs() < 0.000_1, "{share}");
    }
}

#[test]
fn tiers_are_crossed_within_a_line_and_across_functions() {
    let gbs = |billion: u128| Usage { handler_ms: billion * 1_000_000_000 * 1_000, ..Usage::default() };
    let whole = one(X86_64, 1_024, gbs(20), false);
    let expect = 6_000_000_000 * 16_666_700 + 9_000_000_000 * 15_000_000 + 5_000_000_000 * 13_333_400_i128;
    assert_eq!(whole.due_pd, expect);
    let split = of_usage([("a", X86_64, 1_024, gbs(7)), ("b", X86_64, 1_024, gbs(13))], false, MONTH_US);
    assert_eq!(split.due_pd, expect);
    let arm_beside = of_usage([("a", X86_64, 1_024, gbs(6)), ("b", Arm64, 1_024, gbs(1))], false, MONTH_US);
    assert_eq!(arm_beside.lines[1].due_pd, 1_000_000_000 * 13_333_400, "each architecture has its own tiers");
}

#[test]
fn the_free_tier_is_shared_and_used_once() {
    let usage = Usage { requests: 800_000, handler_ms: 200_000_000, init_ms: 100_000_000, ..Usage::default() };
    let bill = of_usage([("a", X86_64, 1_024, usage), ("b", Arm64, 1_024, usage)], true, MONTH_US);
    let due: Vec<(BillLineKind, i128)> = bill.lines.iter().map(|line| (line.kind, line.due_pd)).collect();
    let expect = [
        (Requests, 0),
        (Duration, 0),
        (Init, 0),
        (Requests, 600_000 * 200_000),
        (Duration, 100_000 * 13_333_400),
        (Init, 100_000 * 13_333_400),
    ];
    assert_eq!(due, expect);
}

#[test]
fn each_line_is_rounded_once_and_half_up() {
    // 128 MB for 1 ms is 128 / 1,024,000 GB-s: 2,083.3375 picodollars.
    let bill = one(X86_64, 128, Usage { handler_ms: 1, ..Usage::default() }, false);
    assert_eq!(bill.due_pd, 2_083);
    assert_eq!(bill.lines[0].quantity_micro, 125);
    // 128 MB for 40 ms is 0.005 GB-s: 83,333.5 picodollars.
    assert_eq!(one(X86_64, 128, Usage { handler_ms: 40, ..Usage::default() }, false).due_pd, 83_334);
}

#[test]
fn provisioned_time_is_billed_in_steps_of_five_minutes() {
    for (on_s, billed_s) in [(0, 0), (1, 300), (300, 300), (301, 600), (28_800, 28_800)] {
        assert_eq!(provisioned_billed_ms(on_s * 1_000_000), billed_s * 1_000, "{on_s} s");
    }
}

#[test]
fn dollars_are_shown_to_the_cent_and_small_amounts_further() {
    let cases = [
        (0, "$0.00"),
        (1, "<$0.0001"),
        (89_000_000_000_000, "$89.00"),
        (8_900_000_000, "$0.0089"),
        (9_999_999_999, "$0.01"),
        (1_234_567_890_000_000_000, "$1,234,567.89"),
        (-2_730_000_000_000, "-$2.73"),
    ];
    for (pd, text) in cases {
        assert_eq!(dollars(pd), text);
    }
}

#[test]
fn a_month_is_scaled_before_the_free_tier() {
    let spec: ScenarioSpec = serde_json::from_value(serde_json::json!({
        "schema": 1,
        "run": {"duration_s": 3_600, "warm_up_s": 0},
        "account": {"free_tier": true},
        "functions": [{"id": "f", "memory_mb": 512, "provisioned": [{"units": 5, "from_s": 1_000}]}],
        "sources": [],
    }))
    .expect("a scenario");
    // An hour of T35's traffic; its free tier would swallow the hour's bill whole.
    let on_ms = u128::from(provisioned_billed_ms(2_600 * 1_000_000));
    let usage = Usage { provisioned_unit_ms: 5 * on_ms, ..on_demand(100 * 3_600, 100) };
    let bill = one(X86_64, 512, usage, true);
    let report = Report {
        model_version: 1,
        seed: 1,
        outcome: RunOutcome::Completed,
        ended_at_us: 3_600_050_000,
        measured_us: (0, 3_600_000_000),
        events: 0,
        total: Default::default(),
        functions: Vec::new(),
        minutes: Vec::new(),
        bill,
    };
    let month = per_month(&report, &spec);
    let traffic: i128 = month.lines.iter().filter(|line| line.kind != Provisioned).map(|line| line.due_pd).sum();
    assert_eq!(cents(traffic), 26_097);
    // On for 2,600 s of every 3,600 s.
    let units: i128 = month.lines.iter().filter(|line| line.kind == Provisioned).map(|line| line.due_pd).sum();
    assert_eq!(cents(units), 2_700 * 26 / 36);
    assert_eq!(month.lines[0].quantity_micro, 100 * 86_400 * 30 * MICRO);
    assert_eq!(month.covers_us, MONTH_US);
}
