//! A lesson's bet as the prediction box shows it: units of the screen outside, base units inside.

use super::prose::Prose;
use super::state::{LessonAction, LessonState};
use super::widget::BetMark;
use crate::components::format::Unit;
use crate::components::{Bet, BetAnswer, BetChoice, BetKind, BetStage, SliderScale};
use coldstart_course::{BetAnswer as Answer, BetOption, Block, CompiledLesson, Format};
use yew::prelude::*;

/// Unit of the answer, and how many of it make one of the base unit.
fn unit(format: Format) -> (Unit, f64) {
    match format {
        Format::Count => (Unit::Count, 1.0),
        Format::Number => (Unit::Plain, 1.0),
        Format::Percent | Format::OneIn => (Unit::Percent, 100.0),
        Format::Duration => (Unit::Millis, 1.0),
        Format::Dollars => (Unit::Dollars, 1.0),
    }
}

/// The prediction box, with the explanation once it was answered. Neither changes with what the learner turns afterwards: the prediction
/// was about the run as it was.
pub(super) fn bet(prose: &Prose<'_>, bet: &coldstart_course::Bet) -> Html {
    prose.settled(|prose| draw(prose, bet))
}

fn draw(prose: &Prose<'_>, bet: &coldstart_course::Bet) -> Html {
    let stage = prose.state.bet(&bet.id);
    let answered = stage.unlocks();
    let (kind, truth) = match &bet.answer {
        Answer::Number { truth, min, max, step } => {
            let (unit, per_base) = unit(truth.format);
            let start = min + ((max - min) / 2.0 / step).round() * step;
            let kind = BetKind::Number { min: *min, max: *max, step: *step, start, unit, scale: SliderScale::default() };
            (kind, prose.value(truth).map(|value| BetAnswer::Number(value * per_base)))
        }
        Answer::Choice(options) => {
            let choice =
                |(at, option): (usize, &BetOption)| BetChoice { id: at.to_string().into(), label: prose.words(&option.text).into() };
            let right = options.iter().position(|option| option.right);
            (BetKind::Choice(options.iter().enumerate().map(choice).collect()), right.map(|at| BetAnswer::Choice(at.to_string().into())))
        }
    };
    let set = |stage: fn(BetAnswer) -> BetStage| {
        let (act, id) = (prose.act.clone(), bet.id.clone());
        Callback::from(move |answer| act.emit(LessonAction::Bet(id.clone(), stage(answer))))
    };
    let skip = {
        let (act, id) = (prose.act.clone(), bet.id.clone());
        Callback::from(move |()| act.emit(LessonAction::Bet(id.clone(), BetStage::Skipped)))
    };
    html! {
        <div class="lesson-bet" id={bet.id.clone()}>
            <Bet
                id={format!("bet-{}", bet.id)}
                question={prose.words(&bet.question)}
                {kind}
                stage={stage.clone()}
                on_commit={set(BetStage::Committed)}
                on_skip={skip}
                truth={truth.filter(|_| answered)}
                testid={format!("bet-{}", bet.id)}
            />
            <div class="lesson-bet__explain">{ if answered { explanation(prose, bet, &stage) } else { Html::default() } }</div>
        </div>
    }
}

fn explanation(prose: &Prose<'_>, bet: &coldstart_course::Bet, stage: &BetStage) -> Html {
    let paragraph = |text: &[coldstart_course::Inline]| match text {
        [] => Html::default(),
        text => html! { <p>{ prose.inlines(text) }</p> },
    };
    let options: &[BetOption] = if let Answer::Choice(options) = &bet.answer { options } else { &[] };
    let chosen = match stage {
        BetStage::Committed(BetAnswer::Choice(id)) => id.parse::<usize>().ok().and_then(|at| options.get(at)),
        _ => None,
    };
    let right = options.iter().find(|option| option.right).filter(|right| chosen != Some(*right));
    let of_option = |option: &BetOption| match option.explain.as_slice() {
        [] => Html::default(),
        text => html! { <p><strong>{ prose.words(&option.text) }</strong>{ ": " }{ prose.inlines(text) }</p> },
    };
    html! {
        <>
            { chosen.map(of_option) }
            { right.map(of_option) }
            { paragraph(&bet.explain) }
        </>
    }
}

/// Numbers that were predicted about a widget, for its chart.
pub(super) fn marks(lesson: &CompiledLesson, state: &LessonState, widget: &str) -> Vec<BetMark> {
    let of = |block: &Block| {
        let Block::Bet(bet) = block else { return None };
        let Answer::Number { truth, .. } = &bet.answer else { return None };
        let number = state.bet(&bet.id).number().filter(|_| bet.on.as_deref() == Some(widget))?;
        let (_, per_base) = unit(truth.format);
        Some(BetMark { id: bet.id.clone().into(), metric: truth.metric.clone().into(), value: number / per_base })
    };
    lesson.blocks.iter().filter_map(of).collect()
}
