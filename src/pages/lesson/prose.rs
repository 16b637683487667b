//! Blocks and inlines of a compiled lesson as nodes. Pure: everything comes from the lesson and from what the learner did.

use super::bet::bet;
use super::comparison::comparison;
use super::myth::MythCard;
use super::quiz::{Quiz, question};
use super::state::{LessonAction, LessonState};
use super::term::Term;
use crate::app::route::NAMED;
use crate::app::{Link, Route};
use crate::components::{Callout, CalloutKind as Kind, CodeBlock, Confidence, FactPopover};
use crate::i18n::Text;
use crate::platform::{dom, location};
use crate::state::share::{self, Shared};
use crate::{t, text};
use coldstart_course::{Align, Block, CalloutKind, CompiledLesson, Inline, LinkTarget, ResolvedFact, ResultRef};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::prelude::*;

/// What the text is drawn from.
pub struct Prose<'a> {
    /// The lesson.
    pub lesson: &'a CompiledLesson,
    /// What the learner did.
    pub state: &'a LessonState,
    /// What the learner does.
    pub act: Callback<LessonAction>,
    /// Whether figures that no run of the learner's gave are shown as the range over several seeds.
    pub ranges: bool,
    ids: Cell<u32>,
    drawn: RefCell<String>,
    settled: Cell<bool>,
}

const NBSP: &str = "\u{a0}";

const CALLOUTS: [(CalloutKind, Kind, Text); 5] = [
    (CalloutKind::Notice, Kind::Note, text!("lesson.notice")),
    (CalloutKind::Explore, Kind::Note, text!("lesson.explore")),
    (CalloutKind::Keep, Kind::Note, text!("lesson.keep")),
    (CalloutKind::Warning, Kind::Warning, text!("lesson.warning")),
    (CalloutKind::Unknown, Kind::ModellingChoice, text!("lesson.unknown")),
];

/// A number and its unit stay on one line.
fn joined(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        joined.push_str(word);
        let Some(next) = words.peek() else { break };
        let is_number = word.ends_with(|c: char| c.is_ascii_digit());
        let is_unit = next.chars().filter(|c| c.is_alphanumeric() || *c == '%').count() <= 3;
        joined.push_str(if is_number && is_unit { NBSP } else { " " });
    }
    joined
}

impl<'a> Prose<'a> {
    /// The text of a lesson.
    pub fn new(lesson: &'a CompiledLesson, state: &'a LessonState, act: Callback<LessonAction>, ranges: bool) -> Self {
        Self { lesson, state, act, ranges, ids: Cell::new(0), drawn: RefCell::default(), settled: Cell::new(false) }
    }

    /// A number for an id, the same at every drawing.
    fn next_id(&self) -> u32 {
        self.ids.set(self.ids.get() + 1);
        self.ids.get()
    }

    /// What `{{draw}}` stands for from here on.
    pub fn draws(&self, value: String) {
        self.drawn.replace(value);
    }

    /// Draws something whose figures are those of the lesson's own scenarios, whatever the learner turned since: what was predicted,
    /// asked or claimed was about them.
    pub fn settled<T>(&self, draw: impl FnOnce(&Self) -> T) -> T {
        let before = self.settled.replace(true);
        let drawn = draw(self);
        self.settled.set(before);
        drawn
    }

    /// Blocks, one after the other.
    pub fn blocks(&self, blocks: &[Block]) -> Html {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&self, block: &Block) -> Html {
        match block {
            Block::Heading { level, id, text } => self.heading(*level, id, text),
            Block::Paragraph(text) => html! { <p>{ self.inlines(text) }</p> },
            Block::List { start, items } => {
                let items = items.iter().map(|item| html! { <li>{ self.item(item) }</li> }).collect::<Html>();
                match start {
                    None => html! { <ul>{ items }</ul> },
                    Some(start) => html! { <ol start={start.to_string()}>{ items }</ol> },
                }
            }
            Block::Code { language, text } => {
                let label = if language.is_empty() { t!("lesson.listing").to_owned() } else { language.clone() };
                html! { <CodeBlock code={text.clone()} {label} /> }
            }
            Block::Quote(blocks) => html! { <blockquote>{ self.blocks(blocks) }</blockquote> },
            Block::Callout { kind, blocks } => self.callout(*kind, blocks),
            Block::Table { align, head, rows } => self.table(align, head, rows),
            Block::Image { file, alt } => {
                html! { <img src={format!("lessons/{}/{file}", self.lesson.id)} alt={alt.clone()} loading="lazy" /> }
            }
            Block::Rule => html! { <hr /> },
            Block::Bet(block) => bet(self, block),
            Block::Quiz(quiz) => {
                let questions = quiz.questions.iter().map(|asked| question(self, asked)).collect::<Vec<_>>();
                html! { <Quiz id={quiz.id.clone()} {questions} /> }
            }
            Block::Myth(myth) => {
                let spec = myth.scenario.as_ref().and_then(|name| self.lesson.scenarios.get(name));
                html! {
                    <MythCard
                        id={myth.id.clone()}
                        claim={self.inlines(&myth.claim)}
                        truth={self.inlines(&myth.truth)}
                        link={self.scenario_link(myth.scenario.as_deref())}
                        spec={spec.map(|spec| Rc::new(spec.clone()))}
                        numbers={myth.numbers.clone()}
                    />
                }
            }
            Block::Comparison(data) => comparison(self, data),
            // Stages are drawn by the page, each in its own frame.
            Block::Widget(_) => Html::default(),
        }
    }

    /// A single paragraph in a list item stands without its own spacing.
    fn item(&self, blocks: &[Block]) -> Html {
        match blocks {
            [Block::Paragraph(text)] => self.inlines(text),
            blocks => self.blocks(blocks),
        }
    }

    fn heading(&self, level: u8, id: &str, text: &[Inline]) -> Html {
        let words = html! { <>{ self.inlines(text) }{ self.link_here(id, text) }</> };
        let id = id.to_owned();
        match level {
            ..=2 => html! { <h2 {id} tabindex="-1">{ words }</h2> },
            3 => html! { <h3 {id} tabindex="-1">{ words }</h3> },
            _ => html! { <h4 {id} tabindex="-1">{ words }</h4> },
        }
    }

    /// A link to a section, to be copied. Followed here it only moves the page: its stages stay as they are.
    fn link_here(&self, id: &str, text: &[Inline]) -> Html {
        let target = id.to_owned();
        let onclick = Callback::from(move |event: MouseEvent| {
            if event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
                return;
            }
            event.prevent_default();
            let address = location::href();
            let page = address.split('#').next().unwrap_or_default();
            // Where the host keeps the address to itself, the page moves all the same.
            let _ = location::replace(&format!("{page}#{target}"), location::entry().unwrap_or_default());
            dom::jump_to(&target);
        });
        let label = t!("lesson.link_here", section = self.words(text));
        html! { <a class="heading-link" href={format!("./?lesson={}#{id}", self.lesson.id)} aria-label={label} {onclick}></a> }
    }

    fn callout(&self, kind: CalloutKind, blocks: &[Block]) -> Html {
        let (kind, title) =
            CALLOUTS.iter().find(|(have, ..)| *have == kind).map_or((Kind::Note, ""), |(_, kind, title)| (*kind, title.get()));
        html! { <Callout {kind} {title}>{ self.blocks(blocks) }</Callout> }
    }

    fn table(&self, align: &[Align], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> Html {
        let class = |column: usize| (align.get(column) == Some(&Align::Right)).then_some("end");
        let cells = |row: &[Vec<Inline>]| {
            row.iter().enumerate().map(|(at, cell)| html! { <td class={classes!(class(at))}>{ self.inlines(cell) }</td> }).collect::<Html>()
        };
        let head =
            head.iter().enumerate().map(|(at, cell)| html! { <th scope="col" class={classes!(class(at))}>{ self.inlines(cell) }</th> });
        html! {
            <div class="table-scroll" tabindex="0" role="group" aria-label={t!("lesson.table")}>
                <table class="table">
                    <thead><tr>{ head.collect::<Html>() }</tr></thead>
                    <tbody>{ rows.iter().map(|row| html! { <tr>{ cells(row) }</tr> }).collect::<Html>() }</tbody>
                </table>
            </div>
        }
    }

    /// Running text.
    pub fn inlines(&self, text: &[Inline]) -> Html {
        text.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&self, inline: &Inline) -> Html {
        match inline {
            Inline::Text(text) => html! { { text.clone() } },
            Inline::Emphasis(text) => html! { <em>{ self.inlines(text) }</em> },
            Inline::Strong(text) => html! { <strong>{ self.inlines(text) }</strong> },
            Inline::Code(text) => html! { <code>{ text.clone() }</code> },
            Inline::Link { to, text } => self.link(to, text),
            Inline::Fact { id, text } => self.fact(id, text),
            Inline::Result(result) => {
                let class = classes!("num", "result", self.state.run(&result.run).map(|_| "result--live"));
                html! { <span {class}>{ self.figure(result) }</span> }
            }
            Inline::Count(text) => html! { <span class="num">{ text.clone() }</span> },
            Inline::Draw => html! { <span class="num">{ self.drawn.borrow().clone() }</span> },
            Inline::Break => html! { <br /> },
        }
    }

    fn link(&self, to: &LinkTarget, text: &[Inline]) -> Html {
        let words = self.inlines(text);
        match to {
            LinkTarget::Lesson(slug) => html! { <Link to={Route::Lesson(slug.clone())}>{ words }</Link> },
            LinkTarget::Page(name) => {
                let page = NAMED.iter().find(|(page, _)| page == name).map_or(Route::Home, |(_, route)| route.clone());
                html! { <Link to={page}>{ words }</Link> }
            }
            LinkTarget::Anchor(id) => {
                let target = id.clone();
                let onclick = Callback::from(move |event: MouseEvent| {
                    // With a `<base>` in the document a bare fragment would leave the page.
                    event.prevent_default();
                    dom::jump_to(&target);
                });
                html! { <a href={format!("#{id}")} {onclick}>{ words }</a> }
            }
            LinkTarget::Term(slug) => html! { <Term slug={slug.clone()} id={format!("term-{}", self.next_id())}>{ words }</Term> },
            LinkTarget::External(address) => html! {
                <a href={address.clone()} target="_blank" rel="noopener noreferrer">{ words }</a>
            },
        }
    }

    /// A figure from the registry, which opens its source.
    pub fn fact(&self, id: &str, text: &str) -> Html {
        let Some(fact) = self.lesson.fact(id) else { return html! { { text.to_owned() } } };
        html! {
            <FactPopover
                id={format!("fact-{}", self.next_id())}
                value={joined(text)}
                title={fact.title.clone()}
                note={fact.note.clone().map(AttrValue::from)}
                source={host(&fact.source).to_owned()}
                url={Some(AttrValue::from(fact.source.clone()))}
                read_on={fact.read.clone()}
                confidence={confidence(fact)}
            />
        }
    }

    /// A figure of a run as it reads: the learner's own run where there is one, else the run that was made with the lesson.
    pub fn figure(&self, result: &ResultRef) -> String {
        let write = |value| result.format.write(value).replace(' ', NBSP);
        if let Some(value) = self.own_value(result) {
            return write(value);
        }
        match self.lesson.result(&result.run, &result.metric) {
            Some(made) if self.ranges && made.low < made.high => t!("lesson.range", low = write(made.low), high = write(made.high)),
            Some(made) => write(made.value),
            None => "\u{2013}".to_owned(),
        }
    }

    /// The value of a figure, in its base unit.
    pub fn value(&self, result: &ResultRef) -> Option<f64> {
        self.own_value(result).or_else(|| self.lesson.result(&result.run, &result.metric).map(|made| made.value))
    }

    fn own_value(&self, result: &ResultRef) -> Option<f64> {
        let run = if self.settled.get() { self.state.untouched(&result.run) } else { self.state.run(&result.run) };
        coldstart_course::metric(&run?.report, &result.metric)
    }

    /// Running text as plain words, for labels.
    pub fn words(&self, text: &[Inline]) -> String {
        text.iter()
            .map(|inline| match inline {
                Inline::Text(text) | Inline::Code(text) | Inline::Count(text) | Inline::Fact { text, .. } => text.clone(),
                Inline::Emphasis(text) | Inline::Strong(text) | Inline::Link { text, .. } => self.words(text),
                Inline::Result(result) => self.figure(result),
                Inline::Draw => self.drawn.borrow().clone(),
                Inline::Break => " ".to_owned(),
            })
            .collect()
    }

    /// A link that opens a scenario of the lesson in the playground.
    pub fn scenario_link(&self, name: Option<&str>) -> Html {
        let spec = name.and_then(|name| self.lesson.scenarios.get(name));
        let shared = spec.map(|spec| Shared {
            lesson: None,
            widget: None,
            spec: spec.clone(),
            seed: spec.run.seed,
            t_ms: None,
            model_version: self.lesson.model_version,
        });
        match shared.and_then(|shared| share::encode(&shared).ok()) {
            Some(payload) => html! { <Link to={Route::Playground} fragment={format!("s={payload}")}>{ t!("lesson.run_it") }</Link> },
            None => Html::default(),
        }
    }
}

/// The host of an address, which is how a source is named.
pub fn host(address: &str) -> &str {
    address.trim_start_matches("https://").trim_start_matches("http://").split('/').next().unwrap_or(address)
}

fn confidence(fact: &ResolvedFact) -> Confidence {
    match fact.kind.as_str() {
        "choice" => Confidence::Choice,
        "conflict" => Confidence::Conflict,
        "measured" => Confidence::Measured,
        _ => Confidence::Documented,
    }
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn numbers_keep_their_units() {
        assert_eq!(joined("3 h"), "3\u{a0}h");
        assert_eq!(joined("1 s to 5 min, for up to 6 h"), "1\u{a0}s to 5\u{a0}min, for up to 6\u{a0}h");
        assert_eq!(joined("10 requests per second"), "10 requests per second");
        assert_eq!(joined("under 1 %"), "under 1\u{a0}%");
        assert_eq!(joined(""), "");
    }
}
