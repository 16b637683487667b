//! The post-mortem that the lesson writes from what happened and what the learner did; theirs to change and copy.

use super::cause::Cause;
use super::clock::{moment, show};
use super::morning::Morning;
use super::outcome::PROMISE_MS;
use super::prediction::Gap;
use super::state::{Incident, Try};
use super::step::Bet;
use crate::components::format::{duration_us, percent, picodollars};
use crate::t;
use std::fmt::Write as _;

/// What the post-mortem is written from.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// What the learner did.
    pub incident: &'a Incident,
    /// The morning as it was.
    pub morning: &'a Morning,
    /// How far the first bet was from tomorrow, if one was made and its run is there.
    pub gap: Option<Gap>,
}

fn ms(value: f64) -> String {
    duration_us(value * 1_000.0)
}

/// The whole text, in Markdown.
#[must_use]
pub fn write(material: &Material<'_>) -> String {
    let parts = [
        (t!("incident.pm_what"), what_happened(material)),
        (t!("incident.pm_timeline"), timeline(material)),
        (t!("incident.pm_cause"), cause(material)),
        (t!("incident.pm_tried"), tried(&material.incident.tries)),
        (t!("incident.pm_alarms"), alarms(&material.incident.tries)),
    ];
    let mut text = format!("# {}\n", t!("incident.pm_title"));
    for (heading, body) in parts {
        // Writing to a String cannot fail.
        let _ = write!(text, "\n## {heading}\n\n{body}\n");
    }
    text
}

fn what_happened(material: &Material<'_>) -> String {
    let morning = material.morning;
    let worst = morning.worst();
    t!(
        "incident.pm_summary",
        n = morning.slow_minutes(),
        p99 = ms(worst.p99_ms),
        at = show(worst.at),
        p50 = ms(morning.worst_p50_ms()),
        cold = morning.cold_starts(),
        invocations = morning.invocations(),
        failed = morning.errors(),
        refused = morning.throttled()
    )
}

fn timeline(material: &Material<'_>) -> String {
    let Material { incident, morning, gap } = material;
    let mut lines =
        vec![t!("incident.pm_quiet", at = show(moment::OPENING), p99 = ms(morning.at(moment::OPENING).map_or(0.0, |m| m.p99_ms)))];
    if let Some(first) = morning.first_slow() {
        lines.push(t!("incident.pm_first_slow", at = show(first.at), p99 = ms(first.p99_ms), share = percent(first.cold_share())));
    }
    lines.push(t!("incident.pm_call", at = show(moment::CALL)));
    let mut now = moment::CALL;
    for kind in &incident.bought {
        now += kind.cost_min();
        lines.push(t!("incident.pm_looked", at = show(now), what = kind.title().get()));
    }
    for cause in incident.named.iter().filter(|cause| !cause.is_right()) {
        lines.push(t!("incident.pm_blamed", what = cause.label().get()));
    }
    lines.push(match (&incident.bet_nothing, gap) {
        (Bet::Drawn(_), Some(gap)) => t!("incident.pm_bet", gap = ms(gap.mean_ms)),
        _ => t!("incident.pm_no_bet").to_owned(),
    });
    list(lines)
}

fn cause(material: &Material<'_>) -> String {
    let morning = material.morning;
    let worst = morning.worst();
    format!(
        "{} {}",
        Cause::ColdStarts.explanation().get(),
        t!("incident.pm_cause_figures", at = show(worst.at), share = percent(worst.cold_share()), max = worst.concurrency_max)
    )
}

fn tried(tries: &[Try]) -> String {
    if tries.is_empty() {
        return t!("incident.pm_nothing_tried").to_owned();
    }
    list(tries.iter().map(|tried| {
        let outcome = &tried.outcome;
        t!(
            "incident.pm_try",
            plan = tried.plan.words(),
            p99 = ms(outcome.worst_p99_ms),
            cold = outcome.cold_starts,
            spilled = outcome.spilled,
            month = picodollars(outcome.month_pd)
        )
    }))
}

/// Which alarms would have spoken first, by AWS's names of the metrics.
fn alarms(tries: &[Try]) -> String {
    let mut lines = vec![t!("incident.pm_alarm_latency", promise = ms(PROMISE_MS)), t!("incident.pm_alarm_init").to_owned()];
    if tries.iter().any(|tried| tried.plan.units > 0) {
        lines.push(t!("incident.pm_alarm_spill").to_owned());
    }
    if tries.iter().any(|tried| tried.plan.pings > 0) {
        lines.push(t!("incident.pm_alarm_pings").to_owned());
    }
    list(lines)
}

fn list(lines: impl IntoIterator<Item = String>) -> String {
    lines.into_iter().map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n")
}
