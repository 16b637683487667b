//! SQS queues and their mappings: AWS's worked cases, closed forms, and every setting by the counter that it moves.

use crate::support::{Checks, batches, float, node, recorded, report, rows, scenario, sends, share, spec};
use coldstart_sim::spec::{
    ArrivalsSpec, DestinationKindSpec, DestinationSpec, DistributionSpec, PollerScalingSpec, QueueSpec, ScenarioSpec, SourceKindSpec,
};
use coldstart_sim::{
    BillLineKind, Exit, NodeCounter, NodeReport, RunOptions, RunOutcome, RunOutput, Seed, Severity, SimTime, Simulation, TimelineKind,
    check,
};

/// When attempts were made, in milliseconds.
fn attempts_ms(output: &RunOutput) -> Vec<u64> {
    output.timeline.as_ref().expect("a timeline").attempts.iter().map(|attempt| attempt.started_us / 1_000).collect()
}

/// Most batches at once up to each time, from a queue that never runs dry.
fn concurrency_at(spec: &ScenarioSpec, at_s: f64) -> u32 {
    let mut simulation = Simulation::new(&scenario(spec), Seed(1), RunOptions::default());
    // A hundredth of a second later: the first poll comes a microsecond after the messages.
    simulation.run_until(SimTime::from_s(at_s + 0.01));
    simulation.finish_here().report.total.concurrency_max
}

#[test]
fn t48_batches_at_once_grow_as_in_the_table() {
    let current = spec("t48");
    let mut capped = current.clone();
    capped.mappings[0].maximum_concurrency = Some(1_000);
    let mut checks = Checks::new();
    for row in rows("sqs_ramp") {
        let at_s = row.number("t_s");
        checks.equal("at once", f64::from(concurrency_at(&current, at_s)), row.number("max_concurrent_invokes_cap1250"));
        checks.equal("with a maximum", f64::from(concurrency_at(&capped, at_s)), row.number("older_doc_cap1000"));
    }
    // The rule until 2023: 1,000 after 16.6 minutes, however long a batch takes.
    let mut old = current;
    old.run.duration_s = 1_100.0;
    old.mappings[0].scaling = PollerScalingSpec::Until2023;
    old.functions[0].timeout_ms = 60_000;
    old.functions[0].handler.wait = DistributionSpec::constant(10_000.0);
    for (at_s, at_once) in [(60.0, 65), (600.0, 605), (994.0, 999), (995.0, 1_000), (1_090.0, 1_000)] {
        checks.equal(&format!("until 2023, after {at_s} s"), concurrency_at(&old, at_s), at_once);
    }
    checks.finish();
}

#[test]
fn t49_message_groups_bound_concurrency() {
    let mut checks = Checks::new();
    for (groups, maximum, at_once) in [(6, 10, 6), (6, 4, 4), (20, 10, 10)] {
        let mut spec = spec("t49");
        spec.queues[0].message_groups = groups;
        spec.mappings[0].maximum_concurrency = Some(maximum);
        let report = report(&spec);
        checks.equal(&format!("{groups} groups, maximum {maximum}"), report.total.concurrency_max, at_once);
        checks.equal("all handled", node(&report, "queue").exits(Exit::Delivered), 1_200);
    }
    checks.finish();
}

#[test]
fn t53_a_batch_is_sent_when_its_window_is_over_or_it_is_full() {
    let mut spec = spec("t53");
    let mut checks = Checks::new();
    checks.equal("five messages after 40 s", batches(&recorded(&spec)), vec![(47_000, 5)]);
    checks.equal("and no sooner", attempts_ms(&recorded(&spec)), vec![47_000]);
    spec.sources[0].arrivals = sends(&[(7.0, 4), (20.0, 6), (21.0, 1)]);
    checks.equal("earlier when it is full", batches(&recorded(&spec)), vec![(20_000, 10), (61_000, 1)]);
    spec.sources[0].arrivals = sends(&[(7.0, 3), (20.0, 4)]);
    spec.sources[0].payload_kb = 1_024;
    checks.equal("or has 6 MB", batches(&recorded(&spec)), vec![(20_000, 6), (60_000, 1)]);
    spec.sources[0].payload_kb = 900;
    checks.equal("or the next one does not fit", batches(&recorded(&spec)), vec![(20_000, 6), (60_000, 1)]);
    spec.sources[0].payload_kb = 1_025;
    let report = report(&spec);
    checks.equal("too large", (node(&report, "queue").count(NodeCounter::RefusedTooLarge), node(&report, "queue").entered), (7, 0));
    checks.finish();
}

#[test]
fn t54_the_visibility_timeout_is_advised_and_required() {
    let mut spec = spec("t53");
    spec.functions[0].timeout_ms = 30_000;
    spec.mappings[0].batching_window_s = 20.0;
    let mut checks = Checks::new();
    for (visibility_s, severity) in
        [(29.9, Some(Severity::Error)), (30.0, Some(Severity::Advice)), (199.0, Some(Severity::Advice)), (200.0, None)]
    {
        spec.queues[0].visibility_timeout_s = visibility_s;
        let found = check(&spec).into_iter().find(|problem| problem.path == "mappings[0].source");
        checks.equal(&format!("{visibility_s} s"), found.as_ref().map(|problem| problem.severity), severity);
        if let Some(problem) = found.filter(|problem| problem.severity == Severity::Advice) {
            checks.holds("the message says 200 s", problem.message.contains("200 s"), &problem.message);
        }
    }
    checks.finish();
}

#[test]
fn what_fails_comes_back_and_is_moved_away() {
    let mut spec = spec("redrive");
    let output = recorded(&spec);
    let mut checks = Checks::new();
    checks.equal("attempts", attempts_ms(&output), vec![0, 30_000, 60_000]);
    let queue = node(&output.report, "queue");
    checks.equal("moved", (queue.exits(Exit::Redriven), queue.count(NodeCounter::SentToDeadLetterQueue)), (1, 1));
    checks.equal("there after", node(&output.report, "dead").age.max_us / 1_000, 90_000);
    let mapping = node(&output.report, "mapping");
    checks.equal("received", (mapping.entered, mapping.exits(Exit::Returned), mapping.count(NodeCounter::FunctionErrors)), (3, 3, 3));
    for receives in [1, 5] {
        spec.queues[0].max_receive_count = receives;
        checks.equal("as often as allowed", report(&spec).total.invocations, u64::from(receives));
    }
    spec.queues[0].visibility_timeout_s = 10.0;
    checks.equal("sooner", attempts_ms(&recorded(&spec)), vec![0, 10_000, 20_000, 30_000, 40_000]);
    // Without a dead-letter queue it comes back until its retention ends.
    spec.queues[0].dead_letter_queue = None;
    spec.queues[0].retention_s = 100.0;
    let report = report(&spec);
    checks.equal("again and again", (report.total.invocations, node(&report, "queue").exits(Exit::Expired)), (10, 1));
    checks.finish();
}

/// A thousand messages in batches of ten, one in ten of whose tries fails.
#[test]
fn partial_responses_bring_back_only_what_failed() {
    let mut spec = spec("redrive");
    spec.functions[0].handler.error_rate = 0.0;
    spec.mappings[0].message_error_rate = 0.1;
    spec.queues[0].dead_letter_queue = None;
    spec.sources[0].arrivals = sends(&[(0.0, 1_000)]);
    spec.run.duration_s = 3_000.0;
    let whole = report(&spec);
    spec.mappings[0].report_batch_item_failures = true;
    let partial = report(&spec);
    let (whole_mapping, mapping) = (node(&whole, "mapping"), node(&partial, "mapping"));
    let mut checks = Checks::new();
    checks.equal("all handled in part", node(&partial, "queue").exits(Exit::Delivered), 1_000);
    checks.equal("one receive more for each failure", mapping.entered, 1_000 + mapping.count(NodeCounter::ItemFailures));
    checks.near("a ninth", float(mapping.count(NodeCounter::ItemFailures)), 111.0, 33.0);
    checks.equal("no invocation fails", partial.total.outcomes[1], 0);
    // A batch of ten succeeds as a whole with 0.9 to the tenth.
    checks.near(
        "as a whole",
        share(whole_mapping.count(NodeCounter::FunctionErrors), whole_mapping.count(NodeCounter::Attempts)),
        0.65,
        0.06,
    );
    checks.holds(
        "many more receives",
        whole_mapping.entered > 2 * mapping.entered,
        &format!("{} > 2 x {}", whole_mapping.entered, mapping.entered),
    );
    checks.finish();
}

/// A poisonous message fails whenever it is received.
#[test]
fn poisonous_messages_end_in_the_dead_letter_queue() {
    let mut spec = spec("redrive");
    spec.functions[0].handler.error_rate = 0.0;
    spec.mappings[0].poison_rate = 0.05;
    spec.mappings[0].report_batch_item_failures = true;
    spec.sources[0].arrivals = sends(&[(0.0, 1_000)]);
    let report = report(&spec);
    let moved = node(&report, "queue").exits(Exit::Redriven);
    let mut checks = Checks::new();
    checks.near("a twentieth", float(moved), 50.0, 28.0);
    checks.equal("three receives each", node(&report, "mapping").entered, 1_000 + 2 * moved);
    checks.equal("the rest", node(&report, "queue").exits(Exit::Delivered), 1_000 - moved);
    checks.finish();
}

/// Facts H14: a function with too little reserved concurrency sends good messages to the dead-letter queue without having run on them.
#[test]
fn throttled_batches_move_good_messages_away() {
    let mut spec = spec("redrive");
    spec.functions[0].handler.error_rate = 0.0;
    spec.functions[0].handler.wait = DistributionSpec::constant(5_000.0);
    spec.functions[0].reserved_concurrency = Some(1);
    spec.mappings[0].batch_size = Some(1);
    spec.sources[0].arrivals = sends(&[(0.0, 100)]);
    let throttled = report(&spec);
    spec.mappings[0].maximum_concurrency = Some(2);
    spec.functions[0].reserved_concurrency = Some(2);
    spec.run.duration_s = 3_600.0;
    let held = report(&spec);
    let mut checks = Checks::new();
    checks.equal("the function does not fail", node(&throttled, "mapping").count(NodeCounter::FunctionErrors), 0);
    checks.holds("throttled", node(&throttled, "mapping").count(NodeCounter::Throttles) > 50, "over 50 times");
    checks.holds("moved", node(&throttled, "queue").exits(Exit::Redriven) > 5, &format!("{:?}", node(&throttled, "queue").exits));
    checks.equal("a maximum keeps the mapping from it", (held.total.throttled(), node(&held, "queue").exits(Exit::Delivered)), (0, 100));
    checks.finish();
}

/// A message whose timeout passes while its batch is at work is received again, and the first receipt deletes nothing.
#[test]
fn a_visibility_timeout_that_is_too_short_repeats_work() {
    let mut spec = spec("redrive");
    spec.functions[0].handler.error_rate = 0.0;
    spec.functions[0].handler.wait = DistributionSpec::constant(4_000.0);
    spec.mappings[0].batching_window_s = 4.0;
    spec.queues[0].visibility_timeout_s = 5.0;
    spec.queues[0].dead_letter_queue = None;
    spec.run.duration_s = 60.0;
    let short = report(&spec);
    spec.queues[0].visibility_timeout_s = 6.0 * 5.0 + 4.0;
    let long = report(&spec);
    let mut checks = Checks::new();
    // Nothing is received after the end, so the last receipt is good.
    checks.holds(
        "not deleted before the end",
        node(&short, "queue").age.max_us >= 60_000_000,
        &format!("{} us", node(&short, "queue").age.max_us),
    );
    checks.equal("received again each time", node(&short, "queue").count(NodeCounter::ReceivedAgain) + 1, node(&short, "mapping").entered);
    checks.holds(
        "and every run succeeds",
        short.total.successes >= 10 && short.total.outcomes[1] == 0,
        &format!("{:?}", short.total.outcomes),
    );
    checks.equal("as AWS advises: once", (long.total.invocations, node(&long, "queue").exits(Exit::Delivered)), (1, 1));
    checks.finish();
}

#[test]
fn settings_move_their_counters() {
    let mut base = spec("redrive");
    base.functions[0].handler.error_rate = 0.0;
    base.sources[0].arrivals = sends(&[(0.0, 1_000)]);
    let mut checks = Checks::new();

    let mut filtering = base.clone();
    filtering.mappings[0].filtered_rate = 0.25;
    let filtered = report(&filtering);
    checks.near("filtered", float(node(&filtered, "queue").exits(Exit::Filtered)), 250.0, 55.0);
    checks.equal("the rest", node(&filtered, "queue").exits(Exit::Delivered) + node(&filtered, "mapping").exits(Exit::Filtered), 1_000);

    let mut slow = base.clone();
    slow.mappings[0].message_ms = 100.0;
    checks.equal("each message takes its time", report(&slow).total.duration_us, 1_000 * 100_000);

    // One message a minute meets a quiet mapping each time.
    let mut quiet = base.clone();
    quiet.run.duration_s = 60.0 * 400.0;
    quiet.sources[0].arrivals = ArrivalsSpec::Constant { per_s: 1.0 / 60.0 };
    checks.equal("at once", node(&report(&quiet), "queue").age.max_us, 1);
    quiet.mappings[0].low_traffic_wait_s = 20.0;
    checks.near("up to 20 s", node(&report(&quiet), "queue").age.mean_us() / 1e6, 10.0, 1.2);

    // Two pollers of ten batches each, at once; then 1,000 more batches a minute.
    let mut provisioned = spec("t48");
    provisioned.mappings[0].maximum_pollers = Some(100);
    for (at_s, at_once) in [(0.0, 20), (30.0, 520), (60.0, 1_000)] {
        checks.equal("provisioned", concurrency_at(&provisioned, at_s), at_once);
    }
    checks.finish();
}

/// The mapping backs off while batches fail: with ten times as many failures it does not poll ten times as much.
#[test]
fn failures_take_concurrency_away() {
    let mut spec = spec("t48");
    spec.run.duration_s = 120.0;
    let healthy = report(&spec);
    spec.functions[0].handler.error_rate = 1.0;
    let failing = report(&spec);
    let mut checks = Checks::new();
    checks.equal("healthy", healthy.total.concurrency_max, 604);
    checks.holds("failing", failing.total.concurrency_max < 12, &format!("{} at once", failing.total.concurrency_max));
    checks.finish();
}

/// In a FIFO queue nothing overtakes what failed before it, within its group.
#[test]
fn one_group_is_handled_in_order() {
    let mut spec = spec("redrive");
    spec.queues[0].fifo = true;
    spec.queues[0].dead_letter_queue = None;
    spec.functions[0].handler.error_rate = 0.2;
    spec.mappings[0].message_error_rate = 0.05;
    spec.mappings[0].report_batch_item_failures = true;
    spec.mappings[0].batch_size = Some(4);
    spec.run.duration_s = 7_200.0;
    spec.sources[0].arrivals = ArrivalsSpec::Poisson { per_s: 0.05 };
    let output = recorded(&spec);
    let events = &output.timeline.as_ref().expect("a timeline").events;
    let order: Vec<u64> = events
        .iter()
        .filter_map(|event| match event.kind {
            TimelineKind::Left { node: 1, request, exit: Exit::Delivered, .. } => Some(request),
            _ => None,
        })
        .collect();
    let mut checks = Checks::new();
    checks.holds("in order", order.is_sorted() && order.len() > 200, &format!("{} messages", order.len()));
    checks.holds("some failed", node(&output.report, "mapping").exits(Exit::Returned) > 20, "more than 20");
    checks.equal("one at a time", output.report.total.concurrency_max, 1);
    checks.finish();
}

#[test]
fn requests_to_sqs_are_billed() {
    let mut spec = spec("redrive");
    spec.functions[0].handler.error_rate = 0.0;
    spec.run.duration_s = 100.0;
    spec.sources[0].arrivals = sends(&[(0.0, 1_000)]);
    let billed = |spec: &ScenarioSpec, kind: BillLineKind| {
        let report = report(spec);
        let lines = report.bill.lines.iter().filter(|line| line.kind == kind);
        let amount = lines.map(|line| line.quantity_micro / 1_000_000).sum::<u128>();
        (amount, node(&report, "mapping").count(NodeCounter::EmptyPolls))
    };
    let mut checks = Checks::new();
    // 1,000 sends, 100 receives, 100 deletes; five pollers wait for 20 s, then two for 80 s, each poll 20 s long.
    checks.equal("standard", billed(&spec, BillLineKind::SqsStandard), (1_213, 13));
    spec.sources[0].payload_kb = 256;
    checks.equal("in steps of 64 KB", billed(&spec, BillLineKind::SqsStandard), (4_000 + 100 * 40 + 100 + 13, 13));
    spec.sources[0].payload_kb = 1;
    spec.mappings[0].maximum_concurrency = Some(2);
    checks.equal("with a maximum two poll all the time", billed(&spec, BillLineKind::SqsStandard).1, 10);
    spec.queues[0].dead_letter_queue = None;
    spec.queues[0].fifo = true;
    checks.holds("FIFO", billed(&spec, BillLineKind::SqsFifo).0 > 1_200, "its own price");
    let mut provisioned = spec.clone();
    provisioned.run.duration_s = 3_600.0;
    provisioned.mappings[0].maximum_concurrency = None;
    (provisioned.mappings[0].minimum_pollers, provisioned.mappings[0].maximum_pollers) = (Some(3), Some(3));
    checks.equal("three poller hours", billed(&provisioned, BillLineKind::SqsPoller).0, 3);
    checks.finish();
}

/// Events that a function gives up go to a queue, and a mapping takes them up again.
#[test]
fn queues_are_ends_of_edges() {
    let mut spec = spec("t43");
    let mut mender = spec.functions[0].clone();
    mender.id = "mender".to_owned();
    mender.timeout_ms = 5_000;
    mender.handler.error_rate = 0.0;
    mender.asynchronous = Default::default();
    spec.functions.push(mender);
    spec.queues = vec![QueueSpec { id: "failed".to_owned(), ..Default::default() }];
    spec.mappings = vec![coldstart_sim::spec::MappingSpec {
        id: "mend".to_owned(),
        source: "failed".to_owned(),
        target: "mender".to_owned(),
        ..Default::default()
    }];
    spec.functions[0].asynchronous.max_retry_attempts = 0;
    spec.functions[0].asynchronous.on_failure = Some("failed".to_owned());
    spec.functions[0].asynchronous.dead_letter_queue = None;
    spec.sources[0].arrivals = ArrivalsSpec::PerMinute { counts: vec![100] };
    let report = report(&spec);
    assert_eq!((node(&report, "failed").entered, node(&report, "failed").exits(Exit::Delivered)), (100, 100));
    assert_eq!(report.functions[1].successes, node(&report, "mend").count(NodeCounter::Attempts));
}

#[test]
fn what_is_held_is_bounded() {
    let mut spec = spec("t48");
    spec.run.max_messages = 5_000;
    let report = report(&spec);
    assert_eq!((report.outcome, node(&report, "queue").held_max), (RunOutcome::MessageBudget, 5_000));
    assert!(report.nodes.iter().all(NodeReport::adds_up), "{:?}", report.nodes);
}

/// Each mistake is found at its own field.
#[test]
fn mistakes_are_found_at_their_fields() {
    type Edit = fn(&mut ScenarioSpec);
    let edits: [(Edit, &str); 12] = [
        (|s| s.mappings[0].source = "nothing".to_owned(), "mappings[0].source"),
        (|s| s.mappings[0].target = "nobody".to_owned(), "mappings[0].target"),
        (|s| s.mappings[0].batch_size = Some(11), "mappings[0].batching_window_s"),
        (|s| s.mappings[0].maximum_concurrency = Some(1), "mappings[0].maximum_concurrency"),
        (|s| s.queues[0].fifo = true, "queues[0].dead_letter_queue"),
        (|s| s.queues[0].message_groups = 2, "queues[0].message_groups"),
        (|s| s.queues[0].dead_letter_queue = Some("queue".to_owned()), "queues[0].dead_letter_queue"),
        (|s| s.queues[0].id = "worker".to_owned(), "queues[0].id"),
        (|s| s.sources[0].kind = SourceKindSpec::Asynchronous, "sources[0].kind"),
        (
            |s| {
                s.queues[0].fifo = true;
                s.mappings[0].batching_window_s = 1.0;
            },
            "mappings[0].batching_window_s",
        ),
        (
            |s| {
                s.mappings[0].maximum_concurrency = Some(2);
                s.mappings[0].minimum_pollers = Some(2);
            },
            "mappings[0].maximum_concurrency",
        ),
        (
            |s| {
                s.destinations.push(DestinationSpec { id: "topic".to_owned(), kind: DestinationKindSpec::Topic });
                s.queues[0].dead_letter_queue = Some("topic".to_owned());
            },
            "queues[0].dead_letter_queue",
        ),
    ];
    for (edit, path) in edits {
        let mut spec = spec("redrive");
        assert!(check(&spec).iter().all(|problem| problem.severity == Severity::Advice), "{:?}", check(&spec));
        edit(&mut spec);
        let problems = check(&spec);
        assert!(problems.iter().any(|p| p.path == path && p.severity == Severity::Error), "{path}: {problems:?}");
    }
}
