//! The moments of a run worth going to: the first of each thing that can surprise.

use coldstart_sim::{AttemptResult, Timeline, TimelineKind};

/// What happened for the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MomentKind {
    /// A request waited for an environment to start.
    ColdStart,
    /// A request missed provisioned concurrency.
    Spill,
    /// A request was refused.
    Throttle,
    /// An environment was reclaimed.
    Reclaimed,
    /// A new version went live.
    Deploy,
}

/// The first of each kind within the timeline, in order of time, in microseconds.
#[must_use]
pub fn moments(timeline: &Timeline) -> Vec<(u64, MomentKind)> {
    let attempt = |wanted: fn(&AttemptResult) -> bool| {
        timeline.attempts.iter().find(|attempt| wanted(&attempt.result)).map(|attempt| attempt.started_us)
    };
    let event = |wanted: fn(&TimelineKind) -> bool| timeline.events.iter().find(|event| wanted(&event.kind)).map(|event| event.at_us);
    let found = [
        (attempt(|result| matches!(result, AttemptResult::Ran { cold: Some(_), .. })), MomentKind::ColdStart),
        (attempt(|result| matches!(result, AttemptResult::Ran { spill: Some(_), .. })), MomentKind::Spill),
        (attempt(|result| matches!(result, AttemptResult::Throttled { .. })), MomentKind::Throttle),
        (event(|kind| matches!(kind, TimelineKind::Ended { .. })), MomentKind::Reclaimed),
        (event(|kind| matches!(kind, TimelineKind::Deployed { version } if *version > 1)), MomentKind::Deploy),
    ];
    let mut moments: Vec<_> = found.into_iter().filter_map(|(at, kind)| at.map(|at| (at, kind))).collect();
    moments.sort_by_key(|(at, _)| *at);
    moments
}

/// Every moment at which something happens on the stage, in order, each once, in microseconds.
#[must_use]
pub fn steps(timeline: &Timeline) -> Vec<u64> {
    let events = timeline.events.iter().map(|event| event.at_us);
    let mut steps: Vec<u64> = events.chain(timeline.attempts.iter().map(|attempt| attempt.started_us)).collect();
    steps.sort_unstable();
    steps.dedup();
    steps
}

/// The steps next to a moment, before it and after it.
#[must_use]
pub fn around(steps: &[u64], now_us: u64) -> (Option<u64>, Option<u64>) {
    let before = steps.partition_point(|at_us| *at_us < now_us);
    let after = steps.partition_point(|at_us| *at_us <= now_us);
    (before.checked_sub(1).and_then(|at| steps.get(at)).copied(), steps.get(after).copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use coldstart_sim::{AttemptRecord, ThrottleCause, TimelineEvent};

    #[test]
    fn a_step_goes_to_the_nearest_moment_either_way() {
        let steps = [10, 20, 30];
        assert_eq!(around(&steps, 20), (Some(10), Some(30)));
        assert_eq!(around(&steps, 25), (Some(20), Some(30)));
        assert_eq!((around(&steps, 10), around(&steps, 30)), ((None, Some(20)), (Some(20), None)));
        assert_eq!(around(&[], 5), (None, None));
    }

    #[test]
    fn each_kind_is_named_once_at_its_first_time() {
        let throttled = |started_us| AttemptRecord {
            function: 0,
            source: 0,
            request: started_us,
            attempt: 1,
            arrived_us: started_us,
            started_us,
            result: AttemptResult::Throttled { cause: ThrottleCause::ScalingRate },
        };
        let ended = TimelineEvent { at_us: 3, function: 0, kind: TimelineKind::Ended { environment: 0 } };
        let timeline = Timeline { events: vec![ended], attempts: vec![throttled(5), throttled(7)], ..Timeline::default() };
        assert_eq!(moments(&timeline), [(3, MomentKind::Reclaimed), (5, MomentKind::Throttle)]);
    }
}
