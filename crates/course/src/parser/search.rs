//! What the search page looks through.

use super::markdown::plain;
use crate::{Block, CompiledLesson, Glossary, Inline, Myth, SEARCH_TEXT_MAX, SearchEntry, SearchIndex, SearchKind};
use coldstart_facts::registry::{Fact, Registry};

/// Everything that can be found.
pub(super) fn index(lessons: &[CompiledLesson], glossary: &Glossary, registry: &Registry) -> SearchIndex {
    let mut entries: Vec<SearchEntry> = lessons.iter().flat_map(of_lesson).collect();
    entries.extend(glossary.terms.iter().map(|term| entry(SearchKind::Term, &term.term, &term.meaning, None, Some(&term.id))));
    entries.extend(registry.facts().iter().map(of_fact));
    entries.extend(lessons.iter().flat_map(myths));
    SearchIndex { entries }
}

/// The lesson itself, with the text before its first heading, and then its sections.
fn of_lesson(lesson: &CompiledLesson) -> Vec<SearchEntry> {
    let mut parts = vec![(lesson.title.clone(), None, format!("{} {}", lesson.summary, lesson.promise))];
    for block in &lesson.blocks {
        match block {
            Block::Heading { id, text, .. } => parts.push((words_of(text), Some(id.as_str()), String::new())),
            other => {
                if let Some((_, _, words)) = parts.last_mut() {
                    say(other, words);
                }
            }
        }
    }
    let read = |(title, anchor, words): (String, Option<&str>, String)| {
        let kind = if anchor.is_none() { SearchKind::Lesson } else { SearchKind::Section };
        entry(kind, &title, &words, Some(&lesson.id), anchor)
    };
    parts.into_iter().map(read).collect()
}

fn of_fact(fact: &Fact) -> SearchEntry {
    let text = format!("{}. {}", fact.text, fact.note.as_deref().unwrap_or_default());
    entry(SearchKind::Fact, &fact.title, &text, None, Some(&fact.id))
}

fn myths(lesson: &CompiledLesson) -> Vec<SearchEntry> {
    let mut anchor = None;
    let mut found = Vec::new();
    for block in &lesson.blocks {
        match block {
            Block::Heading { id, .. } => anchor = Some(id.as_str()),
            Block::Myth(Myth { claim, truth, .. }) => {
                let (claim, truth) = (words_of(claim), words_of(truth));
                found.push(entry(SearchKind::Myth, &claim, &truth, Some(&lesson.id), anchor));
            }
            _ => {}
        }
    }
    found
}

fn entry(kind: SearchKind, title: &str, text: &str, lesson: Option<&str>, anchor: Option<&str>) -> SearchEntry {
    let (lesson, anchor) = (lesson.map(ToOwned::to_owned), anchor.map(ToOwned::to_owned));
    SearchEntry { kind, title: title.to_owned(), text: bounded(text), lesson, anchor }
}

/// The words with single spaces, cut off after a word.
fn bounded(text: &str) -> String {
    let mut out = String::new();
    let mut characters = 0;
    for word in text.split_whitespace() {
        characters += word.chars().count() + 1;
        if characters > SEARCH_TEXT_MAX {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Adds a block's words. What a prediction or a question asks is not told before the lesson asks it.
fn say(block: &Block, out: &mut String) {
    match block {
        Block::Paragraph(text) => add(out, &words_of(text)),
        Block::List { items, .. } => items.iter().flatten().for_each(|block| say(block, out)),
        Block::Quote(blocks) | Block::Callout { blocks, .. } => blocks.iter().for_each(|block| say(block, out)),
        Block::Table { head, rows, .. } => {
            head.iter().chain(rows.iter().flatten()).for_each(|cell| add(out, &words_of(cell)));
        }
        Block::Comparison(comparison) => comparison.texts().for_each(|text| add(out, &words_of(text))),
        Block::Image { alt, .. } => add(out, alt),
        Block::Heading { .. } | Block::Code { .. } | Block::Rule | Block::Widget(_) | Block::Bet(_) | Block::Quiz(_) | Block::Myth(_) => {}
    }
}

fn add(out: &mut String, words: &str) {
    out.push(' ');
    out.push_str(words);
}

/// The words of a text. Figures of runs are left out: a learner predicts them before reading them.
fn words_of(text: &[Inline]) -> String {
    let word = |piece: &Inline| match piece {
        Inline::Result(_) => "\u{2026}".to_owned(),
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link { text: inner, .. } => words_of(inner),
        other => plain(std::slice::from_ref(other)),
    };
    text.iter().map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_between_words() {
        let long = bounded(&"wörter ".repeat(200));
        assert!(long.chars().count() <= SEARCH_TEXT_MAX && long.ends_with("wörter"), "{long}");
        assert_eq!(bounded("  a\n b "), "a b");
    }
}
