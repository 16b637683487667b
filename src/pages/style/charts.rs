//! Every kind of chart, and the curve to draw.

use crate::charts::samples::{bill, clock, concurrency, erlang, incident, latency_histogram, lives};
use crate::charts::{ChartKind, ChartSize, ChartSpec, ChartView, DrawableChart};
use crate::components::{Button, ButtonKind};
use crate::t;
use std::rc::Rc;
use yew::prelude::*;

const DRAWN_MINUTES: u32 = 25;

#[component]
pub(super) fn Charts() -> Html {
    let charts = use_memo((), |()| {
        [
            ("lines", incident(), ChartSize::Medium),
            ("area", concurrency(), ChartSize::Medium),
            ("histogram", latency_histogram(), ChartSize::Medium),
            ("gantt", lives(), ChartSize::Medium),
            ("bars", bill(), ChartSize::Medium),
            ("points", erlang(), ChartSize::Medium),
        ]
        .map(|(id, spec, size)| (id, Rc::new(spec), size))
    });
    html! {
        <div class="stack stack--loose">
            <div class="grid grid--2">{ for charts.iter().map(|(id, spec, size)| html! {
                <div key={*id} class="card">
                    <ChartView id={format!("style-{id}")} spec={spec.clone()} size={*size} testid={format!("style-{id}")} />
                </div>
            }) }</div>
            <div class="card"><CurveToDraw /></div>
        </div>
    }
}

/// The axes of the incident without its data: what is known before the truth is shown.
fn blank() -> ChartSpec {
    let mut spec = incident();
    spec.marks.clear();
    spec.x = spec.x.over(clock(0), clock(DRAWN_MINUTES));
    spec.y = spec.y.over(0.0, 1.4e6);
    spec
}

#[component]
fn CurveToDraw() -> Html {
    let values = use_state(|| Rc::new(vec![200e3; DRAWN_MINUTES as usize + 1]));
    let committed = use_state_eq(|| false);
    let xs = use_memo((), |()| (0..=DRAWN_MINUTES).map(clock).collect::<Vec<_>>());
    let spec = use_memo(*committed, |committed| {
        let mut spec = blank().saying(t!("style.draw"));
        if let (false, ChartKind::Lines(series)) = (*committed, &mut spec.kind) {
            series.clear();
        }
        spec
    });
    let on_change = {
        let values = values.setter();
        Callback::from(move |new: Vec<f64>| values.set(Rc::new(new)))
    };
    let toggle = {
        let committed = committed.clone();
        Callback::from(move |_: MouseEvent| committed.set(!*committed))
    };
    let label = if *committed { t!("style.draw_again") } else { t!("kit.commit") };
    html! {
        <div class="stack">
            <DrawableChart
                id="style-draw"
                {spec}
                {xs}
                values={(*values).clone()}
                {on_change}
                step={20e3}
                locked={*committed}
                against={committed.then_some(0)}
                testid="style-draw"
            />
            <div><Button {label} kind={ButtonKind::Primary} onclick={toggle} testid="style-draw-commit" /></div>
        </div>
    }
}
