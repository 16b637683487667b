//! What an address asks of a lesson besides its slug: `?lesson=slug&preset=scenario&seed=7&t=12500`. Short enough to type; whatever
//! else a stage may show travels in a share link.

use crate::app::Query;
use crate::components::{Callout, CalloutKind};
use crate::{t, testid};
use coldstart_course::Block;
use yew::prelude::*;

/// What was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// The seed of all runs.
    pub seed: Option<u64>,
    /// Whether figures that no run of the reader's gave are shown as ranges over several seeds: `?seed=random`.
    pub ranges: bool,
    /// The stage to come to, by the widget's id.
    pub stage: Option<String>,
    /// Where its clock stands, in milliseconds of simulated time.
    pub t_ms: Option<u64>,
    /// How many blocks have to be shown for the reader to see that stage.
    pub open_to: usize,
    /// The scenario that was asked for and that the lesson lacks.
    missing: Option<String>,
}

impl Opening {
    /// What a query asks of a lesson of these blocks. A preset is the name of a scenario, or the id of a stage.
    #[must_use]
    pub fn of(query: &Query, blocks: &[Block]) -> Self {
        let number = |name: &str| query.get(name).and_then(|text| text.parse().ok());
        let opening = Self { seed: number("seed"), ranges: query.get("seed") == Some("random"), ..Self::default() };
        let Some(preset) = query.get("preset") else { return opening };
        let stages = || {
            blocks.iter().enumerate().filter_map(|(at, block)| if let Block::Widget(widget) = block { Some((at, widget)) } else { None })
        };
        let by_id = stages().find(|(_, widget)| widget.id == preset);
        match by_id.or_else(|| stages().find(|(_, widget)| widget.scenario.as_deref() == Some(preset))) {
            Some((at, widget)) => Self { stage: Some(widget.id.clone()), t_ms: number("t"), open_to: at + 1, ..opening },
            None => Self { missing: Some(preset.to_owned()), ..opening },
        }
    }

    /// Says that there is no such scenario; nothing where all is well.
    pub fn note(&self) -> Html {
        let note = |name: &String| {
            html! {
                <Callout kind={CalloutKind::Warning} title={t!("share.no_preset_title")} live=true testid={testid::LINK_NOTE}>
                    <p>{ t!("share.no_preset", name = name.clone()) }</p>
                </Callout>
            }
        };
        self.missing.as_ref().map(note).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coldstart_course::Widget;

    fn widget(id: &str, scenario: &str) -> Block {
        let props = serde_json::Map::new();
        Block::Widget(Widget {
            name: "lab".into(),
            id: id.into(),
            scenario: Some(scenario.into()),
            controls: Vec::new(),
            facts: Vec::new(),
            props,
        })
    }

    fn opening(query: &str) -> Opening {
        let blocks = [Block::Paragraph(Vec::new()), widget("first", "quiet"), widget("second", "busy"), widget("busy", "quiet")];
        Opening::of(&Query::parse(query), &blocks)
    }

    #[test]
    fn a_preset_is_a_stage_or_its_scenario() {
        let named = |query| (opening(query).stage, opening(query).open_to);
        assert_eq!(named("?preset=quiet"), (Some("first".into()), 2));
        assert_eq!(named("?preset=busy"), (Some("busy".into()), 4), "the id of a stage comes first");
        assert_eq!(named("?lesson=x"), (None, 0));
    }

    #[test]
    fn moment_and_seed_go_with_it() {
        let asked = opening("?preset=second&t=12500&seed=7");
        assert_eq!((asked.t_ms, asked.seed, asked.missing), (Some(12_500), Some(7), None));
        assert!(!asked.ranges && opening("?seed=random").ranges);
        assert_eq!(opening("?t=12500").t_ms, None, "of no stage in particular");
        assert_eq!(opening("?preset=second&t=-1&seed=x"), Opening { stage: Some("second".into()), open_to: 3, ..Opening::default() });
    }

    #[test]
    fn a_preset_that_is_not_there_is_said() {
        let asked = opening("?preset=nowhere");
        assert_eq!((asked.missing.as_deref(), asked.stage), (Some("nowhere"), None));
    }
}
