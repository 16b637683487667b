//! Night falls: the shelf stays full and the ledger runs. A schedule, or pings, instead.

use super::acts::{chart, seeded, status_words, use_report};
use super::model::{units_of, with_units};
use super::view;
use crate::components::format::{self, Unit};
use crate::components::{Ledger, Slider, Stat, Toggle};
use crate::pages::lesson::WidgetProps;
use crate::runner::use_run;
use crate::{t, testid};
use coldstart_sim::spec::{ArrivalsSpec, SourceKindSpec, SourceSpec};
use coldstart_sim::{ScenarioSpec, bill};
use std::rc::Rc;
use yew::prelude::*;

const PING_EVERY_S: f64 = 300.0;
/// A ping's handler returns at once.
const PING_MS: f64 = 5.0;
const PINGS_MAX: f64 = 30.0;

/// The act.
#[component]
pub fn Night(props: &WidgetProps) -> Html {
    let Some(spec) = props.spec.clone() else { return html! {} };
    let scheduled = use_state(|| false);
    let pings = use_state(|| None::<u32>);
    let run_spec = Rc::new(variant(props, &spec, *scheduled, *pings));
    let run = use_run(seeded(&run_spec, props.seed));
    use_report(props, &run);
    let picture =
        use_memo(run.latest.clone(), |latest| latest.as_ref().map(|run| Rc::new(view::shelf_chart(&run.report, spec.run.clock_start_s))));
    let set_schedule = {
        let (scheduled, pings) = (scheduled.setter(), pings.setter());
        Callback::from(move |on| {
            scheduled.set(on);
            pings.set(None);
        })
    };
    let set_pings = {
        let (scheduled, pings, most) = (scheduled.setter(), pings.setter(), units_of(&spec));
        Callback::from(move |on: bool| {
            scheduled.set(false);
            pings.set(on.then_some(most));
        })
    };
    let set_count = {
        let pings = pings.setter();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a slider's whole number")]
        Callback::from(move |count: f64| pings.set(Some(count.max(1.0) as u32)))
    };
    let result = match &run.latest {
        Some(latest) => html! {
            <>
                <div class="lab-stats">
                    <Stat label={t!("provisioned.night_cold")} value={format::count(latest.report.total.cold_starts)}
                        note={t!("provisioned.night_cold_note", n = latest.report.total.requests - latest.report.total.pings)} testid={testid::PC_COLD} />
                    <Stat label={t!("provisioned.night_month")} value={format::picodollars(bill::per_month(&latest.report, &run_spec).due_pd)}
                        testid={testid::PC_MONTH} />
                </div>
                <Ledger id={format!("{}-ledger", props.id)} caption={t!("provisioned.day_bill")} lines={view::ledger_lines(&latest.report.bill)}
                    total_pd={latest.report.bill.due_pd} />
            </>
        },
        None => html! { <p class="lab-says">{ status_words(&run.status) }</p> },
    };
    html! {
        <div class="lab" data-testid={testid::PC_NIGHT} data-state={run.status.word()}>
            <div class="lab-controls">
                <Toggle id={format!("{}-schedule", props.id)} label={t!("provisioned.schedule")} hint={t!("provisioned.schedule_hint")}
                    on={*scheduled} on_change={set_schedule} testid={testid::PC_SCHEDULE} />
                <Toggle id={format!("{}-pings", props.id)} label={t!("provisioned.pings")} hint={t!("provisioned.pings_hint")}
                    on={pings.is_some()} on_change={set_pings} testid={testid::PC_PINGS} />
                <div>
                    { match *pings {
                        Some(count) => html! { <Slider id={format!("{}-count", props.id)} label={t!("provisioned.ping_count")} value={f64::from(count)}
                            min={1.0} max={PINGS_MAX} step={1.0} unit={Unit::Count} on_input={set_count} /> },
                        None => html! {},
                    } }
                </div>
            </div>
            <div class="lab-result">{ result }</div>
            <div>{ chart(&format!("{}-shelf", props.id), (*picture).clone()) }</div>
        </div>
    }
}

/// The same day always kept, kept on a schedule, or only pinged.
fn variant(props: &WidgetProps, spec: &ScenarioSpec, scheduled: bool, pings: Option<u32>) -> ScenarioSpec {
    if let Some(count) = pings {
        return with_pings(&with_units(spec, 0), count);
    }
    let name = props.text("schedule_scenario").filter(|_| scheduled);
    name.and_then(|name| props.scenarios.get(name)).unwrap_or(spec).clone()
}

fn with_pings(spec: &ScenarioSpec, requests: u32) -> ScenarioSpec {
    let mut spec = spec.clone();
    if let Some(function) = spec.functions.first() {
        spec.sources.push(SourceSpec {
            id: "pinger".to_owned(),
            target: function.id.clone(),
            kind: SourceKindSpec::Ping { handler_ms: PING_MS },
            arrivals: ArrivalsSpec::Cron { every_s: PING_EVERY_S, first_s: 0.0, requests },
            ..Default::default()
        });
    }
    spec
}
