//! Scenarios that mix every feature, small enough to run by the hundred.

use coldstart_sim::spec::{
    AccountSpec, ArrivalsSpec, BoundToSpec, DeploySpec, DistributionSpec, FunctionSpec, HandlerSpec, InitSpec, MaxLifeSpec,
    ProvisionedScalingSpec, ProvisionedSpec, RatePointSpec, RateShapeSpec, ReclaimProfileSpec, ReclaimSpec, RetryPolicySpec, RetrySpec,
    ReuseSpec, RunSpec, SCHEMA, ScenarioSpec, ScheduledUnitsSpec, SendSpec, SourceKindSpec, SourceSpec,
};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;

/// Environments of the account that nothing may reserve.
pub const UNRESERVED_FLOOR: u32 = 100;

/// Any valid scenario of one to three functions and up to four sources.
pub fn scenarios() -> impl Strategy<Value = ScenarioSpec> {
    let head = (30.0..200.0_f64, any::<u32>(), prop_oneof![Just(1_000_u32), 3_u32..40], prop::bool::ANY, prop_oneof![1_u32..4, 4_u32..60]);
    (head, vec(function(), 1..=3), vec(source(), 1..=4)).prop_map(|(head, mut functions, mut sources)| {
        let (mut duration_s, seed, scaling_environments, free_tier, unreserved) = head;
        functions.iter_mut().enumerate().for_each(|(place, function)| function.id = format!("f{place}"));
        sources.iter_mut().enumerate().for_each(|(place, source)| {
            source.id = format!("s{place}");
            source.target = format!("f{}", place % functions.len());
        });
        functions.iter_mut().for_each(|function| over_time(function, seed));
        if seed.is_multiple_of(16) {
            // Long enough for alarms on a quarter of an hour.
            duration_s += 1_000.0;
        }
        let claimed: u32 = functions.iter().map(most_claimed).sum();
        let concurrency_limit = if claimed == 0 { unreserved } else { claimed + UNRESERVED_FLOOR };
        ScenarioSpec {
            schema: SCHEMA,
            title: String::new(),
            run: RunSpec { duration_s: duration_s.round(), seed: u64::from(seed), ..RunSpec::default() },
            account: AccountSpec { concurrency_limit, scaling_environments, free_tier, ..AccountSpec::default() },
            functions,
            sources,
            ..Default::default()
        }
    })
}

/// Makes some provisioned concurrency follow its use, and some units live no longer than other environments.
pub fn over_time(function: &mut FunctionSpec, seed: u32) {
    function.reset_units = seed.is_multiple_of(2);
    if let ([window], 0) = (&function.provisioned[..], seed % 4) {
        let (units, most) = (window.units, function.reserved_concurrency.unwrap_or(2 * window.units));
        let action = |at_s, min_units, max_units| ScheduledUnitsSpec { at_s, min_units, max_units };
        function.provisioned_scaling = Some(ProvisionedScalingSpec {
            min_units: units,
            max_units: most,
            target_utilisation: 0.5,
            track_maximum: seed.is_multiple_of(8),
            ready_at_start: window.ready_at_start,
            preparation_s: window.preparation_s,
            schedule: vec![action(25.0, most, most), action(60.0, 1, most), action(61.0, 1, 1), action(100.0, 1, most)],
        });
        function.provisioned.clear();
    }
}

/// Units that the function takes from the account whether it uses them or not.
pub fn most_claimed(function: &FunctionSpec) -> u32 {
    let provisioned = function.provisioned.iter().map(|p| p.units).max().unwrap_or(0);
    let provisioned = function.provisioned_scaling.as_ref().map_or(provisioned, |scaling| scaling.max_units);
    function.reserved_concurrency.unwrap_or(provisioned)
}

fn work() -> impl Strategy<Value = DistributionSpec> {
    prop_oneof![
        // Short enough that request rates are reached before concurrency is.
        4 => (0.0..8.0_f64).prop_map(DistributionSpec::constant),
        1 => (0.0..300.0_f64).prop_map(DistributionSpec::constant),
        1 => (0.0..100.0_f64, 0.0..800.0_f64).prop_map(|(low_ms, width)| DistributionSpec::Uniform { low_ms, high_ms: low_ms + width }),
        1 => (1.0..600.0_f64).prop_map(|mean_ms| DistributionSpec::Exponential { mean_ms }),
        1 => (1.0..400.0_f64, 1.5..8.0_f64).prop_map(|(mean_ms, times)| DistributionSpec::Lognormal { mean_ms, p99_ms: mean_ms * times }),
    ]
}

fn rare_share() -> impl Strategy<Value = f64> {
    prop_oneof![3 => Just(0.0), 2 => 0.01..0.3_f64]
}

fn handler() -> impl Strategy<Value = HandlerSpec> {
    (work(), work(), rare_share(), rare_share(), 1_u32..=6, prop::bool::ANY).prop_map(
        |(cpu, wait, error_rate, crash_rate, threads, first_run)| HandlerSpec {
            cpu,
            wait,
            first_run_cpu: DistributionSpec::constant(if first_run { 150.0 } else { 0.0 }),
            threads,
            error_rate,
            crash_rate,
            // An independent share, so that the two meet in every way.
            poison_rate: if threads == 1 { error_rate / 2.0 } else { 0.0 },
            max_memory_used_mb: 64,
        },
    )
}

fn init() -> impl Strategy<Value = InitSpec> {
    let code = prop_oneof![
        2 => Just(DistributionSpec::constant(0.0)),
        2 => (1.0..2_000.0_f64).prop_map(|mean_ms| DistributionSpec::Exponential { mean_ms }),
        // Past the limit of ten seconds now and then.
        1 => (2_000.0..9_000.0_f64).prop_map(|mean_ms| DistributionSpec::Exponential { mean_ms }),
    ];
    let runtime = prop_oneof![Just(String::new()), Just("python3.12".to_owned()), Just("java21".to_owned())];
    (work(), code, runtime).prop_map(|(sandbox, code, runtime)| InitSpec { sandbox, runtime, code, ..InitSpec::default() })
}

fn reclaim() -> impl Strategy<Value = ReclaimSpec> {
    prop_oneof![
        3 => (1.0..30.0_f64).prop_map(|idle_life_s| ReclaimSpec::Constant { idle_life_s }),
        2 => (1.0..30.0_f64).prop_map(|mean_s| ReclaimSpec::Exponential { mean_s }),
        1 => Just(ReclaimSpec::Never),
        1 => Just(ReclaimSpec::Profile { profile: ReclaimProfileSpec::Cliff2021 }),
    ]
}

fn provisioned() -> impl Strategy<Value = ProvisionedSpec> {
    let life = (0.0..30.0_f64, weighted(0.4, 20.0..90.0_f64));
    (1_u32..12, life, prop::bool::ANY, 0.0..20.0_f64, prop::bool::ANY).prop_map(
        |(units, (from_s, length_s), ready_at_start, preparation_s, alias)| ProvisionedSpec {
            units,
            from_s,
            until_s: length_s.map(|length_s| from_s + length_s),
            ready_at_start,
            preparation_s,
            bound_to: if alias { BoundToSpec::Alias } else { BoundToSpec::Version },
        },
    )
}

fn function() -> impl Strategy<Value = FunctionSpec> {
    let size = (prop_oneof![Just(128_u32), Just(1_024), Just(1_769), Just(3_008)], 1_000_u64..20_000);
    let life = (reclaim(), weighted(0.3, 5.0..60.0_f64), reuse());
    let limits = (
        weighted(0.35, prop_oneof![1 => Just(0_u32), 2 => 1_u32..4, 3 => 4_u32..15]),
        weighted(0.4, provisioned()),
        vec(1.0..100.0_f64, 0..3),
    );
    (size, handler(), init(), life, limits).prop_map(|(size, handler, init, life, limits)| {
        let (reserved, provisioned, mut deploys) = limits;
        deploys.sort_by(f64::total_cmp);
        let units = provisioned.as_ref().map_or(0, |p| p.units);
        FunctionSpec {
            id: String::new(),
            memory_mb: size.0,
            tmp_mb: 512 + size.0 / 4,
            timeout_ms: size.1,
            architecture: coldstart_sim::spec::ArchitectureSpec::X86_64,
            handler,
            init,
            reclaim: life.0,
            max_life: life.1.map_or(MaxLifeSpec::Never, |low_s| MaxLifeSpec::Uniform { low_s, high_s: 2.0 * low_s }),
            reuse: life.2,
            reserved_concurrency: reserved.map(|reserved| reserved.max(units)),
            provisioned: provisioned.into_iter().collect(),
            deploys: deploys.into_iter().map(|at_s| DeploySpec { at_s }).collect(),
            ..Default::default()
        }
    })
}

fn reuse() -> impl Strategy<Value = ReuseSpec> {
    prop_oneof![
        4 => Just(ReuseSpec::MostRecentlyUsed),
        1 => Just(ReuseSpec::LeastRecentlyUsed),
        1 => Just(ReuseSpec::NewestCreated),
        1 => Just(ReuseSpec::OldestCreated),
        1 => Just(ReuseSpec::Random),
    ]
}

fn source() -> impl Strategy<Value = SourceSpec> {
    let retry = prop_oneof![
        Just(RetryPolicySpec::None),
        Just(RetryPolicySpec::Immediate),
        Just(RetryPolicySpec::Exponential),
        Just(RetryPolicySpec::FullJitter)
    ];
    let kind = prop_oneof![5 => Just(SourceKindSpec::Synchronous), 1 => Just(SourceKindSpec::Ping { handler_ms: 3.0 })];
    (kind, arrivals(), retry, 1_u32..5, prop::bool::ANY).prop_map(|(kind, arrivals, policy, max_attempts, on_errors)| SourceSpec {
        id: String::new(),
        target: String::new(),
        kind,
        arrivals,
        retry: RetrySpec { policy, max_attempts, base_ms: 80.0, cap_ms: 900.0, on_errors },
        ..Default::default()
    })
}

pub fn arrivals() -> impl Strategy<Value = ArrivalsSpec> {
    let rate = || prop_oneof![2 => 0.2..30.0_f64, 1 => 60.0..150.0_f64];
    let points = vec((1.0..40.0_f64, 0.0..30.0_f64), 1..5).prop_map(|steps| {
        let mut at_s = 0.0;
        let point = |(step, per_s): (f64, f64)| {
            let point = RatePointSpec { at_s, per_s };
            at_s += step;
            point
        };
        steps.into_iter().map(point).collect::<Vec<_>>()
    });
    let shape = prop_oneof![Just(RateShapeSpec::Steps), Just(RateShapeSpec::Ramps)];
    prop_oneof![
        2 => rate().prop_map(|per_s| ArrivalsSpec::Constant { per_s }),
        3 => rate().prop_map(|per_s| ArrivalsSpec::Poisson { per_s }),
        2 => (points, shape).prop_map(|(points, shape)| ArrivalsSpec::Rate { points, shape, repeat_every_s: Some(200.0) }),
        2 => (rate(), 1.0..20.0_f64, 1.0..20.0_f64).prop_map(|(on_per_s, on_mean_s, off_mean_s)| {
            ArrivalsSpec::OnOff { on_per_s, off_per_s: 0.1, on_mean_s, off_mean_s }
        }),
        2 => (1.0..20.0_f64, 0.0..5.0_f64, 1_u32..60)
            .prop_map(|(every_s, first_s, requests)| ArrivalsSpec::Cron { every_s, first_s, requests }),
        1 => vec(0_u32..30_000, 1..80).prop_map(timestamps),
        1 => vec(0_u32..400, 1..4).prop_map(|counts| ArrivalsSpec::PerMinute { counts }),
        1 => vec((0_u32..30, 1_u32..80), 1..5).prop_map(log),
    ]
}

/// Milliseconds, so that some coincide.
fn timestamps(mut at_ms: Vec<u32>) -> ArrivalsSpec {
    at_ms.sort_unstable();
    let durations_ms = at_ms.iter().map(|at| f64::from(at % 900)).collect();
    ArrivalsSpec::Timestamps { at_s: at_ms.into_iter().map(|at| f64::from(at) / 1e3).collect(), durations_ms }
}

fn log(mut sends: Vec<(u32, u32)>) -> ArrivalsSpec {
    sends.sort_unstable();
    ArrivalsSpec::Log { sends: sends.into_iter().map(|(at_s, requests)| SendSpec { at_s: f64::from(at_s), requests }).collect() }
}
