//! Looking things up, for minutes of the shift.

use super::super::evidence::{Case, EvidenceKind, EvidenceView, view};
use super::super::state::Action;
use super::dashboard;
use super::scene::Scene;
use crate::charts::{ChartSize, ChartView};
use crate::components::{Button, ButtonKind, CodeBlock, DataTable, ProgressBar};
use crate::runner::RunResult;
use crate::{t, testid};
use coldstart_sim::ScenarioSpec;
use std::rc::Rc;
use yew::prelude::*;

/// The desk: what can be looked up, what the shift still pays for, what was found.
pub fn desk(scene: &Scene) -> Html {
    let incident = &scene.incident;
    let share = f64::from(incident.left_min()) / f64::from(incident.shift_min.max(1));
    html! {
        <>
            <p class="incident__lead">{ t!("incident.lead_evidence", minutes = incident.shift_min) }</p>
            { dashboard::figures(&scene.whole_morning(), incident.now) }
            <div class="incident__shift" data-testid={testid::INCIDENT_SHIFT} data-left={incident.left_min().to_string()}>
                <ProgressBar value={share} label={t!("incident.shift_left", n = incident.left_min())} />
            </div>
            <ul class="incident__desk" aria-label={t!("incident.desk")}>{ for EvidenceKind::ALL.into_iter().map(|kind| offer(scene, kind)) }</ul>
            <div aria-live="polite">{ incident.open.map(|kind| panel(scene, kind)) }</div>
            <div class="incident__acts">
                <Button
                    label={t!("incident.enough")}
                    kind={if incident.bought.is_empty() { ButtonKind::Secondary } else { ButtonKind::Primary }}
                    onclick={scene.click(Action::Next)}
                    testid={testid::INCIDENT_NEXT}
                />
            </div>
        </>
    }
}

fn offer(scene: &Scene, kind: EvidenceKind) -> Html {
    let incident = &scene.incident;
    let is_bought = incident.bought.contains(&kind);
    let price = match (is_bought, incident.can_look_up(kind)) {
        (true, _) => t!("incident.looked_up").to_owned(),
        (false, true) => t!("incident.price", n = kind.cost_min()),
        (false, false) => t!("incident.price_too_long", n = kind.cost_min()),
    };
    html! {
        <li key={kind.slug()}>
            <button
                type="button"
                class="incident__offer"
                aria-disabled={(!incident.can_look_up(kind)).then_some("true")}
                aria-pressed={if incident.open == Some(kind) { "true" } else { "false" }}
                data-testid={format!("{}-{}", testid::INCIDENT_EVIDENCE, kind.slug())}
                onclick={scene.click(Action::LookUp(kind))}
            >
                <span class="incident__offer-title">{ kind.title().get() }</span>
                <span class="incident__offer-price num">{ price }</span>
            </button>
        </li>
    }
}

/// What a look found.
pub fn panel(scene: &Scene, kind: EvidenceKind) -> Html {
    let Some(today) = scene.today.latest.clone() else { return Html::default() };
    html! {
        <EvidencePanel
            key={kind.slug()}
            id={scene.part(kind.slug())}
            {kind}
            spec={scene.spec.clone()}
            {today}
            afternoon={scene.afternoon_spec.clone().zip(scene.afternoon.clone())}
        />
    }
}

#[derive(Properties, Clone, PartialEq)]
struct EvidencePanelProps {
    id: AttrValue,
    kind: EvidenceKind,
    spec: Rc<ScenarioSpec>,
    today: RunResult,
    afternoon: Option<(Rc<ScenarioSpec>, RunResult)>,
}

/// A component of its own, so that the run is asked again only when the run or the question changes.
#[component]
fn EvidencePanel(props: &EvidencePanelProps) -> Html {
    let Some(timeline) = &props.today.timeline else { return Html::default() };
    let afternoon = props.afternoon.as_ref().map(|(spec, run)| (&**spec, &run.report));
    let case = Case { spec: &props.spec, report: &props.today.report, timeline, afternoon };
    let EvidenceView { kind, finding, chart, table, lines } = view(props.kind, &case);
    // The chart brings its own table.
    let has_chart = chart.is_some();
    html! {
        <div class="incident__finding stack" data-testid={testid::INCIDENT_FINDING} data-evidence={kind.slug()}>
            <h3>{ kind.title().get() }</h3>
            <p>{ finding }</p>
            <div>{ chart.map(|chart| html! { <ChartView id={format!("{}-chart", props.id)} spec={Rc::new(chart)} size={ChartSize::Small} /> }) }</div>
            <div>{ table.filter(|_| !has_chart).map(|table| html! {
                <DataTable id={format!("{}-table", props.id)} caption={kind.title().get()} columns={table.columns} rows={table.rows} />
            }) }</div>
            <div class="stack">{ for lines.into_iter().enumerate().map(|(place, line)| html! {
                <CodeBlock key={place} code={line} label={t!("incident.log_of", n = place as u64 + 1)} wrap=true />
            }) }</div>
        </div>
    }
}
