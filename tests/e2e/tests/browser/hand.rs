//! What a reader's hands do on a page, with the keyboard alone, and what is looked at wherever they come to.

use coldstart_e2e::course::Answer;
use coldstart_e2e::{Key, Page, Result};
use serde_json::{Value, json};

/// How many steps a lesson may take: more means that something does not go on.
pub const STEPS_MAX: usize = 60;

/// Puts the focus on the first element that the selector finds, as a reader who tabs there would.
pub async fn focus(page: &Page, css: &str) -> Result {
    page.wait_for(css).await?;
    page.eval(&format!("document.querySelector({}).focus()", json!(css))).await?;
    let focused = page.eval(&format!("document.activeElement === document.querySelector({})", json!(css))).await?;
    assert_eq!(focused, json!(true), "{css} takes no focus");
    Ok(())
}

pub async fn press(page: &Page, css: &str, key: Key) -> Result {
    focus(page, css).await?;
    page.press(&[key]).await
}

pub async fn has(page: &Page, css: &str) -> Result<bool> {
    Ok(page.eval(&format!("document.querySelector({}) !== null", json!(css))).await? == json!(true))
}

/// Nothing is wider than the screen, and the accessibility checker finds nothing.
pub async fn is_accessible(page: &Page, place: &str) -> Result {
    assert_eq!(page.too_wide().await?, [""; 0], "{place}");
    assert_eq!(page.violations().await?, [], "{place}");
    Ok(())
}

/// The first prediction that is still open, answered: an option, or the number where the slider stands, one step on.
pub async fn answer_a_bet(page: &Page) -> Result<bool> {
    let find = "document.querySelector(\"[data-testid^='bet-'][data-state='open']\")?.dataset.testid ?? null";
    let Value::String(bet) = page.eval(find).await? else { return Ok(false) };
    let option = format!("[data-testid='{bet}'] input[type='radio']");
    let pen = format!("[data-testid='{bet}-field-curve']");
    if has(page, &option).await? {
        press(page, &option, Key::Space).await?;
    } else if has(page, &pen).await? {
        press(page, &pen, Key::Up).await?;
    } else {
        press(page, &format!("[data-testid='{bet}-field']"), Key::Right).await?;
    }
    press(page, &format!("[data-testid='{bet}-commit']"), Key::Enter).await?;
    page.wait_until(&format!("document.querySelector(\"[data-testid='{bet}']\").dataset.state !== 'open'")).await?;
    Ok(true)
}

/// Plays a lesson through: a request of one's own, every prediction, every run.
pub async fn play(page: &Page, lesson: &str) -> Result {
    page.open(&format!("?lesson={lesson}")).await?;
    page.wait_for("[data-widget]").await?;
    if has(page, "[data-testid='lab'] [data-testid='send-one']").await? {
        press(page, "[data-testid='lab'] [data-testid='send-one']", Key::Enter).await?;
    }
    let mut steps = 0;
    while answer_a_bet(page).await? {
        steps += 1;
        assert!(steps < STEPS_MAX, "{lesson} does not come to its end");
    }
    page.wait_until("document.querySelectorAll(\".lab[data-state='running']\").length === 0").await?;
    let failed = page.eval("document.querySelectorAll(\".lab[data-state='failed']\").length").await?;
    assert_eq!(failed, json!(0), "{lesson}: a stage fails");
    Ok(())
}

fn part(question: &str, part: &str) -> String {
    format!("[data-testid='question-{question}-{part}']")
}

async fn question_is(page: &Page, question: &str, state: &str) -> Result {
    page.wait_until(&format!("document.querySelector(\"[data-testid='question-{question}']\")?.dataset.state === '{state}'")).await
}

/// Gives an answer to a question, says how sure, and waits for the verdict; returns whether it holds.
pub async fn answer(page: &Page, question: &str, given: &Answer) -> Result<bool> {
    question_is(page, question, "open").await?;
    match given {
        Answer::Options(options) => {
            for option in options {
                press(page, &part(question, &format!("option-{option}")), Key::Space).await?;
            }
        }
        Answer::Number(number) => page.fill(&part(question, "number"), number).await?,
        Answer::Sorted => sort(page, question).await?,
        Answer::AsTheyLie => {}
    }
    press(page, &part(question, "fair"), Key::Space).await?;
    press(page, &part(question, "check"), Key::Enter).await?;
    question_is(page, question, "answered").await?;
    page.wait_until(&format!("document.activeElement.id === 'question-{question}-feedback'")).await?;
    let verdict = page.text(&part(question, "verdict")).await?;
    assert!(["That holds", "That does not hold"].contains(&verdict.as_str()), "{question}: {verdict}");
    Ok(verdict == "That holds")
}

/// Moves each thing up to its place. Its button keeps the focus on the way.
async fn sort(page: &Page, question: &str) -> Result {
    let order = format!("[...document.querySelectorAll(\"[data-testid^='question-{question}-up-']\")].map((one) => one.dataset.testid)");
    let name = |thing: usize| format!("question-{question}-up-{thing}");
    let count = page.eval(&order).await?.as_array().map_or(0, Vec::len);
    for thing in 0..count {
        focus(page, &format!("[data-testid='{}']", name(thing))).await?;
        for _ in 0..count {
            if page.eval(&order).await?[thing] == json!(name(thing)) {
                break;
            }
            page.press(&[Key::Enter]).await?;
            page.wait_until(&format!("document.activeElement.id === '{}'", name(thing))).await?;
        }
    }
    Ok(())
}

/// Another round of an answered question.
pub async fn again(page: &Page, question: &str) -> Result {
    press(page, &part(question, "again"), Key::Enter).await?;
    question_is(page, question, "open").await
}
