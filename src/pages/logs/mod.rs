//! The reader's own logs: paste or drop REPORT lines, see what they say, and run the function that wrote them. Nothing is sent
//! anywhere.

mod charts;
mod results;
mod run;
mod sample;
mod scenario;
mod state;
mod view;

use crate::app::PageHeading;
use crate::components::{Button, ButtonKind, Callout, CalloutKind, FileDrop, TextArea};
use crate::platform::file::PickedFile;
use crate::platform::timing;
use crate::runner::{RunStatus, use_run};
use crate::{t, testid};
use results::Results;
use state::{Action, LogsState, Status};
use std::rc::Rc;
use view::ReadLog;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Typing is over once nothing has come for so long, in milliseconds; it also lets "reading" be drawn before the page is busy with it.
const READ_AFTER_MS: u32 = 250;
const ACCEPTED: &str = ".txt,.log,.json,.csv";

/// The page.
#[component]
pub fn Logs() -> Html {
    let state = use_reducer(LogsState::default);
    use_reading(&state);
    use_sample(&state);
    let typed = dispatching(&state, Action::Typed);
    let on_files = use_files(&state);
    let log = state.log.clone();
    html! {
        <article class="page logs">
            <PageHeading title={t!("logs.title")} />
            <p class="lede">{ t!("logs.lead") }</p>
            <section class="logs-input" aria-label={t!("logs.input")}>
                <TextArea id="logs-text" label={t!("logs.paste")} hint={t!("logs.paste_hint")} value={state.typed.clone()} rows={7}
                    on_input={typed} testid={testid::LOGS_TEXT} />
                <div class="logs-ways">
                    <FileDrop id="logs-file" label={t!("logs.file")} accept={ACCEPTED} {on_files} testid={testid::LOGS_FILE} />
                    <div class="cluster">
                        <Button label={t!("logs.try_sample")} kind={ButtonKind::Primary} onclick={dispatching(&state, |_: MouseEvent| Action::SampleAsked)}
                            testid={testid::LOGS_SAMPLE} />
                        <Button label={t!("logs.clear")} kind={ButtonKind::Quiet} disabled={state.status == Status::Idle}
                            onclick={dispatching(&state, |_: MouseEvent| Action::Cleared)} testid={testid::LOGS_CLEAR} />
                    </div>
                </div>
                <p class="logs-privacy">{ t!("logs.privacy") }</p>
            </section>
            <div class="logs-results" data-testid={testid::LOGS_RESULTS} data-state={state.status.word()}
                aria-busy={(state.status == Status::Reading).then_some("true")}>
                <p class="logs-status" role="status" data-testid={testid::LOGS_STATUS}>{ status_words(&state) }</p>
                <div>{ problem(&state.status) }</div>
                <div>{ log.map(|log| html! { <Results {log} /> }) }</div>
            </div>
        </article>
    }
}

fn dispatching<T: 'static>(state: &UseReducerHandle<LogsState>, action: impl Fn(T) -> Action + 'static) -> Callback<T> {
    let dispatch = state.dispatcher();
    Callback::from(move |value| dispatch.dispatch(action(value)))
}

/// Reads each new text once it has come to rest.
#[hook]
fn use_reading(state: &UseReducerHandle<LogsState>) {
    let (text, dispatch) = (state.text.clone(), state.dispatcher());
    use_effect_with(state.ticket, move |ticket| {
        let ticket = *ticket;
        let timer = (!text.is_empty())
            .then(|| timing::after_ms(READ_AFTER_MS, move || dispatch.dispatch(Action::Read { ticket, log: ReadLog::of(&text) })));
        move || drop(timer)
    });
}

/// Runs the sample's scenario when it is asked for and writes its log.
#[hook]
fn use_sample(state: &UseReducerHandle<LogsState>) {
    let wants = state.wants_sample;
    let request = use_memo((), |()| sample::request());
    let run = use_run(wants.then(|| (*request).clone()));
    let dispatch = state.dispatcher();
    use_effect_with((wants, run.status, run.latest), move |(wants, status, latest)| {
        let written = match (status, latest) {
            (RunStatus::Failed(reason), _) => Err(reason.to_string()),
            (_, Some(run)) => run.timeline.as_ref().and_then(sample::log_text).ok_or_else(|| t!("logs.sample_unrecorded").to_owned()),
            (_, None) => return,
        };
        if *wants {
            dispatch.dispatch(Action::SampleWritten(written));
        }
    });
}

/// Takes the first of the files that are chosen or dropped.
#[hook]
fn use_files(state: &UseReducerHandle<LogsState>) -> Callback<Vec<PickedFile>> {
    let last = use_mut_ref(|| 0_u32);
    let dispatch = state.dispatcher();
    Callback::from(move |files: Vec<PickedFile>| {
        let Some(file) = files.into_iter().next() else { return };
        let id = {
            let mut last = last.borrow_mut();
            *last += 1;
            *last
        };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the size of a file")]
        let bytes = file.bytes().max(0.0) as u64;
        dispatch.dispatch(Action::FileChosen { id, name: file.name(), bytes });
        if bytes > state::BYTES_MAX as u64 {
            return;
        }
        let dispatch = dispatch.clone();
        spawn_local(async move {
            let text = file.text().await.map_err(|error| error.to_string());
            dispatch.dispatch(Action::FileRead { id, text });
        });
    })
}

fn status_words(state: &LogsState) -> String {
    let log = match (&state.status, &state.log) {
        (Status::Reading, _) => return t!("logs.reading").to_owned(),
        (Status::Idle | Status::Failed(_), _) | (_, None) => return String::new(),
        (Status::Done, Some(log)) => log,
    };
    let read = view::read_words(&log.parsed);
    match view::origin_words(&state.origin) {
        Some(origin) => format!("{origin} {read}"),
        None => read,
    }
}

fn problem(status: &Status) -> Html {
    let Status::Failed(problem) = status else { return Html::default() };
    let (title, text) = view::problem_words(problem);
    html! { <Callout kind={CalloutKind::Error} {title} live=true testid={testid::LOGS_PROBLEM}><p>{ text }</p></Callout> }
}

/// Draws a chart that may be missing.
fn chart(id: &'static str, spec: Option<&Rc<crate::charts::ChartSpec>>) -> Html {
    match spec {
        Some(spec) => html! { <crate::charts::ChartView {id} spec={spec.clone()} /> },
        None => Html::default(),
    }
}

#[cfg(test)]
mod tests;
