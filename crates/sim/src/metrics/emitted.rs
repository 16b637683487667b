//! Metrics that the report's minutes do not have: what single invocations, events and batches emit, by function and by mapping.

use crate::rules::MINUTE_US;
use crate::time::US_PER_MS;
use serde::Serialize;
use std::collections::BTreeMap;

/// What is emitted (facts M1, M2, M4, M5): times in milliseconds, counts one by one or by the batch.
///
/// What cannot happen in this model has no metric here: errors of dead-letter queues and destinations, signatures, oversized records,
/// offsets of Kafka.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Emitted {
    /// Duration of an invocation, without INIT (facts D8).
    Duration,
    /// How long extensions went on after the answer, of invocations where they did.
    PostRuntimeExtensionsDuration,
    /// Age of the last record of a batch, when the function is called with it.
    IteratorAge,
    /// Events that a function's queue took in, events passed on among them.
    AsyncEventsReceived,
    /// How long an event had been in the queue when the function was invoked with it, at each attempt.
    AsyncEventAge,
    /// Events given up, whether they are kept elsewhere or not.
    AsyncEventsDropped,
    /// Events and messages that came round too often (facts E27).
    RecursiveInvocationsDropped,
    /// Messages received, records taken up.
    PolledEventCount,
    /// Of these, those that the filter left out.
    FilteredOutEventCount,
    /// Those that the function was invoked with, each time.
    InvokedEventCount,
    /// Those of an invocation that failed, or that it reported as failed (which failures AWS counts is not clear: a choice).
    FailedInvokeEventCount,
    /// Records given up.
    DroppedEventCount,
    /// Of these, those that the destination on failure was told of.
    OnFailureDestinationDeliveredEventCount,
    /// Messages deleted after a success.
    DeletedEventCount,
}

impl Emitted {
    /// Every metric, in the order of declaration.
    pub const ALL: [Self; 14] = [
        Self::Duration,
        Self::PostRuntimeExtensionsDuration,
        Self::IteratorAge,
        Self::AsyncEventsReceived,
        Self::AsyncEventAge,
        Self::AsyncEventsDropped,
        Self::RecursiveInvocationsDropped,
        Self::PolledEventCount,
        Self::FilteredOutEventCount,
        Self::InvokedEventCount,
        Self::FailedInvokeEventCount,
        Self::DroppedEventCount,
        Self::OnFailureDestinationDeliveredEventCount,
        Self::DeletedEventCount,
    ];

    /// CloudWatch's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Duration => "Duration",
            Self::PostRuntimeExtensionsDuration => "PostRuntimeExtensionsDuration",
            Self::IteratorAge => "IteratorAge",
            Self::AsyncEventsReceived => "AsyncEventsReceived",
            Self::AsyncEventAge => "AsyncEventAge",
            Self::AsyncEventsDropped => "AsyncEventsDropped",
            Self::RecursiveInvocationsDropped => "RecursiveInvocationsDropped",
            Self::PolledEventCount => "PolledEventCount",
            Self::FilteredOutEventCount => "FilteredOutEventCount",
            Self::InvokedEventCount => "InvokedEventCount",
            Self::FailedInvokeEventCount => "FailedInvokeEventCount",
            Self::DroppedEventCount => "DroppedEventCount",
            Self::OnFailureDestinationDeliveredEventCount => "OnFailureDestinationDeliveredEventCount",
            Self::DeletedEventCount => "DeletedEventCount",
        }
    }

    /// Whether its values are times.
    #[must_use]
    pub const fn is_time(self) -> bool {
        matches!(self, Self::Duration | Self::PostRuntimeExtensionsDuration | Self::IteratorAge | Self::AsyncEventAge)
    }

    /// Whether an event source mapping emits it; functions emit the others.
    #[must_use]
    pub const fn is_of_mapping(self) -> bool {
        matches!(
            self,
            Self::PolledEventCount
                | Self::FilteredOutEventCount
                | Self::InvokedEventCount
                | Self::FailedInvokeEventCount
                | Self::DroppedEventCount
                | Self::OnFailureDestinationDeliveredEventCount
                | Self::DeletedEventCount
        )
    }
}

/// What was emitted of one metric in one minute; the minutes begin with the first whole one after the warm-up.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MetricPoint {
    /// Minute of the run.
    pub minute: u32,
    /// Id of the function or of the mapping.
    pub dimension: String,
    /// CloudWatch's name of the metric.
    pub metric: &'static str,
    /// CloudWatch's SampleCount.
    pub samples: u64,
    /// Sum of the values: milliseconds or events.
    pub sum: f64,
    /// The smallest of them.
    pub minimum: f64,
    /// The largest.
    pub maximum: f64,
}

/// What an alarm looks at: a point for each minute up to the last of `minutes`, by `read`; none where nothing was emitted.
#[must_use]
pub fn emitted_series(
    points: &[MetricPoint],
    dimension: &str,
    metric: Emitted,
    minutes: u32,
    read: impl Fn(&MetricPoint) -> f64,
) -> Vec<Option<f64>> {
    let mut series = vec![None; minutes as usize];
    for point in points.iter().filter(|point| point.metric == metric.name() && point.dimension == dimension) {
        if let Some(place) = series.get_mut(point.minute as usize) {
            *place = Some(read(point));
        }
    }
    series
}

/// Of times in microseconds, or of events.
#[derive(Clone, Copy)]
struct Samples {
    count: u64,
    sum: u64,
    minimum: u64,
    maximum: u64,
}

/// Collects what is emitted, by minute, metric and place.
#[derive(Clone, Default)]
pub(crate) struct Emissions(BTreeMap<(u32, Emitted, u16), Samples>);

impl Emissions {
    pub(crate) fn add(&mut self, at_us: u64, metric: Emitted, place: u16, value: u64) {
        let minute = (at_us / MINUTE_US) as u32;
        let fresh = Samples { count: 0, sum: 0, minimum: value, maximum: value };
        let samples = self.0.entry((minute, metric, place)).or_insert(fresh);
        samples.count += 1;
        samples.sum += value;
        samples.minimum = samples.minimum.min(value);
        samples.maximum = samples.maximum.max(value);
    }

    /// The points from a minute on, in the order of minutes, then of metrics.
    pub(crate) fn points(self, from_us: u64, id: impl Fn(Emitted, u16) -> String) -> Vec<MetricPoint> {
        let first = from_us.div_ceil(MINUTE_US) as u32;
        let measured = self.0.into_iter().filter(|((minute, ..), _)| *minute >= first);
        let point = |((minute, metric, place), samples): ((u32, Emitted, u16), Samples)| {
            let shown = |value: u64| if metric.is_time() { value as f64 / US_PER_MS } else { value as f64 };
            MetricPoint {
                minute,
                dimension: id(metric, place),
                metric: metric.name(),
                samples: samples.count,
                sum: shown(samples.sum),
                minimum: shown(samples.minimum),
                maximum: shown(samples.maximum),
            }
        };
        measured.map(point).collect()
    }
}
