//! The worker's side: hears orders, works in slices, says what came of it. It keeps no state between runs.

use super::batch::Batch;
use super::protocol::{FromWorker, RunError, RunId, ToWorker, decode, encode, run_named_in};
use super::{host, simulate};
use crate::platform::tick::Ticker;
use crate::platform::timing;
use crate::platform::worker_scope::{self, Heard};
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
            Heard::Order(bytes) => order(&bytes),
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

/// Reads an order. One that cannot be read still names its run, so that only that run fails.
fn order(bytes: &[u8]) -> Result<ToWorker, FromWorker> {
    decode(bytes).map_err(|error| FromWorker::Failed { id: run_named_in(bytes), error })
}

fn say(message: &FromWorker) {
    let bytes = encode(message).or_else(|error| encode(&FromWorker::Failed { id: None, error }));
    if let Ok(bytes) = bytes {
        worker_scope::post(&bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runner::protocol::tests_support::work;

    #[test]
    fn an_order_with_an_unreadable_scenario_names_its_run() {
        let id = RunId { slot: 3, number: 4 };
        let bytes = encode(&ToWorker::Run { id, work: Box::new(work(1)) }).unwrap();
        assert!(order(&bytes).is_ok());
        let broken = order(&bytes[..bytes.len() / 2]);
        assert!(matches!(broken, Err(FromWorker::Failed { id: Some(named), error: RunError::Unreadable(_) }) if named == id));
        assert!(matches!(order(b""), Err(FromWorker::Failed { id: None, .. })));
    }
}
