//! Rules of other days: the same scenario, and what the date moves.

use crate::support::{Checks, report, spec};
use coldstart_sim::spec::{
    DoorSpec, MappingSpec, PackageSpec, PollerScalingSpec, ReclaimProfileSpec, ReclaimSpec, ScenarioSpec, SourceKindSpec,
};
use coldstart_sim::{Bill, BillLineKind, EnginePath, NodeCounter, Report, RunOptions, Seed, ThrottleCause, run, validate};

fn on(day: &str, mut spec: ScenarioSpec) -> ScenarioSpec {
    spec.account.rules_as_of = Some(day.to_owned());
    spec
}

fn due(bill: &Bill, kind: BillLineKind) -> i128 {
    bill.lines.iter().filter(|line| line.kind == kind).map(|line| line.due_pd).sum()
}

#[test]
fn t19_before_december_2020_120_ms_were_billed_as_200() {
    let today = report(&spec("t01"));
    let before = report(&on("2020-11-30", spec("t01")));
    let after = report(&on("2020-12-01", spec("t01")));
    let mut checks = Checks::new();
    checks.dollars("duration", due(&before.bill, BillLineKind::Duration), 8.33);
    checks.dollars("total", before.bill.due_pd, 8.73);
    checks.equal("billed time", before.total.billed_ms, 3_000_000 * 200);
    checks.dollars("the day after", after.bill.due_pd, 2.73);
    checks.equal("the run itself", (before.events, before.total.duration_us), (today.events, today.total.duration_us));
    checks.finish();
}

/// One cold start of 300 ms INIT and 45.2 ms handler.
fn one_cold_start() -> ScenarioSpec {
    toml::from_str(
        r#"
        schema = 1
        run = { duration_s = 10 }
        functions = [{ id = "f", memory_mb = 1024, handler = { cpu = { kind = "constant", ms = 0 }, wait = { kind = "constant", ms = 45.2 } },
            init = { runtime = "", code = { kind = "constant", ms = 300 } } }]
        sources = [{ id = "s", target = "f", arrivals = { kind = "timestamps", at_s = [1] } }]
        "#,
    )
    .expect("a scenario")
}

#[test]
fn init_was_free_for_zip_functions_until_august_2025() {
    let billed = |spec: &ScenarioSpec| {
        let report = report(spec);
        assert_eq!(report.total.cold_starts, 1);
        (report.total.billed_ms, due(&report.bill, BillLineKind::Init) > 0)
    };
    assert_eq!(billed(&on("2025-08-01", one_cold_start())), (346, true));
    assert_eq!(billed(&on("2025-07-31", one_cold_start())), (46, false));
    // Of the free INIT there was nothing to round up: 45.2 ms become 100 ms.
    assert_eq!(billed(&on("2019-06-01", one_cold_start())), (100, false));
    let mut image = on("2025-07-31", one_cold_start());
    image.functions[0].init.package = PackageSpec::Image;
    assert_eq!(billed(&image), (346, true));
}

/// 2,000 requests at once to each of two functions, and 1,000 more to the first after a minute; nothing ends within the run.
fn two_crowds() -> ScenarioSpec {
    toml::from_str(
        r#"
        schema = 1
        run = { duration_s = 100 }
        account = { concurrency_limit = 20000 }
        functions = [
            { id = "a", timeout_ms = 900000, handler = { wait = { kind = "constant", ms = 800000 } } },
            { id = "b", timeout_ms = 900000, handler = { wait = { kind = "constant", ms = 800000 } } },
        ]
        sources = [
            { id = "to-a", target = "a", arrivals = { kind = "log", sends = [{ at_s = 0, requests = 2000 }, { at_s = 60, requests = 1000 }] } },
            { id = "to-b", target = "b", arrivals = { kind = "log", sends = [{ at_s = 0, requests = 2000 }] } },
        ]
        "#,
    )
    .expect("a scenario")
}

fn scaling_throttles(report: &Report) -> u64 {
    report
        .functions
        .iter()
        .map(|f| f.throttles[ThrottleCause::ALL.iter().position(|c| *c == ThrottleCause::ScalingRate).expect("listed")])
        .sum()
}

#[test]
fn before_november_2023_functions_shared_one_burst() {
    let started = |spec: &ScenarioSpec| {
        let report = report(spec);
        assert_eq!(scaling_throttles(&report), 5_000 - report.total.invocations);
        [report.functions[0].environments_started, report.functions[1].environments_started]
    };
    // 3,000 at once for both together, and 500 a minute later.
    assert_eq!(started(&on("2023-11-25", two_crowds())), [2_000 + 500, 1_000]);
    // 1,000 for each at once, and as many every ten seconds.
    assert_eq!(started(&on("2023-11-26", two_crowds())), [1_000 + 1_000, 1_000]);
    assert_eq!(started(&two_crowds()), started(&on("2026-01-01", two_crowds())));
}

#[test]
fn idle_life_by_date_is_the_last_measurement() {
    let at = |day: &str, profile| {
        let mut spec = on(day, one_cold_start());
        spec.functions[0].reclaim = ReclaimSpec::Profile { profile };
        spec.run.duration_s = 40_000.0;
        spec.sources[0].arrivals = toml::from_str("kind = \"cron\"\nevery_s = 800").expect("arrivals");
        report(&spec).total.cold_by_cause
    };
    assert_eq!(at("2019-04-01", ReclaimProfileSpec::ByDate), at("2019-04-01", ReclaimProfileSpec::Early2019));
    assert_eq!(at("2020-12-31", ReclaimProfileSpec::ByDate), at("2020-12-31", ReclaimProfileSpec::Logs2020));
    let cold = |day: &str| at(day, ReclaimProfileSpec::ByDate).iter().sum::<u64>();
    // 800 s apart: never reclaimed in early 2019, always in 2020.
    assert_eq!((cold("2019-04-01"), cold("2020-12-31")), (1, 50));
}

#[test]
fn asynchronous_events_were_smaller_until_october_2025() {
    let refused = |day: &str| {
        let mut spec = on(day, spec("t43"));
        spec.sources[0].payload_kb = 257;
        let report = report(&spec);
        (report.nodes[0].count(NodeCounter::RefusedTooLarge), report.total.billed_requests)
    };
    // Three attempts, each billed as two requests for its size.
    assert_eq!((refused("2025-09-30"), refused("2025-10-01")), ((1, 0), (0, 6)));
}

#[test]
fn queues_were_slower_and_their_messages_smaller() {
    // T48: a full queue, and batches of one that take a second each.
    let most = |day: &str| report(&on(day, spec("t48"))).total.concurrency_max;
    let old = MappingSpec { scaling: PollerScalingSpec::Until2023, ..spec("t48").mappings[0].clone() };
    let by_hand = report(&ScenarioSpec { mappings: vec![old], ..spec("t48") }).total.concurrency_max;
    assert_eq!((most("2023-10-31"), most("2023-11-01")), (by_hand, report(&spec("t48")).total.concurrency_max));
    assert!(by_hand < most("2023-11-01"), "{by_hand}");
    let refused = |day: &str| {
        let mut spec = on(day, spec("t48"));
        spec.sources[0].payload_kb = 257;
        spec.sources[0].arrivals = crate::support::sends(&[(0.0, 7)]);
        report(&spec).nodes.iter().map(|node| node.count(NodeCounter::RefusedTooLarge)).sum::<u64>()
    };
    assert_eq!((refused("2024-12-31"), refused("2025-01-01")), (7, 0));
}

#[test]
fn streamed_answers_were_smaller() {
    let failed = |day: &str| {
        let mut spec = on(day, spec("front-door"));
        spec.sources[0].kind = SourceKindSpec::FunctionUrl;
        spec.sources[0].door = DoorSpec { streams: true, response_kb: 21 * 1_024, ..DoorSpec::default() };
        report(&spec).total.outcomes[1..].iter().sum::<u64>()
            + report(&spec).nodes.iter().map(coldstart_sim::NodeReport::failed).sum::<u64>()
    };
    assert!(failed("2025-07-30") > 0, "too large for that day");
    assert_eq!(failed("2025-07-31"), 0);
}

#[test]
fn old_rules_do_not_depend_on_the_path() {
    for spec in [spec("t20"), one_cold_start()] {
        let scenario = validate(&on("2019-06-30", spec)).expect("sound").scenario;
        let of = |path| run(&scenario, Seed(3), RunOptions { path, digest: true, ..RunOptions::default() });
        let (auto, general) = (of(EnginePath::Auto), of(EnginePath::General));
        assert_eq!((auto.digest, auto.report.bill), (general.digest, general.report.bill));
    }
}
