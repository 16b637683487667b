//! The scenario that a log is turned into, what the reader sets of it, and how it goes to the playground. Pure.

use super::view::period_us;
use crate::state::share::{self, PAYLOAD_CHARS_MAX, Shared};
use coldstart_sim::ScenarioSpec;
use coldstart_sim::log::{Calibration, Parsed};
use coldstart_sim::spec::{ArchitectureSpec, ArrivalsSpec, ReclaimProfileSpec, ReclaimSpec};

/// Rate that stands in until the reader gives one, in requests per second.
pub const STAND_IN_PER_S: f64 = 1.0;
/// Rates that the reader can set, in requests per second.
pub const RATES_PER_S: (f64, f64) = (0.001, 1_000.0);

/// Before anything is counted the fleet gets as long as idle environments live at most in three of the five profiles.
const WARM_UP_S: f64 = 1_800.0;
/// Requests that the simulated time is long enough for, within its bounds.
const REQUESTS_WANTED: f64 = 5_000.0;
const MEASURED_S: (f64, f64) = (600.0, 604_800.0);

/// More arrival times than this fit no link, whatever they are: deflating them would only take time.
const TIMESTAMPS_IN_LINK_MAX: usize = 20_000;

/// What the reader sets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choices {
    /// Whether the logged arrivals are replayed; else requests come at random.
    pub is_replay: bool,
    /// Mean rate of random arrivals, in requests per second.
    pub per_s: f64,
    /// Processor architecture, which REPORT does not say.
    pub architecture: ArchitectureSpec,
    /// When idle environments are reclaimed, which AWS does not say.
    pub reclaim: ReclaimProfileSpec,
}

/// The calibrated scenario with the reader's choices.
#[must_use]
pub fn scenario(parsed: &Parsed, calibration: &Calibration, choices: &Choices) -> ScenarioSpec {
    let mut spec = calibration.scenario.clone();
    for function in &mut spec.functions {
        function.architecture = choices.architecture;
        function.reclaim = ReclaimSpec::Profile { profile: choices.reclaim };
    }
    if choices.is_replay && calibration.has_arrivals {
        spec.run.clock_start_s = period_us(parsed).map_or(0, |(first_us, _)| second_of_day(first_us));
        return spec;
    }
    let per_s = choices.per_s.clamp(RATES_PER_S.0, RATES_PER_S.1);
    spec.run.warm_up_s = WARM_UP_S;
    spec.run.duration_s = WARM_UP_S + (REQUESTS_WANTED / per_s).clamp(MEASURED_S.0, MEASURED_S.1);
    for source in &mut spec.sources {
        source.arrivals = ArrivalsSpec::Poisson { per_s };
    }
    spec
}

fn second_of_day(at_us: i64) -> u32 {
    u32::try_from(at_us.div_euclid(1_000_000).rem_euclid(86_400)).unwrap_or_default()
}

/// How a scenario gets into the playground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handover {
    /// A link carries all of it.
    Whole(String),
    /// A link carries all of it but the moments of its arrivals: it has their number per minute.
    PerMinute(String),
    /// No link carries it.
    FileOnly,
}

impl Handover {
    /// What follows `#s=`, if there is a link.
    #[must_use]
    pub fn payload(&self) -> Option<&str> {
        match self {
            Self::Whole(payload) | Self::PerMinute(payload) => Some(payload),
            Self::FileOnly => None,
        }
    }
}

/// The link that carries most of a scenario.
#[must_use]
pub fn handover(spec: &ScenarioSpec) -> Handover {
    let arrivals = |spec: &ScenarioSpec| spec.sources.iter().map(|source| timestamps(&source.arrivals).len()).sum::<usize>();
    let whole = (arrivals(spec) <= TIMESTAMPS_IN_LINK_MAX).then(|| payload(spec)).flatten();
    match whole {
        Some(payload) => Handover::Whole(payload),
        None => payload(&per_minute(spec)).map_or(Handover::FileOnly, Handover::PerMinute),
    }
}

fn payload(spec: &ScenarioSpec) -> Option<String> {
    let model_version = crate::MODEL_VERSION;
    let shared = Shared { lesson: None, widget: None, seed: spec.run.seed, spec: spec.clone(), t_ms: None, model_version };
    share::encode(&shared).ok().filter(|payload| payload.len() <= PAYLOAD_CHARS_MAX)
}

fn timestamps(arrivals: &ArrivalsSpec) -> &[f64] {
    if let ArrivalsSpec::Timestamps { at_s, .. } = arrivals { at_s } else { &[] }
}

/// The same scenario with the number of arrivals per minute in place of their moments.
fn per_minute(spec: &ScenarioSpec) -> ScenarioSpec {
    let mut spec = spec.clone();
    for source in &mut spec.sources {
        if let ArrivalsSpec::Timestamps { at_s, .. } = &source.arrivals {
            let mut counts: Vec<u32> = Vec::new();
            for at_s in at_s {
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most a month of minutes")]
                let minute = (at_s / 60.0) as usize;
                counts.resize(counts.len().max(minute + 1), 0);
                counts[minute] += 1;
            }
            source.arrivals = ArrivalsSpec::PerMinute { counts };
        }
    }
    spec
}

/// The scenario as a file for the playground and the command line.
#[must_use]
pub fn file_text(spec: &ScenarioSpec) -> Option<String> {
    serde_json::to_string(spec).ok()
}
