//! A listing with numbered lines and remarks on some of them.

use crate::components::CopyButton;
use crate::t;
use coldstart_course::data::Note;
use yew::prelude::*;

/// A short text of a lesson's data, with what stands between backticks as code.
pub fn ticked(text: &str) -> Html {
    let part = |(at, part): (usize, &str)| {
        if at % 2 == 1 {
            html! { <code>{ part }</code> }
        } else {
            html! { { part } }
        }
    };
    text.split('`').enumerate().map(part).collect()
}

/// Properties of [`Listing`].
#[derive(Clone, PartialEq, Properties)]
pub struct ListingProps {
    /// What it is: the file's name.
    pub label: AttrValue,
    /// The text.
    pub text: AttrValue,
    /// Remarks on its lines.
    #[prop_or_default]
    pub notes: Vec<Note>,
}

/// The listing; lines with a remark are marked, and the remarks follow in order.
#[component]
pub fn Listing(props: &ListingProps) -> Html {
    let noted = |number: usize| props.notes.iter().any(|note| note.line as usize == number);
    let line = |(at, text): (usize, &str)| {
        let marked = noted(at + 1);
        html! {
            <li key={at} class={classes!("listing__line", marked.then_some("listing__line--noted"))}>
                <code>{ text }</code>{ if marked { html! { <span class="visually-hidden">{ t!("lab.noted") }</span> } } else { Html::default() } }
            </li>
        }
    };
    let mut notes = props.notes.clone();
    notes.sort_by_key(|note| note.line);
    html! {
        <figure class="code listing">
            <figcaption class="code__head">
                <span class="code__label">{ &props.label }</span>
                <span class="code__acts"><CopyButton text={props.text.clone()} /></span>
            </figcaption>
            <div class="code__text" tabindex="0" role="group" aria-label={props.label.clone()}>
                <ol class="listing__lines">{ for props.text.lines().enumerate().map(line) }</ol>
            </div>
            <ul class="listing__notes">
                { for notes.iter().map(|note| html! {
                    <li key={note.line.to_string()}><strong>{ t!("lab.line", n = note.line) }</strong>{ " " }{ ticked(&note.text) }</li>
                }) }
            </ul>
        </figure>
    }
}
