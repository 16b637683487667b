//! A curve that the learner draws before the truth is shown: dragged with a pointer, or set minute by minute with the keyboard.

use super::scale::Plot;
use super::spec::{ChartSpec, Mark};
use super::view::{ChartSize, ChartView};
use crate::components::format::Unit;
use crate::platform::ui;
use crate::t;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`DrawableChart`].
#[derive(Properties, Clone, PartialEq)]
pub struct DrawableChartProps {
    /// Id that the parts' ids are made of.
    pub id: AttrValue,
    /// The chart to draw on: its axes need a range; what is known already may be in it.
    pub spec: Rc<ChartSpec>,
    /// Where the curve has its points, by rising x.
    pub xs: Rc<Vec<f64>>,
    /// Height of each point.
    pub values: Rc<Vec<f64>>,
    /// Called with all heights whenever some changed.
    pub on_change: Callback<Vec<f64>>,
    /// What the curve is called, on the chart and when read out.
    #[prop_or_else(|| AttrValue::from(t!("chart.your_curve")))]
    pub label: AttrValue,
    /// What an arrow key moves a point by, in the y axis' unit.
    pub step: f64,
    /// Whether the curve is committed and can be moved no more.
    #[prop_or_default]
    pub locked: bool,
    /// The line of `spec` that the curve is compared with, by its place: the gap is hatched.
    #[prop_or_default]
    pub against: Option<usize>,
    /// How tall it is.
    #[prop_or_default]
    pub size: ChartSize,
    /// Name for the tests; what takes the keys is `{testid}-curve`.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
}

/// The curve with the point at `at` moved to `value`, and with the points that a quick pointer jumped over, since the point `before`, on the
/// straight way between.
#[must_use]
pub fn with_value(values: &[f64], before: Option<usize>, at: usize, value: f64) -> Vec<f64> {
    let mut new = values.to_vec();
    let Some(place) = new.get_mut(at) else { return new };
    *place = value;
    let Some(before) = before.filter(|b| *b < values.len() && b.abs_diff(at) > 1) else { return new };
    let (start, way) = (values[before], at.abs_diff(before));
    for step in 1..way {
        let i = if at > before { before + step } else { before - step };
        #[allow(clippy::cast_precision_loss, reason = "a handful of points")]
        let share = step as f64 / way as f64;
        new[i] = start + (value - start) * share;
    }
    new
}

/// How far a curve is from the truth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurveGap {
    /// Mean distance over the points.
    pub mean: f64,
    /// The point where they lie furthest apart, by its place.
    pub widest: usize,
}

/// How far what was drawn is from the truth, over the points that both have; none without one.
#[must_use]
pub fn curve_gap(drawn: &[f64], truth: &[f64]) -> Option<CurveGap> {
    let apart = || drawn.iter().zip(truth).map(|(drawn, truth)| (drawn - truth).abs()).enumerate().filter(|(_, gap)| gap.is_finite());
    let (widest, _) = apart().max_by(|a, b| a.1.total_cmp(&b.1))?;
    #[allow(clippy::cast_precision_loss, reason = "a handful of points")]
    let mean = apart().map(|(_, gap)| gap).sum::<f64>() / apart().count() as f64;
    Some(CurveGap { mean, widest })
}

/// What a key does: which point is active then, and by how many steps it moves.
fn key_move(key: &str, active: usize, count: usize) -> Option<(usize, f64)> {
    let last = count.saturating_sub(1);
    match key {
        "ArrowLeft" => Some((active.saturating_sub(1), 0.0)),
        "ArrowRight" => Some(((active + 1).min(last), 0.0)),
        "Home" => Some((0, 0.0)),
        "End" => Some((last, 0.0)),
        "ArrowUp" => Some((active, 1.0)),
        "ArrowDown" => Some((active, -1.0)),
        "PageUp" => Some((active, 10.0)),
        "PageDown" => Some((active, -10.0)),
        _ => None,
    }
}

fn nearest(xs: &[f64], x: f64) -> usize {
    let distance = |i: &usize| (xs[*i] - x).abs();
    (0..xs.len()).min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(0)
}

/// A height on a step, within the axis.
fn settled(props: &DrawableChartProps, value: f64) -> f64 {
    let (low, high) = props.spec.y.range.unwrap_or((0.0, f64::MAX));
    let stepped = if props.step > 0.0 { (value / props.step).round() * props.step } else { value };
    stepped.clamp(low, high)
}

/// A chart with a curve to draw.
#[component]
pub fn DrawableChart(props: &DrawableChartProps) -> Html {
    let active = use_state_eq(|| 0_usize);
    let plot = use_mut_ref(|| None::<Plot>);
    let dragged = use_mut_ref(|| None::<usize>);
    let on_drawn = {
        let plot = plot.clone();
        use_callback((), move |drawn: Plot, ()| *plot.borrow_mut() = Some(drawn))
    };
    let drag = {
        let (props, active, dragged) = (props.clone(), active.clone(), dragged.clone());
        move |event: &PointerEvent| {
            let Some((x, y)) = ui::pointer_share(event).and_then(|share| Some(plot.borrow().as_ref()?.values_at(share))) else { return };
            let at = nearest(&props.xs, x);
            let before = dragged.borrow_mut().replace(at);
            active.set(at);
            props.on_change.emit(with_value(&props.values, before, at, settled(&props, y)));
        }
    };
    let onpointerdown = {
        let drag = drag.clone();
        Callback::from(move |event: PointerEvent| {
            ui::capture_pointer(&event);
            drag(&event);
        })
    };
    let onpointermove = {
        let dragged = dragged.clone();
        Callback::from(move |event: PointerEvent| {
            if dragged.borrow().is_some() {
                drag(&event);
            }
        })
    };
    let onpointerup = Callback::from(move |_: PointerEvent| *dragged.borrow_mut() = None);
    let onkeydown = {
        let (props, active) = (props.clone(), active.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some((at, steps)) = key_move(&event.key(), *active, props.xs.len()) else { return };
            event.prevent_default();
            active.set(at);
            if let Some(value) = props.values.get(at).filter(|_| steps != 0.0) {
                props.on_change.emit(with_value(&props.values, None, at, settled(&props, value + steps * props.step)));
            }
        })
    };
    let pen = Pen { onpointerdown, onpointermove, onpointerup, onkeydown };
    html! {
        <div class="drawable">
            <ChartView id={props.id.clone()} spec={with_curve(props, *active)} size={props.size} {on_drawn} testid={props.testid.clone()}>
                { (!props.locked).then(|| handle(props, *active, pen)) }
            </ChartView>
            <p class="drawable__help" id={format!("{}-help", props.id)} hidden={props.locked}>{ t!("chart.draw_help") }</p>
        </div>
    }
}

/// What the curve listens to.
struct Pen {
    onpointerdown: Callback<PointerEvent>,
    onpointermove: Callback<PointerEvent>,
    onpointerup: Callback<PointerEvent>,
    onkeydown: Callback<KeyboardEvent>,
}

/// Lies over the canvas and takes the pointer and the keys.
fn handle(props: &DrawableChartProps, active: usize, pen: Pen) -> Html {
    html! {
        <div
            class="chart__pen"
            role="slider"
            tabindex="0"
            aria-label={props.label.clone()}
            aria-orientation="vertical"
            aria-describedby={format!("{}-help", props.id)}
            aria-valuemin={props.spec.y.range.map(|range| range.0.to_string())}
            aria-valuemax={props.spec.y.range.map(|range| range.1.to_string())}
            aria-valuenow={props.values.get(active).map(ToString::to_string)}
            aria-valuetext={spoken(props, active)}
            data-testid={props.testid.as_ref().map(|id| format!("{id}-curve"))}
            onpointerdown={pen.onpointerdown}
            onpointermove={pen.onpointermove}
            onpointerup={pen.onpointerup.clone()}
            onpointercancel={pen.onpointerup}
            onkeydown={pen.onkeydown}
        ></div>
    }
}

fn spoken(props: &DrawableChartProps, active: usize) -> Option<String> {
    let show = |unit: Unit, value: Option<&f64>| value.map(|value| unit.show(*value));
    let (x, y) = (show(props.spec.x.unit, props.xs.get(active))?, show(props.spec.y.unit, props.values.get(active))?);
    Some(t!("chart.point", x = x, y = y))
}

fn with_curve(props: &DrawableChartProps, active: usize) -> Rc<ChartSpec> {
    let points = props.xs.iter().copied().zip(props.values.iter().copied()).collect();
    let active = (!props.locked).then_some(active);
    let curve = Mark::Drawn { label: props.label.to_string(), points, active, against: props.against };
    Rc::new((*props.spec).clone().mark(curve))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quick_pointer_leaves_no_teeth() {
        let flat = [1.0, 1.0, 1.0, 1.0, 1.0];
        assert_eq!(with_value(&flat, Some(0), 4, 5.0), [1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(with_value(&flat, Some(4), 2, 3.0), [1.0, 1.0, 3.0, 2.0, 1.0]);
        assert_eq!(with_value(&flat, None, 2, 3.0), [1.0, 1.0, 3.0, 1.0, 1.0]);
        assert_eq!(with_value(&flat, Some(9), 9, 3.0), flat);
    }

    #[test]
    fn the_gap_is_the_mean_distance_and_names_the_widest_point() {
        let gap = |drawn: &[f64], truth: &[f64]| curve_gap(drawn, truth).map(|gap| (gap.mean, gap.widest));
        assert_eq!(gap(&[200.0, 300.0, 1_100.0], &[200.0, 1_200.0, 800.0]), Some((400.0, 1)));
        assert_eq!(gap(&[5.0, 0.0], &[f64::NAN, 3.0]), Some((3.0, 1)), "a gap in the truth is no distance");
        assert_eq!(gap(&[], &[1.0]), None);
    }

    #[test]
    fn keys_walk_and_lift() {
        assert_eq!(key_move("ArrowRight", 4, 5), Some((4, 0.0)));
        assert_eq!(key_move("ArrowLeft", 0, 5), Some((0, 0.0)));
        assert_eq!(key_move("End", 0, 5), Some((4, 0.0)));
        assert_eq!(key_move("PageDown", 2, 5), Some((2, -10.0)));
        assert_eq!(key_move("x", 2, 5), None);
    }

    #[test]
    fn a_pointer_takes_the_nearest_point() {
        assert_eq!(nearest(&[0.0, 10.0, 20.0], 14.0), 1);
        assert_eq!(nearest(&[0.0, 10.0, 20.0], 99.0), 2);
    }
}
