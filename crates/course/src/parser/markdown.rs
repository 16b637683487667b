//! CommonMark to blocks. Whatever lessons do not use is reported; nothing becomes raw HTML.

use super::directive;
use super::draft::Draft;
use super::fields::At;
use super::problem::{Code, Place};
use super::prose;
use super::source::Source;
use crate::{Align, Block, CalloutKind, Inline, LinkTarget};
use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd, TextMergeWithOffset};
use std::ops::Range;

/// Languages of listings.
const LANGUAGES: &[&str] = &["bash", "csharp", "go", "java", "javascript", "json", "python", "sql", "text", "toml", "typescript", "yaml"];

/// A block of the page and where it stands.
pub(super) type Placed = (Block, Place);

/// Reads a lesson's text.
pub(super) fn blocks(draft: &mut Draft<'_>, source: Source<'_>) -> Vec<Placed> {
    let mut reader = Reader::new(draft, source);
    reader.top_level = true;
    reader.blocks(None)
}

/// Reads a text of one paragraph: a question, an explanation.
pub(super) fn inlines(draft: &mut Draft<'_>, source: Source<'_>) -> Vec<Inline> {
    let mut blocks = Reader::new(draft, source).blocks(None);
    match (blocks.pop(), blocks.is_empty()) {
        (Some((Block::Paragraph(text), _)), true) => text,
        (None, _) => Vec::new(),
        _ => {
            draft.problem(&source.place(0), Code::UnsupportedMarkdown, "This text must be one paragraph.");
            Vec::new()
        }
    }
}

struct Reader<'a, 'd, 'p> {
    events: std::iter::Peekable<std::vec::IntoIter<(Event<'a>, Range<usize>)>>,
    source: Source<'a>,
    draft: &'d mut Draft<'p>,
    top_level: bool,
    heading: u8,
    image: Option<(String, String)>,
}

impl<'a, 'd, 'p> Reader<'a, 'd, 'p> {
    fn new(draft: &'d mut Draft<'p>, source: Source<'a>) -> Self {
        let options = Options::ENABLE_TABLES | Options::ENABLE_GFM;
        let events = TextMergeWithOffset::new(Parser::new_ext(source.text, options).into_offset_iter()).collect::<Vec<_>>();
        Self { events: events.into_iter().peekable(), source, draft, top_level: false, heading: 1, image: None }
    }

    fn problem(&self, at: usize, code: Code, message: impl Into<String>) {
        self.draft.problem(&self.source.place(at), code, message);
    }

    fn blocks(&mut self, end: Option<TagEnd>) -> Vec<Placed> {
        let mut found = Vec::new();
        while let Some((event, range)) = self.events.next() {
            let place = self.source.place(range.start);
            let block = match event {
                Event::End(tag) if Some(tag) == end => break,
                Event::Start(tag) if is_inline(&tag) => self.loose(Event::Start(tag), range),
                Event::Start(tag) => self.block(tag, range),
                Event::Rule => Some(Block::Rule),
                Event::End(_) => None,
                inline => self.loose(inline, range),
            };
            found.extend(block.map(|block| (block, place)));
        }
        found
    }

    fn inner(&mut self, end: TagEnd) -> Vec<Block> {
        let outer = std::mem::replace(&mut self.top_level, false);
        let found = self.blocks(Some(end));
        self.top_level = outer;
        found.into_iter().map(|(block, _)| block).collect()
    }

    /// Items of a tight list hold their words without a paragraph around them.
    fn loose(&mut self, first: Event<'a>, range: Range<usize>) -> Option<Block> {
        let mut text = Vec::new();
        self.inline(first, range, &mut text);
        while let Some((event, range)) = self.events.next_if(|(event, _)| match event {
            Event::Start(tag) => is_inline(tag),
            Event::End(_) | Event::Rule => false,
            _ => true,
        }) {
            self.inline(event, range, &mut text);
        }
        self.paragraph(text)
    }

    fn block(&mut self, tag: Tag<'a>, range: Range<usize>) -> Option<Block> {
        match tag {
            Tag::Paragraph => {
                let text = self.text(TagEnd::Paragraph);
                self.paragraph(text)
            }
            Tag::Heading { level, .. } => Some(self.heading(level, range.start)),
            Tag::BlockQuote(kind) => {
                let blocks = self.inner(TagEnd::BlockQuote(kind));
                Some(match kind {
                    Some(kind) => Block::Callout { kind: callout(kind), blocks },
                    None => Block::Quote(blocks),
                })
            }
            Tag::CodeBlock(kind) => self.fence(&kind, range),
            Tag::List(start) => {
                let mut items = Vec::new();
                while let Some((event, _)) = self.events.next() {
                    match event {
                        Event::Start(Tag::Item) => items.push(self.inner(TagEnd::Item)),
                        Event::End(TagEnd::List(_)) => break,
                        _ => {}
                    }
                }
                Some(Block::List { start, items })
            }
            Tag::Table(align) => Some(self.table(&align)),
            Tag::HtmlBlock => {
                self.problem(range.start, Code::RawHtml, "HTML stands in the text.");
                while self.events.next().is_some_and(|(event, _)| event != Event::End(TagEnd::HtmlBlock)) {}
                None
            }
            other => {
                self.problem(range.start, Code::UnsupportedMarkdown, "Lessons do not use this Markdown.");
                drop(self.inner(other.to_end()));
                None
            }
        }
    }

    fn paragraph(&mut self, text: Vec<Inline>) -> Option<Block> {
        match self.image.take() {
            Some((file, alt)) => Some(Block::Image { file, alt }),
            None => (!text.is_empty()).then_some(Block::Paragraph(text)),
        }
    }

    fn heading(&mut self, level: HeadingLevel, at: usize) -> Block {
        let level = level as u8;
        if level == 1 || level > self.heading + 1 {
            self.problem(at, Code::HeadingSkip, format!("A heading of level {level} follows one of level {}.", self.heading));
        }
        self.heading = level;
        let text = self.text(TagEnd::Heading(heading_level(level)));
        let id = anchor(&plain(&text));
        let place = self.source.place(at);
        self.draft.claim_id("heading", &id, &place);
        Block::Heading { level, id, text }
    }

    fn table(&mut self, align: &[Alignment]) -> Block {
        let (mut head, mut rows) = (Vec::new(), Vec::new());
        let mut cells = Vec::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => cells.push(self.text(TagEnd::TableCell)),
                Event::End(TagEnd::TableHead) => head = std::mem::take(&mut cells),
                Event::End(TagEnd::TableRow) => rows.push(std::mem::take(&mut cells)),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        let align = align.iter().map(|align| match align {
            Alignment::Right => Align::Right,
            Alignment::Center => Align::Center,
            Alignment::None | Alignment::Left => Align::Left,
        });
        Block::Table { align: align.collect(), head, rows }
    }

    fn fence(&mut self, kind: &CodeBlockKind<'a>, range: Range<usize>) -> Option<Block> {
        let mut body = String::new();
        let mut first = None;
        for (event, at) in self.events.by_ref() {
            match event {
                Event::Text(text) => {
                    body.push_str(&text);
                    first.get_or_insert(at.start);
                }
                _ => break,
            }
        }
        let CodeBlockKind::Fenced(info) = kind else {
            self.problem(range.start, Code::UnsupportedMarkdown, "An indented listing; fence it instead.");
            return None;
        };
        let place = self.source.place(range.start);
        let (word, rest) = info.split_once(char::is_whitespace).map_or((info.as_ref(), ""), |(word, rest)| (word, rest.trim()));
        if let Some(read) = directive::reader(word) {
            if !self.top_level {
                self.draft.problem(&place, Code::UnsupportedMarkdown, format!("`{word}` cannot stand inside something else."));
                return None;
            }
            let source = self.source.spelled(first.unwrap_or(range.end)..range.end, &body);
            return read(self.draft, source, &place, rest);
        }
        if !LANGUAGES.contains(&word) {
            self.draft.problem(
                &place,
                Code::UnknownFence,
                format!("`{word}` is not a language or directive; languages are {}.", LANGUAGES.join(", ")),
            );
        }
        Some(Block::Code { language: word.to_owned(), text: body })
    }

    fn text(&mut self, end: TagEnd) -> Vec<Inline> {
        let mut found = Vec::new();
        while let Some((event, range)) = self.events.next() {
            if event == Event::End(end) {
                break;
            }
            self.inline(event, range, &mut found);
        }
        found
    }

    fn inline(&mut self, event: Event<'a>, range: Range<usize>, found: &mut Vec<Inline>) {
        match event {
            Event::Text(text) => {
                let source = self.source.spelled(range, &text);
                prose::read(self.draft, source).into_iter().for_each(|piece| push(found, piece));
            }
            Event::SoftBreak => push(found, Inline::Text(" ".to_owned())),
            Event::HardBreak => found.push(Inline::Break),
            Event::Code(text) => found.push(Inline::Code(text.into_string())),
            Event::InlineHtml(_) | Event::Html(_) => self.problem(range.start, Code::RawHtml, "HTML stands in the text."),
            Event::Start(Tag::Emphasis) => found.push(Inline::Emphasis(self.text(TagEnd::Emphasis))),
            Event::Start(Tag::Strong) => found.push(Inline::Strong(self.text(TagEnd::Strong))),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let text = self.text(TagEnd::Link);
                if let Some(to) = self.link(&dest_url, range.start) {
                    found.push(Inline::Link { to, text });
                }
            }
            Event::Start(Tag::Image { dest_url, .. }) => self.image(&dest_url, range.start, found),
            _ => self.problem(range.start, Code::UnsupportedMarkdown, "Lessons do not use this Markdown."),
        }
    }

    fn link(&mut self, to: &str, at: usize) -> Option<LinkTarget> {
        let place = self.source.place(at);
        let target = link_target(to);
        match &target {
            Some(value) => self.draft.uses.links.push(At { value: value.clone(), place }),
            None => self.draft.problem(&place, Code::UnknownTarget, format!("`{to}` is not a place that lessons link to.")),
        }
        target
    }

    fn image(&mut self, file: &str, at: usize, found: &[Inline]) {
        let alt = plain(&self.text(TagEnd::Image));
        let alone = found.is_empty() && self.image.is_none() && matches!(self.events.peek(), Some((Event::End(TagEnd::Paragraph), _)));
        if !alone {
            self.problem(at, Code::UnsupportedMarkdown, "An image stands in a paragraph of its own.");
        }
        if alt.trim().is_empty() {
            self.problem(at, Code::ImageWithoutAlt, format!("The image `{file}` is not described."));
        }
        let place = self.source.place(at);
        self.draft.uses.images.push(At { value: file.to_owned(), place });
        self.image = Some((file.to_owned(), alt));
    }
}

const fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. })
}

const fn callout(kind: BlockQuoteKind) -> CalloutKind {
    match kind {
        BlockQuoteKind::Note => CalloutKind::Notice,
        BlockQuoteKind::Tip => CalloutKind::Explore,
        BlockQuoteKind::Important => CalloutKind::Keep,
        BlockQuoteKind::Warning => CalloutKind::Warning,
        BlockQuoteKind::Caution => CalloutKind::Unknown,
    }
}

const fn heading_level(level: u8) -> HeadingLevel {
    match level {
        1 => HeadingLevel::H1,
        2 => HeadingLevel::H2,
        3 => HeadingLevel::H3,
        4 => HeadingLevel::H4,
        5 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

fn link_target(to: &str) -> Option<LinkTarget> {
    let lesson = to.strip_prefix("../").and_then(|rest| rest.strip_suffix("/lesson.en.md"));
    match (lesson, to.split_once(':')) {
        (Some(slug), _) => Some(LinkTarget::Lesson(slug.to_owned())),
        (_, Some(("page", page))) => Some(LinkTarget::Page(page.to_owned())),
        (_, Some(("term", term))) => Some(LinkTarget::Term(term.to_owned())),
        (_, Some(("https", _))) => Some(LinkTarget::External(to.to_owned())),
        _ => to.strip_prefix('#').map(|anchor| LinkTarget::Anchor(anchor.to_owned())),
    }
}

/// Keeps words that follow each other in one piece.
fn push(found: &mut Vec<Inline>, piece: Inline) {
    match (found.last_mut(), piece) {
        (Some(Inline::Text(before)), Inline::Text(after)) => before.push_str(&after),
        (_, piece) => found.push(piece),
    }
}

/// The words of a text, without markup.
pub(super) fn plain(text: &[Inline]) -> String {
    text.iter()
        .map(|piece| match piece {
            Inline::Text(words) | Inline::Code(words) | Inline::Count(words) | Inline::Fact { text: words, .. } => words.clone(),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link { text: inner, .. } => plain(inner),
            Inline::Result(_) | Inline::Draw => "figure".to_owned(),
            Inline::Break => " ".to_owned(),
        })
        .collect()
}

/// The anchor of a heading, as GitHub makes it for plain English.
fn anchor(words: &str) -> String {
    let lower = words.to_lowercase().replace(' ', "-");
    lower.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}
