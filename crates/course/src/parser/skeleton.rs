//! A new lesson to start from: it passes the lint, runs, and says what to replace.

use super::draft::is_slug;

/// The files of a new lesson, by path below the lessons folder, and the index with its slug at the end of the last module.
///
/// # Errors
/// Why the slug or the index will not do, as one sentence.
pub fn new_lesson(slug: &str, index: &str) -> Result<Vec<(String, String)>, String> {
    if !is_slug(slug)
        || ["index", "glossary", "facts", "sources", "model", "search", "schema", "playground", "trees", "myths"].contains(&slug)
    {
        return Err(format!("`{slug}` will not do as a slug: use 1 to 60 of a-z, 0-9 and -, starting with a letter."));
    }
    // Paths have lists of lessons too.
    let module = index.rfind("[[module]]").unwrap_or_default();
    let list = index[module..].find("lessons = [").map(|found| module + found).ok_or("index.toml has no module with `lessons = [...]`.")?;
    let end = index[list..].find(']').map(|found| list + found).ok_or("The last list of lessons in index.toml is not closed.")?;
    let before = index[..end].trim_end();
    let comma = if before.ends_with('[') || before.ends_with(',') { "" } else { "," };
    let space = if before.ends_with('[') { "" } else { " " };
    let index = format!("{before}{comma}{space}\"{slug}\"{}", &index[end..]);
    let title = title(slug);
    Ok(vec![
        ("index.toml".to_owned(), index),
        (format!("{slug}/lesson.en.md"), TEXT.replace("SLUG", slug).replace("TITLE", &title)),
        (format!("{slug}/scenarios/first.toml"), SCENARIO.replace("TITLE", &title)),
    ])
}

fn title(slug: &str) -> String {
    let words = slug.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

const TEXT: &str = r#"+++
format = 1
id = "SLUG"
title = "TITLE"
summary = "Replace this: what happens in the lesson, for lists and search results."
promise = "Replace this: what you know afterwards, in your reader's words."
objectives = []
level = "beginner"
minutes = 8
needs = []
facts = ["init-limit"]
+++

Replace this: one sentence that says what the stage shows and what to do first.

```widget fleet-stage
scenario = "first"
controls = ["arrivals_per_s"]
```

```bet how-many-cold
on = "fleet-stage"
question = "What share of the requests waits for a new environment?"
truth = "first.cold_share"
min = 0
max = 100
step = 1
explain = "Here {{result:first.cold_share}} of them did."
```

## What you saw

Replace this. A figure of AWS comes from the registry: INIT may take {{fact:init-limit}}. A figure of the run is
{{result:first.cold_starts}} cold starts. A plain count is marked: {{n:3}} of them, or written as a word.
"#;

const SCENARIO: &str = r#"schema = 1
title = "TITLE"

[run]
duration_s = 600.0
seed = 1

[[functions]]
id = "orders"
memory_mb = 512
handler = { cpu = { kind = "constant", ms = 20.0 }, wait = { kind = "constant", ms = 80.0 } }

[[sources]]
id = "shoppers"
target = "orders"
arrivals = { kind = "poisson", per_s = 5.0 }
"#;

#[cfg(test)]
mod tests {
    use super::*;

    fn index_after(index: &str) -> String {
        new_lesson("queues", index).expect("a good slug").remove(0).1
    }

    #[test]
    fn the_slug_joins_the_last_module() {
        assert_eq!(index_after("lessons = [\"a\"]\n"), "lessons = [\"a\", \"queues\"]\n");
        assert_eq!(index_after("lessons = []\n[objectives]\n"), "lessons = [\"queues\"]\n[objectives]\n");
        let paths = "[[module]]\nlessons = [\"a\"]\n[[path]]\nlessons = [\"a\"]\n";
        assert_eq!(index_after(paths), paths.replacen("\"a\"]", "\"a\", \"queues\"]", 1));
        assert_eq!(index_after("lessons = [\n  \"a\",\n]\n"), "lessons = [\n  \"a\", \"queues\"]\n");
    }

    #[test]
    fn a_slug_that_is_not_one_is_refused() {
        for slug in ["", "Queues", "1st", "a/b", "index"] {
            assert!(new_lesson(slug, "lessons = []").is_err(), "{slug}");
        }
    }
}
