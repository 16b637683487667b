//! Charts: a [`ChartSpec`] says what to show; from it come the picture, the sentence below it and the table of its data.
//!
//! [`draw`] works on any plotters backend: the canvas of the page, an SVG in the tests. No chart depends on hue alone: lines differ in
//! dash and weight, areas in hatching, environments in pattern.

mod draw;
mod drawable;
mod look;
pub(crate) mod samples;
mod scale;
mod spec;
mod table;
mod tell;
mod view;

pub use draw::draw;
pub use drawable::{CurveGap, DrawableChart, curve_gap, with_value};
pub use look::{Colour, Dash, Look, Paint, Pattern};
pub use scale::Plot;
pub use spec::{Axis, Bar, Bin, ChartKind, ChartSpec, GanttRow, MAX_SERIES, Mark, Part, Scale, Segment, Series, SimulatedPoint};
pub use table::Table;
pub use view::{ChartSize, ChartView};

#[cfg(test)]
mod tests;
