//! The laws hold for functions that do all kinds of things besides their work, and what they do is counted once.

use super::checks::LAWS;
use super::{ACTED_AT_LEAST, generator, runner};
use crate::support::{recorded, scenario};
use coldstart_sim::spec::{BehaviourSpec, DistributionSpec, ExtensionSpec, FunctionSpec, ScenarioSpec, VpcSpec};
use coldstart_sim::{AttemptResult, FunctionCounter, Outcome, RunOptions, RunOutput, Seed, TimelineKind, run};
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeMap;

const SCENARIOS: u32 = 120;

fn law_up_to(mean_ms: f64) -> impl Strategy<Value = DistributionSpec> {
    prop_oneof![
        2 => Just(DistributionSpec::constant(0.0)),
        1 => (1.0..mean_ms).prop_map(DistributionSpec::constant),
        1 => (1.0..mean_ms).prop_map(|mean_ms| DistributionSpec::Exponential { mean_ms }),
    ]
}

pub fn behaviours() -> impl Strategy<Value = BehaviourSpec> {
    let size = |most: u32| prop_oneof![2 => Just(0), 1 => 1..most];
    let extension = prop_oneof![Just(ExtensionSpec::None), Just(ExtensionSpec::Internal), Just(ExtensionSpec::External)];
    let sizes = (size(2_000), size(60), size(120), size(80), size(250));
    let laws = (law_up_to(300.0), law_up_to(100.0), law_up_to(200.0), law_up_to(50.0), law_up_to(3_000.0));
    let switches = (any::<bool>(), any::<bool>(), any::<bool>(), prop_oneof![Just(0.0), 0.0..1.0_f64], extension);
    (sizes, laws, switches, law_up_to(9_000.0), any::<bool>()).prop_map(|(sizes, laws, switches, restore, own)| BehaviourSpec {
        swallows_errors: switches.0,
        large_request_rate: if sizes.0 > 0 { 0.1 } else { 0.0 },
        large_request_mb: sizes.0,
        leaked_mb: sizes.1,
        tmp_left_mb: sizes.2,
        background_cpu: laws.0,
        client: laws.1,
        client_in_handler: switches.1,
        extension: switches.4,
        extension_init: laws.2,
        extension_after: laws.3,
        extension_shutdown: laws.4,
        extension_mb: sizes.3,
        snap_start: switches.2,
        restore,
        proactive_share: switches.3,
        proactive_lead: DistributionSpec::constant(500.0),
        package_mb: sizes.4,
        vpc: if own { VpcSpec::OwnInterfaces } else { VpcSpec::SharedInterfaces },
        ..BehaviourSpec::default()
    })
}

/// Has a function do it. SnapStart leaves no room for provisioned concurrency.
pub fn behave(function: &mut FunctionSpec, behaviour: BehaviourSpec) {
    if behaviour.snap_start {
        function.provisioned.clear();
        function.provisioned_scaling = None;
        function.tmp_mb = 512;
        "java21".clone_into(&mut function.init.runtime);
    }
    function.behaviour = behaviour;
}

/// Generated scenarios, each of whose functions does something.
fn scenarios() -> impl Strategy<Value = ScenarioSpec> {
    (generator::scenarios(), prop::collection::vec(behaviours(), 3)).prop_map(|(mut spec, behaviours)| {
        for (function, behaviour) in spec.functions.iter_mut().zip(behaviours) {
            behave(function, behaviour);
        }
        spec
    })
}

fn equal<T: PartialEq + std::fmt::Debug>(name: &str, left: T, right: T) -> Result<(), String> {
    if left == right { Ok(()) } else { Err(format!("{name}: {left:?} != {right:?}")) }
}

/// The counters against the timeline, and the account of work left behind.
pub fn is_counted_once(output: &RunOutput) -> Result<(), String> {
    let total = &output.report.total;
    let timeline = output.timeline.as_ref().ok_or("no timeline")?;
    let mut seen: BTreeMap<FunctionCounter, u64> = BTreeMap::new();
    let mut see = |counter, happened: bool| *seen.entry(counter).or_default() += u64::from(happened);
    for attempt in &timeline.attempts {
        let AttemptResult::Ran { details, outcome, cold, .. } = attempt.result else { continue };
        let is = |counter| details.note == Some(counter);
        see(FunctionCounter::OutOfMemory, is(FunctionCounter::OutOfMemory));
        see(FunctionCounter::TmpFull, is(FunctionCounter::TmpFull));
        see(FunctionCounter::RestoreTimeouts, is(FunctionCounter::RestoreTimeouts));
        see(FunctionCounter::Swallowed, outcome == Outcome::Success && details.note.is_some());
        see(FunctionCounter::Restores, details.restored);
        see(FunctionCounter::ProactiveInits, details.ahead_us > 0);
        see(FunctionCounter::BackgroundResumed, details.background_us > 0);
        equal("killed is crashed", is(FunctionCounter::OutOfMemory) && outcome != Outcome::Crash, false)?;
        equal("only cold starts are restored", details.restored && cold.is_none(), false)?;
    }
    let killed = |kind: &TimelineKind| matches!(kind, TimelineKind::Noted { what: FunctionCounter::ShutdownKills, .. });
    let kills = timeline.events.iter().filter(|event| killed(&event.kind)).count();
    equal("kills", kills as u64, total.count(FunctionCounter::ShutdownKills))?;
    for (counter, count) in seen {
        equal(&format!("{counter:?}"), count, total.count(counter))?;
    }
    let [left, done, lost, frozen] = [
        FunctionCounter::BackgroundLeft,
        FunctionCounter::BackgroundDone,
        FunctionCounter::BackgroundLost,
        FunctionCounter::BackgroundFrozen,
    ]
    .map(|counter| total.count(counter));
    equal("work left behind", left, done + lost + frozen)
}

#[test]
fn laws_hold_whatever_functions_do_besides() {
    let acted: RefCell<BTreeMap<FunctionCounter, u32>> = RefCell::default();
    let result = runner(SCENARIOS).run(&scenarios(), |spec| {
        let output = recorded(&spec);
        for counter in FunctionCounter::ALL {
            *acted.borrow_mut().entry(counter).or_default() += u32::from(output.report.total.count(counter) > 0);
        }
        let unseen = run(&scenario(&spec), Seed(spec.run.seed), RunOptions::default());
        LAWS.iter()
            .try_for_each(|(name, law)| law(&spec, &output).map_err(|broken| format!("{name}: {broken}")))
            .and_then(|()| is_counted_once(&output))
            .and_then(|()| if unseen.report == output.report { Ok(()) } else { Err("nobody looked, and it ran differently".to_owned()) })
            .map_err(|broken| TestCaseError::fail(format!("{broken}\n{}", toml::to_string(&spec).unwrap_or_default())))
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
    let rare: Vec<_> = acted.into_inner().into_iter().filter(|(_, count)| *count < ACTED_AT_LEAST).collect();
    assert!(rare.is_empty(), "acted in too few of {SCENARIOS} scenarios: {rare:?}");
}
