//! Naming the cause; a wrong one is answered by the evidence that refutes it.

use super::super::cause::Cause;
use super::super::state::Action;
use super::evidence;
use super::scene::Scene;
use crate::components::{Button, ButtonKind, Callout, CalloutKind, Disclosure};
use crate::{t, testid};
use yew::prelude::*;

/// The causes to choose from, and what became of the chosen ones.
pub fn causes(scene: &Scene) -> Html {
    let incident = &scene.incident;
    html! {
        <>
            <p class="incident__lead">{ t!("incident.lead_cause") }</p>
            <ul class="incident__desk" aria-label={t!("incident.causes")}>{ for Cause::ALL.into_iter().map(|cause| offer(scene, cause)) }</ul>
            <div class="stack" aria-live="polite">{ for incident.named.iter().rev().map(|cause| answer(scene, *cause)) }</div>
            <div class="incident__acts">
                <Button
                    label={t!("incident.to_fix")}
                    kind={ButtonKind::Primary}
                    onclick={scene.click(Action::Next)}
                    disabled={!incident.has_named_it()}
                    testid={testid::INCIDENT_NEXT}
                />
            </div>
        </>
    }
}

fn offer(scene: &Scene, cause: Cause) -> Html {
    let incident = &scene.incident;
    let was_named = incident.named.contains(&cause);
    html! {
        <li key={cause.slug()}>
            <button
                type="button"
                class="incident__offer"
                aria-disabled={(was_named || incident.has_named_it()).then_some("true")}
                data-testid={format!("{}-{}", testid::INCIDENT_CAUSE, cause.slug())}
                onclick={scene.click(Action::Name(cause))}
            >
                <span class="incident__offer-title">{ cause.label().get() }</span>
                <span class="incident__offer-price">{ was_named.then(|| if cause.is_right() { t!("incident.is_it") } else { t!("incident.is_not_it") }) }</span>
            </button>
        </li>
    }
}

fn answer(scene: &Scene, cause: Cause) -> Html {
    let kind = if cause.is_right() { CalloutKind::Note } else { CalloutKind::Warning };
    let title = if cause.is_right() { t!("incident.is_it") } else { t!("incident.is_not_it") };
    let proof = if cause.is_right() { t!("incident.proof") } else { t!("incident.counter_example") };
    let slug = cause.slug();
    let decided_by = cause.decided_by();
    let scene_then = scene.clone();
    html! {
        <div key={slug} data-testid={testid::INCIDENT_ANSWER} data-cause={slug}>
            <Callout {kind} title={format!("{}: {title}", cause.label().get())}>
                <p>{ cause.explanation().get() }</p>
                <Disclosure
                    id={scene.part(&format!("proof-{slug}"))}
                    label={proof}
                    open={!cause.is_right()}
                    lazy={Callback::from(move |()| evidence::panel(&scene_then, decided_by))}
                />
            </Callout>
        </div>
    }
}
