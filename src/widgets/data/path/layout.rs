//! The parts of a scenario as boxes in columns, from the senders on, and the ways between them.

use coldstart_sim::spec::{SourceKindSpec, SourceSpec, StreamKindSpec};
use coldstart_sim::{NodeKind, ScenarioSpec};

/// Most boxes that can be told apart.
pub const BOXES_MAX: usize = 12;

/// What a box is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A sender that has no rules of its own.
    Sender,
    /// The function at this place.
    Function(usize),
    /// What has a row in the report's account. A front door and an event source stand for their sender too.
    Node(NodeKind),
}

impl Part {
    /// Whether things lie in it one behind the other.
    #[must_use]
    pub const fn is_tube(self) -> bool {
        match self {
            Self::Node(kind) => kind.is_queue() || kind.is_stream() || matches!(kind, NodeKind::AsynchronousQueue),
            Self::Sender | Self::Function(_) => false,
        }
    }

    /// Whether what comes here stays.
    #[must_use]
    pub const fn is_end(self) -> bool {
        use NodeKind::{BucketDestination, EventBusDestination, QueueDestination, TopicDestination};
        matches!(self, Self::Node(QueueDestination | TopicDestination | EventBusDestination | BucketDestination))
    }
}

/// One box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathBox {
    /// Its id in the scenario.
    pub id: String,
    /// What it is.
    pub part: Part,
    /// Its column, from 0.
    pub column: usize,
}

/// Boxes and the ways between them, by the boxes' places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathMap {
    /// The boxes: senders first, in the order of the scenario.
    pub boxes: Vec<PathBox>,
    /// From where to where, each once.
    pub edges: Vec<(usize, usize)>,
    /// How many of the boxes are senders.
    pub senders: usize,
}

impl PathMap {
    /// The map of a scenario, however large.
    #[must_use]
    pub fn new(spec: &ScenarioSpec) -> Self {
        let mut map = Self { boxes: boxes(spec), edges: Vec::new(), senders: spec.sources.len() };
        map.lead(spec);
        map.rank();
        map
    }

    /// Whether there are more boxes than can be told apart.
    #[must_use]
    pub fn is_crowded(&self) -> bool {
        self.boxes.len() > BOXES_MAX
    }

    /// How many columns there are.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.boxes.iter().map(|one| one.column + 1).max().unwrap_or(0)
    }

    /// The box of this function.
    #[must_use]
    pub fn function(&self, place: usize) -> Option<usize> {
        self.boxes.iter().position(|one| one.part == Part::Function(place))
    }

    /// The box of this source.
    #[must_use]
    pub fn sender(&self, id: &str) -> Option<usize> {
        self.boxes.iter().take(self.senders).position(|one| one.id == id)
    }

    /// The box of a node of the report.
    #[must_use]
    pub fn node(&self, id: &str, kind: NodeKind) -> Option<usize> {
        self.boxes.iter().position(|one| one.part == Part::Node(kind) && one.id == id)
    }

    /// Where the ways to a box begin.
    pub fn before(&self, to: usize) -> impl Iterator<Item = usize> + '_ {
        self.edges.iter().filter(move |edge| edge.1 == to).map(|edge| edge.0)
    }

    /// Where whoever comes from `from` sets out to a box: from there, or from the only place from which a way leads.
    #[must_use]
    pub fn origin(&self, from: Option<usize>, to: usize) -> Option<usize> {
        let mut before = self.before(to);
        match from.filter(|from| self.edges.contains(&(*from, to))) {
            Some(from) => Some(from),
            None => before.next().filter(|_| before.next().is_none()).or(from),
        }
    }

    /// The box where what is sent to this id comes in: a function that takes events has a queue before it.
    fn entry(&self, id: &str) -> Option<usize> {
        let is_entry = |one: &PathBox| {
            let kind = if let Part::Node(kind) = one.part { kind } else { return false };
            one.id == id && (kind == NodeKind::AsynchronousQueue || one.part.is_tube() || one.part.is_end())
        };
        self.boxes.iter().position(is_entry)
    }

    fn named(&self, id: &str, wanted: impl Fn(Part) -> bool) -> Option<usize> {
        self.boxes.iter().position(|one| one.id == id && wanted(one.part))
    }

    fn edge(&mut self, from: Option<usize>, to: Option<usize>) {
        if let Some(edge) = from.zip(to).filter(|edge| edge.0 != edge.1 && !self.edges.contains(edge)) {
            self.edges.push(edge);
        }
    }

    fn lead(&mut self, spec: &ScenarioSpec) {
        let is_function = |part| matches!(part, Part::Function(_));
        let is_mapping = |part| matches!(part, Part::Node(kind) if kind.is_mapping());
        for (at, source) in spec.sources.iter().enumerate() {
            let waits =
                source.kind == SourceKindSpec::Synchronous || source.kind.is_door() || matches!(source.kind, SourceKindSpec::Ping { .. });
            let function = self.named(&source.target, is_function).filter(|_| waits);
            self.edge(Some(at), function.or_else(|| self.entry(&source.target)));
            let undelivered = source.delivery.dead_letter_queue.as_deref().and_then(|id| self.entry(id));
            self.edge(Some(at), undelivered);
        }
        for queue in &spec.queues {
            let dead = queue.dead_letter_queue.as_deref().and_then(|id| self.entry(id));
            self.edge(self.entry(&queue.id), dead);
        }
        for mapping in &spec.mappings {
            let own = self.named(&mapping.id, is_mapping);
            self.edge(self.entry(&mapping.source), own);
            self.edge(own, self.named(&mapping.target, is_function));
            self.edge(own, mapping.on_failure.as_deref().and_then(|id| self.entry(id)));
        }
        for (place, function) in spec.functions.iter().enumerate() {
            let own = self.function(place);
            let queue = self.node(&function.id, NodeKind::AsynchronousQueue);
            self.edge(queue, own);
            let events = &function.asynchronous;
            for id in [&events.dead_letter_queue, &events.on_success, &events.on_failure].into_iter().flatten() {
                self.edge(queue, self.entry(id));
            }
            for call in &function.calls {
                self.edge(own, self.named(&call.to, |part| part == Part::Node(NodeKind::Dependency)));
            }
            for id in &function.sends {
                self.edge(own, self.entry(id));
            }
        }
    }

    /// Each box comes after all that lead to it, as far as that goes in a circle; what leads nowhere comes last.
    fn rank(&mut self) {
        let begins: Vec<usize> = (0..self.boxes.len()).filter(|at| self.before(*at).next().is_none()).collect();
        // More boxes than can be drawn need no columns, and their ways could be beyond counting.
        if self.is_crowded() {
            return;
        }
        for at in begins {
            self.push(at, 0, &mut Vec::new());
        }
        let last = self.boxes.iter().map(|one| one.column).max().unwrap_or(0);
        for at in 0..self.boxes.len() {
            let leads = self.edges.iter().any(|edge| edge.0 == at);
            let one = &mut self.boxes[at];
            if !leads && !matches!(one.part, Part::Sender | Part::Function(_)) && one.column > 0 {
                one.column = last;
            }
        }
    }

    fn push(&mut self, at: usize, column: usize, way: &mut Vec<usize>) {
        if way.contains(&at) {
            return;
        }
        self.boxes[at].column = self.boxes[at].column.max(column);
        way.push(at);
        let next: Vec<usize> = self.edges.iter().filter(|edge| edge.0 == at).map(|edge| edge.1).collect();
        next.into_iter().for_each(|to| self.push(to, column + 1, way));
        way.pop();
    }
}

fn boxes(spec: &ScenarioSpec) -> Vec<PathBox> {
    let queue_kind = |fifo| if fifo { NodeKind::FifoQueue } else { NodeKind::StandardQueue };
    let stream_kind = |kind| if kind == StreamKindSpec::Kinesis { NodeKind::KinesisStream } else { NodeKind::DynamoDbStream };
    let mapping_kind = |source: &str| {
        let of_stream = spec.streams.iter().any(|stream| stream.id == source);
        if of_stream { NodeKind::StreamMapping } else { NodeKind::QueueMapping }
    };
    let senders = spec.sources.iter().map(|one| (&one.id, sender(spec, one)));
    let queues = spec.queues.iter().map(|one| (&one.id, Part::Node(queue_kind(one.fifo))));
    let streams = spec.streams.iter().map(|one| (&one.id, Part::Node(stream_kind(one.kind))));
    let mappings = spec.mappings.iter().map(|one| (&one.id, Part::Node(mapping_kind(&one.source))));
    let events = spec.functions.iter().filter(|one| takes_events(spec, &one.id));
    let events = events.map(|one| (&one.id, Part::Node(NodeKind::AsynchronousQueue)));
    let functions = spec.functions.iter().enumerate().map(|(place, one)| (&one.id, Part::Function(place)));
    let dependencies = spec.dependencies.iter().map(|one| (&one.id, Part::Node(NodeKind::Dependency)));
    let ends = spec.destinations.iter().map(|one| (&one.id, Part::Node(destination(one.kind))));
    let all = senders.chain(queues).chain(streams).chain(mappings).chain(events).chain(functions).chain(dependencies).chain(ends);
    all.map(|(id, part)| PathBox { id: id.clone(), part, column: 0 }).collect()
}

fn sender(spec: &ScenarioSpec, source: &SourceSpec) -> Part {
    let calls = spec.functions.iter().any(|function| function.id == source.target);
    match &source.kind {
        kind if calls && kind.is_door() => Part::Node(NodeKind::FrontDoor),
        kind if calls && kind.is_event_source() => Part::Node(NodeKind::EventSource),
        _ => Part::Sender,
    }
}

const fn destination(kind: coldstart_sim::spec::DestinationKindSpec) -> NodeKind {
    use coldstart_sim::spec::DestinationKindSpec as Kind;
    match kind {
        Kind::Queue => NodeKind::QueueDestination,
        Kind::Topic => NodeKind::TopicDestination,
        Kind::EventBus => NodeKind::EventBusDestination,
        Kind::Bucket => NodeKind::BucketDestination,
    }
}

/// Whether something invokes the function asynchronously.
fn takes_events(spec: &ScenarioSpec, id: &str) -> bool {
    let by_source = |kind: &SourceKindSpec| matches!(kind, SourceKindSpec::Asynchronous) || kind.is_event_source();
    let leads_here = |edge: &Option<String>| edge.as_deref() == Some(id);
    spec.sources.iter().any(|source| source.target == id && by_source(&source.kind))
        || spec.functions.iter().any(|f| leads_here(&f.asynchronous.on_success) || leads_here(&f.asynchronous.on_failure))
        || spec.functions.iter().any(|f| f.sends.iter().any(|sent| sent == id))
}
