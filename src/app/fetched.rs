//! Files of the site, as pages use them: loading, there, or not to be had, with a way to try again.

use crate::components::{Button, Callout, CalloutKind};
use crate::platform::fetch::{self, FetchError};
use crate::{t, testid};
use serde::de::DeserializeOwned;
use std::cell::Cell;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// A file on its way.
#[derive(Debug)]
pub enum Fetched<T> {
    /// Not yet there.
    Loading,
    /// There; shared, and compared by pointer.
    Ready(Rc<T>),
    /// Not to be had.
    Failed(FetchError),
}

impl<T> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Loading => Self::Loading,
            Self::Ready(data) => Self::Ready(data.clone()),
            Self::Failed(error) => Self::Failed(error.clone()),
        }
    }
}

impl<T> Fetched<T> {
    /// The data, if it is there.
    #[must_use]
    pub fn ready(&self) -> Option<&Rc<T>> {
        if let Self::Ready(data) = self { Some(data) } else { None }
    }
}

/// The JSON file at this address, relative to the document, and how to ask for it again.
#[hook]
pub fn use_fetched<T: DeserializeOwned + 'static>(file: &str) -> (Fetched<T>, Callback<()>) {
    let state = use_state(|| Fetched::Loading);
    let tries = use_state(|| 0_u32);
    use_effect_with((file.to_owned(), *tries), {
        let state = state.setter();
        move |(file, _)| {
            state.set(Fetched::Loading);
            let wanted = Rc::new(Cell::new(true));
            spawn_local({
                let (file, wanted) = (file.clone(), wanted.clone());
                async move {
                    let answer = fetch::json(&file).await;
                    // An answer to an older question is not news.
                    if wanted.get() {
                        state.set(answer.map_or_else(Fetched::Failed, |data| Fetched::Ready(Rc::new(data))));
                    }
                }
            });
            move || wanted.set(false)
        }
    });
    let again = {
        let tries = tries.clone();
        Callback::from(move |()| tries.set(*tries + 1))
    };
    ((*state).clone(), again)
}

/// What stands in for a page whose file is not there (yet).
pub fn stand_in<T>(state: &Fetched<T>, again: &Callback<()>) -> Html {
    match state {
        Fetched::Ready(_) => Html::default(),
        Fetched::Loading => html! { <p class="muted" role="status" data-testid={testid::LOADING}>{ t!("fetched.loading") }</p> },
        Fetched::Failed(error) => html! {
            <Callout kind={CalloutKind::Error} title={t!("fetched.failed")} live=true testid={testid::FETCH_FAILED}>
                <p>{ t!("fetched.reason", reason = error.to_string()) }</p>
                <p>{ t!("fetched.advice") }</p>
                <Button label={t!("fetched.again")} onclick={again.reform(|_| ())} testid={testid::FETCH_AGAIN} />
            </Callout>
        },
    }
}
