//! The simulator's third shape: queues and whatever else stands between senders and functions. The worker has this part too.

use coldstart_sim::{RunOptions, Scenario, Seed, Simulation};

/// A run of a scenario that has such things in it.
#[inline(never)]
pub fn simulation(scenario: &Scenario, seed: Seed, options: RunOptions) -> Simulation {
    Simulation::with_network(scenario, seed, options)
}
