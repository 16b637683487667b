//! 08:58: the dashboard in the present tense.

use super::super::charts;
use super::super::clock::{ClockMinute, moment, show};
use super::super::morning::{Minute, Morning};
use super::super::state::Action;
use super::scene::Scene;
use crate::charts::ChartView;
use crate::components::format::{count, duration_us};
use crate::components::{Button, ButtonKind, Callout, CalloutKind, IconName, Stat, Tone, Trend};
use crate::platform::media;
use crate::{t, testid};
use std::rc::Rc;
use yew::prelude::*;

/// The dashboard with its clock, and the pager.
pub fn watch(scene: &Scene, morning: &Morning) -> Html {
    let now = scene.incident.now;
    html! {
        <>
            <p class="incident__lead">{ t!("incident.lead_watch") }</p>
            { figures(morning, now) }
            <ChartView id={scene.part("dashboard")} spec={Rc::new(charts::dashboard(morning, now))} testid={testid::INCIDENT_DASHBOARD} />
            <div>{ pager(morning, now) }</div>
            <div class="incident__acts">{ controls(scene, morning) }</div>
        </>
    }
}

/// The last whole minute in figures, beside the one before.
pub fn figures(morning: &Morning, now: ClockMinute) -> Html {
    let last: Vec<&Minute> = morning.before(now).collect();
    let Some((&minute, earlier)) = last.split_last() else { return Html::default() };
    let before = earlier.last().copied().unwrap_or(minute);
    let trend = |was: f64, is: f64, shown: String| Some((Trend::between(was, is), AttrValue::from(t!("incident.was", value = shown))));
    let latency = |ms: f64| duration_us(ms * 1_000.0);
    let p99_tone = if minute.is_slow() { Tone::Cold } else { Tone::Neutral };
    let errors_tone = if minute.errors > 0 { Tone::Error } else { Tone::Neutral };
    #[allow(clippy::cast_precision_loss, reason = "a minute's count, for a trend")]
    let invocations = trend(before.invocations as f64, minute.invocations as f64, count(before.invocations));
    html! {
        <div class="stats incident__figures" aria-live="polite">
            <Stat label={t!("incident.stat_clock")} value={show(now)} note={AttrValue::from(t!("incident.stat_minute", at = show(minute.at)))} testid={testid::INCIDENT_CLOCK} />
            <Stat label="p50" value={latency(minute.p50_ms)} trend={trend(before.p50_ms, minute.p50_ms, latency(before.p50_ms))} testid={testid::INCIDENT_P50} />
            <Stat label="p99" value={latency(minute.p99_ms)} tone={p99_tone} trend={trend(before.p99_ms, minute.p99_ms, latency(before.p99_ms))} testid={testid::INCIDENT_P99} />
            <Stat label={t!("incident.stat_invocations")} value={count(minute.invocations)} trend={invocations} />
            <Stat label={t!("incident.stat_errors")} value={count(minute.errors)} tone={errors_tone} note={AttrValue::from(t!("incident.stat_refused", n = minute.throttled))} />
        </div>
    }
}

/// The pager speaks when a slow minute is over.
fn pager(morning: &Morning, now: ClockMinute) -> Html {
    let Some(first) = morning.first_slow().filter(|first| first.at < now) else { return Html::default() };
    html! {
        <Callout kind={CalloutKind::Warning} title={AttrValue::from(t!("incident.pager", at = show(first.at + 1)))} live=true testid={testid::INCIDENT_PAGER}>
            <p>{ t!("incident.pager_says", threshold = charts::threshold()) }</p>
        </Callout>
    }
}

fn controls(scene: &Scene, morning: &Morning) -> Html {
    let incident = &scene.incident;
    let is_paged = morning.first_slow().is_some_and(|first| first.at < incident.now);
    let at_call = incident.now >= moment::CALL;
    let clock_kind = if is_paged || at_call { ButtonKind::Secondary } else { ButtonKind::Primary };
    // With less motion wanted, the reader moves the clock.
    let clock = match (media::reduced_motion(), incident.playing) {
        (true, _) => (t!("incident.next_minute"), IconName::Step, Action::Tick),
        (false, true) => (t!("incident.pause"), IconName::Pause, Action::Play(false)),
        (false, false) => (t!("incident.play"), IconName::Play, Action::Play(true)),
    };
    html! {
        <>
            <Button label={clock.0} icon={clock.1} kind={clock_kind} onclick={scene.click(clock.2)} disabled={at_call} testid={testid::INCIDENT_PLAY} />
            <Button label={t!("incident.skip", at = show(moment::CALL))} icon={IconName::Skip} onclick={scene.click(Action::SkipToCall)} disabled={at_call} testid={testid::INCIDENT_SKIP} />
            <Button
                label={t!("incident.take_page")}
                kind={if is_paged || at_call { ButtonKind::Primary } else { ButtonKind::Secondary }}
                onclick={scene.click(Action::TakePage)}
                disabled={!(is_paged || at_call)}
                testid={testid::INCIDENT_TAKE_PAGE}
            />
        </>
    }
}
