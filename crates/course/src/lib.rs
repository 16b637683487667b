//! The course: what a lesson is, and (feature `parser`) how a folder of Markdown and TOML becomes one and what the lint says about it.
//!
//! The types are always there: the page reads compiled lessons with them. Markdown never becomes raw HTML; the page builds
//! its own nodes from [`Block`] and [`Inline`].

mod comparison;
pub mod data;
mod format;
mod index;
mod lesson;
mod metric;
#[cfg(feature = "parser")]
pub mod parser;
pub mod patch;
mod question;
mod reference;
mod widgets;

pub use comparison::{Best, ComparedRow, Comparison, OPTIONS};
pub use format::Format;
pub use index::{CourseIndex, CoursePath, Glossary, LessonEntry, Module, Term, TermSource};
pub use lesson::*;
pub use metric::{METRICS, Metric, is_metric, metric, metric_format, metric_info};
pub use question::*;
pub use reference::*;
pub use widgets::{WIDGETS, WidgetKind, widget};
