//! What the validator says about scenarios that are wrong in one way each.
#![allow(clippy::panic, reason = "a test fails by panicking")]

use coldstart_sim::spec::{
    ArrivalsSpec, DeploySpec, DistributionSpec, ExtensionSpec, FunctionSpec, MaxLifeSpec, PackageSpec, ProvisionedSpec, QuantileSpec,
    RatePointSpec, RateShapeSpec, ReclaimSpec, RetryPolicySpec, SourceKindSpec, SourceSpec,
};
use coldstart_sim::validate::MAX_PROBLEMS;
use coldstart_sim::{Problem, ScenarioSpec, Severity, check};

fn function(id: &str) -> FunctionSpec {
    FunctionSpec { id: id.to_owned(), memory_mb: 1_769, timeout_ms: 3_000, ..Default::default() }
}

fn sound() -> ScenarioSpec {
    ScenarioSpec {
        schema: 1,
        title: String::new(),
        run: Default::default(),
        account: Default::default(),
        functions: vec![function("api"), function("jobs")],
        sources: ["api", "jobs"]
            .map(|id| SourceSpec {
                id: format!("to-{id}"),
                target: id.to_owned(),
                arrivals: ArrivalsSpec::Poisson { per_s: 1.0 },
                ..Default::default()
            })
            .into(),
        ..Default::default()
    }
}

fn scaling(min_units: u32, max_units: u32) -> Option<coldstart_sim::spec::ProvisionedScalingSpec> {
    toml::from_str(&format!("min_units = {min_units}\nmax_units = {max_units}")).ok()
}

fn window(units: u32, from_s: f64, until_s: Option<f64>) -> ProvisionedSpec {
    ProvisionedSpec { units, from_s, until_s, ready_at_start: false, preparation_s: 90.0, bound_to: Default::default() }
}

fn points(points: &[(f64, f64)]) -> DistributionSpec {
    DistributionSpec::Quantiles { points: points.iter().map(|&(share, ms)| QuantileSpec { share, ms }).collect() }
}

fn rate(points: &[(f64, f64)], repeat_every_s: Option<f64>) -> ArrivalsSpec {
    let points = points.iter().map(|&(at_s, per_s)| RatePointSpec { at_s, per_s }).collect();
    ArrivalsSpec::Rate { points, shape: RateShapeSpec::Steps, repeat_every_s }
}

type Change = fn(&mut ScenarioSpec);

/// Makes the change and expects one problem, of this severity, at this path, whose message contains the words.
fn expect(severity: Severity, cases: &[(&str, &str, Change)]) {
    for (path, words, change) in cases {
        let mut spec = sound();
        change(&mut spec);
        let found: Vec<Problem> = check(&spec).into_iter().filter(|problem| problem.severity == severity).collect();
        let [problem] = &found[..] else { panic!("{path} ({words}): {found:?}") };
        assert_eq!(problem.path, *path, "{problem}");
        assert!(problem.message.contains(words), "{problem} does not say {words:?}");
        let is_error = check(&spec).iter().any(|problem| problem.severity == Severity::Error);
        assert_eq!(is_error, severity == Severity::Error, "{path}");
    }
}

#[test]
fn a_sound_scenario_has_no_problems() {
    assert_eq!(check(&sound()), Vec::new());
}

#[test]
fn errors_of_the_account_and_the_run() {
    expect(
        Severity::Error,
        &[
            ("schema", "2 is outside what this build knows: 1", |s| s.schema = 2),
            ("title", "more than 120 characters", |s| s.title = "x".repeat(10_000)),
            ("run.duration_s", "NaN s is outside", |s| s.run.duration_s = f64::NAN),
            ("run.duration_s", "inf s is outside 0.000001 to 2,678,400 s", |s| s.run.duration_s = f64::INFINITY),
            ("run.duration_s", "-5 s is outside", |s| s.run.duration_s = -5.0),
            ("run.warm_up_s", "600 s leaves nothing", |s| s.run.warm_up_s = 600.0),
            ("run.seed", "is outside 0 to 9,007,199,254,740,991", |s| s.run.seed = u64::MAX),
            ("account.concurrency_limit", "0 is outside 1 to 1,000,000", |s| s.account.concurrency_limit = 0),
            ("sources", "33 entries is outside 1 to 32", |s| s.sources = vec![s.sources[0].clone(); 33]),
            ("functions", "17 entries is outside 1 to 16", |s| {
                s.functions = vec![s.functions[0].clone(); 17];
                s.sources.truncate(1);
            }),
        ],
    );
}

#[test]
fn errors_of_functions() {
    expect(
        Severity::Error,
        &[
            ("functions[1].id", "used twice", |s| {
                s.functions[1].id = "api".to_owned();
                s.sources.truncate(1);
            }),
            ("functions[0].memory_mb", "127 MB is outside 128 to 10,240 MB", |s| s.functions[0].memory_mb = 127),
            ("account.rules_as_of", "9 characters is outside", |s| s.account.rules_as_of = Some("2019-6-30".to_owned())),
            ("account.rules_as_of", "no day of the calendar", |s| s.account.rules_as_of = Some("2019-06-31".to_owned())),
            ("functions[0].tmp_mb", "511 MB is outside 512 to 10,240 MB", |s| s.functions[0].tmp_mb = 511),
            ("functions[0].timeout_ms", "900,001 ms is outside", |s| s.functions[0].timeout_ms = 900_001),
            ("functions[0].handler.cpu.mean_ms", "is outside", |s| {
                s.functions[0].handler.cpu = DistributionSpec::Exponential { mean_ms: -1.0 };
            }),
            ("functions[0].handler.wait.high_ms", "is below low_ms", |s| {
                s.functions[0].handler.wait = DistributionSpec::Uniform { low_ms: 2.0, high_ms: 1.0 };
            }),
            ("functions[0].handler.wait.p99_ms", "no lognormal", |s| {
                s.functions[0].handler.wait = DistributionSpec::Lognormal { mean_ms: 100.0, p99_ms: 99.0 };
            }),
            ("functions[0].handler.wait.p99_ms", "at most 14.9 times", |s| {
                s.functions[0].handler.wait = DistributionSpec::Lognormal { mean_ms: 100.0, p99_ms: 1_491.0 };
            }),
            ("functions[0].handler.wait.points[1].share", "does not rise", |s| {
                s.functions[0].handler.wait = points(&[(0.5, 1.0), (0.5, 2.0)]);
            }),
            ("functions[0].handler.wait.points[1].ms", "falls below", |s| {
                s.functions[0].handler.wait = points(&[(0.5, 2.0), (0.9, 1.0)]);
            }),
            ("functions[0].handler.crash_rate", "together", |s| {
                s.functions[0].handler.error_rate = 0.6;
                s.functions[0].handler.crash_rate = 0.6;
            }),
            ("functions[0].handler.max_memory_used_mb", "above memory_mb", |s| s.functions[0].handler.max_memory_used_mb = 2_000),
            ("functions[0].init.runtime", "it has python3.12, python3.13, python3.14", |s| {
                s.functions[0].init.runtime = "python3.11".to_owned();
            }),
            ("functions[0].init.runtime", "no measured INIT for x86_64 and image", |s| {
                s.functions[0].init.runtime = "bun-layer".to_owned();
                s.functions[0].init.package = coldstart_sim::spec::PackageSpec::Image;
            }),
            ("functions[0].reclaim.idle_life_s", "0 s is outside", |s| {
                s.functions[0].reclaim = ReclaimSpec::Constant { idle_life_s: 0.0 };
            }),
            ("functions[0].max_life.high_s", "is below low_s", |s| {
                s.functions[0].max_life = MaxLifeSpec::Uniform { low_s: 20.0, high_s: 10.0 };
            }),
            ("functions[0].deploys", "order of time", |s| {
                s.functions[0].deploys = vec![DeploySpec { at_s: 10.0 }, DeploySpec { at_s: 10.0 }];
            }),
        ],
    );
}

fn snap_start(function: &mut FunctionSpec, runtime: &str) {
    function.behaviour.snap_start = true;
    runtime.clone_into(&mut function.init.runtime);
}

/// Facts F1, F2, K3, K4.
#[test]
fn errors_of_behaviour() {
    expect(
        Severity::Error,
        &[
            ("functions[0].behaviour.snap_start", "managed runtime", |s| snap_start(&mut s.functions[0], "nodejs22.x")),
            ("functions[0].behaviour.snap_start", "managed runtime", |s| snap_start(&mut s.functions[0], "dotnet8-aot")),
            ("functions[0].behaviour.snap_start", "container images", |s| {
                snap_start(&mut s.functions[0], "java21");
                s.functions[0].init.package = PackageSpec::Image;
            }),
            ("functions[0].behaviour.snap_start", "provisioned concurrency", |s| {
                snap_start(&mut s.functions[0], "java21");
                s.functions[0].provisioned = vec![window(5, 0.0, None)];
            }),
            ("functions[0].behaviour.snap_start", "provisioned concurrency", |s| {
                snap_start(&mut s.functions[0], "java21");
                s.functions[0].provisioned_scaling = scaling(1, 2);
            }),
            ("functions[0].behaviour.snap_start", "512 MB of /tmp", |s| {
                snap_start(&mut s.functions[0], "python3.12");
                s.functions[0].tmp_mb = 513;
            }),
            ("functions[0].behaviour.package_mb", "251 MB with its layers; a zip holds 250 MB", |s| {
                (s.functions[0].behaviour.package_mb, s.functions[0].behaviour.layers_mb) = (200, vec![51]);
            }),
            ("functions[0].behaviour.layers_mb", "cannot use layers", |s| {
                s.functions[0].init.package = PackageSpec::Image;
                s.functions[0].behaviour.layers_mb = vec![1];
            }),
            ("functions[0].behaviour.layers_mb", "6", |s| s.functions[0].behaviour.layers_mb = vec![1; 6]),
            ("functions[0].behaviour.client.ms", "outside", |s| s.functions[0].behaviour.client = DistributionSpec::constant(-1.0)),
        ],
    );
    let mut spec = sound();
    snap_start(&mut spec.functions[0], "dotnet8");
    spec.functions[1].init.package = PackageSpec::Image;
    spec.functions[1].behaviour.package_mb = 10_240;
    assert_eq!(check(&spec), []);
}

#[test]
fn advice_about_behaviour() {
    expect(
        Severity::Advice,
        &[
            ("functions[0].behaviour.leaked_mb", "invocation 35 of an environment", |s| {
                s.functions[0].memory_mb = 128;
                s.functions[0].handler.max_memory_used_mb = 62;
                s.functions[0].behaviour.leaked_mb = 2;
            }),
            ("functions[0].behaviour.large_request_mb", "killed", |s| {
                (s.functions[0].behaviour.large_request_rate, s.functions[0].behaviour.large_request_mb) = (0.1, 2_000);
            }),
            ("functions[0].behaviour.large_request_rate", "both", |s| s.functions[0].behaviour.large_request_rate = 0.1),
            ("functions[0].behaviour.extension_mb", "every invocation", |s| {
                s.functions[0].behaviour.extension = ExtensionSpec::Internal;
                s.functions[0].behaviour.extension_mb = 1_800;
            }),
            ("functions[0].behaviour.extension", "mean nothing", |s| s.functions[0].behaviour.extension_mb = 10),
            ("functions[0].behaviour.tmp_left_mb", "after 5 invocations", |s| s.functions[0].behaviour.tmp_left_mb = 100),
            ("functions[0].behaviour.background_cpu", "frozen", |s| {
                s.functions[0].behaviour.background_cpu = DistributionSpec::constant(1.0);
            }),
            ("functions[0].behaviour.client_in_handler", "made in INIT", |s| {
                s.functions[0].behaviour.client = DistributionSpec::constant(1.0);
                s.functions[0].behaviour.client_in_handler = true;
            }),
            ("functions[0].behaviour.swallows_errors", "successes", |s| {
                s.functions[0].behaviour.swallows_errors = true;
                s.functions[0].asynchronous.on_failure = Some("jobs".to_owned());
                s.sources[0].kind = SourceKindSpec::Asynchronous;
                s.functions[1].asynchronous.on_failure = Some("api".to_owned());
            }),
        ],
    );
}

#[test]
fn errors_of_reserved_and_provisioned_concurrency() {
    expect(
        Severity::Error,
        &[
            ("functions[1].reserved_concurrency", "sums to 901 here, above 900", |s| {
                s.functions[0].reserved_concurrency = Some(500);
                s.functions[1].reserved_concurrency = Some(401);
            }),
            ("functions[0].reserved_concurrency", "above 0: the account limit 10", |s| {
                s.account.concurrency_limit = 10;
                s.functions[0].reserved_concurrency = Some(1);
            }),
            ("functions[0].provisioned[0].units", "above the function's reserved_concurrency (5)", |s| {
                s.functions[0].reserved_concurrency = Some(5);
                s.functions[0].provisioned = vec![window(6, 0.0, None)];
            }),
            ("functions[0].provisioned[0].units", "901 is above 900", |s| s.functions[0].provisioned = vec![window(901, 0.0, None)]),
            ("functions[1].provisioned[0].units", "sum to 1,000, above 900", |s| {
                s.functions[0].provisioned = vec![window(500, 0.0, Some(100.0))];
                s.functions[1].provisioned = vec![window(500, 50.0, None)];
            }),
            ("functions[0].provisioned[1].from_s", "within entry 0", |s| {
                s.functions[0].provisioned = vec![window(5, 0.0, Some(100.0)), window(5, 99.0, None)];
            }),
            ("functions[0].provisioned[0].from_s", "within entry 1", |s| {
                s.functions[0].provisioned = vec![window(5, 99.0, None), window(5, 0.0, None)];
            }),
            ("functions[0].calls[0].to", "no dependency has the id \"nothing\"", |s| {
                s.functions[0].calls = toml::from_str("to = \"nothing\"").into_iter().collect();
            }),
            ("functions[0].sends[0]", "does not exist", |s| s.functions[0].sends = vec!["nothing".to_owned()]),
            ("dependencies[0].proxy", "give max_connections", |s| {
                s.dependencies = toml::from_str("id = \"d\"\nproxy = true").into_iter().collect();
            }),
            ("dependencies[0].incidents[1].from_s", "before the end of the entry before it (9 s)", |s| {
                let text = "id = \"d\"\nincidents = [{ from_s = 1, until_s = 9 }, { from_s = 8, until_s = 10 }]";
                s.dependencies = toml::from_str(text).into_iter().collect();
            }),
            ("functions[0].provisioned_scaling.max_units", "901 is above 900", |s| s.functions[0].provisioned_scaling = scaling(1, 901)),
            ("functions[0].provisioned_scaling.max_units", "4 is below min_units (5)", |s| {
                s.functions[0].provisioned_scaling = scaling(5, 4);
            }),
            ("functions[1].provisioned_scaling.max_units", "may sum to 1,000, above 900", |s| {
                s.functions[0].provisioned_scaling = scaling(1, 500);
                s.functions[1].provisioned_scaling = scaling(1, 500);
            }),
            ("functions[0].provisioned_scaling", "one of the two", |s| {
                s.functions[0].provisioned_scaling = scaling(1, 2);
                s.functions[0].provisioned = vec![window(5, 0.0, None)];
            }),
            ("functions[0].provisioned_scaling.schedule[0].max_units", "1 is below min_units (2)", |s| {
                let mut own = scaling(1, 9);
                own.iter_mut().for_each(|own| {
                    own.schedule = vec![coldstart_sim::spec::ScheduledUnitsSpec { at_s: 1.0, min_units: 2, max_units: 1 }];
                });
                s.functions[0].provisioned_scaling = own;
            }),
            ("functions[0].provisioned[0].until_s", "not after from_s", |s| {
                s.functions[0].provisioned = vec![window(5, 100.0, Some(100.0))];
            }),
            ("functions[0].provisioned[0].preparation_s", "is outside 0 to 600 s", |s| {
                s.functions[0].provisioned = vec![ProvisionedSpec { preparation_s: 601.0, ..window(5, 0.0, None) }];
            }),
        ],
    );
}

#[test]
fn windows_that_only_touch_are_sound() {
    let mut spec = sound();
    spec.functions[0].provisioned = vec![window(500, 0.0, Some(100.0)), window(900, 100.0, Some(200.0))];
    spec.functions[1].provisioned = vec![window(900, 200.0, None)];
    assert_eq!(check(&spec), Vec::new());
}

#[test]
fn errors_of_sources() {
    expect(
        Severity::Error,
        &[
            ("sources[0].id", "contains 'A'", |s| s.sources[0].id = "A".to_owned()),
            ("sources[0].id", "0 characters is outside 1 to 40", |s| s.sources[0].id = String::new()),
            ("sources[1].id", "used twice", |s| s.sources[1].id = "to-api".to_owned()),
            ("sources[0].target", "no function has the id \"nobody\"; there is \"api\", \"jobs\"", |s| {
                s.sources[0].target = "nobody".to_owned();
            }),
            ("sources[0].kind.handler_ms", "is outside", |s| s.sources[0].kind = SourceKindSpec::Ping { handler_ms: 900_001.0 }),
            ("sources[0].arrivals.per_s", "0 requests/s is outside", |s| s.sources[0].arrivals = ArrivalsSpec::Constant { per_s: 0.0 }),
            ("sources[0].arrivals.points", "order of time", |s| s.sources[0].arrivals = rate(&[(5.0, 1.0), (4.0, 1.0)], None)),
            ("sources[0].arrivals.points", "0 entries is outside 1 to 1,440", |s| s.sources[0].arrivals = rate(&[], None)),
            ("sources[0].arrivals.repeat_every_s", "not after the last point", |s| {
                s.sources[0].arrivals = rate(&[(0.0, 1.0), (10.0, 2.0)], Some(10.0));
            }),
            ("sources[0].arrivals.at_s", "order of time", |s| {
                s.sources[0].arrivals = ArrivalsSpec::Timestamps { at_s: vec![2.0, 1.0], durations_ms: Vec::new() };
            }),
            ("sources[0].arrivals.at_s[1]", "NaN is outside", |s| {
                s.sources[0].arrivals = ArrivalsSpec::Timestamps { at_s: vec![2.0, f64::NAN], durations_ms: Vec::new() };
            }),
            ("sources[0].arrivals.durations_ms", "1 durations for 2 arrivals", |s| {
                s.sources[0].arrivals = ArrivalsSpec::Timestamps { at_s: vec![1.0, 2.0], durations_ms: vec![1.0] };
            }),
            ("sources[0].arrivals.on_mean_s", "some 600,000,000 times within the run; at most 3,000,000", |s| {
                s.sources[0].arrivals = ArrivalsSpec::OnOff { on_per_s: 0.0, off_per_s: 0.0, on_mean_s: 1e-6, off_mean_s: 1e-6 };
            }),
            ("sources[0].retry.max_attempts", "0 is outside 1 to 100", |s| s.sources[0].retry.max_attempts = 0),
        ],
    );
}

#[test]
fn front_doors_and_event_sources_have_what_they_have() {
    expect(
        Severity::Error,
        &[
            ("account.api_burst", "0 is outside", |s| s.account.api_burst = 0),
            ("sources[0].door", "no effect here; only callers and front doors", |s| {
                s.sources[0].kind = SourceKindSpec::Asynchronous;
                s.sources[0].door.response_kb = 2;
            }),
            ("sources[0].door.client_timeout_ms", "is outside", |s| s.sources[0].door.client_timeout_ms = Some(0.0)),
            ("sources[0].door.integration_timeout_ms", "only a REST API has", |s| {
                s.sources[0].kind = SourceKindSpec::HttpApi;
                s.sources[0].door.integration_timeout_ms = Some(29_000);
            }),
            ("sources[0].door.integration_timeout_ms", "49 ms is outside 50 to 900,000 ms", |s| {
                s.sources[0].kind = SourceKindSpec::RestApi;
                s.sources[0].door.integration_timeout_ms = Some(49);
            }),
            ("sources[0].door.streams", "only a function URL does", |s| s.sources[0].door.streams = true),
            ("sources[0].delivery", "only S3, SNS, event buses and Scheduler", |s| s.sources[0].delivery.refused_rate = 0.5),
            ("sources[0].delivery.refused_rate", "is outside", |s| {
                s.sources[0].kind = SourceKindSpec::Sns;
                s.sources[0].delivery.refused_rate = 1.5;
            }),
            ("sources[0].delivery.max_retries", "only event buses and Scheduler", |s| {
                s.sources[0].kind = SourceKindSpec::Sns;
                s.sources[0].delivery.max_retries = Some(1);
            }),
            ("sources[0].delivery.max_retries", "186 is outside 0 to 185", |s| {
                s.sources[0].kind = SourceKindSpec::EventBus;
                s.sources[0].delivery.max_retries = Some(186);
            }),
            ("sources[0].delivery.max_event_age_s", "59 s is outside 60 to 86,400 s", |s| {
                s.sources[0].kind = SourceKindSpec::Scheduler;
                s.sources[0].delivery.max_event_age_s = Some(59.0);
            }),
            ("sources[0].delivery.outage_until_s", "not after outage_from_s", |s| {
                s.sources[0].kind = SourceKindSpec::S3;
                s.sources[0].delivery.outage_until_s = Some(5.0);
            }),
            ("sources[0].delivery.delay", "only S3", |s| {
                s.sources[0].kind = SourceKindSpec::EventBus;
                s.sources[0].delivery.delay = DistributionSpec::constant(5.0);
            }),
            ("sources[0].delivery.dead_letter_queue", "no destination of kind queue", |s| {
                s.sources[0].kind = SourceKindSpec::Sns;
                s.sources[0].delivery.dead_letter_queue = Some("api".to_owned());
            }),
            ("sources[0].target", "cannot run at the edge with provisioned concurrency, arm64", |s| {
                s.sources[0].kind = SourceKindSpec::EdgeOrigin;
                s.functions[0].architecture = coldstart_sim::spec::ArchitectureSpec::Arm64;
                s.functions[0].provisioned = vec![window(1, 0.0, None)];
            }),
            ("sources[0].target", "cannot run at the edge with provisioned concurrency, layers, a VPC", |s| {
                s.sources[0].kind = SourceKindSpec::EdgeViewer;
                s.functions[0].provisioned_scaling = scaling(1, 2);
                s.functions[0].behaviour.layers_mb = vec![1];
                s.functions[0].behaviour.vpc = coldstart_sim::spec::VpcSpec::SharedInterfaces;
            }),
        ],
    );
}

#[test]
fn advice_is_never_an_error() {
    expect(
        Severity::Advice,
        &[
            ("account.concurrency_limit", "new account", |s| s.account.concurrency_limit = 10),
            ("run.max_events", "will stop early", |s| {
                s.run.max_events = 1_000;
                s.sources[0].arrivals = ArrivalsSpec::Poisson { per_s: 10.0 };
            }),
            ("functions[0].calls[0].retry.on_errors", "has no effect", |s| {
                s.dependencies = toml::from_str("id = \"d\"").into_iter().collect();
                s.functions[0].calls = toml::from_str("to = \"d\"\ntimeout_ms = 10\nretry = { on_errors = false }").into_iter().collect();
            }),
            ("functions[0].memory_mb", "run out of memory", |s| s.functions[0].handler.max_memory_used_mb = 1_700),
            ("sources[0].target", "the API waits for 1,000 ms and \"api\" may run for 3,000 ms", |s| {
                s.sources[0].kind = SourceKindSpec::RestApi;
                s.sources[0].door.integration_timeout_ms = Some(1_000);
            }),
            ("sources[0].door.integration_timeout_ms", "must be granted", |s| {
                s.sources[0].kind = SourceKindSpec::RestApi;
                s.sources[0].door.integration_timeout_ms = Some(60_000);
            }),
            ("sources[0].target", "the caller waits for 100 ms", |s| s.sources[0].door.client_timeout_ms = Some(100.0)),
            ("functions[0].timeout_ms", "REST API", |s| s.functions[0].timeout_ms = 30_000),
            ("functions[0].timeout_ms", "stopped after 3,000 ms", |s| s.functions[0].handler.wait = DistributionSpec::constant(5_000.0)),
            ("functions[0].init.code", "repeated", |s| s.functions[0].init.code = DistributionSpec::constant(11_000.0)),
            ("functions[0].reserved_concurrency", "off switch", |s| s.functions[0].reserved_concurrency = Some(0)),
            ("functions[0].id", "2,000 environments busy and 1,000 are allowed", |s| {
                s.functions[0].handler.wait = DistributionSpec::constant(1_995.0);
                s.sources[0].arrivals = ArrivalsSpec::Poisson { per_s: 1_000.0 };
            }),
            ("functions[0].id", "nothing calls", |s| s.sources[0].target = "jobs".to_owned()),
            ("functions[0].provisioned[0].units", "spills over", |s| {
                s.functions[0].provisioned = vec![window(2, 0.0, None)];
                s.sources[0].arrivals = ArrivalsSpec::Poisson { per_s: 30.0 };
            }),
            ("functions[0].deploys[0].at_s", "after the end", |s| s.functions[0].deploys = vec![DeploySpec { at_s: 700.0 }]),
            ("sources[0].arrivals", "nothing arrives", |s| {
                s.sources[0].arrivals = ArrivalsSpec::Cron { every_s: 1.0, first_s: 600.0, requests: 1 };
            }),
            ("sources[0].arrivals", "1 recorded entries lie after the end", |s| {
                s.sources[0].arrivals = ArrivalsSpec::Timestamps { at_s: vec![1.0, 601.0], durations_ms: Vec::new() };
            }),
            ("sources[0].arrivals.every_s", "keeps nothing warm", |s| {
                s.run.duration_s = 10_000.0;
                s.sources[0].kind = SourceKindSpec::Ping { handler_ms: 1.0 };
                s.sources[0].arrivals = ArrivalsSpec::Cron { every_s: 900.0, first_s: 0.0, requests: 1 };
            }),
            ("sources[0].retry.policy", "multiply", |s| s.sources[0].retry.policy = RetryPolicySpec::Immediate),
        ],
    );
}

#[test]
fn all_problems_are_reported_up_to_a_limit() {
    let mut spec = sound();
    spec.functions[0].memory_mb = 1;
    spec.functions[1].timeout_ms = 1;
    spec.sources[1].target = "nobody".to_owned();
    let paths: Vec<String> = check(&spec).into_iter().map(|problem| problem.path).collect();
    assert_eq!(paths, ["functions[0].memory_mb", "functions[1].timeout_ms", "sources[1].target"]);

    let sends = vec![coldstart_sim::spec::SendSpec { at_s: -1.0, requests: 0 }; 10_000];
    spec.sources[0].arrivals = ArrivalsSpec::Log { sends };
    let problems = check(&spec);
    assert_eq!(problems.len(), MAX_PROBLEMS + 1);
    assert!(problems.last().is_some_and(|problem| problem.message.contains("more problems")), "{:?}", problems.last());
}

#[test]
fn long_lists_of_bad_numbers_are_summed_up() {
    let mut spec = sound();
    spec.sources[0].arrivals = ArrivalsSpec::Timestamps { at_s: vec![-1.0; 1_000_000], durations_ms: Vec::new() };
    let problems = check(&spec);
    assert_eq!(problems.len(), 6);
    assert!(problems[5].message.contains("999,995 more entries"), "{}", problems[5]);
}
