//! Runs what questions ask about: does the simulator answer them, and does it show what they show?

use super::fields::At;
use super::lesson::LessonDraft;
use super::problem::{Code, Place, Problems};
use crate::{Numeric, Question, QuestionKind, RequestTrace, ResultValue, draw_key, metric};
use coldstart_sim::{RunOptions, Scenario, ScenarioSpec, Seed, Severity, run, validate};
use std::collections::BTreeMap;

/// Checks the questions of the lesson that a run answers; returns the answers to their draws.
pub(super) fn check(draft: &LessonDraft<'_>, problems: &Problems) -> BTreeMap<String, ResultValue> {
    let mut answers = BTreeMap::new();
    for At { value: question, place } in &draft.questions {
        let spec = |name: &str| draft.scenarios.get(name).and_then(|scenario| scenario.spec.as_ref());
        match &question.kind {
            QuestionKind::Numeric(numeric) => {
                if let Some(spec) = spec(&numeric.answer.run) {
                    answers.extend(draws(question, numeric, spec, place, problems));
                }
            }
            QuestionKind::Trace(trace) => {
                if let Some(spec) = spec(&trace.scenario) {
                    check_trace(trace, spec, place, problems);
                }
            }
            QuestionKind::Choice | QuestionKind::Multiple | QuestionKind::Order => {}
        }
    }
    answers
}

fn draws(question: &Question, numeric: &Numeric, spec: &ScenarioSpec, place: &Place, problems: &Problems) -> Vec<(String, ResultValue)> {
    let mut answers = Vec::new();
    for draw in 0..numeric.draws() {
        let drawn = numeric.vary.as_ref().map(|vary| format!(" with `{}` = {}", vary.path, vary.shown(draw))).unwrap_or_default();
        match answer(numeric, spec, draw) {
            Ok(Some(value)) if value != 0.0 && value.is_finite() => {
                answers.push((draw_key(&question.id, draw), ResultValue { value, low: value, high: value }));
            }
            Ok(value) => {
                let told = if value.is_some() { "is 0" } else { "has no value" };
                let message = format!("`{}` of `{}`{drawn} {told}.", numeric.answer.metric, numeric.answer.run);
                problems.push(place, Code::UnkeyedAnswer, message);
            }
            Err(reason) => {
                // Where in the text between it went wrong is nothing that an author sees.
                let reason = super::fields::sentence(reason.split(" at line ").next().unwrap_or(&reason));
                problems.push(place, Code::BadDraw, format!("`{}`{drawn} cannot run: {reason}", numeric.answer.run));
            }
        }
    }
    answers
}

fn answer(numeric: &Numeric, spec: &ScenarioSpec, draw: usize) -> Result<Option<f64>, String> {
    let spec = numeric.drawn(spec, draw)?;
    let report = run(&sound(&spec)?, Seed(spec.run.seed), RunOptions::default()).report;
    Ok(metric(&report, &numeric.answer.metric))
}

fn sound(spec: &ScenarioSpec) -> Result<Scenario, String> {
    let first = |problems: Vec<coldstart_sim::Problem>| {
        let error = problems.into_iter().find(|problem| problem.severity == Severity::Error);
        error.map_or_else(|| "it is not valid".to_owned(), |error| format!("{}: {}", error.path, error.message))
    };
    validate(spec).map(|valid| valid.scenario).map_err(first)
}

fn check_trace(trace: &RequestTrace, spec: &ScenarioSpec, place: &Place, problems: &Problems) {
    let Ok(scenario) = sound(spec) else { return };
    let options = RunOptions { timeline: Some(RequestTrace::RECORDED), ..RunOptions::default() };
    let timeline = run(&scenario, Seed(spec.run.seed), options).timeline.unwrap_or_default();
    let attempts = trace.attempts(&timeline);
    for number in trace.requests.iter().filter(|number| attempts.iter().all(|attempt| attempt.request + 1 != **number)) {
        let message = format!("The run of `{}` shows no attempt of request {number}.", trace.scenario);
        problems.push(place, Code::UntracedRequest, message);
    }
}
