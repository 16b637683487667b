//! Runs a scenario file once in the built site's worker and prints how long it took, as one line of JSON, like the simulator's
//! own `workload` example: `cargo xtask bench` compares the two.
//!
//! usage: worker_bench DIST FILE

use coldstart_e2e::{Browser, Error, Page, Result, Site, View, report_in, run_order};
use coldstart_sim::Report;
use coldstart_sim::ScenarioSpec;
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;
use tokio::time;

/// The longest run worth waiting for.
const LIMIT: Duration = Duration::from_secs(120);
const POLL: Duration = Duration::from_millis(50);
/// Simulated seconds of the run before the one that is timed: the browser compiles the module for speed while it runs.
const WARM_UP_SHARE: f64 = 0.1;

/// Starts the worker as the page does, runs the request that is named first, then the other one against the clock. The first byte of an
/// answer is its kind.
const SCRIPT: &str = "
const [warm, timed] = arguments;
const worker = new Worker(new URL('worker_loader.js', document.baseURI));
const outcome = window.__bench = { done: false };
const run = order => worker.postMessage(Uint8Array.from(order));
let started;
worker.onerror = event => { outcome.error = event.message || 'the worker did not start'; outcome.done = true; };
worker.onmessage = event => {
  const now = performance.now(), [kind, , number] = event.data;
  if (kind === 0) run(warm);
  if (kind === 3) { outcome.error = new TextDecoder().decode(event.data); outcome.done = true; }
  if (kind !== 2) return;
  if (number === 1) { started = performance.now(); run(timed); return; }
  Object.assign(outcome, { answer: Array.from(event.data), seconds: (now - started) / 1000, done: true });
  worker.terminate();
};
";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [dist, file] = arguments.as_slice() else {
        eprintln!("usage: worker_bench DIST FILE");
        return ExitCode::FAILURE;
    };
    let measured = match scenario(file) {
        Ok(spec) => measure(Path::new(dist), &spec).await.map_err(|error| error.to_string()),
        Err(reason) => Err(reason),
    };
    match measured {
        Ok(outcome) if outcome["error"].is_null() => {
            let Some(total) = report(&outcome["answer"]).map(|report| report.total) else { return fail("its answer cannot be read") };
            let (requests, attempts, cold, seconds) = (total.requests, total.attempts, total.cold_starts, &outcome["seconds"]);
            println!(
                "{{\"requests\": {requests}, \"attempts\": {attempts}, \"seconds\": {seconds}, \"cpu_seconds\": {seconds}, \"peak_rss_kib\": 0, \"cold\": {cold}}}"
            );
            ExitCode::SUCCESS
        }
        Ok(outcome) => fail(&outcome["error"].to_string()),
        Err(reason) => fail(&reason),
    }
}

fn fail(reason: &str) -> ExitCode {
    eprintln!("worker_bench: {reason}");
    ExitCode::FAILURE
}

fn report(answer: &Value) -> Option<Report> {
    report_in(&serde_json::from_value::<Vec<u8>>(answer.clone()).ok()?)
}

/// The order to run a scenario, as the page sends it.
fn order_for(number: u32, spec: &Value) -> std::result::Result<Vec<u8>, String> {
    let spec: ScenarioSpec = serde_json::from_value(spec.clone()).map_err(|error| error.to_string())?;
    let scenario = coldstart_sim::validate(&spec).map_err(|problems| format!("{problems:?}"))?.scenario;
    run_order(1, number, scenario, 1).map_err(|error| error.to_string())
}

/// The scenario file as JSON.
fn scenario(file: &str) -> std::result::Result<Value, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    toml::from_str(&text).map_err(|error| format!("{file}: {error}"))
}

async fn measure(dist: &Path, spec: &Value) -> Result<Value> {
    let site = Rc::new(Site::serve(dist)?);
    let browser = Browser::start().await?;
    let outcome = match browser.page(site, View::WIDE).await {
        Ok(page) => time_on(&page, spec).await,
        Err(error) => Err(error),
    };
    let closed = browser.close().await;
    outcome.and_then(|outcome| closed.map(|()| outcome))
}

async fn time_on(page: &Page, spec: &Value) -> Result<Value> {
    // A file of the site without a simulation of its own, so that the worker is alone.
    page.go_to("csp.txt").await?;
    let mut short = spec.clone();
    let duration_s = spec["run"]["duration_s"].as_f64().unwrap_or(600.0);
    short["run"]["duration_s"] = json!(duration_s * WARM_UP_SHARE);
    let arguments = [(1, &short), (2, spec)].map(|(number, spec)| order_for(number, spec).map(|bytes| json!(bytes)));
    let arguments = arguments.into_iter().collect::<std::result::Result<Vec<_>, _>>().map_err(Error::Answer)?;
    let started = page.client().execute(SCRIPT, arguments).await;
    started.map_err(|source| Error::Command { action: "starting the worker".to_owned(), source: Box::new(source) })?;
    let deadline = time::Instant::now() + LIMIT;
    while time::Instant::now() < deadline {
        let outcome = page.eval("window.__bench").await?;
        if outcome["done"] == Value::Bool(true) {
            return Ok(outcome);
        }
        time::sleep(POLL).await;
    }
    Err(Error::Timeout { state: "the worker's run".to_owned(), limit: LIMIT })
}
