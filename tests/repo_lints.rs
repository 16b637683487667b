//! The architecture's absences, checked: what no file of the repository may contain. ARCHITECTURE.md lists them for people.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use syn::spanned::Spanned;
use syn::visit::Visit;

const FILE_LINES_MAX: usize = 500;
const FUNCTION_LINES_MAX: usize = 70;

/// Folder, words that may not stand under it, paths that are exempt, why.
const ABSENCES: &[(&str, &[&str], &[&str], &str)] = &[
    ("crates/sim/src", &["HashMap", "HashSet"], &[], "the order of a hash map can leak into a result"),
    ("crates/sim/src", &["std::fs", "std::io", "std::net", "std::env", "println!"], &["crates/sim/src/bin"], "the simulator does no I/O"),
    ("crates/sim/src", &["Instant::now", "SystemTime", "thread_rng", "getrandom"], &[], "the simulator reads no clock and no entropy"),
    ("crates/sim", &["yew", "web_sys", "js_sys", "gloo"], &[], "the simulator knows nothing of the browser"),
    ("crates/facts", &["yew", "web_sys", "js_sys", "gloo"], &[], "the registry knows nothing of the browser"),
    ("crates/course", &["use yew", "yew::", "web_sys", "js_sys", "gloo"], &[], "the lesson format knows nothing of the browser"),
    ("src", &["web_sys", "js_sys", "gloo"], &["src/platform", "src/charts/canvas.rs"], "only src/platform talks to the browser"),
    ("src/components", &["coldstart_sim"], &[], "components hold no simulation knowledge"),
    ("src", &["from_html_unchecked", "set_inner_html"], &[], "text never becomes raw HTML"),
    ("src", &[" style=", "style={"], &[], "style attributes break a strict style-src: use classes or SVG attributes"),
    ("lessons", &["```rust"], &[], "lessons contain no Rust"),
];

/// Values that only AWS owns and nobody types by accident; they stand in the facts registry alone.
const AWS_VALUES: &[&str] = &[
    "1769",
    "1_769",
    "1,769",
    "16666700",
    "16_666_700",
    "0.0000166667",
    "1.66667e-5",
    "13333400",
    "13_333_400",
    "0.0000133334",
    "4_166_700",
    "0.0000041667",
    "9_722_200",
    "0.0000097222",
    "3_333_400",
    "7_777_800",
    "1_504_600",
    "139_799_800",
    "50_010_000",
    "40_480_000_000",
];
const AWS_VALUE_FOLDERS: &[&str] = &["crates/sim/src", "crates/course/src", "src", "lessons", "locales"];

/// Words that no Rust file contains anywhere.
const NOWHERE: &[(&str, &str)] = &[
    ("#[ignore", "no ignored tests"),
    ("thread::sleep", "no sleeps: wait on a state"),
    ("todo!(", "no unfinished code on main"),
    ("unimplemented!(", "no unfinished code on main"),
];

#[test]
fn the_repository_keeps_its_absences() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut problems = String::new();
    for file in files(root) {
        let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let Ok(text) = fs::read_to_string(&file) else { continue };
        check_absences(&name, &text, &mut problems);
        check_aws_values(&name, &text, &mut problems);
        check_conflict_marks(&name, &text, &mut problems);
        if name.ends_with(".rs") && name != "tests/repo_lints.rs" {
            check_rust(&name, &text, &mut problems);
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
}

#[test]
fn the_lints_find_what_they_look_for() {
    let mut problems = String::new();
    check_absences("crates/sim/src/x.rs", "use std::collections::HashMap;", &mut problems);
    check_absences("src/pages/x.rs", "html! { <p style=\"color: red\" /> }", &mut problems);
    check_aws_values("src/pages/x.rs", "let mb = 1_769;", &mut problems);
    check_rust("src/x.rs", "#[allow(dead_code)]\nfn f() { std::thread::sleep(d); }", &mut problems);
    let long = format!("fn f() {{\n{}}}\n", "    g();\n".repeat(FUNCTION_LINES_MAX + 1));
    check_rust("src/y.rs", &long, &mut problems);
    assert_eq!(problems.lines().count(), 6, "\n{problems}");
}

fn check_absences(name: &str, text: &str, problems: &mut String) {
    for (folder, words, exempt, why) in ABSENCES {
        if !under(name, folder) || exempt.iter().any(|path| under(name, path)) {
            continue;
        }
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !is_comment(name, line)) {
            for word in words.iter().filter(|word| line.contains(**word)) {
                let _ = writeln!(problems, "{name}:{}: `{word}`: {why}", number + 1);
            }
        }
    }
}

/// A merge that was not finished: the marks stand at the start of a line.
fn check_conflict_marks(name: &str, text: &str, problems: &mut String) {
    let marks = ["<".repeat(7), ">".repeat(7)];
    for (number, line) in text.lines().enumerate().filter(|(_, line)| marks.iter().any(|mark| line.starts_with(mark.as_str()))) {
        let _ = writeln!(problems, "{name}:{}: `{line}`: a merge that was not finished", number + 1);
    }
}

fn check_aws_values(name: &str, text: &str, problems: &mut String) {
    let tests = name.contains("/tests/") || name.ends_with("/tests.rs");
    if tests || !AWS_VALUE_FOLDERS.iter().any(|folder| under(name, folder)) {
        return;
    }
    let shipped = text.split("#[cfg(test)]").next().unwrap_or(text);
    for (number, line) in shipped.lines().enumerate() {
        for value in AWS_VALUES.iter().filter(|value| contains_number(line, value)) {
            let _ = writeln!(problems, "{name}:{}: `{value}` is AWS's number: read it from coldstart-facts", number + 1);
        }
    }
}

fn check_rust(name: &str, text: &str, problems: &mut String) {
    let lines = text.lines().count();
    if lines > FILE_LINES_MAX && !is_generated(text) {
        let _ = writeln!(problems, "{name}: {lines} lines, more than {FILE_LINES_MAX}: one thing each");
    }
    for (word, why) in NOWHERE {
        if text.contains(word) {
            let _ = writeln!(problems, "{name}: `{word}`: {why}");
        }
    }
    let Ok(file) = syn::parse_file(text) else {
        let _ = writeln!(problems, "{name}: does not parse");
        return;
    };
    RustVisitor { name, problems }.visit_file(&file);
}

struct RustVisitor<'a> {
    name: &'a str,
    problems: &'a mut String,
}

impl RustVisitor<'_> {
    fn check_length(&mut self, function: &syn::Ident, block: &syn::Block) {
        let at = block.span().start().line;
        let lines = block.span().end().line - at;
        if lines > FUNCTION_LINES_MAX {
            let _ = writeln!(self.problems, "{}:{at}: fn {function} has {lines} lines, more than {FUNCTION_LINES_MAX}", self.name);
        }
    }
}

impl<'ast> Visit<'ast> for RustVisitor<'_> {
    fn visit_item_fn(&mut self, node: &'ast syn::ItemFn) {
        self.check_length(&node.sig.ident, &node.block);
        syn::visit::visit_item_fn(self, node);
    }

    fn visit_impl_item_fn(&mut self, node: &'ast syn::ImplItemFn) {
        self.check_length(&node.sig.ident, &node.block);
        syn::visit::visit_impl_item_fn(self, node);
    }

    fn visit_attribute(&mut self, node: &'ast syn::Attribute) {
        let silences = node.path().is_ident("allow") || node.path().is_ident("expect");
        let reasoned = matches!(&node.meta, syn::Meta::List(list) if list.tokens.to_string().contains("reason"));
        if silences && !reasoned {
            let _ = writeln!(self.problems, "{}:{}: an allow without a reason", self.name, node.span().start().line);
        }
        syn::visit::visit_attribute(self, node);
    }
}

fn is_generated(text: &str) -> bool {
    text.lines().take(3).any(|line| line.contains("Generated from"))
}

fn is_comment(name: &str, line: &str) -> bool {
    name.ends_with(".rs") && line.trim_start().starts_with("//")
}

fn under(name: &str, folder: &str) -> bool {
    name == folder || name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// Whether `value` stands in `line` as a number of its own, not as part of a longer one or of a name.
fn contains_number(line: &str, value: &str) -> bool {
    let joins = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    line.match_indices(value).any(|(at, _)| {
        let before = line[..at].chars().next_back().is_some_and(joins);
        let after = line[at + value.len()..].chars().next().is_some_and(joins);
        !before && !after
    })
}

fn files(folder: &Path) -> Vec<PathBuf> {
    const SKIPPED: &[&str] = &["target", "dist", ".git", "node_modules", ".cache"];
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    for entry in entries.flatten() {
        let path = entry.path();
        let skipped = path.file_name().is_some_and(|name| SKIPPED.iter().any(|skip| name == *skip));
        match (skipped, path.is_dir()) {
            (true, _) => {}
            (false, true) => found.extend(files(&path)),
            (false, false) => found.push(path),
        }
    }
    found
}
