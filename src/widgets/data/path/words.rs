//! What boxes and their counts are called.

use super::frame::BoxCounts;
use super::layout::{Part, PathBox};
use crate::t;
use crate::widgets::nodes::kind_name;

/// What a part is, in the words of the table of nodes.
pub fn kind(part: Part) -> &'static str {
    match part {
        Part::Sender => t!("path.sender"),
        Part::Function(_) => t!("path.function"),
        Part::Node(kind) => kind_name(kind).get(),
    }
}

/// What is in a box now.
pub fn here(part: Part, counts: BoxCounts) -> String {
    let n = counts.here;
    match part {
        _ if part.is_end() => t!("path.kept", n = n),
        _ if part.is_tube() => t!("path.waiting", n = n),
        _ => t!("path.under_way", n = n),
    }
}

/// What has come of the rest, for two lines: what ended well, what did not.
pub fn ended(counts: BoxCounts) -> (String, String) {
    let failed = match counts.refused {
        0 => t!("path.not_done", n = counts.failed),
        refused => t!("path.not_done_refused", n = counts.failed, refused = refused),
    };
    (t!("path.well_done", n = counts.done), failed)
}

/// A box in one sentence.
pub fn sentence(one: &PathBox, counts: BoxCounts) -> String {
    let here = here(one.part, counts);
    let kind = kind(one.part);
    if one.part.is_end() {
        return t!("path.end_sentence", id = one.id, kind = kind, here = here);
    }
    t!("path.box_sentence", id = one.id, kind = kind, here = here, done = counts.done, failed = counts.failed, refused = counts.refused)
}
