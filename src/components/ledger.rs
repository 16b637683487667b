//! The bill: a line per cause, growing with the run; never a lone total.

use super::format;
use crate::t;
use yew::prelude::*;

/// One line of a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerLine {
    /// Which line it is, stable while it grows.
    pub key: AttrValue,
    /// What for.
    pub label: AttrValue,
    /// How much of it: `1,200 GB-s`.
    pub quantity: AttrValue,
    /// What it costs, in picodollars.
    pub amount_pd: i128,
}

/// Properties of [`Ledger`].
#[derive(Properties, Clone, PartialEq)]
pub struct LedgerProps {
    /// Id of the caption.
    pub id: AttrValue,
    /// What the bill covers: `Bill of this hour`.
    pub caption: AttrValue,
    /// The lines.
    pub lines: Vec<LedgerLine>,
    /// The sum, in picodollars; that of the lines if none is given.
    #[prop_or_default]
    pub total_pd: Option<i128>,
    /// A remark below: `a month like this costs $54`.
    #[prop_or_default]
    pub note: Option<AttrValue>,
    /// Name for the tests.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
}

/// A bill with bars for the lines' shares.
#[component]
pub fn Ledger(props: &LedgerProps) -> Html {
    let total = props.total_pd.unwrap_or_else(|| props.lines.iter().map(|line| line.amount_pd).sum());
    let largest = props.lines.iter().map(|line| line.amount_pd).max().unwrap_or(0).max(1);
    html! {
        <div class="ledger" tabindex="0" role="group" aria-labelledby={props.id.clone()} data-testid={props.testid.clone()}>
            <table class="ledger__table">
                <caption id={props.id.clone()}>{ &props.caption }</caption>
                <tbody>{ for props.lines.iter().map(|line| self::line(line, largest)) }</tbody>
                <tfoot>
                    <tr>
                        <th scope="row" colspan="2">{ t!("kit.total") }</th>
                        <td class="num">{ format::picodollars(total) }</td>
                    </tr>
                </tfoot>
            </table>
            <p class="ledger__note">{ props.note.clone() }</p>
        </div>
    }
}

fn line(line: &LedgerLine, largest_pd: i128) -> Html {
    let share = format::picodollars_to_dollars(line.amount_pd.max(0)) / format::picodollars_to_dollars(largest_pd);
    html! {
        <tr key={line.key.to_string()}>
            <th scope="row">
                { &line.label }
                <svg class="ledger__bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
                    <rect x="0" y="0" width={format!("{:.2}", share * 100.0)} height="1" />
                </svg>
            </th>
            <td class="ledger__quantity num">{ &line.quantity }</td>
            <td class="num">{ format::picodollars(line.amount_pd) }</td>
        </tr>
    }
}
