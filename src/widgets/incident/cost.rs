//! What a month of such mornings costs: thirty days, each with this run and with the plan's provisioned window.

use super::clock::Clock;
use super::plan::Plan;
use coldstart_sim::{Bill, BillLineKind, Report, ScenarioSpec, Usage, bill};

/// Days of a month.
pub const DAYS: u64 = 30;

/// What the larger database costs more a month, in picodollars. An assumption of this story: what a database costs depends on which.
pub const LARGER_DATABASE_PD: i128 = 320 * DOLLAR_PD;

/// What the team may spend a month on the fix, in picodollars. Part of the story.
pub const BUDGET_PD: i128 = 40 * DOLLAR_PD;

const DOLLAR_PD: i128 = 1_000_000_000_000;
const MICRO: u128 = 1_000_000;
const MB_MS_PER_GBS: u128 = 1_024 * 1_000;
const MINUTE_US: u64 = 60_000_000;

/// The bill of thirty mornings like the run of `spec` (that the plan made), line by line. Provisioned concurrency counts for its
/// whole window, also for the part of it that lies behind the end of the run.
#[must_use]
pub fn thirty_mornings(report: &Report, spec: &ScenarioSpec, plan: &Plan) -> Bill {
    let functions = spec.functions.iter().enumerate().map(|(place, function)| {
        let mut usage = usage_of(report, &function.id, function.memory_mb);
        if place == 0 {
            usage.provisioned_unit_ms += u128::from(behind_the_end_unit_ms(spec, plan)) * u128::from(DAYS);
        }
        (function.id.as_str(), function.architecture, function.memory_mb, usage)
    });
    let covers_us = report.bill.covers_us * DAYS;
    bill::of_usage(functions, spec.account.free_tier, covers_us)
}

/// Thirty times what a function used in the run.
fn usage_of(report: &Report, id: &str, memory_mb: u32) -> Usage {
    let quantity = |kind| -> u128 {
        let of_function = report.bill.lines.iter().filter(|line| line.function == id && line.kind == kind);
        of_function.map(|line| line.quantity_micro).sum()
    };
    let whole = MICRO * u128::from(memory_mb.max(1));
    let ms = |kind| (quantity(kind) * u128::from(DAYS) * MB_MS_PER_GBS + whole / 2) / whole;
    Usage {
        requests: u64::try_from(quantity(BillLineKind::Requests) / MICRO).unwrap_or(u64::MAX).saturating_mul(DAYS),
        handler_ms: ms(BillLineKind::Duration),
        init_ms: ms(BillLineKind::Init),
        provisioned_handler_ms: ms(BillLineKind::ProvisionedDuration),
        provisioned_unit_ms: ms(BillLineKind::Provisioned),
        ..Usage::default()
    }
}

/// Unit-milliseconds of a day's window that the run does not see.
fn behind_the_end_unit_ms(spec: &ScenarioSpec, plan: &Plan) -> u64 {
    if plan.units == 0 || plan.from >= plan.until {
        return 0;
    }
    let clock = Clock::of(spec);
    let (from_us, until_us) = (clock.run_us(plan.from), clock.run_us(plan.until));
    let end_us = coldstart_sim::SimTime::from_s(spec.run.duration_s).us();
    let billed = |until_us: u64| bill::provisioned_billed_ms(until_us.saturating_sub(from_us));
    u64::from(plan.units) * billed(until_us).saturating_sub(billed(until_us.min(end_us)))
}

/// Provisioned concurrency that is never given up, for a month: what the schedule saves is the rest.
#[must_use]
pub fn around_the_clock_pd(spec: &ScenarioSpec, units: u32) -> i128 {
    let Some(function) = spec.functions.first() else { return 0 };
    let day_ms = bill::provisioned_billed_ms(24 * 60 * MINUTE_US);
    let usage = Usage { provisioned_unit_ms: u128::from(units) * u128::from(day_ms * DAYS), ..Usage::default() };
    bill::of_usage([(function.id.as_str(), function.architecture, function.memory_mb, usage)], false, bill::MONTH_US).due_pd
}
