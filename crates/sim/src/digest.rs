//! The digest of a run: 128 bits over the ordered log of everything that happened.
//!
//! Each fact becomes a few 64-bit words (a code, the time, its fields), all integers, the same on every platform and whichever way
//! the engine ran. The words go through the two lanes of MurmurHash3 x64; it guards against drift, not against an adversary.

use crate::report::{ColdCause, Exit, FunctionCounter, Outcome, SpillCause, ThrottleCause};
use crate::timeline::{AttemptRecord, AttemptResult, RunDetails, TimelineKind};
use std::fmt;

const C1: u64 = 0x87C3_7B91_1142_53D5;
const C2: u64 = 0x4CF5_AD43_2745_937F;

/// Hash of a run's event log; prints as 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(pub u128);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

/// A digest in the making.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hasher {
    one: u64,
    two: u64,
    words: u64,
}

impl Hasher {
    fn word(&mut self, word: u64) {
        let first = word.wrapping_mul(C1).rotate_left(31).wrapping_mul(C2);
        self.one = (self.one ^ first).rotate_left(27).wrapping_add(self.two).wrapping_mul(5).wrapping_add(0x52DC_E729);
        let second = word.wrapping_mul(C2).rotate_left(33).wrapping_mul(C1);
        self.two = (self.two ^ second).rotate_left(31).wrapping_add(self.one).wrapping_mul(5).wrapping_add(0x3849_5AB5);
        self.words += 1;
    }

    fn words<const N: usize>(&mut self, words: [u64; N]) {
        words.into_iter().for_each(|word| self.word(word));
    }

    pub(crate) fn event(&mut self, at_us: u64, function: u16, kind: &TimelineKind) {
        let head = |code: u64| code | u64::from(function) << 8;
        match *kind {
            TimelineKind::Arrived { source, request } => self.words([head(1), at_us, source.into(), request]),
            TimelineKind::Throttled { source, request, attempt, cause } => {
                self.words([head(2), at_us, source.into(), request, attempt.into(), throttle_code(cause)]);
            }
            TimelineKind::Starting { environment, provisioned } => self.words([head(3), at_us, environment.into(), provisioned.into()]),
            TimelineKind::Busy { environment, source, request, attempt } => {
                self.words([head(4), at_us, environment.into(), source.into(), request, attempt.into()]);
            }
            TimelineKind::Idle { environment, outcome } => self.words([head(5), at_us, environment.into(), outcome_code(outcome)]),
            TimelineKind::Ended { environment } => self.words([head(6), at_us, environment.into()]),
            TimelineKind::Ready { environment } => self.words([head(7), at_us, environment.into()]),
            TimelineKind::Deployed { version } => self.words([head(8), at_us, version.into()]),
            TimelineKind::Called { node, source, request } => self.words([head(61), at_us, node.into(), source.into(), request]),
            TimelineKind::Scaled { units } => self.words([head(60), at_us, units.into()]),
            // 9 is the code of an attempt.
            TimelineKind::Waits { node, source, request, until_us } => {
                self.words([head(10), at_us, node.into(), source.into(), request, until_us]);
            }
            TimelineKind::Duplicated { node, source, request } => self.words([head(11), at_us, node.into(), source.into(), request]),
            TimelineKind::Left { node, source, request, exit } => {
                self.words([head(12), at_us, node.into(), source.into(), request, exit_code(exit)]);
            }
            TimelineKind::Answered { node, source, request, attempt, status } => {
                self.words([head(30), at_us, node.into(), source.into(), request, attempt.into(), status.into()]);
            }
            TimelineKind::Entered { node, source, request } => self.words([head(13), at_us, node.into(), source.into(), request]),
            TimelineKind::Batched { node, source, request, messages } => {
                self.words([head(14), at_us, node.into(), source.into(), request, messages.into()]);
            }
            TimelineKind::Noted { environment, what } => self.words([head(60), at_us, environment.into(), note_code(what)]),
        }
    }

    pub(crate) fn attempt(&mut self, record: &AttemptRecord) {
        let &AttemptRecord { function, source, request, attempt, arrived_us, started_us, result } = record;
        self.words([9 | u64::from(function) << 8, source.into(), request, attempt.into(), arrived_us, started_us]);
        match result {
            AttemptResult::Throttled { cause } => self.word(throttle_code(cause)),
            AttemptResult::Ran { environment, provisioned, spill, cold, sandbox_us, init_us, duration_us, billed_ms, outcome, details } => {
                let how = [provisioned.into(), spill.map_or(0, spill_code), cold.map_or(0, cold_code), outcome_code(outcome)];
                self.words(how);
                self.words([environment.into(), sandbox_us, init_us, duration_us, billed_ms]);
                self.details(&details);
            }
        }
    }

    /// Only where there are any: most runs have none. A repeated INIT follows from how the invocation before ended.
    fn details(&mut self, details: &RunDetails) {
        if (RunDetails { repeated_init_us: 0, ..*details }) == RunDetails::NONE {
            return;
        }
        let &RunDetails {
            memory_used_mb, restored, billed_restore_ms, extensions_us, ahead_us, ahead_init_us, background_us, note, ..
        } = details;
        self.words([memory_used_mb.into(), restored.into(), billed_restore_ms, extensions_us]);
        self.words([ahead_us, ahead_init_us, background_us, note.map_or(0, note_code)]);
    }

    pub(crate) fn finish(&self) -> Digest {
        let (one, two) = (self.one ^ self.words, self.two ^ self.words);
        let (one, two) = (one.wrapping_add(two), two.wrapping_add(one).wrapping_add(two));
        let (one, two) = (avalanche(one), avalanche(two));
        let high = one.wrapping_add(two);
        Digest(u128::from(high) << 64 | u128::from(two.wrapping_add(high)))
    }
}

const fn avalanche(mut z: u64) -> u64 {
    z = (z ^ (z >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    z = (z ^ (z >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    z ^ (z >> 33)
}

/// Codes are written out so that reordering an enum changes no digest.
const fn throttle_code(cause: ThrottleCause) -> u64 {
    match cause {
        ThrottleCause::AccountConcurrency => 1,
        ThrottleCause::ReservedConcurrency => 2,
        ThrottleCause::ReservedZero => 3,
        ThrottleCause::AccountRequestRate => 4,
        ThrottleCause::ReservedRequestRate => 5,
        ThrottleCause::ScalingRate => 6,
    }
}

const fn outcome_code(outcome: Outcome) -> u64 {
    match outcome {
        Outcome::Success => 1,
        Outcome::Error => 2,
        Outcome::Crash => 3,
        Outcome::Timeout => 4,
    }
}

const fn exit_code(exit: Exit) -> u64 {
    match exit {
        Exit::Delivered => 1,
        Exit::RetriesExhausted => 2,
        Exit::AgeExceeded => 3,
        Exit::ReservedZero => 4,
        Exit::Kept => 5,
        Exit::Refused => 20,
        Exit::Failed => 21,
        Exit::TimedOut => 22,
        Exit::Abandoned => 23,
        Exit::Redriven => 6,
        Exit::Expired => 7,
        Exit::Filtered => 8,
        Exit::Returned => 9,
        Exit::LoopStopped => 60,
        Exit::CallFailed => 61,
        Exit::ConnectionRefused => 62,
        Exit::Shed => 63,
        Exit::GaveUp => 64,
    }
}

const fn note_code(note: FunctionCounter) -> u64 {
    match note {
        FunctionCounter::OutOfMemory => 1,
        FunctionCounter::TmpFull => 2,
        FunctionCounter::Swallowed => 3,
        FunctionCounter::RepeatedInits => 4,
        FunctionCounter::BackgroundLeft => 5,
        FunctionCounter::BackgroundResumed => 6,
        FunctionCounter::BackgroundDone => 7,
        FunctionCounter::BackgroundLost => 8,
        FunctionCounter::BackgroundFrozen => 9,
        FunctionCounter::ShutdownKills => 10,
        FunctionCounter::Restores => 11,
        FunctionCounter::RestoreTimeouts => 12,
        FunctionCounter::SnapshotsTaken => 13,
        FunctionCounter::ProactiveInits => 14,
    }
}

const fn cold_code(cause: ColdCause) -> u64 {
    match cause {
        ColdCause::First => 1,
        ColdCause::ScaleOut => 2,
        ColdCause::Reclaimed => 3,
        ColdCause::Recycled => 4,
        ColdCause::Deploy => 5,
    }
}

const fn spill_code(cause: SpillCause) -> u64 {
    match cause {
        SpillCause::AllBusy => 1,
        SpillCause::RequestRate => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &[u64]) -> Digest {
        let mut hasher = Hasher::default();
        words.iter().for_each(|word| hasher.word(*word));
        hasher.finish()
    }

    #[test]
    fn order_length_and_every_bit_count() {
        let digests = [of(&[]), of(&[0]), of(&[0, 0]), of(&[1, 2]), of(&[2, 1]), of(&[1, 2 | 1 << 63])];
        for (i, one) in digests.iter().enumerate() {
            assert!(digests[i + 1..].iter().all(|other| other != one));
        }
    }

    #[test]
    fn it_prints_32_digits() {
        assert_eq!(Digest(0xAB).to_string(), "000000000000000000000000000000ab");
    }
}
