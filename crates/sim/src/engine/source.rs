//! A source at work: its next arrival, and the draws of its requests.

use crate::arrivals::ArrivalStream;
use crate::rng::{Purpose, Stream};
use crate::scenario::{Arrivals, Delivery, Scenario};

/// One attempt of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Request {
    pub(crate) source: u16,
    pub(crate) function: usize,
    /// Number within the source, from 0.
    pub(crate) number: u64,
    /// From 1.
    pub(crate) attempt: u16,
    /// When the request first arrived.
    pub(crate) arrived: u64,
}

/// A source and the streams that its requests draw from.
#[derive(Clone)]
pub(crate) struct SourceState {
    arrivals: ArrivalStream,
    /// `u64::MAX` when there are no more.
    pub(crate) next_arrival: u64,
    next_number: u64,
    pub(crate) target: usize,
    /// Handler duration of its pings, in microseconds.
    pub(crate) ping: Option<u64>,
    /// Whether durations are given, by a ping or a recording, and not drawn.
    pub(crate) given: bool,
    /// Whether a warm success may be counted right where it starts: somebody waits, its end is known, its duration is drawn, and billed to the millisecond.
    pub(crate) quick: bool,
    /// How its requests reach their target.
    pub(crate) delivery: Delivery,
    /// By how much streaming the answer lengthens an invocation, in microseconds.
    pub(crate) stream_us: u64,
    /// What the messages of the batch that it is about to send do to the handler.
    pub(crate) batch: BatchWork,
    pub(crate) draws: Draws,
}

/// What messages add to the handler's own work for their batch.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct BatchWork {
    pub(crate) extra_us: u64,
    /// Whether the handler fails because of a message.
    pub(crate) fails: bool,
}

/// A stream for each thing that a request may draw.
#[derive(Clone)]
pub(crate) struct Draws {
    pub(crate) cpu: Stream,
    pub(crate) wait: Stream,
    pub(crate) first_run: Stream,
    pub(crate) failure: Stream,
    /// By request alone, whatever the attempt.
    pub(crate) poison: Stream,
    pub(crate) sandbox: Stream,
    pub(crate) runtime_init: Stream,
    pub(crate) code_init: Stream,
    pub(crate) reuse: Stream,
    pub(crate) jitter: Stream,
}

impl Draws {
    fn new(seed: u64, entity: u64) -> Self {
        let stream = |purpose| Stream::new(seed, purpose, entity);
        Self {
            cpu: stream(Purpose::Cpu),
            wait: stream(Purpose::Wait),
            first_run: stream(Purpose::FirstRun),
            failure: stream(Purpose::Failure),
            poison: stream(Purpose::Poison),
            sandbox: stream(Purpose::Sandbox),
            runtime_init: stream(Purpose::RuntimeInit),
            code_init: stream(Purpose::CodeInit),
            reuse: stream(Purpose::Reuse),
            jitter: stream(Purpose::Jitter),
        }
    }
}

impl SourceState {
    pub(crate) fn new(scenario: &Scenario, at: usize, seed: u64) -> Self {
        let source = &scenario.sources[at];
        let mut arrivals = ArrivalStream::new(&source.arrivals, seed, at as u64);
        let end = scenario.end.us();
        let first = arrivals.next(&source.arrivals, 0, end);
        let recorded = matches!(&source.arrivals, Arrivals::Replay { durations, .. } if !durations.is_empty());
        Self {
            arrivals,
            next_arrival: if first < end { first } else { u64::MAX },
            next_number: 0,
            target: source.target.into(),
            ping: source.ping.map(|handler| handler.us()),
            given: source.ping.is_some() || recorded,
            quick: source.delivery == Delivery::Direct
                && !scenario.functions[usize::from(source.target)].is_staged()
                && scenario.functions[usize::from(source.target)].behaviour.is_none()
                && source.ping.is_none()
                && !recorded
                && scenario.rules.billing_step_ms == 1,
            delivery: source.delivery,
            stream_us: source.door.map_or(0, |door| door.stream_us),
            batch: BatchWork::default(),
            draws: Draws::new(seed, at as u64),
        }
    }

    /// A caller that is no source: what comes to `function` from other nodes. `key` sets its draws apart from those of sources.
    pub(crate) fn relay(seed: u64, function: usize, key: u64) -> Self {
        Self {
            arrivals: ArrivalStream::new(&Arrivals::Log { sends: Vec::new() }, seed, key),
            next_arrival: u64::MAX,
            next_number: 0,
            target: function,
            ping: None,
            given: false,
            quick: false,
            delivery: Delivery::Asynchronous,
            stream_us: 0,
            batch: BatchWork::default(),
            draws: Draws::new(seed, key),
        }
    }

    /// Takes the request that arrives `now` and finds when the next one does; returns the number of the one taken.
    #[inline(always)]
    pub(crate) fn advance(&mut self, arrivals: &Arrivals, now: u64, end: u64) -> u64 {
        let number = self.next_number;
        self.next_number += 1;
        let next = self.arrivals.next(arrivals, self.next_number, end).max(now);
        self.next_arrival = if next < end { next } else { u64::MAX };
        number
    }
}
