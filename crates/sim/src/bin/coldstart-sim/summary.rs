//! A report for people: a table with a column for all functions together and, if there are several, one for each.

use crate::sweep::Point;
use coldstart_sim::bill::{self, dollars};
use coldstart_sim::log::request_id;
use coldstart_sim::metrics::{MetricName, MetricPoint, Statistic, series};
use coldstart_sim::replicate::Replications;
use coldstart_sim::servers::{Demand, MONTH_HOURS, SMALL_TASK, ServerFleet, Sizing, T3_SMALL, TaskFleet};
use coldstart_sim::trace::{Span, SpanKind, Trace};
use coldstart_sim::travel::{Activity, Moment, TimeTravel};
use coldstart_sim::tuner::{Trial, Tuning};
use coldstart_sim::{
    Bill, BillLineKind, Exit, FunctionCounter, FunctionReport, Histogram, NodeCounter, NodeKind, NodeReport, Outcome, Report, RunOutcome,
    Scenario, ScenarioSpec, ThrottleCause,
};
use std::fmt::Write as _;

/// The whole summary.
pub fn text(spec: &ScenarioSpec, report: &Report) -> String {
    let mut text = header(spec, report);
    text.push('\n');
    text.push_str(&table(report));
    text.push('\n');
    if !report.nodes.is_empty() {
        text.push_str(&nodes(&report.nodes));
        text.push('\n');
    }
    text.push_str(&bill_text(&report.bill, &format!("Bill of {} s", seconds(report.bill.covers_us))));
    text.push_str(&bill_text(&bill::per_month(report, spec), "A month of 30 days like this"));
    text.push_str(&servers_text(spec, report));
    text
}

/// What servers would cost for the same work.
fn servers_text(spec: &ScenarioSpec, report: &Report) -> String {
    let demand = Demand::of(report, spec);
    let fleet = ServerFleet::of(&demand, T3_SMALL, Sizing::Mean);
    let tasks = TaskFleet::of(&demand, SMALL_TASK);
    aligned(&[
        vec!["The same month on servers".to_owned()],
        vec![format!("  {}", fleet.server.name), count(fleet.instances.into()), dollars(fleet.month_pd(MONTH_HOURS))],
        vec!["  Fargate, for the peak".to_owned(), count(tasks.tasks_max().into()), dollars(tasks.fixed_month_pd(MONTH_HOURS))],
        vec!["  Fargate, scaled by the minute".to_owned(), String::new(), dollars(tasks.scaled_month_pd(MONTH_HOURS))],
    ])
}

fn header(spec: &ScenarioSpec, report: &Report) -> String {
    let title = if spec.title.is_empty() { "Untitled" } else { &spec.title };
    let outcome = match report.outcome {
        RunOutcome::Completed => "completed",
        RunOutcome::EventBudget => "stopped: the event budget (run.max_events) ran out",
        RunOutcome::EnvironmentBudget => "stopped: the environment budget (run.max_environments) ran out",
        RunOutcome::MessageBudget => "stopped: the budget of events and messages held at once (run.max_messages) ran out",
    };
    let (from, to) = report.measured_us;
    format!(
        "{title}\nseed {}, model {}, {outcome}; measured from {} s to {} s\n",
        report.seed,
        report.model_version,
        seconds(from),
        seconds(to)
    )
}

/// A row: its label and what it says of a function.
type Row = (&'static str, fn(&FunctionReport, f64) -> String);

const ROWS: [Row; 21] = [
    ("requests", |f, _| count(f.requests)),
    ("  of these pings", |f, _| some(f.pings)),
    ("invocations", |f, _| count(f.invocations)),
    ("cold starts", |f, _| count(f.cold_starts)),
    ("cold share", |f, _| percent(f.cold_share())),
    ("on provisioned concurrency", |f, _| some(f.provisioned_invocations)),
    (
        "spilled over",
        |f, _| if f.spilled() == 0 { String::new() } else { format!("{} ({})", count(f.spilled()), percent(f.spill_share())) },
    ),
    ("throttled attempts", |f, _| count(f.throttled())),
    ("lost to throttles", |f, _| some(f.requests_lost_to_throttles)),
    ("lost to errors", |f, _| some(f.requests_lost_to_errors)),
    ("errors", |f, _| some(f.outcomes[1])),
    ("crashes", |f, _| some(f.outcomes[2])),
    ("timeouts", |f, _| some(f.outcomes[3])),
    ("INITs past the limit", |f, _| some(f.init_timeouts)),
    ("latency p50 / p90 / p99", |f, _| percentiles(&f.latency)),
    ("duration p50 / p90 / p99", |f, _| percentiles(&f.duration)),
    ("init p50 / p90 / p99", |f, _| percentiles(&f.init)),
    ("running mean, max", |f, span| format!("{}, {}", mean(f.busy_env_us, span), count(u64::from(f.concurrency_max)))),
    ("idle mean", |f, span| mean(f.idle_env_us, span)),
    ("provisioned mean", |f, span| if f.provisioned_unit_us == 0 { String::new() } else { mean(f.provisioned_unit_us, span) }),
    ("environments started, max", |f, _| format!("{}, {}", count(f.environments_started), count(u64::from(f.environments_max)))),
];

/// Throttles get a row for each cause that acted, other counters a row each.
fn table(report: &Report) -> String {
    let span_us = report.measured_us.1.saturating_sub(report.measured_us.0).max(1) as f64;
    let functions = if report.functions.len() > 1 { &report.functions[..] } else { &[] };
    let columns: Vec<&FunctionReport> = std::iter::once(&report.total).chain(functions).collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    if columns.len() > 1 {
        rows.push(
            std::iter::once(String::new())
                .chain(columns.iter().map(|f| if f.id.is_empty() { "all".to_owned() } else { f.id.clone() }))
                .collect(),
        );
    }
    for (label, cell) in ROWS {
        rows.push(std::iter::once(label.to_owned()).chain(columns.iter().map(|f| cell(f, span_us))).collect());
        if label == "throttled attempts" {
            for (place, cause) in ThrottleCause::ALL.iter().enumerate() {
                let label = format!("  {}", cause_name(*cause));
                rows.push(std::iter::once(label).chain(columns.iter().map(|f| some(f.throttles[place]))).collect());
            }
        }
    }
    for counter in FunctionCounter::ALL {
        let label = counter_name(counter).to_owned();
        rows.push(std::iter::once(label).chain(columns.iter().map(|f| some(f.count(counter)))).collect());
    }
    // A row that says nothing about any function is left out.
    rows.retain(|row| row.iter().skip(1).any(|cell| !cell.is_empty()));
    aligned(&rows)
}

/// A column: its label and what it says of a node.
type Column = (&'static str, fn(&NodeReport) -> u64);

/// A row for each queue and destination; columns that say nothing about any are left out.
fn nodes(nodes: &[NodeReport]) -> String {
    let columns: [Column; 12] = [
        ("entered", |node| node.entered),
        ("doubled", |node| node.duplicated),
        ("attempts", |node| node.count(NodeCounter::Attempts)),
        ("delivered", |node| node.exits(Exit::Delivered)),
        ("filtered", |node| node.exits(Exit::Filtered)),
        ("returned", |node| node.exits(Exit::Returned)),
        ("waited", |node| node.count(NodeCounter::WaitedInLine)),
        ("kept away", |node| node.count(NodeCounter::ShortCircuited)),
        ("given up", NodeReport::failed),
        ("dropped", |node| node.count(NodeCounter::Dropped)),
        ("kept", |node| node.exits(Exit::Kept)),
        ("in flight", |node| node.in_flight),
    ];
    let used: Vec<_> = columns.iter().filter(|(_, value)| nodes.iter().any(|node| value(node) > 0)).collect();
    let name = |node: &NodeReport| {
        let kind = match node.kind {
            NodeKind::AsynchronousQueue => "events of",
            NodeKind::FrontDoor => "front door",
            NodeKind::EventSource => "event source",
            NodeKind::StandardQueue | NodeKind::FifoQueue => "queue",
            NodeKind::QueueMapping | NodeKind::StreamMapping => "mapping",
            NodeKind::KinesisStream | NodeKind::DynamoDbStream => "stream",
            NodeKind::Dependency => "calls of",
            _ => "destination",
        };
        format!("{kind} {}", node.id)
    };
    let head = std::iter::once(String::new()).chain(used.iter().map(|(name, _)| (*name).to_owned()));
    let row = |node: &NodeReport| std::iter::once(name(node)).chain(used.iter().map(|(_, value)| some(value(node)))).collect();
    let statuses =
        |node: &NodeReport| node.statuses.iter().map(|(status, answers)| format!("{status}: {}", count(*answers))).collect::<Vec<_>>();
    let answers =
        nodes.iter().filter(|node| !node.statuses.is_empty()).map(|node| format!("{} answered {}\n", node.id, statuses(node).join(", ")));
    aligned(&std::iter::once(head.collect()).chain(nodes.iter().map(row)).collect::<Vec<_>>()) + &answers.collect::<String>()
}

fn aligned(rows: &[Vec<String>]) -> String {
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let width = width(column);
            // Labels to the left, values to the right. Writing to a String cannot fail.
            let _ = if column == 0 { write!(line, "{cell:width$}") } else { write!(line, "  {cell:>width$}") };
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn bill_text(bill: &Bill, title: &str) -> String {
    let mut rows = vec![vec![format!("{title}: {}", dollars(bill.due_pd))]];
    let has_free = bill.lines.iter().any(|line| line.due_pd != line.gross_pd);
    for line in &bill.lines {
        let unit = line.unit_words();
        let free = if has_free { format!("of {}", dollars(line.gross_pd)) } else { String::new() };
        rows.push(vec![
            format!("  {} {}", line.function, kind_name(line.kind)),
            format!("{} {unit}", count_f(line.quantity_micro as f64 / 1e6)),
            dollars(line.due_pd),
            free,
        ]);
    }
    aligned(&rows)
}

/// Memory sizes with their durations and prices, and the three answers.
pub fn tuning(tuning: &Tuning) -> String {
    let answers = [("cheapest", tuning.cheapest()), ("fastest", tuning.fastest()), ("balanced", tuning.balanced(0.5))];
    let rows = tuning.trials.iter().map(|trial| {
        let is = |best: &Option<&Trial>| best.is_some_and(|best| best.memory_mb == trial.memory_mb);
        let words: Vec<&str> = answers.iter().filter(|(_, best)| is(best)).map(|(word, _)| *word).collect();
        vec![
            format!("  {} MB", count(trial.memory_mb.into())),
            format!("{:.1} ms", trial.duration_ms),
            format!("{} per million", dollars(trial.cost_pd * 1_000_000)),
            words.join(", "),
        ]
    });
    format!("Billed duration (trimmed mean) and its price at each memory size\n{}", aligned(&rows.collect::<Vec<_>>()))
}

/// What there is at one moment.
pub fn moment(moment: &Moment, scenario: &Scenario, travel: &TimeTravel) -> String {
    let Moment { at_us, events, arrived, throttled, ended: [success, error, crash, timeout], .. } = moment;
    let failed = error + crash + timeout;
    let mut text = format!(
        "At {} s, after {} events: {} requests arrived, {} attempts throttled, {} invocations succeeded, {} failed\n",
        seconds(*at_us),
        count(*events),
        count(*arrived),
        count(*throttled),
        count(*success),
        count(failed)
    );
    let doing = |activity: Activity| match activity {
        Activity::Starting => "starting".to_owned(),
        Activity::Idle => "idle".to_owned(),
        Activity::Busy { source, request, attempt } => format!("busy with {}, attempt {attempt}", request_id(source, request)),
    };
    let environments = moment.environments.iter().map(|one| {
        let function = scenario.functions().get(usize::from(one.function)).map_or("", |function| function.id());
        let kind = if one.provisioned { "provisioned" } else { "" };
        let since = format!("since {} s", seconds(one.since_us));
        vec![format!("  environment {}", one.id), function.to_owned(), kind.to_owned(), doing(one.activity), since]
    });
    text.push_str(&aligned(&environments.collect::<Vec<_>>()));
    let held = travel.node_ids().zip(&moment.held).map(|(id, held)| vec![format!("  {id}"), format!("holds {}", count(*held))]);
    text.push_str(&aligned(&held.collect::<Vec<_>>()));
    text
}

/// Where a request's time went.
pub fn trace(trace: &Trace, nodes: &[NodeReport]) -> String {
    let ms = |us: u64| format!("{:.1} ms", us as f64 / 1e3);
    let row = |span: &Span| {
        let after = format!("+{}", ms(span.from_us - trace.arrived_us));
        vec![format!("  {}", span_name(span.kind, nodes)), after, ms(span.until_us - span.from_us), format!("attempt {}", span.attempt)]
    };
    let (at, took) = (seconds(trace.arrived_us), ms(trace.answered_us - trace.arrived_us));
    let rows: Vec<_> = trace.spans.iter().map(row).collect();
    format!("\n{} at {at} s: {took}\n{}", trace.request_id, aligned(&rows))
}

fn span_name(kind: SpanKind, nodes: &[NodeReport]) -> String {
    match kind {
        SpanKind::Call { node, exit } => {
            let called = nodes.get(usize::from(node)).map_or("a dependency", |node| node.id.as_str());
            format!("call of {called}: {}", call_name(exit))
        }
        SpanKind::Queued => "queue".to_owned(),
        SpanKind::ThrottleWait { cause } => format!("wait after a throttle ({})", cause_name(cause)),
        SpanKind::RetryWait { outcome } => format!("wait after {}", outcome_name(outcome)),
        SpanKind::Sandbox => "sandbox".to_owned(),
        SpanKind::Init => "INIT".to_owned(),
        SpanKind::Restore => "restore".to_owned(),
        SpanKind::RepeatedInit => "INIT again".to_owned(),
        SpanKind::Handler { outcome } => format!("handler: {}", outcome_name(outcome)),
        SpanKind::Extensions => "extensions, after the answer".to_owned(),
    }
}

const fn call_name(exit: Exit) -> &'static str {
    match exit {
        Exit::Delivered => "answered",
        Exit::CallFailed => "error",
        Exit::ConnectionRefused => "no connection left",
        Exit::Shed => "shed",
        _ => "given up",
    }
}

fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Success => "success",
        Outcome::Error => "error",
        Outcome::Crash => "crash",
        Outcome::Timeout => "timeout",
    }
}

/// Means over seeds with their intervals.
pub fn replications(replications: &Replications) -> String {
    let mut rows = Vec::new();
    for estimate in &replications.estimates {
        let half = estimate.half_width.map_or_else(String::new, |half| format!("+- {}", significant(half)));
        rows.push(vec![format!("  {}", estimate.name), significant(estimate.mean), half]);
    }
    format!("\nMeans over {} seeds, 95 % confidence\n{}", replications.seeds.len(), aligned(&rows))
}

/// The figures of a grid's line.
const SWEPT: [&str; 5] = ["cold_share", "throttled_share", "latency_p50_ms", "latency_p99_ms", "bill_usd"];

/// A line for each point of a grid: its values, then its figures, each with half of its 95 % interval where there are several seeds.
pub fn sweep(points: &[Point]) -> String {
    let Some(first) = points.first() else { return String::new() };
    let mut rows = vec![first.set.keys().map(String::as_str).chain(SWEPT).map(str::to_owned).collect::<Vec<_>>()];
    for point in points {
        let figures = SWEPT.iter().filter_map(|name| point.replications.get(name)).map(|estimate| match estimate.half_width {
            Some(half) => format!("{} +- {}", significant(estimate.mean), significant(half)),
            None => significant(estimate.mean),
        });
        rows.push(point.set.values().map(ToString::to_string).chain(figures).collect());
    }
    aligned(&rows)
}

const fn kind_name(kind: BillLineKind) -> &'static str {
    match kind {
        BillLineKind::Requests => "requests",
        BillLineKind::Duration => "duration",
        BillLineKind::Init => "INIT",
        BillLineKind::Provisioned => "provisioned concurrency",
        BillLineKind::ProvisionedDuration => "duration on provisioned concurrency",
        BillLineKind::TemporaryStorage => "/tmp above 512 MB",
        BillLineKind::ResponseStream => "streamed responses",
        BillLineKind::SnapshotCache => "snapshots kept",
        BillLineKind::SnapshotRestore => "snapshots restored",
        BillLineKind::EdgeRequests => "edge requests",
        BillLineKind::EdgeDuration => "edge duration",
        BillLineKind::SqsPoller => "SQS pollers",
        BillLineKind::KafkaPoller => "Kafka pollers",
        BillLineKind::RestApi => "REST API",
        BillLineKind::HttpApi => "HTTP API",
        BillLineKind::SqsStandard => "SQS requests",
        BillLineKind::SqsFifo => "SQS FIFO requests",
        BillLineKind::SnsPublishes => "SNS publishes",
        BillLineKind::EventBus => "EventBridge events",
        BillLineKind::Scheduler => "Scheduler invocations",
        BillLineKind::KinesisShards => "Kinesis shards",
        BillLineKind::KinesisPuts => "Kinesis PUT units",
        BillLineKind::DynamoDbWrites => "DynamoDB writes",
        BillLineKind::DynamoDbReads => "DynamoDB reads",
        BillLineKind::LogsIngest => "logs written",
        BillLineKind::LogsStorage => "logs kept",
        BillLineKind::NatGateway => "NAT gateway",
        BillLineKind::NatData => "NAT data",
        BillLineKind::RdsProxy => "RDS Proxy",
    }
}

fn counter_name(counter: FunctionCounter) -> &'static str {
    match counter {
        FunctionCounter::OutOfMemory => "out of memory",
        FunctionCounter::TmpFull => "/tmp full",
        FunctionCounter::Swallowed => "errors swallowed",
        FunctionCounter::RepeatedInits => "INITs repeated after a reset",
        FunctionCounter::BackgroundLeft => "work left behind",
        FunctionCounter::BackgroundResumed => "  invocations it went on in",
        FunctionCounter::BackgroundDone => "  of it finished later",
        FunctionCounter::BackgroundLost => "  of it lost",
        FunctionCounter::BackgroundFrozen => "  of it frozen at the end",
        FunctionCounter::ShutdownKills => "extensions killed at shutdown",
        FunctionCounter::Restores => "restores",
        FunctionCounter::RestoreTimeouts => "  of these past the limit",
        FunctionCounter::SnapshotsTaken => "snapshots taken",
        FunctionCounter::ProactiveInits => "environments started ahead",
    }
}

fn cause_name(cause: ThrottleCause) -> &'static str {
    match cause {
        ThrottleCause::AccountConcurrency => "account concurrency",
        ThrottleCause::ReservedConcurrency => "reserved concurrency",
        ThrottleCause::ReservedZero => "reserved concurrency 0",
        ThrottleCause::AccountRequestRate => "account request rate",
        ThrottleCause::ReservedRequestRate => "reserved request rate",
        ThrottleCause::ScalingRate => "scaling rate",
    }
}

fn percentiles(times: &Histogram) -> String {
    if times.count == 0 {
        return String::new();
    }
    let ms = |quantile: f64| format!("{:.1}", times.quantile_us(quantile) as f64 / 1e3);
    format!("{} / {} / {} ms", ms(0.5), ms(0.9), ms(0.99))
}

fn mean(integral_us: u128, span_us: f64) -> String {
    format!("{:.3}", integral_us as f64 / span_us)
}

fn percent(share: f64) -> String {
    format!("{:.4} %", share * 100.0)
}

fn seconds(us: u64) -> String {
    count_f(us as f64 / 1e6)
}

/// A number that is worth a row only if it is not 0.
fn some(number: u64) -> String {
    if number == 0 { String::new() } else { count(number) }
}

/// Whole thousands grouped by commas.
fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The same with up to three decimals.
fn count_f(number: f64) -> String {
    let thousandths = (number * 1e3).round() as u64;
    let text = format!("{}.{:03}", count(thousandths / 1_000), thousandths % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Six significant digits.
fn significant(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    let digits = 5 - number.abs().log10().floor() as i32;
    let places = usize::try_from(digits.clamp(0, 12)).unwrap_or(0);
    let text = format!("{number:.places$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// CloudWatch's metrics, as lines of CSV. A metric of the account has one value a minute, by the statistic that it is read by.
pub fn cloudwatch(report: &Report, emitted: &[MetricPoint]) -> String {
    let mut lines = Vec::new();
    for metric in MetricName::ALL {
        for (row, value) in report.minutes.iter().zip(series(report, metric)) {
            let (minute, name) = (row.minute, metric.name());
            lines.extend(value.map(|value| match metric.statistic() {
                Statistic::Sum => (minute, format!("{minute},,{name},,{value},,\n")),
                Statistic::Maximum => (minute, format!("{minute},,{name},,,,{value}\n")),
            }));
        }
    }
    lines.extend(emitted.iter().map(|point| {
        let MetricPoint { minute, dimension, metric, samples, sum, minimum, maximum } = point;
        (*minute, format!("{minute},{dimension},{metric},{samples},{sum},{minimum},{maximum}\n"))
    }));
    // Stable: within a minute those of the account come first.
    lines.sort_by_key(|(minute, _)| *minute);
    let lines = lines.iter().map(|(_, line)| line.as_str());
    ["minute,dimension,metric,samples,sum,minimum,maximum\n"].into_iter().chain(lines).collect()
}
