//! Predictions: a number, a curve, or one of a few answers.

use super::directive::{one_right, prose_of, required_prose, take_id};
use super::draft::Draft;
use super::fields::{self, At, Fields};
use super::problem::{Code, Place};
use super::prose;
use super::source::Source;
use crate::{Bet, BetAnswer, BetOption, Block, CURVE_POINTS_MAX, CURVES_MAX, CurveAnswer, ResultRef};

pub(super) fn read(draft: &mut Draft<'_>, source: Source<'_>, place: &Place, id: &str) -> Option<Block> {
    let table = fields::parse(source, draft.problems());
    let fields = Fields::new(source, &table, draft.problems());
    take_id(draft, "bet", id, place);
    draft.uses.bets += 1;
    let question = required_prose(draft, &fields, "question");
    let explain = prose_of(draft, &fields, "explain");
    let on = fields.text("on");
    // The stage that shows the run may come before the prediction or after it: looked for when the whole lesson is read.
    draft.uses.bets_on.extend(on.clone());
    let options = fields.tables("option");
    let answer = match fields.range("minutes") {
        _ if !options.is_empty() => Some(BetAnswer::Choice(read_options(draft, &options, place))),
        Some(minutes) => curve(draft, &fields, &minutes),
        None => number(draft, &fields),
    };
    for option in options {
        option.finish("An option");
    }
    fields.finish("A bet");
    Some(Block::Bet(Bet { id: id.to_owned(), on: on.map(|on| on.value), question, answer: answer?, explain }))
}

fn number(draft: &mut Draft<'_>, fields: &Fields<'_, '_>) -> Option<BetAnswer> {
    let truth = fields.required_text("truth");
    for key in ["min", "max", "step"] {
        fields.require(key);
    }
    let numbers = (fields.number("min"), fields.number("max"), fields.number("step"));
    let truth = truth.and_then(|truth| prose::result_ref(draft, &truth.place, &truth.value))?;
    let (Some(min), Some(max), Some(step)) = numbers else { return None };
    if !(min.value < max.value && step.value > 0.0) {
        draft.problem(&min.place, Code::BadValue, "`min` must be below `max`, and `step` above 0.");
    }
    expect_within(draft, &max.place, &truth, (min.value, max.value));
    Some(BetAnswer::Number { truth, min: min.value, max: max.value, step: step.value })
}

/// A figure whose metric can be asked for stretch by stretch.
fn curve(draft: &mut Draft<'_>, fields: &Fields<'_, '_>, minutes: &At<(f64, f64)>) -> Option<BetAnswer> {
    draft.uses.curves += 1;
    if draft.uses.curves > CURVES_MAX {
        draft.problem(&minutes.place, Code::BadValue, format!("A lesson asks for at most {CURVES_MAX} curves."));
    }
    let label = fields.required_text("label");
    let truth = fields.required_text("truth");
    for key in ["max", "step"] {
        fields.require(key);
    }
    let every = fields.integer("every").map_or(1, |every| every.value);
    let (max, step) = (fields.number("max")?, fields.number("step")?);
    let place = truth.as_ref()?.place.clone();
    let truth = prose::result_name(draft, &place, &truth?.value)?;
    if !(max.value > 0.0 && step.value > 0.0 && step.value <= max.value) {
        draft.problem(&max.place, Code::BadValue, "`max` and `step` must be above 0, and `step` not above `max`.");
    }
    let Some((minutes, every)) = stretches(minutes.value, every) else {
        let message =
            format!("`minutes` must be [first, end] in whole minutes, `every` a divisor of them, with 2 to {CURVE_POINTS_MAX} points.");
        draft.problem(&minutes.place, Code::BadValue, message);
        return None;
    };
    let answer = CurveAnswer { label: label?.value, truth, minutes, every, max: max.value, step: step.value };
    for (_, point) in answer.points() {
        if !draft.check_metric(&place, &point.metric) {
            return None;
        }
        expect_within(draft, &max.place, &point, (0.0, max.value));
        draft.uses.results.push(At { value: point, place: place.clone() });
    }
    Some(BetAnswer::Curve(answer))
}

/// First minute, end and width of the stretches, if they give 2 to [`CURVE_POINTS_MAX`] whole ones.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be whole and small")]
fn stretches((from, until): (f64, f64), every: i64) -> Option<((u32, u32), u32)> {
    let whole = |minute: f64| (minute.fract() == 0.0 && (0.0..1e6).contains(&minute)).then_some(minute as u32);
    let (from, until) = (whole(from)?, whole(until)?);
    let every = u32::try_from(every).ok().filter(|every| *every > 0)?;
    let long = until.checked_sub(from)?;
    let points = usize::try_from(long / every).ok()?;
    (long % every == 0 && (2..=CURVE_POINTS_MAX).contains(&points)).then_some(((from, until), every))
}

/// The answer must be among those that are offered; known when the scenario is run.
fn expect_within(draft: &mut Draft<'_>, place: &Place, truth: &ResultRef, (low, high): (f64, f64)) {
    let per_base = truth.format.shown_per_base();
    draft.uses.offered.push(At { value: (truth.clone(), (low / per_base, high / per_base)), place: place.clone() });
}

fn read_options(draft: &mut Draft<'_>, options: &[Fields<'_, '_>], place: &Place) -> Vec<BetOption> {
    let mut read = Vec::new();
    for option in options {
        let text = required_prose(draft, option, "text");
        let right = option.flag("right").is_some_and(|flag| flag.value);
        let explain = prose_of(draft, option, "explain");
        read.push(BetOption { text, right, explain });
    }
    one_right(draft, place, read.iter().map(|option| option.right));
    read
}
