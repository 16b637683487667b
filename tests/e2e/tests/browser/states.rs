//! Every template of a page at its start, while the simulator runs, and when it is done, before the accessibility checker.
//!
//! Incident and style page have tests of their own, which check them in every part; pages that run nothing have theirs in `shell`.

use crate::hand::{answer, focus, has, is_accessible, play, press};
use coldstart_e2e::course::{self, lessons, questions};
use coldstart_e2e::{Key, Result, View, dist, drive};

/// Holds back what page and worker say to each other, on demand: a run that lasts as long as the checker looks at it.
const HOLD: &str = "
    const post = Worker.prototype.postMessage;
    const held = [];
    let holds = false;
    Worker.prototype.postMessage = function (...what) { holds ? held.push([this, what]) : post.apply(this, what); };
    window.holdRuns = () => { holds = true; };
    window.releaseRuns = () => { holds = false; held.splice(0).forEach(([worker, what]) => post.apply(worker, what)); };";
/// Three days later than it is.
const LATER: &str = "
    const Today = Date;
    window.Date = class extends Today { constructor(...at) { super(...(at.length ? at : [Today.now() + 3 * 86400000])); } };";

/// Each width and each theme once.
const VIEWS: [View; 2] = [View::WIDE, View::NARROW.dark()];

struct Template {
    name: &'static str,
    address: &'static str,
    /// What is there once the page is.
    there: &'static str,
    /// Makes the page run something.
    act: (&'static str, Key),
    /// What is there while it runs, and when it is done.
    running: &'static str,
    done: &'static str,
}

const TEMPLATES: &[Template] = &[
    Template {
        name: "home",
        address: "",
        there: "[data-testid='home-sentence'][data-state='done']",
        act: ("#home-provisioned", Key::End),
        running: "[data-testid='home-sentence'][data-state='running']",
        done: "[data-testid='home-sentence'][data-state='done']",
    },
    Template {
        name: "playground",
        address: "?page=playground",
        there: "[data-testid='playground-results'][data-state='done']",
        act: ("[data-testid='playground-seed']", Key::Enter),
        running: "[data-testid='playground-results'][data-state='running']",
        done: "[data-testid='playground-results'][data-state='done']",
    },
    Template {
        name: "logs",
        address: "?page=logs",
        there: "[data-testid='logs-sample']",
        act: ("[data-testid='logs-sample']", Key::Enter),
        running: "[data-testid='logs-results'][data-state='running']",
        done: "[data-testid='logs-results'][data-state='done']",
    },
    Template {
        name: "lesson with a lab",
        address: "?lesson=first-invocation",
        there: "[data-testid='lab'][data-state='done']",
        act: ("[data-testid='lab'] [data-testid='send-one']", Key::Enter),
        running: "[data-testid='lab'][data-state='running']",
        done: "[data-testid='lab'][data-state='done']",
    },
];

#[tokio::test]
async fn every_template_is_accessible_at_its_start_while_it_runs_and_when_it_is_done() -> Result {
    for template in TEMPLATES {
        for view in VIEWS {
            drive(view, async move |page| {
                let Template { name, address, there, act: (target, key), running, done } = template;
                page.before_each(HOLD).await?;
                page.open(address).await?;
                page.wait_for(there).await?;
                is_accessible(&page, &format!("{name} at its start")).await?;
                page.eval("window.holdRuns()").await?;
                press(&page, target, *key).await?;
                page.wait_for(running).await?;
                is_accessible(&page, &format!("{name}, running")).await?;
                page.eval("window.releaseRuns()").await?;
                page.wait_for(done).await?;
                is_accessible(&page, &format!("{name}, done")).await
            })
            .await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn contents_and_review_are_accessible_before_and_after_a_lesson() -> Result {
    for view in VIEWS {
        drive(view, async |page| {
            page.open("?page=review").await?;
            page.wait_for("[data-testid='review']").await?;
            is_accessible(&page, "review, nothing due").await?;
            let lesson = lessons(&dist()?)?.into_iter().find(|lesson| lesson.id == "first-invocation");
            let lesson = lesson.unwrap_or_else(|| panic!("the first lesson is gone"));
            play(&page, &lesson.id).await?;
            for question in questions(&lesson) {
                let given = course::answer(&lesson, question, 0, false)?;
                assert!(!answer(&page, &question.id, &given).await?, "{}", question.id);
            }
            page.open("?page=lessons").await?;
            page.wait_for("[data-testid='lesson-first-invocation']").await?;
            is_accessible(&page, "contents with progress").await?;
            page.before_each(LATER).await?;
            page.open("?page=review").await?;
            for question in questions(&lesson).into_iter().take(2) {
                let due = format!("[data-testid='question-{}-{}'][data-state='open']", lesson.id, question.id);
                page.wait_for(&due).await?;
                focus(&page, &format!("{due} [data-testid$='-fair']")).await?;
            }
            assert!(!has(&page, "[data-testid='fetch-failed']").await?);
            is_accessible(&page, "review, questions due").await?;
            press(&page, "[data-testid='review-export']", Key::Enter).await?;
            page.wait_for_text("[data-testid='review']", "first-invocation/").await?;
            is_accessible(&page, "review with the export").await
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_tree_is_accessible_at_a_question_at_a_leaf_and_as_a_whole() -> Result {
    for view in VIEWS {
        drive(view, async |page| {
            play(&page, "environment-lifetime").await?;
            page.wait_for("[data-testid='tree'][data-state='idle']").await?;
            while !has(&page, "[data-testid='tree-leaf']").await? {
                press(&page, "[data-testid^='answer-']", Key::Enter).await?;
                page.wait_until("document.activeElement.classList.contains('tree__stop')").await?;
            }
            page.wait_for_state("tree-leaf", "done").await?;
            press(&page, "[data-testid='tree'] .disclosure summary, [data-testid='tree'] .disclosure button", Key::Enter).await?;
            is_accessible(&page, "a leaf with the whole tree").await?;
            press(&page, "[data-testid='tree-restart']", Key::Enter).await?;
            page.wait_for("[data-testid='tree'][data-state='idle']").await?;
            is_accessible(&page, "a tree's first question").await
        })
        .await?;
    }
    Ok(())
}
