//! What a generated scenario made happen, so that the generator is known to reach every feature.

use coldstart_sim::spec::{ArrivalsSpec, ReclaimSpec, RetryPolicySpec, ReuseSpec, ScenarioSpec};
use coldstart_sim::{ColdCause, Outcome, RunOutput, SpillCause, ThrottleCause, TimelineKind};

/// A feature by name, and whether it acted in a run.
pub type Feature = (&'static str, fn(&ScenarioSpec, &RunOutput) -> bool);

/// Every feature, each of which must act in a good number of the generated runs.
pub const FEATURES: &[Feature] = &[
    ("throttled by the account's concurrency", |_, o| throttled(o, ThrottleCause::AccountConcurrency)),
    ("throttled by reserved concurrency", |_, o| throttled(o, ThrottleCause::ReservedConcurrency)),
    ("throttled by reserved concurrency 0", |_, o| throttled(o, ThrottleCause::ReservedZero)),
    ("throttled by the account's request rate", |_, o| throttled(o, ThrottleCause::AccountRequestRate)),
    ("throttled by the reserved request rate", |_, o| throttled(o, ThrottleCause::ReservedRequestRate)),
    ("throttled by the scaling rate", |_, o| throttled(o, ThrottleCause::ScalingRate)),
    ("cold: first", |_, o| cold(o, ColdCause::First)),
    ("cold: scale-out", |_, o| cold(o, ColdCause::ScaleOut)),
    ("cold: reclaimed", |_, o| cold(o, ColdCause::Reclaimed)),
    ("cold: recycled", |_, o| cold(o, ColdCause::Recycled)),
    ("cold: deploy", |_, o| cold(o, ColdCause::Deploy)),
    ("ended in an error", |_, o| ended(o, Outcome::Error)),
    ("ended in a crash", |_, o| ended(o, Outcome::Crash)),
    ("ended in a timeout", |_, o| ended(o, Outcome::Timeout)),
    ("INIT past its limit", |_, o| o.report.total.init_timeouts > 0),
    ("spilled, all busy", |_, o| o.report.total.spillover[SpillCause::AllBusy as usize] > 0),
    ("spilled by request rate", |_, o| o.report.total.spillover[SpillCause::RequestRate as usize] > 0),
    ("served by provisioned concurrency", |_, o| o.report.total.provisioned_invocations > 0),
    ("provisioned units became ready during the run", |_, o| {
        event(o, |at_us, kind| at_us > 0 && matches!(kind, TimelineKind::Ready { .. }))
    }),
    ("auto scaling asked for units", |_, o| o.report.total.scale_outs > 0),
    ("auto scaling gave units up", |_, o| o.report.total.scale_ins > 0),
    ("units were initialised anew", |_, o| o.report.total.unit_resets > 0),
    ("deployed", |_, o| event(o, |_, kind| matches!(kind, TimelineKind::Deployed { version } if version > 1))),
    ("tried again", |_, o| o.report.total.attempts > o.report.total.requests),
    ("given up for throttles", |_, o| o.report.total.requests_lost_to_throttles > 0),
    ("given up for errors", |_, o| o.report.total.requests_lost_to_errors > 0),
    ("pinged", |_, o| o.report.total.pings > 0),
    ("retry: immediate", |s, o| retried(s, o, RetryPolicySpec::Immediate)),
    ("retry: exponential", |s, o| retried(s, o, RetryPolicySpec::Exponential)),
    ("retry: full jitter", |s, o| retried(s, o, RetryPolicySpec::FullJitter)),
    ("reclaim: constant", |s, o| reclaimed(s, o, |r| matches!(r, ReclaimSpec::Constant { .. }))),
    ("reclaim: exponential", |s, o| reclaimed(s, o, |r| matches!(r, ReclaimSpec::Exponential { .. }))),
    ("reclaim: never", |s, o| warm(s, o, |f| f.reclaim == ReclaimSpec::Never)),
    ("reclaim: a profile", |s, o| warm(s, o, |f| matches!(f.reclaim, ReclaimSpec::Profile { .. }))),
    ("reuse: most recently used", |s, o| warm(s, o, |f| f.reuse == ReuseSpec::MostRecentlyUsed)),
    ("reuse: least recently used", |s, o| warm(s, o, |f| f.reuse == ReuseSpec::LeastRecentlyUsed)),
    ("reuse: newest created", |s, o| warm(s, o, |f| f.reuse == ReuseSpec::NewestCreated)),
    ("reuse: oldest created", |s, o| warm(s, o, |f| f.reuse == ReuseSpec::OldestCreated)),
    ("reuse: random", |s, o| warm(s, o, |f| f.reuse == ReuseSpec::Random)),
    ("arrivals: constant", |s, o| arrived(s, o, |a| matches!(a, ArrivalsSpec::Constant { .. }))),
    ("arrivals: Poisson", |s, o| arrived(s, o, |a| matches!(a, ArrivalsSpec::Poisson { .. }))),
    ("arrivals: rate", |s, o| arrived(s, o, |a| matches!(a, ArrivalsSpec::Rate { .. }))),
    ("arrivals: on and off", |s, o| arrived(s, o, |a| matches!(a, ArrivalsSpec::OnOff { .. }))),
    ("arrivals: cron", |s, o| arrived(s, o, |a| matches!(a, ArrivalsSpec::Cron { .. }))),
    ("arrivals: timestamps", |s, o| arrived(s, o, |a| matches!(a, ArrivalsSpec::Timestamps { .. }))),
    ("arrivals: per minute", |s, o| arrived(s, o, |a| matches!(a, ArrivalsSpec::PerMinute { .. }))),
    ("arrivals: log", |s, o| arrived(s, o, |a| matches!(a, ArrivalsSpec::Log { .. }))),
    ("several functions ran", |_, o| o.report.functions.iter().filter(|f| f.invocations > 0).count() > 1),
    ("free tier", |s, o| s.account.free_tier && o.report.bill.lines.iter().any(|line| line.due_pd < line.gross_pd)),
];

fn throttled(output: &RunOutput, cause: ThrottleCause) -> bool {
    (0..).zip(ThrottleCause::ALL).any(|(place, c): (usize, _)| c == cause && output.report.total.throttles[place] > 0)
}

fn cold(output: &RunOutput, cause: ColdCause) -> bool {
    output.report.total.cold_by_cause[cause as usize] > 0
}

fn ended(output: &RunOutput, outcome: Outcome) -> bool {
    output.report.total.outcomes[outcome as usize] > 0
}

fn event(output: &RunOutput, pick: impl Fn(u64, TimelineKind) -> bool) -> bool {
    output.timeline.as_ref().is_some_and(|timeline| timeline.events.iter().any(|event| pick(event.at_us, event.kind)))
}

fn retried(spec: &ScenarioSpec, output: &RunOutput, policy: RetryPolicySpec) -> bool {
    output.timeline.as_ref().is_some_and(|timeline| {
        timeline.attempts.iter().any(|a| a.attempt > 1 && spec.sources[usize::from(a.source)].retry.policy == policy)
    })
}

fn reclaimed(spec: &ScenarioSpec, output: &RunOutput, pick: impl Fn(&ReclaimSpec) -> bool) -> bool {
    spec.functions.iter().zip(&output.report.functions).any(|(f, r)| pick(&f.reclaim) && r.cold_by_cause[ColdCause::Reclaimed as usize] > 0)
}

fn warm(spec: &ScenarioSpec, output: &RunOutput, pick: impl Fn(&coldstart_sim::spec::FunctionSpec) -> bool) -> bool {
    spec.functions.iter().zip(&output.report.functions).any(|(f, r)| pick(f) && r.warm_starts > 1)
}

fn arrived(spec: &ScenarioSpec, output: &RunOutput, pick: impl Fn(&ArrivalsSpec) -> bool) -> bool {
    event(output, |_, kind| match kind {
        TimelineKind::Arrived { source, .. } => pick(&spec.sources[usize::from(source)].arrivals),
        _ => false,
    })
}
