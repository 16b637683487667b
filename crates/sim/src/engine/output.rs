//! The end of a run: open accounts are settled and the report is put together.

use super::{Engine, Shape};
use crate::bill::bill;
use crate::metrics::Emitted;
use crate::recorder::{Recorded, Recorder};
use crate::report::{FunctionCounter, FunctionReport, Histogram, Report};
use crate::simulation::{MODEL_VERSION, RunOutput};
use crate::usage::{AccountUsage, Usage};
use coldstart_facts::{PROVISIONED_BILLING_STEP_MS, TMP_FREE_MB};

impl<S: Shape, R: Recorder> Engine<S, R> {
    /// Ends the measured window now: takes back what had been counted ahead.
    pub(crate) fn cut_window(&mut self) {
        let end = self.now.max(self.window.0);
        if end >= self.window.1 {
            return;
        }
        let ahead = |at: u64, window: (u64, u64)| at.clamp(window.0, window.1).saturating_sub(end);
        for entry in self.calendar.drain() {
            let at = if S::GENERAL { super::tag::function(entry.tag) } else { 0 };
            let tally = &mut self.functions[at].tally;
            let provisioned = entry.tag & super::tag::PROVISIONED != 0;
            let busy = if provisioned { &mut tally.provisioned_busy_us } else { &mut tally.busy_us };
            *busy -= ahead(entry.time, self.window);
        }
        let rest = self.window.1 - end;
        for function in &mut self.functions {
            function.tally.on_demand_us -= u64::from(function.on_demand) * rest;
            function.tally.units_us -= u64::from(function.units.ready()) * rest;
            function.levels.cut(end);
        }
        self.total.cut(end);
        self.minutes.cut(end);
        self.window.1 = end;
    }

    /// The report, and what the recorder has.
    pub(crate) fn finish(mut self) -> RunOutput {
        if S::GRAPH {
            // Not where the run was stopped: the event that stopped it may have gone on to start some.
            self.cut_flights();
            self.count_frozen();
        }
        self.pass_milestones(self.window.1.max(self.now));
        self.close_minute();
        let usage = self.usage();
        let account = self.account_usage();
        let mut functions: Vec<FunctionReport> = Vec::with_capacity(self.functions.len());
        for (state, function) in self.functions.iter_mut().zip(&self.scenario.functions) {
            let (concurrency_max, environments_max) = state.levels.maxima();
            let prompt = state.prompt.file_all();
            let with_prompt = |mut others: Histogram| {
                others.merge(&prompt);
                others
            };
            functions.push(FunctionReport {
                id: function.id.clone(),
                latency: with_prompt(state.latency.file_all()),
                duration: with_prompt(state.duration.file_all()),
                init: state.init.file_all(),
                concurrency_time_us: state.levels.time_at_each(),
                concurrency_max,
                environments_max,
                ..state.tally.to_report()
            });
        }
        let report = Report {
            model_version: MODEL_VERSION,
            seed: self.seed,
            outcome: self.outcome,
            ended_at_us: self.last_work,
            measured_us: self.window,
            events: self.events(),
            total: self.total_of(&functions),
            functions,
            nodes: self.node_reports(),
            minutes: self.minutes.take_rows(),
            bill: bill(self.scenario.functions.iter().zip(usage), &account, self.scenario.free_tier, self.window.1),
        };
        let Recorded { timeline, digest, emissions } = self.recorder.finish();
        let id = |metric: Emitted, place: u16| {
            let place = usize::from(place);
            if metric.is_of_mapping() { self.scenario.nodes[place].id.clone() } else { self.scenario.functions[place].id.clone() }
        };
        let metrics = emissions.map(|emissions| emissions.points(self.window.0, id));
        RunOutput { report, timeline, digest, metrics }
    }

    fn total_of(&mut self, functions: &[FunctionReport]) -> FunctionReport {
        if let ([only], false) = (functions, S::GENERAL) {
            return FunctionReport { id: String::new(), ..only.clone() };
        }
        let (concurrency_max, environments_max) = self.total.maxima();
        let mut total = FunctionReport {
            concurrency_max,
            environments_max,
            concurrency_time_us: self.total.time_at_each(),
            ..FunctionReport::default()
        };
        functions.iter().for_each(|function| add(&mut total, function));
        total
    }

    /// What nodes other than functions used.
    fn account_usage(&mut self) -> AccountUsage {
        let mut usage = AccountUsage::default();
        if S::GRAPH && !self.network.nodes.is_empty() {
            self.add_door_usage(&mut usage);
            self.add_event_source_usage(&mut usage);
            self.add_queue_usage(&mut usage);
        }
        usage
    }

    /// What each function used; provisioned units are paid for by the step, from request to release.
    fn usage(&self) -> Vec<Usage> {
        let end = self.window.1;
        let one = |(state, function): (&super::FunctionState, &crate::Function)| {
            let used = state.tally.to_usage();
            let billed_ms = used.handler_ms + used.init_ms + used.provisioned_handler_ms + used.provisioned_init_ms;
            let used = if self.scenario.runs_at_edge(function) { used.at_edge() } else { used };
            Usage {
                provisioned_unit_ms: match &state.units.scaling {
                    Some(scaling) => scaling.paid_unit_ms(end),
                    None => {
                        let windows = function.provisioned.iter();
                        windows.map(|p| unit_ms(p.units, p.from.us(), p.until.map_or(end, |until| until.us().min(end)))).sum()
                    }
                },
                snapshot_ms: function.snapshot_billed_ms(end).into(),
                restores: if function.pays_for_snapshots() { state.tally.counters[FunctionCounter::Restores as usize] } else { 0 },
                tmp_mb_ms: u128::from(function.tmp_mb - TMP_FREE_MB) * billed_ms,
                ..used
            }
        };
        self.functions.iter().zip(&self.scenario.functions).map(one).collect()
    }
}

/// Unit-milliseconds that are billed for so many units (facts E21).
pub(crate) fn unit_ms(units: u32, from_us: u64, until_us: u64) -> u128 {
    let ms = until_us.saturating_sub(from_us).div_ceil(1_000).div_ceil(PROVISIONED_BILLING_STEP_MS) * PROVISIONED_BILLING_STEP_MS;
    u128::from(units) * u128::from(ms)
}

/// Adds up what can be added; levels and their distribution cannot.
fn add(total: &mut FunctionReport, one: &FunctionReport) {
    total.requests += one.requests;
    total.pings += one.pings;
    total.attempts += one.attempts;
    total.invocations += one.invocations;
    total.billed_requests += one.billed_requests;
    total.cold_starts += one.cold_starts;
    add_each(&mut total.cold_by_cause, &one.cold_by_cause);
    total.warm_starts += one.warm_starts;
    total.provisioned_invocations += one.provisioned_invocations;
    add_each(&mut total.spillover, &one.spillover);
    total.sent_on += one.sent_on;
    total.scale_outs += one.scale_outs;
    total.scale_ins += one.scale_ins;
    total.unit_resets += one.unit_resets;
    add_each(&mut total.throttles, &one.throttles);
    total.requests_lost_to_throttles += one.requests_lost_to_throttles;
    total.requests_lost_to_errors += one.requests_lost_to_errors;
    total.successes += one.successes;
    add_each(&mut total.outcomes, &one.outcomes);
    total.init_timeouts += one.init_timeouts;
    add_each(&mut total.counters, &one.counters);
    total.environments_started += one.environments_started;
    total.environments_ended += one.environments_ended;
    total.busy_env_us += one.busy_env_us;
    total.idle_env_us += one.idle_env_us;
    total.provisioned_unit_us += one.provisioned_unit_us;
    total.duration_us += one.duration_us;
    total.billed_ms += one.billed_ms;
    total.billed_provisioned_ms += one.billed_provisioned_ms;
    total.latency.merge(&one.latency);
    total.duration.merge(&one.duration);
    total.init.merge(&one.init);
}

fn add_each(total: &mut [u64], one: &[u64]) {
    total.iter_mut().zip(one).for_each(|(total, one)| *total += one);
}
