//! Where the reader is, and how they get elsewhere without the page being loaded again.

use super::route::{Query, Route};
use crate::platform::{dom, events, location, timing};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::prelude::*;

/// Id of the heading that takes the focus after a navigation.
pub const HEADING_ID: &str = "page-heading";

/// Where the reader is.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The page.
    pub route: Route,
    /// All parameters of the address.
    pub query: Query,
    /// What follows the `#`, without it: a share link or the id of a section.
    pub fragment: String,
    /// Counts the moves of this visit; two visits of one page are two places.
    pub visit: u32,
}

impl Place {
    /// What the address bar says.
    fn read(visit: u32) -> Self {
        let query = Query::parse(&location::query());
        Self { route: Route::of(&query), query, fragment: location::hash().trim_start_matches('#').to_owned(), visit }
    }

    /// The share link's payload, when the fragment is one.
    #[must_use]
    pub fn shared(&self) -> Option<&str> {
        self.fragment.strip_prefix("s=")
    }
}

/// The context that pages get with `use_navigation`.
#[derive(Clone, Debug, PartialEq)]
pub struct Navigation {
    /// Where the reader is.
    pub place: Rc<Place>,
    /// Goes to another page.
    pub go: Callback<Route>,
    /// Goes to another page with a fragment: a share link's payload after `s=`, or the id of a section.
    pub open: Callback<(Route, AttrValue)>,
    scroll: Rc<Scroll>,
}

/// What moves the focus and the scroll position once a page that was navigated to is drawn.
#[derive(Debug, Default)]
struct Scroll {
    entry: Cell<u32>,
    positions: RefCell<BTreeMap<u32, f64>>,
    arrival: Cell<Option<f64>>,
}

impl PartialEq for Scroll {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Scroll {
    /// Remembers where the reader was and moves on to `entry`.
    fn leave_for(&self, entry: u32) {
        let mut positions = self.positions.borrow_mut();
        positions.insert(self.entry.get(), location::scroll_y());
        self.arrival.set(Some(positions.get(&entry).copied().unwrap_or_default()));
        self.entry.set(entry);
    }

    /// A new entry drops everything that was ahead of it.
    fn push(&self) -> u32 {
        let entry = self.entry.get() + 1;
        self.positions.borrow_mut().split_off(&entry);
        self.leave_for(entry);
        entry
    }
}

impl Navigation {
    /// Address of a page, for links.
    #[must_use]
    pub fn address(&self, route: &Route) -> String {
        route.address(&self.place.query)
    }

    /// Puts a fragment (a share link, the id of a section) in the address bar; adds nothing to the history.
    ///
    /// # Errors
    /// Where the browser refuses; the link is valid all the same.
    pub fn replace_fragment(&self, fragment: &str) -> Result<(), crate::platform::PlatformError> {
        let address = location::href();
        let without = address.split('#').next().unwrap_or_default();
        location::replace(&format!("{without}#{fragment}"), self.scroll.entry.get())
    }

    /// Called by the heading of a page once it is drawn: after a navigation the focus goes there.
    fn arrived(&self) {
        let Some(y) = self.scroll.arrival.take() else { return };
        dom::focus(HEADING_ID);
        let scroll = Rc::downgrade(&self.scroll);
        let entry = self.scroll.entry.get();
        scroll_back(y, FRAMES_OF_PATIENCE, Rc::new(move || scroll.upgrade().is_some_and(|scroll| scroll.entry.get() == entry)));
    }
}

/// Frames for which a page that is still fetching may grow until the old scroll position exists again.
const FRAMES_OF_PATIENCE: u32 = 120;

/// Scrolls to `y`, again at each frame while the page is too short for it, the reader has not scrolled and `still_here` says so.
fn scroll_back(y: f64, frames: u32, still_here: Rc<dyn Fn() -> bool>) {
    location::scroll_to(y);
    let reached = location::scroll_y();
    if frames == 0 || reached >= y - 1.0 {
        return;
    }
    timing::next_frame(move |_| {
        let scrolled_by_reader = (location::scroll_y() - reached).abs() > 1.0;
        if still_here() && !scrolled_by_reader {
            scroll_back(y, frames - 1, still_here);
        }
    })
    .keep();
}

/// The navigation of the page that a component is on.
#[hook]
pub fn use_navigation() -> Navigation {
    use_context::<Navigation>().unwrap_or_else(|| Navigation {
        place: Rc::new(Place { route: Route::Home, query: Query::default(), fragment: String::new(), visit: 0 }),
        go: Callback::noop(),
        open: Callback::noop(),
        scroll: Rc::default(),
    })
}

/// Follows the address bar; for the app itself. `start` overrides the address in tests.
#[hook]
pub(super) fn use_address(start: Option<Route>) -> Navigation {
    let scroll = use_memo((), |()| Scroll::default());
    let place = use_state(|| {
        let mut place = Place::read(0);
        place.route = start.unwrap_or(place.route);
        Rc::new(place)
    });
    let visits = use_mut_ref(|| 0_u32);

    let arrive = {
        let (place, visits) = (place.setter(), visits.clone());
        Callback::from(move |new: Option<Place>| {
            let mut visits = visits.borrow_mut();
            *visits += 1;
            let read = new.unwrap_or_else(|| Place::read(*visits));
            place.set(Rc::new(Place { visit: *visits, ..read }));
        })
    };

    let open = {
        let (scroll, arrive, place) = (scroll.clone(), arrive.clone(), place.clone());
        Callback::from(move |(route, fragment): (Route, AttrValue)| {
            let address = route.address(&place.query);
            let query = Query::parse(address.split_once('?').map_or("", |(_, query)| query));
            let entry = scroll.push();
            // A host that owns the history keeps its address; the page changes all the same.
            let _ = location::push(&with_fragment(address, &fragment), entry);
            arrive.emit(Some(Place { route, query, fragment: fragment.to_string(), visit: 0 }));
        })
    };

    use_effect_with((), {
        let scroll = scroll.clone();
        move |()| {
            location::restore_scroll_ourselves();
            scroll.entry.set(location::entry().unwrap_or_default());
            // Refused in sandboxed frames: then there is nothing to go back to either.
            let _ = location::replace(&location::href(), scroll.entry.get());
            let back = Callback::from(move |()| {
                match location::entry() {
                    Some(entry) => scroll.leave_for(entry),
                    None => {
                        let entry = scroll.push();
                        let _ = location::replace(&location::href(), entry);
                    }
                }
                arrive.emit(None);
            });
            let listening = events::on_window("popstate", back);
            move || drop(listening)
        }
    });
    Navigation { place: (*place).clone(), go: open.reform(|route| (route, AttrValue::default())), open, scroll }
}

fn with_fragment(address: String, fragment: &str) -> String {
    if fragment.is_empty() { address } else { format!("{address}#{fragment}") }
}

/// Properties of [`Link`].
#[derive(Properties, PartialEq)]
pub struct LinkProps {
    /// Where to.
    pub to: Route,
    /// What follows the `#`; nothing if empty.
    #[prop_or_default]
    pub fragment: AttrValue,
    /// Classes.
    #[prop_or_default]
    pub class: Classes,
    /// `data-testid`.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
    /// What the reader sees.
    pub children: Html,
}

/// A link to a page. An ordinary one: it opens in another tab, is copied and works before the app has started.
#[component]
pub fn Link(props: &LinkProps) -> Html {
    let navigation = use_navigation();
    let current = (navigation.place.route == props.to).then_some("page");
    let href = with_fragment(navigation.address(&props.to), &props.fragment);
    let onclick = {
        let (open, to, fragment) = (navigation.open, props.to.clone(), props.fragment.clone());
        Callback::from(move |event: MouseEvent| {
            let plain = event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
            if plain {
                event.prevent_default();
                open.emit((to.clone(), fragment.clone()));
            }
        })
    };
    html! {
        <a {href} class={props.class.clone()} aria-current={current} data-testid={props.testid.clone()} {onclick}>
            { props.children.clone() }
        </a>
    }
}

/// Properties of [`PageHeading`].
#[derive(Properties, PartialEq)]
pub struct PageHeadingProps {
    /// Text of the heading and of the document's title.
    pub title: AttrValue,
}

/// The one `h1` of a page. Names the document, and takes the focus when the page was navigated to.
#[component]
pub fn PageHeading(props: &PageHeadingProps) -> Html {
    let navigation = use_navigation();
    use_effect_with((props.title.clone(), navigation.place.clone()), move |(title, place)| {
        let site = crate::t!("app.name");
        match place.route {
            Route::Home => dom::set_title(site),
            _ => dom::set_title(&crate::t!("app.title", page = title.clone(), site = site)),
        }
        navigation.arrived();
        if !place.fragment.is_empty() && place.shared().is_none() {
            dom::jump_to(&place.fragment);
        }
    });
    html! { <h1 id={HEADING_ID} class="page-heading" tabindex="-1">{ props.title.clone() }</h1> }
}
