//! Which features acted together: for each two of them, in how many generated scenarios both did.

use coldstart_sim::spec::{ScenarioSpec, SourceKindSpec};
use coldstart_sim::{
    AttemptRecord, AttemptResult, ColdCause, Exit, FunctionCounter, NodeCounter, NodeKind, NodeReport, Outcome, RunOutput, ThrottleCause,
    TimelineKind,
};
use std::fmt::Write as _;

/// A group of features by name, and whether it acted in a run: whether something happened, not whether something was set.
type Group = (&'static str, fn(&ScenarioSpec, &RunOutput) -> bool);

/// Every group. Any two of them can act in one scenario, if in two of its functions, as SnapStart and provisioned concurrency must.
const GROUPS: &[Group] = &[
    ("front door", |_, o| node(o, |n| n.kind == NodeKind::FrontDoor && n.exits(Exit::Delivered) > 0)),
    ("edge", edge),
    ("asynchronous", |_, o| node(o, |n| n.kind == NodeKind::AsynchronousQueue && n.count(NodeCounter::Attempts) > 0)),
    ("event source", |_, o| node(o, |n| n.kind == NodeKind::EventSource && n.exits(Exit::Delivered) > 0)),
    ("standard queue", |_, o| node(o, |n| n.kind == NodeKind::StandardQueue && n.exits(Exit::Delivered) > 0)),
    ("FIFO queue", |_, o| node(o, |n| n.kind == NodeKind::FifoQueue && n.exits(Exit::Delivered) > 0)),
    ("stream", |_, o| node(o, |n| n.kind == NodeKind::StreamMapping && n.exits(Exit::Delivered) > 0)),
    ("dependency", |_, o| node(o, |n| n.kind == NodeKind::Dependency && n.entered > 0)),
    ("sends on", |_, o| o.report.total.sent_on > 0),
    ("dead letters, records", |_, o| {
        node(o, |n| {
            n.count(NodeCounter::SentToDeadLetterQueue) + n.count(NodeCounter::SentOnSuccess) + n.count(NodeCounter::SentOnFailure) > 0
        })
    }),
    ("provisioned", |_, o| o.report.total.provisioned_invocations > 0),
    ("provisioned scaling", |_, o| o.report.total.scale_outs + o.report.total.scale_ins > 0),
    ("reserved", |_, o| {
        let causes = [ThrottleCause::ReservedConcurrency, ThrottleCause::ReservedZero, ThrottleCause::ReservedRequestRate];
        throttled(o, &causes)
    }),
    ("account's limits", |_, o| {
        throttled(o, &[ThrottleCause::AccountConcurrency, ThrottleCause::AccountRequestRate, ThrottleCause::ScalingRate])
    }),
    ("retrying caller", retrying_caller),
    ("ping", |_, o| o.report.total.pings > 0),
    ("deploy", deployed),
    ("failure", |_, o| o.report.total.outcomes[1..].iter().sum::<u64>() > 0),
    ("poison", poisoned),
    ("memory, /tmp", |_, o| counted(o, FunctionCounter::OutOfMemory) || counted(o, FunctionCounter::TmpFull)),
    ("swallowed errors", |_, o| counted(o, FunctionCounter::Swallowed)),
    ("background work", |_, o| counted(o, FunctionCounter::BackgroundResumed)),
    ("extensions", |_, o| attempts(o).any(|a| matches!(a.result, AttemptResult::Ran { details, .. } if details.extensions_us > 0))),
    ("SnapStart", |_, o| counted(o, FunctionCounter::Restores)),
    ("started ahead", |_, o| counted(o, FunctionCounter::ProactiveInits)),
    ("repeated INIT", |_, o| counted(o, FunctionCounter::RepeatedInits)),
    ("environments end", |_, o| {
        [ColdCause::Reclaimed, ColdCause::Recycled].iter().any(|cause| o.report.total.cold_by_cause[*cause as usize] > 0)
    }),
    ("old rules", billed_by_old_rules),
];

fn node(output: &RunOutput, pick: impl Fn(&NodeReport) -> bool) -> bool {
    output.report.nodes.iter().any(pick)
}

fn counted(output: &RunOutput, counter: FunctionCounter) -> bool {
    output.report.total.count(counter) > 0
}

fn throttled(output: &RunOutput, causes: &[ThrottleCause]) -> bool {
    ThrottleCause::ALL.iter().zip(output.report.total.throttles).any(|(cause, count)| count > 0 && causes.contains(cause))
}

fn attempts(output: &RunOutput) -> impl Iterator<Item = &AttemptRecord> {
    output.timeline.iter().flat_map(|timeline| &timeline.attempts)
}

fn edge(spec: &ScenarioSpec, output: &RunOutput) -> bool {
    let is_edge = |id: &str| spec.sources.iter().any(|source| source.id == id && source.kind.is_edge());
    node(output, |n| n.exits(Exit::Delivered) > 0 && is_edge(&n.id))
}

fn deployed(_: &ScenarioSpec, output: &RunOutput) -> bool {
    let events = output.timeline.iter().flat_map(|timeline| &timeline.events);
    events.into_iter().any(|event| matches!(event.kind, TimelineKind::Deployed { version } if version > 1))
}

/// Somebody who waits for an answer sent a request again.
fn retrying_caller(spec: &ScenarioSpec, output: &RunOutput) -> bool {
    let waits = |source: u16| {
        spec.sources.get(usize::from(source)).is_some_and(|source| source.kind == SourceKindSpec::Synchronous || source.kind.is_door())
    };
    attempts(output).any(|attempt| attempt.attempt > 1 && waits(attempt.source))
}

/// An error of a function that has no other reason to end in one.
fn poisoned(spec: &ScenarioSpec, output: &RunOutput) -> bool {
    attempts(output).any(|attempt| {
        let function = &spec.functions[usize::from(attempt.function)];
        let is_message = usize::from(attempt.source) >= spec.sources.len() + spec.functions.len();
        let only_poison = function.handler.poison_rate > 0.0 && function.handler.error_rate == 0.0 && function.calls.is_empty();
        let failed = matches!(attempt.result, AttemptResult::Ran { outcome: Outcome::Error, details, .. } if details.note.is_none());
        failed && only_poison && !is_message
    })
}

/// An invocation was billed otherwise than today.
fn billed_by_old_rules(_: &ScenarioSpec, output: &RunOutput) -> bool {
    attempts(output).any(|attempt| match attempt.result {
        AttemptResult::Ran { provisioned, init_us, duration_us, billed_ms, details, .. } if !details.restored => {
            let init_us = if provisioned { 0 } else { init_us + details.ahead_init_us };
            billed_ms != (duration_us + init_us).div_ceil(1_000)
        }
        _ => false,
    })
}

/// Counts of scenarios by pairs of groups; on the diagonal, of scenarios in which a group acted.
pub struct Pairs {
    counts: Vec<Vec<u32>>,
    scenarios: u32,
}

impl Pairs {
    pub fn new() -> Self {
        Self { counts: vec![vec![0; GROUPS.len()]; GROUPS.len()], scenarios: 0 }
    }

    /// Takes a run in.
    pub fn count(&mut self, spec: &ScenarioSpec, output: &RunOutput) {
        self.scenarios += 1;
        let acted: Vec<usize> = (0..GROUPS.len()).filter(|place| GROUPS[*place].1(spec, output)).collect();
        for one in &acted {
            for other in &acted {
                self.counts[*one][*other] += 1;
            }
        }
    }

    /// A row for each group, a column for each one before it and for itself.
    fn table(&self) -> String {
        let mut table = format!("scenarios in which both acted, of {}\n", self.scenarios);
        for (place, (name, _)) in GROUPS.iter().enumerate() {
            let row: String = self.counts[place][..=place].iter().map(|count| format!("{count:4}")).collect();
            writeln!(table, "{:>2} {name:<22}{row}", place + 1).expect("invariant: writing to a String cannot fail");
        }
        let numbers: String = (1..=GROUPS.len()).map(|number| format!("{number:4}")).collect();
        table + &format!("{:25}{numbers}\n", "")
    }

    /// Prints the table, and fails if two groups acted together in fewer scenarios than that.
    pub fn finish(&self, least: u32) {
        let table = self.table();
        println!("{table}");
        let pairs = (0..GROUPS.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
        let rare: Vec<String> = pairs
            .filter(|(one, other)| self.counts[*one][*other] < least)
            .map(|(one, other)| format!("{} and {}: {}", GROUPS[one].0, GROUPS[other].0, self.counts[one][other]))
            .collect();
        assert!(rare.is_empty(), "{} pairs acted in too few scenarios: {rare:#?}\n{table}", rare.len());
    }
}
