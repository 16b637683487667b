//! Fields other than the slider: lists, switches, text.

use crate::platform::dom;
use yew::prelude::*;

/// One entry of a [`Select`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    /// What the callback gets.
    pub value: AttrValue,
    /// What the list says.
    pub label: AttrValue,
}

impl SelectOption {
    /// An entry.
    #[must_use]
    pub fn new(value: impl Into<AttrValue>, label: impl Into<AttrValue>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// Properties of [`Select`].
#[derive(Properties, Clone, PartialEq)]
pub struct SelectProps {
    /// Id of the list.
    pub id: AttrValue,
    /// What is chosen.
    pub label: AttrValue,
    /// The entries.
    pub options: Vec<SelectOption>,
    /// Value of the chosen entry.
    pub value: AttrValue,
    /// Called with the value of the entry that was chosen.
    pub on_change: Callback<AttrValue>,
    /// What to know about it.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// Whether it can be changed.
    #[prop_or_default]
    pub disabled: bool,
    /// Name for the tests.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
}

/// A list to choose from.
#[component]
pub fn Select(props: &SelectProps) -> Html {
    let onchange = props.on_change.reform(|event: Event| AttrValue::from(dom::value_of(&event).unwrap_or_default()));
    html! {
        <div class="field">
            <label class="field__label" for={props.id.clone()}>{ &props.label }</label>
            <div class="select">
                <select
                    id={props.id.clone()}
                    disabled={props.disabled}
                    aria-describedby={hint_id(&props.id, props.hint.as_ref())}
                    data-testid={props.testid.clone()}
                    {onchange}
                >
                    { for props.options.iter().map(|option| html! {
                        <option key={option.value.to_string()} value={option.value.clone()} selected={option.value == props.value}>
                            { &option.label }
                        </option>
                    }) }
                </select>
            </div>
            { hint(&props.id, props.hint.as_ref()) }
        </div>
    }
}

/// Properties of [`Toggle`].
#[derive(Properties, Clone, PartialEq)]
pub struct ToggleProps {
    /// Id of the switch.
    pub id: AttrValue,
    /// What is switched.
    pub label: AttrValue,
    /// Whether it is on.
    pub on: bool,
    /// Called with what it should become.
    pub on_change: Callback<bool>,
    /// What to know about it.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// Whether it can be changed.
    #[prop_or_default]
    pub disabled: bool,
    /// Name for the tests.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
}

/// A switch.
#[component]
pub fn Toggle(props: &ToggleProps) -> Html {
    let onclick = {
        let on = props.on;
        props.on_change.reform(move |_: MouseEvent| !on)
    };
    html! {
        <div class="field">
            <button
                type="button"
                role="switch"
                class="toggle"
                id={props.id.clone()}
                aria-checked={if props.on { "true" } else { "false" }}
                aria-describedby={hint_id(&props.id, props.hint.as_ref())}
                disabled={props.disabled}
                data-testid={props.testid.clone()}
                {onclick}
            >
                <span class="toggle__track" aria-hidden="true"><span class="toggle__knob"></span></span>
                <span class="toggle__label">{ &props.label }</span>
            </button>
            { hint(&props.id, props.hint.as_ref()) }
        </div>
    }
}

/// Properties of [`TextField`] and [`TextArea`].
#[derive(Properties, Clone, PartialEq)]
pub struct TextFieldProps {
    /// Id of the field.
    pub id: AttrValue,
    /// What is typed.
    pub label: AttrValue,
    /// The text.
    pub value: AttrValue,
    /// Called with the text at every change.
    pub on_input: Callback<String>,
    /// What to know about it.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong with the text, if something is.
    #[prop_or_default]
    pub problem: Option<AttrValue>,
    /// Lines shown, of a [`TextArea`].
    #[prop_or(6)]
    pub rows: u32,
    /// Name for the tests.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
}

/// A line of text.
#[component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let oninput = props.on_input.reform(|event: InputEvent| dom::value_of(&event).unwrap_or_default());
    html! {
        <div class="field">
            <label class="field__label" for={props.id.clone()}>{ &props.label }</label>
            <input
                type="text"
                class="field__input"
                id={props.id.clone()}
                value={props.value.clone()}
                aria-invalid={props.problem.is_some().then_some("true")}
                aria-describedby={described_by(props)}
                autocomplete="off"
                spellcheck="false"
                data-testid={props.testid.clone()}
                {oninput}
            />
            { hint(&props.id, props.hint.as_ref()) }
            { problem(&props.id, props.problem.as_ref()) }
        </div>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(props: &TextFieldProps) -> Html {
    let oninput = props.on_input.reform(|event: InputEvent| dom::value_of(&event).unwrap_or_default());
    html! {
        <div class="field">
            <label class="field__label" for={props.id.clone()}>{ &props.label }</label>
            <textarea
                class="field__input field__input--area"
                id={props.id.clone()}
                value={props.value.clone()}
                rows={props.rows.to_string()}
                aria-invalid={props.problem.is_some().then_some("true")}
                aria-describedby={described_by(props)}
                autocomplete="off"
                spellcheck="false"
                data-testid={props.testid.clone()}
                {oninput}
            />
            { hint(&props.id, props.hint.as_ref()) }
            { problem(&props.id, props.problem.as_ref()) }
        </div>
    }
}

/// Id of the hint below a field, where there is one.
pub(super) fn hint_id(id: &AttrValue, hint: Option<&AttrValue>) -> Option<AttrValue> {
    hint.map(|_| format!("{id}-hint").into())
}

/// The hint below a field: always one wrapper, whether there is a hint or not.
pub(super) fn hint(id: &AttrValue, hint: Option<&AttrValue>) -> Html {
    html! {
        <div class="field__hint" id={format!("{id}-hint")}>{ hint.cloned() }</div>
    }
}

fn problem(id: &AttrValue, problem: Option<&AttrValue>) -> Html {
    html! {
        <div class="field__problem" id={format!("{id}-problem")} role="alert">{ problem.cloned() }</div>
    }
}

fn described_by(props: &TextFieldProps) -> Option<AttrValue> {
    let hint = props.hint.as_ref().map(|_| format!("{}-hint", props.id));
    let problem = props.problem.as_ref().map(|_| format!("{}-problem", props.id));
    let ids: Vec<String> = [hint, problem].into_iter().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" ").into())
}
