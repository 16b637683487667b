//! Runs a lesson's scenarios: do the claims hold, and which figures does the text show?

use super::draft::Claim;
use super::fields::At;
use super::lesson::LessonDraft;
use super::problem::{Code, Problems};
use crate::{ResultRef, ResultValue, metric};
use coldstart_sim::{Report, RunOptions, RunOutcome, ScenarioSpec, Seed, run, validate};
use std::collections::BTreeMap;

/// How many seeds besides its own a claim must hold for.
pub(super) const OTHER_SEEDS: u64 = 5;

/// A scenario's own run and those of the seeds that follow its own.
struct Runs {
    own: Report,
    others: Vec<Report>,
}

impl Runs {
    /// Whether every seed ran to the end.
    fn are_whole(&self) -> bool {
        self.others.iter().chain([&self.own]).all(|report| report.outcome == RunOutcome::Completed)
    }
}

/// Runs every scenario of the lesson and checks every claim; returns the figures of its text by `run.metric`.
pub(super) fn check(draft: &LessonDraft<'_>, problems: &Problems) -> BTreeMap<String, ResultValue> {
    let claims = &draft.uses.claims;
    let results = &draft.uses.results;
    let mut figures = BTreeMap::new();
    for (name, scenario) in &draft.scenarios {
        let Some(runs) = scenario.spec.as_ref().and_then(run_all) else { continue };
        if !runs.are_whole() {
            problems.push(&scenario.place("run"), Code::CutRun, format!("`{name}` does not run to its end within its budgets."));
        }
        for claim in claims.iter().filter(|claim| claim.value.scenario == *name) {
            check_claim(&runs, claim, problems);
        }
        for result in results.iter().filter(|result| result.value.run == *name) {
            let value = figure(&runs, result, problems);
            figures.extend(value.map(|value| (format!("{name}.{}", result.value.metric), value)));
        }
        draft
            .uses
            .offered
            .iter()
            .filter(|offered| offered.value.0.run == *name)
            .for_each(|offered| check_offered(&runs, offered, problems));
    }
    figures
}

/// None for a scenario that is not valid; that is reported elsewhere.
fn run_all(spec: &ScenarioSpec) -> Option<Runs> {
    let scenario = validate(spec).ok()?.scenario;
    let report = |seed| run(&scenario, Seed(seed), RunOptions::default()).report;
    let own = spec.run.seed;
    Some(Runs { own: report(own), others: (1..=OTHER_SEEDS).map(|step| report(own.wrapping_add(step))).collect() })
}

fn check_claim(runs: &Runs, claim: &At<Claim>, problems: &Problems) {
    let Claim { scenario, metric: name, between, over_seeds } = &claim.value;
    let inside = |report: &Report, (low, high): (f64, f64)| metric(report, name).is_some_and(|value| (low..=high).contains(&value));
    if inside(&runs.own, *between) && runs.others.iter().all(|other| inside(other, *over_seeds)) {
        return;
    }
    let told = |report: &Report| metric(report, name).map_or_else(|| "nothing".to_owned(), plain);
    let others = runs.others.iter().map(told).collect::<Vec<_>>().join(", ");
    let wanted = |(low, high): (f64, f64)| format!("{} to {}", plain(low), plain(high));
    let message = format!(
        "`{name}` of `{scenario}` is {} and must be {}; with the next seeds it is {others} and must be {}.",
        told(&runs.own),
        wanted(*between),
        wanted(*over_seeds),
    );
    problems.push(&claim.place, Code::ClaimFails, message);
}

/// A prediction that cannot be right is no question. Absent figures are reported with the text's others.
fn check_offered(runs: &Runs, offered: &At<(ResultRef, (f64, f64))>, problems: &Problems) {
    let (truth, (low, high)) = &offered.value;
    let outside =
        runs.others.iter().chain([&runs.own]).filter_map(|report| metric(report, &truth.metric)).find(|value| value < low || value > high);
    if let Some(value) = outside {
        let per_base = truth.format.shown_per_base();
        let message = format!("The answers offered end before `{}`, which is {}.", truth.metric, plain(value * per_base));
        problems.push(&offered.place, Code::BadValue, message);
    }
}

/// Six digits behind the point, without the zeros at the end.
fn plain(value: f64) -> String {
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn figure(runs: &Runs, result: &At<ResultRef>, problems: &Problems) -> Option<ResultValue> {
    let name = &result.value.metric;
    let Some(value) = metric(&runs.own, name) else {
        let message = format!("`{name}` has no value in the run of `{}`.", result.value.run);
        problems.push(&result.place, Code::ClaimFails, message);
        return None;
    };
    let all = runs.others.iter().filter_map(|other| metric(other, name));
    let (low, high) = all.fold((value, value), |(low, high), other| (low.min(other), high.max(other)));
    Some(ResultValue { value, low, high })
}
