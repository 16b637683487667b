//! The lesson on the page. One part of the story at a time; each part is a function of the `Scene`.

mod bets;
mod dashboard;
mod end;
mod evidence;
mod fixes;
mod naming;
mod scene;

pub use scene::{IncidentLab, IncidentLabProps};

use super::state::SHIFT_MIN;
use crate::pages::lesson::WidgetProps;
use crate::t;
use std::rc::Rc;
use yew::prelude::*;

/// The widget `incident-lab` of a lesson.
pub fn incident_lab(props: WidgetProps) -> Html {
    let Some(scenario) = props.spec.clone() else { return html! { <p>{ t!("incident.no_scenario") }</p> } };
    let afternoon = props.text("deploy_scenario").and_then(|name| props.scenarios.get(name)).cloned().map(Rc::new);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a shift is some minutes long")]
    let shift_min = props.number("budget_minutes").map_or(SHIFT_MIN, |minutes| minutes.max(0.0) as u32);
    let (run, on_report) = (props.run.clone(), props.on_report.clone());
    let on_run = Callback::from(move |result| on_report.emit((run.clone(), result)));
    html! { <IncidentLab id={props.id.clone()} {scenario} {afternoon} seed={props.seed} {shift_min} {on_run} /> }
}
