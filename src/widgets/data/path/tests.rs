//! Maps, ways and frames of small scenarios, and of every scenario of the course.

use super::super::tests::drawn;
use super::frame::DOTS_MAX;
use super::journey::{Journeys, Look};
use super::layout::{BOXES_MAX, Part, PathMap};
use super::place::{BOX_HEIGHT, Place, Places, along};
use super::read::read;
use super::view::figure;
use coldstart_course::parser::{Files, compile};
use coldstart_facts::registry::Registry;
use coldstart_sim::{Exit, NodeKind, Report, RunOptions, ScenarioSpec, Seed, ThrottleCause, Timeline, TimelineOptions, run, validate};
use std::path::Path;

const TRAVEL_US: u64 = 250_000;

fn ran(spec: &ScenarioSpec, to_s: u64) -> (Report, Timeline) {
    let scenario = validate(spec).unwrap().scenario;
    let timeline = Some(TimelineOptions { window_us: (0, to_s * 1_000_000), max_entries: 20_000 });
    let output = run(&scenario, Seed(spec.run.seed), RunOptions { timeline, ..RunOptions::default() });
    (output.report, output.timeline.unwrap())
}

fn lesson(name: &str, scenario: &str) -> ScenarioSpec {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("lessons/{name}/scenarios/{scenario}.toml"));
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn ways(name: &str, scenario: &str, to_s: u64) -> (PathMap, Journeys, Report) {
    let spec = lesson(name, scenario);
    let map = PathMap::new(&spec);
    let (report, timeline) = ran(&spec, to_s);
    let journeys = read(&map, &timeline, &report.nodes, TRAVEL_US);
    (map, journeys, report)
}

fn at(map: &PathMap, id: &str, kind: NodeKind) -> usize {
    map.node(id, kind).unwrap()
}

#[test]
fn a_map_leads_from_senders_to_ends_in_columns() {
    let map = PathMap::new(&lesson("triggers", "three-lanes-broken"));
    let edge = |from: &str, to: &str| {
        map.edges.iter().any(|(a, b)| map.boxes[*a].id == from && map.boxes[*b].id == to && map.boxes[*a].column < map.boxes[*b].column)
    };
    for (from, to) in [("shop", "orders"), ("announcements", "orders"), ("warehouse", "parcels"), ("parcels", "parcels-mapping")] {
        assert!(edge(from, to), "{from} to {to}: {map:?}");
    }
    assert!(edge("orders", "events-dead") && edge("parcels", "parcels-dead") && edge("parcels-mapping", "orders"), "{map:?}");
    let last = map.columns() - 1;
    assert!(map.boxes.iter().filter(|one| one.id.ends_with("-dead")).all(|one| one.column == last));
    assert_eq!(map.boxes[map.function(0).unwrap()].part, Part::Function(0));
}

#[test]
fn a_circle_ends_and_too_many_parts_are_told() {
    let map = PathMap::new(&lesson("fan-out", "one-upload"));
    assert!(map.columns() <= map.boxes.len());
    let mut spec = lesson("triggers", "three-lanes");
    let one = spec.destinations[0].clone();
    spec.destinations.extend((0..BOXES_MAX).map(|n| coldstart_sim::spec::DestinationSpec { id: format!("more-{n}"), ..one.clone() }));
    assert!(PathMap::new(&spec).is_crowded());
}

#[test]
fn boxes_stand_side_by_side_or_below_one_another_within_the_width() {
    let map = PathMap::new(&lesson("triggers", "three-lanes"));
    for (width, stacked) in [(328.0, true), (900.0, false)] {
        let places = Places::new(&map, width);
        assert_eq!(places.stacked, stacked);
        assert!(
            places.places.iter().all(|place| place.x >= -0.01 && place.x + place.width <= width + 0.01 && place.y >= -0.01),
            "{places:?}"
        );
        for (a, one) in places.places.iter().enumerate() {
            let apart = |other: &super::place::Place| {
                (one.x - other.x).abs() >= one.width.min(other.width) || (one.y - other.y).abs() >= super::place::BOX_HEIGHT
            };
            assert!(places.places.iter().enumerate().all(|(b, other)| a == b || apart(other)), "{places:?}");
        }
    }
}

#[test]
fn what_failed_for_good_is_kept_and_counted() {
    let (map, journeys, report) = ways("triggers", "three-lanes-broken", 600);
    let frame = journeys.frame(599_000_000);
    for end in [at(&map, "events-dead", NodeKind::QueueDestination), at(&map, "parcels-dead", NodeKind::StandardQueue)] {
        assert_eq!(frame.counts[end].here, 1, "{:?}", map.boxes[end]);
        assert_eq!(frame.rests[end].len(), 1, "{:?}", map.boxes[end]);
        assert!(frame.rests[end][0].failed);
        assert!(frame.trails.iter().any(|trail| trail.1 == end));
    }
    let function = map.function(0).unwrap();
    assert_eq!(frame.counts[function].failed as u64, report.functions[0].invocations);
    assert_eq!((frame.counts[function].here, frame.dots.len()), (0, 0));
    let shop = map.sender("shop").unwrap();
    assert_eq!((frame.counts[shop].here, frame.counts[shop].failed), (0, 1));
    let warehouse = map.sender("warehouse").unwrap();
    assert_eq!((frame.counts[warehouse].here, frame.counts[warehouse].done), (0, 1), "its message is with the queue");
}

#[test]
fn a_retry_carries_its_attempts_and_waits_where_it_waits() {
    let (map, journeys, _) = ways("triggers", "three-lanes-broken", 600);
    let queue = at(&map, "orders", NodeKind::AsynchronousQueue);
    // A minute after the first failure the event is tried again, and waits for two more then.
    let rests = &journeys.frame(100_000_000).rests[queue];
    assert_eq!(rests.iter().map(|rest| (rest.attempt, rest.failed)).collect::<Vec<_>>(), [(2, true)]);
    assert_eq!(journeys.frame(0).counts.iter().map(|counts| counts.here + counts.done).sum::<usize>(), 0, "nothing at the start");
}

#[test]
fn a_refused_request_turns_back_with_its_cause() {
    let (map, journeys, report) = ways("async-retries", "full-house", 120);
    let bounced =
        journeys.journeys.iter().flat_map(|journey| &journey.legs).filter(|leg| matches!(leg.look, Look::Bounce(Some(_)))).count();
    let function = map.function(0).unwrap();
    let frame = journeys.frame(119_999_999);
    assert!(bounced > 0 && report.functions[0].throttled() > 0);
    assert_eq!(frame.counts[function].refused, bounced);
    let told = journeys.frame(20_000_000).causes();
    assert_eq!(told.iter().map(|one| one.cause).collect::<Vec<_>>(), [Some(ThrottleCause::ReservedConcurrency)], "said once for all");
    assert!(told[0].requests > 1, "{told:?}");
}

#[test]
fn what_an_account_says_is_what_the_boxes_count() {
    for (name, scenario) in [("triggers", "three-lanes"), ("fan-out", "checkout-announces"), ("async-retries", "three-ways-in")] {
        let mut spec = lesson(name, scenario);
        spec.run.duration_s = spec.run.duration_s.min(120.0);
        let map = PathMap::new(&spec);
        // Past the end, so that nothing is cut off.
        let (report, timeline) = ran(&spec, 100_000);
        assert_eq!(timeline.dropped, 0, "{scenario}");
        let frame = read(&map, &timeline, &report.nodes, TRAVEL_US).frame(report.ended_at_us);
        for node in &report.nodes {
            let is_mapping = node.kind.is_mapping() || node.kind.is_stream();
            let Some(place) = map.node(&node.id, node.kind).filter(|_| !is_mapping) else { continue };
            let counts = frame.counts[place];
            let kept = node.exits(Exit::Kept);
            assert_eq!(counts.failed as u64, node.failed(), "{scenario}: {}", node.id);
            assert_eq!(counts.done as u64, node.exits(Exit::Delivered), "{scenario}: {}", node.id);
            assert_eq!(counts.here as u64, node.in_flight + kept, "{scenario}: {}", node.id);
        }
    }
}

#[test]
fn every_scenario_of_the_course_has_a_path_at_start_middle_and_end() {
    let files = Files::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons")).unwrap();
    let lessons = compile(&files, &Registry::bundled().unwrap()).unwrap().lessons;
    let mut kinds = std::collections::BTreeSet::new();
    for (name, spec) in lessons.iter().flat_map(|lesson| &lesson.scenarios) {
        let map = PathMap::new(spec);
        let mut short = spec.clone();
        short.run.duration_s = spec.run.duration_s.min(60.0);
        short.run.warm_up_s = 0.0;
        if map.is_crowded() || validate(&short).is_err() {
            continue;
        }
        let (report, timeline) = ran(&short, 60);
        kinds.extend(report.nodes.iter().map(|node| node.kind));
        for node in &report.nodes {
            let found = map.node(&node.id, node.kind).or_else(|| map.sender(&node.id));
            assert!(found.is_some(), "{name}: no box for {} {:?}", node.id, node.kind);
        }
        let journeys = read(&map, &timeline, &report.nodes, TRAVEL_US);
        for at_us in [0, 20_000_000, 60_000_000] {
            let frame = journeys.frame(at_us);
            assert!(frame.dots.len() <= DOTS_MAX && frame.dots.iter().all(|dot| (0.0..=1.0).contains(&dot.share)), "{name}");
            for width in [328.0, 760.0] {
                let html = drawn(figure(&map, &frame, width, true));
                assert!(html.contains("path-drawing"), "{name}: {html}");
                assert!(map.boxes.iter().all(|one| html.contains(&one.id)), "{name}: {html}");
            }
        }
    }
    assert!(kinds.len() >= 10, "{kinds:?}");
}

/// Whether a piece of a way runs through the inside of a box.
fn crosses(piece: &[(f64, f64)], place: Place) -> bool {
    (0..=200).map(|step| along(piece, f64::from(step) / 200.0)).any(|(x, y)| {
        let inside = |value: f64, low: f64, high: f64| value > low + 1.0 && value < high - 1.0;
        inside(x, place.x, place.x + place.width) && inside(y, place.y, place.y + BOX_HEIGHT)
    })
}

#[test]
fn ways_go_past_boxes_side_by_side_and_one_below_the_other() {
    let shown =
        [("triggers", "three-lanes-broken"), ("async-retries", "full-house"), ("fan-out", "checkout-announces"), ("fan-out", "one-upload")];
    for (name, scenario) in shown {
        let map = PathMap::new(&lesson(name, scenario));
        for width in [312.0, 480.0, 650.0, 1_100.0] {
            let places = Places::new(&map, width);
            for (from, to) in &map.edges {
                let way = places.way(*from, *to);
                for (at, place) in places.places.iter().enumerate().filter(|(at, _)| at != from && at != to) {
                    assert!(!crosses(&way, *place), "{name} at {width}: {from} to {to} runs through {at}: {way:?}");
                }
            }
        }
    }
}

#[test]
fn a_dot_goes_along_its_way_at_one_speed() {
    let way = [(0.0, 0.0), (10.0, 0.0), (10.0, 30.0)];
    assert_eq!(
        (along(&way, 0.0), along(&way, 0.25), along(&way, 0.5), along(&way, 1.0)),
        ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (10.0, 30.0))
    );
    assert_eq!(along(&[], 0.5), (0.0, 0.0));
}
