//! A prediction, committed before the run: what makes the answer worth reading.

use super::format::{self, Unit};
use super::{Button, ButtonKind, Slider, SliderScale};
use crate::t;
use yew::prelude::*;

/// What can be predicted.
#[derive(Clone, Debug, PartialEq)]
pub enum BetKind {
    /// A number on a slider.
    Number {
        /// Least value.
        min: f64,
        /// Largest value.
        max: f64,
        /// Distance of two values.
        step: f64,
        /// Where the slider starts.
        start: f64,
        /// Unit.
        unit: Unit,
        /// How the way along the slider maps to values.
        scale: SliderScale,
    },
    /// One of several answers.
    Choice(Vec<BetChoice>),
}

/// One answer to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BetChoice {
    /// Its id.
    pub id: AttrValue,
    /// What it says.
    pub label: AttrValue,
}

/// A committed prediction.
#[derive(Clone, Debug, PartialEq)]
pub enum BetAnswer {
    /// Of [`BetKind::Number`].
    Number(f64),
    /// Id of the answer of [`BetKind::Choice`].
    Choice(AttrValue),
    /// The heights of a curve, point by point, in the unit of its axis.
    Curve(Vec<f64>),
}

/// How far a bet is; kept by the page, because the run waits for it and the chart shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum BetStage {
    /// Not yet made.
    #[default]
    Open,
    /// Made; it cannot be changed any more.
    Committed(BetAnswer),
    /// The learner did not want to bet.
    Skipped,
}

impl BetStage {
    /// Whether the run may start.
    #[must_use]
    pub fn unlocks(&self) -> bool {
        *self != Self::Open
    }

    /// The number that was bet, for a chart's mark.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Committed(BetAnswer::Number(value)) => Some(*value),
            _ => None,
        }
    }

    /// The curve that was drawn.
    #[must_use]
    pub fn curve(&self) -> Option<&[f64]> {
        match self {
            Self::Committed(BetAnswer::Curve(heights)) => Some(heights),
            _ => None,
        }
    }
}

/// The gap between a bet and the truth in words: `Half of what it was.`
#[must_use]
pub fn gap_sentence(bet: f64, truth: f64, unit: Unit) -> String {
    let difference = truth - bet;
    if !difference.is_finite() {
        return String::new();
    }
    let scale = truth.abs().max(bet.abs());
    if difference.abs() <= scale * 0.02 {
        return t!("kit.gap_none").to_owned();
    }
    // A quarter is 15 points more than a tenth, and not 15 percent more.
    let apart = if unit == Unit::Percent { t!("kit.points", n = format::number(difference.abs())) } else { unit.show(difference.abs()) };
    let more = difference > 0.0;
    let far = bet > 0.0 && truth > 0.0 && !(0.67..1.5).contains(&(truth / bet));
    match (format::ratio(truth, bet).filter(|_| far), more) {
        (Some(ratio), true) => t!("kit.gap_times_more", apart = apart, ratio = ratio),
        (Some(ratio), false) => t!("kit.gap_times_less", apart = apart, ratio = ratio),
        (None, true) => t!("kit.gap_more", apart = apart),
        (None, false) => t!("kit.gap_less", apart = apart),
    }
}

/// Properties of [`Bet`].
#[derive(Properties, Clone, PartialEq)]
pub struct BetProps {
    /// Id that the fields' ids are made of.
    pub id: AttrValue,
    /// The question.
    pub question: AttrValue,
    /// What can be predicted.
    pub kind: BetKind,
    /// How far it is.
    pub stage: BetStage,
    /// Called with the prediction.
    pub on_commit: Callback<BetAnswer>,
    /// Called when the learner skips.
    pub on_skip: Callback<()>,
    /// The truth, once the run has shown it.
    #[prop_or_default]
    pub truth: Option<BetAnswer>,
    /// Name for the tests; the buttons' are `{testid}-commit` and `{testid}-skip`.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
}

/// A question, a field for the answer, and, after the run, the gap.
#[component]
pub fn Bet(props: &BetProps) -> Html {
    html! {
        <BetFrame
            id={props.id.clone()}
            question={props.question.clone()}
            stage={props.stage.clone()}
            answered={props.truth.is_some()}
            testid={props.testid.clone()}
        >
            { if props.stage.unlocks() { result(props) } else { html! { <BetField ..props.clone() /> } } }
        </BetFrame>
    }
}

/// Properties of [`BetFrame`].
#[derive(Properties, Clone, PartialEq)]
pub struct BetFrameProps {
    /// Id that the parts' ids are made of.
    pub id: AttrValue,
    /// The question.
    pub question: AttrValue,
    /// How far it is.
    pub stage: BetStage,
    /// Whether the run has shown the truth.
    pub answered: bool,
    /// Name for the tests.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
    /// The field while it is open, then the result.
    pub children: Html,
}

/// What every prediction looks like: a question, and below it the field or the result.
#[component]
pub fn BetFrame(props: &BetFrameProps) -> Html {
    let open = !props.stage.unlocks();
    let state = match (open, props.answered) {
        (true, _) => "open",
        (false, false) => "committed",
        (false, true) => "answered",
    };
    html! {
        <section
            class={classes!("bet", (!open).then_some("bet--closed"))}
            aria-labelledby={format!("{}-question", props.id)}
            data-testid={props.testid.clone()}
            data-state={state}
        >
            <p class="eyebrow">{ t!("kit.bet") }</p>
            <p class="bet__question" id={format!("{}-question", props.id)}>{ &props.question }</p>
            <div class="bet__field">{ open.then(|| props.children.clone()) }</div>
            <div class="bet__result" role="status">{ (!open).then(|| props.children.clone()) }</div>
        </section>
    }
}

/// Properties of [`BetButtons`].
#[derive(Properties, Clone, PartialEq)]
pub struct BetButtonsProps {
    /// Called to commit.
    pub on_commit: Callback<MouseEvent>,
    /// Called when the learner skips.
    pub on_skip: Callback<()>,
    /// Whether there is an answer to commit.
    pub ready: bool,
    /// Name for the tests; the buttons' are `{testid}-commit` and `{testid}-skip`.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
}

/// Commit or skip.
#[component]
pub fn BetButtons(props: &BetButtonsProps) -> Html {
    let testid = |part: &str| part_of(props.testid.as_ref(), part);
    html! {
        <div class="cluster">
            <Button label={t!("kit.commit")} kind={ButtonKind::Primary} onclick={props.on_commit.clone()} disabled={!props.ready} testid={testid("commit")} />
            <Button label={t!("kit.skip")} kind={ButtonKind::Quiet} onclick={props.on_skip.reform(|_| ())} testid={testid("skip")} />
        </div>
    }
}

fn part_of(testid: Option<&AttrValue>, part: &str) -> Option<AttrValue> {
    testid.map(|id| AttrValue::from(format!("{id}-{part}")))
}

/// The field of an open bet; it keeps the answer until it is committed.
#[component]
fn BetField(props: &BetProps) -> Html {
    let answer = use_state_eq(|| match &props.kind {
        BetKind::Number { start, .. } => Some(BetAnswer::Number(*start)),
        BetKind::Choice(_) => None,
    });
    let commit = {
        let (answer, on_commit) = (answer.clone(), props.on_commit.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(answer) = (*answer).clone() {
                on_commit.emit(answer);
            }
        })
    };
    let set = {
        let answer = answer.clone();
        Callback::from(move |to: BetAnswer| answer.set(Some(to)))
    };
    html! {
        <>
            <div class="bet__answer">{ field(props, answer.as_ref(), &set, part_of(props.testid.as_ref(), "field")) }</div>
            <BetButtons on_commit={commit} on_skip={props.on_skip.clone()} ready={answer.is_some()} testid={props.testid.clone()} />
        </>
    }
}

fn field(props: &BetProps, answer: Option<&BetAnswer>, set: &Callback<BetAnswer>, testid: Option<AttrValue>) -> Html {
    match &props.kind {
        BetKind::Number { min, max, step, start, unit, scale } => {
            let value = if let Some(BetAnswer::Number(value)) = answer { *value } else { *start };
            html! {
                <Slider
                    id={format!("{}-value", props.id)}
                    label={t!("kit.bet")}
                    {value}
                    min={*min}
                    max={*max}
                    step={*step}
                    unit={*unit}
                    scale={*scale}
                    on_input={set.reform(BetAnswer::Number)}
                    {testid}
                />
            }
        }
        BetKind::Choice(choices) => html! {
            <fieldset class="choices" aria-labelledby={format!("{}-question", props.id)} data-testid={testid}>
                { for choices.iter().map(|choice| choice_button(props, choice, answer, set)) }
            </fieldset>
        },
    }
}

fn choice_button(props: &BetProps, choice: &BetChoice, answer: Option<&BetAnswer>, set: &Callback<BetAnswer>) -> Html {
    let onchange = {
        let id = choice.id.clone();
        set.reform(move |_: Event| BetAnswer::Choice(id.clone()))
    };
    html! {
        <label class="choice" key={choice.id.to_string()}>
            <input
                type="radio"
                name={props.id.clone()}
                value={choice.id.clone()}
                checked={answer == Some(&BetAnswer::Choice(choice.id.clone()))}
                {onchange}
            />
            <span>{ &choice.label }</span>
        </label>
    }
}

fn result(props: &BetProps) -> Html {
    let said = match &props.stage {
        BetStage::Committed(answer) => shown(&props.kind, answer),
        BetStage::Open | BetStage::Skipped => None,
    };
    let truth = props.truth.as_ref().and_then(|answer| shown(&props.kind, answer));
    let pair = |label: &'static str, class: &'static str, value: Option<String>| {
        value.map(|value| html! { <div {class}><dt>{ label }</dt><dd class="num">{ value }</dd></div> })
    };
    let skipped = said.is_none().then_some(t!("kit.skipped"));
    html! {
        <>
            <p class="bet__skipped">{ skipped }</p>
            <dl class={classes!("bet__pair", matches!(props.kind, BetKind::Choice(_)).then_some("bet__pair--words"))}>
                { pair(t!("kit.committed"), "bet__said", said) }
                { pair(t!("kit.answer"), "bet__truth", truth) }
            </dl>
            <p class="bet__gap">{ gap(props) }</p>
        </>
    }
}

fn shown(kind: &BetKind, answer: &BetAnswer) -> Option<String> {
    match (kind, answer) {
        (BetKind::Number { unit, .. }, BetAnswer::Number(value)) => Some(unit.show(*value)),
        (BetKind::Choice(choices), BetAnswer::Choice(id)) => choices.iter().find(|c| c.id == *id).map(|c| c.label.to_string()),
        _ => None,
    }
}

fn gap(props: &BetProps) -> Option<String> {
    let BetKind::Number { unit, .. } = &props.kind else { return None };
    match (props.stage.number(), &props.truth) {
        (Some(bet), Some(BetAnswer::Number(truth))) => Some(gap_sentence(bet, *truth, *unit)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_told_as_difference_and_ratio() {
        let plain = |bet, truth| gap_sentence(bet, truth, Unit::Share).replace(format::NBSP, " ");
        assert_eq!(plain(0.02, 0.11), "9 % more than you said, 5.5 times as much.");
        assert_eq!(plain(0.2, 0.1), "10 % less than you said, 0.5 times as much.");
        assert_eq!(plain(0.0, 0.1), "10 % more than you said.");
        assert_eq!(plain(0.1, 0.101), "Within 2 % of it.");
        assert_eq!(plain(0.0, 0.0), "Within 2 % of it.");
        assert_eq!(plain(0.1, f64::NAN), "");
    }
}
