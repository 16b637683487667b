use super::*;
use crate::runner::protocol::tests_support::{output, request};

fn wanted(slot: u32, seed: u64) -> Event {
    Event::Wanted(slot, Rc::new(request(seed)))
}

fn ready(build: &str) -> Event {
    Event::Said(Ok(FromWorker::Ready { build: build.to_owned(), computes_right: true }))
}

fn posted(effects: &[Effect]) -> Vec<(u32, u32)> {
    let id = |effect: &Effect| match effect {
        Effect::Post(ToWorker::Run { id, .. }) | Effect::RunHere(ToWorker::Run { id, .. }) => Some((id.slot, id.number)),
        _ => None,
    };
    effects.iter().filter_map(id).collect()
}

fn spawned(effects: &[Effect]) -> Option<Way> {
    effects.iter().find_map(|effect| if let Effect::Spawn { way, .. } = effect { Some(*way) } else { None })
}

fn done(slot: u32, number: u32) -> Event {
    Event::Said(Ok(FromWorker::Done { id: RunId { slot, number }, output: Box::new(output(u64::from(number))) }))
}

fn host_at_work() -> Host {
    let mut host = Host::new("b");
    host.handle(wanted(1, 1));
    host.handle(ready("b"));
    host
}

#[test]
fn nothing_is_posted_before_the_worker_is_ready() {
    let mut host = Host::new("b");
    let first = host.handle(wanted(1, 1));
    assert_eq!((spawned(&first), posted(&first)), (Some(Way::Address), vec![]));
    assert!(posted(&host.handle(wanted(2, 1))).is_empty());
    assert!(posted(&host.handle(wanted(1, 2))).is_empty());
    assert_eq!(posted(&host.handle(ready("b"))), [(2, 2), (1, 3)], "the newest of each place, oldest first");
}

#[test]
fn the_latest_run_wins_and_the_last_result_stays_meanwhile() {
    let mut host = host_at_work();
    host.handle(done(1, 1));
    assert_eq!(posted(&host.handle(wanted(1, 2))), [(1, 2)]);
    host.handle(wanted(1, 3));
    assert!(host.handle(done(1, 2)).is_empty(), "news of a run that nobody wants any more");
    let view = host.view(1);
    assert_eq!((view.status, view.latest.unwrap().report.seed), (RunStatus::Running { progress: 0.0 }, 1));
    host.handle(done(1, 3));
    let view = host.view(1);
    let latest = view.latest.unwrap();
    assert_eq!((view.status, latest.report.seed, latest.request().unwrap().seed), (RunStatus::Done, 3, 3));
}

#[test]
fn cancelling_tells_the_worker_and_returns_to_what_there_was() {
    let mut host = host_at_work();
    let effects = host.handle(Event::Cancelled(1));
    assert!(effects.contains(&Effect::Post(ToWorker::Cancel { id: RunId { slot: 1, number: 1 } })));
    assert_eq!(host.view(1).status, RunStatus::Idle);
    host.handle(wanted(1, 2));
    host.handle(done(1, 2));
    host.handle(wanted(1, 3));
    host.handle(Event::Cancelled(1));
    assert_eq!(host.view(1).status, RunStatus::Done);
    assert!(host.handle(Event::Cancelled(1)).is_empty());
}

#[test]
fn a_worker_of_another_build_is_not_used() {
    let mut host = Host::new("b");
    host.handle(wanted(1, 1));
    assert!(host.handle(ready("other")).contains(&Effect::Terminate));
    assert_eq!((host.notice(), host.view(1).status), (Notice::Outdated, RunStatus::Failed(RunError::Outdated)));
    host.handle(wanted(2, 1));
    assert_eq!(host.view(2).status, RunStatus::Failed(RunError::Outdated));
}

#[test]
fn a_worker_that_cannot_start_is_tried_as_a_blob_and_then_on_the_page() {
    let mut host = Host::new("b");
    host.handle(wanted(1, 1));
    assert_eq!(spawned(&host.handle(Event::Broken("no".to_owned()))), Some(Way::Blob));
    assert!(host.handle(Event::TooSlow(1)).is_empty(), "the timer of the first worker is late");
    assert_eq!(spawned(&host.handle(Event::TooSlow(2))), Some(Way::Page));
    let effects = host.handle(ready("b"));
    assert!(matches!(effects.last(), Some(Effect::RunHere(ToWorker::Run { .. }))), "{effects:?}");
    assert_eq!(host.notice(), Notice::OnPage);
}

#[test]
fn a_simulator_that_cannot_be_fetched_fails_the_runs_and_is_asked_for_again() {
    let mut host = Host::new("b");
    host.handle(wanted(1, 1));
    host.handle(Event::Broken("no".to_owned()));
    host.handle(Event::Broken("no".to_owned()));
    assert_eq!(spawned(&host.handle(Event::Broken("offline".to_owned()))), None);
    assert!(matches!(host.view(1).status, RunStatus::Failed(_)));
    assert_eq!(spawned(&host.handle(wanted(1, 2))), Some(Way::Page));
    assert_eq!(posted(&host.handle(ready("b"))), [(1, 2)]);
}

#[test]
fn a_panic_fails_its_run_and_the_others_go_to_a_new_worker() {
    let mut host = host_at_work();
    host.handle(wanted(2, 1));
    let error = RunError::Panicked("boom".to_owned());
    let effects = host.handle(Event::Said(Ok(FromWorker::Failed { id: Some(RunId { slot: 1, number: 1 }), error: error.clone() })));
    assert_eq!((spawned(&effects), effects.contains(&Effect::Terminate)), (Some(Way::Address), true));
    assert_eq!(host.view(1).status, RunStatus::Failed(error));
    assert_eq!(posted(&host.handle(ready("b"))), [(2, 2)]);
}

#[test]
fn a_death_without_words_fails_all_and_too_many_end_on_the_page() {
    let mut host = host_at_work();
    for _ in 0..=RESTARTS_MAX {
        host.handle(wanted(1, 1));
        host.handle(Event::Broken("gone".to_owned()));
        assert!(matches!(host.view(1).status, RunStatus::Failed(RunError::Panicked(_))));
        host.handle(ready("b"));
    }
    assert_eq!(host.notice(), Notice::OnPage);
}

#[test]
fn an_unreadable_message_is_a_failure_not_a_panic() {
    let mut host = host_at_work();
    host.handle(Event::Said(Err(RunError::Unreadable("x".to_owned()))));
    assert_eq!(host.view(1).status, RunStatus::Failed(RunError::Unreadable("x".to_owned())));
}

#[test]
fn a_wrong_known_answer_is_said_and_runs_go_on() {
    let mut host = Host::new("b");
    host.handle(wanted(1, 1));
    let effects = host.handle(Event::Said(Ok(FromWorker::Ready { build: "b".to_owned(), computes_right: false })));
    assert_eq!(host.notice(), Notice::ComputesDifferently);
    assert_eq!(posted(&effects), [(1, 1)]);
}

#[test]
fn a_scenario_with_mistakes_is_never_sent_and_the_last_result_stays() {
    let mut host = host_at_work();
    host.handle(done(1, 1));
    let mut wrong = request(2);
    wrong.spec.functions.clear();
    assert!(posted(&host.handle(Event::Wanted(1, Rc::new(wrong)))).is_empty());
    let view = host.view(1);
    assert!(matches!(view.status, RunStatus::Failed(RunError::Invalid(_))) && view.latest.is_some(), "{view:?}");
    assert_eq!(posted(&host.handle(wanted(1, 3))), [(1, 3)]);
}

#[test]
fn a_closed_place_is_forgotten() {
    let mut host = host_at_work();
    host.handle(Event::Closed(1));
    assert!(host.handle(done(1, 1)).is_empty());
    assert_eq!(host.view(1), SlotView::default());
}
