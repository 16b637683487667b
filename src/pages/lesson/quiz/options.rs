//! Options to choose from: one, or all that hold.

use super::card::Card;
use super::state::{QuizAction, shuffled};
use super::view::OptionView;
use crate::{t, testid};
use coldstart_course::QuestionKind;
use yew::prelude::*;

/// The options; each is explained once an answer was given. The author's order comes first; after that another one each time, so that
/// nobody remembers a place instead of a reason.
pub fn draw(card: &Card<'_>) -> Html {
    let options = &card.view.options;
    let order = match card.state.round {
        0 => (0..options.len()).collect(),
        round => shuffled(options.len(), &card.view.question.id, round),
    };
    order.into_iter().filter_map(|at| Some(row(card, at, options.get(at)?))).collect()
}

fn row(card: &Card<'_>, at: usize, option: &OptionView) -> Html {
    let chosen = card.state.chosen.contains(&at);
    let answered = card.state.verdict().is_some();
    let mark = match (answered, option.right, chosen) {
        (true, true, _) => Some("choice--right"),
        (true, false, true) => Some("choice--wrong"),
        _ => None,
    };
    let kind = if card.view.question.kind == QuestionKind::Multiple { "checkbox" } else { "radio" };
    let told = if answered { explained(option) } else { Html::default() };
    html! {
        <div key={at} class="quiz__option">
            <label class={classes!("choice", mark)}>
                <input
                    type={kind}
                    name={card.part("option")}
                    checked={chosen}
                    disabled={!card.is_open()}
                    onchange={card.does::<Event>(QuizAction::Choose(at))}
                    data-testid={card.part(&format!("{}-{at}", testid::PART_OPTION))}
                />
                <span>{ option.text.clone() }</span>
            </label>
            <div class="quiz__explain small">{ told }</div>
        </div>
    }
}

/// The word comes first: colour alone says nothing to many.
fn explained(option: &OptionView) -> Html {
    let word = if option.right { t!("quiz.holds") } else { t!("quiz.fails") };
    html! { <p><strong>{ word }</strong>{ " " }{ option.explain.clone() }{ " " }{ option.run.clone() }</p> }
}
