//! Scenarios to start from.

use crate::spec::{ArrivalsSpec, DistributionSpec, FunctionSpec, InitSpec, PackageSpec, ReclaimSpec, RunSpec, ScenarioSpec, SourceSpec};
use crate::{RunOptions, RunOutput, Scenario, Seed, TimelineOptions, run};

/// A function without start-up time, at one full vCPU, whose handler takes `cpu`; environments live on.
pub(super) fn function(id: &str, cpu: DistributionSpec) -> FunctionSpec {
    let mut function: FunctionSpec = serde_json::from_value(serde_json::json!({ "id": id, "memory_mb": 1_769 })).unwrap();
    function.timeout_ms = 900_000;
    function.handler.cpu = cpu;
    function.init = InitSpec {
        sandbox: DistributionSpec::constant(0.0),
        runtime: String::new(),
        package: PackageSpec::Zip,
        code: DistributionSpec::constant(0.0),
    };
    function.reclaim = ReclaimSpec::Never;
    function
}

pub(super) fn source(id: &str, target: &str, arrivals: ArrivalsSpec) -> SourceSpec {
    SourceSpec { id: id.into(), target: target.into(), arrivals, ..SourceSpec::default() }
}

/// One function and one source.
pub(super) fn one(duration_s: f64, cpu: DistributionSpec, arrivals: ArrivalsSpec) -> ScenarioSpec {
    ScenarioSpec {
        schema: 1,
        title: String::new(),
        run: RunSpec { duration_s, ..RunSpec::default() },
        account: Default::default(),
        functions: vec![function("f", cpu)],
        sources: vec![source("s", "f", arrivals)],
        ..Default::default()
    }
}

pub(super) fn poisson(per_s: f64) -> ArrivalsSpec {
    ArrivalsSpec::Poisson { per_s }
}

pub(super) fn exponential(mean_ms: f64) -> DistributionSpec {
    DistributionSpec::Exponential { mean_ms }
}

pub(super) fn at(at_s: &[f64], durations_ms: &[f64]) -> ArrivalsSpec {
    ArrivalsSpec::Timestamps { at_s: at_s.to_vec(), durations_ms: durations_ms.to_vec() }
}

/// Everything that a run can produce, at seed 1.
pub(super) fn run_all(spec: &ScenarioSpec) -> RunOutput {
    let timeline = Some(TimelineOptions { window_us: (0, u64::MAX), max_entries: 2_000_000 });
    run(&Scenario::build(spec), Seed(1), RunOptions { digest: true, timeline, ..RunOptions::default() })
}
