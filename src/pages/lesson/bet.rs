//! A lesson's bet as the prediction box shows it: units of the screen outside, base units inside.

use super::curve::CurveBet;
use super::prose::Prose;
use super::state::{LessonAction, LessonState};
use super::widget::BetMark;
use crate::components::format::Unit;
use crate::components::{Bet, BetAnswer, BetChoice, BetKind, BetStage, SliderScale};
use coldstart_course::{BetAnswer as Answer, BetOption, Block, CompiledLesson, CurveAnswer, Format, ResultRef};
use std::rc::Rc;
use yew::prelude::*;

/// Unit of the answer.
fn unit(format: Format) -> Unit {
    match format {
        Format::Count => Unit::Count,
        Format::Number => Unit::Plain,
        Format::Percent | Format::OneIn => Unit::Percent,
        Format::Duration => Unit::Millis,
        Format::Dollars => Unit::Dollars,
    }
}

/// The prediction box, with the explanation once it was answered. Neither changes with what the learner turns afterwards: the prediction
/// was about the run as it was.
pub(super) fn bet(prose: &Prose<'_>, bet: &coldstart_course::Bet) -> Html {
    prose.settled(|prose| draw(prose, bet))
}

fn draw(prose: &Prose<'_>, bet: &coldstart_course::Bet) -> Html {
    let stage = prose.state.bet(&bet.id);
    let field = match &bet.answer {
        Answer::Curve(answer) => curve(prose, bet, answer, &stage),
        Answer::Number { truth, min, max, step } => {
            let unit = unit(truth.format);
            let start = min + ((max - min) / 2.0 / step).round() * step;
            let kind = BetKind::Number { min: *min, max: *max, step: *step, start, unit, scale: SliderScale::default() };
            field(prose, bet, kind, &stage, in_shown_unit(prose, truth).map(BetAnswer::Number))
        }
        Answer::Choice(options) => {
            let choice =
                |(at, option): (usize, &BetOption)| BetChoice { id: at.to_string().into(), label: prose.words(&option.text).into() };
            let right = options.iter().position(|option| option.right);
            let kind = BetKind::Choice(options.iter().enumerate().map(choice).collect());
            field(prose, bet, kind, &stage, right.map(|at| BetAnswer::Choice(at.to_string().into())))
        }
    };
    html! {
        <div class="lesson-bet" id={bet.id.clone()}>
            { field }
            <div class="lesson-bet__explain">{ if stage.unlocks() { explanation(prose, bet, &stage) } else { Html::default() } }</div>
        </div>
    }
}

fn in_shown_unit(prose: &Prose<'_>, truth: &ResultRef) -> Option<f64> {
    prose.value(truth).map(|value| value * truth.format.shown_per_base())
}

fn on_commit(prose: &Prose<'_>, bet: &coldstart_course::Bet) -> Callback<BetAnswer> {
    let (act, id) = (prose.act.clone(), bet.id.clone());
    Callback::from(move |answer| act.emit(LessonAction::Bet(id.clone(), BetStage::Committed(answer))))
}

fn on_skip(prose: &Prose<'_>, bet: &coldstart_course::Bet) -> Callback<()> {
    let (act, id) = (prose.act.clone(), bet.id.clone());
    Callback::from(move |()| act.emit(LessonAction::Bet(id.clone(), BetStage::Skipped)))
}

fn field(prose: &Prose<'_>, bet: &coldstart_course::Bet, kind: BetKind, stage: &BetStage, truth: Option<BetAnswer>) -> Html {
    html! {
        <Bet
            id={format!("bet-{}", bet.id)}
            question={prose.words(&bet.question)}
            {kind}
            stage={stage.clone()}
            on_commit={on_commit(prose, bet)}
            on_skip={on_skip(prose, bet)}
            truth={truth.filter(|_| stage.unlocks())}
            testid={format!("bet-{}", bet.id)}
        />
    }
}

/// The points lie where the charts of runs have them: at the beginning of their minutes.
fn curve(prose: &Prose<'_>, bet: &coldstart_course::Bet, answer: &CurveAnswer, stage: &BetStage) -> Html {
    let starts_s = prose.lesson.scenarios.get(&answer.truth.run).map_or(0, |spec| spec.run.clock_start_s);
    let at = |minute: u32| (f64::from(starts_s) + f64::from(minute) * 60.0) * 1e6;
    let truth = || answer.points().map(|(_, point)| in_shown_unit(prose, &point).unwrap_or(f64::NAN)).collect::<Vec<_>>();
    html! {
        <CurveBet
            id={format!("bet-{}", bet.id)}
            question={prose.words(&bet.question)}
            label={answer.label.clone()}
            unit={unit(answer.truth.format)}
            xs={Rc::new(answer.points().map(|(minute, _)| at(minute)).collect::<Vec<_>>())}
            max={answer.max}
            step={answer.step}
            stage={stage.clone()}
            on_commit={on_commit(prose, bet)}
            on_skip={on_skip(prose, bet)}
            truth={stage.unlocks().then(|| Rc::new(truth()))}
            testid={format!("bet-{}", bet.id)}
        />
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
        let value = number / truth.format.shown_per_base();
        Some(BetMark { id: bet.id.clone().into(), metric: truth.metric.clone().into(), value })
    };
    lesson.blocks.iter().filter_map(of).collect()
}
