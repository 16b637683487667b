//! SQS queues: messages come in, are hidden while somebody works on them, come back, go to a dead-letter queue or expire.
//!
//! A received message is hidden for the visibility timeout and counted as received. Unless it is deleted by then it is ready again,
//! or goes to the dead-letter queue if it has been received often enough (facts H10, H11). Its retention ends its life wherever it is.

use crate::bill::sqs_requests;
use crate::engine::{Engine, Message, Request, Shape, Timer, Trail};
use crate::recorder::Recorder;
use crate::report::{Exit, NodeCounter, RunOutcome};
use crate::rng::{Purpose, Stream};
use crate::scenario::{Queue, Target};
use crate::timeline::TimelineKind;

const BYTES_PER_KB: u64 = 1_024;

impl<S: Shape, R: Recorder> Engine<S, R> {
    /// A source sends a message.
    pub(crate) fn send_message(&mut self, queue: u16, request: &Request) {
        let payload_kb = self.scenario.sources[usize::from(request.source)].payload_kb;
        self.enqueue(queue, request, payload_kb, Trail::default());
    }

    /// A message is sent to a queue: one request to SQS, and more for a large one.
    pub(super) fn enqueue(&mut self, queue: u16, request: &Request, payload_kb: u32, trail: Trail) {
        if payload_kb > self.scenario.rules.sqs_message_kb {
            let node = self.scenario.queues[usize::from(queue)].node;
            return self.count_at(node, NodeCounter::RefusedTooLarge, request.arrived);
        }
        self.bill_sqs(queue, sqs_requests(u64::from(payload_kb) * BYTES_PER_KB));
        self.put_in(queue, request, payload_kb, trail);
    }

    /// Adds requests to SQS that a queue's owner pays for.
    pub(super) fn bill_sqs(&mut self, queue: u16, requests: u64) {
        self.network.sqs.queues[usize::from(queue)].requests += requests * u64::from(self.measures(self.now));
    }

    /// A message is in the queue.
    fn put_in(&mut self, at: u16, request: &Request, payload_kb: u32, trail: Trail) {
        let queue = self.scenario.queues[usize::from(at)];
        if self.network.held() >= self.scenario.max_messages {
            return self.stop(RunOutcome::MessageBudget);
        }
        let Request { source, number, arrived, .. } = *request;
        let draw = || Stream::new(self.seed, Purpose::MessageGroup, source.into()).draw(number);
        let group = if queue.groups == 0 { 0 } else { draw().below(queue.groups) };
        let node = &mut self.network.nodes[usize::from(queue.node)];
        node.entered += u64::from(arrived >= self.window.0);
        node.hold();
        if self.recorder.on() {
            self.recorder.event(self.now, queue.function, TimelineKind::Entered { node: queue.node, source, request: number });
        }
        let sqs = &mut self.network.sqs;
        sqs.serials += 1;
        let message = Message {
            queue: at,
            source,
            number,
            arrived,
            serial: sqs.serials,
            payload_kb,
            trail,
            group,
            receives: 0,
            hidden: false,
            held: false,
            shown_at: self.now,
        };
        let expires_at = arrived.saturating_add(queue.retention.us());
        let place = sqs.messages.add(message);
        if sqs.queues[usize::from(at)].add(place, &message, expires_at < self.scenario.end.us()) {
            self.network.timers.set(expires_at.max(self.now), Timer::ExpireMessages(at));
        }
        // The next microsecond, so that what is sent at one moment is received together.
        self.wake_readers(at, self.now + 1);
    }

    /// The mappings of a queue look at it.
    fn wake_readers(&mut self, queue: u16, at: u64) {
        for mapping in 0..self.scenario.mappings.len() {
            if self.scenario.mappings[mapping].queue == queue {
                self.wake(mapping as u16, at);
            }
        }
    }

    /// Messages whose visibility timeout has passed come back, or are moved away for good.
    pub(crate) fn show_messages(&mut self, at: u16) {
        let queue = self.scenario.queues[usize::from(at)];
        loop {
            let sqs = &mut self.network.sqs;
            let state = &mut sqs.queues[usize::from(at)];
            let ticket = match state.next_shown(self.now, &sqs.messages) {
                Ok(ticket) => ticket,
                Err(next) => {
                    if let Some(next) = next {
                        self.network.timers.set(next, Timer::ShowMessages(at));
                    }
                    return self.wake_readers(at, self.now);
                }
            };
            if queue.dead_letter_queue.is_some() && u32::from(ticket.receives) >= queue.max_receives {
                self.redrive(ticket.place, &queue, Exit::Redriven);
            } else if let Some(message) = sqs.messages.get_mut(ticket.place) {
                (message.hidden, message.shown_at) = (false, self.now);
                state.show(ticket, message.group);
            }
            if self.is_over() {
                return;
            }
        }
    }

    /// Takes a message out for good and moves it to the dead-letter queue, if there is one; SQS does so by itself, and bills nothing.
    pub(super) fn redrive(&mut self, place: u32, queue: &Queue, exit: Exit) {
        let Some(message) = self.take_out(place, exit) else { return };
        let Message { source, number, arrived, payload_kb, trail, .. } = message;
        let counter = if queue.dead_letter_queue.is_some() { NodeCounter::SentToDeadLetterQueue } else { NodeCounter::Dropped };
        self.count_at(queue.node, counter, arrived);
        let request = Request { source, function: 0, number, attempt: 1, arrived };
        match queue.dead_letter_queue {
            Some(Target::Queue(queue)) => self.put_in(queue, &request, payload_kb, trail),
            Some(Target::Destination(node)) => self.keep(node, &request),
            Some(Target::Function(_) | Target::Stream(_)) | None => {}
        }
    }

    /// Messages past their retention are deleted, whoever works on them.
    pub(crate) fn expire_messages(&mut self, at: u16) {
        let retention_us = self.scenario.queues[usize::from(at)].retention.us();
        loop {
            let sqs = &mut self.network.sqs;
            match sqs.queues[usize::from(at)].next_expired(self.now, retention_us, &sqs.messages) {
                Ok(place) => {
                    self.take_out(place, Exit::Expired);
                }
                Err(next) => {
                    if let Some(next) = next {
                        self.network.timers.set(next, Timer::ExpireMessages(at));
                    }
                    return self.wake_readers(at, self.now);
                }
            }
        }
    }

    /// A message leaves its queue for good.
    pub(super) fn take_out(&mut self, place: u32, exit: Exit) -> Option<Message> {
        let sqs = &mut self.network.sqs;
        let message = sqs.messages.remove(place)?;
        if message.hidden {
            sqs.queues[usize::from(message.queue)].unhide(message.group);
        }
        let queue = self.scenario.queues[usize::from(message.queue)];
        let node = &mut self.network.nodes[usize::from(queue.node)];
        node.let_go();
        if message.arrived >= self.window.0 {
            node.exits[exit as usize] += 1;
            if exit == Exit::Delivered {
                node.age.record(self.now - message.arrived);
            }
        }
        if self.recorder.on() {
            let kind = TimelineKind::Left { node: queue.node, source: message.source, request: message.number, exit };
            self.recorder.event(self.now, queue.function, kind);
        }
        Some(message)
    }
}
