//! Timers: what will happen at a known time, in the order of time, then of setting.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};

/// What happens when the time comes. Each variant is handled by the file under `model/` that sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Timer {
    /// The event at this place is tried (again).
    DeliverEvent(u32),
    /// The event at this place is given up for its age.
    ExpireEvent(u32),
    /// The parcel at this place is handed to Lambda (again).
    HandOver(u32),
    /// Nobody waits any longer for the call at this place.
    StopWaiting(u32),
    /// Messages of this queue may have reached the end of their retention.
    ExpireMessages(u16),
    /// Received messages of this queue may be visible again.
    ShowMessages(u16),
    /// This mapping looks what it can do.
    Poll(u16),
    /// This mapping of a stream looks at this lane.
    Read(u16, u16),
    /// An invocation that calls others goes on, unless it no longer waits for this timer.
    Fly { flight: u32, ticket: u32 },
    /// A dependency is done with a call.
    Served(u16),
}

impl Timer {
    /// Order among timers of one moment: what ends comes before what begins.
    const fn class(self) -> u8 {
        match self {
            Self::ExpireEvent(_) | Self::StopWaiting(_) | Self::ExpireMessages(_) | Self::Served(_) => 0,
            Self::DeliverEvent(_) | Self::HandOver(_) | Self::ShowMessages(_) | Self::Fly { .. } => 1,
            Self::Poll(_) | Self::Read(..) => 2,
        }
    }
}

/// A timer and its key: when it goes off, then its class, then how many were set before it.
#[derive(Clone, Copy)]
struct Due {
    key: u128,
    timer: Timer,
}

impl Due {
    const fn at(key: u128) -> u64 {
        (key >> 64) as u64
    }
}

impl PartialEq for Due {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Due {}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The first is the greatest: that is what a heap gives out.
impl Ord for Due {
    fn cmp(&self, other: &Self) -> Ordering {
        other.key.cmp(&self.key)
    }
}

/// Timers that were set in the order in which they go off.
#[derive(Clone)]
struct Line {
    due: VecDeque<Due>,
    /// Keys of both ends; where it is empty the first is the largest key and the last the smallest.
    first: u128,
    last: u128,
}

impl Line {
    const EMPTY: Self = Self { due: VecDeque::new(), first: u128::MAX, last: 0 };
}

const LINES: usize = 3;
const CLASS_SHIFT: u32 = 62;

/// Timers in any order: the soonest stand sorted, the last of them first, for there are seldom more than a few; the rest is in a heap.
#[derive(Clone)]
struct Crowd {
    soon: Vec<Due>,
    later: BinaryHeap<Due>,
}

impl Crowd {
    const SOON_MAX: usize = 24;

    /// Takes a timer in; returns the key of the first.
    fn push(&mut self, due: Due) -> u128 {
        let is_later = self.soon.first().is_some_and(|last| last.key < due.key);
        if is_later && (self.soon.len() == Self::SOON_MAX || !self.later.is_empty()) {
            self.later.push(due);
        } else {
            if self.soon.len() == Self::SOON_MAX {
                self.later.push(self.soon.remove(0));
            }
            let at = self.soon.iter().rposition(|other| other.key > due.key).map_or(0, |at| at + 1);
            self.soon.insert(at, due);
        }
        self.first()
    }

    fn pop(&mut self) -> (Option<Due>, u128) {
        let due = self.soon.pop();
        if self.soon.is_empty() {
            self.soon.extend(self.later.pop());
        }
        (due, self.first())
    }

    fn first(&self) -> u128 {
        self.soon.last().map_or(u128::MAX, |due| due.key)
    }
}

/// Timers to come. One that is due after the end of the run is left out: what it stands for is still in flight then.
///
/// Most timers wait as long as others of their kind, so whoever is set last goes off last. They stand in lines, which cost no sorting;
/// the rest is the crowd.
#[derive(Clone)]
pub(crate) struct Timers {
    lines: [Line; LINES],
    crowd: Crowd,
    /// Key of the first of the crowd; the largest one where that is empty.
    first_of_crowd: u128,
    /// When the first goes off.
    next: u64,
    set: u64,
    end: u64,
}

impl Timers {
    pub(crate) const fn new(end: u64) -> Self {
        let lines = [const { Line::EMPTY }; LINES];
        let crowd = Crowd { soon: Vec::new(), later: BinaryHeap::new() };
        Self { lines, crowd, first_of_crowd: u128::MAX, next: u64::MAX, set: 0, end }
    }

    pub(crate) fn set(&mut self, at: u64, timer: Timer) {
        if at < self.end {
            self.set_even_after_the_end(at, timer);
        }
    }

    /// For what stands by work that is run to its end.
    pub(crate) fn set_even_after_the_end(&mut self, at: u64, timer: Timer) {
        let key = u128::from(at) << 64 | u128::from(u64::from(timer.class()) << CLASS_SHIFT | self.set);
        self.set += 1;
        self.next = self.next.min(at);
        let due = Due { key, timer };
        // The line whose last goes off last among those that go off before this one.
        let fitting =
            self.lines.iter_mut().filter(|line| line.last < key).reduce(|one, other| if other.last > one.last { other } else { one });
        let Some(line) = fitting else {
            self.first_of_crowd = self.crowd.push(due);
            return;
        };
        line.due.push_back(due);
        line.last = key;
        line.first = line.first.min(key);
    }

    pub(crate) const fn next_time(&self) -> u64 {
        self.next
    }

    pub(crate) fn pop(&mut self) -> Option<Timer> {
        let first = self.lines.iter().fold(self.first_of_crowd, |first, line| first.min(line.first));
        let due = if first == self.first_of_crowd {
            let (due, first) = self.crowd.pop();
            self.first_of_crowd = first;
            due
        } else {
            let line = self.lines.iter_mut().find(|line| line.first == first)?;
            let due = line.due.pop_front();
            line.first = line.due.front().map_or(u128::MAX, |due| due.key);
            line.last = if line.due.is_empty() { 0 } else { line.last };
            due
        };
        let next = self.lines.iter().fold(self.first_of_crowd, |first, line| first.min(line.first));
        self.next = Due::at(next);
        due.map(|due| due.timer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever the order of setting, they go off as sorted.
    #[test]
    fn lines_and_crowd_keep_one_order() {
        let mut timers = Timers::new(u64::MAX);
        let mut expect = Vec::new();
        let mut now = 0;
        let mut draw = 1_u64;
        for round in 0..2_000_u32 {
            draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let wait = [29, 29, 5, draw >> 58, 400, 0][(draw >> 32) as usize % 6];
            let timer = if draw >> 20 & 1 == 0 { Timer::DeliverEvent(round) } else { Timer::ExpireEvent(round) };
            timers.set(now + wait, timer);
            expect.push((now + wait, timer.class(), round, timer));
            if draw >> 50 & 3 != 0 {
                expect.sort_unstable();
                let first = expect.remove(0);
                assert_eq!((timers.next_time(), timers.pop()), (first.0, Some(first.3)), "{round}");
                now = now.max(first.0);
            }
        }
        expect.sort_unstable();
        let rest: Vec<Timer> = std::iter::from_fn(|| timers.pop()).collect();
        assert_eq!(rest, expect.into_iter().map(|(.., timer)| timer).collect::<Vec<_>>());
        assert_eq!(timers.next_time(), u64::MAX);
    }

    #[test]
    fn time_then_class_then_order_of_setting_and_nothing_after_the_end() {
        let mut timers = Timers::new(100);
        for (at, timer) in [
            (7, Timer::DeliverEvent(1)),
            (7, Timer::DeliverEvent(0)),
            (7, Timer::ExpireEvent(2)),
            (3, Timer::DeliverEvent(3)),
            (100, Timer::DeliverEvent(4)),
        ] {
            timers.set(at, timer);
        }
        assert_eq!(timers.next_time(), 3);
        let order: Vec<Timer> = std::iter::from_fn(|| timers.pop()).collect();
        assert_eq!(order, [Timer::DeliverEvent(3), Timer::ExpireEvent(2), Timer::DeliverEvent(1), Timer::DeliverEvent(0)]);
    }
}
