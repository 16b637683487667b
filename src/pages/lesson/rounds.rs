//! A lesson as rounds: one stage each, with the text that belongs to it. Wide screens put them side by side, narrow ones in turn.

use super::state::LessonState;
use coldstart_course::{Bet, Block};
use std::ops::Range;

/// Places of blocks that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Heading and text before the stage.
    pub before: Range<usize>,
    /// The stage, a widget.
    pub stage: Option<usize>,
    /// Text after it.
    pub after: Range<usize>,
}

/// Splits a lesson: a heading of the second level begins a round, and so does whatever would bring a second stage into one (the
/// widget itself, or the bet about it that stands before it).
#[must_use]
pub fn rounds(blocks: &[Block]) -> Vec<Round> {
    let mut rounds = Vec::new();
    let (mut start, mut stage) = (0, None);
    for (at, block) in blocks.iter().enumerate() {
        let begins = match block {
            Block::Heading { level: 2, .. } => at > start,
            Block::Widget(_) => stage.is_some(),
            Block::Bet(bet) => stage.is_some() && is_about_a_later_widget(bet, &blocks[at..]),
            _ => false,
        };
        if begins {
            rounds.push(round(start, stage, at));
            (start, stage) = (at, None);
        }
        if stage.is_none() && matches!(block, Block::Widget(_)) {
            stage = Some(at);
        }
    }
    if start < blocks.len() {
        rounds.push(round(start, stage, blocks.len()));
    }
    rounds
}

fn round(start: usize, stage: Option<usize>, end: usize) -> Round {
    match stage {
        Some(at) => Round { before: start..at, stage, after: at + 1..end },
        None => Round { before: start..end, stage, after: end..end },
    }
}

fn is_about_a_later_widget(bet: &Bet, rest: &[Block]) -> bool {
    let same_part = rest.iter().take_while(|block| !matches!(block, Block::Heading { level: 2, .. }));
    same_part.into_iter().any(|block| matches!(block, Block::Widget(widget) if Some(&widget.id) == bet.on.as_ref()))
}

/// How many blocks are shown: up to the first bet that is still open, with it, but for what is open in any case.
#[must_use]
pub fn shown(blocks: &[Block], state: &LessonState) -> usize {
    let waits = |(at, block): (usize, &Block)| at >= state.open_to() && matches!(block, Block::Bet(bet) if state.waits_for(&bet.id));
    blocks.iter().enumerate().position(waits).map_or(blocks.len(), |at| at + 1)
}

/// How many blocks have to be shown for the reader to see this heading; none where the lesson has no such heading.
#[must_use]
pub fn up_to(blocks: &[Block], anchor: &str) -> usize {
    let at = headings(blocks).find(|(_, id)| *id == anchor).map(|(at, _)| at);
    at.map_or(0, |at| at + 1)
}

/// The headings by their place and id.
pub fn headings(blocks: &[Block]) -> impl Iterator<Item = (usize, &str)> {
    blocks.iter().enumerate().filter_map(|(at, block)| if let Block::Heading { id, .. } = block { Some((at, id.as_str())) } else { None })
}

/// Whether every bet is answered or skipped.
#[must_use]
pub fn all_answered(blocks: &[Block], state: &LessonState) -> bool {
    blocks.iter().all(|block| !matches!(block, Block::Bet(bet) if !state.bet(&bet.id).unlocks()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use coldstart_course::{BetAnswer, Widget};

    fn heading(level: u8) -> Block {
        Block::Heading { level, id: "h".to_owned(), text: Vec::new() }
    }

    fn text() -> Block {
        Block::Paragraph(Vec::new())
    }

    fn widget(id: &str) -> Block {
        let (name, id) = ("fleet-stage".to_owned(), id.to_owned());
        Block::Widget(Widget { name, id, scenario: None, controls: Vec::new(), facts: Vec::new(), props: serde_json::Map::new() })
    }

    fn bet(on: &str) -> Block {
        let (id, on) = (format!("about-{on}"), Some(on.to_owned()));
        Block::Bet(Bet { id, on, question: Vec::new(), answer: BetAnswer::Choice(Vec::new()), explain: Vec::new() })
    }

    fn split(blocks: &[Block]) -> Vec<(Range<usize>, Option<usize>, Range<usize>)> {
        rounds(blocks).into_iter().map(|round| (round.before, round.stage, round.after)).collect()
    }

    #[test]
    fn each_round_has_one_stage_and_the_text_around_it() {
        let blocks = [text(), widget("a"), text(), widget("b"), text(), heading(2), text(), bet("c"), widget("c"), text()];
        assert_eq!(split(&blocks), [(0..1, Some(1), 2..3), (3..3, Some(3), 4..5), (5..8, Some(8), 9..10)]);
    }

    #[test]
    fn a_bet_goes_with_the_stage_that_it_is_about() {
        let blocks = [widget("a"), bet("a"), text(), bet("b"), widget("b")];
        assert_eq!(split(&blocks), [(0..0, Some(0), 1..3), (3..4, Some(4), 5..5)]);
    }

    #[test]
    fn a_lesson_without_stage_is_one_round_a_heading() {
        assert_eq!(split(&[heading(2), text(), heading(3), text(), heading(2)]), [(0..4, None, 4..4), (4..5, None, 5..5)]);
        assert_eq!(split(&[]), []);
    }

    #[test]
    fn nothing_after_an_open_bet_is_shown() {
        let blocks = [text(), bet("a"), widget("a"), bet("b"), text()];
        assert_eq!(shown(&blocks, &LessonState::default()), 2);
        assert_eq!(shown(&blocks, &LessonState::new(true)), 5);
        assert!(!all_answered(&blocks, &LessonState::new(true)), "seeing all is not answering");
    }

    #[test]
    fn a_section_that_is_asked_for_opens_what_stands_before_it() {
        let blocks = [text(), bet("a"), widget("a"), heading(2), text(), bet("b"), text()];
        let state = LessonState::resumed(&std::collections::BTreeMap::new(), up_to(&blocks, "h"), false);
        assert_eq!((up_to(&blocks, "h"), shown(&blocks, &state)), (4, 6));
        assert_eq!(up_to(&blocks, "no-such"), 0);
    }
}
