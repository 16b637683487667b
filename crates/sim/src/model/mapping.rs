//! Event source mappings of queues: pollers receive messages, gather batches and call the function with them.
//!
//! A batch is sent when it is full, has 6 MB, or its window is over (facts H19). The number of batches at once starts at five and grows
//! while messages wait; each failed one takes one away (facts H4, H13; by how much is a choice). What failed stays in the queue, hidden
//! until its visibility timeout passes. A throttled batch is tried again until then. Batches from a FIFO queue are of one message group.

use super::asynchronous::passed_on;
use super::attempt::Attempted;
use crate::bill::{poller_billed_ms, sqs_requests};
use crate::engine::{Batch, BatchWork, Engine, Job, Message, Request, Shape, Ticket, Timer, Trail};
use crate::metrics::Emitted;
use crate::recorder::Recorder;
use crate::report::{BillLineKind, Exit, NodeCounter, Outcome};
use crate::rng::{Draw, Purpose, Stream};
use crate::scenario::Mapping;
use crate::timeline::TimelineKind;
use crate::usage::AccountUsage;
use coldstart_facts::{
    MAPPING_PAYLOAD_MAX_MB, MAPPING_RETRY_WAIT_MAX_MS, MAPPING_RETRY_WAIT_MIN_MS, RECURSION_ROUNDS, SQS_LONG_POLL_MS, SQS_MESSAGES_PER_CALL,
};
use std::cmp::Reverse;

const BYTES_PER_KB: u64 = 1_024;
pub(super) const PAYLOAD_MAX_KB: u32 = MAPPING_PAYLOAD_MAX_MB * 1_024;

/// How long a mapping waits before it tries a batch again that has not gone through `times` times.
pub(super) const fn retry_wait_us(times: u16) -> u64 {
    let doubled = MAPPING_RETRY_WAIT_MIN_MS.saturating_mul(2_u64.saturating_pow(times.saturating_sub(1) as u32));
    (if doubled < MAPPING_RETRY_WAIT_MAX_MS { doubled } else { MAPPING_RETRY_WAIT_MAX_MS }) * 1_000
}

impl<S: Shape, R: Recorder> Engine<S, R> {
    /// Polls a mapping at `time`, unless it is polled before anyway and will see then what there is to do.
    pub(super) fn wake(&mut self, mapping: u16, time: u64) {
        let wakes = &mut self.network.sqs.mappings[usize::from(mapping)].wakes;
        if time < u64::MAX && wakes.last().is_none_or(|wake| *wake > time) {
            wakes.push(time);
            self.network.timers.set(time, Timer::Poll(mapping));
        }
    }

    /// A mapping does all that it can do now.
    pub(crate) fn poll(&mut self, at: u16) {
        let now = self.now;
        let wakes = &mut self.network.sqs.mappings[usize::from(at)].wakes;
        while wakes.pop_if(|wake| *wake <= now).is_some() {}
        self.settle(at);
        while let Some(place) = self.next_throttled(at) {
            self.try_again(at, place);
        }
        while let Some(batch) = self.gather(at) {
            self.send_batch(batch);
            if self.is_over() {
                return;
            }
        }
        self.plan(at);
    }

    fn settle(&mut self, at: u16) {
        let pollers = &self.scenario.mappings[usize::from(at)].pollers;
        self.network.sqs.mappings[usize::from(at)].settle(self.now, pollers, self.window);
    }

    /// Sets the next poll: for the end of a window, for a throttled batch, or for growth.
    fn plan(&mut self, at: u16) {
        let mapping = &self.scenario.mappings[usize::from(at)];
        let sqs = &mut self.network.sqs;
        let state = &mut sqs.mappings[usize::from(at)];
        state.grows = state.open.is_none() && sqs.queues[usize::from(mapping.queue)].next_group(&sqs.messages).is_some();
        let window = state.open.as_ref().map_or(u64::MAX, |batch| batch.deadline);
        let again = state.throttled.peek().map_or(u64::MAX, |Reverse((time, _))| *time);
        let next = window.min(again).min(state.next_step(&mapping.pollers));
        self.wake(at, next);
    }

    /// Receives what there is. Returns the batch, if it is to be sent.
    fn gather(&mut self, at: u16) -> Option<Batch> {
        let mapping = self.scenario.mappings[usize::from(at)];
        let queue = self.scenario.queues[usize::from(mapping.queue)];
        let mut batch = match self.network.sqs.mappings[usize::from(at)].open.take() {
            Some(batch) => batch,
            None => self.open_batch(at, &mapping)?,
        };
        let until = self.now + queue.visibility.us();
        let mut is_full = false;
        while batch.tickets.len() < mapping.batch_size {
            let sqs = &mut self.network.sqs;
            let state = &mut sqs.queues[usize::from(mapping.queue)];
            let Some(message) = state.peek(batch.group, &sqs.messages).copied() else { break };
            is_full = !batch.tickets.is_empty() && batch.payload_kb + message.payload_kb > PAYLOAD_MAX_KB;
            if is_full {
                break;
            }
            let Some((ticket, is_first)) = state.receive(batch.group, until, &mut sqs.messages) else { break };
            if is_first {
                self.network.timers.set(until, Timer::ShowMessages(mapping.queue));
            }
            self.count_received(&mapping, queue.node, &message);
            self.emit(Emitted::PolledEventCount, mapping.node, 1);
            if self.is_filtered(at, &mapping, &message) {
                self.emit(Emitted::FilteredOutEventCount, mapping.node, 1);
                self.take_out(ticket.place, Exit::Filtered);
                self.leave_mapping(mapping.node, message.arrived, Exit::Filtered);
                continue;
            }
            let visits = u32::from(message.trail[usize::from(mapping.function)]);
            if visits >= RECURSION_ROUNDS && !self.scenario.functions[usize::from(mapping.function)].allow_loops {
                self.emit(Emitted::RecursiveInvocationsDropped, mapping.function, 1);
                self.redrive(ticket.place, &queue, Exit::LoopStopped);
                self.leave_mapping(mapping.node, message.arrived, Exit::LoopStopped);
                continue;
            }
            if batch.tickets.is_empty() {
                batch.hidden_until = until;
            }
            batch.trail.iter_mut().zip(message.trail).for_each(|(most, own)| *most = own.max(*most));
            batch.payload_kb += message.payload_kb;
            batch.tickets.push(ticket);
        }
        is_full |= batch.tickets.len() >= mapping.batch_size || batch.payload_kb >= PAYLOAD_MAX_KB;
        if batch.tickets.is_empty() {
            self.network.sqs.spare.push(batch.tickets);
            return None;
        }
        if is_full || self.now >= batch.deadline {
            return Some(batch);
        }
        self.network.sqs.mappings[usize::from(at)].open = Some(batch);
        None
    }

    /// A new batch, if there is a message for it and the mapping may have one more.
    fn open_batch(&mut self, at: u16, mapping: &Mapping) -> Option<Batch> {
        let now = self.now;
        let sqs = &mut self.network.sqs;
        let queue = &mut sqs.queues[usize::from(mapping.queue)];
        let group = queue.next_group(&sqs.messages)?;
        let first = *queue.peek(group, &sqs.messages)?;
        let state = &mut sqs.mappings[usize::from(at)];
        let mut window_us = mapping.window.us();
        if state.is_quiet(now) {
            state.start_anew(&mapping.pollers);
            let share = self.draw_of(Purpose::LowTraffic, at, &first, 1).unit();
            window_us = window_us.max((share * mapping.low_traffic_wait.us() as f64) as u64);
        }
        let state = &self.network.sqs.mappings[usize::from(at)];
        if state.busy() >= state.allowed() {
            return None;
        }
        // The poll came a microsecond after the message.
        let opened = if first.shown_at + 1 == now { first.shown_at } else { now };
        let source = self.scenario.batches_of(at);
        let request = Request { source, function: mapping.function.into(), number: 0, attempt: 1, arrived: now };
        let deadline = opened + window_us;
        let tickets = self.network.sqs.spare.pop().unwrap_or_default();
        Some(Batch { mapping: at, tickets, payload_kb: 0, group, deadline, hidden_until: 0, request, trail: Trail::default() })
    }

    /// The mapping has one more message, and the queue sees it received.
    fn count_received(&mut self, mapping: &Mapping, queue: u16, message: &Message) {
        let node = &mut self.network.nodes[usize::from(mapping.node)];
        node.hold();
        node.entered += u64::from(message.arrived >= self.window.0);
        if message.held {
            self.count_at(queue, NodeCounter::ReceivedAgain, message.arrived);
        }
    }

    fn is_filtered(&self, at: u16, mapping: &Mapping, message: &Message) -> bool {
        mapping.filtered_rate > 0.0 && self.draw_of(Purpose::MessageFilter, at, message, 1).unit() < mapping.filtered_rate
    }

    /// A draw of a message in a mapping.
    fn draw_of(&self, purpose: Purpose, mapping: u16, message: &Message, attempt: u16) -> Draw {
        let entity = u64::from(mapping) << 16 | u64::from(message.source);
        Stream::new(self.seed, purpose, entity).draw_attempt(message.number, attempt)
    }

    /// The batch is complete: it is paid for, and gets its number and its work.
    fn send_batch(&mut self, mut batch: Batch) {
        let at = batch.mapping;
        let mapping = self.scenario.mappings[usize::from(at)];
        let in_order = self.scenario.queues[usize::from(mapping.queue)].groups > 0;
        let mut stopped = false;
        let mut call_kb = 0;
        let mut requests = 0;
        for place in 0..batch.tickets.len() {
            let ticket = batch.tickets[place];
            let Some(message) = ticket.message(&self.network.sqs.messages) else { continue };
            let poisonous = mapping.poison_rate > 0.0 && self.draw_of(Purpose::MessagePoison, at, message, 1).unit() < mapping.poison_rate;
            let fails = poisonous
                || mapping.error_rate > 0.0
                    && self.draw_of(Purpose::MessageError, at, message, ticket.receives).unit() < mapping.error_rate;
            // In order, nothing is handled after what has failed.
            stopped |= fails && in_order;
            batch.tickets[place].fails = fails || stopped;
            if batch.request.number == 0 {
                let first = Request { source: message.source, number: message.number, ..batch.request };
                let way = 1 << 49 | u64::from(ticket.receives) << 17 | u64::from(batch.request.source);
                batch.request.number = passed_on(&first, way);
            }
            call_kb += u64::from(message.payload_kb);
            if (place + 1) % SQS_MESSAGES_PER_CALL as usize == 0 {
                requests += sqs_requests(std::mem::take(&mut call_kb) * BYTES_PER_KB);
            }
        }
        if call_kb > 0 {
            requests += sqs_requests(call_kb * BYTES_PER_KB);
        }
        self.bill_sqs(mapping.queue, requests);
        batch.request.arrived = self.now;
        let Request { source, number, function, .. } = batch.request;
        self.functions[function].tally.requests += u64::from(self.measures(self.now));
        if self.recorder.on() {
            self.recorder.event(self.now, mapping.function, TimelineKind::Arrived { source, request: number });
            let messages = batch.tickets.len() as u32;
            self.recorder.event(
                self.now,
                mapping.function,
                TimelineKind::Batched { node: mapping.node, source, request: number, messages },
            );
        }
        let place = self.network.sqs.batches.add(batch);
        self.call_with(at, place);
    }

    /// Calls the function with a batch.
    fn call_with(&mut self, at: u16, place: u32) {
        let mapping = self.scenario.mappings[usize::from(at)];
        let Some(batch) = self.network.sqs.batches.get(place) else { return };
        let (request, hidden_until, mut trail) = (batch.request, batch.hidden_until, batch.trail);
        let fails = !mapping.partial && batch.tickets.iter().any(|ticket| ticket.fails);
        let (extra_us, messages) = (mapping.message.us() * batch.tickets.len() as u64, batch.tickets.len() as u64);
        self.sources[usize::from(request.source)].batch = BatchWork { extra_us, fails };
        self.count_at(mapping.node, NodeCounter::Attempts, request.arrived);
        let visits = &mut trail[usize::from(mapping.function)];
        *visits = visits.saturating_add(1);
        self.network.outbound.trail = trail;
        let attempted = self.attempt(request);
        self.network.outbound.trail = Trail::default();
        match attempted {
            Attempted::Runs { slot } => {
                self.network.jobs.begin(slot, Job::Batch(place));
                self.emit(Emitted::InvokedEventCount, mapping.node, messages);
                self.network.sqs.mappings[usize::from(at)].running += 1;
            }
            Attempted::Refused => {
                self.count_at(mapping.node, NodeCounter::Throttles, request.arrived);
                let state = &mut self.network.sqs.mappings[usize::from(at)];
                state.back_off(&mapping.pollers);
                // A batch may have been gathered for longer than its messages stay hidden.
                let again = (self.now + retry_wait_us(request.attempt)).min(hidden_until).max(self.now);
                state.throttled.push(Reverse((again, place)));
                if let Some(batch) = self.network.sqs.batches.get_mut(place) {
                    batch.request.attempt = request.attempt.saturating_add(1);
                }
            }
            Attempted::Stopped => {}
        }
    }

    /// A throttled batch that is due.
    fn next_throttled(&mut self, at: u16) -> Option<u32> {
        if self.is_over() {
            return None;
        }
        let throttled = &mut self.network.sqs.mappings[usize::from(at)].throttled;
        let due = throttled.peek().is_some_and(|Reverse((time, _))| *time <= self.now);
        if due { throttled.pop().map(|Reverse((_, place))| place) } else { None }
    }

    /// Tries a throttled batch again, unless its messages have come back by now.
    fn try_again(&mut self, at: u16, place: u32) {
        let is_late = self.network.sqs.batches.get(place).is_none_or(|batch| self.now >= batch.hidden_until);
        if is_late { self.end_batch(at, place, None) } else { self.call_with(at, place) }
    }

    /// The function has run with a batch.
    pub(crate) fn batch_finished(&mut self, place: u32, outcome: Outcome) {
        let Some(batch) = self.network.sqs.batches.get(place) else { return };
        let (at, arrived) = (batch.mapping, batch.request.arrived);
        self.settle(at);
        let mapping = &self.scenario.mappings[usize::from(at)];
        let state = &mut self.network.sqs.mappings[usize::from(at)];
        state.running -= 1;
        let succeeded = outcome == Outcome::Success;
        if !succeeded {
            state.back_off(&mapping.pollers);
            let node = mapping.node;
            self.count_at(node, NodeCounter::FunctionErrors, arrived);
        }
        self.end_batch(at, place, Some(succeeded));
        self.wake(at, self.now);
    }

    /// The batch is over: its messages are deleted, or left to the queue. The function has run with it and `succeeded`, or never did.
    fn end_batch(&mut self, at: u16, place: u32, succeeded: Option<bool>) {
        let (ran, succeeded) = (succeeded.is_some(), succeeded.unwrap_or(false));
        let Some(mut batch) = self.network.sqs.batches.remove(place) else { return };
        let mapping = self.scenario.mappings[usize::from(at)];
        let mut deleted = 0_u64;
        for ticket in batch.tickets.drain(..) {
            // Without partial responses a success, be it of a handler that swallows errors, is one of all messages.
            let is_handled = succeeded && !(ticket.fails && mapping.partial);
            deleted += u64::from(is_handled);
            if succeeded && !is_handled {
                self.count_at(mapping.node, NodeCounter::ItemFailures, ticket.arrived);
            }
            let exit = self.let_go(&mapping, ticket, is_handled);
            if exit == Exit::Delivered {
                self.emit(Emitted::DeletedEventCount, mapping.node, 1);
            } else if ran && !is_handled {
                self.emit(Emitted::FailedInvokeEventCount, mapping.node, 1);
            }
            self.leave_mapping(mapping.node, ticket.arrived, exit);
        }
        self.network.sqs.spare.push(batch.tickets);
        self.bill_sqs(mapping.queue, deleted.div_ceil(SQS_MESSAGES_PER_CALL.into()));
        let state = &mut self.network.sqs.mappings[usize::from(at)];
        if state.busy() == 0 {
            state.idle_since = self.now;
        }
    }

    /// The mapping deletes a message, or leaves it hidden until it comes back. A receipt that is out of date does nothing.
    fn let_go(&mut self, mapping: &Mapping, ticket: Ticket, is_handled: bool) -> Exit {
        let Some(message) = ticket.message(&self.network.sqs.messages) else { return Exit::Returned };
        if is_handled {
            self.take_out(ticket.place, Exit::Delivered);
            return Exit::Delivered;
        }
        let message = *message;
        if let Some(message) = self.network.sqs.messages.get_mut(ticket.place) {
            message.held = false;
        }
        if self.recorder.on() && message.hidden {
            let queue = &self.scenario.queues[usize::from(message.queue)];
            let Message { source, number, shown_at, .. } = message;
            let kind = TimelineKind::Waits { node: queue.node, source, request: number, until_us: shown_at };
            self.recorder.event(self.now, mapping.function, kind);
        }
        Exit::Returned
    }

    fn leave_mapping(&mut self, node: u16, arrived: u64, exit: Exit) {
        let measured = self.measures(arrived);
        let node = &mut self.network.nodes[usize::from(node)];
        node.let_go();
        node.exits[exit as usize] += u64::from(measured);
        if measured && exit == Exit::Delivered {
            node.age.record(self.now - arrived);
        }
    }

    /// What queues and mappings cost: settles what goes on by the clock, so it comes at the end.
    pub(crate) fn add_queue_usage(&mut self, usage: &mut AccountUsage) {
        for at in 0..self.scenario.mappings.len() {
            let mapping = self.scenario.mappings[at];
            let now = self.now.max(self.window.1);
            let state = &mut self.network.sqs.mappings[at];
            state.settle(now, &mapping.pollers, self.window);
            let polls = state.waited_us / (SQS_LONG_POLL_MS * 1_000);
            self.network.nodes[usize::from(mapping.node)].counters[NodeCounter::EmptyPolls as usize] = polls;
            self.network.sqs.queues[usize::from(mapping.queue)].requests += polls;
            if mapping.pollers.provisioned {
                let minimum_ms = poller_billed_ms(self.window.1) * u64::from(mapping.pollers.waiting[0]);
                let ms = minimum_ms + poller_billed_ms(state.extra_poller_us);
                usage.add(&self.scenario.nodes[usize::from(mapping.node)].id, BillLineKind::SqsPoller, ms.into());
            }
        }
        for (queue, state) in self.scenario.queues.iter().zip(&self.network.sqs.queues) {
            let kind = if queue.groups > 0 { BillLineKind::SqsFifo } else { BillLineKind::SqsStandard };
            usage.add(&self.scenario.nodes[usize::from(queue.node)].id, kind, state.requests.into());
        }
        self.stream_usage(usage);
    }
}
