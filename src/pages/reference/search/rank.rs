//! What a search finds, and in which order: pure.

use coldstart_course::{SearchEntry, SearchIndex, SearchKind};
use std::rc::Rc;

/// Most results that are shown.
pub const RESULTS_MAX: usize = 40;

/// Most words of a search that count.
const WORDS_MAX: usize = 8;

/// Words of an excerpt, and how many of them stand before the first that was looked for.
const EXCERPT_WORDS: usize = 28;
const EXCERPT_BEFORE: usize = 8;

/// The index with its words split and in lower case.
#[derive(Debug)]
pub struct Prepared {
    index: Rc<SearchIndex>,
    words: Vec<(Vec<String>, Vec<String>)>,
}

/// What a search found, by kind: the kind of the best result comes first.
#[derive(Debug, Default, PartialEq)]
pub struct Found<'a> {
    /// The results that are shown, the best first within each kind.
    pub groups: Vec<(SearchKind, Vec<&'a SearchEntry>)>,
    /// How many there are, shown or not.
    pub total: usize,
}

impl<'a> Found<'a> {
    /// The first result on the page.
    #[must_use]
    pub fn first(&self) -> Option<&'a SearchEntry> {
        self.groups.first().and_then(|(_, entries)| entries.first()).copied()
    }
}

/// The words of a text in lower case, without what stands between them.
fn split(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The words that are looked for.
#[must_use]
pub fn query(text: &str) -> Vec<String> {
    split(text).into_iter().take(WORDS_MAX).collect()
}

/// Whether a word begins as the one that is looked for; a plural finds the singular too.
fn begins(word: &str, wanted: &str) -> bool {
    let singular = wanted.strip_suffix('s').filter(|rest| rest.len() >= 3);
    word.starts_with(wanted) || singular == Some(word)
}

impl Prepared {
    /// Splits the index once, so that each letter that is typed costs little.
    #[must_use]
    pub fn new(index: Rc<SearchIndex>) -> Self {
        let words = index.entries.iter().map(|entry| (split(&entry.title), split(&entry.text))).collect();
        Self { index, words }
    }

    /// The entries in which every word begins some word of title or text. Those with all of them in the title come first.
    #[must_use]
    pub fn find(&self, wanted: &[String]) -> Found<'_> {
        if wanted.is_empty() {
            return Found::default();
        }
        let ranked = self.words.iter().zip(&self.index.entries).enumerate();
        let mut hits: Vec<_> = ranked.filter_map(|(at, (words, entry))| Some((rank(words, wanted)?, entry.kind, at, entry))).collect();
        hits.sort_by_key(|(rank, kind, at, _)| (*rank, place(*kind), *at));
        let total = hits.len();
        let mut groups: Vec<(SearchKind, Vec<&SearchEntry>)> = Vec::new();
        for (_, kind, _, entry) in hits.into_iter().take(RESULTS_MAX) {
            match groups.iter_mut().find(|(have, _)| *have == kind) {
                Some((_, entries)) => entries.push(entry),
                None => groups.push((kind, vec![entry])),
            }
        }
        Found { groups, total }
    }
}

fn place(kind: SearchKind) -> usize {
    SearchKind::ALL.iter().position(|other| *other == kind).unwrap_or_default()
}

/// Lower is better: how many words only the text has, then how many the title has only the beginnings of, then the title's length.
fn rank((title, text): &(Vec<String>, Vec<String>), wanted: &[String]) -> Option<(usize, usize, usize)> {
    let (mut in_text, mut beginnings) = (0, 0);
    for word in wanted {
        if title.iter().any(|have| begins(have, word)) {
            beginnings += usize::from(!title.contains(word));
        } else if text.iter().any(|have| begins(have, word)) {
            in_text += 1;
        } else {
            return None;
        }
    }
    Some((in_text, beginnings, title.len()))
}

/// The words around the first that was looked for.
#[must_use]
pub fn excerpt(text: &str, wanted: &[String]) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let hit = words.iter().position(|word| split(word).iter().any(|have| wanted.iter().any(|wanted| begins(have, wanted))));
    let start = hit.unwrap_or_default().saturating_sub(EXCERPT_BEFORE);
    let end = words.len().min(start + EXCERPT_WORDS);
    let (before, after) = (if start > 0 { "\u{2026} " } else { "" }, if end < words.len() { " \u{2026}" } else { "" });
    format!("{before}{}{after}", words[start..end].join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(kind: SearchKind, title: &str, text: &str) -> SearchEntry {
        SearchEntry { kind, title: title.to_owned(), text: text.to_owned(), lesson: None, anchor: None }
    }

    fn prepared() -> Prepared {
        let entries = vec![
            entry(SearchKind::Lesson, "Queues", "What a cold start has to do with batches."),
            entry(SearchKind::Lesson, "Cold starts", "Waiting for an environment."),
            entry(SearchKind::Section, "Colder than it starts", "Nothing."),
            entry(SearchKind::Term, "cold start", "An invocation that waits."),
            entry(SearchKind::Fact, "INIT may take ten seconds.", "10 s"),
        ];
        Prepared::new(Rc::new(SearchIndex { entries }))
    }

    fn titles(text: &str) -> Vec<String> {
        let prepared = prepared();
        let found = prepared.find(&query(text));
        found.groups.into_iter().flat_map(|(_, entries)| entries).map(|entry| entry.title.clone()).collect()
    }

    #[test]
    fn titles_come_before_texts_and_words_before_beginnings() {
        assert_eq!(titles("cold start"), ["cold start", "Cold starts", "Queues", "Colder than it starts"]);
    }

    #[test]
    fn every_word_has_to_be_found() {
        assert_eq!(titles("cold queues"), ["Queues"]);
        assert_eq!(titles("cold nowhere"), Vec::<String>::new());
    }

    #[test]
    fn beginnings_plurals_case_and_marks_do_not_matter() {
        assert_eq!(titles("QUE"), ["Queues"]);
        assert_eq!(titles("seconds, INIT!"), ["INIT may take ten seconds."]);
        assert!(titles("starts").contains(&"cold start".to_owned()));
        assert_eq!(titles("  ,. "), Vec::<String>::new());
    }

    #[test]
    fn results_are_bounded_and_counted() {
        let entries = (0..100).map(|i| entry(SearchKind::Fact, &format!("limit {i}"), "")).collect();
        let prepared = Prepared::new(Rc::new(SearchIndex { entries }));
        let found = prepared.find(&query("limit"));
        assert_eq!((found.total, found.groups.len(), found.groups[0].1.len()), (100, 1, RESULTS_MAX));
        assert_eq!(found.first().map(|entry| entry.title.as_str()), Some("limit 0"));
    }

    #[test]
    fn an_excerpt_stands_around_the_word() {
        let text = format!("{}needle {}", "hay ".repeat(40), "straw ".repeat(40));
        let cut = excerpt(&text, &query("need"));
        assert!(cut.starts_with("\u{2026} hay") && cut.contains("needle straw") && cut.ends_with("straw \u{2026}"), "{cut}");
        assert_eq!(excerpt("short text", &query("zzz")), "short text");
        assert_eq!(excerpt("", &query("zzz")), "");
    }
}
