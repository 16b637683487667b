//! Every kind of question as it is sent to the page, open and answered, and what keys a number.

use super::card::Card;
use super::state::{NumberSaid, QuizAction, QuizState, Stage, Verdict, Way, said};
use super::view::{QuestionView, question};
use super::{key_answer, request, trace};
use crate::components::format::NBSP;
use crate::pages::lesson::prose::Prose;
use crate::pages::lesson::state::{LessonAction, LessonState};
use crate::runner::{RunError, RunHandle, RunOutput, RunResult, RunStatus};
use crate::state::review::{Given, Record, Sureness};
use coldstart_course::{AnswerUnit, Block, CompiledLesson};
use coldstart_sim::{RunOptions, Seed, run, validate};
use futures::executor::block_on;
use std::rc::Rc;
use yew::LocalServerRenderer;
use yew::prelude::*;

const LESSON: &str = r##"{
  "format": 1, "id": "try", "title": "A trial", "summary": "", "promise": "", "level": "beginner", "minutes": 1,
  "blocks": [{"quiz": {"id": "quiz", "questions": [
    {"id": "one", "revision": 1, "prompt": [{"text": "Why cold?"}], "options": [
      {"text": [{"text": "None was there"}], "right": true, "explain": [{"text": "It had to start"}]},
      {"text": [{"text": "Large code"}], "explain": [{"text": "That changes how long"}], "scenario": "run"}]},
    {"id": "some", "revision": 1, "prompt": [{"text": "What holds?"}], "kind": "multiple", "options": [
      {"text": [{"text": "A"}], "right": true, "explain": [{"text": "because A"}]},
      {"text": [{"text": "B"}], "right": true, "explain": [{"text": "because B"}]},
      {"text": [{"text": "C"}], "explain": [{"text": "not C"}]}]},
    {"id": "steps", "revision": 1, "prompt": [{"text": "In which order?"}], "kind": "order", "options": [
      {"text": [{"text": "Sandbox"}], "explain": [{"text": "a place first"}]},
      {"text": [{"text": "INIT"}], "explain": [{"text": "then this"}]},
      {"text": [{"text": "Handler"}], "explain": [{"text": "last"}]}]},
    {"id": "much", "revision": 1, "prompt": [{"text": "How many in "}, "draw", {"text": " s?"}], "options": [],
     "kind": {"numeric": {"answer": {"run": "run", "metric": "requests", "format": "count"}, "unit": "count", "tolerance": 0.1,
       "vary": {"path": "run.duration_s", "values": [20.0, 40.0]}, "explain": [{"text": "One a second for "}, "draw", {"text": " s"}],
       "traps": [{"times": 60.0, "explain": [{"text": "Minutes are not seconds"}]}]}}},
    {"id": "rule", "revision": 2, "prompt": [{"text": "Which rule?"}], "kind": {"trace": {"scenario": "run", "requests": [1, 3]}}, "options": [
      {"text": [{"text": "None was there"}], "right": true, "explain": [{"text": "It had to start"}]},
      {"text": [{"text": "All were busy"}], "explain": [{"text": "There was none"}]}]}
  ]}}],
  "scenarios": {"run": {"schema": 1, "run": {"duration_s": 20.0}, "functions": [{"id": "f"}],
                        "sources": [{"id": "s", "target": "f", "arrivals": {"kind": "constant", "per_s": 1.0}}]}},
  "results": {"much#0": {"value": 20.0, "low": 20.0, "high": 20.0}, "much#1": {"value": 40.0, "low": 40.0, "high": 40.0}},
  "model_version": 1
}"##;

const IDLE: RunStatus = RunStatus::Idle;

fn view(id: &str) -> QuestionView {
    let lesson: CompiledLesson = serde_json::from_str(LESSON).unwrap();
    let Block::Quiz(quiz) = &lesson.blocks[0] else { unreachable!() };
    let asked = quiz.questions.iter().find(|question| question.id == id).unwrap();
    question(&Prose::new(&lesson, &LessonState::default(), Callback::noop(), false), asked)
}

fn after(id: &str, actions: &[QuizAction]) -> Rc<QuizState> {
    let start = Rc::new(QuizState::new(view(id).question, 0));
    actions.iter().fold(start, |state, action| state.reduce(action.clone()))
}

/// Answers with these options, or with this order of moves, certain.
fn judged(id: &str, actions: &[QuizAction]) -> Option<bool> {
    let all = [actions, &[QuizAction::Sure(Sureness::Certain), QuizAction::Check]].concat();
    after(id, &all).verdict().map(|verdict| verdict.right)
}

fn choose(options: &[usize]) -> Vec<QuizAction> {
    options.iter().map(|at| QuizAction::Choose(*at)).collect()
}

/// Moves that put the steps of `order` right.
fn sorting(order: &[usize]) -> Vec<QuizAction> {
    let mut order = order.to_vec();
    let mut moves = Vec::new();
    for target in 0..order.len() {
        let at = order.iter().position(|option| *option == target).unwrap();
        for place in (target + 1..=at).rev() {
            order.swap(place, place - 1);
            moves.push(QuizAction::Move(place, Way::Up));
        }
    }
    moves
}

fn typed(text: &str) -> Vec<QuizAction> {
    vec![QuizAction::Type(text.to_owned()), QuizAction::Sure(Sureness::Fair), QuizAction::Check]
}

#[test]
fn each_kind_is_judged() {
    for (id, chosen, expected) in [
        ("one", vec![0], Some(true)),
        ("one", vec![1], Some(false)),
        ("one", vec![1, 0], Some(true)),
        ("one", vec![], None),
        ("some", vec![0, 1], Some(true)),
        ("some", vec![0], Some(false)),
        ("some", vec![0, 1, 2], Some(false)),
        ("some", vec![0, 1, 2, 2], Some(true)),
        ("rule", vec![0], Some(true)),
        ("rule", vec![1], Some(false)),
    ] {
        assert_eq!(judged(id, &choose(&chosen)), expected, "{id} {chosen:?}");
    }
    assert_eq!(judged("steps", &[]), Some(false), "it is shuffled");
    let order = after("steps", &[]).order.clone();
    assert_eq!(judged("steps", &sorting(&order)), Some(true));
}

#[test]
fn what_was_answered_stays_until_another_round() {
    let state = after("one", &[choose(&[1]), vec![QuizAction::Sure(Sureness::Fair), QuizAction::Check]].concat());
    for action in [QuizAction::Choose(0), QuizAction::Sure(Sureness::Guess), QuizAction::Check, QuizAction::Keyed(1.0, true)] {
        assert_eq!(state.clone().reduce(action), state);
    }
    let again = state.reduce(QuizAction::Again);
    assert_eq!((again.round, again.chosen.len(), again.sure, again.stage), (1, 0, None, Stage::Open));
}

#[test]
fn a_number_waits_for_the_simulator() {
    let state = after("much", &typed("about 20"));
    assert_eq!(state.stage, Stage::Open);
    let state = after("much", &typed("22"));
    assert_eq!((state.stage, state.draw()), (Stage::Running, 0));
    let number = |said, trap| Some(NumberSaid { said, answer: 20.0, trap, live: true });
    for (text, right, trap) in [("22", true, None), ("18,0", true, None), ("22.1", false, None), ("1,200", false, Some(0))] {
        let state = after("much", &typed(text)).reduce(QuizAction::Keyed(20.0, true));
        let typed = state.said().unwrap();
        assert_eq!(state.verdict(), Some(Verdict { right, number: number(typed, trap) }), "{text}");
    }
    let open = after("much", &typed("22")).reduce(QuizAction::Unkeyed);
    assert_eq!((open.stage, open.typed.as_str()), (Stage::Open, "22"));
    let again = after("much", &typed("22")).reduce(QuizAction::Keyed(20.0, true)).reduce(QuizAction::Again);
    assert_eq!((again.draw(), again.typed.as_str()), (1, ""));
}

#[test]
fn numbers_may_carry_their_unit() {
    for (text, unit, expected) in [
        ("10.5 %", AnswerUnit::Percent, Some(10.5)),
        ("$1,240", AnswerUnit::Dollars, Some(1240.0)),
        ("512 MB", AnswerUnit::Megabytes, Some(512.0)),
        ("1,5 s", AnswerUnit::S, Some(1.5)),
        ("300ms", AnswerUnit::Ms, Some(300.0)),
        ("3 s", AnswerUnit::Ms, None),
        ("5/s", AnswerUnit::PerS, Some(5.0)),
        ("s", AnswerUnit::S, None),
        ("µs", AnswerUnit::Ms, None),
        ("5 %", AnswerUnit::Count, None),
    ] {
        assert_eq!(said(text, unit), expected, "{text} {unit:?}");
    }
}

/// What the simulator makes of the question's run.
fn finished(id: &str, draw: usize) -> RunHandle {
    let view = view(id);
    let request = request(&view, true, draw).unwrap();
    let scenario = validate(&request.spec).unwrap().scenario;
    let timeline =
        request.timeline.map(|asked| coldstart_sim::TimelineOptions { window_us: asked.window_us, max_entries: asked.max_entries });
    let output = run(&scenario, Seed(request.seed), RunOptions { timeline, ..RunOptions::default() });
    let output = RunOutput { report: output.report, timeline: output.timeline, digest: None };
    let latest = Some(RunResult::of(output, Some(Rc::new(request))));
    RunHandle { status: RunStatus::Done, latest, cancel: Callback::noop() }
}

fn handle(status: RunStatus) -> RunHandle {
    RunHandle { status, latest: None, cancel: Callback::noop() }
}

#[test]
fn the_simulator_keys_the_number_that_was_drawn() {
    let view = view("much");
    let drawn = request(&view, true, 1);
    assert_eq!(key_answer(&view.question, drawn.as_ref(), &finished("much", 1), None), Some(QuizAction::Keyed(40.0, true)));
    // A result of another draw is no answer.
    assert_eq!(key_answer(&view.question, drawn.as_ref(), &finished("much", 0), None), None);
    let failed = handle(RunStatus::Failed(RunError::Outdated));
    assert_eq!(key_answer(&view.question, drawn.as_ref(), &failed, Some(40.0)), Some(QuizAction::Keyed(40.0, false)));
    assert_eq!(key_answer(&view.question, drawn.as_ref(), &failed, None), Some(QuizAction::Unkeyed));
    assert_eq!(request(&view, false, 1), None);
}

#[test]
fn a_trace_shows_the_named_requests_and_no_cause() {
    let view = view("rule");
    let run = finished("rule", 0);
    let timeline = run.latest.as_ref().and_then(|run| run.timeline.clone()).unwrap();
    let rows = trace::rows(view.question.trace().unwrap(), &timeline, view.spec.as_ref().unwrap());
    let rows: Vec<String> = rows.iter().map(|row| row.join("|").replace(NBSP, " ")).collect();
    assert_eq!(rows.len(), 2);
    assert!(rows[0].starts_with("1|1|") && rows[1].starts_with("3|1|"), "{rows:?}");
    assert!(rows[0].ends_with("answered") && rows[1].contains("|\u{2013}|"), "{rows:?}");
}

/// A card in a state, drawn.
#[derive(Clone, PartialEq, Properties)]
struct DrawnProps {
    view: QuestionView,
    state: Rc<QuizState>,
    run: RunHandle,
    record: Option<(Record, bool)>,
}

#[component]
fn Drawn(props: &DrawnProps) -> Html {
    let DrawnProps { view, state, run, record } = props;
    Card { number: 1, view, state, run, record: record.as_ref(), act: Callback::noop() }.draw()
}

fn draw(id: &str, state: &Rc<QuizState>, run: RunHandle) -> String {
    let given = state.verdict().zip(state.sure).map(|(verdict, sure)| Given { right: verdict.right, sure });
    let record = given.map(|given| (Record::after(None, 1, given, 10), true));
    let props = DrawnProps { view: view(id), state: state.clone(), run, record };
    let html = block_on(LocalServerRenderer::<Drawn>::with_props(props).hydratable(false).render());
    assert!(!html.contains("style="), "{html}");
    html.replace(NBSP, " ")
}

#[track_caller]
fn shows(html: &str, parts: &[&str], hidden: &[&str]) {
    for part in parts {
        assert!(html.contains(part), "{part} is missing in {html}");
    }
    for part in hidden {
        assert!(!html.contains(part), "{part} is in {html}");
    }
}

#[test]
fn an_open_question_explains_nothing() {
    for (id, kind) in
        [("one", "type=\"radio\""), ("some", "type=\"checkbox\""), ("steps", "question-steps-up-"), ("much", "question-much-number")]
    {
        let html = draw(id, &after(id, &[]), handle(IDLE));
        shows(
            &html,
            &["<fieldset", "<legend", "data-state=\"open\"", kind, "How sure are you?", "disabled", "role=\"status\""],
            &["had to start", "because A", "a place first", "One a second", "Try again", "Why did you choose this?", "That holds"],
        );
    }
    let html = draw("much", &after("much", &[]), handle(IDLE));
    shows(&html, &["How many in ", ">20<", "Within 10 % of"], &[">40<"]);
    let html = draw("some", &after("some", &choose(&[0, 1])), handle(IDLE));
    shows(&html, &["Choose all that hold.", "Say how sure you are."], &["Answer first."]);
}

#[test]
fn another_round_offers_the_options_in_another_order() {
    let places = |state: &Rc<QuizState>| {
        let html = draw("some", state, handle(IDLE));
        ["question-some-option-0", "question-some-option-1", "question-some-option-2"].map(|option| html.find(option).unwrap())
    };
    let first = after("some", &choose(&[0]));
    assert!(places(&first).is_sorted(), "the author's order comes first");
    let answered = after("some", &[choose(&[0]), vec![QuizAction::Sure(Sureness::Fair), QuizAction::Check]].concat());
    assert!(places(&answered).is_sorted(), "and stays while it is explained");
    assert!(!places(&answered.reduce(QuizAction::Again)).is_sorted());
}

#[test]
fn every_option_is_explained_and_being_certain_and_wrong_is_remarked_on() {
    let answered =
        |id: &str, chosen: &[usize], sure| after(id, &[choose(chosen), vec![QuizAction::Sure(sure), QuizAction::Check]].concat());
    let html = draw("one", &answered("one", &[1], Sureness::Certain), handle(IDLE));
    shows(
        &html,
        &[
            "data-state=\"answered\"",
            "It had to start",
            "That changes how long",
            "That does not hold",
            "You were certain",
            "#s=",
            "choice--wrong",
            "It comes back tomorrow.",
            "Why did you choose this?",
            "Try again",
        ],
        &["forgotten"],
    );
    shows(&draw("one", &answered("one", &[1], Sureness::Fair), handle(IDLE)), &["That does not hold"], &["You were certain"]);
    shows(&draw("one", &answered("one", &[0], Sureness::Guess), handle(IDLE)), &["That holds", "You guessed"], &["choice--wrong"]);
    shows(
        &draw("some", &answered("some", &[0], Sureness::Fair), handle(IDLE)),
        &["because A", "because B", "not C", "That does not hold"],
        &[],
    );
}

#[test]
fn an_order_shows_the_right_one_with_its_reasons() {
    let wrong = after("steps", &[QuizAction::Sure(Sureness::Fair), QuizAction::Check]);
    let html = draw("steps", &wrong, handle(IDLE));
    shows(&html, &["a place first", "then this", "last", "You had it at place", "That does not hold"], &["question-steps-up-"]);
    let places = ["Sandbox", "INIT", "Handler"].map(|word| html.find(word).unwrap());
    assert!(places.is_sorted(), "{html}");
    let moved = after("steps", &[QuizAction::Move(1, Way::Up)]);
    shows(&draw("steps", &moved, handle(IDLE)), &["Now at place 1 of 3.", "aria-disabled=\"true\""], &[]);
}

#[test]
fn a_number_stands_beside_the_simulators() {
    let running = after("much", &typed("1200"));
    shows(
        &draw("much", &running, handle(IDLE)),
        &["data-state=\"running\"", "Running the simulator.", "You said 1,200."],
        &["One a second"],
    );
    let trapped = running.clone().reduce(QuizAction::Keyed(20.0, true));
    let html = draw("much", &trapped, finished("much", 0));
    shows(&html, &["data-state=\"answered\"", "The simulator says 20.", "Minutes are not seconds", "One a second for "], &[]);
    let then = running.reduce(QuizAction::Keyed(20.0, false));
    shows(&draw("much", &then, handle(RunStatus::Failed(RunError::Outdated))), &["When the lesson was made it said 20."], &[]);
    let open = after("much", &[QuizAction::Type("many".into())]);
    shows(&draw("much", &open, handle(IDLE)), &["This is not a number.", "aria-invalid=\"true\""], &[]);
}

#[test]
fn a_trace_is_read_once_the_run_is_there() {
    let html = draw("rule", &after("rule", &[]), handle(IDLE));
    shows(&html, &["data-state=\"running\"", "Running the simulator."], &["<table"]);
    let html = draw("rule", &after("rule", &[]), finished("rule", 0));
    shows(&html, &["data-state=\"open\"", "<table", "What the log shows", "Init Duration"], &["first request of this version", "Function"]);
    let html = draw("rule", &after("rule", &[]), handle(RunStatus::Failed(RunError::Outdated)));
    shows(&html, &["data-state=\"open\"", "The simulator did not run", "load it again"], &["Running"]);
}

#[test]
fn what_was_asked_or_predicted_stays_about_the_lessons_own_run() {
    let lesson: CompiledLesson = serde_json::from_str(
        &LESSON.replace("\"results\": {", "\"results\": {\"run.requests\": {\"value\": 20.0, \"low\": 20.0, \"high\": 20.0}, "),
    )
    .unwrap();
    let requests = coldstart_course::ResultRef { run: "run".into(), metric: "requests".into(), format: coldstart_course::Format::Count };
    let turned = finished("much", 1).latest.unwrap();
    let figures = |state: &LessonState| {
        let prose = Prose::new(&lesson, state, Callback::noop(), false);
        (prose.figure(&requests), prose.settled(|prose| prose.figure(&requests)))
    };
    let state = Rc::new(LessonState::default()).reduce(LessonAction::Report("run".into(), turned, false));
    assert_eq!(figures(&state), ("40".into(), "20".into()), "a knob was turned");
    let own = finished("much", 0).latest.unwrap();
    let state = state.reduce(LessonAction::Report("run".into(), own, true));
    assert_eq!(figures(&state), ("20".into(), "20".into()));
}
