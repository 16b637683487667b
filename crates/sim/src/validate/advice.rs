//! What a sound scenario makes likely to go wrong. Never an error: the run shows it.

use super::checker::{Checker, text};
use super::{behaviour, dependencies, function, mapping, network, scaling, senders};
use crate::rules::{Rules, idle_profile};
use crate::scenario::receives_events;
use crate::spec::{
    ArrivalsSpec, DistributionSpec, FunctionSpec, RatePointSpec, RateShapeSpec, ReclaimSpec, RetryPolicySpec, ScenarioSpec, SourceKindSpec,
    SourceSpec,
};
use coldstart_facts::Date;

pub(super) fn check(c: &mut Checker, spec: &ScenarioSpec) {
    account(c, spec);
    for (index, one) in spec.functions.iter().enumerate() {
        let load = Load::of(spec, &one.id);
        c.item("functions", index, |c| {
            settings(c, one);
            concurrency(c, spec, one, &load);
            provisioned(c, spec, one, &load);
            scaling::advise(c, one);
            dependencies::advise(c, spec, one);
            network::advise(c, spec, one);
            c.at("behaviour", |c| behaviour::advise(c, spec, one));
            let is_called = spec.sources.iter().any(|source| source.target == one.id)
                || receives_events(spec, &one.id)
                || spec.mappings.iter().any(|mapping| mapping.target == one.id);
            if !is_called {
                c.advise("id", format!("nothing calls {:?}", one.id));
            }
        });
    }
    mapping::advise(c, spec);
    for (index, source) in spec.sources.iter().enumerate() {
        c.item("sources", index, |c| {
            arrivals(c, spec, source);
            senders::advise(c, spec, source);
        });
    }
}

fn account(c: &mut Checker, spec: &ScenarioSpec) {
    c.at("account", |c| {
        let limit = spec.account.concurrency_limit;
        if limit <= coldstart_facts::NEW_ACCOUNT_CONCURRENCY {
            c.advise("concurrency_limit", format!("{limit} is what a new account may start with; ask for more before going live"));
        }
    });
    let requests: f64 = spec.sources.iter().map(|source| Arrivals::of(&source.arrivals, spec.run.duration_s).requests).sum();
    if requests > spec.run.max_events as f64 {
        let (requests, budget) = (text(&requests.round()), text(&spec.run.max_events));
        c.advise("run.max_events", format!("about {requests} requests do not fit the budget of {budget} events: the run will stop early"));
    }
}

fn settings(c: &mut Checker, function: &FunctionSpec) {
    let used = function.handler.max_memory_used_mb;
    // Nine tenths: what is left is little for an unusual request.
    if u64::from(used) * 10 > u64::from(function.memory_mb) * 9 {
        c.advise("memory_mb", format!("{used} MB of {} MB are used: a larger request may run out of memory", text(&function.memory_mb)));
    }
    let mean_ms = handler_mean_ms(function);
    let timeout_ms = function.timeout_ms as f64;
    if mean_ms >= timeout_ms {
        let (mean, timeout) = (text(&mean_ms.round()), text(&timeout_ms));
        c.advise("timeout_ms", format!("the handler takes {mean} ms on average and is stopped after {timeout} ms"));
    }
    if function.timeout_ms > coldstart_facts::REST_API_TIMEOUT_MS {
        let (timeout, rest) = (text(&function.timeout_ms), text(&coldstart_facts::REST_API_TIMEOUT_MS));
        c.advise("timeout_ms", format!("{timeout} ms: callers behind an API Gateway REST API are answered with an error after {rest} ms"));
    }
    let init_limit_ms = coldstart_facts::INIT_LIMIT_MS as f64;
    let code_ms = mean_ms_of(&function.init.code);
    if code_ms >= init_limit_ms {
        let (code, limit) = (text(&code_ms.round()), text(&init_limit_ms));
        c.advise("init.code", format!("INIT takes {code} ms and is stopped at {limit} ms, then repeated within the first request"));
    }
    if function.reserved_concurrency == Some(0) {
        c.advise("reserved_concurrency", "0 throttles every request: the off switch of a function".to_owned());
    }
}

fn concurrency(c: &mut Checker, spec: &ScenarioSpec, function: &FunctionSpec, load: &Load) {
    let limit = function.reserved_concurrency.unwrap_or_else(|| unreserved(spec));
    let offered = load.peak_per_s * handler_mean_ms(function) / 1_000.0;
    let field = if function.reserved_concurrency.is_some() { "reserved_concurrency" } else { "id" };
    if limit == 0 {
        return;
    }
    if offered > f64::from(limit) {
        let (offered, limit) = (text(&offered.round()), text(&limit));
        c.advise(field, format!("the peak keeps about {offered} environments busy and {limit} are allowed: requests will be throttled"));
    }
    let quota = u64::from(limit) * u64::from(coldstart_facts::REQUESTS_PER_S_PER_CONCURRENCY);
    if load.peak_per_s > quota as f64 {
        let (peak, quota) = (text(&load.peak_per_s.round()), text(&quota));
        c.advise(field, format!("the peak is {peak} requests/s and the quota of this concurrency {quota}: requests will be throttled"));
    }
}

/// Concurrency that functions without reserved concurrency share.
fn unreserved(spec: &ScenarioSpec) -> u32 {
    let reserved = spec.functions.iter().filter_map(|function| function.reserved_concurrency);
    reserved.fold(spec.account.concurrency_limit, u32::saturating_sub)
}

fn provisioned(c: &mut Checker, spec: &ScenarioSpec, function: &FunctionSpec, load: &Load) {
    for (index, window) in function.provisioned.iter().enumerate() {
        c.item("provisioned", index, |c| {
            let per_unit = coldstart_facts::PROVISIONED_REQUESTS_PER_S_PER_UNIT;
            let cap = u64::from(window.units) * u64::from(per_unit);
            // Slower handlers run out of units before they run out of the rate.
            let is_fast = handler_mean_ms(function) < 1_000.0 / f64::from(per_unit);
            if is_fast && load.peak_per_s > cap as f64 {
                let (peak, cap) = (text(&load.peak_per_s.round()), text(&cap));
                c.advise(
                    "units",
                    format!("they take {cap} requests/s and the peak is {peak}: the rest spills over even while units are free"),
                );
            }
            if window.from_s >= spec.run.duration_s {
                c.advise("from_s", format!("{} s is after the end of the run", text(&window.from_s)));
            }
        });
    }
    for (index, deploy) in function.deploys.iter().enumerate() {
        if deploy.at_s >= spec.run.duration_s {
            c.item("deploys", index, |c| c.advise("at_s", format!("{} s is after the end of the run", text(&deploy.at_s))));
        }
    }
}

fn arrivals(c: &mut Checker, spec: &ScenarioSpec, source: &SourceSpec) {
    let estimate = Arrivals::of(&source.arrivals, spec.run.duration_s);
    if estimate.requests == 0.0 {
        c.advise("arrivals", "nothing arrives within the run".to_owned());
    }
    if estimate.late > 0 {
        let (late, end) = (text(&estimate.late), text(&spec.run.duration_s));
        c.advise("arrivals", format!("{late} recorded entries lie after the end of the run ({end} s) and are left out"));
    }
    if matches!(source.kind, SourceKindSpec::Ping { .. }) {
        ping(c, spec, source);
    }
    let into_stream = mapping::stream(spec, &source.target).is_some();
    if into_stream || mapping::queue(spec, &source.target).is_some() {
        messages(c, source, into_stream, day(spec));
    } else if source.kind == SourceKindSpec::Asynchronous {
        events(c, source, day(spec));
    } else if source.retry.policy == RetryPolicySpec::Immediate && source.retry.max_attempts > 1 {
        c.advise("retry.policy", "callers who try again at once multiply the load just when there is too much of it".to_owned());
    }
}

/// The day whose rules hold, if it is not today.
fn day(spec: &ScenarioSpec) -> Option<Date> {
    spec.account.rules_as_of.as_deref().and_then(Date::parse)
}

fn events(c: &mut Checker, source: &SourceSpec, day: Option<Date>) {
    if source.retry.policy != RetryPolicySpec::None {
        c.advise("retry", "has no effect: the sender is answered before the function runs, and Lambda's queue does the retries".to_owned());
    }
    let most_kb = Rules::on(day).async_payload_kb;
    if source.payload_kb > most_kb {
        let (size, most) = (text(&source.payload_kb), text(&most_kb));
        c.advise("payload_kb", format!("{size} KB is more than the {most} KB of an asynchronous event: every one is refused"));
    }
}

fn messages(c: &mut Checker, source: &SourceSpec, into_stream: bool, day: Option<Date>) {
    if source.retry.policy != RetryPolicySpec::None {
        c.advise("retry", "has no effect: the sender leaves it there and is answered".to_owned());
    }
    let most = if into_stream { coldstart_facts::KINESIS_RECORD_MAX_MIB * 1_024 } else { Rules::on(day).sqs_message_kb };
    if source.payload_kb > most {
        let (size, most) = (text(&source.payload_kb), text(&most));
        c.advise("payload_kb", format!("{size} KB is more than the {most} KB that it takes: every one is refused"));
    }
}

/// Pings keep as many environments warm as they send at once, and only if they come more often than idle environments go.
fn ping(c: &mut Checker, spec: &ScenarioSpec, source: &SourceSpec) {
    let (ArrivalsSpec::Cron { every_s, requests, .. }, Some((_, target))) = (&source.arrivals, function(spec, &source.target)) else {
        return;
    };
    let idle_life_s = idle_life_s(&target.reclaim, day(spec));
    if *every_s > idle_life_s {
        let (every, life) = (text(every_s), text(&idle_life_s));
        c.advise("arrivals.every_s", format!("a ping every {every} s keeps nothing warm where idle environments go after {life} s"));
    }
    let limit = target.reserved_concurrency.unwrap_or_else(|| unreserved(spec));
    if *requests > limit {
        c.advise("arrivals.requests", format!("{} pings at once pass the concurrency of {}", text(requests), text(&limit)));
    }
}

/// The idle life that no environment outlives, in seconds (the mean where there is no such bound); unbounded for never.
fn idle_life_s(reclaim: &ReclaimSpec, day: Option<Date>) -> f64 {
    match reclaim {
        ReclaimSpec::Never => f64::INFINITY,
        ReclaimSpec::Constant { idle_life_s } => *idle_life_s,
        ReclaimSpec::Exponential { mean_s } => *mean_s,
        ReclaimSpec::Profile { profile } => {
            idle_profile(*profile, day).and_then(|profile| profile.points.last()).map_or(f64::INFINITY, |(_, ms)| *ms as f64 / 1_000.0)
        }
    }
}

/// Mean handler duration at the function's memory size.
fn handler_mean_ms(function: &FunctionSpec) -> f64 {
    let share = f64::from(function.memory_mb) / f64::from(coldstart_facts::ONE_VCPU_AT_MB);
    let speed = share.min(f64::from(function.handler.threads));
    mean_ms_of(&function.handler.cpu) / speed + mean_ms_of(&function.handler.wait)
}

pub(super) fn mean_ms_of(law: &DistributionSpec) -> f64 {
    match law {
        DistributionSpec::Constant { ms } => *ms,
        DistributionSpec::Uniform { low_ms, high_ms } => f64::midpoint(*low_ms, *high_ms),
        DistributionSpec::Exponential { mean_ms } | DistributionSpec::Lognormal { mean_ms, .. } => *mean_ms,
        DistributionSpec::Quantiles { points } => {
            let (Some(first), Some(last)) = (points.first(), points.last()) else { return 0.0 };
            let between = points.windows(2).map(|pair| (pair[1].share - pair[0].share) * f64::midpoint(pair[0].ms, pair[1].ms));
            first.share * first.ms + between.sum::<f64>() + (1.0 - last.share) * last.ms
        }
    }
}

/// What is sent to one function.
struct Load {
    peak_per_s: f64,
}

impl Load {
    fn of(spec: &ScenarioSpec, id: &str) -> Self {
        let senders = spec.sources.iter().filter(|source| source.target == id);
        let peaks = senders.map(|source| Arrivals::of(&source.arrivals, spec.run.duration_s).peak_per_s);
        Self { peak_per_s: peaks.sum() }
    }
}

/// Estimates of one source, without drawing anything.
struct Arrivals {
    requests: f64,
    /// Highest sustained rate; 0 where only single moments are known.
    peak_per_s: f64,
    /// Recorded entries after the end of the run.
    late: usize,
}

impl Arrivals {
    fn of(arrivals: &ArrivalsSpec, duration_s: f64) -> Self {
        let steady = |per_s: f64, peak_per_s: f64| Self { requests: per_s * duration_s, peak_per_s, late: 0 };
        let recorded = |requests: f64, late: usize| Self { requests, peak_per_s: 0.0, late };
        match arrivals {
            ArrivalsSpec::Constant { per_s } | ArrivalsSpec::Poisson { per_s } => steady(*per_s, *per_s),
            ArrivalsSpec::Rate { points, shape, repeat_every_s } => {
                let mean = mean_rate_per_s(points, *shape, repeat_every_s.unwrap_or(duration_s));
                steady(mean, points.iter().map(|point| point.per_s).fold(0.0, f64::max))
            }
            ArrivalsSpec::OnOff { on_per_s, off_per_s, on_mean_s, off_mean_s } => {
                let mean = (on_per_s * on_mean_s + off_per_s * off_mean_s) / (on_mean_s + off_mean_s);
                steady(mean, on_per_s.max(*off_per_s))
            }
            ArrivalsSpec::Cron { every_s, first_s, requests } => {
                let rounds = if *first_s < duration_s { ((duration_s - first_s) / every_s).ceil() } else { 0.0 };
                recorded(rounds * f64::from(*requests), 0)
            }
            ArrivalsSpec::Timestamps { at_s, .. } => {
                let within = at_s.partition_point(|at_s| *at_s < duration_s);
                recorded(within as f64, at_s.len() - within)
            }
            ArrivalsSpec::PerMinute { counts } => {
                let within = counts.iter().enumerate().take_while(|(minute, _)| (*minute * 60) as f64 <= duration_s);
                let requests: f64 = within.map(|(_, count)| f64::from(*count)).sum();
                let peak = counts.iter().copied().max().unwrap_or(0);
                let late = counts.iter().enumerate().filter(|(minute, count)| (*minute * 60) as f64 > duration_s && **count > 0).count();
                Self { requests, peak_per_s: f64::from(peak) / 60.0, late }
            }
            ArrivalsSpec::Log { sends } => {
                let within = sends.partition_point(|send| send.at_s < duration_s);
                let requests = sends.iter().take(within).map(|send| f64::from(send.requests)).sum();
                // An interactive run may still be empty: that is no mistake.
                recorded(if sends.is_empty() { 1.0 } else { requests }, sends.len() - within)
            }
        }
    }
}

/// Mean rate of a curve over its first `length_s` seconds; nothing arrives before its first point.
fn mean_rate_per_s(points: &[RatePointSpec], shape: RateShapeSpec, length_s: f64) -> f64 {
    let ends = points.iter().skip(1).map(Some).chain(std::iter::once(None));
    let area = points.iter().zip(ends).map(|(point, next)| {
        let end_s = next.map_or(length_s, |next| next.at_s.min(length_s)).max(point.at_s);
        let end_per_s = match (shape, next) {
            (RateShapeSpec::Ramps, Some(next)) => next.per_s,
            _ => point.per_s,
        };
        (end_s - point.at_s) * f64::midpoint(point.per_s, end_per_s)
    });
    area.sum::<f64>() / length_s
}
