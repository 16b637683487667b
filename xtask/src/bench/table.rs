//! What was measured, for people and for programs.

use super::measure::Series;

/// One promise, and what was measured for it.
pub struct Outcome {
    name: String,
    measured: f64,
    promised: String,
    /// Whether it is kept.
    pub holds: bool,
}

impl Outcome {
    /// Kept if the figure is at least so much.
    pub fn at_least(name: String, measured: f64, least: f64) -> Self {
        Self { name, measured, promised: format!("at least {least}"), holds: measured >= least }
    }

    /// Kept if the figure is at most so much.
    pub fn at_most(name: String, measured: f64, most: f64) -> Self {
        Self { name, measured, promised: format!("at most {most}"), holds: measured <= most }
    }
}

/// The tables that a person reads.
pub fn text(series: &[Series], outcomes: &[Outcome]) -> String {
    let head = format!(
        "{:<18}{:>12}{:>14}{:>10}{:>11}{:>12}{:>8}",
        "workload", "ns/request", "requests/s", "MiB", "worker ns", "peer ns", "times"
    );
    let rows = series.iter().map(|one| {
        let figure = |figure: Option<f64>| figure.map_or_else(|| "-".to_owned(), |figure| format!("{figure:.0}"));
        let (ns, peer, ratio) = (one.our_ns(), figure(one.their_ns()), figure(one.ratio()));
        let worker = figure(one.worker_ns());
        let (name, per_s, mib) = (one.workload.name, 1e9 / ns, one.our_peak_mib());
        format!("{name:<18}{ns:>12.1}{per_s:>14.0}{mib:>10.1}{worker:>11}{peer:>12}{ratio:>8}")
    });
    let checks = outcomes.iter().map(|outcome| {
        let mark = if outcome.holds { "ok  " } else { "FAIL" };
        format!("{mark} {}: {:.2} (promised: {})", outcome.name, outcome.measured, outcome.promised)
    });
    let lines = std::iter::once(head).chain(rows).chain(std::iter::once(String::new())).chain(checks);
    lines.collect::<Vec<_>>().join("\n")
}

/// The same as one JSON object.
pub fn json(series: &[Series], outcomes: &[Outcome]) -> String {
    let or_null = |figure: Option<f64>| figure.map_or_else(|| "null".to_owned(), |figure| figure.to_string());
    let workloads = series.iter().map(|one| {
        format!(
            "{{\"workload\": \"{}\", \"ns_per_request\": {}, \"peak_mib\": {}, \"worker_ns_per_request\": {}, \"peer\": {}, \"peer_ns_per_request\": {}, \"ratio\": {}}}",
            one.workload.name,
            one.our_ns(),
            one.our_peak_mib(),
            or_null(one.worker_ns()),
            one.workload.peer.as_ref().map_or_else(|| "null".to_owned(), |peer| format!("\"{}\"", peer.name)),
            or_null(one.their_ns()),
            or_null(one.ratio()),
        )
    });
    let checks = outcomes.iter().map(|outcome| {
        let (name, measured, promised, holds) = (&outcome.name, outcome.measured, &outcome.promised, outcome.holds);
        format!("{{\"check\": \"{name}\", \"measured\": {measured}, \"promised\": \"{promised}\", \"holds\": {holds}}}")
    });
    let (workloads, checks) = (workloads.collect::<Vec<_>>().join(",\n  "), checks.collect::<Vec<_>>().join(",\n  "));
    format!("{{\"workloads\": [\n  {workloads}],\n \"checks\": [\n  {checks}]}}")
}
