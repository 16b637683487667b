//! `lab`: one run with knobs and views; with goals it is a challenge.

use super::figures::{figures, strip};
use super::hand::{waits, with_sends};
use super::knobs::{KnobPanel, Turned};
use super::path::PathView;
use super::requests::Requests;
use super::{data, micros};
use crate::charts::{ChartSize, ChartSpec, ChartView};
use crate::components::{Button, ButtonKind, Callout, CalloutKind, CodeBlock, Ledger};
use crate::pages::lesson::WidgetProps;
use crate::runner::{RunRequest, RunResult, RunStatus, TimelineOptions, use_run};
use crate::widgets::fleet::{Fleet, noted};
use crate::widgets::nodes::nodes;
use crate::widgets::provisioned::view::ledger_lines;
use crate::widgets::run_view;
use crate::{t, testid};
use coldstart_course::data::{Goal, Knobs, Lab, LabView};
use coldstart_course::{metric, metric_format, patch};
use coldstart_sim::spec::SendSpec;
use coldstart_sim::{Report, ScenarioSpec};
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// Events and attempts of the window that are kept.
const TIMELINE_ENTRIES: u32 = 20_000;
/// Window of a lab that says nothing about it, in seconds, without and with a learner who sends.
const WINDOW_S: (f64, f64) = (60.0, 120.0);
/// How long the stage plays a window, in seconds of the reader's time.
const PLAY_S: f64 = 15.0;
/// The same where a learner sends.
const SEND_PLAY_S: f64 = 60.0;
/// From this share of the window on, a request would come too late to be seen: the stage begins anew.
const TOO_LATE: f64 = 0.9;

/// What a lab runs: the lesson's scenario with the knobs and the hand of the learner in it.
#[derive(Clone, PartialEq)]
pub(super) struct Set {
    pub(super) spec: Rc<ScenarioSpec>,
    /// Why the knobs lead to no scenario; the last one stays.
    pub(super) problem: Option<String>,
}

/// The widget.
#[component]
pub fn LabWidget(props: &WidgetProps) -> Html {
    let lab = use_memo(props.props.clone(), |_| data::<Lab>(props));
    match (lab.as_ref(), &props.spec) {
        (Some(lab), Some(_)) => html! { <Bench lab={Rc::new(lab.clone())} widget={props.clone()} /> },
        _ => html! { <p class="muted">{ t!("lab.unreadable") }</p> },
    }
}

#[derive(Clone, PartialEq, Properties)]
struct BenchProps {
    lab: Rc<Lab>,
    widget: WidgetProps,
}

#[component]
fn Bench(props: &BenchProps) -> Html {
    let BenchProps { lab, widget } = props;
    let Some(base) = widget.spec.clone() else { return Html::default() };
    let knobs = use_memo(lab.clone(), |lab| lab.knobs());
    let turned = use_state(|| Turned::new(&knobs, widget.shared.is_some()));
    let sends = use_state(Vec::<SendSpec>::new);
    let moment = use_mut_ref(|| 0_u64);
    let round = use_state(|| 0_u32);
    let set =
        use_memo((base.clone(), (*turned).clone(), (*sends).clone()), |(base, turned, sends)| put_together(base, &knobs, turned, sends));
    let window_s = window(lab, &set.spec);
    let wanted = use_memo((set.clone(), widget.seed), |(set, seed)| request(lab, &set.spec, *seed, window_s));
    let handle = use_run((*wanted).clone());
    {
        let (report, name, by_hand) = (widget.on_report.clone(), widget.run.clone(), lab.send.is_some() && waits(&base));
        // Before anything was sent there is nothing to report: the text keeps the lesson's own figures.
        let result = handle.latest.clone().filter(|run| !by_hand || run.report.total.requests > 0);
        use_effect_with(result, move |result| result.iter().for_each(|result| report.emit((name.clone(), result.clone()))));
    }
    let on_turn = {
        let turned = turned.setter();
        Callback::from(move |next| turned.set(next))
    };
    let on_moment = noted(&moment, &widget.on_moment);
    let view = |view: &LabView| {
        let shown = Shown { lab, widget, spec: &set.spec, run: handle.latest.as_ref(), window_s, round: *round, on_moment: &on_moment };
        html! { <div key={format!("{view:?}")} class="lab-view">{ shown.view(*view) }</div> }
    };
    let won = handle.latest.as_ref().is_some_and(|run| !lab.goal.is_empty() && lab.goal.iter().all(|goal| is_reached(goal, &run.report)));
    let says = match &handle.status {
        RunStatus::Failed(reason) => t!("provisioned.failed", reason = reason.to_string()),
        _ if lab.send.is_some() && waits(&set.spec) => t!("lab.nothing_sent").to_owned(),
        _ => set.problem.clone().unwrap_or_default(),
    };
    html! {
        <div class="lab data-lab" data-testid={testid::LAB} data-state={handle.status.word()} data-won={won.to_string()}>
            <div>{ lab.send.map(|burst| Hand { sends: &sends, moment: &moment, round: &round, window_s, waits: waits(&set.spec) }.buttons(burst, lab.send_first)) }</div>
            <div>{ (!knobs.is_empty()).then(|| html! { <KnobPanel id={widget.id.clone()} knobs={knobs.clone()} spec={base.clone()} turned={(*turned).clone()} {on_turn} /> }) }</div>
            <p class="lab-remark" aria-live="polite">{ says }</p>
            <div>{ (!lab.goal.is_empty()).then(|| goals(lab, handle.latest.as_ref(), won)) }</div>
            <div class="lab-views">{ for lab.views.iter().map(view) }</div>
        </div>
    }
}

pub(super) fn put_together(base: &ScenarioSpec, knobs: &Knobs, turned: &Turned, sends: &[SendSpec]) -> Set {
    let (spec, problem) = match patch::set(base, &turned.changes(knobs)) {
        Ok(spec) => (spec, None),
        Err(reason) => (base.clone(), Some(reason)),
    };
    Set { spec: Rc::new(with_sends(&spec, sends)), problem }
}

/// What stage, requests and log show, in seconds.
pub(super) fn window(lab: &Lab, spec: &ScenarioSpec) -> (f64, f64) {
    let longest = if lab.send.is_some() { WINDOW_S.1 } else { WINDOW_S.0 };
    let (from, to) = lab.window_s.unwrap_or((0.0, longest));
    let to = to.min(spec.run.duration_s);
    (from.min(to), to)
}

pub(super) fn request(lab: &Lab, spec: &ScenarioSpec, seed: u64, window_s: (f64, f64)) -> RunRequest {
    let records = lab.views.iter().any(|view| matches!(view, LabView::Stage | LabView::Requests | LabView::Log | LabView::Path));
    let timeline = TimelineOptions { window_us: (micros(window_s.0), micros(window_s.1)), max_entries: TIMELINE_ENTRIES };
    RunRequest { timeline: records.then_some(timeline), seed, ..RunRequest::new(spec.clone()) }
}

/// The learner's hand: what it has sent, and the stage's clock.
struct Hand<'h> {
    sends: &'h UseStateHandle<Vec<SendSpec>>,
    moment: &'h Rc<RefCell<u64>>,
    round: &'h UseStateHandle<u32>,
    window_s: (f64, f64),
    /// Whether nothing has arrived yet.
    waits: bool,
}

impl Hand<'_> {
    /// One of them is the obvious first act.
    fn buttons(&self, burst: u32, burst_first: bool) -> Html {
        let (one, several) =
            if burst_first { (ButtonKind::default(), ButtonKind::Primary) } else { (ButtonKind::Primary, ButtonKind::default()) };
        html! {
            <div class="lab-acts">
                <Button label={t!("provisioned.send_one")} kind={one} onclick={self.send(1)} testid={testid::SEND_ONE} />
                <Button label={t!("provisioned.send", n = burst)} kind={several} onclick={self.send(burst)} testid={testid::SEND_BURST} />
                <Button label={t!("provisioned.again")} kind={ButtonKind::Quiet} onclick={self.again()} />
            </div>
        }
    }

    /// Sends at the moment shown; what was sent before an end is over, and the first request begins the stage.
    fn send(&self, requests: u32) -> Callback<MouseEvent> {
        let (sends, moment, round) = (self.sends.clone(), self.moment.clone(), self.round.clone());
        let (window_s, waits) = (self.window_s, self.waits);
        Callback::from(move |_: MouseEvent| {
            let (at_s, anew) = moment_to_send(seconds(*moment.borrow()), window_s, waits);
            let mut sent = if anew { Vec::new() } else { (*sends).clone() };
            sent.push(SendSpec { at_s, requests });
            sent.sort_by(|a, b| a.at_s.total_cmp(&b.at_s));
            sends.set(sent);
            if anew {
                round.set(round.wrapping_add(1));
            }
        })
    }

    fn again(&self) -> Callback<MouseEvent> {
        let (sends, round) = (self.sends.setter(), self.round.clone());
        Callback::from(move |_: MouseEvent| {
            sends.set(Vec::new());
            round.set(round.wrapping_add(1));
        })
    }
}

/// When a request that is sent now arrives, in seconds, and whether the stage begins anew for it.
pub(super) fn moment_to_send(now_s: f64, (from_s, to_s): (f64, f64), waits: bool) -> (f64, bool) {
    let anew = waits || now_s > from_s + (to_s - from_s) * TOO_LATE;
    (if anew { from_s } else { now_s.max(from_s) }, anew)
}

pub(super) fn is_reached(goal: &Goal, report: &Report) -> bool {
    let (low, high) = goal.between;
    metric(report, &goal.metric).is_some_and(|value| (low..=high).contains(&value))
}

/// The goals, each with where it stands; what is said once all are reached.
fn goals(lab: &Lab, run: Option<&RunResult>, won: bool) -> Html {
    let goal = |goal: &Goal| {
        let reached = run.is_some_and(|run| is_reached(goal, &run.report));
        let value = run.and_then(|run| metric(&run.report, &goal.metric)).zip(metric_format(&goal.metric));
        let now = value.map_or_else(|| "–".to_owned(), |(value, format)| format.write(value));
        let state = if reached { t!("lab.reached") } else { t!("lab.open") };
        html! {
            <li key={goal.label.clone()} class={classes!("goal", reached.then_some("goal--reached"))}>
                <span class="goal__state">{ state }</span>{ " " }<span>{ &goal.label }</span>{ " " }
                <span class="muted">{ t!("lab.now", value = now) }</span>
            </li>
        }
    };
    html! {
        <div role="status">
            <ul class="goals" data-testid={testid::LAB_GOALS}>{ for lab.goal.iter().map(goal) }</ul>
            <div>{ won.then(|| html! { <Callout kind={CalloutKind::Note} title={t!("lab.won")} testid={testid::LAB_WON}><p>{ &lab.success }</p></Callout> }) }</div>
        </div>
    }
}

/// What the views are made of.
pub(super) struct Shown<'s> {
    pub(super) lab: &'s Lab,
    pub(super) widget: &'s WidgetProps,
    pub(super) spec: &'s Rc<ScenarioSpec>,
    pub(super) run: Option<&'s RunResult>,
    pub(super) window_s: (f64, f64),
    /// Counts the times that the stage began anew.
    pub(super) round: u32,
    pub(super) on_moment: &'s Callback<u64>,
}

impl Shown<'_> {
    pub(super) fn view(&self, view: LabView) -> Html {
        match (view, self.run) {
            (LabView::Stage, run) => self.stage(run.cloned()),
            (LabView::Numbers, run) => strip(&figures(run.map(|run| &run.report), &self.lab.numbers), &self.widget.bets),
            (_, None) => Html::default(),
            (LabView::Latency, Some(run)) => {
                let over_time = run_view::percentiles(self.spec, &run.report).filter(|_| run.report.minutes.len() > 2);
                self.chart("latency", over_time.or_else(|| run_view::latency_histogram(&run.report.total.latency)))
            }
            (LabView::Concurrency, Some(run)) => self.chart("concurrency", Some(run_view::concurrency(self.spec, &run.report))),
            (LabView::Requests, Some(run)) => html! { <Requests id={self.id("requests")} spec={self.spec.clone()} run={run.clone()} /> },
            (LabView::Log, Some(run)) => {
                let log = run.timeline.as_ref().map(|timeline| run_view::log(self.spec, timeline)).filter(|log| !log.is_empty());
                log.map(|log| html! { <CodeBlock code={log} label={t!("playground.log")} wrap={true} testid={testid::LAB_LOG} /> })
                    .unwrap_or_default()
            }
            (LabView::Bill, Some(run)) => html! {
                <Ledger id={self.id("bill")} caption={t!("playground.bill_run")} lines={ledger_lines(&run.report.bill)} total_pd={run.report.bill.due_pd} />
            },
            (LabView::Nodes, Some(run)) => nodes(&self.id("nodes"), &run.report),
            (LabView::Path, Some(run)) => self.path(run),
        }
    }

    fn id(&self, part: &str) -> String {
        format!("{}-{part}", self.widget.id)
    }

    fn speed(&self) -> f64 {
        let length_s = self.window_s.1 - self.window_s.0;
        // Whoever sends wants to see one request after the other, and still the end of a long window.
        let fitting = if self.lab.send.is_some() { (length_s / SEND_PLAY_S).max(1.0) } else { (length_s / PLAY_S).max(0.001) };
        self.lab.speed.unwrap_or(fitting)
    }

    fn path(&self, run: &RunResult) -> Html {
        // Two things that move at once are one too many: beside a stage it waits to be played.
        let autoplay = !self.lab.views.contains(&LabView::Stage);
        html! { <PathView id={self.id("path")} spec={self.spec.clone()} run={run.clone()} speed={self.speed()} {autoplay} at_us={self.widget.at_us} /> }
    }

    fn stage(&self, run: Option<RunResult>) -> Html {
        let speed = self.speed();
        // What the reader begins anew begins at the beginning.
        let at_us = self.widget.at_us.filter(|_| self.round == 0);
        html! {
            <Fleet key={self.round} {run} {speed} {at_us} autoplay={true} shelf_ready={true} shelf_places={run_view::shelf_places(self.spec, self.window_s)}
                idle_life_us={run_view::idle_life_us(self.spec)} clock_start_s={self.spec.run.clock_start_s} on_moment={self.on_moment.clone()} />
        }
    }

    fn chart(&self, part: &str, spec: Option<ChartSpec>) -> Html {
        let drawn = |spec| html! { <ChartView id={self.id(part)} spec={Rc::new(spec)} size={ChartSize::Small} /> };
        spec.map(drawn).unwrap_or_default()
    }
}

#[allow(clippy::cast_precision_loss, reason = "a run is far below 2^53 microseconds")]
fn seconds(us: u64) -> f64 {
    us as f64 / 1e6
}
