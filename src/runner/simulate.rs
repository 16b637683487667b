//! The simulator, as [`super::Batch`] drives it.

use super::batch::{Job, Obstacle};
use super::protocol::{RunError, RunOutput, RunRequest, TimelineOptions};
use crate::parts::gates;
use coldstart_sim::{Problem, RunOptions, Seed, Severity, Simulation};
use std::cell::Cell;

thread_local! {
    /// Whether the gates of `network` can be entered from here, in the worker or on the page.
    static NETWORK_IS_HERE: Cell<bool> = const { Cell::new(false) };
}

/// The part `network` has come.
pub(super) fn enter_network() {
    NETWORK_IS_HERE.set(true);
}

/// Checks the scenario and starts it.
pub(super) fn start(request: &RunRequest) -> Result<Box<dyn Job>, Obstacle> {
    let scenario = coldstart_sim::validate(&request.spec).map_err(errors)?.scenario;
    let options = RunOptions { digest: request.digest, timeline: request.timeline.map(window), ..RunOptions::default() };
    let seed = Seed(request.seed);
    let simulation = if !scenario.uses_network() {
        Simulation::without_network(&scenario, seed, options)
    } else if NETWORK_IS_HERE.get() {
        gates::network::simulation(&scenario, seed, options)
    } else {
        return Err(Obstacle::PartMissing);
    };
    Ok(Box::new(Run(simulation)))
}

fn window(options: TimelineOptions) -> coldstart_sim::TimelineOptions {
    coldstart_sim::TimelineOptions { window_us: options.window_us, max_entries: options.max_entries }
}

fn errors(problems: Vec<Problem>) -> Obstacle {
    Obstacle::Error(RunError::Invalid(problems.into_iter().filter(|problem| problem.severity == Severity::Error).collect()))
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
    use crate::runner::protocol::tests_support::request;
    use crate::runner::protocol::{FromWorker, RunId, ToWorker};

    fn done(request: RunRequest) -> FromWorker {
        let mut batch = Batch::new(start);
        batch.take(ToWorker::Run { id: RunId { slot: 1, number: 1 }, request: Box::new(request) });
        let mut news = Vec::new();
        while !batch.is_idle() {
            news.extend(batch.slice(|| 0.0));
        }
        news.pop().unwrap()
    }

    #[test]
    fn a_run_in_slices_is_the_run_in_one_call() {
        let request = RunRequest { digest: true, ..request(7) };
        let scenario = coldstart_sim::validate(&request.spec).unwrap().scenario;
        let whole = coldstart_sim::run(&scenario, Seed(7), RunOptions { digest: true, ..RunOptions::default() });
        let FromWorker::Done { output, .. } = done(request) else { panic!("it did not finish") };
        assert_eq!((output.report, output.digest), (whole.report, whole.digest.map(|digest| digest.to_string())));
    }

    #[test]
    fn an_invalid_scenario_fails_with_its_errors_alone() {
        let mut request = request(1);
        request.spec.functions[0].memory_mb = 1;
        let FromWorker::Failed { error: RunError::Invalid(problems), .. } = done(request) else { panic!("it ran") };
        assert!(problems.iter().any(|problem| problem.path == "functions[0].memory_mb"), "{problems:?}");
        assert!(problems.iter().all(|problem| problem.severity == Severity::Error));
    }
}
