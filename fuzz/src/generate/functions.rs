//! Functions, and what they do besides their work.

use super::laws::{extra, law};
use super::{Draw, network};
use coldstart_facts::{INIT_QUANTILES, InitQuantiles};
use coldstart_sim::limits::{self, Range};
use coldstart_sim::spec::{
    ArchitectureSpec, BehaviourSpec, BoundToSpec, DeploySpec, ExtensionSpec, FunctionSpec, HandlerSpec, InitSpec, MaxLifeSpec, PackageSpec,
    ProvisionedScalingSpec, ProvisionedSpec, ReclaimProfileSpec, ReclaimSpec, ReuseSpec, ScheduledUnitsSpec, VpcSpec,
};

/// Environments that one function provides or reserves.
const UNITS: Range<u32> = Range::new(1, 200);

/// The function at this place.
pub(super) fn one(draw: &mut Draw<'_>, place: usize, has_network: bool) -> FunctionSpec {
    let mut function = FunctionSpec {
        id: format!("f{place}"),
        memory_mb: draw.whole(1_024, limits::MEMORY_MB),
        tmp_mb: draw.pick(&[512, 2_048]),
        timeout_ms: u64::from(draw.whole(3_000, Range::new(1_000, 900_000))),
        handler: handler(draw),
        reclaim: reclaim(draw),
        max_life: max_life(draw),
        reuse: reuse(draw),
        reset_units: draw.chance(1, 3),
        deploys: draw.rising(3, 30.0).into_iter().map(|at_s| DeploySpec { at_s }).collect(),
        ..FunctionSpec::default()
    };
    initialise(draw, &mut function);
    if draw.chance(1, 3) {
        function.reserved_concurrency = Some(draw.pick(&[5, 0, 1, 50]));
    }
    provide(draw, &mut function);
    if draw.chance(1, 3) {
        function.behaviour = behaviour(draw, &function);
    }
    if has_network {
        network::edges(draw, &mut function);
    }
    function
}

fn handler(draw: &mut Draw<'_>) -> HandlerSpec {
    HandlerSpec {
        cpu: law(draw, 5.0),
        wait: law(draw, 50.0),
        first_run_cpu: extra(draw, 150.0),
        threads: draw.whole(1, limits::THREADS),
        error_rate: draw.rare_share(),
        crash_rate: draw.rare_share(),
        poison_rate: draw.rare_share(),
        max_memory_used_mb: 64,
    }
}

/// A measured runtime with its architecture and package, or none.
fn initialise(draw: &mut Draw<'_>, function: &mut FunctionSpec) {
    function.init = InitSpec { sandbox: law(draw, 150.0), code: extra(draw, 400.0), runtime: String::new(), ..InitSpec::default() };
    if draw.chance(3, 4) {
        let InitQuantiles { runtime, architecture, package, .. } = draw.pick(INIT_QUANTILES);
        runtime.clone_into(&mut function.init.runtime);
        function.architecture = if architecture == "arm64" { ArchitectureSpec::Arm64 } else { ArchitectureSpec::X86_64 };
        function.init.package = if package == "image" { PackageSpec::Image } else { PackageSpec::Zip };
    }
}

fn reclaim(draw: &mut Draw<'_>) -> ReclaimSpec {
    const PROFILES: [ReclaimProfileSpec; 6] = [
        ReclaimProfileSpec::Logs2020,
        ReclaimProfileSpec::Y2017,
        ReclaimProfileSpec::Early2019,
        ReclaimProfileSpec::Mid2019,
        ReclaimProfileSpec::Cliff2021,
        ReclaimProfileSpec::ByDate,
    ];
    match draw.below(4) {
        0 => ReclaimSpec::Constant { idle_life_s: draw.number(10.0, limits::SPAN_S) },
        1 => ReclaimSpec::Exponential { mean_s: draw.number(10.0, limits::SPAN_S) },
        2 => ReclaimSpec::Profile { profile: draw.pick(&PROFILES) },
        _ => ReclaimSpec::Never,
    }
}

fn max_life(draw: &mut Draw<'_>) -> MaxLifeSpec {
    if draw.chance(2, 3) {
        return MaxLifeSpec::Never;
    }
    let low_s = draw.number(20.0, limits::SPAN_S);
    MaxLifeSpec::Uniform { low_s, high_s: (low_s * (1.0 + draw.share())).min(limits::SPAN_S.max) }
}

fn reuse(draw: &mut Draw<'_>) -> ReuseSpec {
    draw.pick(&[
        ReuseSpec::MostRecentlyUsed,
        ReuseSpec::LeastRecentlyUsed,
        ReuseSpec::NewestCreated,
        ReuseSpec::OldestCreated,
        ReuseSpec::Random,
    ])
}

/// Provisioned concurrency by windows or by its use, within what is reserved.
fn provide(draw: &mut Draw<'_>, function: &mut FunctionSpec) {
    let most = function.reserved_concurrency.unwrap_or(UNITS.max);
    if most == 0 || draw.chance(1, 2) {
        return;
    }
    let units = |draw: &mut Draw<'_>| draw.whole(5, UNITS).min(most);
    if draw.chance(1, 2) {
        let times = draw.rising(4, 15.0);
        for window in times.chunks_exact(2) {
            function.provisioned.push(ProvisionedSpec {
                units: units(draw),
                from_s: window[0],
                until_s: Some(window[1]),
                ready_at_start: draw.chance(1, 2),
                preparation_s: draw.number(5.0, limits::PREPARATION_S),
                bound_to: draw.pick(&[BoundToSpec::Alias, BoundToSpec::Version]),
            });
        }
        return;
    }
    let bounds = |draw: &mut Draw<'_>| {
        let max_units = units(draw);
        (1 + draw.below(max_units), max_units)
    };
    let (min_units, max_units) = bounds(draw);
    let actions = draw.rising(3, 30.0).into_iter();
    function.provisioned_scaling = Some(ProvisionedScalingSpec {
        min_units,
        max_units,
        target_utilisation: draw.number(0.7, limits::UTILISATION),
        track_maximum: draw.chance(1, 2),
        ready_at_start: draw.chance(1, 2),
        preparation_s: draw.number(5.0, limits::PREPARATION_S),
        schedule: actions
            .map(|at_s| {
                let (min_units, max_units) = bounds(draw);
                ScheduledUnitsSpec { at_s, min_units, max_units }
            })
            .collect(),
    });
}

fn behaviour(draw: &mut Draw<'_>, function: &FunctionSpec) -> BehaviourSpec {
    let is_zip = function.init.package == PackageSpec::Zip;
    let may_snap = is_zip
        && function.tmp_mb == 512
        && function.provisioned.is_empty()
        && function.provisioned_scaling.is_none()
        && ["java", "python", "dotnet"].iter().any(|one| function.init.runtime.starts_with(one) && !function.init.runtime.contains('-'));
    let size = |draw: &mut Draw<'_>, usual| if draw.chance(1, 3) { draw.whole(usual, limits::EXTRA_MB) } else { 0 };
    BehaviourSpec {
        swallows_errors: draw.chance(1, 3),
        large_request_rate: draw.rare_share(),
        large_request_mb: size(draw, 900),
        leaked_mb: size(draw, 50),
        tmp_left_mb: size(draw, 50),
        background_cpu: extra(draw, 100.0),
        client: extra(draw, 80.0),
        client_in_handler: draw.chance(1, 2),
        extension: draw.pick(&[ExtensionSpec::None, ExtensionSpec::Internal, ExtensionSpec::External]),
        extension_init: extra(draw, 100.0),
        extension_after: extra(draw, 50.0),
        extension_shutdown: extra(draw, 1_000.0),
        extension_mb: size(draw, 60),
        snap_start: may_snap && draw.chance(1, 2),
        restore: extra(draw, 300.0),
        after_restore: extra(draw, 100.0),
        proactive_share: draw.rare_share(),
        proactive_lead: law(draw, 5_000.0),
        package_mb: draw.pick(&[0, 20, 100]),
        layers_mb: if is_zip { vec![10; super::usize_of(draw.below(6))] } else { Vec::new() },
        download_ms_per_mb: draw.number(10.0, limits::MS_PER_MB),
        vpc: draw.pick(&[VpcSpec::None, VpcSpec::SharedInterfaces, VpcSpec::OwnInterfaces]),
    }
}
