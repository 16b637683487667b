//! `tree`: questions whose answers lead to a leaf, where the recommended and the rejected option run on the same traffic: that of the
//! answers, and one under which the other option wins.

use super::compare::table;
use super::figures::{Figure, figures};
use crate::components::{Button, ButtonKind, Disclosure};
use crate::pages::lesson::WidgetProps;
use crate::platform::dom;
use crate::runner::{RunRequest, RunStatus, use_runs};
use crate::{t, testid};
use coldstart_course::data::{Answer, Leaf, Tree, TreeQuestion, merged};
use coldstart_course::patch::{self, Changes};
use serde_json::Value;
use std::rc::Rc;
use yew::prelude::*;

/// Way of answers, by their places.
type Way = Vec<usize>;

/// Where a way leads.
pub(super) enum Stop<'t> {
    Question(&'t TreeQuestion),
    Leaf(&'t Leaf),
}

/// The widget.
#[component]
pub fn TreeWidget(props: &WidgetProps) -> Html {
    let tree = use_memo(props.props.clone(), |props| props.get("tree").cloned().and_then(read));
    match tree.as_ref() {
        Some(tree) => html! { <Walk tree={Rc::new(tree.clone())} widget={props.clone()} /> },
        None => html! { <p class="muted">{ t!("lab.unreadable") }</p> },
    }
}

fn read(tree: Value) -> Option<Tree> {
    serde_json::from_value(tree).ok()
}

#[derive(Clone, PartialEq, Properties)]
struct WalkProps {
    tree: Rc<Tree>,
    widget: WidgetProps,
}

#[component]
fn Walk(props: &WalkProps) -> Html {
    let WalkProps { tree, widget } = props;
    let way = use_state_eq(Way::new);
    let (answers, stop) = follow(tree, &way);
    let go = |next: Way| {
        let way = way.setter();
        Callback::from(move |_: MouseEvent| way.set(next.clone()))
    };
    let stop_id = format!("{}-stop", widget.id);
    let first = use_mut_ref(|| true);
    // The button that was pressed is gone, and the focus with it.
    use_effect_with((*way).clone(), {
        let stop_id = stop_id.clone();
        move |_| {
            if !first.replace(false) {
                dom::focus(&stop_id);
            }
        }
    });
    let back = (*way).split_last().map(|(_, before)| go(before.to_vec()));
    let current = match &stop {
        Some(Stop::Question(question)) => ask(question, |at| go(way.iter().copied().chain([at]).collect())),
        Some(Stop::Leaf(leaf)) => {
            let changes = merged(answers.iter().map(|(_, answer)| &answer.set));
            html! { <LeafView key={leaf.id.clone()} tree={tree.clone()} leaf={(*leaf).clone()} {changes} widget={widget.clone()} /> }
        }
        None => Html::default(),
    };
    html! {
        <div class="lab tree" data-testid={testid::TREE} data-state={if matches!(stop, Some(Stop::Leaf(_))) { "done" } else { "idle" }}>
            <h3>{ &tree.title }</h3>
            <p class="muted">{ &tree.promise }</p>
            <div>{ (!answers.is_empty()).then(|| said(&answers)) }</div>
            <div class="tree__stop" id={stop_id} tabindex="-1">{ current }</div>
            <div class="cluster">
                <span>{ back.map(|onclick| html! { <Button label={t!("tree.back")} kind={ButtonKind::Quiet} {onclick} /> }) }</span>
                <span>{ (!way.is_empty()).then(|| html! { <Button label={t!("tree.restart")} kind={ButtonKind::Quiet} onclick={go(Way::new())} testid={testid::TREE_RESTART} /> }) }</span>
            </div>
            <Disclosure id={format!("{}-whole", widget.id)} label={t!("tree.whole")}>{ whole(tree) }</Disclosure>
        </div>
    }
}

/// The answers given, with their questions, and where they lead.
pub(super) fn follow<'t>(tree: &'t Tree, way: &[usize]) -> (Vec<(&'t TreeQuestion, &'t Answer)>, Option<Stop<'t>>) {
    let mut answers = Vec::new();
    let mut stop = tree.question.first().map(Stop::Question);
    for at in way {
        let Some(Stop::Question(question)) = stop else { break };
        let Some(answer) = question.answer.get(*at) else { break };
        answers.push((question, answer));
        stop = tree.question(&answer.to).map(Stop::Question).or_else(|| tree.leaf(&answer.to).map(Stop::Leaf));
    }
    (answers, stop)
}

fn ask(question: &TreeQuestion, go: impl Fn(usize) -> Callback<MouseEvent>) -> Html {
    let answer = |(at, answer): (usize, &Answer)| {
        html! { <Button key={at} label={answer.label.clone()} onclick={go(at)} testid={format!("answer-{}-{at}", question.id)} /> }
    };
    html! {
        <div class="stack" role="group" aria-label={question.ask.clone()}>
            <p class="tree__ask">{ &question.ask }</p>
            <p class="small"><strong>{ t!("tree.why") }{ ": " }</strong>{ &question.why }</p>
            <div class="cluster">{ for question.answer.iter().enumerate().map(answer) }</div>
        </div>
    }
}

fn said(answers: &[(&TreeQuestion, &Answer)]) -> Html {
    let one = |(question, answer): &(&TreeQuestion, &Answer)| {
        html! { <li key={question.id.clone()}>{ &question.ask }{ " " }<strong>{ &answer.label }</strong></li> }
    };
    html! { <ul class="tree__said small" aria-label={t!("tree.answers")}>{ for answers.iter().map(one) }</ul> }
}

/// Every question with its answers, and every leaf: the tree at one glance, and on paper.
fn whole(tree: &Tree) -> Html {
    let answer = |answer: &Answer| html! { <li key={answer.label.clone()}>{ &answer.label }{ " " }<span class="muted">{ t!("tree.leads") }</span>{ " " }{ name_of(tree, &answer.to) }</li> };
    let question = |question: &TreeQuestion| {
        html! { <li key={question.id.clone()}><strong>{ &question.ask }</strong>{ " " }{ &question.why }<ul>{ for question.answer.iter().map(answer) }</ul></li> }
    };
    let leaf = |leaf: &Leaf| {
        html! {
            <li key={leaf.id.clone()}><strong>{ &leaf.title }</strong>{ ": " }{ &leaf.because }{ " " }
                { t!("tree.rejected", label = leaf.rejected.label) }{ ". " }{ t!("tree.unless", label = leaf.unless.label) }{ ". " }{ &leaf.unless.text }</li>
        }
    };
    html! {
        <div class="tree__whole">
            <ol>{ for tree.question.iter().map(question) }</ol>
            <ul>{ for tree.leaf.iter().map(leaf) }</ul>
        </div>
    }
}

fn name_of(tree: &Tree, id: &str) -> String {
    let question = tree.question(id).map(|question| question.ask.clone());
    question.or_else(|| tree.leaf(id).map(|leaf| leaf.title.clone())).unwrap_or_default()
}

#[derive(Clone, PartialEq, Properties)]
struct LeafViewProps {
    tree: Rc<Tree>,
    leaf: Leaf,
    changes: Changes,
    widget: WidgetProps,
}

/// Advice, and both options on two kinds of traffic.
#[component]
fn LeafView(props: &LeafViewProps) -> Html {
    let LeafViewProps { tree, leaf, changes, widget } = props;
    let requests = use_memo((leaf.id.clone(), changes.clone(), widget.spec.clone()), |_| requests(leaf, changes, widget));
    let runs = use_runs((*requests).clone());
    let results = runs.results();
    let shows = tree.shows(leaf);
    let rows: Vec<Vec<Figure>> = results.iter().map(|run| figures(run.as_ref().map(|run| &run.report), &shows)).collect();
    let rows: [Vec<Vec<Figure>>; 2] = [rows.iter().take(2).cloned().collect(), rows.iter().skip(2).cloned().collect()];
    let decides = |at: usize| {
        let name = [tree.decides(leaf).to_owned()];
        let figure = |at: usize| figures(results.get(at).and_then(Option::as_ref).map(|run| &run.report), &name).pop();
        Some((figure(at)?, figure(at + 1)?))
    };
    let higher = leaf.higher.unwrap_or(tree.higher);
    let status = runs.status();
    let labels = [leaf.recommended.label.as_str(), leaf.rejected.label.as_str()];
    let width = shows.len();
    html! {
        <div class="stack" data-testid={testid::TREE_LEAF} data-state={status.word()} data-leaf={leaf.id.clone()}>
            <p class="tree__ask">{ &leaf.title }</p>
            <p>{ &leaf.because }</p>
            <p class="lab-remark" role="status">{ if status == RunStatus::Done { "" } else { t!("tree.counting") } }</p>
            <h4>{ t!("tree.base") }</h4>
            { table(&format!("{}-{}-base", widget.id, leaf.id), &labels, &rows[0], width) }
            <p>{ sentence(leaf, decides(0), higher) }</p>
            <h4>{ t!("tree.unless", label = leaf.unless.label) }</h4>
            { table(&format!("{}-{}-unless", widget.id, leaf.id), &labels, &rows[1], width) }
            <p>{ sentence(leaf, decides(2), higher) }{ " " }{ &leaf.unless.text }</p>
        </div>
    }
}

/// Recommended and rejected on the traffic of the answers, then under `unless`.
pub(super) fn requests(leaf: &Leaf, answers: &Changes, widget: &WidgetProps) -> Vec<RunRequest> {
    let Some(base) = &widget.spec else { return Vec::new() };
    let none = Changes::new();
    let pairs =
        [(&none, &leaf.recommended), (&none, &leaf.rejected), (&leaf.unless.set, &leaf.recommended), (&leaf.unless.set, &leaf.rejected)];
    let request = |(traffic, option): &(&Changes, &coldstart_course::data::Setting)| {
        let spec = patch::set(base, &merged([answers, *traffic, &option.set])).ok()?;
        Some(RunRequest { seed: widget.seed, ..RunRequest::new(spec) })
    };
    pairs.iter().filter_map(request).collect()
}

/// Which of the two won, by the figure that decides.
pub(super) fn sentence(leaf: &Leaf, figures: Option<(Figure, Figure)>, higher: bool) -> String {
    let Some((ours, theirs)) = figures else { return String::new() };
    let (Some(a), Some(b)) = (ours.value, theirs.value) else { return String::new() };
    let better = if higher { a > b } else { a < b };
    let (recommended, rejected, name) = (leaf.recommended.label.as_str(), leaf.rejected.label.as_str(), ours.label.to_string());
    if better {
        t!("tree.says_better", recommended = recommended, name = name, ours = ours.written(), theirs = theirs.written())
    } else {
        t!("tree.says_worse", rejected = rejected, name = name, ours = ours.written(), theirs = theirs.written())
    }
}
