//! The widgets that a lesson can place, by name. A widget is anything that shows a run; the lesson gives it a scenario and hears what
//! came of it.

use crate::parts::{Part, View, Wait};
use crate::runner::RunResult;
use crate::state::share::Shared;
use coldstart_sim::ScenarioSpec;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::prelude::*;

/// What a lesson gives to a widget. Compared by pointer where it is large.
#[derive(Clone, PartialEq, Properties)]
pub struct WidgetProps {
    /// The lesson's slug.
    pub lesson: AttrValue,
    /// The widget's id within the lesson; make the ids of fields from it.
    pub id: AttrValue,
    /// Name of its scenario, which is also the name of its run in the text; empty if it has none.
    pub run: AttrValue,
    /// Its scenario: the lesson's, or the one of the link that was opened.
    pub spec: Option<Rc<ScenarioSpec>>,
    /// Seed to start with: the scenario's, or the link's.
    pub seed: u64,
    /// The link that was opened, if it is about this widget.
    pub shared: Option<Rc<Shared>>,
    /// All scenarios of the lesson, for widgets that compare.
    pub scenarios: Rc<BTreeMap<String, ScenarioSpec>>,
    /// Controls to show, in this order.
    pub controls: Rc<Vec<String>>,
    /// Whatever else the lesson says to this sort of widget.
    pub props: Rc<Map<String, Value>>,
    /// What the learner predicted about this widget; stays on the chart, so that the gap is seen.
    pub bets: Vec<BetMark>,
    /// The moment to stand at, in microseconds, if the address names one.
    pub at_us: Option<u64>,
    /// To be told the moment that the stage shows, in microseconds, so that a link can lead to it.
    pub on_moment: Callback<u64>,
    /// To be called with the name of a run and its result whenever there is a new one: the figures in the text follow it.
    pub on_report: Callback<(AttrValue, RunResult)>,
}

impl WidgetProps {
    /// Whether the lesson asks for this control.
    #[must_use]
    pub fn has_control(&self, name: &str) -> bool {
        self.controls.iter().any(|control| control == name)
    }

    /// A text among the other keys.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        self.props.get(key).and_then(Value::as_str)
    }

    /// A number among the other keys.
    #[must_use]
    pub fn number(&self, key: &str) -> Option<f64> {
        self.props.get(key).and_then(Value::as_f64)
    }

    /// A switch among the other keys; off if absent.
    #[must_use]
    pub fn flag(&self, key: &str) -> bool {
        self.props.get(key).and_then(Value::as_bool).unwrap_or_default()
    }
}

/// A committed prediction of a number.
#[derive(Clone, Debug, PartialEq)]
pub struct BetMark {
    /// Id of the bet.
    pub id: AttrValue,
    /// What was predicted, a name for `coldstart_course::metric`.
    pub metric: AttrValue,
    /// The prediction in the metric's base unit: a share of 1, milliseconds, dollars, a count.
    pub value: f64,
}

/// Every widget that lessons may name, and the part that draws it.
pub const WIDGETS: &[(&str, Part)] = &[
    ("code", Part::Lesson),
    ("compare", Part::Lesson),
    ("events", Part::Lesson),
    ("fleet-stage", Part::Provisioned),
    ("incident-lab", Part::Incident),
    ("lab", Part::Lesson),
    ("pc-lab", Part::Provisioned),
    ("tree", Part::Lesson),
];

/// The widget of this name; a lesson that names an unknown one says so instead of hiding it.
pub fn draw(name: &str, props: WidgetProps) -> Html {
    match WIDGETS.iter().find(|(have, _)| *have == name) {
        Some((name, part)) => html! { <Wait part={*part} view={View::Widget(AttrValue::Static(name), props)} /> },
        None => html! { <p class="muted">{ crate::t!("lesson.unknown_widget", name = name.to_owned()) }</p> },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_widget_is_one_that_the_lint_knows() {
        let known: Vec<&str> = coldstart_course::WIDGETS.iter().map(|kind| kind.name).collect();
        let drawn: Vec<&str> = WIDGETS.iter().map(|(name, _)| *name).collect();
        assert_eq!(drawn, known);
    }
}
