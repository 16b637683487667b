//! Light, dark, for a projector, or as the system says. Kept across visits where storage works.

use super::navigation::use_navigation;
use crate::i18n::Text;
use crate::platform::{dom, media, storage};
use crate::{testid, text};
use yew::prelude::*;

/// A look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// For a projector in a bright room: strong contrast, heavy lines, large type.
    Projector,
}

const THEMES: [(Theme, &str, Text); 4] = [
    (Theme::Auto, "auto", text!("theme.auto")),
    (Theme::Light, "light", text!("theme.light")),
    (Theme::Dark, "dark", text!("theme.dark")),
    (Theme::Projector, "projector", text!("theme.projector")),
];

const STORAGE_KEY: &str = "theme";

impl Theme {
    /// Its name in addresses, in storage and in `data-theme`.
    #[must_use]
    pub fn name(self) -> &'static str {
        THEMES.iter().find(|(theme, ..)| *theme == self).map_or("auto", |(_, name, _)| name)
    }

    /// The theme of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        THEMES.iter().find(|(_, have, _)| *have == name).map(|(theme, ..)| *theme)
    }
}

/// The theme in use, for what CSS cannot reach (canvases). It changes with the system's setting too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ThemeInUse {
    /// What the reader chose.
    pub chosen: Theme,
    /// Whether the system is dark; decides for [`Theme::Auto`].
    pub system_dark: bool,
}

impl ThemeInUse {
    /// Never [`Theme::Auto`].
    #[must_use]
    pub fn resolved(self) -> Theme {
        match (self.chosen, self.system_dark) {
            (Theme::Auto, true) => Theme::Dark,
            (Theme::Auto, false) => Theme::Light,
            (chosen, _) => chosen,
        }
    }
}

/// The theme in use.
#[hook]
pub fn use_theme() -> ThemeInUse {
    use_context().unwrap_or_default()
}

/// For the app itself: the theme, and how to change it. An address with `theme` overrides what was kept, and is not kept.
#[hook]
pub(super) fn use_theme_setting() -> (ThemeInUse, Callback<Theme>) {
    let asked = use_navigation().place.query.get("theme").and_then(Theme::named);
    let chosen = use_state(|| asked.or_else(|| Theme::named(&storage::get(STORAGE_KEY)?)).unwrap_or_default());
    let system_dark = use_state(media::prefers_dark);
    use_effect_with((), {
        let system_dark = system_dark.setter();
        move |()| {
            let watching = media::watch("(prefers-color-scheme: dark)", Callback::from(move |dark| system_dark.set(dark)));
            move || drop(watching)
        }
    });
    use_effect_with(*chosen, |theme| dom::set_root_attribute("data-theme", (*theme != Theme::Auto).then(|| theme.name())));
    let choose = {
        let chosen = chosen.setter();
        Callback::from(move |theme: Theme| {
            // Where storage is denied the choice lasts as long as the page.
            let _ = storage::set(STORAGE_KEY, theme.name());
            chosen.set(theme);
        })
    };
    (ThemeInUse { chosen: *chosen, system_dark: *system_dark }, choose)
}

/// Properties of [`ThemeSwitch`].
#[derive(Properties, PartialEq)]
pub struct ThemeSwitchProps {
    /// What is chosen.
    pub chosen: Theme,
    /// Called with another choice.
    pub onchange: Callback<Theme>,
}

/// The list of themes in the header.
#[component]
pub fn ThemeSwitch(props: &ThemeSwitchProps) -> Html {
    let onchange = props.onchange.reform(|event: Event| {
        let value = dom::value_of(&event);
        value.as_deref().and_then(Theme::named).unwrap_or_default()
    });
    html! {
        <label class="theme-switch">
            <span class="theme-switch__label">{ crate::t!("theme.label") }</span>
            <select data-testid={testid::THEME} {onchange}>
                { for THEMES.iter().map(|(theme, name, text)| html! {
                    <option key={*name} value={*name} selected={*theme == props.chosen}>{ text.get() }</option>
                }) }
            </select>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for (theme, name, _) in THEMES {
            assert_eq!((theme.name(), Theme::named(name)), (name, Some(theme)));
        }
        assert_eq!(Theme::named("pink"), None);
    }

    #[test]
    fn auto_follows_the_system_and_a_choice_does_not() {
        let resolved = |chosen, system_dark| ThemeInUse { chosen, system_dark }.resolved();
        assert_eq!(resolved(Theme::Auto, true), Theme::Dark);
        assert_eq!(resolved(Theme::Auto, false), Theme::Light);
        assert_eq!(resolved(Theme::Projector, true), Theme::Projector);
    }
}
