//! Timers: what will happen at a known time, in the order of time, then of setting.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

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

/// Timers to come. One that is due after the end of the run is left out: what it stands for is still in flight then.
pub(crate) struct Timers {
    due: BinaryHeap<Reverse<(u64, u8, u64, Timer)>>,
    set: u64,
    end: u64,
}

impl Timers {
    pub(crate) const fn new(end: u64) -> Self {
        Self { due: BinaryHeap::new(), set: 0, end }
    }

    pub(crate) fn set(&mut self, at: u64, timer: Timer) {
        if at < self.end {
            self.set_even_after_the_end(at, timer);
        }
    }

    /// For what stands by work that is run to its end.
    pub(crate) fn set_even_after_the_end(&mut self, at: u64, timer: Timer) {
        self.due.push(Reverse((at, timer.class(), self.set, timer)));
        self.set += 1;
    }

    pub(crate) fn next_time(&self) -> u64 {
        self.due.peek().map_or(u64::MAX, |Reverse((at, ..))| *at)
    }

    pub(crate) fn pop(&mut self) -> Option<Timer> {
        self.due.pop().map(|Reverse((.., timer))| timer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
