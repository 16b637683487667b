//! A number to give, and the simulator's beside it.

use super::card::Card;
use super::shown_in;
use super::state::{NumberSaid, QuizAction, Stage};
use crate::components::TextField;
use crate::components::format::percent;
use crate::{t, testid};
use yew::prelude::*;

/// The field, while the answer can be changed.
pub fn draw(card: &Card<'_>) -> Html {
    let Some(numeric) = card.view.question.numeric() else { return Html::default() };
    let unit = shown_in(numeric.unit).word();
    let label = if unit.is_empty() { t!("quiz.number").to_owned() } else { t!("quiz.number_in", unit = unit) };
    match (card.state.stage, card.state.said()) {
        (Stage::Open, said) => {
            let act = card.act.clone();
            let problem = (said.is_none() && !card.state.typed.trim().is_empty()).then(|| AttrValue::from(t!("quiz.no_number")));
            html! {
                <TextField
                    id={card.part(testid::PART_NUMBER)}
                    {label}
                    value={card.state.typed.clone()}
                    hint={AttrValue::from(t!("quiz.tolerance", share = percent(numeric.tolerance)))}
                    {problem}
                    on_input={Callback::from(move |text| act.emit(QuizAction::Type(text)))}
                    testid={card.part(testid::PART_NUMBER)}
                />
            }
        }
        (_, said) => {
            html! { <p>{ t!("quiz.you_said", said = said.map(|said| shown_in(numeric.unit).show(said)).unwrap_or_default()) }</p> }
        }
    }
}

/// Both numbers, the mistake if it is a known one, and why.
pub fn told(card: &Card<'_>, number: NumberSaid) -> Html {
    let Some((numeric, texts)) = card.view.question.numeric().zip(card.view.texts(card.state.draw())) else { return Html::default() };
    let answer = shown_in(numeric.unit).show(number.answer);
    let answer = if number.live { t!("quiz.simulated", answer = answer) } else { t!("quiz.simulated_then", answer = answer) };
    let trap = number.trap.and_then(|at| texts.traps.get(at)).cloned();
    html! {
        <div class="stack">
            <p data-testid={card.part(testid::PART_ANSWER)}>{ answer }</p>
            <div class="quiz__part">{ trap.map(|trap| html! { <p><strong>{ t!("quiz.trap") }</strong>{ " " }{ trap }</p> }) }</div>
            <p>{ texts.explain.clone() }</p>
        </div>
    }
}
