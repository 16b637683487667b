//! What listens to the engine: nothing, or a tape for the digest and the timeline.

use crate::digest::{Digest, Hasher};
use crate::metrics::{Emissions, Emitted};
use crate::timeline::{AttemptRecord, AttemptResult, Timeline, TimelineEvent, TimelineKind};

/// Which window of a run to record, and how much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimelineOptions {
    /// Start (included) and end (left out) of the window, in microseconds.
    pub window_us: (u64, u64),
    /// Most events and attempts, together; the rest is counted as dropped.
    pub max_entries: u32,
}

/// What a listener has heard.
#[derive(Default)]
pub(crate) struct Recorded {
    pub(crate) timeline: Option<Timeline>,
    pub(crate) digest: Option<Digest>,
    pub(crate) emissions: Option<Emissions>,
}

/// A listener.
pub(crate) trait Recorder {
    /// Whether it listens. The engine calls one that does not for nothing, and is compiled without its calls where that is known.
    fn on(&self) -> bool;

    /// A fact, in the order in which the engine handles them; `at_us` may lie ahead (a cold environment's first run).
    fn event(&mut self, at_us: u64, function: u16, kind: TimelineKind);

    fn attempt(&mut self, record: &AttemptRecord);

    /// Something that CloudWatch is told of, by the place of the function or of the mapping's node: so many events, or a time in microseconds.
    fn emit(&mut self, at_us: u64, metric: Emitted, place: u16, value: u64);

    fn finish(self) -> Recorded;
}

/// Listens to nothing.
pub(crate) struct Silent;

impl Recorder for Silent {
    #[inline]
    fn on(&self) -> bool {
        false
    }

    #[inline]
    fn event(&mut self, _: u64, _: u16, _: TimelineKind) {}

    #[inline]
    fn attempt(&mut self, _: &AttemptRecord) {}

    #[inline]
    fn emit(&mut self, _: u64, _: Emitted, _: u16, _: u64) {}

    fn finish(self) -> Recorded {
        Recorded::default()
    }
}

/// Hashes everything, or writes a window down, or both.
pub(crate) struct Tape {
    hasher: Option<Hasher>,
    timeline: Option<Timeline>,
    max_entries: usize,
    emissions: Option<Emissions>,
}

impl Tape {
    pub(crate) fn new(digest: bool, timeline: Option<TimelineOptions>, metrics: bool) -> Self {
        Self {
            emissions: metrics.then(Emissions::default),
            hasher: digest.then(Hasher::default),
            timeline: timeline.map(|options| Timeline { window_us: options.window_us, ..Timeline::default() }),
            max_entries: timeline.map_or(0, |options| options.max_entries as usize),
        }
    }

    /// The timeline, if the window holds `at_us` and there is room; counts what there is no room for.
    fn room(&mut self, at_us: u64) -> Option<&mut Timeline> {
        let timeline = self.timeline.as_mut()?;
        if at_us < timeline.window_us.0 || at_us >= timeline.window_us.1 {
            return None;
        }
        if timeline.events.len() + timeline.attempts.len() >= self.max_entries {
            timeline.dropped += 1;
            return None;
        }
        Some(timeline)
    }
}

impl Recorder for Tape {
    #[inline]
    fn on(&self) -> bool {
        true
    }

    fn event(&mut self, at_us: u64, function: u16, kind: TimelineKind) {
        if let Some(hasher) = &mut self.hasher {
            hasher.event(at_us, function, &kind);
        }
        if let Some(timeline) = self.room(at_us) {
            timeline.events.push(TimelineEvent { at_us, function, kind });
        }
    }

    fn attempt(&mut self, record: &AttemptRecord) {
        if let Some(hasher) = &mut self.hasher {
            hasher.attempt(record);
        }
        if let Some(timeline) = self.room(record.started_us) {
            timeline.attempts.push(*record);
        }
        if let AttemptResult::Ran { duration_us, details, .. } = record.result {
            self.emit(record.started_us, Emitted::Duration, record.function, duration_us);
            if details.extensions_us > 0 {
                self.emit(record.started_us, Emitted::PostRuntimeExtensionsDuration, record.function, details.extensions_us);
            }
        }
    }

    fn emit(&mut self, at_us: u64, metric: Emitted, place: u16, value: u64) {
        if let Some(emissions) = &mut self.emissions {
            emissions.add(at_us, metric, place, value);
        }
    }

    fn finish(mut self) -> Recorded {
        if let Some(timeline) = &mut self.timeline {
            // Stable, so that facts of one moment keep the engine's order.
            timeline.events.sort_by_key(|event| event.at_us);
            // An invocation that calls others is written down when it ends.
            timeline.attempts.sort_by_key(|attempt| attempt.started_us);
        }
        Recorded { timeline: self.timeline, digest: self.hasher.map(|hasher| hasher.finish()), emissions: self.emissions }
    }
}

/// Listens or not: for whoever would rather ask each time than carry the engine twice.
impl Recorder for Option<Tape> {
    #[inline]
    fn on(&self) -> bool {
        self.is_some()
    }

    fn event(&mut self, at_us: u64, function: u16, kind: TimelineKind) {
        if let Some(tape) = self {
            tape.event(at_us, function, kind);
        }
    }

    fn attempt(&mut self, record: &AttemptRecord) {
        if let Some(tape) = self {
            tape.attempt(record);
        }
    }

    fn emit(&mut self, at_us: u64, metric: Emitted, place: u16, value: u64) {
        if let Some(tape) = self {
            tape.emit(at_us, metric, place, value);
        }
    }

    fn finish(self) -> Recorded {
        self.map_or_else(Recorded::default, Tape::finish)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tape_keeps_its_window_in_order_and_counts_the_rest() {
        let mut tape = Tape::new(true, Some(TimelineOptions { window_us: (10, 20), max_entries: 2 }), false);
        for (at, environment) in [(9, 0), (15, 1), (12, 2), (13, 3), (20, 4)] {
            tape.event(at, 0, TimelineKind::Ended { environment });
        }
        let Recorded { timeline, digest, .. } = tape.finish();
        let timeline = timeline.unwrap();
        assert_eq!(timeline.events.iter().map(|event| event.at_us).collect::<Vec<_>>(), [12, 15]);
        assert_eq!(timeline.dropped, 1);
        assert!(digest.is_some());
    }
}
