//! What a tag in the calendar says besides the function's place: how the invocation ends, and what its environment is.

use crate::report::Outcome;

const OUTCOME: u32 = 0b11;
pub(crate) const PROVISIONED: u32 = 1 << 2;
/// The environment has not run its handler yet.
pub(crate) const FRESH: u32 = 1 << 3;
/// The runtime is gone: the next invocation repeats INIT.
pub(crate) const RESET: u32 = 1 << 4;
/// What an idle environment carries over to its next invocation.
pub(crate) const FLAGS: u32 = FRESH | RESET;
const FUNCTION_SHIFT: u32 = 8;

#[inline]
pub(crate) const fn new(function: usize, outcome: Outcome, flags: u32) -> u32 {
    (function as u32) << FUNCTION_SHIFT | outcome as u32 | flags
}

#[inline]
pub(crate) const fn function(tag: u32) -> usize {
    (tag >> FUNCTION_SHIFT) as usize
}

pub(crate) const fn outcome(tag: u32) -> Outcome {
    match tag & OUTCOME {
        0 => Outcome::Success,
        1 => Outcome::Error,
        2 => Outcome::Crash,
        _ => Outcome::Timeout,
    }
}
