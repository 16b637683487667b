//! How the page is looked at.

/// The folder of the server that the site lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mount {
    /// `/`
    Root,
    /// `/sub/`, as on a course site.
    Sub,
}

/// The colour scheme that the system asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark text on a light ground.
    Light,
    /// Light text on a dark ground.
    Dark,
}

/// The window's size, its colours and where the site lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// In CSS pixels.
    pub width_px: u32,
    /// In CSS pixels.
    pub height_px: u32,
    /// The colour scheme that the system asks for.
    pub theme: Theme,
    /// The folder that the site lies in.
    pub mount: Mount,
    /// Whether the system asks for less motion.
    pub reduced_motion: bool,
}

impl View {
    /// A laptop's window.
    pub const WIDE: Self = Self { width_px: 1280, height_px: 900, theme: Theme::Light, mount: Mount::Root, reduced_motion: false };
    /// A small phone.
    pub const NARROW: Self = Self { width_px: 360, height_px: 740, ..Self::WIDE };

    /// The same view in dark colours.
    #[must_use]
    pub const fn dark(self) -> Self {
        Self { theme: Theme::Dark, ..self }
    }

    /// The same view of the site under `/sub/`.
    #[must_use]
    pub const fn under_sub(self) -> Self {
        Self { mount: Mount::Sub, ..self }
    }

    /// The same view for someone who asked their system for less motion.
    #[must_use]
    pub const fn with_reduced_motion(self) -> Self {
        Self { reduced_motion: true, ..self }
    }
}
