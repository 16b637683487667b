//! Things that unfold.

use super::{Icon, IconName};
use yew::prelude::*;

/// Properties of [`Disclosure`].
#[derive(Properties, Clone, PartialEq)]
pub struct DisclosureProps {
    /// Id of the part that unfolds.
    pub id: AttrValue,
    /// What the button says.
    pub label: AttrValue,
    /// Whether it starts unfolded.
    #[prop_or_default]
    pub open: bool,
    /// Name for the tests.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
    /// The part that unfolds; built even while folded, so keep it small or use [`Disclosure`] with `lazy`.
    #[prop_or_default]
    pub children: Html,
    /// Builds the part that unfolds only while it is unfolded.
    #[prop_or_default]
    pub lazy: Option<Callback<(), Html>>,
}

/// A button and the part that it unfolds.
#[component]
pub fn Disclosure(props: &DisclosureProps) -> Html {
    let open = use_state_eq(|| props.open);
    let onclick = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    html! {
        <div class="disclosure">
            <button
                type="button"
                class="disclosure__button"
                aria-expanded={if *open { "true" } else { "false" }}
                aria-controls={props.id.clone()}
                data-testid={props.testid.clone()}
                {onclick}
            >
                <Icon name={IconName::Chevron} />
                <span>{ &props.label }</span>
            </button>
            <div class="disclosure__body" id={props.id.clone()} hidden={!*open}>
                <div>{ props.children.clone() }</div>
                <div>{ props.lazy.as_ref().filter(|_| *open).map(|build| build.emit(())) }</div>
            </div>
        </div>
    }
}
