//! Figures of one part of a run, by names with colons: `function:orders:cold_share`, `node:dead-letters:entered`, `throttled:scaling_rate`,
//! `cold:deploy`, `outcome:timeout`, `counter:out_of_memory`.

use super::{count, metric, metric_info, micros_to_ms, quantile};
use crate::Format;
use coldstart_sim::{Bill, ColdCause, Exit, FunctionCounter, NodeCounter, NodeReport, Outcome, Report, ThrottleCause};
use std::fmt::Debug;

const COLD_CAUSES: [ColdCause; 5] = [ColdCause::First, ColdCause::ScaleOut, ColdCause::Reclaimed, ColdCause::Recycled, ColdCause::Deploy];
const OUTCOMES: [Outcome; 4] = [Outcome::Success, Outcome::Error, Outcome::Crash, Outcome::Timeout];

type Figure = fn(&NodeReport) -> u64;
type Time = fn(&NodeReport) -> Option<f64>;

/// Plain figures of a node, by name.
const NODE_FIGURES: [(&str, Figure); 5] = [
    ("entered", |node| node.entered),
    ("in_flight", |node| node.in_flight),
    ("held_max", |node| node.held_max),
    ("duplicated", |node| node.duplicated),
    ("failed", NodeReport::failed),
];

/// Figures of a node in milliseconds, by name.
const NODE_TIMES: [(&str, Time); 4] = [
    ("age_p50_ms", |node| quantile(&node.age, 0.5)),
    ("age_p99_ms", |node| quantile(&node.age, 0.99)),
    ("age_max_ms", |node| (node.age.count > 0).then(|| micros_to_ms(node.age.max_us))),
    ("iterator_age_max_ms", |node| Some(micros_to_ms(node.iterator_age_max_us))),
];

/// What a name with colons stands for.
enum Scope<'n> {
    Function(&'n str, &'n str),
    Node(&'n str, &'n str),
    Cold(usize),
    Throttled(usize),
    Outcome(usize),
    Counter(usize),
}

fn scope(name: &str) -> Option<Scope<'_>> {
    let (kind, rest) = name.split_once(':')?;
    match kind {
        "function" => rest.split_once(':').map(|(id, metric)| Scope::Function(id, metric)),
        "node" => rest.split_once(':').map(|(id, what)| Scope::Node(id, what)),
        "cold" => place(&COLD_CAUSES, rest).map(Scope::Cold),
        "throttled" => place(&ThrottleCause::ALL, rest).map(Scope::Throttled),
        "outcome" => place(&OUTCOMES, rest).map(Scope::Outcome),
        "counter" => place(&FunctionCounter::ALL, rest).map(Scope::Counter),
        _ => None,
    }
}

/// Whether the name stands for something; whether a run has a function or a node of that id is known only when it is run.
pub(super) fn is_known(name: &str) -> bool {
    format(name).is_some()
}

/// How the figure is written.
pub(super) fn format(name: &str) -> Option<Format> {
    match scope(name)? {
        Scope::Function(_, inner) => metric_info(inner).map(|info| info.format),
        Scope::Node(_, what) => node_format(what),
        Scope::Cold(_) | Scope::Throttled(_) | Scope::Outcome(_) | Scope::Counter(_) => Some(Format::Count),
    }
}

/// The figure.
pub(super) fn read(report: &Report, name: &str) -> Option<f64> {
    match scope(name)? {
        Scope::Function(id, inner) => metric(&of_function(report, id)?, inner),
        Scope::Node(id, what) => node_figure(report.nodes.iter().find(|node| node.id == id)?, what),
        Scope::Cold(at) => report.total.cold_by_cause.get(at).copied().map(count),
        Scope::Throttled(at) => report.total.throttles.get(at).copied().map(count),
        Scope::Outcome(at) => report.total.outcomes.get(at).copied().map(count),
        Scope::Counter(at) => report.total.counters.get(at).copied().map(count),
    }
}

/// The report as if there were this function alone; minutes are not kept by function.
fn of_function(report: &Report, id: &str) -> Option<Report> {
    let total = report.functions.iter().find(|function| function.id == id)?.clone();
    let lines = report.bill.lines.iter().filter(|line| line.function == id).cloned().collect::<Vec<_>>();
    let bill = Bill { due_pd: lines.iter().map(|line| line.due_pd).sum(), lines, covers_us: report.bill.covers_us };
    Some(Report { total, bill, functions: Vec::new(), nodes: Vec::new(), minutes: Vec::new(), ..report.clone() })
}

fn node_format(what: &str) -> Option<Format> {
    if NODE_TIMES.iter().any(|(name, _)| *name == what) {
        return Some(Format::Duration);
    }
    let known = NODE_FIGURES.iter().any(|(name, _)| *name == what)
        || status(what).is_some()
        || place(&Exit::ALL, what).is_some()
        || place(&NodeCounter::ALL, what).is_some();
    known.then_some(Format::Count)
}

fn node_figure(node: &NodeReport, what: &str) -> Option<f64> {
    if let Some((_, time)) = NODE_TIMES.iter().find(|(name, _)| *name == what) {
        return time(node);
    }
    if let Some((_, figure)) = NODE_FIGURES.iter().find(|(name, _)| *name == what) {
        return Some(count(figure(node)));
    }
    let by_status = status(what).map(|status| node.answers(status));
    let by_exit = place(&Exit::ALL, what).map(|at| node.exits[at]);
    let by_counter = place(&NodeCounter::ALL, what).map(|at| node.counters[at]);
    by_status.or(by_exit).or(by_counter).map(count)
}

fn status(what: &str) -> Option<u32> {
    what.strip_prefix("status_")?.parse().ok()
}

/// Place of the value whose name, in snake case, this is.
fn place(all: &[impl Debug], name: &str) -> Option<usize> {
    all.iter().position(|value| snake(&format!("{value:?}")) == name)
}

/// `SentOnFailure` as `sent_on_failure`.
fn snake(camel: &str) -> String {
    let mut snake = String::with_capacity(camel.len() + 4);
    for letter in camel.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_reports_own_text() {
        for exit in Exit::ALL {
            assert_eq!(serde_json::to_value(exit).unwrap(), snake(&format!("{exit:?}")));
        }
        for counter in NodeCounter::ALL {
            assert_eq!(serde_json::to_value(counter).unwrap(), snake(&format!("{counter:?}")));
        }
        for cause in ThrottleCause::ALL {
            assert_eq!(serde_json::to_value(cause).unwrap(), snake(&format!("{cause:?}")));
        }
        for (at, (cause, outcome)) in COLD_CAUSES.into_iter().zip(OUTCOMES).enumerate() {
            assert_eq!((cause as usize, outcome as usize), (at, at));
        }
    }

    #[test]
    fn known_names_have_a_format_and_others_none() {
        let known = [
            ("function:f:cold_share", Format::Percent),
            ("function:f:p99_ms", Format::Duration),
            ("node:q:redriven", Format::Count),
            ("node:q:age_p99_ms", Format::Duration),
            ("node:door:status_502", Format::Count),
            ("throttled:scaling_rate", Format::Count),
            ("cold:scale_out", Format::Count),
            ("outcome:timeout", Format::Count),
            ("counter:out_of_memory", Format::Count),
        ];
        for (name, wanted) in known {
            assert_eq!(format(name), Some(wanted), "{name}");
        }
        for name in ["function:f", "node:q:colour", "throttled:mood", "cold:cold", "outcome:", "colour:red"] {
            assert_eq!(format(name), None, "{name}");
        }
    }
}
