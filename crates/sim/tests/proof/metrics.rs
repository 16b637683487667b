//! CloudWatch's metrics of runs, and an alarm that a learner would set.

use crate::support::{Checks, report, spec, tests_folder};
use coldstart_sim::Report;
use coldstart_sim::metrics::{Alarm, AlarmState, Comparison, MetricName, MissingData, series};
use coldstart_sim::spec::ScenarioSpec;

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
