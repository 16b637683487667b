//! What a log says: numbers, charts, the bill, the lines that could not be read; then the function itself, to run.

use super::run::RunIt;
use super::view::{self, ReadLog};
use super::{chart, charts};
use crate::charts::ChartSpec;
use crate::components::{Callout, CalloutKind, Column, DataTable, Ledger, Select, SelectOption, Stat};
use crate::{t, testid};
use coldstart_sim::log::Calibration;
use coldstart_sim::spec::ArchitectureSpec;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Results`].
#[derive(Properties, Clone, PartialEq)]
pub struct ResultsProps {
    /// What was read.
    pub log: ReadLog,
}

/// What a log says.
#[component]
pub fn Results(props: &ResultsProps) -> Html {
    let log = &props.log;
    let architecture = use_state_eq(ArchitectureSpec::default);
    let said = use_memo((log.clone(), *architecture), |(log, architecture)| {
        log.calibration.as_ref().map(|calibration| Said::of(log, calibration, *architecture))
    });
    let choose = {
        let architecture = architecture.setter();
        Callback::from(move |value: AttrValue| architecture.set(architecture_of(&value)))
    };
    html! {
        <>
            <div>{ bad_lines(log) }</div>
            <div>{ said.as_ref().as_ref().map(|said| shown(said, *architecture, choose)) }</div>
            <div>{ log.calibration.is_some().then(|| html! { <RunIt log={log.clone()} architecture={*architecture} /> }) }</div>
        </>
    }
}

/// Everything that is shown of a log, computed once per log.
#[derive(Clone, PartialEq)]
struct Said {
    figures: Vec<view::Figure>,
    percentiles: Vec<Vec<AttrValue>>,
    durations: Rc<ChartSpec>,
    inits: Option<Rc<ChartSpec>>,
    over_time: Option<Rc<ChartSpec>>,
    bill: view::LogBill,
}

impl Said {
    fn of(log: &ReadLog, calibration: &Calibration, architecture: ArchitectureSpec) -> Self {
        Self {
            figures: view::figures(log, calibration),
            percentiles: view::percentile_rows(calibration),
            durations: Rc::new(charts::durations(log, calibration)),
            inits: charts::inits(log, calibration).map(Rc::new),
            over_time: charts::cold_over_time(log).map(Rc::new),
            bill: view::bill(log, calibration, architecture),
        }
    }
}

fn shown(said: &Said, architecture: ArchitectureSpec, choose: Callback<AttrValue>) -> Html {
    html! {
        <>
            <section class="logs-part" aria-labelledby="logs-says">
                <h2 id="logs-says">{ t!("logs.says") }</h2>
                <div class="logs-figures" data-testid={testid::LOGS_FIGURES}>
                    { for said.figures.iter().map(|figure| html! {
                        <Stat key={figure.label.to_string()} label={figure.label.clone()} value={figure.value.clone()} note={figure.note.clone()} />
                    }) }
                </div>
                <DataTable id="logs-percentiles" caption={t!("logs.percentiles")} columns={percentile_columns()} rows={said.percentiles.clone()}
                    testid={testid::LOGS_PERCENTILES} />
                <div class="lab-charts">
                    <div>{ chart("logs-durations", Some(&said.durations)) }</div>
                    <div>{ chart("logs-inits", said.inits.as_ref()) }</div>
                    <div>{ chart("logs-over-time", said.over_time.as_ref()) }</div>
                </div>
            </section>
            <section class="logs-part" aria-labelledby="logs-cost">
                <h2 id="logs-cost">{ t!("logs.cost") }</h2>
                <div class="logs-bill">
                    <Select id="logs-architecture" label={t!("logs.architecture")} hint={t!("logs.architecture_hint")}
                        value={architecture_name(architecture)} options={architectures()} on_change={choose} testid={testid::LOGS_ARCHITECTURE} />
                    <Ledger id="logs-ledger" caption={t!("logs.bill")} lines={said.bill.lines.clone()} total_pd={said.bill.due_pd}
                        note={said.bill.note.clone()} testid={testid::LOGS_BILL} />
                </div>
            </section>
        </>
    }
}

fn percentile_columns() -> Vec<Column> {
    let numbers = [t!("logs.col_count"), t!("logs.col_mean"), "p50", "p90", "p99", t!("logs.col_max")];
    std::iter::once(Column::words(t!("logs.col_what"))).chain(numbers.map(Column::numbers)).collect()
}

fn architectures() -> Vec<SelectOption> {
    let names = [(ArchitectureSpec::X86_64, t!("logs.x86")), (ArchitectureSpec::Arm64, t!("logs.arm"))];
    names.map(|(architecture, label)| SelectOption::new(architecture_name(architecture), label)).to_vec()
}

const fn architecture_name(architecture: ArchitectureSpec) -> &'static str {
    match architecture {
        ArchitectureSpec::X86_64 => "x86_64",
        ArchitectureSpec::Arm64 => "arm64",
    }
}

fn architecture_of(name: &str) -> ArchitectureSpec {
    if name == architecture_name(ArchitectureSpec::Arm64) { ArchitectureSpec::Arm64 } else { ArchitectureSpec::X86_64 }
}

fn bad_lines(log: &ReadLog) -> Html {
    if log.parsed.bad_count == 0 {
        return Html::default();
    }
    let columns = vec![Column::numbers(t!("logs.col_line")), Column::words(t!("logs.col_reason")), Column::words(t!("logs.col_excerpt"))];
    html! {
        <Callout kind={CalloutKind::Warning} title={t!("logs.bad_title")} live=true testid={testid::LOGS_BAD}>
            <p>{ view::bad_words(&log.parsed) }</p>
            <div class="logs-bad"><DataTable id="logs-bad" caption={t!("logs.bad_caption")} {columns} rows={view::bad_rows(&log.parsed)} /></div>
        </Callout>
    }
}
