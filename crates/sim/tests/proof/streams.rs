//! Streams and their mappings: AWS's rules, and every setting by the counter that it moves.

use crate::support::{Checks, batches, float, node, recorded, report, sends, spec};
use coldstart_sim::spec::{ArrivalsSpec, DistributionSpec, MappingSpec, ScenarioSpec, SourceKindSpec, StreamKindSpec};
use coldstart_sim::{
    AttemptResult, BillLineKind, Exit, NodeCounter, NodeReport, Report, RunOutcome, RunOutput, Severity, TimelineKind, check,
};

fn mapping(report: &Report) -> &NodeReport {
    node(report, "mapping")
}

/// When attempts were made, in seconds.
fn attempts_s(output: &RunOutput) -> Vec<f64> {
    output.timeline.as_ref().expect("a timeline").attempts.iter().map(|attempt| float(attempt.started_us) / 1e6).collect()
}

/// The scenario with a function that always fails in no time.
fn failing() -> ScenarioSpec {
    let mut spec = spec("stream");
    spec.functions[0].handler.wait = DistributionSpec::constant(0.0);
    spec.functions[0].handler.error_rate = 1.0;
    spec.mappings[0].on_failure = Some("told".to_owned());
    spec
}

/// Facts I2: once a second from Kinesis, four times from DynamoDB.
#[test]
fn shards_are_polled_at_their_beat() {
    let mut spec = spec("stream");
    let mut checks = Checks::new();
    checks.equal("Kinesis", batches(&recorded(&spec)), vec![(1_000, 10)]);
    spec.streams[0].kind = StreamKindSpec::DynamoDb;
    checks.equal("DynamoDB", batches(&recorded(&spec)), vec![(500, 10)]);
    checks.finish();
}

/// Facts I1, I9, H19.
#[test]
fn batches_close_by_size_payload_and_window() {
    let mut spec = spec("stream");
    let mut checks = Checks::new();
    spec.sources[0].arrivals = sends(&[(0.3, 250)]);
    checks.equal("100 by default, one after the other", batches(&recorded(&spec)), vec![(1_000, 100), (1_200, 100), (1_400, 50)]);
    spec.mappings[0].batch_size = Some(200);
    checks.equal("as set", batches(&recorded(&spec)), vec![(1_000, 200), (1_200, 50)]);
    spec.sources[0].payload_kb = 1_000;
    spec.sources[0].arrivals = sends(&[(0.3, 8)]);
    checks.equal("6 MB", batches(&recorded(&spec)), vec![(1_000, 6), (1_200, 2)]);
    spec.sources[0].payload_kb = 10_241;
    checks.equal("10 MB a record", node(&report(&spec), "stream").count(NodeCounter::RefusedTooLarge), 8);
    spec.sources[0].payload_kb = 1;
    spec.mappings[0].batching_window_s = 5.0;
    spec.sources[0].arrivals = sends(&[(0.3, 3), (4.3, 2), (5.8, 1), (6.1, 1)]);
    // The window opens with the first records that a poll finds, the next one when the call before has ended and the next poll finds more.
    checks.equal("window", batches(&recorded(&spec)), vec![(6_000, 6), (12_000, 1)]);
    checks.finish();
}

/// Facts I7: 100 shards with a factor of 2 make 200.
#[test]
fn shards_and_lanes_bound_concurrency() {
    let mut checks = Checks::new();
    for (shards, factor, keys, at_once) in
        [(1, None, 10_000, 1), (4, None, 10_000, 4), (4, Some(10), 10_000, 40), (100, Some(2), 100_000, 200), (100, Some(10), 1, 1)]
    {
        let mut spec = spec("stream");
        spec.functions[0].handler.wait = DistributionSpec::constant(3_000.0);
        spec.streams[0].shards = shards;
        spec.streams[0].partition_keys = keys;
        spec.mappings[0].parallelization_factor = factor;
        spec.mappings[0].batch_size = Some(10);
        spec.sources[0].arrivals = sends(&[(0.3, 20_000)]);
        checks.equal(&format!("{shards} shards, factor {factor:?}, {keys} keys"), report(&spec).total.concurrency_max, at_once);
    }
    checks.finish();
}

/// Facts I3: the shard is blocked until the records are gone from the stream, a day later.
#[test]
fn a_failing_batch_blocks_its_shard() {
    let mut spec = failing();
    spec.sources[0].arrivals = sends(&[(0.3, 1), (50.0, 1)]);
    let output = recorded(&spec);
    let mut checks = Checks::new();
    checks.equal("tries", attempts_s(&output)[..8].to_vec(), vec![1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 124.0]);
    checks.equal("both are in flight", (mapping(&output.report).in_flight, mapping(&output.report).failed()), (2, 0));
    checks.near("iterator age", float(mapping(&output.report).iterator_age_max_us) / 1e6, 570.0, 31.0);
    checks.equal("one request", output.report.total.requests, 1);
    spec.run.duration_s = 100_000.0;
    let report = report(&spec);
    checks.equal("trimmed", (mapping(&report).exits(Exit::Expired), node(&report, "told").entered), (2, 0));
    checks.finish();
}

/// Facts I4, I13: the retries are used up, and the destination is told once for the batch.
#[test]
fn retries_are_bounded() {
    let mut checks = Checks::new();
    for retries in [0, 1, 3] {
        let mut spec = failing();
        spec.mappings[0].max_retry_attempts = Some(retries);
        let report = report(&spec);
        let own = mapping(&report);
        checks.equal("tries", own.count(NodeCounter::FunctionErrors), u64::from(retries) + 1);
        checks.equal("given up, told", (own.exits(Exit::RetriesExhausted), node(&report, "told").entered), (10, 1));
        spec.mappings[0].on_failure = None;
        checks.equal("dropped", mapping(&crate::support::report(&spec)).count(NodeCounter::Dropped), 10);
    }
    checks.finish();
}

/// Facts I5, and I14: throttles use up no retry, but time.
#[test]
fn old_records_are_given_up() {
    let mut spec = failing();
    spec.mappings[0].max_record_age_s = Some(60.0);
    spec.mappings[0].max_retry_attempts = Some(8);
    let by_errors = report(&spec);
    spec.functions[0].reserved_concurrency = Some(0);
    spec.mappings[0].max_retry_attempts = Some(0);
    let by_throttles = report(&spec);
    let mut checks = Checks::new();
    for (name, report, counter) in
        [("errors", &by_errors, NodeCounter::FunctionErrors), ("throttles", &by_throttles, NodeCounter::Throttles)]
    {
        let own = mapping(report);
        checks.equal(name, (own.count(counter), own.exits(Exit::AgeExceeded), own.exits(Exit::RetriesExhausted)), (6, 10, 0));
        checks.equal("told", own.count(NodeCounter::SentOnFailure), 1);
    }
    checks.finish();
}

/// Facts I6: with nothing to spare, splitting loses the bad records and no other.
#[test]
fn splitting_isolates_bad_records() {
    let mut spec = failing();
    spec.functions[0].handler.error_rate = 0.0;
    spec.run.duration_s = 7_200.0;
    spec.mappings[0].poison_rate = 0.01;
    spec.mappings[0].max_retry_attempts = Some(0);
    spec.sources[0].arrivals = sends(&[(0.3, 1_000)]);
    let whole = report(&spec);
    spec.mappings[0].bisect_batch = true;
    let split = report(&spec);
    spec.mappings[0].bisect_batch = false;
    spec.mappings[0].batch_size = Some(1);
    let alone = report(&spec);
    let lost = |report: &Report| mapping(report).exits(Exit::RetriesExhausted);
    let mut checks = Checks::new();
    checks.near("bad records", float(lost(&alone)), 10.0, 9.0);
    checks.equal("split: no other is lost", (lost(&split), mapping(&split).exits(Exit::Delivered)), (lost(&alone), 1_000 - lost(&alone)));
    checks.holds("whole: their batches are", lost(&whole) >= 100 * 5 && lost(&whole).is_multiple_of(100), &format!("{}", lost(&whole)));
    // A hundred records are one after seven splits at most, each of which takes one try.
    let (splits, most) = (mapping(&split).count(NodeCounter::Splits), 7 * lost(&alone));
    checks.holds("log2 of the batch size", splits > lost(&alone) && splits <= most, &format!("{splits} splits, {most} at most"));
    checks.finish();
}

/// A batch is done up to the first record that failed; the rest is tried again.
#[test]
fn partial_responses_go_on_behind_the_last_success() {
    let mut spec = failing();
    spec.functions[0].handler.error_rate = 0.0;
    spec.run.duration_s = 7_200.0;
    spec.mappings[0].message_error_rate = 0.05;
    spec.mappings[0].report_batch_item_failures = true;
    spec.sources[0].arrivals = sends(&[(0.3, 500)]);
    let output = recorded(&spec);
    let own = mapping(&output.report);
    let order: Vec<u64> = output
        .timeline
        .iter()
        .flat_map(|timeline| &timeline.events)
        .filter_map(|event| match event.kind {
            TimelineKind::Left { request, exit: Exit::Delivered, .. } => Some(request),
            _ => None,
        })
        .collect();
    let mut checks = Checks::new();
    checks.equal("all handled, in order", (order.len(), order.is_sorted()), (500, true));
    checks.equal("no invocation fails", output.report.total.outcomes[1], 0);
    checks.holds("some items did", own.count(NodeCounter::ItemFailures) > 20, &format!("{}", own.count(NodeCounter::ItemFailures)));
    spec.mappings[0].report_batch_item_failures = false;
    let whole = report(&spec);
    checks.holds("all or nothing hardly gets on", mapping(&whole).exits(Exit::Delivered) <= 300, &format!("{:?}", mapping(&whole).exits));
    checks.finish();
}

/// Batches do not cross the windows, and each window that had records is closed by a call of its own.
#[test]
fn tumbling_windows_are_closed() {
    let mut spec = spec("stream");
    spec.mappings[0].tumbling_window_s = 30.0;
    spec.mappings[0].batching_window_s = 20.0;
    spec.sources[0].arrivals = ArrivalsSpec::Timestamps { at_s: (0..90).map(|at| f64::from(at) + 0.5).collect(), durations_ms: Vec::new() };
    let output = recorded(&spec);
    let own = mapping(&output.report);
    let batches = batches(&output);
    let mut checks = Checks::new();
    checks.equal("closed", own.count(NodeCounter::WindowsClosed), 3);
    let closing: Vec<u64> = batches.iter().filter(|(_, records)| *records == 0).map(|(at_ms, _)| *at_ms).collect();
    checks.holds(
        "soon after their ends",
        closing.len() == 3 && closing.iter().zip([30_000, 60_000, 90_000]).all(|(at, end)| (end..end + 1_500).contains(at)),
        &format!("{closing:?}"),
    );
    checks.equal("all handled", own.exits(Exit::Delivered), 90);
    let before: u32 = batches.iter().filter(|(at_ms, _)| *at_ms <= closing[0]).map(|(_, records)| records).sum();
    checks.equal("none crosses", before, 30);
    checks.finish();
}

#[test]
fn settings_move_their_counters() {
    let mut spec = spec("stream");
    spec.sources[0].arrivals = sends(&[(0.3, 1_000)]);
    let mut checks = Checks::new();
    spec.mappings[0].filtered_rate = 0.25;
    let filtered = report(&spec);
    checks.near("filtered", float(mapping(&filtered).exits(Exit::Filtered)), 250.0, 55.0);
    checks.equal("the rest", mapping(&filtered).exits(Exit::Filtered) + mapping(&filtered).exits(Exit::Delivered), 1_000);
    spec.mappings[0].filtered_rate = 0.0;
    spec.mappings[0].message_ms = 10.0;
    checks.equal("each record takes its time", report(&spec).total.duration_us, 10 * 200_000 + 1_000 * 10_000);
    // Every mapping reads the whole stream.
    let other = MappingSpec { id: "other".to_owned(), ..spec.mappings[0].clone() };
    spec.mappings.push(other);
    let both = report(&spec);
    let entered = ["stream", "mapping", "other"].map(|id| node(&both, id).entered);
    checks.equal("entered", entered, [1_000; 3]);
    checks.equal("the stream keeps them", node(&both, "stream").exits(Exit::Kept), 1_000);
    checks.finish();
}

#[test]
fn shards_and_records_are_billed() {
    let mut spec = spec("stream");
    spec.run.duration_s = 3_600.0;
    spec.streams[0].shards = 2;
    spec.sources[0].payload_kb = 30;
    let line = |spec: &ScenarioSpec, kind: BillLineKind| {
        let report = report(spec);
        report.bill.lines.iter().find(|line| line.kind == kind).map(|line| line.quantity_micro / 1_000_000)
    };
    let mut checks = Checks::new();
    checks.equal("shard hours", line(&spec, BillLineKind::KinesisShards), Some(2));
    checks.equal("PUT units of 25 KB", line(&spec, BillLineKind::KinesisPuts), Some(20));
    spec.streams[0].kind = StreamKindSpec::DynamoDb;
    checks.equal("no shards", line(&spec, BillLineKind::KinesisShards), None);
    checks.equal("write units of 1 KB", line(&spec, BillLineKind::DynamoDbWrites), Some(300));
    checks.finish();
}

#[test]
fn what_is_held_is_bounded() {
    let mut spec = failing();
    spec.run.max_messages = 50;
    spec.sources[0].arrivals = ArrivalsSpec::Constant { per_s: 1.0 };
    let report = report(&spec);
    assert_eq!((report.outcome, mapping(&report).held_max), (RunOutcome::MessageBudget, 50));
    assert!(report.nodes.iter().all(NodeReport::adds_up), "{:?}", report.nodes);
}

/// Nothing that a mapping of a stream calls is ever answered to a caller.
#[test]
fn records_have_no_caller() {
    let output = recorded(&spec("stream"));
    let ran = output.timeline.iter().flat_map(|t| &t.attempts).filter(|a| matches!(a.result, AttemptResult::Ran { .. })).count();
    assert_eq!((ran, output.report.total.latency.count, mapping(&output.report).age.count), (1, 0, 10));
}

/// Each mistake is found at its own field.
#[test]
fn mistakes_are_found_at_their_fields() {
    type Edit = fn(&mut ScenarioSpec);
    let edits: [(Edit, &str); 9] = [
        (|s| s.mappings[0].maximum_concurrency = Some(5), "mappings[0].maximum_concurrency"),
        (|s| s.mappings[0].low_traffic_wait_s = 5.0, "mappings[0].low_traffic_wait_s"),
        (|s| s.mappings[0].on_failure = Some("nowhere".to_owned()), "mappings[0].on_failure"),
        (|s| s.mappings[0].source = "nothing".to_owned(), "mappings[0].source"),
        (|s| s.streams[0].id = "worker".to_owned(), "streams[0].id"),
        (|s| s.sources[0].kind = SourceKindSpec::Asynchronous, "sources[0].kind"),
        (|s| s.sources[0].target = "nothing".to_owned(), "sources[0].target"),
        (
            |s| {
                s.streams[0].kind = StreamKindSpec::DynamoDb;
                s.streams[0].retention_s = 100_000.0;
            },
            "streams[0].retention_s",
        ),
        (
            |s| {
                s.queues.push(coldstart_sim::spec::QueueSpec { id: "queue".to_owned(), ..Default::default() });
                s.mappings[0].source = "queue".to_owned();
                s.mappings[0].bisect_batch = true;
            },
            "mappings[0].bisect_batch",
        ),
    ];
    for (edit, path) in edits {
        let mut spec = spec("stream");
        let advice: Vec<_> = check(&spec).into_iter().map(|problem| problem.path).collect();
        assert_eq!(advice, ["mappings[0].max_retry_attempts"]);
        edit(&mut spec);
        let problems = check(&spec);
        assert!(problems.iter().any(|p| p.path == path && p.severity == Severity::Error), "{path}: {problems:?}");
    }
}
