//! Progress as text: out of this browser, and into it.

use crate::components::{Button, ButtonKind, Callout, CalloutKind, CodeBlock, Disclosure, FileDrop, TextArea};
use crate::pages::lesson::keep::{self, Imported, Review};
use crate::platform::file::{self, PickedFile};
use crate::platform::storage;
use crate::state::progress::{EXPORT_BYTES_MAX, Export, ProgressError};
use crate::{t, testid};
use yew::platform::spawn_local;
use yew::prelude::*;

const FILE_NAME: &str = "coldstart-progress.json";

/// Properties of [`Transfer`].
#[derive(Properties, PartialEq)]
pub struct TransferProps {
    /// Called when what is kept has changed.
    pub on_change: Callback<()>,
}

/// What became of an import or a download.
#[derive(Clone, Debug, PartialEq)]
enum Outcome {
    Nothing,
    Imported(Imported),
    Refused(String),
    NoDownload(String),
}

/// Shows the progress as text, and takes such a text in.
#[component]
pub fn Transfer(props: &TransferProps) -> Html {
    let pasted = use_state(String::new);
    let outcome = use_state(|| Outcome::Nothing);
    let import = {
        let (outcome, on_change) = (outcome.setter(), props.on_change.clone());
        Callback::from(move |text: String| {
            outcome.set(match Export::parse(&text) {
                Ok(export) => Outcome::Imported(keep::import(&export)),
                Err(error) => Outcome::Refused(error.to_string()),
            });
            on_change.emit(());
        })
    };
    let on_files = {
        let (outcome, import) = (outcome.setter(), import.clone());
        Callback::from(move |files: Vec<PickedFile>| {
            let (outcome, import) = (outcome.clone(), import.clone());
            spawn_local(async move {
                match read(files).await {
                    Ok(text) => import.emit(text),
                    Err(reason) => outcome.set(Outcome::Refused(reason)),
                }
            });
        })
    };
    let download = {
        let outcome = outcome.setter();
        Callback::from(move |_: MouseEvent| {
            if let Err(error) = file::download(FILE_NAME, "application/json", &keep::export().to_json()) {
                outcome.set(Outcome::NoDownload(error.to_string()));
            }
        })
    };
    let take = {
        let (pasted, import) = (pasted.clone(), import);
        Callback::from(move |_: MouseEvent| import.emit((*pasted).clone()))
    };
    let set_pasted = {
        let pasted = pasted.setter();
        Callback::from(move |text: String| pasted.set(text))
    };
    html! {
        <section class="stack no-print">
            <h2>{ t!("progress.title") }</h2>
            <p>{ if storage::lasts() { t!("progress.lead") } else { t!("progress.not_kept") } }</p>
            <Disclosure id="progress-export" label={t!("progress.export")} testid={testid::PROGRESS_EXPORT} lazy={Callback::from(move |()| text(&download))} />
            <Disclosure id="progress-import" label={t!("progress.import")}>
                <div class="stack">
                    <FileDrop id="progress-file" label={t!("progress.file")} accept=".json,application/json" {on_files} testid={testid::PROGRESS_FILE} />
                    <TextArea
                        id="progress-paste"
                        label={t!("progress.paste")}
                        value={(*pasted).clone()}
                        on_input={set_pasted}
                        testid={testid::PROGRESS_PASTE}
                    />
                    <p><Button label={t!("progress.take")} onclick={take} disabled={pasted.trim().is_empty()} testid={testid::PROGRESS_IMPORT} /></p>
                </div>
            </Disclosure>
            <div role="status" data-testid={testid::PROGRESS_SAID}>{ said(&outcome) }</div>
        </section>
    }
}

/// The text, made when it is unfolded.
fn text(download: &Callback<MouseEvent>) -> Html {
    html! {
        <div class="stack">
            <CodeBlock code={keep::export().to_json()} label={FILE_NAME} testid={testid::PROGRESS_TEXT} />
            <p><Button label={t!("progress.download")} kind={ButtonKind::Secondary} onclick={download.clone()} testid={testid::PROGRESS_DOWNLOAD} /></p>
        </div>
    }
}

async fn read(files: Vec<PickedFile>) -> Result<String, String> {
    #[allow(clippy::cast_precision_loss, reason = "a bound of a few megabytes")]
    const MOST: f64 = EXPORT_BYTES_MAX as f64;
    match files.into_iter().next() {
        Some(file) if file.bytes() > MOST => Err(ProgressError::TooLong.to_string()),
        Some(file) => file.text().await.map_err(|error| error.to_string()),
        None => Err(ProgressError::Damaged(String::new()).to_string()),
    }
}

fn said(outcome: &Outcome) -> Html {
    match outcome {
        Outcome::Nothing => Html::default(),
        Outcome::Imported(imported) => html! { { for sentences(imported).into_iter().map(|sentence| html! { <p>{ sentence }</p> }) } },
        Outcome::Refused(reason) => html! {
            <Callout kind={CalloutKind::Error} title={t!("progress.refused")}><p>{ t!("progress.refused_says", reason = reason.clone()) }</p></Callout>
        },
        Outcome::NoDownload(reason) => html! {
            <Callout kind={CalloutKind::Warning} title={t!("progress.no_download")}><p>{ t!("progress.no_download_says", reason = reason.clone()) }</p></Callout>
        },
    }
}

/// What an import took, and what it left.
fn sentences(imported: &Imported) -> Vec<String> {
    let taken = imported.taken;
    let mut said = Vec::new();
    if taken.lessons > 0 {
        said.push(t!("progress.took_lessons", n = taken.lessons));
    }
    if taken.bets > 0 {
        said.push(t!("progress.took_bets", n = taken.bets));
    }
    if taken.finished > 0 {
        said.push(t!("progress.took_finished", n = taken.finished));
    }
    match imported.review {
        Review::Nothing | Review::Taken(0) => {}
        Review::Taken(records) => said.push(t!("progress.took_review", n = records)),
        Review::Unreadable => said.push(t!("progress.unreadable_review").to_owned()),
    }
    if said.is_empty() {
        said.push(t!("progress.took_nothing").to_owned());
    }
    if !imported.lasts {
        said.push(t!("progress.not_kept").to_owned());
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::progress::Taken;

    #[test]
    fn an_import_says_what_it_took_and_what_it_left() {
        let imported = |taken, review| sentences(&Imported { taken, review, lasts: true }).join(" ");
        let all = imported(Taken { lessons: 1, bets: 3, finished: 1 }, Review::Taken(4));
        for part in ["one lesson", "3 predictions", "4 questions"] {
            assert!(all.to_lowercase().contains(part), "{part}: {all}");
        }
        assert!(imported(Taken::default(), Review::Unreadable).contains("cannot be read"));
        assert_eq!(imported(Taken::default(), Review::Nothing), t!("progress.took_nothing"));
        assert_eq!(imported(Taken::default(), Review::Taken(0)), t!("progress.took_nothing"));
    }
}
