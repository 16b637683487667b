//! What the graph shape has besides: timers, jobs, and what its nodes hold and count.

use super::calls::Calls;
use super::queues::Queues;
use super::streams::Streams;
use super::{Engine, Shape, Slab, Timers};
use crate::histogram::DenseHistogram;
use crate::metrics::Emitted;
use crate::model::asynchronous::AsyncEvent;
use crate::model::event_source::Parcel;
use crate::model::front_door::{Call, Quotas};
use crate::recorder::Recorder;
use crate::report::{Exit, NodeCounter, NodeReport};
use crate::scenario::Scenario;

/// What an environment is working on, where it is more than a caller's request: it decides where the result goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Job {
    /// The asynchronous event at this place.
    Event(u32),
    /// The call through a front door at this place.
    Call(u32),
    /// The batch of a mapping at this place.
    Batch(u32),
    /// The piece of this lane of this mapping of a stream.
    Lane(u16, u16),
}

/// The job of each environment, by its slot.
#[derive(Clone, Default)]
pub(crate) struct Jobs(Vec<Option<Job>>);

impl Jobs {
    pub(crate) fn begin(&mut self, slot: u32, job: Job) {
        let slot = slot as usize;
        if self.0.len() <= slot {
            self.0.resize(slot + 1, None);
        }
        self.0[slot] = Some(job);
    }

    pub(crate) fn end(&mut self, slot: u32) -> Option<Job> {
        self.0.get_mut(slot as usize)?.take()
    }
}

/// One node at work.
#[derive(Clone)]
pub(crate) struct NodeState {
    pub(crate) entered: u64,
    pub(crate) duplicated: u64,
    pub(crate) exits: [u64; Exit::ALL.len()],
    pub(crate) counters: [u64; NodeCounter::ALL.len()],
    held: u64,
    held_max: u64,
    pub(crate) age: DenseHistogram,
    /// Answers by status, by rising status.
    statuses: Vec<(u32, u64)>,
    /// Bytes of streamed answers that are paid for.
    pub(crate) streamed_bytes: u128,
}

impl NodeState {
    fn new() -> Self {
        Self {
            entered: 0,
            duplicated: 0,
            exits: [0; Exit::ALL.len()],
            counters: [0; NodeCounter::ALL.len()],
            held: 0,
            held_max: 0,
            age: DenseHistogram::new(),
            statuses: Vec::new(),
            streamed_bytes: 0,
        }
    }

    /// Counts an answer.
    pub(crate) fn answered(&mut self, status: u32) {
        match self.statuses.binary_search_by_key(&status, |(one, _)| *one) {
            Ok(at) => self.statuses[at].1 += 1,
            Err(at) => self.statuses.insert(at, (status, 1)),
        }
    }

    pub(crate) const fn held(&self) -> u64 {
        self.held
    }

    pub(crate) fn hold(&mut self) {
        self.held += 1;
        self.held_max = self.held_max.max(self.held);
    }

    pub(crate) fn let_go(&mut self) {
        self.held -= 1;
    }
}

/// Everything that only the graph shape uses; empty in the others.
#[derive(Clone)]
pub(crate) struct Network {
    pub(crate) timers: Timers,
    pub(crate) jobs: Jobs,
    pub(crate) nodes: Vec<NodeState>,
    /// Asynchronous events, waiting or being worked on.
    pub(crate) events: Slab<AsyncEvent>,
    /// Events on their way from a source to Lambda.
    pub(crate) parcels: Slab<Parcel>,
    /// Invocations that front doors called for.
    pub(crate) calls: Slab<Call>,
    pub(crate) quotas: Quotas,
    pub(crate) sqs: Queues,
    pub(crate) streams: Streams,
    pub(crate) outbound: Calls,
}

impl Network {
    pub(crate) fn new(scenario: &Scenario, seed: u64) -> Self {
        let nodes = if scenario.has_events() { scenario.nodes.len() } else { 0 };
        Self {
            timers: Timers::new(scenario.end.us()),
            jobs: Jobs::default(),
            nodes: (0..nodes).map(|_| NodeState::new()).collect(),
            events: Slab::default(),
            parcels: Slab::default(),
            calls: Slab::default(),
            quotas: Quotas::new(scenario),
            sqs: Queues::new(scenario),
            streams: Streams::new(scenario, seed),
            outbound: Calls::new(scenario, seed),
        }
    }

    /// Events and messages held by all nodes together, which the budget bounds.
    pub(crate) fn held(&self) -> u32 {
        self.events.len() + self.parcels.len() + self.calls.len() + self.sqs.messages.len() + self.streams.held
    }
}

impl<S: Shape, R: Recorder> Engine<S, R> {
    /// Whether the report covers what arrived at this time.
    pub(crate) const fn measures(&self, arrived: u64) -> bool {
        arrived >= self.window.0
    }

    /// Adds one to a node's counter for something that arrived at `arrived`.
    pub(crate) fn count_at(&mut self, node: u16, counter: NodeCounter, arrived: u64) {
        if self.measures(arrived) {
            self.network.nodes[usize::from(node)].counters[counter as usize] += 1;
        }
    }

    /// Tells CloudWatch, if anybody reads that.
    pub(crate) fn emit(&mut self, metric: Emitted, place: u16, value: u64) {
        if self.recorder.on() {
            self.recorder.emit(self.now, metric, place, value);
        }
    }

    /// Rows of the report. What is in flight is looked for among what is held, and not worked out from the other numbers.
    pub(crate) fn node_reports(&mut self) -> Vec<NodeReport> {
        let mut in_flight = vec![0; self.network.nodes.len()];
        self.add_events_in_flight(&mut in_flight);
        self.add_parcels_in_flight(&mut in_flight);
        self.add_outbound_in_flight(&mut in_flight);
        self.add_calls_in_flight(&mut in_flight);
        self.network.sqs.in_flight(&self.scenario, self.window.0, &mut in_flight);
        self.network.streams.in_flight(&self.scenario, self.window.0, &mut in_flight);
        let mut iterator_ages = vec![0; in_flight.len()];
        for (state, reader) in self.network.streams.readers.iter().zip(&self.scenario.readers) {
            iterator_ages[usize::from(reader.node)] = state.iterator_age_max_us;
        }
        let nodes = self.network.nodes.iter_mut().zip(&self.scenario.nodes).zip(in_flight).zip(iterator_ages);
        nodes
            .map(|(((state, node), in_flight), iterator_age_max_us)| NodeReport {
                id: node.id.clone(),
                kind: node.kind,
                entered: state.entered,
                duplicated: state.duplicated,
                exits: state.exits,
                in_flight,
                counters: state.counters,
                statuses: std::mem::take(&mut state.statuses),
                held_max: state.held_max,
                iterator_age_max_us,
                age: state.age.file_all(),
            })
            .collect()
    }
}
