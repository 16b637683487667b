//! The calibrated scenario, run: traffic from the log or from a slider, measured and simulated side by side, and the way to the
//! playground.

use super::scenario::{self, Choices, Handover, RATES_PER_S, STAND_IN_PER_S};
use super::view::{self, ReadLog};
use crate::app::{Link, Route};
use crate::components::format::Unit;
use crate::components::{Button, ButtonKind, Callout, CalloutKind, Column, DataTable, Select, SelectOption, Slider, SliderScale, Toggle};
use crate::i18n::Text;
use crate::platform::file;
use crate::runner::{RunRequest, RunStatus, use_run};
use crate::{t, testid, text};
use coldstart_sim::ScenarioSpec;
use coldstart_sim::log::Calibration;
use coldstart_sim::spec::{ArchitectureSpec, DistributionSpec, ReclaimProfileSpec};
use std::rc::Rc;
use yew::prelude::*;

const FILE_NAME: &str = "coldstart-scenario.json";

const PROFILES: [(&str, ReclaimProfileSpec, Text); 5] = [
    ("logs_2020", ReclaimProfileSpec::Logs2020, text!("logs.profile_logs_2020")),
    ("cliff_2021", ReclaimProfileSpec::Cliff2021, text!("logs.profile_cliff_2021")),
    ("mid_2019", ReclaimProfileSpec::Mid2019, text!("logs.profile_mid_2019")),
    ("early_2019", ReclaimProfileSpec::Early2019, text!("logs.profile_early_2019")),
    ("y2017", ReclaimProfileSpec::Y2017, text!("logs.profile_y2017")),
];

/// Properties of [`RunIt`].
#[derive(Properties, Clone, PartialEq)]
pub struct RunItProps {
    /// What was read; it has a calibration.
    pub log: ReadLog,
    /// Processor architecture.
    pub architecture: ArchitectureSpec,
}

/// The function of the log, run.
#[component]
pub fn RunIt(props: &RunItProps) -> Html {
    let is_replay = use_state_eq(|| true);
    let per_s = use_state_eq(|| None::<f64>);
    let profile = use_state_eq(ReclaimProfileSpec::default);
    let choices =
        Choices { is_replay: *is_replay, per_s: per_s.unwrap_or(STAND_IN_PER_S), architecture: props.architecture, reclaim: *profile };
    let spec = use_memo((props.log.clone(), choices), |(log, choices)| {
        log.calibration.as_ref().map(|calibration| scenario::scenario(&log.parsed, calibration, choices))
    });
    let run = use_run((*spec).clone().map(RunRequest::new));
    let compared = use_memo((props.log.clone(), run.latest.clone(), props.architecture), |(log, latest, architecture)| {
        let (calibration, latest) = (log.calibration.as_ref()?, latest.as_ref()?);
        Some(view::comparison(log, calibration, &latest.report, *architecture))
    });
    let Some(calibration) = &props.log.calibration else { return Html::default() };
    let controls = Controls { calibration, choices, is_rate_set: per_s.is_some() };
    html! {
        <section class="logs-part lab" aria-labelledby="logs-run" data-testid={testid::LOGS_RUN} data-state={run.status.word()}>
            <h2 id="logs-run">{ t!("logs.run") }</h2>
            <p>{ t!("logs.run_lead") }</p>
            <ul class="logs-calibrated">{ for calibrated_words(&props.log, calibration).into_iter().map(|words| html! { <li>{ words }</li> }) }</ul>
            <div>{ asks_for_rate(&controls) }</div>
            <div class="lab-controls">{ traffic(&controls, &is_replay, &per_s) }{ idle_life(*profile, &profile) }</div>
            <p class="lab-says" aria-live="polite" data-testid={testid::LOGS_COMPARISON_SAYS}>{ said(&run.status, compared.as_ref().as_ref()) }</p>
            <div>{ compared.as_ref().as_ref().map(comparison_table) }</div>
            <Callout kind={CalloutKind::ModellingChoice}>
                <p>{ t!("logs.choice") }</p>
                <p>{ if choices.is_replay && calibration.has_arrivals { t!("logs.choice_replay") } else { t!("logs.choice_rate") } }</p>
            </Callout>
            <div>{ (*spec).clone().map(|spec| html! { <HandOver spec={Rc::new(spec)} /> }) }</div>
        </section>
    }
}

/// What the controls depend on.
struct Controls<'a> {
    calibration: &'a Calibration,
    choices: Choices,
    is_rate_set: bool,
}

fn asks_for_rate(controls: &Controls<'_>) -> Html {
    if controls.calibration.has_arrivals {
        return Html::default();
    }
    let text = if controls.is_rate_set { t!("logs.rate_given") } else { t!("logs.rate_wanted") };
    html! { <Callout title={t!("logs.rate_wanted_title")} testid={testid::LOGS_RATE_WANTED}><p>{ text }</p></Callout> }
}

fn traffic(controls: &Controls<'_>, is_replay: &UseStateHandle<bool>, per_s: &UseStateHandle<Option<f64>>) -> Html {
    let Controls { calibration, choices, .. } = controls;
    let set_replay = {
        let is_replay = is_replay.setter();
        Callback::from(move |on| is_replay.set(on))
    };
    let set_rate = {
        let per_s = per_s.setter();
        Callback::from(move |value| per_s.set(Some(value)))
    };
    let is_random = !(calibration.has_arrivals && choices.is_replay);
    html! {
        <>
            <div>{ calibration.has_arrivals.then(|| html! {
                <Toggle id="logs-replay" label={t!("logs.replay")} hint={t!("logs.replay_hint")} on={choices.is_replay} on_change={set_replay}
                    testid={testid::LOGS_REPLAY} />
            }) }</div>
            <div>{ is_random.then(|| html! {
                <Slider id="logs-rate" label={t!("logs.rate")} hint={t!("logs.rate_hint")} value={choices.per_s} min={RATES_PER_S.0} max={RATES_PER_S.1}
                    step={RATES_PER_S.0} scale={SliderScale::Log} unit={Unit::PerSecond} on_input={set_rate} testid={testid::LOGS_RATE} />
            }) }</div>
        </>
    }
}

fn idle_life(chosen: ReclaimProfileSpec, profile: &UseStateHandle<ReclaimProfileSpec>) -> Html {
    let value = PROFILES.iter().find(|(_, profile, _)| *profile == chosen).map_or("", |(name, ..)| *name);
    let options = PROFILES.iter().map(|(name, _, text)| SelectOption::new(*name, text.get())).collect::<Vec<_>>();
    let choose = {
        let profile = profile.setter();
        Callback::from(move |value: AttrValue| {
            if let Some((_, chosen, _)) = PROFILES.iter().find(|(name, ..)| *name == value.as_str()) {
                profile.set(*chosen);
            }
        })
    };
    html! {
        <div>
            <Select id="logs-profile" label={t!("logs.profile")} hint={t!("logs.profile_hint")} {value} {options} on_change={choose}
                testid={testid::LOGS_PROFILE} />
        </div>
    }
}

/// What the scenario took from the log.
fn calibrated_words(log: &ReadLog, calibration: &Calibration) -> Vec<String> {
    let Some(function) = calibration.scenario.functions.first() else { return Vec::new() };
    let timeout = view::ms(view::as_f64(function.timeout_ms));
    let mut words = vec![t!("logs.took_settings", memory = Unit::Megabytes.show(f64::from(function.memory_mb)), timeout = timeout)];
    let handler = calibration.warm_duration.as_ref().unwrap_or(&calibration.duration);
    words.push(t!("logs.took_duration", n = handler.count, p50 = view::ms(handler.p50_ms), p99 = view::ms(handler.p99_ms)));
    words.push(match view::init_summary(&log.parsed) {
        Some(init) => t!("logs.took_init", n = init.count, p50 = view::ms(init.p50_ms)),
        None => t!("logs.took_no_init").to_owned(),
    });
    if matches!(function.handler.first_run_cpu, DistributionSpec::Constant { ms } if ms > 0.0) {
        words.push(t!("logs.took_first_run").to_owned());
    }
    words
}

fn said(status: &RunStatus, compared: Option<&view::Comparison>) -> String {
    match (status, compared) {
        (RunStatus::Failed(reason), _) => t!("logs.run_failed", reason = reason.to_string()),
        (_, Some(compared)) => compared.says.clone(),
        (_, None) => t!("logs.running").to_owned(),
    }
}

fn comparison_table(compared: &view::Comparison) -> Html {
    let numbers = [t!("logs.col_measured"), t!("logs.col_simulated"), t!("logs.col_apart")];
    let columns: Vec<Column> = std::iter::once(Column::words(t!("logs.col_figure"))).chain(numbers.map(Column::numbers)).collect();
    html! {
        <DataTable id="logs-comparison" caption={t!("logs.comparison")} {columns} rows={compared.rows.clone()} testid={testid::LOGS_COMPARISON} />
    }
}

#[derive(Properties, Clone, PartialEq)]
struct HandOverProps {
    spec: Rc<ScenarioSpec>,
}

/// The scenario, to go on with: in the playground, or as a file.
#[component]
fn HandOver(props: &HandOverProps) -> Html {
    let handover = use_memo(props.spec.clone(), |spec| scenario::handover(spec));
    let outcome = use_state_eq(|| None::<Result<(), String>>);
    let onclick = {
        let (outcome, spec) = (outcome.setter(), props.spec.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(text) = scenario::file_text(&spec) else { return };
            let done = file::download(FILE_NAME, "application/json", &text).map_err(|error| error.to_string());
            outcome.set(Some(done));
        })
    };
    let note = match &*handover {
        Handover::Whole(_) => "",
        Handover::PerMinute(_) => t!("logs.link_per_minute"),
        Handover::FileOnly => t!("logs.link_too_large"),
    };
    let saved = match &*outcome {
        None => String::new(),
        Some(Ok(())) => t!("logs.saved", name = FILE_NAME),
        Some(Err(reason)) => t!("logs.not_saved", reason = reason.as_str()),
    };
    html! {
        <div class="logs-hand-over">
            <div class="cluster">
                <div>{ handover.payload().map(|payload| html! {
                    <Link to={Route::Playground} fragment={format!("s={payload}")} testid={testid::LOGS_PLAYGROUND}>{ t!("logs.playground") }</Link>
                }) }</div>
                <Button label={t!("logs.download")} kind={ButtonKind::Secondary} {onclick} testid={testid::LOGS_DOWNLOAD} />
            </div>
            <p class="small">{ note }</p>
            <p class="small" role="status">{ saved }</p>
        </div>
    }
}
