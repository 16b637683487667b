//! Tables of data.

use yew::prelude::*;

/// How a column is aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Words: at their start.
    #[default]
    Start,
    /// Numbers: at their end, figures of one width.
    End,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading, with the unit.
    pub heading: AttrValue,
    /// How it is aligned.
    pub align: Align,
}

impl Column {
    /// A column of words.
    #[must_use]
    pub fn words(heading: impl Into<AttrValue>) -> Self {
        Self { heading: heading.into(), align: Align::Start }
    }

    /// A column of numbers.
    #[must_use]
    pub fn numbers(heading: impl Into<AttrValue>) -> Self {
        Self { heading: heading.into(), align: Align::End }
    }
}

/// Properties of [`DataTable`].
#[derive(Properties, Clone, PartialEq)]
pub struct DataTableProps {
    /// Id of the caption; the scroll container is named by it.
    pub id: AttrValue,
    /// What the table shows.
    pub caption: AttrValue,
    /// The columns; the first one names its row.
    pub columns: Vec<Column>,
    /// The rows, as many cells each as there are columns.
    pub rows: Vec<Vec<AttrValue>>,
    /// Name for the tests.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
}

/// A table with a caption, a heading that stays and a scroll container that the keyboard reaches.
#[component]
pub fn DataTable(props: &DataTableProps) -> Html {
    let align = |i: usize| props.columns.get(i).filter(|c| c.align == Align::End).map(|_| "end");
    html! {
        <div class="table-scroll" tabindex="0" role="group" aria-labelledby={props.id.clone()} data-testid={props.testid.clone()}>
            <table class="table">
                <caption id={props.id.clone()}>{ &props.caption }</caption>
                <thead>
                    <tr>{ for props.columns.iter().enumerate().map(|(i, column)| html! {
                        <th key={i} scope="col" class={classes!(align(i))}>{ &column.heading }</th>
                    }) }</tr>
                </thead>
                <tbody>{ for props.rows.iter().enumerate().map(|(r, row)| html! {
                    <tr key={r}>{ for row.iter().enumerate().map(|(i, cell)| if i == 0 {
                        html! { <th key={i} scope="row" class={classes!(align(i))}>{ cell }</th> }
                    } else {
                        html! { <td key={i} class={classes!(align(i))}>{ cell }</td> }
                    }) }</tr>
                }) }</tbody>
            </table>
        </div>
    }
}
