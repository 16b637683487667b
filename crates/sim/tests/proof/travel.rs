//! Time travel: what it finds is what the timeline tells, at every moment and in any order of asking.

use crate::support::{Checks, recorded, spec};
use coldstart_sim::spec::{ArrivalsSpec, ScenarioSpec};
use coldstart_sim::travel::{Activity, Moment, TimeTravel};
use coldstart_sim::{FunctionCounter, RunOutput, Seed, SimTime, Timeline, TimelineKind, validate};
use std::collections::{BTreeMap, BTreeSet};

/// Front doors, queues, streams, calls: the golden scenarios that have most in them.
fn scenarios() -> Vec<(&'static str, ScenarioSpec)> {
    let golden = |name: &str| {
        let path = crate::support::tests_folder().join("golden").join(format!("{name}.toml"));
        toml::from_str(&std::fs::read_to_string(path).expect("the file")).expect("a scenario")
    };
    ["plain-pool", "provisioned-spill", "queues", "streams", "dependencies", "behaviour", "deploy-cold"]
        .map(|name| (name, golden(name)))
        .into()
}

fn travel(spec: &ScenarioSpec) -> TimeTravel {
    TimeTravel::new(&validate(spec).expect("a scenario").scenario, Seed(spec.run.seed))
}

/// What environments do at a moment, told by the timeline from its start.
fn told(timeline: &Timeline, at_us: u64) -> BTreeMap<u32, Activity> {
    let mut told = BTreeMap::new();
    // Whether an environment was started ahead comes out with its first request: until then nobody knows of it.
    let unknown: BTreeSet<u32> = timeline
        .events
        .iter()
        .filter_map(|event| match event.kind {
            TimelineKind::Noted { environment, what: FunctionCounter::ProactiveInits } if event.at_us > at_us => Some(environment),
            _ => None,
        })
        .collect();
    for event in timeline.events.iter().take_while(|event| event.at_us <= at_us) {
        match event.kind {
            TimelineKind::Starting { environment, .. } if unknown.contains(&environment) => None,
            TimelineKind::Starting { environment, .. } => told.insert(environment, Activity::Starting),
            TimelineKind::Busy { environment, source, request, attempt } => {
                told.insert(environment, Activity::Busy { source, request, attempt })
            }
            TimelineKind::Idle { environment, .. } | TimelineKind::Ready { environment } => told.insert(environment, Activity::Idle),
            TimelineKind::Ended { environment } => told.remove(&environment),
            _ => None,
        };
    }
    told
}

fn found(moment: &Moment) -> BTreeMap<u32, Activity> {
    moment.environments.iter().map(|one| (one.id, one.activity)).collect()
}

/// Moments all over a run, the last first.
fn moments_us(output: &RunOutput) -> Vec<u64> {
    let end = output.timeline.as_ref().and_then(|timeline| timeline.events.last()).map_or(0, |event| event.at_us);
    (0..40).rev().map(|place| end * place / 39).collect()
}

#[test]
fn every_moment_is_as_the_timeline_tells_it() {
    let mut checks = Checks::new();
    for (name, spec) in scenarios() {
        let (output, travel) = (recorded(&spec), travel(&spec));
        let timeline = output.timeline.as_ref().expect("a timeline");
        let wrong = moments_us(&output).into_iter().find(|at| found(&travel.at(SimTime::from_us(*at))) != told(timeline, *at));
        checks.equal(name, wrong, None);
    }
    checks.finish();
}

/// Steps backwards find what steps forwards found.
#[test]
fn each_event_is_a_step_both_ways() {
    let mut spec = spec("ground-truth-pool");
    spec.run.duration_s = 60.0;
    spec.sources[0].arrivals = ArrivalsSpec::Poisson { per_s: 20.0 };
    let travel = travel(&spec);
    let last = travel.end().events;
    let forwards: Vec<Moment> = (0..=last).map(|events| travel.after_events(events)).collect();
    let mut checks = Checks::new();
    checks.holds("long enough to have several copies", last > 2_100, &last.to_string());
    checks.holds("one event each", forwards.iter().zip(0..).all(|(moment, events)| moment.events == events), "in order");
    checks.holds("time never goes back", forwards.is_sorted_by_key(|moment| moment.at_us), "in order");
    let backwards: Vec<Moment> = (0..=last).rev().map(|events| travel.after_events(events)).collect();
    checks.holds("the same backwards", forwards.iter().rev().eq(&backwards), "moment by moment");
    checks.equal("past the end is the end", &travel.after_events(u64::MAX), travel.end());
    checks.equal("the end is the report's", (travel.end().arrived, travel.end().ended[0]), {
        let report = crate::support::report(&spec);
        (report.total.requests, report.total.outcomes[0])
    });
    checks.finish();
}

/// What nodes hold is in the moments too, and a queue that empties is empty afterwards.
#[test]
fn nodes_hold_what_has_not_left_them() {
    let spec = spec("t53");
    let (travel, report) = (travel(&spec), crate::support::report(&spec));
    let place = report.nodes.iter().position(|node| node.kind.is_queue()).expect("a queue");
    let last_us = travel.end().at_us;
    let held: Vec<u64> = (0..200).map(|at| travel.at(SimTime::from_us(last_us * at / 199)).held[place]).collect();
    let most = held.iter().copied().max().unwrap_or(0);
    assert!(most > 0 && most <= report.nodes[place].held_max, "{most} of {}", report.nodes[place].held_max);
    assert_eq!(held.last(), Some(&report.nodes[place].in_flight));
}
