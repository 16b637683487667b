//! A scenario like the one that wrote a log.

use super::summary::{Summary, bill_of, quantile_ms, sorted};
use super::{Parsed, ReportLine, Status};
use crate::limits;
use crate::spec::{
    ArchitectureSpec, ArrivalsSpec, DistributionSpec, FunctionSpec, HandlerSpec, InitSpec, QuantileSpec, RunSpec, SCHEMA, ScenarioSpec,
    SourceKindSpec, SourceSpec,
};
use crate::{Bill, SimTime};

/// What a log says about a function, and a scenario made from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// Invocations logged.
    pub invocations: u64,
    /// Of these, cold starts (INIT or restore).
    pub cold_starts: u64,
    /// Of these, timeouts.
    pub timeouts: u64,
    /// Of these, with any other failing Status (crashes, out of memory).
    pub errors: u64,
    /// Duration of all invocations.
    pub duration: Summary,
    /// Duration of warm ones.
    pub warm_duration: Option<Summary>,
    /// Duration of cold ones.
    pub cold_duration: Option<Summary>,
    /// Init Duration.
    pub init: Option<Summary>,
    /// Restore Duration.
    pub restore: Option<Summary>,
    /// Bill of the logged invocations on x86-64; [`bill_of`] gives it for arm64.
    pub bill: Bill,
    /// The scenario: its durations are waiting time, because REPORT does not say how much of them is processor time, so moving its
    /// memory does not change them.
    pub scenario: ScenarioSpec,
    /// Whether the scenario's arrivals are the logged ones. If not, they are a stand-in of one request per second: ask for them.
    pub has_arrivals: bool,
}

impl Calibration {
    /// Cold starts over invocations.
    #[must_use]
    pub fn cold_share(&self) -> f64 {
        self.cold_starts as f64 / self.invocations as f64
    }
}

/// Fewest cold starts from which the extra time of first runs is read.
const FEWEST_COLD: usize = 5;

/// Calibrates a scenario with one function; none without a REPORT line.
#[must_use]
pub fn calibrate(parsed: &Parsed) -> Option<Calibration> {
    let reports = &parsed.reports;
    let duration = Summary::of(reports.iter().map(|report| report.duration_us))?;
    let count = |is: fn(&ReportLine) -> bool| reports.iter().filter(|report| is(report)).count() as u64;
    let warm_duration = Summary::of(reports.iter().filter(|report| !report.is_cold()).map(|report| report.duration_us));
    let cold_duration = Summary::of(reports.iter().filter(|report| report.is_cold()).map(|report| report.duration_us));
    let arrivals = arrivals(reports);
    let has_arrivals = arrivals.is_some();
    Some(Calibration {
        invocations: reports.len() as u64,
        cold_starts: count(ReportLine::is_cold),
        timeouts: count(|report| report.status == Status::Timeout),
        errors: count(|report| report.status == Status::Error),
        duration,
        warm_duration,
        cold_duration,
        init: Summary::of(reports.iter().filter_map(|report| report.init_us)),
        restore: Summary::of(reports.iter().filter_map(|report| report.restore_us)),
        bill: bill_of(parsed, ArchitectureSpec::X86_64),
        scenario: scenario(function(reports, warm_duration, cold_duration), arrivals),
        has_arrivals,
    })
}

fn scenario(function: FunctionSpec, arrivals: Option<ArrivalsSpec>) -> ScenarioSpec {
    let mut run = RunSpec::default();
    if let Some(ArrivalsSpec::Timestamps { at_s, .. }) = &arrivals {
        // A second more, so that the last arrival lies within the run.
        run.duration_s = at_s.last().map_or(run.duration_s, |last| (last + 1.0).ceil()).min(limits::RUN_DURATION_S.max);
    }
    let source = SourceSpec {
        id: "callers".to_owned(),
        target: function.id.clone(),
        kind: SourceKindSpec::Synchronous,
        arrivals: arrivals.unwrap_or(ArrivalsSpec::Poisson { per_s: 1.0 }),
        ..Default::default()
    };
    ScenarioSpec {
        schema: SCHEMA,
        title: "From your logs".to_owned(),
        run,
        account: Default::default(),
        functions: vec![function],
        sources: vec![source],
        ..Default::default()
    }
}

fn function(reports: &[ReportLine], warm: Option<Summary>, cold: Option<Summary>) -> FunctionSpec {
    let memory_mb = most_common(reports.iter().map(|report| report.memory_mb)).clamp(limits::MEMORY_MB.min, limits::MEMORY_MB.max);
    let used_mb = reports.iter().filter_map(|report| report.max_memory_used_mb).max();
    let used_mb = used_mb.unwrap_or(HandlerSpec::default().max_memory_used_mb);
    // First runs count towards the handler's law only where there is nothing else.
    let has_warm = reports.iter().any(|report| !report.is_cold());
    let counted = || reports.iter().filter(|report| !(has_warm && report.is_cold()));
    let ended_us = sorted(counted().filter(|report| report.status != Status::Timeout).map(|report| report.duration_us));
    let timed_out = counted().filter(|report| report.status == Status::Timeout).count();
    let timeout_ms = timeout_ms(reports);
    let init_us = sorted(reports.iter().filter_map(|report| report.init_us.or(report.restore_us)));
    let crashes = reports.iter().filter(|report| report.status == Status::Error).count();
    FunctionSpec {
        id: "logged".to_owned(),
        memory_mb,
        tmp_mb: coldstart_facts::TMP_FREE_MB,
        timeout_ms,
        architecture: ArchitectureSpec::X86_64,
        handler: HandlerSpec {
            cpu: DistributionSpec::constant(0.0),
            wait: with_timeouts(law(&ended_us), ended_us.len(), timed_out, timeout_ms),
            first_run_cpu: DistributionSpec::constant(first_run_cpu_ms(memory_mb, warm, cold)),
            crash_rate: crashes as f64 / reports.len().max(1) as f64,
            max_memory_used_mb: used_mb.clamp(limits::MEMORY_USED_MB.min, memory_mb),
            ..HandlerSpec::default()
        },
        init: InitSpec { runtime: String::new(), code: law(&init_us), ..InitSpec::default() },
        ..Default::default()
    }
}

/// What a first run takes longer than a later one, as processor time at one full vCPU; 0 where too few were seen.
fn first_run_cpu_ms(memory_mb: u32, warm: Option<Summary>, cold: Option<Summary>) -> f64 {
    let (Some(warm), Some(cold)) = (warm, cold) else { return 0.0 };
    if cold.count < FEWEST_COLD {
        return 0.0;
    }
    let share = (f64::from(memory_mb) / f64::from(coldstart_facts::ONE_VCPU_AT_MB)).min(1.0);
    let extra_ms = (cold.p50_ms - warm.p50_ms) * share;
    // Whole microseconds: what the simulator reckons with.
    ((extra_ms * 1e3).round() / 1e3).clamp(0.0, limits::DURATION_MS.max)
}

/// The timeout that was hit, else the smallest whole number of seconds above every duration and not below AWS's default.
fn timeout_ms(reports: &[ReportLine]) -> u64 {
    let hit = reports.iter().filter(|report| report.status == Status::Timeout).map(|report| report.duration_us).min();
    let ms = match hit {
        Some(us) => us / 1_000_000 * 1_000,
        None => {
            let longest_us = reports.iter().map(|report| report.duration_us).max().unwrap_or(0);
            ((longest_us / 1_000_000 + 1) * 1_000).max(coldstart_facts::TIMEOUT_DEFAULT_MS)
        }
    };
    ms.clamp(limits::TIMEOUT_MS.min, limits::TIMEOUT_MS.max)
}

fn most_common(values: impl Iterator<Item = u32>) -> u32 {
    let mut values: Vec<u32> = values.collect();
    values.sort_unstable();
    let longest = values.chunk_by(|a, b| a == b).max_by_key(|run| run.len());
    longest.and_then(|run| run.first()).copied().unwrap_or(limits::MEMORY_MB.min)
}

/// The law of measured times: their quantiles, as many as the number of values bears.
fn law(sorted_us: &[u64]) -> DistributionSpec {
    const SHARES: [f64; 13] = [0.0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.999, 1.0];
    let (Some(first), Some(last)) = (sorted_us.first(), sorted_us.last()) else { return DistributionSpec::constant(0.0) };
    let most = limits::DURATION_MS.max;
    if first == last {
        return DistributionSpec::constant((*first as f64 / 1e3).min(most));
    }
    // A percentile beyond the outermost value but one would only repeat the straight line to it.
    let inner = 1.0 / (sorted_us.len() - 1) as f64;
    let is_borne = |share: f64| share == 0.0 || share == 1.0 || (inner..=1.0 - inner).contains(&share);
    let shares = SHARES.into_iter().filter(|share| is_borne(*share));
    DistributionSpec::Quantiles {
        points: shares.map(|share| QuantileSpec { share, ms: quantile_ms(sorted_us, share).min(most) }).collect(),
    }
}

/// The law of handlers of which `ended` ended by themselves, as `law` says, and `timed_out` wanted longer than the timeout: how much
/// longer no log says, so it is a millisecond.
fn with_timeouts(law: DistributionSpec, ended: usize, timed_out: usize, timeout_ms: u64) -> DistributionSpec {
    /// Width of the step between the two, as a share: far below one invocation of any log that is read.
    const STEP: f64 = 1e-9;
    let past_ms = (timeout_ms + 1) as f64;
    let share = ended as f64 / (ended + timed_out).max(1) as f64;
    let point = |share, ms| QuantileSpec { share, ms };
    let mut points = match law {
        _ if timed_out == 0 => return law,
        _ if ended == 0 => return DistributionSpec::constant(past_ms),
        DistributionSpec::Quantiles { points } => points,
        DistributionSpec::Constant { ms } => vec![point(0.0, ms), point(1.0, ms)],
        other => return other,
    };
    points.iter_mut().for_each(|point| point.share *= share);
    let past_ms = points.last().map_or(past_ms, |last| last.ms.max(past_ms));
    points.extend([point(share + STEP, past_ms), point(1.0, past_ms)]);
    DistributionSpec::Quantiles { points }
}

/// The logged arrivals, in seconds from the first one; none where a line has no timestamp, or they span more than a run may.
///
/// A REPORT is written at the end, so its request arrived by the duration (and INIT) earlier; sandbox creation is in neither and is
/// not known.
fn arrivals(reports: &[ReportLine]) -> Option<ArrivalsSpec> {
    let arrived = |report: &ReportLine| {
        let took_us = report.duration_us + report.init_us.or(report.restore_us).unwrap_or(0);
        Some(report.at_us?.saturating_sub_unsigned(took_us))
    };
    let mut times: Vec<i64> = reports.iter().map(arrived).collect::<Option<_>>()?;
    times.sort_unstable();
    let first = *times.first()?;
    let at_s: Vec<f64> = times.iter().map(|time| time.abs_diff(first) as f64 / 1e6).collect();
    let last_s = *at_s.last()?;
    // Through the simulator's own clock, so that the last arrival is certain to be before the end.
    let fits = SimTime::from_s(last_s + 1.0) <= SimTime::from_s(limits::RUN_DURATION_S.max);
    fits.then_some(ArrivalsSpec::Timestamps { at_s, durations_ms: Vec::new() })
}
