//! Drawing tomorrow's p99 before it is known, and seeing how far it was off.

use super::super::charts;
use super::super::clock::show;
use super::super::cost::LARGER_DATABASE_PD;
use super::super::morning::Morning;
use super::super::state::Action;
use super::super::step::{Bet, Step};
use super::scene::Scene;
use crate::charts::DrawableChart;
use crate::components::format::{duration_us, picodollars};
use crate::components::{Button, ButtonKind, Callout, CalloutKind};
use crate::{t, testid};
use std::rc::Rc;
use yew::prelude::*;

/// An arrow key moves a point of the curve by this, in microseconds.
const STEP_US: f64 = 50_000.0;

fn title(step: Step) -> &'static str {
    if step.is_about_database() { t!("incident.chart_draw_database") } else { t!("incident.chart_draw_nothing") }
}

fn xs(morning: &Morning) -> Rc<Vec<f64>> {
    Rc::new(morning.minutes.iter().map(|minute| charts::clock_x(minute.at)).collect())
}

/// The question and the pen.
pub fn draw(scene: &Scene, morning: &Morning) -> Html {
    let incident = &scene.incident;
    let curve = incident.draft.as_ref().map_or_else(|| charts::quiet_curve(morning), |ms| charts::on_axis(ms));
    let lead = if incident.step.is_about_database() {
        t!("incident.lead_draw_database", price = picodollars(LARGER_DATABASE_PD))
    } else {
        t!("incident.lead_draw_nothing").to_owned()
    };
    html! {
        <>
            <p class="incident__lead">{ lead }</p>
            <DrawableChart
                id={scene.part("draw")}
                spec={Rc::new(charts::to_draw_on(morning, title(incident.step)))}
                xs={xs(morning)}
                values={Rc::new(curve)}
                on_change={scene.on(|curve: Vec<f64>| Action::Draw(charts::drawn_ms(&curve)))}
                step={STEP_US}
                testid={testid::INCIDENT_DRAW}
            />
            <div class="incident__acts">
                <Button
                    label={t!("incident.commit")}
                    kind={ButtonKind::Primary}
                    onclick={scene.click(Action::Commit)}
                    disabled={incident.draft.is_none()}
                    testid={testid::INCIDENT_COMMIT}
                />
                <Button label={t!("incident.skip_bet")} kind={ButtonKind::Quiet} onclick={scene.click(Action::SkipBet)} testid={testid::INCIDENT_SKIP_BET} />
            </div>
        </>
    }
}

/// Tomorrow's run beside what was drawn.
pub fn truth(scene: &Scene) -> Html {
    let incident = &scene.incident;
    let about_database = incident.step.is_about_database();
    let run = if about_database { &scene.database } else { &scene.tomorrow };
    let Some(run) = run else { return html! { <p>{ t!("incident.loading") }</p> } };
    let tomorrow = scene.minutes(run);
    html! {
        <>
            { curve(scene, &tomorrow) }
            <p class="incident__gap" data-testid={testid::INCIDENT_GAP}>{ gap_sentence(incident.bet(), &tomorrow) }</p>
            <div>{ about_database.then(|| database_verdict(scene, &tomorrow)) }</div>
            <div class="incident__acts">
                <Button
                    label={if about_database { t!("incident.to_cause") } else { t!("incident.to_database") }}
                    kind={ButtonKind::Primary}
                    onclick={scene.click(Action::Next)}
                    testid={testid::INCIDENT_NEXT}
                />
            </div>
        </>
    }
}

/// The drawn curve stays on the chart; without one there is only the truth.
fn curve(scene: &Scene, tomorrow: &Morning) -> Html {
    let incident = &scene.incident;
    let worst = tomorrow.worst();
    let says = t!("incident.says_truth", p99 = duration_us(worst.p99_ms * 1_000.0), at = show(worst.at), n = tomorrow.slow_minutes());
    let spec = Rc::new(charts::truth(tomorrow, title(incident.step), &says));
    match incident.bet() {
        Bet::Drawn(prediction) => html! {
            <DrawableChart
                id={scene.part("truth")}
                {spec}
                xs={xs(tomorrow)}
                values={Rc::new(charts::on_axis(&prediction.p99_ms))}
                on_change={Callback::noop()}
                step={STEP_US}
                locked=true
                against={Some(0)}
                testid={testid::INCIDENT_TRUTH}
            />
        },
        Bet::Open | Bet::Skipped => html! { <crate::charts::ChartView id={scene.part("truth")} {spec} testid={testid::INCIDENT_TRUTH} /> },
    }
}

fn gap_sentence(bet: &Bet, tomorrow: &Morning) -> String {
    let shown = |ms: f64| duration_us(ms * 1_000.0);
    match bet.drawn().and_then(|prediction| prediction.gap(tomorrow)) {
        Some(gap) => {
            t!("incident.gap", mean = shown(gap.mean_ms), at = show(gap.widest_at), drawn = shown(gap.drawn_ms), truth = shown(gap.true_ms))
        }
        None => t!("incident.no_bet").to_owned(),
    }
}

/// What the larger database changed, against the same tomorrow without it.
fn database_verdict(scene: &Scene, with_database: &Morning) -> Html {
    let Some(without) = scene.tomorrow.as_ref().map(|run| scene.minutes(run)) else { return Html::default() };
    let shown = |ms: f64| duration_us(ms * 1_000.0);
    html! {
        <Callout kind={CalloutKind::Note} title={t!("incident.database_title")} testid={testid::INCIDENT_DATABASE}>
            <p>{ t!(
                "incident.database_verdict",
                p99_before = shown(without.worst().p99_ms),
                p99_after = shown(with_database.worst().p99_ms),
                slow_before = without.slow_minutes(),
                slow_after = with_database.slow_minutes(),
                p50_before = shown(without.worst_p50_ms()),
                p50_after = shown(with_database.worst_p50_ms()),
                price = picodollars(LARGER_DATABASE_PD)
            ) }</p>
            <p>{ t!("incident.database_assumption", price = picodollars(LARGER_DATABASE_PD)) }</p>
        </Callout>
    }
}
