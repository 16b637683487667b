//! Comparisons: options beside each other, criterion by criterion.

use super::directive::{prose_list, required_prose, take_id};
use super::draft::Draft;
use super::fields::{self, Fields};
use super::problem::{Code, Place};
use super::source::Source;
use crate::{Best, Block, ComparedRow, Comparison, Inline, OPTIONS};

pub(super) fn read(draft: &mut Draft<'_>, source: Source<'_>, place: &Place, id: &str) -> Option<Block> {
    let table = fields::parse(source, draft.problems());
    let fields = Fields::new(source, &table, draft.problems());
    take_id(draft, "comparison", id, place);
    let caption = required_prose(draft, &fields, "caption");
    fields.require("options");
    let options = prose_list(draft, &fields, "options");
    if !OPTIONS.contains(&options.len()) {
        let message = format!("There are {} options; a comparison has {} to {}.", options.len(), OPTIONS.start(), OPTIONS.end());
        draft.problem(place, Code::BadValue, message);
    }
    fields.require("row");
    let rows = fields.tables("row").into_iter().map(|row| read_row(draft, row, options.len())).collect();
    fields.finish("A comparison");
    Some(Block::Comparison(Comparison { id: id.to_owned(), caption, options, rows }))
}

fn read_row(draft: &mut Draft<'_>, row: Fields<'_, '_>, options: usize) -> ComparedRow {
    let place = row.place();
    let label = required_prose(draft, &row, "label");
    row.require("cells");
    let cells = prose_list(draft, &row, "cells");
    if cells.len() != options {
        draft.problem(&place, Code::BadValue, format!("The row has {} cells for {options} options.", cells.len()));
    }
    let best = row.text("best").and_then(|best| {
        let found = match best.value.as_str() {
            "low" => Some(Best::Low),
            "high" => Some(Best::High),
            _ => None,
        };
        if found.is_none() || cells.iter().any(|cell| figures(cell) != 1) {
            draft.problem(&best.place, Code::BadValue, "`best` must be low or high, and each cell of its row hold one {{result:...}}.");
        }
        found
    });
    row.finish("A row");
    ComparedRow { label, cells, best }
}

fn figures(cell: &[Inline]) -> usize {
    cell.iter().filter(|piece| matches!(piece, Inline::Result(_))).count()
}
