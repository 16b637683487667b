//! "Why did you choose this?": a text that is kept with the answer.

use crate::components::{Button, TextArea};
use crate::state::review::store;
use crate::{t, testid};
use yew::prelude::*;

/// Properties of [`Why`].
#[derive(Properties, PartialEq)]
pub struct WhyProps {
    /// The question's id on the page.
    pub id: AttrValue,
    /// The key of what is remembered.
    pub record: AttrValue,
    /// What was written earlier.
    pub start: AttrValue,
}

/// The field, and the button that keeps it.
#[component]
pub fn Why(props: &WhyProps) -> Html {
    let text = use_state(|| props.start.to_string());
    let kept = use_state_eq(|| None::<bool>);
    let on_input = {
        let (text, kept) = (text.setter(), kept.setter());
        Callback::from(move |typed| {
            text.set(typed);
            kept.set(None);
        })
    };
    let keep = {
        let (text, kept, record) = (text.clone(), kept.setter(), props.record.clone());
        Callback::from(move |_: MouseEvent| kept.set(Some(store::note(&record, &text))))
    };
    let said = kept.map(|kept| if kept { t!("quiz.kept") } else { t!("quiz.forgotten") });
    let part = |part: &str| format!("{}-{part}", props.id);
    html! {
        <div class="stack stack--tight">
            <TextArea
                id={part(testid::PART_WHY)}
                label={t!("quiz.why")}
                value={(*text).clone()}
                hint={AttrValue::from(t!("quiz.why_hint"))}
                rows=2
                {on_input}
                testid={part(testid::PART_WHY)}
            />
            <div class="cluster">
                <Button label={t!("quiz.keep")} onclick={keep} testid={part(testid::PART_KEEP)} />
                <span role="status" class="muted small">{ said }</span>
            </div>
        </div>
    }
}
