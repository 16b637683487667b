//! Share links on the page: the button that makes one, and what an opened one says.

use super::navigation::use_navigation;
use super::route::Route;
use crate::components::{Button, ButtonKind, Callout, CalloutKind};
use crate::platform::{clipboard, location};
use crate::state::share::{self, ADVISED_CHARS, ShareError, Shared};
use crate::{t, testid};
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// The scenario that the address carries: none, one that opens, or one that does not.
#[derive(Clone, Debug, PartialEq)]
pub enum OpenedLink {
    /// The address has no share link.
    None,
    /// It opens.
    Opened(Rc<Shared>),
    /// It does not; the page shows its preset instead.
    Failed(ShareError),
}

impl OpenedLink {
    /// The scenario, if the link opened.
    #[must_use]
    pub fn shared(&self) -> Option<&Rc<Shared>> {
        if let Self::Opened(shared) = self { Some(shared) } else { None }
    }
}

/// The share link in the address, read once per visit.
#[hook]
pub fn use_opened_link() -> OpenedLink {
    let place = use_navigation().place;
    let opened = use_memo(place.shared().map(ToOwned::to_owned), |payload| match payload.as_deref().map(share::decode) {
        None => OpenedLink::None,
        Some(Ok(shared)) => OpenedLink::Opened(Rc::new(shared)),
        Some(Err(error)) => OpenedLink::Failed(error),
    });
    (*opened).clone()
}

/// What the reader has to know about the link that they opened; nothing where all is well.
pub fn opened_link_note(link: &OpenedLink) -> Html {
    let note = |kind, title: &'static str, text: String| {
        html! { <Callout {kind} {title} live=true testid={testid::LINK_NOTE}><p>{ text }</p></Callout> }
    };
    match link {
        OpenedLink::Failed(ShareError::Newer(_)) => note(CalloutKind::Warning, t!("share.newer_title"), t!("share.newer").to_owned()),
        OpenedLink::Failed(error) => {
            note(CalloutKind::Error, t!("share.unreadable_title"), t!("share.unreadable", reason = error.to_string()))
        }
        OpenedLink::Opened(shared) if shared.model_version != crate::MODEL_VERSION => {
            let text = t!("share.other_model", then = shared.model_version.to_string(), now = crate::MODEL_VERSION.to_string());
            note(CalloutKind::Note, t!("share.other_model_title"), text)
        }
        OpenedLink::Opened(_) | OpenedLink::None => Html::default(),
    }
}

/// The page that a share link opens on.
fn route_of(shared: &Shared) -> Route {
    shared.lesson.clone().map_or(Route::Playground, Route::Lesson)
}

/// Properties of [`ShareButton`].
#[derive(Properties, PartialEq)]
pub struct ShareButtonProps {
    /// What the link carries; the model version is filled in here.
    pub shared: Shared,
    /// Asked, when the link is made, for the moment that the reader looks at, in milliseconds of simulated time.
    #[prop_or_default]
    pub moment: Option<Callback<(), Option<u64>>>,
}

#[derive(Clone, PartialEq)]
enum Outcome {
    NotYet,
    /// Whether it leads to a moment.
    Copied(bool),
    ByHand(String),
    TooLong(String),
    Impossible(ShareError),
}

/// Copies a link to the scenario, and puts it in the address bar. Where the clipboard is denied it shows the link.
#[component]
pub fn ShareButton(props: &ShareButtonProps) -> Html {
    let navigation = use_navigation();
    let outcome = use_state(|| Outcome::NotYet);
    use_effect_with(props.shared.clone(), {
        let outcome = outcome.setter();
        move |_| outcome.set(Outcome::NotYet)
    });
    let onclick = {
        let (outcome, shared, moment) = (outcome.setter(), props.shared.clone(), props.moment.clone());
        Callback::from(move |_: MouseEvent| {
            let t_ms = moment.as_ref().and_then(|moment| moment.emit(()));
            let shared = Shared { model_version: crate::MODEL_VERSION, t_ms, ..shared.clone() };
            let payload = match share::encode(&shared) {
                Ok(payload) => payload,
                Err(error) => return outcome.set(Outcome::Impossible(error)),
            };
            let address = format!("{}#s={payload}", navigation.address(&route_of(&shared)));
            let link = location::absolute(&address).unwrap_or(address);
            // Where the host keeps the address to itself, the copied link is valid all the same.
            let _ = navigation.replace_fragment(&format!("s={payload}"));
            super::crash::note_scenario_link(link.clone());
            let outcome = outcome.clone();
            spawn_local(async move {
                outcome.set(match clipboard::copy(&link).await {
                    _ if link.len() > ADVISED_CHARS => Outcome::TooLong(link),
                    Ok(()) => Outcome::Copied(t_ms.is_some()),
                    Err(_) => Outcome::ByHand(link),
                });
            });
        })
    };
    let said = match &*outcome {
        Outcome::NotYet => Html::default(),
        Outcome::Copied(false) => html! { { t!("share.copied") } },
        Outcome::Copied(true) => html! { { t!("share.copied_moment") } },
        Outcome::ByHand(link) => link_field(t!("share.by_hand"), link),
        Outcome::TooLong(link) => link_field(t!("share.too_long"), link),
        Outcome::Impossible(error) => html! { { t!("share.impossible", reason = error.to_string()) } },
    };
    html! {
        <div class="cluster share">
            <Button label={t!("share.button")} kind={ButtonKind::Quiet} {onclick} testid={testid::SHARE} />
            <span class="share__said small" role="status" data-testid={testid::SHARE_SAID}>{ said }</span>
        </div>
    }
}

fn link_field(label: &'static str, link: &str) -> Html {
    html! {
        <label class="share__link">{ label }{ " " }<input type="text" readonly=true value={link.to_owned()} /></label>
    }
}
