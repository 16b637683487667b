//! The home page: a live fleet, two sliders, one sentence, and the ways in.

pub mod view;

use crate::app::{Link, PageHeading, Route};
use crate::components::format::Unit;
use crate::components::{Callout, CalloutKind, Slider};
use crate::i18n::Text;
use crate::runner::{RunRequest, RunStatus, TimelineOptions, use_run};
use crate::widgets::fleet::{Fleet, Loop};
use crate::{t, testid, text};
use yew::prelude::*;

/// Enough for a minute of the busiest traffic that the slider allows.
const TIMELINE_ENTRIES: u32 = 20_000;
const TRAFFIC_MAX_PER_S: f64 = 60.0;
const PROVISIONED_MAX: f64 = 60.0;

const WAYS: [(&str, Text, Text); 5] = [
    ("provisioned-concurrency", text!("home.way_lesson"), text!("home.way_lesson_text")),
    ("incident-nine-am", text!("home.way_incident"), text!("home.way_incident_text")),
    ("playground", text!("home.way_playground"), text!("home.way_playground_text")),
    ("logs", text!("home.way_logs"), text!("home.way_logs_text")),
    ("about", text!("home.way_about"), text!("home.way_about_text")),
];

/// The home page.
#[component]
pub fn Home() -> Html {
    let per_s = use_state(|| 12.0_f64);
    let provisioned = use_state(|| 3.0_f64);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the slider gives whole numbers from 0")]
    let units = *provisioned as u32;
    let now = use_run(request(view::scenario(*per_s, units), true));
    let suggested = view::units_for(*per_s);
    let fixed = use_run(request(view::scenario(*per_s, suggested), false));
    let sentence = match (&now.latest, &now.status) {
        (_, RunStatus::Failed(reason)) => t!("home.failed", reason = reason.to_string()),
        (Some(run), _) => {
            let timeline = run.timeline.clone().unwrap_or_default();
            view::sentence(&run.report.total, &timeline, fixed.latest.as_ref().map(|run| &run.report.total), suggested)
        }
        (None, _) => t!("home.counting").to_owned(),
    };
    html! {
        <article class="page home">
            <PageHeading title={t!("home.heading")} />
            <p class="lede home-sentence" data-testid={testid::HOME_SENTENCE} data-state={now.status.word()}>{ sentence }</p>
            <div class="home-stage">
                <Fleet run={now.latest.clone()} speed={1.0} repeat={Loop::Forever} shelf_places={units as usize} shelf_ready={true}
                    from_us={Some(view::WINDOW_US.0)} idle_life_us={Some(view::IDLE_LIFE_US)} autoplay={true} />
            </div>
            <section class="home-controls" aria-label={t!("home.controls")}>
                <Slider id="home-traffic" label={t!("home.traffic")} value={*per_s} min={0.5} max={TRAFFIC_MAX_PER_S} step={0.5}
                    unit={Unit::PerSecond} on_input={set(&per_s)} testid={testid::HOME_TRAFFIC} />
                <Slider id="home-provisioned" label={t!("home.provisioned")} value={*provisioned} min={0.0} max={PROVISIONED_MAX} step={1.0}
                    unit={Unit::Count} on_input={set(&provisioned)} testid={testid::HOME_PROVISIONED} />
            </section>
            <p class="home-reading">{ t!("home.reading") }</p>
            <Callout kind={CalloutKind::ModellingChoice}>{ t!("home.choice") }</Callout>
            <h2>{ t!("home.ways") }</h2>
            <ul class="home-ways">{ for WAYS.iter().map(|(name, title, text)| way(name, *title, *text)) }</ul>
        </article>
    }
}

fn request(spec: coldstart_sim::ScenarioSpec, drawn: bool) -> RunRequest {
    let timeline = drawn.then_some(TimelineOptions { window_us: view::RECORDED_US, max_entries: TIMELINE_ENTRIES });
    RunRequest { timeline, ..RunRequest::new(spec) }
}

fn set(state: &UseStateHandle<f64>) -> Callback<f64> {
    let state = state.setter();
    Callback::from(move |value| state.set(value))
}

fn way(name: &'static str, title: Text, text: Text) -> Html {
    let route = match name {
        "playground" => Route::Playground,
        "logs" => Route::Logs,
        "about" => Route::About,
        slug => Route::Lesson(slug.to_owned()),
    };
    html! {
        <li key={name} class="home-way"><Link to={route}>{ title.get() }</Link><p>{ text.get() }</p></li>
    }
}
