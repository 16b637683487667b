//! The parts as they are sent to the page: names, roles and states for screen readers, no style attributes.

use super::*;
use futures::executor::block_on;
use yew::LocalServerRenderer;
use yew::prelude::*;

fn render<C: BaseComponent>(props: C::Properties) -> String {
    let html = block_on(LocalServerRenderer::<C>::with_props(props).hydratable(false).render());
    assert!(!html.contains("style="), "a strict policy forbids style attributes: {html}");
    html.replace(format::NBSP, " ")
}

#[track_caller]
fn has(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(html.contains(part), "{part} is missing in {html}");
    }
}

#[test]
fn a_slider_says_its_value_with_its_unit() {
    let html = render::<Slider>(yew::props!(slider::SliderProps {
        id: "memory",
        label: "Memory",
        value: 1800.0,
        min: 128.0,
        max: 10_240.0,
        unit: format::Unit::Megabytes,
        scale: SliderScale::Log,
        hint: Some(AttrValue::from("More memory, more CPU")),
        on_input: Callback::noop(),
    }));
    has(
        &html,
        &[
            r#"<label for="memory" class="slider__label">Memory</label>"#,
            r#"aria-valuetext="1,800 MB""#,
            r#"aria-describedby="memory-hint""#,
            r#"id="memory-hint" class="field__hint">More memory, more CPU<"#,
            r#"id="memory-number" aria-label="Memory, MB""#,
        ],
    );
}

#[test]
fn tabs_have_one_stop_and_name_their_panel() {
    let html = render::<Tabs>(yew::props!(tabs::TabsProps {
        id: "t",
        label: "Views",
        items: vec![TabItem::new("a", "One"), TabItem::new("b", "Two")],
        selected: "b",
        on_select: Callback::noop(),
    }));
    assert_eq!(html.matches(r#"tabindex="-1""#).count(), 1);
    has(&html, &[r#"role="tablist""#, r#"aria-selected="true""#, r#"aria-labelledby="t-b""#, r#"role="tabpanel""#]);
}

fn bet(stage: BetStage, truth: Option<BetAnswer>) -> String {
    render::<Bet>(yew::props!(bet::BetProps {
        id: "spill",
        question: "What share spills?",
        kind: BetKind::Number { min: 0.0, max: 1.0, step: 0.01, start: 0.0, unit: format::Unit::Share, scale: SliderScale::Linear },
        stage: stage,
        truth: truth,
        on_commit: Callback::noop(),
        on_skip: Callback::noop(),
    }))
}

#[test]
fn a_bet_is_open_then_committed_then_shows_its_gap() {
    has(&bet(BetStage::Open, None), &[r#"data-state="open""#, "Commit your bet", "Skip"]);
    let committed = BetStage::Committed(BetAnswer::Number(0.02));
    let waiting = bet(committed.clone(), None);
    has(&waiting, &[r#"data-state="committed""#, "You said", "2 %"]);
    assert!(!waiting.contains("<button") && !waiting.contains("It was"), "{waiting}");
    has(&bet(committed, Some(BetAnswer::Number(0.11))), &["It was", "11 %", "9 % more than you said, 5.5 times as much."]);
    has(&bet(BetStage::Skipped, Some(BetAnswer::Number(0.11))), &["No bet this time.", "11 %"]);
}

#[test]
fn a_table_names_its_rows_columns_and_scroll_container() {
    let html = render::<DataTable>(yew::props!(table::DataTableProps {
        id: "cap",
        caption: "Minutes",
        columns: vec![Column::words("Minute"), Column::numbers("p99, ms")],
        rows: vec![vec![AttrValue::from("09:00"), AttrValue::from("1,200")]],
    }));
    has(
        &html,
        &[
            r#"tabindex="0" role="group" aria-labelledby="cap""#,
            r#"<th scope="col" class="end">p99, ms</th>"#,
            r#"<th scope="row">09:00</th>"#,
            r#"<td class="end">1,200</td>"#,
        ],
    );
}

#[test]
fn an_environment_is_a_word_as_well_as_a_colour() {
    for state in EnvState::ALL {
        let html = render::<EnvTile>(yew::props!(env_tile::EnvTileProps {
            name: "Environment 3",
            state: state,
            provisioned: true,
            progress: 0.5,
            remark: Some(AttrValue::from("40 ms left")),
        }));
        has(&html, &[&format!(r#"aria-label="Environment 3, {}, provisioned, 40 ms left""#, state.word()), "env--provisioned"]);
    }
}

#[test]
fn a_ledger_adds_up_its_lines() {
    let line = |key: &'static str, amount_pd| LedgerLine { key: key.into(), label: key.into(), quantity: "1".into(), amount_pd };
    let html = render::<Ledger>(yew::props!(ledger::LedgerProps {
        id: "bill",
        caption: "Bill",
        lines: vec![line("Requests", 250_000_000_000), line("Duration", 1_000_000_000_000)],
    }));
    has(&html, &["$0.25", "$1.00", "$1.25", r#"width="25.00""#]);
}

#[test]
fn a_fact_opens_by_a_button_and_is_closed_at_first() {
    let html = render::<FactPopover>(yew::props!(fact::FactPopoverProps {
        id: "f",
        value: "10 s",
        title: "Longest INIT",
        source: "Lambda Developer Guide",
        read_on: "2026-11-20",
        confidence: Confidence::Choice,
    }));
    has(&html, &[r#"aria-expanded="false""#, r#"aria-controls="f""#, "hidden", "10 s", "fact--choice"]);
    assert!(!html.contains("Lambda Developer Guide"), "closed boxes hold nothing");
}

#[test]
fn switches_callouts_and_progress_have_their_roles() {
    let toggle = render::<Toggle>(yew::props!(field::ToggleProps { id: "x", label: "Ping", on: true, on_change: Callback::noop() }));
    has(&toggle, &[r#"role="switch""#, r#"aria-checked="true""#]);
    let callout = render::<Callout>(yew::props!(callout::CalloutProps { kind: CalloutKind::Error, live: true }));
    has(&callout, &[r#"role="alert""#, "Something went wrong"]);
    let progress = render::<ProgressBar>(yew::props!(progress::ProgressBarProps { value: Some(0.25), label: "Running" }));
    has(&progress, &[r#"role="progressbar""#, r#"aria-valuenow="25""#, "25 %"]);
    let unknown = render::<ProgressBar>(yew::props!(progress::ProgressBarProps { value: None, label: "Running" }));
    assert!(!unknown.contains("aria-valuenow"), "{unknown}");
}

#[test]
fn a_number_with_its_trend_is_read_out_in_words() {
    let html = render::<Stat>(yew::props!(stat::StatProps {
        label: "Cold starts",
        value: "3.1 %",
        trend: Some((Trend::between(0.05, 0.031), AttrValue::from("was 5 %"))),
    }));
    has(&html, &["3.1 %", "fell", "was 5 %"]);
    assert_eq!(Trend::between(1.0, 1.001), Trend::Same);
}
