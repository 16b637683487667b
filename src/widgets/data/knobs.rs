//! Knobs that a lesson describes: what was turned, and what that changes.

use crate::components::format::Unit;
use crate::components::{Select, SelectOption, Slider, SliderScale, Toggle};
use coldstart_course::data::{KnobUnit, Knobs, Slider as SliderData, merged};
use coldstart_course::patch::Changes;
use coldstart_sim::ScenarioSpec;
use std::rc::Rc;
use yew::prelude::*;

/// Where the knobs stand; what nobody has turned is not set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Turned {
    /// Values of sliders, in the unit shown.
    sliders: Vec<Option<f64>>,
    /// Switches.
    switches: Vec<Option<bool>>,
    /// Places of options.
    choices: Vec<Option<usize>>,
}

impl Turned {
    /// The knobs as the lesson starts them; where a link was opened, its scenario has everything in it already.
    #[must_use]
    pub fn new(knobs: &Knobs, opened: bool) -> Self {
        Self {
            sliders: vec![None; knobs.sliders.len()],
            switches: knobs.switches.iter().map(|switch| (!opened && switch.on).then_some(true)).collect(),
            choices: vec![(!opened).then_some(0); knobs.choices.len()],
        }
    }

    /// What they change.
    #[must_use]
    pub fn changes(&self, knobs: &Knobs) -> Changes {
        let choices = knobs.choices.iter().zip(&self.choices).filter_map(|(choice, at)| Some(&choice.option.get((*at)?)?.set));
        let switches = knobs.switches.iter().zip(&self.switches).filter(|(_, on)| **on == Some(true)).map(|(switch, _)| &switch.set);
        let mut changes = merged(choices.chain(switches));
        for (slider, value) in knobs.sliders.iter().zip(&self.sliders) {
            changes.extend(value.map(|value| slider.changes(value)).unwrap_or_default());
        }
        changes
    }

    fn with_slider(&self, at: usize, value: f64) -> Self {
        let mut next = self.clone();
        next.sliders[at] = Some(value);
        next
    }

    fn with_switch(&self, at: usize, on: bool) -> Self {
        let mut next = self.clone();
        next.switches[at] = Some(on);
        next
    }

    fn with_choice(&self, at: usize, option: usize) -> Self {
        let mut next = self.clone();
        next.choices[at] = Some(option);
        next
    }
}

/// Properties of [`KnobPanel`].
#[derive(Clone, PartialEq, Properties)]
pub struct KnobPanelProps {
    /// Beginning of the fields' ids.
    pub id: AttrValue,
    /// The knobs.
    pub knobs: Rc<Knobs>,
    /// The scenario, which says where sliders start.
    pub spec: Rc<ScenarioSpec>,
    /// Where they stand.
    pub turned: Turned,
    /// Told where they stand next.
    pub on_turn: Callback<Turned>,
}

/// The knobs, side by side.
#[component]
pub fn KnobPanel(props: &KnobPanelProps) -> Html {
    let KnobPanelProps { id, knobs, turned, on_turn, .. } = props;
    let sliders = knobs.sliders.iter().enumerate().map(|(at, slider)| {
        let value = turned.sliders[at].unwrap_or_else(|| start(slider, &props.spec));
        let (on_turn, before) = (on_turn.clone(), turned.clone());
        let on_input = Callback::from(move |value| on_turn.emit(before.with_slider(at, value)));
        let scale = if slider.log { SliderScale::Log } else { SliderScale::Linear };
        html! {
            <div key={format!("slider-{at}")}><Slider id={format!("{id}-slider-{at}")} label={slider.label.clone()} {value} min={slider.min} max={slider.max}
                step={slider.step} unit={unit(slider.unit)} {scale} {on_input} testid={format!("{id}-slider-{at}")} /></div>
        }
    });
    let switches = knobs.switches.iter().enumerate().map(|(at, switch)| {
        let (on_turn, before) = (on_turn.clone(), turned.clone());
        let on_change = Callback::from(move |on| on_turn.emit(before.with_switch(at, on)));
        html! {
            <div key={format!("switch-{at}")}><Toggle id={format!("{id}-switch-{at}")} label={switch.label.clone()}
                on={turned.switches[at].unwrap_or_default()} {on_change} testid={format!("{id}-switch-{at}")} /></div>
        }
    });
    let choices = knobs.choices.iter().enumerate().map(|(at, choice)| {
        let (on_turn, before) = (on_turn.clone(), turned.clone());
        let on_change = Callback::from(move |value: AttrValue| {
            value.parse().into_iter().for_each(|option| on_turn.emit(before.with_choice(at, option)))
        });
        let options =
            choice.option.iter().enumerate().map(|(option, setting)| SelectOption::new(option.to_string(), setting.label.clone()));
        html! {
            <div key={format!("choice-{at}")}><Select id={format!("{id}-choice-{at}")} label={choice.label.clone()}
                value={turned.choices[at].unwrap_or_default().to_string()} options={options.collect::<Vec<_>>()} {on_change}
                testid={format!("{id}-choice-{at}")} /></div>
        }
    });
    html! { <div class="lab-controls">{ for sliders }{ for switches }{ for choices }</div> }
}

/// Where a slider starts: where the scenario has its field, within the slider's range.
fn start(slider: &SliderData, spec: &ScenarioSpec) -> f64 {
    slider.starts_at(spec).unwrap_or(slider.min).clamp(slider.min, slider.max)
}

const fn unit(unit: KnobUnit) -> Unit {
    match unit {
        KnobUnit::Number => Unit::Plain,
        KnobUnit::Count => Unit::Count,
        KnobUnit::Megabytes => Unit::Megabytes,
        KnobUnit::Millis => Unit::Millis,
        KnobUnit::Seconds => Unit::Seconds,
        KnobUnit::Minutes => Unit::Minutes,
        KnobUnit::PerSecond => Unit::PerSecond,
        KnobUnit::Percent => Unit::Percent,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use coldstart_course::data::{Choice, Setting, Switch};
    use serde_json::{Value, json};

    fn knobs() -> Knobs {
        let set = |value: Value| value.as_object().unwrap().clone();
        Knobs {
            sliders: vec![SliderData {
                label: "Memory".into(),
                path: "m".into(),
                also: Vec::new(),
                min: 1.0,
                max: 9.0,
                step: 1.0,
                start: None,
                unit: KnobUnit::Megabytes,
                log: false,
            }],
            switches: vec![Switch { label: "On".into(), set: set(json!({ "s": true })), on: true }],
            choices: vec![Choice {
                label: "One".into(),
                option: vec![Setting::default(), Setting { label: "b".into(), set: set(json!({ "c": 2, "m": 3 })) }],
            }],
        }
    }

    #[test]
    fn what_is_turned_last_changes_the_scenario() {
        let knobs = knobs();
        let turned = Turned::new(&knobs, false);
        assert_eq!(Value::Object(turned.changes(&knobs)), json!({ "s": true }));
        assert_eq!(turned.changes(&knobs), knobs.start());
        let turned = turned.with_switch(0, false).with_choice(0, 1);
        assert_eq!(Value::Object(turned.changes(&knobs)), json!({ "c": 2, "m": 3 }));
        assert_eq!(turned.with_slider(0, 5.0).changes(&knobs)["m"], json!(5));
    }

    #[test]
    fn an_opened_link_is_changed_by_nothing_until_a_knob_is_turned() {
        let knobs = knobs();
        let turned = Turned::new(&knobs, true);
        assert!(turned.changes(&knobs).is_empty());
        assert_eq!(turned.with_switch(0, true).changes(&knobs)["s"], json!(true));
    }
}
