//! What the acts of the provisioned-concurrency lesson compute: variants of a scenario, theory beside it, prices, the template.
//! Pure.

use crate::widgets::price::provisioned_month_pd;
use coldstart_sim::spec::{ArrivalsSpec, BoundToSpec, DistributionSpec, ProvisionedSpec, SendSpec};
use coldstart_sim::{FunctionReport, ScenarioSpec, theory};
use std::fmt::Write as _;

/// The same scenario with `units` provisioned and ready from the start; 0 for none.
#[must_use]
pub fn with_units(spec: &ScenarioSpec, units: u32) -> ScenarioSpec {
    with_windows(spec, if units == 0 { Vec::new() } else { vec![window(units, 0.0, None)] })
}

/// The same scenario with `units` provisioned from one time to another, ready when the window opens.
#[must_use]
pub fn with_schedule(spec: &ScenarioSpec, units: u32, from_s: f64, until_s: f64) -> ScenarioSpec {
    with_windows(spec, if units == 0 { Vec::new() } else { vec![window(units, from_s, Some(until_s))] })
}

/// The same scenario with requests sent by hand on top of its first sender's: sources keep their draws, so the rest of the
/// traffic stays where it was.
#[must_use]
pub fn with_sends(spec: &ScenarioSpec, sends: &[SendSpec]) -> ScenarioSpec {
    let mut spec = spec.clone();
    for source in &mut spec.sources {
        if let ArrivalsSpec::Log { sends: logged } = &mut source.arrivals {
            logged.extend_from_slice(sends);
            logged.sort_by(|a, b| a.at_s.total_cmp(&b.at_s));
        }
    }
    spec
}

fn with_windows(spec: &ScenarioSpec, windows: Vec<ProvisionedSpec>) -> ScenarioSpec {
    let mut spec = spec.clone();
    if let Some(function) = spec.functions.first_mut() {
        function.provisioned = windows;
    }
    spec
}

const fn window(units: u32, from_s: f64, until_s: Option<f64>) -> ProvisionedSpec {
    ProvisionedSpec { units, from_s, until_s, ready_at_start: true, preparation_s: 0.0, bound_to: BoundToSpec::Alias }
}

/// Units provisioned at the start of a scenario.
#[must_use]
pub fn units_of(spec: &ScenarioSpec) -> u32 {
    spec.functions.first().and_then(|function| function.provisioned.first()).map_or(0, |window| window.units)
}

/// Offered load of the first sender in erlangs: arrival rate times mean duration. `None` unless it is a Poisson process.
#[must_use]
pub fn offered_load(spec: &ScenarioSpec) -> Option<f64> {
    let ArrivalsSpec::Poisson { per_s } = spec.sources.first()?.arrivals else { return None };
    let handler = &spec.functions.first()?.handler;
    Some(per_s * (mean_ms(&handler.wait)? + mean_ms(&handler.cpu)?) / 1_000.0)
}

fn mean_ms(distribution: &DistributionSpec) -> Option<f64> {
    match distribution {
        DistributionSpec::Constant { ms } => Some(*ms),
        DistributionSpec::Uniform { low_ms, high_ms } => Some(low_ms.midpoint(*high_ms)),
        DistributionSpec::Exponential { mean_ms } | DistributionSpec::Lognormal { mean_ms, .. } => Some(*mean_ms),
        DistributionSpec::Quantiles { .. } => None,
    }
}

/// One row of the sizer: theory, simulation and price of one number of units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SizeRow {
    /// Provisioned units.
    pub units: u32,
    /// Share that spills by Erlang B.
    pub theory: f64,
    /// Share that spilled in the simulation.
    pub simulated: f64,
    /// Price of keeping them for a month of 30 days, in picodollars.
    pub month_pd: i128,
}

/// Theory, simulation and price side by side.
#[must_use]
pub fn size_row(spec: &ScenarioSpec, report: &FunctionReport) -> Option<SizeRow> {
    let units = units_of(spec);
    let memory_mb = spec.functions.first()?.memory_mb;
    Some(SizeRow {
        units,
        theory: theory::erlang_b(units, offered_load(spec)?),
        simulated: report.spill_share(),
        month_pd: provisioned_month_pd(units, memory_mb),
    })
}

/// What a SAM template would say.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Provisioned units.
    pub units: u32,
    /// Memory size, in MB.
    pub memory_mb: u32,
    /// Timeout, in seconds.
    pub timeout_s: u64,
    /// Hours of the day (from, until) between which they are kept; unset, always.
    pub hours: Option<(u32, u32)>,
}

impl Template {
    /// The template's text.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { units, memory_mb, timeout_s, hours } = self;
        let at_start = if hours.is_some() { 0 } else { *units };
        let mut text = format!(
            "Resources:\n  Orders:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: src/\n      Handler: app.handler\n      \
             Runtime: python3.12\n      MemorySize: {memory_mb}\n      Timeout: {timeout_s}\n      AutoPublishAlias: live\n"
        );
        if at_start > 0 {
            let _ = write!(text, "      ProvisionedConcurrencyConfig:\n        ProvisionedConcurrentExecutions: {at_start}\n");
        }
        if let Some((from, until)) = hours {
            text.push_str(&schedule(*units, *from, *until));
        }
        text
    }
}

/// Scheduled scaling belongs to Application Auto Scaling, not to the function.
fn schedule(units: u32, from: u32, until: u32) -> String {
    let action = |name: &str, hour: u32, units: u32| {
        format!(
            "        - ScheduledActionName: {name}\n          Schedule: cron(0 {hour} * * ? *)\n          ScalableTargetAction:\n            \
             MinCapacity: {units}\n            MaxCapacity: {units}\n"
        )
    };
    format!(
        "  OrdersSchedule:\n    Type: AWS::ApplicationAutoScaling::ScalableTarget\n    DependsOn: OrdersAliaslive\n    Properties:\n      \
         ServiceNamespace: lambda\n      ScalableDimension: lambda:function:ProvisionedConcurrency\n      \
         ResourceId: !Sub function:${{Orders}}:live\n      MinCapacity: 0\n      MaxCapacity: {units}\n      ScheduledActions:\n{}{}",
        action("open", from, units),
        action("close", until, 0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_says_the_number_and_the_alias() {
        let always = Template { units: 64, memory_mb: 512, timeout_s: 10, hours: None }.text();
        assert!(always.contains("ProvisionedConcurrentExecutions: 64"));
        assert!(always.contains("AutoPublishAlias: live"));
        let scheduled = Template { units: 64, memory_mb: 512, timeout_s: 10, hours: Some((7, 19)) }.text();
        assert!(!scheduled.contains("ProvisionedConcurrencyConfig"));
        assert!(scheduled.contains("cron(0 7 * * ? *)") && scheduled.contains("ResourceId: !Sub function:${Orders}:live"));
    }
}
