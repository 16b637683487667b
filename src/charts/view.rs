//! A chart on the page: heading, canvas, the sentence that says what to see, and the data as a table.

use super::look::Look;
use super::scale::Plot;
use super::spec::ChartSpec;
use crate::app::theme::use_theme;
use crate::components::{DataTable, Disclosure};
use crate::platform::timing::{self, Frame};
use crate::platform::{canvas, events, media};
use crate::t;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// How tall a chart is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChartSize {
    /// Beside others.
    Small,
    /// In a text.
    #[default]
    Medium,
    /// With many rows.
    Large,
}

impl ChartSize {
    const fn class(self) -> &'static str {
        match self {
            Self::Small => "chart chart--small",
            Self::Medium => "chart",
            Self::Large => "chart chart--large",
        }
    }
}

/// Properties of [`ChartView`].
#[derive(Properties, Clone, PartialEq)]
pub struct ChartViewProps {
    /// Id that the parts' ids are made of.
    pub id: AttrValue,
    /// What is shown.
    pub spec: Rc<ChartSpec>,
    /// How tall it is.
    #[prop_or_default]
    pub size: ChartSize,
    /// Called with the place of the data whenever it was drawn, for what reacts to pointers.
    #[prop_or_default]
    pub on_drawn: Callback<Plot>,
    /// Laid over the canvas.
    #[prop_or_default]
    pub children: Html,
    /// Name for the tests.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
}

/// What the canvas shows next, and the frame in which it will.
#[derive(Default)]
struct Pending {
    spec: Option<Rc<ChartSpec>>,
    on_drawn: Callback<Plot>,
    frame: Option<Frame>,
    density: Option<(f64, media::Watching)>,
}

/// Draws the latest chart before the next repaint, once, however often it is asked for.
fn redraw(pending: &Rc<RefCell<Pending>>, node: &NodeRef) {
    if pending.borrow().frame.is_some() {
        return;
    }
    let (later, node_then) = (pending.clone(), node.clone());
    let frame = timing::next_frame(move |_| {
        later.borrow_mut().frame = None;
        let (spec, on_drawn) = {
            let pending = later.borrow();
            (pending.spec.clone(), pending.on_drawn.clone())
        };
        if let Some(plot) = spec.and_then(|spec| paint(&node_then, &spec)) {
            on_drawn.emit(plot);
        }
        watch_density(&later, &node_then);
    });
    pending.borrow_mut().frame = Some(frame);
}

fn paint(node: &NodeRef, spec: &ChartSpec) -> Option<Plot> {
    let surface = canvas::Surface::of(node)?;
    let look = Look::from_tokens(|name| surface.token(name), surface.scale());
    // A canvas that fails to draw leaves the sentence and the table, which say the same.
    super::draw(surface.backend()?, spec, &look).ok()
}

/// A query about the present density fires once when the density changes (zoom, another screen): then it is asked anew.
fn watch_density(pending: &Rc<RefCell<Pending>>, node: &NodeRef) {
    let now = media::device_pixel_ratio();
    if pending.borrow().density.as_ref().is_some_and(|(watched, _)| watched.total_cmp(&now).is_eq()) {
        return;
    }
    let again = {
        let (pending, node) = (Rc::downgrade(pending), node.clone());
        Callback::from(move |_| {
            if let Some(pending) = pending.upgrade() {
                redraw(&pending, &node);
            }
        })
    };
    let watching = media::watch(&format!("(resolution: {now}dppx)"), again);
    pending.borrow_mut().density = Some((now, watching));
}

/// A chart with everything that goes with it.
#[component]
pub fn ChartView(props: &ChartViewProps) -> Html {
    let node = use_node_ref();
    let pending = use_mut_ref(Pending::default);
    let theme = use_theme();
    {
        let (pending, node) = (pending.clone(), node.clone());
        let on_drawn = props.on_drawn.clone();
        use_effect_with((props.spec.clone(), props.size, theme), move |(spec, ..)| {
            {
                let mut pending = pending.borrow_mut();
                pending.spec = Some(spec.clone());
                pending.on_drawn = on_drawn;
            }
            redraw(&pending, &node);
        });
    }
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let again = {
                let (pending, node) = (pending.clone(), node.clone());
                Callback::from(move |()| redraw(&pending, &node))
            };
            let size = canvas::watch_size(&node, again.clone());
            let window = events::on_window("resize", again);
            move || {
                drop((size, window));
                *pending.borrow_mut() = Pending::default();
            }
        });
    }
    let summary = props.spec.summary();
    html! {
        <figure class={props.size.class()} aria-labelledby={format!("{}-title", props.id)} data-testid={props.testid.clone()}>
            <p class="chart__title" id={format!("{}-title", props.id)}>{ &props.spec.title }</p>
            <div class="chart__box">
                <canvas class="chart__canvas" ref={node} role="img" aria-label={summary.clone()}></canvas>
                <div class="chart__over">{ props.children.clone() }</div>
            </div>
            <figcaption class="chart__says">{ summary }</figcaption>
            { data(props) }
        </figure>
    }
}

fn data(props: &ChartViewProps) -> Html {
    let table = {
        let (spec, id) = (props.spec.clone(), props.id.clone());
        Callback::from(move |()| {
            let table = spec.table();
            html! {
                <DataTable
                    id={format!("{id}-caption")}
                    caption={t!("chart.data_of", title = spec.title)}
                    columns={table.columns}
                    rows={table.rows}
                />
            }
        })
    };
    html! {
        <Disclosure
            id={format!("{}-data", props.id)}
            label={t!("chart.show_data")}
            lazy={table}
            testid={props.testid.as_ref().map(|id| AttrValue::from(format!("{id}-data")))}
        />
    }
}
