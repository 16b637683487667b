//! The page.

use coldstart::app::{App, AppProps, crash};
use coldstart::{i18n, platform};

fn main() {
    crash::install();
    let languages = platform::dom::languages();
    i18n::choose_locale(languages.iter().map(String::as_str));
    platform::dom::mount::<App>("app", AppProps::default());
}
