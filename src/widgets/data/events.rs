//! `events`: what an event of each source looks like.

use super::data;
use super::listing::{Listing, ticked};
use crate::components::{TabItem, Tabs};
use crate::pages::lesson::WidgetProps;
use crate::{t, testid};
use coldstart_course::data::Events;
use yew::prelude::*;

/// The widget.
#[component]
pub fn EventsWidget(props: &WidgetProps) -> Html {
    let events = use_memo(props.props.clone(), |_| data::<Events>(props));
    let at = use_state_eq(|| 0_usize);
    let Some(events) = events.as_ref() else { return html! { <p class="muted">{ t!("lab.unreadable") }</p> } };
    let Some(shape) = events.shape.get(*at) else { return Html::default() };
    let on_select = {
        let at = at.setter();
        Callback::from(move |id: AttrValue| id.parse().into_iter().for_each(|chosen| at.set(chosen)))
    };
    let items: Vec<TabItem> =
        events.shape.iter().enumerate().map(|(at, shape)| TabItem::new(at.to_string(), shape.label.clone())).collect();
    let text = events.texts.get(&shape.file).cloned().unwrap_or_default();
    html! {
        <div class="lab data-events" data-testid={testid::EVENTS} data-state="done">
            <Tabs id={format!("{}-shapes", props.id)} label={t!("lab.sources")} {items} selected={at.to_string()} {on_select}>
                <div class="stack">
                    <p>{ ticked(&shape.text) }</p>
                    <Listing label={shape.label.clone()} {text} notes={shape.note.clone()} />
                </div>
            </Tabs>
        </div>
    }
}
