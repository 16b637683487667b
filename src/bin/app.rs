//! The page.

use coldstart::app::route::Query;
use coldstart::app::{App, AppProps, crash};
use coldstart::{i18n, platform};

fn main() {
    crash::install();
    let query = Query::parse(&platform::location::query());
    let languages = platform::dom::languages();
    i18n::choose_locale(query.get("locale").into_iter().chain(languages.iter().map(String::as_str)));
    platform::dom::set_root_attribute("lang", Some(i18n::locale()));
    platform::dom::mount::<App>("app", AppProps::default());
}
