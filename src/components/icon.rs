//! Line icons on a grid of 24, drawn in the colour of the text around them. They never stand alone for a meaning: a word or a label is
//! always beside them.

use yew::prelude::*;

/// Every icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say what is drawn")]
pub enum IconName {
    Play,
    Pause,
    Step,
    Reset,
    Skip,
    Plus,
    Minus,
    Check,
    Cross,
    Chevron,
    Arrow,
    Copy,
    Link,
    Download,
    Upload,
    Info,
    Choice,
    Warning,
    Error,
    Throttle,
    Spill,
    Cold,
    Warm,
    Retry,
    Queue,
    Money,
    Clock,
    Chart,
    Sun,
    Moon,
    Auto,
    Projector,
    Menu,
    Question,
}

impl IconName {
    /// Every icon, for the style page.
    pub const ALL: [Self; 34] = [
        Self::Play,
        Self::Pause,
        Self::Step,
        Self::Reset,
        Self::Skip,
        Self::Plus,
        Self::Minus,
        Self::Check,
        Self::Cross,
        Self::Chevron,
        Self::Arrow,
        Self::Copy,
        Self::Link,
        Self::Download,
        Self::Upload,
        Self::Info,
        Self::Choice,
        Self::Warning,
        Self::Error,
        Self::Throttle,
        Self::Spill,
        Self::Cold,
        Self::Warm,
        Self::Retry,
        Self::Queue,
        Self::Money,
        Self::Clock,
        Self::Chart,
        Self::Sun,
        Self::Moon,
        Self::Auto,
        Self::Projector,
        Self::Menu,
        Self::Question,
    ];

    const fn path(self) -> &'static str {
        match self {
            Self::Play => "M7 4.5v15l12-7.5z",
            Self::Pause => "M8 5v14M16 5v14",
            Self::Step => "M6 5v14l9-7zM19 5v14",
            Self::Reset => "M4 5v5h5M4.6 10a8 8 0 1 1-.4 4.5",
            Self::Skip => "M4 5v14l8-7zM12 5v14l8-7z",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Minus => "M5 12h14",
            Self::Check => "M4.5 12.5l5 5 10-11",
            Self::Cross => "M6 6l12 12M18 6L6 18",
            Self::Chevron => "M6 9l6 6 6-6",
            Self::Arrow => "M4 12h15M13 6l6 6-6 6",
            Self::Copy => "M9 9h11v11H9zM5 15H4V4h11v1",
            Self::Link => "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
            Self::Download => "M12 4v11M7 10.5l5 5 5-5M4 20h16",
            Self::Upload => "M12 16V5M7 9.5l5-5 5 5M4 20h16",
            Self::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v6M12 7.5v.01",
            Self::Choice => "M12 4v16M7 20h10M4 8h16M4 8l-2 6a3.2 3.2 0 0 0 5 0zM20 8l-3 6a3.2 3.2 0 0 0 5 0z",
            Self::Warning => "M12 4L2.5 20h19zM12 10v5M12 17.5v.01",
            Self::Error => "M8 3h8l5 5v8l-5 5H8l-5-5V8zM9 9l6 6M15 9l-6 6",
            Self::Throttle => "M4 6h9a5 5 0 0 1 0 10H5M9 12l-4 4 4 4M20 4v16",
            Self::Spill => "M3 6h8v4a6 6 0 0 0 6 6v4M13.5 17l3.5 3.5 3.5-3.5M15 6h6",
            Self::Cold => "M12 3v18M4.2 7.5l15.6 9M4.2 16.5l15.6-9M9.5 4.5L12 7l2.5-2.5M9.5 19.5L12 17l2.5 2.5",
            Self::Warm => "M12 3c1 4 5 6 5 11a5 5 0 0 1-10 0c0-2 1-3.5 2-4.5 0 2 1 3 2 3 1.5-2.5 0-6 1-9.5z",
            Self::Retry => "M20 5v5h-5M19.4 10a8 8 0 1 0 .4 4.5M12 8v4l3 2",
            Self::Queue => "M3 8h18v8H3zM8 8v8M13 8v8",
            Self::Money => {
                "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM15 9c-.5-1.2-1.6-1.8-3-1.8-1.7 0-3 .9-3 2.3 0 3.2 6 1.5 6 4.8 0 1.5-1.4 2.5-3 2.5s-2.7-.7-3.2-2M12 5.5v13"
            }
            Self::Clock => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
            Self::Chart => "M4 4v16h16M7.5 15l4-5 3 3 5-7",
            Self::Sun => {
                "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5"
            }
            Self::Moon => "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
            Self::Auto => "M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18M12 8h7M12 12h9M12 16h7",
            Self::Projector => "M3 4h18M4 4v11h16V4M12 15v5M8 20h8",
            Self::Menu => "M4 7h16M4 12h16M4 17h16",
            Self::Question => {
                "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.5 9.5c.2-1.5 1.2-2.3 2.6-2.3 1.5 0 2.6.9 2.6 2.3 0 2-2.6 2-2.6 4.2M12.1 16.8v.01"
            }
        }
    }
}

/// Properties of [`Icon`].
#[derive(Properties, Clone, PartialEq)]
pub struct IconProps {
    /// Which one.
    pub name: IconName,
}

/// One icon, hidden from screen readers.
#[component]
pub fn Icon(props: &IconProps) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d={props.name.path()} />
        </svg>
    }
}
