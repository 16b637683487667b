//! A folder of Markdown and TOML becomes a course, or a list of everything that is wrong with it.

mod answers;
mod bet;
mod comparison;
mod course;
mod data_widgets;
mod directive;
mod draft;
mod fields;
mod knobs;
mod lesson;
mod markdown;
mod model_card;
mod outline;
mod output;
mod presets;
mod problem;
mod prose;
mod question;
mod runs;
mod scenario;
mod search;
mod skeleton;
mod source;
mod sources;

pub use course::{Course, compile};
pub use problem::{Code, Place, Problem};
pub use skeleton::new_lesson;
pub use source::Files;
