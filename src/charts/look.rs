//! What a chart is drawn with: the theme's colours, the sizes of this canvas, and the patterns that carry the meaning without colour.

use plotters::style::RGBColor;

/// What a line, an area or a bar stands for; the theme gives it its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Paint {
    /// The one that matters.
    Ink,
    /// Its company.
    Second,
    /// Further company.
    Third,
    /// Environments that start.
    Starting,
    /// Environments at work.
    Busy,
    /// Environments that wait.
    Idle,
    /// Environments that are frozen.
    Frozen,
    /// Environments that are gone.
    Reclaimed,
    /// Provisioned environments.
    Provisioned,
    /// Refused requests.
    Throttle,
    /// Requests that missed the provisioned environments.
    Spill,
    /// Failures.
    Error,
    /// Money.
    Money,
    /// What can be dragged, and nothing else.
    Accent,
}

/// How an area is filled, on top of a tint of its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// Full colour.
    Solid,
    /// A tint alone.
    Tint,
    /// Strokes from lower left to upper right.
    Rising,
    /// Strokes from upper left to lower right.
    Falling,
    /// Both.
    Crossed,
    /// Level strokes.
    Level,
    /// Upright strokes.
    Upright,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dash {
    /// In one go.
    #[default]
    Solid,
    /// In strokes.
    Dashed,
    /// In dots.
    Dotted,
    /// In strokes and dots.
    DashDotted,
}

impl Dash {
    /// Lengths of stroke, gap, stroke, gap, in CSS pixels; empty for a solid line.
    pub(super) const fn lengths(self) -> &'static [f64] {
        match self {
            Self::Solid => &[],
            Self::Dashed => &[7.0, 4.0],
            Self::Dotted => &[2.0, 3.5],
            Self::DashDotted => &[8.0, 3.5, 2.0, 3.5],
        }
    }
}

impl Paint {
    /// Name of the theme's token.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Ink => "--ink",
            Self::Second => "--ink-2",
            Self::Third => "--line-strong",
            Self::Starting => "--env-starting",
            Self::Busy => "--env-busy",
            Self::Idle => "--env-idle",
            Self::Frozen => "--env-frozen",
            Self::Reclaimed => "--env-reclaimed",
            Self::Provisioned => "--env-provisioned",
            Self::Throttle => "--throttle",
            Self::Spill => "--spill",
            Self::Error => "--error",
            Self::Money => "--money",
            Self::Accent => "--accent",
        }
    }

    /// How areas of it are filled.
    #[must_use]
    pub const fn pattern(self) -> Pattern {
        match self {
            Self::Busy | Self::Ink => Pattern::Solid,
            Self::Starting => Pattern::Rising,
            Self::Idle | Self::Second | Self::Third | Self::Accent => Pattern::Tint,
            Self::Provisioned => Pattern::Level,
            Self::Throttle => Pattern::Falling,
            Self::Spill => Pattern::Crossed,
            Self::Error | Self::Frozen => Pattern::Upright,
            Self::Money => Pattern::Falling,
            Self::Reclaimed => Pattern::Level,
        }
    }
}

/// A colour as the tokens give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// Reads `#rrggbb`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.trim().strip_prefix('#').filter(|hex| hex.len() == 6)?;
        let channel = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
        Some(Self(channel(0)?, channel(2)?, channel(4)?))
    }

    pub(super) const fn plotters(self) -> RGBColor {
        RGBColor(self.0, self.1, self.2)
    }
}

const PAINTS: [Paint; 14] = [
    Paint::Ink,
    Paint::Second,
    Paint::Third,
    Paint::Starting,
    Paint::Busy,
    Paint::Idle,
    Paint::Frozen,
    Paint::Reclaimed,
    Paint::Provisioned,
    Paint::Throttle,
    Paint::Spill,
    Paint::Error,
    Paint::Money,
    Paint::Accent,
];

/// The theme's colours and the sizes of one canvas.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    paints: [Colour; PAINTS.len()],
    /// Behind everything.
    pub ground: Colour,
    /// Grid lines.
    pub grid: Colour,
    /// Device pixels per CSS pixel.
    pub scale: f64,
    /// Size of the text, in CSS pixels.
    pub text_px: f64,
    /// Width of the lines that matter, in CSS pixels.
    pub stroke_px: f64,
    /// CSS font family.
    pub family: String,
}

impl Look {
    /// Reads the colours through `token`, a function from a token's name to its value.
    #[must_use]
    pub fn from_tokens(token: impl Fn(&str) -> Option<String>, scale: f64) -> Self {
        let colour = |name: &str, otherwise| token(name).as_deref().and_then(Colour::parse).unwrap_or(otherwise);
        let black = Colour(0, 0, 0);
        let px = |name: &str, otherwise: f64| {
            let value = token(name).and_then(|text| text.trim().trim_end_matches("px").parse().ok());
            value.unwrap_or(otherwise)
        };
        Self {
            paints: PAINTS.map(|paint| colour(paint.token(), black)),
            ground: colour("--surface", Colour(255, 255, 255)),
            grid: colour("--line", Colour(220, 220, 220)),
            scale,
            text_px: px("--chart-text", 12.0),
            stroke_px: px("--stroke", 2.0),
            family: token("--font-text").map_or_else(|| "sans-serif".to_owned(), |family| family.trim().to_owned()),
        }
    }

    /// The colour of a paint.
    #[must_use]
    pub fn colour(&self, paint: Paint) -> Colour {
        PAINTS.iter().position(|have| *have == paint).map_or(Colour(0, 0, 0), |at| self.paints[at])
    }
}
