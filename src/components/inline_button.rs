//! A button within a line of text.

use yew::prelude::*;

/// Properties of [`InlineButton`].
#[derive(Properties, Clone, PartialEq)]
pub struct InlineButtonProps {
    /// Its class.
    pub class: AttrValue,
    /// Whether what it opens is open.
    pub expanded: bool,
    /// Id of what it opens.
    pub controls: AttrValue,
    /// Its element, to give the focus back to.
    pub node: NodeRef,
    /// Told when it is pressed.
    pub on_press: Callback<()>,
    /// Name for the tests.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
    /// The words.
    pub children: Html,
}

/// A `button` element is a box, which a line cannot break and after which a full stop may stand alone on the next line. This one is text
/// that acts as a button does: by pointer, Enter and Space.
#[component]
pub fn InlineButton(props: &InlineButtonProps) -> Html {
    let onkeydown = {
        let press = props.on_press.clone();
        Callback::from(move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), "Enter" | " ") {
                // Space would move the page.
                event.prevent_default();
                press.emit(());
            }
        })
    };
    html! {
        <span
            role="button"
            tabindex="0"
            class={props.class.clone()}
            ref={props.node.clone()}
            aria-expanded={if props.expanded { "true" } else { "false" }}
            aria-controls={props.controls.clone()}
            data-testid={props.testid.clone()}
            onclick={props.on_press.reform(|_: MouseEvent| ())}
            {onkeydown}
        >
            { props.children.clone() }
        </span>
    }
}
