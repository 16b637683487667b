//! Tabs: one stop for Tab, arrows between them, Home and End to the ends.

use crate::platform::dom;
use yew::prelude::*;

/// One tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TabItem {
    /// Its id; the tab's element is `{tabs id}-{id}`.
    pub id: AttrValue,
    /// What it says.
    pub label: AttrValue,
}

impl TabItem {
    /// A tab.
    #[must_use]
    pub fn new(id: impl Into<AttrValue>, label: impl Into<AttrValue>) -> Self {
        Self { id: id.into(), label: label.into() }
    }
}

/// Properties of [`Tabs`].
#[derive(Properties, Clone, PartialEq)]
pub struct TabsProps {
    /// Id that the tabs' and the panel's ids are made of.
    pub id: AttrValue,
    /// What is chosen between, for screen readers.
    pub label: AttrValue,
    /// The tabs.
    pub items: Vec<TabItem>,
    /// Id of the selected one.
    pub selected: AttrValue,
    /// Called with the id of the tab that was chosen.
    pub on_select: Callback<AttrValue>,
    /// The selected tab's panel.
    #[prop_or_default]
    pub children: Html,
}

/// The place that a key moves to, of `count` places.
fn moved(at: usize, count: usize, key: &str) -> Option<usize> {
    match key {
        "ArrowRight" | "ArrowDown" => Some((at + 1) % count),
        "ArrowLeft" | "ArrowUp" => Some((at + count - 1) % count),
        "Home" => Some(0),
        "End" => Some(count - 1),
        _ => None,
    }
}

/// Tabs and the panel of the selected one.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let tab_id = |item: &TabItem| AttrValue::from(format!("{}-{}", props.id, item.id));
    let panel_id = AttrValue::from(format!("{}-panel", props.id));
    let at = props.items.iter().position(|item| item.id == props.selected).unwrap_or(0);
    let onkeydown = {
        let props = props.clone();
        Callback::from(move |event: KeyboardEvent| {
            let Some(item) = moved(at, props.items.len().max(1), &event.key()).and_then(|to| props.items.get(to)) else { return };
            event.prevent_default();
            dom::focus(&format!("{}-{}", props.id, item.id));
            props.on_select.emit(item.id.clone());
        })
    };
    let tabs = props.items.iter().enumerate().map(|(i, item)| {
        let onclick = {
            let id = item.id.clone();
            props.on_select.reform(move |_: MouseEvent| id.clone())
        };
        let selected = i == at;
        html! {
            <button
                key={item.id.to_string()}
                type="button"
                role="tab"
                id={tab_id(item)}
                class="tab"
                aria-selected={if selected { "true" } else { "false" }}
                aria-controls={panel_id.clone()}
                tabindex={if selected { "0" } else { "-1" }}
                {onclick}
            >
                { &item.label }
            </button>
        }
    });
    html! {
        <div class="tabs">
            <div class="tabs__list" role="tablist" aria-label={props.label.clone()} {onkeydown}>{ for tabs }</div>
            <div class="tabs__panel" role="tabpanel" id={panel_id.clone()} aria-labelledby={props.items.get(at).map(tab_id)} tabindex="0">
                { props.children.clone() }
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn keys_go_round() {
        assert_eq!(moved(0, 3, "ArrowLeft"), Some(2));
        assert_eq!(moved(2, 3, "ArrowRight"), Some(0));
        assert_eq!(moved(1, 3, "End"), Some(2));
        assert_eq!(moved(1, 3, "Enter"), None);
    }
}
