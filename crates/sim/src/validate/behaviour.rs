//! Checks of what functions do besides their work.

use super::advice::mean_ms_of;
use super::checker::{Checker, text};
use super::functions::distribution;
use crate::limits;
use crate::spec::{BehaviourSpec, DistributionSpec, ExtensionSpec, FunctionSpec, PackageSpec, ScenarioSpec};
use coldstart_facts as facts;

/// First letters of the runtimes that SnapStart supports; all that were measured are new enough, and none compiled ahead of time is
/// among them (facts F1).
const SNAP_START_RUNTIMES: [&str; 3] = ["java", "python", "dotnet"];

pub(super) fn check(c: &mut Checker, function: &FunctionSpec) {
    let own = &function.behaviour;
    let laws = [
        ("background_cpu", &own.background_cpu),
        ("client", &own.client),
        ("extension_init", &own.extension_init),
        ("extension_after", &own.extension_after),
        ("extension_shutdown", &own.extension_shutdown),
        ("restore", &own.restore),
        ("after_restore", &own.after_restore),
        ("proactive_lead", &own.proactive_lead),
    ];
    laws.into_iter().for_each(|(field, law)| distribution(c, field, law));
    c.number("large_request_rate", own.large_request_rate, limits::SHARE);
    c.number("proactive_share", own.proactive_share, limits::SHARE);
    c.number("download_ms_per_mb", own.download_ms_per_mb, limits::MS_PER_MB);
    let sizes = [
        ("large_request_mb", own.large_request_mb),
        ("leaked_mb", own.leaked_mb),
        ("tmp_left_mb", own.tmp_left_mb),
        ("extension_mb", own.extension_mb),
    ];
    sizes.into_iter().for_each(|(field, mb)| _ = c.number(field, mb, limits::EXTRA_MB));
    package(c, function.init.package, own);
    if own.snap_start {
        snap_start(c, function);
    }
}

/// Facts K3 to K5.
fn package(c: &mut Checker, package: PackageSpec, own: &BehaviourSpec) {
    let mut sound = c.number("package_mb", own.package_mb, limits::PACKAGE_MB);
    sound &= c.numbers("layers_mb", &own.layers_mb, limits::LAYERS, limits::EXTRA_MB);
    if !sound {
        return;
    }
    if package == PackageSpec::Image {
        if !own.layers_mb.is_empty() {
            c.error("layers_mb", "container images cannot use layers".to_owned());
        }
        return;
    }
    let sum = own.package_mb + own.layers_mb.iter().sum::<u32>();
    let most = facts::ZIP_UNZIPPED_MAX_MB;
    if sum > most {
        c.error("package_mb", format!("{} MB with its layers; a zip holds {most} MB unzipped", text(&sum)));
    }
}

/// Facts F1, F2.
fn snap_start(c: &mut Checker, function: &FunctionSpec) {
    let runtime = function.init.runtime.as_str();
    let is_supported = SNAP_START_RUNTIMES.iter().any(|first| runtime.starts_with(first)) && !runtime.contains('-');
    let tmp_most = facts::SNAPSTART_TMP_MAX_MB;
    let excluded = [
        (!is_supported, format!("SnapStart needs Java, Python or .NET as a managed runtime in init.runtime, not {runtime:?}")),
        (function.init.package == PackageSpec::Image, "SnapStart does not go with container images".to_owned()),
        (has_units(function), "SnapStart does not go with provisioned concurrency".to_owned()),
        (function.tmp_mb > tmp_most, format!("SnapStart does not go with more than {tmp_most} MB of /tmp")),
    ];
    for (_, message) in excluded.into_iter().filter(|(is_so, _)| *is_so) {
        c.error("snap_start", message);
    }
}

/// Whether it has provisioned concurrency, by windows or by scaling.
pub(super) fn has_units(function: &FunctionSpec) -> bool {
    !function.provisioned.is_empty() || function.provisioned_scaling.is_some()
}

/// What a function does to itself.
pub(super) fn advise(c: &mut Checker, spec: &ScenarioSpec, function: &FunctionSpec) {
    let own = &function.behaviour;
    memory(c, function);
    if let Some(times) = function.tmp_mb.checked_div(own.tmp_left_mb) {
        let size = text(&function.tmp_mb);
        c.advise(
            "tmp_left_mb",
            format!("after {times} invocations {size} MB of /tmp are full, and every later one in that environment fails"),
        );
    }
    if own.swallows_errors && crate::scenario::receives_events(spec, &function.id) {
        c.advise("swallows_errors", "Lambda sees successes: nothing is tried again, nothing reaches a dead-letter queue".to_owned());
    }
    if mean_ms_of(&own.background_cpu) > 0.0 {
        c.advise("background_cpu", "what the handler does not wait for is frozen, and may never be finished".to_owned());
    }
    if own.client_in_handler && mean_ms_of(&own.client) > 0.0 {
        c.advise("client_in_handler", "every invocation waits for its clients; made in INIT, they would serve them all".to_owned());
    }
    without_effect(c, own);
}

fn memory(c: &mut Checker, function: &FunctionSpec) {
    let own = &function.behaviour;
    let extension_mb = if own.extension == ExtensionSpec::None { 0 } else { own.extension_mb };
    let (used, size) = (function.handler.max_memory_used_mb + extension_mb, function.memory_mb);
    if used > size {
        let words = format!("{} MB with extensions, of {}: every invocation runs out of memory", text(&used), text(&size));
        return c.advise("extension_mb", words);
    }
    if own.large_request_rate > 0.0 && used + own.large_request_mb > size {
        c.advise("large_request_mb", format!("{} MB with it, of {}: it is killed", text(&(used + own.large_request_mb)), text(&size)));
    }
    if let Some(times) = (size - used).checked_div(own.leaked_mb) {
        c.advise("leaked_mb", format!("invocation {} of an environment runs out of memory and restarts it", text(&(times + 2))));
    }
}

/// What is set and means nothing.
fn without_effect(c: &mut Checker, own: &BehaviourSpec) {
    let is_some = |law: &DistributionSpec| mean_ms_of(law) > 0.0;
    let extends = is_some(&own.extension_init) || is_some(&own.extension_after) || is_some(&own.extension_shutdown) || own.extension_mb > 0;
    if extends && own.extension == ExtensionSpec::None {
        c.advise("extension", "there is none, so the other fields of extensions mean nothing".to_owned());
    }
    if (own.large_request_rate > 0.0) != (own.large_request_mb > 0) {
        c.advise("large_request_rate", "it takes both a rate and a size to make requests large".to_owned());
    }
}
