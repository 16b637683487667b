//! What the proofs share: scenarios from files, runs, and checks that list every row before they fail.

use coldstart_sim::spec::{ArrivalsSpec, DistributionSpec, InitSpec, ScenarioSpec, SendSpec};
use coldstart_sim::{NodeReport, Report, RunOptions, RunOutput, Scenario, Seed, TimelineKind, TimelineOptions, run, validate};
use std::fmt::Write as _;
use std::path::PathBuf;

/// The folder `crates/sim/tests`.
pub fn tests_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// The scenario file `tests/scenarios/<name>.toml`.
pub fn spec(name: &str) -> ScenarioSpec {
    let path = tests_folder().join("scenarios").join(format!("{name}.toml"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Validates, or fails with every problem.
pub fn scenario(spec: &ScenarioSpec) -> Scenario {
    match validate(spec) {
        Ok(valid) => valid.scenario,
        Err(problems) => panic!("{}: {problems:#?}", spec.title),
    }
}

/// Runs with the scenario's own seed.
pub fn report(spec: &ScenarioSpec) -> Report {
    report_with_seed(spec, spec.run.seed)
}

/// Runs with another seed.
pub fn report_with_seed(spec: &ScenarioSpec, seed: u64) -> Report {
    run(&scenario(spec), Seed(seed), RunOptions::default()).report
}

/// Runs with everything recorded.
pub fn recorded(spec: &ScenarioSpec) -> RunOutput {
    let timeline = Some(TimelineOptions { window_us: (0, u64::MAX), max_entries: 4_000_000 });
    run(&scenario(spec), Seed(spec.run.seed), RunOptions { digest: true, timeline, ..RunOptions::default() })
}

/// The row of a node.
pub fn node<'a>(report: &'a Report, id: &str) -> &'a NodeReport {
    report.nodes.iter().find(|node| node.id == id).expect("a node")
}

/// Requests at times, in seconds: how many at each.
pub fn sends(at_s: &[(f64, u32)]) -> ArrivalsSpec {
    ArrivalsSpec::Log { sends: at_s.iter().map(|(at_s, requests)| SendSpec { at_s: *at_s, requests: *requests }).collect() }
}

/// When batches were called for the first time, in milliseconds, and how many messages or records they had.
pub fn batches(output: &RunOutput) -> Vec<(u64, u32)> {
    let events = &output.timeline.as_ref().expect("a timeline").events;
    let batched = events.iter().filter_map(|event| match event.kind {
        TimelineKind::Batched { messages, .. } => Some((event.at_us / 1_000, messages)),
        _ => None,
    });
    batched.collect()
}

/// One report per seed, from seed 1 on.
pub fn over_seeds(spec: &ScenarioSpec, seeds: u64) -> Vec<Report> {
    let scenario = scenario(spec);
    (1..=seeds).map(|seed| run(&scenario, Seed(seed), RunOptions::default()).report).collect()
}

/// An environment that starts in no time.
pub fn no_init() -> InitSpec {
    InitSpec {
        sandbox: DistributionSpec::constant(0.0),
        runtime: String::new(),
        code: DistributionSpec::constant(0.0),
        ..InitSpec::default()
    }
}

/// The rows of `tests/data/<name>.csv`, each with its numbers by column name.
pub fn rows(name: &str) -> Vec<Row> {
    let path = tests_folder().join("data").join(format!("{name}.csv"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let header: Vec<String> = lines.next().expect("a header").split(',').map(str::to_owned).collect();
    lines.map(|line| Row { header: header.clone(), cells: line.split(',').map(str::to_owned).collect() }).collect()
}

/// The rows of a table whose numbers in some columns are among those picked; every pick must be there.
pub fn rows_where<const N: usize>(name: &str, columns: [&str; N], picked: &[[f64; N]]) -> Vec<Row> {
    let find = |pick: [f64; N]| {
        let is_it = |row: &Row| columns.iter().zip(pick).all(|(column, number)| (row.number(column) - number).abs() <= 1e-9 * number);
        rows(name).into_iter().find(is_it).unwrap_or_else(|| panic!("{name}.csv has no row {pick:?}"))
    };
    picked.iter().map(|pick| find(*pick)).collect()
}

/// One row of a table.
pub struct Row {
    header: Vec<String>,
    cells: Vec<String>,
}

impl Row {
    /// The text of a column.
    pub fn text(&self, column: &str) -> &str {
        let place = self.header.iter().position(|name| name == column).unwrap_or_else(|| panic!("no column {column}"));
        &self.cells[place]
    }

    /// The number in a column; `inf` is infinity.
    pub fn number(&self, column: &str) -> f64 {
        self.text(column).parse().unwrap_or_else(|error| panic!("{column} = {}: {error}", self.text(column)))
    }
}

/// Named checks of one test. Nothing fails before [`Checks::finish`], so that a failure shows every row.
pub struct Checks {
    table: String,
    count: u32,
    failed: u32,
}

impl Checks {
    pub fn new() -> Self {
        Self { table: String::new(), count: 0, failed: 0 }
    }

    fn row(&mut self, name: &str, holds: bool, detail: &str) {
        self.count += 1;
        self.failed += u32::from(!holds);
        let mark = if holds { "ok  " } else { "FAIL" };
        writeln!(self.table, "{mark} {name}: {detail}").expect("invariant: writing to a String cannot fail");
    }

    /// Something that holds or does not.
    pub fn holds(&mut self, name: &str, holds: bool, detail: &str) {
        self.row(name, holds, detail);
    }

    /// Equality.
    pub fn equal<T: PartialEq + std::fmt::Debug>(&mut self, name: &str, got: T, want: T) {
        let detail = format!("got {got:?}, want {want:?}");
        self.row(name, got == want, &detail);
    }

    /// A number within an absolute tolerance.
    pub fn near(&mut self, name: &str, got: f64, want: f64, tolerance: f64) {
        self.row(name, (got - want).abs() <= tolerance, &format!("got {got:.8}, want {want:.8} +- {tolerance:.8}"));
    }

    /// A sum of money in picodollars against a published one in dollars, to half a cent.
    pub fn dollars(&mut self, name: &str, got_pd: i128, want: f64) {
        self.near(name, dollars(got_pd), want, 0.005_000_1);
    }

    /// The mean of independent replications within four standard errors of what is expected. `power` is the widest that those four
    /// may be, as a share of the expected value: a check that could not notice such an error fails too.
    pub fn mean(&mut self, name: &str, samples: &[f64], want: f64, power: f64) {
        let (mean, four_sigma) = mean_and_four_sigma(samples);
        let holds = (mean - want).abs() <= four_sigma && four_sigma <= power * want.abs();
        let detail = format!("got {mean:.8}, want {want:.8} +- {four_sigma:.8} (at most {:.8})", power * want.abs());
        self.row(name, holds, &detail);
    }

    /// Prints every row if one failed, and fails.
    pub fn finish(self) {
        assert!(self.count > 0, "nothing was checked");
        assert!(self.failed == 0, "{} of {} checks failed\n{}", self.failed, self.count, self.table);
    }
}

/// Mean of the samples and four times its standard error.
pub fn mean_and_four_sigma(samples: &[f64]) -> (f64, f64) {
    let n = float(samples.len() as u128);
    let mean = samples.iter().sum::<f64>() / n;
    let variance = samples.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
    (mean, 4.0 * (variance / n).sqrt())
}

/// Picodollars as dollars.
pub fn dollars(pd: i128) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "a check to a hundredth of a cent")]
    let pd = pd as f64;
    pd / 1e12
}

/// A count as a float.
#[allow(clippy::cast_precision_loss, reason = "a check needs no more than 53 bits")]
pub fn float(count: impl Into<u128>) -> f64 {
    count.into() as f64
}

/// A share of two counts.
pub fn share(part: u64, whole: u64) -> f64 {
    float(part) / float(whole)
}

/// Length of what the report covers, in seconds.
pub fn measured_s(report: &Report) -> f64 {
    float(report.measured_us.1 - report.measured_us.0) / 1e6
}

/// A time integral in environment-microseconds as a mean over what the report covers.
pub fn mean_over(report: &Report, integral_us: u128) -> f64 {
    float(integral_us) / 1e6 / measured_s(report)
}
