//! The queries: pure functions of a run. Another seed gives other figures; the run alone decides them.

use super::super::clock::{Clock, ClockMinute, moment};
use super::super::morning::{Minute, Morning, millis, ratio};
use super::super::plan::handler_cpu_ms;
use coldstart_sim::{AttemptRecord, AttemptResult, ColdCause, Outcome, Report, ScenarioSpec, Timeline};

/// Requests that take this long are looked at one by one, in milliseconds.
const SLOW_REQUEST_MS: f64 = 1_000.0;
/// Slow requests whose lines are shown.
const LINES_SHOWN: usize = 3;

/// The run that is asked, and what it came from.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The morning's scenario.
    pub spec: &'a ScenarioSpec,
    /// Its report.
    pub report: &'a Report,
    /// Its timeline, from 08:50 to 09:05 at least.
    pub timeline: &'a Timeline,
    /// The run of the afternoon before, with a deploy in it.
    pub afternoon: Option<(&'a ScenarioSpec, &'a Report)>,
}

impl Case<'_> {
    const fn clock(&self) -> Clock {
        Clock::of(self.spec)
    }

    /// The minutes that evidence covers: 08:50 to 09:05.
    #[must_use]
    pub fn minutes(&self) -> Morning {
        Morning::between(self.report, self.clock(), moment::CHART_FROM, moment::CALL)
    }

    /// Attempts that ran, from one time of day up to another.
    fn ran(&self, from: ClockMinute, until: ClockMinute) -> impl Iterator<Item = (&AttemptRecord, Ran)> {
        let clock = self.clock();
        let window = clock.run_us(from)..clock.run_us(until);
        let inside = self.timeline.attempts.iter().filter(move |attempt| window.contains(&attempt.started_us));
        inside.filter_map(|attempt| Ran::of(attempt).map(|ran| (attempt, ran)))
    }
}

/// The parts of an attempt that ran.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Ran {
    is_cold: bool,
    sandbox_us: u64,
    init_us: u64,
    duration_us: u64,
    latency_us: u64,
    outcome: Outcome,
}

impl Ran {
    fn of(attempt: &AttemptRecord) -> Option<Self> {
        let AttemptResult::Ran { cold, sandbox_us, init_us, duration_us, outcome, .. } = attempt.result else { return None };
        let waited_us = attempt.started_us.saturating_sub(attempt.arrived_us);
        let latency_us = waited_us + sandbox_us + init_us + duration_us;
        Some(Self { is_cold: cold.is_some(), sandbox_us, init_us, duration_us, latency_us, outcome })
    }
}

/// One slow request.
#[derive(Clone, Debug, PartialEq)]
pub struct SlowRequest {
    /// What the caller waited, in milliseconds.
    pub latency_ms: f64,
    /// Sandbox and download, which no log line shows.
    pub sandbox_ms: f64,
    /// Init Duration.
    pub init_ms: f64,
    /// Duration.
    pub duration_ms: f64,
    /// Its lines in the log.
    pub lines: Vec<String>,
}

/// What the slow requests of the window have in common.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SlowRequestsFinding {
    /// Requests of a second or more.
    pub slow: usize,
    /// Of these, with an Init Duration.
    pub with_init: usize,
    /// Longest Duration among them, in milliseconds.
    pub longest_duration_ms: f64,
    /// The slowest, slowest first.
    pub slowest: Vec<SlowRequest>,
}

/// The requests of a second or more between 08:50 and 09:05.
#[must_use]
pub fn slow_requests(case: &Case<'_>) -> SlowRequestsFinding {
    let mut slow: Vec<_> = case
        .ran(moment::CHART_FROM, moment::CALL)
        .filter(|(_, ran)| ran.outcome == Outcome::Success && millis(ran.latency_us) >= SLOW_REQUEST_MS)
        .collect();
    // The request's number settles ties, so that the same run always shows the same lines.
    slow.sort_by_key(|(attempt, ran)| (std::cmp::Reverse(ran.latency_us), attempt.source, attempt.request));
    let scenario = coldstart_sim::validate(case.spec).ok().map(|validated| validated.scenario);
    let lines = |attempt: &AttemptRecord| -> Vec<String> {
        let events = scenario.as_ref().map(|scenario| attempt.log_events(scenario)).unwrap_or_default();
        events.into_iter().map(|line| line.text).collect()
    };
    let shown = slow.iter().take(LINES_SHOWN).map(|(attempt, ran)| SlowRequest {
        latency_ms: millis(ran.latency_us),
        sandbox_ms: millis(ran.sandbox_us),
        init_ms: millis(ran.init_us),
        duration_ms: millis(ran.duration_us),
        lines: lines(attempt),
    });
    SlowRequestsFinding {
        slow: slow.len(),
        with_init: slow.iter().filter(|(_, ran)| ran.is_cold).count(),
        longest_duration_ms: millis(slow.iter().map(|(_, ran)| ran.duration_us).max().unwrap_or(0)),
        slowest: shown.collect(),
    }
}

/// Invocations with an Init Duration, minute by minute.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InitFinding {
    /// 08:50 to 09:05.
    pub minutes: Vec<Minute>,
    /// Share of them before 09:00.
    pub share_before: f64,
    /// Share of them from 09:00 on.
    pub share_after: f64,
    /// Median of their Init Duration, in milliseconds.
    pub init_p50_ms: f64,
}

/// How many invocations started cold, and how long INIT took.
#[must_use]
pub fn init_share(case: &Case<'_>) -> InitFinding {
    let minutes = case.minutes().minutes;
    let share = |after_nine: bool| {
        let of_part = || minutes.iter().filter(|minute| (minute.at >= moment::NINE) == after_nine);
        ratio(of_part().map(|minute| minute.cold_starts).sum(), of_part().map(|minute| minute.invocations).sum())
    };
    let (share_before, share_after) = (share(false), share(true));
    let cold = case.ran(moment::CHART_FROM, moment::CALL).filter(|(_, ran)| ran.is_cold);
    let init_p50_ms = quantile_ms(cold.map(|(_, ran)| millis(ran.init_us)).collect(), 0.5);
    InitFinding { minutes, share_before, share_after, init_p50_ms }
}

/// Refused attempts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ThrottlesFinding {
    /// By cause, indexed as [`coldstart_sim::ThrottleCause::ALL`].
    pub by_cause: [u64; 6],
    /// Most concurrent invocations of the morning.
    pub concurrency_max: u32,
    /// What the account allows.
    pub limit: u32,
}

impl ThrottlesFinding {
    /// Whatever the cause.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.by_cause.iter().sum()
    }
}

/// Refused attempts of the whole run, by cause.
#[must_use]
pub const fn throttles(case: &Case<'_>) -> ThrottlesFinding {
    let total = &case.report.total;
    ThrottlesFinding { by_cause: total.throttles, concurrency_max: total.concurrency_max, limit: case.spec.account.concurrency_limit }
}

/// Time that handlers waited for the database, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WaitFigures {
    /// Invocations.
    pub count: usize,
    /// Median.
    pub p50_ms: f64,
    /// 99th percentile.
    pub p99_ms: f64,
}

/// The wait before and after nine.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DatabaseFinding {
    /// 08:50 to 09:00.
    pub before: WaitFigures,
    /// 09:00 to 09:05.
    pub after: WaitFigures,
}

/// How long handlers waited for the database before and after nine.
#[must_use]
pub fn database(case: &Case<'_>) -> DatabaseFinding {
    let figures = |from, until| {
        let waits: Vec<f64> = case.ran(from, until).filter_map(|(attempt, _)| waiting_ms(attempt, case.spec)).collect();
        WaitFigures { count: waits.len(), p50_ms: quantile_ms(waits.clone(), 0.5), p99_ms: quantile_ms(waits, 0.99) }
    };
    DatabaseFinding { before: figures(moment::CHART_FROM, moment::NINE), after: figures(moment::NINE, moment::CALL) }
}

/// The part of a Duration in which the handler waited: the rest is its processor time, which is the same for every order of this
/// function. None for an attempt that did not run, or ended before its work was done.
#[must_use]
pub fn waiting_ms(attempt: &AttemptRecord, spec: &ScenarioSpec) -> Option<f64> {
    let ran = Ran::of(attempt)?;
    let function = spec.functions.get(usize::from(attempt.function))?;
    let is_whole = matches!(ran.outcome, Outcome::Success | Outcome::Error);
    is_whole.then_some((millis(ran.duration_us) - handler_cpu_ms(function)?).max(0.0))
}

/// What was deployed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeploysFinding {
    /// Deploys of this morning.
    pub this_morning: Vec<ClockMinute>,
    /// The last deploy before.
    pub elsewhere: Option<DeployElsewhere>,
}

/// A deploy of the afternoon before, and what it did.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DeployElsewhere {
    /// When.
    pub at: ClockMinute,
    /// Highest p99 of the ten minutes before, in milliseconds.
    pub p99_before_ms: f64,
    /// Highest p99 of the ten minutes from it on.
    pub p99_after_ms: f64,
    /// Invocations that waited for an environment of the new version.
    pub cold_starts: u64,
}

/// What was deployed this morning and the afternoon before.
#[must_use]
pub fn deploys(case: &Case<'_>) -> DeploysFinding {
    let moments = |spec: &ScenarioSpec| -> Vec<ClockMinute> {
        let clock = Clock::of(spec);
        spec.functions.iter().flat_map(|function| &function.deploys).map(|deploy| clock.of_s(deploy.at_s)).collect()
    };
    let elsewhere = case.afternoon.and_then(|(spec, report)| {
        let at = *moments(spec).first()?;
        let highest = |from, until| Morning::between(report, Clock::of(spec), from, until).worst().p99_ms;
        Some(DeployElsewhere {
            at,
            p99_before_ms: highest(at.saturating_sub(10), at),
            p99_after_ms: highest(at, at + 10),
            cold_starts: report.total.cold_by_cause[ColdCause::Deploy as usize],
        })
    });
    DeploysFinding { this_morning: moments(case.spec), elsewhere }
}

/// Concurrency against time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConcurrencyFinding {
    /// 08:50 to 09:05.
    pub minutes: Vec<Minute>,
    /// Most concurrent invocations before 09:00.
    pub before_max: u32,
    /// Most from 09:00 on.
    pub after_max: u32,
    /// Environments alive at the end of the last minute before nine.
    pub environments_before: u32,
    /// Most environments from 09:00 on.
    pub environments_after: u32,
}

/// Concurrent invocations and environments, minute by minute.
#[must_use]
pub fn concurrency(case: &Case<'_>) -> ConcurrencyFinding {
    let minutes = case.minutes().minutes;
    let most = |after_nine: bool, of: fn(&Minute) -> u32| {
        minutes.iter().filter(|minute| (minute.at >= moment::NINE) == after_nine).map(of).max().unwrap_or(0)
    };
    ConcurrencyFinding {
        before_max: most(false, |minute| minute.concurrency_max),
        after_max: most(true, |minute| minute.concurrency_max),
        environments_before: most(false, |minute| minute.environments_max),
        environments_after: most(true, |minute| minute.environments_max),
        minutes,
    }
}

/// Quantile by rank: the smallest value with at least that share at or below it; 0 of nothing.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a rank within a short list")]
fn quantile_ms(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let rank = (share * values.len() as f64).ceil() as usize;
    values.get(rank.saturating_sub(1)).copied().unwrap_or(0.0)
}
