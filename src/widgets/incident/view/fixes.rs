//! Fixes under a budget: each one replays the same morning.

use super::super::charts;
use super::super::clock::{ClockMinute, show};
use super::super::cost::{self, BUDGET_PD};
use super::super::morning::Morning;
use super::super::outcome::{Outcome, PROMISE_MS, outcome};
use super::super::plan::{Bound, Import, Plan};
use super::super::state::{Action, Try};
use super::super::step::FixTab;
use super::scene::Scene;
use crate::charts::ChartView;
use crate::components::format::{Unit, count, duration_us, picodollars};
use crate::components::{
    Button, ButtonKind, Callout, CalloutKind, Column, DataTable, Ledger, LedgerLine, Select, SelectOption, Slider, Stat, TabItem, Tabs,
    Toggle, Tone, Trend,
};
use crate::runner::{RunResult, RunStatus};
use crate::widgets::provisioned::view::bill_word;
use crate::{t, testid};
use coldstart_facts as facts;
use coldstart_sim::BillLineKind;
use std::rc::Rc;
use yew::prelude::*;

const UNITS_MAX: u32 = 400;
const UNITS_STEP: f64 = 10.0;
const PING_MINUTES_MAX: u32 = 15;
const MINUTE_MS: u64 = 60_000;
/// Times of day at which a window may begin.
const FROM: [ClockMinute; 6] = [8 * 60 + 45, 8 * 60 + 50, 8 * 60 + 55, 9 * 60, 9 * 60 + 5, 9 * 60 + 10];
/// Times of day at which it may end: shortly after the rise, at noon, in the evening.
const UNTIL: [ClockMinute; 6] = [9 * 60 + 5, 9 * 60 + 10, 9 * 60 + 15, 9 * 60 + 30, 12 * 60, 18 * 60];

/// The fixes, one kind at a time, and what the plan makes of the morning.
pub fn fix(scene: &Scene, before: &Morning) -> Html {
    let incident = &scene.incident;
    let items = FixTab::ALL.into_iter().map(|tab| TabItem::new(tab.slug(), tab_label(tab))).collect::<Vec<_>>();
    let open = scene.incident.clone();
    let on_select = Callback::from(move |slug: AttrValue| {
        if let Some(tab) = FixTab::from_slug(&slug) {
            open.dispatch(Action::OpenTab(tab));
        }
    });
    html! {
        <>
            <p class="incident__lead">{ t!("incident.lead_fix", promise = duration_us(PROMISE_MS * 1_000.0), budget = picodollars(BUDGET_PD)) }</p>
            <Tabs id={scene.part("fixes")} label={t!("incident.fixes")} {items} selected={incident.tab.slug()} {on_select}>
                <div class="stack">{ controls(scene) }</div>
            </Tabs>
            { result(scene, before) }
            <div class="incident__acts">
                { keep_button(scene) }
                <Button label={t!("incident.to_deploy")} onclick={scene.click(Action::Next)} testid={testid::INCIDENT_NEXT} />
            </div>
            <div>{ tries(scene) }</div>
        </>
    }
}

/// The same plan on a morning with a deploy.
pub fn deploy(scene: &Scene, before: &Morning) -> Html {
    let plan = scene.incident.plan;
    let lead = if plan.units > 0 { t!("incident.lead_deploy_provisioned") } else { t!("incident.lead_deploy") };
    html! {
        <>
            <p class="incident__lead">{ lead }</p>
            <div class="incident__controls">
                <Toggle id={scene.part("deploy")} label={t!("incident.deploy")} on={plan.deploy} on_change={scene.on(move |deploy| Action::Change(Plan { deploy, ..plan }))} testid={testid::INCIDENT_DEPLOY} />
                <Toggle
                    id={scene.part("alias")}
                    label={t!("incident.alias")}
                    hint={AttrValue::from(t!("incident.alias_hint"))}
                    on={plan.bound == Bound::Alias}
                    disabled={plan.units == 0}
                    on_change={scene.on(move |alias| Action::Change(Plan { bound: if alias { Bound::Alias } else { Bound::Version }, ..plan }))}
                    testid={testid::INCIDENT_ALIAS}
                />
            </div>
            { result(scene, before) }
            <div class="incident__acts">
                { keep_button(scene) }
                <Button label={t!("incident.to_end")} onclick={scene.click(Action::Next)} testid={testid::INCIDENT_NEXT} />
            </div>
            <div>{ tries(scene) }</div>
        </>
    }
}

fn tab_label(tab: FixTab) -> &'static str {
    match tab {
        FixTab::Provisioned => t!("incident.tab_provisioned"),
        FixTab::Init => t!("incident.tab_init"),
        FixTab::Pings => t!("incident.tab_pings"),
        FixTab::Queue => t!("incident.tab_queue"),
    }
}

fn controls(scene: &Scene) -> Html {
    match scene.incident.tab {
        FixTab::Provisioned => provisioned(scene),
        FixTab::Init => smaller_init(scene),
        FixTab::Pings => pings(scene),
        FixTab::Queue => queue(scene),
    }
}

/// Whole numbers from a slider.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sliders give small numbers from 0 up")]
fn whole(value: f64) -> u32 {
    value.round().max(0.0) as u32
}

fn provisioned(scene: &Scene) -> Html {
    let plan = scene.incident.plan;
    let times = |all: &[ClockMinute]| all.iter().map(|at| SelectOption::new(at.to_string(), show(*at))).collect::<Vec<_>>();
    let low = facts::PROVISIONED_PREPARATION_MIN_MS / MINUTE_MS;
    let high = facts::PROVISIONED_PREPARATION_MAX_MS / MINUTE_MS;
    let all_day = (plan.units > 0)
        .then(|| t!("incident.around_the_clock", n = plan.units, price = picodollars(cost::around_the_clock_pd(&scene.spec, plan.units))));
    html! {
        <>
            <div class="incident__controls">
                <Slider
                    id={scene.part("units")}
                    label={t!("incident.units")}
                    value={f64::from(plan.units)}
                    min=0.0
                    max={f64::from(UNITS_MAX)}
                    step={UNITS_STEP}
                    unit={Unit::Count}
                    on_input={scene.on(move |value| Action::Change(Plan { units: whole(value), ..plan }))}
                    testid={testid::INCIDENT_UNITS}
                />
                <Select
                    id={scene.part("from")}
                    label={t!("incident.from")}
                    options={times(&FROM)}
                    value={plan.from.to_string()}
                    on_change={scene.on(move |value: AttrValue| Action::Change(Plan { from: value.parse().unwrap_or(plan.from), ..plan }))}
                    testid={testid::INCIDENT_FROM}
                />
                <Select
                    id={scene.part("until")}
                    label={t!("incident.until")}
                    options={times(&UNTIL)}
                    value={plan.until.to_string()}
                    on_change={scene.on(move |value: AttrValue| Action::Change(Plan { until: value.parse().unwrap_or(plan.until), ..plan }))}
                    testid={testid::INCIDENT_UNTIL}
                />
            </div>
            <p class="incident__note">{ t!("incident.provisioned_note", low = low, high = high, step = facts::PROVISIONED_BILLING_STEP_MS / MINUTE_MS) }{ " " }{ all_day }</p>
            <p class="incident__note">{ (plan.from >= plan.until && plan.units > 0).then(|| t!("incident.empty_window")) }</p>
        </>
    }
}

fn smaller_init(scene: &Scene) -> Html {
    let plan = scene.incident.plan;
    let choices = [
        (Import::Kept, "kept", t!("incident.import_kept")),
        (Import::Dropped, "dropped", t!("incident.import_dropped")),
        (Import::Layer, "layer", t!("incident.import_layer")),
    ];
    let name = scene.part("import");
    let note = match plan.import {
        Import::Kept => t!("incident.note_kept"),
        Import::Dropped => t!("incident.note_dropped"),
        Import::Layer => t!("incident.note_layer"),
    };
    html! {
        <>
            <fieldset class="incident__choices">
                <legend>{ t!("incident.import") }</legend>
                <div class="choices">{ for choices.into_iter().map(|(import, slug, label)| html! {
                    <label key={slug} class="choice">
                        <input
                            type="radio"
                            name={name.clone()}
                            checked={plan.import == import}
                            onchange={scene.on(move |_: Event| Action::Change(Plan { import, ..plan }))}
                            data-testid={format!("{}-{slug}", testid::INCIDENT_IMPORT)}
                        />
                        <span>{ label }</span>
                    </label>
                }) }</div>
            </fieldset>
            <p class="incident__note" aria-live="polite" data-testid={testid::INCIDENT_IMPORT_NOTE}>{ note }</p>
        </>
    }
}

fn pings(scene: &Scene) -> Html {
    let plan = scene.incident.plan;
    html! {
        <>
            <div class="incident__controls">
                <Slider
                    id={scene.part("pings")}
                    label={t!("incident.pings")}
                    value={f64::from(plan.pings)}
                    min=0.0
                    max={f64::from(UNITS_MAX)}
                    step={UNITS_STEP}
                    unit={Unit::Count}
                    on_input={scene.on(move |value| Action::Change(Plan { pings: whole(value), ..plan }))}
                    testid={testid::INCIDENT_PINGS}
                />
                <Slider
                    id={scene.part("ping-every")}
                    label={t!("incident.ping_every")}
                    value={f64::from(plan.ping_every_min)}
                    min=1.0
                    max={f64::from(PING_MINUTES_MAX)}
                    step=1.0
                    unit={Unit::Minutes}
                    on_input={scene.on(move |value| Action::Change(Plan { ping_every_min: whole(value).max(1), ..plan }))}
                    testid={testid::INCIDENT_PING_EVERY}
                />
            </div>
            <p class="incident__note">{ t!("incident.pings_note") }</p>
        </>
    }
}

fn queue(scene: &Scene) -> Html {
    let plan = scene.incident.plan;
    html! {
        <>
            <div class="incident__controls">
                <Toggle id={scene.part("queue")} label={t!("incident.queue")} on={plan.queue} on_change={scene.on(move |queue| Action::Change(Plan { queue, ..plan }))} testid={testid::INCIDENT_QUEUE} />
            </div>
            <p class="incident__note">{ t!("incident.queue_note") }</p>
        </>
    }
}

/// What the plan makes of this morning; none until its run is there.
fn trial(scene: &Scene) -> Option<(RunResult, Outcome)> {
    let run = scene.trial.latest.clone()?;
    let found = outcome(&run.report, &scene.planned, &scene.incident.plan);
    Some((run, found))
}

fn result(scene: &Scene, before: &Morning) -> Html {
    let Some((run, found)) = trial(scene) else { return html! { <p>{ t!("incident.loading") }</p> } };
    let after = scene.minutes(&run);
    let lines = ledger(scene, &run);
    let kind = if found.keeps_promise() && found.is_within_budget() { CalloutKind::Note } else { CalloutKind::Warning };
    html! {
        <div class="stack" data-testid={testid::INCIDENT_RESULT} data-state={scene.trial.status.word()}>
            { stats(before, &found) }
            <ChartView id={scene.part("replay")} spec={Rc::new(charts::before_and_after(before, &after))} testid={testid::INCIDENT_REPLAY} />
            <Callout {kind} title={t!("incident.verdict")} testid={testid::INCIDENT_VERDICT}><p>{ found.verdict() }</p></Callout>
            <Ledger
                id={scene.part("month")}
                caption={t!("incident.ledger")}
                {lines}
                total_pd={Some(found.month_pd)}
                note={AttrValue::from(t!("incident.ledger_note"))}
                testid={testid::INCIDENT_LEDGER}
            />
        </div>
    }
}

fn stats(before: &Morning, found: &Outcome) -> Html {
    let shown = |ms: f64| duration_us(ms * 1_000.0);
    let was = |text: String| AttrValue::from(t!("incident.was", value = text));
    let worst = before.worst().p99_ms;
    #[allow(clippy::cast_precision_loss, reason = "counts of a morning, for a trend")]
    let cold = (Trend::between(before.cold_starts() as f64, found.cold_starts as f64), was(count(before.cold_starts())));
    html! {
        <div class="stats" aria-live="polite">
            <Stat label={t!("incident.stat_worst_p99")} value={shown(found.worst_p99_ms)} trend={Some((Trend::between(worst, found.worst_p99_ms), was(shown(worst))))} testid={testid::INCIDENT_WORST} />
            <Stat label={t!("incident.stat_cold")} value={count(found.cold_starts)} tone={Tone::Cold} trend={Some(cold)} testid={testid::INCIDENT_COLD} />
            <Stat label={t!("incident.stat_spilled")} value={count(found.spilled)} tone={Tone::Spill} note={AttrValue::from(t!("incident.stat_spilled_note"))} testid={testid::INCIDENT_SPILLED} />
            <Stat label={t!("incident.stat_month")} value={picodollars(found.month_pd)} tone={Tone::Money} note={AttrValue::from(t!("incident.stat_month_note"))} testid={testid::INCIDENT_MONTH} />
        </div>
    }
}

fn ledger(scene: &Scene, run: &RunResult) -> Vec<LedgerLine> {
    let bill = cost::thirty_mornings(&run.report, &scene.planned, &scene.incident.plan);
    let label = |kind| match kind {
        BillLineKind::Requests => t!("incident.bill_requests"),
        BillLineKind::Duration => t!("incident.bill_duration"),
        BillLineKind::Init => t!("incident.bill_init"),
        BillLineKind::Provisioned => t!("incident.bill_provisioned"),
        BillLineKind::ProvisionedDuration => t!("incident.bill_provisioned_duration"),
        other => bill_word(other),
    };
    let line = |line: coldstart_sim::BillLine| {
        let quantity = u64::try_from(line.quantity_micro / 1_000_000).unwrap_or(u64::MAX);
        LedgerLine {
            key: format!("{:?}", line.kind).into(),
            label: label(line.kind).into(),
            quantity: match line.kind {
                BillLineKind::Requests => count(quantity),
                _ => t!("incident.quantity_gbs", amount = count(quantity)),
            }
            .into(),
            amount_pd: line.due_pd,
        }
    };
    bill.lines.into_iter().map(line).collect()
}

fn keep_button(scene: &Scene) -> Html {
    let plan = scene.incident.plan;
    let tried = trial(scene).map(|(_, outcome)| Try { plan, outcome });
    let is_current = scene.trial.status == RunStatus::Done;
    let is_kept = tried.is_some_and(|tried| scene.incident.tries.contains(&tried));
    html! {
        <Button
            label={if is_kept { t!("incident.kept") } else { t!("incident.keep") }}
            kind={ButtonKind::Primary}
            onclick={tried.map_or_else(Callback::noop, |tried| scene.click(Action::Keep(tried)))}
            disabled={!is_current || is_kept || tried.is_none()}
            testid={testid::INCIDENT_KEEP}
        />
    }
}

fn tries(scene: &Scene) -> Html {
    if scene.incident.tries.is_empty() {
        return Html::default();
    }
    let columns = vec![
        Column::words(t!("incident.col_plan")),
        Column::numbers(t!("incident.stat_worst_p99")),
        Column::numbers(t!("incident.stat_cold")),
        Column::numbers(t!("incident.stat_spilled")),
        Column::numbers(t!("incident.stat_month")),
    ];
    let row = |tried: &Try| {
        let outcome = tried.outcome;
        let cells = [
            tried.plan.words(),
            duration_us(outcome.worst_p99_ms * 1_000.0),
            count(outcome.cold_starts),
            count(outcome.spilled),
            picodollars(outcome.month_pd),
        ];
        cells.map(AttrValue::from).to_vec()
    };
    let rows = scene.incident.tries.iter().map(row).collect::<Vec<_>>();
    html! { <DataTable id={scene.part("tries")} caption={t!("incident.tries")} {columns} {rows} testid={testid::INCIDENT_TRIES} /> }
}
