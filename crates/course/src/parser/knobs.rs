//! Whatever a learner can turn leads to a scenario that runs; goals can be reached; a tree's advice holds at each leaf.

use super::data_widgets::{DataWidget, Kind};
use super::lesson::LessonDraft;
use super::problem::{Code as Rule, Place, Problems};
use super::runs::OTHER_SEEDS;
use crate::data::{Answer, Code, Compare, Goal, Knobs, Lab, Leaf, Policy, Slider, Tree, merged, number_parts};
use crate::metric;
use crate::patch::{self, Changes};
use coldstart_sim::{Report, RunOptions, ScenarioSpec, Seed, run, validate};
use std::collections::BTreeSet;

/// Most questions on the way to a leaf.
const DEPTH_MAX: usize = 12;

/// Checks every widget made of data.
pub(super) fn check(draft: &LessonDraft<'_>, problems: &Problems) {
    for widget in &draft.uses.data {
        let DataWidget { scenario, kind } = &widget.value;
        let Some(spec) = draft.scenarios.get(scenario).and_then(|scenario| scenario.spec.as_ref()) else { continue };
        let bench = Bench { spec, place: &widget.place, problems, draft };
        match kind {
            Kind::Lab(lab) => bench.lab(lab),
            Kind::Compare(compare) => bench.compare(compare),
            Kind::Code(code) => bench.code(code),
            Kind::Tree(tree) => bench.tree(tree),
        }
    }
}

/// A widget's scenario, and where to report.
struct Bench<'b> {
    spec: &'b ScenarioSpec,
    place: &'b Place,
    problems: &'b Problems,
    draft: &'b LessonDraft<'b>,
}

impl Bench<'_> {
    fn problem(&self, rule: Rule, message: String) {
        self.problems.push(self.place, rule, message);
    }

    /// The scenario with changes, if it is one that runs.
    fn changed(&self, what: &str, spec: &ScenarioSpec, changes: &Changes) -> Option<ScenarioSpec> {
        let tried = patch::set(spec, changes).and_then(|changed| match validate(&changed) {
            Ok(_) => Ok(changed),
            Err(problems) => Err(problems.first().map(ToString::to_string).unwrap_or_default()),
        });
        tried.map_err(|reason| self.problem(Rule::BadChange, format!("{what} leads to no scenario: {reason}"))).ok()
    }

    fn knobs(&self, knobs: &Knobs) {
        let start = self.changed("How the knobs start", self.spec, &knobs.start());
        let Some(start) = start else { return };
        for slider in &knobs.sliders {
            self.starts(slider, &start);
            for end in [slider.min, slider.max] {
                drop(self.changed(&format!("The slider `{}` at {end}", slider.label), &start, &slider.changes(end)));
            }
        }
        for switch in &knobs.switches {
            drop(self.changed(&format!("The switch `{}`", switch.label), &start, &switch.set));
        }
        for option in knobs.choices.iter().flat_map(|choice| &choice.option) {
            drop(self.changed(&format!("The option `{}`", option.label), &start, &option.set));
        }
    }

    /// What a slider says before anybody turns it is what runs.
    fn starts(&self, slider: &Slider, start: &ScenarioSpec) {
        let Some(at) = slider.starts_at(start).filter(|at| (slider.min..=slider.max).contains(at)) else {
            let message = format!(
                "The slider `{}` does not say where it starts: give it `start`, or the field a value within its range.",
                slider.label
            );
            return self.problem(Rule::BadChange, message);
        };
        let moved = self.changed(&format!("The slider `{}` where it starts", slider.label), start, &slider.changes(at));
        if moved.is_some_and(|moved| reports(&moved, 1) != reports(start, 1)) {
            self.problem(
                Rule::BadChange,
                format!("The slider `{}` starts at {at}, and the scenario runs as if it stood elsewhere.", slider.label),
            );
        }
    }

    fn lab(&self, lab: &Lab) {
        self.knobs(&lab.knobs());
        for entry in &lab.numbers {
            self.needs_value(self.spec, number_parts(entry).0);
        }
        if lab.goal.is_empty() {
            return;
        }
        let reached = |changes: &Changes| {
            let spec = self.changed("A solution", self.spec, changes)?;
            let report = reports(&spec, 1).pop()?;
            Some(lab.goal.iter().all(|goal| is_reached(goal, &report)))
        };
        if reached(&lab.knobs().start()) == Some(true) {
            self.problem(Rule::ClaimFails, "The challenge is won before anything was changed.".to_owned());
        }
        for (at, solution) in lab.solution.iter().enumerate() {
            if reached(&merged([&lab.knobs().start(), solution])) == Some(false) {
                self.problem(Rule::ClaimFails, format!("Solution {} does not reach all goals.", at + 1));
            }
        }
        if lab.solution.is_empty() {
            self.problem(Rule::MissingField, "A challenge needs a `solution`, so that it is known to have one.".to_owned());
        }
    }

    /// A figure that does not exist in the run cannot be shown.
    fn needs_value(&self, spec: &ScenarioSpec, name: &str) {
        let part = name.split(':').nth(1).filter(|_| name.starts_with("function:") || name.starts_with("node:"));
        if let Some(id) = part
            && let Some(report) = reports(spec, 1).first()
            && !report.functions.iter().any(|function| function.id == id)
            && !report.nodes.iter().any(|node| node.id == id)
        {
            self.problem(Rule::UnknownMetric, format!("The run has no function or node `{id}` for `{name}`."));
        }
    }

    fn compare(&self, compare: &Compare) {
        self.knobs(&compare.knobs());
        for policy in &compare.policy {
            let Some(spec) = self.of_policy(policy) else { continue };
            drop(self.changed(&format!("The policy `{}`", policy.label), &spec, &merged([&compare.knobs().start(), &policy.set])));
        }
    }

    fn of_policy(&self, policy: &Policy) -> Option<ScenarioSpec> {
        match &policy.scenario {
            Some(name) => self.draft.scenarios.get(name)?.spec.clone(),
            None => Some(self.spec.clone()),
        }
    }

    fn code(&self, code: &Code) {
        for variant in &code.variant {
            drop(self.changed(&format!("The variant `{}`", variant.label), self.spec, &variant.set));
        }
    }

    fn tree(&self, tree: &Tree) {
        let mut seen = BTreeSet::new();
        match tree.question.first() {
            Some(root) => self.walk(tree, &root.id, &mut Vec::new(), &mut seen),
            None => self.problem(Rule::BadTree, "The tree has no question.".to_owned()),
        }
        let ids = tree.question.iter().map(|question| &question.id).chain(tree.leaf.iter().map(|leaf| &leaf.id));
        for id in ids.filter(|id| !seen.contains(id.as_str())) {
            self.problem(Rule::BadTree, format!("No way leads to `{id}`, or its id comes twice."));
        }
    }

    fn walk<'t>(&self, tree: &'t Tree, id: &'t str, way: &mut Vec<&'t Answer>, seen: &mut BTreeSet<&'t str>) {
        seen.insert(id);
        if let Some(leaf) = tree.leaf(id) {
            return self.leaf(tree, leaf, way);
        }
        let Some(question) = tree.question(id).filter(|_| way.len() < DEPTH_MAX) else {
            return self.problem(Rule::BadTree, format!("The way to `{id}` ends nowhere, or goes in a circle."));
        };
        if question.answer.len() < 2 {
            self.problem(Rule::BadTree, format!("The question `{id}` needs two answers."));
        }
        for answer in &question.answer {
            way.push(answer);
            self.walk(tree, &answer.to, way, seen);
            way.pop();
        }
    }

    /// The recommended option is the better one on the way's traffic, the rejected one where the leaf says so.
    fn leaf(&self, tree: &Tree, leaf: &Leaf, way: &[&Answer]) {
        let answers = merged(way.iter().map(|answer| &answer.set));
        let labels = way.iter().map(|answer| answer.label.as_str()).collect::<Vec<_>>().join(", ");
        let name = number_parts(tree.decides(leaf)).0;
        let higher = leaf.higher.unwrap_or(tree.higher);
        let mean = |option: &Changes, traffic: &Changes| {
            let what = format!("The leaf `{}` after \"{labels}\"", leaf.id);
            let spec = self.changed(&what, self.spec, &merged([&answers, traffic, option]))?;
            let values: Option<Vec<f64>> = reports(&spec, 1 + OTHER_SEEDS).iter().map(|report| metric(report, name)).collect();
            let values = values.filter(|values| !values.is_empty());
            if values.is_none() {
                self.problem(Rule::BadTree, format!("{what}: `{name}` has no value."));
            }
            #[allow(clippy::cast_precision_loss, reason = "a handful of seeds")]
            values.map(|values| values.iter().sum::<f64>() / values.len() as f64)
        };
        let judge = |traffic: &Changes, wanted: &str, wins: fn(f64, f64) -> bool| {
            let (Some(ours), Some(theirs)) = (mean(&leaf.recommended.set, traffic), mean(&leaf.rejected.set, traffic)) else { return };
            let (a, b) = if higher { (theirs, ours) } else { (ours, theirs) };
            if !wins(a, b) {
                let message = format!(
                    "The leaf `{}` after \"{labels}\": {wanted}, but `{name}` is {ours:.6} recommended and {theirs:.6} rejected.",
                    leaf.id
                );
                self.problem(Rule::ClaimFails, message);
            }
        };
        judge(&Changes::new(), "the recommended option must be the better one", |ours, theirs| ours < theirs);
        judge(&leaf.unless.set, "under `unless` the rejected option must be the better one", |ours, theirs| ours > theirs);
    }
}

fn is_reached(goal: &Goal, report: &Report) -> bool {
    let (low, high) = goal.between;
    metric(report, &goal.metric).is_some_and(|value| (low..=high).contains(&value))
}

fn reports(spec: &ScenarioSpec, seeds: u64) -> Vec<Report> {
    let Ok(valid) = validate(spec) else { return Vec::new() };
    (0..seeds).map(|step| run(&valid.scenario, Seed(spec.run.seed.wrapping_add(step)), RunOptions::default()).report).collect()
}
