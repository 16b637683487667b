//! Fields that keep what is typed until it makes sense.

use super::fields::{FieldKind, number};
use crate::components::format;
use crate::platform::dom;
use crate::t;
use serde_json::Value;
use yew::prelude::*;

/// Entries up to which a list of numbers can be edited as a text; longer ones are a file's business.
const LISTED_MAX: usize = 2_000;

/// Properties of [`NumberField`] and [`NumbersField`].
#[derive(Properties, Clone, PartialEq)]
pub struct NumberFieldProps {
    /// Id of the field.
    pub id: AttrValue,
    /// What is typed.
    pub label: AttrValue,
    /// The value; what is no number is shown as it was typed.
    pub value: Value,
    /// Number or whole number.
    pub kind: FieldKind,
    /// Unit, behind the field.
    pub unit: AttrValue,
    /// Called with a number, or with the text where it is none.
    pub on_set: Callback<Value>,
    /// What to know about it.
    pub hint: Html,
    /// Whether something is wrong with it.
    pub wrong: bool,
}

/// What was typed, as a value: a text where it is no number, so that nothing is lost.
#[must_use]
pub fn read_number(text: &str, kind: FieldKind) -> Value {
    format::parse(text).map_or_else(|| Value::String(text.to_owned()), |value| number(value, kind))
}

/// A value as it is typed.
#[must_use]
pub fn typed(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.as_f64().map_or_else(|| other.to_string(), |number| number.to_string()),
    }
}

/// Several numbers between commas or white space.
#[must_use]
pub fn read_numbers(text: &str, kind: FieldKind) -> Value {
    let parts = text.split(|c: char| c == ',' || c == ';' || c.is_whitespace()).filter(|part| !part.is_empty());
    Value::Array(parts.map(|part| read_number(part, kind)).collect())
}

/// A number with its unit.
#[component]
pub fn NumberField(props: &NumberFieldProps) -> Html {
    let draft = use_state_eq(|| None::<String>);
    let oninput = {
        let (draft, on_set, kind) = (draft.setter(), props.on_set.clone(), props.kind);
        Callback::from(move |event: InputEvent| {
            let text = dom::value_of(&event).unwrap_or_default();
            on_set.emit(read_number(&text, kind));
            draft.set(Some(text));
        })
    };
    let onblur = {
        let draft = draft.setter();
        Callback::from(move |_: FocusEvent| draft.set(None))
    };
    let shown = draft.as_ref().cloned().unwrap_or_else(|| typed(&props.value));
    html! {
        <div class="field">
            <label class="field__label" for={props.id.clone()}>{ &props.label }</label>
            <div class="pg-number">
                <input
                    type="text"
                    inputmode="decimal"
                    class="field__input num"
                    id={props.id.clone()}
                    value={shown}
                    autocomplete="off"
                    aria-invalid={props.wrong.then_some("true")}
                    aria-describedby={described_by(&props.id, props.wrong)}
                    {oninput}
                    {onblur}
                />
                <span class="pg-unit">{ &props.unit }</span>
            </div>
            <div class="field__hint" id={format!("{}-hint", props.id)}>{ props.hint.clone() }</div>
        </div>
    }
}

/// Many numbers as a text.
#[component]
pub fn NumbersField(props: &NumberFieldProps) -> Html {
    let draft = use_state_eq(|| None::<String>);
    let list = props.value.as_array().map_or(&[][..], Vec::as_slice);
    if list.len() > LISTED_MAX {
        return html! {
            <div class="field">
                <span class="field__label">{ &props.label }</span>
                <p class="field__hint">{ t!("playground.long_list", n = list.len()) }</p>
            </div>
        };
    }
    let oninput = {
        let (draft, on_set, kind) = (draft.setter(), props.on_set.clone(), props.kind);
        Callback::from(move |event: InputEvent| {
            let text = dom::value_of(&event).unwrap_or_default();
            on_set.emit(read_numbers(&text, kind));
            draft.set(Some(text));
        })
    };
    let onblur = {
        let draft = draft.setter();
        Callback::from(move |_: FocusEvent| draft.set(None))
    };
    let shown = draft.as_ref().cloned().unwrap_or_else(|| list.iter().map(typed).collect::<Vec<_>>().join(", "));
    html! {
        <div class="field">
            <label class="field__label" for={props.id.clone()}>{ &props.label }{ " " }<span class="pg-unit">{ &props.unit }</span></label>
            <textarea
                class="field__input field__input--area"
                id={props.id.clone()}
                value={shown}
                rows="3"
                spellcheck="false"
                autocomplete="off"
                aria-invalid={props.wrong.then_some("true")}
                aria-describedby={described_by(&props.id, props.wrong)}
                {oninput}
                {onblur}
            />
            <div class="field__hint" id={format!("{}-hint", props.id)}>{ t!("playground.numbers_hint") }{ " " }{ props.hint.clone() }</div>
        </div>
    }
}

fn described_by(id: &AttrValue, wrong: bool) -> String {
    if wrong { format!("{id}-hint {id}-said") } else { format!("{id}-hint") }
}
