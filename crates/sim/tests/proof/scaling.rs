//! Provisioned concurrency over time: what auto scaling, its schedule and the end of a unit's life move, and by how much.

use crate::support::{Checks, recorded, report};
use coldstart_sim::metrics::{MetricName, series};
use coldstart_sim::spec::{ArrivalsSpec, FunctionSpec, ProvisionedScalingSpec, ScenarioSpec, ScheduledUnitsSpec};
use coldstart_sim::{BillLineKind, Report, TimelineKind};

/// Eight requests of one second each a second for ten minutes, two a second from then on; units that are asked for come at once.
fn base() -> ScenarioSpec {
    let mut spec: ScenarioSpec = toml::from_str(
        r#"
        schema = 1
        run = { duration_s = 3600 }
        functions = [{ id = "f", memory_mb = 1024, handler = { cpu = { kind = "constant", ms = 0 }, wait = { kind = "constant", ms = 1000 } },
            provisioned_scaling = { min_units = 10, max_units = 100, ready_at_start = true, preparation_s = 0 } }]
        sources = [{ id = "s", target = "f", arrivals = { kind = "log", sends = [] } }]
        "#,
    )
    .expect("a scenario");
    spec.sources[0].arrivals = sends(8, 0..600).chain(sends(2, 600..3_600)).collect_timestamps();
    spec
}

fn sends(per_s: u32, seconds: std::ops::Range<u32>) -> impl Iterator<Item = f64> {
    seconds.flat_map(move |second| (0..per_s).map(move |part| f64::from(second) + f64::from(part) / f64::from(per_s)))
}

trait CollectTimestamps {
    fn collect_timestamps(self) -> ArrivalsSpec;
}

impl<I: Iterator<Item = f64>> CollectTimestamps for I {
    fn collect_timestamps(self) -> ArrivalsSpec {
        ArrivalsSpec::Timestamps { at_s: self.collect(), durations_ms: Vec::new() }
    }
}

fn scaling(function: &mut FunctionSpec) -> &mut ProvisionedScalingSpec {
    function.provisioned_scaling.as_mut().expect("a policy")
}

/// When auto scaling asked for how many units.
fn steps(spec: &ScenarioSpec) -> Vec<(u64, u32)> {
    let events = recorded(spec).timeline.expect("a timeline").events;
    let scaled = events.into_iter().filter_map(|event| match event.kind {
        TimelineKind::Scaled { units } => Some((event.at_us / 1_000_000, units)),
        _ => None,
    });
    scaled.collect()
}

fn ready(report: &Report, minute: usize) -> u32 {
    report.minutes[minute].provisioned_ready
}

/// 8 of 10 busy is above 70 %: after three minutes 8 / 0.7 units are asked for, and come after preparation and ramp.
#[test]
fn three_minutes_above_the_target_ask_for_more() {
    let mut spec = base();
    spec.run.duration_s = 600.0;
    let at_once = report(&spec);
    let mut checks = Checks::new();
    checks.equal("asked for", steps(&spec), vec![(180, 12)]);
    checks.equal("scale-outs, scale-ins", (at_once.total.scale_outs, at_once.total.scale_ins), (1, 0));
    checks.equal("ready", (ready(&at_once, 2), ready(&at_once, 3)), (10, 12));
    let claimed = series(&at_once, MetricName::ClaimedAccountConcurrency);
    checks.equal("claimed", (claimed[2], claimed[3]), (Some(10.0), Some(12.0)));
    let utilisation = series(&at_once, MetricName::ProvisionedConcurrencyUtilization);
    checks.equal("utilisation", (utilisation[2], utilisation[6]), (Some(0.8), Some(8.0 / 12.0)));
    // Each unit is paid for from when it was asked for, in steps of five minutes: 10 for ten minutes and 2 for seven.
    let line = at_once.bill.lines.iter().find(|line| line.kind == BillLineKind::Provisioned).expect("a line");
    checks.equal("paid, GB-s", line.quantity_micro / 1_000_000, 10 * 600 + 2 * 600);
    scaling(&mut spec.functions[0]).preparation_s = 90.0;
    let late = report(&spec);
    let claimed = series(&late, MetricName::ClaimedAccountConcurrency);
    checks.equal("claimed from when they are asked for", (claimed[3], ready(&late, 3), ready(&late, 4)), (Some(12.0), 10, 12));
    // The minute in which they came is still above the target: a late capacity overshoots.
    checks.equal("asked for again", steps(&spec).get(1).copied(), Some((300, 13)));
    checks.finish();
}

/// 2 of 12 busy is below 63 %: a quarter of an hour later units are given up, as many as leave 70 % of the rest busy.
#[test]
fn fifteen_minutes_below_give_units_up() {
    let mut spec = base();
    scaling(&mut spec.functions[0]).schedule = vec![ScheduledUnitsSpec { at_s: 590.0, min_units: 2, max_units: 100 }];
    assert_eq!(steps(&spec), [(180, 12), (1_500, 3)]);
    let fewer = report(&spec);
    assert_eq!((ready(&fewer, 24), ready(&fewer, 25), fewer.total.scale_ins), (12, 3, 1));
    assert_eq!(fewer.total.spilled(), 0);
    // Without the action the lower bound stays.
    assert_eq!(steps(&base()), [(180, 12), (1_500, 10)]);
}

/// A function that nobody calls has no data points, and keeps its units (facts E23).
#[test]
fn silence_gives_nothing_up() {
    let mut spec = base();
    spec.sources[0].arrivals = sends(8, 0..600).collect_timestamps();
    assert_eq!(steps(&spec), [(180, 12)]);
    assert_eq!(ready(&report(&spec), 59), 12);
}

/// Ten at once for a second in each minute: the mean sees 1.7 % of the units busy, the maximum all of them.
#[test]
fn the_maximum_sees_bursts_that_the_mean_does_not() {
    let mut spec = base();
    spec.sources[0].arrivals = toml::from_str("kind = \"cron\"\nevery_s = 60\nfirst_s = 10\nrequests = 10").expect("arrivals");
    scaling(&mut spec.functions[0]).schedule = vec![ScheduledUnitsSpec { at_s: 1.0, min_units: 1, max_units: 100 }];
    let mean = steps(&spec);
    assert_eq!(mean.first(), Some(&(900, 1)), "{mean:?}");
    scaling(&mut spec.functions[0]).track_maximum = true;
    // 15 units of which 10 are busy: 67 %, in between.
    assert_eq!(steps(&spec), [(180, 15)]);
}

#[test]
fn a_schedule_sets_the_bounds() {
    let mut spec = base();
    spec.run.duration_s = 1_200.0;
    spec.sources[0].arrivals = sends(8, 0..1_200).collect_timestamps();
    let actions = [(60.0, 30, 60), (700.0, 8, 9)];
    scaling(&mut spec.functions[0]).schedule =
        actions.map(|(at_s, min_units, max_units)| ScheduledUnitsSpec { at_s, min_units, max_units }).into();
    // Nine units, eight busy: the target asks for 12, and the bound says no.
    assert_eq!(steps(&spec), [(60, 30), (700, 9)]);
    let report = report(&spec);
    assert_eq!((report.total.scale_outs, report.total.scale_ins, ready(&report, 19)), (1, 1, 9));
    // Ten from the start, of which nine to the end; twenty more and the one for 640 and 700 s, each in steps of five minutes.
    let line = report.bill.lines.iter().find(|line| line.kind == BillLineKind::Provisioned).expect("a line");
    assert_eq!(line.quantity_micro / 1_000_000, 9 * 1_200 + 900 + 20 * 900);
}

/// A deploy gives the new version as many units as are asked for, those on their way among them.
#[test]
fn a_deploy_takes_the_units_along() {
    let mut spec = base();
    spec.run.duration_s = 239.0;
    scaling(&mut spec.functions[0]).preparation_s = 30.0;
    spec.functions[0].deploys = vec![coldstart_sim::spec::DeploySpec { at_s: 200.0 }];
    let report = report(&spec);
    assert_eq!(steps(&spec), [(180, 12)]);
    assert_eq!([2, 3].map(|minute| ready(&report, minute)), [10, 12]);
    assert_eq!(report.total.cold_starts, 0);
}

/// One unit that lives for 100 s and needs two seconds of INIT; a request each second.
#[test]
fn the_end_of_a_units_life_lets_requests_meet_cold_starts() {
    let mut spec: ScenarioSpec = toml::from_str(
        r#"
        schema = 1
        run = { duration_s = 320 }
        functions = [{ id = "f", handler = { cpu = { kind = "constant", ms = 0 }, wait = { kind = "constant", ms = 100 } },
            init = { runtime = "", sandbox = { kind = "constant", ms = 0 }, code = { kind = "constant", ms = 2000 } },
            max_life = { kind = "uniform", low_s = 100, high_s = 100 },
            provisioned = [{ units = 1, ready_at_start = true }], reset_units = true }]
        sources = [{ id = "s", target = "f", arrivals = { kind = "cron", every_s = 1, first_s = 0.5 } }]
        "#,
    )
    .expect("a scenario");
    let with = report(&spec);
    spec.functions[0].reset_units = false;
    let without = report(&spec);
    let mut checks = Checks::new();
    checks.equal("resets", (with.total.unit_resets, without.total.unit_resets), (3, 0));
    // Two requests each time, and on-demand environments live no longer either.
    checks.equal("spilled", (with.total.spilled(), without.total.spilled()), (6, 0));
    checks.equal("cold", (with.total.cold_starts, without.total.cold_starts), (6, 0));
    checks.equal("provisioned", (with.total.provisioned_invocations, without.total.provisioned_invocations), (314, 320));
    checks.equal("most alive", (with.total.environments_max, without.total.environments_max), (3, 1));
    checks.finish();
}
