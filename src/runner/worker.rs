//! The worker's side: hears orders, works in slices, says what came of it. It keeps no state between runs.

use super::batch::Batch;
use super::protocol::{FromWorker, RunError, RunId, ToWorker, decode_order, encode_answer};
use super::{host, simulate};
use crate::platform::tick::Ticker;
use crate::platform::timing;
use crate::platform::worker_scope::{self, Heard};
use serde::Deserialize;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

thread_local! {
    /// The run at work, for the last words of a panic.
    static CURRENT: Cell<Option<RunId>> = const { Cell::new(None) };
}

/// Starts the worker: checks that this browser computes right, says that it is ready, then serves.
pub fn start() {
    std::panic::set_hook(Box::new(|info| {
        say(&FromWorker::Failed { id: CURRENT.try_with(Cell::get).ok().flatten(), error: RunError::Panicked(info.to_string()) });
    }));
    let batch = Rc::new(RefCell::new(Batch::new(simulate::start)));
    let ticker: Rc<RefCell<Option<Ticker>>> = Rc::default();
    let work = {
        let (batch, ticker) = (batch.clone(), ticker.clone());
        move || {
            CURRENT.set(batch.borrow().current());
            let news = batch.borrow_mut().slice(timing::now_ms);
            CURRENT.set(None);
            news.iter().for_each(say);
            if batch.borrow().lacks_part() {
                say(&FromWorker::PartWanted);
            } else if !batch.borrow().is_idle() {
                ask(&ticker);
            }
        }
    };
    ticker.replace(Some(Ticker::new(work)));
    worker_scope::listen(move |heard| {
        let order = match heard {
            Heard::Text(text) => order(&text),
            Heard::Part(started) => Ok(ToWorker::Part { problem: started.err() }),
        };
        match order {
            Ok(ToWorker::Part { problem }) => part_came(&batch, problem),
            Ok(order) => batch.borrow_mut().take(order),
            Err(failed) => return say(&failed),
        }
        ask(&ticker);
    });
    say(&host::ready());
}

/// The rest of the simulator can be entered from now on, or cannot be had.
fn part_came(batch: &RefCell<Batch>, problem: Option<String>) {
    let answer = problem.map_or(Ok(()), |reason| Err(RunError::PartMissing(reason)));
    if answer.is_ok() {
        simulate::enter_network();
    }
    let failed = batch.borrow_mut().part_came(answer);
    failed.iter().for_each(say);
}

fn ask(ticker: &RefCell<Option<Ticker>>) {
    if let Some(ticker) = ticker.borrow().as_ref() {
        ticker.ask();
    }
}

/// Reads an order. One whose scenario cannot be read still names its run, so that only that run fails.
fn order(text: &str) -> Result<ToWorker, FromWorker> {
    #[derive(Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum NameOnly {
        Run { id: RunId },
        Cancel { id: RunId },
    }
    decode_order(text).map_err(|error| {
        let id = decode_order(text).ok().map(|(NameOnly::Run { id } | NameOnly::Cancel { id })| id);
        FromWorker::Failed { id, error }
    })
}

fn say(message: &FromWorker) {
    let bytes = encode_answer(message).or_else(|error| encode_answer(&FromWorker::Failed { id: None, error }));
    if let Ok(bytes) = bytes {
        worker_scope::post(&bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runner::protocol::encode_order;
    use crate::runner::protocol::tests_support::request;

    #[test]
    fn an_order_with_an_unreadable_scenario_names_its_run() {
        let id = RunId { slot: 3, number: 4 };
        let text = encode_order(&ToWorker::Run { id, request: Box::new(request(1)) }).unwrap();
        assert!(order(&text).is_ok());
        let broken = text.replace("\"per_s\":1.0", "\"per_s\":null");
        assert!(matches!(order(&broken), Err(FromWorker::Failed { id: Some(named), error: RunError::Unreadable(_) }) if named == id));
        assert!(matches!(order("nonsense"), Err(FromWorker::Failed { id: None, .. })));
    }
}
