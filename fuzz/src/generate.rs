//! A scenario out of bytes: valid more often than not, and with every feature in reach.
//!
//! Half of the inputs build one from nothing; the others take one of the repository's own scenarios and change a few of its values.

mod draw;
mod edit;
mod functions;
mod laws;
mod network;
mod senders;

pub(crate) use draw::Draw;

use coldstart_facts as facts;
use coldstart_sim::limits;
use coldstart_sim::spec::{AccountSpec, FunctionSpec, RunSpec, ScenarioSpec};

/// Days between which rules changed.
const DAYS: [&str; 6] = ["2014-11-13", "2017-03-01", "2019-06-30", "2020-12-15", "2023-11-01", "2025-12-31"];

/// The scenario of these bytes.
pub(crate) fn scenario(draw: &mut Draw<'_>) -> ScenarioSpec {
    if draw.chance(1, 2) { edit::known(draw) } else { built(draw) }
}

fn built(draw: &mut Draw<'_>) -> ScenarioSpec {
    let functions = usize_of(1 + draw.below(3));
    let has_network = draw.chance(3, 4);
    let mut spec = ScenarioSpec { run: run(draw), ..ScenarioSpec::default() };
    spec.functions = (0..functions).map(|place| functions::one(draw, place, has_network)).collect();
    if has_network {
        network::nodes(draw, &mut spec);
    }
    let sources = 1 + draw.below(4);
    spec.sources = (0..sources).map(|place| senders::one(draw, place, functions, has_network)).collect();
    if has_network && draw.chance(1, 8) {
        senders::move_to_the_edge(draw, &mut spec);
    }
    spec.account = account(draw, &spec.functions);
    spec
}

fn usize_of(number: u32) -> usize {
    usize::try_from(number).unwrap_or(0)
}

fn run(draw: &mut Draw<'_>) -> RunSpec {
    let duration_s = draw.number(120.0, limits::RUN_DURATION_S);
    RunSpec {
        duration_s,
        warm_up_s: if draw.chance(1, 4) { duration_s * draw.share() * 0.9 } else { 0.0 },
        seed: u64::from(draw.below(u32::MAX)),
        clock_start_s: draw.whole(0, limits::CLOCK_START_S),
        max_events: draw.pick(&[4_000, 2_000, 1_000]),
        max_environments: draw.pick(&[3_000, 100, 1]),
        max_messages: draw.pick(&[3_000, 100, 1]),
    }
}

/// The account, with room for what its functions reserve.
fn account(draw: &mut Draw<'_>, functions: &[FunctionSpec]) -> AccountSpec {
    let claimed: u32 = functions.iter().map(most_claimed).sum();
    let spare = draw.pick(&[900, 0, 1, 20]);
    let concurrency_limit = if claimed == 0 { spare.max(1) } else { claimed + facts::UNRESERVED_FLOOR + spare };
    AccountSpec {
        concurrency_limit,
        scaling_environments: draw.whole(1_000, limits::SCALING_ENVIRONMENTS),
        free_tier: draw.chance(1, 4),
        api_requests_per_s: draw.whole(10_000, limits::API_REQUESTS_PER_S),
        api_burst: draw.whole(5_000, limits::API_BURST),
        rules_as_of: draw.chance(1, 3).then(|| draw.pick(&DAYS).to_owned()),
    }
}

/// Environments that the function takes from the account whether it uses them or not.
fn most_claimed(function: &FunctionSpec) -> u32 {
    let windows = function.provisioned.iter().map(|window| window.units);
    let scaled = function.provisioned_scaling.iter().flat_map(|own| own.schedule.iter().map(|one| one.max_units).chain([own.max_units]));
    function.reserved_concurrency.unwrap_or_else(|| windows.chain(scaled).max().unwrap_or(0))
}
