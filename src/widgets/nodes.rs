//! The table of what keeps events: queues, streams, mappings, front doors and destinations of a run, with where their events are.

use super::run_view::quantile_of;
use crate::components::{Column, DataTable, format};
use crate::i18n::Text;
use crate::{t, text};
use coldstart_sim::{Exit, NodeKind, NodeReport, Report};
use yew::{AttrValue, Html, html};

/// The table; nothing for a run without nodes.
pub fn nodes(id: &str, report: &Report) -> Html {
    if report.nodes.is_empty() {
        return Html::default();
    }
    let columns = [
        Column::words(t!("playground.node")),
        Column::words(t!("playground.node_kind")),
        Column::numbers(t!("playground.entered")),
        Column::numbers(t!("playground.delivered")),
        Column::numbers(t!("playground.node_failed")),
        Column::numbers(t!("playground.elsewhere")),
        Column::numbers(t!("playground.in_flight")),
        Column::numbers(t!("playground.held_max")),
        Column::numbers(t!("playground.age_half")),
        Column::numbers(t!("playground.age_late")),
    ];
    let rows = report.nodes.iter().map(cells).collect::<Vec<_>>();
    // A column in which nothing ever is only takes the room of one that matters; name and kind stay.
    let kept = |column: usize| column < 2 || rows.iter().any(|row| !matches!(row[column].as_str(), "0" | "–"));
    let columns = columns.into_iter().enumerate().filter(|(at, _)| kept(*at)).map(|(_, column)| column).collect::<Vec<_>>();
    let rows = rows.iter().map(|row| row.iter().enumerate().filter(|(at, _)| kept(*at)).map(|(_, cell)| cell.clone()).collect());
    let rows = rows.collect::<Vec<Vec<AttrValue>>>();
    html! { <DataTable id={format!("{id}-table")} caption={t!("playground.nodes")} {columns} {rows} /> }
}

fn cells(node: &NodeReport) -> Vec<AttrValue> {
    let done = node.exits(Exit::Delivered) + node.exits(Exit::Kept);
    let elsewhere = node.exits(Exit::Filtered) + node.exits(Exit::Returned);
    let count = |n: u64| AttrValue::from(format::count(n));
    vec![
        node.id.clone().into(),
        kind_name(node.kind).get().into(),
        count(node.entered + node.duplicated),
        count(done),
        count(node.failed()),
        count(elsewhere),
        count(node.in_flight),
        count(node.held_max),
        quantile_of(&node.age, 0.5).into(),
        quantile_of(&node.age, 0.99).into(),
    ]
}

/// What a node is called, in every view.
pub const fn kind_name(kind: NodeKind) -> Text {
    match kind {
        NodeKind::AsynchronousQueue => text!("playground.node_asynchronous"),
        NodeKind::QueueDestination => text!("playground.node_queue_destination"),
        NodeKind::TopicDestination => text!("playground.node_topic"),
        NodeKind::EventBusDestination => text!("playground.node_bus"),
        NodeKind::BucketDestination => text!("playground.node_bucket"),
        NodeKind::FrontDoor => text!("playground.node_front_door"),
        NodeKind::EventSource => text!("playground.node_event_source"),
        NodeKind::StandardQueue => text!("playground.node_standard_queue"),
        NodeKind::FifoQueue => text!("playground.node_fifo_queue"),
        NodeKind::QueueMapping => text!("playground.node_queue_mapping"),
        NodeKind::KinesisStream => text!("playground.node_kinesis"),
        NodeKind::DynamoDbStream => text!("playground.node_dynamodb"),
        NodeKind::StreamMapping => text!("playground.node_stream_mapping"),
        NodeKind::Dependency => text!("playground.node_dependency"),
    }
}
