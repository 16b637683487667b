//! What the widgets made of data hold (`lab`, `compare`, `code`, `events`, `tree`): knobs that change a scenario by the paths of its
//! fields, policies, goals, listings, decision trees. The lint reads lessons with these types, and the page shows them.

mod tree;

pub use tree::{Answer, Leaf, Tree, TreeQuestion, Unless};

use crate::patch::{self, Changes};
use coldstart_sim::ScenarioSpec;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Most knobs beside one stage.
pub const KNOBS_MAX: usize = 3;
/// Most figures in one strip, and most policies side by side.
pub const NUMBERS_MAX: usize = 4;

/// What the number of a slider counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum KnobUnit {
    /// A bare number.
    #[default]
    #[serde(rename = "number")]
    Number,
    /// A whole number.
    #[serde(rename = "count")]
    Count,
    /// Megabytes.
    #[serde(rename = "MB")]
    Megabytes,
    /// Milliseconds.
    #[serde(rename = "ms")]
    Millis,
    /// Seconds.
    #[serde(rename = "s")]
    Seconds,
    /// Minutes, where the field holds seconds.
    #[serde(rename = "min")]
    Minutes,
    /// Per second.
    #[serde(rename = "per_s")]
    PerSecond,
    /// Percent, where the field holds a share of 1.
    #[serde(rename = "percent")]
    Percent,
}

impl KnobUnit {
    /// How many of the field's own unit one of the shown unit is.
    #[must_use]
    pub const fn factor(self) -> f64 {
        match self {
            Self::Minutes => 60.0,
            Self::Percent => 0.01,
            _ => 1.0,
        }
    }
}

/// A number to drag; range and step are in the unit shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slider {
    /// What it says.
    pub label: String,
    /// The field that it changes.
    pub path: String,
    /// Further fields that get the same value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// Lowest value.
    pub min: f64,
    /// Highest value.
    pub max: f64,
    /// Step.
    pub step: f64,
    /// Where it stands at first, in the unit shown, where the scenario leaves the field out and its default holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<f64>,
    /// Unit shown.
    #[serde(default)]
    pub unit: KnobUnit,
    /// Whether equal ways mean equal factors.
    #[serde(default)]
    pub log: bool,
}

impl Slider {
    /// Where it stands at first, in the unit shown: where the scenario has its field, else where the lesson says.
    #[must_use]
    pub fn starts_at(&self, spec: &ScenarioSpec) -> Option<f64> {
        patch::number(spec, &self.path).map(|value| value / self.unit.factor()).or(self.start)
    }

    /// What a value in the shown unit changes.
    #[must_use]
    pub fn changes(&self, shown: f64) -> Changes {
        let value = field_value(shown * self.unit.factor());
        self.also.iter().chain([&self.path]).map(|path| (path.clone(), value.clone())).collect()
    }
}

/// A whole number without a point: the fields of a scenario that count do not take one.
fn field_value(value: f64) -> Value {
    #[allow(clippy::cast_possible_truncation, reason = "whole, and far below 2^53")]
    if value.fract() == 0.0 && value.abs() < 9e15 { Value::from(value as i64) } else { Value::from(value) }
}

/// Something that is on or off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Switch {
    /// What it says.
    pub label: String,
    /// What holds while it is on.
    pub set: Changes,
    /// How it starts.
    #[serde(default)]
    pub on: bool,
}

/// One of a few.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What it says.
    pub label: String,
    /// The options; it starts with the first.
    pub option: Vec<Setting>,
}

/// A named set of changes: an option, a policy of a tree.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// Its name.
    pub label: String,
    /// What it changes.
    #[serde(default, skip_serializing_if = "Changes::is_empty")]
    pub set: Changes,
}

/// What a learner can turn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Knobs {
    /// Numbers.
    pub sliders: Vec<Slider>,
    /// Switches.
    pub switches: Vec<Switch>,
    /// Choices.
    pub choices: Vec<Choice>,
}

impl Knobs {
    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.sliders.len() + self.switches.len() + self.choices.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What they say before anybody turned one. Sliders start where the scenario has them.
    #[must_use]
    pub fn start(&self) -> Changes {
        let choices = self.choices.iter().filter_map(|choice| choice.option.first()).map(|option| &option.set);
        let switches = self.switches.iter().filter(|switch| switch.on).map(|switch| &switch.set);
        merged(choices.chain(switches))
    }
}

/// All changes of these; of two that change the same field the later one wins.
#[must_use]
pub fn merged<'c>(sets: impl IntoIterator<Item = &'c Changes>) -> Changes {
    sets.into_iter().flat_map(|set| set.iter().map(|(path, value)| (path.clone(), value.clone()))).collect()
}

/// A view of a lab's run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LabView {
    /// Tiles of environments with the requests that travel.
    Stage,
    /// A strip of figures.
    Numbers,
    /// Percentiles over time, or a histogram of a short run.
    Latency,
    /// Busy environments over time.
    Concurrency,
    /// Requests one by one: bar, dot, log line and price of the same request.
    Requests,
    /// Log lines.
    Log,
    /// The bill.
    Bill,
    /// What entered and left queues, streams, mappings and doors.
    Nodes,
    /// The way of requests through the scenario, as boxes and lines with the requests that travel.
    Path,
}

/// What makes a lab a challenge: it is won when all goals hold in one run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// What to reach.
    pub label: String,
    /// The figure that decides.
    pub metric: String,
    /// Lowest and highest value that will do.
    pub between: (f64, f64),
}

/// `lab`: one run with knobs and views.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lab {
    /// The views, in order.
    pub views: Vec<LabView>,
    /// Figures of the strip: `metric`, or `metric as Label`.
    #[serde(default)]
    pub numbers: Vec<String>,
    /// The second of two buttons sends so many requests; none without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub send: Option<u32>,
    /// Whether the button for several is the first act.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub send_first: bool,
    /// What stage and log show, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window_s: Option<(f64, f64)>,
    /// Simulated seconds per second on the stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speed: Option<f64>,
    /// Numbers to turn.
    #[serde(default)]
    pub slider: Vec<Slider>,
    /// Switches.
    #[serde(default)]
    pub switch: Vec<Switch>,
    /// Choices.
    #[serde(default)]
    pub choice: Vec<Choice>,
    /// Goals, of a challenge.
    #[serde(default)]
    pub goal: Vec<Goal>,
    /// What is said when all are reached.
    #[serde(default)]
    pub success: String,
    /// Changes that reach them.
    #[serde(default)]
    pub solution: Vec<Changes>,
}

impl Lab {
    /// What a learner can turn.
    #[must_use]
    pub fn knobs(&self) -> Knobs {
        Knobs { sliders: self.slider.clone(), switches: self.switch.clone(), choices: self.choice.clone() }
    }
}

/// One of several policies for the same traffic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Its name.
    pub label: String,
    /// What it changes in the widget's scenario.
    #[serde(default, skip_serializing_if = "Changes::is_empty")]
    pub set: Changes,
    /// Another scenario instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
}

/// `compare`: the same traffic under several policies.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Compare {
    /// Figures, one a column.
    pub numbers: Vec<String>,
    /// The policies.
    pub policy: Vec<Policy>,
    /// Numbers to turn, for all policies.
    #[serde(default)]
    pub slider: Vec<Slider>,
    /// Switches, for all policies.
    #[serde(default)]
    pub switch: Vec<Switch>,
    /// Choices, for all policies.
    #[serde(default)]
    pub choice: Vec<Choice>,
}

impl Compare {
    /// What a learner can turn.
    #[must_use]
    pub fn knobs(&self) -> Knobs {
        Knobs { sliders: self.slider.clone(), switches: self.switch.clone(), choices: self.choice.clone() }
    }
}

/// A remark on a line of a listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The file, where there are several.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// The remark.
    pub text: String,
}

/// A version of a handler, in one or more languages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// Its name.
    pub label: String,
    /// Files below the lesson's folder, one a language.
    pub files: Vec<String>,
    /// What it means for the scenario.
    #[serde(default, skip_serializing_if = "Changes::is_empty")]
    pub set: Changes,
    /// Remarks.
    #[serde(default)]
    pub note: Vec<Note>,
}

/// `code`: handlers whose versions change the scenario.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// Figures of the strip.
    #[serde(default)]
    pub numbers: Vec<String>,
    /// The versions; the first one is shown.
    pub variant: Vec<Variant>,
    /// The files' texts, put in when the lesson is compiled.
    #[serde(default)]
    pub texts: BTreeMap<String, String>,
}

/// An event of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    /// The source.
    pub label: String,
    /// File below the lesson's folder.
    pub file: String,
    /// What to look at first.
    pub text: String,
    /// Remarks.
    #[serde(default)]
    pub note: Vec<Note>,
}

/// `events`: what an event of each source looks like.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Events {
    /// The sources.
    pub shape: Vec<Shape>,
    /// The files' texts, put in when the lesson is compiled.
    #[serde(default)]
    pub texts: BTreeMap<String, String>,
}

/// Metric and label of an entry of `numbers`: `p99_ms`, or `node:dead-letters:entered as Moved aside`.
#[must_use]
pub fn number_parts(entry: &str) -> (&str, Option<&str>) {
    entry.split_once(" as ").map_or((entry.trim(), None), |(metric, label)| (metric.trim(), Some(label.trim())))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_slider_changes_its_fields_in_their_own_unit() {
        let slider = |unit| Slider {
            label: String::new(),
            path: "a".into(),
            also: vec!["b".into()],
            min: 0.0,
            max: 9.0,
            step: 1.0,
            start: None,
            unit,
            log: false,
        };
        assert_eq!(Value::Object(slider(KnobUnit::Minutes).changes(5.0)), json!({ "a": 300, "b": 300 }));
        assert_eq!(Value::Object(slider(KnobUnit::Percent).changes(5.0)), json!({ "a": 0.05, "b": 0.05 }));
    }

    #[test]
    fn knobs_start_with_first_options_and_switches_that_are_on() {
        let set = |value: Value| value.as_object().unwrap().clone();
        let knobs = Knobs {
            sliders: Vec::new(),
            switches: vec![
                Switch { label: String::new(), set: set(json!({ "a": 2 })), on: true },
                Switch { label: String::new(), set: set(json!({ "c": 3 })), on: false },
            ],
            choices: vec![Choice {
                label: String::new(),
                option: vec![Setting { label: String::new(), set: set(json!({ "a": 1, "b": 1 })) }, Setting::default()],
            }],
        };
        assert_eq!(Value::Object(knobs.start()), json!({ "a": 2, "b": 1 }));
        assert_eq!((knobs.len(), knobs.is_empty()), (3, false));
    }

    #[test]
    fn a_number_has_a_metric_and_perhaps_a_label() {
        assert_eq!(number_parts("p99_ms"), ("p99_ms", None));
        assert_eq!(number_parts("node:q:entered as Moved aside"), ("node:q:entered", Some("Moved aside")));
    }
}
