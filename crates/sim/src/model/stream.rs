//! Streams: Kinesis and DynamoDB. Each mapping reads every shard in order, one batch at a time (or as many as its parallelisation
//! factor, by partition key).
//!
//! A batch that fails is tried again, the same one, and its shard waits (facts I3): until it succeeds, its retries are used up, or its
//! records are too old. Bisecting splits it on each error, which uses up no retry (facts I6). A throttled batch uses up none either
//! (facts I14). What is given up goes to the destination on failure.

use super::asynchronous::passed_on;
use super::attempt::Attempted;
use super::mapping::{PAYLOAD_MAX_KB, retry_wait_us};
use crate::bill::{dynamodb_write_units, kinesis_put_units};
use crate::engine::{BatchWork, Engine, Job, Lane, Piece, Record, Request, Shape, Stage, Timer, Trail};
use crate::metrics::Emitted;
use crate::recorder::Recorder;
use crate::report::{BillLineKind, Exit, NodeCounter, Outcome, RunOutcome};
use crate::rng::{Purpose, Stream as Draws};
use crate::scenario::{Reader, Stream, Target};
use crate::timeline::TimelineKind;
use crate::usage::AccountUsage;
use coldstart_facts::KINESIS_RECORD_MAX_MIB;

const BYTES_PER_KB: u64 = 1_024;
const RECORD_MAX_KB: u32 = KINESIS_RECORD_MAX_MIB * 1_024;

impl<S: Shape, R: Recorder> Engine<S, R> {
    /// A source writes a record to a stream.
    pub(crate) fn write_record(&mut self, at: u16, request: &Request) {
        self.put_record(at, request, self.scenario.sources[usize::from(request.source)].payload_kb);
    }

    /// A record is put before each mapping of a stream.
    pub(super) fn put_record(&mut self, at: u16, request: &Request, payload_kb: u32) {
        let stream = self.scenario.streams[usize::from(at)];
        let Request { source, number, arrived, .. } = *request;
        if payload_kb > RECORD_MAX_KB {
            return self.count_at(stream.node, NodeCounter::RefusedTooLarge, arrived);
        }
        let measured = u64::from(self.measures(arrived));
        let bytes = u64::from(payload_kb) * BYTES_PER_KB;
        let units = if stream.is_kinesis { kinesis_put_units(bytes) } else { dynamodb_write_units(bytes) };
        self.network.streams.units[usize::from(at)] += units * measured;
        let node = &mut self.network.nodes[usize::from(stream.node)];
        node.hold();
        node.entered += measured;
        node.exits[Exit::Kept as usize] += measured;
        if self.recorder.on() {
            self.recorder.event(self.now, stream.function, TimelineKind::Entered { node: stream.node, source, request: number });
        }
        let key = self.network.streams.keys.of(source.into()).draw(number).below(stream.keys);
        let place = self.network.streams.places[usize::from(at)].draw(key.into());
        let record = Record { source, number, arrived, seen_at: 0, payload_kb, fails: false };
        for reader in 0..self.scenario.readers.len() {
            let Reader { stream: own, node, factor, .. } = self.scenario.readers[reader];
            if own != at {
                continue;
            }
            if self.network.held() >= self.scenario.max_messages {
                return self.stop(RunOutcome::MessageBudget);
            }
            self.network.streams.held += 1;
            let node = &mut self.network.nodes[usize::from(node)];
            node.hold();
            node.entered += measured;
            let shard = place.below(stream.shards);
            let lane = (shard * factor + place.next().below(factor)) as u16;
            let state = &mut self.network.streams.readers[reader].lanes[usize::from(lane)];
            let seen_at = next_poll(&stream, shard, self.now);
            state.records.push_back(Record { seen_at, ..record });
            if matches!(state.stage, Stage::Idle | Stage::Gathering) {
                self.wake_lane(reader as u16, lane, seen_at);
            }
        }
    }

    /// Looks at a lane at `time`, or earlier.
    fn wake_lane(&mut self, reader: u16, lane: u16, time: u64) {
        let state = self.lane(reader, lane);
        if time < state.wake_at {
            state.wake_at = time;
            self.network.timers.set(time, Timer::Read(reader, lane));
        }
    }

    fn lane(&mut self, reader: u16, lane: u16) -> &mut Lane {
        &mut self.network.streams.readers[usize::from(reader)].lanes[usize::from(lane)]
    }

    /// A lane is due.
    pub(crate) fn read_lane(&mut self, reader: u16, lane: u16) {
        let now = self.now;
        let state = self.lane(reader, lane);
        if state.wake_at > now {
            return;
        }
        state.wake_at = u64::MAX;
        match state.stage {
            Stage::Running => {}
            Stage::Waiting => self.call_piece(reader, lane),
            Stage::Idle | Stage::Gathering => self.gather_records(reader, lane),
        }
    }

    /// Takes up what there is; calls the function once the batch is full or its window is over.
    fn gather_records(&mut self, reader: u16, lane: u16) {
        let now = self.now;
        let own = self.scenario.readers[usize::from(reader)];
        let state = self.lane(reader, lane);
        let mut piece = state.piece.take().unwrap_or_else(|| Piece { records: std::mem::take(&mut state.spare), ..Piece::new(false) });
        let mut is_full = false;
        while let Some(record) = self.lane(reader, lane).records.front().copied().filter(|record| record.seen_at <= now) {
            let window = own.tumbling_us.map(|length| record.arrived / length);
            let state = self.lane(reader, lane);
            let is_later = window.is_some() && state.tumbling.is_some_and(|open| Some(open) != window);
            let too_large = !piece.records.is_empty() && piece.payload_kb + record.payload_kb > PAYLOAD_MAX_KB;
            is_full = is_later || too_large || piece.records.len() >= own.batch_size;
            if is_full {
                break;
            }
            state.records.pop_front();
            self.emit(Emitted::PolledEventCount, own.node, 1);
            if let Some(exit) = self.lapsed(&own, &record) {
                self.drop_records(&own, &[record], exit);
            } else if own.filtered_rate > 0.0 && self.record_draw(Purpose::MessageFilter, reader, &record, 1) < own.filtered_rate {
                self.emit(Emitted::FilteredOutEventCount, own.node, 1);
                self.leave_reader(&own, &record, Exit::Filtered);
            } else {
                let state = self.lane(reader, lane);
                if piece.records.is_empty() {
                    let closes = window.zip(own.tumbling_us).map_or(u64::MAX, |(window, length)| (window + 1) * length);
                    state.deadline = (now + own.window_us).min(closes.max(now));
                }
                state.tumbling = window;
                piece.payload_kb += record.payload_kb;
                piece.records.push(record);
            }
        }
        is_full |= piece.records.len() >= own.batch_size || piece.payload_kb >= PAYLOAD_MAX_KB;
        if piece.records.is_empty() {
            return self.rest_lane(reader, lane, &own);
        }
        let state = self.lane(reader, lane);
        state.piece = Some(piece);
        if is_full || now >= state.deadline {
            return self.call_piece(reader, lane);
        }
        state.stage = Stage::Gathering;
        let next = state.deadline.min(state.next_seen_at());
        self.wake_lane(reader, lane, next);
    }

    /// There is nothing to take up: the tumbling window is closed, now or when its time is over.
    fn rest_lane(&mut self, reader: u16, lane: u16, own: &Reader) {
        let now = self.now;
        let state = self.lane(reader, lane);
        state.stage = Stage::Idle;
        let next = state.next_seen_at();
        let open = state.tumbling.zip(own.tumbling_us);
        // The first poll after its end finds the last records of a tumbling window.
        let stream = &self.scenario.streams[usize::from(own.stream)];
        let shard = u32::from(lane) / own.factor;
        let closes = open.map_or(u64::MAX, |(window, length)| next_poll(stream, shard, (window + 1) * length - 1));
        if now < closes {
            return self.wake_lane(reader, lane, closes.min(next));
        }
        let state = self.lane(reader, lane);
        state.piece = Some(Piece::new(true));
        self.call_piece(reader, lane);
    }

    /// Calls the function with the lane's piece.
    fn call_piece(&mut self, reader: u16, lane: u16) {
        let own = self.scenario.readers[usize::from(reader)];
        let Some(mut piece) = self.lane(reader, lane).piece.take() else { return };
        let old = piece.records.iter().take_while(|record| self.lapsed(&own, record).is_some()).count();
        if old > 0 {
            let dropped: Vec<Record> = piece.records.drain(..old).collect();
            let exit = self.lapsed(&own, &dropped[0]).unwrap_or(Exit::Expired);
            self.drop_records(&own, &dropped, exit);
            piece.request = None;
        }
        if piece.records.is_empty() && !piece.is_final {
            return self.next_piece(reader, lane);
        }
        for place in 0..piece.records.len() {
            let record = piece.records[place];
            let fails = own.poison_rate > 0.0 && self.record_draw(Purpose::MessagePoison, reader, &record, 1) < own.poison_rate
                || own.error_rate > 0.0
                    && self.record_draw(Purpose::MessageError, reader, &record, piece.tries.saturating_add(1)) < own.error_rate;
            piece.records[place].fails = fails;
        }
        let is_new = piece.request.is_none();
        let first = piece.records.first().map_or((own.caller, u64::from(lane)), |record| (record.source, record.number));
        let fresh = Request { source: first.0, function: own.function.into(), number: first.1, attempt: 1, arrived: self.now };
        let tumbling = self.lane(reader, lane).tumbling.unwrap_or(0);
        let way = 1 << 50 | (piece.records.len() as u64) << 20 | u64::from(own.caller) | tumbling << 36;
        let mut request = piece.request.unwrap_or(Request { source: own.caller, number: passed_on(&fresh, way), ..fresh });
        request.attempt = piece.tries.saturating_add(1);
        piece.request = Some(request);
        if is_new {
            self.functions[request.function].tally.requests += u64::from(self.measures(self.now));
            if self.recorder.on() {
                let Request { source, number, .. } = request;
                self.recorder.event(self.now, own.function, TimelineKind::Arrived { source, request: number });
                let messages = piece.records.len() as u32;
                self.recorder.event(self.now, own.function, TimelineKind::Batched { node: own.node, source, request: number, messages });
            }
        }
        let fails = !own.partial && piece.records.iter().any(|record| record.fails);
        let extra_us = own.message_us * piece.records.len() as u64;
        if let Some(last) = piece.records.last() {
            let age = &mut self.network.streams.readers[usize::from(reader)].iterator_age_max_us;
            let last_us = self.now - last.arrived;
            *age = (*age).max(last_us);
            self.emit(Emitted::IteratorAge, own.function, last_us);
        }
        let records = piece.records.len() as u64;
        self.sources[usize::from(own.caller)].batch = BatchWork { extra_us, fails };
        self.count_at(own.node, NodeCounter::Attempts, request.arrived);
        self.lane(reader, lane).piece = Some(piece);
        match self.attempt(request) {
            Attempted::Runs { slot } => {
                self.network.jobs.begin(slot, Job::Lane(reader, lane));
                self.emit(Emitted::InvokedEventCount, own.node, records);
                self.lane(reader, lane).stage = Stage::Running;
            }
            Attempted::Refused => {
                self.count_at(own.node, NodeCounter::Throttles, request.arrived);
                self.wait_lane(reader, lane);
            }
            Attempted::Stopped => {}
        }
    }

    /// The piece waits for its next try.
    fn wait_lane(&mut self, reader: u16, lane: u16) {
        let now = self.now;
        let state = self.lane(reader, lane);
        state.stage = Stage::Waiting;
        let Some(piece) = &mut state.piece else { return };
        piece.tries = piece.tries.saturating_add(1);
        let (until, request) = (now + retry_wait_us(piece.tries), piece.request);
        if self.recorder.on()
            && let Some(Request { source, number, .. }) = request
        {
            let own = &self.scenario.readers[usize::from(reader)];
            let kind = TimelineKind::Waits { node: own.node, source, request: number, until_us: until };
            self.recorder.event(now, own.function, kind);
        }
        self.wake_lane(reader, lane, until);
    }

    /// The function has run with a lane's piece.
    pub(crate) fn piece_finished(&mut self, reader: u16, lane: u16, outcome: Outcome) {
        let own = self.scenario.readers[usize::from(reader)];
        let Some(mut piece) = self.lane(reader, lane).piece.take() else { return };
        let arrived = piece.request.map_or(0, |request| request.arrived);
        if outcome != Outcome::Success {
            self.count_at(own.node, NodeCounter::FunctionErrors, arrived);
            self.emit(Emitted::FailedInvokeEventCount, own.node, piece.records.len() as u64);
            return self.fail(reader, lane, piece);
        }
        // With partial responses a batch is done up to the first record that failed.
        let failed = piece.records.iter().position(|record| own.partial && record.fails);
        let done = failed.unwrap_or(piece.records.len());
        for record in piece.records.drain(..done) {
            self.leave_reader(&own, &record, Exit::Delivered);
        }
        for record in piece.records.iter().filter(|record| record.fails) {
            self.count_at(own.node, NodeCounter::ItemFailures, record.arrived);
            self.emit(Emitted::FailedInvokeEventCount, own.node, 1);
        }
        if !piece.records.is_empty() {
            piece.request = None;
            return self.fail(reader, lane, piece);
        }
        if piece.is_final {
            self.count_at(own.node, NodeCounter::WindowsClosed, arrived);
            self.lane(reader, lane).tumbling = None;
        }
        self.lane(reader, lane).spare = piece.records;
        self.next_piece(reader, lane);
    }

    /// The piece has failed: it is split, given up, or tried again.
    fn fail(&mut self, reader: u16, lane: u16, mut piece: Piece) {
        let own = self.scenario.readers[usize::from(reader)];
        if own.bisect && piece.records.len() > 1 {
            let arrived = piece.records[0].arrived;
            let second = piece.records.split_off(piece.records.len() / 2);
            let tries = piece.tries.saturating_add(1);
            piece.request = None;
            let retries = piece.retries;
            let second = Piece { records: second, tries, retries, ..Piece::new(false) };
            self.count_at(own.node, NodeCounter::Splits, arrived);
            let state = self.lane(reader, lane);
            state.rest.push(second);
            state.piece = Some(piece);
            return self.wait_lane(reader, lane);
        }
        if own.max_retries.is_some_and(|most| piece.retries >= most) {
            self.drop_records(&own, &piece.records, Exit::RetriesExhausted);
            if piece.is_final {
                self.lane(reader, lane).tumbling = None;
            }
            return self.next_piece(reader, lane);
        }
        piece.retries = piece.retries.saturating_add(1);
        self.lane(reader, lane).piece = Some(piece);
        self.wait_lane(reader, lane);
    }

    /// The lane goes on: with the rest of what was split, or with what has come meanwhile.
    fn next_piece(&mut self, reader: u16, lane: u16) {
        let now = self.now;
        let state = self.lane(reader, lane);
        state.piece = state.rest.pop();
        state.stage = if state.piece.is_some() { Stage::Waiting } else { Stage::Idle };
        let goes_on = state.piece.is_some() || state.tumbling.is_some();
        let next = if goes_on { now } else { state.next_seen_at().max(now) };
        self.wake_lane(reader, lane, next);
    }

    /// How a record that is too old goes.
    fn lapsed(&self, own: &Reader, record: &Record) -> Option<Exit> {
        let age = self.now - record.arrived;
        if own.max_age_us.is_some_and(|most| age > most) {
            return Some(Exit::AgeExceeded);
        }
        (age > self.scenario.streams[usize::from(own.stream)].retention_us).then_some(Exit::Expired)
    }

    /// Records are given up. One message tells the destination on failure of all of them; what the stream has trimmed is past telling.
    fn drop_records(&mut self, own: &Reader, records: &[Record], exit: Exit) {
        let Some(first) = records.first() else { return };
        self.emit(Emitted::DroppedEventCount, own.node, records.len() as u64);
        if own.on_failure.is_some() && exit != Exit::Expired {
            self.emit(Emitted::OnFailureDestinationDeliveredEventCount, own.node, records.len() as u64);
        }
        for record in records {
            self.leave_reader(own, record, exit);
        }
        let request =
            Request { source: first.source, function: own.function.into(), number: first.number, attempt: 1, arrived: first.arrived };
        match own.on_failure.filter(|_| exit != Exit::Expired) {
            Some(Target::Destination(node)) => {
                self.count_at(own.node, NodeCounter::SentOnFailure, first.arrived);
                self.keep(node, &request);
            }
            Some(Target::Queue(queue)) => {
                self.count_at(own.node, NodeCounter::SentOnFailure, first.arrived);
                self.enqueue(queue, &Request { source: own.caller, arrived: self.now, ..request }, 1, Trail::default());
            }
            Some(Target::Function(_) | Target::Stream(_)) | None => {
                records.iter().for_each(|record| self.count_at(own.node, NodeCounter::Dropped, record.arrived));
            }
        }
    }

    fn leave_reader(&mut self, own: &Reader, record: &Record, exit: Exit) {
        self.network.streams.held -= 1;
        let node = &mut self.network.nodes[usize::from(own.node)];
        node.let_go();
        if record.arrived >= self.window.0 {
            node.exits[exit as usize] += 1;
            if exit == Exit::Delivered {
                node.age.record(self.now - record.arrived);
            }
        }
        if self.recorder.on() {
            let kind = TimelineKind::Left { node: own.node, source: record.source, request: record.number, exit };
            self.recorder.event(self.now, own.function, kind);
        }
    }

    fn record_draw(&self, purpose: Purpose, reader: u16, record: &Record, attempt: u16) -> f64 {
        let entity = 1 << 32 | u64::from(reader) << 16 | u64::from(record.source);
        Draws::new(self.seed, purpose, entity).draw_attempt(record.number, attempt).unit()
    }

    /// What streams cost: shards by the clock, records by their size.
    pub(super) fn stream_usage(&self, usage: &mut AccountUsage) {
        for (stream, units) in self.scenario.streams.iter().zip(&self.network.streams.units) {
            let id = &self.scenario.nodes[usize::from(stream.node)].id;
            if stream.is_kinesis {
                let shard_ms = u128::from(stream.shards) * u128::from(self.window.1.div_ceil(1_000));
                usage.add(id, BillLineKind::KinesisShards, shard_ms);
            }
            let kind = if stream.is_kinesis { BillLineKind::KinesisPuts } else { BillLineKind::DynamoDbWrites };
            usage.add(id, kind, (*units).into());
        }
    }
}

/// When a shard is polled next: each has its own beat.
fn next_poll(stream: &Stream, shard: u32, now: u64) -> u64 {
    let phase = u64::from(shard) * stream.poll_us / u64::from(stream.shards);
    let beats = (now + stream.poll_us - phase) / stream.poll_us;
    beats * stream.poll_us + phase
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_shard_has_its_beat() {
        let stream = Stream { node: 0, function: 0, shards: 4, keys: 1, is_kinesis: true, poll_us: 1_000_000, retention_us: u64::MAX };
        for (shard, now, next) in
            [(0, 0, 1_000_000), (0, 999_999, 1_000_000), (1, 0, 250_000), (1, 250_000, 1_250_000), (3, 800_000, 1_750_000)]
        {
            assert_eq!(next_poll(&stream, shard, now), next, "shard {shard} at {now}");
        }
    }
}
