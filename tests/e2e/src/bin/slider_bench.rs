//! Moves every slider of both lessons in the built site and prints what one move costs the worker and the main thread, a line of JSON
//! for each slider: `cargo xtask bench` holds them to what is promised.
//!
//! usage: slider_bench DIST

use coldstart_e2e::{Browser, Error, Page, Result, Site, View, report_in};
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;
use tokio::time;

/// Moves of each slider.
const MOVES: usize = 20;
/// The longest that a move may take before it counts as stuck.
const LIMIT: Duration = Duration::from_secs(20);
const POLL: Duration = Duration::from_millis(20);

/// Listens to the worker's messages, from before the page's own script runs. The first byte of an answer is its kind.
const LISTEN: &str = "
const log = window.__log = { posted: [], done: [], answers: [] };
const Real = window.Worker;
window.Worker = class extends Real {
  constructor(...rest) {
    super(...rest);
    this.addEventListener('message', event => {
      if (!(event.data instanceof Uint8Array) || event.data[0] !== 2) return;
      log.done.push(performance.now());
      log.answers.push(event.data);
    });
  }
  postMessage(message) {
    if (message instanceof Uint8Array && message[0] === 0) log.posted.push(performance.now());
    super.postMessage(message);
  }
};
";

/// Moves a slider by a key. Worker: from the first order to the last answer. Main thread: the longest time for which it answered
/// nobody, from the move to the second frame after the last answer.
const MOVE: &str = "
const [index, key] = arguments;
const log = window.__log, outcome = window.__moved = { done: false };
Object.assign(log, { posted: [], done: [], answers: [] });
const input = document.querySelectorAll(SLIDERS)[index];
input.focus();
const channel = new MessageChannel();
let last = performance.now(), longest = 0;
channel.port1.onmessage = () => {
  const now = performance.now();
  longest = Math.max(longest, now - last);
  last = now;
  if (!outcome.done) channel.port2.postMessage(0);
};
channel.port2.postMessage(0);
const started = performance.now();
input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
const look = () => {
  const waited = performance.now() - started;
  const answered = log.posted.length > 0 && log.done.length >= log.posted.length;
  // A slider that asks the simulator for nothing has no order to wait for.
  if (!answered && !(log.posted.length === 0 && waited > 300)) return requestAnimationFrame(look);
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const worker_ms = log.done.length ? log.done[log.done.length - 1] - log.posted[0] : 0;
    Object.assign(outcome, { worker_ms, main_ms: longest, answers: log.answers.map(bytes => Array.from(bytes)), done: true });
  }));
};
requestAnimationFrame(look);
";

const SLIDERS: &str = "'main input[type=range]'";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Some(dist) = std::env::args().nth(1) else {
        eprintln!("usage: slider_bench DIST");
        return ExitCode::FAILURE;
    };
    match measure(Path::new(&dist)).await {
        Ok(lines) => {
            lines.iter().for_each(|line| println!("{line}"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("slider_bench: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn measure(dist: &Path) -> Result<Vec<Value>> {
    let site = Rc::new(Site::serve(dist)?);
    let browser = Browser::start().await?;
    // With less motion wanted, each press of the incident's clock is a minute.
    let measured = match browser.page(site, View { reduced_motion: true, ..View::WIDE }).await {
        Ok(page) => both_lessons(&page).await,
        Err(error) => Err(error),
    };
    let closed = browser.close().await;
    measured.and_then(|lines| closed.map(|()| lines))
}

async fn both_lessons(page: &Page) -> Result<Vec<Value>> {
    page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": LISTEN })).await?;
    page.open("?lesson=provisioned-concurrency").await?;
    page.wait_for_state("live-stage", "done").await?;
    commit_every_bet(page).await?;
    let mut lines = sliders(page, "provisioned-concurrency").await?;
    page.open("?lesson=incident-nine-am").await?;
    page.wait_for_state("incident", "done").await?;
    reach_the_fix(page).await?;
    lines.extend(sliders(page, "incident-nine-am").await?);
    Ok(lines)
}

/// A bet opens what comes after it; which answer is given does not matter here.
async fn commit_every_bet(page: &Page) -> Result {
    const OPEN: &str = "[...document.querySelectorAll('[data-testid^=bet-][data-state=open]')]";
    while page.eval(&format!("{OPEN}.length")).await? != json!(0) {
        let bet = page.eval(&format!("{OPEN}[0].dataset.testid")).await?;
        let bet = bet.as_str().unwrap_or_default();
        let field = format!("[data-testid='{bet}-field'] input, input[data-testid='{bet}-field']");
        page.eval(&format!(
            "(input => input.type === 'radio' ? input.click() : input.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'ArrowLeft', bubbles: true }})))(document.querySelector(\"{field}\"))"
        ))
        .await?;
        page.wait_until(&format!("!document.querySelector(\"[data-testid='{bet}-commit']\")?.disabled")).await?;
        page.click(&format!("[data-testid='{bet}-commit']")).await?;
        page.wait_until(&format!("document.querySelector(\"[data-testid='{bet}']\").dataset.state !== 'open'")).await?;
    }
    page.wait_for_state("pc-spill", "done").await?;
    page.wait_for_state("pc-night", "done").await
}

async fn reach_the_fix(page: &Page) -> Result {
    for _minute in 0..3 {
        page.click("[data-testid='incident-play']").await?;
    }
    page.wait_for("[data-testid='incident-pager']").await?;
    for (act, step) in [
        ("incident-take-page", "evidence"),
        ("incident-next", "draw-nothing"),
        ("incident-skip-bet", "truth-nothing"),
        ("incident-next", "draw-database"),
        ("incident-skip-bet", "truth-database"),
        ("incident-next", "cause"),
        ("incident-cause-cold-starts", "cause"),
        ("incident-next", "fix"),
    ] {
        page.click(&format!("[data-testid='{act}']")).await?;
        page.wait_for(&format!("[data-testid='incident'][data-step='{step}']")).await?;
    }
    page.wait_for_state("incident-result", "done").await
}

async fn sliders(page: &Page, lesson: &str) -> Result<Vec<Value>> {
    let count = page.eval(&format!("document.querySelectorAll({SLIDERS}).length")).await?.as_u64().unwrap_or(0);
    let mut lines = Vec::new();
    for index in 0..count {
        let name = "(input => input.id || input.closest('[data-testid]')?.dataset.testid)";
        let id = page.eval(&format!("{name}(document.querySelectorAll({SLIDERS})[{index}])")).await?;
        let mut moves = Vec::new();
        for turn in 0..MOVES {
            // There and back, so that every move changes the value wherever the slider stands.
            moves.push(one_move(page, index, if turn % 4 < 2 { "ArrowLeft" } else { "ArrowRight" }).await?);
        }
        let (worker, main) = (percentile_95(&moves, "worker_ms"), percentile_95(&moves, "main_ms"));
        let requests = moves.iter().filter_map(|one| one["requests"].as_f64()).fold(0.0, f64::max);
        lines.push(json!({ "lesson": lesson, "slider": id, "worker_p95_ms": worker, "main_p95_ms": main, "requests": requests }));
    }
    Ok(lines)
}

async fn one_move(page: &Page, index: u64, key: &str) -> Result<Value> {
    let script = MOVE.replace("SLIDERS", SLIDERS);
    let started = page.client().execute(&script, vec![json!(index), json!(key)]).await;
    started.map_err(|source| Error::Command { action: "moving a slider".to_owned(), source: Box::new(source) })?;
    let deadline = time::Instant::now() + LIMIT;
    while time::Instant::now() < deadline {
        let outcome = page.eval("window.__moved").await?;
        if outcome["done"] == Value::Bool(true) {
            let answers: Vec<Vec<u8>> = serde_json::from_value(outcome["answers"].clone()).unwrap_or_default();
            let requests: u64 = answers.iter().filter_map(|bytes| report_in(bytes)).map(|report| report.total.requests).sum();
            return Ok(json!({ "worker_ms": outcome["worker_ms"], "main_ms": outcome["main_ms"], "requests": requests }));
        }
        time::sleep(POLL).await;
    }
    Err(Error::Timeout { state: "a slider's move".to_owned(), limit: LIMIT })
}

fn percentile_95(moves: &[Value], figure: &str) -> f64 {
    let mut values: Vec<f64> = moves.iter().filter_map(|one| one[figure].as_f64()).collect();
    values.sort_by(f64::total_cmp);
    values.get((values.len() * 95).div_ceil(100).saturating_sub(1)).copied().unwrap_or(f64::NAN)
}
