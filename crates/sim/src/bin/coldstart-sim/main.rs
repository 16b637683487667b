//! The simulator on the command line.

mod args;
mod scenario;
mod summary;
mod sweep;

use args::{Args, Command};
use coldstart_sim::log::Clock;
use coldstart_sim::replicate::{Metric, Replications, metrics, replicate};
use coldstart_sim::trace::Trace;
use coldstart_sim::travel::TimeTravel;
use coldstart_sim::tuner::{TuneOptions, tune};
use coldstart_sim::{Problem, Report, RunOptions, RunOutput, Seed, SimTime, TimelineOptions, Validated, bill, run, schema};
use scenario::Loaded;
use serde::Serialize;
use std::io::{self, Write};
use std::process::ExitCode;
use std::thread;

/// Exit code for what the person who typed the command has to put right.
const EXIT_USAGE: u8 = 2;

fn main() -> ExitCode {
    let args = match args::parse(std::env::args().skip(1)) {
        Ok(args) => args,
        Err(problem) => return refuse(&format!("{problem}\n\n{}", args::USAGE)),
    };
    match execute(&args) {
        Ok(output) => print(&output),
        Err(problem) => refuse(&problem),
    }
}

fn refuse(problem: &str) -> ExitCode {
    eprintln!("{}", problem.trim_end());
    ExitCode::from(EXIT_USAGE)
}

/// A reader that has seen enough (`| head`) is no error.
fn print(output: &str) -> ExitCode {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(output.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => refuse(&format!("cannot write the output: {error}")),
    }
}

fn execute(args: &Args) -> Result<String, String> {
    match args.command {
        Command::Help => Ok(args::USAGE.to_owned()),
        Command::Schema if args.json => schema::to_json().map(|json| json + "\n").map_err(|error| error.to_string()),
        Command::Schema => Ok(schema::to_table()),
        Command::Validate => validate(args),
        Command::Tune => tune_function(args),
        Command::Sweep => sweep_grid(args),
        Command::At => moment(args),
        Command::Metrics => cloudwatch(args),
        Command::Digest => digest(args),
        Command::Run => run_scenario(args),
    }
}

fn load(args: &Args) -> Result<Loaded, String> {
    let loaded = scenario::load(&args.file)?;
    for advice in &loaded.valid.advice {
        eprintln!("advice: {advice}");
    }
    Ok(loaded)
}

/// The seed from the command line, else the scenario's own.
fn seed(args: &Args, valid: &Validated) -> Seed {
    args.seed.map_or(valid.scenario.seed(), Seed)
}

fn validate(args: &Args) -> Result<String, String> {
    let loaded = load(args)?;
    let scenario = &loaded.valid.scenario;
    Ok(format!("{}: sound; functions: {}, sources: {}\n", args.file, scenario.functions().len(), scenario.sources().len()))
}

fn tune_function(args: &Args) -> Result<String, String> {
    let Loaded { spec, valid } = load(args)?;
    let mut options = TuneOptions::default();
    options.invocations = args.invocations.unwrap_or(options.invocations);
    // A size that is too small for the memory that the function uses is left out, as a person would.
    let used_mb = spec.functions.first().map_or(0, |function| function.handler.max_memory_used_mb);
    options.sizes_mb.retain(|size| *size >= used_mb);
    let list = |problems: Vec<Problem>| problems.iter().map(|problem| format!("{problem}\n")).collect::<String>();
    let tuning = tune(&spec, 0, &options, seed(args, &valid)).map_err(list)?;
    if args.json { to_json(&tuning) } else { Ok(summary::tuning(&tuning)) }
}

fn sweep_grid(args: &Args) -> Result<String, String> {
    let axes = args.sets.iter().map(|text| sweep::Axis::parse(text)).collect::<Result<Vec<_>, _>>()?;
    if axes.is_empty() {
        return Err("sweep needs a field to change, as in --set functions[0].memory_mb=128,256,512".to_owned());
    }
    let file = scenario::load_value(&args.file)?;
    let threads = args.threads.map_or_else(|| thread::available_parallelism().map_or(1, usize::from), |threads| threads as usize);
    let points = sweep::run(&file, &axes, args.seed, args.replications.unwrap_or(1), threads)?;
    if args.json { to_json(&points) } else { Ok(summary::sweep(&points)) }
}

fn moment(args: &Args) -> Result<String, String> {
    let valid = load(args)?.valid;
    let travel = TimeTravel::new(&valid.scenario, seed(args, &valid));
    let moment = match (args.at_ms, args.at_event) {
        (Some(ms), None) => travel.at(SimTime::from_us(ms * 1_000)),
        (None, Some(events)) => travel.after_events(events),
        _ => return Err("at needs one of --ms and --event".to_owned()),
    };
    if args.json { to_json(&moment) } else { Ok(summary::moment(&moment, &valid.scenario, &travel)) }
}

fn cloudwatch(args: &Args) -> Result<String, String> {
    let valid = load(args)?.valid;
    let output = run(&valid.scenario, seed(args, &valid), RunOptions { metrics: true, ..RunOptions::default() });
    Ok(summary::cloudwatch(&output.report, &output.metrics.unwrap_or_default()))
}

fn digest(args: &Args) -> Result<String, String> {
    let valid = load(args)?.valid;
    let options = RunOptions { digest: true, ..RunOptions::default() };
    let output = run(&valid.scenario, seed(args, &valid), options);
    output.digest.map(|digest| format!("{digest}\n")).ok_or_else(|| "the run left no digest".to_owned())
}

fn run_scenario(args: &Args) -> Result<String, String> {
    let Loaded { spec, valid } = load(args)?;
    let seed = seed(args, &valid);
    // A request may take many attempts, between those of others.
    let wanted = args.log_lines.max(args.traces.map(|traces| traces.saturating_mul(50)));
    let options = RunOptions { timeline: wanted.map(|lines| timeline(&valid, lines)), ..RunOptions::default() };
    let output = run(&valid.scenario, seed, options);
    let log = log_lines(&valid, &output, args.log_lines.unwrap_or(0));
    let traces = traces(&output, args.traces.unwrap_or(0));
    let replications = args.replications.map(|runs| replicate(&valid.scenario, seed, runs));
    if args.json {
        let report = &output.report;
        return to_json(&Output {
            metrics: metrics(report),
            report,
            bill_per_month: bill::per_month(report, &spec),
            replications,
            log,
            traces,
        });
    }
    let mut text = summary::text(&spec, &output.report);
    if let Some(replications) = replications {
        text.push_str(&summary::replications(&replications));
    }
    traces.iter().for_each(|trace| text.push_str(&summary::trace(trace, &output.report.nodes)));
    if !log.is_empty() {
        text.push('\n');
        text.push_str(&log.join("\n"));
        text.push('\n');
    }
    Ok(text)
}

/// What `run --json` prints.
#[derive(Serialize)]
struct Output<'a> {
    report: &'a Report,
    metrics: Vec<Metric>,
    bill_per_month: coldstart_sim::Bill,
    #[serde(skip_serializing_if = "Option::is_none")]
    replications: Option<Replications>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    log: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    traces: Vec<Trace>,
}

fn to_json(output: &impl Serialize) -> Result<String, String> {
    serde_json::to_string_pretty(output).map(|json| json + "\n").map_err(|error| error.to_string())
}

/// The whole run: an attempt leaves at least three lines, and a handful of entries in the timeline.
fn timeline(valid: &Validated, lines: u32) -> TimelineOptions {
    let end = valid.scenario.end();
    TimelineOptions { window_us: (0, end.us() + 1), max_entries: lines.saturating_mul(8).max(10_000) }
}

/// The first requests of the run, in order of their arrival.
fn traces(output: &RunOutput, count: u32) -> Vec<Trace> {
    let Some(timeline) = &output.timeline else { return Vec::new() };
    let first = timeline.attempts.iter().filter(|attempt| attempt.attempt == 1);
    first.filter_map(|attempt| Trace::of(timeline, attempt.source, attempt.request)).take(count as usize).collect()
}

/// The first log lines of the run, in order of time.
fn log_lines(valid: &Validated, output: &RunOutput, count: u32) -> Vec<String> {
    let Some(timeline) = &output.timeline else { return Vec::new() };
    let clock = Clock::of(&valid.scenario);
    let mut lines: Vec<_> = timeline.attempts.iter().flat_map(|attempt| attempt.log_events(&valid.scenario)).collect();
    lines.sort_by_key(|line| line.at_us);
    lines.iter().take(count as usize).map(|line| format!("{}\t{}", clock.stamp(line.at_us), line.text)).collect()
}
