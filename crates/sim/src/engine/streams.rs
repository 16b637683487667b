//! Streams at work: each mapping of one has its own place in every shard, or several with a parallelisation factor.

use super::Request;
use crate::rng::{Family, Purpose, Stream as Draws};
use crate::scenario::{Reader, Scenario};
use std::collections::VecDeque;

/// A record, as one mapping has it before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record {
    pub(crate) source: u16,
    pub(crate) number: u64,
    pub(crate) arrived: u64,
    /// When the shard's next poll finds it.
    pub(crate) seen_at: u64,
    pub(crate) payload_kb: u32,
    /// Whether the function fails with the record, at the try that is under way.
    pub(crate) fails: bool,
}

/// Records that are tried together.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) records: Vec<Record>,
    pub(crate) payload_kb: u32,
    /// Times that it, or what it was split from, did not go through: throttles too.
    pub(crate) tries: u16,
    /// Of these, those that use up retries.
    pub(crate) retries: u16,
    /// As what it calls the function, once it has.
    pub(crate) request: Option<Request>,
    /// Whether it closes a tumbling window; then it has no records.
    pub(crate) is_final: bool,
}

impl Piece {
    pub(crate) const fn new(is_final: bool) -> Self {
        Self { records: Vec::new(), payload_kb: 0, tries: 0, retries: 0, request: None, is_final }
    }
}

/// What a lane is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Stage {
    #[default]
    Idle,
    /// Its window is open.
    Gathering,
    Running,
    /// For its next try.
    Waiting,
}

/// A shard, or a part of one, as a mapping reads it: one batch at a time, in order.
#[derive(Clone, Default)]
pub(crate) struct Lane {
    /// What has not been taken up.
    pub(crate) records: VecDeque<Record>,
    pub(crate) piece: Option<Piece>,
    /// The list of a piece that is done, to be used again.
    pub(crate) spare: Vec<Record>,
    /// What the piece was split from, the next one last.
    pub(crate) rest: Vec<Piece>,
    pub(crate) stage: Stage,
    /// When the window closes.
    pub(crate) deadline: u64,
    /// The tumbling window that is open, by its number.
    pub(crate) tumbling: Option<u64>,
    /// When it is due next; `u64::MAX` for never.
    pub(crate) wake_at: u64,
}

impl Lane {
    /// When a poll finds the next record that has not been taken up; `u64::MAX` without one.
    pub(crate) fn next_seen_at(&self) -> u64 {
        self.records.front().map_or(u64::MAX, |record| record.seen_at)
    }

    /// Its records, wherever they are.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Record> {
        let pieces = self.rest.iter().chain(&self.piece).flat_map(|piece| &piece.records);
        self.records.iter().chain(pieces)
    }
}

/// A mapping of a stream at work.
#[derive(Clone)]
pub(crate) struct ReaderState {
    /// Lane `l` of shard `s` is at `s * factor + l`.
    pub(crate) lanes: Vec<Lane>,
    pub(crate) iterator_age_max_us: u64,
}

impl ReaderState {
    fn new(scenario: &Scenario, reader: &Reader) -> Self {
        let lanes = scenario.streams[usize::from(reader.stream)].shards * reader.factor;
        let lane = || Lane { wake_at: u64::MAX, ..Lane::default() };
        Self { lanes: (0..lanes).map(|_| lane()).collect(), iterator_age_max_us: 0 }
    }
}

/// What streams and their mappings hold; empty where there are none.
#[derive(Clone)]
pub(crate) struct Streams {
    pub(crate) readers: Vec<ReaderState>,
    /// Billed units written to each stream.
    pub(crate) units: Vec<u64>,
    /// Records that mappings have before them, all together.
    pub(crate) held: u32,
    /// Draws of partition keys, by source.
    pub(crate) keys: Family,
    /// Draws of each stream: where a key has its place.
    pub(crate) places: Vec<Draws>,
}

impl Streams {
    pub(crate) fn new(scenario: &Scenario, seed: u64) -> Self {
        let streams = 0..scenario.streams.len() as u64;
        Self {
            readers: scenario.readers.iter().map(|reader| ReaderState::new(scenario, reader)).collect(),
            units: vec![0; scenario.streams.len()],
            held: 0,
            keys: Family::new(seed, Purpose::PartitionKey),
            // A stream's own whatever the seed, as AWS's hash is.
            places: streams.map(|at| Draws::new(at, Purpose::PartitionKey, u64::MAX)).collect(),
        }
    }

    /// Adds what each mapping still holds of what arrived from `measured_from` on.
    pub(crate) fn in_flight(&self, scenario: &Scenario, measured_from: u64, counts: &mut [u64]) {
        for (state, reader) in self.readers.iter().zip(&scenario.readers) {
            let records = state.lanes.iter().flat_map(Lane::all);
            counts[usize::from(reader.node)] += records.filter(|record| record.arrived >= measured_from).count() as u64;
        }
    }
}
