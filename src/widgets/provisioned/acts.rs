//! The acts that ask how much spills: at the average, at a chosen size, and with short calls.

use super::model::{offered_load, size_row, units_of, with_units};
use super::view;
use crate::charts::{ChartSize, ChartSpec, ChartView};
use crate::components::format::Unit;
use crate::components::{Column, DataTable, Slider, SliderScale};
use crate::pages::lesson::WidgetProps;
use crate::runner::{RunHandle, RunRequest, RunStatus, use_run, use_runs};
use crate::{t, testid};
use coldstart_sim::ScenarioSpec;
use coldstart_sim::spec::{ArrivalsSpec, DistributionSpec};
use std::rc::Rc;
use yew::prelude::*;

/// Sizes that are simulated besides the one on the slider, as shares of the offered load.
const PROBES: [f64; 5] = [0.8, 0.9, 1.0, 1.1, 1.2];
/// Share that may spill in the sizing act.
const GOAL: f64 = 0.01;

/// "At an average of fifty busy, with fifty provisioned, what share spills?"
#[component]
pub fn Spill(props: &WidgetProps) -> Html {
    let Some(spec) = props.spec.clone() else { return html! {} };
    let units = use_state(|| units_of(&spec));
    let chosen = with_units(&spec, *units);
    let run = use_run(seeded(&chosen, props.seed));
    use_report(props, &run);
    let probes = use_runs(probe_requests(&spec, props.seed));
    let load = offered_load(&spec).unwrap_or(0.0);
    let bet = props.bets.iter().find(|bet| bet.metric == "spill_share").map(|bet| bet.value);
    let charts = use_memo((run.latest.clone(), probes.results(), *units), |(latest, probes, units)| {
        let mut points: Vec<(u32, f64)> = probe_units(load)
            .into_iter()
            .zip(probes)
            .filter_map(|(units, run)| run.as_ref().map(|run| (units, run.report.total.spill_share())))
            .collect();
        points.extend(latest.iter().map(|run| (*units, run.report.total.spill_share())));
        let occupancy = latest.as_ref().map(|run| Rc::new(view::occupancy_chart(&run.report.total, *units)));
        (occupancy, Rc::new(view::erlang_chart(load, &points, None, bet)))
    });
    let sentence = match &run.latest {
        Some(latest) => view::spill_sentence(&chosen, &latest.report.total),
        None => status_words(&run.status),
    };
    html! {
        <div class="lab" data-testid={testid::PC_SPILL} data-state={run.status.word()}>
            <div class="lab-controls">{ units_slider(props, &units, load) }</div>
            <p class="lab-says" aria-live="polite">{ sentence }</p>
            <div class="lab-charts">
                <div>{ chart(&format!("{}-occupancy", props.id), charts.0.clone()) }</div>
                <div>{ chart(&format!("{}-erlang", props.id), Some(charts.1.clone())) }</div>
            </div>
        </div>
    }
}

/// "How many for less than one in a hundred?": theory, simulation and price side by side.
#[component]
pub fn Size(props: &WidgetProps) -> Html {
    let Some(spec) = props.spec.clone() else { return html! {} };
    let units = use_state(|| units_of(&spec));
    let per_s = use_state(|| rate_of(&spec));
    let spec = Rc::new(with_rate(&spec, *per_s));
    let chosen = with_units(&spec, *units);
    let memory_mb = spec.functions.first().map_or(0, |function| function.memory_mb);
    let run = use_run(seeded(&chosen, props.seed));
    use_report(props, &run);
    let load = offered_load(&spec).unwrap_or(0.0);
    let view = use_memo((run.latest.clone(), *units), |(latest, units)| {
        let row = latest.as_ref().and_then(|run| size_row(&chosen, &run.report.total));
        let points: Vec<_> = row.iter().map(|row| (*units, row.simulated)).collect();
        (row, Rc::new(view::erlang_chart(load, &points, Some(GOAL), None)))
    });
    let columns = vec![
        Column::numbers(t!("provisioned.size_units")),
        Column::numbers(t!("provisioned.size_theory")),
        Column::numbers(t!("provisioned.size_simulated")),
        Column::numbers(t!("provisioned.size_hour")),
        Column::numbers(t!("provisioned.size_month")),
    ];
    let rows = view.0.iter().map(|row| view::size_cells(row, memory_mb)).collect::<Vec<_>>();
    let traffic = props.has_control("arrivals_per_s");
    html! {
        <div class="lab" data-testid={testid::PC_SIZE} data-state={run.status.word()}>
            <div class="lab-controls">
                <div>{ units_slider(props, &units, load) }</div>
                <div>{ if traffic { rate_slider(props, &per_s) } else { html! {} } }</div>
            </div>
            <DataTable id={format!("{}-table", props.id)} caption={t!("provisioned.size_caption")} {columns} {rows} testid={testid::PC_TABLE} />
            <div>{ chart(&format!("{}-erlang", props.id), Some(view.1.clone())) }</div>
        </div>
    }
}

/// Short calls, same average: the units' requests per second run out first.
#[component]
pub fn Rate(props: &WidgetProps) -> Html {
    let Some(spec) = props.spec.clone() else { return html! {} };
    let units = use_state(|| units_of(&spec));
    let start_ms = mean_wait_ms(&spec);
    let duration_ms = use_state(|| start_ms);
    let load = offered_load(&spec).unwrap_or(0.0);
    let chosen = with_units(&with_duration(&spec, *duration_ms, load), *units);
    let run = use_run(seeded(&chosen, props.seed));
    use_report(props, &run);
    let sentence = match &run.latest {
        Some(latest) => view::rate_sentence(&latest.report, *units),
        None => status_words(&run.status),
    };
    let occupancy = use_memo((run.latest.clone(), *units), |(latest, units)| {
        latest.as_ref().map(|run| Rc::new(view::occupancy_chart(&run.report.total, *units)))
    });
    html! {
        <div class="lab" data-testid={testid::PC_RATE} data-state={run.status.word()}>
            <div class="lab-controls">
                <Slider id={format!("{}-duration", props.id)} label={t!("provisioned.duration")} value={*duration_ms} min={10.0} max={1_000.0}
                    step={1.0} unit={Unit::Millis} scale={SliderScale::Log} on_input={set(&duration_ms)} testid={testid::PC_DURATION} />
                <div>{ units_slider(props, &units, load) }</div>
            </div>
            <p class="lab-says" aria-live="polite">{ sentence }</p>
            <div>{ chart(&format!("{}-occupancy", props.id), (*occupancy).clone()) }</div>
        </div>
    }
}

/// Tells the lesson what a run came to.
#[hook]
pub fn use_report(props: &WidgetProps, run: &RunHandle) {
    let (report, name) = (props.on_report.clone(), props.run.clone());
    use_effect_with(run.latest.clone(), move |latest| latest.iter().for_each(|latest| report.emit((name.clone(), latest.clone()))));
}

/// A chart, or its empty place.
pub fn chart(id: &str, spec: Option<Rc<ChartSpec>>) -> Html {
    match spec {
        Some(spec) => html! { <ChartView id={id.to_owned()} {spec} size={ChartSize::default()} /> },
        None => html! {},
    }
}

/// A run of a scenario with the lesson's seed.
pub fn seeded(spec: &ScenarioSpec, seed: u64) -> RunRequest {
    RunRequest { seed, ..RunRequest::new(spec.clone()) }
}

/// What to say while there is no result.
pub fn status_words(status: &RunStatus) -> String {
    match status {
        RunStatus::Failed(reason) => t!("provisioned.failed", reason = reason.to_string()),
        RunStatus::Idle | RunStatus::Running { .. } | RunStatus::Done => t!("provisioned.running").to_owned(),
    }
}

/// Puts a slider's value into a state.
pub fn set(state: &UseStateHandle<f64>) -> Callback<f64> {
    let state = state.setter();
    Callback::from(move |value| state.set(value))
}

fn units_slider(props: &WidgetProps, units: &UseStateHandle<u32>, load: f64) -> Html {
    let on_input = {
        let units = units.setter();
        Callback::from(move |value: f64| units.set(whole(value)))
    };
    let max = (load * 2.0).ceil().max(f64::from(**units)).max(10.0);
    html! {
        <Slider id={format!("{}-units", props.id)} label={t!("provisioned.units")} value={f64::from(**units)} min={1.0} {max} step={1.0}
            unit={Unit::Count} {on_input} testid={testid::PC_UNITS} />
    }
}

fn rate_slider(props: &WidgetProps, per_s: &UseStateHandle<f64>) -> Html {
    html! {
        <Slider id={format!("{}-traffic", props.id)} label={t!("provisioned.traffic")} value={**per_s} min={1.0} max={500.0} step={1.0}
            unit={Unit::PerSecond} scale={SliderScale::Log} on_input={set(per_s)} testid={testid::PC_TRAFFIC} />
    }
}

fn probe_units(load: f64) -> Vec<u32> {
    PROBES.iter().map(|share| whole(load * share).max(1)).collect()
}

fn probe_requests(spec: &ScenarioSpec, seed: u64) -> Vec<RunRequest> {
    let Some(load) = offered_load(spec) else { return Vec::new() };
    probe_units(load).into_iter().map(|units| seeded(&with_units(spec, units), seed)).collect()
}

fn rate_of(spec: &ScenarioSpec) -> f64 {
    match spec.sources.first().map(|source| &source.arrivals) {
        Some(ArrivalsSpec::Poisson { per_s }) => *per_s,
        _ => 1.0,
    }
}

fn with_rate(spec: &ScenarioSpec, per_s: f64) -> ScenarioSpec {
    let mut spec = spec.clone();
    if let Some(source) = spec.sources.first_mut() {
        source.arrivals = ArrivalsSpec::Poisson { per_s };
    }
    spec
}

fn mean_wait_ms(spec: &ScenarioSpec) -> f64 {
    match spec.functions.first().map(|function| &function.handler.wait) {
        Some(DistributionSpec::Exponential { mean_ms }) => *mean_ms,
        _ => 20.0,
    }
}

/// The same offered load with calls of another mean duration: fewer long ones or more short ones.
fn with_duration(spec: &ScenarioSpec, duration_ms: f64, load: f64) -> ScenarioSpec {
    let mut spec = with_rate(spec, load * 1_000.0 / duration_ms);
    if let Some(function) = spec.functions.first_mut() {
        function.handler.wait = DistributionSpec::Exponential { mean_ms: duration_ms };
    }
    spec
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a slider's whole number")]
fn whole(value: f64) -> u32 {
    value.max(0.0).round() as u32
}
