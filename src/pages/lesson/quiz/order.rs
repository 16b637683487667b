//! Things to put in order, with two buttons each.

use super::card::Card;
use super::state::{QuizAction, Way};
use super::view::OptionView;
use crate::{t, testid};
use yew::prelude::*;

/// Id of the button that moves an option.
pub fn button_id(id: &str, option: usize, way: Way) -> String {
    let way = match way {
        Way::Up => "up",
        Way::Down => "down",
    };
    format!("{id}-{way}-{option}")
}

/// The list as it stands; after the answer the right one, each thing with its reason.
pub fn draw(card: &Card<'_>) -> Html {
    if card.state.verdict().is_some() {
        let rows = card.view.options.iter().enumerate().map(|(at, option)| solved(card, at, option));
        return html! { <ol class="quiz__order" key="solved">{ for rows }</ol> };
    }
    let rows = card.state.order.iter().enumerate().filter_map(|(at, option)| Some(row(card, at, *option, card.view.options.get(*option)?)));
    let said = card.state.moved.and_then(|(moved, _)| card.state.order.iter().position(|option| *option == moved));
    let said = said.map(|at| t!("quiz.moved", n = at + 1, of = card.state.order.len()));
    html! {
        <>
            <ol class="quiz__order" key="open">{ for rows }</ol>
            <p class="muted small" role="status">{ said }</p>
        </>
    }
}

fn row(card: &Card<'_>, at: usize, option: usize, view: &OptionView) -> Html {
    let text_id = card.part(&format!("text-{option}"));
    let button = |way: Way, label: &'static str, stuck: bool| {
        let id = button_id(&card.view.id, option, way);
        // Not `disabled`: a button that moved its row to the end keeps the focus.
        html! {
            <button
                type="button"
                class="btn btn--quiet"
                id={id.clone()}
                aria-labelledby={format!("{id} {text_id}")}
                aria-disabled={(stuck || !card.is_open()).then_some("true")}
                data-testid={id.clone()}
                onclick={card.does::<MouseEvent>(QuizAction::Move(at, way))}
            >
                { label }
            </button>
        }
    };
    html! {
        <li key={option} class="choice">
            <span class="quiz__thing" id={text_id.clone()}>{ view.text.clone() }</span>
            { button(Way::Up, t!("quiz.up"), at == 0) }
            { button(Way::Down, t!("quiz.down"), at + 1 == card.state.order.len()) }
        </li>
    }
}

fn solved(card: &Card<'_>, at: usize, view: &OptionView) -> Html {
    let place = card.state.order.iter().position(|option| *option == at);
    let (mark, said) = match place {
        Some(place) if place != at => ("choice choice--moved", Some(t!("quiz.you_had", n = place + 1))),
        _ => ("choice choice--right", None),
    };
    html! {
        <li key={at} class="quiz__option" data-testid={card.part(&format!("{}-{at}", testid::PART_OPTION))}>
            <div class={mark}>
                <span class="quiz__thing">{ view.text.clone() }</span>
                <span class="muted small">{ said }</span>
            </div>
            <div class="quiz__explain small"><p>{ view.explain.clone() }{ " " }{ view.run.clone() }</p></div>
        </li>
    }
}
