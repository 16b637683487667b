//! Take it with you: the smallest shelf for your own traffic, its price, and the template that says so.

use super::acts::set;
use super::model::Template;
use crate::components::format::{self, Unit};
use crate::components::{Callout, CalloutKind, CodeBlock, Slider, SliderScale, Stat, Toggle};
use crate::pages::lesson::WidgetProps;
use crate::widgets::price::provisioned_month_pd;
use crate::{t, testid};
use coldstart_sim::spec::ArchitectureSpec;
use coldstart_sim::{bill, theory};
use yew::prelude::*;

const GOAL: f64 = 0.01;
const START_PER_S: f64 = 100.0;
const START_MS: f64 = 500.0;
const START_MB: f64 = 512.0;
/// When the template's schedule opens and closes, in hours.
const HOURS: (u32, u32) = (7, 20);

/// The smallest shelf that both rules allow: places for all but one in a hundred, and the units' requests per second.
#[must_use]
pub fn units_needed(per_s: f64, duration_ms: f64) -> u32 {
    let by_places = theory::erlang_b_servers_for(per_s * duration_ms / 1_000.0, GOAL).unwrap_or(0);
    let by_rate = per_s / f64::from(coldstart_facts::PROVISIONED_REQUESTS_PER_S_PER_UNIT);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few thousand at most")]
    by_places.max(by_rate.ceil() as u32).max(1)
}

/// The act.
#[component]
pub fn Take(props: &WidgetProps) -> Html {
    let per_s = use_state(|| START_PER_S);
    let duration_ms = use_state(|| START_MS);
    let memory_mb = use_state(|| START_MB);
    let scheduled = use_state(|| false);
    let units = units_needed(*per_s, *duration_ms);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a slider's whole number")]
    let memory = *memory_mb as u32;
    let template = Template { units, memory_mb: memory, timeout_s: 10, hours: scheduled.then_some(HOURS) };
    let set_schedule = {
        let scheduled = scheduled.setter();
        Callback::from(move |on| scheduled.set(on))
    };
    let id = |name: &str| format!("{}-{name}", props.id);
    let break_even = format::percent(bill::provisioned_break_even(ArchitectureSpec::X86_64));
    html! {
        <div class="lab" data-testid={testid::PC_TAKE} data-state="done">
            <div class="lab-controls">
                <Slider id={id("traffic")} label={t!("provisioned.traffic")} value={*per_s} min={1.0} max={1_000.0} step={1.0} unit={Unit::PerSecond}
                    scale={SliderScale::Log} on_input={set(&per_s)} testid={testid::PC_TAKE_TRAFFIC} />
                <Slider id={id("duration")} label={t!("provisioned.duration")} value={*duration_ms} min={10.0} max={5_000.0} step={1.0}
                    unit={Unit::Millis} scale={SliderScale::Log} on_input={set(&duration_ms)} />
                <Slider id={id("memory")} label={t!("provisioned.memory")} value={*memory_mb} min={f64::from(coldstart_facts::MEMORY_MIN_MB)}
                    max={f64::from(coldstart_facts::MEMORY_MAX_MB)} step={1.0} unit={Unit::Megabytes} scale={SliderScale::Log}
                    on_input={set(&memory_mb)} />
                <Toggle id={id("schedule")} label={t!("provisioned.schedule")} on={*scheduled} on_change={set_schedule} />
            </div>
            <div class="lab-stats">
                <Stat label={t!("provisioned.take_units")} value={format::count(u64::from(units))} testid={testid::PC_TAKE_UNITS}
                    note={t!("provisioned.take_units_note", load = format::number(*per_s * *duration_ms / 1_000.0))} />
                <Stat label={t!("provisioned.take_price")} value={format::picodollars(provisioned_month_pd(units, memory))} />
                <Stat label={t!("provisioned.take_break_even")} value={break_even} note={t!("provisioned.take_break_even_note")} />
            </div>
            <CodeBlock label={t!("provisioned.take_template")} code={template.text()} copy={true} testid={testid::PC_TEMPLATE} />
            <Callout kind={CalloutKind::Warning}>{ t!("provisioned.take_wrong") }</Callout>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_calls_are_sized_by_requests_per_second() {
        assert_eq!(units_needed(2_500.0, 20.0), 250);
        assert!((60..=66).contains(&units_needed(100.0, 500.0)), "{}", units_needed(100.0, 500.0));
    }
}
