//! The post-mortem, and another morning.

use super::super::clock::show;
use super::super::morning::Morning;
use super::super::outcome::outcome;
use super::super::post_mortem::{Material, write};
use super::super::state::Action;
use super::scene::Scene;
use crate::components::format::{count, duration_us, picodollars};
use crate::components::{Button, ButtonKind, Column, CopyButton, DataTable, IconName, TextArea};
use crate::runner::RunResult;
use crate::{t, testid};
use yew::prelude::*;

/// The text to change and copy, and the figures of another morning.
pub fn post_mortem(scene: &Scene, morning: &Morning) -> Html {
    let incident = &scene.incident;
    let tomorrow = scene.tomorrow.as_ref().map(|run| scene.minutes(run));
    let gap = incident.bet_nothing.drawn().zip(tomorrow.as_ref()).and_then(|(bet, truth)| bet.gap(truth));
    let text = incident.written.clone().unwrap_or_else(|| write(&Material { incident, morning, gap }));
    html! {
        <>
            <p class="incident__lead">{ t!("incident.lead_end") }</p>
            <TextArea
                id={scene.part("post-mortem")}
                label={t!("incident.post_mortem")}
                value={text.clone()}
                rows=18
                on_input={scene.on(Action::Write)}
                testid={testid::INCIDENT_POST_MORTEM}
            />
            <div class="cluster">
                <CopyButton {text} testid={testid::INCIDENT_COPY} />
                <Button label={t!("incident.rewrite")} kind={ButtonKind::Quiet} icon={IconName::Reset} onclick={scene.click(Action::Rewrite)} disabled={incident.written.is_none()} />
            </div>
            <h3>{ t!("incident.another_title") }</h3>
            <p>{ t!("incident.another_lead") }</p>
            <div class="cluster">
                <Button label={t!("incident.another")} kind={ButtonKind::Primary} icon={IconName::Retry} onclick={scene.click(Action::AnotherMorning)} testid={testid::INCIDENT_ANOTHER} />
                <Button
                    label={t!("incident.live_through")}
                    onclick={scene.click(Action::Restart(incident.other_seed()))}
                    disabled={incident.other_mornings == 0}
                    testid={testid::INCIDENT_RESTART}
                />
            </div>
            <div aria-live="polite">{ scene.other.as_ref().map(|other| comparison(scene, morning, other)) }</div>
        </>
    }
}

/// What the learner would have seen on the other morning.
fn comparison(scene: &Scene, morning: &Morning, (without, with): &(RunResult, RunResult)) -> Html {
    let incident = &scene.incident;
    let columns = vec![
        Column::words(t!("incident.col_morning")),
        Column::numbers(t!("incident.stat_worst_p99")),
        Column::numbers(t!("incident.col_worst_at")),
        Column::numbers(t!("incident.col_slow_minutes")),
        Column::numbers(t!("incident.stat_cold")),
        Column::numbers(t!("incident.stat_month")),
    ];
    let row = |name: String, morning: &Morning, month: String| {
        let worst = morning.worst();
        let cells = [
            name,
            duration_us(worst.p99_ms * 1_000.0),
            show(worst.at),
            morning.slow_minutes().to_string(),
            count(morning.cold_starts()),
            month,
        ];
        cells.map(AttrValue::from).to_vec()
    };
    let month = |run: &RunResult| picodollars(outcome(&run.report, &scene.planned, &incident.plan).month_pd);
    let mut rows = vec![row(t!("incident.row_today", seed = incident.seed), morning, String::new())];
    rows.push(row(t!("incident.row_other", seed = incident.other_seed()), &scene.minutes(without), String::new()));
    if !incident.plan.is_nothing() {
        rows.push(row(t!("incident.row_other_planned", plan = incident.plan.words()), &scene.minutes(with), month(with)));
    }
    html! { <DataTable id={scene.part("mornings")} caption={t!("incident.mornings")} {columns} {rows} testid={testid::INCIDENT_MORNINGS} /> }
}
