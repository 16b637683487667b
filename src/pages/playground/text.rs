//! The scenario as text.

use super::edit::to_text;
use super::fields::Field;
use super::state::{Act, TEXT_BYTES_MAX, TextProblem, Writing};
use crate::components::{Callout, CalloutKind, CopyButton, TextArea};
use crate::{t, testid};
use yew::prelude::*;

const ROWS: u32 = 32;

/// The text, editable; what was typed stays as it was typed.
pub fn editor(writing: &Writing, fields: &[Field], act: &Callback<Act>) -> Html {
    let text = writing.draft.as_ref().map_or_else(|| to_text(&writing.value, fields), |draft| draft.text.clone());
    let problem = writing.draft.as_ref().and_then(|draft| draft.problem.as_ref()).map(words);
    html! {
        <div class="stack stack--tight">
            <TextArea
                id="pg-text"
                label={t!("playground.text")}
                value={text.clone()}
                on_input={act.reform(Act::Type)}
                hint={AttrValue::from(t!("playground.text_hint"))}
                problem={problem.map(AttrValue::from)}
                rows={ROWS}
                testid={testid::PLAYGROUND_TEXT}
            />
            <CopyButton {text} />
        </div>
    }
}

fn words(problem: &TextProblem) -> String {
    match problem {
        TextProblem::TooLong => t!("playground.text_too_long", n = TEXT_BYTES_MAX / 1_024),
        TextProblem::Syntax { line, column, message } => {
            t!("playground.text_syntax", line = *line, column = *column, message = message.clone())
        }
        TextProblem::Meaning { line, column, message } => {
            t!("playground.text_meaning", line = *line, column = *column, message = message.clone())
        }
    }
}

/// Said above the fields while they stand for an older text.
pub fn unread_note(writing: &Writing) -> Html {
    if !writing.is_unread() {
        return Html::default();
    }
    html! {
        <Callout kind={CalloutKind::Warning} title={t!("playground.unread_title")}><p>{ t!("playground.unread") }</p></Callout>
    }
}
