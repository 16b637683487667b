//! The laws. Each takes a run with everything recorded and says what it breaks.

use crate::support::float;
use coldstart_facts::{Date, rules};
use coldstart_sim::{
    AttemptRecord, AttemptResult, FunctionCounter, FunctionReport, Outcome, Report, RunOutput, ScenarioSpec, ThrottleCause, Timeline,
    TimelineKind,
};
use std::collections::BTreeMap;

/// A law: its name, and what it finds wrong.
pub type Law = (&'static str, fn(&ScenarioSpec, &RunOutput) -> Result<(), String>);

/// Every law that holds for every scenario.
pub const LAWS: &[Law] = &[
    ("nothing is lost", nothing_is_lost),
    ("functions add up to the total", functions_add_up),
    ("minutes add up to the total", minutes_add_up),
    ("the timeline tells the same story", timeline_agrees),
    ("an environment runs one invocation at a time", one_at_a_time),
    ("limits hold", limits_hold),
    ("environments are added no faster than the scaling rate", scaling_rate_holds),
    ("billed time covers the duration", billed_covers),
    ("the integral of busy is the sum of times", busy_is_the_sum),
];

fn equal<T: PartialEq + std::fmt::Debug>(name: &str, left: T, right: T) -> Result<(), String> {
    if left == right { Ok(()) } else { Err(format!("{name}: {left:?} != {right:?}")) }
}

fn timeline(output: &RunOutput) -> Result<&Timeline, String> {
    let timeline = output.timeline.as_ref().ok_or("no timeline")?;
    equal("dropped", timeline.dropped, 0)?;
    Ok(timeline)
}

/// When the attempt ends; `None` for a refused one.
pub fn end_us(attempt: &AttemptRecord) -> Option<u64> {
    match attempt.result {
        AttemptResult::Ran { sandbox_us, init_us, duration_us, .. } => Some(attempt.started_us + sandbox_us + init_us + duration_us),
        AttemptResult::Throttled { .. } => None,
    }
}

fn nothing_is_lost(_: &ScenarioSpec, output: &RunOutput) -> Result<(), String> {
    for f in output.report.functions.iter().chain([&output.report.total]) {
        equal("requests = successes + lost", f.requests, f.successes + f.requests_lost_to_throttles + f.requests_lost_to_errors)?;
        equal("attempts = invocations + throttles", f.attempts, f.invocations + f.throttled())?;
        equal("invocations = cold + warm", f.invocations, f.cold_starts + f.warm_starts)?;
        equal("cold by cause", f.cold_starts, f.cold_by_cause.iter().sum())?;
        equal("invocations by outcome", f.invocations, f.outcomes.iter().sum())?;
        equal("every success is an outcome", f.successes, f.outcomes[0])?;
        let ahead = f.count(FunctionCounter::ProactiveInits);
        equal("cold starts and those ahead of them start environments", f.cold_starts + ahead, f.environments_started)?;
        if f.environments_ended > f.environments_started {
            return Err(format!("{} environments ended of {}", f.environments_ended, f.environments_started));
        }
    }
    Ok(())
}

/// Everything that is counted, by name.
fn counters(f: &FunctionReport) -> BTreeMap<String, u128> {
    let single = [
        ("requests", f.requests),
        ("pings", f.pings),
        ("attempts", f.attempts),
        ("invocations", f.invocations),
        ("cold", f.cold_starts),
        ("warm", f.warm_starts),
        ("provisioned", f.provisioned_invocations),
        ("lost to throttles", f.requests_lost_to_throttles),
        ("lost to errors", f.requests_lost_to_errors),
        ("successes", f.successes),
        ("init timeouts", f.init_timeouts),
        ("started", f.environments_started),
        ("ended", f.environments_ended),
        ("latencies", f.latency.count),
        ("durations", f.duration.count),
        ("inits", f.init.count),
    ];
    let wide = [
        ("busy", f.busy_env_us),
        ("idle", f.idle_env_us),
        ("units", f.provisioned_unit_us),
        ("duration", f.duration_us),
        ("billed", f.billed_ms),
        ("billed provisioned", f.billed_provisioned_ms),
        ("sum of latencies", f.latency.sum_us),
    ];
    let lists = [
        ("cold by cause", &f.cold_by_cause[..]),
        ("spillover", &f.spillover[..]),
        ("throttles", &f.throttles[..]),
        ("outcomes", &f.outcomes[..]),
    ];
    let single = single.into_iter().map(|(name, count)| (name.to_owned(), u128::from(count)));
    let wide = wide.into_iter().map(|(name, count)| (name.to_owned(), count));
    let lists = lists
        .into_iter()
        .flat_map(|(name, counts)| counts.iter().enumerate().map(move |(place, count)| (format!("{name} {place}"), u128::from(*count))));
    single.chain(wide).chain(lists).collect()
}

fn functions_add_up(_: &ScenarioSpec, output: &RunOutput) -> Result<(), String> {
    let mut sums: BTreeMap<String, u128> = BTreeMap::new();
    for function in &output.report.functions {
        for (name, count) in counters(function) {
            *sums.entry(name).or_default() += count;
        }
    }
    equal("sums", sums, counters(&output.report.total))
}

fn minutes_add_up(_: &ScenarioSpec, output: &RunOutput) -> Result<(), String> {
    let Report { total, minutes, .. } = &output.report;
    let sum = |f: fn(&coldstart_sim::MinuteRow) -> u64| minutes.iter().map(f).sum::<u64>();
    equal("requests", sum(|m| m.requests), total.requests)?;
    equal("invocations", sum(|m| m.invocations), total.invocations)?;
    equal("cold", sum(|m| m.cold_starts), total.cold_starts)?;
    equal("provisioned", sum(|m| m.provisioned_invocations), total.provisioned_invocations)?;
    equal("spilled", sum(|m| m.spilled), total.spilled())?;
    equal("throttled", sum(|m| m.throttled), total.throttled())?;
    equal("errors", sum(|m| m.errors), total.outcomes[1..].iter().sum())?;
    equal("billed", u128::from(sum(|m| m.billed_ms)), total.billed_ms + total.billed_provisioned_ms)?;
    equal("most at once", minutes.iter().map(|m| m.concurrency_max).max().unwrap_or(0), total.concurrency_max)?;
    equal("most environments", minutes.iter().map(|m| m.environments_max).max().unwrap_or(0), total.environments_max)
}

/// Counts the timeline again, without the engine's counters.
fn timeline_agrees(_: &ScenarioSpec, output: &RunOutput) -> Result<(), String> {
    let timeline = timeline(output)?;
    let total = &output.report.total;
    equal("attempts", timeline.attempts.len() as u64, total.attempts)?;
    let (mut throttles, mut cold, mut spill, mut outcomes) = ([0_u64; 6], [0_u64; 5], [0_u64; 2], [0_u64; 4]);
    let mut inits = 0;
    for attempt in &timeline.attempts {
        match attempt.result {
            AttemptResult::Throttled { cause } => {
                throttles[ThrottleCause::ALL.iter().position(|c| *c == cause).ok_or("a cause outside the list")?] += 1;
            }
            AttemptResult::Ran { spill: missed, cold: cause, outcome, init_us, .. } => {
                outcomes[outcome as usize] += 1;
                inits += init_us;
                if let Some(cause) = cause {
                    cold[cause as usize] += 1;
                } else {
                    equal("a warm start has no INIT", init_us, 0)?;
                }
                if let Some(cause) = missed {
                    spill[cause as usize] += 1;
                }
            }
        }
    }
    equal("throttles", throttles, total.throttles)?;
    equal("cold", cold, total.cold_by_cause)?;
    equal("spill", spill, total.spillover)?;
    equal("outcomes", outcomes, total.outcomes)?;
    equal("sum of INIT", u128::from(inits), total.init.sum_us)?;
    let arrived = timeline.events.iter().filter(|event| matches!(event.kind, TimelineKind::Arrived { .. })).count();
    equal("arrivals", arrived as u64, total.requests)?;
    let in_order = timeline.events.windows(2).all(|pair| pair[0].at_us <= pair[1].at_us)
        && timeline.attempts.windows(2).all(|pair| pair[0].started_us <= pair[1].started_us);
    equal("in order of time", in_order, true)
}

fn one_at_a_time(_: &ScenarioSpec, output: &RunOutput) -> Result<(), String> {
    let mut free_at: BTreeMap<u32, (u64, u16)> = BTreeMap::new();
    for attempt in &timeline(output)?.attempts {
        let AttemptResult::Ran { environment, provisioned, cold, details, .. } = attempt.result else { continue };
        let end_us = end_us(attempt).ok_or("an invocation without an end")?;
        match free_at.insert(environment, (end_us, attempt.function)) {
            Some((free_us, function)) => {
                equal("environments keep to their function", function, attempt.function)?;
                equal("a used environment is warm", cold, None)?;
                if free_us > attempt.started_us {
                    return Err(format!("environment {environment} taken at {} while busy to {free_us}", attempt.started_us));
                }
            }
            None => {
                let is_new = cold.is_some() || details.ahead_us > 0;
                equal("a new environment is cold, unless it was provisioned or started ahead", is_new, !provisioned)?;
            }
        }
    }
    Ok(())
}

/// Most of a set of intervals at once; those that end at a moment make room for those that start then.
pub fn most_at_once(intervals: impl Iterator<Item = (u64, u64)>) -> u64 {
    let mut changes: Vec<(u64, i8)> = intervals.filter(|(start, end)| end > start).flat_map(|(s, e)| [(s, 1), (e, -1)]).collect();
    changes.sort_unstable();
    let (mut busy, mut most) = (0_i64, 0_i64);
    for (_, change) in changes {
        busy += i64::from(change);
        most = most.max(busy);
    }
    most.unsigned_abs()
}

fn limits_hold(spec: &ScenarioSpec, output: &RunOutput) -> Result<(), String> {
    let timeline = timeline(output)?;
    let span = |a: &AttemptRecord| end_us(a).map(|end| (a.started_us, end));
    let at_most = |name: String, most: u64, limit: u32| {
        if most <= u64::from(limit) { Ok(()) } else { Err(format!("{name}: {most} at once, limit {limit}")) }
    };
    let all = most_at_once(timeline.attempts.iter().filter_map(span));
    at_most("account".to_owned(), all, spec.account.concurrency_limit)?;
    let reserved_sum: u32 = spec.functions.iter().filter_map(|f| f.reserved_concurrency).sum();
    for (place, function) in spec.functions.iter().enumerate() {
        let own = timeline.attempts.iter().filter(|a| usize::from(a.function) == place);
        if let Some(reserved) = function.reserved_concurrency {
            at_most(format!("reserved of {}", function.id), most_at_once(own.clone().filter_map(span)), reserved)?;
        }
        let units = function.provisioned.iter().map(|p| p.units).max().unwrap_or(0);
        // Busy units that were given up run to their end while new ones are in use.
        let units = function.provisioned_scaling.as_ref().map_or(units, |scaling| 2 * scaling.max_units);
        let on_units = own.filter(|a| matches!(a.result, AttemptResult::Ran { provisioned: true, .. }));
        // Units of an old version run their last invocations to the end while the new version's are in use.
        let versions = 1 + u32::try_from(function.deploys.len()).unwrap_or(u32::MAX);
        at_most(format!("provisioned of {}", function.id), most_at_once(on_units.filter_map(span)), units * versions)?;
    }
    let unreserved = timeline.attempts.iter().filter(|a| spec.functions[usize::from(a.function)].reserved_concurrency.is_none());
    at_most("unreserved".to_owned(), most_at_once(unreserved.filter_map(span)), spec.account.concurrency_limit - reserved_sum)
}

/// A bucket that refills evenly and does not overflow: each function's own, of one period's allowance; by old rules one for all.
fn scaling_rate_holds(spec: &ScenarioSpec, output: &RunOutput) -> Result<(), String> {
    // An environment that was started ahead takes its share of the rate when it is needed: AWS does not say when.
    let starts_ahead = |place: &usize| spec.functions[*place].behaviour.proactive_share > 0.0;
    let places = 0..spec.functions.len();
    let day = day_of(spec);
    if rules::SCALING_IS_SHARED.on(day) > 0 {
        let (burst, per_s) = (float(rules::SCALING_BURST.on(day)), float(rules::SCALING_PER_MIN.on(day)) / 60.0);
        return if places.clone().any(|place| starts_ahead(&place)) { Ok(()) } else { bucket_holds(output, burst, per_s, |_| true) };
    }
    let depth = f64::from(spec.account.scaling_environments);
    let mut places = places.filter(|place| !starts_ahead(place));
    places.try_for_each(|place| bucket_holds(output, depth, depth / 10.0, |function| function == place))
}

fn bucket_holds(output: &RunOutput, depth: f64, per_s: f64, pick: impl Fn(usize) -> bool) -> Result<(), String> {
    let (mut tokens, mut then_us) = (depth, 0);
    for event in &timeline(output)?.events {
        if !pick(usize::from(event.function)) || !matches!(event.kind, TimelineKind::Starting { provisioned: false, .. }) {
            continue;
        }
        tokens = depth.min(tokens + per_s * float(event.at_us - then_us) / 1e6) - 1.0;
        then_us = event.at_us;
        if tokens < -1e-6 {
            return Err(format!("function {} starts an environment too many at {} us", event.function, event.at_us));
        }
    }
    Ok(())
}

/// The day whose rules hold; `None` is today.
fn day_of(spec: &ScenarioSpec) -> Option<Date> {
    spec.account.rules_as_of.as_deref().and_then(Date::parse)
}

fn billed_covers(spec: &ScenarioSpec, output: &RunOutput) -> Result<(), String> {
    let (step_ms, bills_init) = (rules::BILLING_STEP_MS.on(day_of(spec)), rules::INIT_BILLED.on(day_of(spec)) > 0);
    let mut billed = 0_u128;
    for attempt in &timeline(output)?.attempts {
        if let AttemptResult::Ran { provisioned, init_us, duration_us, billed_ms, details, .. } = attempt.result {
            let init_us = match details.restored {
                true => details.billed_restore_ms * 1_000,
                false if bills_init => init_us + details.ahead_init_us,
                false => 0,
            };
            let run_us = duration_us + if provisioned { 0 } else { init_us };
            billed += u128::from(billed_ms);
            // Rounded up once, today to the millisecond.
            equal("billed", billed_ms, run_us.div_ceil(1_000 * step_ms) * step_ms)?;
        }
    }
    let total = &output.report.total;
    equal("sum billed", billed, total.billed_ms + total.billed_provisioned_ms)
}

/// Little's law on the trace: the integral over time of what is under way is the sum of what each took. The integral ends with the
/// measured time; work that goes on after it counts up to there.
fn busy_is_the_sum(_: &ScenarioSpec, output: &RunOutput) -> Result<(), String> {
    let timeline = timeline(output)?;
    let until_us = output.report.measured_us.1;
    let measured = |a: &AttemptRecord| end_us(a).map(|end| u128::from(end.min(until_us).saturating_sub(a.started_us)));
    for (place, function) in output.report.functions.iter().enumerate() {
        let own = timeline.attempts.iter().filter(|a| usize::from(a.function) == place);
        let times: u128 = own.filter_map(measured).sum();
        equal("busy", function.busy_env_us, times)?;
    }
    let total = &output.report.total;
    let by_level: u128 = (0..).zip(&total.concurrency_time_us).map(|(level, us): (u128, _)| level * u128::from(*us)).sum();
    equal("levels of concurrency", by_level, total.busy_env_us)?;
    let errors_have_durations = timeline.attempts.iter().all(|a| match a.result {
        AttemptResult::Ran { outcome: Outcome::Timeout, duration_us, .. } => duration_us > 0,
        _ => true,
    });
    equal("timeouts take time", errors_have_durations, true)
}
