//! What the reader sees when the app itself fails. The panel is in `index.html`, outside Yew's root, and the page below it stays
//! as it was: readable, but no longer answering.

use crate::platform::{crash, location};
use std::cell::RefCell;

thread_local! {
    static SCENARIO_LINK: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Remembers the link to the scenario on the screen, so that a report can name it.
pub fn note_scenario_link(link: String) {
    SCENARIO_LINK.set(Some(link));
}

/// Shows the panel on a panic. To be called once, before anything is drawn.
pub fn install() {
    // Yew puts its own hook in place of any that it does not know of.
    yew::set_custom_panic_hook(Box::new(|info| {
        let link = SCENARIO_LINK.try_with(|link| link.try_borrow().ok()?.clone()).ok().flatten();
        crash::show(&report(&info.to_string(), link.as_deref().unwrap_or(&location::href())));
    }));
    crash::wire_copy_button();
}

/// A panic on purpose, for the private parameter `dev=panic`: the panel is tested in the built site.
#[allow(clippy::panic, reason = "it is the point")]
pub(super) fn rehearse() {
    panic!("a rehearsal, asked for by the address");
}

fn report(what: &str, link: &str) -> String {
    format!("Coldstart {}, build {}\n{link}\n{what}", crate::VERSION, crate::BUILD)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_report_has_version_link_and_cause() {
        let report = super::report("panicked at src/x.rs:1:2:\nboom", "http://host/?lesson=a#s=1.j.e30");
        for part in [crate::VERSION, crate::BUILD, "?lesson=a#s=1.j.e30", "boom"] {
            assert!(report.contains(part), "{part} in {report}");
        }
    }
}
