//! What pages use.

use super::host;
use super::protocol::{RunRequest, RunResult, RunStatus};
use super::state::{Event, Notice, SlotView};
use std::rc::Rc;
use yew::prelude::*;

/// A run of a place on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct RunHandle {
    /// How far the newest run is.
    pub status: RunStatus,
    /// The last result; it stays while the next run is under way.
    pub latest: Option<RunResult>,
    /// Gives the newest run up.
    pub cancel: Callback<()>,
}

/// Runs `request` whenever it changes; the newest wins. `None` runs nothing and gives up what runs.
#[hook]
pub fn use_run<R: Into<Option<RunRequest>>>(request: R) -> RunHandle {
    let request: Option<RunRequest> = request.into();
    let slot = *use_memo((), |()| host::new_slot(false));
    let view = use_state(SlotView::default);
    use_effect_with((), {
        let view = view.setter();
        move |()| {
            host::watch(slot, Callback::from(move |new| view.set(new)));
            move || host::close(slot)
        }
    });
    use_effect_with(request, move |request| {
        host::dispatch(match request {
            Some(request) => Event::Wanted(slot, Rc::new(request.clone())),
            None => Event::Cancelled(slot),
        });
    });
    let cancel = use_callback((), move |(), ()| host::dispatch(Event::Cancelled(slot)));
    RunHandle { status: view.status.clone(), latest: view.latest.clone(), cancel }
}

/// Several runs of a place on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct RunsHandle {
    /// Of each request, in their order.
    pub views: Vec<SlotView>,
}

impl RunsHandle {
    /// Last results, in the order of the requests.
    #[must_use]
    pub fn results(&self) -> Vec<Option<RunResult>> {
        self.views.iter().map(|view| view.latest.clone()).collect()
    }

    /// All together: failed as soon as one has, done once all are.
    #[must_use]
    pub fn status(&self) -> RunStatus {
        let of = |view: &SlotView| view.status.clone();
        if let Some(failed) = self.views.iter().map(of).find(|status| matches!(status, RunStatus::Failed(_))) {
            return failed;
        }
        let share = |view: &SlotView| match view.status {
            RunStatus::Done => 1.0,
            RunStatus::Running { progress } => progress,
            RunStatus::Idle | RunStatus::Failed(_) => 0.0,
        };
        match self.views.len() {
            0 => RunStatus::Idle,
            _ if self.views.iter().all(|view| view.status == RunStatus::Done) => RunStatus::Done,
            _ if self.views.iter().all(|view| view.status == RunStatus::Idle) => RunStatus::Idle,
            #[allow(clippy::cast_precision_loss, reason = "a handful of runs")]
            count => RunStatus::Running { progress: self.views.iter().map(share).sum::<f64>() / count as f64 },
        }
    }
}

/// The places behind [`use_runs`]; they close when the component goes.
#[derive(Default)]
struct Slots(Vec<(u32, RunRequest)>);

impl Drop for Slots {
    fn drop(&mut self) {
        self.0.drain(..).for_each(|(slot, _)| host::close(slot));
    }
}

/// Runs all `requests`, after whatever [`use_run`] asks for; one that changes is run again, the others keep their results.
#[hook]
pub fn use_runs(requests: Vec<RunRequest>) -> RunsHandle {
    let slots = use_mut_ref(Slots::default);
    let views = use_mut_ref(Vec::<SlotView>::new);
    let shown = use_force_update();
    use_effect_with(requests, {
        let views = views.clone();
        move |requests| {
            let mut slots = slots.borrow_mut();
            while slots.0.len() > requests.len() {
                slots.0.pop().into_iter().for_each(|(slot, _)| host::close(slot));
            }
            views.borrow_mut().resize(requests.len(), SlotView::default());
            for (index, request) in requests.iter().enumerate() {
                let slot = match slots.0.get_mut(index) {
                    Some((_, same)) if same == request => continue,
                    Some((slot, old)) => {
                        old.clone_from(request);
                        *slot
                    }
                    None => {
                        let slot = host::new_slot(true);
                        slots.0.push((slot, request.clone()));
                        slot
                    }
                };
                let (views, shown) = (views.clone(), shown.clone());
                host::watch(
                    slot,
                    Callback::from(move |new| {
                        if let Some(view) = views.borrow_mut().get_mut(index) {
                            *view = new;
                        }
                        shown.force_update();
                    }),
                );
                host::dispatch(Event::Wanted(slot, Rc::new(request.clone())));
            }
        }
    });
    RunsHandle { views: views.borrow().clone() }
}

/// What the reader should know about all runs.
#[hook]
pub fn use_runner_notice() -> Notice {
    let notice = use_state(Notice::default);
    use_effect_with((), {
        let notice = notice.setter();
        move |()| {
            let (now, number) = host::watch_notice(Callback::from({
                let notice = notice.clone();
                move |new| notice.set(new)
            }));
            notice.set(now);
            move || host::unwatch_notice(number)
        }
    });
    (*notice).clone()
}
