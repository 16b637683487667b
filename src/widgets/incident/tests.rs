//! The lesson's own scenarios, run by the simulator for several seeds: the story holds on every morning, and what the evidence shows
//! is what the report and the log of that very run say.

use super::clock::{Clock, moment, show};
use super::evidence::{self, Case, EvidenceKind};
use super::morning::Morning;
use super::outcome::{Outcome, outcome};
use super::plan::{Bound, Import, Plan, with_larger_database};
use super::post_mortem::{Material, write};
use super::state::{Incident, Try};
use super::step::Step;
use super::{cost, morning};
use coldstart_sim::log::{Parsed, parse};
use coldstart_sim::{
    AttemptRecord, AttemptResult, BillLineKind, Report, RunOptions, RunOutput, ScenarioSpec, Seed, ThrottleCause, Timeline,
    TimelineOptions, run, validate,
};

const SEEDS: [u64; 3] = [9, 10, 2_026];

fn scenario(name: &str) -> ScenarioSpec {
    let path = format!("{}/lessons/incident-nine-am/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn simulate(spec: &ScenarioSpec, seed: u64, window: Option<(u64, u64)>) -> RunOutput {
    let timeline = window.map(|window_us| TimelineOptions { window_us, max_entries: 100_000 });
    run(&validate(spec).unwrap().scenario, Seed(seed), RunOptions { timeline, ..RunOptions::default() })
}

fn quarter(spec: &ScenarioSpec, seed: u64) -> (Report, Timeline) {
    let clock = Clock::of(spec);
    let output = simulate(spec, seed, Some((clock.run_us(moment::CHART_FROM), clock.run_us(moment::CALL))));
    (output.report, output.timeline.unwrap())
}

/// The log of some attempts, read back.
fn read_log<'a>(spec: &ScenarioSpec, attempts: impl Iterator<Item = &'a AttemptRecord>) -> Parsed {
    let scenario = validate(spec).unwrap().scenario;
    let lines: Vec<String> = attempts.flat_map(|attempt| attempt.log_events(&scenario)).map(|line| line.text).collect();
    parse(&lines.join("\n"))
}

fn tried(spec: &ScenarioSpec, seed: u64, plan: Plan) -> Outcome {
    let planned = plan.apply(spec);
    outcome(&simulate(&planned, seed, None).report, &planned, &plan)
}

#[test]
fn every_morning_is_the_incident() {
    let spec = scenario("morning");
    for seed in SEEDS {
        let today = Morning::of(&simulate(&spec, seed, None).report, Clock::of(&spec));
        assert_eq!(today.minutes.len(), 25);
        let worst = today.worst();
        assert!((1_100.0..1_400.0).contains(&worst.p99_ms), "seed {seed}: worst p99 {}", worst.p99_ms);
        assert!(today.worst_p50_ms() < 200.0, "seed {seed}: p50 {}", today.worst_p50_ms());
        assert!(today.before(moment::NINE).all(|minute| minute.p99_ms < 400.0), "seed {seed}: quiet before nine");
        assert_eq!(today.first_slow().map(|minute| minute.at), Some(moment::NINE), "seed {seed}");
        assert!(today.slow_minutes() >= 4, "seed {seed}: {} slow minutes", today.slow_minutes());
        assert!(today.minutes.iter().all(|minute| !minute.is_slow() || minute.cold_share() > 0.01), "seed {seed}");
        assert!(today.minutes.iter().rev().take(5).all(|minute| minute.p99_ms < 400.0), "seed {seed}: over by ten past");
    }
}

#[test]
fn the_evidence_is_what_the_log_and_the_report_say() {
    let (spec, afternoon) = (scenario("morning"), scenario("afternoon"));
    for seed in SEEDS {
        let (report, timeline) = quarter(&spec, seed);
        let after = simulate(&afternoon, seed, None).report;
        assert_eq!(timeline.dropped, 0, "the whole quarter of an hour is recorded");
        let case = Case { spec: &spec, report: &report, timeline: &timeline, afternoon: Some((&afternoon, &after)) };
        slow_requests_are_those_of_the_log(&case);
        init_share_is_that_of_the_log(&case);
        waits_are_durations_less_the_processor(&case);
        let throttles = evidence::throttles(&case);
        assert_eq!(throttles.by_cause, report.total.throttles);
        assert_eq!(throttles.concurrency_max, report.total.concurrency_max);
        let concurrency = evidence::concurrency(&case);
        let highest = report.minutes.iter().filter(|row| (20..25).contains(&row.minute)).map(|row| row.concurrency_max).max();
        assert_eq!(Some(concurrency.after_max), highest);
        let deploys = evidence::deploys(&case);
        assert!(deploys.this_morning.is_empty());
        let yesterday = deploys.elsewhere.unwrap();
        assert_eq!(show(yesterday.at), "14:30");
        assert_eq!(yesterday.cold_starts, after.total.cold_by_cause[4]);
        assert!(yesterday.p99_before_ms < 400.0 && yesterday.p99_after_ms > 1_000.0, "a deploy makes the same spike: {yesterday:?}");
    }
}

fn latency_us(attempt: &AttemptRecord) -> u64 {
    let AttemptResult::Ran { sandbox_us, init_us, duration_us, .. } = attempt.result else { return 0 };
    attempt.started_us - attempt.arrived_us + sandbox_us + init_us + duration_us
}

fn slow_requests_are_those_of_the_log(case: &Case<'_>) {
    let found = evidence::slow_requests(case);
    let log = read_log(case.spec, case.timeline.attempts.iter().filter(|attempt| latency_us(attempt) >= 1_000_000));
    assert_eq!(found.slow, log.reports.len());
    assert_eq!(found.with_init, log.reports.iter().filter(|line| line.is_cold()).count());
    assert!(found.slow > 20 && found.with_init == found.slow, "every slow request had an INIT: {found:?}");
    for request in &found.slowest {
        let line = &parse(&request.lines.join("\n")).reports[0];
        assert!((morning::millis(line.init_us.unwrap()) - request.init_ms).abs() < 0.01, "the REPORT line shows two digits");
        assert!((morning::millis(line.duration_us) - request.duration_ms).abs() < 0.01);
    }
}

fn init_share_is_that_of_the_log(case: &Case<'_>) {
    let found = evidence::init_share(case);
    let nine_us = Clock::of(case.spec).run_us(moment::NINE);
    let log = read_log(case.spec, case.timeline.attempts.iter().filter(|attempt| attempt.started_us >= nine_us));
    let cold = log.reports.iter().filter(|line| line.is_cold()).count();
    let share = morning::ratio(cold as u64, log.reports.len() as u64);
    assert!((found.share_after - share).abs() < 1e-12, "{} is not {share}", found.share_after);
    assert!(found.share_after > 0.01);
    assert!((700.0..1_000.0).contains(&found.init_p50_ms), "{}", found.init_p50_ms);
}

fn waits_are_durations_less_the_processor(case: &Case<'_>) {
    let found = evidence::database(case);
    let log = read_log(case.spec, case.timeline.attempts.iter());
    let mut durations: Vec<f64> = log.reports.iter().map(|line| morning::millis(line.duration_us)).collect();
    assert_eq!(found.before.count + found.after.count, durations.len());
    durations.sort_by(f64::total_cmp);
    let median = durations[durations.len() / 2];
    let cpu_ms = super::plan::handler_cpu_ms(&case.spec.functions[0]).unwrap();
    assert!((found.after.p50_ms - (median - cpu_ms)).abs() < 5.0, "{} is not {median} less {cpu_ms}", found.after.p50_ms);
    let ratio = found.after.p99_ms / found.before.p99_ms;
    assert!((0.9..1.1).contains(&ratio), "the database does not move at nine: {found:?}");
}

#[test]
fn another_seed_gives_other_figures_in_the_same_words() {
    let (spec, afternoon) = (scenario("morning"), scenario("afternoon"));
    let words = |seed| {
        let (report, timeline) = quarter(&spec, seed);
        let after = simulate(&afternoon, seed, None).report;
        let case = Case { spec: &spec, report: &report, timeline: &timeline, afternoon: Some((&afternoon, &after)) };
        EvidenceKind::ALL.map(|kind| evidence::view(kind, &case))
    };
    let (nine, ten) = (words(9), words(10));
    for (one, other) in nine.iter().zip(&ten) {
        assert_eq!(one.table.as_ref().map(|table| table.columns.clone()), other.table.as_ref().map(|table| table.columns.clone()));
        assert!(one.kind == EvidenceKind::Throttles || one != other, "{:?} does not depend on the seed", one.kind);
        let table = one.table.as_ref().unwrap();
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{:?}", one.kind);
    }
    assert!(nine.iter().any(|view| view.lines.iter().any(|lines| lines.contains("Init Duration"))));
    let throttles = nine.iter().find(|view| view.kind == EvidenceKind::Throttles).unwrap();
    assert_eq!(throttles.table.as_ref().unwrap().rows.len(), ThrottleCause::ALL.len());
}

#[test]
fn a_larger_database_moves_the_median_and_not_the_p99() {
    let spec = scenario("morning");
    let clock = Clock::of(&spec);
    let before = Morning::of(&simulate(&spec, 10, None).report, clock);
    let after = Morning::of(&simulate(&with_larger_database(&spec), 10, None).report, clock);
    assert!(after.worst_p50_ms() < before.worst_p50_ms() * 0.8);
    assert!(after.worst().p99_ms > before.worst().p99_ms * 0.9, "{} is still slow", after.worst().p99_ms);
    assert!(after.slow_minutes() + 1 >= before.slow_minutes());
}

#[test]
fn the_fixes_do_what_the_lesson_says() {
    let spec = scenario("morning");
    for seed in SEEDS {
        let nothing = tried(&spec, seed, Plan::default());
        let layer = tried(&spec, seed, Plan { import: Import::Layer, ..Plan::default() });
        assert_eq!(layer, nothing, "a layer changes nothing at all");
        let queue = tried(&spec, seed, Plan { queue: true, ..Plan::default() });
        assert_eq!(queue, nothing);
        let dropped = tried(&spec, seed, Plan { import: Import::Dropped, ..Plan::default() });
        assert!(dropped.slow_minutes == 0 && dropped.worst_p99_ms < 700.0 && dropped.worst_p99_ms > 400.0, "{dropped:?}");
        let enough = Plan { units: 350, bound: Bound::Alias, ..Plan::default() };
        let provisioned = tried(&spec, seed, enough);
        assert!(provisioned.keeps_promise() && provisioned.is_within_budget(), "{provisioned:?}");
        let late = tried(&spec, seed, Plan { from: moment::NINE, ..enough });
        assert!(!late.keeps_promise(), "asked for at nine, it comes too late: {late:?}");
        let all_day = tried(&spec, seed, Plan { until: 18 * 60, ..enough });
        assert!(!all_day.is_within_budget(), "{all_day:?}");
        let one_ping = tried(&spec, seed, Plan { pings: 10, ..Plan::default() });
        assert!(!one_ping.keeps_promise(), "ten pings keep ten environments: {one_ping:?}");
        let many = tried(&spec, seed, Plan { pings: 350, ..Plan::default() });
        assert!(many.cold_starts < nothing.cold_starts / 4, "{many:?} against {nothing:?}");
    }
}

#[test]
fn a_deploy_breaks_what_is_bound_to_a_version() {
    let spec = scenario("morning");
    let plan = Plan { units: 350, deploy: true, ..Plan::default() };
    let on_version = tried(&spec, 9, plan);
    let on_alias = tried(&spec, 9, Plan { bound: Bound::Alias, ..plan });
    assert!(!on_version.keeps_promise(), "{on_version:?}");
    assert!(on_alias.keeps_promise(), "{on_alias:?}");
    let nothing = tried(&spec, 9, Plan::default());
    let pings = tried(&spec, 9, Plan { pings: 350, deploy: true, ping_every_min: 15, ..Plan::default() });
    assert!(pings.cold_starts > nothing.cold_starts / 2, "pings of the old version keep nothing of the new one: {pings:?}");
}

#[test]
fn thirty_mornings_cost_thirty_times_one() {
    let spec = scenario("morning");
    let plan = Plan { units: 200, from: 8 * 60 + 50, until: 9 * 60 + 15, ..Plan::default() };
    let planned = plan.apply(&spec);
    let report = simulate(&planned, 9, None).report;
    let month = cost::thirty_mornings(&report, &planned, &plan);
    for line in &report.bill.lines {
        let thirty = month.lines.iter().find(|found| found.kind == line.kind).unwrap().due_pd;
        let off = (thirty - line.due_pd * 30).abs();
        assert!(off <= line.due_pd / 1_000 + 1_000_000, "{:?}: {thirty} is not thirty times {}", line.kind, line.due_pd);
    }
    let line_of = |bill: &coldstart_sim::Bill| bill.lines.iter().find(|line| line.kind == BillLineKind::Provisioned).unwrap().due_pd;
    let until_noon = Plan { until: 12 * 60, ..plan };
    let noon = until_noon.apply(&spec);
    let longer = cost::thirty_mornings(&simulate(&noon, 9, None).report, &noon, &until_noon);
    let minutes = |plan: &Plan| i128::from(plan.until - plan.from);
    assert_eq!(line_of(&longer) * minutes(&plan), line_of(&month) * minutes(&until_noon), "the window behind the run counts too");
    assert_eq!(cost::around_the_clock_pd(&spec, 200) * minutes(&plan), line_of(&month) * 24 * 60);
}

#[test]
fn the_post_mortem_tells_this_morning() {
    let spec = scenario("morning");
    let today = Morning::of(&simulate(&spec, 9, None).report, Clock::of(&spec));
    let plan = Plan { units: 300, ..Plan::default() };
    let tries = vec![Try { plan, outcome: tried(&spec, 9, plan) }];
    let incident = Incident { step: Step::End, bought: vec![EvidenceKind::Database], tries, ..Incident::new(9, 30) };
    let text = write(&Material { incident: &incident, morning: &today, gap: None });
    let needed = ["09:00: p99", "09:17: looked at: Database latency", "300 provisioned", "ProvisionedConcurrencySpilloverInvocations"];
    for words in needed {
        assert!(text.contains(words), "{words:?} is missing in\n{text}");
    }
    assert!(text.contains(&today.cold_starts().to_string()));
}
