//! Idle environments of any number of functions, in any order of reuse, each with its own time of reclaim.

use super::idle::{Idle, IdlePool};
use crate::spec::ReuseSpec;
use std::collections::BinaryHeap;

const NONE: u32 = u32::MAX;

/// The pool of the general case. Each function's environments form a list from the longest idle to the last used; creation order and
/// random choice keep an index of their own. Where a function has one idle life, the head of its list is its next to go; where lives
/// differ, a heap that knows every environment's place holds them, so that an environment that is used again leaves it at once.
#[derive(Clone)]
pub(crate) struct IdleSet {
    functions: Vec<Members>,
    seats: Vec<Seat>,
    heap: Vec<Due>,
    parked: u64,
    /// The next to be reclaimed, of all functions.
    next: Due,
}

#[derive(Clone)]
struct Members {
    reuse: ReuseSpec,
    /// Whether environments are reclaimed in the order in which they became idle.
    in_order: bool,
    oldest: u32,
    newest: u32,
    /// Numbers of creation in the order of use, and slots; those reclaimed since are still among them.
    by_id: BinaryHeap<(u32, u32)>,
    reclaimed: usize,
    any: Vec<u32>,
}

/// What the pool knows about an environment while it is idle.
#[derive(Clone, Copy)]
struct Seat {
    expires: u64,
    order: u64,
    function: u16,
    flags: u16,
    id: u32,
    older: u32,
    newer: u32,
    in_heap: u32,
    in_any: u32,
}

const VACANT: Seat =
    Seat { expires: u64::MAX, order: 0, function: 0, flags: 0, id: NONE, older: NONE, newer: NONE, in_heap: NONE, in_any: NONE };

/// When an environment is reclaimed: earliest first, then in the order of becoming idle.
#[derive(Clone, Copy)]
struct Due {
    expires: u64,
    order: u64,
    slot: u32,
}

impl Due {
    const NEVER: Self = Self { expires: u64::MAX, order: u64::MAX, slot: NONE };

    const fn before(&self, other: &Self) -> bool {
        self.expires < other.expires || (self.expires == other.expires && self.order < other.order)
    }
}

impl IdleSet {
    /// For functions with this order of reuse, whose environments are reclaimed in the order of becoming idle, or in any order.
    pub(crate) fn new(functions: impl Iterator<Item = (ReuseSpec, bool)>) -> Self {
        let members = |(reuse, in_order)| Members {
            reuse,
            in_order,
            oldest: NONE,
            newest: NONE,
            by_id: BinaryHeap::new(),
            reclaimed: 0,
            any: Vec::new(),
        };
        Self { functions: functions.map(members).collect(), seats: Vec::new(), heap: Vec::new(), parked: 0, next: Due::NEVER }
    }

    /// Finds the next to be reclaimed: a list's head, or the heap's.
    fn find_next(&mut self) {
        self.next = self.heap.first().copied().unwrap_or(Due::NEVER);
        for members in self.functions.iter().filter(|members| members.in_order && members.oldest != NONE) {
            let &Seat { expires, order, .. } = &self.seats[members.oldest as usize];
            let due = Due { expires, order, slot: members.oldest };
            if expires != u64::MAX && due.before(&self.next) {
                self.next = due;
            }
        }
    }

    fn remove(&mut self, slot: u32) -> Idle {
        let seat = std::mem::replace(&mut self.seats[slot as usize], VACANT);
        let members = &mut self.functions[seat.function as usize];
        match seat.older {
            NONE => members.oldest = seat.newer,
            older => self.seats[older as usize].newer = seat.newer,
        }
        match seat.newer {
            NONE => members.newest = seat.older,
            newer => self.seats[newer as usize].older = seat.older,
        }
        if members.reuse == ReuseSpec::Random {
            members.any.swap_remove(seat.in_any as usize);
            if let Some(moved) = members.any.get(seat.in_any as usize) {
                self.seats[*moved as usize].in_any = seat.in_any;
            }
        }
        if seat.in_heap != NONE {
            self.leave_heap(seat.in_heap as usize);
        }
        if slot == self.next.slot {
            self.find_next();
        }
        Idle { slot, flags: seat.flags.into() }
    }

    /// Takes an environment out that goes for good.
    fn reclaim(&mut self, slot: u32) -> Idle {
        let function = usize::from(self.seats[slot as usize].function);
        let idle = self.remove(slot);
        let members = &mut self.functions[function];
        members.reclaimed += 1;
        if members.reclaimed * 2 > members.by_id.len() {
            let flip = if members.reuse == ReuseSpec::OldestCreated { u32::MAX } else { 0 };
            members.by_id.retain(|(key, slot)| self.seats[*slot as usize].id == key ^ flip);
            members.reclaimed = 0;
        }
        idle
    }

    /// The idle environment that was created last, or first. Numbers are never used twice, so a seat tells whether an entry still holds.
    fn first_by_id(&mut self, function: usize) -> Option<u32> {
        let members = &mut self.functions[function];
        loop {
            let (key, slot) = members.by_id.pop()?;
            let id = if members.reuse == ReuseSpec::OldestCreated { !key } else { key };
            if self.seats[slot as usize].id == id {
                return Some(slot);
            }
            members.reclaimed = members.reclaimed.saturating_sub(1);
        }
    }

    fn leave_heap(&mut self, at: usize) {
        let Some(last) = self.heap.pop() else { return };
        if at < self.heap.len() {
            let up = last.before(&self.heap[at]);
            self.seat_in_heap(at, last);
            if up { self.sift_up(at) } else { self.sift_down(at) }
        }
    }

    fn seat_in_heap(&mut self, at: usize, due: Due) {
        self.heap[at] = due;
        self.seats[due.slot as usize].in_heap = at as u32;
    }

    fn sift_up(&mut self, mut at: usize) {
        let due = self.heap[at];
        while at > 0 {
            let parent = (at - 1) / 2;
            if !due.before(&self.heap[parent]) {
                break;
            }
            self.seat_in_heap(at, self.heap[parent]);
            at = parent;
        }
        self.seat_in_heap(at, due);
    }

    fn sift_down(&mut self, mut at: usize) {
        let due = self.heap[at];
        loop {
            let left = 2 * at + 1;
            if left >= self.heap.len() {
                break;
            }
            let right = left + 1;
            let child = if right < self.heap.len() && self.heap[right].before(&self.heap[left]) { right } else { left };
            if !self.heap[child].before(&due) {
                break;
            }
            self.seat_in_heap(at, self.heap[child]);
            at = child;
        }
        self.seat_in_heap(at, due);
    }
}

impl IdlePool for IdleSet {
    fn take(&mut self, function: usize, choose: impl FnOnce(u32) -> u32) -> Option<Idle> {
        let members = &self.functions[function];
        if members.oldest == NONE {
            return None;
        }
        let slot = match members.reuse {
            ReuseSpec::MostRecentlyUsed => members.newest,
            ReuseSpec::LeastRecentlyUsed => members.oldest,
            ReuseSpec::NewestCreated | ReuseSpec::OldestCreated => self.first_by_id(function)?,
            ReuseSpec::Random => *members.any.get(choose(members.any.len() as u32) as usize)?,
        };
        Some(self.remove(slot))
    }

    fn put(&mut self, function: usize, idle: Idle, id: u32, expires: u64) {
        let Idle { slot, flags } = idle;
        let index = slot as usize;
        if index >= self.seats.len() {
            self.seats.resize(index + 1, VACANT);
        }
        self.parked += 1;
        let due = Due { expires, order: self.parked, slot };
        let members = &mut self.functions[function];
        let mut seat =
            Seat { function: function as u16, id, flags: flags as u16, older: members.newest, expires, order: due.order, ..VACANT };
        match members.reuse {
            ReuseSpec::NewestCreated => members.by_id.push((id, slot)),
            ReuseSpec::OldestCreated => members.by_id.push((!id, slot)),
            ReuseSpec::Random => {
                seat.in_any = members.any.len() as u32;
                members.any.push(slot);
            }
            ReuseSpec::MostRecentlyUsed | ReuseSpec::LeastRecentlyUsed => {}
        }
        match members.newest {
            NONE => members.oldest = slot,
            newest => self.seats[newest as usize].newer = slot,
        }
        members.newest = slot;
        let in_order = members.in_order;
        self.seats[index] = seat;
        if expires < self.next.expires {
            self.next = due;
        }
        if !in_order && expires != u64::MAX {
            self.heap.push(due);
            self.sift_up(self.heap.len() - 1);
        }
    }

    fn next_expiry(&self) -> u64 {
        self.next.expires
    }

    fn expire(&mut self) -> Option<Idle> {
        let slot = self.next.slot;
        (slot != NONE).then(|| self.reclaim(slot))
    }

    fn drain(&mut self, function: usize) -> Option<Idle> {
        let slot = self.functions[function].oldest;
        (slot != NONE).then(|| self.reclaim(slot))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, Stream};

    /// The same pool as a plain list of (slot, id, expires, order).
    struct Model {
        reuse: ReuseSpec,
        idle: Vec<(u32, u32, u64, u64)>,
    }

    impl Model {
        fn take(&mut self, choice: u32) -> Option<u32> {
            let best = match self.reuse {
                ReuseSpec::MostRecentlyUsed => self.idle.iter().max_by_key(|idle| idle.3),
                ReuseSpec::LeastRecentlyUsed => self.idle.iter().min_by_key(|idle| idle.3),
                ReuseSpec::NewestCreated => self.idle.iter().max_by_key(|idle| idle.1),
                ReuseSpec::OldestCreated => self.idle.iter().min_by_key(|idle| idle.1),
                ReuseSpec::Random => self.idle.get(choice as usize),
            }?;
            let slot = best.0;
            self.remove(slot);
            Some(slot)
        }

        fn remove(&mut self, slot: u32) {
            let at = self.idle.iter().position(|idle| idle.0 == slot).unwrap();
            self.idle.swap_remove(at);
        }
    }

    fn check(reuse: ReuseSpec, in_order: bool) {
        let stream = Stream::new(1, Purpose::Reuse, reuse as u64);
        let mut set = IdleSet::new(std::iter::once((reuse, in_order)));
        let mut model = Model { reuse, idle: Vec::new() };
        let mut free: Vec<u32> = (0..40).collect();
        for i in 0..4_000 {
            let bits = stream.draw(i).bits();
            match bits % 4 {
                0 | 1 if !free.is_empty() => {
                    let slot = free.swap_remove(bits as usize / 8 % free.len());
                    let any = if bits & 64 == 0 { u64::MAX } else { bits >> 50 };
                    let (id, expires) = (slot * 7 % 41, if in_order { i / 5 } else { any });
                    set.put(0, Idle { slot, flags: slot % 7 }, id, expires);
                    model.idle.push((slot, id, expires, i));
                }
                2 => {
                    let choice = (bits >> 40) as u32 % (model.idle.len() as u32).max(1);
                    let expected = model.take(choice);
                    let taken = set.take(0, |_| choice);
                    assert_eq!(taken, expected.map(|slot| Idle { slot, flags: slot % 7 }));
                    free.extend(expected);
                }
                _ => {
                    let due = model.idle.iter().filter(|idle| idle.2 != u64::MAX).min_by_key(|idle| (idle.2, idle.3)).copied();
                    assert_eq!(set.next_expiry(), due.map_or(u64::MAX, |due| due.2));
                    assert_eq!(set.expire().map(|idle| idle.slot), due.map(|due| due.0));
                    if let Some(due) = due {
                        model.remove(due.0);
                        free.push(due.0);
                    }
                }
            }
            assert_eq!(set.functions[0].oldest == NONE, model.idle.is_empty());
        }
        model.idle.sort_by_key(|idle| idle.3);
        let drained: Vec<u32> = std::iter::from_fn(|| set.drain(0)).map(|idle| idle.slot).collect();
        assert_eq!(drained, model.idle.iter().map(|idle| idle.0).collect::<Vec<_>>());
    }

    #[test]
    fn every_order_of_reuse_agrees_with_a_plain_list() {
        use ReuseSpec::{LeastRecentlyUsed, MostRecentlyUsed, NewestCreated, OldestCreated, Random};
        for reuse in [MostRecentlyUsed, LeastRecentlyUsed, NewestCreated, OldestCreated, Random] {
            check(reuse, false);
            check(reuse, true);
        }
    }
}
