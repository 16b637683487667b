//! A prediction that is drawn: a curve over the time of the run, then the run's own beside it.

use crate::charts::{Axis, ChartKind, ChartSpec, ChartView, CurveGap, DrawableChart, Paint, Series, curve_gap};
use crate::components::format::{Unit, number};
use crate::components::{BetAnswer, BetButtons, BetFrame, BetStage};
use crate::t;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`CurveBet`].
#[derive(Properties, Clone, PartialEq)]
pub struct CurveBetProps {
    /// Id that the parts' ids are made of.
    pub id: AttrValue,
    /// The question.
    pub question: AttrValue,
    /// What the curve shows.
    pub label: AttrValue,
    /// Unit of its heights.
    pub unit: Unit,
    /// Where the points are, by rising time of day, in microseconds since midnight.
    pub xs: Rc<Vec<f64>>,
    /// Top of the axis; its foot is 0.
    pub max: f64,
    /// What a key moves a point by.
    pub step: f64,
    /// How far the prediction is.
    pub stage: BetStage,
    /// Called with the prediction.
    pub on_commit: Callback<BetAnswer>,
    /// Called when the learner skips.
    pub on_skip: Callback<()>,
    /// The true heights, once the run has shown them.
    pub truth: Option<Rc<Vec<f64>>>,
    /// Name for the tests; the chart's is `{testid}-field`, the buttons' are `{testid}-commit` and `{testid}-skip`.
    pub testid: AttrValue,
}

/// A question, a chart to draw on, and, after the run, the gap.
#[component]
pub fn CurveBet(props: &CurveBetProps) -> Html {
    html! {
        <BetFrame
            id={props.id.clone()}
            question={props.question.clone()}
            stage={props.stage.clone()}
            answered={props.truth.is_some()}
            testid={props.testid.clone()}
        >
            { if props.stage.unlocks() { result(props) } else { html! { <Pen ..props.clone() /> } } }
        </BetFrame>
    }
}

/// The chart of an open prediction; it keeps the curve until it is committed. The line lies half way up until it is drawn.
#[component]
fn Pen(props: &CurveBetProps) -> Html {
    let drawn = use_state_eq(|| None::<Vec<f64>>);
    let values = (*drawn).clone().unwrap_or_else(|| vec![props.max / 2.0; props.xs.len()]);
    let on_change = {
        let drawn = drawn.clone();
        Callback::from(move |heights| drawn.set(Some(heights)))
    };
    let on_commit = {
        let (drawn, on_commit) = (drawn.clone(), props.on_commit.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(heights) = (*drawn).clone() {
                on_commit.emit(BetAnswer::Curve(heights));
            }
        })
    };
    html! {
        <>
            <div class="bet__answer">
                <DrawableChart
                    id={format!("{}-draw", props.id)}
                    spec={Rc::new(chart(props, Vec::new()).saying(t!("kit.curve_draw")))}
                    xs={props.xs.clone()}
                    values={Rc::new(values)}
                    {on_change}
                    step={props.step}
                    testid={format!("{}-field", props.testid)}
                />
            </div>
            <BetButtons {on_commit} on_skip={props.on_skip.clone()} ready={drawn.is_some()} testid={props.testid.clone()} />
        </>
    }
}

fn result(props: &CurveBetProps) -> Html {
    let Some(truth) = &props.truth else { return html! { <p class="bet__skipped">{ t!("kit.skipped") }</p> } };
    let points = props.xs.iter().copied().zip(truth.iter().copied()).collect();
    let spec = Rc::new(chart(props, vec![Series::new(t!("kit.curve_true"), Paint::Ink, points)]).saying(extremes(props, truth)));
    let id = format!("{}-truth", props.id);
    let testid = format!("{}-truth", props.testid);
    match props.stage.curve() {
        Some(drawn) => html! {
            <>
                <DrawableChart
                    {id}
                    {spec}
                    xs={props.xs.clone()}
                    values={Rc::new(drawn.to_vec())}
                    on_change={Callback::noop()}
                    step={props.step}
                    locked=true
                    against={Some(0)}
                    {testid}
                />
                <p class="bet__gap">{ gap_sentence(props, drawn, truth) }</p>
            </>
        },
        None => html! {
            <>
                <p class="bet__skipped">{ t!("kit.skipped") }</p>
                <ChartView {id} {spec} {testid} />
            </>
        },
    }
}

fn chart(props: &CurveBetProps, lines: Vec<Series>) -> ChartSpec {
    let (first, last) = (props.xs.first().copied().unwrap_or(0.0), props.xs.last().copied().unwrap_or(1.0));
    let clock = Axis::new(t!("playground.clock_axis"), Unit::Clock).over(first, last);
    let height = Axis::new(props.label.to_string(), props.unit).over(0.0, props.max);
    ChartSpec::new(title(&props.xs), clock, height, ChartKind::Lines(lines))
}

/// How far apart the points are; what the curve is about stands at its axis.
fn title(xs: &[f64]) -> String {
    let minutes = xs.windows(2).next().map_or(1.0, |pair| (pair[1] - pair[0]) / 60e6);
    if minutes > 1.0 { t!("kit.curve_every", n = number(minutes)) } else { t!("kit.curve_each_minute").to_owned() }
}

/// What the truth does, in words.
fn extremes(props: &CurveBetProps, truth: &[f64]) -> String {
    let points = || props.xs.iter().copied().zip(truth.iter().copied()).filter(|(_, height)| height.is_finite());
    let shown = |point: Option<(f64, f64)>| point.map(|(x, height)| (Unit::Clock.show(x), props.unit.show(height)));
    // The first of several that are as high.
    let highest = points().reduce(|best, next| if next.1 > best.1 { next } else { best });
    let lowest = points().reduce(|best, next| if next.1 < best.1 { next } else { best });
    match (shown(highest), shown(lowest)) {
        (Some((at, high)), Some((foot, low))) => t!("kit.curve_says", high = high, at = at, low = low, foot = foot),
        _ => String::new(),
    }
}

fn gap_sentence(props: &CurveBetProps, drawn: &[f64], truth: &[f64]) -> Option<String> {
    let CurveGap { mean, widest } = curve_gap(drawn, truth)?;
    let shown = |value: f64| props.unit.show(value);
    let at = Unit::Clock.show(*props.xs.get(widest)?);
    if mean <= props.step / 2.0 {
        return Some(t!("kit.curve_gap_none").to_owned());
    }
    Some(t!("kit.curve_gap", mean = shown(mean), at = at, drawn = shown(*drawn.get(widest)?), truth = shown(*truth.get(widest)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::format::NBSP;
    use futures::executor::block_on;
    use yew::LocalServerRenderer;

    fn drawn(stage: BetStage, truth: Option<[f64; 3]>) -> String {
        let props = CurveBetProps {
            id: "bet-busy".into(),
            question: "How many are busy?".into(),
            label: "Busy".into(),
            unit: Unit::Count,
            xs: Rc::new(vec![0.0, 60e6, 120e6]),
            max: 100.0,
            step: 5.0,
            stage,
            on_commit: Callback::noop(),
            on_skip: Callback::noop(),
            truth: truth.map(|heights| Rc::new(heights.to_vec())),
            testid: "bet-busy".into(),
        };
        block_on(LocalServerRenderer::<CurveBet>::with_props(props).hydratable(false).render()).replace(NBSP, " ")
    }

    #[track_caller]
    fn has(html: &str, parts: &[&str]) {
        for part in parts {
            assert!(html.contains(part), "{part} is missing in {html}");
        }
    }

    #[test]
    fn a_curve_is_open_then_stands_beside_the_truth() {
        let open = drawn(BetStage::Open, None);
        has(
            &open,
            &[
                "data-state=\"open\"",
                "data-testid=\"bet-busy-field-curve\"",
                "aria-valuetext=\"00:00: 50\"",
                "Minute by minute",
                "disabled",
            ],
        );
        let mine = BetStage::Committed(BetAnswer::Curve(vec![10.0, 50.0, 20.0]));
        let truth = Some([10.0, 20.0, 20.0]);
        let answered = drawn(mine.clone(), truth);
        has(&answered, &["data-state=\"answered\"", "It was 20 at its highest, at 00:01, and 10 at its lowest, at 00:00."]);
        has(&answered, &["On average your curve is 10 off. It is furthest off at 00:01: you drew 50, it was 20."]);
        assert!(!answered.contains("bet-busy-field-curve"), "it can be moved no more");
        has(&drawn(mine, Some([10.0, 50.0, 20.0])), &["Your curve lies on it."]);
        let skipped = drawn(BetStage::Skipped, truth);
        has(&skipped, &["No bet this time.", "data-testid=\"bet-busy-truth\""]);
        assert!(!skipped.contains("On average"), "{skipped}");
    }
}
