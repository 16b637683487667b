//! A number from AWS with where it comes from.

use super::InlineButton;
use crate::i18n::Text;
use crate::platform::ui;
use crate::{t, text};
use yew::prelude::*;

/// How sure we are of a fact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Confidence {
    /// AWS says so in its documentation.
    #[default]
    Documented,
    /// Measured by someone, who says how.
    Measured,
    /// AWS does not publish it: our modelling choice.
    Choice,
    /// Sources disagree.
    Conflict,
}

impl Confidence {
    const fn look(self) -> (&'static str, Text) {
        match self {
            Self::Documented => ("fact", text!("kit.documented")),
            Self::Measured => ("fact fact--measured", text!("kit.measured")),
            Self::Choice => ("fact fact--choice", text!("kit.choice")),
            Self::Conflict => ("fact fact--measured", text!("kit.conflict")),
        }
    }
}

/// Properties of [`FactPopover`].
#[derive(Properties, Clone, PartialEq)]
pub struct FactPopoverProps {
    /// Id of the region that opens.
    pub id: AttrValue,
    /// The value as it stands in the text: `10 s`.
    pub value: AttrValue,
    /// What the value is: `Longest INIT phase`.
    pub title: AttrValue,
    /// More about it.
    #[prop_or_default]
    pub note: Option<AttrValue>,
    /// Name of the source.
    pub source: AttrValue,
    /// Its address, if it is on the web.
    #[prop_or_default]
    pub url: Option<AttrValue>,
    /// The day on which it was read.
    pub read_on: AttrValue,
    /// How sure we are.
    #[prop_or_default]
    pub confidence: Confidence,
    /// Name for the tests.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
}

/// A value in the text that opens its source. Esc closes it and goes back to the value; so does leaving it.
#[component]
pub fn FactPopover(props: &FactPopoverProps) -> Html {
    let open = use_state_eq(|| false);
    let whole = use_node_ref();
    let button = use_node_ref();
    let set = |to: bool| {
        let open = open.clone();
        move || open.set(to)
    };
    let toggle = {
        let set = set(!*open);
        Callback::from(move |()| set())
    };
    let close = {
        let (set, button) = (set(false), button.clone());
        Callback::from(move |()| {
            set();
            ui::focus_ref(&button);
        })
    };
    let onkeydown = {
        let (close, open) = (close.clone(), *open);
        Callback::from(move |event: KeyboardEvent| {
            if open && event.key() == "Escape" {
                event.stop_propagation();
                close.emit(());
            }
        })
    };
    let onfocusout = {
        let (set, whole) = (set(false), whole.clone());
        Callback::from(move |event: FocusEvent| {
            if !ui::focus_stays_in(&event, &whole) {
                set();
            }
        })
    };
    let (class, sure) = props.confidence.look();
    html! {
        <span {class} ref={whole} {onkeydown} {onfocusout}>
            <InlineButton class="fact__value" node={button} expanded={*open} controls={props.id.clone()} on_press={toggle} testid={props.testid.clone()}>
                { &props.value }
            </InlineButton>
            <span class="fact__box" id={props.id.clone()} role="group" aria-label={props.title.clone()} tabindex="-1" hidden={!*open}>
                { if *open { details(props, sure, &close) } else { Html::default() } }
            </span>
        </span>
    }
}

/// Phrasing elements only: the fact stands inside a paragraph.
fn details(props: &FactPopoverProps, sure: Text, close: &Callback<()>) -> Html {
    let source = match &props.url {
        Some(url) => html! { <a href={url.clone()} target="_blank" rel="noopener noreferrer">{ &props.source }</a> },
        None => html! { { &props.source } },
    };
    let row = |label: &'static str, value: Html| {
        html! {
            <span class="fact__row"><span class="fact__key">{ label }</span><span>{ value }</span></span>
        }
    };
    html! {
        <>
            <span class="fact__title">{ &props.title }</span>
            <span class="fact__big num">{ &props.value }</span>
            <span class="fact__note">{ props.note.clone() }</span>
            { row(t!("kit.source"), source) }
            { row(t!("kit.read_on"), html! { { &props.read_on } }) }
            { row(t!("kit.confidence"), html! { { sure.get() } }) }
            <button type="button" class="btn btn--quiet fact__close" onclick={close.reform(|_: MouseEvent| ())}>{ t!("kit.close") }</button>
        </>
    }
}
