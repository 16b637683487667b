//! CloudWatch's metrics of runs, and an alarm that a learner would set.

use crate::support::{Checks, node, report, scenario, spec, tests_folder};
use coldstart_sim::metrics::{Alarm, AlarmState, Comparison, Emitted, MetricName, MetricPoint, MissingData, emitted_series, series};
use coldstart_sim::spec::{DistributionSpec, ScenarioSpec};
use coldstart_sim::{Exit, NodeCounter, Report, RunOptions, RunOutput, Seed, run};

fn sum(report: &Report, metric: MetricName) -> u64 {
    series(report, metric).into_iter().flatten().sum::<f64>() as u64
}

#[test]
fn metrics_have_the_names_that_aws_documents() {
    let file = std::fs::read_to_string(tests_folder().join("../../facts/facts.toml")).expect("the registry");
    let registry: toml::Table = file.parse().expect("TOML");
    let facts = registry["fact"].as_array().expect("facts");
    let listed = |id: &str| {
        let fact = facts.iter().find(|fact| fact["id"].as_str() == Some(id)).expect("the fact");
        fact["value"].as_array().expect("names").clone()
    };
    let known = [listed("metrics-invocation"), listed("metrics-concurrency")].concat();
    for metric in MetricName::ALL {
        assert!(known.iter().any(|name| name.as_str() == Some(metric.name())), "{}", metric.name());
    }
    let known = ["metrics-invocation", "metrics-performance", "metrics-async", "metrics-event-source"].map(listed).concat();
    for metric in Emitted::ALL {
        assert!(known.iter().any(|name| name.as_str() == Some(metric.name())), "{}", metric.name());
    }
}

/// Provisioned invocations and spillover make up the alias's Invocations (facts M8), and the sums are the report's counters.
#[test]
fn sums_of_the_series_are_the_counters() {
    let report = report(&spec("t26"));
    let mut checks = Checks::new();
    checks.equal("Invocations", sum(&report, MetricName::Invocations), report.total.invocations);
    checks.equal("Throttles", sum(&report, MetricName::Throttles), report.total.throttled());
    checks.equal("Errors", sum(&report, MetricName::Errors), report.total.outcomes[1..].iter().sum());
    let provisioned = sum(&report, MetricName::ProvisionedConcurrencyInvocations);
    let spilled = sum(&report, MetricName::ProvisionedConcurrencySpilloverInvocations);
    checks.equal("ProvisionedConcurrencyInvocations", provisioned, report.total.provisioned_invocations);
    checks.equal("ProvisionedConcurrencySpilloverInvocations", spilled, report.total.spilled());
    let most = series(&report, MetricName::ConcurrentExecutions).into_iter().flatten().fold(0.0, f64::max);
    checks.equal("ConcurrentExecutions", most as u32, report.total.concurrency_max);
    checks.finish();
}

/// A request each minute; every one fails from the fifth to the ninth minute, for want of reserved concurrency, and nobody calls from the
/// twelfth on.
fn troubled() -> ScenarioSpec {
    let sends: String = (0..12)
        .map(|minute| format!("{{ at_s = {}, requests = {} }},", minute * 60, if (5..10).contains(&minute) { 4 } else { 1 }))
        .collect();
    toml::from_str(&format!(
        r#"
        schema = 1
        run = {{ duration_s = 1200 }}
        functions = [{{ id = "f", reserved_concurrency = 1, handler = {{ wait = {{ kind = "constant", ms = 100 }} }} }}]
        sources = [{{ id = "s", target = "f", arrivals = {{ kind = "log", sends = [{sends}] }} }}]
        "#
    ))
    .expect("a scenario")
}

#[test]
fn an_alarm_on_throttles_rings_when_they_last() {
    let report = report(&troubled());
    let points = series(&report, MetricName::Throttles);
    assert_eq!(points.iter().position(|point| *point == Some(3.0)), Some(5));
    let alarm = Alarm {
        comparison: Comparison::GreaterThan,
        threshold: 0.0,
        periods: 3,
        datapoints_to_alarm: 3,
        missing_data: MissingData::Missing,
    };
    let states = alarm.states(&points);
    let ringing: Vec<usize> = (0..states.len()).filter(|minute| states[*minute] == AlarmState::Alarm).collect();
    assert_eq!(ringing, [7, 8, 9], "from the third minute of throttles to the last");
    assert_eq!(states.last(), Some(&AlarmState::InsufficientData), "an idle function emits nothing");
}

fn metered(spec: &ScenarioSpec) -> RunOutput {
    run(&scenario(spec), Seed(spec.run.seed), RunOptions { metrics: true, ..RunOptions::default() })
}

fn example(name: &str) -> ScenarioSpec {
    let file = std::fs::read_to_string(tests_folder().join(format!("../examples/{name}.toml"))).expect("an example");
    toml::from_str(&file).expect("a scenario")
}

/// Sum of a metric over all minutes, and how many samples it had.
fn total(output: &RunOutput, dimension: &str, metric: Emitted) -> (u64, u64) {
    let points = output.metrics.iter().flatten().filter(|point| point.dimension == dimension && point.metric == metric.name());
    points.fold((0, 0), |(sum, samples), point| (sum + point.sum.round() as u64, samples + point.samples))
}

/// Whoever reads metrics changes nothing, and their sums are the report's counters.
#[test]
fn what_is_emitted_adds_up_to_the_counters() {
    let mut checks = Checks::new();
    let spec = example("asynchronous-retries");
    let output = metered(&spec);
    checks.equal("the report", &output.report, &report(&spec));
    let queue = node(&output.report, "by-event");
    checks.equal("received", total(&output, "by-event", Emitted::AsyncEventsReceived).0, queue.entered);
    checks.equal("age, once an attempt", total(&output, "by-event", Emitted::AsyncEventAge).1, queue.count(NodeCounter::Attempts));
    let lost = queue.exits(Exit::RetriesExhausted) + queue.exits(Exit::AgeExceeded);
    checks.equal("dropped", total(&output, "by-event", Emitted::AsyncEventsDropped).0, lost);
    let durations: u64 = ["by-event", "by-call"].iter().map(|id| total(&output, id, Emitted::Duration).1).sum();
    checks.equal("durations", durations, output.report.total.invocations);

    let output = metered(&example("poison-message"));
    for mapping in output.report.nodes.iter().filter(|node| node.kind.is_mapping()) {
        let (id, sum) = (mapping.id.as_str(), |metric| total(&output, &mapping.id, metric).0);
        checks.equal(id, sum(Emitted::PolledEventCount), mapping.entered);
        checks.equal(id, sum(Emitted::DeletedEventCount), mapping.exits(Exit::Delivered));
        checks.equal(id, sum(Emitted::FailedInvokeEventCount), mapping.exits(Exit::Returned));
        checks.equal(id, sum(Emitted::InvokedEventCount), mapping.exits(Exit::Returned) + mapping.exits(Exit::Delivered));
    }
    checks.finish();
}

/// A message whose visibility timeout has passed meanwhile is not deleted by the first receipt, and counts as neither deleted nor failed.
#[test]
fn stale_receipts_delete_nothing() {
    let mut spec = spec("redrive");
    spec.functions[0].handler.error_rate = 0.0;
    spec.functions[0].handler.wait = DistributionSpec::constant(4_000.0);
    spec.mappings[0].batching_window_s = 4.0;
    spec.queues[0].visibility_timeout_s = 5.0;
    spec.queues[0].dead_letter_queue = None;
    spec.run.duration_s = 60.0;
    let output = metered(&spec);
    let mapping = node(&output.report, "mapping");
    assert!(mapping.exits(Exit::Returned) > 0);
    assert_eq!(total(&output, "mapping", Emitted::DeletedEventCount).0, mapping.exits(Exit::Delivered));
    assert_eq!(total(&output, "mapping", Emitted::FailedInvokeEventCount).0, 0);
}

/// The iterator age of a blocked shard rises with the time, and an alarm on it rings; records given up are told of.
#[test]
fn an_alarm_on_the_iterator_age_rings_when_a_shard_is_blocked() {
    let spec = example("blocked-shard");
    let output = metered(&spec);
    let points = output.metrics.as_deref().unwrap_or_default();
    let minutes = output.report.minutes.len() as u32;
    let reads = |point: &MetricPoint| point.maximum;
    let ages = |function: &str| emitted_series(points, function, Emitted::IteratorAge, minutes, reads);
    let most = ages("patient").into_iter().flatten().fold(0.0, f64::max);
    let of_report = output.report.nodes.iter().map(|node| node.iterator_age_max_us).max().unwrap_or(0);
    assert!(most > 60_000.0 && most * 1_000.0 <= of_report as f64 + 1.0, "{most} {of_report}");
    let alarm = Alarm {
        comparison: Comparison::GreaterThan,
        threshold: 600_000.0,
        periods: 1,
        datapoints_to_alarm: 1,
        missing_data: MissingData::Ignore,
    };
    let states = alarm.states(&ages("patient"));
    let first = states.iter().position(|state| *state == AlarmState::Alarm);
    // Ten minutes after the shard has stopped, to the end.
    assert!(first.is_some_and(|first| (10..20).contains(&first)) && states.last() == Some(&AlarmState::Alarm), "{states:?}");
    assert!(!alarm.states(&ages("careful")).contains(&AlarmState::Alarm));
    let bounded = node(&output.report, "bounded");
    let dropped = total(&output, "bounded", Emitted::DroppedEventCount).0;
    assert_eq!(dropped, bounded.exits(Exit::RetriesExhausted) + bounded.exits(Exit::AgeExceeded));
    assert!(dropped > 0);
}
