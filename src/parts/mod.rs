//! The parts of the app that a visitor may never need. Each has a module in [`gates`], whose functions lead into it: the release build takes
//! whatever only they reach out of the app's own file, into one that is fetched when it is first asked for (`xtask/src/parts`). In
//! other builds everything is in one file, and every part is there from the start.
//!
//! Enter a part through [`Wait`], or after [`load`]: behind a gate of a part that has not been loaded there is nothing.

pub mod gates;

use crate::app::Route;
use crate::app::fetched::{Fetched, stand_in};
use crate::pages::lesson::WidgetProps;
use crate::platform::fetch::FetchError;
use crate::platform::module;
use gates::{incident, lab, lesson, provisioned, reference};
use std::cell::Cell;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// A part of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The simulator, for pages where no worker can start.
    Engine,
    /// The 9 AM incident.
    Incident,
    /// Playground, own logs, the page about the site, the visual language.
    Lab,
    /// Lessons, their list, and the widgets that they make of data.
    Lesson,
    /// What scenarios with more in them than functions and their callers take of the simulator.
    Network,
    /// The acts about provisioned concurrency.
    Provisioned,
    /// Facts, glossary, event sources, the model card, search.
    Reference,
}

impl Part {
    /// Its name: that of its module of gates, and the end of its file's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Engine => "engine",
            Self::Incident => "incident",
            Self::Lab => "lab",
            Self::Lesson => "lesson",
            Self::Network => "network",
            Self::Provisioned => "provisioned",
            Self::Reference => "reference",
        }
    }
}

/// What the parts have in common.
const SHARED: &str = "shared";

/// Has the part come.
///
/// # Errors
/// When its file does not arrive, or is not of this build.
pub async fn load(part: Part) -> Result<(), FetchError> {
    module::load(&[SHARED, part.name()]).await
}

/// Whether its gates can be entered.
#[must_use]
pub fn is_here(part: Part) -> bool {
    module::is_here(&[SHARED, part.name()])
}

/// What is drawn behind a gate.
#[derive(Clone, PartialEq)]
pub enum View {
    /// A page.
    Page(Route),
    /// A widget of a lesson, by its name.
    Widget(AttrValue, WidgetProps),
}

/// Properties of [`Wait`].
#[derive(Clone, PartialEq, Properties)]
pub struct WaitProps {
    /// The part that draws it.
    pub part: Part,
    /// What it draws.
    pub view: View,
}

/// Draws what the part draws once it is there; before, says that it is on its way, or why it does not come.
#[component]
pub fn Wait(props: &WaitProps) -> Html {
    let part = props.part;
    let state = use_state(|| if is_here(part) { Fetched::Ready(Rc::new(())) } else { Fetched::Loading });
    let tries = use_state(|| 0_u32);
    use_effect_with((part.name(), *tries), {
        let state = state.setter();
        move |_| {
            let wanted = Rc::new(Cell::new(true));
            spawn_local({
                let wanted = wanted.clone();
                async move {
                    if is_here(part) {
                        return;
                    }
                    let answer = load(part).await;
                    if wanted.get() {
                        state.set(answer.map_or_else(Fetched::Failed, |()| Fetched::Ready(Rc::new(()))));
                    }
                }
            });
            move || wanted.set(false)
        }
    });
    let again = {
        let (tries, state) = (tries.clone(), state.clone());
        Callback::from(move |()| {
            state.set(Fetched::Loading);
            tries.set(*tries + 1);
        })
    };
    if state.ready().is_some() { draw(part, &props.view) } else { stand_in(&state, &again) }
}

fn draw(part: Part, view: &View) -> Html {
    match (part, view) {
        (Part::Lab, View::Page(route)) => lab::page(route),
        (Part::Lesson, View::Page(route)) => lesson::page(route),
        (Part::Reference, View::Page(route)) => reference::page(route),
        (Part::Lesson, View::Widget(name, props)) => lesson::widget(name, props.clone()),
        (Part::Incident, View::Widget(_, props)) => incident::widget(props.clone()),
        (Part::Provisioned, View::Widget(name, props)) => provisioned::widget(name, props.clone()),
        _ => Html::default(),
    }
}
