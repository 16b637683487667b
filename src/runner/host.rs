//! Carries out what [`Host`] decides: starts the worker, posts to it, hears it, and tells the places on the page.

use super::batch::Batch;
use super::protocol::{FromWorker, RunError, ToWorker, decode, encode};
use super::state::{Effect, Event, Host, Notice, START_LIMIT_MS, SlotView, Way};
use super::{known_answer, simulate};
use crate::parts::{self, Part, gates};
use crate::platform::tick::Ticker;
use crate::platform::timing::{self, Timer};
use crate::platform::worker::{self, WorkerLink};
use crate::platform::{fetch, module};
use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use yew::Callback;
use yew::platform::spawn_local;

thread_local! {
    static RUNTIME: RefCell<Runtime> = RefCell::new(Runtime::new());
}

struct Runtime {
    host: Host,
    slots: u32,
    watchers: BTreeMap<u32, Callback<SlotView>>,
    notice_watchers: BTreeMap<u32, Callback<Notice>>,
    link: Option<WorkerLink>,
    here: Option<(Rc<RefCell<Batch>>, Ticker)>,
    start_timer: Option<Timer>,
}

impl Runtime {
    fn new() -> Self {
        Self {
            host: Host::new(crate::BUILD),
            slots: 0,
            watchers: BTreeMap::new(),
            notice_watchers: BTreeMap::new(),
            link: None,
            here: None,
            start_timer: None,
        }
    }
}

/// Numbers of places from here on are for runs that wait until the others are served.
pub(super) const BACKGROUND: u32 = 1 << 16;

/// A number for a new place on the page.
pub(super) fn new_slot(background: bool) -> u32 {
    RUNTIME.with_borrow_mut(|runtime| {
        runtime.slots += 1;
        if background { BACKGROUND + runtime.slots } else { runtime.slots }
    })
}

/// Calls `callback` whenever what `slot` sees has changed.
pub(super) fn watch(slot: u32, callback: Callback<SlotView>) {
    RUNTIME.with_borrow_mut(|runtime| runtime.watchers.insert(slot, callback));
}

/// Ends [`watch`] and whatever runs for the place.
pub(super) fn close(slot: u32) {
    RUNTIME.with_borrow_mut(|runtime| runtime.watchers.remove(&slot));
    dispatch(Event::Closed(slot));
}

/// Calls `callback` whenever there is something to tell the reader about all runs. What there is now, and a number for [`unwatch_notice`].
pub(super) fn watch_notice(callback: Callback<Notice>) -> (Notice, u32) {
    RUNTIME.with_borrow_mut(|runtime| {
        runtime.slots += 1;
        runtime.notice_watchers.insert(runtime.slots, callback);
        (runtime.host.notice(), runtime.slots)
    })
}

/// Ends [`watch_notice`].
pub(super) fn unwatch_notice(number: u32) {
    RUNTIME.with_borrow_mut(|runtime| runtime.notice_watchers.remove(&number));
}

/// Takes an event and does what follows from it.
pub(super) fn dispatch(event: Event) {
    let mut events = VecDeque::from([event]);
    while let Some(event) = events.pop_front() {
        let effects = RUNTIME.with_borrow_mut(|runtime| runtime.host.handle(event));
        events.extend(effects.into_iter().filter_map(perform));
    }
}

/// Does one thing; what happened by it at once, if anything did.
fn perform(effect: Effect) -> Option<Event> {
    match effect {
        Effect::Spawn { way, generation } => return spawn(way, generation),
        Effect::Terminate => {
            let old = RUNTIME.with_borrow_mut(|runtime| (runtime.link.take(), runtime.start_timer.take()));
            drop(old);
        }
        Effect::Post(order) => return post(&order),
        Effect::RunHere(order) => run_here(order),
        Effect::SendPart => send_part(),
        Effect::Show(slot) => {
            let (view, watcher) = RUNTIME.with_borrow(|runtime| (runtime.host.view(slot), runtime.watchers.get(&slot).cloned()));
            if let Some(watcher) = watcher {
                watcher.emit(view);
            }
        }
        Effect::ShowNotice => {
            let (notice, watchers) =
                RUNTIME.with_borrow(|runtime| (runtime.host.notice(), runtime.notice_watchers.values().cloned().collect::<Vec<_>>()));
            watchers.iter().for_each(|watcher| watcher.emit(notice.clone()));
        }
    }
    None
}

fn spawn(way: Way, generation: u32) -> Option<Event> {
    let start = match way {
        Way::Address => worker::spawn,
        Way::Blob => worker::spawn_from_blob,
        Way::Page => {
            spawn_local(async {
                let loaded = match parts::load(Part::Engine).await {
                    Ok(()) => parts::load(Part::Network).await,
                    Err(error) => Err(error),
                };
                if loaded.is_ok() {
                    simulate::enter_network();
                }
                dispatch(match loaded {
                    Ok(()) => Event::Said(Ok(gates::engine::ready())),
                    Err(error) => Event::Broken(error.to_string()),
                });
            });
            return None;
        }
    };
    let on_message = Callback::from(|bytes: Vec<u8>| dispatch(Event::Said(decode(&bytes))));
    let on_error = Callback::from(|reason| dispatch(Event::Broken(reason)));
    match start(crate::BUILD, on_message, on_error) {
        Ok(link) => {
            let timer = timing::after_ms(START_LIMIT_MS, move || dispatch(Event::TooSlow(generation)));
            RUNTIME.with_borrow_mut(|runtime| {
                runtime.link = Some(link);
                runtime.start_timer = Some(timer);
            });
            None
        }
        Err(error) => Some(Event::Broken(error.to_string())),
    }
}

/// Fetches the part that the worker wants and passes it on. The page does it, whose code for that is there anyway.
fn send_part() {
    spawn_local(async {
        let problem = match module::file_for_worker(Part::Network.name()) {
            None => None,
            // The address changes with the build, so that no cache answers with the file of another one.
            Some(file) => match fetch::bytes(&format!("{file}?v={}", crate::BUILD)).await {
                Ok(bytes) => {
                    // A link that cannot be posted to says so at the next order.
                    let _ = RUNTIME.with_borrow(|runtime| runtime.link.as_ref().map(|link| link.post_part(&bytes)));
                    return;
                }
                Err(error) => Some(error.to_string()),
            },
        };
        post(&ToWorker::Part { problem });
    });
}

/// What a worker says first, and the page itself where it has to do the work.
pub(super) fn ready() -> FromWorker {
    FromWorker::Ready { build: crate::BUILD.to_owned(), computes_right: known_answer::holds() }
}

fn post(order: &ToWorker) -> Option<Event> {
    let bytes = match encode(order) {
        Ok(bytes) => bytes,
        Err(error) => return Some(refused(order, error)),
    };
    let posted = RUNTIME.with_borrow(|runtime| runtime.link.as_ref().map(|link| link.post(&bytes)));
    match posted {
        Some(Err(error)) => Some(refused(order, RunError::Unreadable(error.to_string()))),
        // Without a link its end is already on the way as an event.
        Some(Ok(())) | None => None,
    }
}

fn refused(order: &ToWorker, error: RunError) -> Event {
    let id = match order {
        ToWorker::Run { id, .. } | ToWorker::Cancel { id } => Some(*id),
        ToWorker::Part { .. } => None,
    };
    Event::Said(Ok(FromWorker::Failed { id, error }))
}

fn run_here(order: ToWorker) {
    let here = RUNTIME.with_borrow_mut(|runtime| runtime.here.get_or_insert_with(driven_batch).clone());
    let (batch, ticker) = here;
    batch.borrow_mut().take(order);
    ticker.ask();
}

/// What a worker would say; enter by [`gates::engine`].
#[must_use]
pub fn page_ready() -> FromWorker {
    ready()
}

/// A queue of runs on the page; enter by [`gates::engine`].
#[must_use]
pub fn page_batch() -> Batch {
    Batch::new(simulate::start)
}

fn driven_batch() -> (Rc<RefCell<Batch>>, Ticker) {
    let batch = Rc::new(RefCell::new(gates::engine::batch()));
    let ticker = Ticker::new({
        let batch = batch.clone();
        move || {
            let news = batch.borrow_mut().slice(timing::now_ms);
            news.into_iter().for_each(|message| dispatch(Event::Said(Ok(message))));
            if !batch.borrow().is_idle() {
                RUNTIME.with_borrow(|runtime| runtime.here.as_ref().map(|(_, ticker)| ticker.ask()));
            }
        }
    });
    (batch, ticker)
}
