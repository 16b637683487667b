//! What the used quantities cost: whole picodollars, each line rounded once (half up), through AWS's price tiers and its free tier.
//!
//! Tiers and the free tier are the account's, so lines are charged in the order in which they come: a function's INIT after its
//! handler time, functions in the order of the scenario, other nodes after them. The order settles whose line the free tier shortens,
//! and in an account with both architectures the total too, since their prices differ; AWS does not say in which order it goes. Prices
//! are those of us-east-1 in the facts registry (L1 to L29).
//!
//! The pricing page says that the free tier does not apply to provisioned concurrency and applies it in its example all the same
//! (facts S). Here its requests and its on-demand GB-seconds count against the free tier, as in that example, and the time and the
//! GB-seconds of provisioned concurrency do not, as in its text.

mod counted;
mod meter;

pub use counted::{
    async_requests, billed_ms, dynamodb_read_half_units, dynamodb_write_units, event_bus_events, http_api_requests, kinesis_put_units,
    poller_billed_ms, provisioned_billed_ms, rds_proxy_vcpus, snapshot_billed_ms, sqs_requests, streamed_bytes,
};

use crate::spec::{ArchitectureSpec, FunctionSpec, ScenarioSpec};
use crate::{AccountUsage, Bill, BillLine, BillLineKind, Report, Usage};
use coldstart_facts as facts;
use meter::{Free, goes_by_the_clock, meter};

/// Quantity of a line: so many parts of a unit, `whole` of them to one.
#[derive(Clone, Debug)]
struct Quantity {
    node: String,
    architecture: ArchitectureSpec,
    kind: BillLineKind,
    parts: u128,
    whole: u128,
}

/// Parts to a whole in a [`BillLine`].
const MICRO: u128 = 1_000_000;

/// A month of 30 days, in microseconds.
pub const MONTH_US: u64 = 30 * 24 * 3_600 * 1_000_000;

/// The bill of a run: what each function used, in the order of the scenario, then the other nodes. `covers_us` is the simulated time
/// that it covers.
#[must_use]
pub fn bill<'a>(
    functions: impl IntoIterator<Item = (&'a crate::Function, Usage)>,
    account: &AccountUsage,
    free_tier: bool,
    covers_us: u64,
) -> Bill {
    let items = functions.into_iter();
    let named = items.map(|(function, usage)| (function.id(), function.architecture(), function.memory_mb(), usage));
    of_account(named, account, free_tier, covers_us)
}

/// The same for functions named by id, architecture and memory size, and nothing else.
#[must_use]
pub fn of_usage<'a>(functions: impl IntoIterator<Item = (&'a str, ArchitectureSpec, u32, Usage)>, free_tier: bool, covers_us: u64) -> Bill {
    of_account(functions, &AccountUsage::default(), free_tier, covers_us)
}

/// The same with what other nodes used.
#[must_use]
pub fn of_account<'a>(
    functions: impl IntoIterator<Item = (&'a str, ArchitectureSpec, u32, Usage)>,
    account: &AccountUsage,
    free_tier: bool,
    covers_us: u64,
) -> Bill {
    let mut quantities = Vec::new();
    for (id, architecture, memory_mb, usage) in functions {
        let used = function_amounts(memory_mb, &usage).into_iter().filter(|(_, parts)| *parts > 0);
        quantities.extend(used.map(|(kind, parts)| Quantity { node: id.to_owned(), architecture, kind, parts, whole: meter(kind).parts }));
    }
    let used = account.nodes.iter().filter(|node| node.amount > 0);
    quantities.extend(used.map(|node| Quantity {
        node: node.id.clone(),
        architecture: ArchitectureSpec::X86_64,
        kind: node.kind,
        parts: node.amount,
        whole: meter(node.kind).parts,
    }));
    charge(quantities, free_tier, covers_us)
}

/// What a function used, in what a run counts each kind in.
fn function_amounts(memory_mb: u32, usage: &Usage) -> [(BillLineKind, u128); 11] {
    let mb_ms = |ms: u128| u128::from(memory_mb) * ms;
    [
        (BillLineKind::Requests, u128::from(usage.requests) + u128::from(usage.size_requests)),
        (BillLineKind::Duration, mb_ms(usage.handler_ms)),
        (BillLineKind::Init, mb_ms(usage.init_ms)),
        (BillLineKind::Provisioned, mb_ms(usage.provisioned_unit_ms)),
        (BillLineKind::ProvisionedDuration, mb_ms(usage.provisioned_handler_ms + usage.provisioned_init_ms)),
        (BillLineKind::TemporaryStorage, usage.tmp_mb_ms),
        (BillLineKind::ResponseStream, usage.streamed_bytes),
        (BillLineKind::SnapshotCache, mb_ms(usage.snapshot_ms)),
        (BillLineKind::SnapshotRestore, mb_ms(usage.restores.into())),
        (BillLineKind::EdgeRequests, usage.edge_requests.into()),
        (BillLineKind::EdgeDuration, mb_ms(usage.edge_ms)),
    ]
}

/// The bill of a 30-day month that goes on like this run. Quantities are scaled first and pass through the tiers and the free tier
/// then, because those are monthly.
///
/// Provisioned concurrency that is still on at the end of the run is taken to stay on, so its time is not rounded up to the billing
/// step before it is scaled. Logs are taken to be kept for a month (a choice): in a steady state that stores what a month writes.
#[must_use]
pub fn per_month(report: &Report, spec: &ScenarioSpec) -> Bill {
    let end_us = report.measured_us.1;
    // Traffic is counted from the end of the warm-up, what is paid for by the clock from the start (see the report's documentation).
    let counted_us = end_us.saturating_sub(report.measured_us.0);
    let mut quantities = Vec::new();
    for line in &report.bill.lines {
        let function = spec.functions.iter().find(|function| function.id == line.function);
        let rounding = function.filter(|_| line.kind == BillLineKind::Provisioned).map_or(0, |function| rounding_micro(function, end_us));
        let used = line.quantity_micro.saturating_sub(rounding);
        let span_us = if goes_by_the_clock(line.kind) { end_us } else { counted_us };
        // What is counted comes whole; what is measured keeps its millionths.
        let grain = if meter(line.kind).parts == 1 { MICRO } else { 1 };
        let parts = divide(used * u128::from(MONTH_US), u128::from(span_us.max(1)) * grain) * grain;
        let architecture = function.map_or(ArchitectureSpec::X86_64, |function| function.architecture);
        let quantity = Quantity { node: line.function.clone(), architecture, kind: line.kind, parts, whole: MICRO };
        let kept = (line.kind == BillLineKind::LogsIngest).then(|| Quantity { kind: BillLineKind::LogsStorage, ..quantity.clone() });
        quantities.push(quantity);
        quantities.extend(kept);
    }
    charge(quantities, spec.account.free_tier, MONTH_US)
}

/// What rounding up to the billing step added for the windows that the end of the run cuts off, in millionths of a GB-second.
fn rounding_micro(function: &FunctionSpec, end_us: u64) -> u128 {
    let mut added_ms = 0_u128;
    for window in &function.provisioned {
        let from_us = crate::SimTime::from_s(window.from_s).us();
        let is_cut_off = window.until_s.is_none_or(|until_s| crate::SimTime::from_s(until_s).us() > end_us);
        if is_cut_off && from_us < end_us {
            let on_us = end_us - from_us;
            let added_us = u128::from(provisioned_billed_ms(on_us)) * 1_000 - u128::from(on_us);
            added_ms += u128::from(window.units) * added_us / 1_000;
        }
    }
    divide(added_ms * u128::from(function.memory_mb) * MICRO, meter(BillLineKind::Provisioned).parts)
}

/// The bill under a Compute Savings Plan that takes `percent` off duration and provisioned concurrency, and nothing else: an option
/// that one commits to for a year or three. Commonly [`coldstart_facts::SAVINGS_PLAN_PERCENT`], at most
/// [`coldstart_facts::SAVINGS_PLAN_MAX_PERCENT`], which is what more counts as (facts L14).
#[must_use]
pub fn with_savings_plan(bill: &Bill, percent: u32) -> Bill {
    let left = u128::from(100 - percent.min(facts::SAVINGS_PLAN_MAX_PERCENT));
    let lines: Vec<BillLine> = bill
        .lines
        .iter()
        .map(|line| {
            let due = u128::try_from(line.due_pd).unwrap_or(0);
            let due_pd = if is_compute(line.kind) { whole_pd(divide(due * left, 100)) } else { line.due_pd };
            BillLine { due_pd, ..line.clone() }
        })
        .collect();
    Bill { due_pd: lines.iter().map(|line| line.due_pd).sum(), lines, covers_us: bill.covers_us }
}

const fn is_compute(kind: BillLineKind) -> bool {
    matches!(kind, BillLineKind::Duration | BillLineKind::Init | BillLineKind::Provisioned | BillLineKind::ProvisionedDuration)
}

/// Share of its time that provisioned concurrency must be in use to cost no more than on-demand, INIT left out (facts L8).
#[must_use]
pub fn provisioned_break_even(architecture: ArchitectureSpec) -> f64 {
    let first_pd = |kind| meter(kind).tiers(architecture).first().map_or(0, |tier| tier.1) as f64;
    first_pd(BillLineKind::Provisioned) / (first_pd(BillLineKind::Duration) - first_pd(BillLineKind::ProvisionedDuration))
}

/// What an account has used up so far this month, in parts.
#[derive(Default)]
struct Used {
    /// Of each free tier.
    free: [u128; Free::COUNT],
    /// On-demand GB-seconds before and after the free tier, x86-64 and arm64: the tiers are counted for each.
    on_demand: [(u128, u128); 2],
}

fn charge(quantities: Vec<Quantity>, free_tier: bool, covers_us: u64) -> Bill {
    let mut used = Used::default();
    let lines: Vec<BillLine> = quantities.into_iter().map(|quantity| line(&mut used, quantity, free_tier)).collect();
    let due_pd = lines.iter().map(|line| line.due_pd).sum();
    Bill { lines, due_pd, covers_us }
}

fn line(account: &mut Used, quantity: Quantity, free_tier: bool) -> BillLine {
    let Quantity { node, architecture, kind, parts, whole } = quantity;
    let meter = meter(kind);
    let tiers = meter.tiers(architecture);
    let free_parts = meter.free.filter(|_| free_tier).map_or(0, |free| {
        let taken = &mut account.free[free as usize];
        let gets = parts.min(u128::from(free.units()) * whole - *taken);
        *taken += gets;
        gets
    });
    let due_parts = parts - free_parts;
    let is_on_demand = matches!(kind, BillLineKind::Duration | BillLineKind::Init);
    let used = &mut account.on_demand[usize::from(architecture == ArchitectureSpec::Arm64)];
    let (gross_from, due_from) = if is_on_demand { *used } else { (0, 0) };
    if is_on_demand {
        used.0 += parts;
        used.1 += due_parts;
    }
    BillLine {
        function: node,
        kind,
        quantity_micro: divide(parts * MICRO, whole),
        unit: meter.unit.to_owned(),
        gross_pd: amount_pd(tiers, gross_from, parts, whole),
        due_pd: amount_pd(tiers, due_from, due_parts, whole),
    }
}

/// Picodollars for `parts` after `from` of them, rounded once.
fn amount_pd(tiers: meter::Tiers, from: u128, parts: u128, whole: u128) -> i128 {
    let end = from + parts;
    let mut start = from;
    let mut sum = 0_u128;
    for &(upper, price_pd) in tiers {
        let upper = u128::from(upper) * whole;
        let stop = end.min(upper).max(start);
        sum += (stop - start) * u128::from(price_pd);
        start = stop;
    }
    whole_pd(divide(sum, whole))
}

fn whole_pd(pd: u128) -> i128 {
    i128::try_from(pd).unwrap_or(i128::MAX)
}

/// Division of whole numbers, rounded to the nearest, halves up.
const fn divide(number: u128, by: u128) -> u128 {
    (number + by / 2) / by
}

/// Whole cents of an amount in picodollars, halves away from zero: how a bill shows a line.
#[must_use]
pub const fn cents(pd: i128) -> i128 {
    const PD_PER_CENT: i128 = 10_000_000_000;
    (pd + PD_PER_CENT / 2 * pd.signum()) / PD_PER_CENT
}

/// An amount as dollars, as in `$1,234.56`; what is less than a cent but not nothing keeps four digits after the point.
#[must_use]
pub fn dollars(pd: i128) -> String {
    const PD_PER_TEN_THOUSANDTH: i128 = 100_000_000;
    let sign = if pd < 0 { "-" } else { "" };
    let small = (pd.abs() + PD_PER_TEN_THOUSANDTH / 2) / PD_PER_TEN_THOUSANDTH;
    if small < 100 && pd != 0 {
        return if small == 0 { format!("{sign}<$0.0001") } else { format!("{sign}$0.{small:04}") };
    }
    let cents = cents(pd.abs());
    let mut whole = (cents / 100).to_string();
    let mut comma = whole.len();
    while comma > 3 {
        comma -= 3;
        whole.insert(comma, ',');
    }
    format!("{sign}${whole}.{:02}", cents % 100)
}
