//! Checks a scenario: every problem at once, each with the path of its field. What AWS merely advises against is advice and never
//! an error, so that a learner can build the bad system and watch it.

mod advice;
mod behaviour;
mod checker;
mod dependencies;
mod functions;
mod mapping;
mod network;
mod scaling;
mod senders;
mod sources;

use crate::Scenario;
use crate::limits::{self, Range};
use crate::spec::{AccountSpec, FunctionSpec, RunSpec, ScenarioSpec};
use checker::Checker;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Something about one field of a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The field, as in `functions[0].memory_mb`.
    pub path: String,
    /// What is wrong with it, with its value and what is allowed.
    pub message: String,
    /// Whether it stops the scenario from running.
    pub severity: Severity,
}

/// Whether a problem stops the scenario from running.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It does.
    Error,
    /// It does not: the run will show what follows from it.
    Advice,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

/// A scenario that can be run, and what is likely to go wrong in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Validated {
    /// What the simulation takes.
    pub scenario: Scenario,
    /// Advice; may be empty.
    pub advice: Vec<Problem>,
}

/// Turns what a person wrote into what the simulation takes.
///
/// # Errors
///
/// All problems that [`check`] finds, if any of them is an error.
pub fn validate(spec: &ScenarioSpec) -> Result<Validated, Vec<Problem>> {
    let problems = check(spec);
    if problems.iter().any(|problem| problem.severity == Severity::Error) {
        return Err(problems);
    }
    Ok(Validated { scenario: Scenario::build(spec), advice: problems })
}

/// Checks a scenario and returns all its problems, errors before advice, each in the order of the fields; empty for a sound one.
///
/// At most [`MAX_PROBLEMS`] are listed; a last one then says how many more there are.
#[must_use]
pub fn check(spec: &ScenarioSpec) -> Vec<Problem> {
    let mut checker = Checker::default();
    header(&mut checker, spec);
    run(&mut checker, &spec.run);
    account(&mut checker, &spec.account);
    functions::check(&mut checker, spec);
    sources::check(&mut checker, spec);
    network::check(&mut checker, spec);
    dependencies::check(&mut checker, spec);
    if !checker.has_errors() {
        // Advice reckons with the values, so it needs sound ones.
        advice::check(&mut checker, spec);
    }
    checker.into_problems()
}

/// Most problems listed for one scenario.
pub const MAX_PROBLEMS: usize = 200;

fn header(checker: &mut Checker, spec: &ScenarioSpec) {
    checker.number("schema", spec.schema, limits::SCHEMA);
    checker.characters("title", &spec.title, limits::TITLE_CHARS);
}

fn run(checker: &mut Checker, run: &RunSpec) {
    checker.at("run", |c| {
        let duration_ok = c.number("duration_s", run.duration_s, limits::RUN_DURATION_S);
        let warm_up_ok = c.number("warm_up_s", run.warm_up_s, limits::WARM_UP_S);
        if duration_ok && warm_up_ok && run.warm_up_s >= run.duration_s {
            let (warm_up, duration) = (checker::text(&run.warm_up_s), checker::text(&run.duration_s));
            c.error("warm_up_s", format!("{warm_up} s leaves nothing to report of a run of {duration} s"));
        }
        c.number("seed", run.seed, limits::SEED);
        c.number("clock_start_s", run.clock_start_s, limits::CLOCK_START_S);
        c.number("max_events", run.max_events, limits::MAX_EVENTS);
        c.number("max_environments", run.max_environments, limits::MAX_ENVIRONMENTS);
        c.number("max_messages", run.max_messages, limits::MAX_MESSAGES);
    });
}

fn account(checker: &mut Checker, account: &AccountSpec) {
    checker.at("account", |c| {
        c.number("concurrency_limit", account.concurrency_limit, limits::CONCURRENCY_LIMIT);
        c.number("scaling_environments", account.scaling_environments, limits::SCALING_ENVIRONMENTS);
        c.number("api_requests_per_s", account.api_requests_per_s, limits::API_REQUESTS_PER_S);
        c.number("api_burst", account.api_burst, limits::API_BURST);
        if let Some(day) = &account.rules_as_of
            && c.characters("rules_as_of", day, limits::DAY_CHARS)
            && coldstart_facts::Date::parse(day).is_none()
        {
            c.error("rules_as_of", format!("{day:?} is no day of the calendar; write it as in 2019-06-30"));
        }
    });
}

/// Ids are 1 to 40 of a-z, 0-9 and `-`, and unique within their list.
fn id<'a>(checker: &mut Checker, id: &'a str, seen: &mut Vec<&'a str>) {
    if !checker.characters("id", id, limits::ID_CHARS) {
        return;
    }
    if let Some(wrong) = id.chars().find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '-')) {
        checker.error("id", format!("{id:?} contains {wrong:?}; an id consists of a-z, 0-9 and -"));
    } else if seen.contains(&id) {
        checker.error("id", format!("{id:?} is used twice; ids are unique within their list"));
    }
    seen.push(id);
}

/// Most environments that may be reserved or provisioned in the account, all functions together.
fn reservable(account: &AccountSpec) -> u32 {
    account.concurrency_limit.saturating_sub(coldstart_facts::UNRESERVED_FLOOR)
}

/// Checks that times follow one another. `strict` forbids equal ones.
fn in_order(checker: &mut Checker, field: &str, times_s: impl Iterator<Item = f64>, strict: bool) {
    let mut previous = f64::NEG_INFINITY;
    for (index, at_s) in times_s.enumerate() {
        if at_s < previous || (strict && at_s == previous) {
            let (this, before) = (checker::text(&at_s), checker::text(&previous));
            checker.error(field, format!("entry {index} is at {this} s, the one before it at {before} s; they must be in order of time"));
            return;
        }
        previous = at_s;
    }
}

/// Functions by id, for edges.
fn function<'a>(spec: &'a ScenarioSpec, id: &str) -> Option<(usize, &'a FunctionSpec)> {
    spec.functions.iter().enumerate().find(|(_, function)| function.id == id)
}

const _: () = assert!(limits::SCHEMA.min == limits::SCHEMA.max, "one schema only: the message says so");

/// A low and a high bound that belong together.
fn bounds(checker: &mut Checker, low: (&str, f64), high: (&str, f64), range: Range<f64>) {
    let low_ok = checker.number(low.0, low.1, range);
    let high_ok = checker.number(high.0, high.1, range);
    if low_ok && high_ok && high.1 < low.1 {
        let (high_text, low_text) = (checker::text(&high.1), checker::text(&low.1));
        checker.error(high.0, format!("{high_text} is below {} ({low_text})", low.0));
    }
}
