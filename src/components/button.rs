//! Buttons.

use super::{Icon, IconName};
use crate::platform::clipboard;
use crate::t;
use yew::platform::spawn_local;
use yew::prelude::*;

/// How loud a button is. One [`ButtonKind::Primary`] a view: the obvious next act.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The obvious next act.
    Primary,
    /// Any other act.
    #[default]
    Secondary,
    /// An act beside others in a bar or a sentence.
    Quiet,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "btn btn--primary",
            Self::Secondary => "btn btn--secondary",
            Self::Quiet => "btn btn--quiet",
        }
    }
}

/// Properties of [`Button`].
#[derive(Properties, Clone, PartialEq)]
pub struct ButtonProps {
    /// What it says.
    pub label: AttrValue,
    /// What it does.
    pub onclick: Callback<MouseEvent>,
    /// How loud it is.
    #[prop_or_default]
    pub kind: ButtonKind,
    /// Drawn before the label.
    #[prop_or_default]
    pub icon: Option<IconName>,
    /// Whether it can be pressed.
    #[prop_or_default]
    pub disabled: bool,
    /// Whether it is pressed in, for buttons that switch something on and off.
    #[prop_or_default]
    pub pressed: Option<bool>,
    /// The id, where something refers to it.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// Id of the text that says more.
    #[prop_or_default]
    pub described_by: Option<AttrValue>,
    /// Name for the tests.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
}

/// A button with a label.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    html! {
        <button
            type="button"
            id={props.id.clone()}
            class={props.kind.class()}
            disabled={props.disabled}
            aria-pressed={props.pressed.map(|on| if on { "true" } else { "false" })}
            aria-describedby={props.described_by.clone()}
            data-testid={props.testid.clone()}
            onclick={props.onclick.clone()}
        >
            <span class="btn__icon">{ props.icon.map(|name| html! { <Icon {name} /> }) }</span>
            <span class="btn__label">{ &props.label }</span>
        </button>
    }
}

/// Properties of [`IconButton`].
#[derive(Properties, Clone, PartialEq)]
pub struct IconButtonProps {
    /// What is drawn.
    pub icon: IconName,
    /// What is said, and shown when pointed at.
    pub label: AttrValue,
    /// What it does.
    pub onclick: Callback<MouseEvent>,
    /// Whether it can be pressed.
    #[prop_or_default]
    pub disabled: bool,
    /// Whether it is pressed in.
    #[prop_or_default]
    pub pressed: Option<bool>,
    /// Name for the tests.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
}

/// A button with an icon alone, for bars of well-known acts (play, pause, step).
#[component]
pub fn IconButton(props: &IconButtonProps) -> Html {
    html! {
        <button
            type="button"
            class="btn btn--icon"
            disabled={props.disabled}
            aria-label={props.label.clone()}
            title={props.label.clone()}
            aria-pressed={props.pressed.map(|on| if on { "true" } else { "false" })}
            data-testid={props.testid.clone()}
            onclick={props.onclick.clone()}
        >
            <Icon name={props.icon} />
        </button>
    }
}

/// Properties of [`CopyButton`].
#[derive(Properties, Clone, PartialEq)]
pub struct CopyButtonProps {
    /// What goes to the clipboard.
    pub text: AttrValue,
    /// What the button says; "Copy" if nothing else.
    #[prop_or_else(|| AttrValue::from(t!("kit.copy")))]
    pub label: AttrValue,
    /// Name for the tests.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Copied {
    NotYet,
    Done,
    Refused,
}

/// A button that copies a text and says whether it did.
#[component]
pub fn CopyButton(props: &CopyButtonProps) -> Html {
    let copied = use_state(|| Copied::NotYet);
    {
        let copied = copied.clone();
        use_effect_with(props.text.clone(), move |_| copied.set(Copied::NotYet));
    }
    let onclick = {
        let copied = copied.clone();
        let text = props.text.clone();
        Callback::from(move |_| {
            let copied = copied.clone();
            let text = text.clone();
            spawn_local(async move {
                let done = clipboard::copy(&text).await.is_ok();
                copied.set(if done { Copied::Done } else { Copied::Refused });
            });
        })
    };
    let (icon, said) = match *copied {
        Copied::NotYet => (IconName::Copy, ""),
        Copied::Done => (IconName::Check, t!("kit.copied")),
        Copied::Refused => (IconName::Warning, t!("kit.copy_refused")),
    };
    html! {
        <span class="copy">
            <Button label={props.label.clone()} {onclick} {icon} kind={ButtonKind::Quiet} testid={props.testid.clone()} />
            <span class="copy__said" role="status">{ said }</span>
        </span>
    }
}
