//! `fleet-stage`: the stage of a lesson, on which the learner is the traffic. What was sent by hand is part of the scenario, so the
//! same sends give the same run again.

use super::fleet::{Fleet, noted};
use super::provisioned::model::{units_of, with_sends, with_units};
use crate::components::format::Unit;
use crate::components::{Button, ButtonKind, Slider};
use crate::pages::lesson::WidgetProps;
use crate::runner::{RunRequest, RunStatus, TimelineOptions, use_run};
use crate::{t, testid};
use coldstart_sim::ScenarioSpec;
use coldstart_sim::spec::{ArrivalsSpec, SendSpec, SourceKindSpec, SourceSpec};
use yew::prelude::*;

const TIMELINE_ENTRIES: u32 = 20_000;
const UNITS_MAX: f64 = 20.0;
const DEFAULT_BURST: f64 = 5.0;

/// The widget.
#[component]
pub fn LiveStage(props: &WidgetProps) -> Html {
    let Some(spec) = props.spec.clone() else { return html! {} };
    // Whoever opens a link sees what its sender sent.
    let sends = use_state(|| if props.shared.is_some() { sent(&spec) } else { Vec::new() });
    let units = use_state(|| units_of(&spec));
    let moment = use_mut_ref(|| 0_u64);
    let restarts = use_state(|| 0_u64);
    let by_hand = is_by_hand(&spec);
    let run = with_sends(&with_units(&with_hand(&spec), *units), &sends);
    let window_us = (0, whole_us(run.run.duration_s));
    let request = RunRequest {
        timeline: Some(TimelineOptions { window_us, max_entries: TIMELINE_ENTRIES }),
        seed: props.seed,
        ..RunRequest::new(run)
    };
    let handle = use_run(request);
    {
        let (report, name) = (props.on_report.clone(), props.run.clone());
        // Before anything was sent there is nothing to report: the text keeps the lesson's own figures.
        let result = handle.latest.clone().filter(|run| run.report.total.requests > 0);
        use_effect_with(result, move |result| result.iter().for_each(|result| report.emit((name.clone(), result.clone()))));
    }
    let burst = whole(props.number("burst").unwrap_or(DEFAULT_BURST));
    let send = |requests: u32| {
        let (sends, moment) = (sends.clone(), moment.clone());
        Callback::from(move |_: MouseEvent| {
            let mut sent = (*sends).clone();
            sent.push(SendSpec { at_s: seconds(*moment.borrow()), requests });
            sent.sort_by(|a, b| a.at_s.total_cmp(&b.at_s));
            sends.set(sent);
        })
    };
    let again = {
        let (sends, restarts) = (sends.setter(), restarts.clone());
        Callback::from(move |_: MouseEvent| {
            sends.set(Vec::new());
            restarts.set(*restarts + 1);
        })
    };
    let on_moment = noted(&moment, &props.on_moment);
    let set_units = {
        let units = units.setter();
        Callback::from(move |value: f64| units.set(whole(value)))
    };
    let remark = match &handle.status {
        RunStatus::Failed(reason) => t!("provisioned.failed", reason = reason.to_string()),
        _ if by_hand && sends.is_empty() => t!("provisioned.waiting").to_owned(),
        _ => String::new(),
    };
    html! {
        <div class="lab live-stage" data-testid={testid::LIVE_STAGE} data-state={handle.status.word()}>
            <div class="lab-acts">
                <Button label={t!("provisioned.send", n = burst)} kind={ButtonKind::Primary} onclick={send(burst)} testid={testid::SEND_BURST} />
                <Button label={t!("provisioned.send_one")} onclick={send(1)} testid={testid::SEND_ONE} />
                <Button label={t!("provisioned.again")} kind={ButtonKind::Quiet} onclick={again} />
            </div>
            <p class="lab-remark" aria-live="polite">{ remark }</p>
            <Fleet run={handle.latest.clone()} speed={1.0} shelf_places={*units as usize} shelf_ready={true} autoplay={true} seek_us={(*restarts > 0).then(|| restarts_to_seek(*restarts))} at_us={props.at_us}
                {on_moment} clock_start_s={spec.run.clock_start_s} />
            <div class="lab-controls">
                { if props.has_control("provisioned") {
                    html! { <Slider id={format!("{}-units", props.id)} label={t!("provisioned.units")} value={f64::from(*units)} min={0.0}
                        max={UNITS_MAX} step={1.0} unit={Unit::Count} on_input={set_units} testid={testid::STAGE_UNITS} /> }
                } else { html! {} } }
            </div>
        </div>
    }
}

/// Every restart seeks to the start; odd and even ones differ by a microsecond, so that each is a change.
const fn restarts_to_seek(restarts: u64) -> u64 {
    restarts % 2
}

/// What the scenario's own logs send.
fn sent(spec: &ScenarioSpec) -> Vec<SendSpec> {
    let sends =
        spec.sources.iter().filter_map(|source| if let ArrivalsSpec::Log { sends } = &source.arrivals { Some(sends) } else { None });
    sends.flatten().cloned().collect()
}

fn is_by_hand(spec: &ScenarioSpec) -> bool {
    spec.sources.iter().all(|source| matches!(source.arrivals, ArrivalsSpec::Log { .. }))
}

/// The scenario with a sender for the learner: its own log, emptied, or one more source beside the traffic.
fn with_hand(spec: &ScenarioSpec) -> ScenarioSpec {
    let mut spec = spec.clone();
    let mut has_log = false;
    for source in &mut spec.sources {
        if let ArrivalsSpec::Log { sends } = &mut source.arrivals {
            sends.clear();
            has_log = true;
        }
    }
    if !has_log && let Some(function) = spec.functions.first() {
        spec.sources.push(SourceSpec {
            id: "you".to_owned(),
            target: function.id.clone(),
            kind: SourceKindSpec::Synchronous,
            arrivals: ArrivalsSpec::Log { sends: Vec::new() },
            ..Default::default()
        });
    }
    spec
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small and not negative")]
fn whole(value: f64) -> u32 {
    value.max(0.0).round() as u32
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a run is at most a month")]
fn whole_us(seconds: f64) -> u64 {
    (seconds.max(0.0) * 1e6) as u64
}

#[allow(clippy::cast_precision_loss, reason = "a run is far below 2^53 microseconds")]
fn seconds(us: u64) -> f64 {
    us as f64 / 1e6
}
