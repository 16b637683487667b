//! The app: header, navigation, footer, and the page that the address asks for.

pub mod crash;
pub mod fetched;
pub mod navigation;
pub mod route;
pub mod share;
pub mod theme;

pub use navigation::{Link, Navigation, PageHeading, use_navigation};
pub use route::{Query, Route};

use crate::components::EnvPatterns;
use crate::i18n::Text;
use crate::platform::{dom, location};
use crate::runner::{Notice, use_runner_notice};
use crate::{pages, t, testid, text};
use theme::{ThemeInUse, ThemeSwitch, use_theme_setting};
use yew::prelude::*;

/// Id of the main landmark, the target of the skip link.
const MAIN_ID: &str = "main";

/// The header's links; the site's name leads home. A lesson is below Lessons.
const NAVIGATION: &[(Route, Text, &str)] = &[
    (Route::Home, text!("nav.home"), testid::NAV_HOME),
    (Route::Lessons, text!("nav.lessons"), testid::NAV_LESSONS),
    (Route::Playground, text!("nav.playground"), testid::NAV_PLAYGROUND),
    (Route::Logs, text!("nav.logs"), testid::NAV_LOGS),
    (Route::Facts, text!("nav.facts"), testid::NAV_FACTS),
    (Route::Search, text!("nav.search"), testid::NAV_SEARCH),
    (Route::About, text!("nav.about"), testid::NAV_ABOUT),
];

/// Properties of [`App`].
#[derive(Properties, PartialEq, Default)]
pub struct AppProps {
    /// The page to start on, whatever the address says; for tests and prerendering.
    #[prop_or_default]
    pub start: Option<Route>,
}

/// The whole app.
#[component]
pub fn App(props: &AppProps) -> Html {
    let navigation = navigation::use_address(props.start.clone());
    html! {
        <ContextProvider<Navigation> context={navigation}>
            <Shell />
        </ContextProvider<Navigation>>
    }
}

#[component]
fn Shell() -> Html {
    let place = use_navigation().place;
    let (theme, choose) = use_theme_setting();
    use_effect_with(place.query.get("dev") == Some("panic"), |asked| {
        if *asked {
            crash::rehearse();
        }
    });
    let notice = use_runner_notice();
    html! {
        <ContextProvider<ThemeInUse> context={theme}>
            <div class="site" data-testid={testid::APP}>
                <EnvPatterns />
                <a class="skip-link" href="#main" onclick={skip_to_main()}>{ t!("app.skip") }</a>
                { header(&place.route, theme.chosen, choose) }
                <div class="site-notice" role="status" data-testid={testid::NOTICE}>{ banner(&notice) }</div>
                <main id={MAIN_ID} class="site-main" tabindex="-1">{ pages::page(&place.route) }</main>
                { footer(&notice) }
            </div>
        </ContextProvider<ThemeInUse>>
    }
}

/// With a `<base>` in the document a bare fragment would leave the page, so the link moves the focus itself.
fn skip_to_main() -> Callback<MouseEvent> {
    Callback::from(|event: MouseEvent| {
        event.prevent_default();
        dom::jump_to(MAIN_ID);
    })
}

fn header(route: &Route, chosen: theme::Theme, choose: Callback<theme::Theme>) -> Html {
    let inside = |to: &Route| matches!((route, to), (Route::Lesson(_), Route::Lessons)).then_some("is-inside");
    html! {
        <header class="site-header">
            <div class="site-header__inner">
                <Link to={Route::Home} class="site-brand">{ t!("app.name") }</Link>
                <nav class="site-nav" aria-label={t!("nav.label")}>
                    { for NAVIGATION.iter().map(|(to, text, testid)| html! {
                        <Link key={*testid} to={to.clone()} class={classes!(inside(to))} testid={*testid}>{ text.get() }</Link>
                    }) }
                </nav>
                <ThemeSwitch {chosen} onchange={choose} />
            </div>
        </header>
    }
}

/// What concerns every run on the page.
fn banner(notice: &Notice) -> Html {
    match notice {
        Notice::None | Notice::OnPage => Html::default(),
        Notice::Outdated => html! {
            <p class="site-notice__text">
                { t!("notice.outdated") }{ " " }
                <button type="button" class="button" onclick={|_| location::reload()}>{ t!("notice.reload") }</button>
            </p>
        },
        Notice::ComputesDifferently => html! { <p class="site-notice__text">{ t!("notice.computes_differently") }</p> },
    }
}

fn footer(notice: &Notice) -> Html {
    html! {
        <footer class="site-footer">
            <div class="site-footer__inner">
                <p>{ t!("footer.affiliation") }</p>
                <p>{ t!("footer.version", version = crate::VERSION, build = crate::BUILD, model = crate::MODEL_VERSION) }</p>
                <p>{ t!("footer.licence") }</p>
                <div>{ if *notice == Notice::OnPage { html! { <p>{ t!("footer.on_page") }</p> } } else { Html::default() } }</div>
            </div>
        </footer>
    }
}
