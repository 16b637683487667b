//! Checks of sources.

use super::checker::{Checker, text};
use super::{function, id, in_order, mapping, senders};
use crate::limits;
use crate::spec::{ArrivalsSpec, RatePointSpec, RetrySpec, ScenarioSpec, SourceKindSpec};

pub(super) fn check(checker: &mut Checker, spec: &ScenarioSpec) {
    if !checker.entries("sources", spec.sources.len(), limits::SOURCES) {
        return;
    }
    let mut seen = Vec::new();
    for (index, source) in spec.sources.iter().enumerate() {
        checker.item("sources", index, |c| {
            id(c, &source.id, &mut seen);
            target(c, spec, &source.target);
            if is_node(spec, &source.target) && source.kind != SourceKindSpec::Synchronous {
                c.error("kind", "who sends to a queue or a stream is of kind synchronous".to_owned());
            }
            if let SourceKindSpec::Ping { handler_ms } = source.kind {
                c.at("kind", |c| c.number("handler_ms", handler_ms, limits::PING_MS));
            }
            c.number("payload_kb", source.payload_kb, limits::PAYLOAD_KB);
            senders::check(c, spec, source);
            c.at("arrivals", |c| {
                arrivals(c, &source.arrivals);
                switches(c, &source.arrivals, spec.run.duration_s);
            });
            c.at("retry", |c| retry(c, &source.retry));
        });
    }
}

pub(super) fn retry(c: &mut Checker, retry: &RetrySpec) {
    c.number("max_attempts", retry.max_attempts, limits::MAX_ATTEMPTS);
    c.number("base_ms", retry.base_ms, limits::BACKOFF_MS);
    c.number("cap_ms", retry.cap_ms, limits::BACKOFF_MS);
}

/// Whether a queue or a stream has this id.
fn is_node(spec: &ScenarioSpec, id: &str) -> bool {
    mapping::queue(spec, id).is_some() || mapping::stream(spec, id).is_some()
}

fn target(c: &mut Checker, spec: &ScenarioSpec, target: &str) {
    if c.characters("target", target, limits::ID_CHARS) && function(spec, target).is_none() && !is_node(spec, target) {
        let known: Vec<&str> = spec.functions.iter().take(limits::FUNCTIONS.max).map(|function| function.id.as_str()).collect();
        let shown: Vec<String> =
            known.iter().map(|id| format!("{:?}", id.chars().take(limits::ID_CHARS.max).collect::<String>())).collect();
        let or_other = if spec.queues.len() + spec.streams.len() == 0 { "" } else { ", queue or stream" };
        c.error("target", format!("no function{or_other} has the id {target:?}; there is {}", shown.join(", ")));
    }
}

fn arrivals(c: &mut Checker, arrivals: &ArrivalsSpec) {
    match arrivals {
        ArrivalsSpec::Constant { per_s } | ArrivalsSpec::Poisson { per_s } => {
            c.number("per_s", *per_s, limits::POSITIVE_RATE_PER_S);
        }
        ArrivalsSpec::Rate { points, repeat_every_s, .. } => rate(c, points, *repeat_every_s),
        ArrivalsSpec::OnOff { on_per_s, off_per_s, on_mean_s, off_mean_s } => {
            c.number("on_per_s", *on_per_s, limits::RATE_PER_S);
            c.number("off_per_s", *off_per_s, limits::RATE_PER_S);
            c.number("on_mean_s", *on_mean_s, limits::SPAN_S);
            c.number("off_mean_s", *off_mean_s, limits::SPAN_S);
        }
        ArrivalsSpec::Cron { every_s, first_s, requests } => {
            c.number("every_s", *every_s, limits::SPAN_S);
            c.number("first_s", *first_s, limits::MOMENT_S);
            c.number("requests", *requests, limits::REQUESTS_AT_ONCE);
        }
        ArrivalsSpec::Timestamps { at_s, durations_ms } => timestamps(c, at_s, durations_ms),
        ArrivalsSpec::PerMinute { counts } => {
            c.numbers("counts", counts, limits::MINUTES, limits::COUNT_PER_MINUTE);
        }
        ArrivalsSpec::Log { sends } => {
            if c.entries("sends", sends.len(), limits::SENDS) {
                for (index, send) in sends.iter().enumerate() {
                    c.item("sends", index, |c| {
                        c.number("at_s", send.at_s, limits::MOMENT_S);
                        c.number("requests", send.requests, limits::REQUESTS_AT_ONCE);
                    });
                }
                in_order(c, "sends", sends.iter().map(|send| send.at_s), false);
            }
        }
    }
}

/// Bursts that switch millions of times keep the run busy between two events.
fn switches(c: &mut Checker, arrivals: &ArrivalsSpec, duration_s: f64) {
    let ArrivalsSpec::OnOff { on_mean_s, off_mean_s, .. } = arrivals else { return };
    let expected = libm::round(2.0 * duration_s / (on_mean_s + off_mean_s));
    if expected > limits::SWITCHES_MAX {
        let (expected, most) = (text(&expected), text(&limits::SWITCHES_MAX));
        c.error("on_mean_s", format!("it would switch some {expected} times within the run; at most {most} are possible"));
    }
}

fn rate(c: &mut Checker, points: &[RatePointSpec], repeat_every_s: Option<f64>) {
    if c.entries("points", points.len(), limits::RATE_POINTS) {
        for (index, point) in points.iter().enumerate() {
            c.item("points", index, |c| {
                c.number("at_s", point.at_s, limits::MOMENT_S);
                c.number("per_s", point.per_s, limits::RATE_PER_S);
            });
        }
        in_order(c, "points", points.iter().map(|point| point.at_s), true);
    }
    let sound = c.optional("repeat_every_s", repeat_every_s, limits::SPAN_S);
    if let (Some(every_s), Some(last), true) = (repeat_every_s, points.last(), sound)
        && every_s <= last.at_s
    {
        c.error("repeat_every_s", format!("{} s is not after the last point ({} s)", text(&every_s), text(&last.at_s)));
    }
}

fn timestamps(c: &mut Checker, at_s: &[f64], durations_ms: &[f64]) {
    if c.numbers("at_s", at_s, limits::TIMESTAMPS, limits::MOMENT_S) {
        in_order(c, "at_s", at_s.iter().copied(), false);
    }
    c.numbers("durations_ms", durations_ms, limits::TIMESTAMPS, limits::DURATION_MS);
    if !durations_ms.is_empty() && durations_ms.len() != at_s.len() {
        let (durations, times) = (text(&durations_ms.len()), text(&at_s.len()));
        c.error("durations_ms", format!("{durations} durations for {times} arrivals; give one per arrival or none"));
    }
}
