//! The widgets that a lesson may place, and what each of them understands. The lint checks lessons against this table; the
//! app's own list of widgets is tested against it.

/// What a lesson may say to one sort of widget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WidgetKind {
    /// Name after `widget` in the fence.
    pub name: &'static str,
    /// Whether it needs a scenario.
    pub scenario: bool,
    /// Controls that it can show.
    pub controls: &'static [&'static str],
    /// Other keys that its body may have.
    pub props: &'static [&'static str],
}

/// Every widget, by name.
pub const WIDGETS: &[WidgetKind] = &[
    WidgetKind { name: "code", scenario: true, controls: &[], props: &["numbers", "variant"] },
    WidgetKind { name: "compare", scenario: true, controls: &[], props: &["numbers", "policy", "slider", "switch", "choice"] },
    WidgetKind { name: "events", scenario: false, controls: &[], props: &["shape"] },
    WidgetKind {
        name: "fleet-stage",
        scenario: true,
        controls: &["send", "arrivals_per_s", "duration_ms", "provisioned", "init_ms", "speed", "seed"],
        props: &["title", "burst", "window_s", "shelf", "autoplay"],
    },
    WidgetKind { name: "incident-lab", scenario: true, controls: &[], props: &["deploy_scenario", "budget_minutes"] },
    WidgetKind {
        name: "lab",
        scenario: true,
        controls: &[],
        props: &[
            "views",
            "numbers",
            "send",
            "send_first",
            "window_s",
            "speed",
            "slider",
            "switch",
            "choice",
            "goal",
            "success",
            "solution",
        ],
    },
    WidgetKind {
        name: "pc-lab",
        scenario: true,
        controls: &["arrivals_per_s", "duration_ms", "provisioned", "schedule", "memory_mb", "pings", "seed"],
        props: &["title", "act", "theory", "price", "sam", "schedule_scenario"],
    },
    WidgetKind { name: "tree", scenario: false, controls: &[], props: &["tree"] },
];

/// The widget with this name.
#[must_use]
pub fn widget(name: &str) -> Option<&'static WidgetKind> {
    WIDGETS.iter().find(|kind| kind.name == name)
}
