//! The questions of a lesson's `quiz.en.toml`.

use super::directive::{one_right, required_prose, scenario};
use super::draft::{Draft, is_slug};
use super::fields::{self, At, Fields};
use super::problem::{Code, Place};
use super::prose;
use super::source::{Files, Source};
use crate::{AnswerUnit, Inline, Numeric, Question, QuestionKind, QuizOption, RequestTrace, ResultRef, Trap, Vary};
use serde_json::Value;

/// How far from the answer still counts as right, unless the question says otherwise.
const TOLERANCE: f64 = 0.05;
/// Fewest things to put in order; two are a coin toss.
const ORDER_MIN: usize = 3;

/// Reads the lesson's questions, if it has any.
pub(super) fn read_all(files: &Files, slug: &str, draft: &mut Draft<'_>) -> Vec<At<Question>> {
    let Some((file, text)) = files.texts.get_key_value(&format!("{slug}/quiz.en.toml")) else { return Vec::new() };
    let source = Source::new(file, text);
    let table = fields::parse(source, draft.problems());
    let fields = Fields::new(source, &table, draft.problems());
    let mut questions = Vec::new();
    for question in fields.tables("question") {
        questions.push(At { value: read(draft, &question), place: question.place() });
        question.finish("A question");
    }
    fields.finish("A quiz file");
    questions
}

fn read(draft: &mut Draft<'_>, fields: &Fields<'_, '_>) -> Question {
    let place = fields.place();
    let id = fields.required_text("id").map(|id| id.value).unwrap_or_default();
    if is_slug(&id) {
        draft.claim_id("question", &id, &place);
    } else {
        draft.problem(&place, Code::BadSlug, format!("The question needs a slug for an id, not `{id}`."));
    }
    let revision = fields.integer("revision").map_or(1, |revision| u32::try_from(revision.value).unwrap_or(1));
    let word = fields.text("kind").unwrap_or_else(|| At { value: "choice".to_owned(), place: place.clone() });
    // Before the prompt, which may show what is drawn.
    let vary = if word.value == "numeric" { vary(draft, fields) } else { None };
    draft.draws = vary.is_some();
    let prompt = required_prose(draft, fields, "prompt");
    check_draw(draft, &place, vary.as_ref(), &prompt);
    let kind = match word.value.as_str() {
        "multiple" => Some(QuestionKind::Multiple),
        "order" => Some(QuestionKind::Order),
        "numeric" => numeric(draft, fields, vary).map(QuestionKind::Numeric),
        "trace" => trace(draft, fields).map(QuestionKind::Trace),
        other => {
            if other != "choice" {
                let message = format!("`{other}` is not a kind; there are {}.", QuestionKind::WORDS.join(", "));
                draft.problem(&word.place, Code::BadValue, message);
            }
            Some(QuestionKind::Choice)
        }
    };
    draft.draws = false;
    let options = if word.value == "numeric" { Vec::new() } else { options(draft, fields, word.value == "order") };
    check_options(draft, &place, &word.value, &options);
    // A kind that could not be read was reported.
    Question { id, revision, prompt, kind: kind.unwrap_or_default(), options }
}

fn options(draft: &mut Draft<'_>, fields: &Fields<'_, '_>, ordered: bool) -> Vec<QuizOption> {
    let mut options = Vec::new();
    for option in fields.tables("option") {
        let text = required_prose(draft, &option, "text");
        // In an order every option is right in its place.
        let right = !ordered && option.flag("right").is_some_and(|flag| flag.value);
        let explain = required_prose(draft, &option, "explain");
        let scenario = scenario(draft, &option, "scenario");
        option.finish("An option");
        options.push(QuizOption { text, right, explain, scenario });
    }
    options
}

fn check_options(draft: &Draft<'_>, place: &Place, kind: &str, options: &[QuizOption]) {
    let count = options.len();
    let right = options.iter().filter(|option| option.right).count();
    match kind {
        "numeric" => {}
        "multiple" if right < 2 || right == count => {
            draft.problem(place, Code::SeveralRightAnswers, format!("{right} of {count} answers are right."));
        }
        "order" if count < ORDER_MIN => draft.problem(place, Code::TooFewOptions, format!("There are {count} things to put in order.")),
        "multiple" | "order" => {}
        _ => one_right(draft, place, options.iter().map(|option| option.right)),
    }
}

fn vary(draft: &Draft<'_>, fields: &Fields<'_, '_>) -> Option<Vary> {
    let vary = fields.tables("vary").into_iter().next()?;
    let place = vary.place();
    let path = vary.required_text("path").map(|path| path.value).unwrap_or_default();
    vary.require("values");
    let values = match vary.json(&["values"]).remove("values") {
        Some(Value::Array(values)) => values,
        _ => Vec::new(),
    };
    vary.finish("`vary`");
    if values.len() < 2 || values.iter().any(|value| value.is_array() || value.is_object()) {
        draft.problem(&place, Code::BadDraw, "`values` must be a list of at least two numbers or texts.");
    }
    Some(Vary { path, values })
}

/// Whoever does not see what was drawn answers another question.
fn check_draw(draft: &Draft<'_>, place: &Place, vary: Option<&Vary>, prompt: &[Inline]) {
    if vary.is_some() && !shows_draw(prompt) {
        draft.problem(place, Code::BadDraw, "The prompt does not show the value that is drawn.");
    }
}

fn shows_draw(text: &[Inline]) -> bool {
    text.iter().any(|piece| match piece {
        Inline::Draw => true,
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link { text: inner, .. } => shows_draw(inner),
        _ => false,
    })
}

fn numeric(draft: &mut Draft<'_>, fields: &Fields<'_, '_>, vary: Option<Vary>) -> Option<Numeric> {
    let explain = required_prose(draft, fields, "explain");
    let answer = fields.required_text("answer").and_then(|answer| answer_ref(draft, &answer));
    let unit = unit(draft, fields, answer.as_ref());
    let tolerance = fields.number("tolerance").filter(|at| {
        let fits = at.value > 0.0 && at.value < 1.0;
        if !fits {
            draft.problem(&at.place, Code::BadValue, "`tolerance` must be above 0 and below 1, a share of the answer.");
        }
        fits
    });
    let tolerance = tolerance.map_or(TOLERANCE, |at| at.value);
    let mut traps = Vec::new();
    for trap in fields.tables("trap") {
        trap.require("times");
        let times = trap.number("times").map(|times| times.value);
        let explain = required_prose(draft, &trap, "explain");
        traps.extend(times.map(|times| Trap { times, explain }));
        if times.is_some_and(|times| crate::is_within(times, 1.0, tolerance)) {
            let message = format!("A wrong answer of {} times the right one counts as right.", times.unwrap_or_default());
            draft.problem(&trap.place(), Code::TrapTooClose, message);
        }
        trap.finish("A trap");
    }
    let answer = answer?;
    let unit = unit.unwrap_or_else(|| AnswerUnit::of(answer.format));
    Some(Numeric { answer, unit, tolerance, vary, explain, traps })
}

/// The metric that answers. No text shows its figure, so none is computed for the text.
fn answer_ref(draft: &mut Draft<'_>, answer: &At<String>) -> Option<ResultRef> {
    let before = draft.uses.results.len();
    let found = prose::result_ref(draft, &answer.place, &answer.value);
    draft.uses.results.truncate(before);
    found
}

fn unit(draft: &Draft<'_>, fields: &Fields<'_, '_>, answer: Option<&ResultRef>) -> Option<AnswerUnit> {
    let word = fields.text("unit")?;
    let Some(unit) = AnswerUnit::from_word(&word.value) else {
        let known = AnswerUnit::ALL.map(|(word, _)| word).join(", ");
        draft.problem(&word.place, Code::BadValue, format!("`{}` is not a unit; there are {known}.", word.value));
        return None;
    };
    if let Some(answer) = answer.filter(|answer| !unit.fits(answer.format)) {
        let message = format!("`{}` is not measured in `{}`.", answer.metric, word.value);
        draft.problem(&word.place, Code::UnkeyedAnswer, message);
    }
    Some(unit)
}

fn trace(draft: &mut Draft<'_>, fields: &Fields<'_, '_>) -> Option<RequestTrace> {
    fields.require("trace");
    let trace = fields.tables("trace").into_iter().next()?;
    drop(trace.required_text("scenario"));
    let scenario = scenario(draft, &trace, "scenario");
    trace.require("requests");
    let requests = trace.json(&["requests"]).remove("requests");
    let requests: Option<Vec<u64>> = requests.as_ref().and_then(Value::as_array).and_then(|all| all.iter().map(Value::as_u64).collect());
    let place = trace.place();
    trace.finish("`trace`");
    let requests = requests.unwrap_or_default();
    if requests.is_empty() || requests.contains(&0) {
        draft.problem(&place, Code::BadType, "`requests` must be a list of whole numbers, counted from 1.");
    }
    Some(RequestTrace { scenario: scenario?, requests })
}
