//! Figures of a run by the names of their metrics, as strips and cells.

use crate::components::Stat;
use crate::pages::lesson::BetMark;
use crate::t;
use coldstart_course::data::number_parts;
use coldstart_course::{Format, metric, metric_format};
use coldstart_sim::Report;
use yew::prelude::*;

/// One figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Name of its metric.
    pub metric: AttrValue,
    /// What it is.
    pub label: AttrValue,
    /// Its value in the metric's base unit, if the run has one.
    pub value: Option<f64>,
    /// How it is written.
    pub format: Format,
}

impl Figure {
    /// The value as people read it; a dash without one.
    #[must_use]
    pub fn written(&self) -> AttrValue {
        self.value.map_or(AttrValue::Static("–"), |value| self.format.write(value).into())
    }
}

/// The figures that these entries name (`metric`, or `metric as Label`).
#[must_use]
pub fn figures(report: Option<&Report>, entries: &[String]) -> Vec<Figure> {
    let figure = |entry: &String| {
        let (name, own) = number_parts(entry);
        Figure {
            metric: name.to_owned().into(),
            label: own.map_or_else(|| AttrValue::Static(label(name)), |own| own.to_owned().into()),
            value: report.and_then(|report| metric(report, name)),
            format: metric_format(name).unwrap_or(Format::Number),
        }
    };
    entries.iter().map(figure).collect()
}

/// A strip of figures; what was predicted of one stands beneath it.
pub fn strip(figures: &[Figure], bets: &[BetMark]) -> Html {
    let stat = |figure: &Figure| {
        let bet = bets.iter().find(|bet| bet.metric == figure.metric);
        let note = bet.map(|bet| AttrValue::from(t!("lab.you_said", value = figure.format.write(bet.value))));
        html! { <Stat key={figure.metric.to_string()} label={figure.label.clone()} value={figure.written()} {note} testid={format!("figure-{}", figure.metric)} /> }
    };
    html! { <div class="stats">{ for figures.iter().map(stat) }</div> }
}

/// What a metric is called where the lesson gives it no name.
fn label(metric: &str) -> &'static str {
    match metric {
        "requests" => t!("metric.requests"),
        "invocations" => t!("metric.invocations"),
        "cold_starts" => t!("metric.cold_starts"),
        "cold_share" => t!("metric.cold_share"),
        "provisioned_invocations" => t!("metric.provisioned_invocations"),
        "spilled" => t!("metric.spilled"),
        "spill_share" => t!("metric.spill_share"),
        "spilled_all_busy" => t!("metric.spilled_all_busy"),
        "spilled_request_rate" => t!("metric.spilled_request_rate"),
        "throttled" => t!("metric.throttled"),
        "throttle_share" => t!("metric.throttle_share"),
        "lost_requests" => t!("metric.lost_requests"),
        "errors" => t!("metric.errors"),
        "p50_ms" => t!("metric.p50"),
        "p90_ms" => t!("metric.p90"),
        "p99_ms" => t!("metric.p99"),
        "max_ms" => t!("metric.max"),
        "mean_ms" => t!("metric.mean"),
        "worst_minute_p50_ms" => t!("metric.worst_p50"),
        "calmest_minute_p99_ms" => t!("metric.calmest_p99"),
        "worst_minute_p99_ms" => t!("metric.worst_p99"),
        "init_p50_ms" => t!("metric.init_p50"),
        "duration_p50_ms" => t!("metric.duration_p50"),
        "duration_p99_ms" => t!("metric.duration_p99"),
        "environments_max" => t!("metric.environments_max"),
        "concurrency_max" => t!("metric.concurrency_max"),
        "busy_mean" => t!("metric.busy_mean"),
        "idle_mean" => t!("metric.idle_mean"),
        "provisioned_mean" => t!("metric.provisioned_mean"),
        "provisioned_use" => t!("metric.provisioned_use"),
        "due_usd" => t!("metric.due"),
        "due_usd_per_month" => t!("metric.due_month"),
        "provisioned_usd_per_month" => t!("metric.provisioned_month"),
        "init_usd_per_month" => t!("metric.init_month"),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::label;
    use coldstart_course::METRICS;

    #[test]
    fn every_metric_has_a_name() {
        for metric in METRICS {
            assert!(!label(metric.name).is_empty(), "{}", metric.name);
        }
    }
}
