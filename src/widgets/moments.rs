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

#[cfg(test)]
mod tests {
    use super::*;
    use coldstart_sim::{AttemptRecord, ThrottleCause, TimelineEvent};

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
