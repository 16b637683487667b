//! The catalogue and the code agree: every key is used, and every placeholder of a text is given where it is shown.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of a test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn sources(folder: &Path, into: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(fs::read_to_string(&path).unwrap());
        }
    }
}

fn keys(prefix: &str, table: &toml::Table, into: &mut BTreeMap<String, Vec<String>>) {
    for (name, value) in table {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            toml::Value::String(text) => {
                into.insert(key, vec![text.clone()]);
            }
            toml::Value::Table(forms) if forms.contains_key("other") => {
                into.insert(key, forms.values().map(|form| form.as_str().unwrap().to_owned()).collect());
            }
            toml::Value::Table(section) => keys(&key, section, into),
            _ => panic!("{key} is neither text nor section"),
        }
    }
}

fn placeholders(text: &str) -> Vec<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

/// The arguments of each `t!` or `text!` that names `key`: what stands between the key and the closing parenthesis.
fn uses<'a>(key: &str, source: &'a str) -> Vec<(&'a str, bool)> {
    let quoted = format!("\"{key}\"");
    let mut found = Vec::new();
    for (at, _) in source.match_indices(&quoted) {
        let before = source[..at].trim_end();
        let deferred = before.ends_with("text!(");
        if !deferred && !before.ends_with("t!(") {
            continue;
        }
        let rest = &source[at + quoted.len()..];
        let mut depth = 1;
        let end = rest.find(|c| {
            depth += match c {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            depth == 0
        });
        found.push((&rest[..end.unwrap_or(rest.len())], deferred));
    }
    found
}

#[test]
fn every_key_is_used_with_all_its_placeholders() {
    let mut code = Vec::new();
    sources(Path::new("src"), &mut code);
    let mut catalogue = BTreeMap::new();
    keys("", &toml::from_str(&fs::read_to_string("locales/en.toml").unwrap()).unwrap(), &mut catalogue);
    let mut problems = Vec::new();
    for (key, texts) in &catalogue {
        let uses: Vec<_> = code.iter().flat_map(|source| uses(key, source)).collect();
        if uses.is_empty() {
            problems.push(format!("{key} is not used"));
        }
        for name in texts.iter().flat_map(|text| placeholders(text)) {
            let missing = |arguments: &str| !arguments.contains(&format!("{name} ="));
            if uses.iter().any(|(arguments, deferred)| !deferred && missing(arguments)) {
                problems.push(format!("{key} is used without `{name} = ...`"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(catalogue.len() > 20, "the catalogue was not read");
}
