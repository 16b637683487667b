//! From the specification to the scenario, assuming that the specification is valid.

use super::mapping::is_of_stream;
use super::{
    Arrivals, Asynchronous, Behaviour, Delivery, Dependency, Door, EventSource, Function, IdleLife, Mapping, Node, Provisioned, Queue,
    RateCurve, RatePiece, Reader, Retry, Scaling, Scenario, Source, Stream,
};
use super::{dependency, network};
use crate::dist::{Law, Quantile};
use crate::rules::{Rules, idle_profile};
use crate::spec::{
    ArchitectureSpec, ArrivalsSpec, BoundToSpec, FunctionSpec, HandlerSpec, InitSpec, MaxLifeSpec, PackageSpec, ProvisionedScalingSpec,
    ProvisionedSpec, RatePointSpec, RateShapeSpec, ReclaimProfileSpec, ReclaimSpec, RetryPolicySpec, RetrySpec, ScenarioSpec,
    SourceKindSpec, SourceSpec,
};
use crate::time::{SimDuration, SimTime};
use coldstart_facts::{Date, INIT_QUANTILES, ONE_VCPU_AT_MB};

const US_PER_S: f64 = 1e6;
const US_PER_MS: f64 = 1e3;

impl Scenario {
    /// The scenario of a valid specification. [`crate::validate()`] checks first; nothing here does.
    pub(crate) fn build(spec: &ScenarioSpec) -> Self {
        let day = spec.account.rules_as_of.as_deref().and_then(Date::parse);
        let rules = Rules::on(day);
        let nodes = network::nodes(spec);
        let of_queues = spec.mappings.iter().filter(|mapping| !is_of_stream(spec, mapping));
        let of_streams = spec.mappings.iter().filter(|mapping| is_of_stream(spec, mapping));
        Self {
            title: spec.title.clone(),
            seed: spec.run.seed,
            end: SimTime::from_s(spec.run.duration_s),
            warm_up: SimTime::from_s(spec.run.warm_up_s),
            clock_start_s: spec.run.clock_start_s,
            max_events: spec.run.max_events,
            max_environments: spec.run.max_environments,
            max_messages: spec.run.max_messages,
            concurrency_limit: spec.account.concurrency_limit,
            scaling_environments: spec.account.scaling_environments,
            free_tier: spec.account.free_tier,
            api_quota: (spec.account.api_requests_per_s, spec.account.api_burst),
            functions: spec
                .functions
                .iter()
                .map(|function| Function {
                    calls: dependency::calls(function, spec),
                    sends: dependency::sends(function, spec, &nodes),
                    ..Function::build(function, Asynchronous::build(spec, &nodes, function), rules, day)
                })
                .collect(),
            rules,
            sources: spec.sources.iter().map(|source| Source::build(source, spec, &nodes, rules)).collect(),
            queues: spec.queues.iter().map(|queue| Queue::build(spec, &nodes, queue)).collect(),
            mappings: of_queues.map(|mapping| Mapping::build(spec, &nodes, mapping, rules)).collect(),
            streams: spec.streams.iter().map(|stream| Stream::build(spec, &nodes, stream)).collect(),
            readers: of_streams.enumerate().map(|(place, mapping)| Reader::build(spec, &nodes, mapping, place)).collect(),
            dependencies: spec.dependencies.iter().map(|one| Dependency::build(one, &nodes)).collect(),
            nodes,
        }
    }
}

impl Function {
    fn build(spec: &FunctionSpec, asynchronous: Option<Asynchronous>, rules: Rules, day: Option<Date>) -> Self {
        let HandlerSpec { cpu, wait, first_run_cpu, threads, error_rate, crash_rate, poison_rate, max_memory_used_mb } = &spec.handler;
        let InitSpec { sandbox, runtime, package, code } = &spec.init;
        Self {
            id: spec.id.clone(),
            memory_mb: spec.memory_mb,
            tmp_mb: spec.tmp_mb,
            max_memory_used_mb: *max_memory_used_mb,
            architecture: spec.architecture,
            package: *package,
            runtime: runtime.clone(),
            timeout: SimDuration::from_ms(spec.timeout_ms),
            cpu_share: f64::from(*threads).min(f64::from(spec.memory_mb) / f64::from(ONE_VCPU_AT_MB)),
            cpu: Law::new(cpu),
            wait: Law::new(wait),
            first_run_cpu: Law::new(first_run_cpu),
            error_rate: *error_rate,
            crash_rate: *crash_rate,
            poison_rate: *poison_rate,
            sandbox: Law::new(sandbox),
            runtime_init: runtime_init(runtime, spec.architecture, *package),
            code_init: Law::new(code),
            init_billed: rules.bills_init(*package, runtime),
            idle_life: idle_life(&spec.reclaim, day),
            max_life: match spec.max_life {
                MaxLifeSpec::Never => None,
                MaxLifeSpec::Uniform { low_s, high_s } => Some((SimDuration::from_s(low_s), SimDuration::from_s(high_s))),
            },
            reuse: spec.reuse,
            reserved: spec.reserved_concurrency,
            provisioned: spec.provisioned.iter().chain(&spec.provisioned_scaling.as_ref().map(start_of)).map(Provisioned::build).collect(),
            scaling: spec.provisioned_scaling.as_ref().map(Scaling::build),
            reset_units: spec.reset_units,
            deploys: spec.deploys.iter().map(|deploy| SimTime::from_s(deploy.at_s)).collect(),
            asynchronous,
            calls: Vec::new(),
            sends: Vec::new(),
            allow_loops: spec.allow_loops,
            behaviour: Behaviour::build(spec),
        }
    }
}

/// The measured INIT of a runtime; none without a runtime, or where nothing was measured.
fn runtime_init(runtime: &str, architecture: ArchitectureSpec, package: PackageSpec) -> Law {
    let architecture = match architecture {
        ArchitectureSpec::X86_64 => "x86_64",
        ArchitectureSpec::Arm64 => "arm64",
    };
    let package = match package {
        PackageSpec::Zip => "zip",
        PackageSpec::Image => "image",
    };
    let row = INIT_QUANTILES.iter().find(|row| row.runtime == runtime && row.architecture == architecture && row.package == package);
    row.map_or(Law::ZERO, |row| {
        Law::Quantiles(row.points.iter().map(|&(permille, us)| Quantile { share: f64::from(permille) / 1e3, us: f64::from(us) }).collect())
    })
}

fn idle_life(spec: &ReclaimSpec, day: Option<Date>) -> IdleLife {
    match spec {
        ReclaimSpec::Profile { profile } => profile_life(*profile, day),
        ReclaimSpec::Constant { idle_life_s } => IdleLife::Constant(SimDuration::from_s(*idle_life_s)),
        ReclaimSpec::Exponential { mean_s } => IdleLife::Random(Law::Exponential { mean: mean_s * US_PER_S }),
        ReclaimSpec::Never => IdleLife::Never,
    }
}

fn profile_life(profile: ReclaimProfileSpec, day: Option<Date>) -> IdleLife {
    let points = idle_profile(profile, day).map_or(&[][..], |row| row.points);
    match points {
        [] => IdleLife::Never,
        [(_, first), .., (_, last)] if first == last => IdleLife::Constant(SimDuration::from_ms(*first)),
        [(_, only)] => IdleLife::Constant(SimDuration::from_ms(*only)),
        _ => IdleLife::Random(Law::Quantiles(
            points.iter().map(|&(permille, ms)| Quantile { share: f64::from(permille) / 1e3, us: ms as f64 * US_PER_MS }).collect(),
        )),
    }
}

/// What auto scaling starts from.
fn start_of(spec: &ProvisionedScalingSpec) -> ProvisionedSpec {
    let ProvisionedScalingSpec { min_units, ready_at_start, preparation_s, .. } = *spec;
    ProvisionedSpec { units: min_units, from_s: 0.0, until_s: None, ready_at_start, preparation_s, bound_to: BoundToSpec::Alias }
}

impl Scaling {
    fn build(spec: &ProvisionedScalingSpec) -> Self {
        Self {
            bounds: (spec.min_units, spec.max_units),
            target: spec.target_utilisation,
            track_maximum: spec.track_maximum,
            schedule: spec.schedule.iter().map(|one| (SimTime::from_s(one.at_s), (one.min_units, one.max_units))).collect(),
        }
    }
}

impl Provisioned {
    fn build(spec: &ProvisionedSpec) -> Self {
        Self {
            units: spec.units,
            from: SimTime::from_s(spec.from_s),
            until: spec.until_s.map(SimTime::from_s),
            ready_at_start: spec.ready_at_start,
            preparation: SimDuration::from_s(spec.preparation_s),
            bound_to: spec.bound_to,
        }
    }
}

impl Source {
    fn build(spec: &SourceSpec, whole: &ScenarioSpec, nodes: &[Node], rules: Rules) -> Self {
        let target = whole.functions.iter().position(|function| function.id == spec.target).unwrap_or(0);
        let door = Door::build(spec, nodes, rules);
        Self {
            id: spec.id.clone(),
            target: target as u16,
            ping: match spec.kind {
                SourceKindSpec::Ping { handler_ms } => Some(SimDuration::from_ms_f64(handler_ms)),
                _ => None,
            },
            arrivals: Arrivals::build(&spec.arrivals),
            retry: Retry::build(&spec.retry),
            delivery: Delivery::of(spec, whole, door.is_some()),
            payload_kb: spec.payload_kb,
            door,
            event_source: EventSource::build(spec, whole, nodes),
        }
    }
}

impl Retry {
    pub(super) fn build(spec: &RetrySpec) -> Self {
        let never = spec.policy == RetryPolicySpec::None;
        Self {
            policy: spec.policy,
            max_attempts: if never { 1 } else { spec.max_attempts as u16 },
            base: SimDuration::from_ms_f64(spec.base_ms),
            cap: SimDuration::from_ms_f64(spec.cap_ms),
            on_errors: spec.on_errors,
        }
    }
}

impl Arrivals {
    fn build(spec: &ArrivalsSpec) -> Self {
        match spec {
            ArrivalsSpec::Constant { per_s } => Self::Constant { gap_us: US_PER_S / per_s },
            ArrivalsSpec::Poisson { per_s } => Self::Poisson { gap_us: US_PER_S / per_s },
            ArrivalsSpec::Rate { points, shape, repeat_every_s } => {
                Self::Rate(RateCurve { pieces: pieces(points, *shape), repeat_every_us: repeat_every_s.map(|s| s * US_PER_S) })
            }
            ArrivalsSpec::OnOff { on_per_s, off_per_s, on_mean_s, off_mean_s } => {
                on_off([*on_per_s, *off_per_s], [*on_mean_s, *off_mean_s])
            }
            // A round each microsecond is the most that the clock can tell apart.
            ArrivalsSpec::Cron { every_s, first_s, requests } => Self::Cron {
                first: SimTime::from_s(*first_s),
                every: SimDuration::from_s(*every_s).max(SimDuration(1)),
                requests: *requests,
            },
            ArrivalsSpec::Timestamps { at_s, durations_ms } => Self::Replay {
                at: at_s.iter().map(|s| SimTime::from_s(*s)).collect(),
                durations: durations_ms.iter().map(|ms| SimDuration::from_ms_f64(*ms)).collect(),
            },
            ArrivalsSpec::PerMinute { counts } => Self::PerMinute { counts: counts.clone() },
            ArrivalsSpec::Log { sends } => {
                Self::Log { sends: sends.iter().map(|send| (SimTime::from_s(send.at_s), send.requests)).collect() }
            }
        }
    }
}

/// Rates and mean times, on and off. Where thousands of switches pass between two arrivals nobody could tell, and the switches would
/// cost more than the arrivals, it is a Poisson process of the mean rate.
fn on_off([on_per_s, off_per_s]: [f64; 2], [on_mean_s, off_mean_s]: [f64; 2]) -> Arrivals {
    const FEW_PER_CYCLE: f64 = 0.001;
    let per_cycle = on_per_s * on_mean_s + off_per_s * off_mean_s;
    if per_cycle < FEW_PER_CYCLE {
        return Arrivals::Poisson { gap_us: US_PER_S * (on_mean_s + off_mean_s) / per_cycle };
    }
    Arrivals::OnOff {
        on_per_us: on_per_s / US_PER_S,
        off_per_us: off_per_s / US_PER_S,
        on_mean_us: on_mean_s * US_PER_S,
        off_mean_us: off_mean_s * US_PER_S,
    }
}

/// The pieces of a curve; a ramp leads to the next point, and the last point's rate stays.
fn pieces(points: &[RatePointSpec], shape: RateShapeSpec) -> Vec<RatePiece> {
    let slope = |i: usize| match (shape, points.get(i), points.get(i + 1)) {
        (RateShapeSpec::Ramps, Some(a), Some(b)) if b.at_s > a.at_s => (b.per_s - a.per_s) / (b.at_s - a.at_s) / US_PER_S / US_PER_S,
        _ => 0.0,
    };
    let piece =
        |(i, point): (usize, &RatePointSpec)| RatePiece { from_us: point.at_s * US_PER_S, per_us: point.per_s / US_PER_S, slope: slope(i) };
    points.iter().enumerate().map(piece).collect()
}
