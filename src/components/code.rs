//! Text for machines: templates, log lines, commands.

use super::CopyButton;
use yew::prelude::*;

/// Properties of [`CodeBlock`].
#[derive(Properties, Clone, PartialEq)]
pub struct CodeBlockProps {
    /// The text.
    pub code: AttrValue,
    /// What it is, above it and for screen readers: `template.yaml`.
    pub label: AttrValue,
    /// Whether it can be copied.
    #[prop_or(true)]
    pub copy: bool,
    /// Whether long lines wrap.
    #[prop_or_default]
    pub wrap: bool,
    /// Name for the tests.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
}

/// Code with a caption, a copy button and a scroll container that the keyboard reaches.
#[component]
pub fn CodeBlock(props: &CodeBlockProps) -> Html {
    html! {
        <figure class="code" data-testid={props.testid.clone()}>
            <figcaption class="code__head">
                <span class="code__label">{ &props.label }</span>
                <span class="code__acts">{ props.copy.then(|| html! { <CopyButton text={props.code.clone()} /> }) }</span>
            </figcaption>
            <pre class={classes!("code__text", props.wrap.then_some("code__text--wrap"))} tabindex="0" role="group" aria-label={props.label.clone()}>
                <code>{ &props.code }</code>
            </pre>
        </figure>
    }
}
