//! A slider and a number field for the same value.

use super::field::{hint, hint_id};
use super::format::{self, Unit};
use crate::platform::dom;
use yew::prelude::*;

/// How the way along the slider maps to values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SliderScale {
    /// Equal ways, equal differences.
    #[default]
    Linear,
    /// Equal ways, equal ratios; the least value must be above 0.
    Log,
}

/// Places along the slider.
const PLACES: f64 = 1000.0;
/// Places that Page Up and Page Down move by, and that an arrow moves by on a logarithmic slider.
const PAGE_PLACES: f64 = 100.0;
const LOG_ARROW_PLACES: f64 = 10.0;

/// The values that a slider runs over.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Run {
    min: f64,
    max: f64,
    step: f64,
    scale: SliderScale,
}

impl Run {
    /// Place of a value, 0 to [`PLACES`].
    fn place(&self, value: f64) -> f64 {
        let value = value.clamp(self.min, self.max);
        let share = match self.scale {
            SliderScale::Linear => (value - self.min) / (self.max - self.min),
            SliderScale::Log => (value / self.min).ln() / (self.max / self.min).ln(),
        };
        if share.is_finite() { share * PLACES } else { 0.0 }
    }

    /// The value at a place, on a step.
    fn value(&self, place: f64) -> f64 {
        let share = (place / PLACES).clamp(0.0, 1.0);
        let value = match self.scale {
            SliderScale::Linear => self.min + share * (self.max - self.min),
            SliderScale::Log => self.min * (self.max / self.min).powf(share),
        };
        self.snap(value)
    }

    /// The nearest step within the run; steps count from the least value.
    fn snap(&self, value: f64) -> f64 {
        if self.step <= 0.0 {
            return value.clamp(self.min, self.max);
        }
        let snapped = self.min + ((value - self.min) / self.step).round() * self.step;
        // Steps such as 0.1 do not add up exactly; nine digits are more than any slider shows.
        format::round_significant(snapped, 12).clamp(self.min, self.max)
    }

    /// The value that a key moves to; none for other keys. An arrow always moves by a step at least.
    fn nudged(&self, value: f64, key: &str) -> Option<f64> {
        let (direction, page) = match key {
            "ArrowRight" | "ArrowUp" => (1.0, false),
            "ArrowLeft" | "ArrowDown" => (-1.0, false),
            "PageUp" => (1.0, true),
            "PageDown" => (-1.0, true),
            "Home" => return Some(self.min),
            "End" => return Some(self.max),
            _ => return None,
        };
        let one_step = self.snap(value + direction * self.step);
        let ways = match (page, self.scale) {
            (false, SliderScale::Linear) => return Some(one_step),
            (false, SliderScale::Log) => LOG_ARROW_PLACES,
            (true, _) => PAGE_PLACES,
        };
        let leap = self.value(self.place(value) + direction * ways);
        Some(if direction > 0.0 { leap.max(one_step) } else { leap.min(one_step) })
    }
}

/// Properties of [`Slider`].
#[derive(Properties, Clone, PartialEq)]
pub struct SliderProps {
    /// Id of the slider; the number field's is `{id}-number`, the hint's `{id}-hint`.
    pub id: AttrValue,
    /// What is set.
    pub label: AttrValue,
    /// The value.
    pub value: f64,
    /// Called with every new value, while the slider moves.
    pub on_input: Callback<f64>,
    /// Least value.
    pub min: f64,
    /// Largest value.
    pub max: f64,
    /// Distance of two values.
    #[prop_or(1.0)]
    pub step: f64,
    /// Unit, beside the number field and in what is spoken.
    #[prop_or_default]
    pub unit: Unit,
    /// How the way maps to values.
    #[prop_or_default]
    pub scale: SliderScale,
    /// What to know about it.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// Whether it can be moved.
    #[prop_or_default]
    pub disabled: bool,
    /// Name for the tests; the number field's is `{testid}-number`.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
}

/// What the number field holds for a value: shares are typed in percent.
fn typed_of(unit: Unit, value: f64) -> f64 {
    if unit == Unit::Share { format::round_significant(value * 100.0, 12) } else { value }
}

fn value_of_typed(unit: Unit, typed: f64) -> f64 {
    if unit == Unit::Share { typed / 100.0 } else { typed }
}

/// A slider with a number field; both show the same value and either sets it.
#[component]
pub fn Slider(props: &SliderProps) -> Html {
    let run = Run { min: props.min, max: props.max, step: props.step, scale: props.scale };
    let number_id = AttrValue::from(format!("{}-number", props.id));
    html! {
        <div class="slider">
            <div class="slider__head">
                <label class="slider__label" for={props.id.clone()}>{ &props.label }</label>
                <NumberBox
                    id={number_id}
                    label={spoken_label(props)}
                    value={props.value}
                    {run}
                    unit={props.unit}
                    on_input={props.on_input.clone()}
                    disabled={props.disabled}
                    testid={props.testid.as_ref().map(|id| AttrValue::from(format!("{id}-number")))}
                />
            </div>
            { track(props, run) }
            <div class="slider__ends" aria-hidden="true">
                <span>{ props.unit.show(props.min) }</span>
                <span>{ props.unit.show(props.max) }</span>
            </div>
            { hint(&props.id, props.hint.as_ref()) }
        </div>
    }
}

fn spoken_label(props: &SliderProps) -> AttrValue {
    match props.unit.word() {
        "" => props.label.clone(),
        unit => format!("{}, {unit}", props.label).into(),
    }
}

fn track(props: &SliderProps, run: Run) -> Html {
    let place = run.place(props.value);
    let oninput = {
        let on_input = props.on_input.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(place) = dom::value_of(&event).as_deref().and_then(format::parse) {
                on_input.emit(run.value(place));
            }
        })
    };
    let onkeydown = {
        let (value, on_input) = (props.value, props.on_input.clone());
        Callback::from(move |event: KeyboardEvent| {
            if let Some(to) = run.nudged(value, &event.key()) {
                event.prevent_default();
                on_input.emit(to);
            }
        })
    };
    html! {
        <div class="slider__way">
            <svg class="slider__rail" viewBox="0 0 1000 1" preserveAspectRatio="none" aria-hidden="true">
                <rect class="slider__rest" x="0" y="0" width="1000" height="1" />
                <rect class="slider__done" x="0" y="0" width={format!("{place:.1}")} height="1" />
            </svg>
            <input
                type="range"
                class="slider__input"
                id={props.id.clone()}
                min="0"
                max="1000"
                step="any"
                value={format!("{place:.3}")}
                aria-valuetext={props.unit.show(props.value)}
                aria-describedby={hint_id(&props.id, props.hint.as_ref())}
                disabled={props.disabled}
                data-testid={props.testid.clone()}
                data-value={props.value.to_string()}
                {oninput}
                {onkeydown}
            />
        </div>
    }
}

#[derive(Properties, Clone, PartialEq)]
struct NumberBoxProps {
    id: AttrValue,
    label: AttrValue,
    value: f64,
    run: Run,
    unit: Unit,
    on_input: Callback<f64>,
    disabled: bool,
    testid: Option<AttrValue>,
}

/// The number field. While someone types, it keeps what was typed (a number on its way to another may be out of range); the value
/// follows as soon as it is in range, and on leaving the field shows the value again.
#[component]
fn NumberBox(props: &NumberBoxProps) -> Html {
    let draft = use_state_eq(|| None::<String>);
    let run = props.run;
    let oninput = {
        let (draft, on_input, unit) = (draft.clone(), props.on_input.clone(), props.unit);
        Callback::from(move |event: InputEvent| {
            let text = dom::value_of(&event).unwrap_or_default();
            let value = format::parse(&text).map(|typed| value_of_typed(unit, typed));
            if let Some(value) = value.filter(|value| (run.min..=run.max).contains(value)) {
                on_input.emit(value);
            }
            draft.set(Some(text));
        })
    };
    let settle = {
        let (draft, on_input, unit) = (draft.clone(), props.on_input.clone(), props.unit);
        move || {
            if let Some(value) = draft.as_deref().and_then(format::parse).map(|typed| value_of_typed(unit, typed)) {
                on_input.emit(run.snap(value));
            }
            draft.set(None);
        }
    };
    let onblur = {
        let settle = settle.clone();
        Callback::from(move |_: FocusEvent| settle())
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            settle();
        }
    });
    let shown = draft.as_ref().cloned().unwrap_or_else(|| typed_of(props.unit, props.value).to_string());
    html! {
        <span class="slider__number">
            <input
                type="text"
                inputmode="decimal"
                class="slider__field num"
                id={props.id.clone()}
                aria-label={props.label.clone()}
                value={shown}
                disabled={props.disabled}
                autocomplete="off"
                data-testid={props.testid.clone()}
                {oninput}
                {onblur}
                {onkeydown}
            />
            <span class="slider__unit" aria-hidden="true">{ props.unit.word() }</span>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEMORY: Run = Run { min: 128.0, max: 10_240.0, step: 1.0, scale: SliderScale::Log };
    const SHARE: Run = Run { min: 0.0, max: 1.0, step: 0.1, scale: SliderScale::Linear };

    #[test]
    fn places_and_values_agree() {
        for run in [MEMORY, SHARE] {
            for value in [run.min, run.snap(run.min + (run.max - run.min) * 0.3), run.max] {
                assert!((run.value(run.place(value)) - value).abs() < 1e-9, "{value}");
            }
        }
        assert_eq!(SHARE.value(300.0).to_string(), "0.3");
    }

    #[test]
    fn keys_always_move_and_stay_in_range() {
        assert_eq!(SHARE.nudged(0.3, "ArrowRight"), Some(0.4));
        assert_eq!(SHARE.nudged(1.0, "ArrowRight"), Some(1.0));
        assert_eq!(MEMORY.nudged(128.0, "Home"), Some(128.0));
        assert_eq!(MEMORY.nudged(128.0, "a"), None);
        let coarse = Run { min: 1.0, max: 1000.0, step: 100.0, scale: SliderScale::Log };
        assert_eq!(coarse.nudged(1.0, "ArrowRight"), Some(101.0));
        let up = MEMORY.nudged(1024.0, "ArrowUp").unwrap_or_default();
        let down = MEMORY.nudged(1024.0, "ArrowDown").unwrap_or_default();
        assert!(down < 1024.0 && up > 1024.0, "{down} {up}");
    }

    #[test]
    fn shares_are_typed_in_percent() {
        assert_eq!(typed_of(Unit::Share, 0.07).to_string(), "7");
        assert!((value_of_typed(Unit::Share, 7.0) - 0.07).abs() < 1e-12);
    }
}
