//! One timed run of a program that prints its figures as one flat line of JSON, and a series of them.

use super::Workload;
use crate::failure::{Failure, Result};
use crate::process;
use std::process::Command;

/// What one run took.
#[derive(Clone, Copy, Debug)]
pub struct Measurement {
    /// Requests simulated.
    pub requests: f64,
    /// Events handled for them; none where the program does not say.
    pub events: Option<f64>,
    /// Seconds that they took, start-up left out.
    pub seconds: f64,
    /// Seconds of these for which the program had a core: what others do on the machine does not count.
    pub cpu_seconds: f64,
    /// Most memory held, in KiB.
    pub peak_rss_kib: f64,
}

impl Measurement {
    /// Runs the program and reads its figures.
    pub fn of(command: &mut Command) -> Result<Self> {
        Self::parse(&process::capture(command)?)
    }

    fn parse(line: &str) -> Result<Self> {
        let figure = |name| number(line, name).ok_or_else(|| Failure::new(format!("no figure `{name}` in `{}`", line.trim())));
        Ok(Self {
            requests: figure("requests")?,
            events: number(line, "events"),
            seconds: figure("seconds")?,
            cpu_seconds: figure("cpu_seconds")?,
            peak_rss_kib: figure("peak_rss_kib")?,
        })
    }

    fn ns(self) -> f64 {
        self.cpu_seconds * 1e9 / self.requests
    }

    fn ns_per_event(self) -> Option<f64> {
        self.events.map(|events| self.cpu_seconds * 1e9 / events)
    }

    fn wall_ns(self) -> f64 {
        self.seconds * 1e9 / self.requests
    }
}

/// The number of a field of a flat JSON object.
fn number(json: &str, field: &str) -> Option<f64> {
    let (_, rest) = json.split_once(&format!("\"{field}\":"))?;
    let end = rest.find([',', '}']).unwrap_or(rest.len());
    rest[..end].trim().parse().ok()
}

/// What a move of one slider costs, 95th percentile, for a run of so many requests.
pub struct Slider {
    /// Lesson and slider.
    pub name: String,
    /// Worker, from the order to the answer, in milliseconds.
    pub worker_ms: f64,
    /// The longest that the main thread answered nobody, in milliseconds.
    pub main_ms: f64,
    /// Requests that the worker simulated for a move.
    pub requests: f64,
}

impl Slider {
    /// Reads a line of the program that moves sliders.
    pub fn parse(line: &str) -> Result<Self> {
        let figure = |name| number(line, name).ok_or_else(|| Failure::new(format!("no figure `{name}` in `{line}`")));
        let text = |name: &str| {
            let (_, rest) = line.split_once(&format!("\"{name}\":\""))?;
            rest.split('"').next().map(str::to_owned)
        };
        let name = text("lesson").zip(text("slider")).map(|(lesson, slider)| format!("{lesson} {slider}"));
        Ok(Self {
            name: name.ok_or_else(|| Failure::new(format!("no slider in `{line}`")))?,
            worker_ms: figure("worker_p95_ms")?,
            main_ms: figure("main_p95_ms")?,
            requests: figure("requests")?,
        })
    }
}

/// The runs of one workload, ours and the peer's, in the order of the rounds.
pub struct Series {
    /// What was run.
    pub workload: &'static Workload,
    /// Our runs.
    pub ours: Vec<Measurement>,
    /// The peer's.
    pub theirs: Vec<Measurement>,
    /// Ours again, in the browser's worker.
    pub in_worker: Vec<Measurement>,
}

impl Series {
    /// No runs yet.
    pub const fn new(workload: &'static Workload) -> Self {
        Self { workload, ours: Vec::new(), theirs: Vec::new(), in_worker: Vec::new() }
    }

    /// Our median time per request, in nanoseconds.
    pub fn our_ns(&self) -> f64 {
        median(self.ours.iter().map(|run| run.ns()).collect()).unwrap_or(f64::NAN)
    }

    /// Our median time per event, in nanoseconds.
    pub fn our_ns_per_event(&self) -> f64 {
        median(self.ours.iter().filter_map(|run| run.ns_per_event()).collect()).unwrap_or(f64::NAN)
    }

    /// Our largest peak of memory, in MiB.
    pub fn our_peak_mib(&self) -> f64 {
        self.ours.iter().map(|run| run.peak_rss_kib / 1_024.0).fold(0.0, f64::max)
    }

    /// The peer's median time per request, in nanoseconds.
    pub fn their_ns(&self) -> Option<f64> {
        median(self.theirs.iter().map(|run| run.ns()).collect())
    }

    /// The worker's median time per request by the clock on the wall, in nanoseconds: a browser tells no other.
    pub fn worker_ns(&self) -> Option<f64> {
        median(self.in_worker.iter().map(|run| run.wall_ns()).collect())
    }

    /// The worker's time over the native one, median against median.
    pub fn worker_ratio(&self) -> Option<f64> {
        let native = median(self.ours.iter().map(|run| run.wall_ns()).collect());
        self.worker_ns().zip(native).map(|(worker, native)| worker / native)
    }

    /// The peer's median speed.
    pub fn their_requests_per_s(&self) -> Option<f64> {
        self.their_ns().map(|ns| 1e9 / ns)
    }

    /// How many times faster we are, median against median.
    pub fn ratio(&self) -> Option<f64> {
        self.their_ns().map(|theirs| theirs / self.our_ns())
    }
}

/// The middle one; the mean of the middle two of an even number; none of none.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = values.get(middle).copied()?;
    Some(if values.len() % 2 == 1 { upper } else { f64::midpoint(values[middle - 1], upper) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_flat_line() {
        let run = Measurement::parse("{\"requests\": 200, \"seconds\": 0.5, \"cpu_seconds\": 0.5, \"peak_rss_kib\": 1024, \"cold\": 3}\n");
        let run = run.expect("every figure is there");
        assert!((run.ns() - 2_500_000.0).abs() < 1e-6);
        assert!(Measurement::parse("{\"requests\": 200}").is_err());
    }

    #[test]
    fn reads_a_slider() {
        let line = "{\"lesson\":\"a\",\"main_p95_ms\":12.5,\"requests\":60000.0,\"slider\":\"units\",\"worker_p95_ms\":30.0}";
        let slider = Slider::parse(line).expect("every figure is there");
        assert_eq!((slider.name.as_str(), slider.worker_ms, slider.main_ms), ("a units", 30.0, 12.5));
        assert!(Slider::parse("{}").is_err());
    }

    #[test]
    fn takes_the_middle() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(Vec::new()), None);
    }
}
