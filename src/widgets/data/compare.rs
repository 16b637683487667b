//! `compare`: the same traffic under several policies. The arrivals are the same by construction: one seed, draws by request.

use super::data;
use super::figures::{Figure, figures};
use super::knobs::{KnobPanel, Turned};
use crate::charts::{Axis, Bar, ChartKind, ChartSize, ChartSpec, ChartView, Paint, Part};
use crate::components::format::Unit;
use crate::components::{Column, DataTable};
use crate::pages::lesson::{BetMark, WidgetProps};
use crate::runner::{RunRequest, RunResult, RunStatus, use_runs};
use crate::{t, testid};
use coldstart_course::Format;
use coldstart_course::data::{Compare, Policy, merged};
use coldstart_course::patch::{self, Changes};
use coldstart_sim::ScenarioSpec;
use std::rc::Rc;
use yew::prelude::*;

/// The widget.
#[component]
pub fn CompareWidget(props: &WidgetProps) -> Html {
    let compare = use_memo(props.props.clone(), |_| data::<Compare>(props));
    match (compare.as_ref(), &props.spec) {
        (Some(compare), Some(_)) => html! { <Bench compare={Rc::new(compare.clone())} widget={props.clone()} /> },
        _ => html! { <p class="muted">{ t!("lab.unreadable") }</p> },
    }
}

#[derive(Clone, PartialEq, Properties)]
struct BenchProps {
    compare: Rc<Compare>,
    widget: WidgetProps,
}

#[component]
fn Bench(props: &BenchProps) -> Html {
    let BenchProps { compare, widget } = props;
    let Some(base) = widget.spec.clone() else { return Html::default() };
    let knobs = use_memo(compare.clone(), |compare| compare.knobs());
    let turned = use_state(|| Turned::new(&knobs, widget.shared.is_some()));
    let specs = use_memo((base.clone(), (*turned).clone()), |(base, turned)| {
        let turned = turned.changes(&knobs);
        compare.policy.iter().map(|policy| spec_of(policy, widget, base, &turned)).collect::<Vec<_>>()
    });
    let problem = specs.iter().find_map(|spec| spec.as_ref().err().cloned());
    let requests = specs.iter().flatten().map(|spec| RunRequest { seed: widget.seed, ..RunRequest::new(spec.clone()) });
    let runs = use_runs(requests.collect());
    let results = runs.results();
    {
        let (report, named) = (widget.on_report.clone(), named(compare, widget, &results));
        use_effect_with(named, move |named| named.iter().for_each(|(name, run)| report.emit((name.clone(), run.clone()))));
    }
    let on_turn = {
        let turned = turned.setter();
        Callback::from(move |next| turned.set(next))
    };
    let rows: Vec<Vec<Figure>> = results.iter().map(|run| figures(run.as_ref().map(|run| &run.report), &compare.numbers)).collect();
    let status = runs.status();
    let says = match &status {
        RunStatus::Failed(reason) => t!("provisioned.failed", reason = reason.to_string()),
        _ => problem.unwrap_or_default(),
    };
    let (labels, width): (Vec<&str>, _) = (compare.policy.iter().map(|policy| policy.label.as_str()).collect(), compare.numbers.len());
    let chart = bars(&labels, &rows);
    html! {
        <div class="lab data-compare" data-testid={testid::COMPARE} data-state={status.word()}>
            <div>{ (!knobs.is_empty()).then(|| html! { <KnobPanel id={widget.id.clone()} knobs={knobs.clone()} spec={base.clone()} turned={(*turned).clone()} {on_turn} /> }) }</div>
            <p class="lab-remark" aria-live="polite">{ says }</p>
            { table(&widget.id, &labels, &rows, width) }
            <div>{ predicted(&rows, &widget.bets) }</div>
            <div>{ chart.map(|spec| html! { <ChartView id={format!("{}-bars", widget.id)} spec={Rc::new(spec)} size={ChartSize::Small} /> }) }</div>
        </div>
    }
}

/// A policy's scenario, with what the knobs say on top.
pub(super) fn spec_of(policy: &Policy, widget: &WidgetProps, base: &ScenarioSpec, turned: &Changes) -> Result<ScenarioSpec, String> {
    let own = policy.scenario.as_ref().and_then(|name| widget.scenarios.get(name));
    patch::set(own.unwrap_or(base), &merged([turned, &policy.set]))
}

/// Runs that the text has a name for: those of policies with a scenario of their own, and that of the widget's scenario as it is.
fn named(compare: &Compare, widget: &WidgetProps, results: &[Option<RunResult>]) -> Vec<(AttrValue, RunResult)> {
    let name = |policy: &Policy| match &policy.scenario {
        Some(name) => Some(AttrValue::from(name.clone())),
        None => policy.set.is_empty().then(|| widget.run.clone()),
    };
    compare.policy.iter().zip(results).filter_map(|(policy, run)| Some((name(policy)?, run.clone()?))).collect()
}

/// Policies down, figures across.
pub(super) fn table(id: &str, labels: &[&str], rows: &[Vec<Figure>], width: usize) -> Html {
    let heads = rows.first().map(|row| row.iter().map(|figure| Column::numbers(figure.label.clone())).collect::<Vec<_>>());
    let mut columns = vec![Column::words(t!("lab.policy"))];
    columns.extend(heads.unwrap_or_else(|| (0..width).map(|_| Column::numbers("")).collect()));
    let cells = |(at, label): (usize, &&str)| {
        let mut cells = vec![AttrValue::from((*label).to_owned())];
        cells.extend((0..width).map(|column| rows.get(at).and_then(|row| row.get(column)).map_or(AttrValue::Static("–"), Figure::written)));
        cells
    };
    let rows = labels.iter().enumerate().map(cells).collect::<Vec<_>>();
    html! { <DataTable id={format!("{id}-table")} caption={t!("lab.same_traffic")} {columns} {rows} testid={testid::COMPARE_TABLE} /> }
}

/// What was predicted of one of the columns.
fn predicted(rows: &[Vec<Figure>], bets: &[BetMark]) -> Html {
    let Some(row) = rows.first() else { return Html::default() };
    let said = |bet: &BetMark| {
        let figure = row.iter().find(|figure| figure.metric == bet.metric)?;
        let (name, value) = (figure.label.to_string(), figure.format.write(bet.value));
        Some(html! { <p key={bet.id.to_string()} class="muted small">{ t!("lab.you_said_of", name = name, value = value) }</p> })
    };
    bets.iter().filter_map(said).collect()
}

/// The first figure of each policy as a bar; nothing while one of them is missing.
pub(super) fn bars(labels: &[&str], rows: &[Vec<Figure>]) -> Option<ChartSpec> {
    let firsts: Vec<&Figure> = rows.iter().filter_map(|row| row.first()).collect();
    let values: Option<Vec<f64>> = firsts.iter().map(|figure| figure.value).collect();
    let (first, values) = (*firsts.first()?, values.filter(|values| values.len() == labels.len())?);
    let bars = labels.iter().zip(values).map(|(label, value)| Bar { label: (*label).to_owned(), amounts: vec![value] }).collect();
    let parts = vec![Part::new(first.label.to_string(), Paint::Busy)];
    let x = Axis::new(first.label.to_string(), unit(first.format));
    Some(ChartSpec::new(first.label.to_string(), x, Axis::default(), ChartKind::StackedBars { parts, bars }).saying(t!("lab.bars_say")))
}

const fn unit(format: Format) -> Unit {
    match format {
        Format::Count => Unit::Count,
        Format::Number => Unit::Plain,
        Format::Percent | Format::OneIn => Unit::Share,
        Format::Duration => Unit::Millis,
        Format::Dollars => Unit::Dollars,
    }
}
