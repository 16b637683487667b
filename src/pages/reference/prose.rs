//! Blocks and inlines of the reference as nodes. Facts and terms lead to their own pages here.

use crate::app::route::NAMED;
use crate::app::{Link, Route};
use crate::components::CodeBlock;
use crate::t;
use coldstart_course::{Align, CardBlock, Inline, LinkTarget};
use yew::prelude::*;

/// Blocks, one after the other.
pub fn blocks(all: &[CardBlock]) -> Html {
    all.iter().map(block).collect()
}

fn block(block: &CardBlock) -> Html {
    match block {
        CardBlock::Heading { level, id, text } => {
            let (id, words) = (id.clone(), inlines(text));
            match level {
                ..=2 => html! { <h2 {id} tabindex="-1">{ words }</h2> },
                3 => html! { <h3 {id} tabindex="-1">{ words }</h3> },
                _ => html! { <h4 {id} tabindex="-1">{ words }</h4> },
            }
        }
        CardBlock::Paragraph(text) => html! { <p>{ inlines(text) }</p> },
        CardBlock::List { start, items } => {
            let items = items.iter().map(|item| html! { <li>{ blocks(item) }</li> }).collect::<Html>();
            match start {
                None => html! { <ul>{ items }</ul> },
                Some(start) => html! { <ol start={start.to_string()}>{ items }</ol> },
            }
        }
        CardBlock::Code { text } => html! { <CodeBlock code={text.clone()} label={t!("lesson.listing")} /> },
        CardBlock::Quote(inner) => html! { <blockquote>{ blocks(inner) }</blockquote> },
        CardBlock::Table { align, head, rows } => table(align, head, rows),
    }
}

fn table(align: &[Align], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> Html {
    let class = |column: usize| classes!((align.get(column) == Some(&Align::Right)).then_some("end"));
    let cell = |(at, cell): (usize, &Vec<Inline>)| match at {
        0 => html! { <th scope="row" class={class(at)}>{ inlines(cell) }</th> },
        _ => html! { <td class={class(at)}>{ inlines(cell) }</td> },
    };
    let head = head.iter().enumerate().map(|(at, cell)| html! { <th scope="col" class={class(at)}>{ inlines(cell) }</th> });
    html! {
        <div class="table-scroll table-scroll--page" tabindex="0" role="group" aria-label={t!("lesson.table")}>
            <table class="table model-table">
                <thead><tr>{ head.collect::<Html>() }</tr></thead>
                <tbody>{ for rows.iter().map(|row| html! { <tr>{ for row.iter().enumerate().map(cell) }</tr> }) }</tbody>
            </table>
        </div>
    }
}

/// Running text.
pub fn inlines(text: &[Inline]) -> Html {
    text.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> Html {
    match inline {
        Inline::Text(text) => html! { { text.clone() } },
        Inline::Emphasis(text) => html! { <em>{ inlines(text) }</em> },
        Inline::Strong(text) => html! { <strong>{ inlines(text) }</strong> },
        Inline::Code(text) => html! { <code>{ text.clone() }</code> },
        Inline::Link { to, text } => link(to, inlines(text)),
        Inline::Fact { id, text } => html! { <Link to={Route::Facts} fragment={id.clone()}>{ text.clone() }</Link> },
        Inline::Count(text) => html! { <span class="num">{ text.clone() }</span> },
        Inline::Break => html! { <br /> },
        // Runs and draws belong to lessons; the lint lets none through.
        Inline::Result(_) | Inline::Draw => Html::default(),
    }
}

fn link(to: &LinkTarget, words: Html) -> Html {
    match to {
        LinkTarget::Lesson(slug) => html! { <Link to={Route::Lesson(slug.clone())}>{ words }</Link> },
        LinkTarget::Page(name) => {
            let page = NAMED.iter().find(|(page, _)| page == name).map_or(Route::Home, |(_, route)| route.clone());
            html! { <Link to={page}>{ words }</Link> }
        }
        LinkTarget::Term(id) => html! { <Link to={Route::Glossary} fragment={id.clone()}>{ words }</Link> },
        LinkTarget::External(address) => html! { <a href={address.clone()} target="_blank" rel="noopener noreferrer">{ words }</a> },
        LinkTarget::Anchor(_) => words,
    }
}
