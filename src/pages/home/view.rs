//! What the home page shows of its runs: a scenario for two sliders, and one sentence. Pure.

use crate::components::format;
use crate::t;
use crate::widgets::price::provisioned_month_pd;
use coldstart_sim::spec::{
    AccountSpec, ArrivalsSpec, DistributionSpec, FunctionSpec, HandlerSpec, InitSpec, ProvisionedSpec, RatePointSpec, RateShapeSpec,
    ReclaimSpec, RunSpec, SourceSpec,
};
use coldstart_sim::{AttemptResult, FunctionReport, ScenarioSpec, Timeline, theory};

/// The minute that the stage plays, in microseconds: what the sentence speaks of.
pub const WINDOW_US: (u64, u64) = (120_000_000, 180_000_000);

/// What is recorded: the minute, and long enough before it that every environment that is alive shows.
pub const RECORDED_US: (u64, u64) = (WINDOW_US.0 - 2 * IDLE_LIFE_US, WINDOW_US.1);

/// Idle life on the home page, in microseconds: short, so that a visitor sees environments go within the minute.
pub const IDLE_LIFE_US: u64 = 6_000_000;

/// Memory of the home page's function, in MB.
const MEMORY_MB: u32 = 512;
/// Mean handler time, in seconds: processor share and waiting together.
const HANDLER_S: f64 = 0.3;
/// Share of requests that may still spill in the suggestion.
const SPILL_GOAL: f64 = 0.001;
/// Length of one wave of the traffic, in seconds.
const WAVE_S: f64 = 30.0;
/// How far above the mean the wave's crest is.
const CREST: f64 = 1.6;

/// The scenario behind the two sliders: waves of Poisson traffic around `per_s`, and `provisioned` units.
#[must_use]
pub fn scenario(per_s: f64, provisioned: u32) -> ScenarioSpec {
    let point = |at_s: f64, share: f64| RatePointSpec { at_s, per_s: per_s * share };
    let wave = vec![point(0.0, 2.0 - CREST), point(WAVE_S / 2.0, CREST), point(WAVE_S - 0.001, 2.0 - CREST)];
    ScenarioSpec {
        schema: coldstart_sim::spec::SCHEMA,
        title: t!("home.scenario").to_string(),
        run: RunSpec { duration_s: seconds(WINDOW_US.1), warm_up_s: seconds(WINDOW_US.0), ..RunSpec::default() },
        account: AccountSpec::default(),
        functions: vec![function(provisioned)],
        sources: vec![SourceSpec {
            id: "people".to_owned(),
            target: "shop".to_owned(),
            kind: Default::default(),
            arrivals: ArrivalsSpec::Rate { points: wave, shape: RateShapeSpec::Ramps, repeat_every_s: Some(WAVE_S) },
            ..Default::default()
        }],
        ..Default::default()
    }
}

fn function(provisioned: u32) -> FunctionSpec {
    let units = ProvisionedSpec {
        units: provisioned,
        from_s: 0.0,
        until_s: None,
        ready_at_start: true,
        preparation_s: 0.0,
        bound_to: Default::default(),
    };
    FunctionSpec {
        id: "shop".to_owned(),
        memory_mb: MEMORY_MB,
        tmp_mb: coldstart_facts::TMP_FREE_MB,
        timeout_ms: coldstart_facts::TIMEOUT_DEFAULT_MS,
        architecture: Default::default(),
        handler: HandlerSpec {
            cpu: DistributionSpec::constant(0.0),
            wait: DistributionSpec::Lognormal { mean_ms: HANDLER_S * 1_000.0, p99_ms: HANDLER_S * 2_500.0 },
            ..HandlerSpec::default()
        },
        init: InitSpec { code: DistributionSpec::constant(200.0), ..InitSpec::default() },
        reclaim: ReclaimSpec::Constant { idle_life_s: seconds(IDLE_LIFE_US) },
        provisioned: if provisioned == 0 { Vec::new() } else { vec![units] },
        ..Default::default()
    }
}

/// Provisioned units that would serve all but one request in a thousand at the crest of the wave, by Erlang B.
#[must_use]
pub fn units_for(per_s: f64) -> u32 {
    theory::erlang_b_servers_for(per_s * CREST * HANDLER_S, SPILL_GOAL).unwrap_or(0)
}

/// The sentence under the stage. `fixed` is the same traffic with `units` provisioned.
#[must_use]
pub fn sentence(now: &FunctionReport, timeline: &Timeline, fixed: Option<&FunctionReport>, units: u32) -> String {
    if now.invocations == 0 {
        return t!("home.nobody").to_string();
    }
    let cold = now.cold_starts;
    if cold == 0 {
        return t!("home.no_cold", n = now.invocations).to_string();
    }
    let share = format::percent(now.cold_share());
    let wait = format::duration_us(mean_cold_wait_us(timeline));
    let first = t!("home.cold", n = cold, share = share, wait = wait);
    let Some(fixed) = fixed else { return first };
    let price = format::picodollars(provisioned_month_pd(units, MEMORY_MB));
    let left = format::percent(fixed.cold_share());
    format!("{first} {}", t!("home.fix", n = u64::from(units), left = left, price = price))
}

/// Sandbox, download and INIT: what a caller waits for who found no environment.
#[allow(clippy::cast_precision_loss, reason = "shown with three digits")]
fn mean_cold_wait_us(timeline: &Timeline) -> f64 {
    let waits = timeline.attempts.iter().filter(|attempt| attempt.started_us >= WINDOW_US.0).filter_map(|attempt| match attempt.result {
        AttemptResult::Ran { cold: Some(_), sandbox_us, init_us, .. } => Some(sandbox_us + init_us),
        AttemptResult::Ran { cold: None, .. } | AttemptResult::Throttled { .. } => None,
    });
    let (count, sum) = waits.fold((0_u64, 0_u64), |(count, sum), wait| (count + 1, sum + wait));
    sum as f64 / count.max(1) as f64
}

#[allow(clippy::cast_precision_loss, reason = "minutes in microseconds are far below 2^53")]
fn seconds(us: u64) -> f64 {
    us as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;
    use coldstart_sim::{RunOptions, Seed, run, validate};

    #[test]
    fn the_sentence_is_true_of_the_run_it_describes() {
        for (per_s, units) in [(0.5, 0), (12.0, 3), (60.0, 60)] {
            let scenario = validate(&scenario(per_s, units)).expect("valid").scenario;
            let now = run(&scenario, Seed(1), RunOptions::default()).report.total;
            let said = sentence(&now, &Timeline::default(), None, 1);
            let count = format::count(if now.cold_starts > 0 { now.cold_starts } else { now.invocations });
            assert!(said.contains(&count) || now.cold_starts == 1, "{said}");
        }
    }
}
