//! Options beside each other: the reader chooses which, and can leave out what does not tell them apart.

use super::prose::Prose;
use crate::components::Toggle;
use crate::t;
use coldstart_course::{Best, ComparedRow, Inline};
use yew::prelude::*;

/// Below this many options there is nothing to compare.
const SHOWN_MIN: usize = 2;

/// One criterion as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct RowView {
    /// What it is.
    pub label: Html,
    /// A cell for each option.
    pub cells: Vec<Html>,
    /// The cells' words: whether they tell options apart.
    pub words: Vec<String>,
    /// The cells' figures where the lowest or the highest is pointed out.
    pub figures: Option<(Best, Vec<Option<f64>>)>,
}

/// Properties of [`Comparison`].
#[derive(Properties, Clone, PartialEq)]
pub struct ComparisonProps {
    /// Id of its element; those of the controls are made of it.
    pub id: AttrValue,
    /// What is compared.
    pub caption: AttrValue,
    /// What the options are called.
    pub options: Vec<AttrValue>,
    /// The criteria.
    pub rows: Vec<RowView>,
}

/// The comparison with its facts, words and figures.
pub(super) fn comparison(prose: &Prose<'_>, data: &coldstart_course::Comparison) -> Html {
    let words = |text: &Vec<Inline>| AttrValue::from(prose.words(text));
    html! {
        <Comparison
            id={data.id.clone()}
            caption={words(&data.caption)}
            options={data.options.iter().map(words).collect::<Vec<_>>()}
            rows={data.rows.iter().map(|row| row_view(prose, row)).collect::<Vec<_>>()}
        />
    }
}

fn row_view(prose: &Prose<'_>, row: &ComparedRow) -> RowView {
    let figure = |cell: &Vec<Inline>| {
        cell.iter().find_map(|piece| match piece {
            Inline::Result(result) => prose.value(result),
            _ => None,
        })
    };
    RowView {
        label: prose.inlines(&row.label),
        cells: row.cells.iter().map(|cell| prose.inlines(cell)).collect(),
        words: row.cells.iter().map(|cell| prose.words(cell)).collect(),
        figures: row.best.map(|best| (best, row.cells.iter().map(figure).collect())),
    }
}

/// Choosers above, the table below; on narrow screens each criterion is a block of its own.
#[component]
pub fn Comparison(props: &ComparisonProps) -> Html {
    let hidden = use_state_eq(|| vec![false; props.options.len()]);
    let only_differences = use_state_eq(|| false);
    let shown: Vec<usize> = (0..props.options.len()).filter(|at| !hidden[*at]).collect();
    let rows: Vec<&RowView> = props.rows.iter().filter(|row| !*only_differences || differs(row, &shown)).collect();
    let option = |at: usize| {
        let on_change = {
            let hidden = hidden.clone();
            Callback::from(move |on: bool| {
                let mut next = (*hidden).clone();
                next[at] = !on;
                hidden.set(next);
            })
        };
        let checked = !hidden[at];
        html! {
            <Toggle
                key={at}
                id={format!("{}-option-{at}", props.id)}
                label={props.options[at].clone()}
                on={checked}
                {on_change}
                disabled={checked && shown.len() <= SHOWN_MIN}
                testid={format!("{}-option-{at}", props.id)}
            />
        }
    };
    let set_only = {
        let only_differences = only_differences.clone();
        Callback::from(move |on: bool| only_differences.set(on))
    };
    html! {
        <section class="comparison" id={props.id.clone()} aria-label={props.caption.clone()} data-testid={format!("comparison-{}", props.id)}>
            <div class="comparison__choices no-print" role="group" aria-label={t!("comparison.choose")}>
                { for (props.options.len() > SHOWN_MIN).then(|| (0..props.options.len()).map(option).collect::<Html>()) }
                <Toggle
                    id={format!("{}-differences", props.id)}
                    label={t!("comparison.differences")}
                    on={*only_differences}
                    on_change={set_only}
                    testid={format!("{}-differences", props.id)}
                />
            </div>
            { table(props, &shown, &rows) }
            <p class="small muted" role="status">{ rows.is_empty().then_some(t!("comparison.same")) }</p>
        </section>
    }
}

/// Roles are written out because narrow screens show rows as blocks, and some browsers then forget that this is a table.
fn table(props: &ComparisonProps, shown: &[usize], rows: &[&RowView]) -> Html {
    let row = |row: &&RowView| {
        let best = best(row, shown);
        let cell = |at: &usize| {
            let mark = (best == Some(*at)).then(|| row.figures.as_ref().map(|(best, _)| word(*best))).flatten();
            html! {
                <td role="cell" data-option={props.options[*at].clone()}>
                    <span>{ row.cells[*at].clone() }{ for mark.map(|word| html! { <>{ " " }<span class="comparison__best">{ word }</span></> }) }</span>
                </td>
            }
        };
        html! { <tr role="row"><th scope="row" role="rowheader">{ row.label.clone() }</th>{ for shown.iter().map(cell) }</tr> }
    };
    html! {
        <table class="table comparison__table" role="table">
            <caption>{ &props.caption }</caption>
            <thead role="rowgroup"><tr role="row">
                <td role="cell"></td>
                { for shown.iter().map(|at| html! { <th scope="col" role="columnheader">{ &props.options[*at] }</th> }) }
            </tr></thead>
            <tbody role="rowgroup">{ for rows.iter().map(row) }</tbody>
        </table>
    }
}

fn word(best: Best) -> &'static str {
    match best {
        Best::Low => t!("comparison.lowest"),
        Best::High => t!("comparison.highest"),
    }
}

/// Whether the options that are shown are told apart by this criterion.
fn differs(row: &RowView, shown: &[usize]) -> bool {
    let mut words = shown.iter().filter_map(|at| row.words.get(*at));
    let first = words.next();
    words.any(|word| Some(word) != first)
}

/// The option shown whose figure is the best, if it is the only one.
fn best(row: &RowView, shown: &[usize]) -> Option<usize> {
    let (best, figures) = row.figures.as_ref()?;
    let better = |a: f64, b: f64| match best {
        Best::Low => a < b,
        Best::High => a > b,
    };
    let of = |at: usize| figures.get(at).copied().flatten();
    let beats_all = |at: &usize| {
        of(*at).is_some_and(|own| shown.iter().filter(|other| *other != at).all(|other| of(*other).is_some_and(|it| better(own, it))))
    };
    shown.iter().copied().find(beats_all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(words: &[&str], figures: Option<(Best, Vec<Option<f64>>)>) -> RowView {
        let words: Vec<String> = words.iter().map(ToString::to_string).collect();
        RowView { label: Html::default(), cells: words.iter().map(|word| html! { { word } }).collect(), words, figures }
    }

    #[test]
    fn a_criterion_differs_only_among_what_is_shown() {
        let row = row(&["there", "there", "gone"], None);
        assert!(differs(&row, &[0, 1, 2]) && differs(&row, &[1, 2]) && !differs(&row, &[0, 1]));
    }

    #[test]
    fn the_best_is_pointed_out_among_what_is_shown_and_only_if_it_is_alone() {
        let row = |best, figures: [f64; 3]| row(&["a", "b", "c"], Some((best, figures.map(Some).to_vec())));
        assert_eq!(best(&row(Best::Low, [3.0, 1.0, 2.0]), &[0, 1, 2]), Some(1));
        assert_eq!(best(&row(Best::Low, [3.0, 1.0, 2.0]), &[0, 2]), Some(2));
        assert_eq!(best(&row(Best::High, [3.0, 1.0, 2.0]), &[0, 1, 2]), Some(0));
        assert_eq!(best(&row(Best::High, [3.0, 1.0, 3.0]), &[0, 1, 2]), None);
    }
}
