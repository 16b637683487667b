//! A wrong claim: the reader judges it first, then the run that shows it, then what holds.

use crate::components::{Button, Chip, Tone};
use crate::runner::{RunRequest, RunStatus, use_run};
use crate::t;
use crate::widgets::data::{figures, strip};
use coldstart_sim::ScenarioSpec;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`MythCard`].
#[derive(Properties, PartialEq)]
pub struct MythCardProps {
    /// Slug.
    pub id: AttrValue,
    /// The wrong claim.
    pub claim: Html,
    /// What holds instead, with source and date on request.
    pub truth: Html,
    /// A link to the run.
    pub link: Html,
    /// The scenario that shows it.
    #[prop_or_default]
    pub spec: Option<Rc<ScenarioSpec>>,
    /// The figures of its run.
    #[prop_or_default]
    pub numbers: Vec<String>,
}

/// The card.
#[component]
pub fn MythCard(props: &MythCardProps) -> Html {
    let said = use_state_eq(|| None::<bool>);
    let wanted = said.and(props.spec.as_ref()).map(|spec| RunRequest::new((**spec).clone()));
    let handle = use_run(wanted);
    let say = |holds: bool| {
        let said = said.setter();
        Callback::from(move |_: MouseEvent| said.set(Some(holds)))
    };
    let ask = || {
        html! {
            <div class="cluster">
                <Button label={t!("quiz.myth_holds")} onclick={say(true)} testid={format!("myth-{}-holds", props.id)} />
                <Button label={t!("quiz.myth_fails")} onclick={say(false)} testid={format!("myth-{}-fails", props.id)} />
            </div>
        }
    };
    let answer = |holds: bool| {
        let verdict = if holds { t!("quiz.myth_you_believed") } else { t!("quiz.myth_you_doubted") };
        let tone = if holds { Tone::Error } else { Tone::Good };
        let report = handle.latest.as_ref().map(|run| &run.report);
        let failed = if let RunStatus::Failed(reason) = &handle.status { reason.to_string() } else { String::new() };
        html! {
            <div class="stack">
                <p><Chip label={verdict} {tone} /></p>
                <p class="lab-remark">{ failed }</p>
                { strip(&figures(report, &props.numbers), &[]) }
                <p>{ props.truth.clone() }{ " " }{ props.link.clone() }</p>
            </div>
        }
    };
    let state = if said.is_some() { "answered" } else { "open" };
    html! {
        <section class="card myth" data-testid={format!("myth-{}", props.id)} data-state={state}>
            <p class="eyebrow">{ t!("quiz.myth") }</p>
            <p class="myth__claim">{ props.claim.clone() }</p>
            <div role="status">{ (*said).map_or_else(ask, answer) }</div>
        </section>
    }
}
