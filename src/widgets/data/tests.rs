//! Every widget made of data in every lesson, natively: what it shows before and after its run, goals, ways through trees.

use super::hand::waits;
use super::lab::{Shown, is_reached, moment_to_send, put_together, request, window};
use super::tree::{Stop, follow, requests as leaf_requests, sentence};
use super::{compare, data, figures};
use crate::pages::lesson::WidgetProps;
use crate::runner::{RunOutput, RunRequest, RunResult};
use coldstart_course::data::{Answer, Compare, Lab, LabView, Tree, merged};
use coldstart_course::parser::{Files, compile};
use coldstart_course::{Block, CompiledLesson, patch};
use coldstart_facts::registry::Registry;
use coldstart_sim::{RunOptions, Seed, TimelineOptions, run, validate};
use futures::executor::block_on;
use std::path::Path;
use std::rc::Rc;
use std::sync::LazyLock;
use yew::prelude::*;
use yew::{Callback, LocalServerRenderer};

static LESSONS: LazyLock<Vec<CompiledLesson>> = LazyLock::new(|| {
    let files = Files::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons")).unwrap();
    compile(&files, &Registry::bundled().unwrap()).unwrap().lessons
});

/// Every widget of this name with its lesson's slug and the props that the page would give to it.
fn widgets(name: &str) -> Vec<(String, WidgetProps)> {
    let of = |lesson: &CompiledLesson| {
        let found = lesson.blocks.iter().filter_map(|block| if let Block::Widget(widget) = block { Some(widget) } else { None });
        let props = |widget: &coldstart_course::Widget| {
            let spec = widget.scenario.as_ref().and_then(|scenario| lesson.scenarios.get(scenario)).cloned().map(Rc::new);
            let seed = spec.as_ref().map_or(0, |spec| spec.run.seed);
            let props = WidgetProps {
                at_us: None,
                on_moment: Callback::noop(),
                lesson: lesson.id.clone().into(),
                id: widget.id.clone().into(),
                run: widget.scenario.clone().unwrap_or_default().into(),
                spec,
                seed,
                shared: None,
                scenarios: Rc::new(lesson.scenarios.clone()),
                controls: Rc::default(),
                props: Rc::new(widget.props.clone()),
                bets: Vec::new(),
                on_report: Callback::noop(),
            };
            (lesson.id.clone(), props)
        };
        found.filter(|widget| widget.name == name).map(props).collect::<Vec<_>>()
    };
    LESSONS.iter().flat_map(of).collect()
}

fn result(request: &RunRequest) -> RunResult {
    let scenario = validate(&request.spec).unwrap().scenario;
    let timeline = request.timeline.map(|wanted| TimelineOptions { window_us: wanted.window_us, max_entries: wanted.max_entries });
    let output = run(&scenario, Seed(request.seed), RunOptions { timeline, ..RunOptions::default() });
    RunResult::new(RunOutput { report: output.report, timeline: output.timeline, digest: None })
}

#[derive(Clone, PartialEq, Properties)]
struct ShowProps {
    html: Html,
}

#[component]
fn Show(props: &ShowProps) -> Html {
    props.html.clone()
}

/// A piece of a widget as it is sent to the page, within the security policy.
pub(super) fn drawn(html: Html) -> String {
    let html = block_on(LocalServerRenderer::<Show>::with_props(ShowProps { html }).hydratable(false).render());
    assert!(!html.contains("style=\"") && !html.contains("NaN"), "{html}");
    html
}

#[test]
fn every_widget_draws_itself_before_its_run() {
    let mut drawn_of = 0;
    for name in ["lab", "compare", "code", "events", "tree"] {
        for (lesson, props) in widgets(name) {
            let html = drawn(super::draw(name, props.clone()));
            assert!(html.contains(&format!("data-testid=\"{name}\"")), "{lesson}/{}: {html}", props.id);
            drawn_of += 1;
        }
    }
    assert!(drawn_of >= 40, "{drawn_of} widgets made of data in the course");
}

#[test]
fn every_view_of_every_lab_shows_its_run() {
    let mut views = std::collections::BTreeSet::new();
    for (lesson, props) in widgets("lab") {
        let lab: Lab = data(&props).unwrap();
        let knobs = lab.knobs();
        let set = put_together(props.spec.as_ref().unwrap(), &knobs, &super::knobs::Turned::new(&knobs, false), &[]);
        assert_eq!(set.problem, None, "{lesson}/{}", props.id);
        let plain = patch::set(props.spec.as_ref().unwrap(), &knobs.start()).unwrap();
        assert_eq!(*set.spec, plain, "{lesson}/{}: a lab begins with what the lesson sends", props.id);
        let window_s = window(&lab, &set.spec);
        let run = result(&request(&lab, &set.spec, props.seed, window_s));
        let shown = Shown { lab: &lab, widget: &props, spec: &set.spec, run: Some(&run), window_s, round: 0, on_moment: &Callback::noop() };
        for view in &lab.views {
            let html = drawn(shown.view(*view));
            let wanted = match view {
                LabView::Stage => "data-testid=\"stage",
                LabView::Numbers => "figure-",
                LabView::Requests | LabView::Log | LabView::Latency if waits(&set.spec) || run.report.total.successes == 0 => "",
                LabView::Latency | LabView::Concurrency => "<canvas",
                LabView::Requests => "requests",
                LabView::Log => "REPORT RequestId",
                LabView::Bill => "-bill",
                LabView::Nodes => "-nodes-table",
                LabView::Path => "path-drawing",
            };
            assert!(html.contains(wanted), "{lesson}/{}: {view:?} shows no {wanted}: {html}", props.id);
            views.insert(format!("{view:?}"));
        }
    }
    assert!(views.len() >= 7, "views that lessons use: {views:?}");
}

#[test]
fn every_challenge_is_open_at_first_and_won_by_its_solutions() {
    let mut challenges = 0;
    for (lesson, props) in widgets("lab") {
        let lab: Lab = data(&props).unwrap();
        let base = props.spec.as_ref().unwrap();
        let won = |changes: &coldstart_course::patch::Changes| {
            let spec = patch::set(base, changes).unwrap();
            let run = result(&RunRequest::new(spec));
            lab.goal.iter().all(|goal| is_reached(goal, &run.report))
        };
        if lab.goal.is_empty() {
            continue;
        }
        challenges += 1;
        let start = lab.knobs().start();
        assert!(!won(&start), "{lesson}/{} is won before anything was done", props.id);
        for solution in &lab.solution {
            assert!(won(&merged([&start, solution])), "{lesson}/{}: {solution:?}", props.id);
        }
    }
    assert!(challenges >= 4, "{challenges} challenges");
}

#[test]
fn every_comparison_has_a_row_a_policy() {
    for (lesson, props) in widgets("compare") {
        let compare: Compare = data(&props).unwrap();
        let base = props.spec.as_ref().unwrap();
        let specs = compare.policy.iter().map(|policy| compare::spec_of(policy, &props, base, &compare.knobs().start()).unwrap());
        let runs: Vec<RunResult> = specs.map(|spec| result(&RunRequest { seed: props.seed, ..RunRequest::new(spec) })).collect();
        let rows: Vec<_> = runs.iter().map(|run| figures(Some(&run.report), &compare.numbers)).collect();
        let labels: Vec<&str> = compare.policy.iter().map(|policy| policy.label.as_str()).collect();
        let html = drawn(compare::table(&props.id, &labels, &rows, compare.numbers.len()));
        for row in &rows {
            assert!(row.iter().all(|figure| !figure.label.is_empty()), "{lesson}/{}", props.id);
            assert!(row.iter().all(|figure| html.contains(figure.written().as_str())), "{lesson}/{}", props.id);
        }
        assert!(compare::bars(&labels, &rows).is_some(), "{lesson}/{}", props.id);
    }
}

/// Every way from a question to a leaf.
fn ways(tree: &Tree, id: &str, way: &[usize], found: &mut Vec<Vec<usize>>) {
    match tree.question(id) {
        Some(question) => {
            for (at, answer) in question.answer.iter().enumerate() {
                ways(tree, &answer.to, &[way, &[at]].concat(), found);
            }
        }
        None => found.push(way.to_vec()),
    }
}

#[test]
fn every_tree_leads_every_way_to_a_leaf_where_each_option_wins_once() {
    let trees = widgets("tree");
    assert!(!trees.is_empty());
    for (lesson, props) in trees {
        let tree: Tree = serde_json::from_value(props.props["tree"].clone()).unwrap();
        let mut all = Vec::new();
        ways(&tree, &tree.question[0].id, &[], &mut all);
        for way in all {
            let (answers, stop) = follow(&tree, &way);
            let Some(Stop::Leaf(leaf)) = stop else { panic!("{lesson}: {way:?} ends in no leaf") };
            let changes = merged(answers.iter().map(|(_, answer): &(_, &Answer)| &answer.set));
            let runs: Vec<RunResult> = leaf_requests(leaf, &changes, &props).iter().map(result).collect();
            assert_eq!(runs.len(), 4, "{lesson}: {}", leaf.id);
            let name = [tree.decides(leaf).to_owned()];
            let figure = |at: usize| figures(Some(&runs[at].report), &name).remove(0);
            let higher = leaf.higher.unwrap_or(tree.higher);
            for at in [0, 2] {
                let told = sentence(leaf, Some((figure(at), figure(at + 1))), higher);
                assert!(told.contains(&leaf.recommended.label) || told.contains(&leaf.rejected.label), "{told}");
            }
            assert!(tree.shows(leaf).contains(&name[0]), "{lesson}: {} decides by a figure that is not shown", leaf.id);
            assert!(!figure(0).label.is_empty(), "{lesson}: {} decides by a figure without a name", leaf.id);
        }
    }
}

#[test]
fn a_request_arrives_while_it_can_be_seen() {
    assert_eq!(moment_to_send(12.0, (0.0, 30.0), false), (12.0, false));
    assert_eq!(moment_to_send(12.0, (0.0, 30.0), true), (0.0, true), "the first request begins the stage");
    assert_eq!(moment_to_send(29.0, (10.0, 30.0), false), (10.0, true), "at the end it begins anew");
}
