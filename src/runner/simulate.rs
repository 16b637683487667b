//! The simulator, as [`super::Batch`] drives it.

use super::batch::{Job, Obstacle};
use super::protocol::{RunOutput, TimelineOptions, Work};
use crate::parts::gates;
use coldstart_sim::{RunOptions, Seed, Simulation};
use std::cell::Cell;

thread_local! {
    /// Whether the gates of `network` can be entered from here, in the worker or on the page.
    static NETWORK_IS_HERE: Cell<bool> = const { Cell::new(false) };
}

/// The part `network` has come.
pub(super) fn enter_network() {
    NETWORK_IS_HERE.set(true);
}

/// Starts a run.
pub(super) fn start(work: &Work) -> Result<Box<dyn Job>, Obstacle> {
    let Work { scenario, seed, timeline, digest } = work;
    let options = RunOptions { digest: *digest, timeline: timeline.map(window), ..RunOptions::default() };
    let seed = Seed(*seed);
    let simulation = if !scenario.uses_network() {
        Simulation::without_network(scenario, seed, options)
    } else if NETWORK_IS_HERE.get() {
        gates::network::simulation(scenario, seed, options)
    } else {
        return Err(Obstacle::PartMissing);
    };
    Ok(Box::new(Run(simulation)))
}

fn window(options: TimelineOptions) -> coldstart_sim::TimelineOptions {
    coldstart_sim::TimelineOptions { window_us: options.window_us, max_entries: options.max_entries }
}

struct Run(Simulation);

impl Job for Run {
    fn advance(&mut self, events: u64) -> bool {
        self.0.run_events(events)
    }

    fn progress(&self) -> f64 {
        self.0.progress()
    }

    fn finish(self: Box<Self>) -> RunOutput {
        let output = self.0.finish();
        RunOutput { report: output.report, timeline: output.timeline, digest: output.digest.map(|digest| digest.to_string()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runner::batch::Batch;
    use crate::runner::protocol::tests_support::work;
    use crate::runner::protocol::{FromWorker, RunId, ToWorker};

    #[test]
    fn a_run_in_slices_is_the_run_in_one_call() {
        let work = Work { digest: true, ..work(7) };
        let whole = coldstart_sim::run(&work.scenario, Seed(7), RunOptions { digest: true, ..RunOptions::default() });
        let mut batch = Batch::new(start);
        batch.take(ToWorker::Run { id: RunId { slot: 1, number: 1 }, work: Box::new(work) });
        let mut news = Vec::new();
        while !batch.is_idle() {
            news.extend(batch.slice(|| 0.0));
        }
        let Some(FromWorker::Done { output, .. }) = news.pop() else { panic!("it did not finish") };
        assert_eq!((output.report, output.digest), (whole.report, whole.digest.map(|digest| digest.to_string())));
    }
}
