//! The model card: MODEL.md, which is written for people who want to check us, without what only its tests need.

use super::course::resolved;
use super::draft::Draft;
use super::markdown::{self, plain};
use super::problem::Problems;
use super::source::{Files, Source};
use crate::{Block, CardBlock, ModelCard};
use coldstart_facts::registry::{Kind, Registry};

const MODEL: &str = include_str!("../../../../MODEL.md");

/// The model card.
pub(super) fn model_card(registry: &Registry) -> ModelCard {
    let choices = registry.facts().iter().filter(|fact| fact.kind == Kind::Choice).map(resolved).collect();
    ModelCard { model_version: coldstart_sim::MODEL_VERSION, blocks: blocks(MODEL, registry), choices }
}

fn blocks(text: &str, registry: &Registry) -> Vec<CardBlock> {
    // MODEL.md is no lesson: its numbers and tests need no registry, so what the reader reports does not count here.
    let problems = Problems::default();
    let files = Files::default();
    let mut draft = Draft::new(&problems, registry, &files, "");
    let read = markdown::blocks(&mut draft, Source::new("MODEL.md", text));
    read.into_iter().map(|(block, _)| block).filter_map(shown).filter_map(card_block).collect()
}

/// A block as the page shows it: without the title, which is the page's, and without what names tests.
fn shown(block: Block) -> Option<Block> {
    match block {
        Block::Heading { level: 1, .. } => None,
        Block::Paragraph(text) if plain(&text).starts_with("Test") => None,
        Block::Table { align, head, rows } => {
            let kept = |column: usize| head.get(column).is_none_or(|head| !matches!(plain(head).as_str(), "test" | "tests"));
            let without = |cells: &[Vec<crate::Inline>]| {
                cells.iter().enumerate().filter(|(at, _)| kept(*at)).map(|(_, cell)| cell.clone()).collect::<Vec<_>>()
            };
            let align = align.iter().enumerate().filter(|(at, _)| kept(*at)).map(|(_, align)| *align).collect();
            Some(Block::Table { align, rows: rows.iter().map(|row| without(row)).collect(), head: without(&head) })
        }
        block => Some(block),
    }
}

/// The block on the card; none for what only lessons have.
fn card_block(block: Block) -> Option<CardBlock> {
    let all = |blocks: Vec<Block>| blocks.into_iter().filter_map(card_block).collect();
    match block {
        Block::Heading { level, id, text } => Some(CardBlock::Heading { level, id, text }),
        Block::Paragraph(text) => Some(CardBlock::Paragraph(text)),
        Block::List { start, items } => Some(CardBlock::List { start, items: items.into_iter().map(all).collect() }),
        Block::Code { text, .. } => Some(CardBlock::Code { text }),
        Block::Quote(inner) | Block::Callout { blocks: inner, .. } => Some(CardBlock::Quote(all(inner))),
        Block::Table { align, head, rows } => Some(CardBlock::Table { align, head, rows }),
        Block::Image { .. } | Block::Rule => None,
        Block::Widget(_) | Block::Bet(_) | Block::Quiz(_) | Block::Myth(_) | Block::Comparison(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registry() -> Registry {
        Registry::bundled().expect("the bundled registry is sound")
    }

    #[test]
    fn the_title_and_the_tests_are_left_out() {
        let text = "# The model\n\nWords, 12 of them.\n\n## Part\n\n| part | test |\n|---|---|\n| **choice** | `a_test` |\n\nTests: `x`.\n";
        let read = blocks(text, &registry());
        let [CardBlock::Paragraph(_), CardBlock::Heading { level: 2, id, .. }, CardBlock::Table { head, rows, align }] = read.as_slice()
        else {
            unreachable!("{read:?}")
        };
        assert_eq!((id.as_str(), head.len(), rows[0].len(), align.len()), ("part", 1, 1, 1));
    }

    #[test]
    fn the_card_says_what_is_simulated_and_what_is_a_choice() {
        let card = model_card(&registry());
        let headings = card.blocks.iter().filter(|block| matches!(block, CardBlock::Heading { level: 2, .. })).count();
        let tables = card.blocks.iter().filter(|block| matches!(block, CardBlock::Table { .. })).count();
        assert!(headings >= 10 && tables >= 10, "{headings} headings, {tables} tables");
        assert!(card.choices.len() > 10 && card.choices.iter().all(|fact| fact.kind == "choice"));
    }
}
