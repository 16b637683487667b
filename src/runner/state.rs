//! What the page knows about its runs and its worker: a pure state machine. Events go in, what to do about them comes out.

use super::protocol::{FromWorker, RunError, RunId, RunRequest, RunResult, RunStatus, ToWorker, Work};
use std::collections::BTreeMap;
use std::rc::Rc;

/// A worker that says nothing for so long will not start.
pub const START_LIMIT_MS: u32 = 10_000;

/// A worker that fails more often than this is not started again.
const RESTARTS_MAX: u32 = 3;

/// Where runs are done, in the order in which ways are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A worker from its address.
    Address,
    /// A worker from a blob that loads the same files: sandboxed frames allow only that.
    Blob,
    /// On the page's own thread, in slices.
    Page,
}

/// Something that the reader should know about all runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Notice {
    /// All is as it should be.
    #[default]
    None,
    /// The site was updated while the page was open.
    Outdated,
    /// This browser computes something else than every other machine.
    ComputesDifferently,
    /// No worker could be started; runs share the page's thread.
    OnPage,
}

/// What a place on the page sees of its runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SlotView {
    /// How far the newest run is.
    pub status: RunStatus,
    /// The last result; stays until the next is there.
    pub latest: Option<RunResult>,
}

/// What happened.
#[derive(Debug)]
pub enum Event {
    /// A place wants this run, and nothing that it wanted before.
    Wanted(u32, Rc<RunRequest>),
    /// A place wants nothing any more, but stays.
    Cancelled(u32),
    /// A place is gone.
    Closed(u32),
    /// A message, if it could be read.
    Said(Result<FromWorker, RunError>),
    /// The worker could not be started, or failed without words.
    Broken(String),
    /// [`START_LIMIT_MS`] have passed since the worker of this generation was started.
    TooSlow(u32),
}

/// What to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Start a worker and tell it nothing before it is ready.
    Spawn {
        /// How.
        way: Way,
        /// Counts the workers, so that a late timer of an old one is known as such.
        generation: u32,
    },
    /// Give up the worker.
    Terminate,
    /// Send this to the worker.
    Post(ToWorker),
    /// Do this on the page.
    RunHere(ToWorker),
    /// Send the worker the part that it wants.
    SendPart,
    /// Tell the place that its view has changed.
    Show(u32),
    /// Tell the shell that the notice has changed.
    ShowNotice,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Link {
    /// Nobody has asked for a run yet.
    Unused,
    /// Started, not ready.
    Starting,
    /// At work.
    Ready,
    /// Of another build: nothing it computes is used.
    Outdated,
}

#[derive(Debug)]
struct Slot {
    view: SlotView,
    /// The run under way; none when the newest has ended.
    open: Option<(RunId, Rc<RunRequest>)>,
}

/// The state.
#[derive(Debug)]
pub struct Host {
    build: &'static str,
    link: Link,
    way: Way,
    generation: u32,
    restarts: u32,
    runs: u32,
    slots: BTreeMap<u32, Slot>,
    notice: Notice,
}

impl Host {
    /// A page that has not asked for anything.
    #[must_use]
    pub fn new(build: &'static str) -> Self {
        Self {
            build,
            link: Link::Unused,
            way: Way::Address,
            generation: 0,
            restarts: 0,
            runs: 0,
            slots: BTreeMap::new(),
            notice: Notice::None,
        }
    }

    /// What a place sees.
    #[must_use]
    pub fn view(&self, slot: u32) -> SlotView {
        self.slots.get(&slot).map(|slot| slot.view.clone()).unwrap_or_default()
    }

    /// What the shell says.
    #[must_use]
    pub fn notice(&self) -> Notice {
        self.notice.clone()
    }

    /// Takes an event; what to do, in order.
    pub fn handle(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        match event {
            Event::Wanted(slot, request) => self.wanted(slot, request, &mut effects),
            Event::Cancelled(slot) => self.cancelled(slot, &mut effects),
            Event::Closed(slot) => {
                self.cancelled(slot, &mut effects);
                self.slots.remove(&slot);
            }
            Event::Said(Ok(message)) => self.said(message, &mut effects),
            Event::Said(Err(error)) => self.broken(&error, &mut effects),
            Event::Broken(reason) => self.broken(&RunError::Panicked(reason), &mut effects),
            Event::TooSlow(generation) if generation == self.generation && self.link == Link::Starting => {
                self.next_way(&mut effects);
            }
            Event::TooSlow(_) => {}
        }
        effects
    }

    fn wanted(&mut self, slot: u32, request: Rc<RunRequest>, effects: &mut Vec<Effect>) {
        self.runs += 1;
        let id = RunId { slot, number: self.runs };
        let entry = self.slots.entry(slot).or_insert_with(|| Slot { view: SlotView::default(), open: None });
        if self.link == Link::Outdated {
            entry.view.status = RunStatus::Failed(RunError::Outdated);
            effects.push(Effect::Show(slot));
            return;
        }
        entry.view.status = RunStatus::Running { progress: 0.0 };
        entry.open = Some((id, request.clone()));
        effects.push(Effect::Show(slot));
        match self.link {
            Link::Unused => self.spawn(effects),
            Link::Ready => self.send_run(id, &request, effects),
            // Sent as soon as the worker is ready.
            Link::Starting | Link::Outdated => {}
        }
    }

    fn cancelled(&mut self, slot: u32, effects: &mut Vec<Effect>) {
        let Some(entry) = self.slots.get_mut(&slot) else { return };
        let Some((id, _)) = entry.open.take() else { return };
        entry.view.status = if entry.view.latest.is_some() { RunStatus::Done } else { RunStatus::Idle };
        effects.push(Effect::Show(slot));
        if self.link == Link::Ready {
            effects.push(self.send(ToWorker::Cancel { id }));
        }
    }

    fn said(&mut self, message: FromWorker, effects: &mut Vec<Effect>) {
        match message {
            FromWorker::Ready { build, computes_right } => self.ready(&build, computes_right, effects),
            FromWorker::PartWanted => effects.push(Effect::SendPart),
            FromWorker::Progress { id, progress } => self.update(id, effects, |slot| slot.view.status = RunStatus::Running { progress }),
            FromWorker::Done { id, output } => self.update(id, effects, |slot| {
                let request = slot.open.take().map(|(_, request)| request);
                slot.view = SlotView { status: RunStatus::Done, latest: Some(RunResult::of(*output, request)) };
            }),
            FromWorker::Failed { id: Some(id), error } => {
                let fatal = matches!(error, RunError::Panicked(_));
                self.update(id, effects, |slot| {
                    slot.open = None;
                    slot.view.status = RunStatus::Failed(error);
                });
                if fatal {
                    self.restart(effects);
                }
            }
            FromWorker::Failed { id: None, error } => self.broken(&error, effects),
        }
    }

    /// Changes the slot of a run that is still wanted; news of an older run is old.
    fn update(&mut self, id: RunId, effects: &mut Vec<Effect>, change: impl FnOnce(&mut Slot)) {
        let Some(slot) = self.slots.get_mut(&id.slot) else { return };
        if slot.open.as_ref().is_some_and(|(open, _)| *open == id) {
            change(slot);
            effects.push(Effect::Show(id.slot));
        }
    }

    fn ready(&mut self, build: &str, computes_right: bool, effects: &mut Vec<Effect>) {
        if self.link != Link::Starting {
            return;
        }
        if build != self.build {
            self.link = Link::Outdated;
            self.set_notice(Notice::Outdated, effects);
            effects.push(Effect::Terminate);
            self.fail_all(&RunError::Outdated, effects);
            return;
        }
        self.link = Link::Ready;
        if !computes_right {
            self.set_notice(Notice::ComputesDifferently, effects);
        } else if self.way == Way::Page {
            self.set_notice(Notice::OnPage, effects);
        }
        self.send_open(effects);
    }

    fn send_open(&mut self, effects: &mut Vec<Effect>) {
        let mut open: Vec<_> = self.slots.values().filter_map(|slot| slot.open.clone()).collect();
        open.sort_by_key(|(id, _)| id.number);
        for (id, request) in open {
            self.send_run(id, &request, effects);
        }
    }

    /// Has the run done, or says at once what is wrong with its scenario.
    fn send_run(&mut self, id: RunId, request: &RunRequest, effects: &mut Vec<Effect>) {
        match Work::of(request) {
            Ok(work) => effects.push(self.send(ToWorker::Run { id, work: Box::new(work) })),
            Err(error) => self.update(id, effects, |slot| {
                slot.open = None;
                slot.view.status = RunStatus::Failed(error);
            }),
        }
    }

    fn send(&self, order: ToWorker) -> Effect {
        if self.way == Way::Page { Effect::RunHere(order) } else { Effect::Post(order) }
    }

    /// The worker is gone or babbles. Before it was ready another way may work; afterwards nobody knows which run it was.
    fn broken(&mut self, error: &RunError, effects: &mut Vec<Effect>) {
        match self.link {
            // There is no other way left; the next run asks again.
            Link::Starting if self.way == Way::Page => {
                self.link = Link::Unused;
                self.fail_all(error, effects);
            }
            Link::Starting => self.next_way(effects),
            Link::Ready => {
                self.fail_all(error, effects);
                self.restart(effects);
            }
            Link::Unused | Link::Outdated => {}
        }
    }

    fn fail_all(&mut self, error: &RunError, effects: &mut Vec<Effect>) {
        for (name, slot) in &mut self.slots {
            if slot.open.take().is_some() {
                slot.view.status = RunStatus::Failed(error.clone());
                effects.push(Effect::Show(*name));
            }
        }
    }

    /// A new worker; what other places wait for is sent to it once it is ready.
    fn restart(&mut self, effects: &mut Vec<Effect>) {
        if self.way == Way::Page {
            return;
        }
        self.restarts += 1;
        effects.push(Effect::Terminate);
        if self.restarts > RESTARTS_MAX {
            self.way = Way::Page;
        }
        self.spawn(effects);
    }

    fn next_way(&mut self, effects: &mut Vec<Effect>) {
        effects.push(Effect::Terminate);
        self.way = match self.way {
            Way::Address => Way::Blob,
            Way::Blob | Way::Page => Way::Page,
        };
        self.spawn(effects);
    }

    fn spawn(&mut self, effects: &mut Vec<Effect>) {
        self.link = Link::Starting;
        self.generation += 1;
        effects.push(Effect::Spawn { way: self.way, generation: self.generation });
    }

    fn set_notice(&mut self, notice: Notice, effects: &mut Vec<Effect>) {
        self.notice = notice;
        effects.push(Effect::ShowNotice);
    }
}

#[cfg(test)]
mod tests;
