//! Boxes beside the text.

use super::{Icon, IconName};
use crate::i18n::Text;
use crate::text;
use yew::prelude::*;

/// What kind of remark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CalloutKind {
    /// Worth knowing.
    #[default]
    Note,
    /// AWS does not publish it: the simulator had to choose.
    ModellingChoice,
    /// Something works, but not as one may think.
    Warning,
    /// Something went wrong: what happened, what is safe, what to do.
    Error,
}

impl CalloutKind {
    const fn look(self) -> (&'static str, IconName, Text) {
        match self {
            Self::Note => ("callout", IconName::Info, text!("kit.note")),
            Self::ModellingChoice => ("callout callout--choice", IconName::Choice, text!("kit.modelling_choice")),
            Self::Warning => ("callout callout--warning", IconName::Warning, text!("kit.warning")),
            Self::Error => ("callout callout--error", IconName::Error, text!("kit.error")),
        }
    }
}

/// Properties of [`Callout`].
#[derive(Properties, Clone, PartialEq)]
pub struct CalloutProps {
    /// What kind of remark.
    #[prop_or_default]
    pub kind: CalloutKind,
    /// A heading; the kind's own word if none is given.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// Whether it appeared because of something the reader did and should be read out at once.
    #[prop_or_default]
    pub live: bool,
    /// Name for the tests.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
    /// The remark.
    #[prop_or_default]
    pub children: Html,
}

/// A box beside the text.
#[component]
pub fn Callout(props: &CalloutProps) -> Html {
    let (class, icon, word) = props.kind.look();
    let role = match (props.live, props.kind) {
        (true, CalloutKind::Error) => "alert",
        (true, _) => "status",
        (false, _) => "note",
    };
    html! {
        <div {class} {role} data-testid={props.testid.clone()}>
            <span class="callout__icon"><Icon name={icon} /></span>
            <div class="callout__body">
                <p class="callout__title">{ props.title.clone().unwrap_or_else(|| word.get().into()) }</p>
                <div class="callout__text">{ props.children.clone() }</div>
            </div>
        </div>
    }
}
