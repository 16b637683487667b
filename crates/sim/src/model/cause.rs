//! Why a new environment had to be started.
//!
//! The rule: had no environment ended, a function would start one exactly when more of its on-demand environments are busy than ever
//! before since its version went live. So a start that goes past that mark is a scale-out, and every other start replaces an
//! environment that has ended. Ends are remembered by cause until a start replaces them: deploys first, then recycling, then
//! reclaim. A deploy wipes what was remembered and puts the environments that it ends in its place.

use crate::report::ColdCause;

/// Environments that ended and have not been replaced, by cause.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ColdCauses {
    any_started: bool,
    deployed: u32,
    recycled: u32,
    reclaimed: u32,
}

impl ColdCauses {
    pub(crate) const fn reclaimed(&mut self) {
        self.reclaimed += 1;
    }

    pub(crate) const fn recycled(&mut self) {
        self.recycled += 1;
    }

    /// A new version went live while `on_demand` environments of the old one were alive.
    pub(crate) fn deployed(&mut self, on_demand: u32) {
        *self = Self { deployed: on_demand, ..Self::default() };
    }

    /// The cause of the environment that is started now.
    pub(crate) fn next(&mut self) -> ColdCause {
        let first = !std::mem::replace(&mut self.any_started, true);
        let replaces = [
            (&mut self.deployed, ColdCause::Deploy),
            (&mut self.recycled, ColdCause::Recycled),
            (&mut self.reclaimed, ColdCause::Reclaimed),
        ];
        for (ended, cause) in replaces {
            if *ended > 0 {
                *ended -= 1;
                return cause;
            }
        }
        if first { ColdCause::First } else { ColdCause::ScaleOut }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_replaces_what_has_ended() {
        let mut causes = ColdCauses::default();
        assert_eq!([causes.next(), causes.next()], [ColdCause::First, ColdCause::ScaleOut]);
        causes.reclaimed();
        causes.recycled();
        assert_eq!([causes.next(), causes.next(), causes.next()], [ColdCause::Recycled, ColdCause::Reclaimed, ColdCause::ScaleOut]);
        causes.reclaimed();
        causes.deployed(1);
        assert_eq!([causes.next(), causes.next()], [ColdCause::Deploy, ColdCause::ScaleOut]);
        causes.deployed(0);
        assert_eq!(causes.next(), ColdCause::First);
    }
}
