//! AWS's pricing examples and common cost claims, on quantities alone.

use coldstart_sim::bill::{
    MONTH_US, async_requests, billed_ms, cents, dollars, dynamodb_read_half_units, dynamodb_write_units, event_bus_events,
    http_api_requests, kinesis_put_units, of_account, of_usage, per_month, poller_billed_ms, provisioned_billed_ms, provisioned_break_even,
    rds_proxy_vcpus, snapshot_billed_ms, sqs_requests, streamed_bytes, with_savings_plan,
};
use coldstart_sim::spec::ArchitectureSpec;
use coldstart_sim::{AccountUsage, Bill, BillLineKind, Report, RunOutcome, ScenarioSpec, Usage};

use ArchitectureSpec::{Arm64, X86_64};
use BillLineKind::{Duration, Init, Provisioned, ProvisionedDuration, Requests, TemporaryStorage};

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
fn t03_machine_learning() {
    let usage = Usage { tmp_mb_ms: (2_048 - 512) * 6_000_000 * 280, ..on_demand(6 * MILLION, 280) };
    let bill = one(X86_64, 4_096, usage, true);
    assert_eq!(line_cents(&bill), [(Requests, 100), (Duration, 10_533), (TemporaryStorage, 8)]);
    assert_eq!(bill.lines[2].quantity_micro, 2_520_000 * MICRO);
    assert_eq!(total_cents(&bill), 10_641);
}

#[test]
fn t44_large_asynchronous_events_are_several_requests() {
    for (kb, requests) in [(0, 1), (1, 1), (256, 1), (257, 2), (320, 2), (321, 3), (512, 5), (1_024, 13)] {
        assert_eq!(async_requests(kb * 1_024), requests, "{kb} KB");
    }
    // A million events of 1 MB: the first request of each, and 12 more.
    let usage = Usage { requests: MILLION, size_requests: 12 * MILLION, ..Usage::default() };
    assert_eq!(line_cents(&one(X86_64, 128, usage, false)), [(Requests, 260)]);
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

/// A kind, how much a month uses of it in what a run counts, and the cents that facts L10 to L29 come to.
const PRICES: [(BillLineKind, u128, i128); 18] = [
    (BillLineKind::RestApi, 2_000_000, 700),
    (BillLineKind::HttpApi, 2_000_000, 200),
    (BillLineKind::SqsStandard, 10_000_000, 400),
    (BillLineKind::SqsFifo, 10_000_000, 500),
    (BillLineKind::SnsPublishes, 10_000_000, 500),
    (BillLineKind::EventBus, 3_000_000, 300),
    (BillLineKind::Scheduler, 3_000_000, 300),
    (BillLineKind::KinesisShards, 2 * MONTH_MS, 2_160),
    (BillLineKind::KinesisPuts, 100_000_000, 140),
    (BillLineKind::DynamoDbWrites, 8_000_000, 500),
    (BillLineKind::DynamoDbReads, 2 * 8_000_000, 100),
    (BillLineKind::LogsIngest, 10 << 30, 500),
    (BillLineKind::LogsStorage, 10 << 30, 30),
    (BillLineKind::NatGateway, MONTH_MS, 3_240),
    (BillLineKind::NatData, 100 << 30, 450),
    (BillLineKind::RdsProxy, 2 * MONTH_MS, 2_160),
    (BillLineKind::SqsPoller, 2 * MONTH_MS, 1_332),
    (BillLineKind::KafkaPoller, MONTH_MS, 13_320),
];

fn of_nodes(nodes: &[(&str, BillLineKind, u128)], free_tier: bool) -> Bill {
    let mut account = AccountUsage::default();
    nodes.iter().for_each(|(id, kind, amount)| account.add(id, *kind, *amount));
    of_account([], &account, free_tier, MONTH_US)
}

#[test]
fn every_node_has_its_price() {
    for (kind, amount, expect) in PRICES {
        let bill = of_nodes(&[("node", kind, amount)], false);
        assert_eq!(line_cents(&bill), [(kind, expect)]);
        assert_eq!(bill.lines[0].function, "node");
    }
}

#[test]
fn functions_pay_for_streams_snapshots_and_the_edge() {
    let usage = Usage {
        streamed_bytes: 150 << 30,
        snapshot_ms: MONTH_MS,
        restores: 10_000,
        edge_requests: MILLION,
        edge_ms: 1_000_000 * 50,
        ..Usage::default()
    };
    let bill = one(X86_64, 512, usage, true);
    let expect = [
        // 100 GB are free, and 50 are left.
        (BillLineKind::ResponseStream, 40),
        // Half a GB for 2,592,000 s.
        (BillLineKind::SnapshotCache, 195),
        // Half a GB, 10,000 times.
        (BillLineKind::SnapshotRestore, 70),
        (BillLineKind::EdgeRequests, 60),
        // 25,000 GB-s.
        (BillLineKind::EdgeDuration, 125),
    ];
    assert_eq!(line_cents(&bill), expect);
}

#[test]
fn free_tiers_of_nodes_are_used_once() {
    let million = 1_000_000;
    let nodes = [
        ("a", BillLineKind::SqsStandard, 700_000),
        ("b", BillLineKind::SqsFifo, million),
        ("c", BillLineKind::SnsPublishes, 3 * million),
        ("d", BillLineKind::Scheduler, 15 * million),
    ];
    let bill = of_nodes(&nodes, true);
    let due: Vec<i128> = bill.lines.iter().map(|line| line.due_pd).collect();
    assert_eq!(due, [0, 700_000 * 500_000, 2_000_000 * 500_000, 1_000_000 * 1_000_000]);
}

#[test]
fn sizes_are_counted_in_steps_and_times_rounded_up() {
    const KB: u64 = 1_024;
    assert_eq!([0, 1, 64 * KB, 64 * KB + 1, 1_024 * KB].map(sqs_requests), [1, 1, 1, 2, 16]);
    assert_eq!([1, 64 * KB, 65 * KB].map(event_bus_events), [1, 1, 2]);
    assert_eq!([1, 512 * KB, 513 * KB].map(http_api_requests), [1, 1, 2]);
    assert_eq!([1, 25 * KB, 26 * KB].map(kinesis_put_units), [1, 1, 2]);
    assert_eq!([100, KB, KB + 1].map(dynamodb_write_units), [1, 1, 2]);
    assert_eq!([dynamodb_read_half_units(5 * KB, true), dynamodb_read_half_units(4 * KB, false)], [4, 1]);
    assert_eq!([5, 6, 7].map(|mb| streamed_bytes(mb * KB * KB)), [0, 0, KB * KB]);
    assert_eq!([0, 1, 4 * 3_600_000_000].map(snapshot_billed_ms), [0, 3 * 3_600_000, 4 * 3_600_000]);
    assert_eq!([0, 1, 60_000_001].map(poller_billed_ms), [0, 60_000, 61_000]);
    assert_eq!([1, 2, 8].map(rds_proxy_vcpus), [2, 2, 8]);
}

#[test]
fn a_savings_plan_takes_its_share_off_compute_alone() {
    let usage = Usage { provisioned_unit_ms: MONTH_MS, tmp_mb_ms: 1_024 * MONTH_MS, ..on_demand(10 * MILLION, 1_000) };
    let bill = one(X86_64, 1_024, usage, false);
    let plan = with_savings_plan(&bill, coldstart_facts::SAVINGS_PLAN_PERCENT);
    for (before, after) in bill.lines.iter().zip(&plan.lines) {
        let left = if matches!(before.kind, Requests | TemporaryStorage) { 100 } else { 88 };
        assert_eq!(after.due_pd, (before.due_pd * left + 50) / 100, "{:?}", before.kind);
        assert_eq!(after.gross_pd, before.gross_pd);
    }
    assert_eq!(plan.due_pd, plan.lines.iter().map(|line| line.due_pd).sum::<i128>());
    assert_eq!(with_savings_plan(&bill, 90), with_savings_plan(&bill, 17), "no plan takes more off");
}

#[test]
fn a_month_of_nodes_is_scaled_by_their_own_time() {
    let spec: ScenarioSpec = serde_json::from_value(serde_json::json!({
        "schema": 1,
        "run": {"duration_s": 3_600, "warm_up_s": 1_800},
        "functions": [{"id": "f"}],
        "sources": [],
    }))
    .expect("a scenario");
    let hour_ms = 3_600_000;
    let nodes =
        [("q", BillLineKind::SqsStandard, 1_000), ("s", BillLineKind::KinesisShards, hour_ms), ("f", BillLineKind::LogsIngest, 1 << 30)];
    let report = report_of(of_nodes(&nodes, false), (1_800_000_000, 3_600_000_000));
    let month = per_month(&report, &spec);
    let quantities: Vec<(BillLineKind, u128)> = month.lines.iter().map(|line| (line.kind, line.quantity_micro / MICRO)).collect();
    let expect = [
        // Traffic of the half hour after the warm-up; shards of the whole hour.
        (BillLineKind::SqsStandard, 1_000 * 2 * 720),
        (BillLineKind::KinesisShards, 720),
        (BillLineKind::LogsIngest, 2 * 720),
        (BillLineKind::LogsStorage, 2 * 720),
    ];
    assert_eq!(quantities, expect);
}

fn report_of(bill: Bill, measured_us: (u64, u64)) -> Report {
    Report { model_version: 1, seed: 1, outcome: RunOutcome::Completed, ended_at_us: 3_600_050_000, measured_us, bill, ..Report::default() }
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
    let report = report_of(bill, (0, 3_600_000_000));
    let month = per_month(&report, &spec);
    let traffic: i128 = month.lines.iter().filter(|line| line.kind != Provisioned).map(|line| line.due_pd).sum();
    assert_eq!(cents(traffic), 26_097);
    // On for 2,600 s of every 3,600 s.
    let units: i128 = month.lines.iter().filter(|line| line.kind == Provisioned).map(|line| line.due_pd).sum();
    assert_eq!(cents(units), 2_700 * 26 / 36);
    assert_eq!(month.lines[0].quantity_micro, 100 * 86_400 * 30 * MICRO);
    assert_eq!(month.covers_us, MONTH_US);
}
