//! The graph: its nodes, and the edges between them by place.

use super::mapping::is_of_stream;
use crate::report::NodeKind;
use crate::scenario::Scenario;
use crate::spec::{AsynchronousSpec, DestinationKindSpec, FunctionSpec, ScenarioSpec, SourceKindSpec, SourceSpec, StreamKindSpec};
use crate::time::SimDuration;
use serde::{Deserialize, Serialize};

/// Something that takes events in and keeps an account of them: a row of [`crate::Report::nodes`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Node {
    pub(crate) id: String,
    pub(crate) kind: NodeKind,
}

/// Where an edge leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Target {
    /// An asynchronous invocation of the function at this place.
    Function(u16),
    /// The end: the destination that is this node.
    Destination(u16),
    /// The queue at this place.
    Queue(u16),
    /// The stream at this place: only what a handler sends itself goes there.
    Stream(u16),
}

/// How a function handles its events. Only functions that something sends events to have this.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Asynchronous {
    /// Its internal queue.
    pub(crate) node: u16,
    pub(crate) max_retries: u32,
    pub(crate) max_age: SimDuration,
    pub(crate) dead_letter_queue: Option<Target>,
    pub(crate) on_success: Option<Target>,
    pub(crate) on_failure: Option<Target>,
    pub(crate) duplicate_rate: f64,
    pub(crate) system_error_rate: f64,
}

/// How a source's requests reach their target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Delivery {
    /// The sender calls the function and waits.
    Direct,
    /// The sender leaves an event with the function's queue.
    Asynchronous,
    /// The sender calls by way of a front door.
    Door,
    /// The sender is an event source, which hands its events to Lambda by its own rules.
    EventSource,
    /// The sender leaves a message with the queue at this place.
    Queue(u16),
    /// The sender writes a record to the stream at this place.
    Stream(u16),
}

/// A function, a destination and, in time, whatever else an edge can name. Edges to what does not exist are the validator's.
pub(super) fn target(spec: &ScenarioSpec, nodes: &[Node], id: &str) -> Option<Target> {
    if let Some(function) = spec.functions.iter().position(|function| function.id == id) {
        return Some(Target::Function(function as u16));
    }
    if let Some(queue) = queue_place(spec, id) {
        return Some(Target::Queue(queue));
    }
    if let Some(stream) = spec.streams.iter().position(|stream| stream.id == id) {
        return Some(Target::Stream(stream as u16));
    }
    let destination = nodes.iter().position(|node| node.id == id && is_destination(node.kind))?;
    Some(Target::Destination(destination as u16))
}

fn queue_place(spec: &ScenarioSpec, id: &str) -> Option<u16> {
    spec.queues.iter().position(|queue| queue.id == id).map(|place| place as u16)
}

const fn is_destination(kind: NodeKind) -> bool {
    matches!(kind, NodeKind::QueueDestination | NodeKind::TopicDestination | NodeKind::EventBusDestination | NodeKind::BucketDestination)
}

/// All nodes: the internal queues of functions, then destinations, front doors and event sources in the order of the sources, queues,
/// streams, mappings and dependencies.
pub(super) fn nodes(spec: &ScenarioSpec) -> Vec<Node> {
    let queues = spec.functions.iter().filter(|function| receives_events(spec, &function.id));
    let queues = queues.map(|function| Node { id: function.id.clone(), kind: NodeKind::AsynchronousQueue });
    let kind = |kind| match kind {
        DestinationKindSpec::Queue => NodeKind::QueueDestination,
        DestinationKindSpec::Topic => NodeKind::TopicDestination,
        DestinationKindSpec::EventBus => NodeKind::EventBusDestination,
        DestinationKindSpec::Bucket => NodeKind::BucketDestination,
    };
    let destinations = spec.destinations.iter().map(|one| (&one.id, kind(one.kind)));
    let standard = |fifo| if fifo { NodeKind::FifoQueue } else { NodeKind::StandardQueue };
    let sqs = spec.queues.iter().map(|one| (&one.id, standard(one.fifo)));
    let streams = spec
        .streams
        .iter()
        .map(|one| (&one.id, if one.kind == StreamKindSpec::Kinesis { NodeKind::KinesisStream } else { NodeKind::DynamoDbStream }));
    let mapping = |of_stream| if of_stream { NodeKind::StreamMapping } else { NodeKind::QueueMapping };
    let mappings = spec.mappings.iter().map(|one| (&one.id, mapping(is_of_stream(spec, one))));
    let dependencies = spec.dependencies.iter().map(|one| (&one.id, NodeKind::Dependency));
    let node = |(id, kind): (&String, NodeKind)| Node { id: id.clone(), kind };
    let behind = sqs.chain(streams).chain(mappings).chain(dependencies).map(node);
    queues.chain(destinations.map(node)).chain(super::senders::nodes(spec)).chain(behind).collect()
}

/// Whether something invokes the function asynchronously: a source, or a function that names it as a destination.
pub(crate) fn receives_events(spec: &ScenarioSpec, id: &str) -> bool {
    let by_source = |kind: &SourceKindSpec| matches!(kind, SourceKindSpec::Asynchronous) || kind.is_event_source();
    let leads_here = |edge: &Option<String>| edge.as_deref() == Some(id);
    spec.sources.iter().any(|source| source.target == id && by_source(&source.kind))
        || spec.functions.iter().any(|f| leads_here(&f.asynchronous.on_success) || leads_here(&f.asynchronous.on_failure))
        || spec.functions.iter().any(|f| f.sends.iter().any(|sent| sent == id))
}

impl Asynchronous {
    pub(super) fn build(spec: &ScenarioSpec, nodes: &[Node], function: &FunctionSpec) -> Option<Self> {
        let node = nodes.iter().position(|node| node.id == function.id && node.kind == NodeKind::AsynchronousQueue)?;
        let AsynchronousSpec { dead_letter_queue, on_success, on_failure, .. } = &function.asynchronous;
        let edge = |id: &Option<String>| id.as_ref().and_then(|id| target(spec, nodes, id));
        Some(Self {
            node: node as u16,
            max_retries: function.asynchronous.max_retry_attempts,
            max_age: SimDuration::from_s(function.asynchronous.max_event_age_s),
            dead_letter_queue: edge(dead_letter_queue),
            on_success: edge(on_success),
            on_failure: edge(on_failure),
            duplicate_rate: function.asynchronous.duplicate_rate,
            system_error_rate: function.asynchronous.system_error_rate,
        })
    }
}

impl Delivery {
    pub(super) fn of(source: &SourceSpec, spec: &ScenarioSpec, has_door: bool) -> Self {
        if let Some(queue) = queue_place(spec, &source.target) {
            return Self::Queue(queue);
        }
        if let Some(stream) = spec.streams.iter().position(|stream| stream.id == source.target) {
            return Self::Stream(stream as u16);
        }
        let kind = &source.kind;
        match kind {
            SourceKindSpec::Asynchronous => Self::Asynchronous,
            _ if kind.is_event_source() => Self::EventSource,
            _ if has_door => Self::Door,
            _ => Self::Direct,
        }
    }
}

impl Scenario {
    /// The caller number under which a function is invoked with events that came from other nodes, or that are delivered twice: the
    /// numbers after those of the sources.
    pub(crate) fn relay(&self, function: u16) -> u16 {
        self.sources.len() as u16 + function
    }

    /// The caller number under which a mapping calls its function with batches: the numbers after those of the relays.
    pub(crate) fn batches_of(&self, mapping: u16) -> u16 {
        self.relay(self.functions.len() as u16) + mapping
    }

    /// Whether what this caller sends keeps its request id when it is tried again: what lies in Lambda's own queue does.
    pub(crate) fn keeps_request_ids(&self, caller: u16) -> bool {
        match self.sources.get(usize::from(caller)) {
            Some(source) => matches!(source.delivery, Delivery::Asynchronous | Delivery::EventSource),
            None => caller < self.batches_of(0),
        }
    }

    /// The functions that are called by others than sources: a relay for each, then the mappings of queues and those of
    /// streams. None where nothing but sources sends.
    pub(crate) fn relays(&self) -> Vec<usize> {
        let used = if self.has_events() { self.functions.len() } else { 0 };
        let of_queues = self.mappings.iter().map(|mapping| mapping.function);
        let of_streams = self.readers.iter().map(|reader| reader.function);
        (0..used).chain(of_queues.chain(of_streams).map(usize::from)).collect()
    }

    /// Whether it has more in it than functions that only do their work, and sources that call them.
    #[must_use]
    pub fn uses_network(&self) -> bool {
        self.has_events() || self.functions.iter().any(|function| function.behaviour.is_some())
    }

    /// Whether anything is handed over to a queue.
    pub(crate) fn has_events(&self) -> bool {
        self.sources.iter().any(|source| source.delivery != Delivery::Direct)
            || !self.mappings.is_empty()
            || !self.readers.is_empty()
            || self.functions.iter().any(|function| function.is_staged())
    }
}
