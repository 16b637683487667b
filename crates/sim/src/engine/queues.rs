//! Queues and their mappings at work: who holds which message, and how many batches a mapping may have.

use super::{Request, Slab, Trail};
use crate::scenario::{Mapping, Pollers, Queue, Scenario};
use coldstart_facts::{MAPPING_QUIET_MS, SQS_POLLER_CONCURRENCY};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// A message in a queue, or out of it in a batch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Message {
    pub(crate) queue: u16,
    pub(crate) source: u16,
    pub(crate) number: u64,
    pub(crate) arrived: u64,
    /// Its place in the order of entering, over all queues.
    pub(crate) serial: u64,
    pub(crate) payload_kb: u32,
    /// How it came here.
    pub(crate) trail: Trail,
    pub(crate) group: u32,
    pub(crate) receives: u16,
    /// Whether it has been received and the visibility timeout runs.
    pub(crate) hidden: bool,
    /// Whether a batch that received it last still has it.
    pub(crate) held: bool,
    /// When it became visible, or will.
    pub(crate) shown_at: u64,
}

/// A receipt: which message, by which receive.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ticket {
    pub(crate) place: u32,
    pub(crate) receives: u16,
    /// Whether the function fails with the message.
    pub(crate) fails: bool,
    pub(crate) serial: u64,
    pub(crate) arrived: u64,
}

impl Ticket {
    fn of(place: u32, message: &Message) -> Self {
        Self { place, receives: message.receives, fails: false, serial: message.serial, arrived: message.arrived }
    }

    /// The message, if it is still there and nobody has received it since.
    pub(crate) fn message(self, messages: &Slab<Message>) -> Option<&Message> {
        messages.get(self.place).filter(|message| message.serial == self.serial && message.receives == self.receives)
    }
}

/// A message group of a FIFO queue.
#[derive(Clone, Default)]
struct Group {
    ready: VecDeque<Ticket>,
    /// Its received messages, which keep the others from being received.
    hidden: u32,
    /// Whether it is in the list of groups that can be received from.
    listed: bool,
}

/// A queue at work. A standard queue has one list of ready messages, a FIFO queue one for each group.
#[derive(Clone, Default)]
pub(crate) struct QueueState {
    ready: VecDeque<Ticket>,
    groups: Vec<Group>,
    receivable: VecDeque<u32>,
    /// Received messages, by the end of their visibility timeout; those that are gone are passed over.
    hidden: VecDeque<(u64, Ticket)>,
    /// All messages, oldest first, where the run is long enough for any to expire.
    by_age: VecDeque<Ticket>,
    /// Requests to SQS so far, as they are billed.
    pub(crate) requests: u64,
}

impl QueueState {
    fn new(queue: &Queue) -> Self {
        Self { groups: (0..queue.groups).map(|_| Group::default()).collect(), ..Self::default() }
    }

    /// A new message. Returns whether it is the oldest of those that may expire.
    pub(crate) fn add(&mut self, place: u32, message: &Message, expires: bool) -> bool {
        let ticket = Ticket::of(place, message);
        match self.groups.get_mut(message.group as usize) {
            Some(group) => group.ready.push_back(ticket),
            None => self.ready.push_back(ticket),
        }
        self.list(message.group);
        if expires {
            self.by_age.push_back(ticket);
        }
        expires && self.by_age.len() == 1
    }

    /// Puts a group on the list of those that can be received from, if it can.
    fn list(&mut self, place: u32) {
        if let Some(group) = self.groups.get_mut(place as usize)
            && !(group.listed || group.ready.is_empty() || group.hidden > 0)
        {
            group.listed = true;
            self.receivable.push_back(place);
        }
    }

    /// The group of the next message that can be received, 0 in a standard queue; none if there is no such message.
    pub(crate) fn next_group(&mut self, messages: &Slab<Message>) -> Option<u32> {
        if self.groups.is_empty() {
            return self.peek(0, messages).map(|_| 0);
        }
        while let Some(place) = self.receivable.front().copied() {
            if self.groups[place as usize].hidden == 0 && self.peek(place, messages).is_some() {
                return Some(place);
            }
            self.receivable.pop_front();
            self.groups[place as usize].listed = false;
        }
        None
    }

    /// The next message of a group.
    pub(crate) fn peek<'a>(&mut self, group: u32, messages: &'a Slab<Message>) -> Option<&'a Message> {
        let ready = self.groups.get_mut(group as usize).map_or(&mut self.ready, |group| &mut group.ready);
        while let Some(ticket) = ready.front() {
            if let Some(message) = ticket.message(messages) {
                return Some(message);
            }
            ready.pop_front();
        }
        None
    }

    /// Receives the message that [`QueueState::peek`] showed: it is hidden until `until`. Returns its receipt, and whether no other was
    /// hidden.
    pub(crate) fn receive(&mut self, group: u32, until: u64, messages: &mut Slab<Message>) -> Option<(Ticket, bool)> {
        let own = self.groups.get_mut(group as usize);
        let mut ticket = match own {
            Some(own) => {
                own.hidden += 1;
                own.ready.pop_front()
            }
            None => self.ready.pop_front(),
        }?;
        let message = messages.get_mut(ticket.place)?;
        message.receives = message.receives.saturating_add(1);
        (message.hidden, message.held, message.shown_at) = (true, true, until);
        ticket.receives = message.receives;
        self.hidden.push_back((until, ticket));
        Some((ticket, self.hidden.len() == 1))
    }

    /// A received message is gone, or visible again: its group may be received from.
    pub(crate) fn unhide(&mut self, group: u32) {
        if let Some(own) = self.groups.get_mut(group as usize) {
            own.hidden -= 1;
        }
        self.list(group);
    }

    /// The next received message whose visibility timeout has passed, or when the next one's will.
    pub(crate) fn next_shown(&mut self, now: u64, messages: &Slab<Message>) -> Result<Ticket, Option<u64>> {
        while let Some((at, ticket)) = self.hidden.front().copied() {
            let is_there = ticket.message(messages).is_some_and(|message| message.hidden);
            if is_there && at > now {
                return Err(Some(at));
            }
            self.hidden.pop_front();
            if is_there {
                return Ok(ticket);
            }
        }
        Err(None)
    }

    /// Makes a received message ready again: in a FIFO queue before all that came after it.
    pub(crate) fn show(&mut self, ticket: Ticket, group: u32) {
        match self.groups.get_mut(group as usize) {
            Some(own) => {
                let before = own.ready.partition_point(|other| other.serial < ticket.serial);
                own.ready.insert(before, ticket);
            }
            None => self.ready.push_back(ticket),
        }
        self.unhide(group);
    }

    /// The oldest message if its time is over, or when it will be.
    pub(crate) fn next_expired(&mut self, now: u64, retention_us: u64, messages: &Slab<Message>) -> Result<u32, Option<u64>> {
        while let Some(ticket) = self.by_age.front().copied() {
            let is_there = messages.get(ticket.place).is_some_and(|message| message.serial == ticket.serial);
            let at = ticket.arrived + retention_us;
            if is_there && at > now {
                return Err(Some(at));
            }
            self.by_age.pop_front();
            if is_there {
                return Ok(ticket.place);
            }
        }
        Err(None)
    }
}

/// Messages on the way to a function together.
#[derive(Clone, Debug)]
pub(crate) struct Batch {
    pub(crate) mapping: u16,
    pub(crate) tickets: Vec<Ticket>,
    pub(crate) payload_kb: u32,
    pub(crate) group: u32,
    /// When it is sent, full or not.
    pub(crate) deadline: u64,
    /// When the first of its messages is visible to others again.
    pub(crate) hidden_until: u64,
    pub(crate) request: Request,
    /// The longest way that any of its messages has come, function by function.
    pub(crate) trail: Trail,
}

/// Parts of a batch in which a mapping's growth is counted: batches a minute are parts a microsecond.
const BATCH: u64 = 60_000_000;

/// A mapping at work.
#[derive(Clone)]
pub(crate) struct MappingState {
    /// The batch that is gathered.
    pub(crate) open: Option<Batch>,
    /// Batches that the function works on.
    pub(crate) running: u32,
    /// Throttled batches, by the time of their next try.
    pub(crate) throttled: BinaryHeap<Reverse<(u64, u32)>>,
    /// Batches that it may have at once, in parts.
    level: u64,
    /// Up to when the level and what follows are accounted.
    since: u64,
    pub(crate) grows: bool,
    /// Since when it has had nothing to do.
    pub(crate) idle_since: u64,
    /// Times at which it will be polled, the next one last.
    pub(crate) wakes: Vec<u64>,
    /// Poller-microseconds of waiting on an empty queue, within the measured window.
    pub(crate) waited_us: u64,
    /// Poller-microseconds beyond the minimum, in provisioned mode.
    pub(crate) extra_poller_us: u64,
}

impl MappingState {
    fn new(mapping: &Mapping) -> Self {
        Self {
            open: None,
            running: 0,
            throttled: BinaryHeap::new(),
            level: u64::from(mapping.pollers.start) * BATCH,
            since: 0,
            grows: false,
            idle_since: 0,
            wakes: Vec::new(),
            waited_us: 0,
            extra_poller_us: 0,
        }
    }

    /// Batches that it has.
    pub(crate) fn busy(&self) -> u32 {
        self.running + self.throttled.len() as u32 + u32::from(self.open.is_some())
    }

    /// Batches that it may have.
    pub(crate) const fn allowed(&self) -> u32 {
        (self.level / BATCH) as u32
    }

    /// Accounts the time up to `now`: growth, and pollers that wait. `window` is what the report covers.
    pub(crate) fn settle(&mut self, now: u64, pollers: &Pollers, window: (u64, u64)) {
        let from = std::mem::replace(&mut self.since, now);
        let clip = |at: u64| at.clamp(window.0, window.1);
        let quiet_from = if self.busy() == 0 { self.idle_since.saturating_add(MAPPING_QUIET_MS * 1_000).clamp(from, now) } else { now };
        let free = |pollers: u32| u64::from(pollers.min(self.allowed()).saturating_sub(self.busy()));
        let waiting = [free(pollers.waiting[0]), free(pollers.waiting[1])];
        self.waited_us += (clip(quiet_from) - clip(from)) * waiting[0] + (clip(now) - clip(quiet_from)) * waiting[1];
        if pollers.provisioned {
            let extra = self.allowed().div_ceil(SQS_POLLER_CONCURRENCY) - pollers.waiting[0];
            self.extra_poller_us += (now.min(window.1) - from.min(window.1)) * u64::from(extra);
        }
        if self.grows {
            self.level = (self.level + (now - from) * u64::from(pollers.per_min)).min(u64::from(pollers.most) * BATCH);
        }
    }

    /// When it may have one batch more; never if it does not grow.
    pub(crate) fn next_step(&self, pollers: &Pollers) -> u64 {
        if !self.grows || self.allowed() >= pollers.most {
            return u64::MAX;
        }
        let missing = BATCH - self.level % BATCH;
        self.since + missing.div_ceil(pollers.per_min.into())
    }

    /// A batch failed: one less at once.
    pub(crate) fn back_off(&mut self, pollers: &Pollers) {
        let least = (u64::from(pollers.least) * BATCH).min(self.level);
        self.level = self.level.saturating_sub(BATCH).max(least);
    }

    /// Whether it has had nothing to do for so long that scaling starts anew.
    pub(crate) fn is_quiet(&self, now: u64) -> bool {
        self.busy() == 0 && now - self.idle_since >= MAPPING_QUIET_MS * 1_000
    }

    pub(crate) fn start_anew(&mut self, pollers: &Pollers) {
        self.level = u64::from(pollers.start) * BATCH;
    }
}

/// What queues and mappings hold; empty where there are none.
#[derive(Clone)]
pub(crate) struct Queues {
    pub(crate) messages: Slab<Message>,
    pub(crate) queues: Vec<QueueState>,
    pub(crate) mappings: Vec<MappingState>,
    /// Batches that are being worked on, or wait to be tried again.
    pub(crate) batches: Slab<Batch>,
    /// Lists of batches that are over, to be used again.
    pub(crate) spare: Vec<Vec<Ticket>>,
    pub(crate) serials: u64,
}

impl Queues {
    pub(crate) fn new(scenario: &Scenario) -> Self {
        Self {
            messages: Slab::default(),
            queues: scenario.queues.iter().map(QueueState::new).collect(),
            mappings: scenario.mappings.iter().map(MappingState::new).collect(),
            batches: Slab::default(),
            spare: Vec::new(),
            serials: 0,
        }
    }

    /// Adds what each node still holds of what arrived from `measured_from` on.
    pub(crate) fn in_flight(&self, scenario: &Scenario, measured_from: u64, counts: &mut [u64]) {
        for message in self.messages.iter().filter(|message| message.arrived >= measured_from) {
            counts[usize::from(scenario.queues[usize::from(message.queue)].node)] += 1;
        }
        let open = self.mappings.iter().filter_map(|mapping| mapping.open.as_ref());
        for batch in self.batches.iter().chain(open) {
            let held = batch.tickets.iter().filter(|ticket| ticket.arrived >= measured_from).count();
            counts[usize::from(scenario.mappings[usize::from(batch.mapping)].node)] += held as u64;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coldstart_facts as facts;

    const POLLERS: Pollers = Pollers {
        start: facts::SQS_CONCURRENCY_START,
        per_min: facts::SQS_CONCURRENCY_PER_MIN,
        most: facts::SQS_CONCURRENCY_MAX,
        least: facts::SQS_CONCURRENCY_QUIET,
        waiting: [facts::SQS_CONCURRENCY_START, facts::SQS_CONCURRENCY_QUIET],
        provisioned: false,
    };

    fn state() -> MappingState {
        let mapping = Mapping {
            node: 0,
            queue: 0,
            function: 0,
            batch_size: 10,
            window: crate::SimDuration(0),
            pollers: POLLERS,
            partial: false,
            message: crate::SimDuration(0),
            error_rate: 0.0,
            poison_rate: 0.0,
            filtered_rate: 0.0,
            low_traffic_wait: crate::SimDuration(0),
        };
        MappingState::new(&mapping)
    }

    /// Ground truth sqs_ramp, the rule by itself; the engine's own run of it is a proof.
    #[test]
    fn the_level_grows_in_a_straight_line() {
        let mut state = state();
        state.grows = true;
        for (at_s, batches) in [(10, 55), (60, 305), (248, 1_245), (249, 1_250), (300, 1_250)] {
            state.settle(at_s * 1_000_000, &POLLERS, (0, u64::MAX));
            assert_eq!(state.allowed(), batches, "after {at_s} s");
        }
    }

    #[test]
    fn failures_take_batches_away_and_the_next_step_is_known() {
        let mut state = state();
        (0..9).for_each(|_| state.back_off(&POLLERS));
        assert_eq!((state.allowed(), state.next_step(&POLLERS)), (2, u64::MAX));
        state.grows = true;
        assert_eq!(state.next_step(&POLLERS), 200_000);
        state.settle(150_000, &POLLERS, (0, u64::MAX));
        assert_eq!((state.allowed(), state.next_step(&POLLERS)), (2, 200_000));
    }

    #[test]
    fn pollers_wait_five_at_first_and_two_when_it_is_quiet() {
        let mut state = state();
        state.settle(50_000_000, &POLLERS, (0, 40_000_000));
        assert_eq!(state.waited_us, 20_000_000 * 5 + 20_000_000 * 2);
    }
}
