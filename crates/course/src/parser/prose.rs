//! Running text: placeholders become figures, and numbers that come from nowhere are reported.

use super::draft::Draft;
use super::fields::At;
use super::problem::Code;
use super::source::Source;
use crate::{Format, Inline, ResultRef, is_metric, metric_format};

/// Reads a text without markup. Returns its pieces; adjacent words stay together.
pub(super) fn read(draft: &mut Draft<'_>, source: Source<'_>) -> Vec<Inline> {
    let mut pieces = Vec::new();
    let mut rest = 0;
    while let Some(open) = source.text[rest..].find("{{").map(|found| rest + found) {
        words(draft, source, rest..open, &mut pieces);
        let Some(close) = source.text[open..].find("}}").map(|found| open + found) else {
            draft.problem(&source.place(open), Code::BadPlaceholder, "`{{` is not closed by `}}`.");
            return pieces;
        };
        let body = source.text[open + 2..close].trim();
        pieces.extend(placeholder(draft, source, open, body));
        rest = close + 2;
    }
    words(draft, source, rest..source.text.len(), &mut pieces);
    pieces
}

fn placeholder(draft: &mut Draft<'_>, source: Source<'_>, open: usize, body: &str) -> Option<Inline> {
    let place = source.place(open);
    match body.split_once(':').map(|(kind, value)| (kind, value.trim())) {
        Some(("fact", id)) => {
            draft.uses.facts.push(At { value: id.to_owned(), place: place.clone() });
            // An unknown id is reported once, with all the others, when the lesson is checked.
            let text = draft.fact_text(id)?;
            Some(Inline::Fact { id: id.to_owned(), text })
        }
        Some(("result", name)) => result_ref(draft, &place, name).map(Inline::Result),
        Some(("n", count)) if !count.is_empty() => Some(Inline::Count(count.to_owned())),
        None if body == "draw" && draft.draws => Some(Inline::Draw),
        _ => {
            draft.problem(&place, Code::BadPlaceholder, format!("`{{{{{body}}}}}` is not understood."));
            None
        }
    }
}

/// Reads `run.metric` or `run.metric as format`, and notes that the text uses it.
pub(super) fn result_ref(draft: &mut Draft<'_>, place: &super::problem::Place, text: &str) -> Option<ResultRef> {
    let found = result_name(draft, place, text)?;
    draft.uses.results.push(At { value: found.clone(), place: place.clone() });
    Some(found)
}

/// Reads `run.metric` or `run.metric as format`.
pub(super) fn result_name(draft: &mut Draft<'_>, place: &super::problem::Place, text: &str) -> Option<ResultRef> {
    let (name, word) = text.split_once(" as ").map_or((text, None), |(name, word)| (name.trim(), Some(word.trim())));
    let Some((run, metric)) = name.split_once('.') else {
        draft.problem(place, Code::BadPlaceholder, format!("`{name}` is not a run and a metric with a point between."));
        return None;
    };
    draft.uses.scenarios.push(At { value: run.to_owned(), place: place.clone() });
    if !draft.check_metric(place, metric) {
        return None;
    }
    let format = match word {
        None => metric_format(metric)?,
        Some(word) => match Format::from_word(word) {
            Some(format) => format,
            None => {
                let known = Format::ALL.map(|(word, _)| word).join(", ");
                draft.problem(place, Code::BadPlaceholder, format!("`{word}` is not a format; there are {known}."));
                return None;
            }
        },
    };
    debug_assert!(is_metric(metric));
    Some(ResultRef { run: run.to_owned(), metric: metric.to_owned(), format })
}

fn words(draft: &Draft<'_>, source: Source<'_>, range: std::ops::Range<usize>, pieces: &mut Vec<Inline>) {
    let part = source.slice(range.clone());
    if part.text.is_empty() {
        return;
    }
    for (at, token) in tokens(part.text) {
        if is_bare_number(token) {
            draft.problem(&part.place(at), Code::BareNumber, format!("`{token}` stands in the text as a bare number."));
        }
    }
    if let Some(at) = part.text.find('!') {
        draft.problem(&part.place(at), Code::Exclamation, "The text has an exclamation mark.");
    }
    pieces.push(Inline::Text(part.text.to_owned()));
}

fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start_of = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    text.split_whitespace().map(move |part| {
        let inner = part.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_end_matches(|c: char| !c.is_alphanumeric() && c != '%');
        (start_of(inner), inner)
    })
}

/// Names that hold digits (`p99`, `x86-64`, `S3`) are not numbers; whatever starts with a digit is.
fn is_bare_number(token: &str) -> bool {
    token.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_digits_are_not_numbers() {
        for (text, expected) in [
            ("p99 on x86-64, S3 and arm64 (EC2)", vec![]),
            ("waits 480 ms for $54 at 09:00.", vec!["480", "54", "09:00"]),
            ("(10 % of them)", vec!["10"]),
            ("the 3rd", vec!["3rd"]),
        ] {
            let found: Vec<_> = tokens(text).map(|(_, token)| token).filter(|token| is_bare_number(token)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
