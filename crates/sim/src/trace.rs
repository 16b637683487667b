//! The trace of one request: where its time went, from its arrival to the end of its last attempt. A pure function of the timeline.
//!
//! Spans follow one another without a gap, so those up to the answer add up to what the caller waited. What happened outside the
//! recorded window is not there.

use crate::log::request_id;
use crate::timeline::{AttemptRecord, AttemptResult, Timeline, TimelineKind};
use crate::{Exit, Outcome, ThrottleCause};
use serde::Serialize;

/// What a part of a request's time was spent on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum SpanKind {
    /// In a queue before the first attempt.
    Queued,
    /// Waiting after a throttle, until the next attempt.
    ThrottleWait {
        /// What refused the attempt before.
        cause: ThrottleCause,
    },
    /// Waiting after a failure, until the next attempt.
    RetryWait {
        /// How the attempt before ended.
        outcome: Outcome,
    },
    /// Creating the sandbox and downloading the code.
    Sandbox,
    /// INIT.
    Init,
    /// Restoring a snapshot.
    Restore,
    /// INIT again, within the invocation.
    RepeatedInit,
    /// The handler.
    Handler {
        /// How it ended.
        outcome: Outcome,
    },
    /// A call of a dependency, within the handler.
    Call {
        /// Place of the dependency in [`crate::Report::nodes`].
        node: u16,
        /// How it ended.
        exit: Exit,
    },
    /// Extensions, after the answer.
    Extensions,
}

/// A part of a request's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// What it was spent on.
    #[serde(flatten)]
    pub kind: SpanKind,
    /// Attempt that it belongs to, or leads to; from 1.
    pub attempt: u16,
    /// The environment, where there is one.
    pub environment: Option<u32>,
    /// Start, in microseconds.
    pub from_us: u64,
    /// End, in microseconds.
    pub until_us: u64,
}

/// One request from its arrival on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// Its id in the log.
    pub request_id: String,
    /// Place of the source in the scenario.
    pub source: u16,
    /// Its number within the source.
    pub request: u64,
    /// When it arrived, in microseconds.
    pub arrived_us: u64,
    /// When the last attempt was answered, or refused, in microseconds.
    pub answered_us: u64,
    /// In order of time. An attempt that was refused takes none.
    pub spans: Vec<Span>,
}

impl Trace {
    /// The trace of a request of which the timeline has attempts; none otherwise.
    #[must_use]
    pub fn of(timeline: &Timeline, source: u16, request: u64) -> Option<Self> {
        let own = timeline.attempts.iter().filter(|attempt| attempt.source == source && attempt.request == request);
        let mut attempts: Vec<&AttemptRecord> = own.collect();
        attempts.sort_by_key(|attempt| attempt.attempt);
        let arrived_us = attempts.first()?.arrived_us;
        let mut trace =
            Self { request_id: request_id(source, request), source, request, arrived_us, answered_us: arrived_us, spans: Vec::new() };
        let mut before = None;
        for attempt in attempts {
            trace.wait(attempt, before);
            trace.run(attempt, timeline);
            before = Some(attempt.result);
        }
        Some(trace)
    }

    fn wait(&mut self, attempt: &AttemptRecord, before: Option<AttemptResult>) {
        let kind = match before {
            None => SpanKind::Queued,
            Some(AttemptResult::Throttled { cause }) => SpanKind::ThrottleWait { cause },
            Some(AttemptResult::Ran { outcome, .. }) => SpanKind::RetryWait { outcome },
        };
        self.until(kind, attempt, None, attempt.started_us);
        self.answered_us = attempt.started_us;
    }

    fn run(&mut self, attempt: &AttemptRecord, timeline: &Timeline) {
        let AttemptResult::Ran { environment, sandbox_us, init_us, duration_us, outcome, details, .. } = attempt.result else { return };
        let started_us = attempt.started_us + sandbox_us + init_us;
        let handler_us = started_us + details.repeated_init_us;
        self.answered_us = started_us + duration_us - details.extensions_us;
        let init = if details.restored { SpanKind::Restore } else { SpanKind::Init };
        let (handler, answered_us) = (SpanKind::Handler { outcome }, self.answered_us);
        let before = [(SpanKind::Sandbox, attempt.started_us + sandbox_us), (init, started_us), (SpanKind::RepeatedInit, handler_us)];
        let calls = calls(timeline, attempt, handler_us, answered_us);
        let calls = calls.into_iter().flat_map(|(from_us, until_us, call)| [(handler, from_us), (call, until_us)]);
        let after = [(handler, answered_us), (SpanKind::Extensions, started_us + duration_us)];
        for (kind, until_us) in before.into_iter().chain(calls).chain(after) {
            self.until(kind, attempt, Some(environment), until_us);
        }
    }

    /// From where the last span ended; nothing if no time has passed. Extensions of an attempt go on while its caller waits for the
    /// next one, so that wait begins at the answer.
    fn until(&mut self, kind: SpanKind, attempt: &AttemptRecord, environment: Option<u32>, until_us: u64) {
        let answered = self.spans.iter().rev().find(|span| span.kind != SpanKind::Extensions);
        let after = match kind {
            SpanKind::Extensions => self.answered_us,
            _ => answered.map_or(self.arrived_us, |span| span.until_us),
        };
        let from_us = after.max(self.arrived_us);
        if until_us > from_us {
            self.spans.push(Span { kind, attempt: attempt.attempt, environment, from_us, until_us });
        }
    }
}

/// The calls that an attempt made within a stretch of time: start, end and what they were.
fn calls(timeline: &Timeline, attempt: &AttemptRecord, from_us: u64, until_us: u64) -> Vec<(u64, u64, SpanKind)> {
    let first = timeline.events.partition_point(|event| event.at_us < from_us);
    let within = timeline.events.get(first..).unwrap_or_default().iter().take_while(|event| event.at_us <= until_us);
    let own = (attempt.source, attempt.request);
    let mut open = None;
    let mut calls = Vec::new();
    for event in within.filter(|event| event.function == attempt.function) {
        match event.kind {
            TimelineKind::Called { node, source, request } if (source, request) == own => open = Some((node, event.at_us)),
            TimelineKind::Left { node, source, request, exit } if (source, request) == own => {
                if let Some((_, called_us)) = open.take_if(|(called, _)| *called == node) {
                    calls.push((called_us, event.at_us, SpanKind::Call { node, exit }));
                }
            }
            _ => {}
        }
    }
    calls
}
