//! A place for files. They are read here; nothing leaves the browser.

use super::{Button, IconName};
use crate::platform::{file, ui};
use crate::t;
use yew::prelude::*;

/// Properties of [`FileDrop`].
#[derive(Properties, Clone, PartialEq)]
pub struct FileDropProps {
    /// Id of the file field.
    pub id: AttrValue,
    /// What kind of file is wanted.
    pub label: AttrValue,
    /// Called with the files that were chosen or dropped.
    pub on_files: Callback<Vec<file::PickedFile>>,
    /// File name endings, as `<input accept>` has them: `.log,.csv`.
    #[prop_or_default]
    pub accept: Option<AttrValue>,
    /// Whether several files may be given at once.
    #[prop_or_default]
    pub multiple: bool,
    /// Name for the tests.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
}

/// A button that opens the file dialog, in an area that takes dropped files.
#[component]
pub fn FileDrop(props: &FileDropProps) -> Html {
    let over = use_state_eq(|| false);
    let input = use_node_ref();
    let set_over = |to: bool| {
        let over = over.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(to);
        })
    };
    let ondrop = {
        let (over, on_files) = (over.clone(), props.on_files.clone());
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(false);
            emit(&on_files, file::dropped(&event));
        })
    };
    let onchange = {
        let on_files = props.on_files.clone();
        Callback::from(move |event: Event| emit(&on_files, file::chosen(&event)))
    };
    let open = {
        let input = input.clone();
        Callback::from(move |_: MouseEvent| ui::click_ref(&input))
    };
    html! {
        <div class={classes!("drop", over.then_some("drop--over"))} ondragover={set_over(true)} ondragleave={set_over(false)} {ondrop}>
            <label class="drop__label" for={props.id.clone()}>{ &props.label }</label>
            <input
                class="drop__input"
                type="file"
                ref={input}
                id={props.id.clone()}
                accept={props.accept.clone()}
                multiple={props.multiple}
                tabindex="-1"
                data-testid={props.testid.clone()}
                {onchange}
            />
            <Button label={t!("kit.choose_file")} icon={IconName::Upload} onclick={open} />
            <span class="muted small">{ t!("kit.or_drop") }</span>
        </div>
    }
}

fn emit(on_files: &Callback<Vec<file::PickedFile>>, files: Vec<file::PickedFile>) {
    if !files.is_empty() {
        on_files.emit(files);
    }
}
