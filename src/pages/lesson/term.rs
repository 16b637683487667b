//! A word of the glossary in the text: it opens its meaning in place.

use super::host;
use crate::components::InlineButton;
use crate::platform::fetch;
use crate::{platform::ui, t};
use coldstart_course::{Glossary, Term as Word, TermSource};
use std::cell::RefCell;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Where the glossary is.
const FILE: &str = "lessons/glossary.json";

thread_local! {
    /// Fetched at the first word that is opened, for the whole visit.
    static GLOSSARY: RefCell<Option<Rc<Glossary>>> = const { RefCell::new(None) };
}

/// Properties of [`Term`].
#[derive(Properties, PartialEq)]
pub struct TermProps {
    /// The word's slug.
    pub slug: AttrValue,
    /// Id of the part that opens.
    pub id: AttrValue,
    /// The words in the text.
    pub children: Html,
}

/// What is known of the meaning.
#[derive(Clone, PartialEq)]
enum Meaning {
    Closed,
    Loading,
    Known(Word),
    Missing,
}

/// The word. Pressed again, or with Esc, it closes.
#[component]
pub fn Term(props: &TermProps) -> Html {
    let meaning = use_state(|| Meaning::Closed);
    let button = use_node_ref();
    let open = *meaning != Meaning::Closed;
    let toggle = {
        let (meaning, slug) = (meaning.clone(), props.slug.clone());
        Callback::from(move |()| {
            if open {
                return meaning.set(Meaning::Closed);
            }
            meaning.set(Meaning::Loading);
            let (meaning, slug) = (meaning.setter(), slug.clone());
            spawn_local(async move { meaning.set(look_up(&slug).await) });
        })
    };
    let onkeydown = {
        let (meaning, button) = (meaning.setter(), button.clone());
        Callback::from(move |event: KeyboardEvent| {
            if open && event.key() == "Escape" {
                event.stop_propagation();
                meaning.set(Meaning::Closed);
                ui::focus_ref(&button);
            }
        })
    };
    let (text, source) = match &*meaning {
        Meaning::Closed => (String::new(), None),
        Meaning::Loading => (t!("fetched.loading").to_owned(), None),
        Meaning::Known(word) => (format!("{}: {}", word.term, word.meaning), word.source.as_ref()),
        Meaning::Missing => (t!("lesson.no_meaning").to_owned(), None),
    };
    html! {
        <span class="fact fact--term" {onkeydown}>
            <InlineButton class="fact__value" node={button} expanded={open} controls={props.id.clone()} on_press={toggle}>
                { props.children.clone() }
            </InlineButton>
            <span class="fact__box" id={props.id.clone()} role="status" hidden={!open}>
                <span class="fact__note">{ text }</span>
                <span class="fact__note">{ source.map(from) }</span>
            </span>
        </span>
    }
}

/// Where the meaning is from, and when that was read.
fn from(source: &TermSource) -> Html {
    let row = |key: &'static str, value: Html| html! { <span class="fact__row"><span class="fact__key">{ key }</span><span>{ value }</span></span> };
    let link = html! { <a href={source.url.clone()} target="_blank" rel="noopener noreferrer">{ host(&source.url).to_owned() }</a> };
    html! { <>{ row(t!("kit.source"), link) }{ row(t!("kit.read_on"), html! { { &source.read } }) }</> }
}

async fn look_up(slug: &str) -> Meaning {
    let known = GLOSSARY.with_borrow(Clone::clone);
    let glossary = match known {
        Some(glossary) => glossary,
        None => match fetch::json::<Glossary>(FILE).await {
            Ok(glossary) => {
                let glossary = Rc::new(glossary);
                GLOSSARY.set(Some(glossary.clone()));
                glossary
            }
            Err(_) => return Meaning::Missing,
        },
    };
    let found = glossary.terms.iter().find(|term| term.id == slug);
    found.map_or(Meaning::Missing, |term| Meaning::Known(term.clone()))
}
