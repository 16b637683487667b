//! Every question of every lesson, answered right and wrong; and each kind by itself.

use super::state::{QuizAction, QuizState, Stage, Way, said, shuffled};
use crate::state::review::Sureness;
use coldstart_course::parser::{Files, compile};
use coldstart_course::{AnswerUnit, Block, CompiledLesson, Question, QuestionKind, metric};
use coldstart_facts::registry::Registry;
use coldstart_sim::{RunOptions, Seed, run, validate};
use std::path::Path;
use std::rc::Rc;
use yew::Reducible as _;

fn lessons() -> Vec<CompiledLesson> {
    let files = Files::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons")).unwrap();
    compile(&files, &Registry::bundled().unwrap()).unwrap().lessons
}

/// The state after the answer was checked.
fn answered(question: &Rc<Question>, round: u32, acts: impl IntoIterator<Item = QuizAction>) -> QuizState {
    let open = Rc::new(QuizState::new(question.clone(), round));
    let sure = acts.into_iter().chain([QuizAction::Sure(Sureness::Fair), QuizAction::Check]);
    let state = sure.fold(open, |state, act| state.reduce(act));
    (*state).clone()
}

fn is_right(state: &QuizState) -> bool {
    state.verdict().unwrap().right
}

/// Moves that put an order right: each option in turn goes up to its place.
fn sorting(state: &QuizState) -> Vec<QuizAction> {
    let mut order = state.order.clone();
    let mut moves = Vec::new();
    for option in 0..order.len() {
        let mut at = order.iter().position(|other| *other == option).unwrap();
        while at > option {
            moves.push(QuizAction::Move(at, Way::Up));
            order.swap(at, at - 1);
            at -= 1;
        }
    }
    moves
}

fn check_numeric(lesson: &CompiledLesson, question: &Rc<Question>) {
    let QuestionKind::Numeric(numeric) = &question.kind else { unreachable!("a number") };
    let spec = &lesson.scenarios[&numeric.answer.run];
    for draw in 0..numeric.draws() {
        let drawn = numeric.drawn(spec, draw).unwrap();
        let report = run(&validate(&drawn).unwrap().scenario, Seed(drawn.run.seed), RunOptions::default()).report;
        let answer = metric(&report, &numeric.answer.metric).unwrap();
        let told = |factor: f64| {
            let typed = QuizAction::Type((answer * numeric.unit.per_base() * factor).to_string());
            let running = answered(question, u32::try_from(draw).unwrap(), [typed]);
            assert_eq!(running.stage, Stage::Running);
            (*Rc::new(running).reduce(QuizAction::Keyed(answer, true))).clone()
        };
        assert!(is_right(&told(1.0)), "{}/{} draw {draw}", lesson.id, question.id);
        assert!(!is_right(&told(3.7)), "{}/{} draw {draw}", lesson.id, question.id);
        for (at, trap) in numeric.traps.iter().enumerate() {
            let number = told(trap.times).verdict().unwrap().number.unwrap();
            assert_eq!(number.trap, Some(at), "{}/{} draw {draw}", lesson.id, question.id);
        }
    }
}

#[test]
fn every_question_of_the_course_can_be_answered_right_and_wrong() {
    let (mut kinds, mut asked) = (std::collections::BTreeSet::new(), 0);
    for lesson in lessons() {
        let quizzes = lesson.blocks.iter().filter_map(|block| if let Block::Quiz(quiz) = block { Some(quiz) } else { None });
        for question in quizzes.flat_map(|quiz| &quiz.questions) {
            let question = Rc::new(question.clone());
            let name = format!("{}/{}", lesson.id, question.id);
            kinds.insert(question.kind.word());
            asked += 1;
            let right: Vec<usize> = (0..question.options.len()).filter(|at| question.options[*at].right).collect();
            match &question.kind {
                QuestionKind::Choice | QuestionKind::Trace(_) => {
                    for at in 0..question.options.len() {
                        assert_eq!(is_right(&answered(&question, 0, [QuizAction::Choose(at)])), right == [at], "{name}");
                    }
                }
                QuestionKind::Multiple => {
                    assert!(is_right(&answered(&question, 0, right.iter().map(|at| QuizAction::Choose(*at)))), "{name}");
                    assert!(!is_right(&answered(&question, 0, [QuizAction::Choose(right[0])])), "{name}");
                }
                QuestionKind::Order => {
                    let moves = sorting(&QuizState::new(question.clone(), 0));
                    assert!(is_right(&answered(&question, 0, moves)), "{name}");
                    assert!(!is_right(&answered(&question, 0, [])), "{name}: it is never right from the start");
                }
                QuestionKind::Numeric(_) => check_numeric(&lesson, &question),
            }
            assert!(question.options.iter().all(|option| !option.explain.is_empty()), "{name}: every option is explained");
        }
    }
    assert_eq!(kinds.len(), 5, "{kinds:?}");
    assert!(asked >= 40, "{asked} questions");
}

#[test]
fn nothing_is_checked_before_the_reader_says_how_sure_they_are() {
    let question: Question = serde_json::from_str(
        r#"{"id":"q","revision":1,"prompt":[],"options":[{"text":[],"right":true,"explain":[]},{"text":[],"explain":[]}]}"#,
    )
    .unwrap();
    let state = Rc::new(QuizState::new(Rc::new(question), 0)).reduce(QuizAction::Choose(0));
    assert!(state.has_answer() && !state.is_ready());
    assert_eq!(state.clone().reduce(QuizAction::Check).stage, Stage::Open);
    let state = state.reduce(QuizAction::Sure(Sureness::Certain)).reduce(QuizAction::Check);
    assert!(state.verdict().unwrap().right);
    let again = state.reduce(QuizAction::Again);
    assert_eq!((again.stage, again.round, again.chosen.len(), again.sure), (Stage::Open, 1, 0, None));
}

#[test]
fn numbers_are_read_as_people_write_them() {
    let cases = [
        ("12 %", AnswerUnit::Percent, Some(12.0)),
        ("$1,240.5", AnswerUnit::Dollars, Some(1240.5)),
        ("350 ms", AnswerUnit::Ms, Some(350.0)),
        ("350", AnswerUnit::Ms, Some(350.0)),
        ("7", AnswerUnit::Count, Some(7.0)),
        ("seven", AnswerUnit::Count, None),
        ("", AnswerUnit::Number, None),
    ];
    for (text, unit, wanted) in cases {
        assert_eq!(said(text, unit), wanted, "{text}");
    }
}

#[test]
fn an_order_is_shuffled_by_round_and_never_right_from_the_start() {
    for round in 0..50 {
        let order = shuffled(4, "order", round);
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, [0, 1, 2, 3]);
        assert_ne!(order, sorted, "round {round}");
        assert_eq!(order, shuffled(4, "order", round));
    }
    assert_ne!(shuffled(5, "a", 1), shuffled(5, "b", 1));
}
