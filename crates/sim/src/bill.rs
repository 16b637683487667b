//! What the used quantities cost: whole picodollars, each line rounded once (half up), through AWS's price tiers and its free tier.
//!
//! Tiers and the free tier are the account's, so lines are charged in the order in which they come: a function's INIT after its
//! handler time, functions in the order of the scenario. The order settles whose line the free tier shortens, and in an account with
//! both architectures the total too, since their prices differ; AWS does not say in which order it goes. Prices are those of us-east-1 in the facts registry (L1 to L7).
//!
//! The pricing page says that the free tier does not apply to provisioned concurrency and applies it in its example all the same
//! (facts S). Here its requests and its on-demand GB-seconds count against the free tier, as in that example, and the time and the
//! GB-seconds of provisioned concurrency do not, as in its text.

use crate::spec::{ArchitectureSpec, FunctionSpec, ScenarioSpec};
use crate::{Bill, BillLine, BillLineKind, Report, Usage};
use coldstart_facts as facts;

/// Quantity of a line: so many parts of a request or of a GB-second, the number of parts to a whole being given beside it.
#[derive(Clone, Debug)]
struct Quantity {
    function: String,
    architecture: ArchitectureSpec,
    kind: BillLineKind,
    parts: u128,
}

/// A GB-second in MB-milliseconds, the exact unit of a run's usage.
const MB_MS_PER_GBS: u128 = 1_024 * 1_000;

/// Parts to a whole in a [`BillLine`].
const MICRO: u128 = 1_000_000;

/// A month of 30 days, in microseconds.
pub const MONTH_US: u64 = 30 * 24 * 3_600 * 1_000_000;

/// The bill of a run: what each function used, in the order of the scenario. `covers_us` is the simulated time that it covers.
#[must_use]
pub fn bill<'a>(functions: impl IntoIterator<Item = (&'a crate::Function, Usage)>, free_tier: bool, covers_us: u64) -> Bill {
    let items = functions.into_iter();
    of_usage(items.map(|(function, usage)| (function.id(), function.architecture(), function.memory_mb(), usage)), free_tier, covers_us)
}

/// The same for functions named by id, architecture and memory size.
#[must_use]
pub fn of_usage<'a>(functions: impl IntoIterator<Item = (&'a str, ArchitectureSpec, u32, Usage)>, free_tier: bool, covers_us: u64) -> Bill {
    let mut quantities = Vec::new();
    for (id, architecture, memory_mb, usage) in functions {
        let gbs = |ms: u128| u128::from(memory_mb) * ms;
        let lines = [
            (BillLineKind::Requests, u128::from(usage.requests) * MB_MS_PER_GBS),
            (BillLineKind::Duration, gbs(usage.handler_ms)),
            (BillLineKind::Init, gbs(usage.init_ms)),
            (BillLineKind::Provisioned, gbs(usage.provisioned_unit_ms)),
            (BillLineKind::ProvisionedDuration, gbs(usage.provisioned_handler_ms + usage.provisioned_init_ms)),
        ];
        let used = lines.into_iter().filter(|(_, parts)| *parts > 0);
        quantities.extend(used.map(|(kind, parts)| Quantity { function: id.to_owned(), architecture, kind, parts }));
    }
    charge(quantities, MB_MS_PER_GBS, free_tier, covers_us)
}

/// The bill of a 30-day month that goes on like this run. Quantities are scaled first and pass through the tiers and the free tier
/// then, because those are monthly.
///
/// Provisioned concurrency that is still on at the end of the run is taken to stay on, so its time is not rounded up to the billing
/// step before it is scaled.
#[must_use]
pub fn per_month(report: &Report, spec: &ScenarioSpec) -> Bill {
    let end_us = report.measured_us.1;
    // Traffic is counted from the end of the warm-up, provisioned time from the start (see the report's documentation).
    let counted_us = end_us.saturating_sub(report.measured_us.0);
    let mut quantities = Vec::new();
    for line in &report.bill.lines {
        let Some(function) = spec.functions.iter().find(|function| function.id == line.function) else { continue };
        let (used, span_us) = match line.kind {
            BillLineKind::Provisioned => (line.quantity_micro.saturating_sub(rounding_micro(function, end_us)), end_us),
            _ => (line.quantity_micro, counted_us),
        };
        // Requests come whole; GB-seconds keep their millionths.
        let grain = if line.kind == BillLineKind::Requests { MICRO } else { 1 };
        let parts = divide(used * u128::from(MONTH_US), u128::from(span_us.max(1)) * grain) * grain;
        quantities.push(Quantity { function: line.function.clone(), architecture: function.architecture, kind: line.kind, parts });
    }
    charge(quantities, MICRO, spec.account.free_tier, MONTH_US)
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
    divide(added_ms * u128::from(function.memory_mb) * MICRO, MB_MS_PER_GBS)
}

/// Milliseconds that are billed for provisioned concurrency that was on for this long: rounded up to steps of five minutes (facts E21).
#[must_use]
pub const fn provisioned_billed_ms(on_us: u64) -> u64 {
    on_us.div_ceil(facts::PROVISIONED_BILLING_STEP_MS * 1_000) * facts::PROVISIONED_BILLING_STEP_MS
}

/// Milliseconds that are billed for a duration, rounded up to `step_ms` (facts D1: 1 ms; 100 ms before December 2020).
#[must_use]
pub const fn billed_ms(duration_us: u64, step_ms: u64) -> u64 {
    duration_us.div_ceil(step_ms * 1_000) * step_ms
}

/// Share of its time that provisioned concurrency must be in use to cost no more than on-demand, INIT left out (facts L8).
#[must_use]
pub fn provisioned_break_even(architecture: ArchitectureSpec) -> f64 {
    let first_pd = |kind| price(kind, architecture).first().map_or(0, |tier| tier.1) as f64;
    first_pd(BillLineKind::Provisioned) / (first_pd(BillLineKind::Duration) - first_pd(BillLineKind::ProvisionedDuration))
}

/// Price tiers of a kind of line: upper end in requests or GB-seconds a month, and picodollars for one.
fn price(kind: BillLineKind, architecture: ArchitectureSpec) -> &'static [(u64, u64)] {
    use ArchitectureSpec::{Arm64, X86_64};
    match (kind, architecture) {
        (BillLineKind::Requests, _) => &[(u64::MAX, facts::PRICE_REQUEST_PD)],
        (BillLineKind::Duration | BillLineKind::Init, X86_64) => &facts::PRICE_X86_GBS_PD,
        (BillLineKind::Duration | BillLineKind::Init, Arm64) => &facts::PRICE_ARM_GBS_PD,
        (BillLineKind::Provisioned, X86_64) => &[(u64::MAX, facts::PRICE_PROVISIONED_X86_GBS_PD)],
        (BillLineKind::Provisioned, Arm64) => &[(u64::MAX, facts::PRICE_PROVISIONED_ARM_GBS_PD)],
        (BillLineKind::ProvisionedDuration, X86_64) => &[(u64::MAX, facts::PRICE_PROVISIONED_DURATION_X86_GBS_PD)],
        (BillLineKind::ProvisionedDuration, Arm64) => &[(u64::MAX, facts::PRICE_PROVISIONED_DURATION_ARM_GBS_PD)],
    }
}

/// What an account has used up so far this month, in parts.
#[derive(Default)]
struct Meter {
    free_requests: u128,
    free_gbs: u128,
    /// On-demand GB-seconds before and after the free tier, x86-64 and arm64: the tiers are counted for each.
    on_demand: [(u128, u128); 2],
}

fn charge(quantities: Vec<Quantity>, whole: u128, free_tier: bool, covers_us: u64) -> Bill {
    let free = |amount: u64| if free_tier { u128::from(amount) * whole } else { 0 };
    let mut meter = Meter { free_requests: free(facts::FREE_REQUESTS), free_gbs: free(facts::FREE_GBS), ..Meter::default() };
    let lines: Vec<BillLine> = quantities.into_iter().map(|quantity| line(&mut meter, quantity, whole)).collect();
    let due_pd = lines.iter().map(|line| line.due_pd).sum();
    Bill { lines, due_pd, covers_us }
}

fn line(meter: &mut Meter, quantity: Quantity, whole: u128) -> BillLine {
    let Quantity { function, architecture, kind, parts } = quantity;
    let tiers = price(kind, architecture);
    let is_on_demand = matches!(kind, BillLineKind::Duration | BillLineKind::Init);
    let mut none = 0;
    let free = match kind {
        BillLineKind::Requests => &mut meter.free_requests,
        BillLineKind::Duration | BillLineKind::Init => &mut meter.free_gbs,
        BillLineKind::Provisioned | BillLineKind::ProvisionedDuration => &mut none,
    };
    let due_parts = parts - parts.min(*free);
    *free -= parts - due_parts;
    let used = &mut meter.on_demand[usize::from(architecture == ArchitectureSpec::Arm64)];
    let (gross_from, due_from) = if is_on_demand { *used } else { (0, 0) };
    if is_on_demand {
        used.0 += parts;
        used.1 += due_parts;
    }
    BillLine {
        function,
        kind,
        quantity_micro: divide(parts * MICRO, whole),
        unit: if kind == BillLineKind::Requests { "request" } else { "GB-s" }.to_owned(),
        gross_pd: amount_pd(tiers, gross_from, parts, whole),
        due_pd: amount_pd(tiers, due_from, due_parts, whole),
    }
}

/// Picodollars for `parts` after `from` of them, rounded once.
fn amount_pd(tiers: &[(u64, u64)], from: u128, parts: u128, whole: u128) -> i128 {
    let end = from + parts;
    let mut start = from;
    let mut sum = 0_u128;
    for &(upper, price_pd) in tiers {
        let upper = u128::from(upper) * whole;
        let stop = end.min(upper).max(start);
        sum += (stop - start) * u128::from(price_pd);
        start = stop;
    }
    i128::try_from(divide(sum, whole)).unwrap_or(i128::MAX)
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
