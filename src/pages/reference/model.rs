//! The model card: what is simulated, what is simplified, and what AWS does not publish.

use super::prose::{blocks, inlines};
use super::{pages, use_place};
use crate::app::fetched::{stand_in, use_fetched};
use crate::app::{Link, PageHeading, Route};
use crate::components::{Select, SelectOption};
use crate::{t, testid};
use coldstart_course::{CardBlock, Inline, ModelCard, ResolvedFact};
use yew::prelude::*;

const FILE: &str = "lessons/model.json";

/// Which rules are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// All of them.
    #[default]
    All,
    /// What AWS does not publish, so that we had to choose.
    Choices,
    /// What is simpler here than in AWS, or left out.
    Simplified,
}

impl Show {
    const ALL: [(&'static str, Self); 3] = [("all", Self::All), ("choices", Self::Choices), ("simplified", Self::Simplified)];

    fn named(name: &str) -> Self {
        Self::ALL.iter().find(|(have, _)| *have == name).map(|(_, show)| *show).unwrap_or_default()
    }

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, show)| *show == self).map_or("all", |(name, _)| name)
    }

    fn label(self) -> &'static str {
        match self {
            Self::All => t!("model.all"),
            Self::Choices => t!("model.choices_only"),
            Self::Simplified => t!("model.simplified_only"),
        }
    }
}

/// The page.
#[component]
pub fn ModelPage() -> Html {
    let (file, again) = use_fetched::<ModelCard>(FILE);
    let show = use_state(Show::default);
    use_place(file.ready().is_some());
    let set = {
        let show = show.setter();
        Callback::from(move |name: AttrValue| show.set(Show::named(&name)))
    };
    let options: Vec<SelectOption> = Show::ALL.iter().map(|(name, show)| SelectOption::new(*name, show.label())).collect();
    html! {
        <article class="page">
            <PageHeading title={t!("model.title")} />
            { pages() }
            <p class="lede">{ t!("model.lead", version = crate::MODEL_VERSION) }</p>
            <div class="cluster no-print">
                <Select id="model-show" label={t!("model.show")} value={show.name()} {options} on_change={set} testid={testid::MODEL_SHOW} />
            </div>
            <div>{ match file.ready() {
                Some(card) => draw(card, *show),
                None => stand_in(&file, &again),
            } }</div>
        </article>
    }
}

/// The card.
pub fn draw(card: &ModelCard, show: Show) -> Html {
    let shown = filtered(&card.blocks, show);
    let parts =
        shown.iter().filter_map(|block| if let CardBlock::Heading { level: 2, id, text } = block { Some((id, text)) } else { None });
    html! {
        <div class="stack stack--loose" data-testid={testid::MODEL}>
            <nav class="no-print" aria-label={t!("model.contents")}>
                <ul class="columns">
                    { for parts.map(|(id, text)| html! { <li><Link to={Route::Model} fragment={id.clone()}>{ inlines(text) }</Link></li> }) }
                    <li><Link to={Route::Model} fragment={CHOICES}>{ t!("model.choices") }</Link></li>
                </ul>
            </nav>
            <div class="prose">{ blocks(&shown) }</div>
            <section class="stack">
                <h2 id={CHOICES} tabindex="-1">{ t!("model.choices") }</h2>
                <p>{ t!("model.choices_lead") }</p>
                <ul class="model-choices">{ for card.choices.iter().map(choice) }</ul>
            </section>
        </div>
    }
}

const CHOICES: &str = "our-choices";

fn choice(fact: &ResolvedFact) -> Html {
    html! {
        <li key={fact.id.clone()}>
            <Link to={Route::Facts} fragment={fact.id.clone()}>{ &fact.title }</Link>
            <div><span class="num">{ &fact.text }</span></div>
            <div class="muted small">{ fact.note.clone() }</div>
        </li>
    }
}

/// What of the card is shown: rows, sentences and points that say what is asked for, below the headings that they belong to.
#[must_use]
pub fn filtered(all: &[CardBlock], show: Show) -> Vec<CardBlock> {
    if show == Show::All {
        return all.to_vec();
    }
    let mut kept: Vec<CardBlock> = Vec::new();
    for block in all {
        if let CardBlock::Heading { level, .. } = block {
            drop_empty_headings(&mut kept, *level);
        }
        kept.extend(part_of(block, show));
    }
    drop_empty_headings(&mut kept, 0);
    kept
}

/// A heading of this level begins: headings before it that are not above it have nothing below them.
fn drop_empty_headings(kept: &mut Vec<CardBlock>, next: u8) {
    while matches!(kept.last(), Some(CardBlock::Heading { level, .. }) if *level >= next) {
        kept.pop();
    }
}

fn part_of(block: &CardBlock, show: Show) -> Option<CardBlock> {
    match block {
        CardBlock::Heading { .. } => Some(block.clone()),
        CardBlock::Table { align, head, rows } => {
            let rows: Vec<_> = rows.iter().filter(|row| row.iter().any(|cell| says(cell, show))).cloned().collect();
            (!rows.is_empty()).then(|| CardBlock::Table { align: align.clone(), head: head.clone(), rows })
        }
        CardBlock::List { start, items } => {
            let says_it = |item: &&Vec<CardBlock>| item.iter().any(|block| part_of(block, show).is_some());
            let items: Vec<_> = items.iter().filter(says_it).cloned().collect();
            (!items.is_empty()).then_some(CardBlock::List { start: start.map(|_| 1), items })
        }
        CardBlock::Paragraph(text) => says(text, show).then(|| block.clone()),
        _ => None,
    }
}

/// Whether a text says that something is our choice (**choice**), or that it is simplified.
fn says(text: &[Inline], show: Show) -> bool {
    text.iter().any(|piece| match (piece, show) {
        (Inline::Strong(inner), Show::Choices) => matches!(inner.as_slice(), [Inline::Text(word)] if word == "choice"),
        (Inline::Text(words), Show::Simplified) => ["simplification", "left out", "not simulated"].iter().any(|part| words.contains(part)),
        _ => false,
    })
}
