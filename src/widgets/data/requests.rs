//! The requests of a window, one by one: the bar on its environment, the dot of its latency, its log lines and its price are one thing.
//! Whichever is chosen, the same request is marked everywhere.

use crate::components::format::{self, duration_us};
use crate::components::{CodeBlock, Select, SelectOption};
use crate::platform::size;
use crate::runner::RunResult;
use crate::widgets::why::why;
use crate::{t, testid};
use coldstart_sim::log::Clock;
use coldstart_sim::{AttemptRecord, AttemptResult, ScenarioSpec, Timeline, Usage, bill, validate};
use std::rc::Rc;
use yew::prelude::*;

/// Attempts that are drawn: more cannot be told apart.
const SHOWN_MAX: usize = 60;
/// Rows of environments that are drawn.
const ROWS_MAX: usize = 12;
/// Width where there is no page to measure, in CSS pixels.
const WIDTH: f64 = 640.0;
const ROW: f64 = 18.0;
const DOTS: f64 = 90.0;
const LEFT: f64 = 8.0;

/// Properties of [`Requests`].
#[derive(Clone, PartialEq, Properties)]
pub struct RequestsProps {
    /// Beginning of ids.
    pub id: AttrValue,
    /// The scenario.
    pub spec: Rc<ScenarioSpec>,
    /// Its run, recorded.
    pub run: RunResult,
}

/// The view.
#[component]
pub fn Requests(props: &RequestsProps) -> Html {
    let chosen = use_state_eq(|| 0_usize);
    let node = use_node_ref();
    let width = size::use_width(node.clone(), WIDTH);
    let empty = Timeline::default();
    let timeline = props.run.timeline.as_ref().unwrap_or(&empty);
    let shown = &timeline.attempts[..timeline.attempts.len().min(SHOWN_MAX)];
    let at = (*chosen).min(shown.len().saturating_sub(1));
    let Some(attempt) = shown.get(at) else { return html! { <p class="muted" ref={node}>{ t!("lab.requests_none") }</p> } };
    let choose = {
        let chosen = chosen.setter();
        Callback::from(move |at: usize| chosen.set(at))
    };
    let on_change = choose.reform(|value: AttrValue| value.parse().unwrap_or_default());
    let options = shown.iter().enumerate().map(|(at, attempt)| SelectOption::new(at.to_string(), told(attempt))).collect::<Vec<_>>();
    let lines = log_of(&props.spec, attempt);
    let answer = why(attempt);
    html! {
        <section class="requests stack" role="group" ref={node} data-testid={testid::LAB_REQUESTS} aria-label={t!("lab.requests_title")}>
            <p class="chart__title">{ t!("lab.requests_title") }</p>
            { picture(&Picture::new(timeline, shown, width), shown, at, &choose) }
            <p class="chart__says">{ t!("lab.requests_says") }</p>
            <div>{ (timeline.attempts.len() > shown.len()).then(|| html! {
                <p class="muted small">{ t!("lab.requests_some", n = shown.len(), all = timeline.attempts.len()) }</p>
            }) }</div>
            <Select id={format!("{}-pick", props.id)} label={t!("lab.requests_pick")} value={at.to_string()} {options} {on_change} hint={t!("lab.requests_hint")} />
            <div role="status" class="stack">
                <p class="why-headline">{ &answer.headline }</p>
                <dl class="why-parts">
                    { for answer.parts.iter().map(|(name, value)| html! { <div key={name.clone()}><dt>{ name }</dt><dd>{ value }</dd></div> }) }
                    <div><dt>{ t!("lab.requests_price") }</dt><dd>{ price(&props.spec, attempt) }</dd></div>
                </dl>
                <ul class="why-rules">{ for answer.rules.iter().map(|(rule, fact)| html! { <li key={*fact}>{ rule }</li> }) }</ul>
            </div>
            <div>{ (!lines.is_empty()).then(|| html! { <CodeBlock code={lines} label={t!("lab.requests_log")} wrap={true} /> }) }</div>
        </section>
    }
}

/// An attempt in a few words.
fn told(attempt: &AttemptRecord) -> String {
    let what = match attempt.result {
        AttemptResult::Throttled { .. } => t!("lab.requests_refused").to_owned(),
        AttemptResult::Ran { environment, cold: Some(_), .. } => {
            t!("lab.requests_cold", duration = duration_us(latency_us(attempt)), environment = environment)
        }
        AttemptResult::Ran { environment, .. } => {
            t!("lab.requests_ran", duration = duration_us(latency_us(attempt)), environment = environment)
        }
    };
    t!("lab.requests_bar", number = attempt.request + 1, attempt = attempt.attempt, what = what)
}

/// From the arrival of the request to the end of this attempt, in microseconds.
fn latency_us(attempt: &AttemptRecord) -> f64 {
    let until = match attempt.result {
        AttemptResult::Throttled { .. } => attempt.started_us,
        AttemptResult::Ran { sandbox_us, init_us, duration_us, .. } => attempt.started_us + sandbox_us + init_us + duration_us,
    };
    us(until - attempt.arrived_us)
}

fn log_of(spec: &ScenarioSpec, attempt: &AttemptRecord) -> String {
    let Ok(valid) = validate(spec) else { return String::new() };
    if matches!(attempt.result, AttemptResult::Throttled { .. }) {
        return String::new();
    }
    attempt.log_lines(&valid.scenario, Clock::of(&valid.scenario)).join("\n")
}

/// What Lambda asks for this attempt alone, before free tiers: the request and its billed milliseconds.
fn price(spec: &ScenarioSpec, attempt: &AttemptRecord) -> String {
    let AttemptResult::Ran { billed_ms, provisioned, .. } = attempt.result else { return format::picodollars(0) };
    let Some(function) = spec.functions.get(usize::from(attempt.function)) else { return "–".to_owned() };
    let (handler_ms, provisioned_handler_ms) = if provisioned { (0, u128::from(billed_ms)) } else { (u128::from(billed_ms), 0) };
    let usage = Usage { requests: 1, handler_ms, provisioned_handler_ms, ..Usage::default() };
    format::picodollars(bill::of_usage([(function.id.as_str(), function.architecture, function.memory_mb, usage)], false, 0).due_pd)
}

/// Where everything is drawn.
struct Picture {
    width: f64,
    rows: Vec<u32>,
    from_us: f64,
    per_us: f64,
    longest_us: f64,
}

impl Picture {
    fn new(timeline: &Timeline, shown: &[AttemptRecord], width: f64) -> Self {
        let mut rows: Vec<u32> = Vec::new();
        for attempt in shown {
            if let AttemptResult::Ran { environment, .. } = attempt.result
                && !rows.contains(&environment)
                && rows.len() < ROWS_MAX
            {
                rows.push(environment);
            }
        }
        let from_us = shown.first().map_or(0, |first| first.arrived_us);
        let ends = shown.iter().map(|attempt| us(attempt.arrived_us) + latency_us(attempt));
        let until_us = ends.fold(us(from_us) + 1.0, f64::max).min(us(timeline.window_us.1).max(us(from_us) + 1.0));
        let longest_us = shown.iter().map(latency_us).fold(1.0, f64::max);
        Self { width, rows, from_us: us(from_us), per_us: (width - 2.0 * LEFT) / (until_us - us(from_us)), longest_us }
    }

    fn x(&self, at_us: f64) -> f64 {
        (LEFT + (at_us - self.from_us) * self.per_us).min(self.width - LEFT)
    }

    fn height(&self) -> f64 {
        count(self.rows.len()) * ROW + DOTS
    }

    fn dot_y(&self, latency_us: f64) -> f64 {
        let top = count(self.rows.len()) * ROW + 14.0;
        top + (DOTS - 24.0) * (1.0 - latency_us / self.longest_us)
    }
}

fn picture(picture: &Picture, shown: &[AttemptRecord], at: usize, choose: &Callback<usize>) -> Html {
    let (width, height) = (picture.width, picture.height());
    let top = count(picture.rows.len()) * ROW;
    let marks = shown.iter().enumerate().map(|(index, attempt)| mark(picture, index, attempt, index == at, choose));
    html! {
        <svg class="requests__picture" viewBox={format!("0 0 {width:.0} {height}")} aria-hidden="true" focusable="false">
            <line class="requests__axis" x1={LEFT.to_string()} x2={format!("{:.0}", width - LEFT)} y1={top.to_string()} y2={top.to_string()} />
            <text class="requests__label" x={LEFT.to_string()} y={(top + 12.0).to_string()}>
                { t!("lab.requests_latency") }{ " " }{ duration_us(picture.longest_us) }
            </text>
            { for marks }
        </svg>
    }
}

/// Bar and dot of an attempt. The list says the same in words and takes the keyboard.
fn mark(picture: &Picture, index: usize, attempt: &AttemptRecord, chosen: bool, choose: &Callback<usize>) -> Html {
    let onclick = choose.reform(move |_: MouseEvent| index);
    let class = classes!("requests__mark", chosen.then_some("requests__mark--chosen"));
    let start = picture.x(us(attempt.started_us));
    let (bars, kind) = match attempt.result {
        AttemptResult::Throttled { .. } => (Html::default(), "throttled"),
        AttemptResult::Ran { environment, sandbox_us, init_us, duration_us, cold, .. } => {
            let Some(row) = picture.rows.iter().position(|one| *one == environment) else { return Html::default() };
            let y = count(row) * ROW + 2.0;
            let works = picture.x(us(attempt.started_us + sandbox_us + init_us));
            let ends = picture.x(us(attempt.started_us + sandbox_us + init_us + duration_us));
            let bar = |class: &'static str, from: f64, to: f64| {
                let (width, height) = ((to - from).max(1.5), ROW - 5.0);
                html! { <rect {class} x={format!("{from:.1}")} y={y.to_string()} width={format!("{width:.1}")} height={height.to_string()} rx="2" /> }
            };
            let starting = if works > start { bar("requests__bar requests__bar--starting", start, works) } else { Html::default() };
            let kind = if cold.is_some() { "cold" } else { "warm" };
            (html! { <>{ starting }{ bar("requests__bar requests__bar--busy", works, ends) }</> }, kind)
        }
    };
    let y = picture.dot_y(latency_us(attempt));
    html! {
        <g key={index} {class} {onclick}>
            { bars }
            <circle class={format!("requests__dot requests__dot--{kind}")} cx={format!("{start:.1}")} cy={format!("{y:.1}")} r={if chosen { "6" } else { "4" }} />
        </g>
    }
}

#[allow(clippy::cast_precision_loss, reason = "moments of a run are far below 2^53 microseconds")]
fn us(us: u64) -> f64 {
    us as f64
}

#[allow(clippy::cast_precision_loss, reason = "a few rows")]
fn count(n: usize) -> f64 {
    n as f64
}
