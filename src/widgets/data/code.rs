//! `code`: versions of a handler; the one that is shown is the one that runs.

use super::data;
use super::figures::{figures, strip};
use super::listing::Listing;
use crate::components::{TabItem, Tabs};
use crate::pages::lesson::WidgetProps;
use crate::runner::{RunRequest, RunStatus, use_run};
use crate::{t, testid};
use coldstart_course::data::Code;
use coldstart_course::patch;
use std::rc::Rc;
use yew::prelude::*;

/// The widget.
#[component]
pub fn CodeWidget(props: &WidgetProps) -> Html {
    let code = use_memo(props.props.clone(), |_| data::<Code>(props));
    match (code.as_ref(), &props.spec) {
        (Some(code), Some(_)) if !code.variant.is_empty() => html! { <Bench code={Rc::new(code.clone())} widget={props.clone()} /> },
        _ => html! { <p class="muted">{ t!("lab.unreadable") }</p> },
    }
}

#[derive(Clone, PartialEq, Properties)]
struct BenchProps {
    code: Rc<Code>,
    widget: WidgetProps,
}

#[component]
fn Bench(props: &BenchProps) -> Html {
    let BenchProps { code, widget } = props;
    let at = use_state_eq(|| 0_usize);
    let language = use_state_eq(|| 0_usize);
    let Some(variant) = code.variant.get(*at) else { return Html::default() };
    let Some(base) = &widget.spec else { return Html::default() };
    let spec = use_memo((base.clone(), *at), |(base, _)| patch::set(base, &variant.set));
    let handle = use_run(spec.as_ref().as_ref().ok().map(|spec| RunRequest { seed: widget.seed, ..RunRequest::new(spec.clone()) }));
    {
        let (report, name) = (widget.on_report.clone(), widget.run.clone());
        use_effect_with(handle.latest.clone(), move |latest| latest.iter().for_each(|latest| report.emit((name.clone(), latest.clone()))));
    }
    let choose = |state: &UseStateHandle<usize>| {
        let state = state.setter();
        Callback::from(move |id: AttrValue| id.parse().into_iter().for_each(|at| state.set(at)))
    };
    let tab = |(at, label): (usize, &str)| TabItem::new(at.to_string(), label.to_owned());
    let variants: Vec<TabItem> = code.variant.iter().map(|variant| variant.label.as_str()).enumerate().map(tab).collect();
    let files: Vec<TabItem> = variant.files.iter().map(|file| language_of(file)).enumerate().map(tab).collect();
    let shown = variant.files.get(*language).or(variant.files.first()).cloned().unwrap_or_default();
    let notes = variant.note.iter().filter(|note| note.file == shown).cloned().collect::<Vec<_>>();
    let text = code.texts.get(&shown).cloned().unwrap_or_default();
    let failed = match (&handle.status, spec.as_ref()) {
        (RunStatus::Failed(reason), _) => t!("provisioned.failed", reason = reason.to_string()),
        (_, Err(reason)) => reason.clone(),
        _ => String::new(),
    };
    html! {
        <div class="lab data-code" data-testid={testid::CODE} data-state={handle.status.word()}>
            <Tabs id={format!("{}-variants", widget.id)} label={t!("lab.variants")} items={variants} selected={at.to_string()} on_select={choose(&at)}>
                <div class="stack">
                    <Tabs id={format!("{}-files", widget.id)} label={t!("lab.languages")} items={files} selected={language.to_string()} on_select={choose(&language)}>
                        <Listing label={shown} {text} {notes} />
                    </Tabs>
                    <p class="lab-remark" aria-live="polite">{ failed }</p>
                    { strip(&figures(handle.latest.as_ref().map(|run| &run.report), &code.numbers), &widget.bets) }
                </div>
            </Tabs>
        </div>
    }
}

/// The language of a file, by the end of its name.
fn language_of(file: &str) -> &'static str {
    match file.rsplit_once('.').map(|(_, end)| end) {
        Some("py") => "Python",
        Some("mjs" | "js") => "JavaScript",
        _ => t!("lab.listing"),
    }
}
