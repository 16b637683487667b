//! Answered questions for other programs: a table (CSV), and notes for Anki (text with tabs). Pure.

use super::Record;

/// An answered question, in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// `lesson/question`, which never changes.
    pub id: String,
    /// Title of the lesson.
    pub lesson: String,
    /// What is asked, with what is offered.
    pub front: String,
    /// The answer and the explanations.
    pub back: String,
    /// Words without spaces.
    pub tags: Vec<String>,
    /// What is remembered of it.
    pub record: Record,
}

/// A table of all cards with a heading, as RFC 4180 has it.
#[must_use]
pub fn csv(cards: &[Card]) -> String {
    const HEADING: [&str; 10] = ["id", "lesson", "question", "answer", "tags", "right", "confidence", "tries", "due", "why"];
    let mut text = row(&HEADING.map(str::to_owned));
    for card in cards {
        let record = &card.record;
        text.push_str(&row(&[
            card.id.clone(),
            card.lesson.clone(),
            card.front.clone(),
            card.back.clone(),
            card.tags.join(" "),
            record.right.to_string(),
            record.sure.word().to_owned(),
            record.tries.to_string(),
            iso(record.due),
            record.why.clone(),
        ]));
    }
    text
}

fn row(cells: &[String]) -> String {
    let quoted = |cell: &String| {
        let special = cell.contains([',', '"', '\n', '\r']);
        if special { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() }
    };
    cells.iter().map(quoted).collect::<Vec<_>>().join(",") + "\r\n"
}

/// Notes for Anki 2.1.54 and later: front, back, tags, and an id by which importing again changes a note instead of adding one.
#[must_use]
pub fn anki(cards: &[Card]) -> String {
    let mut text = String::from("#separator:tab\n#html:true\n#tags column:3\n#guid column:4\n");
    for card in cards {
        let why = if card.record.why.is_empty() { String::new() } else { format!("\n\n{}", card.record.why) };
        let cells = [html(&card.front), html(&format!("{}{why}", card.back)), card.tags.join(" "), format!("coldstart/{}", card.id)];
        text.push_str(&cells.join("\t"));
        text.push('\n');
    }
    text
}

/// Text as HTML on one line, with nothing in it that Anki takes for its own.
fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '{' => out.push_str("&#123;"),
            '}' => out.push_str("&#125;"),
            '\n' => out.push_str("<br>"),
            '\t' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// `YYYY-MM-DD` of a day counted from 1970-01-01.
#[must_use]
pub fn iso(day: i32) -> String {
    // Years that begin in March end with the day that not every year has.
    let days = i64::from(day) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let (month, later) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    format!("{:04}-{month:02}-{date:02}", year + era * 400 + later)
}

#[cfg(test)]
mod tests {
    use super::super::{Given, Sureness};
    use super::*;

    fn card() -> Card {
        let mut record = Record::after(None, 1, Given { right: false, sure: Sureness::Certain }, 20_000);
        record.why = "I thought\nso".to_owned();
        Card {
            id: "first/why-cold".to_owned(),
            lesson: "The first".to_owned(),
            front: "Why, \"cold\"?\n<b>".to_owned(),
            back: "Because\tof {{c1}}".to_owned(),
            tags: vec!["coldstart".to_owned(), "first".to_owned()],
            record,
        }
    }

    #[test]
    fn a_table_quotes_what_would_break_it() {
        let text = csv(&[card()]);
        let (heading, rest) = text.split_once("\r\n").unwrap();
        assert_eq!(heading, "id,lesson,question,answer,tags,right,confidence,tries,due,why");
        assert_eq!(
            rest,
            "first/why-cold,The first,\"Why, \"\"cold\"\"?\n<b>\",Because\tof {{c1}},coldstart first,false,certain,1,2024-10-05,\"I thought\nso\"\r\n"
        );
    }

    #[test]
    fn a_note_is_one_line_of_four_cells() {
        let text = anki(&[card()]);
        let line = text.lines().last().unwrap();
        assert_eq!(line.split('\t').count(), 4, "{line}");
        assert_eq!(
            line,
            "Why, &quot;cold&quot;?<br>&lt;b&gt;\tBecause of &#123;&#123;c1&#125;&#125;<br><br>I thought<br>so\tcoldstart first\tcoldstart/first/why-cold"
        );
        assert!(text.starts_with("#separator:tab\n#html:true\n#tags column:3\n"));
    }

    #[test]
    fn days_have_dates() {
        for (day, date) in [(0, "1970-01-01"), (-1, "1969-12-31"), (11_016, "2000-02-29"), (19_782, "2024-02-29"), (20_783, "2026-11-26")] {
            assert_eq!(iso(day), date);
        }
    }
}
