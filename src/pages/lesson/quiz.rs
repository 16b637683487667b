//! Questions that ask why, and wrong claims with the run that refutes them.

use crate::components::{Button, ButtonKind, Chip, Tone};
use crate::t;
use yew::prelude::*;

/// A question as it is shown.
#[derive(Clone, PartialEq)]
pub struct QuestionView {
    /// Slug within the lesson.
    pub id: AttrValue,
    /// What is asked.
    pub prompt: Html,
    /// The answers offered.
    pub options: Vec<OptionView>,
}

/// An answer as it is shown.
#[derive(Clone, PartialEq)]
pub struct OptionView {
    /// Its words.
    pub text: Html,
    /// Whether it is right.
    pub right: bool,
    /// Why.
    pub explain: Html,
    /// A link to the run that shows it.
    pub run: Html,
}

/// Properties of [`Quiz`].
#[derive(Properties, PartialEq)]
pub struct QuizProps {
    /// Unique within the lesson.
    pub id: AttrValue,
    /// The questions.
    pub questions: Vec<QuestionView>,
}

/// All questions of a lesson.
#[component]
pub fn Quiz(props: &QuizProps) -> Html {
    html! {
        <section class="quiz stack stack--loose" data-testid={format!("quiz-{}", props.id)}>
            { for props.questions.iter().enumerate().map(|(at, question)| html! {
                <Question key={question.id.to_string()} number={at + 1} question={question.clone()} />
            }) }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct QuestionProps {
    number: usize,
    question: QuestionView,
}

/// One question. Every answer is explained once one was given; trying again is free.
#[component]
fn Question(props: &QuestionProps) -> Html {
    let QuestionView { id, prompt, options } = &props.question;
    let chosen = use_state_eq(|| None::<usize>);
    let checked = use_state_eq(|| false);
    let check = {
        let checked = checked.setter();
        Callback::from(move |_: MouseEvent| checked.set(true))
    };
    let again = {
        let (checked, chosen) = (checked.setter(), chosen.setter());
        Callback::from(move |_: MouseEvent| {
            checked.set(false);
            chosen.set(None);
        })
    };
    let verdict = match chosen.filter(|_| *checked).and_then(|at| options.get(at)) {
        Some(option) if option.right => html! { <Chip label={t!("quiz.right")} tone={Tone::Good} /> },
        Some(_) => html! { <Chip label={t!("quiz.wrong")} tone={Tone::Error} /> },
        None => Html::default(),
    };
    html! {
        <fieldset class="choices quiz__question" data-testid={format!("question-{id}")} data-state={if *checked { "answered" } else { "open" }}>
            <legend class="bet__question"><span class="eyebrow">{ t!("quiz.question", n = props.number) }</span>{ " " }{ prompt.clone() }</legend>
            { for options.iter().enumerate().map(|(at, option)| option_row(id, at, option, *chosen == Some(at), *checked, &chosen)) }
            <div class="cluster">
                <Button label={t!("quiz.check")} onclick={check} disabled={chosen.is_none() || *checked} testid={format!("question-{id}-check")} />
                <span>{ if *checked { html! { <Button label={t!("quiz.again")} kind={ButtonKind::Quiet} onclick={again} /> } } else { Html::default() } }</span>
                <span role="status">{ verdict }</span>
            </div>
        </fieldset>
    }
}

fn option_row(
    id: &AttrValue,
    at: usize,
    option: &OptionView,
    selected: bool,
    checked: bool,
    chosen: &UseStateHandle<Option<usize>>,
) -> Html {
    let onchange = {
        let chosen = chosen.setter();
        Callback::from(move |_: Event| chosen.set(Some(at)))
    };
    let mark = match (checked, option.right, selected) {
        (true, true, _) => Some("choice--right"),
        (true, false, true) => Some("choice--wrong"),
        _ => None,
    };
    html! {
        <div key={at} class="quiz__option">
            <label class={classes!("choice", mark)}>
                <input type="radio" name={format!("question-{id}")} checked={selected} disabled={checked} {onchange} />
                <span>{ option.text.clone() }</span>
            </label>
            <div class="quiz__explain small">
                { if checked { html! { <p>{ option.explain.clone() }{ " " }{ option.run.clone() }</p> } } else { Html::default() } }
            </div>
        </div>
    }
}
