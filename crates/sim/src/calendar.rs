//! The calendar of departures: when each busy environment ends its invocation.
//!
//! An environment has at most one departure, so its slot number is the entry: entries are small nodes linked into buckets of equal
//! width, and a two-level bitmap finds the next used bucket. Within a bucket the list is sorted by time, first in first out at equal
//! times. Entries past the horizon of one turn wait in a heap. Number and width of the buckets follow the load, so that adding and
//! taking out cost the same at ten entries and at ten thousand, and stay inside the cache.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

const NONE: u32 = u32::MAX;
const MIN_BUCKETS: usize = 64;
const MAX_BUCKETS: usize = 1 << 16;
/// Buckets for each entry: few enough to stay in the cache, so many that most have one entry or none.
const BUCKETS_PER_ENTRY: usize = 4;
/// A turn of the calendar covers this many mean delays: few entries of an exponential law are later than that.
const MEAN_DELAYS_PER_TURN: u64 = 4;
/// Steps along a bucket's list, on average, at which buckets count as too wide.
const TOO_MANY_STEPS: u64 = 4;

/// An entry. Those of a bucket form a circle from the last to the first.
#[derive(Clone, Copy)]
struct Node {
    time: u64,
    next: u32,
    tag: u32,
}

/// One departure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) time: u64,
    pub(crate) slot: u32,
    /// Whatever the caller wanted to find again.
    pub(crate) tag: u32,
}

/// A priority queue of (time, slot), first in first out at equal times. Times never lie before the last entry taken.
#[derive(Clone)]
pub(crate) struct Calendar {
    nodes: Vec<Node>,
    /// The last entry of each bucket, or [`NONE`].
    buckets: Vec<u32>,
    used: Bitmap,
    shift: u32,
    mask: u64,
    /// Time of the earliest entry, and its bucket, or [`Self::LATE`].
    next_time: u64,
    next_bucket: usize,
    late: BinaryHeap<Reverse<(u64, u64, u32)>>,
    late_time: u64,
    late_count: u64,
    len: usize,
    recent: Recent,
    /// How many are added before the next look at the width.
    patience: u64,
    /// How much narrower than by rule the buckets are, as a power of two, because times cluster.
    narrower: u32,
}

/// What was added since the last look at the width.
#[derive(Clone, Default)]
struct Recent {
    added: u64,
    delays: u64,
    steps: u64,
}

impl Calendar {
    const LATE: usize = usize::MAX;

    pub(crate) fn new() -> Self {
        Self {
            nodes: Vec::new(),
            buckets: vec![NONE; MIN_BUCKETS],
            used: Bitmap::new(MIN_BUCKETS),
            shift: 10,
            mask: MIN_BUCKETS as u64 - 1,
            next_time: u64::MAX,
            next_bucket: Self::LATE,
            late: BinaryHeap::new(),
            late_time: u64::MAX,
            late_count: 0,
            len: 0,
            recent: Recent::default(),
            patience: MIN_BUCKETS as u64,
            narrower: 0,
        }
    }

    /// Makes room for entries of `slot`. Call it once for every slot.
    pub(crate) fn make_room(&mut self, slot: u32) {
        let wanted = slot as usize + 1;
        if self.nodes.len() < wanted {
            self.nodes.resize(wanted, Node { time: 0, next: NONE, tag: 0 });
        }
    }

    /// Time of the earliest entry; `u64::MAX` when there is none.
    #[inline(always)]
    pub(crate) const fn next_time(&self) -> u64 {
        self.next_time
    }

    /// Time of the departure of `slot`, which has one.
    pub(crate) fn time_of(&self, slot: u32) -> u64 {
        self.nodes[slot as usize].time
    }

    #[cfg(test)]
    const fn len(&self) -> usize {
        self.len
    }

    /// Adds the departure of `slot` at `time`, seen from `now`; no entry is before `now`, and `slot` has no entry yet.
    #[inline(always)]
    pub(crate) fn add(&mut self, now: u64, entry: Entry) {
        if self.recent.added >= self.patience {
            self.adapt(now);
        }
        self.recent.added += 1;
        self.recent.delays += entry.time - now;
        self.place(now, entry);
    }

    #[inline(always)]
    fn place(&mut self, now: u64, entry: Entry) {
        let Entry { time, slot, tag } = entry;
        self.len += 1;
        let day = time >> self.shift;
        if day - (now >> self.shift) > self.mask {
            return self.place_late(entry);
        }
        let at = (day & self.mask) as usize;
        let last = self.buckets[at];
        let next = if last == NONE {
            self.buckets[at] = slot;
            self.used.set(at);
            slot
        } else {
            self.link(at, last, slot, time)
        };
        self.nodes[slot as usize] = Node { time, next, tag };
        if time < self.next_time {
            self.next_time = time;
            self.next_bucket = at;
        }
    }

    /// Links `slot` into the circle that ends with `last`; returns what comes after it.
    fn link(&mut self, at: usize, last: u32, slot: u32, time: u64) -> u32 {
        let first = self.nodes[last as usize].next;
        if self.nodes[last as usize].time <= time {
            self.buckets[at] = slot;
            self.nodes[last as usize].next = slot;
            return first;
        }
        let mut before = last;
        let mut after = first;
        while self.nodes[after as usize].time <= time {
            self.recent.steps += 1;
            before = after;
            after = self.nodes[after as usize].next;
        }
        self.nodes[before as usize].next = slot;
        if self.too_wide() {
            self.patience = 0;
        }
        after
    }

    /// Whether lists are so long that the buckets must be too wide.
    const fn too_wide(&self) -> bool {
        self.shift > 0 && self.recent.steps > TOO_MANY_STEPS * (self.recent.added + MIN_BUCKETS as u64)
    }

    #[cold]
    #[inline(never)]
    fn place_late(&mut self, entry: Entry) {
        let Entry { time, slot, tag } = entry;
        self.nodes[slot as usize] = Node { time, next: slot, tag };
        self.late.push(Reverse((time, self.late_count, slot)));
        self.late_count += 1;
        self.late_time = self.late_time.min(time);
        if time < self.next_time {
            self.next_time = time;
            self.next_bucket = Self::LATE;
        }
    }

    /// Takes the earliest entry out. `None` when there is none.
    #[inline(always)]
    pub(crate) fn pop(&mut self) -> Option<Entry> {
        let at = self.next_bucket;
        if at == Self::LATE {
            return self.pop_late();
        }
        self.len -= 1;
        let last = self.buckets[at];
        let slot = self.nodes[last as usize].next;
        let Node { time, next, tag } = self.nodes[slot as usize];
        if slot == last {
            self.buckets[at] = NONE;
            self.used.clear(at);
            self.find_next(at);
        } else {
            self.nodes[last as usize].next = next;
            self.offer(at, self.nodes[next as usize].time);
        }
        Some(Entry { time, slot, tag })
    }

    #[cold]
    #[inline(never)]
    fn pop_late(&mut self) -> Option<Entry> {
        let Reverse((time, _, slot)) = self.late.pop()?;
        self.len -= 1;
        self.late_time = self.late.peek().map_or(u64::MAX, |Reverse((time, ..))| *time);
        let from = ((time >> self.shift) & self.mask) as usize;
        self.find_next(from);
        Some(Entry { time, slot, tag: self.nodes[slot as usize].tag })
    }

    /// Finds the earliest entry, given that no bucket of this turn before `from` is used.
    #[inline(always)]
    fn find_next(&mut self, from: usize) {
        match self.used.next(from) {
            Some(at) => {
                let last = self.buckets[at];
                let first = self.nodes[last as usize].next;
                self.offer(at, self.nodes[first as usize].time);
            }
            None => self.offer(Self::LATE, u64::MAX),
        }
    }

    /// The earliest entry is in bucket `at`, unless a late one is not later: that was added first.
    #[inline(always)]
    const fn offer(&mut self, at: usize, time: u64) {
        if self.late_time <= time {
            self.next_time = self.late_time;
            self.next_bucket = Self::LATE;
        } else {
            self.next_time = time;
            self.next_bucket = at;
        }
    }

    /// Looks at what was added lately and resizes the buckets if they no longer fit.
    #[cold]
    #[inline(never)]
    fn adapt(&mut self, now: u64) {
        let too_wide = self.too_wide();
        let Recent { added, delays, .. } = std::mem::take(&mut self.recent);
        self.patience = (self.len + MIN_BUCKETS) as u64;
        let buckets = (self.len * BUCKETS_PER_ENTRY).next_power_of_two().clamp(MIN_BUCKETS, MAX_BUCKETS);
        let width = (delays / added.max(1) * MEAN_DELAYS_PER_TURN / buckets as u64).max(1);
        if too_wide {
            self.narrower = width.ilog2().saturating_sub(self.shift / 2);
        }
        let shift = width.ilog2().saturating_sub(self.narrower);
        let fits = shift.abs_diff(self.shift) < 2 && buckets <= self.buckets.len() && buckets * 4 > self.buckets.len();
        if too_wide || !fits {
            self.rebuild(now, buckets, shift);
        }
    }

    fn rebuild(&mut self, now: u64, buckets: usize, shift: u32) {
        let entries = self.drain();
        self.buckets.clear();
        self.buckets.resize(buckets, NONE);
        self.used = Bitmap::new(buckets);
        self.shift = shift;
        self.mask = buckets as u64 - 1;
        for entry in entries {
            self.place(now, entry);
        }
    }

    /// Takes every entry out, in order.
    pub(crate) fn drain(&mut self) -> Vec<Entry> {
        std::iter::from_fn(|| self.pop()).collect()
    }
}

/// Which buckets are used; a second level tells which words of the first are not zero.
#[derive(Clone)]
struct Bitmap {
    words: Vec<u64>,
    summary: Vec<u64>,
}

impl Bitmap {
    fn new(bits: usize) -> Self {
        let words = bits.div_ceil(64);
        Self { words: vec![0; words], summary: vec![0; words.div_ceil(64)] }
    }

    #[inline(always)]
    fn set(&mut self, at: usize) {
        self.words[at >> 6] |= 1 << (at & 63);
        self.summary[at >> 12] |= 1 << ((at >> 6) & 63);
    }

    #[inline(always)]
    fn clear(&mut self, at: usize) {
        let word = &mut self.words[at >> 6];
        *word &= !(1 << (at & 63));
        if *word == 0 {
            self.summary[at >> 12] &= !(1 << ((at >> 6) & 63));
        }
    }

    /// The first used bucket at `from` or after it, going round.
    #[inline(always)]
    fn next(&self, from: usize) -> Option<usize> {
        let word = from >> 6;
        let here = self.words[word] & (u64::MAX << (from & 63));
        if here != 0 {
            return Some((word << 6) + here.trailing_zeros() as usize);
        }
        self.next_further(word)
    }

    #[inline(never)]
    fn next_further(&self, word: usize) -> Option<usize> {
        let word = self.next_word(word + 1).or_else(|| self.next_word(0))?;
        Some((word << 6) + self.words[word].trailing_zeros() as usize)
    }

    /// The first word at `from` or after it that is not zero, up to the end.
    #[inline]
    fn next_word(&self, from: usize) -> Option<usize> {
        let mut at = from >> 6;
        let mut bits = self.summary.get(at)? & (u64::MAX << (from & 63));
        while bits == 0 {
            at += 1;
            bits = *self.summary.get(at)?;
        }
        Some((at << 6) + bits.trailing_zeros() as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, Stream};

    /// Runs the calendar against a sorted list through `rounds` of adding and taking; `delay` gives the delays.
    fn check(rounds: u64, busy: usize, delay: impl Fn(u64, u64) -> u64) {
        let stream = Stream::new(9, Purpose::Wait, 0);
        let mut calendar = Calendar::new();
        let mut model: std::collections::BTreeMap<(u64, u64), u32> = std::collections::BTreeMap::new();
        let mut free: Vec<u32> = (0..busy as u32).rev().collect();
        let mut now = 0;
        for i in 0..rounds {
            let bits = stream.draw(i).bits();
            if let Some(slot) = free.pop() {
                calendar.make_room(slot);
                let entry = Entry { time: now + delay(i, bits), slot, tag: i as u32 };
                calendar.add(now, entry);
                model.insert((entry.time, i), slot);
            }
            let takes = if free.is_empty() { 1 + bits % 3 } else { bits % 2 };
            for _ in 0..takes {
                let expected = model.pop_first();
                let time = expected.map_or(u64::MAX, |((time, _), _)| time);
                assert_eq!(calendar.next_time(), time);
                let taken = calendar.pop();
                assert_eq!(taken.map(|entry| (entry.time, entry.slot, u64::from(entry.tag))), expected.map(|((t, i), s)| (t, s, i)));
                if let Some(entry) = taken {
                    now = entry.time;
                    free.push(entry.slot);
                }
            }
            assert_eq!(calendar.len(), model.len());
        }
    }

    #[test]
    fn it_is_a_queue_by_time_and_then_by_order_of_adding() {
        check(20_000, 10, |_, bits| bits % 1_000);
        check(20_000, 3_000, |_, bits| bits % 100_000);
        check(20_000, 3_000, |_, _| 5_000);
        check(20_000, 3_000, |_, bits| 7_000 + bits % 2);
        check(20_000, 500, |_, bits| if bits % 50 == 0 { 900_000_000 } else { bits % 64 });
        check(20_000, 500, |i, bits| if i < 10_000 { bits % 20 } else { bits % 50_000_000 });
        check(5_000, 100, |_, _| 0);
    }

    #[test]
    fn a_burst_of_almost_equal_times_is_not_quadratic() {
        let mut calendar = Calendar::new();
        let n = 200_000_u32;
        for slot in 0..n {
            calendar.make_room(slot);
            calendar.add(0, Entry { time: 50_000 + u64::from(slot % 7), slot, tag: 0 });
        }
        assert!(calendar.recent.steps < u64::from(n) * 8);
        let times: Vec<u64> = calendar.drain().iter().map(|entry| entry.time).collect();
        assert!(times.is_sorted() && times.len() == n as usize);
    }
}
