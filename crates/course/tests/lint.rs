//! The lint's rules: each has a broken course of its own under tests/lessons_invalid/, laid over the sound one.

#![cfg(feature = "parser")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of a test")]

use coldstart_course::parser::{Code, Course, Files, Problem, compile, new_lesson};
use coldstart_course::{
    AnswerUnit, Bet, BetAnswer, Block, CompiledLesson, EventSources, Inline, InvocationModel, LinkTarget, ModelCard, QuestionKind,
    SearchIndex, SearchKind,
};
use coldstart_facts::registry::Registry;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

fn tests_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests")
}

fn sound() -> Files {
    Files::read(&tests_folder().join("lessons_valid")).unwrap()
}

fn compiled(files: &Files) -> Result<Course, Vec<Problem>> {
    compile(files, registry())
}

fn registry() -> &'static Registry {
    static REGISTRY: LazyLock<Registry> = LazyLock::new(|| Registry::bundled().unwrap());
    &REGISTRY
}

fn printed(problems: &[Problem]) -> String {
    problems.iter().map(|problem| format!("{problem}\n")).collect()
}

fn sound_course() -> Course {
    compiled(&sound()).unwrap_or_else(|problems| unreachable!("{}", printed(&problems)))
}

/// The sound course with the files of a broken one over it.
fn broken(code: Code) -> Files {
    let mut files = sound();
    let mut over = Files::read(&tests_folder().join("lessons_invalid").join(code.slug())).unwrap();
    over.texts.remove("expected.txt");
    files.texts.extend(over.texts);
    files.others.extend(over.others);
    files
}

#[test]
fn every_rule_has_a_broken_course() {
    let folders: BTreeSet<String> = fs::read_dir(tests_folder().join("lessons_invalid"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let rules: BTreeSet<String> = Code::ALL.iter().map(|code| code.slug().to_owned()).collect();
    assert_eq!(folders, rules);
}

/// Set `BLESS=1` to write what the lint says now; then read the difference.
#[test]
fn every_broken_course_is_reported_as_expected() {
    for code in Code::ALL {
        let problems = compiled(&broken(*code)).err().unwrap_or_default();
        let expected = tests_folder().join("lessons_invalid").join(code.slug()).join("expected.txt");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&expected, printed(&problems)).unwrap();
        }
        assert_eq!(printed(&problems), fs::read_to_string(&expected).unwrap_or_default(), "{}", code.slug());
        assert!(problems.iter().any(|problem| problem.code == *code), "{} is not reported:\n{}", code.slug(), printed(&problems));
    }
}

#[test]
fn all_problems_are_reported_at_once() {
    let mut files = broken(Code::InvalidScenario);
    files.texts.extend(broken(Code::BareNumber).texts.remove_entry("second/lesson.en.md"));
    files.texts.extend(broken(Code::IndexUnknownLesson).texts.remove_entry("index.toml"));
    let found: BTreeSet<Code> = compiled(&files).unwrap_err().into_iter().map(|problem| problem.code).collect();
    assert_eq!(found, BTreeSet::from([Code::InvalidScenario, Code::BareNumber, Code::IndexUnknownLesson]));
}

#[test]
fn a_lesson_survives_the_way_to_the_page() {
    let course = sound_course();
    let files = course.files(registry()).unwrap();
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    for name in [
        "index.json",
        "glossary.json",
        "facts.json",
        "sources.json",
        "model.json",
        "search.json",
        "schema.json",
        "first.json",
        "second.json",
    ] {
        assert!(names.contains(&name), "{names:?}");
    }
    let source = course.glossary.terms[0].source.as_ref().unwrap();
    assert!(source.fact == "cold-start-causes" && source.url.starts_with("https://docs.aws.amazon.com/") && source.read.len() == 10);
    for lesson in &course.lessons {
        let (_, text) = files.iter().find(|(name, _)| *name == format!("{}.json", lesson.id)).unwrap();
        assert_eq!(serde_json::from_str::<CompiledLesson>(text).unwrap(), *lesson);
    }
}

#[test]
fn the_index_knows_order_and_redirects() {
    let index = sound_course().index;
    assert_eq!(index.lessons().map(|lesson| lesson.id.as_str()).collect::<Vec<_>>(), ["first", "second"]);
    assert_eq!(index.find("the-first").map(|lesson| lesson.id.as_str()), Some("first"));
    assert_eq!(index.neighbours("second").0.map(|lesson| lesson.id.as_str()), Some("first"));
    assert_eq!(index.neighbours("first").1.map(|lesson| lesson.id.as_str()), Some("second"));
}

fn file<T: serde::de::DeserializeOwned>(course: &Course, name: &str) -> T {
    let files = course.files(registry()).unwrap();
    serde_json::from_str(&files.iter().find(|(have, _)| have == name).unwrap().1).unwrap()
}

/// What the lint says when `from` becomes `to` in a file of the sound course.
fn codes_after(path: &str, from: &str, to: &str) -> Vec<Code> {
    let mut files = sound();
    let text = files.texts[path].replace(from, to);
    assert_ne!(text, files.texts[path], "{from}");
    files.texts.insert(path.to_owned(), text);
    compiled(&files).err().unwrap_or_default().into_iter().map(|problem| problem.code).collect()
}

#[test]
fn the_index_counts_predictions_and_names_paths() {
    let index = sound_course().index;
    assert_eq!(index.lessons().map(|lesson| lesson.bets).collect::<Vec<_>>(), [1, 2]);
    assert_eq!((index.paths[0].minutes, index.paths[0].lessons.as_slice()), (10, ["first".to_owned(), "second".to_owned()].as_slice()));
}

#[test]
fn paths_name_each_lesson_once_and_only_lessons() {
    let after = |from: &str, to: &str| codes_after("index.toml", from, to);
    let list = "minutes = 10\npromise = \"Know a cold start when you see one.\"\nlessons = [\"first\", \"second\"]";
    let with = |lessons: &str| list.replace("[\"first\", \"second\"]", lessons);
    assert_eq!(after(list, &with("[\"first\", \"first\"]")), [Code::DuplicateId]);
    assert_eq!(after(list, &with("[\"nowhere\"]")), [Code::IndexUnknownLesson]);
    assert_eq!(after("minutes = 10", ""), [Code::MissingField]);
    assert_eq!(after("minutes = 10", "minutes = 0"), [Code::BadValue]);
    assert_eq!(after("id = \"short\"", "id = \"Too Short\""), [Code::BadSlug]);
}

#[test]
fn sources_are_compiled_with_their_facts() {
    let sources: EventSources = file(&sound_course(), "sources.json");
    assert_eq!((sources.sources[0].id.as_str(), sources.sources[0].model), ("queue", InvocationModel::Poller));
    assert!(matches!(&sources.sources[0].payload[1], Inline::Fact { id, text } if id == "init-limit" && text == "10 s"));
    assert_eq!(sources.facts.iter().map(|fact| fact.id.as_str()).collect::<Vec<_>>(), ["init-limit", "timeout-range"]);
    let mut files = sound();
    files.texts.remove("sources.en.toml");
    assert_eq!(compiled(&files).unwrap().sources, EventSources::default(), "a course may do without");
}

#[test]
fn sources_are_linted() {
    let after = |from: &str, to: &str| codes_after("sources.en.toml", from, to);
    assert_eq!(after("order = \"None.\"\n", ""), [Code::MissingField]);
    assert_eq!(after("poller", "polling"), [Code::BadValue]);
    assert_eq!(after("timeout-range", "no-such-fact"), [Code::UnknownFact]);
    assert_eq!(after("{{fact:init-limit}}", "{{fact:no-such-fact}}"), [Code::UnknownFact]);
    assert_eq!(after("{{fact:init-limit}}", "{{result:run.requests}}"), [Code::BadPlaceholder]);
    assert_eq!(after("{{fact:init-limit}}", "10 s"), [Code::BareNumber]);
    assert_eq!(after("../first/", "../third/"), [Code::UnknownLesson]);
    assert_eq!(after("order = ", "sequence = \"x\"\norder = "), [Code::UnknownField]);
}

#[test]
fn everything_can_be_found() {
    let index: SearchIndex = file(&sound_course(), "search.json");
    let of = |kind| index.entries.iter().filter(move |entry| entry.kind == kind);
    let places: Vec<_> = of(SearchKind::Section).map(|entry| (entry.lesson.as_deref(), entry.anchor.as_deref())).collect();
    assert_eq!(places, [(Some("first"), Some("what-you-saw"))]);
    assert_eq!(of(SearchKind::Lesson).map(|entry| entry.title.as_str()).collect::<Vec<_>>(), ["The first", "The second"]);
    let section = of(SearchKind::Section).next().unwrap();
    assert!(section.text.contains("INIT may take 10 s."), "{}", section.text);
    assert!(section.text.contains("Of \u{2026} requests"), "a figure is predicted before it is read: {}", section.text);
    let myth = of(SearchKind::Myth).next().unwrap();
    assert_eq!((myth.title.as_str(), myth.anchor.as_deref()), ("Every first request of the day is slow.", Some("what-you-saw")));
    assert!(of(SearchKind::Term).any(|entry| entry.anchor.as_deref() == Some("cold-start")));
    assert_eq!(of(SearchKind::Fact).count(), registry().facts().len());
}

#[test]
fn the_model_card_is_there() {
    let card: ModelCard = file(&sound_course(), "model.json");
    assert!(card.blocks.len() > 50 && card.choices.len() > 10);
}

#[test]
fn text_becomes_blocks() {
    let course = sound_course();
    let blocks = &course.lessons[0].blocks;
    let Block::Paragraph(text) = &blocks[0] else { unreachable!("{:?}", blocks[0]) };
    let link = Inline::Link { to: LinkTarget::Term("cold-start".to_owned()), text: vec![Inline::Text("cold starts".to_owned())] };
    assert_eq!(
        *text,
        [
            Inline::Text("Send a request. See ".to_owned()),
            link,
            Inline::Text(", p99 and ".to_owned()),
            Inline::Code("code 7".to_owned()),
            Inline::Text(".".to_owned()),
        ]
    );
    assert!(matches!(&blocks[1], Block::Widget(widget) if widget.id == "fleet-stage" && widget.controls == ["send"]));
    assert!(matches!(&blocks[2], Block::Heading { level: 2, id, .. } if id == "what-you-saw"));
    let Block::List { start: None, items } = &blocks[3] else { unreachable!("{:?}", blocks[3]) };
    let Block::Paragraph(first) = &items[0][0] else { unreachable!("{:?}", items[0]) };
    assert_eq!(first[1], Inline::Fact { id: "init-limit".to_owned(), text: "10 s".to_owned() });
}

#[test]
fn every_kind_of_question_is_read_and_numbers_are_answered() {
    let course = sound_course();
    let lesson = &course.lessons[0];
    let quiz = lesson.blocks.iter().find_map(|block| if let Block::Quiz(quiz) = block { Some(quiz) } else { None }).unwrap();
    let [choice, multiple, order, number, trace] = quiz.questions.as_slice() else { unreachable!("{quiz:?}") };
    assert_eq!((&choice.kind, choice.revision), (&QuestionKind::Choice, 1));
    assert_eq!((&multiple.kind, multiple.options.len()), (&QuestionKind::Multiple, 3));
    assert!(order.kind == QuestionKind::Order && order.options.iter().all(|option| !option.right));
    let numeric = number.numeric().unwrap();
    assert_eq!((numeric.unit, numeric.tolerance, numeric.draws(), numeric.traps.len()), (AnswerUnit::Count, 0.1, 2, 1));
    assert!(number.prompt.contains(&Inline::Draw) && numeric.explain.contains(&Inline::Draw));
    let answers = [0, 1, 2].map(|draw| lesson.drawn_answer(&number.id, draw));
    assert_eq!(answers, [Some(20.0), Some(40.0), None]);
    assert_eq!((trace.revision, &trace.trace().unwrap().requests), (2, &vec![1, 2]));
}

#[test]
fn a_new_lesson_passes_the_lint() {
    let mut files = sound();
    let new = new_lesson("a-third", &files.texts["index.toml"]).unwrap();
    files.texts.extend(new);
    let course = compiled(&files).unwrap_or_else(|problems| unreachable!("{}", printed(&problems)));
    assert_eq!(course.lessons.last().unwrap().title, "A third");
}

#[test]
fn the_course_has_no_problems() {
    let files = Files::read(&tests_folder().join("../lessons")).unwrap();
    if let Err(problems) = compiled(&files) {
        unreachable!("{}", printed(&problems));
    }
}

/// Whatever an author leaves half written, the lint answers.
#[test]
fn a_number_stands_beside_the_figures_of_its_own_run() {
    let mut files = sound();
    let text = files.texts["first/lesson.en.md"].clone();
    let lab = |scenario: &str, id: &str| {
        format!("```widget lab\nid = \"{id}\"\nscenario = \"{scenario}\"\nviews = [\"numbers\"]\nnumbers = [\"requests\"]\n```\n")
    };
    let bet = |on: &str| {
        format!(
            "\n```bet later\non = \"{on}\"\nquestion = \"How many requests?\"\ntruth = \"run.requests\"\nmin = 0\nmax = 30\nstep = 1\n\
             explain = \"So many.\"\n```\n\n"
        )
    };
    let mut said = |more: String| {
        files.texts.insert("first/lesson.en.md".to_owned(), format!("{text}{more}"));
        let problems = compiled(&files).err().unwrap_or_default();
        problems.iter().map(ToString::to_string).filter(|line| line.contains("bad-value")).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(said(bet("after") + &lab("run", "after")), "", "a stage may follow its prediction");
    assert!(said(bet("nowhere")).contains("no widget `nowhere`"));
    assert!(said(bet("other") + &lab("quiet", "other")).contains("`other` shows `quiet`"));
}

#[test]
fn a_curve_is_decided_by_the_figure_of_each_stretch() {
    let course = sound_course();
    let lesson = course.lessons.iter().find(|lesson| lesson.id == "second").unwrap();
    let curve = lesson.blocks.iter().find_map(|block| match block {
        Block::Bet(Bet { answer: BetAnswer::Curve(curve), .. }) => Some(curve),
        _ => None,
    });
    let truth = curve.unwrap().points().map(|(minute, point)| (minute, lesson.result("run", &point.metric).unwrap().value));
    assert_eq!(truth.collect::<Vec<_>>(), [(0, 20.0), (1, 0.0)]);
}

#[test]
fn predictions_that_cannot_be_right_are_reported() {
    let second = "second/lesson.en.md";
    for (path, from, to) in [
        ("first/lesson.en.md", "max = 100", "max = 3"),
        (second, "max = 40", "max = 10"),
        (second, "max = 40", "max = 0"),
        (second, "step = 5", "step = 50"),
        (second, "minutes = [0, 2]", "minutes = [0, 1]"),
        (second, "minutes = [0, 2]", "minutes = [0, 31]"),
        (second, "minutes = [0, 2]", "minutes = [0, 2.5]"),
        (second, "minutes = [0, 2]", "minutes = [0, 5]\nevery = 2"),
        (second, "minutes = [0, 2]", "minutes = [0, 2]\nevery = 0"),
    ] {
        let codes = codes_after(path, from, to);
        assert!(!codes.is_empty() && codes.iter().all(|code| *code == Code::BadValue), "{to}: {codes:?}");
    }
    // Percentiles of a whole run are not kept minute by minute.
    assert_eq!(codes_after(second, "run.requests", "run.p99_ms"), [Code::UnknownMetric]);
}

#[test]
fn a_comparison_has_a_cell_for_each_option() {
    let second = "second/lesson.en.md";
    for (from, to) in [
        ("options = [\"cold\", \"warm\"]", "options = [\"cold\"]"),
        ("cells = [\"*no*\", \"no\"]", "cells = [\"*no*\"]"),
        ("best = \"high\"", "best = \"tall\""),
        ("cells = [\"*no*\", \"no\"]", "cells = [\"*no*\", \"no\"]\nbest = \"low\""),
    ] {
        let codes = codes_after(second, from, to);
        assert!(!codes.is_empty() && codes.iter().all(|code| *code == Code::BadValue), "{to}: {codes:?}");
    }
    assert_eq!(
        codes_after(second, "cells = [\"*no*\", \"no\"]", "cells = [\"*no*\", \"{{fact:nothing}}\"]"),
        [Code::UnknownFact, Code::UnlistedFact]
    );
    assert_eq!(codes_after(second, "caption = \"Two ways to start\"", "caption = \"Two ways\"\ncolour = 1"), [Code::UnknownField]);
}

#[test]
fn a_widget_knows_the_facts_of_its_texts() {
    let files = Files::read(&tests_folder().join("../lessons")).unwrap();
    let course = compiled(&files).unwrap();
    let facts = |lesson: &str, widget: &str| {
        let lesson = course.lessons.iter().find(|found| found.id == lesson).unwrap();
        let found = lesson.blocks.iter().find_map(|block| match block {
            Block::Widget(found) if found.name == widget && !found.facts.is_empty() => Some(found.facts.clone()),
            _ => None,
        });
        let facts = found.unwrap_or_default();
        assert!(facts.iter().all(|fact| lesson.fact(fact).is_some()), "{facts:?}");
        facts
    };
    assert!(!facts("environment-lifetime", "tree").is_empty());
}

#[test]
fn no_text_makes_the_lint_panic() {
    for path in
        ["index.toml", "glossary.en.toml", "sources.en.toml", "first/lesson.en.md", "first/quiz.en.toml", "first/scenarios/run.toml"]
    {
        let mut files = sound();
        let text = files.texts[path].clone();
        for (at, _) in text.char_indices().step_by(29) {
            for broken in [text[..at].to_owned(), text[at..].to_owned(), format!("{}\"{{{{[`ä", &text[..at])] {
                files.texts.insert(path.to_owned(), broken);
                drop(compiled(&files));
            }
        }
    }
}
