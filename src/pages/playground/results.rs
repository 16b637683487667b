//! What came of the scenario: figures, charts, a window on the stage, log lines, the bill.

use crate::charts::{ChartSize, ChartSpec, ChartView};
use crate::components::format::{self, Unit};
use crate::components::{
    Button, ButtonKind, Callout, CalloutKind, Chip, CodeBlock, Column, DataTable, Ledger, ProgressBar, Select, SelectOption, Slider, Stat,
    Tone,
};
use crate::runner::{RunHandle, RunRequest, RunResult, RunStatus, TimelineOptions, use_run};
use crate::widgets::fleet::Fleet;
use crate::widgets::nodes::nodes;
use crate::widgets::provisioned::view::ledger_lines;
use crate::widgets::run_view as view;
use crate::{t, testid};
use coldstart_sim::{Report, ScenarioSpec, bill};
use std::rc::Rc;
use yew::prelude::*;

/// Events and attempts of a window that are kept.
const TIMELINE_ENTRIES: u32 = 20_000;
/// How long the stage plays a window, in seconds of the reader's time.
const PLAY_S: f64 = 20.0;

/// A scenario with what came of it.
#[derive(Clone, PartialEq)]
struct Shown {
    spec: Rc<ScenarioSpec>,
    run: RunResult,
}

/// Keeps a result together with the scenario that it belongs to: while the next one runs, the old pair stays.
#[hook]
fn use_pair(spec: &Rc<ScenarioSpec>, handle: &RunHandle) -> Option<Shown> {
    let pair = use_mut_ref(|| None::<Shown>);
    let mut pair = pair.borrow_mut();
    if let (RunStatus::Done, Some(run)) = (&handle.status, &handle.latest)
        && pair.as_ref().is_none_or(|shown| shown.run != *run)
    {
        *pair = Some(Shown { spec: spec.clone(), run: run.clone() });
    }
    pair.clone()
}

/// Properties of [`Results`].
#[derive(Properties, PartialEq)]
pub struct ResultsProps {
    /// The last scenario that could be run.
    pub spec: Rc<ScenarioSpec>,
    /// Whether what is being written is another one, which cannot.
    pub stale: bool,
}

/// The results; live.
#[component]
pub fn Results(props: &ResultsProps) -> Html {
    let stopped = use_state_eq(|| None::<Rc<ScenarioSpec>>);
    let is_stopped = stopped.as_ref() == Some(&props.spec);
    let handle = use_run((!is_stopped).then(|| RunRequest::new((*props.spec).clone())));
    let shown = use_pair(&props.spec, &handle);
    let stop = {
        let (stopped, spec) = (stopped.setter(), props.spec.clone());
        Callback::from(move |_: MouseEvent| stopped.set(Some(spec.clone())))
    };
    let again = {
        let stopped = stopped.setter();
        Callback::from(move |_: MouseEvent| stopped.set(None))
    };
    html! {
        <section class="pg-results stack" aria-label={t!("playground.results")} data-testid={testid::PLAYGROUND_RESULTS}
            data-state={handle.status.word()} data-stale={props.stale.to_string()}>
            <div class="pg-status" role="status">{ status(&handle.status, is_stopped, stop, again) }</div>
            <div>{ props.stale.then(|| html! {
                <Callout kind={CalloutKind::Warning} title={t!("playground.stale_title")} testid={testid::PLAYGROUND_STALE}>
                    <p>{ t!("playground.stale") }</p>
                </Callout>
            }) }</div>
            <div class={classes!("stack", props.stale.then_some("pg-results--stale"))}>{ match shown {
                Some(Shown { spec, run }) => html! { <Summary {spec} {run} /> },
                None => html! { <p class="muted">{ t!("playground.counting") }</p> },
            } }</div>
        </section>
    }
}

fn status(status: &RunStatus, stopped: bool, stop: Callback<MouseEvent>, again: Callback<MouseEvent>) -> Html {
    match status {
        _ if stopped => html! {
            <div class="cluster">
                <span>{ t!("playground.stopped") }</span>
                <Button label={t!("playground.run")} kind={ButtonKind::Primary} onclick={again} testid={testid::PLAYGROUND_RUN} />
            </div>
        },
        RunStatus::Running { progress } => html! {
            <div class="pg-progress">
                <ProgressBar value={*progress} label={t!("playground.running")} />
                <Button label={t!("playground.cancel")} kind={ButtonKind::Quiet} onclick={stop} testid={testid::PLAYGROUND_CANCEL} />
            </div>
        },
        RunStatus::Failed(reason) => html! {
            <Callout kind={CalloutKind::Error}><p>{ t!("playground.failed", reason = reason.to_string()) }</p></Callout>
        },
        RunStatus::Idle | RunStatus::Done => Html::default(),
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct SummaryProps {
    pub spec: Rc<ScenarioSpec>,
    pub run: RunResult,
}

/// Everything about one run.
#[component]
pub(super) fn Summary(props: &SummaryProps) -> Html {
    let (spec, report) = (&props.spec, &props.run.report);
    let charts = use_memo((props.spec.clone(), props.run.clone()), |(spec, run)| Charts::new(spec, &run.report));
    let budget = view::budget_note(spec, report);
    let throttles = view::throttles(&report.total);
    html! {
        <>
            <div>{ budget.map(|note| html! { <Callout kind={CalloutKind::Warning} title={t!("playground.budget")}><p>{ note }</p></Callout> }) }</div>
            <div class="stats">{ for view::figures(spec, report).into_iter().map(|figure| html! {
                <Stat key={figure.name} label={figure.label.get()} value={figure.value} tone={figure.tone}
                    note={figure.note.map(AttrValue::from)} testid={format!("{}-{}", testid::PLAYGROUND_FIGURE, figure.name)} />
            }) }</div>
            <div class="cluster">{ for throttles.into_iter().map(|(cause, count)| html! {
                <Chip key={cause} label={cause} tone={Tone::Throttle} count={AttrValue::from(format::count(count))} />
            }) }</div>
            <div>{ (report.functions.len() > 1).then(|| functions(report)) }</div>
            <div>{ nodes("pg-nodes", report) }</div>
            <div class="lab-charts">
                { chart("pg-percentiles", charts.percentiles.as_ref()) }
                { chart("pg-histogram", charts.histogram.as_ref()) }
                { chart("pg-concurrency", Some(&charts.concurrency)) }
                { chart("pg-bill", Some(&charts.bill)) }
                { chart("pg-erlang", charts.erlang.as_ref().map(|(chart, _)| chart)) }
            </div>
            <div>{ charts.erlang.as_ref().map(|(_, says)| html! { <p class="lab-says">{ says }</p> }) }</div>
            <Window spec={props.spec.clone()} run={props.run.clone()} />
            <h2>{ t!("playground.bills") }</h2>
            <div class="grid grid--2">
                <Ledger id="pg-ledger-run" caption={t!("playground.bill_run")} lines={ledger_lines(&report.bill)} total_pd={report.bill.due_pd} />
                { month(spec, report) }
            </div>
        </>
    }
}

fn month(spec: &ScenarioSpec, report: &Report) -> Html {
    let month = bill::per_month(report, spec);
    html! {
        <Ledger id="pg-ledger-month" caption={t!("playground.bill_month")} lines={ledger_lines(&month)} total_pd={month.due_pd} />
    }
}

fn functions(report: &Report) -> Html {
    let columns = vec![
        Column::words(t!("playground.function")),
        Column::numbers(t!("playground.requests")),
        Column::numbers(t!("playground.cold_share")),
        Column::numbers(t!("playground.throttled")),
        Column::numbers(t!("playground.spilled")),
        Column::numbers(t!("playground.p99")),
        Column::numbers(t!("playground.bill")),
    ];
    let rows = report.functions.iter().map(|function| view::function_cells(function, &report.bill)).collect::<Vec<_>>();
    html! { <DataTable id="pg-functions-table" caption={t!("playground.functions")} {columns} {rows} /> }
}

/// The charts of a run, made once.
struct Charts {
    percentiles: Option<Rc<ChartSpec>>,
    histogram: Option<Rc<ChartSpec>>,
    concurrency: Rc<ChartSpec>,
    bill: Rc<ChartSpec>,
    erlang: Option<(Rc<ChartSpec>, String)>,
}

impl Charts {
    fn new(spec: &ScenarioSpec, report: &Report) -> Self {
        Self {
            percentiles: view::percentiles(spec, report).map(Rc::new),
            histogram: view::latency_histogram(&report.total.latency).map(Rc::new),
            concurrency: Rc::new(view::concurrency(spec, report)),
            bill: Rc::new(view::bill_chart(spec, report)),
            erlang: view::erlang(spec, report).map(|(chart, says)| (Rc::new(chart), says)),
        }
    }
}

fn chart(id: &'static str, spec: Option<&Rc<ChartSpec>>) -> Html {
    let drawn = |spec: &Rc<ChartSpec>| html! { <ChartView {id} spec={spec.clone()} size={ChartSize::Small} testid={id} /> };
    html! { <div key={id} class="pg-chart">{ spec.map(drawn) }</div> }
}

/// A stretch of the run, recorded: the stage, the lives, the log.
#[component]
fn Window(props: &SummaryProps) -> Html {
    let spec = &props.spec;
    let from_s = use_state_eq(|| 0.0_f64);
    let chosen = use_state_eq(|| None::<u32>);
    let length_s = f64::from(chosen.unwrap_or_else(|| view::fitting_length_s(&props.run.report)));
    let latest_s = (spec.run.duration_s - length_s).max(0.0);
    let window_s = (from_s.min(latest_s), from_s.min(latest_s) + length_s);
    let request = use_memo((props.spec.clone(), window_s), |(spec, window_s)| {
        let timeline = Some(TimelineOptions { window_us: (micros(window_s.0), micros(window_s.1)), max_entries: TIMELINE_ENTRIES });
        RunRequest { timeline, ..RunRequest::new(view::until(spec, window_s.1)) }
    });
    let handle = use_run((*request).clone());
    let shown = use_pair(spec, &handle);
    let told = use_memo(shown.clone(), |shown| {
        let timeline = shown.as_ref().and_then(|shown| Some((&shown.spec, shown.run.timeline.as_ref()?)));
        timeline.map(|(spec, timeline)| (view::lives(spec, timeline).map(Rc::new), view::log(spec, timeline), timeline.dropped))
    });
    let set_from = {
        let from_s = from_s.setter();
        Callback::from(move |value| from_s.set(value))
    };
    let lengths = view::LENGTHS_S.iter().map(|length| SelectOption::new(length.to_string(), format::duration_us(f64::from(*length) * 1e6)));
    let set_length = {
        let chosen = chosen.setter();
        Callback::from(move |value: AttrValue| chosen.set(value.parse().ok()))
    };
    let (lives, log, dropped) = told.as_ref().clone().unwrap_or_default();
    html! {
        <section class="stack" aria-label={t!("playground.window")} data-testid={testid::PLAYGROUND_WINDOW} data-state={handle.status.word()}>
            <h2>{ t!("playground.window") }</h2>
            <div class="lab-controls">
                <Slider id="pg-window-from" label={t!("playground.window_from")} value={window_s.0} min={0.0} max={latest_s.max(1.0)}
                    step={1.0} unit={Unit::Seconds} on_input={set_from} disabled={latest_s < 1.0} />
                <Select id="pg-window-length" label={t!("playground.window_length")} value={format!("{length_s}")}
                    options={lengths.collect::<Vec<_>>()} on_change={set_length} />
            </div>
            <div>{ (dropped > 0).then(|| html! { <p class="muted small">{ t!("playground.dropped", n = dropped) }</p> }) }</div>
            <Fleet run={shown.map(|shown| shown.run)} speed={length_s / PLAY_S} clock_start_s={spec.run.clock_start_s}
                shelf_places={view::shelf_places(spec, window_s)} idle_life_us={view::idle_life_us(spec)} />
            <div>{ lives.map(|spec| html! { <ChartView id="pg-lives" {spec} size={ChartSize::Large} testid="pg-lives" /> }) }</div>
            <div>{ (!log.is_empty()).then(|| html! {
                <CodeBlock code={log} label={t!("playground.log")} testid={testid::PLAYGROUND_LOG} />
            }) }</div>
        </section>
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "seconds of a run, not negative and at most a month")]
fn micros(seconds: f64) -> u64 {
    (seconds * 1e6) as u64
}
