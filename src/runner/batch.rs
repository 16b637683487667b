//! Work in slices: a queue of runs, advanced a little at a time, so that whoever drives it can hear of news in between. The worker
//! drives one; the page drives one itself where no worker can start. It keeps nothing from one run to the next.

use super::host::BACKGROUND;
use super::protocol::{FromWorker, RunError, RunId, RunOutput, ToWorker, Work};
use std::collections::VecDeque;

/// Length of a slice, in milliseconds.
pub const SLICE_MS: f64 = 12.0;

/// Events between two looks at the clock.
const EVENTS_PER_LOOK: u64 = 2_000;

/// Slices between two reports of progress.
const SLICES_PER_REPORT: u32 = 4;

/// A run that can be advanced.
pub trait Job {
    /// Handles up to so many events; whether there are more.
    fn advance(&mut self, events: u64) -> bool;
    /// Share that is done, 0 to 1.
    fn progress(&self) -> f64;
    /// What it comes to.
    fn finish(self: Box<Self>) -> RunOutput;
}

/// Why a run does not start.
#[derive(Debug)]
pub enum Obstacle {
    /// It never will.
    Error(RunError),
    /// It needs a part of the simulator that has to be fetched first.
    PartMissing,
}

/// Starts a run, or says why not.
pub type Start = fn(&Work) -> Result<Box<dyn Job>, Obstacle>;

/// The runs that were asked for.
pub struct Batch {
    start: Start,
    waiting: VecDeque<(RunId, Box<Work>)>,
    running: Option<(RunId, Box<dyn Job>)>,
    /// The run that waits for a part of the simulator, and all others with it.
    lacking: Option<RunId>,
    slices: u32,
}

impl Batch {
    /// An empty queue.
    #[must_use]
    pub fn new(start: Start) -> Self {
        Self { start, waiting: VecDeque::new(), running: None, lacking: None, slices: 0 }
    }

    /// Takes an order. A new run of a place drops the older one, at work or not.
    pub fn take(&mut self, order: ToWorker) {
        match order {
            ToWorker::Run { id, work } => {
                self.drop_where(|other| other.slot == id.slot);
                self.waiting.push_back((id, work));
            }
            ToWorker::Cancel { id } => self.drop_where(|other| other == id),
            // The worker itself hears these.
            ToWorker::Part { .. } => {}
        }
    }

    fn drop_where(&mut self, matches: impl Fn(RunId) -> bool) {
        self.waiting.retain(|(id, _)| !matches(*id));
        if self.running.as_ref().is_some_and(|(id, _)| matches(*id)) {
            self.running = None;
        }
    }

    /// Whether there is nothing to do, or nothing before a part has come.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.lacking.is_some() || (self.running.is_none() && self.waiting.is_empty())
    }

    /// Whether it waits for a part of the simulator: whoever drives it fetches that and then calls [`Batch::part_came`].
    #[must_use]
    pub const fn lacks_part(&self) -> bool {
        self.lacking.is_some()
    }

    /// Goes on with the part, or without the run that needs it. What it returns goes to the page.
    pub fn part_came(&mut self, answer: Result<(), RunError>) -> Option<FromWorker> {
        let id = self.lacking.take()?;
        let error = answer.err()?;
        let place = self.waiting.iter().position(|(waiting, _)| *waiting == id)?;
        self.waiting.remove(place);
        Some(FromWorker::Failed { id: Some(id), error })
    }

    /// The run at work, or the one that will be next.
    #[must_use]
    pub fn current(&self) -> Option<RunId> {
        self.running.as_ref().map(|(id, _)| *id).or_else(|| self.waiting.get(self.next()).map(|(id, _)| *id))
    }

    /// Place of the next run: background ones wait until the others are served.
    fn next(&self) -> usize {
        self.waiting.iter().position(|(id, _)| id.slot < BACKGROUND).unwrap_or(0)
    }

    /// Works for about one slice by `clock` (milliseconds). What it returns goes to the page.
    pub fn slice(&mut self, clock: impl Fn() -> f64) -> Vec<FromWorker> {
        let mut news = Vec::new();
        let end = clock() + SLICE_MS;
        loop {
            if self.running.is_none() && !self.begin(&mut news) {
                break;
            }
            let Some((id, job)) = &mut self.running else { continue };
            let id = *id;
            if job.advance(EVENTS_PER_LOOK) {
                if clock() >= end {
                    self.slices += 1;
                    if self.slices.is_multiple_of(SLICES_PER_REPORT) {
                        news.push(FromWorker::Progress { id, progress: job.progress().clamp(0.0, 1.0) });
                    }
                    break;
                }
            } else if let Some((id, job)) = self.running.take() {
                news.push(FromWorker::Done { id, output: Box::new(job.finish()) });
                // A finished run is sent off before the next one begins.
                break;
            }
        }
        news
    }

    /// Begins the next run; false if there is none.
    fn begin(&mut self, news: &mut Vec<FromWorker>) -> bool {
        let place = self.next();
        let Some((id, work)) = self.waiting.get(place) else { return false };
        let (id, started) = (*id, (self.start)(work));
        self.slices = 0;
        match started {
            Ok(job) => self.running = Some((id, job)),
            Err(Obstacle::Error(error)) => news.push(FromWorker::Failed { id: Some(id), error }),
            Err(Obstacle::PartMissing) => {
                self.lacking = Some(id);
                return false;
            }
        }
        self.waiting.remove(place);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runner::protocol::tests_support::{output, work};
    use std::cell::Cell;

    /// Needs as many looks as its seed says; seed 0 is refused, and seed 13 needs a part that is not there until it came.
    struct Counting {
        left: u64,
        all: u64,
    }

    impl Job for Counting {
        fn advance(&mut self, _events: u64) -> bool {
            self.left -= 1;
            self.left > 0
        }
        #[allow(clippy::cast_precision_loss, reason = "small counts")]
        fn progress(&self) -> f64 {
            1.0 - self.left as f64 / self.all as f64
        }
        fn finish(self: Box<Self>) -> RunOutput {
            output(self.all)
        }
    }

    thread_local! {
        static PART_IS_HERE: Cell<bool> = const { Cell::new(false) };
    }

    fn start(work: &Work) -> Result<Box<dyn Job>, Obstacle> {
        match work.seed {
            0 => Err(Obstacle::Error(RunError::Invalid(Vec::new()))),
            13 if !PART_IS_HERE.get() => Err(Obstacle::PartMissing),
            all => Ok(Box::new(Counting { left: all, all })),
        }
    }

    fn id(slot: u32, number: u32) -> RunId {
        RunId { slot, number }
    }

    fn run(slot: u32, number: u32, looks: u64) -> ToWorker {
        ToWorker::Run { id: id(slot, number), work: Box::new(work(looks)) }
    }

    /// Slices until nothing is left; every look takes 3 ms.
    fn drain(batch: &mut Batch) -> Vec<FromWorker> {
        let now = Cell::new(0.0);
        let clock = || {
            now.set(now.get() + 3.0);
            now.get()
        };
        let mut news = Vec::new();
        while !batch.is_idle() {
            news.extend(batch.slice(clock));
        }
        news
    }

    fn done(news: &[FromWorker]) -> Vec<(u32, u32)> {
        let of = |message: &FromWorker| match message {
            FromWorker::Done { id, .. } => Some((id.slot, id.number)),
            _ => None,
        };
        news.iter().filter_map(of).collect()
    }

    #[test]
    fn the_latest_run_of_a_place_wins_whether_the_older_one_waits_or_works() {
        let mut batch = Batch::new(start);
        batch.take(run(1, 1, 1_000));
        batch.slice(|| 0.0_f64.max(f64::INFINITY));
        batch.take(run(2, 2, 1));
        batch.take(run(2, 3, 1));
        batch.take(run(1, 4, 1));
        assert_eq!(done(&drain(&mut batch)), [(2, 3), (1, 4)]);
    }

    #[test]
    fn long_runs_report_rising_progress_and_leave_after_each_slice() {
        let mut batch = Batch::new(start);
        batch.take(run(1, 1, 100));
        let news = drain(&mut batch);
        let progress: Vec<f64> =
            news.iter().filter_map(|m| if let FromWorker::Progress { progress, .. } = m { Some(*progress) } else { None }).collect();
        assert!(progress.len() >= 3 && progress.is_sorted() && progress.iter().all(|p| (0.0..=1.0).contains(p)), "{progress:?}");
        assert_eq!(done(&news), [(1, 1)]);
    }

    #[test]
    fn cancelled_runs_say_nothing_more_and_an_old_cancel_spares_the_new_run() {
        let mut batch = Batch::new(start);
        batch.take(run(1, 1, 5));
        batch.take(run(2, 2, 5));
        batch.take(ToWorker::Cancel { id: id(1, 1) });
        batch.take(ToWorker::Cancel { id: id(2, 1) });
        assert_eq!(batch.current(), Some(id(2, 2)));
        assert_eq!(done(&drain(&mut batch)), [(2, 2)]);
    }

    #[test]
    fn background_runs_wait_for_the_others() {
        let mut batch = Batch::new(start);
        batch.take(run(BACKGROUND + 1, 1, 1));
        batch.take(run(1, 2, 1));
        assert_eq!(batch.current(), Some(id(1, 2)));
        assert_eq!(done(&drain(&mut batch)), [(1, 2), (BACKGROUND + 1, 1)]);
    }

    #[test]
    fn a_refused_run_does_not_stop_the_next() {
        let mut batch = Batch::new(start);
        batch.take(run(1, 1, 0));
        batch.take(run(2, 2, 1));
        let news = drain(&mut batch);
        assert!(matches!(&news[0], FromWorker::Failed { id: Some(RunId { slot: 1, number: 1 }), error: RunError::Invalid(_) }), "{news:?}");
        assert_eq!(done(&news), [(2, 2)]);
    }

    #[test]
    fn a_run_that_needs_a_part_waits_for_it_and_the_others_with_it() {
        let mut batch = Batch::new(start);
        batch.take(run(1, 1, 13));
        batch.take(run(2, 2, 1));
        assert_eq!((batch.slice(|| 0.0), batch.is_idle(), batch.lacks_part()), (Vec::new(), true, true));
        PART_IS_HERE.set(true);
        assert_eq!((batch.part_came(Ok(())), batch.lacks_part()), (None, false));
        assert_eq!(done(&drain(&mut batch)), [(1, 1), (2, 2)]);
    }

    #[test]
    fn a_part_that_does_not_come_fails_its_run_alone() {
        let mut batch = Batch::new(start);
        batch.take(run(1, 1, 13));
        batch.take(run(2, 2, 1));
        batch.slice(|| 0.0);
        let failed = batch.part_came(Err(RunError::PartMissing("offline".to_owned())));
        assert!(matches!(failed, Some(FromWorker::Failed { id: Some(RunId { slot: 1, number: 1 }), error: RunError::PartMissing(_) })));
        assert_eq!(done(&drain(&mut batch)), [(2, 2)]);
    }

    #[test]
    fn a_run_that_was_dropped_while_its_part_came_is_not_heard_of_again() {
        for answer in [Ok(()), Err(RunError::PartMissing("offline".to_owned()))] {
            let mut batch = Batch::new(start);
            batch.take(run(1, 1, 13));
            batch.slice(|| 0.0);
            batch.take(ToWorker::Cancel { id: id(1, 1) });
            assert_eq!((batch.part_came(answer), batch.is_idle()), (None, true));
        }
    }
}
