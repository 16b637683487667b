//! The attempts of some requests, without the cause: that is what is asked.

use super::card::Card;
use crate::components::format::duration_us;
use crate::components::{Column, DataTable};
use crate::{t, testid};
use coldstart_course::RequestTrace;
use coldstart_sim::{AttemptRecord, AttemptResult, Outcome, ScenarioSpec, Timeline};
use yew::prelude::*;

/// The table, once the run is there.
pub fn draw(card: &Card<'_>, asked: &RequestTrace) -> Html {
    let timeline = card.run.latest.as_ref().and_then(|run| run.timeline.as_ref());
    let Some((timeline, spec)) = timeline.zip(card.view.spec.as_ref()) else { return Html::default() };
    let rows = rows(asked, timeline, spec);
    let retried = rows.iter().any(|row| row[1] != "1");
    let named = spec.functions.len() > 1;
    let function = named.then(|| Column::words(t!("quiz.col_function")));
    let columns = [
        Some(Column::words(t!("quiz.col_request"))),
        Some(Column::numbers(t!("quiz.col_attempt"))),
        function,
        Some(Column::numbers(t!("quiz.col_started"))),
        Some(Column::words(t!("quiz.col_environment"))),
        Some(Column::numbers(t!("quiz.col_init"))),
        Some(Column::numbers(t!("quiz.col_duration"))),
        Some(Column::words(t!("quiz.col_outcome"))),
    ];
    // Where nobody tried twice, a column of ones only takes the room of one that tells something.
    let kept = |at: usize| at != 1 || retried;
    let columns: Vec<Column> = columns.into_iter().enumerate().filter(|(at, _)| kept(*at)).filter_map(|(_, column)| column).collect();
    let without = |row: Vec<AttrValue>| row.into_iter().enumerate().filter(|(at, _)| kept(*at)).map(|(_, cell)| cell).collect();
    let rows: Vec<Vec<AttrValue>> = rows.into_iter().map(without).collect();
    html! {
        <DataTable
            id={card.part(testid::PART_TRACE)}
            caption={t!("quiz.trace")}
            {columns}
            {rows}
            testid={card.part(testid::PART_TRACE)}
        />
    }
}

/// One row an attempt, in order of their start.
pub fn rows(asked: &RequestTrace, timeline: &Timeline, spec: &ScenarioSpec) -> Vec<Vec<AttrValue>> {
    asked.attempts(timeline).into_iter().map(|attempt| row(attempt, spec)).collect()
}

fn row(attempt: &AttemptRecord, spec: &ScenarioSpec) -> Vec<AttrValue> {
    let none = || "\u{2013}".to_owned();
    let (environment, init, duration, outcome) = match attempt.result {
        AttemptResult::Throttled { .. } => (t!("quiz.refused").to_owned(), none(), none(), none()),
        AttemptResult::Ran { environment, provisioned, init_us, duration_us, outcome, .. } => {
            let number = environment.to_string();
            let environment = if provisioned { t!("quiz.provisioned", number = number) } else { number };
            let outcome = if outcome == Outcome::Success { t!("quiz.answered") } else { t!("quiz.failed_call") };
            (environment, if init_us > 0 { show(init_us) } else { none() }, show(duration_us), outcome.to_owned())
        }
    };
    let function = spec.functions.get(usize::from(attempt.function)).filter(|_| spec.functions.len() > 1);
    let cells = [
        Some((attempt.request + 1).to_string()),
        Some(attempt.attempt.to_string()),
        function.map(|function| function.id.clone()),
        Some(moment(attempt.started_us, spec.run.clock_start_s)),
        Some(environment),
        Some(init),
        Some(duration),
        Some(outcome),
    ];
    cells.into_iter().flatten().map(AttrValue::from).collect()
}

#[allow(clippy::cast_precision_loss, reason = "shown with three digits")]
fn show(us: u64) -> String {
    duration_us(us as f64)
}

/// A moment by the scenario's clock, to the millisecond: two attempts that are told apart by less are told apart by their order.
fn moment(us: u64, clock_start_s: u32) -> String {
    let ms = us / 1_000;
    let second = ms / 1_000 + u64::from(clock_start_s);
    format!("{:02}:{:02}:{:02}.{:03}", second / 3_600 % 24, second / 60 % 60, second % 60, ms % 1_000)
}
