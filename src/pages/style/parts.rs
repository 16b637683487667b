//! The parts in their states.

use crate::charts::samples::concurrency;
use crate::charts::{ChartSize, ChartView};
use crate::components::format::{NBSP, Unit};
use crate::components::{
    Bet, BetAnswer, BetChoice, BetKind, BetStage, Button, ButtonKind, Callout, CalloutKind, Chip, CodeBlock, Column, Confidence, DataTable,
    Disclosure, EnvPatterns, EnvState, EnvTile, FactPopover, FileDrop, Icon, IconButton, IconName, Ledger, LedgerLine, ProgressBar, Select,
    SelectOption, Slider, SliderScale, Stat, TabItem, Tabs, TextArea, TextField, Toggle, Tone, Trend,
};
use crate::t;
use std::rc::Rc;
use yew::prelude::*;

/// A part with its name above.
fn sample(name: &'static str, content: Html) -> Html {
    html! {
        <div class="sample" key={name}>
            <h3 class="eyebrow">{ name }</h3>
            { content }
        </div>
    }
}

pub(super) fn environments() -> Html {
    let tile = |state: EnvState, provisioned: bool, progress: f64| {
        html! {
            <li key={format!("{state:?}{provisioned}{progress}")}>
                <EnvTile name={t!("chart.environment")} {state} {provisioned} {progress} />
            </li>
        }
    };
    html! {
        <>
            <EnvPatterns />
            <ul class="tile-row">{ for EnvState::ALL.iter().map(|state| tile(*state, false, 0.6)) }</ul>
            <ul class="tile-row">{ for EnvState::ALL[..3].iter().map(|state| tile(*state, true, 0.6)) }</ul>
            <ul class="tile-row">{ for [0.0, 0.25, 0.5, 0.75, 1.0].iter().map(|progress| tile(EnvState::Starting, false, *progress)) }</ul>
            <ul class="tile-row">{ for Tone::ALL.iter().map(|tone| html! {
                <li key={tone.class()}><Chip label={tone.class().trim_start_matches("tone-")} tone={*tone} count="12" /></li>
            }) }</ul>
        </>
    }
}

#[component]
pub(super) fn Parts() -> Html {
    html! {
        <div class="stack stack--loose">
            { sample("Button, IconButton", buttons()) }
            { sample("Slider, Select, Toggle, TextField, TextArea", html! { <Fields /> }) }
            { sample("Tabs", html! { <TabsSample /> }) }
            { sample("Bet", html! { <Bets /> }) }
            { sample("Stat", stats()) }
            { sample("Callout", callouts()) }
            { sample("FactPopover", facts()) }
            { sample("Ledger, DataTable", tables()) }
            { sample("ProgressBar, Disclosure, FileDrop", rest()) }
            { sample("CodeBlock, CopyButton", html! {
                <CodeBlock
                    label="template.yaml"
                    code={"Resources:\n  Orders:\n    Type: AWS::Serverless::Function\n    Properties:\n      AutoPublishAlias: live\n      ProvisionedConcurrencyConfig:\n        ProvisionedConcurrentExecutions: 10\n"}
                />
            }) }
            { sample("Icon", html! {
                <ul class="tile-row">{ for IconName::ALL.iter().map(|name| html! {
                    <li key={format!("{name:?}")} class="icon-sample"><Icon name={*name} /><span>{ format!("{name:?}") }</span></li>
                }) }</ul>
            }) }
        </div>
    }
}

fn buttons() -> Html {
    let nothing = Callback::noop();
    let button = |label: &'static str, kind: ButtonKind, icon: Option<IconName>, disabled: bool, pressed: Option<bool>| {
        html! { <Button {label} {kind} {icon} {disabled} {pressed} onclick={nothing.clone()} /> }
    };
    html! {
        <>
            <div class="cluster">
                { button("Send 5 at once", ButtonKind::Primary, Some(IconName::Play), false, None) }
                { button("Run again", ButtonKind::Secondary, Some(IconName::Reset), false, None) }
                { button("Why?", ButtonKind::Quiet, Some(IconName::Question), false, None) }
                { button("Schedule", ButtonKind::Secondary, None, false, Some(true)) }
            </div>
            <div class="cluster">
                { button("Send 5 at once", ButtonKind::Primary, Some(IconName::Play), true, None) }
                { button("Run again", ButtonKind::Secondary, None, true, None) }
                { button("Why?", ButtonKind::Quiet, None, true, None) }
                { for [IconName::Play, IconName::Pause, IconName::Step, IconName::Reset].map(|icon| html! {
                    <IconButton key={format!("{icon:?}")} {icon} label={format!("{icon:?}")} onclick={nothing.clone()} />
                }) }
            </div>
        </>
    }
}

#[component]
fn Fields() -> Html {
    let memory = use_state_eq(|| 1024.0);
    let share = use_state_eq(|| 0.02);
    let off = use_state_eq(|| 3.0);
    let order = use_state_eq(|| AttrValue::from("mru"));
    let on = use_state_eq(|| true);
    let text = use_state_eq(|| AttrValue::from("orders"));
    let options = vec![SelectOption::new("mru", "Most recently used"), SelectOption::new("lru", "Least recently used")];
    let set_text = {
        let text = text.setter();
        Callback::from(move |new: String| text.set(new.into()))
    };
    let setter = |state: &UseStateHandle<f64>| {
        let state = state.setter();
        Callback::from(move |value: f64| state.set(value))
    };
    html! {
        <div class="grid">
            <Slider
                id="style-memory"
                label="Memory"
                value={*memory}
                min={128.0}
                max={8192.0}
                unit={Unit::Megabytes}
                scale={SliderScale::Log}
                on_input={setter(&memory)}
                hint="More memory, more CPU."
                testid="style-memory"
            />
            <Slider id="style-share" label="Share that spills" value={*share} min={0.0} max={1.0} step={0.01} unit={Unit::Share} on_input={setter(&share)} />
            <Slider id="style-off" label="Not now" value={*off} min={0.0} max={10.0} on_input={setter(&off)} disabled=true />
            <Select
                id="style-order"
                label="Reuse order"
                {options}
                value={(*order).clone()}
                on_change={Callback::from({ let order = order.setter(); move |value: AttrValue| order.set(value) })}
                hint="Which idle environment takes the next request."
            />
            <Toggle id="style-on" label="Keep it warm with pings" on={*on} on_change={Callback::from({ let on = on.setter(); move |value| on.set(value) })} />
            <TextField id="style-text" label="Function name" value={(*text).clone()} on_input={set_text.clone()} problem={(text.len() > 8).then(|| AttrValue::from("At most 8 letters here."))} />
            <TextArea id="style-area" label="REPORT lines" value={(*text).clone()} on_input={set_text} rows={3} />
        </div>
    }
}

#[component]
fn TabsSample() -> Html {
    let selected = use_state_eq(|| AttrValue::from("stage"));
    let items = vec![TabItem::new("stage", "Stage"), TabItem::new("latency", "Latency"), TabItem::new("bill", "Bill")];
    let on_select = {
        let selected = selected.setter();
        Callback::from(move |id: AttrValue| selected.set(id))
    };
    html! {
        <Tabs id="style-tabs" label="Views of the run" {items} selected={(*selected).clone()} {on_select}>
            <p>{ format!("The panel of {}.", *selected) }</p>
        </Tabs>
    }
}

#[component]
fn Bets() -> Html {
    let stage = use_state_eq(BetStage::default);
    let kind = BetKind::Number { min: 0.0, max: 0.5, step: 0.01, start: 0.0, unit: Unit::Share, scale: SliderScale::Linear };
    let choices = BetKind::Choice(vec![
        BetChoice { id: "none".into(), label: "None of them".into() },
        BetChoice { id: "some".into(), label: "About one in ten".into() },
        BetChoice { id: "half".into(), label: "Half of them".into() },
    ]);
    let commit = {
        let stage = stage.setter();
        Callback::from(move |answer: BetAnswer| stage.set(BetStage::Committed(answer)))
    };
    let skip = {
        let stage = stage.setter();
        Callback::from(move |()| stage.set(BetStage::Skipped))
    };
    let question = "At an average of 50 busy, with 50 provisioned, what share spills?";
    html! {
        <div class="grid grid--2">
            <Bet id="style-bet" {question} {kind} stage={(*stage).clone()} on_commit={commit} on_skip={skip} testid="style-bet" />
            <Bet id="style-choice" question="How many of them wait for an environment?" kind={choices} stage={BetStage::Open} on_commit={Callback::noop()} on_skip={Callback::noop()} />
            <Bet
                id="style-answered"
                question="And what share spills with 60 provisioned?"
                kind={BetKind::Number { min: 0.0, max: 0.5, step: 0.01, start: 0.0, unit: Unit::Share, scale: SliderScale::Linear }}
                stage={BetStage::Committed(BetAnswer::Number(0.02))}
                truth={BetAnswer::Number(0.104)}
                on_commit={Callback::noop()}
                on_skip={Callback::noop()}
            />
        </div>
    }
}

fn stats() -> Html {
    html! {
        <div class="stats">
            <Stat label="Cold starts" value={format!("3.1{NBSP}%")} tone={Tone::Cold} trend={(Trend::Down, AttrValue::from("was 11 %"))} />
            <Stat label="p99 latency" value={format!("480{NBSP}ms")} trend={(Trend::Up, AttrValue::from("was 190 ms"))} />
            <Stat label="Throttled" value="7" tone={Tone::Throttle} note="of 12,400 requests" />
            <Stat label="A month like this" value="$54.20" tone={Tone::Money} note="before the free tier" />
        </div>
    }
}

fn callouts() -> Html {
    html! {
        <div class="stack">
            <Callout><p>{ "The clock of the timeout starts with the handler." }</p></Callout>
            <Callout kind={CalloutKind::ModellingChoice}><p>{ "How long an idle environment lives is drawn from a profile that you can change." }</p></Callout>
            <Callout kind={CalloutKind::Warning}><p>{ "A visibility timeout below the function's timeout delivers messages twice." }</p></Callout>
            <Callout kind={CalloutKind::Error} title="The link cannot be read"><p>{ "Nothing is lost: the page shows the lesson's own scenario instead. Copy the link again from where it came." }</p></Callout>
        </div>
    }
}

fn facts() -> Html {
    html! {
        <p>
            { "An environment that is slow to start gets " }
            <FactPopover id="style-fact-1" value={format!("so many{NBSP}s")} title="Longest INIT phase" source="Lambda Developer Guide" url="https://docs.aws.amazon.com/lambda/" read_on="2026-11-20" />
            { ", lives for " }
            <FactPopover id="style-fact-2" value={format!("some{NBSP}min")} title="Idle life" note="Differs between regions and over the day." source="The simulator's profiles" read_on="2026-11-20" confidence={Confidence::Choice} />
            { " after its last request, and downloads at " }
            <FactPopover id="style-fact-3" value={format!("a few{NBSP}MB/s")} title="Download" source="A published measurement" read_on="2026-11-20" confidence={Confidence::Measured} />
            { "." }
        </p>
    }
}

fn tables() -> Html {
    let line = |key: &'static str, quantity: &'static str, amount_pd: i128| LedgerLine {
        key: key.into(),
        label: key.into(),
        quantity: quantity.into(),
        amount_pd,
    };
    let lines = vec![
        line("Requests", "1.2 million", 240_000_000_000),
        line("Duration", "540,000 GB-s", 9_000_000_000_000),
        line("INIT", "24,000 GB-s", 400_000_000_000),
        line("Provisioned", "10 kept ready", 44_560_000_000_000),
    ];
    let minutes = concurrency().table();
    html! {
        <div class="grid grid--2">
            <div class="card"><Ledger id="style-ledger" caption="Bill of this month" {lines} note="Amounts before the free tier." /></div>
            <DataTable
                id="style-table"
                caption="Concurrency by minute"
                columns={[vec![Column::words("Minute")], minutes.columns[1..].to_vec()].concat()}
                rows={minutes.rows}
            />
        </div>
    }
}

fn rest() -> Html {
    html! {
        <div class="grid grid--2">
            <div class="stack">
                <ProgressBar label="Simulating a month" value={Some(0.62)} />
                <ProgressBar label="Starting the worker" value={None} />
                <Disclosure id="style-more" label="Show the scenario"><p>{ "Unfolded." }</p></Disclosure>
            </div>
            <FileDrop id="style-file" label="CloudWatch REPORT lines" accept=".log,.txt,.csv" on_files={Callback::noop()} />
        </div>
    }
}

/// The same few things in each theme, whatever theme the page has.
pub(super) fn themes() -> Html {
    let small = Rc::new(concurrency());
    html! {
        <div class="grid grid--2">
            { for ["light", "dark", "projector"].iter().map(|theme| html! {
                <div key={*theme} class="theme-sample stack" data-theme={*theme}>
                    <h3>{ *theme }</h3>
                    <ul class="tile-row">{ for EnvState::ALL.iter().map(|state| html! {
                        <li key={state.name()}><EnvTile name={t!("chart.environment")} state={*state} progress={0.6} /></li>
                    }) }</ul>
                    <div class="cluster">
                        <Button label="Send 5 at once" kind={ButtonKind::Primary} onclick={Callback::noop()} />
                        <Button label="Run again" onclick={Callback::noop()} />
                    </div>
                    <div class="cluster">
                        <Chip label="throttled" tone={Tone::Throttle} />
                        <Chip label="spilled" tone={Tone::Spill} />
                        <Chip label="cold" tone={Tone::Cold} />
                    </div>
                    <ChartView id={format!("style-{theme}")} spec={small.clone()} size={ChartSize::Small} />
                </div>
            }) }
        </div>
    }
}
