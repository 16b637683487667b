//! Reads a timeline in order of time and moves what it tells of from box to box.
//!
//! The timeline does not say which messages a batch has: they stay in their queue until it says that they left, and the batch travels
//! by itself. Nor does it say which request an event that a function sent follows from: it comes from the only place that sends
//! there, and where there are several, it appears.

use super::journey::{Journey, Journeys, Look, Tally};
use super::layout::{Part, PathMap};
use coldstart_sim::{
    AttemptRecord, AttemptResult, Exit, NodeKind, NodeReport, Outcome, ThrottleCause, Timeline, TimelineEvent, TimelineKind,
};
use std::collections::{BTreeMap, BTreeSet};

type Token = (u16, u64);

/// Something that the timeline tells of.
#[derive(Clone, Copy)]
enum Fact<'t> {
    Event(&'t TimelineEvent),
    Refused(&'t AttemptRecord, ThrottleCause),
    Began(&'t AttemptRecord),
    Ended(&'t AttemptRecord, Outcome),
}

/// All facts with their moments. At one moment, what ends comes first, then what comes in, what is refused, what leaves, what begins.
fn facts(timeline: &Timeline) -> Vec<(u64, u8, Fact<'_>)> {
    let mut facts = Vec::new();
    for event in &timeline.events {
        use TimelineKind::{Arrived, Batched, Duplicated, Entered};
        let comes = matches!(event.kind, Arrived { .. } | Batched { .. } | Duplicated { .. } | Entered { .. });
        facts.push((event.at_us, if comes { 1 } else { 3 }, Fact::Event(event)));
    }
    for attempt in &timeline.attempts {
        let at_us = attempt.started_us;
        match attempt.result {
            AttemptResult::Throttled { cause } => facts.push((at_us, 2, Fact::Refused(attempt, cause))),
            AttemptResult::Ran { sandbox_us, init_us, duration_us, outcome, .. } => {
                let lasts_us = sandbox_us + init_us + duration_us;
                facts.push((at_us, 4, Fact::Began(attempt)));
                facts.push((at_us + lasts_us, if lasts_us == 0 { 5 } else { 0 }, Fact::Ended(attempt, outcome)));
            }
        }
    }
    facts.sort_by_key(|(at_us, order, _)| (*at_us, *order));
    facts
}

struct Reader<'r> {
    map: &'r PathMap,
    /// Boxes of the report's nodes.
    nodes: Vec<Option<usize>>,
    senders: usize,
    functions: usize,
    travel_us: u64,
    /// The last attempt of each.
    last: BTreeMap<Token, u16>,
    known: BTreeMap<Token, usize>,
    /// How many mappings are through with a record.
    readers: BTreeMap<usize, usize>,
    /// What has been given up.
    given_up: BTreeSet<Token>,
    read: Journeys,
    now: u64,
}

/// Reads the ways of a run. `travel_us` is the simulated time that a dot is drawn on a way, in microseconds.
#[must_use]
pub fn read(map: &PathMap, timeline: &Timeline, nodes: &[NodeReport], travel_us: u64) -> Journeys {
    let place = |node: &NodeReport| match node.kind {
        // Their rows have their sources' ids.
        NodeKind::FrontDoor | NodeKind::EventSource => map.sender(&node.id),
        kind => map.node(&node.id, kind),
    };
    let mut last = BTreeMap::<Token, u16>::new();
    for attempt in &timeline.attempts {
        let most = last.entry((attempt.source, attempt.request)).or_default();
        *most = attempt.attempt.max(*most);
    }
    let mut reader = Reader {
        map,
        nodes: nodes.iter().map(place).collect(),
        senders: map.senders,
        functions: map.boxes.iter().filter(|one| matches!(one.part, Part::Function(_))).count(),
        travel_us: travel_us.max(1),
        last,
        known: BTreeMap::new(),
        readers: BTreeMap::new(),
        given_up: BTreeSet::new(),
        read: Journeys { tallies: vec![Tally::default(); map.boxes.len()], ..Journeys::default() },
        now: 0,
    };
    for (at_us, _, fact) in facts(timeline) {
        reader.now = at_us;
        reader.fact(fact);
    }
    reader.read.finish(map)
}

impl Reader<'_> {
    fn fact(&mut self, fact: Fact<'_>) {
        match fact {
            Fact::Event(event) => self.event(event),
            Fact::Refused(attempt, cause) => self.refused(attempt, cause),
            Fact::Began(attempt) => self.began(attempt),
            Fact::Ended(attempt, outcome) => self.ended(attempt, outcome),
        }
    }

    fn event(&mut self, event: &TimelineEvent) {
        let function = usize::from(event.function);
        match event.kind {
            TimelineKind::Arrived { source, request } => self.arrived((source, request), function),
            TimelineKind::Duplicated { node, source, request } => {
                self.node(node).into_iter().for_each(|at| self.comes((source, request), Some(at), at));
            }
            TimelineKind::Entered { node, source, request } => {
                let Some(to) = self.node(node) else { return };
                let from = self.journey((source, request)).map(|journey| journey.place());
                let sender = usize::from(source);
                // What is sent to a queue or a stream is recorded when it is there, and not before.
                if from.is_none() && sender < self.senders {
                    self.tally(sender, |tally| &mut tally.came);
                    self.tally(sender, |tally| &mut tally.went);
                    self.tally(sender, |tally| &mut tally.done);
                }
                self.comes((source, request), self.map.origin(from, to), to);
            }
            TimelineKind::Batched { node, source, request, messages } => {
                let Some(to) = self.node(node) else { return };
                self.comes((source, request), self.map.origin(None, to), to);
                self.journey((source, request)).into_iter().for_each(|journey| journey.batch = messages);
            }
            TimelineKind::Called { node, source, request } => self.called((source, request), self.map.function(function), self.node(node)),
            TimelineKind::Answered { node, source, request, status, .. } => {
                let look = if (200..400).contains(&status) { Look::Back } else { Look::Failed };
                let door = self.node(node);
                if let Some(door) = door.filter(|door| self.place((source, request)).is_some_and(|place| place != *door)) {
                    self.go((source, request), door, look, 0);
                }
            }
            TimelineKind::Waits { node, source, request, .. } => self.waits((source, request), self.node(node)),
            TimelineKind::Left { node, source, request, exit } => {
                let token = (source, request);
                self.node(node).into_iter().for_each(|at| self.left(token, at, exit, function));
            }
            _ => {}
        }
    }

    fn arrived(&mut self, token: Token, function: usize) {
        let source = usize::from(token.0);
        if source < self.senders {
            self.comes(token, Some(source), source);
            if let Some(queue) = self.hands_over(source) {
                // Whoever sends an event has done its part; what goes to a queue or a stream is told when it is there.
                self.tally(source, |tally| &mut tally.went);
                self.tally(source, |tally| &mut tally.done);
                if self.is(queue, NodeKind::AsynchronousQueue) {
                    self.comes(token, Some(source), queue);
                }
            }
        } else if source < self.senders + self.functions {
            self.queue_of(function).into_iter().for_each(|queue| self.comes(token, self.map.origin(None, queue), queue));
        }
    }

    /// Something comes to a box, from another one if that is known.
    fn comes(&mut self, token: Token, from: Option<usize>, to: usize) {
        self.tally(to, |tally| &mut tally.came);
        if !self.known.contains_key(&token) {
            self.known.insert(token, self.read.journeys.len());
            self.begin(from.unwrap_or(to));
        }
        if self.place(token) != Some(to) {
            let look =
                if self.place(token).is_some_and(|place| self.is_queue(place)) && self.is_queue(to) { Look::Failed } else { Look::Ahead };
            self.go(token, to, look, 0);
        }
    }

    fn begin(&mut self, start: usize) {
        self.read.journeys.push(Journey { born_us: self.now, start, batch: 0, legs: Vec::new(), ends_us: None });
    }

    fn refused(&mut self, attempt: &AttemptRecord, cause: ThrottleCause) {
        let token = (attempt.source, attempt.request);
        let Some(to) = self.map.function(attempt.function.into()) else { return };
        self.tally(to, |tally| &mut tally.refused);
        if self.place(token).is_some_and(|place| place != to) {
            self.go(token, to, Look::Bounce(Some(cause)), attempt.attempt);
        }
        if self.is_direct(token) && self.is_last(attempt) {
            self.settle(token, usize::from(token.0), false);
        }
    }

    fn began(&mut self, attempt: &AttemptRecord) {
        let token = (attempt.source, attempt.request);
        let Some(to) = self.map.function(attempt.function.into()) else { return };
        self.tally(to, |tally| &mut tally.came);
        if !self.known.contains_key(&token) {
            self.known.insert(token, self.read.journeys.len());
            let sender = Some(usize::from(token.0)).filter(|sender| *sender < self.senders);
            self.begin(self.map.origin(sender, to).unwrap_or(to));
        }
        if self.place(token) != Some(to) {
            self.go(token, to, Look::Ahead, attempt.attempt);
        }
    }

    fn ended(&mut self, attempt: &AttemptRecord, outcome: Outcome) {
        let token = (attempt.source, attempt.request);
        let Some(function) = self.map.function(attempt.function.into()) else { return };
        let well = outcome == Outcome::Success;
        self.tally(function, |tally| &mut tally.went);
        self.tally(function, |tally| if well { &mut tally.done } else { &mut tally.failed });
        let look = if well { Look::Back } else { Look::Failed };
        if self.place(token).is_some_and(|place| self.is(place, NodeKind::Dependency)) {
            self.go(token, function, look, 0);
        }
        let mapping = self.map.before(function).find(|at| self.is_mapping(*at) && self.came_by(token, *at));
        let back = if self.is_direct(token) { Some(usize::from(token.0)) } else { mapping };
        let Some(back) = back.filter(|_| self.place(token) == Some(function)) else { return };
        self.go(token, back, look, 0);
        if self.is_mapping(back) && !self.is_last(attempt) {
            self.tally(back, |tally| if well { &mut tally.done } else { &mut tally.failed });
        } else if self.is_last(attempt) {
            self.settle(token, back, well);
        }
    }

    fn called(&mut self, token: Token, function: Option<usize>, to: Option<usize>) {
        let Some(to) = to else { return };
        self.tally(to, |tally| &mut tally.came);
        if function.is_some() && self.place(token) == function {
            self.go(token, to, Look::Ahead, 0);
        }
    }

    fn waits(&mut self, token: Token, queue: Option<usize>) {
        let (Some(queue), Some(place)) = (queue, self.place(token)) else { return };
        if self.is(queue, NodeKind::AsynchronousQueue) && place != queue {
            self.go(token, queue, Look::Failed, 0);
        } else if queue < self.senders && place == queue {
            let next = self.map.edges.iter().find(|edge| edge.0 == queue && self.is(edge.1, NodeKind::AsynchronousQueue));
            if let Some((_, next)) = next.copied() {
                self.go(token, next, Look::Bounce(None), 0);
            }
        }
    }

    fn left(&mut self, token: Token, at: usize, exit: Exit, function: usize) {
        if exit == Exit::Kept {
            return self.kept(token, at, self.map.function(function));
        }
        let well = exit == Exit::Delivered;
        if exit.is_failure() && !self.is(at, NodeKind::Dependency) {
            self.given_up.insert(token);
        }
        if self.is(at, NodeKind::StreamMapping) {
            return self.read_by(token, at, well);
        }
        self.tally(at, |tally| &mut tally.went);
        if well {
            self.tally(at, |tally| &mut tally.done);
        } else if exit.is_failure() {
            self.tally(at, |tally| &mut tally.failed);
        }
        let Some(place) = self.place(token) else { return };
        let called = self.map.function(function).filter(|_| place == at && self.is(at, NodeKind::Dependency));
        if let Some(called) = called {
            return self.go(token, called, if well { Look::Back } else { Look::Failed }, 0);
        }
        if at < self.senders && well && !self.is(at, NodeKind::FrontDoor) {
            return self.queue_of(function).into_iter().for_each(|queue| self.comes(token, Some(at), queue));
        }
        let worked_on = Some(place) == self.map.function(function) && self.is(at, NodeKind::AsynchronousQueue);
        if worked_on && !well {
            self.go(token, at, Look::Failed, 0);
        }
        if place == at || worked_on {
            self.end(token);
        }
    }

    /// A mapping is through with a record, which stays in the stream until the last one is.
    fn read_by(&mut self, token: Token, mapping: usize, well: bool) {
        let Some(stream) = self.map.before(mapping).next() else { return };
        let readers = self.map.edges.iter().filter(|edge| edge.0 == stream).count();
        let Some(at) = self.known.get(&token).copied() else { return };
        let seen = self.readers.entry(at).or_default();
        *seen += 1;
        if *seen >= readers {
            self.tally(stream, |tally| &mut tally.went);
            self.tally(stream, |tally| if well { &mut tally.done } else { &mut tally.failed });
            if self.place(token) == Some(stream) {
                self.end(token);
            }
        }
    }

    /// Something is where it stays.
    fn kept(&mut self, token: Token, to: usize, function: Option<usize>) {
        let place = self.place(token);
        let leads = |from: Option<usize>| from.filter(|from| self.map.edges.contains(&(*from, to)));
        self.tally(to, |tally| &mut tally.came);
        if let Some(sent_by) = leads(function).filter(|sent_by| place.is_some() && leads(place).is_none() && place != Some(*sent_by)) {
            // The function's caller has its answer already: what the function wrote is something of its own.
            self.begin(sent_by);
            let travel_us = self.travel_us;
            let now = self.now;
            return self.read.journeys.last_mut().into_iter().for_each(|journey| journey.go(now, to, Look::Ahead, 0, travel_us));
        }
        if let Some(from) = self.map.origin(None, to).filter(|_| place.is_none()) {
            self.known.insert(token, self.read.journeys.len());
            self.begin(from);
        }
        self.go(token, to, if self.given_up.contains(&token) { Look::Failed } else { Look::Ahead }, 0);
    }
}

impl Reader<'_> {
    fn node(&self, place: u16) -> Option<usize> {
        self.nodes.get(usize::from(place)).copied().flatten()
    }

    fn is(&self, at: usize, kind: NodeKind) -> bool {
        self.map.boxes.get(at).is_some_and(|one| one.part == Part::Node(kind))
    }

    fn is_mapping(&self, at: usize) -> bool {
        self.is(at, NodeKind::QueueMapping) || self.is(at, NodeKind::StreamMapping)
    }

    fn is_queue(&self, at: usize) -> bool {
        self.is(at, NodeKind::StandardQueue) || self.is(at, NodeKind::FifoQueue)
    }

    fn queue_of(&self, function: usize) -> Option<usize> {
        let id = &self.map.boxes.get(self.map.function(function)?)?.id;
        self.map.node(id, NodeKind::AsynchronousQueue)
    }

    /// The queue or the stream that a plain sender leaves its requests with.
    fn hands_over(&self, source: usize) -> Option<usize> {
        let is_plain = self.map.boxes.get(source).is_some_and(|one| one.part == Part::Sender);
        let leads = self.map.edges.iter().find(|edge| edge.0 == source && self.map.boxes[edge.1].part.is_tube());
        leads.filter(|_| is_plain).map(|edge| edge.1)
    }

    /// Whether its sender calls the function and waits, with nothing in between.
    fn is_direct(&self, token: Token) -> bool {
        let source = usize::from(token.0);
        let is_plain = self.map.boxes.get(source).is_some_and(|one| one.part == Part::Sender) && source < self.senders;
        is_plain && self.hands_over(source).is_none() && !self.nodes.contains(&Some(source))
    }

    fn is_last(&self, attempt: &AttemptRecord) -> bool {
        self.last.get(&(attempt.source, attempt.request)).is_none_or(|last| attempt.attempt >= *last)
    }

    fn journey(&mut self, token: Token) -> Option<&mut Journey> {
        self.known.get(&token).and_then(|at| self.read.journeys.get_mut(*at))
    }

    fn place(&self, token: Token) -> Option<usize> {
        self.known.get(&token).and_then(|at| self.read.journeys.get(*at)).map(Journey::place)
    }

    /// Whether its way led through a box.
    fn came_by(&self, token: Token, at: usize) -> bool {
        let journey = self.known.get(&token).and_then(|place| self.read.journeys.get(*place));
        journey.is_some_and(|journey| journey.start == at || journey.legs.iter().any(|leg| leg.to == at))
    }

    fn go(&mut self, token: Token, to: usize, look: Look, attempt: u16) {
        let (now, travel_us) = (self.now, self.travel_us);
        self.journey(token).into_iter().for_each(|journey| journey.go(now, to, look, attempt, travel_us));
    }

    fn end(&mut self, token: Token) {
        let now = self.now;
        self.journey(token).into_iter().for_each(|journey| journey.end(now));
    }

    /// A caller has its last answer, or a mapping is through with a batch.
    fn settle(&mut self, token: Token, at: usize, well: bool) {
        self.tally(at, |tally| &mut tally.went);
        self.tally(at, |tally| if well { &mut tally.done } else { &mut tally.failed });
        self.end(token);
    }

    fn tally(&mut self, at: usize, list: impl Fn(&mut Tally) -> &mut Vec<u64>) {
        let now = self.now;
        self.read.tallies.get_mut(at).into_iter().for_each(|tally| list(tally).push(now));
    }
}
